//! The rule book over one case.

use crate::Law;
use crate::reach::{Reach, Side};
use jiff::civil::Date;
use model::case::CertificateCase;
use model::evidence;
use model::finding::{Effect, Finding, Place, RuleId, Words};
use rulebook::dossier::Dossier;
use rulebook::rule::{Check, DateKey, Gathered, Reporter};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a trader reads when a rule of ours broke down over his document.
pub(crate) const PANICKED: Words = Words {
    zh: "程序内部错误，该单证未能判断，货物不予放行",
    en: "an internal fault: the document could not be judged, the goods are not released",
};

/// Findings of the reader and of every rule over a declaration and the certificates it claims.
pub(crate) fn declaration(dossier: &Dossier<'_>, read: &[Finding], reach: &Reach, law: &Law<'_>) -> Gathered {
    let case = dossier.case;
    let mut gathered = of_the_reader(read, law);
    let accepted_on = case.accepted_on();
    confine(&mut gathered, |gathered| {
        for &rule in reach
            .judging
            .iter()
            .filter(|rule| rule.date_key == DateKey::Issue || rule.in_force.on(accepted_on))
        {
            match rule.check {
                Check::Declaration(check) => {
                    check(case, &law.rulebook.tables, &mut Reporter::new(rule, gathered));
                }
                Check::Dossier(check) => {
                    check(dossier, &law.rulebook.tables, &mut Reporter::new(rule, gathered));
                }
                Check::Proof(check) | Check::CertificateAndProof(_, check) => {
                    for proof in case.proofs() {
                        let issued_on = proof.certificate.issued_on().map_or(accepted_on, |(day, _)| day);
                        if rule.in_force.on(issued_on) {
                            check(case, &proof, &law.rulebook.tables, &mut Reporter::new(rule, gathered));
                        }
                    }
                }
                Check::Certificate(_) | Check::Step | Check::Reader => {}
            }
        }
    });
    reach.tell(Some(accepted_on), Side::Declaration, &mut gathered);
    gathered
}

/// Findings of the reader and of every rule over a certificate by itself (ruling O3).
pub(crate) fn certificate(
    case: &CertificateCase<'_>,
    read: &[Finding],
    reach: &Reach,
    law: &Law<'_>,
) -> Gathered {
    let mut gathered = of_the_reader(read, law);
    let day = case.certificate.issued_on().map(|(day, _)| day).or(case.received_on);
    confine(&mut gathered, |gathered| {
        for &rule in reach.judging.iter().filter(|rule| day.is_none_or(|day: Date| rule.in_force.on(day))) {
            if let Check::Certificate(check) | Check::CertificateAndProof(check, _) = rule.check {
                check(case, &law.rulebook.tables, &mut Reporter::new(rule, gathered));
            }
        }
    });
    reach.tell(day, Side::Certificate, &mut gathered);
    gathered
}

/// Findings of the reader, each with the effect of its rule.
pub(crate) fn of_the_reader(read: &[Finding], law: &Law<'_>) -> Gathered {
    let mut gathered = Gathered::default();
    for finding in read {
        let effect = law.rulebook.rule(finding.rule).effect;
        gathered.push(Finding { effect, ..finding.clone() });
    }
    gathered
}

/// A panic is confined to its document: the goods are held, never released.
fn confine(gathered: &mut Gathered, judge: impl FnOnce(&mut Gathered)) {
    if catch_unwind(AssertUnwindSafe(|| judge(gathered))).is_err() {
        gathered.push(panicked());
    }
}

/// What holds a document a panic was confined to.
pub(crate) fn panicked() -> Finding {
    Finding {
        rule: RuleId("MSG-032"),
        effect: Effect::Hold,
        place: Place::ROOT,
        evidence: evidence![what = PANICKED],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_keeps_what_was_found_before_it_and_holds() {
        let mut gathered = Gathered::default();
        let warning = Finding {
            rule: RuleId("DOC-031"),
            effect: Effect::Warn,
            place: Place::ROOT,
            evidence: Vec::new(),
        };
        confine(&mut gathered, |gathered| {
            gathered.push(warning.clone());
            panic!("a rule of ours broke down");
        });
        let findings: Vec<_> = gathered.findings.iter().map(|finding| finding.rule.0).collect();
        assert_eq!(findings, ["DOC-031", "MSG-032"]);
        assert_eq!(gathered.worst, Some(Effect::Hold));
    }
}
