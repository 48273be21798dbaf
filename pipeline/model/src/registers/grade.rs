//! `grades.csv` 信用等级: credit grades of each regime, as the regime writes them (domain-rules 2).

use super::Interval;
use jiff::civil::DateTime;

/// A credit regime (domain-rules 2.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Regime {
    /// AQSIQ 2013 No. 93.
    #[default]
    Ciq1,
    /// GACC order 197.
    Cus0,
    /// GACC order 225.
    Cus1,
    /// GACC order 237.
    Cus2,
    /// GACC order 251.
    Cus3,
    /// GACC order 282.
    Cus4,
}

impl Regime {
    /// All of them.
    pub const ALL: [Regime; 6] = [Self::Ciq1, Self::Cus0, Self::Cus1, Self::Cus2, Self::Cus3, Self::Cus4];

    /// Name in registers and tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ciq1 => "CIQ-1",
            Self::Cus0 => "CUS-0",
            Self::Cus1 => "CUS-1",
            Self::Cus2 => "CUS-2",
            Self::Cus3 => "CUS-3",
            Self::Cus4 => "CUS-4",
        }
    }
}

/// A credit grade.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grade {
    /// The firm's unified code.
    pub unified_code: String,
    /// Regime that gave it.
    pub regime: Regime,
    /// Grade in the words of the regime.
    pub grade: String,
    /// Days on which it is in force.
    pub valid: Interval,
    /// Moment of the decision, where `from` names a time of day; from when on it counts is then CRD-019's to say.
    pub decided_at: Option<DateTime>,
    /// Number of the decision.
    pub decision_number: String,
}
