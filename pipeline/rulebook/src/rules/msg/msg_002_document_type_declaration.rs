//! The message has a document type declaration.
//!
//! Refused wherever it stands and before any entity is looked at: with one, the text a reader sees may come from elsewhere.
//! No message of ours needs one. The five entities of XML and character references are read without it.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-002"),
    name: "document-type-declaration",
    version: 1,
    title: Words { zh: "报文含有文档类型声明", en: "message has a document type declaration" },
    message: Words { zh: "{what}", en: "{what}" },
    remedy: Words {
        zh: "删去DOCTYPE后再发送，不要使用自定义实体",
        en: "take the DOCTYPE out and send the message again; declare no entities of your own",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "reliability", article: "3, X1" },
        Citation { instrument: "W3C XML 1.0 (Fifth Edition)", article: "2.8" },
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
    fn a_message_with_a_doctype_is_refused() {
        check_sentence(
            &RULE,
            evidence![what = Words { zh: "含有文档类型声明", en: "there is a document type declaration" }],
            expect![[r#"
                含有文档类型声明
                there is a document type declaration
            "#]],
        );
    }

    #[test]
    fn it_is_refused_by_the_reader_before_anything_is_decided() {
        assert!(matches!(RULE.check, Check::Reader));
        assert_eq!(RULE.effect, Effect::Reject);
    }
}
