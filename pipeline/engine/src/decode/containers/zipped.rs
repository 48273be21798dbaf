//! ZIP, by its directory: XML entries are inputs, everything else is an attachment.
//!
//! The directory is the only list a ZIP has, so its order is the stored order, and what it does not list is not
//! there. All entries are read once before the first document is handed out: the attachments of a message are known
//! before the message is, and nothing is decided on bytes whose checksum turns out wrong. Names are shown to people and
//! open nothing.

mod layout;

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use model::attachment::Attachment;
use model::batch::{ContainerFault, InputId};
use model::limits::Limits;
use self_cell::{MutBorrow, self_cell};
use zip::read::{Config, OwnedZipFileEntry, ZipFile};
use zip::result::ZipError;
// Named unstable, and still the better choice: the stable reader drops one of two entries of the same name and
// holds a directory of any size. The lock file pins the version; a change shows when compiling.
use zip::unstable::read::ZipIterable;
use zip::{CompressionMethod, ZipReadOptions};

use super::{Bytes, Fault, Kind, MAGIC_BYTES, Peeked, kind, shown_name};
use layout::{Local, Tail};

/// Directory bytes for each allowed entry: a name of a few hundred and its extra fields.
const DIRECTORY_BYTES_PER_ENTRY: u64 = 1024;

/// What is decoded at a time, always the same: see [`Shared`].
const BLOCK_BYTES: usize = 32 * 1024;

/// White space after which an entry is no XML any more.
const LEADING_WHITE_BYTES: usize = 1024;

/// Something that reads and seeks.
pub(crate) trait ReadSeek: Read + Seek + Send {}

impl<R: Read + Seek + Send> ReadSeek for R {}

/// One reader, held by the directory and by the entry being read, which take turns.
#[derive(Clone)]
struct Shared {
    source: Arc<Mutex<Box<dyn ReadSeek>>>,
    /// It failed, so whatever the ZIP reader says is the world's fault and not the sender's.
    failed: Arc<AtomicBool>,
}

impl Shared {
    fn read_some(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut source = self.source.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match source.read(into) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failed.store(true, Ordering::Relaxed);
                    return Err(error);
                }
                read => return read,
            }
        }
    }

    /// Why the directory cannot be read.
    fn judge_directory(&mut self, error: ZipError) -> Fault {
        match self.blame(error) {
            Fault::Container(_) if Tail::read(self).is_ok_and(|tail| tail.is_some_and(|it| it.is_part())) => {
                ContainerFault::ZipMultiDisk.into()
            }
            fault => fault,
        }
    }

    /// Whose fault an error is.
    fn blame(&self, error: ZipError) -> Fault {
        match error {
            ZipError::Io(error) if self.failed.load(Ordering::Relaxed) => Fault::World(error),
            _ => ContainerFault::ZipDirectory.into(),
        }
    }
}

/// Fills `into` as far as it can: what is decoded before a break must not depend on how the bytes came.
impl Read for Shared {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled < into.len() {
            match self.read_some(&mut into[filled..])? {
                0 => break,
                read => filled += read,
            }
        }
        Ok(filled)
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        // A seek to before the start comes from a directory that lies, not from a failing disk.
        let mut source = self.source.lock().unwrap_or_else(PoisonError::into_inner);
        source.seek(to)
    }
}

type Reader<'a> = ZipFile<'a, Shared>;

self_cell!(
    struct Open {
        owner: MutBorrow<(Shared, Arc<OwnedZipFileEntry>)>,

        #[not_covariant]
        dependent: Reader,
    }
);

/// A ZIP, its directory read.
pub(crate) struct Zipped {
    shared: Shared,
    entries: Vec<Entry>,
    next: usize,
    /// What has been decoded of all its entries.
    decoded: u64,
    /// What all of them together may decode to.
    plausible: u64,
    limits: Limits,
}

