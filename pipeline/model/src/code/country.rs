//! Countries and territories: ISO 3166 letters and the old customs numbers, read as one (ruling X6).
//!
//! Sources: single-window.md 8.12 for the customs numbers and their Chinese names, ISO 3166 for the letters.
//! The old numbers are customs' own and not those of ISO: 142 is China, and 156 is nothing.
//! Which system a code is of shows in its shape, figures or letters, never in its length alone.

use super::country_table::{ALIASES, ROWS};
use std::fmt;

/// A country, a territory, or one of the codes customs uses where there is none.
///
/// Small and cheap to compare. Order is that of the alpha-3 codes;
/// the number inside may change with the table, so what is stored is [`Country::code`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(u16);

/// One row of the table; what does not exist is empty.
#[derive(Debug)]
pub(super) struct CountryRow {
    pub(super) alpha3: &'static str,
    pub(super) alpha2: &'static str,
    pub(super) number: &'static str,
    pub(super) zh: &'static str,
    pub(super) en: &'static str,
}

impl Country {
    /// 中国
    pub const CHINA: Country = Country::known("CHN");
    /// 中国香港
    pub const HONG_KONG: Country = Country::known("HKG");
    /// 中国澳门
    pub const MACAO: Country = Country::known("MAC");
    /// 台澎金马关税区
    pub const TAIWAN: Country = Country::known("TWN");
    /// 国(地)别不详的
    pub const UNKNOWN: Country = Country::known("ZZZ");

    /// Reads two or three capital letters or three figures.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Country> {
        let index = match code.as_bytes() {
            [a @ b'0'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9'] => BY_NUMBER[number_key(*a, *b, *c)],
            [a @ b'A'..=b'Z', b @ b'A'..=b'Z'] => BY_ALPHA2[alpha2_key(*a, *b)],
            [a, b, c] => {
                let index = LETTERS.binary_search(&super::letters_key([*a, *b, *c])).ok()?;
                return u16::try_from(index).ok().map(Country);
            }
            _ => return None,
        };
        if index == NONE { None } else { Some(Country(index)) }
    }

    /// The country of an alpha-3 code that stands in the source; a mistake fails the build of a constant.
    ///
    /// # Panics
    ///
    /// When the table has no such code.
    #[must_use]
    pub const fn known(alpha3: &str) -> Country {
        let mut index = 0;
        while index < ROWS.len() {
            if is_same(ROWS[index].alpha3, alpha3) {
                return Country(index as u16);
            }
            index += 1;
        }
        panic!("no such alpha-3 code")
    }

    /// The alpha-3 code, or the customs number where there is none (999 alone).
    #[must_use]
    pub fn code(self) -> &'static str {
        self.alpha3().unwrap_or(self.row().number)
    }

    /// ISO alpha-3, or customs' own three letters where ISO has none.
    #[must_use]
    pub fn alpha3(self) -> Option<&'static str> {
        present(self.row().alpha3)
    }

    /// ISO alpha-2.
    #[must_use]
    pub fn alpha2(self) -> Option<&'static str> {
        present(self.row().alpha2)
    }

    /// The number customs used before 2018.
    #[must_use]
    pub fn customs_number(self) -> Option<&'static str> {
        present(self.row().number)
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

    /// Whether it is one place, and not customs' word for none, several or an organisation.
    #[must_use]
    pub fn is_place(self) -> bool {
        !matches!(self.code(), "ZAO" | "ZAS" | "ZEU" | "ZNA" | "ZOC" | "ZSA" | "ZUN" | "ZZZ" | "999")
    }

    /// All rows of the table, by alpha-3 code.
    pub fn all() -> impl Iterator<Item = Country> {
        (0..ROWS.len() as u16).map(Country)
    }

    fn row(self) -> &'static CountryRow {
        &ROWS[usize::from(self.0)]
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

const NONE: u16 = u16::MAX;

static BY_NUMBER: [u16; 1000] = {
    let mut index_of = [NONE; 1000];
    let mut index = 0;
    while index < ROWS.len() {
        if let [a, b, c] = ROWS[index].number.as_bytes() {
            let key = number_key(*a, *b, *c);
            assert!(index_of[key] == NONE, "a customs number stands twice");
            index_of[key] = index as u16;
        }
        index += 1;
    }
    let mut alias = 0;
    while alias < ALIASES.len() {
        let (number, alpha3) = ALIASES[alias];
        if let [a, b, c] = number.as_bytes() {
            let key = number_key(*a, *b, *c);
            assert!(index_of[key] == NONE, "an alias is a customs number too");
            index_of[key] = Country::known(alpha3).0;
        }
        alias += 1;
    }
    index_of
};

static BY_ALPHA2: [u16; 26 * 26] = {
    let mut index_of = [NONE; 26 * 26];
    let mut index = 0;
    while index < ROWS.len() {
        if let [a, b] = ROWS[index].alpha2.as_bytes() {
            let key = alpha2_key(*a, *b);
            assert!(index_of[key] == NONE, "an alpha-2 code stands twice");
            index_of[key] = index as u16;
        }
        index += 1;
    }
    index_of
};

