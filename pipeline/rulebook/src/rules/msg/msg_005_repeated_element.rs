//! An element that may stand once stands again.
//!
//! Refused rather than read as "the last one wins": another reader takes the first, and two customs systems would then have
//! cleared two different declarations. An empty one counts, so that what is repeated does not depend on which is filled.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-005"),
    name: "repeated-element",
    version: 1,
    title: Words { zh: "单值元素重复出现", en: "an element is repeated" },
    message: Words { zh: "{what}", en: "{what}" },
    remedy: Words {
        zh: "只保留一个该元素后再发送",
        en: "keep one of the elements and send the message again",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "reliability", article: "3, X5" },
        Citation { instrument: "single-window", article: "3.2 and 5" },
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
    fn a_second_value_is_not_chosen_from() {
        check_sentence(
            &RULE,
            evidence![
                what = Words {
                    zh: "只应出现一次的元素出现了多次",
                    en: "an element that may stand once stands again"
                }
            ],
            expect![[r#"
                只应出现一次的元素出现了多次
                an element that may stand once stands again
            "#]],
        );
    }

    #[test]
    fn it_is_refused_rather_than_warned_of() {
        assert!(matches!(RULE.check, Check::Reader));
        assert_eq!(RULE.effect, Effect::Reject);
    }
}
