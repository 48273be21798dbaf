//! The looks of the last minute, and what lies between two of them.

use crate::serve::status::{Histogram, Status};
use std::collections::VecDeque;

/// How far back looks are kept: the longest stretch a rate is shown over.
const KEPT_MILLIS: u64 = 60_000;
/// A look comes a little early or late; one so near the stretch that is asked for will do.
const SLACK_MILLIS: u64 = 200;

/// The looks of the last minute.
#[derive(Debug)]
pub(super) struct Looks {
    /// The newest.
    pub last: Status,
    /// Those before, the oldest first; the first may be a little older than a minute.
    earlier: VecDeque<Status>,
}

/// What was done in a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Done {
    pub submissions: u64,
    pub documents: u64,
    pub bytes: u64,
    pub millis: u64,
}

impl Looks {
    /// The first look.
    pub fn begin(status: Status) -> Looks {
        Looks { last: status, earlier: VecDeque::new() }
    }

    /// A further look. A service that was started anew counts from nothing, and so do its looks.
    pub fn take(&mut self, status: Status) {
        let before = std::mem::replace(&mut self.last, status);
        if before.started_at != self.last.started_at {
            self.earlier.clear();
            return;
        }
        self.earlier.push_back(before);
        while self.earlier.get(1).is_some_and(|second| self.age(second) >= KEPT_MILLIS) {
            self.earlier.pop_front();
        }
    }

    /// What was done in so many milliseconds, or in as many as are known; nothing without an earlier look.
    pub fn done_in(&self, millis: u64) -> Option<Done> {
        let wanted = millis.saturating_sub(SLACK_MILLIS);
        let old_enough = self.earlier.iter().rev().find(|it| self.age(it) >= wanted);
        let earlier = old_enough.or(self.earlier.front())?;
        let last = &self.last;
        Some(Done {
            submissions: last.submissions.saturating_sub(earlier.submissions),
            documents: last.documents.saturating_sub(earlier.documents),
            bytes: last.bytes.saturating_sub(earlier.bytes),
            millis: self.age(earlier),
        })
    }

    /// What was done since the start.
    pub fn done_in_all(&self) -> Done {
        let Status { submissions, documents, bytes, .. } = self.last;
        Done { submissions, documents, bytes, millis: self.uptime_millis() }
    }

    /// Time since the start.
    pub fn uptime_millis(&self) -> u64 {
        millis_between(&self.last, self.last.started_at)
    }

    /// Whether times are those of the last minute, and not of the whole time.
    pub fn has_minute(&self) -> bool {
        !self.earlier.is_empty()
    }

    /// Times of the last minute, or of the whole time when there is only one look.
    pub fn times(&self, of: impl Fn(&Status) -> Option<&Histogram>) -> Histogram {
        let now = of(&self.last).cloned().unwrap_or_default();
        match self.earlier.front().and_then(&of) {
            Some(earlier) => now.since(earlier),
            None => now,
        }
    }

    fn age(&self, of: &Status) -> u64 {
        millis_between(&self.last, of.now)
    }
}

/// Milliseconds from a moment to a look; none when the clock was set back.
fn millis_between(look: &Status, from: jiff::Timestamp) -> u64 {
    u64::try_from(look.now.duration_since(from).as_millis()).unwrap_or(0)
}

impl Done {
    /// So many a second, in tenths.
    pub fn per_second_tenths(n: u64, millis: u64) -> Option<u64> {
        let tenths = (u128::from(n) * 10_000).checked_div(u128::from(millis))?;
        u64::try_from(tenths).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::status::tests::{at, sample};

    fn look(second: i64, documents: u64) -> Status {
        Status { now: at(second), documents, ..sample() }
    }

    /// A look each second; documents grow by a hundred a second, and by a thousand in the last.
    #[test]
    fn rates_are_the_difference_of_two_looks() {
        let mut looks = Looks::begin(look(60, 0));
        assert_eq!(looks.done_in(1_000), None);
        for second in 1..=89 {
            looks.take(look(60 + second, 100 * second as u64));
        }
        looks.take(look(150, 9_900));
        let done = |millis| looks.done_in(millis).map(|it| (it.documents, it.millis));
        assert_eq!(done(1_000), Some((1_000, 1_000)));
        assert_eq!(done(10_000), Some((1_900, 10_000)));
        assert_eq!(done(60_000), Some((6_900, 60_000)));
        // More than a minute is not kept.
        assert_eq!(done(600_000), Some((6_900, 60_000)));
        assert_eq!(looks.done_in_all().millis, 150_000);
        assert_eq!(Done::per_second_tenths(6_900, 60_000), Some(1_150));
        assert_eq!(Done::per_second_tenths(1, 0), None);
    }

    #[test]
    fn a_service_started_anew_has_no_earlier_looks() {
        let mut looks = Looks::begin(look(60, 500));
        looks.take(Status { started_at: at(61), ..look(62, 3) });
        assert_eq!(looks.done_in(1_000), None);
        assert_eq!(looks.times(|it| Some(&it.turn)).n(), 13);
    }
}
