//! The archive or the compressed stream around the message is broken or of a kind that is not opened.
//!
//! What stood before the fault has been read and answered; what stands after it is not guessed at. A wrong checksum, bytes
//! after the end and an archive inside an archive are faults like any other, and so is whatever two readers would unpack
//! differently: two sizes or two names for one entry, bytes that no directory lists.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-004"),
    name: "container-unreadable",
    version: 1,
    title: Words {
        zh: "压缩包或压缩流无法读取", en: "archive or compressed stream cannot be read"
    },
    message: Words { zh: "{what}", en: "{what}" },
    remedy: Words {
        zh: "重新打包或重新压缩后再发送；只用一层zstd、ZIP或tar，不加密，条目不重名",
        en: "pack the messages again and send them; use one zstd, ZIP or tar, not encrypted, each entry with its own name",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "reliability", article: "3, Z1 to Z3 and F2" },
        Citation { instrument: "RFC 8878", article: "3.1" },
        Citation { instrument: "PKWARE APPNOTE", article: "4" },
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
            evidence![what = Words { zh: "zstd校验和不符", en: "the checksum of a zstd frame is wrong" }],
            expect![[r#"
                zstd校验和不符
                the checksum of a zstd frame is wrong
            "#]],
        );
    }

    #[test]
    fn it_is_no_matter_of_the_message_inside() {
        assert!(matches!(RULE.check, Check::Reader));
        assert_eq!(RULE.effect, Effect::Reject);
    }
}
