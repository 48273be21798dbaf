//! A request comes too late: what it is about is released, sent to inspection or cancelled.
//!
//! Goods that have been decided keep their decision (K4); the request is denied, and changes nothing.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-005"),
    name: "decided-already",
    version: 1,
    title: Words {
        zh: "报关单已作决定，申请不予批准", en: "the declaration is decided already"
    },
    message: Words {
        zh: "报关单 {number} {what}，不能再按申请办理",
        en: "declaration {number} {what}: the request is denied and changes nothing",
    },
    remedy: Words {
        zh: "如确需更正，向海关申请人工办理",
        en: "if something has to be put right, apply to customs for an officer to do it",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "rulings", article: "K4" },
        Citation { instrument: "international-formats", article: "3, DMSREQ; 4" },
    ],
    check: Check::Step,
};

/// The goods may go.
pub const RELEASED: Words =
    Words { zh: "已放行或已布控查验", en: "is released or sent to inspection" };
/// Nothing may go on it any more.
pub const CANCELLED: Words = Words { zh: "已撤销", en: "is cancelled" };

#[cfg(test)]
mod tests {
    use super::RELEASED;
    use super::RULE;
    use crate::testing::check_sentence;
    use expect_test::expect;
    use model::evidence;

    #[test]
    fn what_was_decided_is_said() {
        check_sentence(
            &RULE,
            evidence![number = "24GB7K2M9PQRS4T5A1", what = RELEASED],
            expect![[r#"
                报关单 24GB7K2M9PQRS4T5A1 已放行或已布控查验，不能再按申请办理
                declaration 24GB7K2M9PQRS4T5A1 is released or sent to inspection: the request is denied and changes nothing
            "#]],
        );
    }

    #[test]
    fn what_was_cancelled_is_said_to_be() {
        check_sentence(
            &RULE,
            evidence![number = "24GB7K2M9PQRS4T5A1", what = super::CANCELLED],
            expect![[r#"
                报关单 24GB7K2M9PQRS4T5A1 已撤销，不能再按申请办理
                declaration 24GB7K2M9PQRS4T5A1 is cancelled: the request is denied and changes nothing
            "#]],
        );
    }
}
