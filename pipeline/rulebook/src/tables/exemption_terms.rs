//! How long a certificate of exemption lasts that names no last day (CHN-009).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use serde::Deserialize;

/// Terms in years, by first day of the certificate.
#[derive(Clone, Debug)]
pub struct ExemptionTerms {
    years: Dated<(), i16>,
}

#[derive(Deserialize)]
struct Columns {
    years: i16,
}

impl ExemptionTerms {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let years = read("exemption terms", text, Coverage::Gapless, |row: Columns| Ok(((), row.years)))?;
        Ok(ExemptionTerms { years })
    }

    /// First day after a certificate of this first day.
    pub fn end(&self, from: Date) -> Option<Date> {
        let years = *self.years.on(&(), from)?;
        from.checked_add(jiff::Span::new().years(years)).ok()
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn three_years() {
        let terms = Tables::shipped().expect("shipped tables are good").exemption_terms;
        assert_eq!(terms.end(date(2016, 3, 1)), Some(date(2019, 3, 1)));
        assert_eq!(terms.end(date(2016, 2, 29)), Some(date(2019, 2, 28)));
    }
}
