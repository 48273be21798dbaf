//! `orders.csv` 委托单: services ordered for a declaration or a contract (ruling F1).
//!
//! One order may stand in several rows, an item each; the same row twice would be charged twice.

use super::column::{Column, Kind};
use super::fault::{Fault, Reason};
use super::register::{Once, Register, Row};
use model::registers::{Order, Registers};

pub(super) static REGISTER: Register = Register {
    file: "orders.csv",
    title: "委托单",
    columns: &[
        Column::required("order_no", &["委托单号"], Kind::Number),
        Column::optional("number", &["报关单号"], Kind::Code),
        Column::optional("contract", &["合同号"], Kind::Number),
        Column::required("head", &["费目"], Kind::Code),
        Column::optional("item", &["项目", "检测项目"], Kind::Text),
        Column::required("quantity", &["数量"], Kind::Positive),
        Column::required("unit_price", &["单价"], Kind::Amount),
        Column::optional("payer", &["付款人", "付款单位"], Kind::UnifiedCode),
    ],
    once: Once::InTheFile(&[
        "order_no",
        "number",
        "contract",
        "head",
        "item",
        "quantity",
        "unit_price",
        "payer",
    ]),
    check,
    take,
};

fn check(row: &Row) -> Option<Fault> {
    let [_, number, contract, ..] = row.cells::<8>();
    (number.is_empty() && contract.is_empty()).then(|| number.fault(Reason::NoConsignment))
}

fn take(row: &Row, into: &mut Registers) {
    let [order_number, number, contract, head, item, quantity, unit_price, payer] = row.cells();
    // A row is taken only when its required cells are good.
    let Some((quantity, unit_price)) = quantity.decimal().zip(unit_price.decimal()) else { return };
    into.orders.add(Order {
        number: order_number.text(),
        declaration: number.text(),
        contract: contract.text(),
        head: head.text(),
        item: item.text(),
        quantity,
        unit_price,
        payer: payer.text(),
    });
}
