//! A suspended head comes to 0 by the order that suspends it, and is never shown as waived for the zone.
//!
//! The statement names the order, and what the tariff before it would have come to.

use crate::channel;
use crate::fees::money;
use crate::prelude::*;
use jiff::civil::Date;
use model::assessment::{Remitted, Status};
use model::decision::TraceLine;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-011"),
    name: "suspended",
    version: 1,
    title: Words { zh: "停征费目不收费", en: "a suspended head is not charged" },
    message: Words { zh: "原应收 {before} 元，{after}", en: "would have been {before}, {after}" },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "财税〔2017〕20号 (domain-rules S03)", article: "" },
        Citation { instrument: "domain-rules", article: "5, FEE-011" },
        Citation { instrument: "rulings", article: "F2" },
    ],
    check: Check::Step,
};

const SUSPENDED: Words =
    Words { zh: "自 {since} 起停征（{order}）", en: "suspended since {since} by {order}" };

/// The status of a head that is suspended since this day.
pub fn status(remitted: Remitted, since: Date, trace: &mut Vec<TraceLine>) -> Status {
    let before = remitted.would_have_been.map_or_else(String::new, money);
    let values = evidence![since, order = remitted.order.as_str()];
    trace.push(channel::step(&RULE, before, Phrase { words: SUSPENDED, values }));
    Status::Suspended(remitted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_fee;
    use expect_test::expect;

    const ORDERED: &str = "item total_price=48000\nexchange month=2018-06 currency=USD cny_per_unit=6.35\nexchange month=2017-03 currency=USD cny_per_unit=6.35\norder order_no=O-1 contract=HD-2018-061 head=Q-INSP quantity=1 unit_price=0\n";

    #[test]
    fn in_june_2018_inspection_is_suspended_and_nobody_waives_it() {
        check_fee(
            &RULE,
            &format!(
                "{ORDERED}member scc=91441323555600018G from=2018-03-20\npolicy id=P kind=FULL heads=Q-INSP firms=zone decision_no=D authority_doc=A"
            ),
            expect![[r#"
                Q-INSP 0.00 → 0.00 SUSPENDED
                trace 457.20 → suspended since 2017-04-01 by 财税〔2017〕20号
            "#]],
        );
    }

    #[test]
    fn the_day_before_the_order_it_is_charged() {
        check_fee(
            &RULE,
            &format!("accepted 2017-03-31\n{ORDERED}"),
            expect![[r#"
                Q-INSP 457.20 → 457.00
            "#]],
        );
    }
}
