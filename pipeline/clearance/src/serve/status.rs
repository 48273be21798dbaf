//! What a service says of itself at one moment: the page `/status`, which `clearance top` reads.
//!
//! Metrics and health are made of the same value, so that no two of them can disagree.

use crate::publish::ndjson::digest_text;
use crate::record::Head;
use crate::world::process::Usage;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Upper ends of the buckets in which times are counted, in microseconds; a last bucket holds what took longer.
pub const BUCKETS_MICROS: [u64; 20] = [
    100,
    200,
    500,
    1_000,
    2_000,
    5_000,
    10_000,
    20_000,
    50_000,
    100_000,
    200_000,
    500_000,
    1_000_000,
    2_000_000,
    5_000_000,
    10_000_000,
    20_000_000,
    60_000_000,
    300_000_000,
    1_800_000_000,
];

/// What a service says of itself at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Version of the program.
    pub version: String,
    /// What it is doing.
    pub state: State,
    /// When it was started.
    #[serde(with = "moment")]
    pub started_at: Timestamp,
    /// The moment this is said.
    #[serde(with = "moment")]
    pub now: Timestamp,
    /// When it last got on with its work.
    #[serde(with = "moment")]
    pub alive_at: Timestamp,
    /// Submissions settled since the start.
    pub submissions: u64,
    /// Documents in them.
    pub documents: u64,
    /// Bytes in them, as received.
    pub bytes: u64,
    /// Documents by outcome, all of them in their order.
    pub outcomes: Vec<(String, u64)>,
    /// Consignments by disposition, all of them in their order.
    pub dispositions: Vec<(String, u64)>,
    /// Answers that stand in their folders.
    pub answers: u64,
    /// Answers that wait for folders that do not take them.
    pub answers_waiting: u64,
    /// Files moved, by where to.
    pub moved: Vec<(String, u64)>,
    /// What waits, folder by folder.
    pub queues: Vec<Queue>,
    /// Turns taken.
    pub turns: u64,
    /// How long turns took.
    pub turn: Histogram,
    /// How long the stages of turns took.
    pub stages: Vec<StageTimes>,
    /// How long syncs took.
    pub syncs: Vec<StageTimes>,
    /// How long submissions waited from when they were first seen until they were acknowledged.
    pub acknowledged: Histogram,
    /// What is decided by.
    pub law: LawShown,
    /// Whether the registers are those of the folder.
    pub registers: Registers,
    /// Where the journal ends; `None` before it is opened.
    pub head: Option<JournalEnd>,
    /// What the process takes of the machine; `None` where the machine does not tell.
    pub process: Option<Process>,
    /// Troubles since the start.
    pub n_troubles: u64,
    /// The last of them, the oldest first.
    pub troubles: Vec<Trouble>,
}

/// What a service is doing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum State {
    /// It opens its books.
    Starting,
    /// It takes files.
    Ready,
    /// It finishes what is begun and takes nothing new.
    Draining,
    /// It takes nothing any more.
    Stopped {
        /// Code of the reason, e.g. `sync-failed`.
        reason: String,
    },
}

impl State {
    /// Names of all states, in their order.
    pub const NAMES: [&str; 4] = ["starting", "ready", "draining", "stopped"];

    /// Name for machines.
    pub const fn name(&self) -> &'static str {
        match self {
            State::Starting => "starting",
            State::Ready => "ready",
            State::Draining => "draining",
            State::Stopped { .. } => "stopped",
        }
    }
}

/// What waits in one `OutBox`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// Id of the folder set.
    pub folders: String,
    /// Business type: the folder's name.
    pub business: String,
    /// Complete files that wait.
    pub n_files: u64,
    /// Their bytes.
    pub n_bytes: u64,
    /// How long the oldest has waited since it was first seen, in milliseconds.
    pub oldest_millis: u64,
    /// Why the folder is left alone for now: a code, e.g. `cannot-list`; `None` when it is not.
    pub trouble: Option<String>,
}

/// A stage of a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Looking into the folders.
    Scan,
    /// Reading, judging and recording.
    Settle,
    /// Making it durable.
    Sync,
    /// Writing answers and moving files.
    Answer,
}

impl Stage {
    /// All, in order.
    pub const ALL: [Stage; 4] = [Self::Scan, Self::Settle, Self::Sync, Self::Answer];

    /// Name in metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scan => "scan",
            Self::Settle => "settle",
            Self::Sync => "sync",
            Self::Answer => "answer",
        }
    }
}

