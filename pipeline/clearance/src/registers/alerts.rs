//! `alerts.csv` 预警: alerts in force for goods, destinations and producers (RSK-005 to RSK-007).
//!
//! An empty cell of the scope means any, `EU` each of its members. One alert may stand in several rows, a scope each.

use super::column::{Column, Kind, Word, interval};
use super::fault::Fault;
use super::register::{Once, Register, Row};
use model::registers::{Alert, AlertLevel, Registers};

static LEVELS: &[Word] = &[Word::new("L1", &["1"]), Word::new("L2", &["2"]), Word::new("L3", &["3"])];

pub(super) static REGISTER: Register = Register {
    file: "alerts.csv",
    title: "预警",
    columns: &[
        Column::required("alert_no", &["预警编号", "预警号"], Kind::Number),
        Column::required("level", &["级别", "预警级别"], Kind::OneOf(LEVELS)),
        Column::ANY_PREFIX,
        Column::DESTINATIONS,
        Column::optional("producer", &["生产企业", "生产企业注册号"], Kind::Code),
        Column::optional("reason", &["原因"], Kind::Text),
        Column::optional("state", &["状态"], Kind::Text),
        Column::FROM,
        Column::TO,
    ],
    once: Once::OnADay(&["alert_no", "hs_prefix", "destination", "producer"]),
    check,
    take,
};

fn check(row: &Row) -> Option<Fault> {
    let [.., from, to] = row.cells::<9>();
    Fault::of_interval(from, to)
}

fn take(row: &Row, into: &mut Registers) {
    let [number, level, prefix, destinations, producer, reason, state, from, to] = row.cells();
    // A row is taken only when its required cells are good.
    let Some(level) = level.one_of(&AlertLevel::ALL, AlertLevel::name) else { return };
    for (destination, valid) in destinations.destinations(interval(from, to)) {
        let alert = Alert {
            number: number.text(),
            level,
            commodity_prefix: prefix.text(),
            destination,
            producer: producer.text(),
            reason: reason.text(),
            state: state.text(),
            valid,
        };
        into.alerts.add(prefix.value, alert);
    }
}
