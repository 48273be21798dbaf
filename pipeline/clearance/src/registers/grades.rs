//! `grades.csv` 信用等级: credit grades, in the words of the regime that gave them (domain-rules 2.1, CRD-019).
//!
//! Where `from` has a time of day it is the moment of the decision; from when on it counts is CRD-019's to say.

use super::column::{Cell, Column, Kind, Word, header_form, interval};
use super::fault::{Fault, Reason};
use super::register::{Once, Register, Row};
use model::registers::{Grade, Regime, Registers};

static REGIMES: &[Word] = &[
    Word::new("CIQ-1", &["ciq1"]),
    Word::new("CUS-0", &["cus0"]),
    Word::new("CUS-1", &["cus1"]),
    Word::new("CUS-2", &["cus2"]),
    Word::new("CUS-3", &["cus3"]),
    Word::new("CUS-4", &["cus4"]),
];

pub(super) static REGISTER: Register = Register {
    file: "grades.csv",
    title: "信用等级",
    columns: &[
        Column::SCC,
        Column::required("regime", &["制度", "信用制度"], Kind::OneOf(REGIMES)),
        Column::required("grade", &["等级", "信用等级"], Kind::Text),
        Column::required("from", &["起", "起始日期", "生效日期", "决定时间"], Kind::Moment),
        Column::TO,
        Column::DECISION,
    ],
    once: Once::OnADay(&["scc", "regime"]),
    check,
    take,
};

fn check(row: &Row) -> Option<Fault> {
    let [_, regime, grade, from, to, _] = row.cells();
    if let Some(regime) = regime.one_of(&Regime::ALL, Regime::name)
        && !grade.is_empty()
        && grade_of(regime, grade).is_none()
    {
        let words = regime.grades().iter().map(|it| it.name).collect::<Vec<_>>().join(", ");
        let value = grade.text();
        return Some(grade.fault(Reason::Grade { value, regime: regime.name(), words }));
    }
    Fault::of_interval(from, to)
}

/// The regime's own word for what is written, however wide its letters are.
fn grade_of(regime: Regime, grade: Cell<'_>) -> Option<&'static str> {
    regime.grade(&header_form(grade.value))
}

fn take(row: &Row, into: &mut Registers) {
    let [scc, regime, grade, from, to, decision] = row.cells();
    // A row is taken only when its required cells are good.
    let Some(regime) = regime.one_of(&Regime::ALL, Regime::name) else { return };
    let Some(name) = grade_of(regime, grade) else { return };
    let grade = Grade {
        unified_code: scc.text(),
        regime,
        grade: name.to_owned(),
        valid: interval(from, to),
        decided_at: from.moment(),
        decision_number: decision.text(),
    };
    into.grades.add(scc.value, grade);
}
