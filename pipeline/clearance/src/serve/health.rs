//! Whether a service is alive, and whether it is ready: what a supervisor and a load balancer ask for.
//!
//! Not alive means that a restart would help. Not ready means that a sender should wait, or an officer look.

use super::folders::QUEUE_MAX;
use super::status::{Registers, State, Status};
use serde::{Serialize, Serializer};
use std::time::Duration;

/// Time without any sign of work, beyond the longest pause between two looks, after which a service counts as stuck.
/// A window of documents, the most that goes on without a sign, takes seconds.
const STUCK: Duration = Duration::from_secs(120);

/// Bounds a service is held to, from its configuration.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Age of the oldest waiting file beyond which it is not ready.
    pub waiting_max: Duration,
    /// Longest pause between two looks at the folders.
    pub rescan: Duration,
}

/// Why a service is not ready.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum NotReady {
    /// It opens its books.
    Starting,
    /// It finishes what is begun.
    Draining,
    /// It has stopped.
    Stopped {
        /// Code of the reason.
        code: String,
    },
    /// It shows no sign of work.
    Stuck {
        /// How long already.
        #[serde(rename = "seconds", serialize_with = "seconds")]
        silent: Duration,
    },
    /// A file waits longer than is promised.
    WaitingTooLong {
        /// Id of the folder set.
        folders: String,
        /// Business type.
        business: String,
        /// How long already.
        #[serde(rename = "seconds", serialize_with = "seconds")]
        waiting: Duration,
    },
    /// More files wait in a folder than one look keeps: who drops more there should wait.
    Backlog {
        /// Id of the folder set.
        folders: String,
        /// Business type.
        business: String,
        /// Files that wait there.
        files: u64,
    },
    /// The folder of registers holds something that does not load; what was loaded before stays in use.
    RegistersStale,
}

fn seconds<S: Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(time.as_secs())
}

/// Everything that keeps a service from being ready; nothing when it is.
pub fn not_ready(status: &Status, bounds: &Bounds) -> Vec<NotReady> {
    let state = match &status.state {
        State::Starting => Some(NotReady::Starting),
        State::Ready => None,
        State::Draining => Some(NotReady::Draining),
        State::Stopped { reason } => Some(NotReady::Stopped { code: reason.clone() }),
    };
    let stuck = is_stuck(status, bounds).then(|| NotReady::Stuck { silent: silent(status) });
    let waiting = status.queues.iter().max_by_key(|queue| queue.oldest_millis).and_then(|queue| {
        let waiting = Duration::from_millis(queue.oldest_millis);
        let (folders, business) = (queue.folders.clone(), queue.business.clone());
        (waiting > bounds.waiting_max).then_some(NotReady::WaitingTooLong { folders, business, waiting })
    });
    let backlog = status.queues.iter().max_by_key(|queue| queue.n_files).and_then(|queue| {
        let (folders, business) = (queue.folders.clone(), queue.business.clone());
        let is_behind = queue.n_files > QUEUE_MAX as u64;
        is_behind.then_some(NotReady::Backlog { folders, business, files: queue.n_files })
    });
    let stale = matches!(status.registers, Registers::Stale { .. }).then_some(NotReady::RegistersStale);
    [state, stuck, waiting, backlog, stale].into_iter().flatten().collect()
}

/// Whether it would help to start the service anew. Opening long books is no reason to.
pub fn is_alive(status: &Status, bounds: &Bounds) -> bool {
    match status.state {
        State::Starting => true,
        State::Ready | State::Draining => !is_stuck(status, bounds),
        State::Stopped { .. } => false,
    }
}

fn is_stuck(status: &Status, bounds: &Bounds) -> bool {
    status.state != State::Starting && silent(status) > bounds.rescan + STUCK
}

