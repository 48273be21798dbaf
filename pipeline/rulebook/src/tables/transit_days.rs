//! Days at sea from departure to arrival, by destination (ruling D4).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use model::code::Country;
use serde::Deserialize;

/// Days by destination and day of departure.
#[derive(Clone, Debug)]
pub struct TransitDays {
    days: Dated<Option<Country>, i32>,
}

#[derive(Deserialize)]
struct Columns {
    destination: String,
    days: i32,
}

impl TransitDays {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let days = read("transit_days", text, Coverage::Gapless, |row: Columns| {
            if row.destination == "*" {
                return Ok((None, row.days));
            }
            let country = Country::from_code(&row.destination);
            country.map(|it| (Some(it), row.days)).ok_or_else(|| format!("{} is no country", row.destination))
        })?;
        Ok(TransitDays { days })
    }

    /// Days to this destination, or to any when it has no row of its own.
    pub fn to(&self, destination: Option<Country>, departed_on: Date) -> Option<i32> {
        let own = destination.and_then(|to| self.days.on(&Some(to), departed_on));
        own.or_else(|| self.days.on(&None, departed_on)).copied()
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use jiff::civil::date;
    use model::code::Country;

    #[test]
    fn thirty_days_to_anywhere() {
        let tables = Tables::shipped().expect("shipped tables are good");
        assert_eq!(tables.transit_days.to(Country::from_code("DEU"), date(2018, 6, 3)), Some(30));
        assert_eq!(tables.transit_days.to(None, date(2018, 6, 3)), Some(30));
    }
}
