//! Wire formats: each folder reads one dialect into the canonical model and writes its answers.
//!
//! `ls formats/` is the list of what is read. A format never decides; what is wrong with a document is a finding.
//! Deliberately absent: IO, clock, rules.

pub mod answer;
pub mod declined;
pub mod defect;
pub mod excerpt;
pub mod frame;
pub mod length;
pub mod place;
pub mod request;
pub mod single_window_certificate;
pub mod single_window_declaration;
pub mod single_window_inspection;
#[cfg(test)]
mod testing;
pub mod ubl;
pub mod ubl_certificate_of_origin;
pub mod ubl_export_declaration;
pub mod ubl_goods_certificate;
pub mod ubl_goods_item_passport;
pub mod wco_declaration;
pub mod xml;

use answer::{Answer, Echo};
use model::batch::{KnownRoot, Namespaces, RootKind, Wrapper};
use model::documents::Documents;
use model::evidence;
use model::finding::{Effect, Evidence, Finding, Phrase, Place, RuleId, Value, Words};
use model::jurisdiction::Jurisdiction;
use model::ledger::{Key, NumberKind};
use model::limits::Limits;
use request::{Ask, Laid, Request, Written};
use std::sync::{Arc, LazyLock};
use xml::kept::Keeper;
use xml::row::{Content, RowMap, Scripts};
use xml::wide::Width;
use xml::{Malformed, Reader, RootElement, Tag};

/// One wire format. A [`frame::Message`] is one.
pub trait Format: Sync {
    /// Stable name, in every decision.
    fn name(&self) -> &'static str;
    /// Whose law its documents are filed under.
    fn jurisdiction(&self) -> Jurisdiction;
    /// The roots of its documents.
    fn roots(&self) -> &'static [Root];
    /// This root is one of its documents.
    fn recognizes(&self, root: &RootElement<'_>) -> bool {
        self.roots().iter().any(|known| known.is(root.tag.name, root.namespace))
    }
    /// Reads a document into the tables. Never fails: what is wrong with the document is a finding.
    fn parse<'b>(
        &self,
        reader: &mut Reader<'b>,
        root: Tag<'b>,
        into: &mut Documents<'b>,
        scratch: &mut Scratch,
    ) -> Entry<'b>;
    /// The elements it reads, field by field.
    fn rows(&self) -> &'static [&'static RowMap];
    /// Fields it fills otherwise than from an element of their own.
    fn derived(&self) -> &'static [Derived];
    /// Elements that may stand more than once under their parent: a pointer counts them.
    fn repeated(&self) -> &'static [&'static str];
    /// Its answers tell findings one by one.
    fn tells_findings(&self) -> bool;
    /// Lays a request over the declaration it is about, within these bounds; none when it cannot.
    fn lay(&self, ask: Ask, request: Written<'_>, declaration: Written<'_>, limits: &Limits) -> Option<Laid>;
    /// Writes what the sender is told.
    fn answer(&self, answer: &Answer<'_>, into: &mut Vec<u8>);
}

/// A field that a format fills from what stands elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Derived {
    /// Kind of row.
    pub record: &'static str,
    /// Canonical field.
    pub field: &'static str,
    /// Where it comes from.
    pub from: &'static str,
}

/// The formats, in the order they are asked.
pub static FORMATS: &[&dyn Format] = &[
    &single_window_declaration::SingleWindowDeclaration,
    &single_window_certificate::SingleWindowCertificate,
    &single_window_inspection::SingleWindowInspection,
    &wco_declaration::WcoDeclaration,
    &ubl_export_declaration::UblExportDeclaration,
    &ubl_certificate_of_origin::UblCertificateOfOrigin,
    &ubl_goods_certificate::UblGoodsCertificate,
    &ubl_goods_item_passport::UblGoodsItemPassport,
];

/// The format with this name.
pub fn named(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().find(|format| format.name() == name).copied()
}

/// A root element, and the namespaces it is known in; `""` stands for none.
#[derive(Clone, Copy, Debug)]
pub struct Root {
    /// Name without prefix.
    pub local_name: &'static str,
    /// Namespaces.
    pub namespaces: &'static [&'static str],
}

