//! Fee marks, fields `FeeMark`, `InsurMark` and `OtherMark`: single-window.md 3.3, DOC-036 and ruling D7.
//!
//! The Chinese names follow the column 运费／率 of the reference, which lists the meanings in English.

use super::{CodeList, Row, both};

/// A rate in per cent.
pub const RATE: &str = "1";
/// A price for each unit of weight.
pub const UNIT_PRICE: &str = "2";
/// A total.
pub const TOTAL: &str = "3";

/// The list, for freight and other charges; see [`is_insurance_mark`] for insurance.
pub static LIST: CodeList = CodeList::new("费用标记", "fee mark", ROWS);

/// Whether insurance may carry the mark: it has no unit price.
#[must_use]
pub fn is_insurance_mark(code: &str) -> bool {
    matches!(code, RATE | TOTAL)
}

const ROWS: &[Row] = &[both("1", "率", "rate"), both("2", "单价", "unit price"), both("3", "总价", "total")];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_doc_036() {
        assert_eq!(LIST.name_en(TOTAL), Some("total"));
        assert!(LIST.is_known(UNIT_PRICE) && !is_insurance_mark(UNIT_PRICE));
        assert!(is_insurance_mark(RATE) && is_insurance_mark(TOTAL));
        assert!(!LIST.is_known("4") && !LIST.is_known("0"));
    }
}
