//! Which form serves which destination on which day of issue, and the criteria it may carry there
//! (domain-rules 8.1, 8.3, 8.4).

use super::origin_forms::FormLetters;
use super::{Coverage, Dated, Row, TableError, read_each};
use jiff::civil::Date;
use model::code::Country;
use serde::Deserialize;

/// A destination, or any.
type Destination = Option<Country>;

/// What a form may say for a destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Criteria of origin; none where the form has no box for them.
    pub criteria: Option<Vec<Criterion>>,
    /// The letters that serve the destination after this row.
    pub successor: Option<String>,
    /// The customs union of the destination.
    pub union: Option<String>,
    /// Greatest number of goods lines; none where there is no limit.
    pub items_max: Option<usize>,
}

/// One entry of the criterion box, as a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// These letters and nothing else.
    Code(String),
    /// These letters, then a share in per cent: `57%`, `B 35.5%`.
    Share(String),
    /// These letters, then a heading: `W 64.03`.
    Heading(String),
    /// These letters, alone or with ACU, DMI or both (RCEP).
    Suffixed(String),
}

/// What may follow an RCEP criterion.
const SUFFIXES: [&str; 2] = ["ACU", "DMI"];

/// The word may follow an RCEP criterion and is none by itself.
pub fn is_suffix(word: &str) -> bool {
    SUFFIXES.iter().any(|suffix| suffix.eq_ignore_ascii_case(word))
}

impl Criterion {
    fn read(pattern: &str) -> Self {
        let head = |tail: &str| pattern.strip_suffix(tail).map(|head| head.trim_end().to_owned());
        if let Some(head) = head("nn%") {
            Criterion::Share(head)
        } else if let Some(head) = head("heading") {
            Criterion::Heading(head)
        } else if let Some(head) = head("+") {
            Criterion::Suffixed(head)
        } else {
            Criterion::Code(pattern.to_owned())
        }
    }

    fn matches(&self, said: &str) -> bool {
        match self {
            Criterion::Code(code) => said == code,
            Criterion::Share(head) => said.strip_prefix(head.as_str()).is_some_and(is_share),
            Criterion::Heading(head) => said.strip_prefix(head.as_str()).is_some_and(is_heading),
            Criterion::Suffixed(head) => said.strip_prefix(head.as_str()).is_some_and(are_suffixes),
        }
    }
}

fn is_share(text: &str) -> bool {
    text.strip_suffix('%').and_then(model::decimal::Decimal::parse).is_some_and(|share| !share.is_negative())
}

fn is_heading(text: &str) -> bool {
    let n_digits = text.bytes().filter(u8::is_ascii_digit).count();
    n_digits == 4 && (text.len() == 4 || (text.len() == 5 && text.as_bytes()[2] == b'.'))
}

fn are_suffixes(text: &str) -> bool {
    let rest = SUFFIXES.iter().fold(text, |rest, suffix| rest.strip_prefix(suffix).unwrap_or(rest));
    rest.is_empty()
}

/// What a criterion box says, without blanks, quotes and separators, in capitals; held in place.
struct Said {
    bytes: [u8; Said::LENGTH_MAX],
    len: usize,
}

impl Said {
    /// The longest entry, `CTC ACU DMI` or `RVC 57.25%`, is half as long.
    const LENGTH_MAX: usize = 24;

    /// Reads a box that may stand in two fields; `None` when it is longer than any criterion.
    fn read(code: &str, auxiliary: &str) -> Option<Said> {
        let mut said = Said { bytes: [0; Self::LENGTH_MAX], len: 0 };
        for byte in code.bytes().chain(auxiliary.bytes()) {
            if matches!(byte, b' ' | b'"' | b'\'' | b',' | b';' | b'/' | b'+' | b'\n' | b'\t') {
                continue;
            }
            *said.bytes.get_mut(said.len)? = byte.to_ascii_uppercase();
            said.len += 1;
        }
        Some(said)
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or("")
    }
}

impl Service {
    /// The form may say this for the destination. Some senders split the box: code, and share or heading beside it.
    pub fn allows(&self, code: &str, auxiliary: &str) -> bool {
        let Some(criteria) = &self.criteria else { return true };
        [Said::read(code, auxiliary), Said::read(code, "")]
            .iter()
            .flatten()
            .any(|said| criteria.iter().any(|criterion| criterion.matches(said.text())))
    }
}

/// Forms by destination and day.
#[derive(Clone, Debug)]
pub struct OriginDestinations {
    services: Dated<(FormLetters, Destination), Service>,
}

#[derive(Deserialize)]
struct Columns {
    form: String,
    destinations: Vec<String>,
    criteria: Option<Vec<String>>,
    successor: Option<String>,
    union: Option<String>,
    items_max: Option<usize>,
}