impl Root {
    /// A root of this name in this namespace is one.
    pub fn is(&self, name: &str, namespace: &str) -> bool {
        self.local_name == name && self.namespaces.contains(&namespace)
    }
}

/// Roots the cutter looks for: documents of the formats first, messages that are known and declined, and wrappers.
pub static ROOTS: LazyLock<Vec<KnownRoot>> = LazyLock::new(|| {
    let ours = FORMATS.iter().flat_map(|format| format.roots()).copied();
    let declined = declined::DECLINED.iter().filter(|known| known.is_cut).map(|known| known.root);
    let document = |root: Root| KnownRoot {
        local_name: root.local_name,
        namespaces: root.namespaces,
        kind: RootKind::Document,
    };
    ours.chain(declined).map(document).chain(WRAPPERS.iter().copied()).collect()
});

static WRAPPERS: &[KnownRoot] = &[
    wrapper("ImportMessage", &[""]),
    wrapper("Package", &[single_window_certificate::NAMESPACE, ""]),
    wrapper("MetaData", &[wco_declaration::ENVELOPE, ""]),
    wrapper("submitDeclarationRequest", &[wco_declaration::REQUEST]),
    KnownRoot {
        local_name: "DxpMsg",
        namespaces: &["http://www.chinaport.gov.cn/dxp", ""],
        kind: RootKind::Wrapper(Wrapper::Base64 { element: "Data" }),
    },
];

const fn wrapper(local_name: &'static str, namespaces: &'static [&'static str]) -> KnownRoot {
    KnownRoot { local_name, namespaces, kind: RootKind::Wrapper(Wrapper::Elements) }
}

/// What reading a document made of it.
#[derive(Clone, Debug)]
pub struct Entry<'b> {
    /// What it is.
    pub kind: EntryKind<'b>,
    /// Findings of the reader.
    pub findings: Vec<Finding>,
    /// What its answer repeats: shared by all that is made of the document.
    pub echo: Arc<Echo>,
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
    /// An inspection application.
    Inspection {
        /// Index in the tables.
        inspection_idx: usize,
        /// Who and which.
        identity: Identity<'b>,
    },
    /// A request about a declaration on file.
    Request {
        /// What it asks for.
        request: Request<'b>,
        /// Who and which.
        identity: Identity<'b>,
    },
    /// Readable, but nothing this program decides.
    Declined,
    /// Unreadable, or breaking a reader's rule.
    Refused,
}

/// Who filed a document, and under which numbers (rulings 1).
#[derive(Clone, Debug)]
pub struct Identity<'b> {
    /// Declarant.
    pub declarant: &'b str,
    /// Numbers that are filled, in order of precedence, with what they are.
    pub numbers: Vec<(NumberKind, &'b str)>,
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

/// What a reader of documents keeps from one to the next: buffers, and the bounds that hold for all.
#[derive(Debug, Default)]
pub struct Scratch {
    /// What a document may be.
    pub limits: Limits,
    /// How many bytes the quick way looks at in one step.
    pub width: Width,
    /// Canonical forms (K2), one for each document that was parsed since they were asked for.
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

/// Reads one document of any format: the quick way, and thoroughly where that is not sure. Its canonical form is kept in
/// the scratch.
pub fn parse<'b>(
    text: &'b str,
    inherited: Option<&'b Namespaces>,
    keeper: Keeper<'b>,
    into: &mut Documents<'b>,
    scratch: &mut Scratch,
) -> Parsed<'b> {
    let parsed = match parse_quickly(text, inherited, keeper, into, scratch) {
        Some(parsed) => parsed,
        None => parse_thoroughly(text, inherited, keeper, into, scratch),
    };
    scratch.content.keep();
    parsed
}

