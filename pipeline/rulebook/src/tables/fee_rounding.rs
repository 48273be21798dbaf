//! To how many places a fee head is rounded (FEE-005, ruling F2).

use super::{Coverage, Dated, TableError, read};
use crate::fees::Nature;
use jiff::civil::Date;
use model::decimal::Decimal;
use serde::Deserialize;

/// Decimal places by nature of the head and day.
#[derive(Clone, Debug)]
pub struct FeeRounding {
    places: Dated<Nature, u32>,
}

#[derive(Deserialize)]
struct Columns {
    nature: String,
    places: u32,
}

impl FeeRounding {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let places = read("fee rounding", text, Coverage::Gapless, |row: Columns| {
            let nature =
                Nature::named(&row.nature).ok_or_else(|| format!("no such nature: {}", row.nature))?;
            if row.places > Decimal::PLACES {
                return Err(format!("{} places are more than {}", row.places, Decimal::PLACES));
            }
            Ok((nature, row.places))
        })?;
        Ok(FeeRounding { places })
    }

    /// Places of a head of this nature. A day without a row keeps all there are: nothing is lost by it.
    pub fn places(&self, nature: Nature, day: Date) -> u32 {
        self.places.on(&nature, day).copied().unwrap_or(Decimal::PLACES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn whole_yuan_for_the_state_and_cents_for_the_platform() {
        let tables = Tables::shipped().expect("shipped tables are good");
        let places = |nature| tables.fee_rounding.places(nature, date(2016, 6, 1));
        assert_eq!((places(Nature::State), places(Nature::Platform)), (0, 2));
    }

    #[test]
    fn more_places_than_a_number_has_do_not_load() {
        let text = "[[row]]\nnature = \"state\"\nplaces = 6\ncitation = \"test\"\nbasis = \"C\"\n";
        assert!(FeeRounding::parse(text).is_err());
    }
}
