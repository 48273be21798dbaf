//! The bytes as they were received, kept under their own hash.
//!
//! `evidence/raw/<first two digits>/<BLAKE3 in hex>` holds a submission exactly as
//! it came in. It is written to `evidence/incoming` first and hashed on the way;
//! only when it is whole and synced does it get its name. Names are durable after
//! [`Evidence::sync`], which a whole window of submissions can share.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::RecordError;
use super::journal::{self, archived::Archived};
use crate::world::{EntryKind, File, World, create_dir_durable, parent_of};

/// Small pieces are collected to this size before they are written.
const WRITE_BYTES: usize = 256 << 10;
/// A piece of this size is written as it comes: copying it would cost more than one call saves.
const DIRECT_BYTES: usize = 64 << 10;
/// So much is written out while more comes in: the sync at the end of a large input would wait for all of it.
const WRITE_OUT_BYTES: u64 = 8 << 20;

/// What was received: its hash, which is also its name, and its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digest {
    /// BLAKE3 of the bytes.
    pub hash: [u8; 32],
    /// How many.
    pub bytes: u64,
}

/// The store of received bytes. It belongs to the process that has the journal open; clones share it.
#[derive(Clone)]
pub struct Evidence {
    shared: Arc<Shared>,
}

struct Shared {
    world: Arc<dyn World>,
    dir: PathBuf,
    received: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Folders with names that are not durable yet.
    to_sync: BTreeSet<PathBuf>,
    /// The error that stopped the store.
    failed: Option<RecordError>,
}

impl Evidence {
    /// Opens `<data>/evidence` and removes what was left unfinished.
    pub fn open(world: Arc<dyn World>, data: &Path) -> Result<Evidence, RecordError> {
        let dir = data.join("evidence");
        for part in ["incoming", "raw"] {
            let path = dir.join(part);
            create_dir_durable(&*world, &path).map_err(|it| RecordError::io("create", &path, it))?;
        }
        // A process that was killed may have made folders it had no time to sync.
        let raw = dir.join("raw");
        world.sync_dir(&raw).map_err(|it| RecordError::io("sync", &raw, it))?;
        remove_files(&*world, &dir.join("incoming"))?;
        let (received, state) = (AtomicU64::new(0), Mutex::default());
        Ok(Evidence { shared: Arc::new(Shared { world, dir, received, state }) })
    }

    /// Begins to receive. Any number may be under way, on any threads.
    pub fn receive(&mut self) -> Result<Receiving, RecordError> {
        self.shared.check()?;
        self.shared.world.threads_meet();
        let number = self.shared.received.fetch_add(1, Ordering::Relaxed) + 1;
        let path = self.shared.dir.join("incoming").join(format!("{number}.partial"));
        let file = self
            .shared
            .world
            .create(&path)
            .map_err(|it| self.shared.fail(RecordError::io("create", &path, it)))?;
        Ok(Receiving {
            shared: Arc::clone(&self.shared),
            path,
            file,
            hasher: blake3::Hasher::new(),
            buffer: Vec::new(),
            settled: false,
        })
    }

    /// Makes the names of everything finished so far durable. Only now is it kept.
    pub fn sync(&mut self) -> Result<(), RecordError> {
        self.shared.check()?;
        let folders = std::mem::take(&mut self.shared.state().to_sync);
        for dir in folders {
            self.shared
                .world
                .sync_dir(&dir)
                .map_err(|it| self.shared.fail(RecordError::io("sync", &dir, it)))?;
        }
        Ok(())
    }

    /// The error that stopped the store, if one did.
    pub fn check(&self) -> Result<(), RecordError> {
        self.shared.check()
    }

    /// Opens what was received, for reading.
    pub fn read(&self, hash: &[u8; 32]) -> Result<Box<dyn File>, RecordError> {
        open(&*self.shared.world, &self.shared.dir, hash)
    }

    /// Where what was received lies.
    pub fn path_of(&self, hash: &[u8; 32]) -> PathBuf {
        self.shared.path_of(hash)
    }
}

