//! `members.csv` 示范区企业: membership of the zone, a row an interval (ZON-005).

use super::Interval;
use crate::finding::Words;

/// Standing of a member in the zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MemberStatus {
    /// Has the benefits.
    #[default]
    Active,
    /// Has none for now.
    Suspended,
    /// Has left.
    Exited,
}

impl MemberStatus {
    /// All of them.
    pub const ALL: [MemberStatus; 3] = [Self::Active, Self::Suspended, Self::Exited];

    /// Name in the register.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Suspended => "SUSPENDED",
            Self::Exited => "EXITED",
        }
    }

    /// Name for people.
    pub const fn words(self) -> Words {
        let zh = match self {
            Self::Active => "在册",
            Self::Suspended => "暂停",
            Self::Exited => "已退出",
        };
        Words { zh, en: self.name() }
    }
}

/// A membership, or a part of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// The firm's unified code.
    pub unified_code: String,
    /// Validity.
    pub valid: Interval,
    /// Cohort: a label, never a rank (ZON-004).
    pub cohort: String,
    /// Standing in the zone.
    pub status: MemberStatus,
    /// Number of the decision.
    pub decision_number: String,
    /// Leading firm (龙头企业).
    pub is_leading: bool,
    /// Town of production.
    pub site_town: String,
}
