//! `stops.csv` 停放令: orders that stop goods (CHN-016).
//!
//! An empty cell of the scope means any, `EU` each of its members; an order without any scope stops everything, and may be meant.

use super::column::{Column, Kind, interval};
use super::fault::Fault;
use super::register::{Once, Register, Row};
use model::registers::{Registers, Stop};

pub(super) static REGISTER: Register = Register {
    file: "stops.csv",
    title: "停放令",
    columns: &[
        Column::required("stop_no", &["停放令号", "停放令编号"], Kind::Number),
        Column::ANY_PREFIX,
        Column::DESTINATIONS,
        Column::optional("producer", &["生产企业", "生产企业注册号"], Kind::Code),
        Column::optional("lot", &["批号", "生产批号"], Kind::Number),
        Column::optional("reason", &["原因"], Kind::Text),
        Column::FROM,
        Column::TO,
    ],
    once: Once::OnADay(&["stop_no", "hs_prefix", "destination", "producer", "lot"]),
    check,
    take,
};

fn check(row: &Row) -> Option<Fault> {
    let [.., from, to] = row.cells::<8>();
    Fault::of_interval(from, to)
}

fn take(row: &Row, into: &mut Registers) {
    let [number, prefix, destinations, producer, lot, reason, from, to] = row.cells();
    for (destination, valid) in destinations.destinations(interval(from, to)) {
        let stop = Stop {
            number: number.text(),
            commodity_prefix: prefix.text(),
            destination,
            producer: producer.text(),
            lot: lot.text(),
            reason: reason.text(),
            valid,
        };
        into.stops.add(prefix.value, stop);
    }
}
