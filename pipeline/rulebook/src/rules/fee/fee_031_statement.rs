//! The statement lists every head with its gross, each relief, the vouchers and what is left; a line of 0 says why it is 0.
//!
//! The last line of the trace is the statement in one: from gross to payable.

use crate::channel;
use crate::fees::money;
use crate::prelude::*;
use model::assessment::Assessment;
use model::decision::TraceLine;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-031"),
    name: "statement",
    version: 1,
    title: Words { zh: "收费明细", en: "fee statement" },
    message: Words { zh: "应收 {before} 元，应缴 {after} 元", en: "gross {before}, payable {after}" },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "5, FEE-031" }],
    check: Check::Step,
};

/// Says what the consignment comes to; nothing when a line could not be judged.
pub fn step(assessment: &Assessment, trace: &mut Vec<TraceLine>) {
    if let Some(totals) = assessment.totals() {
        trace.push(channel::step(&RULE, money(totals.gross), money(totals.payable)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_fee;
    use expect_test::expect;

    #[test]
    fn a_member_of_the_zone_on_the_first_of_june_2018() {
        check_fee(
            &RULE,
            "item total_price=48000\nexchange month=2018-06 currency=USD cny_per_unit=6.35\norigin document_number=C160000000000001\ncertificate number=C160000000000001\norder order_no=O-0 contract=HD-2018-061 head=Q-INSP quantity=1 unit_price=0\norder order_no=O-1 contract=HD-2018-061 head=LAB-CM item=cr6 quantity=1 unit_price=400\norder order_no=O-1 contract=HD-2018-061 head=LAB-CM item=azo quantity=1 unit_price=600\norder order_no=O-1 contract=HD-2018-061 head=LAB-CM item=peel quantity=1 unit_price=500\npolicy id=ZONE-30 kind=PERCENT value=30 heads=LAB-CM firms=zone decision_no=D authority_doc=A\nvoucher serial=V-2018-000123 holder=91441323555600018G value=800 services=LAB-CM;TRAIN from=2018-01-01 to=2019-01-01 splittable=yes\nmember scc=91441323555600018G from=2018-03-20",
            expect![[r#"
                Q-INSP 0.00 → 0.00 SUSPENDED
                CO-VISA 0.00 → 0.00 SUSPENDED
                LAB-CM 1500.00 → 250.00
                trace 1500.00 → 250.00
            "#]],
        );
    }

    #[test]
    fn a_firm_outside_the_zone_on_the_first_of_june_2016() {
        check_fee(
            &RULE,
            "accepted 2016-06-01\nitem total_price=48000\nexchange month=2016-06 currency=USD cny_per_unit=6.35\norigin document_number=C160000000000001\ncertificate number=C160000000000001\norder order_no=O-0 contract=HD-2018-061 head=Q-INSP quantity=1 unit_price=0\norder order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=1500\npolicy id=ZONE-30 kind=PERCENT value=30 heads=LAB-CM firms=zone decision_no=D authority_doc=A",
            expect![[r#"
                Q-INSP 457.20 → 457.00
                CO-VISA 40.00 → 40.00
                LAB-CM 1500.00 → 1500.00
                trace 1997.20 → 1997.00
            "#]],
        );
    }
}
