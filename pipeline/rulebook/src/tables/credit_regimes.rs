//! Credit regimes of firms and the days they were in force (domain-rules 2.1).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use model::registers::Regime;
use serde::Deserialize;

/// Regimes by day.
#[derive(Clone, Debug)]
pub struct CreditRegimes {
    by_regime: Dated<Regime, ()>,
}

#[derive(Deserialize)]
struct Columns {
    regime: String,
}

impl CreditRegimes {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_regime =
            read("credit regimes", text, Coverage::Sparse, |row: Columns| Ok((named(&row.regime)?, ())))?;
        Ok(CreditRegimes { by_regime })
    }

    /// The regime is in force on this day.
    pub fn in_force(&self, regime: Regime, day: Date) -> bool {
        self.by_regime.row(&regime, day).is_some()
    }
}

/// The regime of this name.
pub(super) fn named(name: &str) -> Result<Regime, String> {
    let known = Regime::ALL.into_iter().find(|regime| regime.name() == name);
    known.ok_or_else(|| format!("no such regime: {name}"))
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;
    use jiff::civil::date;
    use model::registers::Regime;

    #[test]
    fn two_run_side_by_side_until_the_end_of_april_2018() {
        let regimes = Tables::shipped().expect("shipped tables are good").credit_regimes;
        let on = |day| -> Vec<&str> {
            let in_force = Regime::ALL.into_iter().filter(|regime| regimes.in_force(*regime, day));
            in_force.map(Regime::name).collect()
        };
        assert_eq!(on(date(2012, 5, 2)), ["CUS-0"]);
        assert_eq!(on(date(2014, 11, 30)), ["CIQ-1", "CUS-0"]);
        assert_eq!(on(date(2018, 4, 30)), ["CIQ-1", "CUS-1"]);
        assert_eq!(on(date(2018, 5, 1)), ["CUS-2"]);
        assert_eq!(on(date(2026, 3, 31)), ["CUS-3"]);
        assert_eq!(on(date(2026, 4, 1)), ["CUS-4"]);
    }
}
