//! A comment or a processing instruction stands inside a value.
//!
//! Readers differ in what such a value is: some join its halves, some take the first. A comment between elements is harmless
//! and ignored.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-009"),
    name: "comment-inside-value",
    version: 1,
    title: Words { zh: "值中夹有注释", en: "a comment stands inside a value" },
    message: Words { zh: "{what}", en: "{what}" },
    remedy: Words {
        zh: "把注释移到元素之间或删去后再发送",
        en: "move the comment between elements or take it out, and send the message again",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "reliability", article: "3, X5" }],
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
    fn a_value_in_two_halves_is_refused() {
        check_sentence(
            &RULE,
            evidence![
                what = Words {
                    zh: "值中夹有注释或处理指令",
                    en: "a comment or processing instruction stands inside a value"
                }
            ],
            expect![[r#"
                值中夹有注释或处理指令
                a comment or processing instruction stands inside a value
            "#]],
        );
    }

    #[test]
    fn it_is_refused_rather_than_joined() {
        assert!(matches!(RULE.check, Check::Reader));
        assert_eq!(RULE.effect, Effect::Reject);
    }
}
