//! An element is not known to the gateway, or stands in another namespace.
//!
//! The gateway takes no message with such an element. Nothing is read from it here, so what it meant to say would be lost.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-10002"),
    name: "element-not-allowed",
    version: 1,
    title: Words { zh: "报文中有不允许的元素", en: "an element is not allowed" },
    message: Words { zh: "{what}：{element}", en: "{what}: {element}" },
    remedy: Words {
        zh: "核对元素名称、位置和命名空间",
        en: "check name, place and namespace of the element",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS10002" }],
    check: Check::Reader,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use expect_test::expect;

    use crate::rule::Check;
    use crate::testing::check_sentence;
    use model::evidence;
    use model::finding::{Effect, Words};

    #[test]
    fn the_element_is_named() {
        let what = Words {
            zh: "元素未读取，格式中没有该名称",
            en: "the format has no such element, it is not read",
        };
        check_sentence(
            &RULE,
            evidence![what, element = "ExitOfice"],
            expect![[r#"
                元素未读取，格式中没有该名称：ExitOfice
                the format has no such element, it is not read: ExitOfice
            "#]],
        );
    }

    #[test]
    fn it_goes_back() {
        assert!(matches!(RULE.check, Check::Reader));
        assert_eq!(RULE.effect, Effect::Reject);
    }
}
