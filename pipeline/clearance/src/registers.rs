//! The registers of an office: a folder of files that desks keep in spreadsheets, and one of TOML.
//!
//! A folder loads as a whole or not at all, because half a register decides wrongly in silence.
//! Everything wrong is named by file, line, column and reason, as a list to work through.
//! What does no harm, such as a file or a column this version does not read, is a notice.
//! An absent file is an empty register; an absent folder: every firm is unknown.
//!
//! One register is one file in `registers/` and two lines here.

use crate::world::{DirEntry, EntryKind, Identity, World};
use model::finding::Language;
use model::registers::Registers;
use std::io;
use std::path::{Path, PathBuf};

pub use self::fault::{BadRow, Reason};
pub use self::report::{first_notices, report, to_json_lines};
pub use self::show::{Asked, ShowError, show};

use self::loading::{Keep, KeptRow, Loading};
use self::register::Register;

mod alerts;
mod authorisations;
mod brands;
mod campaigns;
mod draws;
mod exchange;
mod exemptions;
mod firms;
mod grades;
mod history;
mod joint_approvals;
mod laboratories;
mod members;
mod orders;
mod policies;
mod pots;
mod producers;
mod reports;
mod risk;
mod statements;
mod stops;
mod vouchers;

mod column;
mod digest;
mod fault;
mod judge;
mod lines;
mod loading;
mod nested;
mod register;
mod report;
mod seen;
mod show;
mod table;

#[cfg(test)]
mod tests;

/// The registers this version reads, in the order of reports and digests: a new one comes last, so that a folder without
/// it keeps its digest.
static REGISTERS: &[&Register] = &[
    &firms::REGISTER,
    &authorisations::REGISTER,
    &statements::REGISTER,
    &draws::REGISTER,
    &members::REGISTER,
    &grades::REGISTER,
    &producers::REGISTER,
    &risk::REGISTER,
    &brands::REGISTER,
    &exemptions::REGISTER,
    &joint_approvals::REGISTER,
    &laboratories::REGISTER,
    &reports::REGISTER,
    &policies::REGISTER,
    &orders::REGISTER,
    &vouchers::REGISTER,
    &pots::REGISTER,
    &alerts::REGISTER,
    &campaigns::REGISTER,
    &stops::REGISTER,
    &exchange::REGISTER,
    &history::REGISTER,
];

/// Bytes of one file: five million firms fit.
const FILE_BYTES_MAX: u64 = 1 << 30;
/// Bytes of the file of policies: people write it by hand.
const NESTED_BYTES_MAX: u64 = 1 << 22;
/// Bytes of one row: a firm with a thousand aliases fits, and an open quote is noticed soon.
const ROW_BYTES_MAX: usize = 1 << 18;
/// Bad rows that are listed, then "and more": nobody mends a thousand at a time.
const BAD_ROWS_MAX: usize = 1_000;
/// Notices that are listed, then "and more".
const NOTICES_MAX: usize = 200;
/// Bytes read at a time.
const CHUNK_BYTES: usize = 1 << 16;

/// A folder of registers, read and checked.
#[derive(Debug)]
pub struct Loaded {
    /// The snapshot, with its digest.
    pub registers: Registers,
    /// What was read, register by register.
    pub counts: Vec<Count>,
    /// The rows that were asked for, each value in its one form.
    kept: Vec<KeptRow>,
    /// What was passed over.
    pub notices: Vec<Notice>,
    /// Notices beyond those listed.
    pub n_more_notices: u64,
}

/// What was read of one register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Name of the file.
    pub file: &'static str,
    /// The file is there.
    pub present: bool,
    /// Rows, without header and blank ones.
    pub n_rows: u64,
    /// Rows with something wrong; a bad header is one, and so is the row a broken quote begins in.
    pub n_bad: u64,
    /// Digest of its rows; none without any.
    pub digest: Option<[u8; 32]>,
}

impl Count {
    fn new(register: &'static Register, present: bool) -> Count {
        Count { file: register.file, present, n_rows: 0, n_bad: 0, digest: None }
    }
}

/// Something passed over that does no harm, but that somebody may have meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// There is no such folder.
    NoFolder,
    /// A file that is no register.
    UnknownFile {
        /// Its name.
        file: String,
    },
    /// A column the register does not have.
    UnknownColumn {
        /// Name of the file.
        file: &'static str,
        /// The column as the file writes it; empty when it has no name.
        header: String,
    },
}

