//! A window as it was read: every document parsed, certificates judged by themselves. Needs nothing that is on file,
//! so one window can be read while the one before it is settled.

use crate::outcome::Told;
use crate::parallel::Pool;
use crate::{Accepted, Law, reach, request, tell, validate};
use formats::xml::kept::Kept;
use formats::{Entry, EntryKind, Format, Identity, Scratch, defect};
use jiff::civil::DateTime;
use model::batch::{RawBatch, RawDocument};
use model::case::CertificateCase;
use model::certificate::Certificate;
use model::code::certificate_number::strip_claim_letter;
use model::declaration::{Declaration, DeclarationHead};
use model::documents::{Documents, Signature};
use model::finding::{Effect, Finding, NotJudged, Place, RuleId};
use model::inspection::Inspection;
use model::jurisdiction::Jurisdiction;
use model::ledger::{Key, NumberKind, StoredDocument};
use model::limits::Limits;
use rulebook::proof::Standing;
use rulebook::release::{FilingVerdict, application_standing, certificate_standing};
use self_cell::self_cell;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

/// Documents read one after another by one thread: enough to fill wide instructions when they are hashed together, few
/// enough to balance.
const CHUNK_DOCUMENTS: usize = 16;

/// What a window's parse borrows from.
#[derive(Debug)]
pub struct Window {
    batch: RawBatch,
    kept: Vec<Kept>,
}

self_cell!(
    /// A window and everything read from it.
    pub struct Read {
        owner: Window,
        #[covariant]
        dependent: Chunks,
    }
);

/// The documents of a window, chunk by chunk.
struct Chunks<'b> {
    chunks: Vec<Chunk<'b>>,
}

struct Chunk<'b> {
    tables: Documents<'b>,
    documents: Vec<Document<'b>>,
}

/// One document as it was read.
pub(crate) struct Document<'b> {
    pub raw: &'b RawDocument,
    pub text: &'b str,
    pub format: Option<&'static dyn Format>,
    pub entry: Entry<'b>,
    /// Digest of its canonical form (K2).
    pub content: [u8; 32],
    /// Keys of its numbers.
    pub keys: Vec<Key>,
    /// Certificates it claims.
    pub claims: Vec<Claimed<'b>>,
    /// Inspection applications it names.
    pub applications: Vec<Named<'b>>,
    /// Keys under which requests find a declaration, and under which a request looks for it.
    pub about: Vec<Key>,
    /// A certificate or an inspection application as judged by itself.
    pub filing: Option<JudgedFiling>,
}

/// A certificate number a declaration claims, without the claim letter, and the keys it may be on file under (ruling D1).
pub(crate) struct Claimed<'b> {
    pub number: &'b str,
    pub place: Place,
    pub keys: Vec<Key>,
}

/// An inspection application a declaration names.
pub(crate) struct Named<'b> {
    /// Its number, where that stands, and the keys it may be on file under.
    pub claimed: Claimed<'b>,
    /// Named as the slip it led to: the declaration waits for it. Else it is linked when it is there.
    pub is_claimed: bool,
}

/// What the rules say of a document by itself that is put on file (ruling O3).
pub(crate) struct JudgedFiling {
    pub told: Vec<Told>,
    pub n_more: usize,
    pub not_judged: Vec<NotJudged>,
    /// A certificate's; an inspection application proves nothing by itself.
    pub standing: Option<Standing>,
    pub verdict: FilingVerdict,
    pub facts: Vec<u8>,
}

/// Windows, and chunks of windows, whose memory is kept: a few windows are under way at once, of some tens of chunks.
const SPARE_MAX: usize = 256;

/// Memory of windows that have been settled, for windows to come: a steady run asks the system for none. With it the
/// bounds that all of them are read within.
#[derive(Debug, Default)]
pub struct Spare {
    limits: Limits,
    batches: Mutex<Vec<RawBatch>>,
    tables: Mutex<Vec<Documents<'static>>>,
    scratches: Mutex<Vec<Scratch>>,
}

