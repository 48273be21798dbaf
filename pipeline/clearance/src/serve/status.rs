//! What a service says of itself at one moment: the page `/status`, which `clearance top` reads.
//!
//! Metrics and health are made of the same value, so that no two of them can disagree.

use crate::publish::ndjson::digest_text;
use crate::record::Head;
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

/// What waits in one `OutBox`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// Id of the folder set.
    pub folders: String,
    /// Business type: the folder's name, with controls escaped.
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
    /// Writing answers.
    Answer,
    /// Moving files.
    Move,
}

impl Stage {
    /// All, in order.
    pub const ALL: [Stage; 5] = [Self::Scan, Self::Settle, Self::Sync, Self::Answer, Self::Move];

    /// Name in metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scan => "scan",
            Self::Settle => "settle",
            Self::Sync => "sync",
            Self::Answer => "answer",
            Self::Move => "move",
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
