//! The quick way through an ordinary document: elements without attributes, values without surprises.
//!
//! Messages are nearly all `<Name>value</Name>` in one namespace, with one prefix or none. This scanner reads exactly that
//! and nothing else; at anything it does not know (attributes, comments, CDATA, declarations, character references, control
//! characters, a tag that does not match) it is unsure, and the document is read again from its start by the thorough reader, which
//! alone says what is wrong. So it never refuses and never decides what is well-formed beyond the shapes it knows; a test
//! holds its nodes against the thorough reader's on specimens and on mutations of them.

use super::fault::Fault;
use super::kept::Keeper;
use super::name::is_space;
use super::wide::{BLOCK, Block, Lanes, Width, Work};
use super::{Node, Tag, XML_NAMESPACE, XMLNS, XMLNS_NAMESPACE, trim};
use model::finding::Words;
use model::limits::Limits;

/// The scanner met something it does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unsure;

/// Ends the quick reading; never told to anybody, since the thorough reader speaks for it.
pub(super) const NOT_SURE: &Fault =
    &Fault { rule: "MSG-001", what: Words { zh: "需要逐字细读", en: "to be read again, thoroughly" } };

/// Leaves in a row, mostly: room for so many is made at once.
const LEAVES: usize = 64;

/// References expanded before the thorough reader is asked, which counts them against their limit.
const REFERENCES_MAX: usize = 1_000;

/// Reads from behind the root's start tag.
pub(super) struct Scanner<'b> {
    text: &'b str,
    at: usize,
    /// The prefix of all names, with its colon; empty when they have none.
    prefix: &'b str,
    /// Names of the open elements, the root first.
    open: Vec<&'b str>,
    /// Leaves taken last.
    taken: Vec<Taken<'b>>,
    /// Elements stood with blanks between them lately.
    is_spaced: bool,
    /// How many bytes are looked at in one step.
    width: Width,
    /// The blanks between elements that were met last: those met next are mostly the same.
    gap: Pattern,
    n_references: usize,
    /// Bounds beyond which the thorough reader is asked.
    references_max: usize,
    depth_max: usize,
    name_bytes_max: usize,
    value_bytes_max: usize,
}

#[derive(Clone, Copy)]
struct Pending<'b> {
    tag: Tag<'b>,
    is_empty: bool,
}

impl<'b> Scanner<'b> {
    /// Goes on behind the start tag of a root of this name and prefix: all elements below it have the same one.
    pub fn new(
        text: &'b str,
        at: usize,
        prefix: &'b str,
        root: &'b str,
        limits: &Limits,
        width: Width,
    ) -> Self {
        let mut open = Vec::with_capacity(8);
        open.push(root);
        Scanner {
            text,
            at,
            prefix,
            open,
            taken: Vec::with_capacity(LEAVES),
            is_spaced: false,
            width,
            gap: Pattern::NOTHING,
            n_references: 0,
            references_max: REFERENCES_MAX.min(limits.references),
            depth_max: limits.depth,
            name_bytes_max: limits.name_bytes,
            value_bytes_max: limits.text_value_bytes.min(limits.base64_bytes as usize),
        }
    }

    /// The prefix of all names, with its colon.
    pub fn prefix(&self) -> &'b str {
        self.prefix
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

