//! Text stands where only elements may: before or after the message, or between its elements.
//!
//! White space is no text. A reader that passed over it would pass over a lost start tag as well.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-013"),
    name: "stray-text",
    version: 1,
    title: Words { zh: "元素之间有文字", en: "text stands between elements" },
    message: Words { zh: "{what}", en: "{what}" },
    remedy: Words {
        zh: "删去元素之外的文字，或补上丢失的标记",
        en: "take the text out, or put back the tag that was lost around it",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "W3C XML 1.0 (Fifth Edition)", article: "2.1" },
        Citation { instrument: "single-window", article: "1" },
    ],
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
    fn text_outside_a_value_is_told() {
        check_sentence(
            &RULE,
            evidence![what = Words { zh: "元素之间有文字", en: "there is text between elements" }],
            expect![[r#"
                元素之间有文字
                there is text between elements
            "#]],
        );
    }

    #[test]
    fn it_is_refused_rather_than_passed_over() {
        assert!(matches!(RULE.check, Check::Reader));
        assert_eq!(RULE.effect, Effect::Reject);
    }
}
