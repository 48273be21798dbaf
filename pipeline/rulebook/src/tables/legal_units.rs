//! The statutory units quantities are counted in, by heading and day (DOC-024).

use super::headings::ByHeading;
use super::{Coverage, TableError, read_each};
use jiff::civil::Date;
use model::code::unit;
use serde::Deserialize;

/// Statutory units by heading of chapter 64.
#[derive(Clone, Debug)]
pub struct LegalUnits {
    by_heading: ByHeading<Units>,
}

/// First and second statutory unit.
#[derive(Clone, Debug, Deserialize)]
pub struct Units {
    /// First.
    pub first: String,
    /// Second.
    pub second: String,
}

#[derive(Deserialize)]
struct Columns {
    headings: Vec<String>,
    #[serde(flatten)]
    units: Units,
}

impl LegalUnits {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let dated = read_each("legal units", text, Coverage::Gapless, |row: Columns| {
            for code in [&row.units.first, &row.units.second] {
                if !unit::LIST.is_known(code) {
                    return Err(format!("{code} is no unit"));
                }
            }
            Ok(row.headings.into_iter().map(|heading| (heading, row.units.clone())).collect())
        })?;
        Ok(LegalUnits { by_heading: ByHeading::new("legal units", dated)? })
    }

    /// Units of this code on this day.
    pub fn on(&self, commodity_code: &str, day: Date) -> Option<&Units> {
        self.by_heading.on(commodity_code, day)
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn shoes_have_units_and_parts_have_none_yet() {
        let tables = Tables::shipped().expect("shipped tables are good");
        let units = tables.legal_units.on("6403990090", date(2018, 6, 1)).expect("6403 has a row");
        assert_eq!((units.first.as_str(), units.second.as_str()), ("035", "025"));
        assert!(tables.legal_units.on("6406109000", date(2018, 6, 1)).is_none());
        assert!(tables.legal_units.on("4202210090", date(2018, 6, 1)).is_none());
    }
}
