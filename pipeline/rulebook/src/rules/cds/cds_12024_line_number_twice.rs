//! Two goods lines have one number.

use crate::prelude::*;
use std::collections::HashSet;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12024"),
    name: "line-number-twice",
    version: 1,
    title: Words { zh: "商品序号重复", en: "two lines have one number" },
    message: Words { zh: "商品序号 {number} 重复", en: "line number {number} stands twice" },
    remedy: Words { zh: "更正商品序号", en: "give each line a number of its own" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12024" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let items = case.items();
    let mut seen = HashSet::with_capacity(items.len());
    for item in items.iter().filter(|item| item.line_number.is_present()) {
        if !seen.insert(item.line_number.value) {
            report.at(item, &item.line_number, evidence![number = item.line_number]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn numbers_that_differ_pass() {
        check_rule(
            &RULE,
            "uk
             item
             item",
            expect![""],
        );
    }

    #[test]
    fn one_number_twice_is_rejected() {
        check_rule(
            &RULE,
            "uk
             item line_number=1
             item line_number=1",
            expect![[r#"
                reject item 2 line_number: line number 1 stands twice
            "#]],
        );
    }
}
