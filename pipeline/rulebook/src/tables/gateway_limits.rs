//! Bounds of the gateway of the United Kingdom, by day (CDS-10003, CDS-10010, CDS-12016, CDS-12031).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use serde::Deserialize;

/// What is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Hash)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// Goods lines of a declaration.
    Lines,
    /// Characters of the sender's own number.
    ReferenceCharacters,
    /// Days a declared acceptance may lie back.
    AcceptanceDays,
    /// Days a pre-lodged declaration may wait for its goods.
    PresentationDays,
}

/// The bounds.
#[derive(Clone, Debug)]
pub struct GatewayLimits {
    by_day: Dated<Bound, usize>,
}

#[derive(Deserialize)]
struct Columns {
    what: Bound,
    max: usize,
}

impl GatewayLimits {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_day = read("gateway limits", text, Coverage::Gapless, |row: Columns| Ok((row.what, row.max)))?;
        Ok(GatewayLimits { by_day })
    }

    /// The most there may be on this day; none before the gateway began.
    pub fn on(&self, bound: Bound, day: Date) -> Option<usize> {
        self.by_day.on(&bound, day).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn bounds_hold_from_the_day_the_gateway_began() {
        let limits = Tables::shipped().expect("shipped tables are good").gateway_limits;
        assert_eq!(limits.on(Bound::Lines, date(2024, 6, 3)), Some(999));
        assert_eq!(limits.on(Bound::ReferenceCharacters, date(2024, 6, 3)), Some(22));
        assert_eq!(limits.on(Bound::AcceptanceDays, date(2017, 12, 31)), None);
    }
}
