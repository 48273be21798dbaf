//! XML as the formats see it: elements that hold elements, and elements that hold one whole value.
//!
//! The only module that names the tokenizer. A text with a reference in it arrives there in pieces, and comments or
//! CDATA split it further; here a value is always whole, trimmed, with its references expanded, so no format can read
//! half of one. What two readers could understand differently is refused: a comment inside a value, text between
//! elements, an undeclared entity, a document type declaration.

pub mod kept;
pub mod row;
pub mod writer;

use kept::Keeper;
use model::batch::Namespaces;
use model::finding::Words;
use quick_xml::Reader as Tokenizer;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::borrow::Cow;

/// Why a document cannot be read, and where reading stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The rule of the reader that it breaks.
    pub rule: &'static str,
    /// What is wrong.
    pub what: Words,
    /// Byte offset within the document.
    pub offset: u32,
}

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'b> {
    /// Local name; empty when the element is in a namespace foreign to the document's.
    pub name: &'b str,
    /// Byte offset of `<`.
    pub offset: u32,
}

/// What comes next in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node<'b> {
    /// An element that holds elements.
    Open(Tag<'b>),
    /// An element that holds one value, or none.
    Leaf(Tag<'b>, &'b str),
    /// The end of the element opened last.
    Close,
    /// The end of the document.
    End,
}

/// The root of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RootElement<'b> {
    /// Local name.
    pub name: &'b str,
    /// Its namespace; empty when it is in none.
    pub namespace: &'b str,
}

/// Bounds of one document (reliability.md 4.1).
const DEPTH_MAX: u32 = 64;
const REFERENCES_MAX: u32 = 10_000;
const ATTRIBUTES_MAX: usize = 64;

/// Reads one document, element by element.
pub struct Reader<'b> {
    text: &'b str,
    tokens: Tokenizer<&'b [u8]>,
    keeper: Keeper<'b>,
    inherited: Option<&'b Namespaces>,
    /// Namespace of the root: its elements are in it or in none (ruling X2).
    namespace: &'b str,
    /// Bindings made inside the document: depth, prefix, name.
    bindings: Vec<(u32, &'b str, &'b str)>,
    /// Unprefixed elements are the document's own.
    unprefixed_is_ours: bool,
    pending: Option<Pending<'b>>,
    depth: u32,
    n_references: u32,
}

#[derive(Clone, Copy)]
struct Pending<'b> {
    tag: Tag<'b>,
    is_empty: bool,
}

/// The value of an element as its pieces arrive.
enum Pieces<'b> {
    None,
    One(&'b str),
    Many(String),
}

impl<'b> Reader<'b> {
    /// A reader of one document. `inherited` are the namespaces bound by wrappers around it.
    pub fn new(text: &'b str, inherited: Option<&'b Namespaces>, keeper: Keeper<'b>) -> Self {
        let mut tokens = Tokenizer::from_str(text);
        let config = tokens.config_mut();
        config.check_end_names = true;
        config.check_comments = true;
        config.allow_dangling_amp = false;
        Reader {
            text,
            tokens,
            keeper,
            inherited,
            namespace: "",
            bindings: Vec::new(),
            unprefixed_is_ours: true,
            pending: None,
            depth: 0,
            n_references: 0,
        }
    }

