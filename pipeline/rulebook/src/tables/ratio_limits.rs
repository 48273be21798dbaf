//! What the ratios of a grade may be at most, beside those of general credit (CRD-015).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use serde::Deserialize;

/// Limits by day.
#[derive(Clone, Debug)]
pub struct RatioLimits {
    limits: Dated<(), Limits>,
}

/// Limits in basis points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Limits {
    /// Level 4, of what level 3 bears.
    pub certified_bp_max: u32,
    /// Level 5, of what level 3 bears.
    pub advanced_bp_max: u32,
    /// Level 1, of all batches.
    pub dishonest_bp_min: u32,
}

impl RatioLimits {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let limits = read("ratio limits", text, Coverage::Gapless, |row: Limits| Ok(((), row)))?;
        Ok(RatioLimits { limits })
    }

    /// The limits of this day.
    pub fn on(&self, day: Date) -> Option<Limits> {
        self.limits.on(&(), day).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn half_a_fifth_and_four_fifths() {
        let limits = Tables::shipped().expect("shipped tables are good").ratio_limits;
        let shipped = Limits { certified_bp_max: 5_000, advanced_bp_max: 2_000, dishonest_bp_min: 8_000 };
        assert_eq!(limits.on(date(2018, 6, 1)), Some(shipped));
    }
}
