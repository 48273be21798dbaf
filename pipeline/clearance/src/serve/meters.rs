//! What a service counts of itself, for health, metrics and `clearance top`.
//!
//! The service writes here and never reads; whoever asks gets a [`Status`] and cannot hold the service up.
//! Durations and moments are arguments: there is no clock in here.
//! No value is made of what a document says: ids of folder sets, names of business types, and codes of ours only.

use super::status::{
    BUCKETS_MICROS, Histogram, JournalEnd, LawShown, Queue, Registers, Stage, StageTimes, State, Status,
    SyncOf, Trouble,
};
use crate::publish::summary::Summary;
use crate::record::Head;
use jiff::Timestamp;
use model::decision::{Disposition, OutcomeKind};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Troubles that are remembered: as many as fit on a screen.
const TROUBLES_MAX: usize = 32;
/// Characters of what is kept of a text that came from the system.
const TEXT_CHARS_MAX: usize = 200;

/// Folders that are shown: an office has tens, and whoever may make folders cannot fill the memory with their names.
/// Beyond it those with the oldest files are shown.
const QUEUES_MAX: usize = 4_096;

const N_BUCKETS: usize = BUCKETS_MICROS.len() + 1;

/// What a service counts of itself. Shared: the service counts, the door reads.
#[derive(Debug)]
pub struct Meters {
    outcomes: [AtomicU64; OutcomeKind::ALL.len()],
    dispositions: [AtomicU64; Disposition::ALL.len()],
    submissions: AtomicU64,
    documents: AtomicU64,
    bytes: AtomicU64,
    answers: AtomicU64,
    moved: [AtomicU64; Moved::ALL.len()],
    troubles: AtomicU64,
    turns: AtomicU64,
    alive_millis: AtomicU64,
    stages: [Times; Stage::ALL.len()],
    syncs: [Times; SyncOf::ALL.len()],
    turn: Times,
    acknowledged: Times,
    slow: Mutex<Slow>,
}

/// What changes at most once a turn, behind one lock.
#[derive(Debug)]
struct Slow {
    state: State,
    started_at: Timestamp,
    queues: Vec<Queue>,
    answers_waiting: u64,
    law: LawShown,
    registers: Registers,
    head: Option<Head>,
    troubles: VecDeque<Trouble>,
}

/// Where a file was moved to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// `SentBox`: taken and answered.
    Sent,
    /// `FailBox`: could not be taken.
    Failed,
    /// Quarantine: no plain file with a plain name.
    Quarantined,
}

impl Moved {
    /// All of them.
    pub const ALL: [Moved; 3] = [Self::Sent, Self::Failed, Self::Quarantined];

    /// Name in metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Quarantined => "quarantined",
        }
    }
}

impl Meters {
    /// Nothing counted; the service is starting.
    pub fn new(now: Timestamp) -> Meters {
        Meters {
            outcomes: Default::default(),
            dispositions: Default::default(),
            submissions: AtomicU64::new(0),
            documents: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            answers: AtomicU64::new(0),
            moved: Default::default(),
            troubles: AtomicU64::new(0),
            turns: AtomicU64::new(0),
            alive_millis: AtomicU64::new(millis(now)),
            stages: Default::default(),
            syncs: Default::default(),
            turn: Times::default(),
            acknowledged: Times::default(),
            slow: Mutex::new(Slow {
                state: State::Starting,
                started_at: now,
                queues: Vec::new(),
                answers_waiting: 0,
                law: LawShown::default(),
                registers: Registers::Fresh,
                head: None,
                troubles: VecDeque::new(),
            }),
        }
    }

    /// The service goes over to this state.
    pub fn state(&self, state: State) {
        let mut slow = self.slow();
        // Why it stopped first is what matters; what follows from it does not replace it.
        if !matches!(slow.state, State::Stopped { .. }) {
            slow.state = state;
        }
    }

    /// The service is alive: it takes its turns, or gets on within a long one. To be called at least once a window.
    pub fn alive(&self, now: Timestamp) {
        self.alive_millis.store(millis(now), Ordering::Relaxed);
    }

    /// A turn is over.
    pub fn turn(&self, now: Timestamp, took: Duration) {
        self.turns.fetch_add(1, Ordering::Relaxed);
        self.turn.add(took);
        self.alive(now);
    }

    /// A stage of a turn is over.
    pub fn stage(&self, stage: Stage, took: Duration) {
        self.stages[stage as usize].add(took);
    }

    /// Something was made durable.
    pub fn sync(&self, of: SyncOf, took: Duration) {
        self.syncs[of as usize].add(took);
    }

    /// A submission was acknowledged, so long after it was first seen in its folder.
    pub fn acknowledged(&self, after: Duration) {
        self.acknowledged.add(after);
    }

