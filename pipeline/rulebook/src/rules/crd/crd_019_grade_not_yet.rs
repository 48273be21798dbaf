//! A new grade does not count yet on the day it is decided, unless it takes the firm down to dishonest.
//!
//! A grade with a time of day counts from 00:00 of the next day; one of level 1 or below from its own moment. Until it
//! counts, the grade before it does, though its row may end on that day. A grade with a day alone counts from that day.

use crate::channel;
use crate::prelude::*;
use crate::rules::crd::crd_001_regime_not_in_force::written;
use jiff::civil::{Date, DateTime, Time};
use model::decision::TraceLine;
use model::registers::Grade;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CRD-019"),
    name: "grade-not-yet-counting",
    version: 1,
    title: Words { zh: "信用等级调整次日生效", en: "a new grade counts from the next day" },
    message: Words {
        zh: "信用等级{before}自{after}起采用", en: "grade {before} counts from {after}"
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "2, CRD-019" }],
    check: Check::Step,
};

/// The highest level that counts at once: dishonest and below.
const AT_ONCE_LEVEL_MAX: u8 = 1;

/// Of the grades of one regime, the one that counts at this moment; told when a decided one does not count yet.
pub fn counting<'r, Rows: Iterator<Item = &'r Grade>>(
    rows: impl Fn() -> Rows,
    moment: DateTime,
    level_of: impl Fn(&Grade) -> Option<u8>,
    trace: &mut Vec<TraceLine>,
) -> Option<&'r Grade> {
    let day = moment.date();
    let begun = |row: &Grade| counts_from(row, level_of(row)) <= moment;
    let is_decided = |row: &Grade| row.decided_at.is_some_and(|decided_at| decided_at.date() <= day);
    let next = rows().find(|row| is_decided(row) && row.valid.to.is_none_or(|to| day < to) && !begun(row));
    if let Some(next) = next.filter(|row| row.decided_at.is_some_and(|decided_at| decided_at <= moment)) {
        let from = counts_from(next, level_of(next)).date();
        channel::tell_once(trace, channel::step(&RULE, written(next), from));
    }
    // A row that ends on the day its successor was decided holds until that one counts.
    let holds = |to: Date| day < to || (day == to && next.is_some());
    let current = rows().filter(|row| begun(row) && row.valid.to.is_none_or(holds));
    current.max_by_key(|row| (counts_from(row, level_of(row)), std::cmp::Reverse(level_of(row))))
}

fn counts_from(grade: &Grade, level: Option<u8>) -> DateTime {
    match grade.decided_at {
        Some(decided_at) if level.is_some_and(|level| level <= AT_ONCE_LEVEL_MAX) => decided_at,
        Some(decided_at) => {
            decided_at.date().tomorrow().map_or(DateTime::MAX, |next| next.to_datetime(Time::midnight()))
        }
        None => grade.valid.from.map_or(DateTime::MIN, |from| from.to_datetime(Time::midnight())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use model::registers::{Interval, Regime};

    fn row(grade: &str, from: DateTime, to: Option<Date>) -> Grade {
        let decided_at = (from.time() != Time::midnight()).then_some(from);
        let valid = Interval { from: Some(from.date()), to };
        let grade = grade.to_owned();
        Grade { regime: Regime::Cus2, grade, valid, decided_at, ..Grade::default() }
    }

    fn at(moment: DateTime, rows: &[Grade]) -> (Option<String>, usize) {
        let tables = Tables::shipped().expect("shipped tables are good");
        let level_of = |it: &Grade| tables.credit_levels.level(it.regime, &it.grade, moment.date());
        let mut trace = Vec::new();
        let grade = counting(|| rows.iter(), moment, level_of, &mut trace);
        (grade.map(|it| it.grade.clone()), trace.len())
    }

    const DECIDED: DateTime = date(2018, 6, 10).at(15, 0, 0, 0);

    #[test]
    fn dishonest_counts_from_the_minute_it_is_decided() {
        let rows = [
            row("一般认证", date(2018, 5, 1).at(0, 0, 0, 0), Some(date(2018, 6, 10))),
            row("失信", DECIDED, None),
        ];
        assert_eq!(at(date(2018, 6, 10).at(14, 59, 0, 0), &rows), (Some("一般认证".to_owned()), 0));
        assert_eq!(at(date(2018, 6, 10).at(15, 1, 0, 0), &rows), (Some("失信".to_owned()), 0));
    }

    #[test]
    fn any_other_change_waits_for_midnight_and_the_old_grade_holds_until_then() {
        let old = row("一般信用", date(2018, 5, 1).at(0, 0, 0, 0), Some(date(2018, 6, 10)));
        let rows = [old, row("一般认证", DECIDED, None)];
        assert_eq!(at(date(2018, 6, 10).at(15, 1, 0, 0), &rows), (Some("一般信用".to_owned()), 1));
        assert_eq!(at(date(2018, 6, 11).at(0, 0, 0, 0), &rows), (Some("一般认证".to_owned()), 0));
    }

    #[test]
    fn a_day_alone_counts_from_its_beginning_and_ends_before_its_last() {
        let rows = [row("一般认证", date(2018, 5, 1).at(0, 0, 0, 0), Some(date(2018, 6, 10)))];
        assert_eq!(at(date(2018, 5, 1).at(0, 0, 0, 0), &rows).0.as_deref(), Some("一般认证"));
        assert_eq!(at(date(2018, 6, 9).at(23, 59, 0, 0), &rows).0.as_deref(), Some("一般认证"));
        assert_eq!(at(date(2018, 6, 10).at(0, 0, 0, 0), &rows).0, None);
    }

    #[test]
    fn of_two_rows_in_force_the_later_counts() {
        let rows = [
            row("一般认证", date(2018, 5, 1).at(0, 0, 0, 0), None),
            row("一般信用", date(2018, 6, 1).at(0, 0, 0, 0), None),
        ];
        assert_eq!(at(DECIDED, &rows).0.as_deref(), Some("一般信用"));
    }
}
