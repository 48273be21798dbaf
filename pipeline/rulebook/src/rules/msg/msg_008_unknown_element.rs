//! An element is not known to the format, or stands in a foreign namespace.
//!
//! Nothing is read from it and the message is decided without it, so a warning: a newer interface adds elements, and a
//! misspelt name is told to its author. Its values still count as content when the message comes again.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-008"),
    name: "unknown-element",
    version: 1,
    title: Words { zh: "报文中有未知元素", en: "message has an unknown element" },
    message: Words { zh: "{what}：{element}", en: "{what}: {element}" },
    remedy: Words {
        zh: "核对元素名称和命名空间；官方拼写如EdocRealation、GrossWet不可更正",
        en: "check name and namespace of the element; official spellings such as EdocRealation and GrossWet are to be kept",
    },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "reliability", article: "3, X5" },
        Citation { instrument: "single-window", article: "3.3 and 10" },
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
    fn the_element_is_named() {
        check_sentence(
            &RULE,
            evidence![
                what = Words {
                    zh: "元素未读取，格式中没有该名称",
                    en: "the format has no such element, it is not read"
                },
                element = "GrossWeight"
            ],
            expect![[r#"
                元素未读取，格式中没有该名称：GrossWeight
                the format has no such element, it is not read: GrossWeight
            "#]],
        );
    }

    #[test]
    fn it_warns_and_changes_nothing() {
        assert!(matches!(RULE.check, Check::Reader));
        assert_eq!(RULE.effect, Effect::Warn);
    }
}
