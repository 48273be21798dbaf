//! What stands for a master unique consignment reference is none: `GB/`, a trader, a hyphen and the trader's own part, or a letter
//! with a colon and a number.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12133"),
    name: "master-reference-malformed",
    version: 1,
    title: Words {
        zh: "主参考号（MUCR）格式错误", en: "a master consignment reference is malformed"
    },
    message: Words {
        zh: "{number} 不是有效的主参考号（MUCR）",
        en: "{number} is no master unique consignment reference",
    },
    remedy: Words {
        zh: "按规定格式填报主参考号",
        en: "give it as GB/trader-own part, or letter, colon, number",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12133" }],
    check: Check::Declaration(check),
};

/// The reference, as a previous document.
const REFERENCE: &str = "MCR";
const COUNTRY: &str = "GB/";
const CHARACTERS_MAX: usize = 35;

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    for document in case.declaration.previous_documents {
        let number = &document.number;
        if document.type_code.value == REFERENCE && number.is_present() && !is_reference(number.value) {
            report.at(document, number, evidence![number = *number]);
        }
    }
}

fn is_reference(number: &str) -> bool {
    let is_filled = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    let parts = match number.strip_prefix(COUNTRY) {
        Some(rest) => rest.split_once('-'),
        None => number.split_once(':').filter(|(letter, _)| letter.len() == 1),
    };
    number.len() <= CHARACTERS_MAX && parts.is_some_and(|(one, other)| is_filled(one) && is_filled(other))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn both_shapes_pass() {
        check_rule(
            &RULE,
            "uk
             previous_document type_code=MCR number=GB/AIGI-SULE72WT1Q
             previous_document type_code=MCR number=A:16035498936",
            expect![""],
        );
    }

    #[test]
    fn others_are_rejected() {
        check_rule(
            &RULE,
            "uk
             previous_document type_code=MCR number=GB/AIGISULE
             previous_document type_code=MCR number=16035498936",
            expect![[r#"
                reject previous_document 1 number: GB/AIGISULE is no master unique consignment reference
                reject previous_document 2 number: 16035498936 is no master unique consignment reference
            "#]],
        );
    }
}
