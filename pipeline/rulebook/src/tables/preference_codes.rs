//! Export preference, the second declared element, by day (DOC-023).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use serde::Deserialize;

/// Codes of the export preference.
#[derive(Clone, Debug)]
pub struct PreferenceCodes {
    by_code: Dated<String, Preference>,
}

/// What a code says of a preference at the destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preference {
    /// The goods have it.
    Claimed,
    /// They do not.
    NotClaimed,
    /// The firm cannot tell.
    Open,
    /// No code of an export.
    Import,
}

#[derive(Deserialize)]
struct Columns {
    code: String,
    says: Preference,
}

impl PreferenceCodes {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_code =
            read("preference codes", text, Coverage::Gapless, |row: Columns| Ok((row.code, row.says)))?;
        Ok(PreferenceCodes { by_code })
    }

    /// What the code says on this day.
    pub fn on(&self, code: &str, day: Date) -> Option<Preference> {
        self.by_code.on(code, day).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::Preference;
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn four_codes_of_which_one_claims() {
        let tables = Tables::shipped().expect("shipped tables are good");
        let says = |code| tables.preference_codes.on(code, date(2018, 6, 1));
        use Preference::{Claimed, Import, NotClaimed, Open};
        assert_eq!(["0", "1", "2", "3"].map(says), [NotClaimed, Claimed, Open, Import].map(Some));
        assert_eq!(says("4"), None);
    }
}
