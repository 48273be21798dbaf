//! The message is in no encoding that is taken, or does not keep to the one it declares.
//!
//! UTF-8 is always taken; GB18030 with GBK and GB2312, and UTF-16 with a byte order mark, where the office says so. Byte
//! order mark, declaration and bytes must say the same, and every byte must be part of a character. A declaration is
//! believed, and the message refused: guessing would turn one firm's name into another's.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-003"),
    name: "encoding-not-taken",
    version: 1,
    title: Words { zh: "报文编码不受理", en: "encoding is not taken" },
    message: Words { zh: "{what}：{encoding}", en: "{what}: {encoding}" },
    remedy: Words {
        zh: "改用UTF-8编码保存，XML声明也写明UTF-8，再发送",
        en: "save the message as UTF-8, let its declaration say so, and send it again",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "reliability", article: "3, X2" },
        Citation { instrument: "W3C XML 1.0 (Fifth Edition)", article: "4.3.3" },
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
    fn the_encoding_that_was_declared_is_named() {
        check_sentence(
            &RULE,
            evidence![
                what = Words { zh: "报文编码不受理", en: "the encoding is not taken" },
                encoding = "GBK"
            ],
            expect![[r#"
                报文编码不受理：GBK
                the encoding is not taken: GBK
            "#]],
        );
    }

    #[test]
    fn it_is_refused_and_never_guessed() {
        assert!(matches!(RULE.check, Check::Reader));
        assert_eq!(RULE.effect, Effect::Reject);
    }
}
