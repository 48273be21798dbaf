//! A number of pairs is not whole, or less than one.
//!
//! Half a pair is a typing mistake or a single shoe, which is not sold as a pair.
//! Judged wherever a quantity is counted in pairs (025) or ten thousands of them (144): as sold, and by the second
//! statutory unit. The first statutory unit of shoes is the kilogram; pairs there are DOC-024's.

use crate::prelude::*;
use model::code::unit;
use model::declaration::GoodsItem;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-025"),
    name: "pairs-not-whole",
    version: 1,
    title: Words { zh: "双数不是正整数", en: "number of pairs is not whole" },
    message: Words {
        zh: "数量 {quantity}（单位 {unit}）折合双数应为不小于1的整数",
        en: "quantity {quantity} in unit {unit} must be a whole number of pairs, at least one",
    },
    remedy: Words { zh: "核对装箱单后更正数量", en: "correct the quantity after the packing list" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "6, DOC-025" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    for item in case.items() {
        check_quantity(item, &item.quantity, item.unit, report);
        check_quantity(item, &item.second_quantity, item.second_unit, report);
    }
}

fn check_quantity<'b>(item: &GoodsItem<'b>, quantity: &Text<'b>, unit: Text<'b>, report: &mut Reporter<'_>) {
    let Some(pairs_of_unit) = unit::pairs(unit.value) else { return };
    let Some(filed) = quantity.decimal() else {
        return; // Absence is DOC-001's or DOC-024's, a value that is no number is the reader's.
    };
    // Whole units are whole pairs, so only what stands behind the point is looked at.
    let broken = filed.scaled() % Decimal::SCALE * i64::from(pairs_of_unit) % Decimal::SCALE;
    if !filed.is_positive() || broken != 0 {
        report.at(item, quantity, evidence![quantity = filed, unit]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn whole_pairs_pass() {
        check_rule(&RULE, "item quantity=1200 second_quantity=1200.00000", expect![""]);
        check_rule(&RULE, "item quantity=1 second_quantity=1", expect![""]);
    }

    #[test]
    fn half_a_pair_is_rejected_where_it_stands() {
        check_rule(
            &RULE,
            "item quantity=1200.5 second_quantity=1200",
            expect![[r#"
                reject item 1 quantity: quantity 1200.5 in unit 025 must be a whole number of pairs, at least one
            "#]],
        );
    }

    #[test]
    fn no_pairs_and_fewer_are_rejected() {
        check_rule(
            &RULE,
            "item quantity=1200 second_quantity=0
             item quantity=-12 second_quantity=12",
            expect![[r#"
                reject item 1 second_quantity: quantity 0 in unit 025 must be a whole number of pairs, at least one
                reject item 2 quantity: quantity -12 in unit 025 must be a whole number of pairs, at least one
            "#]],
        );
    }

    #[test]
    fn ten_thousands_of_pairs_may_have_four_places() {
        check_rule(&RULE, "item quantity=0.1200 unit=144", expect![""]);
        check_rule(
            &RULE,
            "item quantity=0.12005 unit=144",
            expect![[r#"
                reject item 1 quantity: quantity 0.12005 in unit 144 must be a whole number of pairs, at least one
            "#]],
        );
    }

    #[test]
    fn kilograms_may_be_broken() {
        check_rule(&RULE, "item quantity=960.5 unit=035 second_quantity=1200", expect![""]);
    }
}
