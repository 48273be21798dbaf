//! What multiplies the batch ratio, and below what it never goes (domain-rules 4.2).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use serde::Deserialize;

/// A modifier of the batch ratio.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modifier {
    /// Factor: the producer is an active member of the zone.
    Zone,
    /// Factor: the producer has not sent this heading before.
    NewPair,
    /// Factor: one of the first consignments to this destination.
    NewDestination,
    /// Floor: a campaign is on.
    Campaign,
    /// Floor: an alert of level 2.
    AlertL2,
    /// Floor: an alert of level 3.
    AlertL3,
    /// Floor: the batches after a return the producer caused.
    ReturnFollowUp,
}

impl Modifier {
    /// All, in the order they act.
    pub const ALL: [Modifier; 7] = [
        Self::Zone,
        Self::NewPair,
        Self::NewDestination,
        Self::Campaign,
        Self::AlertL2,
        Self::AlertL3,
        Self::ReturnFollowUp,
    ];

    /// Name in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zone => "zone",
            Self::NewPair => "new_pair",
            Self::NewDestination => "new_destination",
            Self::Campaign => "campaign",
            Self::AlertL2 => "alert_l2",
            Self::AlertL3 => "alert_l3",
            Self::ReturnFollowUp => "return_follow_up",
        }
    }
}

/// A modifier's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strength {
    /// Factor or floor in basis points.
    pub bp: u32,
    /// Lowest internal level it is for.
    pub level_min: u8,
    /// Number of consignments it acts on; none: all.
    pub n_batches: Option<u32>,
}

/// Modifiers by day; a day without a row: there is no such modifier.
#[derive(Clone, Debug)]
pub struct Modifiers {
    by_modifier: Dated<Modifier, Strength>,
}

#[derive(Deserialize)]
struct Columns {
    modifier: String,
    bp: u32,
    #[serde(default)]
    level_min: u8,
    batches: Option<u32>,
}

impl Modifiers {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_modifier = read("modifiers", text, Coverage::Sparse, |row: Columns| {
            let modifier = Modifier::ALL
                .into_iter()
                .find(|modifier| modifier.name() == row.modifier)
                .ok_or_else(|| format!("no such modifier: {}", row.modifier))?;
            Ok((modifier, Strength { bp: row.bp, level_min: row.level_min, n_batches: row.batches }))
        })?;
        Ok(Modifiers { by_modifier })
    }

    /// Factor or floor of this modifier for a firm of this level.
    pub fn bp(&self, modifier: Modifier, level: u8, day: Date) -> Option<u32> {
        self.by_modifier.on(&modifier, day).filter(|strength| strength.level_min <= level).map(|it| it.bp)
    }

    /// This modifier acts on one who has sent this many batches.
    pub fn acts_after(&self, modifier: Modifier, n_batches: u32, day: Date) -> bool {
        let strength = self.by_modifier.on(&modifier, day);
        strength.is_some_and(|it| it.n_batches.is_none_or(|n_batches_max| n_batches < n_batches_max))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const SHIPPED: &str = include_str!("../../data/modifiers.toml");

    #[test]
    fn every_modifier_has_a_number() {
        let modifiers = Modifiers::parse(SHIPPED).expect("shipped tables are good");
        let numbers = Modifier::ALL.map(|modifier| modifiers.bp(modifier, 3, date(2018, 6, 1)));
        assert_eq!(numbers, [5_000, 20_000, 20_000, 3_000, 5_000, 10_000, 10_000].map(Some));
    }

    #[test]
    fn the_zone_factor_begins_at_level_three() {
        let modifiers = Modifiers::parse(SHIPPED).expect("shipped tables are good");
        assert_eq!(modifiers.bp(Modifier::Zone, 2, date(2018, 6, 1)), None);
    }

    #[test]
    fn a_destination_is_new_for_three_batches() {
        let modifiers = Modifiers::parse(SHIPPED).expect("shipped tables are good");
        let acts = |n| modifiers.acts_after(Modifier::NewDestination, n, date(2018, 6, 1));
        assert_eq!([0, 2, 3].map(acts), [true, true, false]);
    }

    #[test]
    fn an_unknown_modifier_does_not_load() {
        let error = Modifiers::parse(&SHIPPED.replace("\"zone\"", "\"region\"")).expect_err("unknown");
        assert_eq!(error.what, "no such modifier: region");
    }
}
