//! Documents put aside, to be read again.
//!
//! The [`Pack`] holds those that wait for something from outside, a certificate
//! perhaps, over restarts; the journal says where each lies. The [`Spool`] holds
//! those that wait for the end of their own submission, and goes with it.
//!
//! Each document is stored as its length (4 bytes), the first 16 bytes of its
//! BLAKE3 hash, and itself. A document is found by its [`Place`] only; bytes that
//! a crash left at the end belong to no place and do no harm.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{RecordError, number};
use crate::world::{File, World, create_dir_durable, parent_of, read_exact};

/// Length and hash stand before each document.
const HEADER_BYTES: usize = 20;

/// One document has at most 8 MiB, attachments 12; this is far above both.
const DOCUMENT_BYTES_MAX: usize = 64 << 20;

/// Documents are collected to this size before they are written.
const WRITE_BYTES: usize = 256 << 10;

/// Where a document lies in its pack or spool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Where its header begins.
    pub offset: u64,
    /// Its length without the header.
    pub len: u32,
}

/// Documents that wait over restarts: `<data>/evidence/held.pack`.
pub struct Pack {
    store: Store,
    /// The file's name is not durable yet.
    is_new: bool,
}

impl Pack {
    /// Opens the pack, creating it when it is not there.
    pub fn open(world: Arc<dyn World>, data: &Path) -> Result<Pack, RecordError> {
        let dir = data.join("evidence");
        create_dir_durable(&*world, &dir).map_err(|it| RecordError::io("create", &dir, it))?;
        let path = dir.join("held.pack");
        let file = world.append(&path).map_err(|it| RecordError::io("open", &path, it))?;
        // Even a pack that was there may have a name that was never synced.
        Ok(Pack { store: Store::new(world, path, file), is_new: true })
    }

    /// Opens the pack for whoever only reads; none when there is none.
    pub fn look(world: &Arc<dyn World>, data: &Path) -> Result<Option<Pack>, RecordError> {
        let path = data.join("evidence").join("held.pack");
        match world.open(&path) {
            Ok(file) => Ok(Some(Pack { store: Store::new(Arc::clone(world), path, file), is_new: false })),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(RecordError::io("open", &path, error)),
        }
    }

    /// Puts a document aside; it is durable after [`Pack::sync`].
    pub fn put(&mut self, bytes: &[u8]) -> Result<Place, RecordError> {
        self.store.put(bytes)
    }

    /// Reads a document back, durable or not.
    pub fn get(&self, place: Place) -> Result<Vec<u8>, RecordError> {
        self.store.get(place)
    }

    /// The error that stopped the pack, if one did.
    pub fn check(&self) -> Result<(), RecordError> {
        self.store.check()
    }

    /// Makes everything put aside so far durable. Only now may the journal name its places.
    pub fn sync(&mut self) -> Result<(), RecordError> {
        self.store.sync(self.is_new)?;
        self.is_new = false;
        Ok(())
    }
}

/// Documents that wait for the end of their submission. The file is removed on drop.
pub struct Spool {
    store: Store,
    has_name: bool,
}

impl Spool {
    /// Begins the spool with this name, a number the owner gives to one at a time.
    /// What a killed process left under it is gone.
    pub fn create(world: Arc<dyn World>, data: &Path, name: u64) -> Result<Spool, RecordError> {
        let dir = data.join("evidence").join("incoming");
        world.create_dir_all(&dir).map_err(|it| RecordError::io("create", &dir, it))?;
        let path = dir.join(format!("{name}.spool"));
        let file = world.create(&path).map_err(|it| RecordError::io("create", &path, it))?;
        Ok(Spool { store: Store::new(world, path, file), has_name: true })
    }

    /// Begins a spool in a file that nobody else can see.
    pub fn nameless(world: Arc<dyn World>, file: Box<dyn File>) -> Spool {
        Spool { store: Store::new(world, PathBuf::from("a temporary file"), file), has_name: false }
    }

    /// Puts a document aside.
    pub fn put(&mut self, bytes: &[u8]) -> Result<Place, RecordError> {
        self.store.put(bytes)
    }

