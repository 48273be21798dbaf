//! One way to test a rule: a case in the notation of `fixtures`, and what the rule says of it.

use crate::dossier::Dossier;
use crate::rule::{Check, Gathered, Reporter, Rule, fill};
use crate::tables::Tables;
use expect_test::Expect;
use fixtures::notation::Notated;
use model::finding::{Evidence, Language};
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
