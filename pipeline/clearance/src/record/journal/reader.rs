//! Reading: the table of frames, a small cache, and handles for other threads.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard};

use rustc_hash::FxHashMap;

use super::super::RecordError;
use super::super::frame::{Frame, FrameHeader};
use super::archived::Archived;
use super::older::{self, Older};
use super::walk::read_body;
use super::{Head, Kind, Limits, Record};
use crate::world::{File, World, read_exact};

/// Segments kept open for reading.
const OPEN_FILES_MAX: usize = 8;

/// Where a frame begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FrameAt {
    pub first_index: u64,
    pub segment: u32,
    pub offset: u32,
}

/// What the writer and all readers have in common.
pub(super) struct Shared {
    pub world: Arc<dyn World>,
    pub dir: PathBuf,
    pub limits: Limits,
    /// What lies in the archive.
    pub older: Older,
    table: RwLock<Table>,
    cache: Mutex<Cache>,
    /// The error that stopped the journal.
    failed: OnceLock<RecordError>,
}

struct Table {
    frames: Vec<FrameAt>,
    durable: Head,
}

/// Decompressed frames and open files, the least recently used one leaving first.
#[derive(Default)]
struct Cache {
    frames: FxHashMap<u64, (Arc<Frame>, u64)>,
    bytes: usize,
    uses: u64,
    files: Vec<(u32, PathBuf, Box<dyn File>)>,
    decompressor: zstd::bulk::Decompressor<'static>,
}

impl Shared {
    pub fn new(
        world: Arc<dyn World>,
        dir: PathBuf,
        limits: Limits,
        archived: Archived,
        frames: Vec<FrameAt>,
        durable: Head,
    ) -> Shared {
        Shared {
            world,
            dir,
            limits,
            older: Older::new(archived),
            table: RwLock::new(Table { frames, durable }),
            cache: Mutex::default(),
            failed: OnceLock::new(),
        }
    }

    /// Fails with the error that stopped the journal, if one has.
    pub fn check(&self) -> Result<(), RecordError> {
        self.failed.get().map_or(Ok(()), |error| Err(error.clone()))
    }

    /// Stops the journal; the first error is the one that stays. An archive that is away stops nothing but who asked for it.
    pub fn fail(&self, error: RecordError) -> RecordError {
        if matches!(error, RecordError::ArchiveAway { .. }) {
            return error;
        }
        self.failed.get_or_init(|| error).clone()
    }

    pub fn add_frame(&self, at: FrameAt) {
        self.world.threads_meet();
        self.table.write().unwrap_or_else(PoisonError::into_inner).frames.push(at);
    }

    pub fn set_durable(&self, head: Head) {
        self.world.threads_meet();
        self.table.write().unwrap_or_else(PoisonError::into_inner).durable = head;
    }

    fn table(&self) -> RwLockReadGuard<'_, Table> {
        self.world.threads_meet();
        self.table.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads a record out of a written frame, durable or not.
    pub fn read(&self, index: u64) -> Result<Record, RecordError> {
        let at = self.frame_of(index).map_err(|error| self.fail(error))?;
        let frame = self.cached_frame(at).map_err(|error| self.fail(error))?;
        record_of(&frame, index).ok_or(RecordError::NoSuchRecord { index, last: frame.next_index() - 1 })
    }

    /// The frame that holds this record.
    fn frame_of(&self, index: u64) -> Result<FrameAt, RecordError> {
        if index <= self.older.archived.head().index {
            return self.older.frame_of(&*self.world, &self.dir, index);
        }
        let table = self.table();
        let after = table.frames.partition_point(|it| it.first_index <= index);
        let frame = after.checked_sub(1).and_then(|at| table.frames.get(at));
        frame.copied().ok_or(RecordError::NoSuchRecord { index, last: table.durable.index })
    }

    fn cached_frame(&self, at: FrameAt) -> Result<Arc<Frame>, RecordError> {
        let mut cache = self.cache();
        if let Some(frame) = cache.hit(at.first_index) {
            return Ok(frame);
        }
        let Cache { files, decompressor, .. } = &mut *cache;
        let (path, file) = open_file(files, &*self.world, &self.dir, at.segment)?;
        let loaded = load(file, path, at, decompressor).map_err(|error| older::away(&self.dir, error));
        if matches!(loaded, Err(RecordError::ArchiveAway { .. })) {
            // A handle on a share that went away may never work again.
            files.retain(|(number, ..)| *number != at.segment);
        }
        let frame = Arc::new(loaded?);
        cache.insert(Arc::clone(&frame), self.limits.cache_bytes);
        Ok(frame)
    }
}

impl Cache {
    fn hit(&mut self, first_index: u64) -> Option<Arc<Frame>> {
        self.uses += 1;
        let (frame, used) = self.frames.get_mut(&first_index)?;
        *used = self.uses;
        Some(Arc::clone(frame))
    }