    /// Reads a document back.
    pub fn get(&self, place: Place) -> Result<Vec<u8>, RecordError> {
        self.store.get(place)
    }
}

impl Drop for Spool {
    fn drop(&mut self) {
        if self.has_name {
            let _cleaned_by_next_start = self.store.world.remove(&self.store.path);
        }
    }
}

/// What pack and spool have in common: a file that grows, and its end still in memory.
struct Store {
    world: Arc<dyn World>,
    path: PathBuf,
    file: Box<dyn File>,
    /// Follows the last byte of the file.
    buffer: Vec<u8>,
    dirty: bool,
    /// The error that stopped the store.
    failed: Option<RecordError>,
}

impl Store {
    fn new(world: Arc<dyn World>, path: PathBuf, file: Box<dyn File>) -> Store {
        Store { world, path, file, buffer: Vec::new(), dirty: true, failed: None }
    }

    fn put(&mut self, bytes: &[u8]) -> Result<Place, RecordError> {
        self.check()?;
        if bytes.len() > DOCUMENT_BYTES_MAX {
            let (bytes, limit) = (bytes.len() as u64, DOCUMENT_BYTES_MAX as u64);
            return Err(RecordError::TooLarge { what: "a document put aside", bytes, limit });
        }
        if self.buffer.len() + HEADER_BYTES + bytes.len() > WRITE_BYTES {
            self.flush()?;
        }
        let place = Place { offset: self.file.len() + self.buffer.len() as u64, len: bytes.len() as u32 };
        self.buffer.extend_from_slice(&place.len.to_le_bytes());
        self.buffer.extend_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
        self.buffer.extend_from_slice(bytes);
        self.dirty = true;
        if self.buffer.len() > WRITE_BYTES {
            self.flush()?;
        }
        Ok(place)
    }

    fn get(&self, place: Place) -> Result<Vec<u8>, RecordError> {
        self.check()?;
        let damaged = |why| RecordError::damaged(&self.path, place.offset, why);
        if place.len as usize > DOCUMENT_BYTES_MAX {
            return Err(damaged("no document is as long as the place asked for"));
        }
        let mut bytes = vec![0; HEADER_BYTES + place.len as usize];
        self.read(&mut bytes, place.offset)?;
        let is_len = number!(u32, bytes, 0) == place.len;
        let document = bytes.split_off(HEADER_BYTES);
        if !is_len || blake3::hash(&document).as_bytes()[..16] != bytes[4..] {
            return Err(damaged("the document does not match its checksum"));
        }
        Ok(document)
    }

    /// From the file, or from the end in memory; a document is never in both.
    fn read(&self, bytes: &mut [u8], offset: u64) -> Result<(), RecordError> {
        let Some(start) = offset.checked_sub(self.file.len()) else {
            return read_exact(&*self.file, bytes, offset)
                .map_err(|it| RecordError::io("read", &self.path, it));
        };
        let from = usize::try_from(start).ok().and_then(|it| self.buffer.get(it..));
        let found = from.and_then(|it| it.get(..bytes.len()));
        let found = found.ok_or_else(|| RecordError::damaged(&self.path, offset, "no document here"))?;
        bytes.copy_from_slice(found);
        Ok(())
    }

    fn sync(&mut self, name_too: bool) -> Result<(), RecordError> {
        self.check()?;
        self.flush()?;
        if self.dirty {
            let synced = self.file.sync_data();
            synced.map_err(|it| self.fail(RecordError::io("sync", &self.path.clone(), it)))?;
        }
        if name_too {
            let dir = parent_of(&self.path).to_owned();
            let synced = self.world.sync_dir(&dir);
            synced.map_err(|it| self.fail(RecordError::io("sync", &dir, it)))?;
        }
        self.dirty = false;
        Ok(())
    }

