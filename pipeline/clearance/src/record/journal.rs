//! The journal: append-only, chained by hash, durable on [`Journal::commit`].
//!
//! Records are collected into frames, and a commit writes frames to segments and
//! syncs them. Before it nothing is written: a record names evidence, and may not
//! reach the disk before that has, not even by chance. Frame boundaries depend on
//! the records and on the commits alone, so the same calls give the same bytes.
//! There is one writer; any number of [`Reader`]s see what is durable and nothing else.
//!
//! A commit may survive a power loss in part, from its beginning: it was not
//! acknowledged, so nothing has been promised. What was acknowledged before it
//! is whole, or opening refuses.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

pub use super::frame::Payload;
use super::frame::{self, Frame, GENESIS, RAW_BYTES_MAX, SegmentHeader};
use super::{Compression, RecordError};
use crate::world::{File, Lock, World, create_dir_durable};

use self::archived::Archived;
pub use self::reader::Reader;
use self::reader::{FrameAt, Shared};

pub(super) mod archived;
pub(super) mod moving;
mod older;
mod reader;
mod recover;
#[cfg(test)]
mod tests;
mod walk;

/// Sizes of the journal. They shape the files but not their meaning: a journal
/// written with some limits can be opened with others.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// A segment that has this many bytes is followed by a new one. Small enough
    /// to copy and hash in a blink, large enough that a year is some hundred files.
    pub segment_bytes: u32,
    /// A frame is closed when its records have this many bytes: enough to compress
    /// well, little enough to decompress for a single record.
    pub frame_bytes: usize,
    /// One record. A declaration has at most 8 MiB, its decision less.
    pub record_bytes_max: usize,
    /// Decompressed frames kept for reading.
    pub cache_bytes: usize,
    /// How hard frames are packed.
    pub compression: Compression,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            segment_bytes: 64 << 20,
            frame_bytes: 128 << 10,
            record_bytes_max: 16 << 20,
            cache_bytes: 16 << 20,
            compression: Compression::default(),
        }
    }
}

/// What a record is about. The journal does not look at it; the caller gives the numbers their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind(pub u8);

/// Where a record stands, and its own hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// From 1, without gaps, over all segments.
    pub index: u64,
    /// Covers this record and, through the chain, every one before it.
    pub hash: [u8; 32],
}

/// The last durable record, or index 0 and zeros for an empty journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The index of the last record.
    pub index: u64,
    /// Its own hash.
    pub hash: [u8; 32],
}

impl Head {
    /// The head of a journal without records.
    pub const EMPTY: Head = Head { index: 0, hash: GENESIS };

    /// What a signed checkpoint signs: this head at this time, to the millisecond.
    pub fn checkpoint(&self, at: Timestamp) -> [u8; 32] {
        frame::checkpoint_hash(self.index, &self.hash, at.as_millisecond())
    }
}

/// One record.
#[derive(Debug, Clone)]
pub struct Record {
    /// From 1.
    pub index: u64,
    /// What it is about.
    pub kind: Kind,
    /// What it says.
    pub payload: Payload,
    /// Its own hash.
    pub hash: [u8; 32],
}

/// An unfinished end that was cut off on opening. None of it had been acknowledged,
/// unless the disk is damaged: compare the head with the last checkpoint published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The segment that was cut.
    pub path: PathBuf,
    /// Its length now.
    pub offset: u64,
    /// The bytes taken off.
    pub bytes: u64,
    /// What was wrong with them.
    pub why: String,
}

/// The writer, and a reader of what it has not committed yet.
pub struct Journal {
    shared: Arc<Shared>,
    durable: Head,
    /// Records not yet in a frame that is closed.
    open: Frame,
    /// Closed frames, not yet in a segment, each with its bytes there.
    closed: Vec<(Frame, Vec<u8>)>,
    segment: Option<Segment>,
    next_number: u32,
    compressor: zstd::bulk::Compressor<'static>,
    cut: Option<Cut>,
    _lock: Lock,
}

/// A reader of `<data>/journal` that takes no lock and changes nothing: for whoever only looks, while another process may
/// write. It sees what was whole when it was opened; a journal that is not there is an empty one.
pub fn look(world: Arc<dyn World>, data: &Path, limits: Limits) -> Result<Reader, RecordError> {
    let dir = folder(data);
    let is_there = world.exists(&dir).map_err(|it| RecordError::io("look at", &dir, it))?;
    let (frames, head) = if is_there { recover::look(&*world, &dir)? } else { (Vec::new(), Head::EMPTY) };
    let archived = Archived::read(&*world, &dir)?;
    Ok(Reader::new(Arc::new(Shared::new(world, dir, limits, archived, frames, head))))
}

