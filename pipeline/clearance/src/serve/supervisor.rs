//! What a supervisor of the machine is told: ready, stopping, alive. systemd, over the socket it names.
//!
//! The only module that names `sd_notify`. Where nobody supervises, nothing is said and nothing is wrong.

use super::health;
use super::http::Pages;
use super::status::State;
use sd_notify::NotifyState;
use std::sync::Arc;
use std::time::Duration;

/// Time between two looks at the state: a supervisor that waits for a start notices no more.
const LOOK: Duration = Duration::from_millis(200);

/// Whom it is told.
pub(super) trait Supervisor: Send {
    /// Says it. Whether anybody hears it changes nothing.
    fn say(&mut self, what: Said);

    /// The time after which silence counts as death, when somebody waits for signs of life.
    fn patience(&self) -> Option<Duration>;
}

/// What is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Files are taken.
    Ready,
    /// What is begun is finished, or nothing is done any more.
    Stopping,
    /// It still gets on.
    Alive,
}

/// The system's own.
pub(super) struct Systemd;

impl Supervisor for Systemd {
    fn say(&mut self, what: Said) {
        let state = match what {
            Said::Ready => NotifyState::Ready,
            Said::Stopping => NotifyState::Stopping,
            Said::Alive => NotifyState::Watchdog,
        };
        let _heard = sd_notify::notify(false, &[state]);
    }

    fn patience(&self) -> Option<Duration> {
        let mut micros = 0;
        sd_notify::watchdog_enabled(false, &mut micros).then(|| Duration::from_micros(micros))
    }
}

/// Tells what changes, and signs of life as often as they are waited for, for ever.
pub(super) async fn tell(pages: Arc<Pages>, mut supervisor: impl Supervisor) {
    // Twice within the time, as its manual advises.
    let every = supervisor.patience().map(|patience| patience / 2);
    let mut telling = Telling::default();
    loop {
        telling.look(&pages, &mut supervisor, every);
        tokio::time::sleep(LOOK).await;
    }
}

/// What was told so far.
#[derive(Default)]
struct Telling {
    is_ready: bool,
    is_stopping: bool,
    /// Time since the last sign of life, counted in looks.
    silent: Duration,
}

impl Telling {
    fn look(&mut self, pages: &Pages, supervisor: &mut impl Supervisor, every: Option<Duration>) {
        let status = pages.meters.status(pages.world.now());
        let is_over = matches!(status.state, State::Draining | State::Stopped { .. });
        if status.state == State::Ready && !self.is_ready {
            self.is_ready = true;
            supervisor.say(Said::Ready);
        }
        if is_over && !self.is_stopping {
            self.is_stopping = true;
            supervisor.say(Said::Stopping);
        }
        self.silent += LOOK;
        // What is stuck keeps silent, and is started anew by whoever waits for it.
        if every.is_some_and(|every| self.silent >= every) && health::is_alive(&status, &pages.bounds) {
            self.silent = Duration::ZERO;
            supervisor.say(Said::Alive);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::health::Bounds;
    use crate::serve::meters::Meters;
    use crate::serve::status::tests::at;
    use crate::world::memory::Memory;

    #[derive(Default)]
    struct Heard(Vec<Said>);

    impl Supervisor for Heard {
        fn say(&mut self, what: Said) {
            self.0.push(what);
        }

        fn patience(&self) -> Option<Duration> {
            None
        }
    }

    /// A start, two signs of life, one that is not given because the service is stuck, and the end.
    #[test]
    fn a_supervisor_hears_of_each_change_once() {
        let world = Memory::new();
        world.set_now(at(0));
        let bounds = Bounds { waiting_max: Duration::from_secs(600), rescan: Duration::from_secs(5) };
        let meters = Arc::new(Meters::new(at(0)));
        let pages =
            Pages { meters: Arc::clone(&meters), world: Arc::new(world.clone()), usage: || None, bounds };
        let (mut heard, mut telling) = (Heard::default(), Telling::default());
        let every = Some(LOOK * 2);
        let mut look = |n: usize| {
            (0..n).for_each(|_| telling.look(&pages, &mut heard, every));
            std::mem::take(&mut heard.0)
        };
        assert_eq!(look(1), []);
        meters.state(State::Ready);
        assert_eq!(look(4), [Said::Ready, Said::Alive, Said::Alive]);
        // The last sign of work is then 126 seconds old.
        world.set_now(at(126));
        assert_eq!(look(4), []);
        meters.alive(at(126));
        assert_eq!(look(1), [Said::Alive]);
        meters.state(State::Draining);
        assert_eq!(look(2), [Said::Stopping, Said::Alive]);
        meters.state(State::Stopped { reason: "done".to_owned() });
        assert_eq!(look(3), []);
    }
}
