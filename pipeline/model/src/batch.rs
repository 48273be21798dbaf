//! What intake and decode hand to the engine: windows of whole documents.
//!
//! A window owns its bytes; everything parsed from it borrows from here.
//! A document that cutting already knows to be bad is listed like any other, with its defect, so that
//! the count of what came in and the count of what was answered can be held against each other.

use crate::attachment::{Attachment, Attachments};
use crate::encoding::Encoding;
use std::ops::Range;
use std::sync::Arc;

/// Index into the submission's list of inputs, [`Inputs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InputId(pub u32);

/// The inputs of one submission, in order. It grows as archives are opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Inputs before the list, where it is a part.
    first: u32,
    list: Vec<Input>,
}

/// One file, body or archive entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// `declarations.xml`, or `a.zip!b.xml` for an entry. For people; never a path of ours.
    pub name: String,
    /// The archive this entry stands in.
    pub container: Option<InputId>,
    /// What travels beside this entry in its ZIP, if anything: known with the entry, whatever window its documents
    /// stand in.
    pub attachments: Option<Arc<Attachments>>,
}

impl Inputs {
    /// No inputs yet.
    pub fn new() -> Inputs {
        Inputs::default()
    }

    /// Appends an input and gives its id.
    pub fn add(&mut self, input: Input) -> InputId {
        let id = u32::try_from(self.list.len()).expect("the limits end a submission before 2^32 inputs");
        self.list.push(input);
        InputId(self.first + id)
    }

    /// The input behind an id of this list.
    pub fn get(&self, id: InputId) -> &Input {
        &self.list[(id.0 - self.first) as usize]
    }

    /// The inputs from this one on: all that a window can name in which it is the first.
    pub fn since(&self, first: InputId) -> Inputs {
        Inputs { first: first.0, list: self.list[(first.0 - self.first) as usize..].to_vec() }
    }

    /// The name people know the input by.
    pub fn name(&self, id: InputId) -> &str {
        &self.get(id).name
    }

    /// How many inputs are known so far.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether no input is known yet.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All inputs known so far, in order.
    pub fn iter(&self) -> impl Iterator<Item = (InputId, &Input)> {
        (self.first..).map(InputId).zip(&self.list)
    }
}

/// A window of whole documents: the bytes they stand in and where each came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawBatch {
    /// Documents back to back, possibly of several inputs. What is no UTF-8 is not kept: its document has a defect.
    pub text: String,
    /// The documents, in input order.
    pub documents: Vec<RawDocument>,
    /// Attachments of ZIP containers first seen in this window; they precede their documents.
    pub attachments: Vec<Attachment>,
}

impl RawBatch {
    /// An empty window.
    pub fn new() -> RawBatch {
        RawBatch::default()
    }

    /// How many documents the window holds.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether the window holds neither documents nor attachments.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.attachments.is_empty()
    }

    /// The text of one of its documents.
    pub fn text_of(&self, document: &RawDocument) -> &str {
        &self.text[document.range.clone()]
    }

    /// Empties the window and keeps its memory.
    pub fn clear(&mut self) {
        self.text.clear();
        self.documents.clear();
        self.attachments.clear();
    }
}

/// One document and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawDocument {
    /// The file, body or entry it stands in.
    pub input: InputId,
    /// Counts from 1 within the input.
    pub document: u32,
    /// Where it starts in the decoded byte stream of its entry; a byte order mark is counted.
    /// For an embedded document: where the Base64 text that holds it starts.
    pub offset: u64,
    /// Line of its first byte, from 1. For an embedded document: within the text that Base64 held.
    pub line: u32,
    /// Column of its first byte, from 1, in characters.
    pub column: u32,
    /// It came out of a Base64 value, so its own byte positions are no offsets of the entry.
    pub embedded: bool,
    /// Where it stands in [`RawBatch::text`]; empty when it was not kept.
    pub range: Range<usize>,
    /// Namespaces bound by the wrappers around it.
    pub namespaces: Option<Arc<Namespaces>>,
    /// What cutting already knows to be wrong: the document is refused and not parsed.
    pub defect: Option<Defect>,
}

/// Namespaces in scope where a document starts, bound by the wrappers around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Namespaces {
    /// Prefix and namespace name, references expanded; each prefix once, the default one is `""`.
    /// A prefix bound to `""` is no longer bound.
    pub bindings: Vec<(String, String)>,
}

impl Namespaces {
    /// The namespace a prefix stands for; `""` asks for the default one.
    pub fn uri(&self, prefix: &str) -> Option<&str> {
        let found = self.bindings.iter().find(|(bound, _)| bound == prefix);
        found.map(|(_, uri)| uri.as_str()).filter(|uri| !uri.is_empty())
    }
}

