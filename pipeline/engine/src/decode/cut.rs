//! Where each document of an entry starts and ends: ruling O5.
//!
//! An entry is read once, front to back, and held only from the start of the document at hand.
//! There are two levels. On *document level* stand prologues, documents and what is stray; inside *wrappers* stand
//! documents and elements of no interest. A top-level element that is no known root is taken for a wrapper until
//! it is closed without a document inside; then it is a document itself, and somebody else says that it is unknown.
//! Nothing that is found depends on where a read or a window ends.

mod inside;

use std::io;
use std::sync::Arc;

use memchr::memchr2;
use model::batch::{ContainerFault, Defect, EncodingFault, InputId, KnownRoot};
use model::batch::{Namespaces, RawBatch, RawDocument, RootKind};
use model::encoding::Encoding;
use model::limits::Limits;

use super::containers::{Bytes, Kind, kind};
use super::embedded::Embedded;
use super::feed::{Feed, Place, Text, is_white};
use super::prologue::{HEAD_BYTES, MARK, declaration_defect, encoding};
use super::root::{Finders, Root, RootEnd, Surroundings, quick_end, slow_end};
use super::token::{Opening, Token, opening, token};
use super::transcode;
use super::wrappers::{Names, Tag, Wrappers};

const ENTRY_START: Place = Place { offset: 0, line: 1, column: 1 };

/// Cuts one entry after the other.
pub(super) struct Cutter {
    feed: Feed,
    cut: Cut,
    /// Documents out of a Base64 value, being cut.
    embedded: Option<Box<Embedded>>,
}

/// Everything but the bytes.
pub(super) struct Cut {
    pub roots: &'static [KnownRoot],
    pub limits: Arc<Limits>,
    pub input: InputId,
    pub n_documents: u32,
    /// Where in the entry the Base64 value starts that these bytes came out of.
    pub embedded_at: Option<u64>,
    state: State,
    /// What its bytes are in; once decided it holds to the end of the entry.
    encoding: Encoding,
    at: u64,
    /// Where the entry starts to hold something.
    first: Place,
    /// An element has been seen.
    begun: bool,
    /// An outcome has named the break at which the entry ends.
    pub told_fault: bool,
    prologue: Option<Prologue>,
    /// The top-level element around here, as long as it may be a document of its own.
    top: Option<Top>,
    /// The document before was of a kind nobody knows, and nothing has begun a new one since.
    after_unknown: bool,
    /// What is wrong with the prologue of the top-level element around here, and so with all documents in it.
    top_defect: Option<Defect>,
    wrappers: Wrappers,
    names: Names,
    finders: Finders,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Opening,
    Cutting,
    Ended,
}

/// What stands before a root and belongs to it.
struct Prologue {
    start: Place,
    /// More than comments and instructions: without a root it is an outcome.
    declared: bool,
    defect: Option<Defect>,
}

struct Top {
    start: Place,
    defect: Option<Defect>,
    dropped: bool,
}

/// A piece to be handed out.
struct Piece {
    start: Place,
    end: u64,
    dropped: bool,
    namespaces: Option<Arc<Namespaces>>,
    defect: Option<Defect>,
}

impl Cutter {
    pub fn new(roots: &'static [KnownRoot], limits: Arc<Limits>, input: InputId) -> Cutter {
        let feed = Feed::new(limits.cut_bytes);
        Cutter { feed, cut: Cut::new(roots, limits, input), embedded: None }
    }

    /// The bytes come out of a Base64 value that starts there; numbers go on from `n_documents`.
    pub fn embedded(outer: &Cut, at: u64) -> Cutter {
        let mut cutter = Cutter::new(outer.roots, Arc::clone(&outer.limits), outer.input);
        cutter.cut.n_documents = outer.n_documents;
        cutter.cut.embedded_at = Some(at);
        cutter
    }

    /// Turns to the next entry of the same archive.
    pub fn renew(&mut self, input: InputId) {
        self.feed.renew();
        self.embedded = None;
        let cut = &mut self.cut;
        cut.input = input;
        cut.n_documents = 0;
        cut.state = State::Opening;
        cut.at = 0;
        cut.first = ENTRY_START;
        cut.begun = false;
        cut.told_fault = false;
        cut.prologue = None;
        cut.top = None;
        cut.after_unknown = false;
        cut.top_defect = None;
        cut.wrappers.clear();
    }

