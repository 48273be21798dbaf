//! A cap limits what is paid of a head; it never raises it.
//!
//! Of several caps the lowest counts. A cap over a firm's year is not settled here.

use crate::prelude::*;
use crate::waivers::{self, Means};
use model::decision::TraceLine;
use model::registers::Policy;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-018"),
    name: "cap",
    version: 1,
    title: Words { zh: "费目收费封顶", en: "a cap limits a head" },
    message: Words {
        zh: "封顶前 {before} 元，封顶后 {after} 元", en: "{before} is capped at {after}"
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "5, FEE-018" }],
    check: Check::Step,
};

/// What an amount is above a cap.
pub fn above(amount: Decimal, cap: Decimal) -> Decimal {
    amount.checked_sub(cap.max(Decimal::ZERO)).unwrap_or(Decimal::ZERO).max(Decimal::ZERO)
}

/// The lowest cap below the amount, with what it takes off.
pub fn lowest<'l>(
    amount: Decimal,
    policies: impl Iterator<Item = &'l Policy>,
    means: &Means<'_, '_>,
    trace: &mut Vec<TraceLine>,
) -> Option<(&'l Policy, Decimal)> {
    let mut lowest: Option<(&Policy, Decimal)> = None;
    for policy in policies {
        let relief = (waivers::of(policy).relief)(&policy.kind, amount);
        let is_lower = relief.is_positive() && lowest.is_none_or(|(_, best)| relief > best);
        if is_lower && means.reach(policy, relief, &[], trace) {
            lowest = Some((policy, relief));
        }
    }
    lowest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_fee;
    use expect_test::expect;

    fn capped(price: u32) -> String {
        format!(
            "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price={price}\npolicy id=CAP kind=CAP value=800 heads=LAB-CM firms=all decision_no=D authority_doc=A"
        )
    }

    #[test]
    fn a_cap_of_eight_hundred_on_1050() {
        check_fee(
            &RULE,
            &capped(1_050),
            expect![[r#"
                LAB-CM 1050.00 → 800.00
                step 1050.00 -250.00 → 800.00
            "#]],
        );
    }

    #[test]
    fn five_hundred_are_not_raised_to_eight() {
        check_fee(
            &RULE,
            &capped(500),
            expect![[r#"
                LAB-CM 500.00 → 500.00
            "#]],
        );
        assert_eq!(above(Decimal::integer(800), Decimal::integer(800)), Decimal::ZERO);
    }
}
