//! `reports.csv` 检测报告: test reports, a row an item.
//!
//! The value stays as the laboratory writes it, with `<` or `n.d.`; comparing it is a rule's work.

use super::column::{Column, Kind, Word};
use super::fault::Fault;
use super::register::{Once, Register, Row};
use model::registers::{Registers, TestReport};

static RESULTS: &[Word] =
    &[Word::new("PASS", &["合格", "符合", "通过"]), Word::new("FAIL", &["不合格", "不符合", "不通过"])];

pub(super) static REGISTER: Register = Register {
    file: "reports.csv",
    title: "检测报告",
    columns: &[
        Column::required("report_no", &["报告号", "报告编号"], Kind::Number),
        Column::optional("accreditation_no", &["认可编号", "认可证书号"], Kind::Number),
        Column::required("producer", &["生产企业", "生产企业注册号"], Kind::Code),
        Column::ANY_PREFIX,
        Column::required("item", &["项目", "检测项目"], Kind::Text),
        Column::optional("value", &["检测值", "结果值"], Kind::Text),
        Column::optional("unit", &["单位"], Kind::Text),
        Column::required("result", &["结论", "判定"], Kind::OneOf(RESULTS)),
        Column::required("tested_on", &["检测日期"], Kind::Day),
        Column::optional("valid_to", &["有效期至", "有效期"], Kind::Day),
    ],
    once: Once::Never,
    check,
    take,
};

fn check(row: &Row) -> Option<Fault> {
    let [.., tested_on, valid_to] = row.cells::<10>();
    Fault::of_interval(tested_on, valid_to)
}

fn take(row: &Row, into: &mut Registers) {
    let [number, accreditation_number, producer, prefix, item, value, unit, result, tested_on, valid_to] =
        row.cells();
    let report = TestReport {
        number: number.text(),
        accreditation_number: accreditation_number.text(),
        producer: producer.text(),
        commodity_prefix: prefix.text(),
        item: item.text(),
        value: value.text(),
        unit: unit.text(),
        is_passed: result.value == "PASS",
        tested_on: tested_on.day(),
        valid_to: valid_to.day(),
    };
    into.reports.add(producer.value, report);
}