    /// What the buffer takes.
    #[cfg(test)]
    pub fn capacity(&self) -> usize {
        self.feed.capacity()
    }

    /// Whether an outcome has named the break at which the entry ended.
    pub fn told_fault(&self) -> bool {
        self.cut.told_fault
    }

    /// Documents handed out of this entry so far.
    pub fn n_documents(&self) -> u32 {
        self.cut.n_documents
    }

    /// Goes on by one piece, which may hand out a document; false at the end of the entry.
    pub fn step(&mut self, source: &mut dyn Bytes, window: &mut RawBatch) -> io::Result<bool> {
        if let Some(embedded) = &mut self.embedded {
            if !embedded.step(window)? {
                self.cut.n_documents = embedded.n_documents();
                self.embedded = None;
            }
            return Ok(true);
        }
        let text = &mut Text { feed: &mut self.feed, source };
        match self.cut.state {
            State::Opening => self.cut.open(text, window)?,
            State::Cutting if self.cut.wrappers.is_empty() => self.cut.document_level(text, window)?,
            State::Cutting => self.embedded = self.cut.wrapper_level(text, window)?,
            State::Ended => return Ok(false),
        }
        Ok(true)
    }
}

impl Cut {
    fn new(roots: &'static [KnownRoot], limits: Arc<Limits>, input: InputId) -> Cut {
        Cut {
            roots,
            limits,
            input,
            n_documents: 0,
            embedded_at: None,
            state: State::Opening,
            encoding: Encoding::Utf8,
            at: 0,
            first: ENTRY_START,
            begun: false,
            told_fault: false,
            prologue: None,
            top: None,
            after_unknown: false,
            top_defect: None,
            wrappers: Wrappers::default(),
            names: Names::default(),
            finders: Finders::default(),
        }
    }

    /// Decides on the first bytes whether this is an entry to cut.
    fn open(&mut self, text: &mut Text<'_>, window: &mut RawBatch) -> io::Result<()> {
        self.state = State::Cutting;
        let head = text.peek(0, HEAD_BYTES)?;
        let fault = match kind(head) {
            Kind::Other => None,
            Kind::Unread => Some(ContainerFault::Unread),
            Kind::Zstd | Kind::Zip | Kind::Tar => Some(ContainerFault::Nested),
        };
        if let Some(fault) = fault {
            return self.refuse_entry(text, window, Defect::Container { fault, position: 0 });
        }
        match encoding(head, self.limits.encodings) {
            Err(defect) => return self.refuse_entry(text, window, defect),
            Ok(encoding) => self.encoding = encoding,
        }
        text.transcode(self.encoding);
        if text.peek(0, 3)? == MARK {
            text.pass_mark(0);
            self.at = 3;
        }
        let start = self.at;
        let Some(first) = text.skip_white(start, u64::MAX, u64::MAX)? else {
            return self.finish(text, window);
        };
        (self.at, self.first) = (first, text.place(first));
        match text.byte(first)? {
            Some(b'<') if first > start && opening(text, first)? == Opening::Declaration => {
                self.refuse_entry(text, window, Defect::Declaration { position: 0 })
            }
            Some(b'<') => Ok(()),
            _ => self.refuse_entry(text, window, Defect::NotXml),
        }
    }

    /// One outcome for the whole entry, with its first bytes to show.
    fn refuse_entry(&mut self, text: &mut Text<'_>, window: &mut RawBatch, defect: Defect) -> io::Result<()> {
        self.state = State::Ended;
        let excerpt = text.peek(self.first.offset, self.limits.excerpt_bytes)?;
        let start = window.text.len();
        window.text.push_str(excerpt.utf8_chunks().next().map_or("", |chunk| chunk.valid()));
        self.push(window, self.first, start, None, Some(defect));
        Ok(())
    }

    /// The break at which the entry ended, to be told in an outcome that reaches `position` bytes up to there.
    fn fault(&mut self, text: &mut Text<'_>, position: u64) -> Option<Defect> {
        let fault = text.feed.fault.take()?;
        self.told_fault = true;
        Some(Defect::Container { fault, position })
    }

