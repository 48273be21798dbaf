//! tar, as a stream: every file in it is an input, in stored order.
//!
//! The headers are the `tar` crate's; the walk is ours, because a window may end in the middle of an entry and
//! that crate's entries borrow their archive.

use model::batch::ContainerFault;
use model::limits::Limits;
use tar::{EntryType, Header};

use super::{Bytes, Fault};

const BLOCK_BYTES: usize = 512;

/// A tar and where we are in it.
pub(crate) struct Tape<B> {
    source: B,
    limits: Limits,
    /// Bytes of the entry not yet read, and of the padding behind it.
    left: u64,
    padding: u64,
    /// Two blocks of zeros end an archive; without them it was cut off.
    ended_well: bool,
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
}

impl<B: Bytes> Tape<B> {
    pub fn new(source: B, limits: &Limits) -> Tape<B> {
        Tape { source, limits: limits.clone(), left: 0, padding: 0, ended_well: false }
    }

    /// Passes over what is left of the current entry and opens the next file.
    pub fn next_entry(&mut self) -> Result<Option<TapeEntry>, Fault> {
        let mut extension = Extension::default();
        loop {
            self.skip_rest()?;
            let Some(header) = self.header()? else {
                return Ok(None);
            };
            let size = extension.size.take().map_or_else(|| header.entry_size(), Ok);
            self.left = size.map_err(|_| ContainerFault::TarHeader)?;
            self.padding = self.left.wrapping_neg() % BLOCK_BYTES as u64;
            match header.entry_type() {
                EntryType::GNULongName => extension.name = Some(without_nul(self.extension()?)),
                EntryType::XHeader => self.pax(&mut extension)?,
                EntryType::XGlobalHeader | EntryType::GNULongLink => {}
                EntryType::Directory => extension = Extension::default(),
                kind => {
                    let name = extension.name.take().unwrap_or_else(|| header.path_bytes().into_owned());
                    return Ok(Some(TapeEntry { name, fault: fault_of(kind) }));
                }
            }
        }
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
                key if key.starts_with(b"GNU.sparse.") => return Err(ContainerFault::TarKind.into()),
                _ => {}
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
