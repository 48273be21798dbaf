//! Towns of the zone and of its county (ZON-009).

use super::{Coverage, Dated, TableError, read_each};
use jiff::civil::Date;
use serde::Deserialize;

/// Towns by name and day.
#[derive(Clone, Debug)]
pub struct ZoneTowns {
    by_name: Dated<String, bool>,
}

/// Where a site of production lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Site {
    /// In a town of the zone.
    Zone,
    /// Elsewhere in its county: it takes an admission.
    County,
    /// In another county.
    Elsewhere,
}

#[derive(Deserialize)]
struct Columns {
    names: Vec<String>,
    admission: bool,
}

impl ZoneTowns {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_name = read_each("zone towns", text, Coverage::Sparse, |row: Columns| {
            Ok(row.names.into_iter().map(|name| (name, row.admission)).collect())
        })?;
        Ok(ZoneTowns { by_name })
    }

    /// Where this town lies.
    pub fn site(&self, town: &str, day: Date) -> Site {
        match self.by_name.on(town.trim(), day) {
            Some(false) => Site::Zone,
            Some(true) => Site::County,
            None => Site::Elsewhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn four_towns_the_county_and_the_rest() {
        let towns = Tables::shipped().expect("shipped tables are good").zone_towns;
        let site = |town| towns.site(town, date(2018, 6, 1));
        assert_eq!(["平山街道", "大岭镇", "吉隆镇", "黄埠"].map(site), [Site::Zone; 4]);
        assert_eq!(site("稔山镇"), Site::County);
        assert_eq!(site("淡水街道"), Site::Elsewhere);
    }

    #[test]
    fn a_town_of_two_rows_does_not_load() {
        let row = "[[row]]\nnames = [\"吉隆\"]\nadmission = false\ncitation = \"x\"\nbasis = \"B\"\n";
        assert!(ZoneTowns::parse(&row.repeat(2)).is_err());
    }
}
