//! What a consignment is charged, head by head (domain-rules 5, ruling F1).
//!
//! A head is one file in `fees/` and two lines here; what it costs on a day is its rows in `tariff.toml`.
//! [`draft`] depends on one case only: which heads are due, from whom, and what they come to before relief. What relief
//! takes off depends on what other consignments have drawn on before, and is settled in order by [`crate::waivers`].
//! Money is CNY with two places inside, rounded half up; a head is rounded once more at its end (FEE-005).
//!
//! Deliberately absent: certificates of the trade promotion council (贸促会), which never travel by this message, and
//! quarantine of animals and plants, which shoes are not subject to.

mod cert;
mod cert_consult;
mod co_visa;
mod lab_cm;
mod lab_st;
mod q_insp;
mod qual_eval;
mod std_info;
mod tech_sup;
mod train;

use crate::channel;
use crate::rules::fee::{
    fee_001_tariff_row, fee_002_acceptance_day, fee_003_share_of_value, fee_004_minimum, fee_007_fob_value,
    fee_008_each_head, fee_009_joint_inspection, fee_011_suspended, fee_012_arrears, fee_020_zone_first,
    fee_028_each_certificate,
};
use crate::tables::Tables;
use crate::tables::tariff::Charge;
use crate::waivers;
use jiff::civil::Date;
use model::assessment::{Remitted, Status};
use model::case::Case;
use model::decimal::Decimal;
use model::decision::TraceLine;
use model::declaration::Declaration;
use model::finding::{NotJudged, RuleId, Words};
use model::registers::{Order, Policy, PolicyKind, Registers, Voucher};
use model::waiver::{Account, AccountKind};

/// The heads, in the order of a statement.
pub static HEADS: &[&Head] = &[
    &q_insp::HEAD,
    &co_visa::HEAD,
    &cert::HEAD,
    &lab_st::HEAD,
    &lab_cm::HEAD,
    &train::HEAD,
    &std_info::HEAD,
    &cert_consult::HEAD,
    &qual_eval::HEAD,
    &tech_sup::HEAD,
];

/// A fee head (费目).
#[derive(Debug)]
pub struct Head {
    /// Name in tariff, orders and policies.
    pub id: &'static str,
    /// Name for people.
    pub name: Words,
    /// Whose fee it is.
    pub nature: Nature,
    /// When it is due, and on what.
    pub due: for<'c> fn(&Charging<'c>, &'static Head) -> Vec<Due<'c>>,
}

/// Whose fee a head is: it decides rounding (FEE-005), and whether vouchers pay it (FEE-021).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nature {
    /// A fee of the state, by its tariff.
    State,
    /// A service of the platform, by its price list.
    Platform,
}

impl Nature {
    /// The nature with this name in tables.
    pub fn named(name: &str) -> Option<Nature> {
        match name {
            "state" => Some(Nature::State),
            "platform" => Some(Nature::Platform),
            _ => None,
        }
    }
}

/// One consignment, and what was ordered for it.
#[derive(Clone, Debug)]
pub struct Charging<'c> {
    /// The consignment.
    pub case: &'c Case<'c>,
    /// The day that chooses the tariff (FEE-002).
    pub day: Date,
    /// Tables.
    pub tables: &'c Tables,
    /// Some of its goods are under statutory inspection.
    pub is_statutory: bool,
    /// Certificates of origin it rests on.
    pub n_certificates: usize,
    /// Orders for it, in the order of the register.
    pub orders: Vec<&'c Order>,
}

/// A head that is due from one payer.
#[derive(Clone, Debug)]
pub struct Due<'c> {
    /// Payer's unified code.
    pub payer: &'c str,
    /// What it is charged on.
    pub what: What,
    /// The orders that ask for it; none when it is due by itself.
    pub orders: Vec<&'c Order>,
}

/// What a head is charged on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The value of the goods.
    Value(Goods),
    /// So many certificates.
    Certificates(usize),
    /// What was ordered.
    Services,
}

/// The goods whose value counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goods {
    /// All lines.
    All,
    /// Lines under statutory inspection.
    Statutory,
}

impl<'c> Charging<'c> {
    /// The orders of this head.
    pub fn orders_of(&self, head: &str) -> Vec<&'c Order> {
        self.orders.iter().copied().filter(|order| order.head == head).collect()
    }

    /// Who pays an order: the firm it names, else the consignor (ruling F1).
    pub fn payer_of(&self, order: &'c Order) -> &'c str {
        if order.payer.is_empty() { self.consignor() } else { &order.payer }
    }

    /// The consignor.
    pub fn consignor(&self) -> &'c str {
        self.case.declaration.head.consignor_unified_code.value
    }

    /// One charge for the whole consignment: its first order names the payer.
    pub fn once(&self, what: What, orders: Vec<&'c Order>) -> Vec<Due<'c>> {
        let payer = orders.first().map_or(self.consignor(), |order| self.payer_of(order));
        vec![Due { payer, what, orders }]
    }
}

