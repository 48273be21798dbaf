//! `exemptions.csv` 免验: certificates of exemption from inspection (CHN-009).
//!
//! A certificate that covers several kinds of goods or brands stands in several rows.

use super::column::{Column, Kind, interval};
use super::fault::Fault;
use super::register::{Once, Register, Row};
use model::registers::{Exemption, Registers};

pub(super) static REGISTER: Register = Register {
    file: "exemptions.csv",
    title: "免验",
    columns: &[
        Column::required("certificate_no", &["证书号", "免验证书号"], Kind::Number),
        Column::SCC,
        Column::PREFIX,
        Column::optional("brand", &["品牌", "商标"], Kind::Text),
        Column::FROM,
        Column::TO,
    ],
    once: Once::OnADay(&["certificate_no", "scc", "hs_prefix", "brand"]),
    check,
    take,
};

fn check(row: &Row) -> Option<Fault> {
    let [.., from, to] = row.cells::<6>();
    Fault::of_interval(from, to)
}

fn take(row: &Row, into: &mut Registers) {
    let [certificate_number, scc, prefix, brand, from, to] = row.cells();
    let exemption = Exemption {
        certificate_number: certificate_number.text(),
        unified_code: scc.text(),
        commodity_prefix: prefix.text(),
        brand: brand.text(),
        valid: interval(from, to),
    };
    into.exemptions.add(scc.value, exemption);
}
