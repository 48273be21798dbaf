//! The declaration was cancelled at the request of who filed it, before anything was released.
//!
//! It stays on file so that its number is never decided anew: the same content again gets this answer, other content is a
//! conflict. The goods need a declaration under a number of its own.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-003"),
    name: "declaration-cancelled",
    version: 1,
    title: Words { zh: "报关单已按申请撤销", en: "the declaration was cancelled at request" },
    message: Words {
        zh: "已按撤销申请 {request} 撤销，本报关单作废，货物不得凭此放行",
        en: "cancelled at request {request}: the declaration has no effect, and no goods are released on it",
    },
    remedy: Words {
        zh: "如仍需出口，改用新的编号重新申报",
        en: "to export the goods all the same, declare them under a new number",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "international-formats", article: "3, DMSINV; 4" }],
    check: Check::Step,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_sentence;
    use expect_test::expect;
    use model::evidence;

    #[test]
    fn the_request_is_named() {
        check_sentence(
            &RULE,
            evidence![request = "HD24REQ0002"],
            expect![[r#"
                已按撤销申请 HD24REQ0002 撤销，本报关单作废，货物不得凭此放行
                cancelled at request HD24REQ0002: the declaration has no effect, and no goods are released on it
            "#]],
        );
    }

    #[test]
    fn it_cannot_be_mended_under_its_number() {
        assert!(!crate::release::is_mendable(RULE.id));
        assert_eq!(RULE.effect, crate::prelude::Effect::Reject);
    }
}
