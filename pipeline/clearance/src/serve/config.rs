//! What a service is told: one TOML file, which counts as a whole or not at all.

use model::finding::Language;
use model::limits::Limits;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// What a service is told, complete and with all defaults filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Data folder: journal, evidence, index.
    pub data: PathBuf,
    /// Registers of the office.
    pub registers: PathBuf,
    /// Whether the file names the folder of registers; a folder somebody named must be there.
    pub is_registers_named: bool,
    /// Language of sentences in lines and answers; that of the locale when not said.
    pub language: Option<Language>,
    /// Threads; 0 means one a core.
    pub n_threads: usize,
    /// Encodings that are taken, and bounds on what comes in.
    pub limits: Limits,
    /// Longest time between two looks at the folders.
    pub rescan: Duration,
    /// How much is settled at once.
    pub turn: Turn,
    /// How long a folder that gave trouble is left alone.
    pub retry: Retry,
    /// Where health and metrics are asked for; `None` when nowhere.
    pub http: Option<Http>,
    /// What is kept how long.
    pub retention: Retention,
    /// The folder sets, in order; at least one.
    pub folders: Vec<Folders>,
}

/// How much is settled between two looks at the folders. What does not fit stays in `OutBox`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Files taken at most.
    pub n_files: usize,
    /// Bytes after which no further file is taken; one larger file is taken alone.
    pub n_bytes: u64,
    /// Answers that may wait for a folder that does not take them; beyond it nothing new is taken for that folder.
    pub n_answers_waiting: usize,
}

/// How long a folder that gave trouble is left alone: twice as long each time, up to a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// After the first trouble.
    pub first: Duration,
    /// At most.
    pub longest: Duration,
}

/// Where health and metrics are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Http {
    /// Address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Age of the oldest waiting file beyond which the service is not ready.
    pub waiting_max: Duration,
}

/// What is kept how long. What is not said is kept for ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// Days the raw documents are kept.
    pub raw_days: Option<u32>,
    /// Days journal segments stay in the data folder before they are moved to the archive.
    pub journal_days: Option<u32>,
}

/// One set of folders of one firm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// Short name for logs and metrics, which never carry the name of a firm (reliability W9).
    pub id: String,
    /// Name for people; empty when not said.
    pub firm: String,
    /// Folder that holds a folder for each business type.
    pub root: PathBuf,
    /// Business types that are watched; every folder of the root that holds an `OutBox` when not said.
    pub types: Option<Vec<String>>,
    /// Unified codes of those who may file here; anybody when not said (reliability W2).
    pub declarants: Option<Vec<String>>,
}
