//! The status of a document says that it is not there or not needed, and no reason is given.
//!
//! The gateway takes some waivers without a reason, and which is not published; so this is told, and rejects nothing.

use crate::prelude::*;
use crate::tables::gateway_codes::List;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-77005"),
    name: "waiver-without-reason",
    version: 1,
    title: Words { zh: "单证豁免未说明理由", en: "a waiver without a reason" },
    message: Words {
        zh: "单证 {code} 状态 {status}，未说明理由",
        en: "document {code} has status {status}, and no reason is given",
    },
    remedy: Words { zh: "填报豁免理由", en: "say why the document is not there" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS77005" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    for document in case.declaration.supporting_documents {
        let status = document.status;
        let needs_reason = law.gateway_codes.has(List::StatusWithReason, status.value, case.accepted_on());
        if needs_reason && document.reason.is_empty() {
            let code = format!("{}{}", document.category.value, document.type_code.value);
            report.at(document, &document.reason, evidence![code, status]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn with_a_reason_it_passes() {
        check_rule(
            &RULE,
            "uk
             supporting_document goods_line=1 category=9 type_code=104 status=XX reason=exempt",
            expect![""],
        );
    }

    #[test]
    fn without_one_it_is_told() {
        check_rule(
            &RULE,
            "uk
             supporting_document goods_line=1 category=9 type_code=104 status=XX",
            expect![[r#"
                warn supporting_document 1 reason absent: document 9104 has status XX, and no reason is given
            "#]],
        );
    }

    #[test]
    fn a_document_that_is_there_needs_none() {
        check_rule(
            &RULE,
            "uk
             supporting_document goods_line=1 category=9 type_code=104 status=EP",
            expect![""],
        );
    }
}
