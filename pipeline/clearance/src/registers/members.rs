//! `members.csv` 示范区企业: who belongs to the zone, a row an interval (ZON-001, ZON-005, ZON-010).
//!
//! A firm enters, is suspended and leaves by decision only, and a leading firm is named by one; so a row without the
//! number of its decision does not load. On any day a firm has one standing: whoever notes an exit ends the row before it.

use super::column::{Cell, Column, Kind, Word, YES_NO, interval};
use super::fault::{Fault, Reason};
use super::register::{Once, Register, Row};
use model::registers::{Member, MemberStatus, Registers};

static STATUS: &[Word] = &[
    Word::new("ACTIVE", &["在册", "有效", "正常"]),
    Word::new("SUSPENDED", &["暂停", "中止"]),
    Word::new("EXITED", &["退出", "已退出"]),
];

pub(super) static REGISTER: Register = Register {
    file: "members.csv",
    title: "示范区企业",
    columns: &[
        Column::SCC,
        Column::FROM,
        Column::TO,
        Column::optional("cohort", &["批次"], Kind::Text),
        Column::required("status", &["状态"], Kind::OneOf(STATUS)),
        Column::DECISION,
        Column::optional("leading", &["龙头", "龙头企业"], Kind::OneOf(YES_NO)),
        Column::SITE_TOWN,
    ],
    once: Once::OnADay(&["scc"]),
    check,
    take,
};

fn check(row: &Row) -> Option<Fault> {
    let [_, from, to, _, _, decision, leading, _] = row.cells();
    decided(decision, leading).or_else(|| Fault::of_interval(from, to))
}

fn decided(decision: Cell<'_>, leading: Cell<'_>) -> Option<Fault> {
    let rule = if leading.is_yes() { "ZON-010" } else { "ZON-001" };
    decision.is_empty().then(|| decision.fault(Reason::NoDecision { rule }))
}

fn take(row: &Row, into: &mut Registers) {
    let [scc, from, to, cohort, status, decision, leading, site_town] = row.cells();
    // A row is taken only when its required cells are good.
    let Some(status) = status.one_of(&MemberStatus::ALL, MemberStatus::name) else { return };
    let member = Member {
        unified_code: scc.text(),
        valid: interval(from, to),
        cohort: cohort.text(),
        status,
        decision_number: decision.text(),
        is_leading: leading.is_yes(),
        site_town: site_town.text(),
    };
    into.members.add(scc.value, member);
}
