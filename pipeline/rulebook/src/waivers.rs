//! What is taken off, and by whose authority (domain-rules 5.2 steps 5 to 10, FEE-013).
//!
//! A kind of waiver is one file in `waivers/`, two lines here, and its `PolicyKind`. Full waivers come first and end the
//! chain, then reductions, then caps, then rounding, and vouchers last. Within a step, relief for all firms goes before
//! relief for the zone (FEE-014).
//! Quotas, pots and vouchers run out, so [`settle`] is called for one consignment after another, in order of decision,
//! with what those before it have left. What draws on a quota or a pot is decided in an order of its own (FEE-020).

mod cap;
mod fixed;
mod full;
mod percent;
pub mod voucher;

use crate::fees::{Draft, DraftLine, Gross};
use crate::rule::Rule;
use crate::rules::fee::{
    fee_005_rounding, fee_008_each_head, fee_010_minimum_again, fee_013_quota_short,
    fee_014_nothing_to_waive, fee_015_full_ends, fee_016_best_single, fee_018_cap, fee_022_vouchers_last,
    fee_023_voucher_of_another, fee_024_pot_short, fee_025_charged_once, fee_031_statement,
};
use crate::rules::zon::zon_005_membership;
use jiff::civil::Date;
use model::assessment::{Assessment, AssessmentLine, Authority, Status, Step};
use model::case::Case;
use model::code::Country;
use model::decimal::Decimal;
use model::decision::TraceLine;
use model::registers::{Policy, PolicyFirms, PolicyKind, Registers};
use model::waiver::{Account, AccountKind, Drawing};

/// A kind of waiver a policy may grant.
#[derive(Debug)]
pub struct Waiver {
    /// Name in the register.
    pub name: &'static str,
    /// Where in the chain it stands.
    pub stage: Stage,
    /// The rule whose step it is.
    pub rule: &'static Rule,
    /// What it takes off an amount.
    pub relief: fn(&PolicyKind, Decimal) -> Decimal,
}

/// Steps 5 to 7 of domain-rules 5.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Takes everything and ends the chain.
    Full,
    /// Takes a part.
    Reduction,
    /// Limits what is left.
    Cap,
}

/// The kinds.
pub static WAIVERS: &[&Waiver] = &[&full::WAIVER, &percent::WAIVER, &fixed::WAIVER, &cap::WAIVER];

/// The waiver a policy grants.
pub fn of(policy: &Policy) -> &'static Waiver {
    match policy.kind {
        PolicyKind::Full => &full::WAIVER,
        PolicyKind::Percent(_) => &percent::WAIVER,
        PolicyKind::Fixed(_) => &fixed::WAIVER,
        PolicyKind::Cap(_) | PolicyKind::YearlyCap(_) => &cap::WAIVER,
    }
}

/// The policies that relieve a head for a payer, in the order they are looked at: where they stand in the register.
pub fn policies(case: &Case<'_>, day: Date, head: &str, payer: &str) -> Vec<usize> {
    let registers = case.registers;
    let is_granted =
        |policy: &Policy| covers(policy, case, day, head) && is_for(policy, registers, day, payer);
    let all = registers.policies.iter().enumerate();
    let mut policies: Vec<usize> = all.filter(|(_, policy)| is_granted(policy)).map(|(idx, _)| idx).collect();
    policies.sort_by_key(|&idx| fee_014_nothing_to_waive::rank(&registers.policies[idx]));
    policies
}

/// The policy holds on this day for this head and these goods, whoever pays. One without a decision never does (AUD-002).
pub fn covers(policy: &Policy, case: &Case<'_>, day: Date, head: &str) -> bool {
    let covers_goods = policy.commodity_prefixes.is_empty()
        || case.items().iter().all(|item| {
            policy.commodity_prefixes.iter().any(|prefix| item.commodity_code.value.starts_with(&**prefix))
        });
    let destination = Country::from_code(case.declaration.head.destination_country.value);
    let covers_destination = policy.destinations.is_empty()
        || destination.is_some_and(|destination| policy.destinations.contains(&destination));
    !policy.decision_number.is_empty()
        && policy.valid.contains(day)
        && policy.heads.iter().any(|covered| covered == head)
        && covers_goods
        && covers_destination
}

/// The policy is for this firm on this day.
fn is_for(policy: &Policy, registers: &Registers, day: Date, payer: &str) -> bool {
    match &policy.firms {
        PolicyFirms::All => true,
        PolicyFirms::Zone => zon_005_membership::active(registers, payer, day).is_some(),
        PolicyFirms::Listed(firms) => firms.iter().any(|firm| firm == payer),
    }
}

/// Settles what a consignment pays, drawing on what those before it have left. `is_final`: its goods go or are
/// inspected, so that what it draws is used and not only reserved (FEE-023). None when every order is charged elsewhere.
pub fn settle(
    draft: &Draft,
    registers: &Registers,
    is_final: bool,
    drawing: &mut Drawing<'_>,
    trace: &mut Vec<TraceLine>,
) -> Option<Assessment> {
    let means = &mut Means { registers, year: draft.day.year(), drawing };
    let charged_elsewhere = fee_025_charged_once::elsewhere(draft, means.drawing, trace);
    let lines = draft.lines.iter().filter_map(|line| settle_line(line, &charged_elsewhere, means, trace));
    let assessment = Assessment { lines: lines.collect() };
    if assessment.lines.is_empty() {
        return None;
    }
    for line in &assessment.lines {
        assert!(line.is_closed(), "the steps of {} do not lead from gross to payable", line.head);
    }
    fee_008_each_head::step(&assessment, trace);
    fee_023_voucher_of_another::statuses(draft, registers, &assessment, is_final, means.drawing, trace);
    fee_024_pot_short::statuses(&assessment, means, is_final, trace);
    fee_031_statement::step(&assessment, trace);
    Some(assessment)
}

