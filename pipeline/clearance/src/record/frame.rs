//! One frame of the journal: the bytes, the hashes, and nothing about files.
//!
//! A frame holds some records in a row, compressed together. Its header carries
//! its own hash, so that headers can be trusted without reading what lies
//! between them, and the digest of that. The chain runs over the records
//! themselves and knows nothing of frames or compression, so an archive may be
//! compressed again without breaking a receipt.

use std::io::Cursor;
use std::ops::{Deref, Range};
use std::sync::{Arc, LazyLock};

use super::number;

/// The version of the format, in every header and in the hash of every record.
pub(crate) const VERSION: u16 = 1;

/// Bytes 0xF7 and 0xFF occur in no UTF-8 text, so no payload can pass for a frame.
pub(crate) const FRAME_MAGIC: [u8; 8] = *b"\xF7clrfrm\xFF";
pub(crate) const SEGMENT_MAGIC: [u8; 8] = *b"\xF7clrseg\xFF";

/// Kind and length stand before each payload.
pub(crate) const ENTRY_BYTES: usize = 5;
const HASH_BYTES: usize = 32;

/// No frame decompresses to more: a forged header cannot ask for all memory.
pub(crate) const RAW_BYTES_MAX: u32 = 64 << 20;

pub(crate) type Hash = [u8; HASH_BYTES];

/// The head of an empty journal.
pub(crate) const GENESIS: Hash = [0; HASH_BYTES];

/// Of a decision's record, about: room for so many is made at once.
const RECORD_BYTES: usize = 512;

/// One key for each thing that is hashed, so that no hash can stand for another.
struct Domains {
    record: Hash,
    body: Hash,
    frame: Hash,
    segment: Hash,
    checkpoint: Hash,
    archived: Hash,
}

static DOMAINS: LazyLock<Domains> = LazyLock::new(|| {
    let key = |name| *blake3::hash(format!("clearance journal 1 {name}").as_bytes()).as_bytes();
    Domains {
        record: key("record"),
        body: key("body"),
        frame: key("frame"),
        segment: key("segment"),
        checkpoint: key("checkpoint"),
        archived: key("archived"),
    }
});

/// What the file that names the archived segments ends with: over all its lines before.
pub(crate) fn archived_hash(text: &[u8]) -> Hash {
    *blake3::keyed_hash(&DOMAINS.archived, text).as_bytes()
}

/// The own hash of a record: one small hash over the one before and the digest of the payload.
pub(crate) fn record_hash(index: u64, kind: u8, previous: &Hash, digest: &blake3::Hash) -> Hash {
    let mut input = [0; 75];
    input[..2].copy_from_slice(&VERSION.to_le_bytes());
    input[2..10].copy_from_slice(&index.to_le_bytes());
    input[10] = kind;
    input[11..43].copy_from_slice(previous);
    input[43..].copy_from_slice(digest.as_bytes());
    *blake3::keyed_hash(&DOMAINS.record, &input).as_bytes()
}

/// What a signed checkpoint signs.
pub(crate) fn checkpoint_hash(index: u64, head: &Hash, millisecond: i64) -> Hash {
    let mut input = [0; 50];
    input[..2].copy_from_slice(&VERSION.to_le_bytes());
    input[2..10].copy_from_slice(&index.to_le_bytes());
    input[10..42].copy_from_slice(head);
    input[42..].copy_from_slice(&millisecond.to_le_bytes());
    *blake3::keyed_hash(&DOMAINS.checkpoint, &input).as_bytes()
}

/// The digest of a frame's body: the record hashes and the compressed records.
pub(crate) fn body_digest(body: &[u8]) -> Hash {
    *blake3::keyed_hash(&DOMAINS.body, body).as_bytes()
}

/// What stands at the beginning of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SegmentHeader {
    pub number: u32,
    pub first_index: u64,
    pub previous: Hash,
}

impl SegmentHeader {
    pub const BYTES: usize = 88;

    pub fn encode(&self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        bytes[..8].copy_from_slice(&SEGMENT_MAGIC);
        bytes[8..10].copy_from_slice(&VERSION.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.number.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.first_index.to_le_bytes());
        bytes[24..56].copy_from_slice(&self.previous);
        let hash = blake3::keyed_hash(&DOMAINS.segment, &bytes[..56]);
        bytes[56..].copy_from_slice(hash.as_bytes());
        bytes
    }

    pub fn decode(bytes: &[u8; Self::BYTES]) -> Result<SegmentHeader, String> {
        check_start(bytes, &SEGMENT_MAGIC, "segment")?;
        let header = SegmentHeader {
            number: number!(u32, bytes, 12),
            first_index: number!(u64, bytes, 16),
            previous: hash_at(bytes, 24),
        };
        // Whatever is not read back the same was not written by us.
        if header.encode() != *bytes {
            return Err("segment header does not match its hash".to_owned());
        }
        Ok(header)
    }
}