    /// Reads up to the root's start tag.
    pub fn root(&mut self) -> Result<RootElement<'b>, Malformed> {
        self.check_characters()?;
        loop {
            match self.event()? {
                Event::Start(start) => return self.open_root(&start, false),
                Event::Empty(start) => return self.open_root(&start, true),
                Event::Decl(_) if self.depth == 0 => {}
                Event::Eof => return Err(self.malformed(NO_ROOT)),
                other => self.between(&other)?,
            }
        }
    }

    /// What comes next. After [`Node::End`] there is nothing more.
    #[expect(clippy::should_implement_trait, reason = "it fails, and its items borrow from the document")]
    pub fn next(&mut self) -> Result<Node<'b>, Malformed> {
        if let Some(pending) = self.pending.take() {
            return self.content(pending);
        }
        loop {
            match self.event()? {
                Event::Start(start) => {
                    let pending = self.open(&start, false)?;
                    return self.content(pending);
                }
                Event::Empty(start) => {
                    let pending = self.open(&start, true)?;
                    return self.content(pending);
                }
                Event::End(_) => {
                    self.close();
                    return Ok(Node::Close);
                }
                Event::Eof if self.depth == 0 => return Ok(Node::End),
                Event::Eof => return Err(self.malformed(NOT_CLOSED)),
                other => self.between(&other)?,
            }
        }
    }

    /// Passes over the rest of the element opened last, giving each value on the way.
    pub fn skip(&mut self, mut leaf: impl FnMut(Tag<'b>, &'b str)) -> Result<(), Malformed> {
        let mut n_open = 1;
        while n_open > 0 {
            match self.next()? {
                Node::Open(_) => n_open += 1,
                Node::Leaf(tag, value) => leaf(tag, value),
                Node::Close => n_open -= 1,
                Node::End => return Err(self.malformed(NOT_CLOSED)),
            }
        }
        Ok(())
    }

    /// Reads to the end of the document: nothing but comments may follow the root.
    pub fn finish(&mut self) -> Result<(), Malformed> {
        match self.next()? {
            Node::End => Ok(()),
            Node::Open(tag) | Node::Leaf(tag, _) => {
                Err(Malformed { rule: "MSG-001", what: SECOND_ROOT, offset: tag.offset })
            }
            Node::Close => Err(self.malformed(NOT_CLOSED)),
        }
    }

    /// The value or the elements that follow a start tag.
    fn content(&mut self, opened: Pending<'b>) -> Result<Node<'b>, Malformed> {
        if opened.is_empty {
            self.close();
            return Ok(Node::Leaf(opened.tag, ""));
        }
        let mut value = Pieces::None;
        let mut comment_at = None;
        loop {
            match self.event()? {
                Event::Text(text) => match text.into_inner() {
                    Cow::Borrowed(piece) => value.push(piece),
                    rewritten @ Cow::Owned(_) => value.push_owned(rewritten),
                },
                Event::End(_) => {
                    self.close();
                    let value = self.whole(value);
                    return match comment_at {
                        Some(offset) if !value.is_empty() => Err(comment_inside(offset)),
                        _ => Ok(Node::Leaf(opened.tag, value)),
                    };
                }
                Event::Start(start) => return self.open_first_child(opened, &value, &start, false),
                Event::Empty(start) => return self.open_first_child(opened, &value, &start, true),
                Event::GeneralRef(reference) => value.push_char(self.expand(&reference)?),
                Event::CData(piece) => value.push_owned(piece.into_inner()),
                Event::Comment(_) | Event::PI(_) => comment_at = Some(self.position()),
                Event::Eof => return Err(self.malformed(NOT_CLOSED)),
                other => self.between(&other)?,
            }
        }
    }

    fn open_first_child(
        &mut self,
        parent: Pending<'b>,
        before: &Pieces<'b>,
        start: &BytesStart<'b>,
        is_empty: bool,
    ) -> Result<Node<'b>, Malformed> {
        if !before.is_blank() {
            return Err(self.malformed(MIXED));
        }
        self.pending = Some(self.open(start, is_empty)?);
        Ok(Node::Open(parent.tag))
    }

    fn event(&mut self) -> Result<Event<'b>, Malformed> {
        self.tokens.read_event().map_err(|error| self.from_tokenizer(&error))
    }

    /// What may stand between elements, and what may not.
    fn between(&mut self, event: &Event<'b>) -> Result<(), Malformed> {
        match event {
            Event::Comment(_) | Event::PI(_) => Ok(()),
            Event::Text(text) if is_blank(text) => Ok(()),
            Event::DocType(_) => Err(Malformed { rule: "MSG-002", what: DOCTYPE, offset: self.position() }),
            Event::Decl(_) => Err(self.malformed(DECLARATION_INSIDE)),
            _ => Err(self.malformed(MIXED)),
        }
    }

    fn open_root(&mut self, start: &BytesStart<'b>, is_empty: bool) -> Result<RootElement<'b>, Malformed> {
        let qualified = self.qualified_name(start, is_empty);
        self.bind(start)?;
        let (prefix, name) = qualified.split_once(':').unwrap_or(("", qualified));
        let namespace = self.resolve(prefix);
        if !prefix.is_empty() && namespace.is_none() {
            return Err(self.malformed(UNBOUND_PREFIX));
        }
        self.namespace = namespace.unwrap_or("");
        self.unprefixed_is_ours = self.is_ours("");
        self.depth = u32::from(!is_empty);
        Ok(RootElement { name, namespace: self.namespace })
    }

    fn open(&mut self, start: &BytesStart<'b>, is_empty: bool) -> Result<Pending<'b>, Malformed> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(self.malformed(TOO_DEEP));
        }
        let qualified = self.qualified_name(start, is_empty);
        if start.len() > qualified.len() {
            self.bind(start)?;
        }
        let offset = self.tag_offset(start, is_empty);
        let name = match qualified.split_once(':') {
            None if self.unprefixed_is_ours => qualified,
            None => "",
            Some((prefix, local)) => match self.resolve(prefix) {
                None => return Err(self.malformed(UNBOUND_PREFIX)),
                Some(namespace) if namespace == self.namespace => local,
                Some(_) => "",
            },
        };
        Ok(Pending { tag: Tag { name, offset }, is_empty })
    }

    fn close(&mut self) {
        while self.bindings.last().is_some_and(|(depth, _, _)| *depth == self.depth) {
            self.bindings.pop();
            self.unprefixed_is_ours = self.is_ours("");
        }
        self.depth = self.depth.saturating_sub(1);
    }

    /// The name as written, borrowed from the document rather than from the event.
    fn qualified_name(&self, start: &BytesStart<'b>, is_empty: bool) -> &'b str {
        let from = self.tag_offset(start, is_empty) as usize + 1;
        &self.text[from..from + start.name().as_ref().len()]
    }

    fn tag_offset(&self, start: &BytesStart<'b>, is_empty: bool) -> u32 {
        self.position() - (start.len() as u32) - if is_empty { 3 } else { 2 }
    }

    /// Checks the attributes of a start tag and takes its namespace bindings.
    fn bind(&mut self, start: &BytesStart<'b>) -> Result<(), Malformed> {
        for (attribute_idx, attribute) in start.attributes().enumerate() {
            let Ok(attribute) = attribute else { return Err(self.malformed(ATTRIBUTE)) };
            if attribute_idx >= ATTRIBUTES_MAX {
                return Err(self.malformed(TOO_MANY_ATTRIBUTES));
            }
            let key = attribute.key.0;
            let prefix = match key.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) if rest.starts_with(':') => &rest[1..],
                _ => continue,
            };
            let name = self.keeper.keep(&attribute.value);
            let prefix = self.keeper.keep(prefix);
            self.bindings.push((self.depth.max(1), prefix, name));
            self.unprefixed_is_ours = self.is_ours("");
        }
        Ok(())
    }

    fn resolve(&self, prefix: &str) -> Option<&'b str> {
        let bound =
            self.bindings.iter().rev().find(|(_, known, _)| *known == prefix).map(|(_, _, name)| *name);
        bound.or_else(|| self.inherited.and_then(|namespaces| namespaces.uri(prefix)))
    }

    /// An element with this prefix is in the document's namespace or in none.
    fn is_ours(&self, prefix: &str) -> bool {
        self.resolve(prefix).is_none_or(|namespace| namespace.is_empty() || namespace == self.namespace)
    }

    fn expand(&mut self, reference: &BytesRef<'b>) -> Result<char, Malformed> {
        self.n_references += 1;
        if self.n_references > REFERENCES_MAX {
            return Err(self.malformed(TOO_MANY_REFERENCES));
        }
        let named = match &**reference {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "apos" => Some('\''),
            "quot" => Some('"'),
            _ => reference.resolve_char_ref().ok().flatten().filter(|&letter| is_legal(letter)),
        };
        named.ok_or_else(|| self.malformed(BAD_REFERENCE))
    }

    fn whole(&mut self, value: Pieces<'b>) -> &'b str {
        match value {
            Pieces::None => "",
            Pieces::One(piece) => trim(piece),
            Pieces::Many(pieces) => self.keeper.keep(trim(&pieces)),
        }
    }

    /// Only legal characters (XML 1.0, production 2), checked once over the whole document.
    fn check_characters(&self) -> Result<(), Malformed> {
        let bytes = self.text.as_bytes();
        let is_control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r');
        // Branch-free over the clean document; the place is looked for only when there is one.
        let any = bytes.iter().fold(false, |any, byte| any | is_control(byte));
        let at = if any { bytes.iter().position(|byte| is_control(byte)) } else { self.noncharacter() };
        match at {
            None => Ok(()),
            Some(at) => Err(Malformed { rule: "MSG-001", what: ILLEGAL_CHARACTER, offset: at as u32 }),
        }
    }

    /// U+FFFE and U+FFFF are no characters.
    fn noncharacter(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        memchr::memchr_iter(0xEF, bytes)
            .find(|&at| matches!(bytes.get(at + 1..at + 3), Some([0xBF, 0xBE | 0xBF])))
    }

    fn position(&self) -> u32 {
        self.tokens.buffer_position() as u32
    }

    fn malformed(&self, what: Words) -> Malformed {
        Malformed { rule: "MSG-001", what, offset: self.position() }
    }

    fn from_tokenizer(&self, error: &Error) -> Malformed {
        let what = match error {
            Error::IllFormed(IllFormedError::MismatchedEndTag { .. }) => MISMATCHED,
            Error::IllFormed(IllFormedError::UnmatchedEndTag(_)) => UNMATCHED,
            Error::IllFormed(IllFormedError::MissingEndTag(_)) => NOT_CLOSED,
            Error::IllFormed(IllFormedError::DoubleHyphenInComment) => DOUBLE_HYPHEN,
            Error::IllFormed(IllFormedError::UnclosedReference) => BAD_REFERENCE,
            Error::Syntax(_) => UNCLOSED_MARKUP,
            _ => NOT_XML,
        };
        Malformed { rule: "MSG-001", what, offset: self.tokens.error_position() as u32 }
    }
}

