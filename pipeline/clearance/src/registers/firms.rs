//! `firms.csv` 企业: who is who.

use super::column::{Column, Kind};
use super::register::{Once, Register, Row, no_check};
use model::registers::{Firm, Registers};

pub(super) static REGISTER: Register = Register {
    file: "firms.csv",
    title: "企业",
    columns: &[
        Column::SCC,
        Column::optional("customs_code", &["海关编码"], Kind::CustomsCode),
        Column::optional("ciq_code", &["检验检疫编码"], Kind::Code),
        Column::required("name", &["名称"], Kind::Text),
        Column::optional("name_en", &["英文名称"], Kind::Text),
        Column::optional("aliases", &["别名"], Kind::List),
        Column::optional("town", &["镇街"], Kind::Text),
        Column::optional("size", &["规模"], Kind::Text),
    ],
    once: Once::InTheFile(&["scc"]),
    check: no_check,
    take,
};

fn take(row: &Row, into: &mut Registers) {
    let [scc, customs_code, ciq_code, name, name_en, aliases, town, size] = row.cells();
    let firm = Firm {
        unified_code: scc.text(),
        customs_code: customs_code.text(),
        inspection_code: ciq_code.text(),
        name: name.text(),
        name_en: name_en.text(),
        aliases: aliases.list(),
        town: town.text(),
        size: size.text(),
    };
    into.firms.add(scc.value, firm);
}
