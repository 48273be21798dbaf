//! A document that others refer to has no number, or does not say who files it.
//!
//! It could be put on file, but nothing would ever find it: the declaration that waits for it would wait for good, and
//! a repeat of it would not be known as one.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-033"),
    name: "number-missing",
    version: 1,
    title: Words { zh: "缺少编号或申报单位", en: "number or filing party is missing" },
    message: Words {
        zh: "未填{field}，单证无法归档和关联",
        en: "{field} is empty: the document can be neither filed nor found again",
    },
    remedy: Words { zh: "填写后重新发送", en: "fill it and send the document again" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "rulings", article: "1" }],
    check: Check::Reader,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rule::Check;
    use crate::testing::check_sentence;
    use expect_test::expect;
    use model::evidence;
    use model::finding::{Effect, Words};

    #[test]
    fn the_field_is_named() {
        check_sentence(
            &RULE,
            evidence![field = Words { zh: "企业报检编号", en: "number" }],
            expect![[r#"
                未填企业报检编号，单证无法归档和关联
                number is empty: the document can be neither filed nor found again
            "#]],
        );
    }

    /// A document with its number is not this rule's: formats report it only where the number is empty.
    #[test]
    fn it_rejects_and_is_told_by_the_reader_alone() {
        assert!(matches!(RULE.check, Check::Reader));
        assert_eq!(RULE.effect, Effect::Reject);
    }
}
