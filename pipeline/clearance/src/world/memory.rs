//! A simulated world: files in memory that know which of their bytes are durable.
//!
//! Every change to a file waits until [`File::sync_data`], every change to a name
//! until [`World::sync_dir`] of its folder. [`Memory::crash`] asks for each
//! waiting change whether it reached the disk, and forgets the rest, in whatever
//! combination: later writes may survive earlier ones, and a write may be torn.
//! A sync that is made to fail loses its changes for good while reads still show
//! them, as real systems do.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use self::state::{Change, Inode, NameChange, Node, State, is_root};
use super::{DirEntry, EntryKind, File, Identity, Lock, Plain, World, parent_of};

mod state;
#[cfg(test)]
mod tests;

/// A world in memory. Clones are the same world.
#[derive(Clone, Default)]
pub struct Memory {
    state: Arc<Mutex<State>>,
}

/// What was asked of the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of the trait's methods")]
pub enum Op {
    Open,
    Create,
    OpenAppend,
    Rename,
    Remove,
    CreateDir,
    SyncDir,
    List,
    Exists,
    Lock,
    Read,
    Append,
    SyncData,
    SetLen,
}

/// One call, as a fault hook sees it before it happens.
#[derive(Debug)]
pub struct Call<'a> {
    /// Counts from 1 since the world was made.
    pub number: u64,
    /// What is asked.
    pub op: Op,
    /// Of which file or folder.
    pub path: &'a Path,
}

/// A change that had not been synced when the crash came.
#[derive(Debug)]
pub enum Unsynced<'a> {
    /// Bytes written.
    Write {
        /// The file.
        path: &'a Path,
        /// Where in the file.
        offset: u64,
        /// How many.
        len: usize,
    },
    /// A file cut or lengthened.
    Length {
        /// The file.
        path: &'a Path,
        /// Its new length.
        len: u64,
    },
    /// A name given, moved or removed.
    Name {
        /// The name.
        path: &'a Path,
    },
}

/// What became of an unsynced change in a crash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// It reached the disk.
    All,
    /// It is lost.
    Nothing,
    /// Of a write, this many bytes reached the disk; like `All` for other changes.
    First(usize),
}

impl Memory {
    /// An empty world at the Unix epoch.
    pub fn new() -> Memory {
        Memory::default()
    }

    /// Sets the clock.
    pub fn set_now(&self, now: Timestamp) {
        self.lock().now = now;
    }

    /// Another world in which everything is as it is in this one now, what is not durable too. Calls go through again, and
    /// handles and locks stay behind: whoever had them is gone.
    pub fn fork(&self) -> Memory {
        Memory { state: Arc::new(Mutex::new(self.lock().fork())) }
    }

    /// How many calls have been made.
    pub fn calls(&self) -> u64 {
        self.lock().calls
    }

