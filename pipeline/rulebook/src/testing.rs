//! One way to test a rule: a case in the notation of `fixtures`, and what the rule says of it.

use crate::dossier::Dossier;
use crate::fees;
use crate::rule::{Check, Gathered, Reporter, Rule};
use crate::tables::Tables;
use crate::waivers;
use expect_test::Expect;
use fixtures::notation::Notated;
use model::assessment::{Assessment, Status};
use model::decimal::Decimal;
use model::decision::TraceLine;
use model::finding::{Evidence, Language, NotJudged, fill};
use model::waiver::{AccountKind, Balances, Drawing, Take};
use std::sync::LazyLock;

static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables::shipped().expect("shipped tables are good"));

/// Judges the noted case by one rule and compares what it says, a line a finding:
/// effect, place, sentence; then what could not be judged.
#[track_caller]
pub fn check_rule(rule: &'static Rule, notation: &str, expected: Expect) {
    let notated = Notated::parse(notation).unwrap_or_else(|error| panic!("bad notation: {error}"));
    let mut gathered = Gathered::default();
    judge(rule, &notated, &mut gathered);
    expected.assert_eq(&told(rule, &notated, &gathered));
}

/// Fills the sentence of a rule from the evidence and compares it, a line a language.
///
/// For rules that no check over a case finds: those of the readers, and those of the engine's own steps.
#[track_caller]
pub fn check_sentence(rule: &'static Rule, evidence: Evidence, expected: Expect) {
    let mut told = String::new();
    for language in [Language::Zh, Language::En] {
        fill(rule.message.in_language(language), &evidence, language, &mut told);
        told.push('\n');
    }
    assert!(!told.contains('{'), "{}: the evidence does not fill the sentence: {told}", rule.id);
    expected.assert_eq(&told);
}

/// Settles the fees of the noted case, with nothing drawn on before it, and compares them: a line a head, then the steps and
/// the trace of one rule, and what could not be judged.
#[track_caller]
pub fn check_fee(rule: &'static Rule, notation: &str, expected: Expect) {
    expected.assert_eq(&settled(notation).told(rule));
}

/// What the fees of the noted case take of vouchers.
pub fn vouchers_used(notation: &str) -> Vec<String> {
    settled(notation).taken(AccountKind::Voucher)
}

/// What the fees of the noted case take of pots.
pub fn pots_used(notation: &str) -> Vec<String> {
    settled(notation).taken(AccountKind::Pot)
}

/// What the fees of the noted case take of the quotas of policies.
pub fn quota_used(notation: &str) -> Vec<String> {
    settled(notation).taken(AccountKind::Quota)
}

struct Settled {
    assessment: Option<Assessment>,
    trace: Vec<TraceLine>,
    not_judged: Vec<NotJudged>,
    takes: Vec<Take>,
}

#[track_caller]
fn settled(notation: &str) -> Settled {
    let notated = Notated::parse(notation).unwrap_or_else(|error| panic!("bad notation: {error}"));
    notated.with_case(|case| {
        let mut draft = fees::draft(case, &TABLES).unwrap_or_default();
        let mut balances = Balances::default();
        draft.accounts(case.registers).iter().for_each(|account| balances.set(account.key(), Decimal::ZERO));
        let mut drawing = Drawing::new(&mut balances, &[]);
        let mut trace = std::mem::take(&mut draft.trace);
        let assessment = waivers::settle(&draft, case.registers, true, &mut drawing, &mut trace);
        Settled { assessment, trace, not_judged: draft.not_judged, takes: drawing.finish() }
    })
}

impl Settled {
    fn told(&self, rule: &Rule) -> String {
        let money = |amount: Option<Decimal>| amount.map_or_else(|| "?".to_owned(), fees::money);
        let mut told = Vec::new();
        for line in self.assessment.iter().flat_map(|assessment| &assessment.lines) {
            let status = match &line.status {
                Status::Charged => "",
                Status::Free(_) => " FREE",
                Status::Suspended(_) => " SUSPENDED",
                Status::NotJudged(_) => " NOT_JUDGED",
            };
            told.push(format!("{} {} → {}{status}", line.head, money(line.gross), money(line.payable)));
        }
        let steps =
            self.assessment.iter().flat_map(|assessment| &assessment.lines).flat_map(|line| &line.steps);
        for step in steps.filter(|step| step.rule == rule.id) {
            let [before, amount, after] = [step.before, step.amount, step.after].map(fees::money);
            told.push(format!("step {before} {amount} → {after}"));
        }
        for line in self.trace.iter().filter(|line| line.rule == rule.id) {
            let [before, after] = [&line.before, &line.after].map(|value| value.in_language(Language::En));
            let before = if before.is_empty() { String::new() } else { format!("{before} ") };
            told.push(format!("trace {before}→ {after}"));
        }
        let not_judged = self.not_judged.iter().filter(|told| told.rule == rule.id);
        told.extend(not_judged.map(|told| format!("not judged: {}", told.why.en)));
        told.into_iter().map(|line| line + "\n").collect()
    }

    fn taken(&self, kind: AccountKind) -> Vec<String> {
        let takes = self.takes.iter().filter(|take| take.account.kind == kind);
        takes.map(|take| format!("{} {}", take.account.name, fees::money(take.amount))).collect()
    }
}

fn judge(rule: &'static Rule, notated: &Notated, gathered: &mut Gathered) {
    let mut reporter = Reporter::new(rule, gathered);
    match rule.check {
        Check::Declaration(check) => notated.with_case(|case| check(case, &TABLES, &mut reporter)),
        Check::Dossier(check) => {
            notated.with_case(|case| check(&Dossier::of(case, &TABLES), &TABLES, &mut reporter));
        }
        Check::Certificate(check) => notated.with_certificates(|case| check(case, &TABLES, &mut reporter)),
        Check::Proof(check) => notated.with_case(|case| {
            for proof in case.proofs() {
                check(case, &proof, &TABLES, &mut reporter);
            }
        }),
        Check::CertificateAndProof(alone, beside) => {
            notated.with_certificates(|case| alone(case, &TABLES, &mut reporter));
            notated.with_case(|case| {
                for proof in case.proofs() {
                    beside(case, &proof, &TABLES, &mut reporter);
                }
            });
        }
        Check::Step | Check::Reader => panic!("{} is no check over a case: test its own function", rule.id),
    }
}

fn told(rule: &Rule, notated: &Notated, gathered: &Gathered) -> String {
    let mut told = String::new();
    for finding in &gathered.findings {
        told.push_str(finding.effect.name());
        told.push(' ');
        told.push_str(&notated.place(&finding.place));
        told.push_str(": ");
        let before = told.len();
        fill(rule.message.en, &finding.evidence, Language::En, &mut told);
        assert!(
            !told[before..].contains('{'),
            "{}: the evidence does not fill the sentence: {}",
            rule.id,
            &told[before..]
        );
        told.push('\n');
    }
    for not_judged in &gathered.not_judged {
        told.push_str("not judged: ");
        told.push_str(not_judged.why.en);
        told.push('\n');
    }
    told
}