/// Due when ordered, from each firm that ordered it.
pub fn as_ordered<'c>(charging: &Charging<'c>, head: &'static Head) -> Vec<Due<'c>> {
    by_payer(charging, charging.orders_of(head.id))
}

fn by_payer<'c>(charging: &Charging<'c>, orders: Vec<&'c Order>) -> Vec<Due<'c>> {
    let mut dues: Vec<Due<'c>> = Vec::new();
    for order in orders {
        let payer = charging.payer_of(order);
        match dues.iter_mut().find(|due| due.payer == payer) {
            Some(due) => due.orders.push(order),
            None => dues.push(Due { payer, what: What::Services, orders: vec![order] }),
        }
    }
    dues
}

/// What a case is charged, as far as the case alone says.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The day that chose the tariff, and chooses the pots.
    pub day: Date,
    /// Lines, in the order of the heads.
    pub lines: Vec<DraftLine>,
    /// How the amounts came about.
    pub trace: Vec<TraceLine>,
    /// What could not be judged.
    pub not_judged: Vec<NotJudged>,
}

/// A head and payer before relief.
#[derive(Clone, Debug)]
pub struct DraftLine {
    /// Head.
    pub head: String,
    /// Its nature.
    pub nature: Nature,
    /// Payer's unified code.
    pub payer: String,
    /// What it comes to.
    pub gross: Gross,
    /// Places it is rounded to.
    pub places: u32,
    /// Policies that cover it, in the order they are looked at: where they stand in the register.
    policies: Vec<usize>,
    /// Vouchers that may pay it, in the order they are used: where they stand among those of the payer.
    vouchers: Vec<usize>,
}

/// What a head comes to before relief.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gross {
    /// The sum of these.
    Charged {
        /// What it is made of.
        parts: Vec<Part>,
        /// The minimum that holds again after a reduction, where it does (FEE-010).
        min_again: Option<Decimal>,
    },
    /// Nothing, and why; or not known.
    Uncharged(Status),
}

/// A part of an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// CNY.
    pub amount: Decimal,
    /// The orders it rests on, where they name a contract: each is charged with one declaration only (FEE-025).
    pub once: Vec<Account>,
}

/// Why an amount is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The rule that lacks something.
    pub rule: RuleId,
    /// What it lacks.
    pub why: Words,
}

/// What this case is charged; none when nothing is due. An undated case is charged nothing: no tariff has a row for it.
pub fn draft(case: &Case<'_>, tables: &Tables) -> Option<Draft> {
    draft_for(case, case.proofs().count(), tables)
}

/// The same for so many certificates: some of those it claims may still come.
pub fn draft_for(case: &Case<'_>, n_certificates: usize, tables: &Tables) -> Option<Draft> {
    let day = fee_002_acceptance_day::day(case)?;
    let orders = orders_for(&case.declaration, &[case.number], case.registers);
    let is_statutory = tables.statutory.is_kept_on(day) && channel::is_statutory(case, day, tables);
    if orders.is_empty() && !is_statutory && n_certificates == 0 {
        return None;
    }
    let charging = Charging { case, day, tables, is_statutory, n_certificates, orders };
    let mut draft = Draft { day, ..Draft::default() };
    fee_002_acceptance_day::step(day, &mut draft.trace);
    for head in HEADS {
        for due in (head.due)(&charging, head) {
            let gross = gross(&charging, head, &due, &mut draft);
            let places = tables.fee_rounding.places(head.nature, day);
            draft.push(&charging, head.id, head.nature, due.payer, gross, places);
        }
    }
    unknown_heads(&charging, &mut draft);
    Some(draft)
}

/// Orders for a declaration: those that name one of its numbers, then those that name its contract.
pub fn orders_for<'l>(
    declaration: &Declaration<'_>,
    known_as: &[&str],
    registers: &'l Registers,
) -> Vec<&'l Order> {
    if registers.orders.is_empty() {
        return Vec::new();
    }
    let head = declaration.head;
    let own = [head.entry_number, head.unified_number, declaration.signature.client_number];
    let mut numbers: Vec<&str> = known_as.to_vec();
    numbers.extend(own.map(|number| number.value));
    numbers.retain(|number| !number.is_empty());
    numbers.sort_unstable();
    numbers.dedup();
    let mut orders: Vec<&Order> = Vec::new();
    orders.extend(numbers.into_iter().flat_map(|number| registers.orders.of_declaration(number)));
    if head.contract_number.is_present() {
        orders.extend(registers.orders.of_contract(head.contract_number.value));
    }
    orders
}

