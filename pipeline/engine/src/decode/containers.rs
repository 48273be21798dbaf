//! What may stand around the XML: nothing, zstd, tar, ZIP, or a tar or ZIP under zstd.
//!
//! All of it is recognised by its first bytes, never by its name, and read within the limits.
//! An archive in an archive is not opened.

pub(super) mod frames;
pub(super) mod tape;
pub(super) mod zipped;

use std::io::{self, Read};

use model::batch::ContainerFault;
use model::limits::Limits;

/// Enough to see the mark of a tar.
pub(super) const MAGIC_BYTES: usize = 262;

/// Why bytes stop coming before their end.
#[derive(Debug)]
pub(super) enum Fault {
    /// The world failed: the caller's reader.
    World(io::Error),
    /// The sender's archive or stream is broken or not allowed.
    Container(ContainerFault),
}

impl From<ContainerFault> for Fault {
    fn from(fault: ContainerFault) -> Fault {
        Fault::Container(fault)
    }
}

/// A stream of bytes that knows whose fault it is when it breaks.
pub(super) trait Bytes: Send {
    /// Reads some bytes; none at the end. `into` is never empty.
    fn read(&mut self, into: &mut [u8]) -> Result<usize, Fault>;
}

impl Bytes for Box<dyn Bytes> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize, Fault> {
        self.as_mut().read(into)
    }
}

/// What the first bytes of a stream say it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Zstd,
    Zip,
    Tar,
    /// Packed by something that is not opened.
    Unread,
    Other,
}

/// How files begin that other packers make: gzip, compress, bzip2, xz, lz4, 7z, RAR, CAB.
const UNREAD: &[&[u8]] = &[
    b"\x1F\x8B",
    b"\x1F\x9D",
    b"BZh",
    b"\xFD7zXZ\0",
    b"\x04\x22\x4D\x18",
    b"7z\xBC\xAF\x27\x1C",
    b"Rar!\x1A\x07",
    b"MSCF\0\0\0\0",
];

/// Recognises a container by its first [`MAGIC_BYTES`].
pub(super) fn kind(head: &[u8]) -> Kind {
    match head {
        [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Kind::Zstd,
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 7, 8, ..] => Kind::Zip,
        _ if head.get(257..262) == Some(b"ustar") => Kind::Tar,
        _ if UNREAD.iter().any(|magic| head.starts_with(magic)) => Kind::Unread,
        _ => Kind::Other,
    }
}

/// The caller's reader, up to the limit of raw bytes.
pub(super) struct Raw<R> {
    source: R,
    left: u64,
}

impl<R: Read + Send> Raw<R> {
    pub fn new(source: R, limits: &Limits) -> Raw<R> {
        Raw { source, left: limits.raw_bytes }
    }
}

impl<R: Read + Send> Bytes for Raw<R> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize, Fault> {
        let mut probe = [0];
        // Good bytes come first, then the fault: one byte more than allowed is enough to see.
        let into = match usize::try_from(self.left).unwrap_or(usize::MAX).min(into.len()) {
            0 => &mut probe[..],
            n => &mut into[..n],
        };
        loop {
            match self.source.read(into) {
                Ok(read) if read as u64 > self.left => return Err(ContainerFault::RawSize.into()),
                Ok(read) => {
                    self.left -= read as u64;
                    return Ok(read);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Fault::World(error)),
            }
        }
    }
}

/// A stream whose first bytes have been looked at.
pub(super) struct Peeked<B> {
    head: Vec<u8>,
    taken: usize,
    /// What went wrong while looking; told when the head has been read.
    fault: Option<Fault>,
    rest: B,
}

impl<B: Bytes> Peeked<B> {
    /// Looks at up to `n` bytes.
    pub fn new(mut rest: B, n: usize) -> Peeked<B> {
        let mut head = vec![0; n];
        let mut filled = 0;
        let mut fault = None;
        while filled < n {
            match rest.read(&mut head[filled..]) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(found) => {
                    fault = Some(found);
                    break;
                }
            }
        }
        head.truncate(filled);
        Peeked { head, taken: 0, fault, rest }
    }

    /// What was seen.
    pub fn head(&self) -> &[u8] {
        &self.head
    }
}

impl<B: Bytes> Bytes for Peeked<B> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize, Fault> {
        let head = &self.head[self.taken..];
        if !head.is_empty() {
            let n = head.len().min(into.len());
            into[..n].copy_from_slice(&head[..n]);
            self.taken += n;
            return Ok(n);
        }
        match self.fault.take() {
            Some(fault) => Err(fault),
            None => self.rest.read(into),
        }
    }
}

/// Bytes already in memory: what a Base64 value held.
pub(super) struct Held {
    bytes: Vec<u8>,
    taken: usize,
}

impl Held {
    pub fn new(bytes: Vec<u8>) -> Held {
        Held { bytes, taken: 0 }
    }
}

impl Bytes for Held {
    fn read(&mut self, into: &mut [u8]) -> Result<usize, Fault> {
        let rest = &self.bytes[self.taken..];
        let n = rest.len().min(into.len());
        into[..n].copy_from_slice(&rest[..n]);
        self.taken += n;
        Ok(n)
    }
}

/// The name of an archive's entry as people see it: `a.zip!b.xml`, control characters escaped.
pub(super) fn entry_name(container: &str, raw: &[u8], limits: &Limits) -> String {
    format!("{container}!{}", shown_name(raw, limits))
}

/// A stored name for people: never a path, never more than the limit, no control characters.
pub(super) fn shown_name(raw: &[u8], limits: &Limits) -> String {
    let raw = &raw[..raw.len().min(limits.entry_name_bytes)];
    let mut shown = String::with_capacity(raw.len());
    for character in String::from_utf8_lossy(raw).chars() {
        match character.is_control() {
            true => shown.extend(character.escape_default()),
            false => shown.push(character),
        }
    }
    shown
}
