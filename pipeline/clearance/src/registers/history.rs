//! `history.csv` 历史: batches a producer has sent before (ruling C6). Without this file nothing is new.

use super::column::{Column, Kind};
use super::register::{Once, Register, Row, no_check};
use model::registers::{PastBatches, Registers};

const HEADING: Kind = Kind::Figures { min: 4, max: 4 };
/// More than any producer sends in its life.
const BATCHES: Kind = Kind::Whole { min: 0, max: 1_000_000_000 };

pub(super) static REGISTER: Register = Register {
    file: "history.csv",
    title: "历史",
    columns: &[
        Column::required("producer", &["生产企业", "生产企业注册号"], Kind::Code),
        Column::required("hs4", &["品目", "品目号"], HEADING),
        Column::optional("destination", &["目的地", "目的国"], Kind::Country),
        Column::required("batches", &["批数", "批次数"], BATCHES),
    ],
    once: Once::InTheFile(&["producer", "hs4", "destination"]),
    check: no_check,
    take,
};

fn take(row: &Row, into: &mut Registers) {
    let [producer, heading, destination, batches] = row.cells();
    // A row is taken only when its required cells are good.
    let Some(n_batches) = batches.whole() else { return };
    let past = PastBatches {
        producer: producer.text(),
        heading: heading.text(),
        destination: destination.country(),
        n_batches,
    };
    into.history.add(producer.value, past);
}
