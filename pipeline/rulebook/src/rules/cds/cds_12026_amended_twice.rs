//! One request amends the same element twice: which of the two values counts cannot be told.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12026"),
    name: "amended-twice",
    version: 1,
    title: Words {
        zh: "同一申请中重复修改同一数据", en: "an element is amended twice in one request"
    },
    message: Words {
        zh: "同一数据在一份修改申请中出现两次",
        en: "the same element is amended more than once in this request",
    },
    remedy: Words {
        zh: "每项数据只修改一次，重新提交申请",
        en: "amend each element once and file the request again",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "4; 5, CDS12026" }],
    check: Check::Step,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_sentence;
    use expect_test::expect;
    use model::evidence;

    #[test]
    fn it_says_what_is_wrong() {
        check_sentence(
            &RULE,
            evidence![],
            expect![[r#"
                同一数据在一份修改申请中出现两次
                the same element is amended more than once in this request
            "#]],
        );
    }

    #[test]
    fn it_sends_the_request_back_and_not_the_declaration() {
        assert_eq!(RULE.effect, crate::prelude::Effect::Reject);
        assert!(matches!(RULE.check, crate::rule::Check::Step), "no check over a declaration finds it");
    }
}