/// The segment that is written to.
struct Segment {
    number: u32,
    path: PathBuf,
    file: Box<dyn File>,
    durable_len: u64,
    /// Its name is not durable yet.
    is_new: bool,
}

/// The folder of the journal within the data folder.
pub(super) fn folder(data: &Path) -> PathBuf {
    data.join("journal")
}

fn segment_path(dir: &Path, number: u32) -> PathBuf {
    dir.join(format!("{number:08}.seg"))
}

impl Journal {
    /// Opens `<data>/journal`, creating it when it is not there, and locks out other writers.
    ///
    /// The last segment is verified in full and an unfinished end is cut off, see
    /// [`Journal::cut`]; of older segments the headers are linked. What does not
    /// fit refuses to open, naming the first bad index.
    pub fn open(world: Arc<dyn World>, data: &Path, limits: Limits) -> Result<Journal, RecordError> {
        let dir = folder(data);
        create_dir_durable(&*world, &dir).map_err(|it| RecordError::io("create", &dir, it))?;
        let lock = take_lock(&*world, &dir)?;
        let compressor = zstd::bulk::Compressor::new(limits.compression.zstd_level())
            .map_err(|it| RecordError::io("start compression for", &dir, it))?;
        let found = recover::recover(&*world, &dir)?;
        Ok(Journal {
            shared: Arc::new(Shared::new(world, dir, limits, found.archived, found.frames, found.head)),
            durable: found.head,
            open: Frame::after(found.head.index + 1, found.head.hash, limits.frame_bytes),
            closed: Vec::new(),
            segment: found.segment,
            next_number: found.next_number,
            compressor,
            cut: found.cut,
            _lock: lock,
        })
    }

    /// Adds a record; nothing of it is durable before [`Journal::commit`] returns.
    ///
    /// `digest` is the BLAKE3 hash of the payload, if the caller has computed it
    /// already, in parallel perhaps. It is believed.
    pub fn append(
        &mut self,
        kind: Kind,
        payload: &[u8],
        digest: Option<blake3::Hash>,
    ) -> Result<Position, RecordError> {
        self.shared.check()?;
        let limit = self.shared.limits.record_bytes_max.min(RAW_BYTES_MAX as usize / 2);
        if payload.len() > limit {
            let (bytes, limit) = (payload.len() as u64, limit as u64);
            return Err(RecordError::TooLarge { what: "a journal record", bytes, limit });
        }
        let digest = digest.unwrap_or_else(|| blake3::hash(payload));
        debug_assert_eq!(digest, blake3::hash(payload), "the digest is of other bytes");
        let index = self.open.next_index();
        let hash = self.open.push(kind.0, payload, &digest);
        if self.open.raw_len() >= self.shared.limits.frame_bytes.min(RAW_BYTES_MAX as usize / 4) {
            self.close_frame().map_err(|error| self.fail(error))?;
        }
        Ok(Position { index, hash })
    }

    /// Makes every record appended so far durable. Only now may anything be acknowledged.
    pub fn commit(&mut self) -> Result<Head, RecordError> {
        self.shared.check()?;
        let head = Head { index: self.open.next_index() - 1, hash: self.open.head() };
        if head == self.durable {
            return Ok(head);
        }
        self.close_frame()
            .and_then(|()| self.write_frames())
            .and_then(|()| self.settle())
            .map_err(|error| self.fail(error))?;
        self.durable = head;
        self.shared.set_durable(head);
        Ok(head)
    }

    /// The error that stopped the journal, if one did.
    pub fn check(&self) -> Result<(), RecordError> {
        self.shared.check()
    }

    /// The last durable record.
    pub fn head(&self) -> Head {
        self.durable
    }

    /// The index the next record will get.
    pub fn next_index(&self) -> u64 {
        self.open.next_index()
    }

    /// Reads a record, committed or not.
    pub fn read(&self, index: u64) -> Result<Record, RecordError> {
        self.shared.check()?;
        let first_in_memory =
            self.closed.first().map_or(self.open.first_index, |(frame, _)| frame.first_index);
        if index < first_in_memory {
            return self.shared.read(index);
        }
        let last = self.open.next_index() - 1;
        let after = self.closed.partition_point(|(frame, _)| frame.next_index() <= index);
        let frame = self.closed.get(after).map_or(&self.open, |(frame, _)| frame);
        let entry = frame.entry(index).ok_or(RecordError::NoSuchRecord { index, last })?;
        let payload = entry.payload.copied();
        Ok(Record { index, kind: Kind(entry.kind), payload, hash: entry.hash })
    }

