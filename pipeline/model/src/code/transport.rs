//! Transport mode 运输方式, field `TrafMode`: single-window.md 8.5 and DOC-037.

use super::{CodeList, Row, both, zh};

/// By water 水路运输.
pub const WATER: &str = "2";
/// By rail 铁路运输.
pub const RAIL: &str = "3";
/// By road 公路运输.
pub const ROAD: &str = "4";
/// By air 航空运输.
pub const AIR: &str = "5";
/// Any other way 其他方式运输.
pub const OTHER: &str = "9";

/// The list.
pub static LIST: CodeList = CodeList::new("运输方式", "transport mode", ROWS);

const ROWS: &[Row] = &[
    zh("0", "非保税区"),
    zh("1", "监管仓库"),
    both("2", "水路运输", "water"),
    both("3", "铁路运输", "rail"),
    both("4", "公路运输", "road"),
    both("5", "航空运输", "air"),
    zh("6", "邮件运输"),
    zh("7", "保税区"),
    zh("8", "保税仓库"),
    both("9", "其他方式运输", "other"),
    zh("G", "固定设施运输"),
    zh("H", "边境特殊"),
    zh("L", "旅客携带"),
    zh("T", "综合实验区"),
    zh("W", "物流中心"),
    zh("X", "物流园区"),
    zh("Y", "保税港区"),
    zh("Z", "出口加工区"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_of_doc_037() {
        for (code, name) in [(WATER, "water"), (RAIL, "rail"), (ROAD, "road"), (AIR, "air"), (OTHER, "other")]
        {
            assert_eq!(LIST.name_en(code), Some(name));
        }
        assert_eq!(LIST.name_zh("2"), Some("水路运输"));
        assert!(LIST.is_known("G") && !LIST.is_known("g"));
    }
}
