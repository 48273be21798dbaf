//! Which duty modes are normal on export, by levy category and day (DOC-045).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use model::code::{duty_mode, levy};
use serde::Deserialize;

/// Normal duty modes.
#[derive(Clone, Debug)]
pub struct DutyModes {
    by_category: Dated<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Columns {
    levy_category: String,
    normal: Vec<String>,
}

/// The row of categories that have none of their own.
const ANY_OTHER: &str = "";

impl DutyModes {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_category = read("duty modes", text, Coverage::Gapless, |row: Columns| {
            let category = row.levy_category;
            if category != ANY_OTHER && !levy::LIST.is_known(&category) {
                return Err(format!("{category} is no levy category"));
            }
            match row.normal.iter().find(|mode| !duty_mode::LIST.is_known(mode)) {
                Some(unknown) => Err(format!("{unknown} is no duty mode")),
                None => Ok((category, row.normal)),
            }
        })?;
        Ok(DutyModes { by_category })
    }

    /// The normal modes of this category on this day.
    pub fn on(&self, levy_category: &str, day: Date) -> Option<&[String]> {
        let own = self.by_category.on(levy_category, day);
        own.or_else(|| self.by_category.on(ANY_OTHER, day)).map(Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn a_category_without_a_row_goes_by_the_common_one() {
        let tables = Tables::shipped().expect("shipped tables are good");
        let on = |category| tables.duty_modes.on(category, date(2018, 6, 1)).expect("there is a row");
        assert_eq!(on("101"), ["1"]);
        assert_eq!(on("299"), on(""));
        assert_eq!(on("502"), ["1", "3"]);
    }
}
