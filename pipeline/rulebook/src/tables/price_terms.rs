//! Which charges a price term must carry on export, by day (DOC-035, ruling D7).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use model::code::price_term;
use serde::Deserialize;

/// Needed charges by price term.
#[derive(Clone, Debug)]
pub struct PriceTerms {
    by_term: Dated<u8, Charges>,
}

/// What one term must carry.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Charges {
    /// Freight.
    pub freight: bool,
    /// Insurance.
    pub insurance: bool,
}

#[derive(Deserialize)]
struct Columns {
    term: String,
    #[serde(flatten)]
    charges: Charges,
}

impl PriceTerms {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_term = read("price terms", text, Coverage::Gapless, |row: Columns| {
            let term = key(&row.term).filter(|_| price_term::LIST.is_known(&row.term));
            Ok((term.ok_or_else(|| format!("{} is no price term", row.term))?, row.charges))
        })?;
        Ok(PriceTerms { by_term })
    }

    /// What this term must carry on this day.
    pub fn on(&self, term: &str, day: Date) -> Option<Charges> {
        self.by_term.on(&key(term)?, day).copied()
    }
}

fn key(term: &str) -> Option<u8> {
    match term.as_bytes() {
        [term] => Some(*term),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use jiff::civil::date;
    use model::code::price_term;

    #[test]
    fn every_term_of_the_list_has_a_row() {
        let tables = Tables::shipped().expect("shipped tables are good");
        for row in price_term::LIST.rows() {
            assert!(tables.price_terms.on(row.code, date(2018, 6, 1)).is_some(), "{}", row.code);
        }
        assert!(tables.price_terms.on("8", date(2018, 6, 1)).is_none());
    }
}
