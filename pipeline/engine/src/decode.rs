//! From a stream of bytes to windows of whole documents: the first stage.
//!
//! [`Decoder`] recognises what stands around the XML by its first bytes (`containers`), decides the encoding
//! (`prologue`) and finds where each document starts and ends (`cut`). It reads front to back, holds one document
//! at a time, and knows no file system and no clock. A sender's mistake is a document with a defect; an error is
//! only what the caller's reader reports.
//!
//! Deliberately absent: whether a document is well-formed. The parser says so, on the bytes cut here.

mod containers;
mod cut;
mod embedded;
mod feed;
mod prologue;
mod root;
#[cfg(test)]
mod tests;
mod token;
mod transcode;
mod wrappers;

use std::fmt;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use model::attachment::Attachments;
use model::batch::{ContainerFault, Defect, Input, InputId, Inputs, KnownRoot, RawBatch, RawDocument};
use model::limits::Limits;

use containers::frames::Frames;
use containers::tape::Tape;
use containers::zipped::{Content, ReadSeek, Zipped};
use containers::{Bytes, Fault, Kind, MAGIC_BYTES, Peeked, Raw, entry_name, kind};
use cut::Cutter;

/// What a listed document costs beside its bytes: a window of ten thousand empty ones is full, too.
const LISTED_BYTES: usize = 256;

/// Where an input's bytes come from.
pub struct Source(Origin);

enum Origin {
    Stream(Box<dyn Read + Send>),
    Seekable(Box<dyn ReadSeek>),
}

impl Source {
    /// A pipe or a body. A ZIP in it is held in memory, within the limit.
    pub fn stream(reader: impl Read + Send + 'static) -> Source {
        Source(Origin::Stream(Box::new(reader)))
    }

    /// A file, from its start.
    pub fn seekable(reader: impl Read + Seek + Send + 'static) -> Source {
        Source(Origin::Seekable(Box::new(reader)))
    }
}

/// Cuts one input into documents, window by window.
pub struct Decoder {
    name: String,
    roots: &'static [KnownRoot],
    limits: Arc<Limits>,
    stage: Stage,
    /// Input and number of the last document of the windows before.
    last: Option<(InputId, u32)>,
}

/// What the input turned out to be.
enum Stage {
    Unopened(Source),
    /// XML, perhaps under zstd.
    Plain(Box<Cutter>, Box<dyn Bytes>),
    Tar(Box<Archive<Tape<Box<dyn Bytes>>, ()>>),
    Zip(Box<Archive<Zipped, Content>>),
    Ended,
}

/// An archive and the entry of it that is being cut.
struct Archive<A, E> {
    archive: A,
    name: String,
    id: InputId,
    cutter: Cutter,
    /// The entry being cut.
    open: Option<E>,
    n_entries: u64,
    /// What travels beside the entries that are cut.
    attachments: Option<Arc<Attachments>>,
}

impl Decoder {
    /// Prepares to read an input, of which nothing is read yet. `roots` says which elements are documents.
    pub fn new(
        name: impl Into<String>,
        source: Source,
        roots: &'static [KnownRoot],
        limits: &Limits,
    ) -> Decoder {
        Decoder {
            name: name.into(),
            roots,
            limits: Arc::new(*limits),
            stage: Stage::Unopened(source),
            last: None,
        }
    }

    /// Appends documents to `window` until it holds about `window_bytes`, and the names of the inputs they stand
    /// in to `inputs`. False when the input is exhausted; true when the window is full.
    ///
    /// The last document may lie beyond `window_bytes` with all its bytes. Where the program fails on an input, what was
    /// cut before counts, and the rest is one document with that defect.
    ///
    /// # Errors
    /// Only what the reader reports. What is wrong with the input is a document with a defect.
    pub fn fill(
        &mut self,
        window: &mut RawBatch,
        inputs: &mut Inputs,
        window_bytes: usize,
    ) -> io::Result<bool> {
        let filling = AssertUnwindSafe(|| self.fill_or_fail(window, inputs, window_bytes));
        let Ok(filled) = catch_unwind(filling) else {
            self.stage = Stage::Ended;
            window.documents.retain(|document| window.text.get(document.range.clone()).is_some());
            if let Some((id, _)) = inputs.iter().last() {
                let before = window.documents.last().map(place).or(self.last).filter(|(of, _)| *of == id);
                refuse_for(window, id, before.map_or(1, |(_, number)| number + 1), Defect::Fault);
            }
            return Ok(false);
        };
        self.last = window.documents.last().map(place).or(self.last);
        filled
    }