struct Entry {
    /// Until it has been dealt with.
    stored: Option<Arc<OwnedZipFileEntry>>,
    name: Vec<u8>,
    /// Its own header, where there is one.
    local: Option<Local>,
    /// Bytes that it holds, once all of them have been read and fit its checksum.
    length: Option<u64>,
    role: Role,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Unknown,
    Document,
    /// Attachments and directories: dealt with.
    Passed,
    Refused(ContainerFault),
}

/// An entry that is a document, or should have been one.
pub(crate) struct ZipEntry {
    pub name: Vec<u8>,
    pub content: Result<Content, ContainerFault>,
}

/// The bytes of one entry.
pub(crate) struct Content {
    open: Open,
    shared: Shared,
    decoded: u64,
    /// What it may decode to, and what it is when it decodes to more.
    most: u64,
    beyond: ContainerFault,
    block: Vec<u8>,
    taken: usize,
    filled: usize,
}

impl Zipped {
    /// Reads the directory.
    pub fn open(source: Box<dyn ReadSeek>, limits: &Limits) -> Result<Zipped, Fault> {
        let shared = Shared { source: Arc::new(Mutex::new(source)), failed: Arc::default() };
        let mut directory = ZipIterable::try_new(shared.clone(), Config::default())
            .map_err(|error| shared.clone().judge_directory(error))?;
        if directory.len() as u64 > limits.zip_entries {
            return Err(ContainerFault::ZipEntries.into());
        }
        let mut entries = Vec::with_capacity(directory.len());
        let mut first_at = None;
        for entry in directory.files().map_err(|error| shared.blame(error))? {
            let entry = OwnedZipFileEntry::from(entry.map_err(|error| shared.blame(error))?);
            let at = entry.central_header_start();
            let directory_bytes = at.saturating_sub(*first_at.get_or_insert(at));
            if directory_bytes > limits.zip_entries.saturating_mul(DIRECTORY_BYTES_PER_ENTRY) {
                return Err(ContainerFault::ZipDirectory.into());
            }
            let name = entry.name_raw().to_vec();
            entries.push(Entry {
                name,
                stored: Some(Arc::new(entry)),
                local: None,
                length: None,
                role: Role::Unknown,
            });
        }
        if overlap(&entries) {
            return Err(ContainerFault::ZipDuplicate.into());
        }
        let stored = entries.iter().filter_map(|entry| entry.stored.as_ref());
        let stored_bytes = stored.fold(0, |sum: u64, entry| sum.saturating_add(entry.compressed_size()));
        let plausible = stored_bytes.saturating_mul(limits.zip_ratio).max(limits.zip_ratio_free_bytes_in_all);
        let mut zip = Zipped { shared, entries, next: 0, decoded: 0, plausible, limits: *limits };
        match zip.lay_out() {
            Ok(Ok(())) => Ok(zip),
            Ok(Err(fault)) => Err(fault.into()),
            Err(error) => Err(zip.shared.blame(error.into())),
        }
    }

    /// Reads the header of each entry, and sees that nothing lies between them.
    fn lay_out(&mut self) -> io::Result<Result<(), ContainerFault>> {
        let source = &mut self.shared;
        let Some(tail) = Tail::read(source)? else {
            return Ok(Err(ContainerFault::ZipDirectory));
        };
        if let Err(fault) = tail.judge() {
            return Ok(Err(fault));
        }
        for entry in &mut self.entries {
            if let Some(stored) = &entry.stored {
                entry.local = Local::read(source, stored)?;
            }
        }
        let entries = self.entries.iter();
        let laid = entries.filter_map(|entry| Some((entry.stored.as_deref()?, entry.local.as_ref())));
        let is_gapless = layout::is_gapless(source, laid, &tail)?;
        Ok(if is_gapless { Ok(()) } else { Err(ContainerFault::ZipHidden) })
    }

