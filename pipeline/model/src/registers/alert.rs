//! `alerts.csv` 预警: alerts in force for goods, destinations and producers (RSK-005 to 007).

use super::Interval;
use crate::code::country::Country;

/// Level of an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlertLevel {
    /// Watch: changes no ratio.
    L1,
    /// Raised ratio.
    L2,
    /// Every batch.
    L3,
}

impl AlertLevel {
    /// All, from the lightest.
    pub const ALL: [AlertLevel; 3] = [Self::L1, Self::L2, Self::L3];

    /// Name in the register.
    pub const fn name(self) -> &'static str {
        match self {
            Self::L1 => "L1",
            Self::L2 => "L2",
            Self::L3 => "L3",
        }
    }
}

/// An alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// Alert number.
    pub number: String,
    /// Level.
    pub level: AlertLevel,
    /// Beginning of the commodity codes; empty: any.
    pub commodity_prefix: String,
    /// Destination; none: any.
    pub destination: Option<Country>,
    /// Registration number or unified code of the producer; empty: any.
    pub producer: String,
    /// Reason.
    pub reason: String,
    /// State in the words of the office.
    pub state: String,
    /// Days on which it is in force.
    pub valid: Interval,
}
