//! `authorisations.csv` 代理委托: which agent may file for whom (rulings D2).
//!
//! The scope may be empty: whether it covers a declaration is a rule's question, not the file's.

use super::column::{Column, Kind, interval};
use super::fault::Fault;
use super::register::{Once, Register, Row};
use model::registers::{Authorisation, Registers};

pub(super) static REGISTER: Register = Register {
    file: "authorisations.csv",
    title: "代理委托",
    columns: &[
        Column::required("agent", &["代理人", "代理人统一社会信用代码"], Kind::UnifiedCode),
        Column::required("principal", &["委托人", "委托人统一社会信用代码"], Kind::UnifiedCode),
        Column::optional("scope", &["范围"], Kind::Text),
        Column::FROM,
        Column::TO,
    ],
    once: Once::Never,
    check,
    take,
};

fn check(row: &Row) -> Option<Fault> {
    let [.., from, to] = row.cells::<5>();
    Fault::of_interval(from, to)
}

fn take(row: &Row, into: &mut Registers) {
    let [agent, principal, scope, from, to] = row.cells();
    let authorisation = Authorisation {
        agent: agent.text(),
        principal: principal.text(),
        scope: scope.text(),
        valid: interval(from, to),
    };
    into.authorisations.add(agent.value, authorisation);
}
