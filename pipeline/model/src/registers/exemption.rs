//! `exemptions.csv` 免验: certificates of exemption from inspection (CHN-009).

use super::Interval;

/// A certificate of exemption.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exemption {
    /// Certificate number.
    pub certificate_number: String,
    /// The firm's unified code.
    pub unified_code: String,
    /// Beginning of the commodity codes it covers.
    pub commodity_prefix: String,
    /// Brand it covers; empty: any.
    pub brand: String,
    /// Validity.
    pub valid: Interval,
}
