//! Administrative divisions 行政区划: the provinces, by the first two figures of GB/T 2260.
//!
//! By ruling D8 only province prefixes are shipped, so DOC-008 is judged to that depth and no further.

use super::{CodeList, Row, both};

/// Huidong county 惠东县 (DOC-008; single-window.md 8.14 gives the code from memory).
pub const HUIDONG: &str = "441323";

/// The first two figures.
///
/// 10 stands for firms registered with the State and is no province of GB/T 2260:
/// their unified codes carry 100000 (uncertain: practice, not in the reference).
pub static PROVINCES: CodeList = CodeList::new("省级行政区划", "province", ROWS);

/// The province of a division code of six figures.
#[must_use]
pub fn province(division: &str) -> Option<&'static Row> {
    if division.len() != 6 || !division.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    PROVINCES.row(division.get(..2)?)
}

const ROWS: &[Row] = &[
    both("10", "国家", "State"),
    both("11", "北京市", "Beijing"),
    both("12", "天津市", "Tianjin"),
    both("13", "河北省", "Hebei"),
    both("14", "山西省", "Shanxi"),
    both("15", "内蒙古自治区", "Inner Mongolia"),
    both("21", "辽宁省", "Liaoning"),
    both("22", "吉林省", "Jilin"),
    both("23", "黑龙江省", "Heilongjiang"),
    both("31", "上海市", "Shanghai"),
    both("32", "江苏省", "Jiangsu"),
    both("33", "浙江省", "Zhejiang"),
    both("34", "安徽省", "Anhui"),
    both("35", "福建省", "Fujian"),
    both("36", "江西省", "Jiangxi"),
    both("37", "山东省", "Shandong"),
    both("41", "河南省", "Henan"),
    both("42", "湖北省", "Hubei"),
    both("43", "湖南省", "Hunan"),
    both("44", "广东省", "Guangdong"),
    both("45", "广西壮族自治区", "Guangxi"),
    both("46", "海南省", "Hainan"),
    both("50", "重庆市", "Chongqing"),
    both("51", "四川省", "Sichuan"),
    both("52", "贵州省", "Guizhou"),
    both("53", "云南省", "Yunnan"),
    both("54", "西藏自治区", "Tibet"),
    both("61", "陕西省", "Shaanxi"),
    both("62", "甘肃省", "Gansu"),
    both("63", "青海省", "Qinghai"),
    both("64", "宁夏回族自治区", "Ningxia"),
    both("65", "新疆维吾尔自治区", "Xinjiang"),
    both("71", "台湾省", "Taiwan"),
    both("81", "香港特别行政区", "Hong Kong"),
    both("82", "澳门特别行政区", "Macao"),
];

#[cfg(test)]
mod tests {
    use super::{HUIDONG, province};

    #[test]
    fn provinces_by_prefix() {
        assert_eq!(province(HUIDONG).map(|row| row.zh), Some("广东省"));
        assert_eq!(province("100000").map(|row| row.zh), Some("国家"));
        // 449999 is no county, but a province prefix is all that is shipped.
        assert_eq!(province("449999").map(|row| row.zh), Some("广东省"));
        for division in ["990000", "4413", "44132A", "", "４４１３２３"] {
            assert_eq!(province(division), None, "{division:?}");
        }
    }
}
