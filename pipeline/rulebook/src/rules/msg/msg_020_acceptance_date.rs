//! The day of acceptance is not known: it was to be taken from the declaration, and the declaration bears none.
//!
//! Without a day no rule can be chosen, so the goods wait (ruling O4).

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("MSG-020"),
    name: "acceptance-date-missing",
    version: 1,
    title: Words { zh: "受理日期未知", en: "day of acceptance is unknown" },
    message: Words {
        zh: "报文既无签名日期也无打印日期，无法确定受理日期",
        en: "the message bears neither a date of signing nor a pre-entry date, so the day of acceptance is unknown",
    },
    remedy: Words {
        zh: "填报签名日期后重新申报，或指定受理日期",
        en: "declare again with a date of signing, or state the day of acceptance",
    },
    effect: Effect::Hold,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "rulings", article: "O4" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    if case.accepted_at.is_none() {
        report.row(case.declaration.head, Evidence::new());
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn without_a_day_it_is_held() {
        check_rule(
            &RULE,
            "accepted unknown",
            expect![[r#"
                hold declaration: the message bears neither a date of signing nor a pre-entry date, so the day of acceptance is unknown
            "#]],
        );
    }

    #[test]
    fn with_one_it_goes_on() {
        check_rule(&RULE, "accepted 2018-06-01", expect![""]);
    }
}
