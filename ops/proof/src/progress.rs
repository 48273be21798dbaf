//! How far a long proof is: on a terminal in one line, elsewhere a line a minute.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

/// A proof under way.
pub struct Progress {
    what: &'static str,
    all: u64,
    started: Instant,
    told: Instant,
    is_terminal: bool,
}

impl Progress {
    /// Begins to count.
    pub fn of(what: &'static str, all: u64) -> Progress {
        let started = now();
        Progress { what, all, started, told: started, is_terminal: stderr().is_terminal() }
    }

    /// So many are done.
    pub fn done(&mut self, done: u64) {
        let pause = Duration::from_secs(if self.is_terminal { 1 } else { 60 });
        if self.told.elapsed() < pause || done == 0 {
            return;
        }
        self.told = now();
        let line = line(self.what, done, self.all, self.started.elapsed());
        // Who closes the terminal does not end the proof.
        let _ = if self.is_terminal {
            write!(stderr(), "\r\x1b[K{line}").and_then(|()| stderr().flush())
        } else {
            writeln!(stderr(), "{line}")
        };
    }

    /// The rate of all that was done, and the line is cleared.
    pub fn finish(&self, done: u64) -> String {
        if self.is_terminal {
            let _ = write!(stderr(), "\r\x1b[K");
        }
        let milliseconds = self.started.elapsed().as_millis().max(1);
        let rate = u128::from(done) * 1000 / milliseconds;
        format!("{} s, {rate} a second", milliseconds / 1000)
    }
}

fn line(what: &str, done: u64, all: u64, elapsed: Duration) -> String {
    let milliseconds = elapsed.as_millis().max(1);
    let rate = (u128::from(done) * 1000 / milliseconds).max(1);
    let left = u128::from(all.saturating_sub(done)) / rate;
    format!("{done} of {all} {what}, {rate} a second, {}:{:02} left", left / 60, left % 60)
}

#[expect(clippy::disallowed_methods, reason = "how long a proof takes is shown and decides nothing")]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_has_rate_and_time_left() {
        assert_eq!(
            line("mutants", 10_000, 1_000_000, Duration::from_secs(5)),
            "10000 of 1000000 mutants, 2000 a second, 8:15 left"
        );
        assert_eq!(line("mutants", 1, 2, Duration::ZERO), "1 of 2 mutants, 1000 a second, 0:00 left");
    }
}
