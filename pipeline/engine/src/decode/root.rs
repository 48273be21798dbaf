//! Where a document ends that begins with a known root.
//!
//! Two ways to the same answer.
//! The quick one takes the first end tag of the root's name that no comment, CDATA section or instruction hides,
//! unless a second start tag of that name comes first.
//! The slow one reads tag by tag. It trusts the document while its tags match, so that inside a known root
//! nothing is a root. Once a tag does not match the document is broken, and it ends at its own root's end tag or
//! at the next known root, whichever comes first (ruling O5). Whether an inner known root was a field or the next
//! document is often seen only later, so the first one that may be a document is remembered until its parent is
//! closed properly.

use std::io;

use memchr::memchr2_iter;
use memchr::memmem::Finder;
use model::batch::{KnownRoot, Namespaces};
use model::limits::Limits;

use super::feed::Text;
use super::token::{Token, ends_name, token};
use super::wrappers::{Names, Tag};

/// How far the quick way looks: beyond it a document is rare, and a vain search would be dear.
const QUICK_BYTES: u64 = 256 * 1024;

/// Names for which a prepared search is kept; batches mix two or three.
const KEPT_FINDERS: usize = 8;

/// The start of a document, its start tag read.
pub(super) struct Root<'a> {
    /// Where the document starts: at its prologue.
    pub start: u64,
    /// Where its start tag ends.
    pub tag_end: u64,
    /// The root's name as written.
    pub name: &'a [u8],
}

/// Where a document ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RootEnd {
    pub end: u64,
    /// By its own end tag.
    pub closed: bool,
    /// It is larger than may be held, and its beginning has been let go.
    pub dropped: bool,
    /// The entry ended first.
    pub at_entry_end: bool,
}

/// What the slow way knows besides the bytes.
pub(super) struct Surroundings<'a> {
    pub roots: &'static [KnownRoot],
    pub scope: Option<&'a Namespaces>,
    pub wrappers: &'a Names,
    pub limits: &'a Limits,
}

/// Prepared searches for the names of roots.
#[derive(Default)]
pub(super) struct Finders {
    kept: Vec<Finder<'static>>,
}

impl Finders {
    fn of(&mut self, name: &[u8]) -> &Finder<'static> {
        match self.kept.iter().position(|finder| finder.needle() == name) {
            Some(at) => &self.kept[at],
            None => {
                if self.kept.len() >= KEPT_FINDERS {
                    self.kept.remove(0);
                }
                self.kept.push(Finder::new(name).into_owned());
                &self.kept[self.kept.len() - 1]
            }
        }
    }
}

/// The quick way; none when the slow one must decide.
pub(super) fn quick_end(
    text: &mut Text<'_>,
    root: &Root<'_>,
    finders: &mut Finders,
    limits: &Limits,
) -> io::Result<Option<RootEnd>> {
    let limit = root.start + QUICK_BYTES.min(limits.cut_bytes);
    let finder = finders.of(root.name);
    let mut at = root.tag_end;
    while let Some(found) = text.find(finder, at, limit)? {
        if let Some(hiding) = hiding_markup(text.slice(at, found)) {
            match token(text, at + hiding, limit)? {
                Token::Comment { end } | Token::Cdata { end } | Token::Instruction { end } => at = end,
                _ => return Ok(None),
            }
            continue;
        }
        let before = text.slice(found - 2, found);
        let (starts, ends) = (before[1] == b'<', before == b"</");
        at = found + root.name.len() as u64;
        if !starts && !ends {
            continue;
        }
        match text.byte(at)? {
            Some(b'>') if ends && at < limit => {
                return Ok(Some(RootEnd { end: at + 1, closed: true, dropped: false, at_entry_end: false }));
            }
            Some(byte) if ends_name(byte) => return Ok(None),
            _ => {}
        }
    }
    Ok(None)
}

/// Where there is a `<!` or a `<?`, which may hide what follows.
fn hiding_markup(body: &[u8]) -> Option<u64> {
    let found = memchr2_iter(b'!', b'?', body).find(|&at| at > 0 && body[at - 1] == b'<')?;
    Some(found as u64 - 1)
}

/// The slow way, tag by tag.
pub(super) fn slow_end(
    text: &mut Text<'_>,
    root: &Root<'_>,
    around: &Surroundings<'_>,
    names: &mut Names,
) -> io::Result<RootEnd> {
    names.clear();
    names.push(root.name, around.limits.depth);
    let mut scan = Scan { root, around, names, at: root.tag_end, broken: false, inner: None, dropped: false };
    loop {
        if let Some(end) = scan.step(text)? {
            return Ok(end);
        }
    }
}

struct Scan<'a> {
    root: &'a Root<'a>,
    around: &'a Surroundings<'a>,
    names: &'a mut Names,
    at: u64,
    /// A tag did not match or markup was not finished.
    broken: bool,
    /// The first inner known root that may be the next document.
    inner: Option<Inner>,
    dropped: bool,
}

#[derive(Clone, Copy)]
struct Inner {
    at: u64,
    /// Elements open around it.
    level: usize,
    /// It declares a namespace or holds elements, as no field does.
    is_document: bool,
    /// It has the name of the document around it, as no field does that is cut off within its text.
    is_own_kind: bool,
}