    fn fill_or_fail(
        &mut self,
        window: &mut RawBatch,
        inputs: &mut Inputs,
        window_bytes: usize,
    ) -> io::Result<bool> {
        while window.text.len() + window.documents.len() * LISTED_BYTES < window_bytes {
            if !self.step(window, inputs)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn step(&mut self, window: &mut RawBatch, inputs: &mut Inputs) -> io::Result<bool> {
        let goes_on = match &mut self.stage {
            Stage::Unopened(_) => {
                if let Stage::Unopened(source) = std::mem::replace(&mut self.stage, Stage::Ended) {
                    let id =
                        inputs.add(Input { name: self.name.clone(), container: None, attachments: None });
                    self.stage = self.open(source, id, window)?;
                }
                true
            }
            Stage::Plain(cutter, bytes) => cutter.step(bytes, window)?,
            Stage::Tar(archive) => archive.step(window, inputs, &self.limits)?,
            Stage::Zip(archive) => archive.step(window, inputs, &self.limits)?,
            Stage::Ended => false,
        };
        if !goes_on {
            self.stage = Stage::Ended;
        }
        Ok(goes_on)
    }

    fn open(&self, source: Source, id: InputId, window: &mut RawBatch) -> io::Result<Stage> {
        let opened = match source.0 {
            Origin::Stream(reader) => self.open_stream(Raw::new(reader, &self.limits), id, window),
            Origin::Seekable(mut reader) => match zip_size(&mut reader)? {
                Some(size) if size > self.limits.raw_bytes => Err(ContainerFault::RawSize.into()),
                Some(_) => self.open_zip(reader, id, window),
                None => self.open_stream(Raw::new(reader, &self.limits), id, window),
            },
        };
        match opened {
            Ok(stage) => Ok(stage),
            Err(Fault::World(error)) => Err(error),
            Err(Fault::Container(fault)) => {
                refuse(window, id, fault);
                Ok(Stage::Ended)
            }
        }
    }

    /// Something read front to back: under zstd or not, then whatever it is.
    fn open_stream(
        &self,
        bytes: impl Bytes + 'static,
        id: InputId,
        window: &mut RawBatch,
    ) -> Result<Stage, Fault> {
        let bytes = Peeked::new(bytes, MAGIC_BYTES);
        if kind(bytes.head()) != Kind::Zstd {
            return self.open_kind(bytes, id, window);
        }
        let frames = Frames::new(bytes, &self.limits).map_err(Fault::World)?;
        self.open_kind(Peeked::new(frames, MAGIC_BYTES), id, window)
    }

    /// What is neither zstd, nor is zstd within zstd taken for anything.
    fn open_kind<B: Bytes + 'static>(
        &self,
        bytes: Peeked<B>,
        id: InputId,
        window: &mut RawBatch,
    ) -> Result<Stage, Fault> {
        match kind(bytes.head()) {
            Kind::Tar => {
                let bytes: Box<dyn Bytes> = Box::new(bytes);
                Ok(Stage::Tar(Box::new(self.archive(Tape::new(bytes, &self.limits), id))))
            }
            Kind::Zip => {
                let held = hold(bytes, self.limits.zip_held_bytes)?;
                self.open_zip(Box::new(Cursor::new(held)), id, window)
            }
            Kind::Zstd | Kind::Unread | Kind::Other => {
                let cutter = Cutter::new(self.roots, Arc::clone(&self.limits), id);
                Ok(Stage::Plain(Box::new(cutter), Box::new(bytes)))
            }
        }
    }

    fn open_zip(
        &self,
        source: Box<dyn ReadSeek>,
        id: InputId,
        window: &mut RawBatch,
    ) -> Result<Stage, Fault> {
        let mut zip = Zipped::open(source, &self.limits)?;
        let attachments = zip.attachments(id)?;
        window.attachments.extend(attachments.iter().cloned());
        let attachments = (!attachments.is_empty()).then(|| Arc::new(Attachments::new(attachments)));
        Ok(Stage::Zip(Box::new(Archive { attachments, ..self.archive(zip, id) })))
    }

    fn archive<A, E>(&self, archive: A, id: InputId) -> Archive<A, E> {
        let cutter = Cutter::new(self.roots, Arc::clone(&self.limits), id);
        Archive { archive, name: self.name.clone(), id, cutter, open: None, n_entries: 0, attachments: None }
    }
}

impl<A, E> Archive<A, E> {
    /// Lists an entry as an input of its own, and turns to it or says why not.
    fn enter(
        &mut self,
        name: &[u8],
        content: Result<E, ContainerFault>,
        (window, inputs): (&mut RawBatch, &mut Inputs),
        limits: &Limits,
    ) {
        let name = entry_name(&self.name, name, limits);
        let id = inputs.add(Input { name, container: Some(self.id), attachments: self.attachments.clone() });
        self.n_entries += 1;
        match content {
            Ok(content) => {
                self.cutter.renew(id);
                self.open = Some(content);
            }
            Err(fault) => refuse(window, id, fault),
        }
    }