/// What is wrong with a document, known before it is parsed.
///
/// Positions are byte offsets from the start of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Defect {
    /// Nothing but white space.
    Empty,
    /// The entry does not start like XML.
    NotXml,
    /// A prologue without an element after it.
    NoRoot,
    /// By its byte order mark or its own declaration it is in an encoding that cannot be taken.
    Encoding {
        /// Why it cannot.
        fault: EncodingFault,
        /// The encoding named or recognised.
        declared: String,
    },
    /// A byte that is no UTF-8.
    Utf8 {
        /// Of the first such byte.
        position: u64,
    },
    /// Bytes that are no character of the encoding the entry is in, which is not UTF-8.
    Undecodable {
        /// That encoding.
        encoding: Encoding,
        /// Of the first such byte, in the text so far.
        position: u64,
    },
    /// A malformed or misplaced XML declaration.
    Declaration {
        /// Of the declaration.
        position: u64,
    },
    /// A document type declaration.
    Doctype {
        /// Of the declaration.
        position: u64,
    },
    /// Before the first element stands what cannot stand there.
    Prologue {
        /// Of what cannot stand there.
        position: u64,
    },
    /// Text or loose markup outside any element.
    Stray,
    /// A second root of a kind nobody knows: what begins with one such root is no file of messages.
    SecondRoot,
    /// The input ends, or the next document starts, before the root is closed.
    Truncated {
        /// Where it breaks off.
        position: u64,
    },
    /// More bytes than a document may have.
    TooLarge {
        /// How many it has.
        bytes: u64,
        /// How many it may have.
        limit: u64,
    },
    /// Inside more wrappers than may be open at once.
    TooDeep {
        /// Elements open around it.
        depth: u64,
        /// How many may be.
        limit: u64,
    },
    /// A Base64 value that should hold a document does not.
    Base64 {
        /// What is wrong with the value.
        fault: Base64Fault,
        /// Where in the value.
        position: u64,
    },
    /// The archive or compressed stream around the document is broken or not allowed.
    Container {
        /// What is wrong with it.
        fault: ContainerFault,
        /// Where the entry breaks off.
        position: u64,
    },
    /// The program failed on what stands here; of the rest of the input nothing is known.
    Fault,
}

impl Defect {
    /// The stable name by which machines know the defect.
    pub fn name(&self) -> &'static str {
        match self {
            Defect::Empty => "empty",
            Defect::NotXml => "not-xml",
            Defect::NoRoot => "no-root",
            Defect::Encoding { fault, .. } => fault.name(),
            Defect::Utf8 { .. } => "utf8",
            Defect::Undecodable { .. } => "undecodable",
            Defect::Declaration { .. } => "declaration",
            Defect::Doctype { .. } => "doctype",
            Defect::Prologue { .. } => "prologue",
            Defect::Stray => "stray",
            Defect::SecondRoot => "second-root",
            Defect::Truncated { .. } => "truncated",
            Defect::TooLarge { .. } => "too-large",
            Defect::TooDeep { .. } => "too-deep",
            Defect::Base64 { fault, .. } => fault.name(),
            Defect::Container { fault, .. } => fault.name(),
            Defect::Fault => "internal-fault",
        }
    }

    /// Where in the document it is, as a byte offset from the document's start.
    pub fn position(&self) -> u64 {
        match self {
            Defect::Utf8 { position }
            | Defect::Undecodable { position, .. }
            | Defect::Declaration { position }
            | Defect::Doctype { position }
            | Defect::Prologue { position }
            | Defect::Truncated { position }
            | Defect::Base64 { position, .. }
            | Defect::Container { position, .. } => *position,
            Defect::Empty
            | Defect::NotXml
            | Defect::NoRoot
            | Defect::Encoding { .. }
            | Defect::Stray
            | Defect::SecondRoot
            | Defect::TooLarge { .. }
            | Defect::TooDeep { .. }
            | Defect::Fault => 0,
        }
    }
}

/// Why an encoding cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncodingFault {
    /// It is none that is taken here.
    NotTaken,
    /// The declaration, the byte order mark and the bytes do not say the same.
    Disagreeing,
    /// UTF-16 whose byte order no mark tells.
    Unmarked,
}

impl EncodingFault {
    /// The stable name by which machines know the fault.
    pub fn name(self) -> &'static str {
        match self {
            EncodingFault::NotTaken => "encoding",
            EncodingFault::Disagreeing => "encoding-disagreeing",
            EncodingFault::Unmarked => "encoding-unmarked",
        }
    }
}

/// What is wrong with a Base64 value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base64Fault {
    /// A character outside the alphabet, or wrong padding.
    Malformed,
    /// Longer than a value may be.
    TooLong,
    /// A wrapper with Base64 inside Base64.
    Nested,
}

impl Base64Fault {
    /// The stable name by which machines know the fault.
    pub fn name(self) -> &'static str {
        match self {
            Base64Fault::Malformed => "base64-malformed",
            Base64Fault::TooLong => "base64-too-long",
            Base64Fault::Nested => "base64-nested",
        }
    }
}

