//! `stops.csv` 停放令: orders that stop goods (CHN-016).

use super::Interval;
use crate::code::country::Country;

/// A stop order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stop {
    /// Order number.
    pub number: String,
    /// Beginning of the commodity codes; empty: any.
    pub commodity_prefix: String,
    /// Destination; none: any.
    pub destination: Option<Country>,
    /// Registration number or unified code of the producer; empty: any.
    pub producer: String,
    /// Production lot; empty: any.
    pub lot: String,
    /// Reason.
    pub reason: String,
    /// Days on which it is in force.
    pub valid: Interval,
}
