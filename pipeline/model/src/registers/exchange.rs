//! `exchange.csv` 汇率: customs rates by month (FEE-006).

use crate::code::currency::Currency;
use crate::decimal::Decimal;
use jiff::civil::Date;
use std::collections::HashMap;

/// The customs rate of a currency in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeRate {
    /// Currency.
    pub currency: Currency,
    /// First day of the month.
    pub month: Date,
    /// CNY for one unit.
    pub cny_per_unit: Decimal,
}

/// Rates by currency and month.
#[derive(Clone, Debug, Default)]
pub struct ExchangeRates {
    rows: HashMap<(Currency, Date), ExchangeRate>,
}

impl ExchangeRates {
    /// Takes in a rate; the last row of a month stays.
    pub fn add(&mut self, row: ExchangeRate) {
        self.rows.insert((row.currency, row.month.first_of_month()), row);
    }

    /// The rate of a currency on a day.
    pub fn on(&self, currency: Currency, day: Date) -> Option<&ExchangeRate> {
        self.rows.get(&(currency, day.first_of_month()))
    }

    /// Number of rates.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}
