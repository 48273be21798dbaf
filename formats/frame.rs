//! Reading a document, whatever the message: rows begun and closed, what is wrong with it found, what is not decided
//! declined. A message adds only what makes it differ from others.

use crate::answer::{Answer, Echo};
use crate::request::{Ask, Laid, Request, Written};
use crate::xml::row::{self, Gathering, RowMap};
use crate::xml::{Malformed, Reader, Tag};
use crate::{Derived, Entry, EntryKind, Format, Identity, Root, Scratch};
use model::documents::{CertificateRows, DeclarationRows, Documents, InspectionRows, Kind, Visit};
use model::finding::{Effect, Evidence, Finding, Place, RuleId, Words};
use model::jurisdiction::Jurisdiction;
use model::limits::Limits;
use model::text::Record;
use std::sync::Arc;

/// What makes a message differ from others. Whoever is one is a [`Format`].
pub trait Message: Sync {
    /// The kind of document it is read into.
    type Kind: Filed;
    /// Stable name, in every decision.
    const NAME: &'static str;
    /// Whose law its documents are filed under.
    const JURISDICTION: Jurisdiction = Jurisdiction::China;
    /// Its answers tell findings one by one.
    const TELLS_FINDINGS: bool = false;
    /// The rule on an element it does not know, and what that asks for.
    const UNKNOWN_ELEMENT: (RuleId, Effect) = (RuleId("MSG-008"), Effect::Warn);
    /// Its roots.
    const ROOTS: &'static [Root];
    /// The elements it reads, field by field.
    const ROWS: &'static [&'static RowMap];
    /// Fields it fills otherwise than from an element of their own.
    const DERIVED: &'static [Derived] = &[];
    /// Elements that may stand more than once under their parent.
    const REPEATED: &'static [&'static str];

    /// Reads what is in the root, up to its end, into the rows begun last: mostly [`row::parts`].
    fn read<'b>(
        reader: &mut Reader<'b>,
        root: Tag<'b>,
        into: &mut Documents<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed>;

    /// Undoes what is peculiar to the wire, once all is read.
    fn straighten(_into: &mut Documents<'_>, _rows: &Self::Kind) {}

    /// What its answer repeats, as far as it could be read.
    fn echo(from: &Documents<'_>, rows: &Self::Kind) -> Echo;

    /// The request about a declaration on file that it is, if it is one.
    fn request<'b>(_from: &Documents<'b>, _rows: &Self::Kind) -> Option<Request<'b>> {
        None
    }

    /// Lays a request over the declaration it is about; none when it cannot.
    fn lay(_ask: Ask, _request: Written<'_>, _declaration: Written<'_>, _limits: &Limits) -> Option<Laid> {
        None
    }

    /// Why it is not decided, though it can be read (ruling K8).
    fn declined(from: &Documents<'_>, rows: &Self::Kind) -> Option<Declined>;

    /// Who filed it, under which numbers (rulings 1).
    fn identity<'b>(from: &Documents<'b>, rows: &Self::Kind) -> Identity<'b>;

    /// Finds what else is wrong with it as a message.
    fn check(_from: &Documents<'_>, _rows: &Self::Kind, _findings: &mut Vec<Finding>) {}

    /// Writes what the sender is told.
    fn answer(answer: &Answer<'_>, into: &mut Vec<u8>);
}

/// Why a document is not decided, and where that stands.
#[derive(Debug)]
pub struct Declined {
    /// The reason.
    pub why: Words,
    /// The value that says so.
    pub place: Place,
    /// That value.
    pub evidence: Evidence,
}

/// A kind of document, and what the pipeline calls it.
pub trait Filed: Kind {
    /// The document with this number among its kind.
    fn filed(document_idx: usize, identity: Identity<'_>) -> EntryKind<'_>;
}

impl Filed for DeclarationRows {
    fn filed(declaration_idx: usize, identity: Identity<'_>) -> EntryKind<'_> {
        EntryKind::Declaration { declaration_idx, identity }
    }
}

impl Filed for CertificateRows {
    fn filed(certificate_idx: usize, identity: Identity<'_>) -> EntryKind<'_> {
        EntryKind::Certificate { certificate_idx, identity }
    }
}

impl Filed for InspectionRows {
    fn filed(inspection_idx: usize, identity: Identity<'_>) -> EntryKind<'_> {
        EntryKind::Inspection { inspection_idx, identity }
    }
}

impl<M: Message> Format for M {
    fn name(&self) -> &'static str {
        M::NAME
    }

    fn jurisdiction(&self) -> Jurisdiction {
        M::JURISDICTION
    }

    fn roots(&self) -> &'static [Root] {
        M::ROOTS
    }

    fn parse<'b>(
        &self,
        reader: &mut Reader<'b>,
        root: Tag<'b>,
        into: &mut Documents<'b>,
        scratch: &mut Scratch,
    ) -> Entry<'b> {
        let mut gathering =
            Gathering { content: &mut scratch.content, scripts: &mut scratch.scripts, unknown: Vec::new() };
        let mut rows = M::Kind::begin(into);
        let read = M::read(reader, root, into, &mut gathering).and_then(|()| reader.finish());
        rows.end(into);
        M::straighten(into, &rows);
        let echo = Arc::new(M::echo(into, &rows));
        if let Err(malformed) = read {
            return Entry { echo, ..Entry::refused(malformed) };
        }
        if let Some(request) = M::request(into, &rows) {
            let mut findings = row::unknown_elements(&gathering.unknown, M::UNKNOWN_ELEMENT, reader);
            rows.visit(into, &mut Misshapen(&mut findings));
            return Entry {
                kind: EntryKind::Request { request, identity: M::identity(into, &rows) },
                findings,
                echo,
            };
        }
        if let Some(Declined { why, place, evidence }) = M::declined(into, &rows) {
            return Entry { echo, ..Entry::declined(why, place, evidence) };
        }
        let identity = M::identity(into, &rows);
        let mut findings = row::unknown_elements(&gathering.unknown, M::UNKNOWN_ELEMENT, reader);
        rows.visit(into, &mut Misshapen(&mut findings));
        M::check(into, &rows, &mut findings);
        Entry { kind: M::Kind::filed(rows.keep(into), identity), findings, echo }
    }

    fn rows(&self) -> &'static [&'static RowMap] {
        M::ROWS
    }

    fn derived(&self) -> &'static [Derived] {
        M::DERIVED
    }

    fn repeated(&self) -> &'static [&'static str] {
        M::REPEATED
    }

    fn tells_findings(&self) -> bool {
        M::TELLS_FINDINGS
    }

    fn lay(&self, ask: Ask, request: Written<'_>, declaration: Written<'_>, limits: &Limits) -> Option<Laid> {
        M::lay(ask, request, declaration, limits)
    }

    fn answer(&self, answer: &Answer<'_>, into: &mut Vec<u8>) {
        M::answer(answer, into);
    }
}

/// Finds values that are no number or no date where one is asked for.
struct Misshapen<'f>(&'f mut Vec<Finding>);

impl<'b> Visit<'b> for Misshapen<'_> {
    fn rows<R: Record<'b>>(&mut self, rows: &[R]) {
        row::misshapen(rows, self.0);
    }
}
