//! The entry in the declarant's records is of another day than the declared acceptance.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12156"),
    name: "entry-date-differs",
    version: 1,
    title: Words {
        zh: "记录登记日期与受理日期不符", en: "the entry in records is of another day"
    },
    message: Words {
        zh: "前一单证 CLE 为 {number}，申报的受理日期为 {declared}",
        en: "previous document CLE says {number}, the declared acceptance is {declared}",
    },
    remedy: Words { zh: "更正日期，格式 yyyymmdd", en: "give the day of acceptance as yyyymmdd" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12156" }],
    check: Check::Declaration(check),
};

/// The date of entry in the records.
const ENTRY: &str = "CLE";

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let declaration = case.declaration;
    // The day as it was written, whatever its zone.
    let Some(declared) = declaration.signature.signed_at.value.get(..8) else { return };
    for document in declaration.previous_documents.iter().filter(|it| it.type_code.value == ENTRY) {
        let number = document.number;
        if number.is_present() && number.value != declared {
            report.at(document, &document.number, evidence![number, declared]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn the_day_of_acceptance_passes() {
        check_rule(
            &RULE,
            "uk
             signature signed_at=20240601230000Z
             previous_document type_code=CLE number=20240601",
            expect![""],
        );
    }

    #[test]
    fn another_day_is_rejected() {
        check_rule(
            &RULE,
            "uk
             signature signed_at=20240601230000Z
             previous_document type_code=CLE number=20240602",
            expect![[r#"
                reject previous_document 1 number: previous document CLE says 20240602, the declared acceptance is 20240601
            "#]],
        );
    }
}
