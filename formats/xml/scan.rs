//! The quick way through an ordinary document: elements without attributes, values without surprises.
//!
//! Messages are nearly all `<Name>value</Name>` in one namespace. This scanner reads exactly that and nothing else; at
//! anything it does not know (attributes, prefixes, comments, CDATA, declarations, character references, carriage returns,
//! a tag that does not match) it is unsure, and the document is read again from its start by the thorough reader, which
//! alone says what is wrong. So it never refuses and never decides what is well-formed beyond the shapes it knows; a test
//! holds its nodes against the thorough reader's on specimens and on mutations of them.

use super::fault::Fault;
use super::kept::Keeper;
use super::{DEPTH_MAX, NAME_BYTES_MAX, Node, TEXT_VALUE_BYTES_MAX, Tag, is_blank, trim};
use model::finding::Words;

/// The scanner met something it does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unsure;

/// Ends the quick reading; never told to anybody, since the thorough reader speaks for it.
pub(super) const NOT_SURE: &Fault =
    &Fault { rule: "MSG-001", what: Words { zh: "需要逐字细读", en: "to be read again, thoroughly" } };

/// References expanded before the thorough reader is asked, which counts them against their limit.
const REFERENCES_MAX: u32 = 1_000;

/// Reads from behind the root's start tag.
pub(super) struct Scanner<'b> {
    text: &'b str,
    at: usize,
    /// Names of the open elements, the root first.
    open: Vec<&'b str>,
    n_references: u32,
}

#[derive(Clone, Copy)]
struct Pending<'b> {
    tag: Tag<'b>,
    is_empty: bool,
}

impl<'b> Scanner<'b> {
    /// Goes on behind the start tag of a root of this name.
    pub fn new(text: &'b str, at: usize, root: &'b str) -> Self {
        let mut open = Vec::with_capacity(8);
        open.push(root);
        Scanner { text, at, open, n_references: 0 }
    }

    /// What comes next.
    #[inline]
    pub fn next(&mut self, keeper: &mut Keeper<'b>) -> Result<Node<'b>, Unsure> {
        self.skip_blanks();
        match self.byte(0) {
            Some(b'<') if self.byte(1) == Some(b'/') => self.close(),
            Some(b'<') if !self.open.is_empty() => {
                let pending = self.start_tag()?;
                self.content(pending, keeper)
            }
            None if self.open.is_empty() => Ok(Node::End),
            _ => Err(Unsure),
        }
    }

    /// The value of the next element, if that is a plain one of exactly this name; else nothing is read.
    ///
    /// What comes next in a message is nearly always what came next in the last one, so the name is compared, not read.
    #[inline]
    pub fn leaf(&mut self, name: &str) -> Option<(u32, &'b str)> {
        self.skip_blanks();
        let bytes = self.text.as_bytes();
        let after = self.at + 1 + name.len();
        if self.byte(0) != Some(b'<') || bytes.get(self.at + 1..after)? != name.as_bytes() {
            return None;
        }
        let offset = self.at as u32;
        match (bytes.get(after)?, bytes.get(after + 1)) {
            (b'>', _) => {
                let from = after + 1;
                let end = from + memchr::memchr2(b'<', b'&', &bytes[from..])?;
                let close = bytes.get(end..end + name.len() + 3)?;
                let is_closed = close.starts_with(b"</") && close.ends_with(b">");
                if !is_closed
                    || &close[2..2 + name.len()] != name.as_bytes()
                    || end - from > TEXT_VALUE_BYTES_MAX
                {
                    return None;
                }
                self.at = end + name.len() + 3;
                Some((offset, trim(&self.text[from..end])))
            }
            (b'/', Some(b'>')) => {
                self.at = after + 2;
                Some((offset, ""))
            }
            _ => None,
        }
    }

    /// The value or the elements behind a start tag.
    #[inline]
    fn content(&mut self, opened: Pending<'b>, keeper: &mut Keeper<'b>) -> Result<Node<'b>, Unsure> {
        if opened.is_empty {
            return Ok(Node::Leaf(opened.tag, ""));
        }
        let from = self.at;
        let rest = &self.text.as_bytes()[from..];
        let mut len = memchr::memchr2(b'<', b'&', rest).ok_or(Unsure)?;
        let has_reference = rest[len] == b'&';
        if has_reference {
            len += memchr::memchr(b'<', &rest[len..]).ok_or(Unsure)?;
        }
        let value = &self.text[from..from + len];
        self.at = from + len;
        if self.byte(1) == Some(b'/') {
            self.end_tag(opened.tag.name)?;
            if len > TEXT_VALUE_BYTES_MAX {
                return Err(Unsure);
            }
            let value = if has_reference { self.expanded(value, keeper)? } else { trim(value) };
            return Ok(Node::Leaf(opened.tag, value));
        }
        // The root is open, then this element, and its child would be one deeper still.
        if !is_blank(value) || self.open.len() + 2 > DEPTH_MAX as usize {
            return Err(Unsure);
        }
        // The first child's start tag is left for the next call; only an element may come here.
        if !self.byte(1).is_some_and(|byte| IS_NAME[byte as usize]) {
            return Err(Unsure);
        }
        self.open.push(opened.tag.name);
        Ok(Node::Open(opened.tag))
    }

