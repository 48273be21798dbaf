//! Which divisions there are, by day: provinces, and cities where a province has a row (DOC-008, ruling D8).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use model::code::division;
use serde::Deserialize;

/// Cities by province.
#[derive(Clone, Debug)]
pub struct Divisions {
    cities: Dated<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Columns {
    province: String,
    cities: Vec<String>,
}

impl Divisions {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let cities = read("divisions", text, Coverage::Gapless, |row: Columns| {
            if division::PROVINCES.is_known(&row.province) {
                Ok((row.province, row.cities))
            } else {
                Err(format!("{} is no province", row.province))
            }
        })?;
        Ok(Divisions { cities })
    }

    /// There may be a division of these six figures on this day.
    pub fn may_be(&self, code: &str, day: Date) -> bool {
        let Some(province) = division::province(code) else { return false };
        let cities = self.cities.on(province.code, day);
        cities.is_none_or(|cities| cities.iter().any(|city| code.get(2..4) == Some(city)))
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn huidong_is_in_huizhou_and_4499_is_nowhere() {
        let tables = Tables::shipped().expect("shipped tables are good");
        let may_be = |code| tables.divisions.may_be(code, date(2018, 6, 1));
        assert!(may_be("441323") && may_be("440000") && may_be("440308"));
        assert!(!may_be("449999") && !may_be("994413") && !may_be("4413"));
        assert!(may_be("359999"), "of Fujian the province is all that is known");
    }
}
