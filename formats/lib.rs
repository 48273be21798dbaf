//! Wire formats: each folder reads one dialect into the canonical model and writes its answers.
//!
//! `ls formats/` is the list of what is read. A format never decides; what is wrong with a document is a finding.
//! Deliberately absent: IO, clock, rules.

pub mod answer;
pub mod defect;
pub mod excerpt;
pub mod place;
pub mod single_window_certificate;
pub mod single_window_declaration;
#[cfg(test)]
mod testing;
pub mod xml;

use answer::{Answer, Echo};
use model::batch::{KnownRoot, Namespaces, RootKind, Wrapper};
use model::documents::Documents;
use model::evidence;
use model::finding::{Effect, Evidence, Finding, Place, RuleId, Words};
use model::ledger::{Key, NumberKind};
use xml::kept::Keeper;
use xml::row::{Content, RowMap, Scripts};
use xml::{Malformed, Reader, RootElement};

/// One wire format.
pub trait Format: Sync {
    /// Stable name, in every decision.
    fn name(&self) -> &'static str;
    /// This root is one of its documents.
    fn recognizes(&self, root: &RootElement<'_>) -> bool;
    /// Reads a document into the tables. Never fails: what is wrong with the document is a finding.
    fn parse<'b>(
        &self,
        reader: &mut Reader<'b>,
        into: &mut Documents<'b>,
        scratch: &mut Scratch,
    ) -> Entry<'b>;
    /// The elements it reads, field by field.
    fn rows(&self) -> &'static [&'static RowMap];
    /// Elements that may stand more than once under their parent: a pointer counts them.
    fn repeated(&self) -> &'static [&'static str];
    /// Writes what the sender is told.
    fn answer(&self, answer: &Answer<'_>, into: &mut Vec<u8>);
}

/// The formats, in the order they are asked.
pub static FORMATS: &[&dyn Format] = &[
    &single_window_declaration::SingleWindowDeclaration,
    &single_window_certificate::SingleWindowCertificate,
];

/// The format with this name.
pub fn named(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().find(|format| format.name() == name).copied()
}

/// Roots the cutter looks for: documents of the formats, messages that are known and declined, and wrappers.
pub static ROOTS: &[KnownRoot] = &[
    document("DecMessage", &[single_window_declaration::NAMESPACE, ""]),
    document("Certificate", &[single_window_certificate::NAMESPACE, ""]),
    document("DecImportResponse", &[single_window_declaration::NAMESPACE, ""]),
    document("DEC_DATA", &[""]),
    document("DEC_RESULT", &[""]),
    document("Receipt", &[single_window_certificate::NAMESPACE, ""]),
    document("FileRet", &[single_window_certificate::NAMESPACE, ""]),
    document("CommonResponeMessage", &[""]),
    document("ImportAgrResponse", &[single_window_declaration::NAMESPACE, ""]),
    document("EEntDeclIo", &["http://www.chinaport.gov.cn/ciq", ""]),
    wrapper("ImportMessage", &[""]),
    wrapper("Package", &[single_window_certificate::NAMESPACE, ""]),
    wrapper("MetaData", &["urn:wco:datamodel:WCO:DocumentMetaData-DMS:2", ""]),
    wrapper("submitDeclarationRequest", &[""]),
    KnownRoot {
        local_name: "DxpMsg",
        namespaces: &["http://www.chinaport.gov.cn/dxp", ""],
        kind: RootKind::Wrapper(Wrapper::Base64 { element: "Data" }),
    },
];

const fn document(local_name: &'static str, namespaces: &'static [&'static str]) -> KnownRoot {
    KnownRoot { local_name, namespaces, kind: RootKind::Document }
}

const fn wrapper(local_name: &'static str, namespaces: &'static [&'static str]) -> KnownRoot {
    KnownRoot { local_name, namespaces, kind: RootKind::Wrapper(Wrapper::Elements) }
}

/// Why a known message is declined (ruling K8).
const DECLINED: &[(&str, Words)] = &[
    ("DecImportResponse", ANSWER),
    ("DEC_DATA", ANSWER),
    ("DEC_RESULT", ANSWER),
    ("Receipt", ANSWER),
    ("FileRet", ANSWER),
    ("CommonResponeMessage", ANSWER),
    ("ImportAgrResponse", ANSWER),
    (
        "File",
        Words {
            zh: "原产地证附件报文，不含证书", en: "an attachment of a certificate, not the certificate"
        },
    ),
    (
        "EEntDeclIo",
        Words {
            zh: "检验检疫申请，本程序目前不决定",
            en: "an inspection application, which is not decided here",
        },
    ),
];
const ANSWER: Words = Words { zh: "回执，不是申报", en: "an answer, not a declaration" };
const UNKNOWN: Words =
    Words { zh: "不是本程序受理的报文种类", en: "not a type this program clears" };

/// What reading a document made of it.
#[derive(Clone, Debug)]
pub struct Entry<'b> {
    /// What it is.
    pub kind: EntryKind<'b>,
    /// Findings of the reader.
    pub findings: Vec<Finding>,
    /// What its answer repeats.
    pub echo: Echo,
}

/// What a document is.
#[derive(Clone, Debug)]
pub enum EntryKind<'b> {
    /// A declaration: its row in the tables and its identity.
    Declaration {
        /// Index in the tables.
        declaration_idx: usize,
        /// Who and which.
        identity: Identity<'b>,
    },
    /// A certificate.
    Certificate {
        /// Index in the tables.
        certificate_idx: usize,
        /// Who and which.
        identity: Identity<'b>,
    },
    /// Readable, but nothing this program decides.
    Declined,
    /// Unreadable, or breaking a reader's rule.
    Refused,
}

