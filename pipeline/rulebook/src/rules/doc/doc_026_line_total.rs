//! A line's total is not its unit price times its quantity.
//!
//! The product is rounded to two places, half up, and compared within a tolerance of one hundredth or one in ten
//! thousand of the declared total, whichever is more: some senders round the unit price before they print it.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-026"),
    name: "line-total-mismatch",
    version: 1,
    title: Words {
        zh: "商品总价与单价乘数量不符", en: "line total is not unit price times quantity"
    },
    message: Words {
        zh: "单价 {unit_price} × 数量 {quantity} = {expected}，申报总价 {total}",
        en: "unit price {unit_price} × quantity {quantity} = {expected}, declared total {total}",
    },
    remedy: Words {
        zh: "更正单价、成交数量或总价后重新申报",
        en: "correct unit price, quantity or total and declare again",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "6, DOC-026" }],
    check: Check::Declaration(check),
};

/// Smallest tolerance, in the currency of the line.
const TOLERANCE_MIN: Decimal = Decimal::HUNDREDTH;
/// Tolerance is at least the total divided by this.
const TOLERANCE_DIVISOR: Decimal = Decimal::integer(10_000);

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    for item in case.items() {
        let (Some(unit_price), Some(quantity), Some(total)) =
            (item.unit_price.decimal(), item.quantity.decimal(), item.total_price.decimal())
        else {
            continue; // Absence is DOC-001's, a value that is no number is the reader's.
        };
        let Some(expected) = unit_price.mul_rounded(quantity, 2) else {
            report.at(
                item,
                &item.total_price,
                evidence![unit_price, quantity, total, expected = "> 92233720368547"],
            );
            continue;
        };
        let tolerance = TOLERANCE_MIN.max(total.div_rounded(TOLERANCE_DIVISOR, 5).unwrap_or(TOLERANCE_MIN));
        if expected.distance(total).is_none_or(|distance| distance > tolerance) {
            report.at(item, &item.total_price, evidence![unit_price, quantity, total, expected]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn product_equal_to_the_total_passes() {
        check_rule(&RULE, "item unit_price=12.35 quantity=1200 total_price=14820.00", expect![""]);
    }

    #[test]
    fn product_is_rounded_half_up_before_it_is_compared() {
        check_rule(&RULE, "item unit_price=7.335 quantity=1999 total_price=14662.67", expect![""]);
    }

    #[test]
    fn a_total_eighty_too_high_is_rejected() {
        check_rule(
            &RULE,
            "item unit_price=12.35 quantity=1200 total_price=14900.00",
            expect![[r#"
                reject item 1 total_price: unit price 12.35 × quantity 1200 = 14820, declared total 14900
            "#]],
        );
    }

    #[test]
    fn one_in_ten_thousand_of_the_total_is_tolerated_and_no_more() {
        // 14820.00 / 10000 = 1.482
        check_rule(&RULE, "item unit_price=12.35 quantity=1200 total_price=14821.48", expect![""]);
        check_rule(
            &RULE,
            "item unit_price=12.35 quantity=1200 total_price=14821.49",
            expect![[r#"
                reject item 1 total_price: unit price 12.35 × quantity 1200 = 14820, declared total 14821.49
            "#]],
        );
    }
}