impl Spare {
    /// No memory yet, and these bounds.
    pub fn within(limits: Limits) -> Spare {
        Spare { limits, ..Spare::default() }
    }

    /// The bounds that documents are read within.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// An empty window, with memory if there is some.
    pub fn batch(&self) -> RawBatch {
        take(&self.batches)
    }

    /// Takes the memory of a window that is no longer needed.
    pub fn recycle(&self, mut read: Read) {
        let tables = read.with_dependent_mut(|_, chunks| {
            chunks.chunks.drain(..).map(|chunk| chunk.tables.recycle()).collect::<Vec<_>>()
        });
        put(&self.tables, tables);
        let mut batch = read.into_owner().batch;
        batch.clear();
        put(&self.batches, [batch]);
    }
}

fn take<T: Default>(spare: &Mutex<Vec<T>>) -> T {
    spare.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
}

/// What is beyond the bound goes back to the system.
fn put<T>(spare: &Mutex<Vec<T>>, used: impl IntoIterator<Item = T>) {
    let mut spare = spare.lock().unwrap_or_else(PoisonError::into_inner);
    let room = SPARE_MAX.saturating_sub(spare.len());
    spare.extend(used.into_iter().take(room));
}

impl Read {
    /// Reads a window.
    pub fn window(batch: RawBatch, accepted: Accepted, law: &Law<'_>, pool: &Pool, spare: &Spare) -> Read {
        let n_chunks = batch.len().div_ceil(CHUNK_DOCUMENTS);
        let kept = std::iter::repeat_with(Kept::default).take(n_chunks).collect();
        Read::new(Window { batch, kept }, |window| {
            let read = |range: Range<usize>| read_chunk(window, range, spare, accepted, law);
            Chunks { chunks: pool.map_ranges(window.batch.len(), CHUNK_DOCUMENTS, read) }
        })
    }

    /// Changes its documents.
    pub(crate) fn each_document(&mut self, mut each: impl FnMut(&mut Document<'_>)) {
        self.with_dependent_mut(|_, chunks| {
            chunks.chunks.iter_mut().flat_map(|chunk| &mut chunk.documents).for_each(&mut each);
        });
    }

    /// Refuses its documents, because the program failed on them (MSG-032): nothing of them is looked up or released.
    pub fn refuse_for_fault(&mut self) {
        self.each_document(|document| document.refuse_for_fault());
    }

    /// One of its documents as a window of its own, to be read again.
    pub fn alone(&self, document_idx: usize) -> RawBatch {
        let document = self.document(document_idx);
        let raw = RawDocument { range: 0..document.text.len(), ..document.raw.clone() };
        let mut batch = RawBatch::new();
        batch.text.push_str(document.text);
        batch.documents.push(raw);
        batch
    }

    /// The raw window.
    pub fn raw(&self) -> &RawBatch {
        &self.borrow_owner().batch
    }

    /// Number of documents.
    pub fn len(&self) -> usize {
        self.raw().len()
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every key that must be fetched from what is on file before the window can be settled.
    pub fn keys(&self) -> impl Iterator<Item = Key> {
        self.documents().flat_map(|document| document.keys.iter().chain(document.keys_of_claims()).copied())
    }

    /// Keys of the certificates and inspection applications in the window, for which declarations may wait, and those under
    /// which its requests look for a declaration.
    pub fn awaited_keys(&self) -> impl Iterator<Item = Key> {
        let filings = self.documents().filter(|document| document.filing.is_some());
        filings.flat_map(|document| document.keys.iter().copied()).chain(self.asked_keys())
    }

    /// For each party a request in the window names: the key under which it looks for a declaration, and that of the number
    /// itself, which may have become known later (K6).
    pub fn asked_numbers(&self) -> impl Iterator<Item = (Key, Key)> {
        let requests = self.documents().filter(|document| document.request().is_some());
        requests.flat_map(|document| {
            let numbers = document.claims.iter().flat_map(|claim| &claim.keys);
            document.about.iter().copied().zip(numbers.copied())
        })
    }

    /// Keys under which the requests in the window look for a declaration.
    pub fn asked_keys(&self) -> impl Iterator<Item = Key> {
        let requests = self.documents().filter(|document| document.request().is_some());
        requests.flat_map(|document| document.about.iter().copied())
    }

    /// A document with all that reading it again needs, and where it stands.
    pub fn stored(&self, document_idx: usize) -> (StoredDocument, &RawDocument) {
        let document = self.document(document_idx);
        (document.stored(), document.raw)
    }

    /// The declaration that this document is, if it is one that can be read.
    pub fn as_declaration(&self, document_idx: usize) -> Option<Declaration<'_>> {
        match self.document(document_idx).entry.kind {
            EntryKind::Declaration { declaration_idx, .. } => {
                Some(self.declaration(document_idx, declaration_idx))
            }
            _ => None,
        }
    }

    /// Whose law this document is filed under.
    pub fn jurisdiction(&self, document_idx: usize) -> Jurisdiction {
        self.document(document_idx).jurisdiction()
    }

    /// The certificate that this document is, if it is one that can be read.
    pub fn as_certificate(&self, document_idx: usize) -> Option<Certificate<'_>> {
        match self.document(document_idx).entry.kind {
            EntryKind::Certificate { certificate_idx, .. } => {
                Some(self.certificate(document_idx, certificate_idx))
            }
            _ => None,
        }
    }