/// Time since the last sign of work; none when the clock was set back.
fn silent(status: &Status) -> Duration {
    Duration::try_from(status.now.duration_since(status.alive_at)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::status::Queue;
    use crate::serve::status::tests::{at, sample};

    const BOUNDS: Bounds = Bounds { waiting_max: Duration::from_secs(600), rescan: Duration::from_secs(5) };

    fn reasons(change: impl FnOnce(&mut Status)) -> String {
        let mut status = sample();
        change(&mut status);
        serde_json::to_string(&not_ready(&status, &BOUNDS)).unwrap()
    }

    #[test]
    fn a_service_at_work_is_ready() {
        assert_eq!(reasons(|_| {}), "[]");
        assert!(is_alive(&sample(), &BOUNDS));
    }

    #[test]
    fn each_state_but_one_is_a_reason() {
        assert_eq!(reasons(|it| it.state = State::Starting), r#"[{"reason":"starting"}]"#);
        assert_eq!(reasons(|it| it.state = State::Draining), r#"[{"reason":"draining"}]"#);
        let stopped = State::Stopped { reason: "sync-failed".to_owned() };
        assert_eq!(
            reasons(|it| it.state = stopped.clone()),
            r#"[{"reason":"stopped","code":"sync-failed"}]"#
        );
        assert!(!is_alive(&Status { state: stopped, ..sample() }, &BOUNDS));
    }

    /// At the bound it is ready, a millisecond later it is not; the oldest file of all folders counts.
    #[test]
    fn a_file_that_waits_too_long_is_a_reason() {
        let queue = |folders: &str, oldest_millis| Queue {
            folders: folders.to_owned(),
            business: "CooImp".to_owned(),
            n_files: 1,
            n_bytes: 9,
            oldest_millis,
            trouble: None,
        };
        assert_eq!(reasons(|it| it.queues = vec![queue("a", 1), queue("b", 600_000)]), "[]");
        assert_eq!(
            reasons(|it| it.queues = vec![queue("a", 1), queue("b", 600_001), queue("c", 2)]),
            r#"[{"reason":"waiting-too-long","folders":"b","business":"CooImp","seconds":600}]"#
        );
    }

    /// Ten thousand files are what one look keeps; with one more the door says later, however young they are.
    #[test]
    fn more_files_than_a_look_keeps_are_a_reason() {
        let queue = |n_files| Queue {
            folders: "a".to_owned(),
            business: "Deccus001".to_owned(),
            n_files,
            n_bytes: n_files,
            oldest_millis: 1,
            trouble: None,
        };
        assert_eq!(reasons(|it| it.queues = vec![queue(10_000), queue(3)]), "[]");
        assert_eq!(
            reasons(|it| it.queues = vec![queue(10_001), queue(3)]),
            r#"[{"reason":"backlog","folders":"a","business":"Deccus001","files":10001}]"#
        );
    }

    #[test]
    fn registers_of_before_are_a_reason() {
        let stale = Registers::Stale { since: at(0) };
        assert_eq!(reasons(|it| it.registers = stale), r#"[{"reason":"registers-stale"}]"#);
    }

    /// The last sign of work was 125 seconds ago, or 126: five for the rescan, 120 for a long window.
    #[test]
    fn a_service_without_a_sign_of_work_is_stuck() {
        let silent_for = |seconds: i64| Status { alive_at: at(1_000), now: at(1_000 + seconds), ..sample() };
        assert!(is_alive(&silent_for(125), &BOUNDS));
        assert!(!is_alive(&silent_for(126), &BOUNDS));
        let told = serde_json::to_string(&not_ready(&silent_for(126), &BOUNDS)).unwrap();
        assert_eq!(told, r#"[{"reason":"stuck","seconds":126}]"#);
        // Opening the books may take longer, and a clock that was set back says nothing.
        assert!(is_alive(&Status { state: State::Starting, ..silent_for(900) }, &BOUNDS));
        assert!(is_alive(&silent_for(-900), &BOUNDS));
    }
}
