//! A document the matrix asks for was not sent.
//!
//! One finding for each missing document, at the root, whose child it would be (ruling O5); the conformity statement is
//! SIM-005's.
//! What has no code on the wire and no register is told as not judged, and never as missing (ruling D2).

use crate::papers::Presence;
use crate::prelude::*;
use crate::tables::papers::Document;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("SIM-014"),
    name: "required-document-missing",
    version: 1,
    title: Words { zh: "缺少应提交的单证", en: "a required document is missing" },
    message: Words {
        zh: "应提交{document}，报文未随附", en: "{document} is required and was not sent"
    },
    remedy: Words { zh: "补传该单证", en: "send the document" },
    effect: Effect::Hold,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "rulings", article: "D2, D3" },
        Citation { instrument: "domain-rules", article: "7.1" },
    ],
    check: Check::Dossier(check),
};

const NO_CODE_FOR_RECORD: Words = Words {
    zh: "厂检记录在报文中无单证代码，无法判断是否已提交",
    en: "the message has no code for the factory inspection record: whether it was sent is not known",
};
const NO_CODE_FOR_REPORT: Words = Words {
    zh: "检测报告在报文中无单证代码，无法判断是否已提交",
    en: "the message has no code for the laboratory report: whether it was sent is not known",
};

fn check(dossier: &Dossier<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    for (document, presence) in dossier.papers.asked() {
        match (document, presence) {
            (Document::ConformityStatement | Document::ReturnProof, _) => {} // SIM-005's.
            (_, Presence::Missing) => {
                report.place(Place::ROOT, evidence![document = document.words()]);
            }
            (Document::FactoryInspectionRecord, Presence::Unknown) => report.not_judged(NO_CODE_FOR_RECORD),
            (Document::LaboratoryReport, Presence::Unknown) => report.not_judged(NO_CODE_FOR_REPORT),
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
    fn all_that_is_asked_was_sent() {
        check_rule(
            &RULE,
            "edoc type_code=00000001\nedoc type_code=00000002\nedoc type_code=10000001",
            expect![[r#"
                not judged: the message has no code for the factory inspection record: whether it was sent is not known
            "#]],
        );
    }

    #[test]
    fn one_finding_for_each_missing_document() {
        check_rule(
            &RULE,
            "no edoc\nno promise",
            expect![[r#"
                hold document: commercial invoice is required and was not sent
                hold document: packing list is required and was not sent
                hold document: agency agreement is required and was not sent
                not judged: the message has no code for the factory inspection record: whether it was sent is not known
            "#]],
        );
    }

    #[test]
    fn before_november_2017_the_contract_is_asked_for_and_the_record_is_not() {
        let files = "edoc type_code=00000001\nedoc type_code=00000002\nedoc type_code=10000001";
        check_rule(
            &RULE,
            &format!("accepted 2017-10-31\n{files}"),
            expect![[r#"
                hold document: contract is required and was not sent
            "#]],
        );
        check_rule(&RULE, &format!("accepted 2017-10-31\n{files}\nedoc type_code=00000004"), expect![""]);
    }

    #[test]
    fn without_a_day_there_is_no_row_to_ask_by() {
        check_rule(&RULE, "accepted unknown\nno edoc", expect![""]);
    }
}
