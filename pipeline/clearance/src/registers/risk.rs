//! `risk.csv` 产品风险: the risk of goods by the beginning of their commodity code (CHN-003).

use super::column::{Column, Kind, Word, interval};
use super::fault::Fault;
use super::register::{Once, Register, Row};
use model::registers::{ProductRisk, Registers, Risk};

static RISKS: &[Word] = &[
    Word::new("general", &["一般", "低"]),
    Word::new("raised", &["较高", "中"]),
    Word::new("high", &["高"]),
];

pub(super) static REGISTER: Register = Register {
    file: "risk.csv",
    title: "产品风险",
    columns: &[
        Column::PREFIX,
        Column::required("risk", &["风险", "风险等级"], Kind::OneOf(RISKS)),
        Column::FROM,
        Column::TO,
    ],
    once: Once::OnADay(&["hs_prefix"]),
    check,
    take,
};

fn check(row: &Row) -> Option<Fault> {
    let [.., from, to] = row.cells::<4>();
    Fault::of_interval(from, to)
}

fn take(row: &Row, into: &mut Registers) {
    let [prefix, risk, from, to] = row.cells();
    // A row is taken only when its required cells are good.
    let Some(risk) = Risk::named(risk.value) else { return };
    let row = ProductRisk { commodity_prefix: prefix.text(), risk, valid: interval(from, to) };
    into.risks.add(prefix.value, row);
}
