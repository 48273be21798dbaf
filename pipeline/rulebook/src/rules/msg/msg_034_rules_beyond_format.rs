//! The message is of a format that has no element for what some rules ask for.
//!
//! Those rules are listed as not judged, and that alone changes nothing (ruling D8). But where several that could hold or
//! reject a declaration were never asked, nobody looked at what they look at: the goods wait for an officer who does.
//! Messages of the Single Window carry all their rules ask for, so this is never said of them.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-034"),
    name: "rules-beyond-format",
    version: 1,
    title: Words {
        zh: "报文格式栏目不足，部分规则未审", en: "format carries too little for some rules"
    },
    message: Words {
        zh: "该报文格式没有{count}条规则所需的栏目，这些规则可致退单或挂起，均未审核",
        en: "{count} rules that could reject or hold were not judged: the format has no element for what they ask for",
    },
    remedy: Words {
        zh: "由关员按未审规则清单人工核对，或改用国际贸易单一窗口报文重新申报",
        en: "have an officer check the rules listed as not judged, or declare by a message of the Single Window",
    },
    effect: Effect::Hold,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "rulings", article: "D8" },
        Citation { instrument: "international-formats", article: "14" },
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
    use model::finding::Effect;

    #[test]
    fn the_rules_are_counted() {
        check_sentence(
            &RULE,
            evidence![count = "31"],
            expect![[r#"
                该报文格式没有31条规则所需的栏目，这些规则可致退单或挂起，均未审核
                31 rules that could reject or hold were not judged: the format has no element for what they ask for
            "#]],
        );
    }

    /// Which formats it is said of, and of which it is not, is tested where the formats are known: in `engine`.
    #[test]
    fn it_holds_and_is_told_by_the_engine_alone() {
        assert!(matches!(RULE.check, Check::Reader));
        assert_eq!(RULE.effect, Effect::Hold);
    }
}
