//! The message ends, or the next one starts, before all its elements are closed.
//!
//! Most often a file taken before it was written to its end. Nothing of a half message is decided; its neighbours are read.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-014"),
    name: "document-cut-short",
    version: 1,
    title: Words { zh: "报文不完整", en: "message is cut short" },
    message: Words { zh: "{what}", en: "{what}" },
    remedy: Words {
        zh: "写完后再改名投递；重新发送完整报文",
        en: "rename the file into place only when it is complete; send the whole message again",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "W3C XML 1.0 (Fifth Edition)", article: "2.1, 3" },
        Citation { instrument: "rulings", article: "O5" },
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
    fn a_half_message_is_told_so() {
        check_sentence(
            &RULE,
            evidence![
                what = Words {
                    zh: "报文在元素关闭之前结束",
                    en: "the message ends before an element is closed"
                }
            ],
            expect![[r#"
                报文在元素关闭之前结束
                the message ends before an element is closed
            "#]],
        );
    }

    #[test]
    fn it_is_refused_rather_than_decided_by_its_first_half() {
        assert!(matches!(RULE.check, Check::Reader));
        assert_eq!(RULE.effect, Effect::Reject);
    }
}
