//! Grades of each credit regime on one internal scale, 0 to 5 (domain-rules 2.2).

use super::credit_regimes::named;
use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use model::registers::Regime;
use serde::Deserialize;

/// Levels by regime and day.
#[derive(Clone, Debug)]
pub struct CreditLevels {
    by_regime: Dated<Regime, Grades>,
}

/// The grades of one regime.
#[derive(Clone, Debug)]
struct Grades {
    /// As written, with its level.
    levels: Vec<(String, u8)>,
    /// Level of any other.
    other: Option<u8>,
}

#[derive(Deserialize)]
struct Columns {
    regime: String,
    l5: Vec<String>,
    l4: Vec<String>,
    l3: Vec<String>,
    l2: Vec<String>,
    l1: Vec<String>,
    l0: Vec<String>,
    other: Option<u8>,
}

impl CreditLevels {
    /// Reads the table; each regime has a row, and no grade two levels.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_regime = read("credit levels", text, Coverage::Gapless, |row: Columns| {
            let written = [row.l0, row.l1, row.l2, row.l3, row.l4, row.l5];
            let levels = written.into_iter().zip(0..);
            let mut levels: Vec<(String, u8)> =
                levels.flat_map(|(grades, level)| grades.into_iter().map(move |it| (it, level))).collect();
            levels.sort();
            if let Some(pair) = levels.windows(2).find(|pair| pair[0].0 == pair[1].0) {
                return Err(format!("{} has two levels", pair[0].0));
            }
            Ok((named(&row.regime)?, Grades { levels, other: row.other }))
        })?;
        if by_regime.keys().copied().eq(Regime::ALL) {
            Ok(CreditLevels { by_regime })
        } else {
            let what = "each regime has its grades".to_owned();
            Err(TableError { table: "credit levels", key: "-".to_owned(), what })
        }
    }

    /// The level of a grade; none when the regime has no such grade.
    pub fn level(&self, regime: Regime, grade: &str, day: Date) -> Option<u8> {
        let grades = self.by_regime.on(&regime, day)?;
        let known = grades.levels.iter().find(|(written, _)| written.eq_ignore_ascii_case(grade.trim()));
        known.map(|(_, level)| *level).or(grades.other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const SHIPPED: &str = include_str!("../../data/credit_levels.toml");

    #[test]
    fn cells_of_the_reference() {
        let levels = CreditLevels::parse(SHIPPED).expect("shipped tables are good");
        let level = |regime, grade| levels.level(regime, grade, date(2018, 6, 1));
        for (regime, grades) in [
            (Regime::Ciq1, &[("AA", 5), ("A", 4), ("B", 3), ("C", 2), ("D", 1), ("黑名单", 0)][..]),
            (Regime::Cus1, &[("高级认证", 5), ("一般认证", 4), ("一般信用", 3), ("失信", 1)]),
            (Regime::Cus2, &[("高级认证", 5), ("一般认证", 4), ("一般信用", 3), ("失信", 1)]),
            (Regime::Cus3, &[("高级认证", 5), ("一般信用", 3), ("失信", 1)]),
            (Regime::Cus4, &[("高级认证", 5), ("认证", 4), ("常规", 3), ("失信", 1), ("严重失信", 0)]),
        ] {
            for &(grade, expected) in grades {
                assert_eq!(level(regime, grade), Some(expected), "{regime:?} {grade}");
            }
        }
    }

    #[test]
    fn a_grade_the_regime_does_not_know_has_no_level() {
        let levels = CreditLevels::parse(SHIPPED).expect("shipped tables are good");
        assert_eq!(levels.level(Regime::Cus2, "AA", date(2018, 6, 1)), None);
        assert_eq!(levels.level(Regime::Ciq1, "", date(2018, 6, 1)), None);
    }

    #[test]
    fn a_regime_without_a_column_never_goes_above_three() {
        let levels = CreditLevels::parse(SHIPPED).expect("shipped tables are good");
        let level = |grade| levels.level(Regime::Cus0, grade, date(2012, 5, 2));
        assert_eq!(["AA", "A", "B", "C", "D"].map(level), [3, 3, 3, 2, 1].map(Some));
    }

    /// The words a register may carry stand in the model, their levels here.
    #[test]
    fn every_grade_a_register_may_carry_has_a_level() {
        let levels = CreditLevels::parse(SHIPPED).expect("shipped tables are good");
        for regime in Regime::ALL {
            for grade in regime.grades() {
                let level = levels.level(regime, grade.name, date(2018, 6, 1));
                assert!(level.is_some(), "{} {}", regime.name(), grade.name);
            }
        }
    }

    #[test]
    fn a_grade_of_two_levels_does_not_load() {
        let error = CreditLevels::parse(&SHIPPED.replace("[\"A\"]", "[\"B\"]")).expect_err("B twice");
        assert_eq!(error.what, "B has two levels");
    }
}