    /// The archive has ended, well or at a break.
    fn leave(&self, window: &mut RawBatch, fault: Option<ContainerFault>) -> bool {
        let empty = (self.n_entries == 0).then_some(ContainerFault::NoDocument);
        if let Some(fault) = fault.or(empty) {
            refuse(window, self.id, fault);
        }
        false
    }
}

impl Archive<Tape<Box<dyn Bytes>>, ()> {
    fn step(&mut self, window: &mut RawBatch, inputs: &mut Inputs, limits: &Limits) -> io::Result<bool> {
        if self.open.is_some() {
            if !self.cutter.step(&mut self.archive, window)? {
                self.open = None;
            }
            return Ok(true);
        }
        if self.cutter.told_fault() {
            return Ok(false);
        }
        match self.archive.next_entry() {
            Ok(Some(entry)) => {
                let content = entry.fault.map_or(Ok(()), Err);
                self.enter(&entry.name, content, (window, inputs), limits);
                Ok(true)
            }
            Ok(None) => Ok(self.leave(window, None)),
            Err(Fault::Container(fault)) => Ok(self.leave(window, Some(fault))),
            Err(Fault::World(error)) => Err(error),
        }
    }
}

impl Archive<Zipped, Content> {
    fn step(&mut self, window: &mut RawBatch, inputs: &mut Inputs, limits: &Limits) -> io::Result<bool> {
        if let Some(content) = &mut self.open {
            if !self.cutter.step(content, window)? {
                self.open = None;
            }
            return Ok(true);
        }
        match self.archive.next_entry() {
            Ok(Some(entry)) => {
                self.enter(&entry.name, entry.content, (window, inputs), limits);
                Ok(true)
            }
            Ok(None) => Ok(self.leave(window, None)),
            Err(Fault::Container(fault)) => Ok(self.leave(window, Some(fault))),
            Err(Fault::World(error)) => Err(error),
        }
    }
}

/// The size of a ZIP; none when the input is something else, which is then at its start.
fn zip_size(reader: &mut Box<dyn ReadSeek>) -> io::Result<Option<u64>> {
    reader.seek(SeekFrom::Start(0))?;
    let mut head = Vec::with_capacity(4);
    reader.by_ref().take(4).read_to_end(&mut head)?;
    let size = match kind(&head) {
        Kind::Zip => Some(reader.seek(SeekFrom::End(0))?),
        _ => None,
    };
    reader.seek(SeekFrom::Start(0))?;
    Ok(size)
}

/// A ZIP that comes as a stream, whole: its directory stands at its end.
fn hold(mut bytes: impl Bytes, most: u64) -> Result<Vec<u8>, Fault> {
    let mut held = Vec::new();
    let mut block = vec![0; 64 * 1024];
    loop {
        match bytes.read(&mut block)? {
            0 => return Ok(held),
            read => held.extend_from_slice(&block[..read]),
        }
        if held.len() as u64 > most {
            return Err(ContainerFault::ZipTooLarge.into());
        }
    }
}

/// One outcome for an input that is not cut at all, or for the break at which an archive ends.
fn refuse(window: &mut RawBatch, input: InputId, fault: ContainerFault) {
    refuse_for(window, input, 1, Defect::Container { fault, position: 0 });
}

fn place(document: &RawDocument) -> (InputId, u32) {
    (document.input, document.document)
}

fn refuse_for(window: &mut RawBatch, input: InputId, document: u32, defect: Defect) {
    let end = window.text.len();
    window.documents.push(RawDocument {
        input,
        document,
        offset: 0,
        line: 1,
        column: 1,
        embedded: false,
        range: end..end,
        namespaces: None,
        defect: Some(defect),
    });
}

impl fmt::Debug for Decoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder").field("name", &self.name).finish_non_exhaustive()
    }
}
