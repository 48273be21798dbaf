//! Which goods leave with a permit only, by day (DOC-019).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use model::code::licence;
use serde::Deserialize;

/// Permits by heading.
#[derive(Clone, Debug)]
pub struct Permits {
    by_heading: Dated<String, Permit>,
}

/// The goods of a heading that need a permit.
#[derive(Clone, Debug, Deserialize)]
pub struct Permit {
    suffix: String,
    /// Letters of the licence documents, any one of which will do.
    pub permits: Vec<String>,
}

#[derive(Deserialize)]
struct Columns {
    heading: String,
    #[serde(flatten)]
    permit: Permit,
}

/// Digits of a heading.
const HEADING_DIGITS: usize = 4;
/// Digits of a whole code.
const CODE_DIGITS: usize = 10;

impl Permits {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_heading = read("permits", text, Coverage::Sparse, |row: Columns| {
            match row.permit.permits.iter().find(|letter| !licence::LIST.is_known(letter)) {
                Some(unknown) => Err(format!("{unknown} is no licence document")),
                None if row.heading.len() != HEADING_DIGITS => Err("a heading has four digits".to_owned()),
                None => Ok((row.heading, row.permit)),
            }
        })?;
        Ok(Permits { by_heading })
    }

    /// The permit that goods of this code need on this day.
    pub fn on(&self, commodity_code: &str, day: Date) -> Option<&Permit> {
        let heading = commodity_code.get(..HEADING_DIGITS)?;
        let permit = self.by_heading.on(heading, day)?;
        (commodity_code.len() == CODE_DIGITS && commodity_code.ends_with(&permit.suffix)).then_some(permit)
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn the_last_two_of_ten_digits_tell() {
        let tables = Tables::shipped().expect("shipped tables are good");
        let needs = |code| tables.permits.on(code, date(2018, 6, 1)).is_some();
        assert!(needs("6403990010") && needs("6403911110"));
        assert!(!needs("6403990090") && !needs("6404190010") && !needs("64039910") && !needs(""));
    }
}
