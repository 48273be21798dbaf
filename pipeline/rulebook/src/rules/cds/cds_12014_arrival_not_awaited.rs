//! Goods are presented on a declaration that was not lodged before they were there.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12014"),
    name: "arrival-not-awaited",
    version: 1,
    title: Words {
        zh: "运抵通知所对应的不是预申报", en: "goods are presented that were not waited for"
    },
    message: Words {
        zh: "报关单 {number} 申报类型 {declaration_type} 不是预申报，无须运抵通知",
        en: "declaration {number} of type {declaration_type} is not pre-lodged: no arrival is waited for",
    },
    remedy: Words { zh: "核对报关单编号（MRN）", en: "check the MRN" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "2.2; 5, CDS12014" }],
    check: Check::Step,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_sentence;
    use expect_test::expect;
    use model::evidence;

    #[test]
    fn the_type_is_named() {
        check_sentence(
            &RULE,
            evidence![number = "24GB7K2M9PQRS4T5A1", declaration_type = "EXA"],
            expect![[r#"
                报关单 24GB7K2M9PQRS4T5A1 申报类型 EXA 不是预申报，无须运抵通知
                declaration 24GB7K2M9PQRS4T5A1 of type EXA is not pre-lodged: no arrival is waited for
            "#]],
        );
    }

    #[test]
    fn so_is_that_of_a_clearance_request() {
        check_sentence(
            &RULE,
            evidence![number = "24GB7K2M9PQRS4T5A2", declaration_type = "EXJ"],
            expect![[r#"
                报关单 24GB7K2M9PQRS4T5A2 申报类型 EXJ 不是预申报，无须运抵通知
                declaration 24GB7K2M9PQRS4T5A2 of type EXJ is not pre-lodged: no arrival is waited for
            "#]],
        );
    }
}
