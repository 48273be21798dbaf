//! `laboratories.csv` 实验室: accredited laboratories and the items in their scope (CHN-012, LAB-001).

use super::column::{Column, Kind, interval};
use super::fault::Fault;
use super::register::{Once, Register, Row};
use model::registers::{Laboratory, Registers};

pub(super) static REGISTER: Register = Register {
    file: "laboratories.csv",
    title: "实验室",
    columns: &[
        Column::required("accreditation_no", &["认可编号", "认可证书号"], Kind::Number),
        Column::SCC,
        Column::required("items", &["项目", "检测项目"], Kind::List),
        Column::FROM,
        Column::TO,
        Column::optional("suspended_from", &["暂停日期", "暂停起"], Kind::Day),
    ],
    once: Once::OnADay(&["accreditation_no", "scc"]),
    check,
    take,
};

fn check(row: &Row) -> Option<Fault> {
    let [_, _, _, from, to, _] = row.cells();
    Fault::of_interval(from, to)
}

fn take(row: &Row, into: &mut Registers) {
    let [accreditation_number, scc, items, from, to, suspended_from] = row.cells();
    let laboratory = Laboratory {
        accreditation_number: accreditation_number.text(),
        unified_code: scc.text(),
        items: items.list(),
        valid: interval(from, to),
        suspended_from: suspended_from.day(),
    };
    into.laboratories.add(scc.value, laboratory);
}
