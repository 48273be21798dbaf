//! Kinds of customs transit 转关类型, field `TrnHead/TrnType`: single-window.md 8.16, in English there.

use super::{CodeList, Row, both};

/// The list. The Chinese names are ours.
pub static LIST: CodeList = CodeList::new("转关类型", "transit kind", ROWS);

const ROWS: &[Row] = &[
    both("1", "提前报关转关", "advance"),
    both("1E", "中欧班列", "China–Europe train"),
    both("1G", "工厂放行", "factory release"),
    both("1K", "出口空运联程", "export air relay"),
    both("1P", "市场采购", "market procurement"),
    both("1T", "暂时", "temporary"),
    both("AA", "出口二次转关", "second export transit"),
];

#[cfg(test)]
mod tests {
    use super::LIST;

    #[test]
    fn kinds_are_one_or_two_characters() {
        assert_eq!(LIST.name_en("AA"), Some("second export transit"));
        assert!(LIST.is_known("1") && !LIST.is_known("11") && !LIST.is_known("aa"));
    }
}