    /// The document is a request about a declaration on file.
    pub fn is_request(&self, document_idx: usize) -> bool {
        self.document(document_idx).request().is_some()
    }

    /// The certificates a document claims, each with the keys it may be on file under.
    pub fn claimed(&self, document_idx: usize) -> impl Iterator<Item = (&str, Place, &[Key])> {
        self.document(document_idx).claims.iter().map(|claim| (claim.number, claim.place, &claim.keys[..]))
    }

    /// Keys under which what a document claims or names may be on file.
    pub fn keys_of_claims(&self, document_idx: usize) -> impl Iterator<Item = &Key> {
        self.document(document_idx).keys_of_claims()
    }

    /// The inspection application that this document is, if it is one that can be read.
    pub fn as_inspection(&self, document_idx: usize) -> Option<Inspection<'_>> {
        match self.document(document_idx).entry.kind {
            EntryKind::Inspection { inspection_idx, .. } => {
                Some(self.inspection(document_idx, inspection_idx))
            }
            _ => None,
        }
    }

    /// Keys of a document's own numbers.
    pub fn own_keys(&self, document_idx: usize) -> &[Key] {
        &self.document(document_idx).keys
    }

    pub(crate) fn documents(&self) -> impl Iterator<Item = &Document<'_>> {
        self.borrow_dependent().chunks.iter().flat_map(|chunk| &chunk.documents)
    }

    pub(crate) fn document(&self, document_idx: usize) -> &Document<'_> {
        let chunks = &self.borrow_dependent().chunks;
        &chunks[document_idx / CHUNK_DOCUMENTS].documents[document_idx % CHUNK_DOCUMENTS]
    }

    pub(crate) fn declaration(&self, document_idx: usize, declaration_idx: usize) -> Declaration<'_> {
        self.borrow_dependent().chunks[document_idx / CHUNK_DOCUMENTS].tables.declaration(declaration_idx)
    }

    pub(crate) fn certificate(&self, document_idx: usize, certificate_idx: usize) -> Certificate<'_> {
        self.borrow_dependent().chunks[document_idx / CHUNK_DOCUMENTS].tables.certificate(certificate_idx)
    }

    pub(crate) fn inspection(&self, document_idx: usize, inspection_idx: usize) -> Inspection<'_> {
        self.borrow_dependent().chunks[document_idx / CHUNK_DOCUMENTS].tables.inspection(inspection_idx)
    }
}

