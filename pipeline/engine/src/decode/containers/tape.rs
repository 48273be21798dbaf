//! tar, as a stream: every file in it is an input, in stored order.
//!
//! The headers are the `tar` crate's; the walk is ours, because a window may end in the middle of an entry and
//! that crate's entries borrow their archive.

use model::batch::ContainerFault;
use model::limits::Limits;
use rustc_hash::FxHashSet;
use tar::{EntryType, Header};

use super::{Bytes, Fault};

const BLOCK_BYTES: usize = 512;

/// The largest size that a header can give in octal digits.
const HEADER_SIZE_MAX: u64 = (1 << 33) - 1;

/// How the keys begin that say that a file has holes.
const SPARSE: &[u8] = b"GNU.sparse.";

/// A tar and where we are in it.
pub(crate) struct Tape<B> {
    source: B,
    limits: Limits,
    /// Bytes of the entry not yet read, and of the padding behind it.
    left: u64,
    padding: u64,
    /// Two blocks of zeros end an archive; without them it was cut off.
    ended_well: bool,
    n_headers: u64,
    /// Digests of the names so far: a name that comes again would hide one of the two from whoever unpacks.
    names: FxHashSet<[u8; 16]>,
}

/// One entry of a tar.
pub(crate) struct TapeEntry {
    pub name: Vec<u8>,
    /// Why it is not read.
    pub fault: Option<ContainerFault>,
}

/// What extension headers said about the entry that follows them.
#[derive(Default)]
struct Extension {
    name: Option<Vec<u8>>,
    size: Option<u64>,
    /// Why that entry is not read.
    fault: Option<ContainerFault>,
}

impl<B: Bytes> Tape<B> {
    pub fn new(source: B, limits: &Limits) -> Tape<B> {
        Tape {
            source,
            limits: *limits,
            left: 0,
            padding: 0,
            ended_well: false,
            n_headers: 0,
            names: FxHashSet::default(),
        }
    }

    /// Passes over what is left of the current entry and opens the next file.
    pub fn next_entry(&mut self) -> Result<Option<TapeEntry>, Fault> {
        let mut extension = Extension::default();
        loop {
            self.skip_rest()?;
            let Some(header) = self.header()? else {
                return Ok(None);
            };
            self.n_headers += 1;
            if self.n_headers > self.limits.tar_entries {
                return Err(ContainerFault::TarEntries.into());
            }
            self.measure(header.entry_size().map_err(|_| ContainerFault::TarHeader)?);
            match header.entry_type() {
                EntryType::GNULongName => extension.name = Some(without_nul(self.extension()?)),
                EntryType::XHeader => self.pax(&mut extension)?,
                EntryType::XGlobalHeader => self.pax_of_all()?,
                EntryType::GNULongLink => {}
                kind => {
                    self.resize(kind, extension.size)?;
                    if kind == EntryType::Directory {
                        extension = Extension::default();
                        continue;
                    }
                    let Extension { name, fault, .. } = extension;
                    let name = name.unwrap_or_else(|| header.path_bytes().into_owned());
                    let again = (!self.is_first_of(&name)).then_some(ContainerFault::TarDuplicate);
                    return Ok(Some(TapeEntry { name, fault: fault.or(fault_of(kind)).or(again) }));
                }
            }
        }
    }

    /// That many bytes follow, and what fills their last block.
    fn measure(&mut self, bytes: u64) {
        self.left = bytes;
        self.padding = bytes.wrapping_neg() % BLOCK_BYTES as u64;
    }

    /// Where two sizes are given, or one to what has no bytes, readers do not agree where the next header stands.
    fn resize(&mut self, kind: EntryType, extended: Option<u64>) -> Result<(), Fault> {
        if let Some(size) = extended {
            // A header has no room for a larger one.
            if self.left != size && (self.left != 0 || size <= HEADER_SIZE_MAX) {
                return Err(ContainerFault::TarMismatch.into());
            }
            self.measure(size);
        }
        match fault_of(kind) {
            Some(ContainerFault::NotAFile) if self.left > 0 => Err(ContainerFault::TarMismatch.into()),
            _ if kind == EntryType::Directory && self.left > 0 => Err(ContainerFault::TarMismatch.into()),
            _ => Ok(()),
        }
    }

    /// Takes note of a name; false when it has been there before.
    fn is_first_of(&mut self, name: &[u8]) -> bool {
        let mut plain = name;
        while let Some(rest) = plain.strip_prefix(b"./") {
            plain = rest;
        }
        let mut digest = [0; 16];
        digest.copy_from_slice(&blake3::hash(plain).as_bytes()[..16]);
        self.names.insert(digest)
    }

