//! What a pair of shoes may weigh without a question, by day (DOC-031).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use model::decimal::Decimal;
use serde::Deserialize;

/// Plausible net weights.
#[derive(Clone, Debug)]
pub struct PairWeight {
    by_day: Dated<(), Plausible>,
}

/// The plausible net weight of a pair, both ends included.
#[derive(Clone, Copy, Debug)]
pub struct Plausible {
    /// Lightest.
    pub min_kg: Decimal,
    /// Heaviest.
    pub max_kg: Decimal,
}

#[derive(Deserialize)]
struct Columns {
    min_kg: String,
    max_kg: String,
}

impl PairWeight {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_day = read("pair weight", text, Coverage::Gapless, |row: Columns| {
            let number = |text: &str| Decimal::parse(text).ok_or_else(|| format!("{text} is no number"));
            let plausible = Plausible { min_kg: number(&row.min_kg)?, max_kg: number(&row.max_kg)? };
            if plausible.min_kg > plausible.max_kg {
                return Err("the lightest is heavier than the heaviest".to_owned());
            }
            Ok(((), plausible))
        })?;
        Ok(PairWeight { by_day })
    }

    /// What is plausible on this day.
    pub fn on(&self, day: Date) -> Option<Plausible> {
        self.by_day.on(&(), day).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::PairWeight;

    #[test]
    fn a_range_turned_round_does_not_load() {
        let row = |min: &str, max: &str| {
            format!("[[row]]\nmin_kg = \"{min}\"\nmax_kg = \"{max}\"\ncitation = \"test\"\nbasis = \"C\"\n")
        };
        assert!(PairWeight::parse(&row("0.10", "3.00")).is_ok());
        assert!(PairWeight::parse(&row("3.00", "0.10")).is_err());
        assert!(PairWeight::parse(&row("a few", "3.00")).is_err());
    }
}