fn settle_line(
    line: &DraftLine,
    charged_elsewhere: &[Account],
    means: &mut Means<'_, '_>,
    trace: &mut Vec<TraceLine>,
) -> Option<AssessmentLine> {
    let settled = |status, gross, steps, payable| AssessmentLine {
        head: line.head.clone(),
        payer: line.payer.clone(),
        status,
        gross,
        steps,
        payable,
    };
    let (parts, min_again) = match &line.gross {
        Gross::Uncharged(status) => {
            let nothing = (!matches!(status, Status::NotJudged(_))).then_some(Decimal::ZERO);
            return Some(settled(status.clone(), nothing, Vec::new(), nothing));
        }
        Gross::Charged { parts, min_again } => (parts, *min_again),
    };
    let left = fee_025_charged_once::take(parts, charged_elsewhere, means.drawing);
    if left.is_empty() {
        return None;
    }
    let Ok(gross) = fee_008_each_head::sum(left.iter().map(|part| part.amount)) else {
        let why = fee_008_each_head::TOO_LARGE.why;
        return Some(settled(Status::NotJudged(why), None, Vec::new(), None));
    };
    let mut chain = Chain { amount: gross, steps: Vec::new() };
    chain.relieve(line, min_again, means, trace);
    Some(settled(Status::Charged, Some(gross), chain.steps, Some(chain.amount)))
}

/// What relief is granted out of: the quota of its policy, and the pot of its funder for the year of acceptance.
#[derive(Debug)]
pub struct Means<'m, 'b> {
    /// Says how much there is.
    pub registers: &'m Registers,
    /// Year of acceptance.
    pub year: i16,
    /// Says how much of it is used.
    pub drawing: &'m mut Drawing<'b>,
}

impl Means<'_, '_> {
    /// Quota and pot reach for this relief, beside others that are granted with it; told when one does not.
    pub fn reach(
        &self,
        policy: &Policy,
        relief: Decimal,
        beside: &[(&Policy, Decimal)],
        trace: &mut Vec<TraceLine>,
    ) -> bool {
        fee_013_quota_short::has_room(policy, relief, self.drawing, trace)
            && fee_024_pot_short::has_room(policy, relief, beside, self, trace)
    }

    fn take(&mut self, policy: &Policy, relief: Decimal) {
        if policy.quota.is_some() {
            self.drawing.take(&Account::new(AccountKind::Quota, &policy.id), relief);
        }
        if self.registers.pot(&policy.funder, self.year).is_some() {
            self.drawing.take(&Account::pot(&policy.funder, self.year), relief);
        }
    }
}

/// An amount on its way from gross to payable.
#[derive(Debug)]
pub struct Chain {
    /// What it stands at.
    pub amount: Decimal,
    /// How it came there.
    pub steps: Vec<Step>,
}

impl Chain {
    /// An amount nothing has been taken off yet.
    pub fn new(amount: Decimal) -> Chain {
        Chain { amount, steps: Vec::new() }
    }

    fn relieve(
        &mut self,
        line: &DraftLine,
        min_again: Option<Decimal>,
        means: &mut Means<'_, '_>,
        trace: &mut Vec<TraceLine>,
    ) {
        if fee_014_nothing_to_waive::is_waivable(self.amount) {
            let registers = means.registers;
            let at = |stage| line.policies(registers).filter(move |policy| of(policy).stage == stage);
            for policy in at(Stage::Full) {
                if fee_015_full_ends::goes_on(self.amount) && means.reach(policy, self.amount, &[], trace) {
                    self.grant(policy, self.amount, means);
                }
            }
            if fee_015_full_ends::goes_on(self.amount) {
                for (policy, relief) in
                    fee_016_best_single::choose(self.amount, at(Stage::Reduction), means, trace)
                {
                    self.grant(policy, relief, means);
                }
                fee_010_minimum_again::raise(self, min_again);
                if let Some((policy, relief)) =
                    fee_018_cap::lowest(self.amount, at(Stage::Cap), &line.payer, means, trace)
                {
                    self.grant(policy, relief, means);
                }
            }
        }
        fee_005_rounding::round(self, line.places);
        fee_018_cap::count(self.amount, line, means, trace);
        fee_022_vouchers_last::pay(self, line.vouchers(means.registers), means.drawing);
    }

    /// Takes a relief off, and what it is granted out of with it.
    fn grant(&mut self, policy: &Policy, relief: Decimal, means: &mut Means<'_, '_>) {
        let authority = Authority::Policy {
            policy: policy.id.clone(),
            document: policy.authority_document.clone(),
            funder: policy.funder.clone(),
        };
        self.change(of(policy).rule, authority, relief.negated());
        means.take(policy, relief);
    }

    /// Changes the amount, with a step that says so.
    pub fn change(&mut self, rule: &Rule, authority: Authority, amount: Decimal) {
        let before = self.amount;
        let after =
            before.checked_add(amount).expect("a relief is no more than the amount, rounding less than 1");
        self.steps.push(Step { rule: rule.id, version: rule.version, authority, before, amount, after });
        self.amount = after;
    }
}