/// What stands at the beginning of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FrameHeader {
    pub count: u32,
    pub first_index: u64,
    /// The index of the first record of the commit this frame belongs to. A later
    /// commit further on proves that everything before it had been synced.
    pub commit_first: u64,
    pub raw_len: u32,
    pub packed_len: u32,
    pub previous: Hash,
    pub head: Hash,
    pub body: Hash,
}

impl FrameHeader {
    pub const BYTES: usize = 168;

    pub fn encode(&self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        bytes[..8].copy_from_slice(&FRAME_MAGIC);
        bytes[8..10].copy_from_slice(&VERSION.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.count.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.first_index.to_le_bytes());
        bytes[24..32].copy_from_slice(&self.commit_first.to_le_bytes());
        bytes[32..36].copy_from_slice(&self.raw_len.to_le_bytes());
        bytes[36..40].copy_from_slice(&self.packed_len.to_le_bytes());
        bytes[40..72].copy_from_slice(&self.previous);
        bytes[72..104].copy_from_slice(&self.head);
        bytes[104..136].copy_from_slice(&self.body);
        let hash = blake3::keyed_hash(&DOMAINS.frame, &bytes[..136]);
        bytes[136..].copy_from_slice(hash.as_bytes());
        bytes
    }

    pub fn decode(bytes: &[u8; Self::BYTES]) -> Result<FrameHeader, String> {
        check_start(bytes, &FRAME_MAGIC, "frame")?;
        let header = FrameHeader {
            count: number!(u32, bytes, 12),
            first_index: number!(u64, bytes, 16),
            commit_first: number!(u64, bytes, 24),
            raw_len: number!(u32, bytes, 32),
            packed_len: number!(u32, bytes, 36),
            previous: hash_at(bytes, 40),
            head: hash_at(bytes, 72),
            body: hash_at(bytes, 104),
        };
        if header.encode() != *bytes {
            return Err("frame header does not match its hash".to_owned());
        }
        let entries = u64::from(header.count) * ENTRY_BYTES as u64;
        if header.count == 0 || entries > u64::from(header.raw_len) || header.raw_len > RAW_BYTES_MAX {
            return Err("frame header has impossible counts".to_owned());
        }
        if header.first_index.checked_add(u64::from(header.count)).is_none() {
            return Err("frame header has an impossible index".to_owned());
        }
        Ok(header)
    }

    /// Bytes after the header: one hash a record, and the compressed records.
    pub fn body_len(&self) -> u64 {
        u64::from(self.count) * HASH_BYTES as u64 + u64::from(self.packed_len)
    }

    /// The index of the last record.
    pub fn last_index(&self) -> u64 {
        self.first_index + u64::from(self.count) - 1
    }
}

fn check_start(bytes: &[u8], magic: &[u8; 8], what: &str) -> Result<(), String> {
    if bytes[..8] != *magic {
        return Err(format!("there should be a {what} header here"));
    }
    let version = number!(u16, bytes, 8);
    if version != VERSION {
        return Err(format!("{what} has format version {version}, this program reads {VERSION}"));
    }
    Ok(())
}

fn hash_at(bytes: &[u8], at: usize) -> Hash {
    let mut hash = GENESIS;
    hash.copy_from_slice(&bytes[at..at + HASH_BYTES]);
    hash
}

/// The bytes of one record, sharing the frame they came in.
#[derive(Clone)]
pub struct Payload {
    bytes: Arc<Vec<u8>>,
    range: Range<usize>,
}

impl Payload {
    /// The same bytes, sharing nothing: a frame that still grows must not be held.
    pub(crate) fn copied(&self) -> Payload {
        Payload { bytes: Arc::new(self.to_vec()), range: 0..self.len() }
    }
}

impl Deref for Payload {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes[self.range.clone()]
    }
}

impl AsRef<[u8]> for Payload {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl std::fmt::Debug for Payload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.escape_ascii())
    }
}

/// The records of a frame, decompressed or not yet compressed.
#[derive(Clone)]
pub(crate) struct Frame {
    pub first_index: u64,
    /// The own hash of the record before the first.
    pub previous: Hash,
    raw: Arc<Vec<u8>>,
    /// Where each payload begins in `raw`.
    starts: Vec<u32>,
    hashes: Vec<Hash>,
}

/// One record within a frame.
pub(crate) struct Entry {
    pub kind: u8,
    pub payload: Payload,
    pub hash: Hash,
}

impl Frame {
    /// An empty frame that continues the chain.
    pub fn after(first_index: u64, previous: Hash, capacity: usize) -> Frame {
        // The record that fills it reaches over its end.
        let raw = Arc::new(Vec::with_capacity(capacity + capacity / 8));
        let n_records = capacity / RECORD_BYTES;
        let (starts, hashes) = (Vec::with_capacity(n_records), Vec::with_capacity(n_records));
        Frame { first_index, previous, raw, starts, hashes }
    }

