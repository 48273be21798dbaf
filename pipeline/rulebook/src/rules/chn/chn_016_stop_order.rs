//! A stop order is in force for these goods: they are held, whatever the grade of the firm.
//!
//! All an order names must match, what it leaves empty matches anything. An order for one production lot also holds goods
//! whose lot the declaration does not name: whether they are of it is not known, and what is not known is not released.

use crate::goods::{Goods, goods};
use crate::prelude::*;
use jiff::civil::Date;
use model::limits::REGISTER_ROWS_TOLD_MAX;
use model::registers::Stop;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CHN-016"),
    name: "stop-order",
    version: 1,
    title: Words { zh: "停放令有效", en: "a stop order is in force" },
    message: Words {
        zh: "停放令{number}适用于该项商品：{what}",
        en: "stop order {number} covers these goods: {what}",
    },
    remedy: Words { zh: "等待解除停放令", en: "wait until the order is lifted" },
    effect: Effect::Hold,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "seed", article: "三(七)" },
        Citation { instrument: "domain-rules", article: "3, CHN-016; 13, EMG-002" },
    ],
    check: Check::Declaration(check),
};

const NOT_RELEASED: Words = Words { zh: "不予放行", en: "they are not released" };
const LOT_NOT_TOLD: Words = Words {
    zh: "该令限定生产批号，报文未填报，不予放行",
    en: "it is for one production lot, which the declaration does not name, so they are not released",
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let stops = &case.registers.stops;
    let Some(day) = case.accepted_at.map(|it| it.date()).filter(|_| !stops.is_empty()) else { return };
    let mut told: Vec<&Stop> = Vec::new();
    for line in goods(case) {
        for stop in stops.covering(line.item.commodity_code.value) {
            let Some(what) = stops_line(stop, &line, day) else { continue };
            let is_new = || told.iter().all(|known| !std::ptr::eq(*known, stop));
            if told.len() < REGISTER_ROWS_TOLD_MAX && is_new() {
                told.push(stop);
                report.row(line.item, evidence![number = stop.number.as_str(), what]);
            }
        }
    }
}

fn stops_line(stop: &Stop, line: &Goods<'_>, day: Date) -> Option<Words> {
    if !stop.valid.contains(day) || !line.goes_to(stop.destination) || !line.is_made_by(&stop.producer) {
        return None;
    }
    let lots = line.item.production_batch;
    if stop.lot.is_empty() || lots.value.split([';', ',', '；', '，']).any(|lot| lot.trim() == stop.lot) {
        return Some(NOT_RELEASED);
    }
    lots.is_empty().then_some(LOT_NOT_TOLD)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    const STOP: &str = "stop stop_no=T-2018-01 hs_prefix=6403 producer=91441323555600018G destination=DEU from=2018-06-01 to=2018-07-01 ";

    #[test]
    fn goods_the_order_names_are_held() {
        check_rule(
            &RULE,
            STOP,
            expect![[r#"
                hold item 1: stop order T-2018-01 covers these goods: they are not released
            "#]],
        );
    }

    #[test]
    fn another_producer_destination_heading_or_day_is_free() {
        for other in [
            "declaration owner_unified_code=91441323MAXK00072A",
            "item destination_country=FRA",
            "item commodity_code=6404199000",
            "accepted 2018-07-01",
        ] {
            check_rule(&RULE, &format!("{STOP}\n{other}"), expect![""]);
        }
    }

    #[test]
    fn a_lot_that_is_not_declared_may_be_the_one() {
        let lot = format!("{STOP}lot=L-7\nitem production_batch=");
        check_rule(
            &RULE,
            &format!("{lot}L-6;L-7"),
            expect![[r#"
                hold item 1: stop order T-2018-01 covers these goods: they are not released
            "#]],
        );
        check_rule(&RULE, &format!("{lot}L-6"), expect![""]);
        check_rule(
            &RULE,
            &lot,
            expect![[r#"
                hold item 1: stop order T-2018-01 covers these goods: it is for one production lot, which the declaration does not name, so they are not released
            "#]],
        );
    }
}
