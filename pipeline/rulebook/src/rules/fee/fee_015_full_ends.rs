//! A full waiver ends the chain: nothing is left for another to take off.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-015"),
    name: "full-ends",
    version: 1,
    title: Words { zh: "全免后不再叠加", en: "a full waiver ends the chain" },
    message: Words { zh: "应收 {before} 元，全免后 {after} 元", en: "{before} is waived to {after}" },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "5, FEE-015" }],
    check: Check::Step,
};

/// Something is left after a waiver.
pub fn goes_on(amount: Decimal) -> bool {
    amount.is_positive()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_fee;
    use expect_test::expect;

    #[test]
    fn full_and_thirty_per_cent_are_one_step_to_nothing() {
        check_fee(
            &RULE,
            "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=1500\npolicy id=ZONE-30 kind=PERCENT value=30 heads=LAB-CM firms=all decision_no=D authority_doc=A\npolicy id=FULL kind=FULL heads=LAB-CM firms=all decision_no=D authority_doc=A",
            expect![[r#"
                LAB-CM 1500.00 → 0.00
                step 1500.00 -1500.00 → 0.00
            "#]],
        );
    }

    #[test]
    fn a_full_waiver_of_another_head_is_none_of_this() {
        check_fee(
            &RULE,
            "order order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=1500\npolicy id=ZONE-30 kind=PERCENT value=30 heads=LAB-CM firms=all decision_no=D authority_doc=A\npolicy id=FULL kind=FULL heads=TRAIN firms=all decision_no=D authority_doc=A",
            expect![[r#"
                LAB-CM 1500.00 → 1050.00
            "#]],
        );
        assert!(goes_on(Decimal::HUNDREDTH) && !goes_on(Decimal::ZERO));
    }
}