    /// Adds a record and returns its own hash.
    pub fn push(&mut self, kind: u8, payload: &[u8], digest: &blake3::Hash) -> Hash {
        let index = self.first_index + self.hashes.len() as u64;
        let hash = record_hash(index, kind, &self.head(), digest);
        let raw = Arc::make_mut(&mut self.raw);
        raw.push(kind);
        raw.extend_from_slice(&(payload.len() as u32).to_le_bytes());
        self.starts.push(raw.len() as u32);
        raw.extend_from_slice(payload);
        self.hashes.push(hash);
        hash
    }

    /// The frame as it stands on disk, to be appended to a segment.
    pub fn encode(
        &self,
        commit_first: u64,
        compressor: &mut zstd::bulk::Compressor<'static>,
    ) -> std::io::Result<Vec<u8>> {
        let hashes = self.hashes.as_flattened();
        let before = FrameHeader::BYTES + hashes.len();
        let mut bytes = Vec::with_capacity(before + zstd::zstd_safe::compress_bound(self.raw.len()));
        bytes.resize(FrameHeader::BYTES, 0);
        bytes.extend_from_slice(hashes);
        let mut packed = Cursor::new(&mut bytes);
        packed.set_position(before as u64);
        let packed_len = compressor.compress_to_buffer(&self.raw, &mut packed)? as u32;
        let header = FrameHeader {
            count: self.hashes.len() as u32,
            first_index: self.first_index,
            commit_first,
            raw_len: self.raw.len() as u32,
            packed_len,
            previous: self.previous,
            head: self.head(),
            body: body_digest(&bytes[FrameHeader::BYTES..]),
        };
        bytes[..FrameHeader::BYTES].copy_from_slice(&header.encode());
        Ok(bytes)
    }

    /// Reads a frame back; the body is checked against its digest.
    pub fn decode(
        header: &FrameHeader,
        body: &[u8],
        decompressor: &mut zstd::bulk::Decompressor<'static>,
    ) -> Result<Frame, String> {
        if body_digest(body) != header.body {
            return Err("frame does not match its checksum".to_owned());
        }
        let (hashes, packed) = body
            .split_at_checked(header.count as usize * HASH_BYTES)
            .ok_or("frame is shorter than its hashes")?;
        let raw = decompressor
            .decompress(packed, header.raw_len as usize)
            .map_err(|error| format!("frame does not decompress: {error}"))?;
        if raw.len() != header.raw_len as usize {
            return Err("frame decompresses to another length".to_owned());
        }
        Ok(Frame {
            first_index: header.first_index,
            previous: header.previous,
            starts: payload_starts(&raw, header.count)?,
            raw: Arc::new(raw),
            hashes: hashes.as_chunks().0.to_vec(),
        })
    }

    /// The record with this index, if it is in this frame.
    pub fn entry(&self, index: u64) -> Option<Entry> {
        let at = usize::try_from(index.checked_sub(self.first_index)?).ok()?;
        let start = *self.starts.get(at)? as usize;
        let end = match self.starts.get(at + 1) {
            Some(next) => *next as usize - ENTRY_BYTES,
            None => self.raw.len(),
        };
        Some(Entry {
            kind: self.raw[start - ENTRY_BYTES],
            payload: Payload { bytes: Arc::clone(&self.raw), range: start..end },
            hash: self.hashes[at],
        })
    }

    /// The own hash of the last record.
    pub fn head(&self) -> Hash {
        self.hashes.last().copied().unwrap_or(self.previous)
    }

    /// The index the next record would have.
    pub fn next_index(&self) -> u64 {
        self.first_index + self.hashes.len() as u64
    }

    /// Bytes of records so far.
    pub fn raw_len(&self) -> usize {
        self.raw.len()
    }

    /// Memory held, roughly.
    pub fn memory(&self) -> usize {
        self.raw.len() + self.hashes.len() * (HASH_BYTES + 4)
    }

    /// Computes the chain again. The index of the first record whose own hash is not what it must be.
    pub fn first_broken_link(&self) -> Option<u64> {
        let mut previous = self.previous;
        for (index, stored) in (self.first_index..).zip(&self.hashes) {
            let entry = self.entry(index)?;
            let hash = record_hash(index, entry.kind, &previous, &blake3::hash(&entry.payload));
            if hash != *stored {
                return Some(index);
            }
            previous = hash;
        }
        None
    }
}

fn payload_starts(raw: &[u8], count: u32) -> Result<Vec<u32>, String> {
    let mut starts = Vec::with_capacity((count as usize).min(raw.len() / ENTRY_BYTES));
    let mut at = 0;
    while at < raw.len() {
        let start = at + ENTRY_BYTES;
        if start > raw.len() {
            return Err("the last record of the frame is cut short".to_owned());
        }
        at = start + number!(u32, raw, start - 4) as usize;
        starts.push(start as u32);
    }
    if at != raw.len() || starts.len() != count as usize {
        return Err("the frame holds other records than its header says".to_owned());
    }
    Ok(starts)
}