impl OriginDestinations {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let services = read_each("origin_destinations", text, Coverage::Sparse, |row: Columns| {
            let letters =
                FormLetters::read(&row.form).ok_or_else(|| format!("no form letters: {}", row.form))?;
            let criteria = row.criteria.map(|all| all.iter().map(|one| Criterion::read(one)).collect());
            let service =
                Service { criteria, successor: row.successor, union: row.union, items_max: row.items_max };
            row.destinations.iter().map(|code| Ok(((letters, destination(code)?), service.clone()))).collect()
        })?;
        Ok(OriginDestinations { services })
    }

    /// What the form may say for this destination when it is issued on this day; `None` when it is not issued for it.
    pub fn service(&self, letters: &str, to: Destination, issued_on: Date) -> Option<&Service> {
        let letters = FormLetters::read(letters)?;
        let own = to.and_then(|to| self.services.on(&(letters, Some(to)), issued_on));
        own.or_else(|| self.services.on(&(letters, None), issued_on))
    }

    /// The row that ended last before this day, else the first that begins after it.
    pub fn nearest(&self, letters: &str, to: Destination, day: Date) -> Option<&Row<Service>> {
        let rows = self.services.rows.get(&(FormLetters::read(letters)?, to))?;
        rows.iter().rev().find(|row| row.to <= day).or_else(|| rows.iter().find(|row| day < row.from))
    }
}

fn destination(code: &str) -> Result<Destination, String> {
    if code == "*" {
        return Ok(None);
    }
    Country::from_code(code).map(Some).ok_or_else(|| format!("{code} is no country"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;
    use jiff::civil::date;

    fn table() -> OriginDestinations {
        Tables::shipped().expect("shipped tables are good").origin_destinations
    }

    #[test]
    fn forms_begin_and_end_by_destination() {
        let table = table();
        for (letters, to, day, serves) in [
            ("G", "DEU", date(2021, 11, 30), true),
            ("G", "DEU", date(2021, 12, 1), false),
            ("G", "NOR", date(2022, 2, 1), true),
            ("G", "CHE", date(2013, 12, 31), true),
            ("G", "CHE", date(2014, 1, 1), false),
            ("G", "JPN", date(2019, 3, 31), true),
            ("G", "JPN", date(2019, 4, 1), false),
            ("G", "KAZ", date(2021, 10, 12), false),
            ("G", "USA", date(2018, 6, 1), false),
            ("E", "VNM", date(2018, 6, 1), true),
            ("RC", "JPN", date(2021, 12, 31), false),
            ("RC", "KOR", date(2022, 2, 1), true),
            ("RC", "MYS", date(2022, 3, 17), false),
            ("RC", "PHL", date(2023, 6, 2), true),
            ("S", "SGP", date(2008, 1, 1), true),
            ("S", "SGP", date(2022, 1, 1), false),
            ("X", "SGP", date(2022, 1, 1), true),
            ("S", "CHE", date(2018, 6, 1), true),
            ("C", "USA", date(2018, 6, 1), true),
        ] {
            assert_eq!(
                table.service(letters, Country::from_code(to), day).is_some(),
                serves,
                "{letters} {to} {day}"
            );
        }
    }

    #[test]
    fn criteria_by_form_day_and_destination() {
        let table = table();
        for (letters, to, day, said, allowed) in [
            ("E", "VNM", date(2019, 8, 19), "PE", false),
            ("E", "VNM", date(2019, 8, 20), "PE", true),
            ("E", "VNM", date(2018, 6, 1), "57%", true),
            ("E", "VNM", date(2018, 6, 1), "57", false),
            ("E", "VNM", date(2018, 6, 1), "", false),
            ("E", "VNM", date(2020, 6, 1), "RVC 57%", true),
            ("G", "DEU", date(2018, 6, 1), "\"W\" 64.03", true),
            ("G", "DEU", date(2018, 6, 1), "W6403", true),
            ("G", "DEU", date(2018, 6, 1), "W", false),
            ("G", "DEU", date(2018, 6, 1), "F", false),
            ("G", "CAN", date(2018, 6, 1), "F", true),
            ("G", "RUS", date(2018, 6, 1), "Y 35.9%", true),
            ("G", "AUS", date(2018, 6, 1), "", true),
            ("B", "IND", date(2018, 6, 1), "B 35%", true),
            ("B", "IND", date(2018, 6, 1), "b35%", true),
            ("B", "IND", date(2018, 6, 1), "B", false),
            ("RC", "JPN", date(2022, 6, 1), "CTC DMI", true),
            ("RC", "JPN", date(2022, 6, 1), "CTC, ACU, DMI", true),
            ("RC", "JPN", date(2022, 6, 1), "DMI", false),
            ("RC", "JPN", date(2022, 6, 1), "PSR", false),
            ("RC", "JPN", date(2022, 6, 1), "wholly obtained or produced entirely", false),
            ("C", "USA", date(2018, 6, 1), "6403", true),
        ] {
            let service = table.service(letters, Country::from_code(to), day).expect("the form serves it");
            assert_eq!(service.allows(said, ""), allowed, "{letters} {to} {day} {said:?}");
        }
    }

    #[test]
    fn a_criterion_may_stand_in_two_fields() {
        let table = table();
        let service = table.service("G", Country::from_code("DEU"), date(2018, 6, 1)).expect("served");
        assert!(service.allows("W", "64.03"));
        assert!(service.allows("P", "100% local"));
        assert!(!service.allows("W", ""));
    }

    #[test]
    fn the_nearest_row_says_when_a_form_ended_or_began() {
        let table = table();
        let nearest = |letters, to, day| {
            table.nearest(letters, Country::from_code(to), day).map(|row| (row.from, row.to))
        };
        assert_eq!(nearest("G", "DEU", date(2022, 1, 1)), Some((Date::MIN, date(2021, 12, 1))));
        assert_eq!(nearest("RC", "KOR", date(2022, 1, 1)), Some((date(2022, 2, 1), Date::MAX)));
        assert_eq!(nearest("G", "USA", date(2022, 1, 1)), None);
    }
}
