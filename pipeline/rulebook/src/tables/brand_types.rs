//! Brand types, the first declared element, by day (DOC-022).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use serde::Deserialize;

/// Brand types.
#[derive(Clone, Debug)]
pub struct BrandTypes {
    is_own: Dated<String, bool>,
}

#[derive(Deserialize)]
struct Columns {
    code: String,
    own: bool,
}

impl BrandTypes {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let is_own = read("brand types", text, Coverage::Gapless, |row: Columns| Ok((row.code, row.own)))?;
        Ok(BrandTypes { is_own })
    }

    /// Whether a mark of this type is the firm's own; none when there is no such type on this day.
    pub fn is_own(&self, code: &str, day: Date) -> Option<bool> {
        self.is_own.on(code, day).copied()
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn five_types_of_which_two_are_the_firms_own() {
        let tables = Tables::shipped().expect("shipped tables are good");
        let own = |code| tables.brand_types.is_own(code, date(2018, 6, 1));
        assert_eq!(["0", "1", "2", "3", "4"].map(own), [false, true, true, false, false].map(Some));
        assert_eq!(own("5"), None);
        assert!(tables.brand_types.is_own("1", date(2017, 12, 31)).is_none());
    }
}
