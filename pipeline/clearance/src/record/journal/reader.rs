//! Reading: the table of frames, a small cache, and handles for other threads.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard};

use rustc_hash::FxHashMap;

use super::super::RecordError;
use super::super::frame::{Frame, FrameHeader};
use super::walk::read_body;
use super::{Head, Kind, Limits, Record, segment_path};
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
    files: Vec<(u32, Box<dyn File>)>,
    decompressor: zstd::bulk::Decompressor<'static>,
}

impl Shared {
    pub fn new(
        world: Arc<dyn World>,
        dir: PathBuf,
        limits: Limits,
        frames: Vec<FrameAt>,
        durable: Head,
    ) -> Shared {
        Shared {
            world,
            dir,
            limits,
            table: RwLock::new(Table { frames, durable }),
            cache: Mutex::default(),
            failed: OnceLock::new(),
        }
    }

    /// Fails with the error that stopped the journal, if one has.
    pub fn check(&self) -> Result<(), RecordError> {
        self.failed.get().map_or(Ok(()), |error| Err(error.clone()))
    }

    /// Stops the journal; the first error is the one that stays.
    pub fn fail(&self, error: RecordError) -> RecordError {
        self.failed.get_or_init(|| error).clone()
    }

    pub fn add_frame(&self, at: FrameAt) {
        self.table.write().unwrap_or_else(PoisonError::into_inner).frames.push(at);
    }

    pub fn set_durable(&self, head: Head) {
        self.table.write().unwrap_or_else(PoisonError::into_inner).durable = head;
    }

    fn table(&self) -> RwLockReadGuard<'_, Table> {
        self.table.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads a record out of a written frame, durable or not.
    pub fn read(&self, index: u64) -> Result<Record, RecordError> {
        let at = self.frame_of(index)?;
        let frame = self.cached_frame(at).map_err(|error| self.fail(error))?;
        record_of(&frame, index).ok_or(RecordError::NoSuchRecord { index, last: frame.next_index() - 1 })
    }

    fn frame_of(&self, index: u64) -> Result<FrameAt, RecordError> {
        let table = self.table();
        let after = table.frames.partition_point(|it| it.first_index <= index);
        let frame = after.checked_sub(1).and_then(|at| table.frames.get(at));
        frame.copied().ok_or(RecordError::NoSuchRecord { index, last: table.durable.index })
    }

    fn frame_from(&self, number: usize) -> Option<FrameAt> {
        self.table().frames.get(number).copied()
    }

    fn cached_frame(&self, at: FrameAt) -> Result<Arc<Frame>, RecordError> {
        let mut cache = self.cache();
        if let Some(frame) = cache.hit(at.first_index) {
            return Ok(frame);
        }
        let path = segment_path(&self.dir, at.segment);
        let Cache { files, decompressor, .. } = &mut *cache;
        let file = open_file(files, &*self.world, at.segment, &path)?;
        let frame = Arc::new(load(file, &path, at, decompressor)?);
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
    files: &'a mut Vec<(u32, Box<dyn File>)>,
    world: &dyn World,
    segment: u32,
    path: &Path,
) -> Result<&'a dyn File, RecordError> {
    let at = match files.iter().position(|(number, _)| *number == segment) {
        Some(at) => at,
        None => {
            let file = world.open(path).map_err(|it| RecordError::io("open", path, it))?;
            if files.len() == OPEN_FILES_MAX {
                files.remove(0);
            }
            files.push((segment, file));
            files.len() - 1
        }
    };
    Ok(&*files[at].1)
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
    number: usize,
    file: Option<(u32, PathBuf, Box<dyn File>)>,
    decompressor: zstd::bulk::Decompressor<'static>,
}

impl Frames<'_> {
    fn starting_at(shared: &Shared, index: u64) -> Frames<'_> {
        let after = shared.table().frames.partition_point(|it| it.first_index <= index);
        let number = after.saturating_sub(1);
        Frames { shared, number, file: None, decompressor: zstd::bulk::Decompressor::default() }
    }

    fn next(&mut self, last_index: u64) -> Result<Option<Frame>, RecordError> {
        let Some(at) = self.shared.frame_from(self.number).filter(|it| it.first_index <= last_index) else {
            return Ok(None);
        };
        self.number += 1;
        if self.file.as_ref().is_none_or(|(segment, ..)| *segment != at.segment) {
            let path = segment_path(&self.shared.dir, at.segment);
            let file = self.shared.world.open(&path).map_err(|it| RecordError::io("open", &path, it))?;
            self.file = Some((at.segment, path, file));
        }
        match &self.file {
            Some((_, path, file)) => load(&**file, path, at, &mut self.decompressor).map(Some),
            None => Ok(None),
        }
    }
}