/// Everything a declaration may draw on but what limits policies, which any may draw on.
pub fn accounts_of(declaration: &Declaration<'_>, known_as: &[&str], registers: &Registers) -> Vec<Account> {
    let consignor = declaration.head.consignor_unified_code.value;
    let mut accounts = Vec::new();
    for order in orders_for(declaration, known_as, registers) {
        accounts.extend(contract_order(order));
        let payer = if order.payer.is_empty() { consignor } else { &order.payer };
        let vouchers = registers.vouchers.of(payer).iter();
        accounts.extend(vouchers.map(|voucher| Account::new(AccountKind::Voucher, &voucher.serial)));
    }
    accounts
}

/// What limits policies: their quotas, and the pots of their funders.
pub fn limits(registers: &Registers) -> impl Iterator<Item = Account> {
    let quotas = registers.policies.iter().filter(|policy| policy.quota.is_some());
    let quotas = quotas.map(|policy| Account::new(AccountKind::Quota, &policy.id));
    let pots = registers.policies.iter().flat_map(|policy| registers.pots.of(&policy.funder));
    quotas.chain(pots.map(|pot| Account::pot(&pot.funder, pot.year)))
}

/// What yearly caps count of the firms that may pay for a declaration accepted in this year.
pub fn years_of(
    declaration: &Declaration<'_>,
    known_as: &[&str],
    registers: &Registers,
    year: i16,
) -> Vec<Account> {
    let is_yearly = |policy: &&Policy| matches!(policy.kind, PolicyKind::YearlyCap(_));
    let caps: Vec<&Policy> = registers.policies.iter().filter(is_yearly).collect();
    if caps.is_empty() {
        return Vec::new();
    }
    let orders = orders_for(declaration, known_as, registers).into_iter();
    let payers = orders.map(|order| order.payer.as_str()).filter(|payer| !payer.is_empty());
    let payers = payers.chain([declaration.head.consignor_unified_code.value]);
    payers.flat_map(|payer| caps.iter().map(move |cap| Account::year(&cap.id, payer, year))).collect()
}

fn contract_order(order: &Order) -> Option<Account> {
    order.declaration.is_empty().then(|| Account::new(AccountKind::Order, &order.number))
}

impl Draft {
    fn push(
        &mut self,
        charging: &Charging<'_>,
        head: &str,
        nature: Nature,
        payer: &str,
        gross: Gross,
        places: u32,
    ) {
        let is_charged = matches!(gross, Gross::Charged { .. });
        let (policies, vouchers) = if is_charged {
            let (case, day) = (charging.case, charging.day);
            let vouchers = waivers::voucher::of(case.registers, day, head, nature, payer, &mut self.trace);
            let policies = waivers::policies(case, day, head, payer);
            fee_020_zone_first::tell(case.registers, &policies, payer, day, &mut self.trace);
            (policies, vouchers)
        } else {
            (Vec::new(), Vec::new())
        };
        let (head, payer) = (head.to_owned(), payer.to_owned());
        self.lines.push(DraftLine { head, nature, payer, gross, places, policies, vouchers });
    }

    fn unknown(&mut self, unknown: Unknown) -> Gross {
        let told = NotJudged { rule: unknown.rule, why: unknown.why };
        if !self.not_judged.contains(&told) {
            self.not_judged.push(told);
        }
        Gross::Uncharged(Status::NotJudged(unknown.why))
    }

    /// Everything the lines may draw on, and what limits policies.
    pub fn accounts(&self, registers: &Registers) -> Vec<Account> {
        let mut accounts: Vec<Account> = limits(registers).collect();
        for line in &self.lines {
            if let Gross::Charged { parts, .. } = &line.gross {
                accounts.extend(parts.iter().flat_map(|part| part.once.iter().cloned()));
            }
            let vouchers = line.vouchers(registers);
            accounts.extend(vouchers.map(|voucher| Account::new(AccountKind::Voucher, &voucher.serial)));
            let policies = line.policies(registers);
            accounts.extend(policies.map(|it| Account::year(&it.id, &line.payer, self.day.year())));
        }
        accounts
    }
}

impl DraftLine {
    /// Policies that cover it, in the order they are looked at.
    pub fn policies<'l>(&self, registers: &'l Registers) -> impl Iterator<Item = &'l Policy> {
        self.policies.iter().map(|&idx| &registers.policies[idx])
    }

    /// Vouchers that may pay it, in the order they are used.
    pub fn vouchers<'l>(&self, registers: &'l Registers) -> impl Iterator<Item = &'l Voucher> {
        let held = registers.vouchers.of(&self.payer);
        self.vouchers.iter().map(|&idx| &held[idx])
    }
}

