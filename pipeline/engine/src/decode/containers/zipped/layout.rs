//! Where the parts of a ZIP lie: whether every reader must find the same in it.
//!
//! One reader goes by the directory at the end, another by the headers before each entry, a third by whichever end
//! record it meets first. What they could disagree on is refused: bytes that nothing lists, a header that says other
//! than the directory, a second end. The `zip` crate reads by the directory and looks at none of this; its own check
//! gives up the whole archive for one header, and for a time that differs.

use std::io::{self, Read, Seek, SeekFrom};

use model::batch::ContainerFault;
use zip::CompressionMethod;
use zip::read::OwnedZipFileEntry;

use super::Shared;

const LOCAL_BYTES: usize = 30;
const CENTRAL_BYTES: usize = 46;
const END_BYTES: usize = 22;

/// The record at the end, with the longest comment.
const LAST_BYTES: u64 = END_BYTES as u64 + 65_535;

/// What follows the bytes of an entry whose sizes were not known before them: with a mark or without, sizes of four or
/// of eight bytes.
const DESCRIPTOR_BYTES: [u64; 4] = [12, 16, 20, 24];

/// A name or an extra field begins where its header ends.
const ZIP64_FIELD: u16 = 1;

/// Flags of an entry.
const ENCRYPTED: u16 = 1;
const DESCRIBED_BEHIND: u16 = 1 << 3;

/// The end of a ZIP, as bytes.
pub(super) struct Tail {
    bytes: Vec<u8>,
    /// Offset in the file of the first of them.
    start: u64,
    /// Where in them the last end record stands.
    at: usize,
}

impl Tail {
    /// Reads the end; none when there is no end record.
    pub fn read(source: &mut Shared) -> io::Result<Option<Tail>> {
        let size = source.seek(SeekFrom::End(0))?;
        let start = source.seek(SeekFrom::Start(size.saturating_sub(LAST_BYTES)))?;
        let mut bytes = Vec::new();
        source.take(LAST_BYTES).read_to_end(&mut bytes)?;
        let at = memchr::memmem::rfind(&bytes, b"PK\x05\x06");
        Ok(at.map(|at| Tail { bytes, start, at }))
    }

    /// Whether it says that this is one of several parts.
    pub fn is_part(&self) -> bool {
        let disks = self.bytes.get(self.at + 4..self.at + 8).unwrap_or_default();
        disks.iter().any(|&byte| byte != 0) && disks != [0xFF; 4]
    }

    /// Whether it is the one end, and the file ends with it.
    pub fn judge(&self) -> Result<(), ContainerFault> {
        let reaches_end = |at: &usize| {
            let comment = self.bytes.get(at + 20..at + 22).map(|it| u16::from_le_bytes([it[0], it[1]]));
            comment.is_some_and(|comment| at + END_BYTES + usize::from(comment) == self.bytes.len())
        };
        if !reaches_end(&self.at) {
            return Err(ContainerFault::ZipHidden);
        }
        let ends = memchr::memmem::find_iter(&self.bytes, b"PK\x05\x06").filter(reaches_end).count();
        if ends == 1 { Ok(()) } else { Err(ContainerFault::ZipDirectory) }
    }

    fn offset(&self) -> u64 {
        self.start + self.at as u64
    }
}

/// What stands before the bytes of an entry.
pub(super) struct Local {
    /// Where the entry's bytes begin.
    data_start: u64,
    is_described_behind: bool,
    /// It says the same as the directory.
    agrees: bool,
}

impl Local {
    /// Reads the header of an entry; none when there is no header where the directory says.
    pub fn read(source: &mut Shared, entry: &OwnedZipFileEntry) -> io::Result<Option<Local>> {
        let at = source.seek(SeekFrom::Start(entry.header_start()))?;
        let mut fixed = Vec::with_capacity(LOCAL_BYTES);
        source.by_ref().take(LOCAL_BYTES as u64).read_to_end(&mut fixed)?;
        if fixed.len() < LOCAL_BYTES || !fixed.starts_with(b"PK\x03\x04") {
            return Ok(None);
        }
        let (name_bytes, extra_bytes) = (u64::from(u16_at(&fixed, 26)), u64::from(u16_at(&fixed, 28)));
        let mut name = Vec::new();
        source.by_ref().take(name_bytes).read_to_end(&mut name)?;
        let mut extra = Vec::new();
        source.by_ref().take(extra_bytes).read_to_end(&mut extra)?;
        let flags = u16_at(&fixed, 6);
        let is_described_behind = flags & DESCRIBED_BEHIND != 0;
        let (packed, unpacked) = sizes(&fixed, &extra);
        let same_data = u32_at(&fixed, 14) == entry.crc32()
            && packed == entry.compressed_size()
            && unpacked == entry.size();
        let agrees = name == entry.name_raw()
            && method(u16_at(&fixed, 8)) == Some(entry.compression())
            && (flags & ENCRYPTED != 0) == entry.encrypted()
            && (same_data || is_described_behind);
        let data_start = at + LOCAL_BYTES as u64 + name_bytes + extra_bytes;
        Ok(Some(Local { data_start, is_described_behind, agrees }))
    }

