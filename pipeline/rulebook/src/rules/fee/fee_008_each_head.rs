//! Each head of a consignment is charged by itself, and all are added up.

use crate::channel;
use crate::fees::{Unknown, money};
use crate::prelude::*;
use model::assessment::Assessment;
use model::decision::TraceLine;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-008"),
    name: "each-head",
    version: 1,
    title: Words { zh: "各费目分别计收后合计", en: "each head is charged, and all are added" },
    message: Words {
        zh: "各费目应收 {before}，合计 {after} 元", en: "heads {before} come to {after}"
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "fee measures (domain-rules FEE-008)", article: "" }],
    check: Check::Step,
};

/// Beyond all amounts.
pub const TOO_LARGE: Unknown = Unknown {
    rule: RULE.id,
    why: Words { zh: "金额超出可计算范围", en: "the amount is too large to be reckoned" },
};
/// Quantity or price of an order is below nothing.
pub const NEGATIVE: Unknown = Unknown {
    rule: RULE.id,
    why: Words { zh: "委托单数量或单价为负", en: "quantity or price of an order is below 0" },
};

/// What an order comes to.
pub fn of_order(quantity: Decimal, price: Decimal) -> Result<Decimal, Unknown> {
    if quantity.is_negative() || price.is_negative() {
        return Err(NEGATIVE);
    }
    quantity.mul_rounded(price, 2).ok_or(TOO_LARGE)
}

/// All together.
pub fn sum(amounts: impl IntoIterator<Item = Decimal>) -> Result<Decimal, Unknown> {
    let all = amounts.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add);
    all.ok_or(TOO_LARGE)
}

/// Says how the heads add up, where there are several.
pub fn step(assessment: &Assessment, trace: &mut Vec<TraceLine>) {
    if let (Some(totals), [_, _, ..]) = (assessment.totals(), &assessment.lines[..]) {
        let heads: Vec<String> = assessment.lines.iter().filter_map(|line| line.payable).map(money).collect();
        trace.push(channel::step(&RULE, heads.join(" + "), money(totals.payable)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_fee;
    use expect_test::expect;

    #[test]
    fn inspection_and_visa_are_both_charged() {
        check_fee(
            &RULE,
            "accepted 2016-06-01\nitem total_price=48000\nexchange month=2016-06 currency=USD cny_per_unit=6.35\norder order_no=O-1 contract=HD-2018-061 head=Q-INSP quantity=1 unit_price=0\norigin document_number=C160000000000001\ncertificate number=C160000000000001",
            expect![[r#"
                Q-INSP 457.20 → 457.00
                CO-VISA 40.00 → 40.00
                trace 457.00 + 40.00 → 497.00
            "#]],
        );
    }

    #[test]
    fn one_head_alone_is_no_sum_and_a_negative_order_no_amount() {
        check_fee(
            &RULE,
            "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=2 unit_price=400.5",
            expect![[r#"
                LAB-CM 801.00 → 801.00
            "#]],
        );
        assert_eq!(of_order(Decimal::ONE, Decimal::integer(-1)), Err(NEGATIVE));
        assert_eq!(of_order(Decimal::MAX, Decimal::MAX), Err(TOO_LARGE));
    }
}