/// Who filed a document, under which numbers, with which content (rulings 1).
#[derive(Clone, Debug)]
pub struct Identity<'b> {
    /// Declarant.
    pub declarant: &'b str,
    /// Numbers that are filled, in order of precedence, with what they are.
    pub numbers: Vec<(NumberKind, &'b str)>,
    /// Digest of the canonical form (K2).
    pub content: [u8; 32],
}

impl Identity<'_> {
    /// The number it is known by when first seen (K1).
    pub fn number(&self) -> &str {
        self.numbers.first().map_or("", |(_, number)| number)
    }

    /// The number of this kind; empty when there is none.
    pub fn number_of(&self, kind: NumberKind) -> &str {
        self.numbers.iter().find(|(known, _)| *known == kind).map_or("", |(_, number)| number)
    }

    /// The keys its numbers make.
    pub fn keys(&self) -> impl Iterator<Item = Key> {
        self.numbers.iter().map(|(kind, number)| Key::new(*kind, self.declarant, number))
    }
}

/// Buffers used again from document to document.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Bytes of the canonical form.
    pub content: Content,
    /// What followed what in the rows read before.
    pub scripts: Scripts,
}

/// A document as it was read.
#[derive(Clone)]
pub struct Parsed<'b> {
    /// Its format; none when no format recognises it or it could not be read so far.
    pub format: Option<&'static dyn Format>,
    /// What it is.
    pub entry: Entry<'b>,
}

/// Reads one document of any format: the quick way, and thoroughly where that is not sure.
pub fn parse<'b>(
    text: &'b str,
    inherited: Option<&'b Namespaces>,
    keeper: Keeper<'b>,
    into: &mut Documents<'b>,
    scratch: &mut Scratch,
) -> Parsed<'b> {
    let mut reader = Reader::new(text, inherited, keeper);
    let parsed = parse_with(&mut reader, into, scratch);
    if reader.is_unsure() { parse_thoroughly(text, inherited, keeper, into, scratch) } else { parsed }
}

/// Reads one document without the quick way: what it says is what counts.
pub fn parse_thoroughly<'b>(
    text: &'b str,
    inherited: Option<&'b Namespaces>,
    keeper: Keeper<'b>,
    into: &mut Documents<'b>,
    scratch: &mut Scratch,
) -> Parsed<'b> {
    parse_with(&mut Reader::thorough(text, inherited, keeper), into, scratch)
}

fn parse_with<'b>(reader: &mut Reader<'b>, into: &mut Documents<'b>, scratch: &mut Scratch) -> Parsed<'b> {
    let root = match reader.root() {
        Ok(root) => root,
        Err(malformed) => return Parsed { format: None, entry: Entry::refused(malformed) },
    };
    match FORMATS.iter().find(|format| format.recognizes(&root)) {
        Some(format) => Parsed { format: Some(*format), entry: format.parse(reader, into, scratch) },
        None => Parsed { format: None, entry: decline_unread(reader, &root) },
    }
}

/// A message no format recognises: declined when it can be read at all.
fn decline_unread(reader: &mut Reader<'_>, root: &RootElement<'_>) -> Entry<'static> {
    match reader.skip().and_then(|()| reader.finish()) {
        Err(malformed) => Entry::refused(malformed),
        Ok(()) => {
            let known = DECLINED.iter().find(|(name, _)| *name == root.name).map(|(_, why)| *why);
            Entry::declined(known.unwrap_or(UNKNOWN), Place::ROOT, evidence![root = root.name])
        }
    }
}

impl Entry<'_> {
    /// A document that breaks a rule of the reader.
    pub fn refused(malformed: Malformed) -> Self {
        let mut evidence = evidence![what = malformed.fault.what];
        evidence.extend(malformed.limit.map(|limit| ("limit", limit.into())));
        let rule = RuleId(malformed.fault.rule);
        let place = Place::at(malformed.offset);
        let finding = Finding { rule, effect: Effect::Reject, place, evidence };
        Entry { kind: EntryKind::Refused, findings: vec![finding], echo: Echo::default() }
    }

    /// A document this program does not decide.
    pub fn declined(why: Words, place: Place, mut evidence: Evidence) -> Self {
        evidence.insert(0, ("what", why.into()));
        let finding = Finding { rule: RuleId("MSG-030"), effect: Effect::Warn, place, evidence };
        Entry { kind: EntryKind::Declined, findings: vec![finding], echo: Echo::default() }
    }
}

/// The format a document that will not be parsed seems to be in, so that its refusal is answered in its own words.
pub fn guess(text: &str) -> Option<&'static dyn Format> {
    let kept = xml::kept::Kept::default();
    let root = Reader::new(text, None, kept.keeper()).root().ok()?;
    FORMATS.iter().find(|format| format.recognizes(&root)).copied()
}

#[cfg(test)]
mod tests;
