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
    message: Words {
        zh: "{what}，单证挂起待人工处理", en: "{what}, the document is held for an officer"
    },
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

/// It failed while the document was read.
pub const WHILE_READING: Words =
    Words { zh: "读取单证时程序出错", en: "the program failed while reading the document" };
/// It failed while the document was judged.
pub const WHILE_JUDGING: Words =
    Words { zh: "审核单证时程序出错", en: "the program failed while judging the document" };

#[cfg(test)]
mod tests {
    use super::{RULE, WHILE_JUDGING, WHILE_READING};
    use crate::testing::check_sentence;
    use expect_test::expect;
    use model::evidence;
    use model::finding::Effect;

    #[test]
    fn a_fault_is_told_without_its_inner_detail() {
        check_sentence(
            &RULE,
            evidence![what = WHILE_READING],
            expect![[r#"
                读取单证时程序出错，单证挂起待人工处理
                the program failed while reading the document, the document is held for an officer
            "#]],
        );
    }

    #[test]
    fn it_holds_and_never_releases_or_blames_the_sender() {
        assert_eq!(RULE.effect, Effect::Hold);
        check_sentence(
            &RULE,
            evidence![what = WHILE_JUDGING],
            expect![[r#"
                审核单证时程序出错，单证挂起待人工处理
                the program failed while judging the document, the document is held for an officer
            "#]],
        );
    }
}