    /// `<Name>` or `<Name/>`: letters, digits and `_`, no attributes.
    #[inline]
    fn start_tag(&mut self) -> Result<Pending<'b>, Unsure> {
        let name_from = self.at + 1;
        let rest = &self.text.as_bytes()[name_from..];
        let len = rest.iter().position(|&byte| !IS_NAME[byte as usize]).ok_or(Unsure)?;
        if len == 0 || len > NAME_BYTES_MAX || rest[0].is_ascii_digit() {
            return Err(Unsure);
        }
        let tag = Tag { name: &self.text[name_from..name_from + len], offset: self.at as u32 };
        match (rest[len], rest.get(len + 1)) {
            (b'>', _) => {
                self.at = name_from + len + 1;
                Ok(Pending { tag, is_empty: false })
            }
            (b'/', Some(b'>')) => {
                self.at = name_from + len + 2;
                Ok(Pending { tag, is_empty: true })
            }
            _ => Err(Unsure),
        }
    }

    /// `</Name>` for exactly this name.
    #[inline]
    fn end_tag(&mut self, name: &str) -> Result<(), Unsure> {
        let end = self.at + 2 + name.len();
        let bytes = self.text.as_bytes();
        if bytes.get(self.at + 2..end) != Some(name.as_bytes()) || bytes.get(end) != Some(&b'>') {
            return Err(Unsure);
        }
        self.at = end + 1;
        Ok(())
    }

    fn close(&mut self) -> Result<Node<'b>, Unsure> {
        let name = self.open.pop().ok_or(Unsure)?;
        self.end_tag(name)?;
        Ok(Node::Close)
    }

    /// A value, trimmed, with its references expanded.
    fn expanded(&mut self, raw: &'b str, keeper: &mut Keeper<'b>) -> Result<&'b str, Unsure> {
        let mut pieces = raw.split('&');
        let mut value = String::with_capacity(raw.len());
        value.push_str(pieces.next().unwrap_or(""));
        for piece in pieces {
            let (name, after) = piece.split_once(';').ok_or(Unsure)?;
            value.push(match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                _ => return Err(Unsure),
            });
            value.push_str(after);
            self.n_references += 1;
        }
        if self.n_references > REFERENCES_MAX { Err(Unsure) } else { Ok(keeper.keep(trim(&value))) }
    }

    #[inline]
    fn skip_blanks(&mut self) {
        while matches!(self.byte(0), Some(b' ' | b'\n' | b'\t')) {
            self.at += 1;
        }
    }

    #[inline]
    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }
}

/// ASCII letters, digits and `_`: all names of the messages are made of these.
static IS_NAME: [bool; 256] = {
    let mut is_name = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        is_name[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_';
        byte += 1;
    }
    is_name
};
