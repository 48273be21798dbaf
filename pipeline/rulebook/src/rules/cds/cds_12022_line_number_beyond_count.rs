//! The number of a goods line is greater than the number of lines.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12022"),
    name: "line-number-beyond-count",
    version: 1,
    title: Words { zh: "商品序号大于商品项数", en: "a line has a number beyond the count" },
    message: Words {
        zh: "商品序号 {number} 大于商品项数 {found}",
        en: "line number {number} is beyond the {found} goods lines there are",
    },
    remedy: Words { zh: "商品序号从 1 起连续填报", en: "number the lines from 1 without gaps" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12022" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let found = case.items().len();
    for item in case.items() {
        let number = item.line_number.decimal();
        if number
            .and_then(Decimal::to_integer)
            .is_some_and(|number| number > i64::try_from(found).unwrap_or(i64::MAX))
        {
            report.at(item, &item.line_number, evidence![number = item.line_number, found]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn lines_in_order_pass() {
        check_rule(
            &RULE,
            "uk
             item
             item",
            expect![""],
        );
    }

    #[test]
    fn a_number_beyond_is_rejected() {
        check_rule(
            &RULE,
            "uk
             item line_number=1
             item line_number=3",
            expect![[r#"
                reject item 2 line_number: line number 3 is beyond the 2 goods lines there are
            "#]],
        );
    }
}