impl Scan<'_> {
    /// Reads one piece of markup.
    fn step(&mut self, text: &mut Text<'_>) -> io::Result<Option<RootEnd>> {
        let limit = self.limit();
        let hold = match (self.dropped, self.inner) {
            (false, _) => self.root.start,
            (true, Some(inner)) => inner.at,
            (true, None) => u64::MAX,
        };
        let Some(at) = text.seek(b'<', self.at, hold, limit)? else {
            return Ok(self.run_out(text, limit));
        };
        text.pass(at.min(hold));
        let token_limit = limit.min(at.saturating_add(self.around.limits.cut_bytes));
        match token(text, at, token_limit)? {
            Token::Unfinished if text.end() >= limit => return Ok(self.run_out(text, limit)),
            Token::Unfinished | Token::Broken => self.pass_broken(at + 1),
            Token::Comment { end } | Token::Cdata { end } | Token::Instruction { end } => self.at = end,
            Token::Declaration { end } | Token::Doctype { end } => self.pass_broken(end),
            Token::Start { name_end, end, empty } => self.start(text, at, name_end, end, empty),
            Token::End { name_end, end } => {
                self.at = end;
                let name = text.slice(at + 2, name_end);
                if let Some(end) = self.end(name, at, end) {
                    return Ok(Some(end));
                }
            }
        }
        Ok(self.next_document())
    }

    /// How far markup may reach before a decision is due.
    fn limit(&self) -> u64 {
        let of_document = match self.dropped {
            true => u64::MAX,
            false => self.root.start.saturating_add(self.around.limits.cut_bytes),
        };
        of_document.min(self.inner_limit())
    }

    /// A field's parent is closed within the same document, so within its size. What holds only text so far may
    /// be Base64, and longer.
    fn inner_limit(&self) -> u64 {
        let limits = self.around.limits;
        self.inner.map_or(u64::MAX, |inner| match inner.is_document {
            true => inner.at.saturating_add(limits.document_bytes),
            false => inner.at.saturating_add(limits.cut_bytes),
        })
    }

    /// Nothing more before the limit, or at all.
    fn run_out(&mut self, text: &Text<'_>, limit: u64) -> Option<RootEnd> {
        if text.end() < limit {
            return Some(match self.inner.filter(|inner| inner.is_document || inner.is_own_kind) {
                Some(inner) => self.cut_off(inner.at),
                None => RootEnd { at_entry_end: true, ..self.cut_off(text.end()) },
            });
        }
        match self.inner {
            Some(inner) if limit == self.inner_limit() && inner.is_document => {
                return Some(self.cut_off(inner.at));
            }
            Some(_) if limit == self.inner_limit() => self.inner = None,
            _ => self.dropped = true,
        }
        None
    }

    fn pass_broken(&mut self, to: u64) {
        self.broken = true;
        self.at = to;
    }

    fn start(&mut self, text: &Text<'_>, at: u64, name_end: u64, end: u64, empty: bool) {
        self.at = end;
        if let Some(inner) = &mut self.inner {
            // The tag after an inner root's own is a start tag: it holds elements.
            inner.is_document = true;
        } else {
            let tag = Tag { name: text.slice(at + 1, name_end), attributes: text.slice(name_end, end) };
            let known = tag.known(self.around.roots, self.around.scope).is_some();
            let is_document = known && tag.declares_namespace();
            if known && (is_document || !empty) {
                let is_own_kind = tag.name == self.root.name;
                self.inner = Some(Inner { at, level: self.names.len(), is_document, is_own_kind });
            }
        }
        let name = text.slice(at + 1, name_end);
        if !empty && !self.names.push(name, self.around.limits.depth) {
            self.broken |= self.inner.is_some();
        }
    }

    fn end(&mut self, name: &[u8], at: u64, end: u64) -> Option<RootEnd> {
        if self.inner.is_some_and(|inner| !inner.is_document) {
            // Only text before the end tag: a field.
            self.inner = None;
        }
        let own = name == self.root.name;
        if !own && self.names.close_deeper() {
            return None;
        }
        let open = self.names.position(name);
        if open.is_some_and(|open| open + 1 == self.names.len())
            && self.names.depth() == self.names.len() as u64
        {
            self.names.truncate(self.names.len() - 1);
            if self.names.is_empty() {
                return Some(RootEnd { end, closed: true, dropped: self.dropped, at_entry_end: false });
            }
            if self.inner.is_some_and(|inner| self.names.len() < inner.level) {
                self.inner = None;
            }
            return None;
        }
        self.broken = true;
        if self.inner.is_some() {
            return None;
        }
        match open {
            _ if own => Some(RootEnd { end, closed: true, dropped: self.dropped, at_entry_end: false }),
            Some(open) => {
                self.names.truncate(open);
                None
            }
            // A wrapper is closed, so the document never will be.
            None => self.around.wrappers.position(name).map(|_| self.cut_off(at)),
        }
    }

    /// The end before an inner root, once that is the next document.
    fn next_document(&self) -> Option<RootEnd> {
        let inner = self.inner.filter(|inner| self.broken && inner.is_document)?;
        Some(self.cut_off(inner.at))
    }

    fn cut_off(&self, end: u64) -> RootEnd {
        RootEnd { end, closed: false, dropped: self.dropped, at_entry_end: false }
    }
}
