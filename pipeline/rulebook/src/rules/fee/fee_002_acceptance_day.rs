//! The day of acceptance chooses the tariff, not the day of release or of payment.
//!
//! So it was ordered when the fees of the last quarter of 2012 were lifted. A consignment without that day is charged
//! nothing yet: it is held until it has one.

use crate::channel;
use crate::prelude::*;
use jiff::civil::Date;
use model::decision::TraceLine;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-002"),
    name: "acceptance-day",
    version: 1,
    title: Words { zh: "收费按受理日期", en: "fees follow the day of acceptance" },
    message: Words { zh: "收费适用日期为 {after}{before}", en: "fees are those of {after}{before}" },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "government site of 2013-01-05 (domain-rules S05)", article: "" },
        Citation { instrument: "domain-rules", article: "5, FEE-002" },
    ],
    check: Check::Step,
};

/// The day that chooses the tariff.
pub fn day(case: &Case<'_>) -> Option<Date> {
    case.accepted_at.map(|moment| moment.date())
}

/// Says which day it is.
pub fn step(day: Date, trace: &mut Vec<TraceLine>) {
    trace.push(channel::step(&RULE, "", day));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_fee;
    use expect_test::expect;

    #[test]
    fn the_last_day_of_2012_is_free_though_the_goods_go_in_2013() {
        check_fee(
            &RULE,
            "accepted 2012-12-31 16:00:00\ndeclaration departure_date=20130105",
            expect![[r#"
                Q-INSP 0.00 → 0.00 FREE
                trace → 2012-12-31
            "#]],
        );
        check_fee(
            &RULE,
            "accepted 2013-01-01\nexchange month=2013-01 currency=USD cny_per_unit=6.3",
            expect![[r#"
                Q-INSP 140.05 → 140.00
                trace → 2013-01-01
            "#]],
        );
    }

    #[test]
    fn without_a_day_nothing_is_charged_yet() {
        check_fee(
            &RULE,
            "accepted unknown\norder order_no=O-1 contract=HD-2018-061 head=LAB-CM quantity=1 unit_price=400",
            expect![[""]],
        );
    }
}
