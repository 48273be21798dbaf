//! Units 计量单位, fields `GUnit`, `FirstUnit`, `SecondUnit`: single-window.md 8.11.
//!
//! Heading 64 counts kilograms first and pairs second (DOC-024); the tables by year are the rule book's.

use super::{CodeList, Row, both, zh};

/// Pair 双.
pub const PAIR: &str = "025";
/// Kilogram 千克.
pub const KILOGRAM: &str = "035";
/// Ten thousand pairs 万双.
pub const TEN_THOUSAND_PAIRS: &str = "144";

/// The list.
pub static LIST: CodeList = CodeList::new("计量单位", "unit", ROWS);

/// How many pairs one of this unit is; `None` for units that do not count pairs.
#[must_use]
pub fn pairs(code: &str) -> Option<u32> {
    match code {
        PAIR => Some(1),
        TEN_THOUSAND_PAIRS => Some(10_000),
        _ => None,
    }
}

const ROWS: &[Row] = &[
    zh("001", "台"),
    zh("002", "座"),
    zh("003", "辆"),
    zh("004", "艘"),
    zh("005", "架"),
    zh("006", "套"),
    zh("007", "个"),
    zh("008", "只"),
    zh("009", "头"),
    zh("010", "张"),
    zh("011", "件"),
    zh("012", "支"),
    zh("013", "枝"),
    zh("014", "根"),
    zh("015", "条"),
    zh("016", "把"),
    zh("017", "块"),
    zh("018", "卷"),
    zh("019", "副"),
    zh("020", "片"),
    zh("021", "组"),
    zh("022", "份"),
    zh("023", "幅"),
    both("025", "双", "pair"),
    zh("026", "对"),
    zh("027", "棵"),
    zh("028", "株"),
    zh("029", "井"),
    zh("030", "米"),
    zh("031", "盘"),
    zh("032", "平方米"),
    zh("033", "立方米"),
    zh("034", "筒"),
    both("035", "千克", "kilogram"),
    zh("036", "克"),
    zh("037", "盆"),
    zh("038", "万个"),
    zh("039", "具"),
    zh("040", "百副"),
    zh("041", "百支"),
    zh("042", "百把"),
    zh("043", "百个"),
    zh("044", "百片"),
    zh("045", "刀"),
    zh("046", "疋"),
    zh("047", "公担"),
    zh("048", "扇"),
    zh("049", "百枝"),
    zh("050", "千只"),
    zh("051", "千块"),
    zh("052", "千盒"),
    zh("053", "千枝"),
    zh("054", "千个"),
    zh("055", "亿支"),
    zh("056", "亿个"),
    zh("057", "万套"),
    zh("058", "千张"),
    zh("059", "万张"),
    zh("060", "千伏安"),
    zh("061", "千瓦"),
    zh("062", "千瓦时"),
    zh("063", "千升"),
    zh("067", "英尺"),
    zh("070", "吨"),
    zh("071", "长吨"),
    zh("072", "短吨"),
    zh("073", "司马担"),
    zh("074", "司马斤"),
    zh("075", "斤"),
    zh("076", "磅"),
    zh("077", "担"),
    zh("078", "英担"),
    zh("079", "短担"),
    zh("080", "两"),
    zh("081", "市担"),
    zh("083", "盎司"),
    zh("084", "克拉"),
    zh("085", "市尺"),
    zh("086", "码"),
    zh("088", "英寸"),
    zh("089", "寸"),
    zh("095", "升"),
    zh("096", "毫升"),
    zh("097", "英加仑"),
    zh("098", "美加仑"),
    zh("099", "立方英尺"),
    zh("101", "立方尺"),
    zh("110", "平方码"),
    zh("111", "平方英尺"),
    zh("112", "平方尺"),
    zh("115", "英制马力"),
    zh("116", "公制马力"),
    zh("118", "令"),
    zh("120", "箱"),
    zh("121", "批"),
    zh("122", "罐"),
    zh("123", "桶"),
    zh("124", "扎"),
    zh("125", "包"),
    zh("126", "箩"),
    zh("127", "打"),
    zh("128", "筐"),
    zh("129", "罗"),
    zh("130", "匹"),
    zh("131", "册"),
    zh("132", "本"),
    zh("133", "发"),
    zh("134", "枚"),
    zh("135", "捆"),
    zh("136", "袋"),
    zh("139", "粒"),
    zh("140", "盒"),
    zh("141", "合"),
    zh("142", "瓶"),
    zh("143", "千支"),
    both("144", "万双", "ten thousand pairs"),
    zh("145", "万粒"),
    zh("146", "千粒"),
    zh("147", "千米"),
    zh("148", "千英尺"),
    zh("149", "百万贝可"),
    zh("163", "部"),
    zh("164", "亿株"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_shoes() {
        assert_eq!(LIST.row(PAIR).map(|row| (row.zh, row.en)), Some(("双", Some("pair"))));
        assert_eq!(LIST.row(KILOGRAM).map(|row| (row.zh, row.en)), Some(("千克", Some("kilogram"))));
        assert_eq!(LIST.name_zh(TEN_THOUSAND_PAIRS), Some("万双"));
        assert_eq!(pairs(PAIR), Some(1));
        assert_eq!(pairs(TEN_THOUSAND_PAIRS), Some(10_000));
        assert_eq!(pairs(KILOGRAM), None);
        // 对 is a pair too, but of other things.
        assert_eq!(pairs("026"), None);
        assert_eq!(LIST.rows().len(), 123);
        assert!(!LIST.is_known("25") && !LIST.is_known("024"));
    }
}