    /// Takes plain elements one after another, as long as each is one of the steps, of which the one at `at` is expected
    /// first; where the steps stand then, and what was taken. What could not be taken has not been read.
    ///
    /// What comes next in a message is nearly always what came next in the last one: names are compared, not read, and
    /// where the last message had the same two leaves in a row, all that stands between their values is compared at once.
    #[inline]
    pub fn leaves(&mut self, steps: &mut Steps, at: usize, keeper: &mut Keeper<'b>) -> (usize, &[Taken<'b>]) {
        self.taken.clear();
        let width = self.width;
        let at = width.run(Leaves { scanner: self, steps, at, keeper });
        (at, &self.taken)
    }

    /// The value that begins here, whatever it holds that this scanner knows, and where its end tag begins.
    fn any_value(&mut self, from: usize, keeper: &mut Keeper<'b>) -> Option<(&'b str, usize)> {
        let rest = &self.text.as_bytes()[from..];
        let mut len = memchr::memchr2(b'<', b'&', rest)?;
        let has_reference = rest[len] == b'&';
        if has_reference {
            len += memchr::memchr(b'<', &rest[len..])?;
        }
        let value = &self.text[from..from + len];
        let is_plain = !value.bytes().any(is_control) && !value.contains(SECTION_CLOSE);
        if !is_plain || rest.get(len + 1) != Some(&b'/') || len > self.value_bytes_max {
            return None;
        }
        let value = if has_reference { self.expanded(value, keeper).ok()? } else { trim(value) };
        Some((value, from + len))
    }

    /// The step whose element starts here, looked for from `at` on first.
    #[inline]
    fn start(&mut self, steps: &Steps, at: usize) -> Option<usize> {
        self.skip_blanks();
        let rest = self.text.as_bytes().get(self.at..)?;
        if rest.get(1) == Some(&b'/') {
            return None;
        }
        let starts = |step: &Step| step.start.begins(rest) && is_name_end(rest.get(step.start.len));
        let near = steps.steps[at..].iter().take(1 + LEFT_OUT).position(starts);
        near.map(|ahead| at + ahead).or_else(|| {
            let head = head_of(rest.get(1 + self.prefix.len()..)?);
            steps.with_head(head).find(|&step_idx| starts(&steps.steps[step_idx]))
        })
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
        let (value, end) = self.any_value(from, keeper).ok_or(Unsure)?;
        self.at = end;
        self.end_tag(opened.tag.name)?;
        Ok(Node::Leaf(opened.tag, value))
    }

    /// The element opened holds elements. The start tag of the first is left for the next call.
    #[inline]
    fn first_child(&mut self, opened: Pending<'b>) -> Result<Node<'b>, Unsure> {
        // The root is open, then this element, and its child would be one deeper still.
        let is_too_deep = self.open.len() + 2 > self.depth_max;
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
        if len == 0 || self.prefix.len() + len > self.name_bytes_max || rest[0].is_ascii_digit() {
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
        if self.n_references > self.references_max { Err(Unsure) } else { Ok(keeper.keep(trim(&value))) }
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
        let is_other = |byte: &u8| !is_space(*byte);
        let len = rest.as_bytes().iter().position(is_other).unwrap_or(rest.len());
        self.gap = Pattern::of(&rest[..len]).unwrap_or(Pattern::NOTHING);
        self.at += len;
    }

    #[inline]
    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }
}

/// A leaf that came as expected.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taken<'b> {
    /// The step it is.
    pub step_idx: u32,
    /// Where its start tag stands.
    pub offset: u32,
    /// Its value, trimmed.
    pub value: &'b str,
    /// The block its value begins, where it stands so in the document.
    pub block: Option<&'b Block>,
}

/// The work of [`Scanner::leaves`].
struct Leaves<'s, 'b> {
    scanner: &'s mut Scanner<'b>,
    steps: &'s mut Steps,
    at: usize,
    keeper: &'s mut Keeper<'b>,
}

impl Work for Leaves<'_, '_> {
    type Out = usize;

    #[inline(always)]
    fn on<L: Lanes>(self, lanes: L) -> usize {
        let Leaves { scanner, steps, mut at, keeper } = self;
        let (text, bytes) = (scanner.text, scanner.text.as_bytes());
        let mut left: Option<(usize, usize)> = None;
        while let Some(found) = scanner.start(steps, at) {
            let steps = &mut steps.steps;
            let mut step_idx = found;
            let mut behind_name = scanner.at + steps[step_idx].start.len;
            if let Some((left_idx, end)) = left {
                steps[left_idx].learn(&text[end..behind_name], step_idx);
            }
            loop {
                let step = &steps[step_idx];
                let mut tail = [0; BLOCK];
                let (value, end, n_closed) = match block_at(bytes, behind_name, &mut tail) {
                    [b'>', ..] => match scanner.value(lanes, behind_name, keeper) {
                        Some((value, end)) => (value, end, 0),
                        None => return step_idx,
                    },
                    // Its end is behind it already.
                    [b'/', b'>', ..] => ("", behind_name + 2, step.end.len),
                    _ => return step_idx,
                };
                let rest = block_at(bytes, end, &mut tail);
                let mut follows = step.behind[usize::from(scanner.is_spaced)].begins(lanes, rest, n_closed);
                if follows.is_none() {
                    follows = step.behind[usize::from(!scanner.is_spaced)].begins(lanes, rest, n_closed);
                    scanner.is_spaced ^= follows.is_some();
                    if follows.is_none() && n_closed == 0 && !step.end.begins(&bytes[end..]) {
                        return step_idx;
                    }
                }
                let offset = scanner.at as u32;
                let is_as_it_stands = value.as_ptr() == bytes[behind_name + 1..].as_ptr();
                let block = bytes[behind_name + 1..].first_chunk().filter(|_| is_as_it_stands);
                scanner.taken.push(Taken { step_idx: step_idx as u32, offset, value, block });
                let Some(len) = follows else {
                    scanner.at = end + step.end.len - n_closed;
                    left = Some((step_idx, scanner.at));
                    at = step_idx + 1;
                    break;
                };
                step_idx = usize::from(step.behind[usize::from(scanner.is_spaced)].next);
                behind_name = end + len;
                scanner.at = behind_name - steps[step_idx].start.len;
            }
        }
        at
    }
}

