//! Which divisions the zone lies in, by day (DOC-053).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use model::code::division;
use serde::Deserialize;

/// Divisions of the zone.
#[derive(Clone, Debug)]
pub struct ZoneDivisions {
    by_code: Dated<String, ()>,
}

#[derive(Deserialize)]
struct Columns {
    division: String,
}

/// Figures of a division; what follows them names a part of it.
const DIGITS: usize = 6;

impl ZoneDivisions {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_code =
            read("zone divisions", text, Coverage::Sparse, |row: Columns| {
                match division::province(&row.division) {
                    Some(_) => Ok((row.division, ())),
                    None => Err(format!("{} is no division", row.division)),
                }
            })?;
        Ok(ZoneDivisions { by_code })
    }

    /// The place lies in the zone on this day; none when its code names no division.
    pub fn contain(&self, place: &str, day: Date) -> Option<bool> {
        let code = place.get(..DIGITS).filter(|code| division::province(code).is_some())?;
        Some(self.by_code.row(code, day).is_some())
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn towns_of_the_county_are_in_the_zone() {
        let tables = Tables::shipped().expect("shipped tables are good");
        let contain = |place| tables.zone_divisions.contain(place, date(2018, 6, 1));
        assert_eq!((contain("441323"), contain("44132310")), (Some(true), Some(true)));
        assert_eq!(contain("440307"), Some(false));
        assert_eq!((contain("44139"), contain("CHN"), contain("")), (None, None, None));
    }
}
