//! There is no message: the entry is empty, is no XML, or has no root element.
//!
//! Sent files of other kinds (a PDF, a temporary file of the client) end here too, each with an answer of its own.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-012"),
    name: "nothing-to-read",
    version: 1,
    title: Words { zh: "没有可读的报文", en: "nothing to read" },
    message: Words { zh: "{what}", en: "{what}" },
    remedy: Words {
        zh: "确认发送的是XML报文且文件已写完",
        en: "make sure the file is an XML message and was written to its end",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "W3C XML 1.0 (Fifth Edition)", article: "2.1" }],
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
    fn an_empty_file_is_told_so() {
        check_sentence(
            &RULE,
            evidence![what = Words { zh: "内容为空", en: "there is nothing in it" }],
            expect![[r#"
                内容为空
                there is nothing in it
            "#]],
        );
    }

    #[test]
    fn it_is_refused_rather_than_passed_over() {
        assert!(matches!(RULE.check, Check::Reader));
        assert_eq!(RULE.effect, Effect::Reject);
    }
}
