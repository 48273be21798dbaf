//! The document is not well-formed XML.
//!
//! Found by the reader at the byte where reading stopped; the document is refused and its neighbours are read (ruling O5).

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-001"),
    name: "not-well-formed",
    version: 1,
    title: Words { zh: "报文不是格式良好的XML", en: "message is not well-formed XML" },
    message: Words { zh: "{what}", en: "{what}" },
    remedy: Words {
        zh: "改正所指位置后重新发送整份报文；建议用XML库生成报文，不要拼接文字",
        en: "mend the place that is named and send the whole message again; a library that writes XML makes no such mistake",
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
    use model::evidence;
    use model::finding::fill;
    use model::finding::{Language, Words};

    #[test]
    fn the_reason_is_said_in_both_languages() {
        let evidence = evidence![what = Words { zh: "结束标记不匹配", en: "end tag does not match" }];
        for (language, sentence) in
            [(Language::Zh, "结束标记不匹配"), (Language::En, "end tag does not match")]
        {
            let mut filled = String::new();
            fill(RULE.message.in_language(language), &evidence, language, &mut filled);
            assert_eq!(filled, sentence);
        }
    }

    #[test]
    fn nothing_but_the_reader_reports_it() {
        assert!(matches!(RULE.check, crate::rule::Check::Reader));
    }
}