impl<'b> Pieces<'b> {
    fn push(&mut self, piece: &'b str) {
        match self {
            Pieces::None => *self = Pieces::One(piece),
            Pieces::One(_) | Pieces::Many(_) => self.push_text(piece),
        }
    }

    fn push_char(&mut self, letter: char) {
        self.push_text(letter.encode_utf8(&mut [0; 4]));
    }

    fn push_owned(&mut self, piece: Cow<'b, str>) {
        self.push_text(&piece);
    }

    fn push_text(&mut self, more: &str) {
        match self {
            Pieces::None => *self = Pieces::Many(more.to_owned()),
            Pieces::One(first) => *self = Pieces::Many([first, more].concat()),
            Pieces::Many(all) => all.push_str(more),
        }
    }

    fn is_blank(&self) -> bool {
        match self {
            Pieces::None => true,
            Pieces::One(piece) => is_blank(piece),
            Pieces::Many(pieces) => is_blank(pieces),
        }
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(is_space)
}

fn trim(text: &str) -> &str {
    let bytes = text.as_bytes();
    match (bytes.first(), bytes.last()) {
        (Some(&first), Some(&last)) if is_space(first) || is_space(last) => {
            text.trim_matches([' ', '\t', '\n', '\r'])
        }
        _ => text,
    }
}

fn is_legal(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

fn comment_inside(offset: u32) -> Malformed {
    Malformed { rule: "MSG-009", what: COMMENT_INSIDE, offset }
}

const NO_ROOT: Words = Words { zh: "没有根元素", en: "there is no root element" };
const NOT_CLOSED: Words =
    Words { zh: "报文在元素关闭之前结束", en: "the message ends before an element is closed" };
const SECOND_ROOT: Words = Words { zh: "根元素之后还有元素", en: "an element follows the root" };
const MIXED: Words = Words { zh: "元素之间有文字", en: "there is text between elements" };
const DOCTYPE: Words = Words { zh: "含有文档类型声明", en: "there is a document type declaration" };
const DECLARATION_INSIDE: Words =
    Words { zh: "XML声明不在开头", en: "an XML declaration is not at the start" };
const UNBOUND_PREFIX: Words =
    Words { zh: "前缀没有绑定命名空间", en: "a prefix is not bound to a namespace" };
const TOO_DEEP: Words = Words { zh: "嵌套超过64层", en: "elements are nested more than 64 deep" };
const ATTRIBUTE: Words =
    Words { zh: "属性书写错误或重复", en: "an attribute is malformed or repeated" };
const TOO_MANY_ATTRIBUTES: Words =
    Words { zh: "元素属性超过64个", en: "an element has more than 64 attributes" };
const TOO_MANY_REFERENCES: Words =
    Words { zh: "引用超过10000处", en: "there are more than 10,000 references" };
const BAD_REFERENCE: Words = Words {
    zh: "实体引用未定义或书写错误",
    en: "an entity reference is undeclared or malformed",
};
const ILLEGAL_CHARACTER: Words =
    Words { zh: "含有XML不允许的字符", en: "there is a character XML does not allow" };
const MISMATCHED: Words =
    Words { zh: "结束标记与开始标记不一致", en: "an end tag does not match its start tag" };
const UNMATCHED: Words =
    Words { zh: "结束标记没有对应的开始标记", en: "an end tag has no start tag" };
const DOUBLE_HYPHEN: Words =
    Words { zh: "注释中有两个连字符", en: "there are two hyphens in a comment" };
const UNCLOSED_MARKUP: Words = Words { zh: "标记没有写完", en: "a piece of markup is not closed" };
const NOT_XML: Words = Words { zh: "不是格式良好的XML", en: "it is not well-formed XML" };
const COMMENT_INSIDE: Words = Words {
    zh: "值中夹有注释或处理指令",
    en: "a comment or processing instruction stands inside a value",
};