    fn document_level(&mut self, text: &mut Text<'_>, window: &mut RawBatch) -> io::Result<()> {
        let held = self.prologue.as_ref().map_or(u64::MAX, |prologue| prologue.start.offset);
        let limit = held.saturating_add(self.limits.cut_bytes);
        let Some(at) = text.skip_white(self.at, held, limit)? else {
            return match text.end() < limit {
                true => self.finish(text, window),
                false => self.end_prologue(text, window, limit),
            };
        };
        self.at = at;
        if text.byte(at)? != Some(b'<') {
            return match text.peek(at, 3)? == MARK {
                true => self.byte_order_mark(text, window),
                false => self.stray(text, window),
            };
        }
        let kind = opening(text, at)?;
        if kind == Opening::Doctype && !self.begun {
            let position = at - self.first.offset;
            return self.refuse_entry(text, window, Defect::Doctype { position });
        }
        let start = held.min(at);
        let limit = start.saturating_add(self.limits.cut_bytes);
        match token(text, at, limit)? {
            Token::Start { name_end, end, empty } => self.element(text, window, name_end, end, empty),
            Token::Comment { end } | Token::Instruction { end } => {
                self.extend_prologue(text, end);
                Ok(())
            }
            Token::Declaration { end } => self.declaration(text, window, end),
            Token::Doctype { end } => {
                self.extend_by_doctype(text, end);
                Ok(())
            }
            Token::Unfinished if text.end() < limit => self.unfinished(text, window, kind),
            Token::Unfinished if text.end() >= limit && start < at => self.end_prologue(text, window, at),
            Token::Unfinished | Token::Broken | Token::End { .. } | Token::Cdata { .. } => {
                self.stray(text, window)
            }
        }
    }

    /// The entry ends within the markup at `self.at`.
    fn unfinished(&mut self, text: &mut Text<'_>, window: &mut RawBatch, kind: Opening) -> io::Result<()> {
        if text.feed.fault.is_some() {
            return self.finish(text, window);
        }
        if !self.begun {
            let end = text.end() - self.first.offset;
            let position = self.at - self.first.offset;
            return match kind {
                Opening::Declaration => self.refuse_entry(text, window, Defect::Declaration { position }),
                _ => self.refuse_entry(text, window, Defect::Truncated { position: end }),
            };
        }
        match kind {
            Opening::Start => {
                let prologue = self.prologue.take();
                let (start, _) = self.begins(text, self.at, prologue);
                self.truncated(text, window, start);
                Ok(())
            }
            _ => self.stray(text, window),
        }
    }

    /// A start tag with which the entry ends: most of a document is missing.
    fn truncated(&mut self, text: &mut Text<'_>, window: &mut RawBatch, start: Place) {
        let end = text.end();
        let defect = Some(Defect::Truncated { position: end - start.offset });
        let namespaces = self.wrappers.scope().cloned();
        self.hand_out(text, window, Piece { start, end, dropped: false, namespaces, defect });
    }

    /// Takes what stands at `self.at` into the prologue of the next document.
    fn extend_prologue(&mut self, text: &mut Text<'_>, end: u64) -> &mut Prologue {
        let at = std::mem::replace(&mut self.at, end);
        self.prologue.get_or_insert_with(|| Prologue { start: text.place(at), declared: false, defect: None })
    }

    /// Takes the document type declaration at `self.at` into the prologue of the next document, which is refused for it.
    fn extend_by_doctype(&mut self, text: &mut Text<'_>, end: u64) {
        let at = self.at;
        let prologue = self.extend_prologue(text, end);
        prologue.declared = true;
        let position = at - prologue.start.offset;
        prologue.defect.get_or_insert(Defect::Doctype { position });
    }

    /// A declaration starts the next document's prologue here (ruling O5); what stands before it belongs to none.
    fn begin_prologue(&mut self, text: &mut Text<'_>, at: u64, end: u64) {
        self.prologue = None;
        self.after_unknown = false;
        self.at = at;
        let defect = self.judge_declaration(text.slice(at, end), 0);
        let prologue = self.extend_prologue(text, end);
        prologue.declared = true;
        prologue.defect = defect;
    }

