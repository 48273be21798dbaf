//! The internal credit level of a firm at a moment: the grades in force, each on one scale, the lowest of them.

use crate::rules::crd::{
    crd_001_regime_not_in_force, crd_002_lower_of_two, crd_019_grade_not_yet, crd_020_firm_unknown,
    crd_021_grade_by_value,
};
use crate::tables::Tables;
use jiff::civil::DateTime;
use model::decision::TraceLine;
use model::registers::{Grade, Regime, Registers};

/// How a firm stands in credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credit {
    /// Internal level, 0 to 5.
    pub level: u8,
    /// A grade in force says so.
    pub is_graded: bool,
}

/// The credit of the firm with this unified code.
pub fn credit(
    registers: &Registers,
    tables: &Tables,
    unified_code: &str,
    moment: DateTime,
    trace: &mut Vec<TraceLine>,
) -> Credit {
    if registers.grades.is_empty() {
        return crd_020_firm_unknown::CREDIT;
    }
    let day = moment.date();
    let rows = registers.grades.of(unified_code);
    let level_of = |grade: &Grade| tables.credit_levels.level(grade.regime, &grade.grade, day);
    let mut lowest = None;
    for regime in Regime::ALL {
        let of_regime = || rows.iter().filter(|row| row.regime == regime);
        let Some(grade) = crd_019_grade_not_yet::counting(of_regime, moment, level_of, trace) else {
            continue;
        };
        if !crd_001_regime_not_in_force::counts(&tables.credit_regimes, grade, day, trace) {
            continue;
        }
        let Some(level) = level_of(grade) else {
            return crd_020_firm_unknown::unknown(unified_code, trace); // A grade nobody can read.
        };
        crd_021_grade_by_value::tell(grade, level, trace);
        lowest = Some(crd_002_lower_of_two::lower(lowest, level, trace));
    }
    match lowest {
        Some(level) => Credit { level, is_graded: true },
        None => crd_020_firm_unknown::unknown(unified_code, trace),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fixtures::notation::Notated;
    use model::finding::Language;

    /// The level of the consignor, whether it is graded, and the steps.
    fn told(notation: &str) -> (u8, bool, Vec<String>) {
        let tables = Tables::shipped().expect("shipped tables are good");
        let notated = Notated::parse(notation).expect("good notation");
        notated.with_case(|case| {
            let mut trace = Vec::new();
            let moment = case.accepted_at.expect("a day");
            let code = case.declaration.head.consignor_unified_code.value;
            let Credit { level, is_graded } = credit(case.registers, &tables, code, moment, &mut trace);
            let lines = trace.iter().map(|line| {
                let [before, after] =
                    [&line.before, &line.after].map(|value| value.in_language(Language::En));
                format!("{} {before} → {after}", line.rule)
            });
            (level, is_graded, lines.collect())
        })
    }

    fn grade(rest: &str) -> String {
        format!("grade scc=91441323555600018G {rest}\n")
    }

    #[test]
    fn on_the_last_day_of_april_2018_two_regimes_count_and_the_lower_level_wins() {
        let both = grade("regime=CIQ-1 grade=A from=2017-10-01")
            + &grade("regime=CUS-1 grade=一般信用 from=2015-01-01");
        let (level, is_graded, steps) = told(&format!("accepted 2018-04-30\n{both}"));
        assert_eq!((level, is_graded), (3, true));
        assert_eq!(
            steps,
            [
                "CRD-021 91441323555600018G → CIQ-1 A: 4",
                "CRD-021 91441323555600018G → CUS-1 一般信用: 3",
                "CRD-002 4 → 3",
            ]
        );
    }

    #[test]
    fn on_the_first_of_may_neither_does() {
        let both = grade("regime=CIQ-1 grade=A from=2017-10-01")
            + &grade("regime=CUS-1 grade=一般信用 from=2015-01-01");
        let (level, is_graded, steps) = told(&format!("accepted 2018-05-01\n{both}"));
        assert_eq!((level, is_graded), (3, false));
        assert_eq!(
            steps,
            [
                "CRD-001 CIQ-1 A → regime not in force",
                "CRD-001 CUS-1 一般信用 → regime not in force",
                "CRD-020 91441323555600018G → no grade in force: level 3",
            ]
        );
    }

    #[test]
    fn a_grade_nobody_can_read_is_none() {
        let (level, is_graded, _) = told(&grade("regime=CUS-2 grade=优秀 from=2018-05-01"));
        assert_eq!((level, is_graded), (3, false));
    }

    #[test]
    fn an_office_without_grades_says_nothing() {
        assert_eq!(told(""), (3, false, Vec::new()));
    }
}
