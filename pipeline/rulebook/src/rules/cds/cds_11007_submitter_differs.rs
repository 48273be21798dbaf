//! A request names a submitter who has nothing to do with the declaration it is about.
//!
//! Told only to who names the filing party, too: to all others a declaration of somebody else looks like one that is not there
//! (CDS-12015).

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-11007"),
    name: "submitter-differs",
    version: 1,
    title: Words {
        zh: "申请的提交人与原申报不符", en: "the request comes from another submitter"
    },
    message: Words {
        zh: "提交人 {submitter} 不是报关单 {number} 的提交人",
        en: "{submitter} did not submit declaration {number}",
    },
    remedy: Words { zh: "由原提交人提出申请", en: "have the original submitter file the request" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "4; 5, CDS11007" }],
    check: Check::Step,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_sentence;
    use expect_test::expect;
    use model::evidence;

    #[test]
    fn both_are_named() {
        check_sentence(
            &RULE,
            evidence![submitter = "GB512340987666", number = "24GB7K2M9PQRS4T5A1"],
            expect![[r#"
                提交人 GB512340987666 不是报关单 24GB7K2M9PQRS4T5A1 的提交人
                GB512340987666 did not submit declaration 24GB7K2M9PQRS4T5A1
            "#]],
        );
    }

    #[test]
    fn it_sends_the_request_back_and_not_the_declaration() {
        assert_eq!(RULE.effect, crate::prelude::Effect::Reject);
        assert!(matches!(RULE.check, crate::rule::Check::Step), "no check over a declaration finds it");
    }
}
