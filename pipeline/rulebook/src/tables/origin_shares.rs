//! Shares of value a criterion of origin stands for (domain-rules ORG-020, ORG-024, ORG-025).

use super::origin_forms::FormLetters;
use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use model::decimal::Decimal;
use serde::Deserialize;

/// What a printed share is a share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum States {
    /// What was made here.
    Local,
    /// What was imported.
    Imported,
}

/// What a criterion asks of the shares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares {
    /// What the box prints.
    pub states: Option<States>,
    /// Least local share, in per cent.
    pub local_min: Option<Decimal>,
    /// Greatest imported share, in per cent.
    pub imported_max: Option<Decimal>,
    /// How far the printed share may lie from the computed one, in points.
    pub printed_off: Option<Decimal>,
}

/// The letters of a criterion, in capitals and held in place; none for a bare share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Letters([u8; Letters::MAX]);

impl Letters {
    /// No criterion with a share has more.
    const MAX: usize = 4;

    fn read(code: &str) -> Option<Self> {
        let mut letters = [0; Self::MAX];
        let held = letters.get_mut(..code.len())?;
        held.copy_from_slice(code.as_bytes());
        held.make_ascii_uppercase();
        Some(Letters(letters))
    }
}

/// Shares by form and the letters of the criterion.
#[derive(Clone, Debug)]
pub struct OriginShares {
    shares: Dated<(FormLetters, Letters), Shares>,
}

#[derive(Deserialize)]
struct Columns {
    form: String,
    code: String,
    states: Option<States>,
    local_min: Option<String>,
    imported_max: Option<String>,
    printed_off: Option<String>,
}

impl OriginShares {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let shares = read("origin_shares", text, Coverage::Sparse, |row: Columns| {
            let letters =
                FormLetters::read(&row.form).ok_or_else(|| format!("no form letters: {}", row.form))?;
            let shares = Shares {
                states: row.states,
                local_min: points(row.local_min)?,
                imported_max: points(row.imported_max)?,
                printed_off: points(row.printed_off)?,
            };
            let code = Letters::read(&row.code).ok_or_else(|| format!("no criterion: {}", row.code))?;
            Ok(((letters, code), shares))
        })?;
        Ok(OriginShares { shares })
    }

    /// What the form asks on this day where its criterion begins with these letters.
    pub fn shares(&self, letters: &str, code: &str, issued_on: Date) -> Option<&Shares> {
        self.shares.on(&(FormLetters::read(letters)?, Letters::read(code)?), issued_on)
    }
}

fn points(text: Option<String>) -> Result<Option<Decimal>, String> {
    text.map(|text| Decimal::parse(&text).ok_or_else(|| format!("no share: {text}"))).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn forty_per_cent() {
        let table = Tables::shipped().expect("shipped tables are good").origin_shares;
        let shares = |form, code| table.shares(form, code, date(2018, 6, 1));
        let forty = Decimal::parse("40");
        assert_eq!(
            shares("E", "").map(|shares| (shares.local_min, shares.states)),
            Some((forty, Some(States::Local)))
        );
        assert_eq!(shares("G", "F").map(|shares| shares.imported_max), Some(forty));
        assert_eq!(shares("G", "Y").map(|shares| shares.states), Some(Some(States::Imported)));
        assert_eq!(shares("E", "RVC"), None);
        assert_eq!(shares("G", "P"), None);
    }
}
