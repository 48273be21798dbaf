//! `joint_approvals.csv` 共同检验: approvals of joint inspection, with the factor on the fee (CHN-012, FEE-009).

use super::column::{Column, Kind, interval};
use super::fault::Fault;
use super::register::{Once, Register, Row};
use model::registers::{JointApproval, Registers};

pub(super) static REGISTER: Register = Register {
    file: "joint_approvals.csv",
    title: "共同检验",
    columns: &[
        Column::SCC,
        Column::required("items", &["项目", "检测项目"], Kind::List),
        Column::required("factor", &["系数", "收费系数"], Kind::Factor),
        Column::FROM,
        Column::TO,
        Column::DECISION,
    ],
    once: Once::OnADay(&["scc", "items"]),
    check,
    take,
};

fn check(row: &Row) -> Option<Fault> {
    let [_, _, _, from, to, _] = row.cells();
    Fault::of_interval(from, to)
}

fn take(row: &Row, into: &mut Registers) {
    let [scc, items, factor, from, to, decision] = row.cells();
    // A row is taken only when its required cells are good.
    let Some(factor) = factor.decimal() else { return };
    let approval = JointApproval {
        unified_code: scc.text(),
        items: items.list(),
        factor,
        valid: interval(from, to),
        decision_number: decision.text(),
    };
    into.joint_approvals.add(scc.value, approval);
}