    /// Looks at every entry once and digests what is not XML.
    pub fn attachments(&mut self, container: InputId) -> Result<Vec<Attachment>, Fault> {
        let mut attachments = Vec::new();
        for at in 0..self.entries.len() {
            let role = match self.judge(at, container, &mut attachments) {
                Err(Fault::Container(fault)) => Role::Refused(fault),
                Err(world) => return Err(world),
                Ok(role) => role,
            };
            self.entries[at].role = role;
        }
        Ok(attachments)
    }

    /// The next entry that is XML, or that is refused.
    pub fn next_entry(&mut self) -> Result<Option<ZipEntry>, Fault> {
        while let Some(entry) = self.entries.get_mut(self.next) {
            let (name, role) = (std::mem::take(&mut entry.name), entry.role);
            let at = self.next;
            self.next += 1;
            let content = match role {
                Role::Unknown | Role::Passed => continue,
                Role::Refused(fault) => Err(fault),
                Role::Document => match self.content(at) {
                    Ok(content) => Ok(content),
                    Err(Fault::Container(fault)) => Err(fault),
                    Err(world) => return Err(world),
                },
            };
            self.entries[at].stored = None;
            return Ok(Some(ZipEntry { name, content }));
        }
        Ok(None)
    }

    fn judge(
        &mut self,
        at: usize,
        container: InputId,
        attachments: &mut Vec<Attachment>,
    ) -> Result<Role, Fault> {
        let Some(stored) = &self.entries[at].stored else {
            return Ok(Role::Passed);
        };
        if stored.is_dir() {
            return Ok(Role::Passed);
        }
        if stored.encrypted() {
            return Ok(Role::Refused(ContainerFault::ZipEncrypted));
        }
        if !matches!(stored.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Ok(Role::Refused(ContainerFault::ZipMethod));
        }
        if self.entries[at].local.as_ref().is_some_and(|local| !local.agrees()) {
            return Ok(Role::Refused(ContainerFault::ZipMismatch));
        }
        let mut content = Peeked::new(self.content(at)?, MAGIC_BYTES.max(LEADING_WHITE_BYTES));
        let role = role_of(content.head());
        let read = match role {
            Role::Refused(_) | Role::Unknown => Ok(()),
            Role::Passed => {
                let name = shown_name(&self.entries[at].name, &self.limits);
                digest(&mut content, container, name).map(|attachment| attachments.push(attachment))
            }
            Role::Document => drain(&mut content),
        };
        // What it came to counts, whatever became of it.
        self.decoded = self.decoded.saturating_add(content.rest.decoded);
        read?;
        match role {
            Role::Document => self.entries[at].length = Some(content.rest.decoded),
            _ => self.entries[at].stored = None,
        }
        Ok(role)
    }

    /// Opens an entry, which the directory lists, from its start.
    fn content(&self, at: usize) -> Result<Content, Fault> {
        let entry = self.entries[at].stored.clone().ok_or(ContainerFault::ZipDirectory)?;
        let stored_bytes = entry.compressed_size();
        let owner = MutBorrow::new((self.shared.clone(), entry));
        let open = Open::try_new(owner, |owner| {
            let (reader, entry) = owner.borrow_mut();
            OwnedZipFileEntry::as_ref(entry).with_reader(reader, ZipReadOptions::new())
        });
        let open = open.map_err(|error| match self.shared.blame(error) {
            Fault::Container(_) => ContainerFault::ZipCorrupt.into(),
            world => world,
        })?;
        let left = self.limits.decoded_bytes.saturating_sub(self.decoded);
        let plausible = stored_bytes
            .saturating_mul(self.limits.zip_ratio)
            .max(self.limits.zip_ratio_free_bytes)
            .min(self.plausible.saturating_sub(self.decoded));
        let (most, beyond) = match self.entries[at].length {
            Some(length) => (length, ContainerFault::ZipCorrupt),
            None if left < plausible => (left, ContainerFault::DecodedSize),
            None => (plausible, ContainerFault::Ratio),
        };
        let block = vec![0; BLOCK_BYTES];
        Ok(Content {
            open,
            shared: self.shared.clone(),
            decoded: 0,
            most,
            beyond,
            block,
            taken: 0,
            filled: 0,
        })
    }
}