/// An order for a head nobody knows is shown, and not judged.
fn unknown_heads(charging: &Charging<'_>, draft: &mut Draft) {
    let is_known = |order: &Order| HEADS.iter().any(|head| head.id == order.head);
    let mut heads: Vec<&str> =
        charging.orders.iter().filter(|order| !is_known(order)).map(|order| order.head.as_str()).collect();
    heads.sort_unstable();
    heads.dedup();
    for head in heads {
        for due in by_payer(charging, charging.orders_of(head)) {
            let gross = draft.unknown(fee_001_tariff_row::UNKNOWN_HEAD);
            draft.push(charging, head, Nature::Platform, due.payer, gross, Decimal::PLACES);
        }
    }
}

/// What a head comes to: steps 1 to 4 of domain-rules 5.2.
fn gross(charging: &Charging<'_>, head: &Head, due: &Due<'_>, draft: &mut Draft) -> Gross {
    let tariff = &charging.tables.tariff;
    let Some(row) = fee_001_tariff_row::row(tariff, head.id, charging.day, &mut draft.trace) else {
        return draft.unknown(fee_001_tariff_row::NO_ROW);
    };
    match &row.value {
        Charge::Free(order) => Gross::Uncharged(Status::Free(Remitted {
            order: order.clone(),
            would_have_been: would_have_been(charging, head, due),
        })),
        Charge::Suspended(order) => {
            let would_have_been = would_have_been(charging, head, due);
            let remitted = Remitted { order: order.clone(), would_have_been };
            Gross::Uncharged(fee_011_suspended::status(remitted, row.from, &mut draft.trace))
        }
        charge => match charged(charging, due, charge, &mut draft.trace) {
            Ok(parts) => {
                if head.nature == Nature::State {
                    fee_012_arrears::step(tariff, head.id, charging.day, &mut draft.trace);
                }
                Gross::Charged { parts, min_again: min_again(charge) }
            }
            Err(unknown) => draft.unknown(unknown),
        },
    }
}

/// What the tariff before the order would have come to, in all.
fn would_have_been(charging: &Charging<'_>, head: &Head, due: &Due<'_>) -> Option<Decimal> {
    let charge = charging.tables.tariff.charged_before(head.id, charging.day)?;
    let parts = charged(charging, due, charge, &mut Vec::new()).ok()?;
    fee_008_each_head::sum(parts.iter().map(|part| part.amount)).ok()
}

fn min_again(charge: &Charge) -> Option<Decimal> {
    match charge {
        Charge::Rate(rate) if rate.min_after_reduction => Some(rate.min),
        _ => None,
    }
}

fn charged(
    charging: &Charging<'_>,
    due: &Due<'_>,
    charge: &Charge,
    trace: &mut Vec<TraceLine>,
) -> Result<Vec<Part>, Unknown> {
    let once = || due.orders.iter().filter_map(|order| contract_order(order)).collect();
    match (charge, due.what) {
        (Charge::Rate(rate), What::Value(goods)) => {
            let base = fee_007_fob_value::base(charging, goods, trace)?;
            let raw = fee_003_share_of_value::raw(base, rate.rate, trace)?;
            let amount = fee_004_minimum::bounded(raw, rate, trace);
            let amount = fee_009_joint_inspection::reduced(charging, amount, trace);
            // Goods under statutory inspection are charged whatever was ordered.
            let is_ordered_only = goods == Goods::All;
            Ok(vec![Part { amount, once: if is_ordered_only { once() } else { Vec::new() } }])
        }
        (Charge::Unit(unit), What::Certificates(n)) => {
            let amount = fee_028_each_certificate::amount(n, *unit, trace)?;
            Ok(vec![Part { amount, once: Vec::new() }])
        }
        (Charge::Unit(unit), What::Services) => services(due, |_| *unit),
        (Charge::Ordered, What::Services) => services(due, |order| order.unit_price),
        (Charge::Unset, _) => Err(fee_001_tariff_row::UNSET),
        _ => Err(fee_001_tariff_row::NO_ROW),
    }
}

fn services(due: &Due<'_>, price: impl Fn(&Order) -> Decimal) -> Result<Vec<Part>, Unknown> {
    let part = |order: &&Order| {
        let amount = fee_008_each_head::of_order(order.quantity, price(order))?;
        Ok(Part { amount, once: contract_order(order).into_iter().collect() })
    };
    due.orders.iter().map(part).collect()
}

/// An amount as statements print it.
pub fn money(amount: Decimal) -> String {
    amount.to_fixed(2).to_string()
}
