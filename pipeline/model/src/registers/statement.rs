//! `statements.csv` 合格保证: conformity statements.

use super::Interval;
use jiff::civil::Date;

/// A conformity statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// The firm's unified code.
    pub unified_code: String,
    /// Declaration number; empty for a yearly master.
    pub number: String,
    /// Standard or contract it rests on.
    pub basis: String,
    /// Position of the signatory.
    pub signatory: String,
    /// Day of signing.
    pub signed_on: Option<Date>,
    /// Validity.
    pub valid: Interval,
}
