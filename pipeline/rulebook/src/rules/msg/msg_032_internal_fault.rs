//! The program failed on this document.
//!
//! The fault is ours, not the sender's, and is confined to its document. Goods whose document could not be judged are held
//! for an officer and never released. What exactly failed is in the log, not in the answer.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-032"),
    name: "internal-fault",
    version: 1,
    title: Words { zh: "程序内部故障", en: "internal fault" },
    message: Words { zh: "{what}", en: "{what}" },
    remedy: Words {
        zh: "无须重发；由关员处理，并请系统维护人员查看日志",
        en: "there is no need to send it again: an officer decides, and the operator reads the log",
    },
    effect: Effect::Hold,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "reliability", article: "1, P3" }],
    check: Check::Step,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_sentence;
    use expect_test::expect;
    use model::evidence;
    use model::finding::{Effect, Words};

    #[test]
    fn a_fault_is_told_without_its_inner_detail() {
        check_sentence(
            &RULE,
            evidence![
                what = Words {
                    zh: "程序内部错误，货物不予放行",
                    en: "an internal fault, the goods are not released"
                }
            ],
            expect![[r#"
                程序内部错误，货物不予放行
                an internal fault, the goods are not released
            "#]],
        );
    }

    #[test]
    fn it_holds_and_never_releases_or_blames_the_sender() {
        assert_eq!(RULE.effect, Effect::Hold);
    }
}