    /// Whether the header and the directory say the same.
    pub fn agrees(&self) -> bool {
        self.agrees
    }
}

/// The sizes before and after unpacking, from the field for large ones where they stand there.
fn sizes(fixed: &[u8], extra: &[u8]) -> (u64, u64) {
    let (packed, unpacked) = (u32_at(fixed, 18), u32_at(fixed, 22));
    let mut large =
        zip64(extra).chunks_exact(8).map(|it| u64::from_le_bytes(it.try_into().unwrap_or_default()));
    // The size after unpacking stands first there.
    let mut sized = |size: u32| match size {
        u32::MAX => large.next().unwrap_or(u64::from(size)),
        size => u64::from(size),
    };
    let unpacked = sized(unpacked);
    (sized(packed), unpacked)
}

fn zip64(extra: &[u8]) -> &[u8] {
    let mut rest = extra;
    while let [a, b, c, d, after @ ..] = rest {
        let length = usize::from(u16::from_le_bytes([*c, *d])).min(after.len());
        if u16::from_le_bytes([*a, *b]) == ZIP64_FIELD {
            return &after[..length];
        }
        rest = &after[length..];
    }
    &[]
}

/// The methods that are read; any other is refused by name before its header is looked at.
fn method(code: u16) -> Option<CompressionMethod> {
    match code {
        0 => Some(CompressionMethod::Stored),
        8 => Some(CompressionMethod::Deflated),
        _ => None,
    }
}

/// From where to where an entry lies, as its own header says; none there when it has no header.
#[derive(Clone, Copy)]
struct Span {
    start: u64,
    end: Option<u64>,
    is_described_behind: bool,
}

impl Span {
    fn of(entry: &OwnedZipFileEntry, local: Option<&Local>) -> Span {
        Span {
            start: entry.header_start(),
            end: local.map(|it| it.data_start.saturating_add(entry.compressed_size())),
            is_described_behind: local.is_some_and(|it| it.is_described_behind),
        }
    }

    /// Whether what begins there follows on it. An entry without a header is refused by itself.
    fn meets(&self, next: u64) -> bool {
        let Some(end) = self.end else {
            return true;
        };
        match next.checked_sub(end) {
            Some(0) => true,
            Some(gap) => self.is_described_behind && DESCRIPTOR_BYTES.contains(&gap),
            None => false,
        }
    }
}

/// Whether entries, directory and end record follow on one another from the first byte, with nothing between them.
pub(super) fn is_gapless<'e>(
    source: &mut Shared,
    entries: impl Iterator<Item = (&'e OwnedZipFileEntry, Option<&'e Local>)>,
    tail: &Tail,
) -> io::Result<bool> {
    let mut spans = Vec::new();
    let (mut first_central, mut last_central) = (u64::MAX, 0);
    for (entry, local) in entries {
        spans.push(Span::of(entry, local));
        first_central = first_central.min(entry.central_header_start());
        last_central = last_central.max(entry.central_header_start());
    }
    spans.sort_unstable_by_key(|span| span.start);
    let Some(first) = spans.first() else {
        return Ok(true);
    };
    let nexts = spans.iter().map(|span| span.start).skip(1).chain([first_central]);
    let all_meet = first.start == 0 && spans.iter().zip(nexts).all(|(span, next)| span.meets(next));
    Ok(all_meet && is_last(source, last_central, tail)?)
}

/// Whether the end follows on the entry of the directory that begins there.
fn is_last(source: &mut Shared, central: u64, tail: &Tail) -> io::Result<bool> {
    source.seek(SeekFrom::Start(central))?;
    let mut fixed = Vec::with_capacity(CENTRAL_BYTES);
    source.by_ref().take(CENTRAL_BYTES as u64).read_to_end(&mut fixed)?;
    if fixed.len() < CENTRAL_BYTES {
        return Ok(false);
    }
    let rest = [28, 30, 32].map(|at| u64::from(u16_at(&fixed, at))).iter().sum::<u64>();
    let end = central + CENTRAL_BYTES as u64 + rest;
    source.seek(SeekFrom::Start(end))?;
    let mut mark = Vec::with_capacity(4);
    source.by_ref().take(4).read_to_end(&mut mark)?;
    // The end records of a large ZIP stand before the usual one.
    Ok(end == tail.offset() || (end < tail.offset() && mark == b"PK\x06\x06"))
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}
