//! `brands.csv` 品牌: registered, licensed and recorded marks (ZON-011, ENF-003).

use super::Interval;

/// What a firm has of a mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BrandKind {
    /// Its own.
    #[default]
    Own,
    /// Under licence.
    Licensed,
    /// Recorded with customs for protection.
    Recorded,
}

impl BrandKind {
    /// All of them.
    pub const ALL: [BrandKind; 3] = [Self::Own, Self::Licensed, Self::Recorded];

    /// Name in the register.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Licensed => "licensed",
            Self::Recorded => "recorded",
        }
    }
}

/// A mark of a firm.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brand {
    /// The firm's unified code.
    pub unified_code: String,
    /// Registration number of the mark.
    pub mark_number: String,
    /// The mark as written.
    pub mark: String,
    /// Class of goods.
    pub class: String,
    /// Territory.
    pub territory: String,
    /// What the firm has of it.
    pub kind: BrandKind,
    /// Validity.
    pub valid: Interval,
}