/// The alpha-3 codes in the order of the table, as numbers: compared without a look at the table.
static LETTERS: [u32; ROWS.len()] = {
    let mut keys = [0; ROWS.len()];
    let mut index = 0;
    while index < ROWS.len() {
        if let [a, b, c] = ROWS[index].alpha3.as_bytes() {
            keys[index] = super::letters_key([*a, *b, *c]);
        }
        index += 1;
    }
    keys
};

const fn number_key(a: u8, b: u8, c: u8) -> usize {
    (a - b'0') as usize * 100 + (b - b'0') as usize * 10 + (c - b'0') as usize
}

const fn alpha2_key(a: u8, b: u8) -> usize {
    (a - b'A') as usize * 26 + (b - b'A') as usize
}

const fn present(text: &'static str) -> Option<&'static str> {
    if text.is_empty() { None } else { Some(text) }
}

const fn is_same(left: &str, right: &str) -> bool {
    !super::is_before(left, right) && !super::is_before(right, left)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn country(code: &str) -> Country {
        Country::from_code(code).unwrap_or_else(|| panic!("{code} is a country"))
    }

    #[test]
    fn three_systems_name_one_country() {
        for (alpha2, alpha3, number) in [
            ("CN", "CHN", "142"),
            ("HK", "HKG", "110"),
            ("MO", "MAC", "121"),
            ("TW", "TWN", "143"),
            ("KR", "KOR", "133"),
            ("KP", "PRK", "109"),
            ("RU", "RUS", "344"),
            ("GB", "GBR", "303"),
            ("US", "USA", "502"),
            ("DE", "DEU", "304"),
            ("JP", "JPN", "116"),
            ("AU", "AUS", "601"),
            ("CG", "COG", "213"),
            ("CD", "COD", "252"),
            ("DM", "DMA", "414"),
            ("DO", "DOM", "418"),
            ("GN", "GIN", "221"),
            ("GW", "GNB", "222"),
            ("RS", "SRB", "358"),
            ("ME", "MNE", "359"),
            ("CS", "SCG", "349"),
            ("AN", "ANT", "449"),
            ("IC", "CAI", "207"),
        ] {
            assert_eq!(country(alpha2), country(alpha3), "{alpha2}");
            assert_eq!(country(number), country(alpha3), "{number}");
            assert_eq!(country(alpha2).alpha2(), Some(alpha2));
            assert_eq!(country(alpha2).alpha3(), Some(alpha3));
            assert_eq!(country(alpha2).customs_number(), Some(number));
        }
    }

    #[test]
    fn names_stand_as_in_the_reference() {
        assert_eq!(Country::CHINA.name_zh(), "中国");
        assert_eq!(Country::CHINA.name_en(), "China");
        assert_eq!(Country::HONG_KONG.name_zh(), "中国香港");
        assert_eq!(Country::MACAO.name_zh(), "中国澳门");
        assert_eq!(Country::TAIWAN.name_zh(), "台澎金马关税区");
        assert_eq!(country("344").name_zh(), "俄罗斯联邦");
        assert_eq!(country("DE").name_en(), "Germany");
    }

    #[test]
    fn codes_of_customs_own() {
        for (letters, number) in [
            ("ZAS", "199"),
            ("ZAO", "299"),
            ("ZEU", "399"),
            ("ZSA", "499"),
            ("ZNA", "599"),
            ("ZOC", "699"),
            ("ZZZ", "701"),
            ("ZUN", "702"),
        ] {
            assert_eq!(country(letters), country(number));
            assert_eq!(country(letters).alpha2(), None);
            assert!(!country(letters).is_place(), "{letters}");
        }
        assert_eq!(Country::UNKNOWN.to_string(), "ZZZ");
        let neutral = country("999");
        assert_eq!((neutral.code(), neutral.alpha3(), neutral.is_place()), ("999", None, false));
        assert!(country("ZAF").is_place() && country("CAI").is_place());
    }

    #[test]
    fn islands_of_one_iso_country_are_that_country() {
        assert_eq!(country("409"), country("BES"));
        assert_eq!(country("436"), country("BQ"));
        assert_eq!(country("BES").customs_number(), Some("409"));
    }

    #[test]
    fn shape_decides() {
        // 156 is China in ISO's own numbers, which never occur here.
        for code in [
            "", "C", "cn", "chn", "CHNA", "14", "0142", "156", "000", "1A2", "C1", "C1N", "XX", "XXX", "中国",
        ] {
            assert_eq!(Country::from_code(code), None, "{code:?}");
        }
    }

    #[test]
    fn the_table_is_sorted_and_complete() {
        let codes: Vec<&str> = ROWS.iter().map(|row| row.alpha3).collect();
        assert!(codes.is_sorted_by(|left, right| left < right));
        assert_eq!(ROWS.iter().filter(|row| !row.number.is_empty()).count() + ALIASES.len(), 242);
        for country in Country::all() {
            assert_eq!(Country::from_code(country.code()), Some(country));
            assert_eq!(country.alpha2().map(Country::from_code).unwrap_or(Some(country)), Some(country));
            assert_eq!(
                country.customs_number().map(Country::from_code).unwrap_or(Some(country)),
                Some(country)
            );
            assert!(!country.name_zh().is_empty() && !country.name_en().is_empty());
        }
    }
}