    fn byte_order_mark(&mut self, text: &mut Text<'_>, window: &mut RawBatch) -> io::Result<()> {
        let at = self.at;
        if !self.begun {
            let position = at - self.first.offset;
            return self.refuse_entry(text, window, Defect::Prologue { position });
        }
        self.end_prologue(text, window, at)?;
        self.after_unknown = false;
        text.pass_mark(at);
        // The mark alone is no outcome; what follows it is the document's.
        self.at = at + 3;
        Ok(())
    }

    fn declaration(&mut self, text: &mut Text<'_>, window: &mut RawBatch, end: u64) -> io::Result<()> {
        let at = self.at;
        if !self.begun {
            let position = at - self.first.offset;
            let misplaced = self.prologue.is_some().then_some(Defect::Declaration { position });
            let defect = self.judge_declaration(text.slice(at, end), position).or(misplaced);
            if let Some(defect) = defect {
                return self.refuse_entry(text, window, defect);
            }
        }
        // A declaration before it is that of a document without a root.
        self.end_prologue(text, window, at)?;
        self.begin_prologue(text, at, end);
        Ok(())
    }

    pub(super) fn judge_declaration(&self, declaration: &[u8], position: u64) -> Option<Defect> {
        declaration_defect(declaration, position, self.encoding, self.limits.encodings)
    }

    /// A prologue that no root follows: an outcome when something was declared, else nothing.
    fn end_prologue(&mut self, text: &mut Text<'_>, window: &mut RawBatch, end: u64) -> io::Result<()> {
        let Some(prologue) = self.prologue.take() else {
            return Ok(());
        };
        if !self.begun {
            let position = end - self.first.offset;
            return self.refuse_entry(text, window, Defect::Prologue { position });
        }
        if prologue.declared {
            let defect = Some(prologue.defect.unwrap_or(Defect::NoRoot));
            let piece = Piece { start: prologue.start, end, dropped: false, namespaces: None, defect };
            self.hand_out(text, window, piece);
        }
        Ok(())
    }

    /// A start tag on document level or in a wrapper.
    fn element(
        &mut self,
        text: &mut Text<'_>,
        window: &mut RawBatch,
        name_end: u64,
        end: u64,
        empty: bool,
    ) -> io::Result<()> {
        self.begun = true;
        let at = std::mem::replace(&mut self.at, end);
        let tag = Tag { name: text.slice(at + 1, name_end), attributes: text.slice(name_end, end) };
        let known = tag.known(self.roots, self.wrappers.scope().map(Arc::as_ref));
        let is_document = known.is_some_and(|root| root.kind == RootKind::Document);
        if !is_document && !self.wrappers.is_empty() {
            self.leave_prologue(text, window, at);
        }
        let prologue = self.prologue.take();
        let tag = Tag { name: text.slice(at + 1, name_end), attributes: text.slice(name_end, end) };
        if is_document {
            self.top = None;
            let name = tag.name.to_vec();
            let (start, defect) = self.begins(text, at, prologue);
            return self.document(text, window, (start, end, empty), &name, defect);
        }
        if !empty {
            let (depth, bindings) = (self.limits.depth, self.limits.namespace_bindings);
            let outermost = self.wrappers.is_empty();
            self.wrappers.push(&tag, known, depth, bindings);
            if outermost {
                let (start, defect) = self.begins(text, at, prologue);
                self.top_defect.clone_from(&defect);
                self.top = Some(Top { start, defect, dropped: false });
            }
        } else if self.wrappers.is_empty() {
            let (start, defect) = self.begins(text, at, prologue);
            self.unknown(text, window, Piece { start, end, dropped: false, namespaces: None, defect });
        }
        Ok(())
    }

    /// Where a document starts whose root is at `at`: at its prologue, if it has one.
    fn begins(&self, text: &mut Text<'_>, at: u64, prologue: Option<Prologue>) -> (Place, Option<Defect>) {
        match prologue {
            Some(prologue) => (prologue.start, prologue.defect),
            None => (text.place(at), None),
        }
    }