/// Why a folder does not load.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The file system refused.
    #[error("{}: cannot read the registers: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Somebody named a folder that is not there.
    #[error("{}: there is no such folder of registers", path.display())]
    NoFolder {
        /// The folder.
        path: PathBuf,
    },
    /// Rows are wrong, and nothing was loaded.
    #[error("{0}")]
    Bad(Box<BadFolder>),
}

/// All that is wrong in a folder.
#[derive(Debug)]
pub struct BadFolder {
    /// Each fault, file by file and line by line; at least one, at most 1,000.
    pub rows: Vec<BadRow>,
    /// Faults beyond those listed.
    pub n_more: u64,
    /// What was read, register by register.
    pub counts: Vec<Count>,
    /// What was passed over.
    pub notices: Vec<Notice>,
    /// Notices beyond those listed.
    pub n_more_notices: u64,
}

/// Reads the registers in a folder.
pub fn load(world: &dyn World, dir: &Path) -> Result<Loaded, RegisterError> {
    load_and_keep(world, dir, Keep::Nothing)
}

/// Reads the registers in a folder, and keeps some rows as they are written.
fn load_and_keep(world: &dyn World, dir: &Path, keep: Keep) -> Result<Loaded, RegisterError> {
    let mut loading = Loading::new(keep);
    let entries = entries(world, dir, &mut loading)?;
    for register in REGISTERS {
        match entries.iter().find(|entry| entry.name == register.file) {
            Some(entry) => {
                read(world, dir, entry, register, &mut loading)?;
                loading.end();
            }
            None => loading.absent(register),
        }
    }
    for entry in &entries {
        passed_over(entry).into_iter().for_each(|notice| loading.notice(notice));
    }
    loading.finish()
}

/// A folder somebody named must be there: a slip of the pen would make every firm unknown. Only the folder nobody named
/// may be absent.
pub fn require(world: &dyn World, dir: &Path) -> Result<(), RegisterError> {
    match world.list(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(RegisterError::NoFolder { path: dir.to_owned() })
        }
        Err(source) => Err(RegisterError::Io { path: dir.to_owned(), source }),
        Ok(_) => Ok(()),
    }
}

/// Which files the registers are read from, as they are now: when this changes, it is time to read them again.
pub fn mark(world: &dyn World, dir: &Path) -> io::Result<Vec<(&'static str, Identity)>> {
    let mut files = Vec::new();
    for register in REGISTERS {
        files.extend(world.identity(&dir.join(register.file))?.map(|identity| (register.file, identity)));
    }
    Ok(files)
}

/// Reads the registers in a folder and writes the report of `clearance register check`.
pub fn check(
    world: &dyn World,
    dir: &Path,
    language: Language,
    into: &mut String,
) -> Result<Loaded, RegisterError> {
    let loaded = load(world, dir);
    report(&loaded, language, into);
    loaded
}

fn entries(world: &dyn World, dir: &Path, loading: &mut Loading) -> Result<Vec<DirEntry>, RegisterError> {
    match world.list(dir) {
        Ok(entries) => Ok(entries),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            loading.notice(Notice::NoFolder);
            Ok(Vec::new())
        }
        Err(source) => Err(RegisterError::Io { path: dir.to_owned(), source }),
    }
}

fn read(
    world: &dyn World,
    dir: &Path,
    entry: &DirEntry,
    register: &'static Register,
    loading: &mut Loading,
) -> Result<(), RegisterError> {
    let path = dir.join(register.file);
    let file = match entry.kind {
        EntryKind::File => world.open(&path),
        // Never followed; and taken for absent, every firm would be unknown.
        EntryKind::Dir | EntryKind::Other => Err(io::Error::other("not a regular file")),
    };
    file.and_then(|file| match register.file.rsplit_once('.') {
        Some((_, "toml")) => nested::read(register, policies::TABLE, &*file, loading),
        _ => table::read(register, file, loading),
    })
    .map_err(|source| RegisterError::Io { path, source })
}

fn passed_over(entry: &DirEntry) -> Option<Notice> {
    let name = entry.name.to_string_lossy();
    // A note for whoever opens the folder is meant for nobody else.
    let is_known = name == "README.md" || REGISTERS.iter().any(|register| register.file == name);
    (!is_known).then(|| Notice::UnknownFile { file: name.into_owned() })
}