fn read_chunk<'b>(
    window: &'b Window,
    range: Range<usize>,
    spare: &Spare,
    accepted: Accepted,
    law: &Law<'_>,
) -> Chunk<'b> {
    let keeper = window.kept[range.start / CHUNK_DOCUMENTS].keeper();
    let mut scratch: Scratch = take(&spare.scratches);
    scratch.limits = spare.limits;
    let mut chunk =
        Chunk { tables: take(&spare.tables).recycle(), documents: Vec::with_capacity(range.len()) };
    for raw in &window.batch.documents[range] {
        let text = window.batch.text_of(raw);
        let (format, entry) = if let Some(defect) = &raw.defect {
            scratch.content.keep_none();
            let (rule, what, evidence) = defect::told(defect);
            (
                formats::guess(text, raw.namespaces.as_deref()),
                refused(rule, what, evidence, defect.position()),
            )
        } else {
            let tables = &mut chunk.tables;
            let namespaces = raw.namespaces.as_deref();
            let parse = AssertUnwindSafe(|| formats::parse(text, namespaces, keeper, tables, &mut scratch));
            match catch_unwind(parse) {
                Ok(parsed) => (parsed.format, parsed.entry),
                Err(_) => {
                    scratch.content.keep_none();
                    (None, refused("MSG-032", validate::PANICKED, Vec::new(), 0))
                }
            }
        };
        let mut document = Document {
            raw,
            text,
            format,
            entry,
            content: [0; 32],
            keys: Vec::new(),
            claims: Vec::new(),
            applications: Vec::new(),
            about: Vec::new(),
            filing: None,
        };
        let complete = AssertUnwindSafe(|| complete(&mut document, &chunk.tables, accepted, law));
        if catch_unwind(complete).is_err() {
            document.refuse_for_fault();
        }
        chunk.documents.push(document);
    }
    for (document, content) in chunk.documents.iter_mut().zip(scratch.content.digests()) {
        document.content = match document.request() {
            // Which declaration it is about is an identity field of that one, and content of a request (K2).
            Some(request) => {
                *blake3::Hasher::new().update(&content).update(request.about.as_bytes()).finalize().as_bytes()
            }
            None => content,
        };
    }
    put(&spare.scratches, [scratch]);
    chunk
}

/// What else of a document depends on nothing but itself.
fn complete<'b>(document: &mut Document<'b>, tables: &Documents<'b>, accepted: Accepted, law: &Law<'_>) {
    match &document.entry.kind {
        EntryKind::Declaration { declaration_idx, identity } => {
            document.keys = identity.keys().collect();
            document.claims = claims(tables, *declaration_idx);
            if document.jurisdiction() == Jurisdiction::China {
                document.applications = applications(tables, *declaration_idx, accepted, law);
            } else {
                document.about = about(tables, *declaration_idx, identity);
            }
        }
        EntryKind::Certificate { certificate_idx, identity } => {
            document.keys = identity.keys().collect();
            let certificate = tables.certificate(*certificate_idx);
            let received_on = accepted.at(None).map(|moment: DateTime| moment.date());
            let case = CertificateCase { certificate, received_on, registers: law.registers };
            document.filing = Some(judge_certificate(document, &case, law));
        }
        EntryKind::Inspection { inspection_idx, identity } => {
            document.keys = identity.keys().collect();
            let inspection = tables.inspection(*inspection_idx);
            document.filing = Some(judge_inspection(document, &inspection, law));
        }
        EntryKind::Request { request, identity } => {
            // Who names nobody has its numbers by themselves for each declaration.
            let declarant = if identity.declarant.is_empty() { request.about } else { identity.declarant };
            let keys = identity.numbers.iter().map(|(kind, number)| Key::new(*kind, declarant, number));
            document.keys = keys.collect();
            document.about = request::keys_looked_under(request);
            document.claims.push(request::number_asked_about(request));
        }
        EntryKind::Declined | EntryKind::Refused => {}
    }
}

