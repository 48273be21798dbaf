//! The one door to files and the clock.
//!
//! The program asks for the time, a file or a folder here and nowhere else, so
//! that a test can put a simulated world in place of the machine: one that loses
//! unsynced bytes at a crash, or fails at the n-th call. [`Disk`] is the machine;
//! [`memory`] is the simulation. Tests run in it, and so do the scenarios of a desk, which leave nothing behind;
//! a check of the sources sees that nothing else names it, so that no decision can be written into it by mistake.
//!
//! What is durable when: the bytes of a file after [`File::sync_data`], its name
//! after [`World::sync_dir`] of the folder that holds it. A sync that failed is
//! never tried again on the same handle, because the system may have marked the
//! lost pages clean.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

pub use self::disk::Disk;

mod disk;
pub mod memory;
pub mod process;

/// Files, folders, locks and the clock.
pub trait World: Send + Sync {
    /// The time now. Read once, at intake.
    fn now(&self) -> Timestamp;

    /// Opens a file for reading.
    fn open(&self, path: &Path) -> io::Result<Box<dyn File>>;

    /// Creates a file, or empties the one that is there; for reading and writing.
    fn create(&self, path: &Path) -> io::Result<Box<dyn File>>;

    /// Creates a file where nothing has this name, not even a link: [`io::ErrorKind::AlreadyExists`] when something has.
    fn create_new(&self, path: &Path) -> io::Result<Box<dyn File>>;

    /// Opens a file for reading and for writing at its end; creates it when it is not there.
    fn append(&self, path: &Path) -> io::Result<Box<dyn File>>;

    /// Gives a file another name, replacing what had that name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// The same, where nothing may have the new name yet: [`io::ErrorKind::AlreadyExists`] when something has. What is
    /// moved may be no file, but a link or a device; it is not opened.
    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Opens for reading what has this name in a folder, without following a link: [`io::ErrorKind::InvalidInput`] when it
    /// is no regular file.
    fn open_plain(&self, dir: &Path, name: &OsStr) -> io::Result<Plain>;

    /// Which file has this name now, without following a link; none when nothing has.
    fn identity(&self, path: &Path) -> io::Result<Option<Identity>>;

    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Creates a folder and those above it. See [`create_dir_durable`] for names that must last.
    fn create_dir_all(&self, path: &Path) -> io::Result<()>;

    /// Makes the names in a folder durable.
    fn sync_dir(&self, path: &Path) -> io::Result<()>;

    /// What is in a folder, by the byte order of the names.
    fn list(&self, path: &Path) -> io::Result<Vec<DirEntry>>;

    /// The same one by one and in no order, for a folder that may hold more than should be in memory at once.
    fn each_entry(&self, path: &Path, each: &mut dyn FnMut(DirEntry)) -> io::Result<()> {
        self.list(path)?.into_iter().for_each(each);
        Ok(())
    }

    /// Whether something has this name.
    fn exists(&self, path: &Path) -> io::Result<bool>;

    /// A folder of the machine for temporary files without a name, for a library that makes its own: this one, where it is
    /// of the machine. They are gone when they are closed, also by a crash.
    fn scratch(&self, near: &Path) -> PathBuf;

    /// A file without a name, for what does not fit in memory. It is gone when it is closed, also by a crash.
    fn nameless(&self) -> io::Result<Box<dyn File>>;

    /// Said before threads touch what they share: a simulated world may let another thread go first here, as it may at
    /// every call. A machine orders its threads by itself.
    fn threads_meet(&self) {}

    /// Takes a lock that no other process can take while it is held.
    /// [`io::ErrorKind::WouldBlock`] when another holds it.
    fn lock_exclusive(&self, path: &Path) -> io::Result<Lock>;
}

/// An open file. Reading needs no position; writing goes to the end only.
pub trait File: Send + Sync {
    /// Reads at an offset; may read less than asked, nothing at the end of the file.
    fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize>;

    /// Writes all bytes at the end of the file.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Asks the system to begin writing out what was appended, so that a sync to come finds little left to do.
    /// Promises nothing.
    fn start_writing_out(&mut self) {}

