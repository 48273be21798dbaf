//! An amendment would change who filed the declaration, or when it was accepted.
//!
//! Both are what it is known and judged by. Which elements else the gateway keeps for which type is not published.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-11012"),
    name: "element-not-amendable",
    version: 1,
    title: Words { zh: "该数据不得修改", en: "the element cannot be amended" },
    message: Words {
        zh: "申报人和受理时间不得通过修改申请变更",
        en: "who files a declaration and when it is accepted cannot be amended",
    },
    remedy: Words { zh: "撤销原报关单后重新申报", en: "cancel the declaration and declare anew" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "international-formats", article: "4; 5, CDS11012" }],
    check: Check::Step,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_sentence;
    use expect_test::expect;
    use model::evidence;

    #[test]
    fn it_says_what_stays() {
        check_sentence(
            &RULE,
            evidence![],
            expect![[r#"
                申报人和受理时间不得通过修改申请变更
                who files a declaration and when it is accepted cannot be amended
            "#]],
        );
    }

    #[test]
    fn it_sends_the_request_back_and_not_the_declaration() {
        assert_eq!(RULE.effect, crate::prelude::Effect::Reject);
        assert!(matches!(RULE.check, crate::rule::Check::Step), "no check over a declaration finds it");
    }
}
