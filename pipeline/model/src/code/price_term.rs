//! Price term 成交方式, field `TransMode`: single-window.md 3.3, DOC-035 and ruling D7.
//!
//! The reference gives English only; the Chinese names of 5 and 6 are those customs uses.

use super::{CodeList, Row, both};

/// Cost, insurance and freight.
pub const CIF: &str = "1";
/// Cost and freight.
pub const CFR: &str = "2";
/// Free on board.
pub const FOB: &str = "3";
/// Cost and insurance.
pub const CI: &str = "4";
/// Ex works.
pub const EXW: &str = "7";

/// The list.
pub static LIST: CodeList = CodeList::new("成交方式", "price term", ROWS);

const ROWS: &[Row] = &[
    both("1", "CIF", "CIF"),
    both("2", "C&F", "C&F"),
    both("3", "FOB", "FOB"),
    both("4", "C&I", "C&I"),
    both("5", "市场价", "market"),
    both("6", "垫仓", "padding"),
    both("7", "EXW", "EXW"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_by_number() {
        for (code, name) in [(CIF, "CIF"), (CFR, "C&F"), (FOB, "FOB"), (CI, "C&I"), (EXW, "EXW")] {
            assert_eq!(LIST.name_en(code), Some(name));
        }
        assert!(!LIST.is_known("0") && !LIST.is_known("8"));
    }
}
