//! Base batch ratio by product risk and internal level (domain-rules 4.1).

use super::modes::Risk;
use super::ratio_limits::RatioLimits;
use super::{Coverage, Dated, TableError, read};
use crate::rules::crd::{crd_015_ratio_by_grade, crd_016_worse_grade_lighter};
use jiff::civil::Date;
use serde::Deserialize;

/// Every batch, in basis points.
pub const EVERY_BATCH_BP: u32 = 10_000;

/// Ratios in basis points.
#[derive(Clone, Debug)]
pub struct Ratios {
    by_risk: Dated<Risk, Cells>,
}

/// One ratio a level, from level 5 down; the last one is for levels 1 and 0.
pub type Cells = [u32; 5];

#[derive(Deserialize)]
struct Columns {
    risk: String,
    l5: u32,
    l4: u32,
    l3: u32,
    l2: u32,
    l1: u32,
}

impl Ratios {
    /// Reads the table, and holds it to CRD-016.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_risk = read("ratios", text, Coverage::Gapless, |row: Columns| {
            let risk = Risk::named(&row.risk).ok_or_else(|| format!("no such risk: {}", row.risk))?;
            let cells = [row.l5, row.l4, row.l3, row.l2, row.l1];
            crd_016_worse_grade_lighter::check(cells)?;
            Ok((risk, cells))
        })?;
        if by_risk.keys().copied().eq(Risk::ALL) {
            Ok(Ratios { by_risk })
        } else {
            let what = "the risks are general, raised and high".to_owned();
            Err(TableError { table: "ratios", key: "-".to_owned(), what })
        }
    }

    /// Holds each row to the limits of its first day (CRD-015).
    pub fn check(&self, limits: &RatioLimits) -> Result<(), TableError> {
        for (risk, row) in self.by_risk.rows() {
            let Some(limits) = limits.on(row.from) else { continue };
            crd_015_ratio_by_grade::check(row.value, limits).map_err(|what| TableError {
                table: "ratios",
                key: risk.name().to_owned(),
                what,
            })?;
        }
        Ok(())
    }

    /// The ratio of this risk and level. A day without a row is the safe side: every batch.
    pub fn base_bp(&self, risk: Risk, level: u8, day: Date) -> u32 {
        let column = match level {
            0 | 1 => 4,
            2 => 3,
            3 => 2,
            4 => 1,
            _ => 0,
        };
        self.by_risk.on(&risk, day).map_or(EVERY_BATCH_BP, |cells| cells[column])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;
    use jiff::civil::date;

    const SHIPPED: &str = include_str!("../../data/ratios.toml");

    #[test]
    fn shipped_cells() {
        let ratios = Ratios::parse(SHIPPED).expect("shipped tables are good");
        for (risk, cells) in [
            (Risk::General, [10_000, 10_000, 5_000, 1_000, 300, 100]),
            (Risk::Raised, [10_000, 10_000, 8_000, 2_000, 600, 300]),
            (Risk::High, [10_000, 10_000, 10_000, 5_000, 2_000, 1_000]),
        ] {
            let by_level = [0, 1, 2, 3, 4, 5].map(|level| ratios.base_bp(risk, level, date(2018, 6, 1)));
            assert_eq!(by_level, cells, "{risk:?}");
        }
    }

    #[test]
    fn a_fifth_of_level_three_is_allowed_to_level_five_and_no_more() {
        // High risk, level 5: 1000 of 5000 stands exactly at the limit.
        let limits = Tables::shipped().expect("shipped tables are good").ratio_limits;
        let held = |text: &str| Ratios::parse(text).and_then(|ratios| ratios.check(&limits));
        assert_eq!(held(SHIPPED), Ok(()));
        let error = held(&SHIPPED.replace("l5 = 1000", "l5 = 1001")).expect_err("more than a fifth");
        assert!(error.what.starts_with("CRD-015"), "{error}");
        let error = held(&SHIPPED.replace("l4 = 300", "l4 = 50")).expect_err("less than level 5");
        assert!(error.what.starts_with("CRD-016"), "{error}");
    }
}