    fn insert(&mut self, frame: Arc<Frame>, bytes_max: usize) {
        self.bytes += frame.memory();
        self.frames.insert(frame.first_index, (frame, self.uses));
        while self.bytes > bytes_max && self.frames.len() > 1 {
            let oldest = self.frames.iter().min_by_key(|(_, (_, used))| *used).map(|(first, _)| *first);
            let removed = oldest.and_then(|first| self.frames.remove(&first));
            self.bytes -= removed.map_or(0, |(frame, _)| frame.memory());
        }
    }
}

fn open_file<'a>(
    files: &'a mut Vec<(u32, PathBuf, Box<dyn File>)>,
    world: &dyn World,
    dir: &Path,
    segment: u32,
) -> Result<(&'a Path, &'a dyn File), RecordError> {
    let at = match files.iter().position(|(number, ..)| *number == segment) {
        Some(at) => at,
        None => {
            let (path, file) = older::open(world, dir, segment)?;
            if files.len() == OPEN_FILES_MAX {
                files.remove(0);
            }
            files.push((segment, path, file));
            files.len() - 1
        }
    };
    Ok((&files[at].1, &*files[at].2))
}

/// Reads and checks one frame.
fn load(
    file: &dyn File,
    path: &Path,
    at: FrameAt,
    decompressor: &mut zstd::bulk::Decompressor<'static>,
) -> Result<Frame, RecordError> {
    let offset = u64::from(at.offset);
    let damaged =
        |why| RecordError::Damaged { path: path.to_owned(), offset, first_bad_index: at.first_index, why };
    let mut bytes = [0; FrameHeader::BYTES];
    read_exact(file, &mut bytes, offset).map_err(|it| RecordError::io("read", path, it))?;
    let header = FrameHeader::decode(&bytes).map_err(damaged)?;
    if header.first_index != at.first_index {
        return Err(damaged("another frame stands here than on opening".to_owned()));
    }
    let body = read_body(file, path, offset, &header)?;
    Frame::decode(&header, &body, decompressor).map_err(damaged)
}

fn record_of(frame: &Frame, index: u64) -> Option<Record> {
    let entry = frame.entry(index)?;
    Some(Record { index, kind: Kind(entry.kind), payload: entry.payload, hash: entry.hash })
}

/// A handle that reads what is durable, for any thread.
#[derive(Clone)]
pub struct Reader {
    shared: Arc<Shared>,
}

impl Reader {
    pub(super) fn new(shared: Arc<Shared>) -> Reader {
        Reader { shared }
    }

    /// The first record that is not in the archive, as it was on opening.
    pub fn first_index(&self) -> u64 {
        self.shared.older.archived.head().index + 1
    }

    /// The last durable record.
    pub fn head(&self) -> Head {
        self.shared.table().durable
    }

    /// Reads a durable record.
    pub fn read(&self, index: u64) -> Result<Record, RecordError> {
        self.shared.check()?;
        let last = self.head().index;
        if index == 0 || index > last {
            return Err(RecordError::NoSuchRecord { index, last });
        }
        self.shared.read(index)
    }

    /// Hands over every durable record from this index on, in order and in constant
    /// memory. What is committed meanwhile is not included. An error of `each` ends
    /// the scan and is passed on.
    pub fn scan<E: From<RecordError>>(
        &self,
        from_index: u64,
        mut each: impl FnMut(Record) -> Result<(), E>,
    ) -> Result<(), E> {
        self.shared.check()?;
        let last = self.head().index;
        let from_index = from_index.max(1);
        if from_index > last {
            return Ok(());
        }
        let mut frames = Frames::starting_at(&self.shared, from_index);
        while let Some(frame) = frames.next(last).map_err(|error| self.shared.fail(error))? {
            let end = frame.next_index().min(last + 1);
            for index in from_index.max(frame.first_index)..end {
                if let Some(record) = record_of(&frame, index) {
                    each(record)?;
                }
            }
        }
        Ok(())
    }
}

/// Frames one after another, past the cache, so that a long scan does not empty it.
struct Frames<'a> {
    shared: &'a Shared,
    next_index: u64,
    file: Option<(u32, PathBuf, Box<dyn File>)>,
    decompressor: zstd::bulk::Decompressor<'static>,
}

impl Frames<'_> {
    fn starting_at(shared: &Shared, index: u64) -> Frames<'_> {
        let decompressor = zstd::bulk::Decompressor::default();
        Frames { shared, next_index: index, file: None, decompressor }
    }

    fn next(&mut self, last_index: u64) -> Result<Option<Frame>, RecordError> {
        if self.next_index > last_index {
            return Ok(None);
        }
        let (world, dir) = (&*self.shared.world, &self.shared.dir);
        let at = self.shared.frame_of(self.next_index)?;
        if self.file.as_ref().is_none_or(|(segment, ..)| *segment != at.segment) {
            let (path, file) = older::open(world, dir, at.segment)?;
            self.file = Some((at.segment, path, file));
        }
        let Some((_, path, file)) = &self.file else { return Ok(None) };
        let frame =
            load(&**file, path, at, &mut self.decompressor).map_err(|error| older::away(dir, error))?;
        self.next_index = frame.next_index();
        Ok(Some(frame))
    }
}
