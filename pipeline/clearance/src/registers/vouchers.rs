//! `vouchers.csv` 服务券: service vouchers as they were issued (FEE-021 to FEE-023).
//!
//! An empty `splittable` is yes: that is the default of FEE-022.

use super::column::{Column, Kind, YES_NO, interval};
use super::fault::Fault;
use super::register::{Once, Register, Row};
use model::registers::{Registers, Voucher};

pub(super) static REGISTER: Register = Register {
    file: "vouchers.csv",
    title: "服务券",
    columns: &[
        Column::required("serial", &["券号"], Kind::Number),
        Column::required("holder", &["持有人", "持券企业"], Kind::UnifiedCode),
        Column::required("value", &["面值"], Kind::Positive),
        Column::required("services", &["适用", "适用服务"], Kind::ListOf(&Kind::Code)),
        Column::FROM,
        Column::TO,
        Column::optional("splittable", &["可拆分", "可分次使用"], Kind::OneOf(YES_NO)),
    ],
    once: Once::InTheFile(&["serial"]),
    check,
    take,
};

fn check(row: &Row) -> Option<Fault> {
    let [_, _, _, _, from, to, _] = row.cells();
    Fault::of_interval(from, to)
}

fn take(row: &Row, into: &mut Registers) {
    let [serial, holder, value, services, from, to, splittable] = row.cells();
    // A row is taken only when its required cells are good.
    let Some(value) = value.decimal() else { return };
    let voucher = Voucher {
        serial: serial.text(),
        holder: holder.text(),
        value,
        services: services.list(),
        valid: interval(from, to),
        is_splittable: splittable.is_empty() || splittable.is_yes(),
    };
    into.vouchers.add(holder.value, voucher);
}
