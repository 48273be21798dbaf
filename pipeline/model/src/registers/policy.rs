//! `policies.toml` 减免政策: reliefs with authority, funder, window and scope (FEE-013).

use super::Interval;
use crate::code::country::Country;
use crate::decimal::Decimal;

/// What a policy does to an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyKind {
    /// Takes all of it away.
    Full,
    /// Takes so many per cent away, more than 0 and at most 100 (FEE-017).
    Percent(Decimal),
    /// Lets no more than this be paid of a head.
    Cap(Decimal),
    /// Lets a firm pay no more than this in a year, of all heads it covers together (FEE-018).
    YearlyCap(Decimal),
    /// Takes this amount away.
    Fixed(Decimal),
}

/// Whom a policy covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyFirms {
    /// Members of the zone (FEE-019).
    Zone,
    /// All firms.
    All,
    /// These, by unified code.
    Listed(Vec<String>),
}

/// How reliefs of one kind go together (FEE-016).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stack {
    /// The one that takes most away.
    #[default]
    BestSingle,
    /// One after another.
    Sequential,
}

/// A policy of relief.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Its id.
    pub id: String,
    /// What it does to an amount.
    pub kind: PolicyKind,
    /// Fee heads it covers.
    pub heads: Vec<String>,
    /// Firms it covers.
    pub firms: PolicyFirms,
    /// Beginnings of commodity codes it covers; none: all.
    pub commodity_prefixes: Vec<String>,
    /// Destinations it covers; none: all.
    pub destinations: Vec<Country>,
    /// Days on which it holds.
    pub valid: Interval,
    /// Authority: instrument and number.
    pub authority_document: String,
    /// Number of the decision that put it in force; a policy without one does not load (AUD-002).
    pub decision_number: String,
    /// Who bears it.
    pub funder: String,
    /// Most it grants in all; none: no limit.
    pub quota: Option<Decimal>,
    /// How it goes with others.
    pub stack: Stack,
}
