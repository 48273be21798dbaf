//! `pots.csv` 资金池: what a funder gives in a year (FEE-024).

use crate::decimal::Decimal;

/// The pot of a funder for a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pot {
    /// Funder.
    pub funder: String,
    /// Year.
    pub year: i16,
    /// Amount, CNY.
    pub amount: Decimal,
}
