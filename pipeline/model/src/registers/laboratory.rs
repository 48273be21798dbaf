//! `laboratories.csv` 实验室: accredited laboratories (CHN-012, LAB-001).

use super::Interval;
use jiff::civil::Date;

/// An accredited laboratory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Laboratory {
    /// Accreditation number.
    pub accreditation_number: String,
    /// The firm's unified code.
    pub unified_code: String,
    /// Items in its scope.
    pub items: Vec<String>,
    /// Validity of the accreditation.
    pub valid: Interval,
    /// First day of a suspension.
    pub suspended_from: Option<Date>,
}