impl Content {
    fn next_block(&mut self) -> Result<(), Fault> {
        let block = &mut self.block;
        let read = self.open.with_dependent_mut(|_, reader| read_once(reader, block));
        match read {
            Ok(filled) => {
                (self.taken, self.filled) = (0, filled);
                Ok(())
            }
            Err(error) if self.shared.failed.load(Ordering::Relaxed) => Err(Fault::World(error)),
            Err(_) => Err(ContainerFault::ZipCorrupt.into()),
        }
    }
}

impl Bytes for Content {
    fn read(&mut self, into: &mut [u8]) -> Result<usize, Fault> {
        if self.taken == self.filled {
            self.next_block()?;
        }
        let rest = &self.block[self.taken..self.filled];
        let allowed = usize::try_from(self.most - self.decoded).unwrap_or(usize::MAX);
        if allowed == 0 && !rest.is_empty() {
            return Err(self.beyond.into());
        }
        let n = rest.len().min(into.len()).min(allowed);
        into[..n].copy_from_slice(&rest[..n]);
        self.taken += n;
        self.decoded += n as u64;
        Ok(n)
    }
}

/// Reads once, past interruptions.
fn read_once(reader: &mut Reader<'_>, block: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(block) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}

/// What an entry is, by its first bytes.
fn role_of(head: &[u8]) -> Role {
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
    let utf16 = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    match kind(head) {
        Kind::Other if first == Some(&b'<') || utf16 => Role::Document,
        Kind::Zip if is_office_file(head) => Role::Passed,
        Kind::Other | Kind::Unread => Role::Passed,
        Kind::Zip | Kind::Tar | Kind::Zstd => Role::Refused(ContainerFault::Nested),
    }
}

/// A text or table document is a ZIP too, and a proper attachment: its first member gives it away.
fn is_office_file(head: &[u8]) -> bool {
    let first_member = head.get(30..).unwrap_or_default();
    [&b"[Content_Types].xml"[..], b"_rels/", b"mimetype", b"docProps/", b"OFD.xml"]
        .iter()
        .any(|member| first_member.starts_with(member))
}

/// Reads an attachment to its end; it is not kept.
fn digest(content: &mut dyn Bytes, container: InputId, name: String) -> Result<Attachment, Fault> {
    let mut hasher = blake3::Hasher::new();
    let mut bytes = 0;
    let mut block = vec![0; 64 * 1024];
    loop {
        match content.read(&mut block)? {
            0 => return Ok(Attachment { container, name, bytes, digest: hasher.finalize().into() }),
            read => {
                hasher.update(&block[..read]);
                bytes += read as u64;
            }
        }
    }
}

/// Reads to the end, where the checksum is compared.
fn drain(content: &mut dyn Bytes) -> Result<(), Fault> {
    let mut block = vec![0; 64 * 1024];
    while content.read(&mut block)? > 0 {}
    Ok(())
}

/// Whether two entries share stored bytes, which only a bomb does, or a name, which hides one of them.
fn overlap(entries: &[Entry]) -> bool {
    let stored = entries.iter().filter_map(|entry| entry.stored.as_ref());
    let mut spans: Vec<(u64, u64)> =
        stored.map(|entry| (entry.header_start(), entry.compressed_size())).collect();
    spans.sort_unstable();
    let shared = spans.windows(2).any(|pair| pair[0].0.saturating_add(pair[0].1) >= pair[1].0);
    let mut names: Vec<&[u8]> = entries.iter().map(|entry| entry.name.as_slice()).collect();
    names.sort_unstable();
    shared || names.windows(2).any(|pair| pair[0] == pair[1])
}
