//! `brands.csv` 品牌: marks a firm owns, uses under licence or has recorded (ZON-011, ENF-003).
//!
//! A mark without registration number may stand here: that it is no own-brand mark is a rule's finding.

use super::column::{Column, Kind, Word, interval};
use super::fault::Fault;
use super::register::{Once, Register, Row};
use model::registers::{Brand, BrandKind, Registers};

static KINDS: &[Word] = &[
    Word::new("own", &["自有", "自主"]),
    Word::new("licensed", &["授权", "许可", "许可使用"]),
    Word::new("recorded", &["备案", "海关备案"]),
];

pub(super) static REGISTER: Register = Register {
    file: "brands.csv",
    title: "品牌",
    columns: &[
        Column::SCC,
        Column::optional("mark_no", &["注册号", "商标注册号"], Kind::Number),
        Column::required("mark", &["商标", "品牌"], Kind::Text),
        Column::optional("class", &["类别", "商标类别"], Kind::Text),
        Column::optional("territory", &["地域", "注册地"], Kind::Text),
        Column::required("kind", &["性质"], Kind::OneOf(KINDS)),
        Column::FROM,
        Column::TO,
    ],
    once: Once::OnADay(&["scc", "mark_no", "mark", "class", "territory", "kind"]),
    check,
    take,
};

fn check(row: &Row) -> Option<Fault> {
    let [.., from, to] = row.cells::<8>();
    Fault::of_interval(from, to)
}

fn take(row: &Row, into: &mut Registers) {
    let [scc, mark_number, mark, class, territory, kind, from, to] = row.cells();
    // A row is taken only when its required cells are good.
    let Some(kind) = kind.one_of(&BrandKind::ALL, BrandKind::name) else { return };
    let brand = Brand {
        unified_code: scc.text(),
        mark_number: mark_number.text(),
        mark: mark.text(),
        class: class.text(),
        territory: territory.text(),
        kind,
        valid: interval(from, to),
    };
    into.brands.add(scc.value, brand);
}
