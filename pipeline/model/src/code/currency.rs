//! Currencies: ISO 4217 letters and the old customs numbers, read as one.
//!
//! Sources: single-window.md 8.13 for the customs numbers, ISO 4217 for letters and minor digits.
//! Which currencies customs takes on a day is a dated table of the rule book (DOC-029).

use super::currency_table::ROWS;
use std::fmt;

/// A currency an invoice can be in.
///
/// Small and cheap to compare. The number inside may change with the table,
/// so what is stored is [`Currency::code`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(u8);

/// One row of the table; a customs number that does not exist is empty.
#[derive(Debug)]
pub(super) struct CurrencyRow {
    pub(super) letters: &'static str,
    pub(super) number: &'static str,
    pub(super) minor_digits: u8,
    pub(super) is_withdrawn: bool,
    pub(super) zh: &'static str,
    pub(super) en: &'static str,
}

impl Currency {
    /// 人民币
    pub const CNY: Currency = Currency::known("CNY");
    /// 美元
    pub const USD: Currency = Currency::known("USD");
    /// 欧元
    pub const EUR: Currency = Currency::known("EUR");
    /// 港币
    pub const HKD: Currency = Currency::known("HKD");

    /// Reads three capital letters or three figures, as the shape says.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Currency> {
        let index = match code.as_bytes() {
            [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9'] => {
                let place =
                    NUMBERED.binary_search_by(|&index| ROWS[usize::from(index)].number.cmp(code)).ok()?;
                return NUMBERED.get(place).copied().map(Currency);
            }
            [a, b, c] => LETTERS.binary_search(&super::letters_key([*a, *b, *c])).ok()?,
            _ => return None,
        };
        u8::try_from(index).ok().map(Currency)
    }

    /// The currency of letters that stand in the source; a mistake fails the build of a constant.
    ///
    /// # Panics
    ///
    /// When the table has no such letters.
    #[must_use]
    pub const fn known(letters: &str) -> Currency {
        let mut index = 0;
        while index < ROWS.len() {
            let row = ROWS[index].letters;
            if !super::is_before(row, letters) && !super::is_before(letters, row) {
                return Currency(index as u8);
            }
            index += 1;
        }
        panic!("no such currency")
    }

    /// The three letters.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.row().letters
    }

    /// The number customs used before, for the currencies it numbered.
    #[must_use]
    pub fn customs_number(self) -> Option<&'static str> {
        Some(self.row().number).filter(|number| !number.is_empty())
    }

    /// Decimal places of an amount: 2 for most, 0 for the yen.
    #[must_use]
    pub fn minor_digits(self) -> u32 {
        u32::from(self.row().minor_digits)
    }

    /// Whether it is money no more; an old declaration may still name it.
    #[must_use]
    pub fn is_withdrawn(self) -> bool {
        self.row().is_withdrawn
    }

    /// Chinese name.
    #[must_use]
    pub fn name_zh(self) -> &'static str {
        self.row().zh
    }

    /// English name.
    #[must_use]
    pub fn name_en(self) -> &'static str {
        self.row().en
    }

    /// All currencies, by letters.
    pub fn all() -> impl Iterator<Item = Currency> {
        (0..ROWS.len()).filter_map(|index| u8::try_from(index).ok()).map(Currency)
    }

    fn row(self) -> &'static CurrencyRow {
        &ROWS[usize::from(self.0)]
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

const N_NUMBERED: usize = {
    assert!(ROWS.len() <= u8::MAX as usize, "a currency is one byte");
    let mut count = 0;
    let mut index = 0;
    while index < ROWS.len() {
        if !ROWS[index].number.is_empty() {
            count += 1;
        }
        index += 1;
    }
    count
};

/// The letters in the order of the table, as numbers: compared without a look at the table.
static LETTERS: [u32; ROWS.len()] = {
    let mut keys = [0; ROWS.len()];
    let mut index = 0;
    while index < ROWS.len() {
        if let [a, b, c] = ROWS[index].letters.as_bytes() {
            keys[index] = super::letters_key([*a, *b, *c]);
        }
        index += 1;
    }
    keys
};

