//! `producers.csv` 生产企业: registered producers and their class (CHN-003).

use super::column::{Column, Kind, Word};
use super::register::{Once, Register, Row, no_check};
use model::registers::{Producer, Registers};

static CLASSES: &[Word] = &[
    Word::new("1", &["一类", "一", "i"]),
    Word::new("2", &["二类", "二", "ii"]),
    Word::new("3", &["三类", "三", "iii"]),
    Word::new("4", &["四类", "四", "iv"]),
];

pub(super) static REGISTER: Register = Register {
    file: "producers.csv",
    title: "生产企业",
    columns: &[
        Column::required("reg_no", &["注册号", "备案号"], Kind::Code),
        Column::optional("scc", &["统一社会信用代码", "信用代码"], Kind::UnifiedCode),
        Column::optional("name", &["名称"], Kind::Text),
        Column::required("class", &["类别"], Kind::OneOf(CLASSES)),
        Column::optional("qms_to", &["体系有效期", "质量管理体系有效期"], Kind::Day),
        Column::optional("self_control_to", &["自检自控有效期"], Kind::Day),
        Column::SITE_TOWN,
    ],
    once: Once::InTheFile(&["reg_no"]),
    check: no_check,
    take,
};

fn take(row: &Row, into: &mut Registers) {
    let [registration, scc, name, class, quality_system_to, self_control_to, site_town] = row.cells();
    // A row is taken only when its required cells are good.
    let Ok(class) = class.value.parse() else { return };
    into.producers.add(Producer {
        registration: registration.text(),
        unified_code: scc.text(),
        name: name.text(),
        class,
        quality_system_to: quality_system_to.day(),
        self_control_to: self_control_to.day(),
        site_town: site_town.text(),
    });
}