    /// The next header that is not a block of zeros; none at the end.
    fn header(&mut self) -> Result<Option<Header>, Fault> {
        let mut block = [0; BLOCK_BYTES];
        loop {
            match self.fill(&mut block)? {
                0 if self.ended_well => return Ok(None),
                BLOCK_BYTES => {}
                _ => return Err(ContainerFault::TarTruncated.into()),
            }
            if block.iter().any(|&byte| byte != 0) {
                break;
            }
            self.ended_well = true;
        }
        // An archive behind the end of another: joined files are common, and their entries are not lost.
        self.ended_well = false;
        let header = Header::from_byte_slice(&block).clone();
        match header.cksum() {
            Ok(sum) if sum == checksum(&block) => Ok(Some(header)),
            _ => Err(ContainerFault::TarHeader.into()),
        }
    }

    fn pax(&mut self, extension: &mut Extension) -> Result<(), Fault> {
        let records = self.extension()?;
        for record in tar::PaxExtensions::new(&records) {
            let record = record.map_err(|_| ContainerFault::TarHeader)?;
            match record.key_bytes() {
                b"path" => extension.name = Some(record.value_bytes().to_vec()),
                b"size" => {
                    let size = record.value().ok().and_then(|value| value.parse().ok());
                    extension.size = Some(size.ok_or(ContainerFault::TarHeader)?);
                }
                key if key.starts_with(SPARSE) => extension.fault = Some(ContainerFault::TarKind),
                _ => {}
            }
        }
        Ok(())
    }

    /// What is said of all entries to come may be a time or a comment, but no name or size.
    fn pax_of_all(&mut self) -> Result<(), Fault> {
        let records = self.extension()?;
        for record in tar::PaxExtensions::new(&records) {
            let key = record.map_err(|_| ContainerFault::TarHeader)?.key_bytes();
            if matches!(key, b"path" | b"linkpath" | b"size") || key.starts_with(SPARSE) {
                return Err(ContainerFault::TarKind.into());
            }
        }
        Ok(())
    }

    /// The content of an extension header, which has a limit of its own.
    fn extension(&mut self) -> Result<Vec<u8>, Fault> {
        let length = usize::try_from(self.left).unwrap_or(usize::MAX);
        if length > self.limits.entry_name_bytes {
            return Err(ContainerFault::TarHeader.into());
        }
        let mut content = vec![0; length];
        if self.fill(&mut content)? < length {
            return Err(ContainerFault::TarTruncated.into());
        }
        self.left = 0;
        Ok(content)
    }

    fn skip_rest(&mut self) -> Result<(), Fault> {
        let mut waste = [0; 16 * 1024];
        self.left = self.left.saturating_add(self.padding);
        self.padding = 0;
        while self.left > 0 {
            Bytes::read(self, &mut waste)?;
        }
        Ok(())
    }

    /// Fills `into`, or as much of it as there is.
    fn fill(&mut self, into: &mut [u8]) -> Result<usize, Fault> {
        let mut filled = 0;
        while filled < into.len() {
            match self.source.read(&mut into[filled..])? {
                0 => break,
                read => filled += read,
            }
        }
        Ok(filled)
    }
}

/// The bytes of the current entry.
impl<B: Bytes> Bytes for Tape<B> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize, Fault> {
        let n = usize::try_from(self.left).unwrap_or(usize::MAX).min(into.len());
        if n == 0 {
            return Ok(0);
        }
        match self.source.read(&mut into[..n])? {
            0 => {
                self.left = 0;
                self.padding = 0;
                Err(ContainerFault::TarTruncated.into())
            }
            read => {
                self.left -= read as u64;
                Ok(read)
            }
        }
    }
}

fn fault_of(kind: EntryType) -> Option<ContainerFault> {
    match kind {
        EntryType::Regular | EntryType::Continuous => None,
        EntryType::Link | EntryType::Symlink | EntryType::Char | EntryType::Block | EntryType::Fifo => {
            Some(ContainerFault::NotAFile)
        }
        _ => Some(ContainerFault::TarKind),
    }
}

/// The sum of the header's bytes, its own field taken as blanks.
fn checksum(block: &[u8; BLOCK_BYTES]) -> u32 {
    let sum = |bytes: &[u8]| bytes.iter().map(|&byte| u32::from(byte)).sum::<u32>();
    sum(&block[..148]) + 8 * u32::from(b' ') + sum(&block[156..])
}

fn without_nul(mut name: Vec<u8>) -> Vec<u8> {
    while name.last() == Some(&0) {
        name.pop();
    }
    name
}
