//! Which currencies customs takes, by day (DOC-029).

use super::{Coverage, Dated, TableError, read_each};
use jiff::civil::Date;
use model::code::Currency;
use serde::Deserialize;

/// Currencies in the list of customs.
#[derive(Clone, Debug)]
pub struct Currencies {
    taken: Dated<Currency, ()>,
}

#[derive(Deserialize)]
struct Columns {
    currencies: Vec<String>,
}

impl Currencies {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let taken = read_each("currencies", text, Coverage::Sparse, |row: Columns| {
            let known = |code: &String| match Currency::from_code(code) {
                Some(currency) => Ok((currency, ())),
                None => Err(format!("{code} is no currency")),
            };
            row.currencies.iter().map(known).collect()
        })?;
        Ok(Currencies { taken })
    }

    /// Customs takes this currency on this day.
    pub fn are_taken(&self, currency: Currency, day: Date) -> bool {
        self.taken.row(&currency, day).is_some()
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use jiff::civil::date;
    use model::code::Currency;

    #[test]
    fn money_that_is_money_no_more_is_not_taken() {
        let tables = Tables::shipped().expect("shipped tables are good");
        let taken = |code, day| tables.currencies.are_taken(Currency::known(code), day);
        assert!(taken("USD", date(2012, 1, 1)) && taken("USD", date(2026, 1, 1)));
        assert!(taken("HRK", date(2023, 1, 14)) && !taken("HRK", date(2023, 1, 15)));
        assert!(!taken("DEM", date(2018, 6, 1)) && !taken("SUR", date(2018, 6, 1)));
    }

    #[test]
    fn every_currency_in_use_has_a_row() {
        let tables = Tables::shipped().expect("shipped tables are good");
        for currency in Currency::all().filter(|currency| !currency.is_withdrawn()) {
            assert!(tables.currencies.are_taken(currency, date(2026, 6, 1)), "{currency}");
        }
    }
}