    /// Hands over every durable record from this index on, in order and in constant memory.
    pub fn scan<E: From<RecordError>>(
        &self,
        from_index: u64,
        each: impl FnMut(Record) -> Result<(), E>,
    ) -> Result<(), E> {
        self.reader().scan(from_index, each)
    }

    /// A handle for other threads: it sees what is durable.
    pub fn reader(&self) -> Reader {
        Reader::new(Arc::clone(&self.shared))
    }

    /// The first record that is not in the archive, as it was on opening.
    pub fn first_index(&self) -> u64 {
        self.reader().first_index()
    }

    /// What was cut off on opening.
    pub fn cut(&self) -> Option<&Cut> {
        self.cut.as_ref()
    }

    /// Closes the open frame.
    fn close_frame(&mut self) -> Result<(), RecordError> {
        if self.open.raw_len() == 0 {
            return Ok(());
        }
        let bytes = self
            .open
            .encode(self.durable.index + 1, &mut self.compressor)
            .map_err(|it| RecordError::io("compress a frame for", &self.shared.dir, it))?;
        let next = Frame::after(self.open.next_index(), self.open.head(), self.shared.limits.frame_bytes);
        self.closed.push((std::mem::replace(&mut self.open, next), bytes));
        Ok(())
    }

    /// Writes the closed frames, without syncing the last segment.
    fn write_frames(&mut self) -> Result<(), RecordError> {
        for (frame, bytes) in std::mem::take(&mut self.closed) {
            let segment = self.segment_with_room(&frame)?;
            let (first_index, offset) = (frame.first_index, segment.file.len() as u32);
            let at = FrameAt { first_index, segment: segment.number, offset };
            segment.file.append(&bytes).map_err(|it| RecordError::io("write", &segment.path, it))?;
            self.shared.add_frame(at);
        }
        Ok(())
    }

    /// The segment to write this frame to; a full one is made durable before the next is begun,
    /// so that only the last can ever be unfinished.
    fn segment_with_room(&mut self, frame: &Frame) -> Result<&mut Segment, RecordError> {
        let limit = u64::from(self.shared.limits.segment_bytes);
        match self.segment.take() {
            Some(segment) if segment.file.len() < limit => Ok(self.segment.insert(segment)),
            full => {
                self.segment = full;
                self.settle()?;
                let next = self.next_segment(frame)?;
                Ok(self.segment.insert(next))
            }
        }
    }

    fn next_segment(&mut self, frame: &Frame) -> Result<Segment, RecordError> {
        let number = self.next_number;
        let path = segment_path(&self.shared.dir, number);
        let (first_index, previous) = (frame.first_index, frame.previous);
        let header = SegmentHeader { number, first_index, previous };
        let mut file = self.shared.world.create(&path).map_err(|it| RecordError::io("create", &path, it))?;
        file.append(&header.encode()).map_err(|it| RecordError::io("write", &path, it))?;
        self.next_number += 1;
        Ok(Segment { number, path, file, durable_len: 0, is_new: true })
    }

    /// Syncs what has been written.
    fn settle(&mut self) -> Result<(), RecordError> {
        let Some(segment) = &mut self.segment else { return Ok(()) };
        if segment.file.len() == segment.durable_len {
            return Ok(());
        }
        segment.file.sync_data().map_err(|it| RecordError::io("sync", &segment.path, it))?;
        if segment.is_new {
            let dir = &self.shared.dir;
            self.shared.world.sync_dir(dir).map_err(|it| RecordError::io("sync", dir, it))?;
            segment.is_new = false;
        }
        segment.durable_len = segment.file.len();
        Ok(())
    }

    /// Nothing more is written after an error. The bytes that no commit covers are
    /// taken away, because after a failed sync the system may show as written what
    /// is not; whether that works is seen by the next start, which reads the end again.
    fn fail(&mut self, error: RecordError) -> RecordError {
        if let Some(segment) = &mut self.segment {
            let _seen_by_next_start = segment.file.set_len(segment.durable_len);
        }
        self.shared.fail(error)
    }
}

fn take_lock(world: &dyn World, dir: &Path) -> Result<Lock, RecordError> {
    let path = dir.join("writer.lock");
    world.lock_exclusive(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::WouldBlock => RecordError::InUse { path },
        _ => RecordError::io("lock", &path, error),
    })
}