    /// Looks at each call before it happens; an error makes the call fail with it.
    /// A write that is made to fail leaves the first half of its bytes behind.
    pub fn on_call(&self, hook: impl FnMut(&Call<'_>) -> Option<io::Error> + Send + 'static) {
        self.lock().hook = Some(Box::new(hook));
    }

    /// Makes the n-th call from now fail, counted from 1, and no other.
    pub fn fail_call(&self, n: u64, kind: io::ErrorKind) {
        let at = self.calls() + n;
        self.on_call(move |call| (call.number == at).then(|| kind.into()));
    }

    /// Lets every call through again.
    pub fn mend(&self) {
        self.lock().hook = None;
    }

    /// Power loss: asks for each unsynced change what became of it, and goes on
    /// with what is left. Handles and locks from before are dead.
    pub fn crash(&self, mut keep: impl FnMut(&Unsynced<'_>) -> Keep) {
        self.lock().crash(&mut keep);
    }

    /// The bytes of a file as a reader sees them now.
    pub fn bytes(&self, path: &Path) -> io::Result<Vec<u8>> {
        let state = self.lock();
        Ok(state.files[state.file(path)?].live.clone())
    }

    /// Replaces the bytes of a file, durably: damage, or an older copy put back.
    pub fn set_bytes(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.lock();
        let inode = state.file(path)?;
        let Inode { n_changes, changed, .. } = state.files[inode];
        let (live, durable, n_changes) = (bytes.to_vec(), bytes.to_vec(), n_changes + 1);
        state.files[inode] = Inode { live, durable, changes: Vec::new(), n_changes, changed };
        Ok(())
    }

    /// Gives a file one more name, durably.
    pub fn link(&self, path: &Path, name: &Path) -> io::Result<()> {
        let mut state = self.lock();
        let node = Node::File(state.file(path)?);
        state.plant(name, node);
        Ok(())
    }

    /// Puts something there that is neither a file nor a folder: a link, a device, a pipe. Durably.
    pub fn plant_other(&self, path: &Path) {
        self.lock().plant(path, Node::Other);
    }

    /// The names of all files, in order.
    pub fn paths(&self) -> Vec<PathBuf> {
        let state = self.lock();
        let files = state.live.iter().filter(|(_, node)| **node != Node::Dir);
        files.map(|(path, _)| path.clone()).collect()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn handle(&self, state: &State, path: &Path, inode: usize) -> Box<dyn File> {
        Box::new(MemoryFile {
            world: self.clone(),
            path: path.to_owned(),
            inode,
            life: state.life,
            len: state.files[inode].live.len() as u64,
        })
    }
}

impl World for Memory {
    fn now(&self) -> Timestamp {
        self.lock().now
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn File>> {
        let mut state = self.lock();
        state.call(Op::Open, path)?;
        let inode = state.file(path)?;
        Ok(self.handle(&state, path, inode))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn File>> {
        let mut state = self.lock();
        state.call(Op::Create, path)?;
        let inode = state.file_or_new(path)?;
        if !state.files[inode].live.is_empty() {
            state.files[inode].change(Change::Length(0));
        }
        Ok(self.handle(&state, path, inode))
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn File>> {
        let mut state = self.lock();
        state.call(Op::Create, path)?;
        if state.live.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let inode = state.file_or_new(path)?;
        Ok(self.handle(&state, path, inode))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn File>> {
        let mut state = self.lock();
        state.call(Op::OpenAppend, path)?;
        let inode = state.file_or_new(path)?;
        Ok(self.handle(&state, path, inode))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.lock();
        state.call(Op::Rename, from)?;
        state.file(from)?;
        state.move_name(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.lock();
        state.call(Op::Rename, from)?;
        if state.live.contains_key(to) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        state.move_name(from, to)
    }

    fn open_plain(&self, dir: &Path, name: &OsStr) -> io::Result<Plain> {
        let path = dir.join(name);
        let mut state = self.lock();
        state.call(Op::Open, &path)?;
        let inode = match state.live.get(&path) {
            Some(Node::File(inode)) => *inode,
            Some(Node::Dir | Node::Other) => return Err(io::ErrorKind::InvalidInput.into()),
            None => return Err(io::ErrorKind::NotFound.into()),
        };
        let n_links = state.live.values().filter(|node| **node == Node::File(inode)).count() as u64;
        let file = self.handle(&state, &path, inode);
        Ok(Plain { file, identity: state.identity(Node::File(inode)), n_links })
    }

    fn identity(&self, path: &Path) -> io::Result<Option<Identity>> {
        let mut state = self.lock();
        state.call(Op::Exists, path)?;
        Ok(state.live.get(path).map(|node| state.identity(*node)))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.lock();
        state.call(Op::Remove, path)?;
        match state.live.get(path) {
            Some(Node::File(_) | Node::Other) => {}
            Some(Node::Dir) => return Err(io::ErrorKind::IsADirectory.into()),
            None => return Err(io::ErrorKind::NotFound.into()),
        }
        state.rename(NameChange::Remove(path.to_owned()));
        Ok(())
    }

    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        let mut state = self.lock();
        state.call(Op::CreateDir, path)?;
        let mut missing: Vec<PathBuf> = Vec::new();
        for dir in path.ancestors() {
            match state.live.get(dir) {
                _ if is_root(dir) => break,
                Some(Node::Dir) => break,
                Some(Node::File(_) | Node::Other) => return Err(io::ErrorKind::AlreadyExists.into()),
                None => missing.push(dir.to_owned()),
            }
        }
        for dir in missing.into_iter().rev() {
            state.rename(NameChange::Set(dir, Node::Dir));
        }
        Ok(())
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        let mut state = self.lock();
        let called = state.call(Op::SyncDir, path);
        if !state.is_dir(path) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let (here, elsewhere): (Vec<_>, Vec<_>) = std::mem::take(&mut state.names)
            .into_iter()
            .partition(|change| same_dir(parent_of(change.path()), path));
        state.names = elsewhere;
        called?; // A failed sync has lost its changes.
        for change in here {
            change.apply(&mut state.durable);
        }
        Ok(())
    }

    fn list(&self, path: &Path) -> io::Result<Vec<DirEntry>> {
        let mut state = self.lock();
        state.call(Op::List, path)?;
        if !state.is_dir(path) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let here = state.live.iter().filter(|(name, _)| same_dir(parent_of(name), path));
        let mut entries: Vec<DirEntry> = here
            .map(|(name, node)| {
                let (kind, len) = match node {
                    Node::Dir => (EntryKind::Dir, 0),
                    Node::Other => (EntryKind::Other, 0),
                    Node::File(inode) => (EntryKind::File, state.files[*inode].live.len() as u64),
                };
                DirEntry { name: name.file_name().unwrap_or_default().to_owned(), kind, len }
            })
            .collect();
        entries.sort_unstable();
        Ok(entries)
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        let mut state = self.lock();
        state.call(Op::Exists, path)?;
        Ok(is_root(path) || state.live.contains_key(path))
    }

    fn scratch(&self, _near: &Path) -> PathBuf {
        std::env::temp_dir()
    }

    fn nameless(&self) -> io::Result<Box<dyn File>> {
        let mut state = self.lock();
        let path = Path::new("(nameless)");
        state.call(Op::Create, path)?;
        state.files.push(Inode::default());
        let inode = state.files.len() - 1;
        Ok(self.handle(&state, path, inode))
    }

    fn lock_exclusive(&self, path: &Path) -> io::Result<Lock> {
        let mut state = self.lock();
        state.call(Op::Lock, path)?;
        if !state.is_dir(parent_of(path)) {
            return Err(io::ErrorKind::NotFound.into());
        }
        if !state.locks.insert(path.to_owned()) {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        let held = Held { world: self.clone(), path: path.to_owned(), life: state.life };
        Ok(Lock { _held: Box::new(held) })
    }
}

fn same_dir(a: &Path, b: &Path) -> bool {
    a == b || (is_root(a) && is_root(b))
}

struct Held {
    world: Memory,
    path: PathBuf,
    life: u64,
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut state = self.world.lock();
        if state.life == self.life {
            state.locks.remove(&self.path);
        }
    }
}

struct MemoryFile {
    world: Memory,
    path: PathBuf,
    inode: usize,
    life: u64,
    len: u64,
}

impl MemoryFile {
    /// The world, if this handle is of its present life.
    fn state(&self) -> io::Result<MutexGuard<'_, State>> {
        let state = self.world.lock();
        if state.life != self.life {
            return Err(io::Error::other("the handle did not survive the crash"));
        }
        Ok(state)
    }
}

impl File for MemoryFile {
    fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut state = self.state()?;
        state.call(Op::Read, &self.path)?;
        let bytes = &state.files[self.inode].live;
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
        let n = buf.len().min(bytes.len() - start);
        buf[..n].copy_from_slice(&bytes[start..start + n]);
        Ok(n)
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.state()?;
        let called = state.call(Op::Append, &self.path);
        let written = if called.is_ok() { bytes } else { &bytes[..bytes.len() / 2] };
        let change = Change::Write { offset: self.len as usize, bytes: written.to_vec() };
        let now = state.now.as_second();
        state.files[self.inode].change(change);
        state.files[self.inode].changed = now;
        drop(state);
        called?;
        self.len += bytes.len() as u64;
        Ok(())
    }

    fn sync_data(&mut self) -> io::Result<()> {
        let mut state = self.state()?;
        let called = state.call(Op::SyncData, &self.path);
        let inode = &mut state.files[self.inode];
        match called {
            Ok(()) => inode.sync(),
            // Marked clean, and not written.
            Err(_) => inode.changes.clear(),
        }
        called
    }

    fn set_len(&mut self, len: u64) -> io::Result<()> {
        let mut state = self.state()?;
        state.call(Op::SetLen, &self.path)?;
        state.files[self.inode].change(Change::Length(len as usize));
        drop(state);
        self.len = len;
        Ok(())
    }

    fn len(&self) -> u64 {
        self.len
    }
}
