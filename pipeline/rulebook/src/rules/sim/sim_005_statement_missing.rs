//! The conformity statement is missing: simplification never waives it.
//!
//! The other documents no grade ever waives have places of their own: a missing authorisation is SIM-014's, a missing
//! permit DOC-019's, and the proof of return has no code on the wire, so that it is told as not judged (ruling D2).
//! The load of the document matrix refuses a cell that waives one of the four.

use crate::papers::Presence;
use crate::prelude::*;
use crate::tables::papers::Document;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("SIM-005"),
    name: "conformity-statement-missing",
    version: 1,
    title: Words { zh: "缺少合格保证", en: "conformity statement is missing" },
    message: Words {
        zh: "应提交合格保证：企业承诺无代码{promise}，登记中也无有效的合格保证",
        en: "conformity statement is required: no promise {promise}, and none valid on file",
    },
    remedy: Words {
        zh: "在企业承诺中填报102053，或将合格保证登记备案",
        en: "declare promise 102053, or put the statement on file",
    },
    effect: Effect::Hold,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules", article: "7, SIM-005" },
        Citation { instrument: "rulings", article: "D2" },
    ],
    check: Check::Dossier(check),
};

const NO_WIRE_CODE: Words = Words {
    zh: "退运证明在报文中无单证代码，无法判断是否已提交",
    en: "the message has no code for the proof of return: whether it was sent is not known",
};

fn check(dossier: &Dossier<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    for (document, presence) in dossier.papers.asked() {
        match (document, presence) {
            (Document::ConformityStatement, Presence::Missing) => {
                report.place(Place::ROOT, evidence![promise = crate::papers::CONFORMITY_PROMISE]);
            }
            (Document::ReturnProof, Presence::Unknown) => report.not_judged(NO_WIRE_CODE),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn neither_promise_nor_row_is_a_hold() {
        check_rule(
            &RULE,
            "no promise",
            expect![[r#"
                hold document: conformity statement is required: no promise 102053, and none valid on file
            "#]],
        );
    }

    #[test]
    fn a_promise_is_enough() {
        check_rule(&RULE, "promise material_code=102053", expect![""]);
    }

    #[test]
    fn a_row_is_enough_on_its_last_day() {
        let row = "no promise\nstatement scc=91441323555600018G from=2017-06-01 to=";
        check_rule(&RULE, &format!("{row}2018-06-02"), expect![""]);
        check_rule(
            &RULE,
            &format!("{row}2018-06-01"),
            expect![[r#"
                hold document: conformity statement is required: no promise 102053, and none valid on file
            "#]],
        );
    }

    #[test]
    fn nobody_asked_for_one_before_november_2017() {
        check_rule(&RULE, "accepted 2017-10-31\nno promise", expect![""]);
    }

    #[test]
    fn a_proof_of_return_is_not_judged() {
        check_rule(
            &RULE,
            "declaration trade_mode=4561",
            expect![[r#"
                not judged: the message has no code for the proof of return: whether it was sent is not known
            "#]],
        );
    }
}
