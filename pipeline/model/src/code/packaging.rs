//! Packaging 包装种类, fields `WrapType` and `PackType`: single-window.md 8.8.
//!
//! Two generations, told apart by shape: two characters since 2018, one figure before.
//! No code of one is a code of the other.

use super::{CodeList, Row, zh};

/// Two characters, since 2018.
pub static LIST: CodeList = CodeList::new("包装种类", "packaging", ROWS);

/// One figure, before 2018.
///
/// Uncertain: the reference names the generation without listing it;
/// these seven are the usual reading of the older filing rules.
pub static LIST_BEFORE_2018: CodeList = CodeList::new("包装种类(旧)", "packaging before 2018", OLD_ROWS);

/// The Chinese name of a code of either generation.
#[must_use]
pub fn name_zh(code: &str) -> Option<&'static str> {
    LIST.name_zh(code).or_else(|| LIST_BEFORE_2018.name_zh(code))
}

/// Whether either generation has the code.
#[must_use]
pub fn is_known(code: &str) -> bool {
    name_zh(code).is_some()
}

/// Whether the code says wood, so that a treatment mark is in question (DOC-033).
///
/// 23 and 33 cover bamboo and the like besides wood, and 92 is processed wood:
/// the mark is in question, not due.
#[must_use]
pub fn is_wood(code: &str) -> bool {
    matches!(code, "23" | "33" | "92" | "93" | "1")
}

const ROWS: &[Row] = &[
    zh("00", "散装"),
    zh("01", "裸装"),
    zh("04", "球状罐类"),
    zh("06", "包/袋"),
    zh("22", "纸制或纤维板制盒/箱"),
    zh("23", "木制或竹藤等植物性材料制盒/箱"),
    zh("29", "其他材料制盒/箱"),
    zh("32", "纸制或纤维板制桶"),
    zh("33", "木制或竹藤等植物性材料制桶"),
    zh("39", "其他材料制桶"),
    zh("41", "中型散装容器"),
    zh("42", "便携式罐体"),
    zh("43", "可移动罐柜"),
    zh("92", "再生木托"),
    zh("93", "天然木托"),
    zh("98", "植物性铺垫材料"),
    zh("99", "其他包装"),
];

const OLD_ROWS: &[Row] = &[
    zh("1", "木箱"),
    zh("2", "纸箱"),
    zh("3", "桶装"),
    zh("4", "散装"),
    zh("5", "托盘"),
    zh("6", "包"),
    zh("7", "其他"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_generations_have_names() {
        assert_eq!(name_zh("22"), Some("纸制或纤维板制盒/箱"));
        assert_eq!(name_zh("2"), Some("纸箱"));
        assert_eq!(name_zh("00"), Some("散装"));
        assert!(!is_known("0") && !is_known("02") && !is_known("8"));
        for new in LIST.rows() {
            assert!(!LIST_BEFORE_2018.is_known(new.code));
        }
    }

    #[test]
    fn wood_is_told_apart() {
        for code in ["23", "33", "92", "93", "1"] {
            assert!(is_known(code) && is_wood(code), "{code}");
        }
        for code in ["22", "32", "39", "98", "2", "9", ""] {
            assert!(!is_wood(code), "{code}");
        }
    }
}
