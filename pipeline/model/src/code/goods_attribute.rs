//! Goods attributes 货物属性, field `GoodsAttr`: single-window.md 8.9.
//!
//! Where the reference names a range (23–24, 25–28, 34–36, 42–44) its members are named one by one here.

use super::{CodeList, Row, zh};

/// The list.
pub static LIST: CodeList = CodeList::new("货物属性", "goods attribute", ROWS);

const ROWS: &[Row] = &[
    zh("11", "3C目录内"),
    zh("12", "3C目录外"),
    zh("13", "无需办理3C认证"),
    zh("14", "预包装"),
    zh("15", "非预包装"),
    zh("16", "转基因产品"),
    zh("17", "非转基因产品"),
    zh("18", "首次进出口"),
    zh("19", "正常"),
    zh("20", "废品"),
    zh("21", "旧品"),
    zh("22", "成套设备"),
    zh("23", "带皮木材"),
    zh("24", "不带皮木材"),
    zh("25", "A级特殊物品"),
    zh("26", "B级特殊物品"),
    zh("27", "C级特殊物品"),
    zh("28", "D级特殊物品"),
    zh("29", "V/W非特殊物品"),
    zh("30", "市场采购"),
    zh("31", "散装危险化学品"),
    zh("32", "件装危险化学品"),
    zh("33", "非危险化学品"),
    zh("34", "I类医疗器械"),
    zh("35", "II类医疗器械"),
    zh("36", "III类医疗器械"),
    zh("37", "医疗器械零部件"),
    zh("38", "非医疗器械"),
    zh("39", "特种设备"),
    zh("40", "非特种设备"),
    zh("41", "真空包装等货物"),
    // The reference names 42–44 together and does not tell them apart.
    zh("42", "饲料和饲料添加剂样品"),
    zh("43", "饲料和饲料添加剂样品"),
    zh("44", "饲料和饲料添加剂样品"),
    zh("46", "检验结果采信"),
    zh("47", "再制造产品"),
    zh("48", "一般贸易出口的退运工业品"),
    zh("49", "海南自贸港放宽贸易管理"),
];

#[cfg(test)]
mod tests {
    use super::LIST;

    #[test]
    fn ranges_are_complete() {
        for number in (11..=49).filter(|&number| number != 45) {
            assert!(LIST.is_known(&number.to_string()), "{number}");
        }
        assert!(!LIST.is_known("45") && !LIST.is_known("10") && !LIST.is_known("50"));
        assert_eq!(LIST.name_zh("30"), Some("市场采购"));
    }
}