impl<'b> Scanner<'b> {
    /// The value behind the `>` that stands here, trimmed, and where its end tag begins: mostly plain text, which takes one
    /// look; else as [`Scanner::any_value`] reads it.
    #[inline(always)]
    fn value<L: Lanes>(&mut self, lanes: L, at: usize, keeper: &mut Keeper<'b>) -> Option<(&'b str, usize)> {
        let bytes = self.text.as_bytes();
        let mut tail = [0; BLOCK];
        let mut seen = at;
        let end = loop {
            match lanes.stop(block_at(bytes, seen, &mut tail)) {
                BLOCK => seen += BLOCK,
                n_before => break seen + n_before,
            }
        };
        if bytes.get(end) != Some(&b'<') || end - at > self.value_bytes_max {
            return self.any_value(at + 1, keeper);
        }
        Some((trim(&self.text[at + 1..end]), end))
    }
}

/// The block that begins here; at the end of a document, with zeros behind it.
#[inline(always)]
fn block_at<'t>(bytes: &'t [u8], at: usize, tail: &'t mut Block) -> &'t Block {
    #[cold]
    fn padded(rest: &[u8], tail: &mut Block) {
        *tail = [0; BLOCK];
        tail[..rest.len()].copy_from_slice(rest);
    }
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(block) => block,
        None => {
            padded(rest, tail);
            tail
        }
    }
}

/// Whether U+FFFE or U+FFFF, which are no characters, may stand in a text: it may say yes where they do not.
pub(super) fn may_hold_noncharacter(text: &str, width: Width) -> bool {
    struct Specials<'t>(&'t [u8]);
    impl Work for Specials<'_> {
        type Out = bool;

        #[inline(always)]
        fn on<L: Lanes>(self, lanes: L) -> bool {
            let Specials(bytes) = self;
            let [mut tail, mut next_tail] = [[0; BLOCK]; 2];
            (0..bytes.len()).step_by(BLOCK).any(|at| {
                let block = block_at(bytes, at, &mut tail);
                lanes.has_specials(block, block_at(bytes, at + 1, &mut next_tail))
            })
        }
    }
    width.run(Specials(text.as_bytes()))
}

