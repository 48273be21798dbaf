//! `statements.csv` 合格保证: conformity statements, for one declaration or for a year (rulings D2).
//!
//! Basis, signatory and day of signing may be empty: an undated statement is a finding of CHN-008,
//! so it must be able to stand here.

use super::column::{Column, Kind, interval};
use super::fault::Fault;
use super::register::{Once, Register, Row};
use model::registers::{Registers, Statement};

pub(super) static REGISTER: Register = Register {
    file: "statements.csv",
    title: "合格保证",
    columns: &[
        Column::SCC,
        Column::optional("number", &["报关单号"], Kind::Code),
        Column::optional("basis", &["依据"], Kind::Text),
        Column::optional("signatory", &["签署人职务"], Kind::Text),
        Column::optional("signed_on", &["签署日期"], Kind::Day),
        Column::FROM,
        Column::TO,
    ],
    once: Once::Never,
    check,
    take,
};

fn check(row: &Row) -> Option<Fault> {
    let [.., from, to] = row.cells::<7>();
    Fault::of_interval(from, to)
}

fn take(row: &Row, into: &mut Registers) {
    let [scc, number, basis, signatory, signed_on, from, to] = row.cells();
    let statement = Statement {
        unified_code: scc.text(),
        number: number.text(),
        basis: basis.text(),
        signatory: signatory.text(),
        signed_on: signed_on.day(),
        valid: interval(from, to),
    };
    into.statements.add(scc.value, statement);
}
