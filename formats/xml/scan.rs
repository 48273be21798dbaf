//! The quick way through an ordinary document: elements without attributes, values without surprises.
//!
//! Messages are nearly all `<Name>value</Name>` in one namespace. This scanner reads exactly that and nothing else; at
//! anything it does not know (attributes, prefixes, comments, CDATA, declarations, character references, control
//! characters, a tag that does not match) it is unsure, and the document is read again from its start by the thorough reader, which
//! alone says what is wrong. So it never refuses and never decides what is well-formed beyond the shapes it knows; a test
//! holds its nodes against the thorough reader's on specimens and on mutations of them.

use super::fault::Fault;
use super::kept::Keeper;
use super::{
    ATTRIBUTE_VALUE_BYTES_MAX, DEPTH_MAX, NAME_BYTES_MAX, Node, TEXT_VALUE_BYTES_MAX, Tag, XML_NAMESPACE,
    XMLNS, XMLNS_NAMESPACE, trim,
};
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
    /// The prefix of all names, with its colon; empty when they have none.
    prefix: &'b str,
    /// Names of the open elements, the root first.
    open: Vec<&'b str>,
    /// The blanks between elements that were met last: those met next are mostly the same.
    gap: Pattern,
    n_references: u32,
}

#[derive(Clone, Copy)]
struct Pending<'b> {
    tag: Tag<'b>,
    is_empty: bool,
}

