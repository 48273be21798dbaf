//! An alert acts on the goods it names and on no others: all it names must match, what it leaves empty matches anything.
//!
//! Goods by the beginning of the commodity code, destination by the line's final one, producer by registration number or
//! unified code, days from the first one on and not on the last. An alert the office has closed acts no more.

use crate::channel;
use crate::goods::Goods;
use crate::prelude::*;
use jiff::civil::Date;
use model::decision::TraceLine;
use model::registers::{Alert, AlertLevel};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("RSK-007"),
    name: "alert-in-scope",
    version: 1,
    title: Words { zh: "预警适用范围", en: "the goods an alert names" },
    message: Words {
        zh: "预警{before}适用于本批商品，级别{after}",
        en: "alert {before} covers the goods, level {after}",
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "11, RSK-007" }],
    check: Check::Step,
};

/// The alerts that act on a goods line on this day.
pub fn acting<'c>(
    case: &'c Case<'c>,
    line: &Goods<'c>,
    tables: &Tables,
    day: Date,
) -> impl Iterator<Item = &'c Alert> {
    let covering = case.registers.alerts.covering(line.item.commodity_code.value);
    covering.filter(move |alert| {
        alert.valid.contains(day)
            && line.goes_to(alert.destination)
            && line.is_made_by(&alert.producer)
            && !tables.alert_states.is_closed(&alert.state, day)
    })
}

/// The gravest alert on a goods line; each one is told.
pub fn gravest(
    case: &Case<'_>,
    line: &Goods<'_>,
    tables: &Tables,
    day: Date,
    trace: &mut Vec<TraceLine>,
) -> Option<AlertLevel> {
    let mut gravest = None;
    for alert in acting(case, line, tables, day) {
        channel::tell_once(trace, channel::step(&RULE, alert.number.as_str(), alert.level.name()));
        gravest = gravest.max(Some(alert.level));
    }
    gravest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goods::goods;
    use fixtures::notation::Notated;

    fn level(notation: &str) -> Option<AlertLevel> {
        let tables = Tables::shipped().expect("shipped tables are good");
        let notated = Notated::parse(notation).expect("good notation");
        notated.with_case(|case| {
            let line = goods(case).next().expect("the clean case has a line");
            gravest(case, &line, &tables, case.accepted_on(), &mut Vec::new())
        })
    }

    #[test]
    fn an_alert_on_6403_to_germany_leaves_6404_and_france_alone() {
        let alert = "alert alert_no=A-1 level=L2 hs_prefix=6403 destination=DEU\n";
        assert_eq!(level(alert), Some(AlertLevel::L2));
        assert_eq!(level(&format!("{alert}item commodity_code=6404199000")), None);
        assert_eq!(level(&format!("{alert}item destination_country=FRA")), None);
        assert_eq!(level(&format!("{alert}item destination_country=304")), Some(AlertLevel::L2));
    }

    #[test]
    fn a_producer_is_named_by_its_code_or_by_its_registration() {
        let alert = |producer| format!("alert alert_no=A-1 level=L2 producer={producer}\n");
        assert_eq!(level(&alert("91441323555600018G")), Some(AlertLevel::L2));
        assert_eq!(level(&alert("91441323MAXK00072A")), None);
        let registered = "producer reg_no=4413600007 scc=91441323MAXK00072A class=2\nitem producer_registration=4413600007\n";
        for name in ["4413600007", "91441323MAXK00072A"] {
            assert_eq!(level(&format!("{}{registered}", alert(name))), Some(AlertLevel::L2), "{name}");
        }
        assert_eq!(level(&format!("{}{registered}", alert("91441323555600018G"))), None);
    }

    #[test]
    fn its_last_day_is_the_day_before_the_one_it_names() {
        let alert = |to| level(&format!("alert alert_no=A-1 level=L2 from=2018-06-01 to={to}"));
        assert_eq!(alert("2018-06-02"), Some(AlertLevel::L2));
        assert_eq!(alert("2018-06-01"), None);
    }

    #[test]
    fn of_several_the_gravest_counts_and_a_closed_one_does_not() {
        let two =
            "alert alert_no=A-1 level=L2 hs_prefix=64\nalert alert_no=A-2 level=L3 hs_prefix=6403 state=";
        assert_eq!(level(&format!("{two}ACTIVE")), Some(AlertLevel::L3));
        assert_eq!(level(&format!("{two}CLOSED")), Some(AlertLevel::L2));
    }
}
