//! The message is larger, deeper or more intricate than a message may be.
//!
//! The bounds leave room for every message the interface allows, and keep one sender from using up what all share.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-010"),
    name: "limit-exceeded",
    version: 1,
    title: Words { zh: "报文超过限制", en: "message exceeds a limit" },
    message: Words { zh: "{what}，上限{limit}", en: "{what}, the limit is {limit}" },
    remedy: Words {
        zh: "拆分报文，或去掉多余的嵌套、引用和附件后再发送",
        en: "split the message, or take out needless nesting, references and attachments, and send it again",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "reliability", article: "4.1" }],
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
    fn the_limit_is_named() {
        check_sentence(
            &RULE,
            evidence![
                what = Words { zh: "报文字节数过多", en: "the message has too many bytes" },
                bytes = 8_388_609_i64,
                limit = 8_388_608_i64
            ],
            expect![[r#"
                报文字节数过多，上限8388608
                the message has too many bytes, the limit is 8388608
            "#]],
        );
    }

    #[test]
    fn a_message_at_the_limit_is_not_meant_but_one_beyond_it_is_refused() {
        assert!(matches!(RULE.check, Check::Reader));
        assert_eq!(RULE.effect, Effect::Reject);
    }
}