impl<'b> Scanner<'b> {
    /// Goes on behind the start tag of a root of this name and prefix: all elements below it have the same one.
    pub fn new(text: &'b str, at: usize, prefix: &'b str, root: &'b str) -> Self {
        let mut open = Vec::with_capacity(8);
        open.push(root);
        Scanner { text, at, prefix, open, gap: Pattern::NOTHING, n_references: 0 }
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

    /// The next element, if it is a plain one with one of these pairs of tags; else nothing is read. Which of them it
    /// is, where it stands, and its value.
    ///
    /// What comes next in a message is nearly always what came next in the last one, so the name is compared, not read.
    #[inline]
    pub fn leaf<'t>(
        &mut self,
        mut expected: impl Iterator<Item = &'t Tags>,
    ) -> Option<(usize, u32, &'b str)> {
        if !self.prefix.is_empty() {
            return None;
        }
        self.skip_blanks();
        let (from, rest) = (self.at, self.text.as_bytes().get(self.at..)?);
        if rest.get(1) == Some(&b'/') {
            return None;
        }
        let mut ahead = 0;
        let tags = loop {
            let tags = expected.next()?;
            if tags.start.begins(rest) && matches!(rest.get(tags.start.len), Some(b'>' | b'/')) {
                break tags;
            }
            ahead += 1;
        };
        let value_from = from + tags.start.len + 1;
        match &rest[tags.start.len..] {
            [b'>', rest @ ..] => {
                let len = text_len(rest)?;
                if !tags.end.begins(&rest[len..]) || len > TEXT_VALUE_BYTES_MAX {
                    return None;
                }
                let value_to = value_from + len;
                self.at = value_to + tags.end.len;
                Some((ahead, from as u32, trim(self.text.get(value_from..value_to)?)))
            }
            [b'/', b'>', ..] => {
                self.at = value_from + 1;
                Some((ahead, from as u32, ""))
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
        self.skip_blanks();
        if self.byte(0) == Some(b'<') && self.byte(1) != Some(b'/') {
            return self.first_child(opened);
        }
        let rest = &self.text.as_bytes()[self.at..];
        let mut len = memchr::memchr2(b'<', b'&', rest).ok_or(Unsure)?;
        let has_reference = rest[len] == b'&';
        if has_reference {
            len += memchr::memchr(b'<', &rest[len..]).ok_or(Unsure)?;
        }
        let value = &self.text[from..self.at + len];
        self.at += len;
        if self.byte(1) != Some(b'/') {
            return Err(Unsure);
        }
        self.end_tag(opened.tag.name)?;
        if value.len() > TEXT_VALUE_BYTES_MAX || value.bytes().any(is_control) {
            return Err(Unsure);
        }
        let value = if has_reference { self.expanded(value, keeper)? } else { trim(value) };
        Ok(Node::Leaf(opened.tag, value))
    }

    /// The element opened holds elements. The start tag of the first is left for the next call.
    #[inline]
    fn first_child(&mut self, opened: Pending<'b>) -> Result<Node<'b>, Unsure> {
        // The root is open, then this element, and its child would be one deeper still.
        let is_too_deep = self.open.len() + 2 > DEPTH_MAX as usize;
        if is_too_deep || !self.byte(1).is_some_and(|byte| IS_NAME[byte as usize]) {
            return Err(Unsure);
        }
        self.open.push(opened.tag.name);
        Ok(Node::Open(opened.tag))
    }

    /// `<Name>` or `<Name/>`: the prefix, then letters, digits and `_`, no attributes.
    #[inline]
    fn start_tag(&mut self) -> Result<Pending<'b>, Unsure> {
        let name_from = self.at + 1 + self.prefix.len();
        let rest = self.behind_prefix(self.at + 1).ok_or(Unsure)?;
        let len = rest.iter().position(|&byte| !IS_NAME[byte as usize]).ok_or(Unsure)?;
        if len == 0 || self.prefix.len() + len > NAME_BYTES_MAX || rest[0].is_ascii_digit() {
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
        let rest = self.behind_prefix(self.at + 2).ok_or(Unsure)?;
        match rest.split_at_checked(name.len()) {
            Some((written, [b'>', ..])) if is_same(written, name.as_bytes()) => {
                self.at += self.prefix.len() + name.len() + 3;
                Ok(())
            }
            _ => Err(Unsure),
        }
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

    /// What follows the prefix, if that stands there.
    #[inline]
    fn behind_prefix(&self, at: usize) -> Option<&'b [u8]> {
        let (written, rest) = self.text.as_bytes().get(at..)?.split_at_checked(self.prefix.len())?;
        is_same(written, self.prefix.as_bytes()).then_some(rest)
    }

    #[inline]
    fn skip_blanks(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        if rest.first() == Some(&b'<') {
            return;
        }
        if self.gap.begins(rest) && rest.get(self.gap.len) == Some(&b'<') {
            self.at += self.gap.len;
        } else {
            self.skip_new_blanks();
        }
    }

    fn skip_new_blanks(&mut self) {
        let rest = &self.text[self.at..];
        let is_other = |byte: &u8| !matches!(byte, b' ' | b'\n' | b'\t');
        let len = rest.as_bytes().iter().position(is_other).unwrap_or(rest.len());
        self.gap = Pattern::of(&rest[..len]).unwrap_or(Pattern::NOTHING);
        self.at += len;
    }

    #[inline]
    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }
}

/// The root of an ordinary document: its attributes bind no prefix but its own and hold nothing to expand.
pub(super) struct PlainRoot<'b> {
    /// Its prefix with the colon; empty when it has none.
    pub prefix: &'b str,
    /// Its start tag.
    pub tag: Tag<'b>,
    /// The namespace it binds for its own name, if it does.
    pub namespace: Option<&'b str>,
    /// Where its content starts.
    pub content: usize,
}

/// The declaration documents start with, when they have one.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
/// Attributes of a plain root; roots of the formats have two.
const PLAIN_ATTRIBUTES_MAX: usize = 4;

/// Reads the start of a document up to behind its root's start tag, where all of it is ordinary.
pub(super) fn plain_root(text: &str) -> Option<PlainRoot<'_>> {
    let body = text.strip_prefix(DECLARATION).unwrap_or(text).trim_start_matches([' ', '\n', '\t']);
    let offset = text.len() - body.len();
    let (prefix, name, mut rest) = plain_name(body.strip_prefix('<')?)?;
    if matches!(prefix, "xml:" | "xmlns:") {
        return None;
    }
    let mut namespace = None;
    let mut names = [("", ""); PLAIN_ATTRIBUTES_MAX];
    for attribute_idx in 0.. {
        let Some(attribute) = rest.strip_prefix(' ') else { break };
        let (before, name, quoted) = plain_name(attribute)?;
        let (value, after) = quoted.strip_prefix("=\"")?.split_once('"')?;
        if !is_plain_value(value) || names[..attribute_idx].contains(&(before, name)) {
            return None;
        }
        match (before, name) {
            ("", XMLNS) if prefix.is_empty() => namespace = Some(value),
            ("xmlns:", bound) if prefix.strip_suffix(':') == Some(bound) => namespace = Some(value),
            ("", XMLNS) => return None,
            ("", _) => {}
            _ => return None,
        }
        *names.get_mut(attribute_idx)? = (before, name);
        rest = after;
    }
    let is_bound = prefix.is_empty() || namespace.is_some_and(|namespace| !namespace.is_empty());
    let content = rest.strip_prefix('>').filter(|_| is_bound)?;
    let tag = Tag { name, offset: offset as u32 };
    Some(PlainRoot { prefix, tag, namespace, content: text.len() - content.len() })
}

/// A prefix with its colon, if there is one, a name, and what follows them.
fn plain_name(text: &str) -> Option<(&str, &str, &str)> {
    let part = |text: &str| {
        let len = text.bytes().position(|byte| !IS_NAME[byte as usize])?;
        (len > 0 && !text.as_bytes()[0].is_ascii_digit()).then_some(len)
    };
    let first = part(text)?;
    let (prefix, name_and_rest) = match text[first..].strip_prefix(':') {
        Some(behind) => (&text[..=first], behind),
        None => ("", text),
    };
    let (name, rest) = name_and_rest.split_at(part(name_and_rest)?);
    (prefix.len() + name.len() <= NAME_BYTES_MAX).then_some((prefix, name, rest))
}

