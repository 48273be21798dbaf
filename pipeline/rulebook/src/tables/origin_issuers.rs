//! Who may issue which form of certificate on which day (domain-rules ORG-004).

use super::origin_forms::FormLetters;
use super::origin_phrases::{OriginPhrases, Phrases};
use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use serde::Deserialize;

/// A body that issues certificates.
#[derive(Clone, Debug)]
struct Issuer {
    /// Offices are coded by four figures.
    is_coded: bool,
    /// Lists of words that name it.
    names: Vec<Phrases>,
    /// The forms it issues; none where it issues all.
    forms: Option<Vec<FormLetters>>,
}

/// Issuers by name and day.
#[derive(Clone, Debug)]
pub struct OriginIssuers {
    issuers: Dated<String, Issuer>,
}

#[derive(Deserialize)]
struct Columns {
    issuer: String,
    office: Vec<Office>,
    forms: Vec<String>,
}

/// How an issuer stands in the message.
#[derive(Clone, Copy, Deserialize)]
#[serde(untagged)]
enum Office {
    Coded(Coded),
    Named(Phrases),
}

#[derive(Clone, Copy, Deserialize)]
enum Coded {
    #[serde(rename = "nnnn")]
    FourFigures,
}

impl OriginIssuers {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let issuers = read("origin_issuers", text, Coverage::Sparse, |row: Columns| {
            let is_all = row.forms.iter().any(|form| form == "*");
            let letters =
                |form: &String| FormLetters::read(form).ok_or_else(|| format!("no form letters: {form}"));
            let forms =
                if is_all { None } else { Some(row.forms.iter().map(letters).collect::<Result<_, _>>()?) };
            let is_coded =
                row.office.iter().any(|office| matches!(office, Office::Coded(Coded::FourFigures)));
            let named = |office: &Office| match office {
                Office::Named(list) => Some(*list),
                Office::Coded(_) => None,
            };
            let names = row.office.iter().filter_map(named).collect();
            Ok((row.issuer, Issuer { is_coded, names, forms }))
        })?;
        Ok(OriginIssuers { issuers })
    }

    /// Somebody known by this code or name may issue the form on this day.
    pub fn may_issue(&self, office: &str, letters: &str, issued_on: Date, phrases: &OriginPhrases) -> bool {
        let Some(letters) = FormLetters::read(letters) else { return false };
        self.issuers.keys().filter_map(|name| self.issuers.on(name, issued_on)).any(|issuer| {
            issuer.is_meant(office, issued_on, phrases)
                && issuer.forms.as_ref().is_none_or(|forms| forms.contains(&letters))
        })
    }
}

impl Issuer {
    fn is_meant(&self, office: &str, day: Date, phrases: &OriginPhrases) -> bool {
        let is_code = office.len() == 4 && office.bytes().all(|byte| byte.is_ascii_digit());
        self.is_coded && is_code || self.names.iter().any(|list| phrases.within(*list, office, day).is_some())
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn issuers_by_form_and_day() {
        let tables = Tables::shipped().expect("shipped tables are good");
        for (office, form, day, may) in [
            ("4413", "E", date(2018, 4, 19), true),
            ("4413", "E", date(2018, 4, 20), true),
            ("GUANGDONG CIQ", "E", date(2018, 4, 19), true),
            ("GUANGDONG CIQ", "E", date(2018, 4, 20), false),
            ("惠州海关", "G", date(2018, 4, 20), true),
            ("惠州海关", "G", date(2018, 4, 19), false),
            ("CCPIT HUIZHOU", "RC", date(2022, 6, 1), true),
            ("CCPIT HUIZHOU", "G", date(2018, 6, 1), false),
            ("SUN CHAMBER LTD", "RC", date(2022, 6, 1), false),
        ] {
            let said = tables.origin_issuers.may_issue(office, form, day, &tables.origin_phrases);
            assert_eq!(said, may, "{office} {form} {day}");
        }
    }
}
