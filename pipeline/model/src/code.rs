//! The code lists of the messages: a name beside each code, and whether a code exists.
//!
//! Source: single-window.md section 8 unless a list says otherwise.
//! Chinese names stand as printed there, misprints and cut ends included;
//! an English name is given where the reference gives a meaning, and is otherwise absent.
//! Lists without dates are no law: what a code was allowed for, and when, belongs to the rule book.
//! Codes are compared byte by byte: `c` and `C` are different codes.

pub mod air_waybill;
pub mod certificate_number;
pub mod certificate_type;
pub mod channel;
pub mod commodity;
pub mod container;
pub mod country;
mod country_table;
pub mod currency;
mod currency_table;
pub mod declaration_kind;
pub mod division;
pub mod duty_mode;
pub mod edocument;
pub mod entry_type;
pub mod european_union;
pub mod fee_mark;
pub mod goods_attribute;
pub mod levy;
pub mod licence;
pub mod packaging;
pub mod price_term;
pub mod trade_mode;
pub mod transit;
pub mod transport;
pub mod unit;

pub use country::Country;
pub use currency::Currency;

/// One code with its names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Row {
    /// As it stands in the message.
    pub code: &'static str,
    /// Chinese name.
    pub zh: &'static str,
    /// English name, where the source has one.
    pub en: Option<&'static str>,
}

/// One list of codes, sorted by code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CodeList {
    /// What the list is of, in Chinese.
    pub zh: &'static str,
    /// What the list is of, in English.
    pub en: &'static str,
    rows: &'static [Row],
}

impl CodeList {
    /// A list over rows in ascending order of their codes; anything else fails the build.
    const fn new(zh: &'static str, en: &'static str, rows: &'static [Row]) -> CodeList {
        let mut index = 1;
        while index < rows.len() {
            assert!(is_before(rows[index - 1].code, rows[index].code), "codes must ascend");
            index += 1;
        }
        CodeList { zh, en, rows }
    }

    /// The row of a code.
    #[must_use]
    pub fn row(&self, code: &str) -> Option<&'static Row> {
        let index = self.rows.binary_search_by(|row| row.code.cmp(code)).ok()?;
        self.rows.get(index)
    }

    /// Whether the list has the code.
    #[must_use]
    pub fn is_known(&self, code: &str) -> bool {
        self.row(code).is_some()
    }

    /// The Chinese name of a code.
    #[must_use]
    pub fn name_zh(&self, code: &str) -> Option<&'static str> {
        self.row(code).map(|row| row.zh)
    }

    /// The English name of a code, where the source has one.
    #[must_use]
    pub fn name_en(&self, code: &str) -> Option<&'static str> {
        self.row(code)?.en
    }

    /// All rows, by code.
    #[must_use]
    pub fn rows(&self) -> &'static [Row] {
        self.rows
    }
}

/// A row whose source has Chinese only.
const fn zh(code: &'static str, zh: &'static str) -> Row {
    Row { code, zh, en: None }
}

/// A row with both names.
const fn both(code: &'static str, zh: &'static str, en: &'static str) -> Row {
    Row { code, zh, en: Some(en) }
}

/// Three letters as a number of the same order, above that of a row without letters, which is 0.
const fn letters_key([a, b, c]: [u8; 3]) -> u32 {
    u32::from_be_bytes([0, a, b, c]) + 1
}

/// Byte order of two codes, in a form that runs at compile time.
const fn is_before(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut index = 0;
    while index < left.len() && index < right.len() {
        if left[index] != right[index] {
            return left[index] < right[index];
        }
        index += 1;
    }
    left.len() < right.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &[&CodeList] = &[
        &certificate_type::LIST,
        &certificate_type::TRADE_MODES,
        &certificate_type::STATUSES,
        &channel::LIST,
        &container::SIZES,
        &declaration_kind::LIST,
        &division::PROVINCES,
        &duty_mode::LIST,
        &duty_mode::USES,
        &edocument::LIST,
        &edocument::STATEMENTS,
        &entry_type::LIST,
        &fee_mark::LIST,
        &goods_attribute::LIST,
        &levy::LIST,
        &licence::LIST,
        &packaging::LIST,
        &packaging::LIST_BEFORE_2018,
        &price_term::LIST,
        &trade_mode::LIST,
        &transit::LIST,
        &transport::LIST,
        &unit::LIST,
    ];

    #[test]
    fn every_code_finds_its_own_row() {
        for list in LISTS {
            assert!(!list.rows().is_empty() && !list.zh.is_empty() && !list.en.is_empty());
            for row in list.rows() {
                assert_eq!(list.row(row.code), Some(row), "{} {}", list.en, row.code);
                assert!(row.code.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{}", row.code);
                assert!(!row.zh.is_empty() && row.zh.trim() == row.zh, "{}", row.code);
                assert!(row.en.is_none_or(|en| !en.is_empty() && en.trim() == en), "{}", row.code);
            }
        }
    }

    #[test]
    fn what_no_list_has() {
        for list in LISTS {
            for code in ["", " ", "0110 ", "一般贸易", "ZZZZ"] {
                assert!(!list.is_known(code), "{} {code:?}", list.en);
                assert_eq!(list.name_zh(code), None);
                assert_eq!(list.name_en(code), None);
            }
        }
    }
}