/// A value of an attribute that stands for itself, and for no namespace of XML's own.
fn is_plain_value(value: &str) -> bool {
    value.len() <= ATTRIBUTE_VALUE_BYTES_MAX
        && !value.bytes().any(|byte| byte < b' ' || matches!(byte, b'<' | b'>' | b'&'))
        && !matches!(value, XML_NAMESPACE | XMLNS_NAMESPACE)
}

/// The same bytes. Names are short: words from both ends are compared in place, where the library would be called; and
/// it is slowest for no bytes at all, whose address it may not read.
#[inline(always)]
fn is_same(one: &[u8], other: &[u8]) -> bool {
    #[inline]
    fn ends<const N: usize>(one: &[u8], other: &[u8]) -> bool {
        one.first_chunk::<N>() == other.first_chunk::<N>() && one.last_chunk::<N>() == other.last_chunk::<N>()
    }
    one.len() == other.len()
        && match one.len() {
            0..4 => one.iter().eq(other),
            4..=8 => ends::<4>(one, other),
            9..=16 => ends::<8>(one, other),
            17..=32 => ends::<16>(one, other),
            _ => one == other,
        }
}

/// Bytes of a text: how many come before the next `<`, unless a reference or a control character does, and be it a
/// line feed. Values are short, so the first words are looked at in place.
#[inline]
fn text_len(bytes: &[u8]) -> Option<usize> {
    // As many values are empty as are not.
    if bytes.first() == Some(&b'<') {
        return Some(0);
    }
    const WORD: usize = size_of::<u64>();
    const WORDS: usize = 4;
    for (word_idx, word) in bytes.as_chunks::<WORD>().0.iter().take(WORDS).enumerate() {
        let word = u64::from_le_bytes(*word);
        let found = zeros(word ^ repeated(b'<')) | zeros(word ^ repeated(b'&')) | controls(word);
        if found != 0 {
            let len = word_idx * WORD + found.trailing_zeros() as usize / 8;
            return (bytes[len] == b'<').then_some(len);
        }
    }
    let len = memchr::memchr2(b'<', b'&', bytes)?;
    (bytes[len] == b'<' && bytes[..len].iter().all(|&byte| byte >= b' ')).then_some(len)
}

/// A character that may not stand in a document, or is the carriage return, which is read as something else.
const fn is_control(byte: u8) -> bool {
    byte < b' ' && byte != b'\t' && byte != b'\n'
}

/// A start tag without its end, `<Name`, and the end tag, `</Name>`, to be compared in place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tags {
    start: Pattern,
    end: Pattern,
}

impl Tags {
    /// The tags of an element whose end tag this is; none when they are too long to be compared in place.
    pub fn of(end_tag: &str) -> Option<Tags> {
        let name = end_tag.strip_prefix("</")?.strip_suffix('>')?;
        Some(Tags { start: Pattern::of(&format!("<{name}"))?, end: Pattern::of(end_tag)? })
    }
}

/// A short text as two long words, and which of their bits it fills.
#[derive(Clone, Copy, Debug)]
struct Pattern {
    words: [u128; 2],
    bits: [u128; 2],
    len: usize,
}

impl Pattern {
    /// What anything begins with.
    const NOTHING: Pattern = Pattern { words: [0; 2], bits: [0; 2], len: 0 };

    fn of(text: &str) -> Option<Pattern> {
        let [mut words, mut bits] = [[0; 32]; 2];
        words.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        bits[..text.len()].fill(0xFF);
        let halves = |bytes: [u8; 32]| {
            let (halves, _) = bytes.as_chunks::<16>();
            [u128::from_le_bytes(halves[0]), u128::from_le_bytes(halves[1])]
        };
        Some(Pattern { words: halves(words), bits: halves(bits), len: text.len() })
    }

    /// The bytes begin with this text. At the end of a document, where no word is left to look at, the answer is no.
    #[inline(always)]
    fn begins(&self, bytes: &[u8]) -> bool {
        let differs = |half: usize, bytes: &[u8; 16]| {
            (u128::from_le_bytes(*bytes) ^ self.words[half]) & self.bits[half] != 0
        };
        match bytes.split_first_chunk::<16>() {
            Some((first, rest)) if !differs(0, first) => {
                self.len <= 16 || rest.first_chunk::<16>().is_some_and(|second| !differs(1, second))
            }
            _ => false,
        }
    }
}

const fn repeated(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The highest bit of the first zero byte, and perhaps of bytes behind it.
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(repeated(0x01)) & !word & repeated(0x80)
}

/// The highest bit of the first byte below a blank, and perhaps of bytes behind it.
const fn controls(word: u64) -> u64 {
    word.wrapping_sub(repeated(b' ')) & !word & repeated(0x80)
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