/// Keys under which requests find a declaration: by its customs number, for whoever filed or submitted it.
fn about(tables: &Documents<'_>, declaration_idx: usize, identity: &Identity<'_>) -> Vec<Key> {
    let number = identity.number_of(NumberKind::Entry);
    let rows = &tables.declarations[declaration_idx];
    let particulars = tables.particulars.get(rows.particulars.start as usize..rows.particulars.end as usize);
    let Some(particulars) = particulars.and_then(<[_]>::first).filter(|_| !number.is_empty()) else {
        return Vec::new();
    };
    request::keys_of_declaration(number, [identity.declarant, particulars.submitter_code.value])
}

fn judge_certificate(document: &Document<'_>, case: &CertificateCase<'_>, law: &Law<'_>) -> JudgedFiling {
    let reach = reach::of(document.format);
    let gathered = validate::certificate(case, &document.entry.findings, reach, law);
    let standing = reach.standing(rulebook::proof::proof_standing(case, &law.rulebook.tables));
    let mut facts = Vec::new();
    model::facts::write(&case.certificate, &mut facts);
    JudgedFiling {
        told: tell::all(document, &gathered.findings),
        n_more: gathered.n_more,
        standing: Some(standing),
        verdict: certificate_standing(&gathered, standing),
        not_judged: gathered.not_judged,
        facts,
    }
}

/// An inspection application by itself: only its reader has something to say of it.
fn judge_inspection(document: &Document<'_>, inspection: &Inspection<'_>, law: &Law<'_>) -> JudgedFiling {
    let gathered = validate::of_the_reader(&document.entry.findings, law);
    let mut facts = Vec::new();
    model::facts::write_inspection(inspection, &mut facts);
    JudgedFiling {
        told: tell::all(document, &gathered.findings),
        n_more: gathered.n_more,
        standing: None,
        verdict: application_standing(&gathered),
        not_judged: gathered.not_judged,
        facts,
    }
}

/// The inspection applications a declaration names: by the slip each led to, else by the unified number, which the
/// inspection system calls its own. The latter only on days when any goods are under inspection: it is on every message.
fn applications<'b>(
    tables: &Documents<'b>,
    declaration_idx: usize,
    accepted: Accepted,
    law: &Law<'_>,
) -> Vec<Named<'b>> {
    let rows = &tables.declarations[declaration_idx];
    let head = &tables.heads[rows.head as usize];
    let licences = &tables.licences[rows.licences.start as usize..rows.licences.end as usize];
    let mut named: Vec<Named<'b>> = Vec::new();
    for row in licences.iter().filter(|row| row.code.value == SLIP && row.number.is_present()) {
        if named.iter().all(|known| known.claimed.number != row.number.value) {
            let place = Place::of(row, &row.number);
            named.push(Named { claimed: application(head, row.number.value, place), is_claimed: true });
        }
    }
    let signature = &tables.signatures[rows.signature as usize];
    if named.is_empty() && head.unified_number.is_present() {
        let day = accepted.at_or(|| declared_at(head, signature)).map(|moment| moment.date());
        if day.is_some_and(|day| law.rulebook.tables.statutory.is_kept_on(day)) {
            let place = Place::of(head, &head.unified_number);
            let claimed = application(head, head.unified_number.value, place);
            named.push(Named { claimed, is_claimed: false });
        }
    }
    named
}

/// Licence document code of the export clearance slip (出境货物通关单); case sensitive.
const SLIP: &str = "B";