    /// Makes the bytes and the length durable.
    fn sync_data(&mut self) -> io::Result<()>;

    /// Cuts the file, or lengthens it with zeros.
    fn set_len(&mut self, len: u64) -> io::Result<()>;

    /// The length when the file was opened, and what this handle did to it since.
    fn len(&self) -> u64;

    /// Whether the file has no bytes.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A regular file as it was found in a folder that others write to.
pub struct Plain {
    /// Open for reading.
    pub file: Box<dyn File>,
    /// Which file it is.
    pub identity: Identity,
    /// How many names it has.
    pub n_links: u64,
}

/// Which file something is, and whether it is as it was: two that are equal are the same file, unchanged as far as the
/// system tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// The disk and the number on it.
    pub file: [u64; 2],
    /// Bytes.
    pub len: u64,
    /// When it was changed last: seconds since 1970, and nanoseconds or a count of changes.
    pub changed: [i64; 2],
}

/// One name in a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DirEntry {
    /// The name, without the folder.
    pub name: OsString,
    /// What has this name.
    pub kind: EntryKind,
    /// Length of a file in bytes; zero for anything else.
    pub len: u64,
}

/// What a name in a folder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// A regular file.
    File,
    /// A folder.
    Dir,
    /// A link, device, pipe or socket: never followed, never opened.
    Other,
}

/// A lock, released when dropped.
pub struct Lock {
    _held: Box<dyn Send + Sync>,
}

/// The folder that holds this name.
pub fn parent_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) => Path::new("."),
        None => path,
    }
}

/// Creates a folder and those above it so that their names outlast a power loss.
///
/// A folder that is already there is synced into its parent all the same: the
/// process that created it may have been killed before it could.
pub fn create_dir_durable(world: &dyn World, path: &Path) -> io::Result<()> {
    let parent = parent_of(path);
    if !world.exists(path)? {
        if parent != path {
            create_dir_durable(world, parent)?;
        }
        world.create_dir_all(path)?;
    }
    if parent == path || path == Path::new(".") {
        return Ok(());
    }
    world.sync_dir(parent)
}

/// A read that is interrupted so often in a row is given up: what interrupts it will not stop.
const INTERRUPTIONS_MAX: usize = 1_000;

/// Reads at an offset, again when it was interrupted; may read less than asked.
pub fn read_some(file: &dyn File, buf: &mut [u8], offset: u64) -> io::Result<usize> {
    for _ in 0..INTERRUPTIONS_MAX {
        match file.read_at(buf, offset) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
    Err(io::Error::other("the read is interrupted again and again"))
}

/// Fills the buffer from an offset; less only at the end of the file.
pub fn read_full(file: &dyn File, buf: &mut [u8], offset: u64) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buf.len() {
        match read_some(file, &mut buf[filled..], offset + filled as u64)? {
            0 => break,
            n => filled += n,
        }
    }
    Ok(filled)
}

/// Fills the buffer from an offset, or fails with [`io::ErrorKind::UnexpectedEof`].
pub fn read_exact(file: &dyn File, buf: &mut [u8], offset: u64) -> io::Result<()> {
    if read_full(file, buf, offset)? == buf.len() {
        return Ok(());
    }
    Err(io::ErrorKind::UnexpectedEof.into())
}

/// A file read from front to back, for whatever wants [`io::Read`].
pub struct Stream {
    file: Box<dyn File>,
    offset: u64,
}

impl Stream {
    /// Starts at the first byte.
    pub fn new(file: Box<dyn File>) -> Stream {
        Stream { file, offset: 0 }
    }
}

impl io::Read for Stream {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = read_some(&*self.file, buf, self.offset)?;
        self.offset += n as u64;
        Ok(n)
    }
}

impl io::Seek for Stream {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        let target = match to {
            io::SeekFrom::Start(offset) => Some(offset),
            io::SeekFrom::End(delta) => self.file.len().checked_add_signed(delta),
            io::SeekFrom::Current(delta) => self.offset.checked_add_signed(delta),
        };
        self.offset = target.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.offset)
    }
}
