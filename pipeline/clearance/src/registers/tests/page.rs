//! The page that tells a desk which files and columns there are is written from the registers themselves.

use super::super::column::{Column, Kind, listed};
use super::super::register::Once;
use super::*;
use expect_test::expect_file;
use std::fmt::Write;

const HEAD: &str = "\
# 登记册的文件和列

一个文件夹就是本单位的登记册，`clearance register check 文件夹` 逐行检查，`clearance register show 文件夹` 显示已载入的内容。
文件都可以没有；没有的登记册视为空。列的顺序不限，英文列名和中文列名都可以用，多出来的列会提示但不读取。
有一行错，整个文件夹都不载入；错误按文件、行、列和原因逐一列出。

- 编码用 UTF-8（表格软件里选“CSV UTF-8”），字节顺序标记、回车换行、引号内换行都可以。
- 有效期是左闭右开：`from` 当天有效，`to` 当天已经无效；`to` 空着表示一直有效。
- 日期写 `2018-06-01`；`2018/6/1`、`2018-6-1`、`2018年6月1日` 也认得，年份不在最前面的一律不认。
- 代码和数字里的全角字符、空格会自动整理；名称原样保留。
- 金额写 `1234.56`：不要千位分隔符、货币符号和科学计数，最多五位小数，不能是负数。
- 一格里有几个值时用分号隔开。
- 国别写两字母、三字母或旧三位数字代码，也可以写中文名；目的地还可以写 `EU` 或“欧盟”。

本页由登记册的程序定义生成，程序改了，本页随之更新。
";

#[test]
fn the_page_of_columns_is_that_of_the_program() {
    let mut page = HEAD.to_owned();
    for register in REGISTERS {
        write!(
            page,
            "\n## {} `{}`\n\n| 列 | 中文列名 | 必填 | 填什么 |\n|---|---|---|---|\n",
            register.title, register.file
        )
        .unwrap();
        for column in register.columns {
            let required = if is_required(register.file, column) { "是" } else { "" };
            let aliases = column.aliases.join("、");
            writeln!(page, "| `{}` | {aliases} | {required} | {} |", column.name, told(column.kind)).unwrap();
        }
        match register.once {
            Once::Never => {}
            Once::InTheFile(names) => writeln!(page, "\n{} 相同的只能有一行。", quoted(names)).unwrap(),
            Once::OnADay(names) => {
                writeln!(page, "\n{} 相同的各行，有效期不能重叠。", quoted(names)).unwrap()
            }
        }
    }
    expect_file![concat!(env!("CARGO_MANIFEST_DIR"), "/../../ops/registers.md")].assert_eq(&page);
}

/// Numbers of decisions are asked for by a check of their own, so that the rule behind it is named.
fn is_required(file: &str, column: &Column) -> bool {
    column.required || column.name == "decision_no" && ["members.csv", "policies.toml"].contains(&file)
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join("、")
}

fn told(kind: Kind) -> String {
    match kind {
        Kind::UnifiedCode => "统一社会信用代码，18 位，校验码要对".to_owned(),
        Kind::CustomsCode => "10 位海关编码".to_owned(),
        Kind::Code => "字母、数字和连字符".to_owned(),
        Kind::Number => "编号、文号，原样保留".to_owned(),
        Kind::Figures { min, max } if min == max => format!("{min} 位数字"),
        Kind::Figures { min, max } => format!("{min} 至 {max} 位数字"),
        Kind::Amount => "金额或数值，不能是负数".to_owned(),
        Kind::Positive => "大于 0 的数".to_owned(),
        Kind::Factor => "大于 0、不大于 1 的数".to_owned(),
        Kind::Whole { min, max } => format!("{min} 至 {max} 的整数"),
        Kind::OneOf(words) => format!("其中之一：{}", listed(words)),
        Kind::Country => "国别".to_owned(),
        Kind::Destination => "国别，或 `EU`".to_owned(),
        Kind::Currency => "币制，如 `USD`、`502`、美元".to_owned(),
        Kind::Month => "月份，如 `2018-06`".to_owned(),
        Kind::Day => "日期".to_owned(),
        Kind::Moment => "日期，或决定作出的时刻，如 `2018-06-20 15:00`".to_owned(),
        Kind::Sha256 => "64 位十六进制的 SHA-256 值".to_owned(),
        Kind::List => "文字，可有几个".to_owned(),
        Kind::ListOf(kind) => format!("{}；可有几个", told(*kind)),
        Kind::Firms => "`zone` 示范区企业、`all` 全部企业，或列出统一社会信用代码".to_owned(),
        Kind::Text => "文字".to_owned(),
        Kind::Secret => "密值，一个字符也不改，也从不显示".to_owned(),
    }
}