    /// A submission was settled, and is durable. Repeats count by their outcome alone.
    pub fn settled(&self, summary: &Summary) {
        self.submissions.fetch_add(1, Ordering::Relaxed);
        self.documents.fetch_add(summary.n_documents, Ordering::Relaxed);
        self.bytes.fetch_add(summary.bytes, Ordering::Relaxed);
        for (kind, counter) in OutcomeKind::ALL.iter().zip(&self.outcomes) {
            counter.fetch_add(summary.n_of(*kind), Ordering::Relaxed);
        }
        for (disposition, counter) in Disposition::ALL.iter().zip(&self.dispositions) {
            let n = summary.dispositions.get(disposition).copied().unwrap_or(0);
            counter.fetch_add(n, Ordering::Relaxed);
        }
    }

    /// So many answers stand in their folders under their names.
    pub fn answers(&self, n: u64) {
        self.answers.fetch_add(n, Ordering::Relaxed);
    }

    /// So many answers wait for folders that do not take them.
    pub fn answers_waiting(&self, n: u64) {
        self.slow().answers_waiting = n;
    }

    /// A file was moved.
    pub fn moved(&self, to: Moved) {
        self.moved[to as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// What waits, folder by folder, as the last look found it. Replaces what was said before.
    pub fn queues(&self, mut queues: Vec<Queue>) {
        if queues.len() > QUEUES_MAX {
            queues.sort_by_key(|queue| std::cmp::Reverse(queue.oldest_millis));
            queues.truncate(QUEUES_MAX);
        }
        queues.iter_mut().for_each(|queue| queue.business = harmless(&queue.business));
        self.slow().queues = queues;
    }

    /// What is decided by from now on: digests of the rule book and of the registers.
    pub fn law(&self, rulebook: [u8; 32], registers: [u8; 32]) {
        self.slow().law = LawShown::new(rulebook, registers);
    }

    /// Whether the registers in use are those of the folder.
    pub fn registers(&self, registers: Registers) {
        self.slow().registers = registers;
    }

    /// The journal is durable up to here.
    pub fn head(&self, head: Head) {
        self.slow().head = Some(head);
    }

    /// Something went wrong. `code` names it for machines; `place` is the id of a folder set, of a file in the journal,
    /// or empty; `detail` is what the system said, never a text of a document or the name of a file.
    pub fn trouble(&self, at: Timestamp, code: &'static str, place: &str, detail: &str) {
        self.troubles.fetch_add(1, Ordering::Relaxed);
        let mut slow = self.slow();
        if slow.troubles.len() == TROUBLES_MAX {
            slow.troubles.pop_front();
        }
        let (place, detail) = (harmless(place), harmless(detail));
        slow.troubles.push_back(Trouble { at, code: code.to_owned(), place, detail });
    }

    /// When the service was last alive.
    pub fn last_alive(&self) -> Timestamp {
        let millis = i64::try_from(self.alive_millis.load(Ordering::Relaxed)).unwrap_or(i64::MAX);
        Timestamp::from_millisecond(millis).unwrap_or(Timestamp::MAX)
    }

    /// All of it at one moment.
    pub fn status(&self, now: Timestamp) -> Status {
        let read = |it: &AtomicU64| it.load(Ordering::Relaxed);
        let slow = self.slow();
        Status {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            state: slow.state.clone(),
            started_at: slow.started_at,
            now,
            alive_at: self.last_alive(),
            submissions: read(&self.submissions),
            documents: read(&self.documents),
            bytes: read(&self.bytes),
            outcomes: OutcomeKind::ALL
                .iter()
                .zip(&self.outcomes)
                .map(|(it, n)| (it.name().to_owned(), read(n)))
                .collect(),
            dispositions: Disposition::ALL
                .iter()
                .zip(&self.dispositions)
                .map(|(it, n)| (it.name().to_owned(), read(n)))
                .collect(),
            answers: read(&self.answers),
            answers_waiting: slow.answers_waiting,
            moved: Moved::ALL
                .iter()
                .zip(&self.moved)
                .map(|(it, n)| (it.name().to_owned(), read(n)))
                .collect(),
            queues: slow.queues.clone(),
            turns: read(&self.turns),
            turn: self.turn.read(),
            stages: Stage::ALL
                .iter()
                .zip(&self.stages)
                .map(|(it, times)| StageTimes { name: it.name().to_owned(), times: times.read() })
                .collect(),
            syncs: SyncOf::ALL
                .iter()
                .zip(&self.syncs)
                .map(|(it, times)| StageTimes { name: it.name().to_owned(), times: times.read() })
                .collect(),
            acknowledged: self.acknowledged.read(),
            law: slow.law.clone(),
            registers: slow.registers.clone(),
            head: slow.head.map(JournalEnd::from),
            process: None,
            n_troubles: read(&self.troubles),
            troubles: slow.troubles.iter().cloned().collect(),
        }
    }

    /// A panic while the lock was held leaves values that are old, not wrong.
    fn slow(&self) -> MutexGuard<'_, Slow> {
        self.slow.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Milliseconds since 1970; a clock before that counts as 1970.
fn millis(at: Timestamp) -> u64 {
    u64::try_from(at.as_millisecond()).unwrap_or(0)
}

/// A text for a log or a screen: no controls, not long.
fn harmless(text: &str) -> String {
    text.chars().take(TEXT_CHARS_MAX).flat_map(char::escape_debug).collect()
}

/// How often something took how long.
#[derive(Debug, Default)]
struct Times {
    counts: [AtomicU64; N_BUCKETS],
    sum_micros: AtomicU64,
}

impl Times {
    fn add(&self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bucket = BUCKETS_MICROS.partition_point(|bound| *bound < micros);
        self.counts[bucket].fetch_add(1, Ordering::Relaxed);
        self.sum_micros.fetch_add(micros, Ordering::Relaxed);
    }

    fn read(&self) -> Histogram {
        let counts = self.counts.iter().map(|it| it.load(Ordering::Relaxed)).collect();
        Histogram { counts, sum_micros: self.sum_micros.load(Ordering::Relaxed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::status::tests::at;

    #[test]
    fn what_is_counted_is_told() {
        let meters = Meters::new(at(0));
        let mut summary = Summary::default();
        (summary.n_documents, summary.bytes) = (3, 900);
        summary.outcomes.insert(OutcomeKind::Decided, 2);
        summary.outcomes.insert(OutcomeKind::Refused, 1);
        summary.dispositions.insert(Disposition::Hold, 2);
        meters.settled(&summary);
        meters.settled(&summary);
        meters.answers(6);
        meters.answers_waiting(2);
        meters.moved(Moved::Sent);
        meters.moved(Moved::Quarantined);
        meters.law([1; 32], [2; 32]);
        meters.head(Head { index: 9, hash: [3; 32] });
        meters.turn(at(7), Duration::from_millis(3));
        let status = meters.status(at(8));
        assert_eq!((status.submissions, status.documents, status.bytes), (2, 6, 1_800));
        let counted = |counts: &[(String, u64)]| -> Vec<u64> { counts.iter().map(|(_, n)| *n).collect() };
        assert_eq!(counted(&status.outcomes), [4, 0, 0, 0, 0, 2, 0]);
        assert_eq!(counted(&status.dispositions), [0, 0, 4, 0]);
        assert_eq!(counted(&status.moved), [1, 0, 1]);
        assert_eq!((status.answers, status.answers_waiting, status.turns), (6, 2, 1));
        assert_eq!((status.started_at, status.alive_at, status.now), (at(0), at(7), at(8)));
        assert_eq!(status.law.registers, format!("b3:{}", "02".repeat(32)));
        assert_eq!(status.head.map(|head| head.index), Some(9));
    }

    /// 100 µs is at most 100 µs, 101 µs is at most 200 µs, an hour is beyond the last bucket.
    #[test]
    fn a_time_falls_into_the_first_bucket_that_holds_it() {
        let meters = Meters::new(at(0));
        for micros in [100, 101, 3_600_000_000] {
            meters.sync(SyncOf::Journal, Duration::from_micros(micros));
        }
        let status = meters.status(at(0));
        let journal = &status.syncs[1];
        assert_eq!(journal.name, "journal");
        let filled: Vec<usize> =
            (0..).zip(&journal.times.counts).filter(|(_, n)| **n > 0).map(|(it, _)| it).collect();
        assert_eq!(filled, [0, 1, 20]);
        assert_eq!(journal.times.sum_micros, 3_600_000_201);
        assert_eq!(status.syncs[0].times.n(), 0);
        meters.stage(Stage::Answer, Duration::from_micros(1));
        assert_eq!(meters.status(at(0)).stages[3].times.n(), 1);
    }

    #[test]
    fn why_it_stopped_first_is_what_is_told() {
        let meters = Meters::new(at(0));
        meters.state(State::Ready);
        let stopped = |reason: &str| State::Stopped { reason: reason.to_owned() };
        meters.state(stopped("sync-failed"));
        meters.state(State::Draining);
        meters.state(stopped("journal-closed"));
        assert_eq!(meters.status(at(0)).state, stopped("sync-failed"));
    }

    #[test]
    fn the_last_troubles_are_kept_without_controls() {
        let meters = Meters::new(at(0));
        for second in 0..40 {
            meters.trouble(at(second), "cannot-list", "a\n", &"x\u{202e}".repeat(200));
        }
        let status = meters.status(at(40));
        assert_eq!((status.n_troubles, status.troubles.len()), (40, 32));
        assert_eq!(status.troubles[0].at, at(8));
        assert_eq!(status.troubles[0].place, "a\\n");
        // 200 characters are kept, and of them every other one is written as an escape.
        assert_eq!(status.troubles[0].detail, "x\\u{202e}".repeat(100));
    }

    #[test]
    fn of_too_many_folders_those_with_the_oldest_files_are_shown() {
        let meters = Meters::new(at(0));
        let queue = |oldest_millis| Queue {
            folders: "a".to_owned(),
            business: "x\u{1b}".to_owned(),
            n_files: 1,
            n_bytes: 1,
            oldest_millis,
            trouble: None,
        };
        meters.queues((0..5_000).map(queue).collect());
        let status = meters.status(at(0));
        assert_eq!(status.queues.len(), 4_096);
        assert_eq!(status.queues[0].oldest_millis, 4_999);
        assert_eq!(status.queues[0].business, "x\\u{1b}");
    }
}
