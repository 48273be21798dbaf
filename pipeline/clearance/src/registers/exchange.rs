//! `exchange.csv` 汇率: customs rates by month (FEE-006).

use super::column::{Column, Kind};
use super::register::{Once, Register, Row, no_check};
use model::registers::{ExchangeRate, Registers};

pub(super) static REGISTER: Register = Register {
    file: "exchange.csv",
    title: "汇率",
    columns: &[
        Column::required("month", &["月份", "适用月份"], Kind::Month),
        Column::required("currency", &["币制", "币种"], Kind::Currency),
        Column::required("cny_per_unit", &["汇率", "每单位折合人民币"], Kind::Positive),
    ],
    once: Once::InTheFile(&["month", "currency"]),
    check: no_check,
    take,
};

fn take(row: &Row, into: &mut Registers) {
    let [month, currency, cny_per_unit] = row.cells();
    // A row is taken only when its required cells are good.
    let (Some(month), Some(currency), Some(cny_per_unit)) =
        (month.month(), currency.currency(), cny_per_unit.decimal())
    else {
        return;
    };
    into.exchange_rates.add(ExchangeRate { currency, month, cny_per_unit });
}
