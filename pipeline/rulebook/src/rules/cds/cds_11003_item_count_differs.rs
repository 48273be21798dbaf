//! The head counts other goods lines than there are.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-11003"),
    name: "item-count-differs",
    version: 1,
    title: Words {
        zh: "商品项数与实际不符", en: "the head counts other goods lines than there are"
    },
    message: Words {
        zh: "表头商品项总数 {counted}，实际 {found} 项",
        en: "the head counts {counted} goods lines, there are {found}",
    },
    remedy: Words { zh: "更正商品项总数", en: "correct the total number of items" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS11003" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let Some(particulars) = case.declaration.particulars() else { return };
    let Some(counted) = particulars.item_count.decimal() else { return };
    let found = case.items().len();
    if counted.to_integer() != i64::try_from(found).ok() {
        report.at(particulars, &particulars.item_count, evidence![counted, found]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn a_head_that_counts_right_passes() {
        check_rule(
            &RULE,
            "uk
             particulars item_count=2
             item
             item",
            expect![""],
        );
    }

    #[test]
    fn a_head_that_counts_wrong_is_rejected() {
        check_rule(
            &RULE,
            "uk
             particulars item_count=2",
            expect![[r#"
                reject particulars item_count: the head counts 2 goods lines, there are 1
            "#]],
        );
    }
}
