//! Which days are worked in the mainland (ORG-029).

use super::{Coverage, Dated, TableError, read_each};
use jiff::civil::{Date, Weekday};
use serde::Deserialize;

/// What is known of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    /// The holidays of its year are on file.
    Covered,
    /// A day of rest.
    Rest,
    /// A weekend day worked instead.
    Work,
}

/// The calendar.
#[derive(Clone, Debug)]
pub struct WorkingDays {
    days: Dated<Kind, ()>,
}

#[derive(Deserialize)]
struct Columns {
    kind: Kind,
}

/// Working days from one day to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Working days after the first day, up to and with the last.
    pub n_days: i64,
    /// Holidays of all of them are on file; without them some of the days may have been days of rest.
    pub is_covered: bool,
}

impl WorkingDays {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let days =
            read_each("working_days", text, Coverage::Sparse, |row: Columns| Ok(vec![(row.kind, ())]))?;
        Ok(WorkingDays { days })
    }

    /// Counts the working days after `from`, up to and with `to`, until there are more than `enough`.
    pub fn between(&self, from: Date, to: Date, enough: i64) -> Counted {
        let mut counted = Counted { n_days: 0, is_covered: true };
        let mut day = from;
        while day < to && counted.n_days <= enough {
            let Ok(next) = day.tomorrow() else { break };
            day = next;
            counted.is_covered &= self.is(Kind::Covered, day);
            counted.n_days += i64::from(self.is_worked(day));
        }
        counted
    }

    fn is_worked(&self, day: Date) -> bool {
        let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        self.is(Kind::Work, day) || !is_weekend && !self.is(Kind::Rest, day)
    }

    fn is(&self, kind: Kind, day: Date) -> bool {
        self.days.on(&kind, day).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;
    use jiff::civil::date;

    fn between(from: Date, to: Date) -> (i64, bool) {
        let table = Tables::shipped().expect("shipped tables are good").working_days;
        let counted = table.between(from, to, 10);
        (counted.n_days, counted.is_covered)
    }

    #[test]
    fn a_weekend_is_no_work() {
        // Friday to Wednesday and Thursday.
        assert_eq!(between(date(2018, 6, 1), date(2018, 6, 6)), (3, true));
        assert_eq!(between(date(2018, 6, 1), date(2018, 6, 7)), (4, true));
        assert_eq!(between(date(2018, 6, 1), date(2018, 6, 1)), (0, true));
    }

    #[test]
    fn holidays_and_the_days_worked_for_them() {
        // National day: seven days of rest, worked for on the weekend before.
        assert_eq!(between(date(2018, 9, 30), date(2018, 10, 8)), (1, true));
        assert_eq!(between(date(2018, 9, 28), date(2018, 9, 30)), (2, true));
    }

    #[test]
    fn a_year_without_holidays_on_file() {
        assert_eq!(between(date(2016, 6, 3), date(2016, 6, 8)), (3, false));
    }
}