/// Reads one document the quick way; none where that is not sure, and where it would refuse: which fault comes first is
/// for the thorough way to say. What stands in the tables then is to be left alone.
pub fn parse_quickly<'b>(
    text: &'b str,
    inherited: Option<&'b Namespaces>,
    keeper: Keeper<'b>,
    into: &mut Documents<'b>,
    scratch: &mut Scratch,
) -> Option<Parsed<'b>> {
    let mut reader = Reader::new(text, inherited, keeper).within(scratch.limits).on(scratch.width);
    let parsed = parse_with(&mut reader, into, scratch);
    let is_sure = !reader.is_unsure() && !matches!(parsed.entry.kind, EntryKind::Refused);
    is_sure.then_some(parsed)
}

/// Reads one document without the quick way: what it says is what counts.
pub fn parse_thoroughly<'b>(
    text: &'b str,
    inherited: Option<&'b Namespaces>,
    keeper: Keeper<'b>,
    into: &mut Documents<'b>,
    scratch: &mut Scratch,
) -> Parsed<'b> {
    parse_with(&mut Reader::thorough(text, inherited, keeper).within(scratch.limits), into, scratch)
}

fn parse_with<'b>(reader: &mut Reader<'b>, into: &mut Documents<'b>, scratch: &mut Scratch) -> Parsed<'b> {
    scratch.content.begin();
    let root = match reader.root() {
        Ok(root) => root,
        Err(malformed) => return Parsed { format: None, entry: Entry::refused(malformed) },
    };
    match FORMATS.iter().find(|format| format.recognizes(&root)) {
        Some(format) => {
            Parsed { format: Some(*format), entry: format.parse(reader, root.tag, into, scratch) }
        }
        None => Parsed { format: None, entry: decline_unread(reader, &root) },
    }
}

/// A message no format recognises: declined when it is well-formed, whatever else stands in it.
fn decline_unread(reader: &mut Reader<'_>, root: &RootElement<'_>) -> Entry<'static> {
    match reader.pass_over() {
        Err(malformed) => Entry::refused(malformed),
        Ok(()) => {
            let name = root.tag.name;
            let why = match expected_namespace(name) {
                Some(namespace) if declined::why(name, root.namespace) == declined::UNKNOWN => {
                    Value::from(Phrase { words: OTHER_NAMESPACE, values: evidence![namespace] })
                }
                _ => declined::why(name, root.namespace).into(),
            };
            Entry::declined(why, Place::ROOT, evidence![root = name])
        }
    }
}

/// The namespace in which a format has a root of this name.
fn expected_namespace(name: &str) -> Option<&'static str> {
    let mut roots = FORMATS.iter().flat_map(|format| format.roots());
    roots.find(|root| root.local_name == name)?.namespaces.first().copied()
}

/// What is said of a root that a format has, in another namespace.
const OTHER_NAMESPACE: Words = Words {
    zh: "根元素的命名空间不是{namespace}，不是本程序受理的报文种类",
    en: "the root is not in the namespace {namespace}, so this is not a type this program clears",
};

impl Entry<'_> {
    /// A document that breaks a rule of the reader.
    pub fn refused(malformed: Malformed) -> Self {
        let mut evidence = evidence![what = malformed.fault.what];
        evidence.extend(malformed.limit.map(|limit| ("limit", limit.into())));
        let rule = RuleId(malformed.fault.rule);
        let place = Place::at(malformed.offset);
        let finding = Finding { rule, effect: Effect::Reject, place, evidence };
        Entry { kind: EntryKind::Refused, findings: vec![finding], echo: Arc::default() }
    }

    /// A document this program does not decide.
    pub fn declined(why: impl Into<Value>, place: Place, mut evidence: Evidence) -> Self {
        evidence.insert(0, ("what", why.into()));
        let finding = Finding { rule: RuleId("MSG-030"), effect: Effect::Warn, place, evidence };
        Entry { kind: EntryKind::Declined, findings: vec![finding], echo: Arc::default() }
    }
}

/// The format a document that will not be parsed seems to be in, so that its refusal is answered in its own words.
pub fn guess(text: &str, inherited: Option<&Namespaces>) -> Option<&'static dyn Format> {
    let kept = xml::kept::Kept::default();
    let root = Reader::new(text, inherited, kept.keeper()).root().ok()?;
    FORMATS.iter().find(|format| format.recognizes(&root)).copied()
}

#[cfg(test)]
mod tests;
