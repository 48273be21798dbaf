//! The row of the tariff that charges a head on the day of acceptance.
//!
//! Rows are half-open, without gap or overlap, or the table does not load. A day before the first row, and a row whose
//! amount nobody has told us, are not judged: the head is shown without an amount, never as 0.

use crate::channel;
use crate::fees::Unknown;
use crate::prelude::*;
use crate::tables::Row;
use crate::tables::tariff::{Charge, Tariff};
use jiff::civil::Date;
use model::decision::TraceLine;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("FEE-001"),
    name: "tariff-row",
    version: 1,
    title: Words { zh: "按受理日期确定费率", en: "tariff row of the day of acceptance" },
    message: Words { zh: "费目 {before} 适用 {after}", en: "head {before} is charged {after}" },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules", article: "5, FEE-001" },
        Citation { instrument: "domain-rules", article: "5.1" },
    ],
    check: Check::Step,
};

/// The tariff does not reach back so far, or does not charge such a thing.
pub const NO_ROW: Unknown = unknown(Words {
    zh: "受理日期没有该费目的费率",
    en: "the tariff has no rate for this head on the day of acceptance",
});
/// Charged, but nobody has told us how much.
pub const UNSET: Unknown = unknown(Words {
    zh: "该费目费率未设定，金额无法计算",
    en: "the rate of this head is not set, so the amount is not known",
});
/// An order for a head nobody knows.
pub const UNKNOWN_HEAD: Unknown = unknown(Words {
    zh: "委托单所列费目不在费目表内",
    en: "the order names a head that is in no list",
});

const fn unknown(why: Words) -> Unknown {
    Unknown { rule: RULE.id, why }
}

/// The row of a head on a day.
pub fn row<'t>(
    tariff: &'t Tariff,
    head: &str,
    day: Date,
    trace: &mut Vec<TraceLine>,
) -> Option<&'t Row<Charge>> {
    let row = tariff.row(head, day)?;
    let words = if row.from == Date::MIN { ALWAYS } else { SINCE };
    let values = evidence![charge = told(&row.value), since = row.from, basis = row.basis.letter()];
    trace.push(channel::step(&RULE, head, Phrase { words, values }));
    Some(row)
}

const ALWAYS: Words = Words { zh: "{charge}（依据 {basis}）", en: "{charge}, basis {basis}" };
const SINCE: Words =
    Words { zh: "自 {since} 起{charge}（依据 {basis}）", en: "{charge} since {since}, basis {basis}" };
const RATE: Words =
    Words { zh: "按货值的 {rate} 计收，最低 {min} 元", en: "{rate} of the value, at least {min}" };
const UNIT: Words = Words { zh: "每份 {unit} 元", en: "{unit} each" };
const ORDERED: Words = Words { zh: "按委托单计收", en: "as ordered" };
const FREE: Words = Words { zh: "免收：{order}", en: "free: {order}" };
const SUSPENDED: Words = Words { zh: "停征：{order}", en: "suspended: {order}" };
const NOT_SET: Words = Words { zh: "收费标准未设定", en: "an amount not set" };

fn told(charge: &Charge) -> Value {
    let phrase = |words, values| Phrase { words, values }.into();
    match charge {
        Charge::Rate(rate) => phrase(RATE, evidence![rate = rate.rate, min = rate.min]),
        Charge::Unit(unit) => phrase(UNIT, evidence![unit = *unit]),
        Charge::Ordered => ORDERED.into(),
        Charge::Free(order) => phrase(FREE, evidence![order = order.as_str()]),
        Charge::Suspended(order) => phrase(SUSPENDED, evidence![order = order.as_str()]),
        Charge::Unset => NOT_SET.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check_fee;
    use expect_test::expect;

    #[test]
    fn the_last_day_of_the_rate_and_the_first_of_the_suspension() {
        check_fee(
            &RULE,
            "accepted 2017-03-31\nexchange month=2017-03 currency=USD cny_per_unit=6.35\norder order_no=O-1 contract=HD-2018-061 head=Q-INSP quantity=1 unit_price=0",
            expect![[r#"
                Q-INSP 141.16 → 141.00
                trace Q-INSP → 0.0015 of the value, at least 60 since 2015-01-01, basis C
            "#]],
        );
        check_fee(
            &RULE,
            "accepted 2017-04-01\norder order_no=O-1 contract=HD-2018-061 head=Q-INSP quantity=1 unit_price=0",
            expect![[r#"
                Q-INSP 0.00 → 0.00 SUSPENDED
                trace Q-INSP → suspended: 财税〔2017〕20号 since 2017-04-01, basis A
            "#]],
        );
    }

    #[test]
    fn what_is_not_set_is_never_nothing() {
        check_fee(
            &RULE,
            "accepted 2016-06-01\norder order_no=O-1 contract=HD-2018-061 head=CERT quantity=1 unit_price=5",
            expect![[r#"
                CERT ? → ? NOT_JUDGED
                trace CERT → an amount not set since 2013-01-01, basis C
                not judged: the rate of this head is not set, so the amount is not known
            "#]],
        );
        check_fee(
            &RULE,
            "order order_no=O-1 contract=HD-2018-061 head=PARKING quantity=1 unit_price=5",
            expect![[r#"
                PARKING ? → ? NOT_JUDGED
                not judged: the order names a head that is in no list
            "#]],
        );
    }
}
