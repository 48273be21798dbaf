//! A request that only an officer can decide: a cancellation after release, or one about a declaration that is not at hand any
//! more. Nothing changes until he has decided.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-006"),
    name: "officer-decides",
    version: 1,
    title: Words { zh: "申请须由人工办理", en: "an officer decides the request" },
    message: Words {
        zh: "{what}（报关单 {number}），转人工办理，原决定不变",
        en: "{what} (declaration {number}): an officer decides, until then nothing changes",
    },
    remedy: Words {
        zh: "海关核实货物去向后人工办理；申请人等候通知",
        en: "customs looks where the goods are and decides by hand; wait for the answer",
    },
    effect: Effect::Hold,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "international-formats", article: "3, DMSEXT; 4" }],
    check: Check::Step,
};

/// The goods may have left.
pub const RELEASED: Words = Words {
    zh: "放行或布控查验后申请撤销",
    en: "cancellation asked for after release or inspection",
};
/// It was decided before requests could be.
pub const NOT_AT_HAND: Words =
    Words { zh: "原报关单数据已不在库中", en: "the content of the declaration is not at hand" };

#[cfg(test)]
mod tests {
    use super::RELEASED;
    use super::RULE;
    use crate::testing::check_sentence;
    use expect_test::expect;
    use model::evidence;

    #[test]
    fn what_is_asked_is_said() {
        check_sentence(
            &RULE,
            evidence![what = RELEASED, number = "24GB7K2M9PQRS4T5A1"],
            expect![[r#"
                放行或布控查验后申请撤销（报关单 24GB7K2M9PQRS4T5A1），转人工办理，原决定不变
                cancellation asked for after release or inspection (declaration 24GB7K2M9PQRS4T5A1): an officer decides, until then nothing changes
            "#]],
        );
    }

    #[test]
    fn what_is_not_at_hand_is_decided_by_nobody_else() {
        check_sentence(
            &RULE,
            evidence![what = super::NOT_AT_HAND, number = "24GB7K2M9PQRS4T5A1"],
            expect![[r#"
                原报关单数据已不在库中（报关单 24GB7K2M9PQRS4T5A1），转人工办理，原决定不变
                the content of the declaration is not at hand (declaration 24GB7K2M9PQRS4T5A1): an officer decides, until then nothing changes
            "#]],
        );
    }
}