/// An application may be filed by the declarant, the consignor or the owner, and under either code each has.
fn application<'b>(head: &DeclarationHead<'b>, number: &'b str, place: Place) -> Claimed<'b> {
    let holders = [
        head.agent_unified_code,
        head.agent_inspection_code,
        head.consignor_unified_code,
        head.consignor_inspection_code,
        head.owner_unified_code,
        head.owner_inspection_code,
    ];
    let mut keys = Vec::with_capacity(holders.len());
    for holder in holders.iter().filter(|holder| holder.is_present()) {
        let key = Key::new(NumberKind::Inspection, holder.value, number);
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    Claimed { number, place, keys }
}

/// When a declaration says it was made (ruling O4).
pub(crate) fn declared_at(head: &DeclarationHead<'_>, signature: &Signature<'_>) -> Option<DateTime> {
    signature.signed_at.date_time().or_else(|| head.pre_entry_date.date_time())
}

/// The certificates a declaration claims, each once (ruling D1).
fn claims<'b>(tables: &Documents<'b>, declaration_idx: usize) -> Vec<Claimed<'b>> {
    let rows = &tables.declarations[declaration_idx];
    let head = &tables.heads[rows.head as usize];
    let holders = [head.consignor_unified_code.value, head.owner_unified_code.value];
    let mut claims: Vec<Claimed<'b>> = Vec::new();
    let mut claim = |number: &'b str, place: Place| {
        let certificate = strip_claim_letter(number);
        if number.is_empty() || claims.iter().any(|known| known.number == certificate) {
            return;
        }
        claims.push(Claimed { number: certificate, place, keys: keys_of_claim(number, holders) });
    };
    for row in &tables.origin_mappings[rows.origin_mappings.start as usize..rows.origin_mappings.end as usize]
    {
        if row.document_type.value.starts_with('Y') {
            claim(row.document_number.value, Place::of(row, &row.document_number));
        }
    }
    for row in &tables.licences[rows.licences.start as usize..rows.licences.end as usize] {
        if row.code.value == "Y" {
            claim(row.number.value, Place::of(row, &row.number));
        }
    }
    claims
}

/// First under the consignor, then under the owner; the claim letter stripped, then as it stands.
fn keys_of_claim(number: &str, holders: [&str; 2]) -> Vec<Key> {
    let stripped = strip_claim_letter(number);
    let mut keys = Vec::with_capacity(4);
    for number in [stripped, number] {
        for holder in holders {
            let key = Key::new(NumberKind::Certificate, holder, number);
            if !holder.is_empty() && !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    keys
}

fn refused(
    rule: &'static str,
    what: model::finding::Words,
    mut evidence: model::finding::Evidence,
    position: u64,
) -> Entry<'static> {
    if !evidence.iter().any(|(name, _)| *name == "what") {
        evidence.insert(0, ("what", what.into()));
    }
    let place = Place::at(u32::try_from(position).unwrap_or(u32::MAX));
    let finding = Finding { rule: RuleId(rule), effect: Effect::Reject, place, evidence };
    Entry { kind: EntryKind::Refused, findings: vec![finding], echo: Arc::default() }
}

impl<'b> Document<'b> {
    fn refuse_for_fault(&mut self) {
        self.entry = refused("MSG-032", validate::PANICKED, Vec::new(), 0);
        self.keys.clear();
        self.claims.clear();
        self.applications.clear();
        self.about.clear();
        self.filing = None;
    }

    /// The document with all that reading it again needs.
    pub(crate) fn stored(&self) -> StoredDocument {
        StoredDocument { text: self.text.to_owned(), namespaces: self.raw.namespaces.clone() }
    }

    /// Whose law it is filed under.
    pub(crate) fn jurisdiction(&self) -> Jurisdiction {
        self.format.map_or(Jurisdiction::China, |format| format.jurisdiction())
    }

    /// Keys under which what it claims or names may be on file.
    fn keys_of_claims(&self) -> impl Iterator<Item = &Key> {
        let named = self.applications.iter().map(|named| &named.claimed);
        self.claims.iter().chain(named).flat_map(|claim| &claim.keys)
    }

    pub(crate) fn identity(&self) -> Option<&Identity<'b>> {
        match &self.entry.kind {
            EntryKind::Declaration { identity, .. }
            | EntryKind::Certificate { identity, .. }
            | EntryKind::Inspection { identity, .. }
            | EntryKind::Request { identity, .. } => Some(identity),
            EntryKind::Declined | EntryKind::Refused => None,
        }
    }
}
