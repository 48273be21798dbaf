//! A grade counts only while the regime that gave it is in force on the day of acceptance.
//!
//! Grades of a regime that has ended stay in the register, so that an old declaration is judged by its own day.

use crate::channel;
use crate::prelude::*;
use crate::tables::credit_regimes::CreditRegimes;
use jiff::civil::Date;
use model::decision::TraceLine;
use model::registers::Grade;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CRD-001"),
    name: "regime-not-in-force",
    version: 1,
    title: Words {
        zh: "信用等级按受理日有效的制度认定", en: "the grade is that of the regime in force"
    },
    message: Words {
        zh: "信用等级{before}不予采用：{after}", en: "grade {before} does not count: {after}"
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "domain-rules", article: "2.1; 2, CRD-001" }],
    check: Check::Step,
};

const NOT_IN_FORCE: Words = Words { zh: "该信用制度当日未施行", en: "regime not in force" };

/// The grade counts on this day; told when it does not.
pub fn counts(regimes: &CreditRegimes, grade: &Grade, day: Date, trace: &mut Vec<TraceLine>) -> bool {
    let counts = regimes.in_force(grade.regime, day);
    if !counts {
        channel::tell_once(trace, channel::step(&RULE, written(grade), NOT_IN_FORCE));
    }
    counts
}

/// A grade as the register writes it, with its regime.
pub fn written(grade: &Grade) -> String {
    format!("{} {}", grade.regime.name(), grade.grade)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use model::registers::Regime;

    fn counted(day: Date) -> (bool, Vec<TraceLine>) {
        let tables = Tables::shipped().expect("shipped tables are good");
        let grade = Grade { regime: Regime::Cus1, grade: "一般认证".to_owned(), ..Grade::default() };
        let mut trace = Vec::new();
        (counts(&tables.credit_regimes, &grade, day, &mut trace), trace)
    }

    #[test]
    fn order_225_counts_on_its_last_day() {
        assert_eq!(counted(date(2018, 4, 30)), (true, Vec::new()));
    }

    #[test]
    fn and_not_on_the_day_after() {
        let step = channel::step(&RULE, "CUS-1 一般认证", NOT_IN_FORCE);
        assert_eq!(counted(date(2018, 5, 1)), (false, vec![step]));
    }
}
