//! Number of the preferential agreement a form belongs to, by day of acceptance (domain-rules ORG-044).

use super::origin_forms::FormLetters;
use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use serde::Deserialize;

/// Agreement numbers by form.
#[derive(Clone, Debug)]
pub struct OriginAgreements {
    numbers: Dated<FormLetters, String>,
}

#[derive(Deserialize)]
struct Columns {
    form: String,
    agreement: String,
}

impl OriginAgreements {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let numbers = read("origin_agreements", text, Coverage::Sparse, |row: Columns| {
            let letters =
                FormLetters::read(&row.form).ok_or_else(|| format!("no form letters: {}", row.form))?;
            Ok((letters, row.agreement))
        })?;
        Ok(OriginAgreements { numbers })
    }

    /// The number the preference block names for this form; none where no block is asked for.
    pub fn number(&self, letters: &str, accepted_on: Date) -> Option<&str> {
        self.numbers.on(&FormLetters::read(letters)?, accepted_on).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn the_block_begins_on_the_tenth_of_may_2021() {
        let table = Tables::shipped().expect("shipped tables are good").origin_agreements;
        assert_eq!(table.number("E", date(2021, 5, 9)), None);
        assert_eq!(table.number("E", date(2021, 5, 10)), Some("03"));
        assert_eq!(table.number("RC", date(2022, 1, 1)), Some("22"));
        assert_eq!(table.number("G", date(2022, 1, 1)), None);
    }
}
