//! The message can be read, but this program does not decide it.
//!
//! Answers, imports, drafts and uploads, and kinds of message that are only recognised (ruling K8). It is declined, not
//! refused: nothing is wrong with it, it occupies no number, and the declaration that follows a draft is decided as its first.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-030"),
    name: "not-for-this-program",
    version: 1,
    title: Words { zh: "不属于本程序受理范围", en: "not for this program" },
    message: Words { zh: "{what}", en: "{what}" },
    remedy: Words {
        zh: "如要申报，请核对根元素和命名空间，发送操作类型为C或D的出口报关单或申请类型为1的原产地证；否则无须处理",
        en: "to declare, check root and namespace and send an export declaration with operation C or D, or a certificate with application type 1; else there is nothing to do",
    },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "rulings", article: "K8, K5" }],
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
    fn a_draft_is_told_so() {
        check_sentence(
            &RULE,
            evidence![what = Words { zh: "暂存草稿，未申报", en: "a draft" }],
            expect![[r#"
                暂存草稿，未申报
                a draft
            "#]],
        );
    }

    #[test]
    fn it_is_no_fault_of_the_message() {
        assert!(matches!(RULE.check, Check::Reader));
        assert_eq!(RULE.effect, Effect::Warn);
    }
}
