//! How long something that gave trouble is left alone.

use super::config::Retry;
use jiff::Timestamp;

/// Trouble that goes on, or none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backoff {
    trouble: Option<Trouble>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Trouble {
    code: &'static str,
    n_times: u32,
    since: Timestamp,
    until: Timestamp,
}

impl Backoff {
    /// It may be tried now. A clock that was set back does not make it wait longer.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.trouble.as_ref().is_none_or(|it| now >= it.until || now < it.since)
    }

    /// What is wrong.
    pub fn code(&self) -> Option<&'static str> {
        self.trouble.as_ref().map(|it| it.code)
    }

    /// It gave trouble: twice as long as before it is left alone. True when it did not give this trouble before.
    pub fn failed(&mut self, code: &'static str, now: Timestamp, retry: &Retry) -> bool {
        let before = self.trouble.as_ref();
        let is_new = before.is_none_or(|it| it.code != code);
        let n_times = before.map_or(0, |it| it.n_times.saturating_add(1));
        let wait = retry.first.saturating_mul(2u32.saturating_pow(n_times)).min(retry.longest);
        let until = now.saturating_add(wait).unwrap_or(Timestamp::MAX);
        self.trouble = Some(Trouble { code, n_times, since: now, until });
        is_new
    }

    /// It gives trouble, but gets on: it is not left alone longer each time.
    pub fn got_on(&mut self) {
        if let Some(trouble) = &mut self.trouble {
            trouble.n_times = 0;
        }
    }

    /// It gives no trouble. True when it did before.
    pub fn succeeded(&mut self) -> bool {
        self.trouble.take().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use std::time::Duration;

    #[test]
    fn p6_the_wait_doubles_up_to_a_bound_and_ends_with_success() {
        let retry = Retry { first: Duration::from_secs(1), longest: Duration::from_secs(5) };
        let mut now = Timestamp::from_second(1_000).unwrap();
        let mut backoff = Backoff::default();
        assert!(backoff.is_due(now));
        for seconds in [1, 2, 4, 5, 5] {
            assert_eq!(backoff.failed("full", now, &retry), seconds == 1);
            assert!(!backoff.is_due(now + (seconds - 1).seconds()));
            assert!(backoff.is_due(now + seconds.seconds()));
            assert!(backoff.is_due(now - 1.hour()), "the clock was set back");
            now += seconds.seconds();
        }
        backoff.got_on();
        assert!(!backoff.failed("full", now, &retry));
        assert!(!backoff.is_due(now + 1.second()) && backoff.is_due(now + 2.seconds()));
        assert!(backoff.failed("gone", now, &retry));
        assert!(backoff.succeeded());
        assert!(!backoff.succeeded());
        assert!(backoff.is_due(now));
    }
}