    /// A known root: finds its end and hands it out.
    fn document(
        &mut self,
        text: &mut Text<'_>,
        window: &mut RawBatch,
        (start, tag_end, empty): (Place, u64, bool),
        name: &[u8],
        defect: Option<Defect>,
    ) -> io::Result<()> {
        let root = Root { start: start.offset, tag_end, name };
        let found = match empty {
            true => RootEnd { end: tag_end, closed: true, dropped: false, at_entry_end: false },
            false => self.end_of(text, &root)?,
        };
        let length = found.end - start.offset;
        let depth = self.wrappers.names.depth();
        let limit = self.limits.depth as u64;
        let too_deep = (depth > limit).then_some(Defect::TooDeep { depth, limit });
        let cut_off = (!found.closed).then_some(Defect::Truncated { position: length });
        let broken = if found.at_entry_end { self.fault(text, length) } else { None };
        let inherited = self.top_defect.clone();
        let piece = Piece {
            start,
            end: found.end,
            dropped: found.dropped,
            namespaces: self.wrappers.scope().cloned(),
            defect: broken.or(defect).or(inherited).or(too_deep).or(cut_off),
        };
        self.hand_out(text, window, piece);
        Ok(())
    }

    fn end_of(&mut self, text: &mut Text<'_>, root: &Root<'_>) -> io::Result<RootEnd> {
        if let Some(end) = quick_end(text, root, &mut self.finders, &self.limits)? {
            return Ok(end);
        }
        let around = Surroundings {
            roots: self.roots,
            scope: self.wrappers.scope().map(Arc::as_ref),
            wrappers: &self.wrappers.names,
            limits: &self.limits,
        };
        slow_end(text, root, &around, &mut self.names)
    }

    /// What cannot stand on document level: text, loose end tags, unfinished markup. One outcome for the stretch.
    fn stray(&mut self, text: &mut Text<'_>, window: &mut RawBatch) -> io::Result<()> {
        if !self.begun {
            let position = self.at - self.first.offset;
            return self.refuse_entry(text, window, Defect::Prologue { position });
        }
        self.end_prologue(text, window, self.at)?;
        let start = text.place(self.at);
        let last = start.offset.saturating_add(self.limits.cut_bytes);
        let mut end = self.at;
        let mut dropped = false;
        loop {
            let (hold, limit) = if dropped { (u64::MAX, u64::MAX) } else { (start.offset, last) };
            let Some(at) = text.skip_white(self.at, hold, limit)? else {
                break;
            };
            let token_limit = limit.min(at.saturating_add(self.limits.cut_bytes));
            let hides = if at == start.offset { 0 } else { self.limits.document_bytes };
            let Some(next) = stray_end(text, at, token_limit, hides)? else {
                break;
            };
            (self.at, end) = (next, next);
            dropped |= next == last && goes_on(text, last)?;
            if dropped {
                text.release(next);
            }
        }
        let piece = Piece { start, end, dropped, namespaces: None, defect: Some(Defect::Stray) };
        self.hand_out(text, window, piece);
        Ok(())
    }

    /// The entry has ended on document level, or broken off there.
    fn finish(&mut self, text: &mut Text<'_>, window: &mut RawBatch) -> io::Result<()> {
        let end = text.end();
        let rest = self.at.min(end);
        let start = self.prologue.as_ref().map_or_else(|| text.place(rest), |prologue| prologue.start);
        if let Some(defect) = self.fault(text, end - start.offset) {
            let piece = Piece { start, end, dropped: false, namespaces: None, defect: Some(defect) };
            self.hand_out(text, window, piece);
        } else if self.prologue.is_none() && !self.begun {
            let at = window.text.len();
            self.push(window, ENTRY_START, at, None, Some(Defect::Empty));
        } else if !self.begun {
            return self.refuse_entry(text, window, Defect::NoRoot);
        } else {
            self.end_prologue(text, window, end)?;
        }
        self.state = State::Ended;
        Ok(())
    }

