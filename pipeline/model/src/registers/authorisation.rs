//! `authorisations.csv` 代理委托: who may file for whom.

use super::Interval;

/// An authorisation of an agent by a principal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authorisation {
    /// Agent's unified code.
    pub agent: String,
    /// Principal's unified code.
    pub principal: String,
    /// Scope in words.
    pub scope: String,
    /// Validity.
    pub valid: Interval,
}