/// What was made durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyncOf {
    /// Raw documents.
    Evidence,
    /// The journal.
    Journal,
    /// Answers and the moves of files.
    Folders,
}

impl SyncOf {
    /// All of them.
    pub const ALL: [SyncOf; 3] = [Self::Evidence, Self::Journal, Self::Folders];

    /// Name in metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::Journal => "journal",
            Self::Folders => "folders",
        }
    }
}

/// Times of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageTimes {
    /// Which.
    pub name: String,
    /// How often it took how long.
    pub times: Histogram,
}

/// How often something took how long.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram {
    /// Times in each bucket of [`BUCKETS_MICROS`], and beyond.
    pub counts: Vec<u64>,
    /// All of them together.
    pub sum_micros: u64,
}

impl Histogram {
    /// How many times there are.
    pub fn n(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The mean; nothing without any times.
    pub fn mean_micros(&self) -> Option<u64> {
        self.sum_micros.checked_div(self.n())
    }

    /// The time that so many of a thousand times do not exceed, rounded up to the end of its bucket; [`Bound::Beyond`] when
    /// that is longer than all buckets, nothing without any times.
    pub fn quantile(&self, per_mille: u64) -> Option<Bound> {
        let n = self.n();
        let wanted = (n * per_mille).div_ceil(1_000).max(1);
        let mut seen = 0;
        let bucket = self.counts.iter().position(|count| {
            seen += count;
            seen >= wanted
        })?;
        let last = BUCKETS_MICROS[BUCKETS_MICROS.len() - 1];
        Some(
            BUCKETS_MICROS
                .get(bucket)
                .map_or(Bound::Beyond { micros: last }, |it| Bound::Within { micros: *it }),
        )
    }

    /// What came since an earlier look at the same times.
    pub fn since(&self, earlier: &Histogram) -> Histogram {
        let before = earlier.counts.iter().chain(std::iter::repeat(&0));
        Histogram {
            counts: self.counts.iter().zip(before).map(|(now, before)| now.saturating_sub(*before)).collect(),
            sum_micros: self.sum_micros.saturating_sub(earlier.sum_micros),
        }
    }
}

/// A time that is known by its bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// At most so long.
    Within {
        /// Microseconds.
        micros: u64,
    },
    /// Longer than this.
    Beyond {
        /// Microseconds.
        micros: u64,
    },
}

/// Digests of what is decided by, as decisions name them; empty before it is loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawShown {
    /// Of the rule book.
    pub rulebook: String,
    /// Of the registers.
    pub registers: String,
}

impl LawShown {
    /// Writes digests as decisions do.
    pub fn new(rulebook: [u8; 32], registers: [u8; 32]) -> LawShown {
        LawShown { rulebook: digest_text(&rulebook), registers: digest_text(&registers) }
    }
}

/// Whether the registers in use are those of the folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Registers {
    /// They are.
    Fresh,
    /// The folder changed to something that does not load; those from before stay in use.
    Stale {
        /// Since when.
        #[serde(with = "moment")]
        since: Timestamp,
    },
}

/// Where the journal ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEnd {
    /// Index of the last record.
    pub index: u64,
    /// Its hash.
    pub hash: String,
}

impl From<Head> for JournalEnd {
    fn from(head: Head) -> JournalEnd {
        JournalEnd { index: head.index, hash: digest_text(&head.hash) }
    }
}

/// What the process takes of the machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    /// Bytes of memory that are resident.
    pub resident_bytes: u64,
    /// Open files, connections among them.
    pub n_open_files: u64,
}

impl From<Usage> for Process {
    fn from(usage: Usage) -> Process {
        Process { resident_bytes: usage.resident_bytes, n_open_files: usage.n_open_files }
    }
}

/// Something that went wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// When.
    #[serde(with = "moment")]
    pub at: Timestamp,
    /// Its name, for machines.
    pub code: String,
    /// Id of the folder set or of the submission; empty when it is of neither.
    pub place: String,
    /// What the system said.
    pub detail: String,
}