/// What is wrong with an archive or a compressed stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContainerFault {
    /// No document inside.
    NoDocument,
    /// An archive inside an archive, or compression inside an archive.
    Nested,
    /// More bytes than an input may have.
    RawSize,
    /// More bytes after decompression than an input may have.
    DecodedSize,
    /// Decompresses to implausibly many bytes.
    Ratio,
    /// A link, device or other entry that is no file.
    NotAFile,
    /// Packed by something that is not opened.
    Unread,
    /// A zstd frame that does not decode.
    ZstdCorrupt,
    /// A zstd frame whose checksum is wrong.
    ZstdChecksum,
    /// A zstd frame that ends too early.
    ZstdTruncated,
    /// Bytes after the last zstd frame.
    ZstdTrailing,
    /// No zstd frame with content.
    ZstdNoFrame,
    /// Too many zstd frames.
    ZstdFrames,
    /// Too many or too long skippable zstd frames.
    ZstdSkippable,
    /// A zstd frame that asks for too much memory.
    ZstdWindow,
    /// A zstd frame that needs a dictionary.
    ZstdDictionary,
    /// A tar header that cannot be read.
    TarHeader,
    /// A tar that ends within an entry.
    TarTruncated,
    /// A tar entry of a kind that is not read.
    TarKind,
    /// A tar whose headers say two things of one entry.
    TarMismatch,
    /// A tar entry with the name of one before it.
    TarDuplicate,
    /// A tar with too many entries.
    TarEntries,
    /// A ZIP directory that cannot be read.
    ZipDirectory,
    /// A ZIP with too many entries.
    ZipEntries,
    /// A ZIP that lists one name twice, or overlapping entries.
    ZipDuplicate,
    /// A ZIP entry whose own header says other than the directory.
    ZipMismatch,
    /// A ZIP with bytes that its directory does not list.
    ZipHidden,
    /// A ZIP in several parts.
    ZipMultiDisk,
    /// An encrypted ZIP entry.
    ZipEncrypted,
    /// A ZIP entry packed by a method that is not read.
    ZipMethod,
    /// A ZIP entry that does not decode, or whose checksum is wrong.
    ZipCorrupt,
    /// A ZIP through a pipe or under zstd, larger than can be held.
    ZipTooLarge,
}

impl ContainerFault {
    /// The stable name by which machines know the fault.
    pub fn name(self) -> &'static str {
        match self {
            ContainerFault::NoDocument => "container-without-document",
            ContainerFault::Nested => "container-nested",
            ContainerFault::RawSize => "container-raw-size",
            ContainerFault::DecodedSize => "container-decoded-size",
            ContainerFault::Ratio => "container-ratio",
            ContainerFault::NotAFile => "container-not-a-file",
            ContainerFault::Unread => "container-unread",
            ContainerFault::ZstdCorrupt => "zstd-corrupt",
            ContainerFault::ZstdChecksum => "zstd-checksum",
            ContainerFault::ZstdTruncated => "zstd-truncated",
            ContainerFault::ZstdTrailing => "zstd-trailing",
            ContainerFault::ZstdNoFrame => "zstd-no-frame",
            ContainerFault::ZstdFrames => "zstd-frames",
            ContainerFault::ZstdSkippable => "zstd-skippable",
            ContainerFault::ZstdWindow => "zstd-window",
            ContainerFault::ZstdDictionary => "zstd-dictionary",
            ContainerFault::TarHeader => "tar-header",
            ContainerFault::TarTruncated => "tar-truncated",
            ContainerFault::TarKind => "tar-kind",
            ContainerFault::TarMismatch => "tar-mismatch",
            ContainerFault::TarDuplicate => "tar-duplicate",
            ContainerFault::TarEntries => "tar-entries",
            ContainerFault::ZipDirectory => "zip-directory",
            ContainerFault::ZipEntries => "zip-entries",
            ContainerFault::ZipDuplicate => "zip-duplicate",
            ContainerFault::ZipMismatch => "zip-mismatch",
            ContainerFault::ZipHidden => "zip-hidden",
            ContainerFault::ZipMultiDisk => "zip-multi-disk",
            ContainerFault::ZipEncrypted => "zip-encrypted",
            ContainerFault::ZipMethod => "zip-method",
            ContainerFault::ZipCorrupt => "zip-corrupt",
            ContainerFault::ZipTooLarge => "zip-too-large",
        }
    }
}

/// A root element this program has a name for. The list comes from the formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownRoot {
    /// Its name without prefix.
    pub local_name: &'static str,
    /// The namespaces it is known in; `""` stands for none.
    pub namespaces: &'static [&'static str],
    /// Whether it is a document or something around documents.
    pub kind: RootKind,
}

/// What a known root stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootKind {
    /// A document: nothing inside it is another one.
    Document,
    /// Something around documents.
    Wrapper(Wrapper),
}

/// How a wrapper holds its documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapper {
    /// As elements.
    Elements,
    /// As Base64 text in the element of this local name.
    Base64 {
        /// The element that holds the text.
        element: &'static str,
    },
}