    fn flush(&mut self) -> Result<(), RecordError> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let written = self.file.append(&self.buffer);
        written.map_err(|it| self.fail(RecordError::io("write", &self.path.clone(), it)))?;
        self.buffer.clear();
        Ok(())
    }

    fn check(&self) -> Result<(), RecordError> {
        self.failed.as_ref().map_or(Ok(()), |error| Err(error.clone()))
    }

    fn fail(&mut self, error: RecordError) -> RecordError {
        self.failed.get_or_insert(error).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::memory::{Keep, Memory, Op};
    use std::io;

    fn open(world: &Memory) -> Result<Pack, RecordError> {
        Pack::open(Arc::new(world.clone()), Path::new("/data"))
    }

    fn document(number: usize) -> Vec<u8> {
        vec![number as u8; number * number % 5000]
    }

    #[test]
    fn documents_come_back_before_and_after_a_restart() {
        let world = Memory::new();
        let mut pack = open(&world).unwrap();
        let places: Vec<Place> = (0..400).map(|it| pack.put(&document(it)).unwrap()).collect();
        let large = pack.put(&vec![9; WRITE_BYTES * 2]).unwrap();
        assert!(places.iter().enumerate().all(|(it, place)| pack.get(*place).unwrap() == document(it)));
        pack.sync().unwrap();
        pack.put(b"never synced").unwrap();
        world.crash(|_| Keep::Nothing);
        let mut pack = open(&world).unwrap();
        assert!(places.iter().enumerate().all(|(it, place)| pack.get(*place).unwrap() == document(it)));
        assert_eq!(pack.get(large).unwrap().len(), WRITE_BYTES * 2);
        let next = pack.put(b"next").unwrap();
        assert_eq!(pack.get(next).unwrap(), b"next");
    }

    #[test]
    fn a_wrong_place_or_a_flipped_bit_is_no_document() {
        let world = Memory::new();
        let mut pack = open(&world).unwrap();
        let place = pack.put(b"a document").unwrap();
        pack.sync().unwrap();
        assert!(pack.get(Place { len: 9, ..place }).is_err());
        assert!(pack.get(Place { offset: 1, ..place }).is_err());
        assert!(pack.get(Place { offset: 30, ..place }).is_err());
        assert!(pack.get(Place { offset: 99, len: u32::MAX }).is_err());
        let path = Path::new("/data/evidence/held.pack");
        let whole = world.bytes(path).unwrap();
        for bit in 0..whole.len() * 8 {
            let mut flipped = whole.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            world.set_bytes(path, &flipped).unwrap();
            assert!(pack.get(place).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn an_error_stops_the_pack_with_its_own_reason() {
        for op in [Op::SyncData, Op::Append, Op::SyncDir] {
            let world = Memory::new();
            let mut pack = open(&world).unwrap();
            let place = pack.put(b"a document").unwrap();
            world.on_call(move |call| (call.op == op).then(|| io::ErrorKind::Other.into()));
            let reason = pack.sync().unwrap_err().to_string();
            world.mend();
            assert_eq!(pack.sync().unwrap_err().to_string(), reason);
            assert_eq!(pack.put(b"").unwrap_err().to_string(), reason);
            assert_eq!(pack.get(place).unwrap_err().to_string(), reason);
        }
    }

    #[test]
    fn a_spool_goes_with_its_submission() {
        let world = Memory::new();
        let mut spool = Spool::create(Arc::new(world.clone()), Path::new("/data"), 1).unwrap();
        let places: Vec<Place> = (0..400).map(|it| spool.put(&document(it)).unwrap()).collect();
        assert!(places.iter().enumerate().all(|(it, place)| spool.get(*place).unwrap() == document(it)));
        assert_eq!(world.paths(), [Path::new("/data/evidence/incoming/1.spool")]);
        drop(spool);
        assert!(world.paths().is_empty());
    }

    #[test]
    fn a_spool_that_was_left_is_removed_on_opening() {
        let world = Memory::new();
        let world_too: Arc<dyn World> = Arc::new(world.clone());
        std::mem::forget(Spool::create(Arc::clone(&world_too), Path::new("/data"), 1).unwrap());
        super::super::Evidence::open(world_too, Path::new("/data")).unwrap();
        assert!(world.paths().is_empty());
    }
}
