//! Which documents are asked for is read from the matrix, never from branches in code.
//!
//! One column for each kind of consignor, one row for each document and day: a new kind of firm is a new column, a
//! new law is a new row. What a cell says is in `tables/papers.rs`; whether the document is there, in `papers.rs`.

use crate::channel;
use crate::papers;
use crate::prelude::*;
use crate::standing::Standing;
use crate::tables::papers::{Column, Document, PapersMatrix, Status};
use jiff::civil::Date;
use model::decision::TraceLine;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("SIM-001"),
    name: "required-set",
    version: 1,
    title: Words { zh: "应提交单证由矩阵确定", en: "required documents are read from the matrix" },
    message: Words {
        zh: "按{after}一栏确定应提交单证", en: "documents asked for are those of a {after}"
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules", article: "7, SIM-001; 7.1" },
        Citation { instrument: "rulings", article: "D3" },
    ],
    check: Check::Step,
};

/// The cells of the matrix that apply to a case on this day, in the order of the documents. `needs_report`: an alert asks for
/// a laboratory report.
pub fn cells<'a>(
    case: &'a Case<'a>,
    day: Date,
    matrix: &'a PapersMatrix,
    consignor: &Standing,
    needs_report: bool,
) -> impl Iterator<Item = (Document, Status)> + use<'a> {
    let column = column(consignor);
    Document::ALL.into_iter().filter_map(move |document| {
        let asked = matrix.asked(document, day)?;
        papers::applies(asked, case, needs_report).then(|| (document, asked.status(column)))
    })
}

/// Tells the column.
pub fn step(consignor: &Standing) -> TraceLine {
    channel::step(&RULE, "", column(consignor).words())
}

/// The column of a consignor.
pub fn column(consignor: &Standing) -> Column {
    Column::of(consignor.level, consignor.in_zone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fixtures::notation::Notated;

    fn invoice(consignor: Standing) -> Option<Status> {
        let tables = Tables::shipped().expect("shipped tables are good");
        let notated = Notated::parse("").expect("good notation");
        notated.with_case(|case| {
            cells(case, case.accepted_on(), &tables.papers, &consignor, false)
                .find(|(document, _)| *document == Document::Invoice)
                .map(|(_, status)| status)
        })
    }

    #[test]
    fn another_column_changes_the_cell() {
        let in_zone = Standing { in_zone: true, ..Standing::UNKNOWN };
        assert_eq!(invoice(Standing::UNKNOWN), Some(Status::Upload));
        assert_eq!(invoice(in_zone), Some(Status::Declare));
        assert_eq!(invoice(Standing { level: 4, ..in_zone }), Some(Status::Keep));
    }

    #[test]
    fn a_better_level_in_the_same_column_does_not() {
        let level = |level| invoice(Standing { level, ..Standing::UNKNOWN });
        assert_eq!(level(5), level(4));
        assert_eq!(level(2), level(0));
    }
}