/// Rows with a customs number, by that number.
static NUMBERED: [u8; N_NUMBERED] = {
    let mut sorted = [0; N_NUMBERED];
    let mut count = 0;
    let mut index = 0;
    while index < ROWS.len() {
        if !ROWS[index].number.is_empty() {
            let mut place = count;
            while place > 0 && super::is_before(ROWS[index].number, ROWS[sorted[place - 1] as usize].number) {
                sorted[place] = sorted[place - 1];
                place -= 1;
            }
            sorted[place] = index as u8;
            count += 1;
        }
        index += 1;
    }
    sorted
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_numbers_are_one_currency() {
        for (letters, number, zh) in [
            ("HKD", "110", "港币"),
            ("IRR", "113", "伊朗里亚尔"),
            ("JPY", "116", "日本元"),
            ("KWD", "118", "科威特第纳尔"),
            ("MOP", "121", "澳门元"),
            ("MYR", "122", "马来西亚林吉特"),
            ("PKR", "127", "巴基斯坦卢比"),
            ("PHP", "129", "菲律宾比索"),
            ("SGD", "132", "新加坡元"),
            ("KRW", "133", "韩国圆"),
            ("THB", "136", "泰国铢"),
            ("CNY", "142", "人民币"),
            ("TWD", "143", "台币"),
            ("DZD", "201", "阿尔及利亚第纳尔"),
            ("EUR", "300", "欧元"),
            ("BEF", "301", "比利时法郎"),
            ("DKK", "302", "丹麦克朗"),
            ("GBP", "303", "英镑"),
            ("DEM", "304", "德国马克"),
            ("FRF", "305", "法国法郎"),
            ("ITL", "307", "意大利里拉"),
            ("NLG", "309", "荷兰盾"),
            ("ESP", "312", "西班牙比赛塔"),
            ("ATS", "315", "奥地利先令"),
            ("FIM", "318", "芬兰马克"),
            ("NOK", "326", "挪威克朗"),
            ("SEK", "330", "瑞典克朗"),
            ("CHF", "331", "瑞士法郎"),
            ("SUR", "332", "苏联卢布"),
            ("ASF", "398", "清算瑞士法郎"),
            ("CAD", "501", "加拿大元"),
            ("USD", "502", "美元"),
            ("AUD", "601", "澳大利亚元"),
            ("NZD", "609", "新西兰元"),
        ] {
            let currency = Currency::from_code(letters).unwrap();
            assert_eq!(Currency::from_code(number), Some(currency), "{letters}");
            assert_eq!((currency.code(), currency.customs_number()), (letters, Some(number)));
            assert_eq!(currency.name_zh(), zh);
        }
        assert_eq!(NUMBERED.len(), 34);
    }

    #[test]
    fn what_doc_029_refuses_is_no_currency() {
        for code in ["XXX", "XTS", "XAU", "usd", "US", "USDX", "", "840", "000", "美元", "5O2"] {
            assert_eq!(Currency::from_code(code), None, "{code:?}");
        }
    }

    #[test]
    fn minor_digits_of_iso_4217() {
        for (letters, digits) in
            [("USD", 2), ("CNY", 2), ("JPY", 0), ("KRW", 0), ("VND", 0), ("KWD", 3), ("TND", 3)]
        {
            assert_eq!(Currency::from_code(letters).map(Currency::minor_digits), Some(digits), "{letters}");
        }
    }

    #[test]
    fn withdrawn_ones_are_told_apart() {
        assert!(Currency::known("DEM").is_withdrawn() && Currency::known("HRK").is_withdrawn());
        assert!(!Currency::EUR.is_withdrawn());
    }

    #[test]
    fn the_table_is_sorted_and_complete() {
        let letters: Vec<&str> = ROWS.iter().map(|row| row.letters).collect();
        assert!(letters.is_sorted_by(|left, right| left < right));
        for currency in Currency::all() {
            assert_eq!(Currency::from_code(currency.code()), Some(currency));
            assert!(currency.minor_digits() <= 3);
            assert!(!currency.name_zh().is_empty() && !currency.name_en().is_empty());
        }
    }
}
