//! Going through segments frame by frame, checking that each continues the last.

use std::path::{Path, PathBuf};

use super::super::RecordError;
use super::super::frame::{Frame, FrameHeader, Hash, SegmentHeader};
use super::reader::FrameAt;
use super::{Head, segment_path};
use crate::world::{EntryKind, File, World, read_exact};

/// How much of a frame is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// Headers and their links.
    Headers,
    /// Also the checksum, and the chain from record to record.
    Records,
}

/// How far the chain has been followed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chain {
    pub next_index: u64,
    pub head: Hash,
    /// First index of the commit the last frame belongs to.
    pub commit_first: u64,
}

impl Chain {
    /// What follows this head.
    pub const fn after(head: Head) -> Chain {
        Chain { next_index: head.index + 1, head: head.hash, commit_first: 0 }
    }

    /// Where it has come to.
    pub const fn reached(&self) -> Head {
        Head { index: self.next_index - 1, hash: self.head }
    }
}

/// One segment on the way through.
pub(super) struct Walk {
    pub path: PathBuf,
    pub file: Box<dyn File>,
    pub number: u32,
    /// Everything before this has been checked.
    pub offset: u64,
    decompressor: zstd::bulk::Decompressor<'static>,
}

impl Walk {
    pub fn open(world: &dyn World, dir: &Path, number: u32) -> Result<Walk, RecordError> {
        let path = segment_path(dir, number);
        let file = world.open(&path).map_err(|it| RecordError::io("open", &path, it))?;
        Ok(Walk::of(path, file, number))
    }

    /// Goes through an open segment, wherever it lies.
    pub fn of(path: PathBuf, file: Box<dyn File>, number: u32) -> Walk {
        Walk { path, file, number, offset: 0, decompressor: zstd::bulk::Decompressor::default() }
    }

    /// The next frame, or `None` at the end of the segment. After an error neither
    /// this nor the chain has moved.
    pub fn next(&mut self, chain: &mut Chain, depth: Depth) -> Result<Option<FrameAt>, RecordError> {
        if self.offset == 0 {
            self.start(chain)?;
        }
        if self.offset == self.file.len() {
            return Ok(None);
        }
        let header = self.header(chain)?;
        if depth == Depth::Records {
            self.check_records(chain, &header)?;
        }
        let at = FrameAt {
            first_index: header.first_index,
            segment: self.number,
            offset: u32::try_from(self.offset).map_err(|_| self.damaged(chain, "segment is too long"))?,
        };
        self.offset += FrameHeader::BYTES as u64 + header.body_len();
        chain.next_index = header.last_index() + 1;
        chain.head = header.head;
        chain.commit_first = header.commit_first;
        Ok(Some(at))
    }

    /// Checks the segment header and steps over it.
    fn start(&mut self, chain: &Chain) -> Result<(), RecordError> {
        let bytes: [u8; SegmentHeader::BYTES] = self.read_header(chain)?;
        let header = SegmentHeader::decode(&bytes).map_err(|why| self.damaged(chain, why))?;
        let expected =
            SegmentHeader { number: self.number, first_index: chain.next_index, previous: chain.head };
        if header != expected {
            return Err(self.damaged(chain, "segment does not continue the one before it"));
        }
        self.offset = SegmentHeader::BYTES as u64;
        Ok(())
    }

    fn header(&self, chain: &Chain) -> Result<FrameHeader, RecordError> {
        let bytes: [u8; FrameHeader::BYTES] = self.read_header(chain)?;
        let header = FrameHeader::decode(&bytes).map_err(|why| self.damaged(chain, why))?;
        if header.first_index != chain.next_index || header.previous != chain.head {
            return Err(self.damaged(chain, "frame does not continue the one before it"));
        }
        if header.commit_first < chain.commit_first || header.commit_first > header.first_index {
            return Err(self.damaged(chain, "frame belongs to no commit"));
        }
        if self.offset + FrameHeader::BYTES as u64 + header.body_len() > self.file.len() {
            return Err(self.damaged(chain, "frame is cut short"));
        }
        Ok(header)
    }

    fn check_records(&mut self, chain: &Chain, header: &FrameHeader) -> Result<(), RecordError> {
        let body = read_body(&*self.file, &self.path, self.offset, header)?;
        let frame =
            Frame::decode(header, &body, &mut self.decompressor).map_err(|why| self.damaged(chain, why))?;
        if let Some(index) = frame.first_broken_link() {
            let at = Chain { next_index: index, ..*chain };
            return Err(self.damaged(&at, "record does not match its hash"));
        }
        if frame.head() != header.head {
            return Err(self.damaged(chain, "frame does not end in the head it names"));
        }
        Ok(())
    }

    fn read_header<const N: usize>(&self, chain: &Chain) -> Result<[u8; N], RecordError> {
        if self.offset + N as u64 > self.file.len() {
            return Err(self.damaged(chain, "header is cut short"));
        }
        let mut bytes = [0; N];
        read_exact(&*self.file, &mut bytes, self.offset)
            .map_err(|it| RecordError::io("read", &self.path, it))?;
        Ok(bytes)
    }

    fn damaged(&self, chain: &Chain, why: impl Into<String>) -> RecordError {
        RecordError::Damaged {
            path: self.path.clone(),
            offset: self.offset,
            first_bad_index: chain.next_index,
            why: why.into(),
        }
    }
}

/// Reads what follows a frame header.
pub(super) fn read_body(
    file: &dyn File,
    path: &Path,
    offset: u64,
    header: &FrameHeader,
) -> Result<Vec<u8>, RecordError> {
    let mut body = vec![0; header.body_len() as usize];
    read_exact(file, &mut body, offset + FrameHeader::BYTES as u64)
        .map_err(|it| RecordError::io("read", path, it))?;
    Ok(body)
}

/// The numbers of the segments in a folder, in order. Other files are none of ours.
pub(super) fn segment_numbers(world: &dyn World, dir: &Path) -> Result<Vec<u32>, RecordError> {
    let entries = world.list(dir).map_err(|it| RecordError::io("list", dir, it))?;
    let files = entries.into_iter().filter(|it| it.kind == EntryKind::File);
    Ok(files.filter_map(|it| number_of(it.name.to_str()?)).collect())
}

fn number_of(name: &str) -> Option<u32> {
    let digits = name.strip_suffix(".seg")?;
    let is_ours = digits.len() == 8 && digits.bytes().all(|it| it.is_ascii_digit());
    is_ours.then(|| digits.parse().ok()).flatten()
}

/// The numbers of those that are not in the archive. What still lies here of the others is not looked at.
pub(super) fn live_numbers(world: &dyn World, dir: &Path, n_archived: u32) -> Result<Vec<u32>, RecordError> {
    let mut numbers = segment_numbers(world, dir)?;
    numbers.retain(|number| *number > n_archived);
    Ok(numbers)
}

/// Fails unless the segments are numbered without gaps, from 1 or from where the archive ends.
pub(super) fn check_number(dir: &Path, chain: &Chain, expected: u32, found: u32) -> Result<(), RecordError> {
    if expected == found {
        return Ok(());
    }
    Err(RecordError::Damaged {
        path: segment_path(dir, expected),
        offset: 0,
        first_bad_index: chain.next_index,
        why: format!("segment is missing, the next one is {found:08}.seg"),
    })
}
