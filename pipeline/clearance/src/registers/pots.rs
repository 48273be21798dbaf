//! `pots.csv` 资金池: what a funder gives in a year (FEE-024).

use super::column::{Column, Kind};
use super::register::{Once, Register, Row, no_check};
use model::registers::{Pot, Registers};

/// Years a pot may be for: any the law tables speak of, and nothing that is a slip of the pen.
const YEARS: Kind = Kind::Whole { min: 2000, max: 2099 };

pub(super) static REGISTER: Register = Register {
    file: "pots.csv",
    title: "资金池",
    columns: &[
        Column::required("funder", &["出资单位", "出资方"], Kind::Text),
        Column::required("year", &["年度", "年份"], YEARS),
        Column::required("amount", &["金额", "总额"], Kind::Amount),
    ],
    once: Once::InTheFile(&["funder", "year"]),
    check: no_check,
    take,
};

fn take(row: &Row, into: &mut Registers) {
    let [funder, year, amount] = row.cells();
    // A row is taken only when its required cells are good.
    let (Ok(year), Some(amount)) = (year.value.parse(), amount.decimal()) else { return };
    into.pots.add(funder.value, Pot { funder: funder.text(), year, amount });
}