/// A moment as RFC 3339 writes it.
mod moment {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(at)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| de::Error::custom("no moment"))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A moment so many seconds after 2018-06-01T01:30:00Z.
    pub fn at(seconds: i64) -> Timestamp {
        let start: Timestamp = "2018-06-01T01:30:00Z".parse().unwrap();
        start + jiff::SignedDuration::from_secs(seconds)
    }

    /// What a service says that runs for a minute, made by hand.
    pub fn sample() -> Status {
        let times = |counts: &[u64], sum_micros| {
            let mut all = vec![0; BUCKETS_MICROS.len() + 1];
            all[..counts.len()].copy_from_slice(counts);
            Histogram { counts: all, sum_micros }
        };
        let kind = |name: &str, times| StageTimes { name: name.to_owned(), times };
        let counted = |counts: &[(&str, u64)]| -> Vec<(String, u64)> {
            counts.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect()
        };
        Status {
            version: "9.8.7".to_owned(),
            state: State::Ready,
            started_at: at(0),
            now: at(60),
            alive_at: at(59),
            submissions: 4,
            documents: 1_200,
            bytes: 9_000_000,
            outcomes: counted(&[
                ("decided", 1_000),
                ("redecided", 1),
                ("filed", 150),
                ("repeated", 40),
                ("conflict", 2),
                ("refused", 7),
                ("declined", 1),
            ]),
            dispositions: counted(&[("release", 700), ("inspect", 100), ("hold", 150), ("reject", 51)]),
            answers: 1_201,
            answers_waiting: 3,
            moved: counted(&[("sent", 4), ("failed", 1), ("quarantined", 2)]),
            queues: vec![
                Queue {
                    folders: "a".to_owned(),
                    business: "Deccus001".to_owned(),
                    n_files: 2,
                    n_bytes: 4_096,
                    oldest_millis: 12_500,
                    trouble: None,
                },
                Queue {
                    folders: "b".to_owned(),
                    business: "产地证".to_owned(),
                    n_files: 0,
                    n_bytes: 0,
                    oldest_millis: 0,
                    trouble: Some("cannot-list".to_owned()),
                },
            ],
            turns: 13,
            turn: times(&[0, 0, 0, 10, 0, 0, 3], 30_000),
            stages: vec![
                kind("scan", times(&[13], 1_000)),
                kind("settle", times(&[0, 0, 0, 0, 0, 4], 18_000)),
                kind("sync", times(&[0, 0, 0, 0, 4], 8_000)),
                kind("answer", times(&[0, 0, 0, 4], 3_000)),
            ],
            syncs: vec![
                kind("evidence", times(&[0, 0, 0, 4], 3_000)),
                kind("journal", times(&[0, 0, 0, 4], 3_500)),
                kind("folders", times(&[4], 200)),
            ],
            acknowledged: times(&[0, 0, 0, 0, 0, 0, 4], 36_000),
            law: LawShown { rulebook: "b3:aa".to_owned(), registers: "b3:bb".to_owned() },
            registers: Registers::Fresh,
            head: Some(JournalEnd { index: 1_207, hash: "b3:cc".to_owned() }),
            process: Some(Process { resident_bytes: 89_128_960, n_open_files: 23 }),
            n_troubles: 1,
            troubles: vec![Trouble {
                at: at(42),
                code: "cannot-list".to_owned(),
                place: "b".to_owned(),
                detail: "permission denied".to_owned(),
            }],
        }
    }

    #[test]
    fn what_is_said_is_read_again() {
        for state in [State::Draining, State::Stopped { reason: "sync-failed".to_owned() }] {
            let status =
                Status { state, registers: Registers::Stale { since: at(3) }, head: None, ..sample() };
            let text = serde_json::to_string(&status).unwrap();
            assert_eq!(serde_json::from_str::<Status>(&text).unwrap(), status);
        }
    }

    /// Four times: two up to 100 µs, one up to 200 µs, one beyond half an hour.
    #[test]
    fn a_quantile_is_the_end_of_its_bucket() {
        let mut counts = vec![0; BUCKETS_MICROS.len() + 1];
        (counts[0], counts[1], counts[20]) = (2, 1, 1);
        let times = Histogram { counts, sum_micros: 4_000 };
        assert_eq!(times.quantile(0), Some(Bound::Within { micros: 100 }));
        assert_eq!(times.quantile(500), Some(Bound::Within { micros: 100 }));
        assert_eq!(times.quantile(501), Some(Bound::Within { micros: 200 }));
        assert_eq!(times.quantile(750), Some(Bound::Within { micros: 200 }));
        assert_eq!(times.quantile(990), Some(Bound::Beyond { micros: 1_800_000_000 }));
        assert_eq!(times.mean_micros(), Some(1_000));
        assert_eq!(Histogram::default().quantile(500), None);
        assert_eq!(Histogram::default().mean_micros(), None);
        assert_eq!(times.since(&times).n(), 0);
        assert_eq!(times.since(&Histogram::default()), times);
    }
}