    /// A top-level element of no known name, with no document inside. Messages may follow one another, but two roots of
    /// which nobody knows that they are messages are no well-formed XML (reliability.md X3).
    fn unknown(&mut self, text: &mut Text<'_>, window: &mut RawBatch, mut piece: Piece) {
        if self.after_unknown {
            piece.defect.get_or_insert(Defect::SecondRoot);
        }
        self.hand_out(text, window, piece);
        self.after_unknown = true;
    }

    /// Copies a piece into the window and lets go of it.
    fn hand_out(&mut self, text: &mut Text<'_>, window: &mut RawBatch, piece: Piece) {
        let start = window.text.len();
        let Piece { start: place, end, dropped, namespaces, mut defect } = piece;
        let (length, limit) = (end - place.offset, self.limits.cut_bytes);
        if dropped || length > limit {
            let broken = defect.filter(|defect| matches!(defect, Defect::Container { .. }));
            defect = Some(broken.unwrap_or(Defect::TooLarge { bytes: length, limit }));
        } else {
            let (text, found) = checked(text.slice(place.offset, end), self.encoding);
            window.text.push_str(text);
            defect = defect.or(found);
        }
        self.push(window, place, start, namespaces, defect);
        text.release(end);
        self.at = self.at.max(end).max(text.start());
    }

    /// Lists the document whose bytes have been appended to the window from `start` on.
    fn push(
        &mut self,
        window: &mut RawBatch,
        place: Place,
        start: usize,
        namespaces: Option<Arc<Namespaces>>,
        defect: Option<Defect>,
    ) {
        self.n_documents = self.n_documents.saturating_add(1);
        self.after_unknown = false;
        window.documents.push(RawDocument {
            input: self.input,
            document: self.n_documents,
            offset: self.embedded_at.unwrap_or(place.offset),
            line: place.line,
            column: place.column,
            embedded: self.embedded_at.is_some(),
            range: start..window.text.len(),
            namespaces,
            defect,
        });
    }
}

/// Where the stray piece ends that stands at `at`; none when something proper begins there, or may begin: markup of which
/// less than `hides` bytes can be seen before the limit. Proper markup is never longer than a document.
fn stray_end(text: &mut Text<'_>, at: u64, limit: u64, hides: u64) -> io::Result<Option<u64>> {
    if text.byte(at)? != Some(b'<') {
        return stray_text_end(text, at, limit);
    }
    Ok(match token(text, at, limit)? {
        Token::End { end, .. } | Token::Cdata { end } => Some(end),
        Token::Unfinished if text.end() >= limit && limit - at < hides => None,
        Token::Broken | Token::Unfinished => Some(at + 1),
        _ => None,
    })
}

/// Whether stray text goes on at `at`, without white space or markup between.
fn goes_on(text: &mut Text<'_>, at: u64) -> io::Result<bool> {
    Ok(match text.peek(at, 3)? {
        [] | [b'<', ..] => false,
        next => !is_white(next[0]) && next != MARK,
    })
}

/// Where text ends that is neither white nor markup, at the latest at the limit or after what has been read.
fn stray_text_end(text: &mut Text<'_>, at: u64, limit: u64) -> io::Result<Option<u64>> {
    if text.peek(at, 3)? == MARK {
        return Ok(None);
    }
    let rest = text.slice(at, text.end().min(limit));
    let end = memchr2(b'<', MARK[0], &rest[1..]).map_or(rest.len(), |found| found + 1);
    let words = rest[..end].trim_ascii_end().len();
    Ok(Some(at + words.max(1) as u64))
}

/// Text, checked here and nowhere else: as far as it is good, and what is wrong with it.
fn checked(bytes: &[u8], encoding: Encoding) -> (&str, Option<Defect>) {
    let (text, defect) = match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => (text, None),
        // The quick check does not say where.
        Err(_) => {
            let good = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
            let position = good.len() as u64;
            let defect = match encoding {
                Encoding::Utf8 => Defect::Utf8 { position },
                _ => Defect::Undecodable { encoding, position },
            };
            (good, Some(defect))
        }
    };
    if encoding == Encoding::Gb18030 && transcode::is_utf8_in_disguise(text) {
        let declared = encoding.name().to_owned();
        return (text, Some(Defect::Encoding { fault: EncodingFault::Disagreeing, declared }));
    }
    (text, defect)
}
