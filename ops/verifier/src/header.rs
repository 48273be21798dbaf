//! The two headers, byte by byte as the document gives them.

use crate::harm::{Harm, Part};

pub(crate) const SEGMENT_BYTES: usize = 88;
pub(crate) const FRAME_BYTES: usize = 168;

/// The versions read here.
const VERSION: u16 = 1;
/// No frame decompresses to more.
const RAW_BYTES_MAX: u32 = 64 << 20;
/// Kind and length before each payload.
pub(crate) const ENTRY_BYTES: usize = 5;

const SEGMENT_MAGIC: &[u8; 8] = b"\xF7clrseg\xFF";
pub(crate) const FRAME_MAGIC: &[u8; 8] = b"\xF7clrfrm\xFF";

/// The hash of some bytes for one purpose.
pub(crate) fn keyed(purpose: &str, bytes: &[u8]) -> [u8; 32] {
    let key = blake3::hash(format!("clearance journal 1 {purpose}").as_bytes());
    *blake3::keyed_hash(key.as_bytes(), bytes).as_bytes()
}

/// The own hash of a record.
pub(crate) fn own_hash(index: u64, kind: u8, before: &[u8; 32], payload: &[u8]) -> [u8; 32] {
    let mut said = Vec::with_capacity(75);
    said.extend_from_slice(&VERSION.to_le_bytes());
    said.extend_from_slice(&index.to_le_bytes());
    said.push(kind);
    said.extend_from_slice(before);
    said.extend_from_slice(blake3::hash(payload).as_bytes());
    keyed("record", &said)
}

/// Header of a segment.
pub(crate) struct SegmentHeader {
    pub number: u32,
    pub first_index: u64,
    pub before: [u8; 32],
}

impl SegmentHeader {
    pub fn read(bytes: &[u8; SEGMENT_BYTES]) -> Result<SegmentHeader, Harm> {
        check(bytes, SEGMENT_MAGIC, Part::Segment, "segment")?;
        Ok(SegmentHeader {
            number: u32_at(bytes, 12),
            first_index: u64_at(bytes, 16),
            before: hash_at(bytes, 24),
        })
    }
}

/// Header of a frame.
pub(crate) struct FrameHeader {
    pub count: u32,
    pub first_index: u64,
    pub commit_first: u64,
    pub raw_len: u32,
    pub packed_len: u32,
    pub before: [u8; 32],
    pub head: [u8; 32],
    pub body: [u8; 32],
}

impl FrameHeader {
    pub fn read(bytes: &[u8; FRAME_BYTES]) -> Result<FrameHeader, Harm> {
        check(bytes, FRAME_MAGIC, Part::Frame, "frame")?;
        let header = FrameHeader {
            count: u32_at(bytes, 12),
            first_index: u64_at(bytes, 16),
            commit_first: u64_at(bytes, 24),
            raw_len: u32_at(bytes, 32),
            packed_len: u32_at(bytes, 36),
            before: hash_at(bytes, 40),
            head: hash_at(bytes, 72),
            body: hash_at(bytes, 104),
        };
        let least = u64::from(header.count) * ENTRY_BYTES as u64;
        let is_possible =
            header.count > 0 && least <= u64::from(header.raw_len) && header.raw_len <= RAW_BYTES_MAX;
        if is_possible { Ok(header) } else { Err(Harm::Impossible) }
    }

    /// Bytes behind the header.
    pub fn body_len(&self) -> u64 {
        u64::from(self.count) * 32 + u64::from(self.packed_len)
    }
}

/// What both headers begin and end with.
fn check(bytes: &[u8], magic: &[u8; 8], part: Part, purpose: &str) -> Result<(), Harm> {
    if bytes[..8] != *magic {
        return Err(Harm::NoHeader(part));
    }
    let version = u16::from_le_bytes([bytes[8], bytes[9]]);
    if version > VERSION {
        return Err(Harm::NewerVersion(version));
    }
    let (said, hash) = bytes.split_at(bytes.len() - 32);
    if version != VERSION || bytes[10..12] != [0, 0] || keyed(purpose, said) != *hash {
        return Err(Harm::HeaderChanged(part));
    }
    Ok(())
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let mut field = [0; 4];
    field.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(field)
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    let mut field = [0; 8];
    field.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(field)
}

fn hash_at(bytes: &[u8], at: usize) -> [u8; 32] {
    let mut field = [0; 32];
    field.copy_from_slice(&bytes[at..at + 32]);
    field
}
