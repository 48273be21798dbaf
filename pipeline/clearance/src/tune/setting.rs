//! What can be set, and what of it is tried.

use crate::record::Compression;
use crate::serve::config::size_text;
use model::finding::Words;
use std::collections::BTreeSet;

/// What speed and memory depend on, and no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Threads.
    pub n_threads: usize,
    /// Bytes of documents settled at once.
    pub window_bytes: u64,
    /// How hard the journal is packed.
    pub compression: Compression,
    /// How the allocator deals with the system.
    pub allocator: Allocator,
}

/// How the allocator deals with the system. It reads this from its environment, before anything else happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allocator {
    /// As it is built: memory goes back some milliseconds after it was freed.
    Usual,
    /// It goes back at once: least memory.
    GivesBack,
    /// It is kept: fewest calls of the system.
    Keeps,
    /// Pages of 2 MiB, where the system has some.
    LargePages,
}

impl Allocator {
    /// All, the usual one first.
    pub const ALL: [Allocator; 4] = [Self::Usual, Self::GivesBack, Self::Keeps, Self::LargePages];

    /// The variable that says so, and its value; none for the usual.
    pub const fn variable(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Usual => None,
            Self::GivesBack => Some(("MIMALLOC_PURGE_DELAY", "0")),
            Self::Keeps => Some(("MIMALLOC_PURGE_DELAY", "-1")),
            Self::LargePages => Some(("MIMALLOC_ALLOW_LARGE_OS_PAGES", "1")),
        }
    }

    /// For people.
    pub const fn words(self) -> Words {
        let (zh, en) = match self {
            Self::Usual => ("照常", "as built"),
            Self::GivesBack => ("立即归还", "gives back at once"),
            Self::Keeps => ("不归还", "keeps"),
            Self::LargePages => ("大页", "large pages"),
        };
        Words { zh, en }
    }
}

/// One thing that can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Threads.
    Threads,
    /// Bytes of documents settled at once.
    Window,
    /// How hard the journal is packed.
    Compression,
    /// How the allocator deals with the system.
    Allocator,
}

impl Kind {
    /// All, in the order they are told.
    pub const ALL: [Kind; 4] = [Self::Threads, Self::Window, Self::Compression, Self::Allocator];

    /// Name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Threads => "threads",
            Self::Window => "window",
            Self::Compression => "compression",
            Self::Allocator => "allocator",
        }
    }

    /// For people.
    pub const fn words(self) -> Words {
        let (zh, en) = match self {
            Self::Threads => ("线程数", "threads"),
            Self::Window => ("一次处理", "window"),
            Self::Compression => ("日志链压缩", "compression"),
            Self::Allocator => ("内存分配", "allocator"),
        };
        Words { zh, en }
    }
}

/// Windows that are tried: below, a window has too few documents to share out; above, it no longer fits a cache.
const WINDOWS: [u64; 6] = [128 << 10, 256 << 10, 512 << 10, 1 << 20, 2 << 20, 4 << 20];

/// The settings of a program nobody tuned, on a machine with so many cores.
pub fn usual(n_cores: usize) -> Setting {
    Setting {
        n_threads: n_cores,
        window_bytes: 512 << 10,
        compression: Compression::default(),
        allocator: Allocator::Usual,
    }
}

/// The defaults, then every setting that differs from them in one thing.
pub fn all(n_cores: usize) -> Vec<(Option<Kind>, Setting)> {
    let usual = usual(n_cores);
    // Powers of two below the number of cores, and one thread for every core.
    let threads: BTreeSet<usize> =
        (0..).map(|power| 1 << power).take_while(|n| *n < n_cores).chain([n_cores]).collect();
    let threads = threads.into_iter().map(|n_threads| (Kind::Threads, Setting { n_threads, ..usual }));
    let windows = WINDOWS.map(|window_bytes| (Kind::Window, Setting { window_bytes, ..usual }));
    let packings = Compression::ALL.map(|compression| (Kind::Compression, Setting { compression, ..usual }));
    let allocators = Allocator::ALL.map(|allocator| (Kind::Allocator, Setting { allocator, ..usual }));
    let others = threads.chain(windows).chain(packings).chain(allocators);
    let others = others.filter(|(_, setting)| *setting != usual).map(|(kind, setting)| (Some(kind), setting));
    std::iter::once((None, usual)).chain(others).collect()
}

impl Setting {
    /// What it has of this kind, as it is written.
    pub fn value(&self, kind: Kind) -> String {
        match kind {
            Kind::Threads => self.n_threads.to_string(),
            Kind::Window => size_text(self.window_bytes),
            Kind::Compression => self.compression.name().to_owned(),
            Kind::Allocator => {
                self.allocator.variable().map_or(String::new(), |(name, value)| format!("{name}={value}"))
            }
        }
    }

    /// The same as another in this kind.
    pub fn with(self, kind: Kind, other: &Setting) -> Setting {
        match kind {
            Kind::Threads => Setting { n_threads: other.n_threads, ..self },
            Kind::Window => Setting { window_bytes: other.window_bytes, ..self },
            Kind::Compression => Setting { compression: other.compression, ..self },
            Kind::Allocator => Setting { allocator: other.allocator, ..self },
        }
    }

    /// Arguments of `run`.
    pub fn arguments(&self) -> [String; 6] {
        [
            "--threads".to_owned(),
            self.n_threads.to_string(),
            "--window".to_owned(),
            self.window_bytes.to_string(),
            "--compression".to_owned(),
            self.compression.name().to_owned(),
        ]
    }

    /// The same with the variable of the allocator before it, as one would type it.
    pub fn flags(&self) -> String {
        let variable = self.value(Kind::Allocator);
        let arguments = self.arguments().join(" ");
        if variable.is_empty() { arguments } else { format!("{variable} … {arguments}") }
    }

    /// The settings of a service. The variable of the allocator is none of them: its unit sets it.
    pub fn toml(&self) -> String {
        let Setting { n_threads, compression, .. } = self;
        let window = size_text(self.window_bytes);
        let (zh, en) = ("systemd 单元里写", "in the systemd unit");
        let unit = self
            .allocator
            .variable()
            .map_or(String::new(), |(name, value)| format!("# {en} / {zh}: Environment={name}={value}\n"));
        format!(
            "{unit}threads = {n_threads}\nwindow = \"{window}\"\ncompression = \"{}\"\n",
            compression.name()
        )
    }
}