/// May not stand in a value as it is.
pub(super) const SECTION_CLOSE: &str = "]]>";

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
pub(super) fn plain_root<'b>(text: &'b str, limits: &Limits) -> Option<PlainRoot<'b>> {
    if limits.attributes < PLAIN_ATTRIBUTES_MAX || limits.namespace_bindings == 0 || limits.depth < 2 {
        return None;
    }
    let body = text.strip_prefix(DECLARATION).unwrap_or(text).trim_start_matches([' ', '\n', '\t', '\r']);
    let offset = text.len() - body.len();
    let (prefix, name, mut rest) = plain_name(body.strip_prefix('<')?, limits)?;
    if matches!(prefix, "xml:" | "xmlns:") {
        return None;
    }
    let mut namespace = None;
    let mut names = [("", ""); PLAIN_ATTRIBUTES_MAX];
    for attribute_idx in 0.. {
        let Some(attribute) = rest.strip_prefix(' ') else { break };
        let (before, name, quoted) = plain_name(attribute, limits)?;
        let (value, after) = quoted.strip_prefix("=\"")?.split_once('"')?;
        if !is_plain_value(value, limits) || names[..attribute_idx].contains(&(before, name)) {
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
fn plain_name<'b>(text: &'b str, limits: &Limits) -> Option<(&'b str, &'b str, &'b str)> {
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
    (prefix.len() + name.len() <= limits.name_bytes).then_some((prefix, name, rest))
}

/// A value of an attribute that stands for itself, and for no namespace of XML's own.
fn is_plain_value(value: &str, limits: &Limits) -> bool {
    value.len() <= limits.attribute_value_bytes
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

/// A character that may not stand in a document, or is the carriage return, which is read as something else.
const fn is_control(byte: u8) -> bool {
    byte < b' ' && byte != b'\t' && byte != b'\n'
}

/// An element that is expected: its start tag without the end, `<Name`, its end tag, `</Name>`, and what follows it.
#[derive(Clone, Copy, Debug)]
struct Step {
    start: Pattern,
    end: Pattern,
    /// Where elements stand close together, and where blanks are between them.
    behind: [Behind; 2],
}

impl Step {
    /// An element of this prefix and name; none when its tags are too long to be compared in place.
    fn of(prefix: &str, name: &str) -> Option<Step> {
        let [start, end] =
            [format!("<{prefix}{name}"), format!("</{prefix}{name}>")].map(|tag| Pattern::of(&tag));
        Some(Step { start: start?, end: end?, behind: [Behind::UNKNOWN; 2] })
    }

    /// Between its end tag and the end of the name of this step, the next one, stood this.
    fn learn(&mut self, between: &str, next: usize) {
        let [tag_len, len] = [self.end.len, self.end.len + between.len()];
        let behind = &mut self.behind[usize::from(!between.starts_with('<'))];
        *behind = Behind::UNKNOWN;
        let bytes = behind.bytes.get_mut(..len).filter(|bytes| bytes.len() <= BLOCK);
        if let (Some(bytes), Ok(next)) = (bytes, u16::try_from(next)) {
            bytes[..tag_len].copy_from_slice(&self.end.bytes()[..tag_len]);
            bytes[tag_len..].copy_from_slice(between.as_bytes());
            (behind.len, behind.next) = (len as u8, next);
        }
    }

    /// Steps have moved: which one follows is to be learnt again.
    fn forget(&mut self) {
        self.behind = [Behind::UNKNOWN; 2];
    }
}

/// Steps that may be left out at once without being looked for: fields are left out more often than moved.
const LEFT_OUT: usize = 3;

/// The elements that are expected, in their order.
#[derive(Debug, Default)]
pub(super) struct Steps {
    steps: Vec<Step>,
    /// How the name of each begins: a moved one is looked for by that.
    heads: Vec<u64>,
}

impl Steps {
    /// Expects an element of this prefix and name at this place; whether it can be compared in place.
    pub fn insert(&mut self, at: usize, prefix: &str, name: &str) -> bool {
        let Some(step) = Step::of(prefix, name) else { return false };
        self.steps.iter_mut().for_each(Step::forget);
        self.steps.insert(at, step);
        self.heads.insert(at, head_of(name.as_bytes()));
        true
    }

    fn with_head(&self, head: u64) -> impl Iterator<Item = usize> {
        self.heads.iter().enumerate().filter(move |(_, known)| **known == head).map(|(step_idx, _)| step_idx)
    }
}

/// The first letters of a name, zeros behind them.
fn head_of(bytes: &[u8]) -> u64 {
    let mut head = [0; size_of::<u64>()];
    let name = bytes.iter().take(head.len()).take_while(|byte| IS_NAME[**byte as usize]);
    head.iter_mut().zip(name).for_each(|(byte, written)| *byte = *written);
    u64::from_le_bytes(head)
}

/// What stood between the value of a leaf and the name's end of the next one: `</Name>`, blanks, `<Next`.
#[derive(Clone, Copy, Debug)]
struct Behind {
    /// No more than a block of them is filled, so that a block can be taken from behind any end tag.
    bytes: [u8; BLOCK + Pattern::LEN_MAX],
    len: u8,
    /// The step that follows.
    next: u16,
}

impl Behind {
    const UNKNOWN: Behind = Behind { bytes: [0; BLOCK + Pattern::LEN_MAX], len: 0, next: 0 };

    /// How long it is without its first bytes, if what follows in the document begins with the rest of it.
    #[inline(always)]
    fn begins<L: Lanes>(&self, lanes: L, rest: &Block, without: usize) -> Option<usize> {
        let len = usize::from(self.len).checked_sub(without).filter(|&len| len > 0)?;
        let expected = self.bytes[without..].first_chunk()?;
        lanes.begins(rest, expected, len).then_some(len)
    }
}

/// Behind a name that holds no attributes.
#[inline(always)]
fn is_name_end(byte: Option<&u8>) -> bool {
    matches!(byte, Some(b'>' | b'/'))
}

/// A short text as two long words, and which of their bits it fills.
#[derive(Clone, Copy, Debug)]
struct Pattern {
    words: [u128; 2],
    bits: [u128; 2],
    len: usize,
}

impl Pattern {
    /// Longer texts are compared in no one step.
    const LEN_MAX: usize = 32;

    /// What anything begins with.
    const NOTHING: Pattern = Pattern { words: [0; 2], bits: [0; 2], len: 0 };

    fn of(text: &str) -> Option<Pattern> {
        let [mut words, mut bits] = [[0; Pattern::LEN_MAX]; 2];
        words.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        bits[..text.len()].fill(0xFF);
        let halves = |bytes: [u8; Pattern::LEN_MAX]| {
            let (halves, _) = bytes.as_chunks::<16>();
            [u128::from_le_bytes(halves[0]), u128::from_le_bytes(halves[1])]
        };
        Some(Pattern { words: halves(words), bits: halves(bits), len: text.len() })
    }

    fn bytes(&self) -> [u8; Pattern::LEN_MAX] {
        let mut bytes = [0; Pattern::LEN_MAX];
        for (half, word) in bytes.as_chunks_mut::<16>().0.iter_mut().zip(self.words) {
            *half = word.to_le_bytes();
        }
        bytes
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