/// What was received under this hash, in a data folder that is only looked at, or in its archive; none when it was erased.
pub fn look(world: &dyn World, data: &Path, hash: &[u8; 32]) -> Result<Option<Box<dyn File>>, RecordError> {
    match open(world, &data.join("evidence"), hash) {
        Ok(file) => Ok(Some(file)),
        Err(RecordError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Opens what was received, here or in the archive. Where it is not here and the archive cannot be read, it is not known
/// whether it is there.
fn open(world: &dyn World, dir: &Path, hash: &[u8; 32]) -> Result<Box<dyn File>, RecordError> {
    let path = raw_path(dir, hash);
    let missing = match world.open(&path) {
        Ok(file) => return Ok(file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => error,
        Err(error) => return Err(RecordError::io("open", &path, error)),
    };
    let journal = journal::folder(parent_of(dir));
    let archived = Archived::read(world, &journal)?;
    if archived.place.as_os_str().is_empty() {
        return Err(RecordError::io("open", &path, missing));
    }
    let there = raw_path(&archived.place.join("evidence"), hash);
    match world.open(&there) {
        Ok(file) => Ok(file),
        Err(error) if error.kind() == io::ErrorKind::NotFound && archived.is_there(world) => {
            Err(RecordError::io("open", &path, missing))
        }
        Err(error) => Err(RecordError::ArchiveAway { path: there, source: Arc::new(error) }),
    }
}

pub(super) fn raw_path(dir: &Path, hash: &[u8; 32]) -> PathBuf {
    let hex = blake3::Hash::from_bytes(*hash).to_hex();
    dir.join("raw").join(&hex[..2]).join(hex.as_str())
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.world.threads_meet();
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn check(&self) -> Result<(), RecordError> {
        self.state().failed.as_ref().map_or(Ok(()), |error| Err(error.clone()))
    }

    fn fail(&self, error: RecordError) -> RecordError {
        self.state().failed.get_or_insert(error).clone()
    }

    fn path_of(&self, hash: &[u8; 32]) -> PathBuf {
        raw_path(&self.dir, hash)
    }

    /// Gives a synced file its name, or drops it when the same bytes are there already.
    fn keep(&self, partial: &Path, digest: &Digest) -> Result<(), RecordError> {
        let path = self.path_of(&digest.hash);
        let dir = parent_of(&path);
        let failed = |it| RecordError::io("keep", &path, it);
        if !self.world.exists(dir).map_err(failed)? {
            self.world.create_dir_all(dir).map_err(failed)?;
            self.state().to_sync.insert(self.dir.join("raw"));
        }
        if self.has(&path, digest.bytes).map_err(failed)? {
            self.world.remove(partial).map_err(|it| RecordError::io("remove", partial, it))?;
        } else {
            self.world.rename(partial, &path).map_err(failed)?;
        }
        // Also for a copy that was there: who put it there may not have synced its name.
        self.state().to_sync.insert(dir.to_owned());
        Ok(())
    }

    /// Whether the whole of it is there; a copy of another length is replaced.
    fn has(&self, path: &Path, bytes: u64) -> io::Result<bool> {
        match self.world.open(path) {
            Ok(file) => Ok(file.len() == bytes),
            // It may go to the archive at any moment.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// Bytes on their way in. Dropped unfinished, they are removed.
pub struct Receiving {
    shared: Arc<Shared>,
    path: PathBuf,
    file: Box<dyn File>,
    hasher: blake3::Hasher,
    buffer: Vec<u8>,
    /// The file has its name or is gone, or must be left to the next start.
    settled: bool,
}

impl Receiving {
    /// Takes the next bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), RecordError> {
        self.shared.check()?;
        self.hasher.update(bytes);
        if bytes.len() < DIRECT_BYTES && self.buffer.len() + bytes.len() < WRITE_BYTES {
            self.buffer.extend_from_slice(bytes);
            return Ok(());
        }
        self.flush()?;
        self.append(bytes)
    }

    /// Syncs the bytes and gives them their name, which [`Evidence::sync`] makes durable.
    pub fn finish(mut self) -> Result<Digest, RecordError> {
        self.shared.check()?;
        self.flush()?;
        let synced = self.file.sync_data();
        synced.map_err(|it| self.fail(RecordError::io("sync", &self.path.clone(), it)))?;
        let digest = Digest { hash: *self.hasher.finalize().as_bytes(), bytes: self.file.len() };
        self.settled = true;
        self.shared.keep(&self.path, &digest).map_err(|error| self.shared.fail(error))?;
        Ok(digest)
    }

    fn flush(&mut self) -> Result<(), RecordError> {
        let buffer = std::mem::take(&mut self.buffer);
        self.append(&buffer)?;
        self.buffer = buffer;
        self.buffer.clear();
        Ok(())
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), RecordError> {
        if bytes.is_empty() {
            return Ok(());
        }
        let before = self.file.len() / WRITE_OUT_BYTES;
        let written = self.file.append(bytes);
        written.map_err(|it| self.fail(RecordError::io("write", &self.path.clone(), it)))?;
        if self.file.len() / WRITE_OUT_BYTES > before {
            self.file.start_writing_out();
        }
        Ok(())
    }

    fn fail(&mut self, error: RecordError) -> RecordError {
        self.settled = true;
        self.shared.fail(error)
    }
}

impl Drop for Receiving {
    fn drop(&mut self) {
        if !self.settled {
            let _cleaned_by_next_start = self.shared.world.remove(&self.path);
        }
    }
}

/// Removes every file of a folder.
pub(super) fn remove_files(world: &dyn World, dir: &Path) -> Result<(), RecordError> {
    let entries = world.list(dir).map_err(|it| RecordError::io("list", dir, it))?;
    for entry in entries.into_iter().filter(|it| it.kind == EntryKind::File) {
        let path = dir.join(entry.name);
        world.remove(&path).map_err(|it| RecordError::io("remove", &path, it))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::memory::{Keep, Memory};

    fn open(world: &Memory) -> Result<Evidence, RecordError> {
        Evidence::open(Arc::new(world.clone()), Path::new("/data"))
    }

    fn take(evidence: &mut Evidence, pieces: &[&[u8]]) -> Result<Digest, RecordError> {
        let mut receiving = evidence.receive()?;
        for piece in pieces {
            receiving.write(piece)?;
        }
        receiving.finish()
    }

    fn held(world: &Memory, digest: &Digest) -> Option<Vec<u8>> {
        let path = open(world).unwrap().path_of(&digest.hash);
        world.bytes(&path).ok()
    }

    #[test]
    fn bytes_lie_under_their_hash() {
        let world = Memory::new();
        let mut evidence = open(&world).unwrap();
        let large = vec![7; WRITE_BYTES + 5];
        let digest = take(&mut evidence, &[b"<Dec", b"", &large, b">"]).unwrap();
        let whole = [b"<Dec", &large[..], b">"].concat();
        let hash = blake3::hash(&whole);
        assert_eq!(digest, Digest { hash: *hash.as_bytes(), bytes: whole.len() as u64 });
        let hex = hash.to_hex();
        let path = PathBuf::from(format!("/data/evidence/raw/{}/{hex}", &hex[..2]));
        assert_eq!(evidence.path_of(&digest.hash), path);
        assert_eq!(world.bytes(&path).unwrap(), whole);
        assert_eq!(evidence.read(&digest.hash).unwrap().len(), whole.len() as u64);
        evidence.sync().unwrap();
        world.crash(|_| Keep::Nothing);
        assert_eq!(held(&world, &digest).unwrap(), whole);
    }

    #[test]
    fn the_same_bytes_twice_are_kept_once() {
        let world = Memory::new();
        let mut evidence = open(&world).unwrap();
        let first = take(&mut evidence, &[b"same"]).unwrap();
        let (again, other) = (take(&mut evidence, &[b"sa", b"me"]), take(&mut evidence, &[b"other"]));
        assert_eq!(again.unwrap(), first);
        assert_ne!(other.unwrap(), first);
        assert_eq!(world.paths().len(), 2);
    }

    #[test]
    fn a_copy_of_another_length_is_replaced() {
        let world = Memory::new();
        let mut evidence = open(&world).unwrap();
        let digest = take(&mut evidence, &[b"whole"]).unwrap();
        world.set_bytes(&evidence.path_of(&digest.hash), b"who").unwrap();
        take(&mut evidence, &[b"whole"]).unwrap();
        assert_eq!(held(&world, &digest).unwrap(), b"whole");
    }

    #[test]
    fn what_is_not_finished_leaves_nothing() {
        let world = Memory::new();
        let mut evidence = open(&world).unwrap();
        let mut dropped = evidence.receive().unwrap();
        dropped.write(&vec![1; WRITE_BYTES]).unwrap();
        let mut cut_off = evidence.receive().unwrap();
        cut_off.write(&vec![2; WRITE_BYTES]).unwrap();
        assert_eq!(world.paths().len(), 2);
        drop(dropped);
        assert_eq!(world.paths().len(), 1);
        std::mem::forget(cut_off);
        open(&world).unwrap();
        assert!(world.paths().is_empty());
    }

    #[test]
    fn whichever_call_fails_what_was_synced_stays() {
        for n in 1.. {
            let world = Memory::new();
            world.fail_call(n, io::ErrorKind::StorageFull);
            let mut synced = Vec::new();
            let done = store_some(&world, &mut synced);
            world.mend();
            world.crash(|_| Keep::Nothing);
            for (digest, bytes) in &synced {
                assert_eq!(held(&world, digest).unwrap(), *bytes);
            }
            if done.is_ok() {
                break;
            }
        }
    }

    fn store_some(world: &Memory, synced: &mut Vec<(Digest, Vec<u8>)>) -> Result<(), RecordError> {
        let mut evidence = open(world)?;
        for window in [[b"one", b"two"], [b"two", b"six"]] {
            let digests: Result<Vec<_>, _> =
                window.iter().map(|bytes| take(&mut evidence, &[&bytes[..]])).collect();
            let done = digests.and_then(|digests| evidence.sync().map(|()| digests));
            match done {
                Ok(digests) => synced.extend(digests.into_iter().zip(window.map(|it| it.to_vec()))),
                Err(error) => {
                    let later = take(&mut evidence, &[b"later"]).unwrap_err();
                    assert_eq!(later.to_string(), error.to_string());
                    return Err(error);
                }
            }
        }
        Ok(())
    }
}
