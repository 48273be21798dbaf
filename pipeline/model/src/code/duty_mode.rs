//! Duty mode 征减免税方式, field `DutyMode`, and use code 用途, field `UseTo`: single-window.md 8.6.

use super::{CodeList, Row, both, zh};

/// Per tariff 照章征税, the normal mode of an export of shoes (DOC-045).
pub const PER_TARIFF: &str = "1";

/// The list of duty modes.
pub static LIST: CodeList = CodeList::new("征减免税方式", "duty mode", ROWS);

/// The list of use codes.
pub static USES: CodeList = CodeList::new("用途", "use", USE_ROWS);

const ROWS: &[Row] = &[
    both("1", "照章征税", "per tariff"),
    zh("2", "折半征税"),
    zh("3", "全免"),
    zh("4", "特案"),
    zh("5", "随征免性"),
    zh("6", "保证金"),
    zh("7", "保函"),
    zh("8", "折半补税"),
    zh("9", "全额退税"),
];

const USE_ROWS: &[Row] = &[
    zh("01", "外贸自营内销"),
    zh("02", "特区内销"),
    zh("03", "其它内销"),
    zh("04", "企业自用"),
    zh("05", "加工返销"),
    zh("06", "借用"),
    zh("07", "收保证金"),
    zh("08", "免费提供"),
    zh("09", "作价提供"),
    zh("10", "货样,广告品"),
    zh("11", "其它"),
    zh("13", "以产顶进"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_of_doc_045_are_one_to_nine() {
        for code in '1'..='9' {
            assert!(LIST.is_known(code.encode_utf8(&mut [0; 4])));
        }
        assert!(!LIST.is_known("0"));
        assert_eq!(LIST.name_zh(PER_TARIFF), Some("照章征税"));
        assert_eq!(LIST.name_zh("3"), Some("全免"));
        assert_eq!(USES.name_zh("10"), Some("货样,广告品"));
        assert!(!USES.is_known("12"));
    }
}
