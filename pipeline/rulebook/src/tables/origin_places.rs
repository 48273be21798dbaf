//! Countries and ports by the English names that stand on certificates (ORG-012, ORG-032, ORG-033, ORG-035).

use super::{Coverage, Dated, TableError, read_each};
use jiff::civil::Date;
use model::code::Country;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::borrow::Cow;

/// Places by name.
#[derive(Clone, Debug)]
pub struct OriginPlaces {
    places: Dated<String, Country>,
    /// The names of the list of countries: English in capitals, Chinese.
    countries: FxHashMap<String, Country>,
    /// Last words of all names: few texts end with one.
    last_words: FxHashSet<String>,
}

#[derive(Deserialize)]
struct Columns {
    country: String,
    names: Vec<String>,
}

/// The longest name has so many words; more are not tried.
const NAME_WORDS_MAX: usize = 6;

impl OriginPlaces {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let places = read_each("origin_places", text, Coverage::Sparse, |row: Columns| {
            let country =
                Country::from_code(&row.country).ok_or_else(|| format!("{} is no country", row.country))?;
            Ok(row.names.into_iter().map(|name| (name, country)).collect())
        })?;
        let named = Country::all().filter(|country| country.is_place());
        let names = |country: Country| {
            [(country.name_en().to_uppercase(), country), (country.name_zh().to_owned(), country)]
        };
        let countries: FxHashMap<String, Country> = named.flat_map(names).collect();
        let last_words =
            places.keys().chain(countries.keys()).map(|name| last_word(name).to_owned()).collect();
        Ok(OriginPlaces { places, countries, last_words })
    }

    /// The country an address or a port box names at its end; the last part of it that names one counts.
    ///
    /// `9 QUEEN STREET, HONG KONG` is Hong Kong, `LONG BEACH, CA` the United States, `SHUN FAT LTD` no country.
    pub fn country(&self, text: &str, day: Date) -> Option<Country> {
        let text = capitals(text);
        let parts: Vec<&str> =
            text.split([',', '\n', ';']).map(trimmed).filter(|part| !part.is_empty()).collect();
        (0..parts.len()).rev().find_map(|idx| {
            let own = self.ends_with(parts[idx], day);
            if own.is_some_and(|own| own != Country::CHINA) {
                return own;
            }
            // `HONG KONG, CHINA` and `KOREA, REPUBLIC OF` are one name.
            let before = idx.checked_sub(1).filter(|_| self.may_end_with(parts[idx]));
            let both = |before: usize| [parts[before], parts[idx]].join(", ");
            before.and_then(|before| self.ends_with(&both(before), day)).or(own)
        })
    }

    /// The place the last words of a text name: the longest name there is.
    fn ends_with(&self, text: &str, day: Date) -> Option<Country> {
        if !self.may_end_with(text) {
            return None;
        }
        let mut starts: Vec<usize> =
            text.rmatch_indices(' ').map(|(at, _)| at + 1).take(NAME_WORDS_MAX).collect();
        if starts.len() < NAME_WORDS_MAX {
            starts.push(0);
        }
        starts.into_iter().rev().find_map(|start| self.named(&text[start..], day))
    }

    /// Some name ends as this text does.
    fn may_end_with(&self, text: &str) -> bool {
        self.last_words.contains(last_word(text))
    }

    fn named(&self, name: &str, day: Date) -> Option<Country> {
        self.places.on(name, day).or_else(|| self.countries.get(name)).copied()
    }
}

/// In capitals, as most texts are already.
fn capitals(text: &str) -> Cow<'_, str> {
    let are_all = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_lowercase());
    if are_all { text.into() } else { text.to_uppercase().into() }
}

fn last_word(text: &str) -> &str {
    text.rsplit_once(' ').map_or(text, |(_, word)| word)
}

/// `(HAMBURG PORT)` is Hamburg; `U.S.A.` keeps its points.
fn trimmed(part: &str) -> &str {
    let part = part.trim_matches(|sign: char| sign.is_whitespace() || matches!(sign, '(' | ')' | '"' | '*'));
    let part = part.strip_suffix(" PORT").unwrap_or(part);
    let n_points = part.bytes().filter(|byte| *byte == b'.').count();
    if n_points == 1 { part.trim_end_matches('.') } else { part }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn the_country_stands_at_the_end() {
        let table = Tables::shipped().expect("shipped tables are good").origin_places;
        for (text, country) in [
            ("SCHUHHAUS GMBH\nHAMBURG, GERMANY", Some("DEU")),
            ("9 QUEEN STREET, HONG KONG", Some("HKG")),
            ("9 QUEEN STREET, Hong Kong, China", Some("HKG")),
            ("YANTIAN, SHENZHEN, CHINA", Some("CHN")),
            ("SHENZHEN CHINA", Some("CHN")),
            ("HAI PHONG PORT", Some("VNM")),
            ("PORT OF ROTTERDAM", Some("NLD")),
            ("BUSAN, REPUBLIC OF KOREA", Some("KOR")),
            ("LONG BEACH, CA", Some("USA")),
            ("LOS ANGELES, U.S.A.", Some("USA")),
            ("GERMANY.", Some("DEU")),
            ("SEOUL, KOREA, REPUBLIC OF", Some("KOR")),
            ("中国香港", Some("HKG")),
            ("SCHUHHAUS GMBH", None),
            ("CHINA STAR SHOES CO., LTD.", None),
            ("***", None),
            ("", None),
        ] {
            let found = table.country(text, date(2018, 6, 1)).map(Country::code);
            assert_eq!(found, country, "{text}");
        }
    }
}
