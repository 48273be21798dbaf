//! What is known and may not be lost: the journal, the evidence, and an index over the journal.
//!
//! The journal is the source of truth; nothing is acknowledged before
//! [`Journal::commit`] has returned. The evidence keeps the bytes as they were
//! received. The index is a view of the journal: losing it loses nothing.
//! The journal's format on disk is described in `ops/journal-format.md`.
//!
//! Everything here stops rather than guesses: after an error of the outside
//! world a journal, pack or evidence store answers every later call with that
//! same error, and the next start reads again what is really there.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use self::compression::Compression;
pub use self::evidence::{Digest, Evidence, Receiving};
pub use self::index::{Index, Key};
pub use self::journal::{Cut, Head, Journal, Kind, Limits, Payload, Position, Reader, Record};
pub use self::pack::{Pack, Place, Spool};

pub mod archive;
mod compression;
pub mod embedded;
pub mod evidence;
mod frame;
pub mod heads;
pub mod index;
pub mod journal;
pub mod pack;
pub mod wire;

/// Why the record layer stopped.
#[derive(Debug, Clone, thiserror::Error)]
pub enum RecordError {
    /// The file system refused.
    #[error("{}: cannot {action}: {source}; check space, permissions and the disk, then start again", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: Arc<io::Error>,
    },
    /// What is on disk is not what was written.
    #[error("{}: damaged at byte {offset} (journal index {first_bad_index}): {why}; put back a good copy of this file, nothing has been changed", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where in the file.
        offset: u64,
        /// The first journal index that cannot be vouched for; 0 outside the journal.
        first_bad_index: u64,
        /// What does not fit.
        why: String,
    },
    /// A view of the journal is not what was written. Its owner may wipe it and build it again.
    #[error("{}: damaged: {why}; nothing is lost: remove the folder it lies in and start again, it is built anew from the journal", path.display())]
    ViewDamaged {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        why: &'static str,
    },
    /// Another process writes here.
    #[error("{}: in use by another process; stop it, or choose another data folder", path.display())]
    InUse {
        /// The lock file.
        path: PathBuf,
    },
    /// What is asked for went to the archive, and the archive cannot be read.
    #[error("{}: this is in the archive, which cannot be read: {source}; mount it, or name its new place with `clearance archive --to`, and try again", path.display())]
    ArchiveAway {
        /// The file in the archive.
        path: PathBuf,
        /// What the system said.
        source: Arc<io::Error>,
    },
    /// Asked for a record that is not there.
    #[error("there is no journal record {index}; the last one is {last}")]
    NoSuchRecord {
        /// The index asked for.
        index: u64,
        /// The index of the last record.
        last: u64,
    },
    /// More bytes than the limit for one record or document.
    #[error("{what} of {bytes} bytes is over the limit of {limit} bytes")]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// Its size.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
}

impl RecordError {
    /// An error of the file system, with the file and what was tried.
    pub(crate) fn io(action: &'static str, path: &Path, source: io::Error) -> RecordError {
        RecordError::Io { action, path: path.to_owned(), source: Arc::new(source) }
    }

    /// Damage found outside the journal.
    pub(crate) fn damaged(path: &Path, offset: u64, why: impl Into<String>) -> RecordError {
        RecordError::Damaged { path: path.to_owned(), offset, first_bad_index: 0, why: why.into() }
    }
}

/// A little-endian number out of a fixed place in a header.
macro_rules! number {
    ($type:ty, $bytes:expr, $at:expr) => {{
        let mut field = [0; size_of::<$type>()];
        field.copy_from_slice(&$bytes[$at..$at + size_of::<$type>()]);
        <$type>::from_le_bytes(field)
    }};
}
pub(crate) use number;
