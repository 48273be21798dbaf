//! A Base64 value that should hold a message does not.
//!
//! The value is decoded strictly: characters of the alphabet, white space between them, right padding, nothing after it.
//! Attachments are bounded and hashed with the raw input but never decoded, so this is only about wrapped messages.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-011"),
    name: "base64-unreadable",
    version: 1,
    title: Words { zh: "Base64内容无法读取", en: "Base64 value cannot be read" },
    message: Words { zh: "{what}", en: "{what}" },
    remedy: Words {
        zh: "重新生成Base64内容；一层封装，不超过12 MiB",
        en: "encode the message again: wrapped once, at most 12 MiB",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "RFC 4648", article: "4" },
        Citation { instrument: "rulings", article: "X4" },
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
    fn the_fault_is_named() {
        check_sentence(
            &RULE,
            evidence![
                what = Words {
                    zh: "Base64字符或填充有误", en: "a Base64 character or the padding is wrong"
                }
            ],
            expect![[r#"
                Base64字符或填充有误
                a Base64 character or the padding is wrong
            "#]],
        );
    }

    #[test]
    fn it_is_refused_rather_than_decoded_in_part() {
        assert!(matches!(RULE.check, Check::Reader));
        assert_eq!(RULE.effect, Effect::Reject);
    }
}
