//! XML as the formats see it: elements that hold elements, and elements that hold one whole value.
//!
//! The only module that names the tokenizer. A text with a reference in it arrives there in pieces, and comments or
//! CDATA split it further; here a value is always whole, trimmed, with its references expanded, so no format can read
//! half of one. What two readers could understand differently is refused: a comment inside a value, text between
//! elements, an undeclared entity, a document type declaration.
//!
//! The tokenizer lets pass what XML forbids (names, attributes, `]]>`, characters): that is checked here, so that a
//! document we take is one every reader takes. The XML declaration itself is judged where documents are cut.

mod attributes;
mod fault;
pub mod kept;
mod name;
mod pass;
mod pieces;
pub mod row;
mod scan;
pub mod tree;
pub mod vocabulary;
pub mod wide;
pub mod writer;

use attributes::Attribute;
use fault::*;
pub use fault::{Fault, Malformed};
pub(crate) use fault::{REPEATED, TOO_MANY_ROWS};
use kept::Keeper;
use model::batch::Namespaces;
use model::limits::Limits;
use name::{is_blank, is_legal, trim};
use pieces::Pieces;
use quick_xml::Reader as Tokenizer;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::{BytesStart, Event};
use scan::{NOT_SURE, PlainRoot, SECTION_CLOSE, Scanner, Steps, Taken, Unsure};
use std::borrow::Cow;
pub(crate) use vocabulary::Manners;
use vocabulary::{Holds, Vocabulary};
use wide::Width;

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
    /// Its start tag.
    pub tag: Tag<'b>,
    /// Its namespace; empty when it is in none.
    pub namespace: &'b str,
}

/// Elements whose value may be as long as an attachment (ruling X4).
const BASE64: &[&str] = &["Attachment", "FileContent"];

/// The one prefix that is bound without being declared, and what it stands for.
const XML: &str = "xml";
const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS: &str = "xmlns";
const XMLNS_NAMESPACE: &str = "http://www.w3.org/2000/xmlns/";

/// Reads one document, element by element.
pub struct Reader<'b> {
    text: &'b str,
    tokens: Tokenizer<&'b [u8]>,
    keeper: Keeper<'b>,
    inherited: Option<&'b Namespaces>,
    limits: Limits,
    /// Namespace of the root: its elements are in it or in none (ruling X2).
    namespace: &'b str,
    /// Bindings made inside the document: depth, prefix, name.
    bindings: Vec<(u32, &'b str, &'b str)>,
    /// Unprefixed elements are the document's own.
    unprefixed_is_ours: bool,
    /// What counts as the document's own beside that, and whether elements in no namespace do.
    manners: Manners,
    /// The namespaces of the elements in the root, where they are other ones: none besides is the document's own.
    vocabularies: &'static [Vocabulary],
    pending: Option<Pending<'b>>,
    /// The root is `<Root/>`: its end is still to be told.
    root_is_empty: bool,
    depth: u32,
    /// Where the token read last starts: what is wrong is wrong there.
    token_start: u32,
    n_references: u32,
    /// Names of the attributes of one tag, to be told apart.
    attributes: Vec<Attribute<'b>>,
    /// Bytes in values that may be as long as an attachment.
    n_base64_bytes: usize,
    /// Somewhere stands a carriage return, or `]]>`: rare, and looked for once. The quick way looks for them itself.
    has_carriage_return: bool,
    has_section_end: bool,
    /// The quick way, where the document may be an ordinary one.
    scanner: Option<Scanner<'b>>,
    /// The quick way met something it does not know: the document is to be read again, thoroughly.
    is_unsure: bool,
    is_thorough: bool,
    /// How many bytes the quick way looks at in one step.
    width: Width,
}

#[derive(Clone, Copy)]
struct Pending<'b> {
    tag: Tag<'b>,
    is_empty: bool,
    holds: Holds,
}

impl<'b> Pending<'b> {
    /// Its tag, known by its name unless it holds what it may not.
    fn tag_of(&self, found: Holds) -> Tag<'b> {
        let is_as_known = self.holds == Holds::Either || self.holds == found;
        if is_as_known { self.tag } else { Tag { name: "", ..self.tag } }
    }
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
            limits: Limits::default(),
            namespace: "",
            bindings: Vec::new(),
            unprefixed_is_ours: true,
            manners: Manners::LENIENT,
            vocabularies: &[],
            pending: None,
            root_is_empty: false,
            depth: 0,
            token_start: 0,
            n_references: 0,
            attributes: Vec::new(),
            n_base64_bytes: 0,
            has_carriage_return: false,
            has_section_end: false,
            scanner: None,
            width: Width::default(),
            is_unsure: false,
            is_thorough: false,
        }
    }

    /// A reader that never takes the quick way.
    pub fn thorough(text: &'b str, inherited: Option<&'b Namespaces>, keeper: Keeper<'b>) -> Self {
        Reader { is_thorough: true, ..Reader::new(text, inherited, keeper) }
    }

    /// The same, within these bounds instead of the usual ones.
    pub fn within(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The same, with these instructions instead of the widest.
    pub fn on(mut self, width: Width) -> Self {
        self.width = width;
        self
    }

    /// The bounds it keeps.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// What was read so far counts for nothing: the document is to be read again by a [`Reader::thorough`] one.
    pub fn is_unsure(&self) -> bool {
        self.is_unsure
    }

    /// Reads up to the root's start tag.
    pub fn root(&mut self) -> Result<RootElement<'b>, Malformed> {
        if self.text.starts_with('\u{FEFF}') {
            // Cutting takes it off; the tokenizer would take it off without counting it.
            return Err(Malformed::at(BYTE_ORDER_MARK, 0));
        }
        if self.n_inherited() > self.limits.namespace_bindings {
            return Err(self.limit(TOO_MANY_BINDINGS, self.limits.namespace_bindings));
        }
        self.check_inherited()?;
        if let Some(root) = self.plain_root() {
            return Ok(root);
        }
        self.has_carriage_return = memchr::memchr(b'\r', self.text.as_bytes()).is_some();
        self.has_section_end = self.text.contains(SECTION_CLOSE);
        self.check_characters()?;
        let mut is_first = true;
        loop {
            match self.event()? {
                Event::Start(start) => return self.open_root(&start, false),
                Event::Empty(start) => return self.open_root(&start, true),
                Event::Decl(_) if is_first => {}
                Event::Eof => return Err(self.malformed(NO_ROOT)),
                other => self.between(&other)?,
            }
            is_first = false;
        }
    }

    /// Says which namespaces the elements in the root are in, once the root has been read. They are told apart by the
    /// thorough reader only.
    pub fn speak(&mut self, vocabularies: &'static [Vocabulary]) -> Result<(), Malformed> {
        if self.scanner.is_some() {
            self.is_unsure = true;
            return Err(Malformed::at(NOT_SURE, 0));
        }
        self.vocabularies = vocabularies;
        Ok(())
    }

    /// What comes next. After [`Node::End`] there is nothing more.
    #[expect(clippy::should_implement_trait, reason = "it fails, and its items borrow from the document")]
    #[inline]
    pub fn next(&mut self) -> Result<Node<'b>, Malformed> {
        match &mut self.scanner {
            None => self.next_thoroughly(),
            Some(scanner) => scanner.next(&mut self.keeper).map_err(|Unsure| {
                self.is_unsure = true;
                Malformed::at(NOT_SURE, 0)
            }),
        }
    }

    /// The prefix all names have on the quick way, with its colon.
    fn prefix(&self) -> &'b str {
        self.scanner.as_ref().map_or("", Scanner::prefix)
    }

    /// Takes leaves as long as they come as expected and the way is quick: see [`Scanner::leaves`].
    #[inline]
    fn leaves(&mut self, steps: &mut Steps, at: usize) -> (usize, &[Taken<'b>]) {
        match &mut self.scanner {
            None => (at, &[]),
            Some(scanner) => scanner.leaves(steps, at, &mut self.keeper),
        }
    }

    fn next_thoroughly(&mut self) -> Result<Node<'b>, Malformed> {
        if let Some(pending) = self.pending.take() {
            return self.content(pending);
        }
        if std::mem::take(&mut self.root_is_empty) {
            return Ok(Node::Close);
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

    /// Where the element told last ends, behind its end tag; of a leaf or at a close, and of the thorough way only.
    pub(crate) fn end(&self) -> u32 {
        self.position()
    }

    /// Reads to the end of the document: nothing but comments may follow the root.
    pub fn finish(&mut self) -> Result<(), Malformed> {
        self.check_length()?;
        match self.next()? {
            Node::End => Ok(()),
            Node::Open(tag) | Node::Leaf(tag, _) => Err(Malformed::at(SECOND_ROOT, tag.offset)),
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
        let mut has_comment = false;
        // Where the value begins, for the case that there should be none.
        let mut first = None;
        loop {
            let event = self.event()?;
            if first.is_none() {
                first = self.place_of_text(&event);
            }
            match event {
                Event::Text(text) => self.take_text(text.into_inner(), &mut value)?,
                Event::End(_) => {
                    self.close();
                    let value = self.whole(value);
                    if has_comment && !value.is_empty() {
                        return Err(Malformed::at(COMMENT_INSIDE, opened.tag.offset));
                    }
                    if value.len() > self.limits.text_value_bytes.min(self.limits.base64_bytes as usize)
                        || self.text.len() as u64 > self.limits.document_bytes
                    {
                        self.check_value(opened.tag, value.len())?;
                    }
                    let found = if value.is_empty() { opened.holds } else { Holds::Values };
                    return Ok(Node::Leaf(opened.tag_of(found), value));
                }
                Event::Start(_) | Event::Empty(_) if !value.is_blank() => {
                    return Err(Malformed::at(MIXED, first.unwrap_or(self.token_start)));
                }
                Event::Start(start) => return self.open_first_child(opened, &start, false),
                Event::Empty(start) => return self.open_first_child(opened, &start, true),
                Event::GeneralRef(reference) => value.push_char(self.expand(&reference)?),
                Event::CData(piece) => value.push_text(&self.lines(piece.into_inner())),
                aside @ (Event::Comment(_) | Event::PI(_)) => {
                    has_comment = true;
                    self.between(&aside)?;
                }
                Event::Eof => return Err(self.malformed(NOT_CLOSED)),
                other => self.between(&other)?,
            }
        }
    }

    fn open_first_child(
        &mut self,
        parent: Pending<'b>,
        start: &BytesStart<'b>,
        is_empty: bool,
    ) -> Result<Node<'b>, Malformed> {
        self.pending = Some(self.open(start, is_empty)?);
        Ok(Node::Open(parent.tag_of(Holds::Elements)))
    }

    fn event(&mut self) -> Result<Event<'b>, Malformed> {
        self.token_start = self.position();
        self.tokens.read_event().map_err(|error| self.stopped(&error))
    }

    /// What may stand between elements, and what may not.
    fn between(&mut self, event: &Event<'b>) -> Result<(), Malformed> {
        match event {
            Event::Comment(text) if text.len() > self.limits.comment_bytes => {
                Err(self.limit(LONG_COMMENT, self.limits.comment_bytes))
            }
            Event::Comment(_) => Ok(()),
            Event::PI(text) => self.check_instruction(text),
            Event::Text(text) if is_blank(text) => Ok(()),
            Event::DocType(_) => Err(self.malformed(DOCTYPE)),
            Event::Decl(_) => Err(self.malformed(DECLARATION_INSIDE)),
            other => Err(Malformed::at(MIXED, self.place_of_text(other).unwrap_or(self.token_start))),
        }
    }

    /// Where the text stands that was read last, if it is any: white space before it is passed over.
    fn place_of_text(&self, event: &Event<'b>) -> Option<u32> {
        match event {
            Event::Text(text) => {
                let blank = text.len() - text.trim_start_matches([' ', '\t', '\r', '\n']).len();
                (blank < text.len()).then_some(self.token_start + blank as u32)
            }
            Event::CData(piece) if !is_blank(piece) => Some(self.token_start),
            Event::GeneralRef(_) => Some(self.token_start),
            _ => None,
        }
    }

    /// The root of an ordinary document, behind which the quick way starts.
    fn plain_root(&mut self) -> Option<RootElement<'b>> {
        let PlainRoot { prefix, tag, namespace, content } =
            self.may_be_quick().then(|| scan::plain_root(self.text, &self.limits))??;
        if namespace.is_some() && self.n_inherited() >= self.limits.namespace_bindings {
            // One binding too many, which is for the thorough way to say.
            return None;
        }
        self.namespace = namespace.or_else(|| self.resolve("")).unwrap_or("");
        self.depth = 1;
        self.token_start = tag.offset;
        self.scanner = Some(Scanner::new(self.text, content, prefix, tag.name, &self.limits, self.width));
        Some(RootElement { tag, namespace: self.namespace })
    }

    /// Nothing in the document is known to need the thorough way.
    fn may_be_quick(&self) -> bool {
        !self.is_thorough
            && self.text.len() as u64 <= self.limits.document_bytes
            && !(scan::may_hold_noncharacter(self.text, self.width) && self.noncharacter().is_some())
    }

    fn open_root(&mut self, start: &BytesStart<'b>, is_empty: bool) -> Result<RootElement<'b>, Malformed> {
        let qualified = self.qualified_name(start, is_empty);
        let (prefix, name) = self.names(qualified)?;
        self.bind(start, is_empty, qualified)?;
        let namespace = self.resolve(prefix);
        if !prefix.is_empty() && namespace.is_none() {
            return Err(self.malformed(UNBOUND_PREFIX));
        }
        self.namespace = namespace.unwrap_or("");
        self.unprefixed_is_ours = self.is_ours("");
        self.depth = u32::from(!is_empty);
        self.root_is_empty = is_empty;
        let is_ordinary = prefix.is_empty() && !is_empty && self.unprefixed_is_ours;
        if is_ordinary && self.may_be_quick() {
            self.scanner = Some(Scanner::new(
                self.text,
                self.position() as usize,
                "",
                qualified,
                &self.limits,
                self.width,
            ));
        }
        Ok(RootElement { tag: Tag { name, offset: self.token_start }, namespace: self.namespace })
    }

    fn open(&mut self, start: &BytesStart<'b>, is_empty: bool) -> Result<Pending<'b>, Malformed> {
        self.depth += 1;
        if self.depth as usize > self.limits.depth {
            return Err(self.limit(TOO_DEEP, self.limits.depth));
        }
        let qualified = self.qualified_name(start, is_empty);
        let (prefix, local) = self.names(qualified)?;
        if start.len() > qualified.len() {
            self.bind(start, is_empty, qualified)?;
        }
        let offset = self.tag_offset(start, is_empty);
        let (is_ours, holds) = self.known(prefix, local)?;
        Ok(Pending { tag: Tag { name: if is_ours { local } else { "" }, offset }, is_empty, holds })
    }

    /// Whether an element of this name is the document's own, and what it may hold.
    fn known(&self, prefix: &str, local: &str) -> Result<(bool, Holds), Malformed> {
        if prefix.is_empty() && self.unprefixed_is_ours && self.vocabularies.is_empty() {
            return Ok((true, Holds::Either));
        }
        let namespace = match self.resolve(prefix) {
            None if !prefix.is_empty() => return Err(self.malformed(UNBOUND_PREFIX)),
            None => return Ok((false, Holds::Either)),
            Some(namespace) => namespace,
        };
        if self.vocabularies.is_empty() {
            let is_root_s = !prefix.is_empty() && namespace == self.namespace;
            return Ok((is_root_s || self.manners.companions.contains(&(namespace, local)), Holds::Either));
        }
        let known = self.vocabularies.iter().find(|known| known.namespace == namespace);
        Ok(known.map_or((false, Holds::Either), |known| (true, known.holds)))
    }

    /// Prefix and local name.
    fn names(&self, qualified: &'b str) -> Result<(&'b str, &'b str), Malformed> {
        if qualified.len() > self.limits.name_bytes {
            return Err(self.limit(LONG_NAME, self.limits.name_bytes));
        }
        attributes::split(qualified).ok_or_else(|| self.malformed(BAD_NAME))
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
    fn bind(&mut self, start: &BytesStart<'b>, is_empty: bool, qualified: &str) -> Result<(), Malformed> {
        let from = self.tag_offset(start, is_empty) as usize + 1;
        let mut rest = &self.text[from + qualified.len()..from + start.len()];
        self.attributes.clear();
        while let Some(attribute) = attributes::next(&mut rest) {
            let attribute = attribute.map_err(|_| self.malformed(ATTRIBUTE))?;
            self.attribute(attribute)?;
        }
        self.unprefixed_is_ours = self.is_ours("");
        self.check_attribute_names()
    }

    fn attribute(&mut self, attribute: Attribute<'b>) -> Result<(), Malformed> {
        let Attribute { prefix, name, raw } = attribute;
        if self.attributes.len() >= self.limits.attributes {
            return Err(self.limit(TOO_MANY_ATTRIBUTES, self.limits.attributes));
        }
        if prefix.len() + name.len() > self.limits.name_bytes {
            return Err(self.limit(LONG_NAME, self.limits.name_bytes));
        }
        if raw.len() > self.limits.attribute_value_bytes {
            return Err(self.limit(LONG_ATTRIBUTE, self.limits.attribute_value_bytes));
        }
        self.attributes.push(attribute);
        let value = self.attribute_value(raw)?;
        match (prefix, name) {
            ("", XMLNS) => self.binding("", value),
            (XMLNS, prefix) => self.binding(prefix, value),
            _ => Ok(()),
        }
    }

    /// A value with its references expanded and its white space made blanks (XML 1.0, 3.3.3).
    fn attribute_value(&mut self, raw: &'b str) -> Result<&'b str, Malformed> {
        if !raw.bytes().any(|byte| matches!(byte, b'&' | b'\t' | b'\n' | b'\r')) {
            return Ok(raw);
        }
        let mut value = String::with_capacity(raw.len());
        let mut pieces = raw.split('&');
        let plain = |piece: &str| piece.replace("\r\n", " ").replace(['\t', '\n', '\r'], " ");
        value.push_str(&plain(pieces.next().unwrap_or("")));
        for piece in pieces {
            let Some((reference, after)) = piece.split_once(';') else {
                return Err(self.malformed(BAD_REFERENCE));
            };
            value.push(self.expand(reference)?);
            value.push_str(&plain(after));
        }
        Ok(self.keeper.keep(&value))
    }

    /// Binds a prefix.
    fn binding(&mut self, prefix: &'b str, name: &'b str) -> Result<(), Malformed> {
        if !may_bind(prefix, name) {
            return Err(self.malformed(BAD_BINDING));
        }
        if self.bindings.len() + self.n_inherited() >= self.limits.namespace_bindings {
            return Err(self.limit(TOO_MANY_BINDINGS, self.limits.namespace_bindings));
        }
        self.bindings.push((self.depth.max(1), prefix, name));
        Ok(())
    }

    /// What wrappers bind around the document is part of what it says, and no better than what it binds itself.
    fn check_inherited(&self) -> Result<(), Malformed> {
        let around = self.inherited.map_or(&[][..], |namespaces| &namespaces.bindings);
        let is_good = |(prefix, name): &(String, String)| {
            (prefix.is_empty() || name::is_name(prefix))
                && may_bind(prefix, name)
                && name.chars().all(is_legal)
        };
        if around.iter().all(is_good) { Ok(()) } else { Err(self.malformed(BAD_SCOPE)) }
    }

    /// Bindings that wrappers around the document have made.
    fn n_inherited(&self) -> usize {
        self.inherited.map_or(0, |namespaces| namespaces.bindings.len())
    }

    /// Prefixes of attributes are bound, and no two attributes of a tag are one.
    fn check_attribute_names(&self) -> Result<(), Malformed> {
        for (attribute_idx, attribute) in self.attributes.iter().enumerate() {
            let is_declared = matches!(attribute.prefix, "" | XML | XMLNS);
            if !is_declared && self.resolve(attribute.prefix).is_none() {
                return Err(self.malformed(UNBOUND_PREFIX));
            }
            if self.attributes[..attribute_idx].iter().any(|other| self.is_same_attribute(attribute, other)) {
                return Err(self.malformed(REPEATED_ATTRIBUTE));
            }
        }
        Ok(())
    }

    /// Attributes without prefix are in no namespace, whatever the default one is.
    fn is_same_attribute(&self, one: &Attribute<'_>, other: &Attribute<'_>) -> bool {
        one.name == other.name
            && (one.prefix == other.prefix
                || !one.prefix.is_empty()
                    && !other.prefix.is_empty()
                    && self.resolve(one.prefix) == self.resolve(other.prefix))
    }

    /// The namespace a prefix stands for; the one bound last counts.
    fn resolve(&self, prefix: &str) -> Option<&'b str> {
        let bound =
            self.bindings.iter().rev().find(|(_, known, _)| *known == prefix).map(|(_, _, name)| *name);
        bound.or_else(|| self.inherited.and_then(|namespaces| namespaces.uri(prefix))).or(if prefix == XML {
            Some(XML_NAMESPACE)
        } else {
            None
        })
    }

    /// An element with this prefix is in the document's namespace or, unless that counts for nothing, in none.
    fn is_ours(&self, prefix: &str) -> bool {
        let namespace = self.resolve(prefix).unwrap_or("");
        namespace == self.namespace || namespace.is_empty() && !self.manners.is_strict
    }

    /// From here on elements count by these manners; to be said before anything below the root is read.
    pub fn keep_to(&mut self, manners: Manners) {
        self.manners = manners;
        self.unprefixed_is_ours = self.is_ours("");
    }

    /// Takes a piece of text into a value, as far as XML lets it be text.
    #[inline]
    fn take_text(&self, text: Cow<'b, str>, value: &mut Pieces<'b>) -> Result<(), Malformed> {
        if self.has_section_end && text.contains(SECTION_CLOSE) {
            return Err(self.malformed(SECTION_END));
        }
        match text {
            Cow::Borrowed(piece) if !self.has_carriage_return => value.push(piece),
            text => value.push_text(&self.lines(text)),
        }
        Ok(())
    }

    /// Line ends as XML reads them (2.11): one line feed each.
    fn lines(&self, text: Cow<'b, str>) -> Cow<'b, str> {
        if self.has_carriage_return && text.contains('\r') {
            Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
        } else {
            text
        }
    }

    fn expand(&mut self, reference: &str) -> Result<char, Malformed> {
        self.n_references += 1;
        if self.n_references as usize > self.limits.references {
            return Err(self.limit(TOO_MANY_REFERENCES, self.limits.references));
        }
        let named = match reference {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "apos" => Some('\''),
            "quot" => Some('"'),
            _ => character(reference).filter(|&letter| is_legal(letter)),
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
        let at = if any { bytes.iter().position(is_control) } else { self.noncharacter() };
        match at {
            None => Ok(()),
            Some(at) => Err(Malformed::at(ILLEGAL_CHARACTER, at as u32)),
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

    /// A value longer than text may be is an attachment, or too long.
    fn check_value(&mut self, tag: Tag<'b>, n_bytes: usize) -> Result<(), Malformed> {
        if BASE64.contains(&tag.name) {
            self.n_base64_bytes += n_bytes;
            if n_bytes as u64 > self.limits.base64_bytes {
                return Err(Malformed::beyond(LONG_BASE64, self.limits.base64_bytes as usize, tag.offset));
            }
        } else if n_bytes > self.limits.text_value_bytes {
            return Err(Malformed::beyond(LONG_TEXT, self.limits.text_value_bytes, tag.offset));
        }
        Ok(())
    }

    /// All but its attachments is no longer than a document may be.
    fn check_length(&self) -> Result<(), Malformed> {
        if self.text.len().saturating_sub(self.n_base64_bytes) as u64 > self.limits.document_bytes {
            return Err(self.limit(LONG_DOCUMENT, self.limits.document_bytes as usize));
        }
        Ok(())
    }

    /// A processing instruction names its target, which is not `xml` in any case (XML 1.0, production 17).
    fn check_instruction(&self, instruction: &str) -> Result<(), Malformed> {
        let target = instruction.split([' ', '\t', '\n', '\r']).next().unwrap_or("");
        if instruction.len() > self.limits.instruction_bytes {
            Err(self.limit(LONG_INSTRUCTION, self.limits.instruction_bytes))
        } else if target.eq_ignore_ascii_case(XML) {
            Err(self.malformed(DECLARATION_INSIDE))
        } else if name::is_name(target) {
            Ok(())
        } else {
            Err(self.malformed(BAD_NAME))
        }
    }

    /// The qualified name of the element that starts at this offset: for findings.
    pub fn name_at(&self, offset: u32) -> &'b str {
        let tag = self.text.get(offset as usize + 1..).unwrap_or("");
        let end = tag.find([' ', '\t', '\n', '\r', '/', '>']).unwrap_or(tag.len());
        &tag[..end]
    }

    fn malformed(&self, fault: &'static Fault) -> Malformed {
        Malformed::at(fault, self.token_start)
    }

    fn limit(&self, fault: &'static Fault, limit: usize) -> Malformed {
        Malformed::beyond(fault, limit, self.token_start)
    }

    /// What the tokenizer stopped at.
    fn stopped(&self, error: &Error) -> Malformed {
        let fault = match error {
            Error::IllFormed(IllFormedError::MismatchedEndTag { .. }) => MISMATCHED,
            Error::IllFormed(IllFormedError::UnmatchedEndTag(_)) => UNMATCHED,
            Error::IllFormed(IllFormedError::MissingEndTag(_)) => NOT_CLOSED,
            Error::IllFormed(IllFormedError::DoubleHyphenInComment) => DOUBLE_HYPHEN,
            Error::IllFormed(IllFormedError::UnclosedReference) => BAD_REFERENCE,
            Error::IllFormed(IllFormedError::MissingDoctypeName) => DOCTYPE,
            Error::Syntax(SyntaxError::UnclosedDoctype) => DOCTYPE,
            // `<!` and then neither `-`, `[` nor `D`: the end, or no markup.
            Error::Syntax(SyntaxError::InvalidBangMarkup) if !self.text.ends_with("<!") => NOT_XML,
            Error::Syntax(_) => UNCLOSED_MARKUP,
            _ => NOT_XML,
        };
        Malformed::at(fault, self.tokens.error_position() as u32)
    }
}

/// Whether Namespaces in XML 1.0 (section 3) allows this prefix to be bound to this name.
fn may_bind(prefix: &str, name: &str) -> bool {
    match prefix {
        XML => name == XML_NAMESPACE,
        XMLNS => false,
        _ => name != XML_NAMESPACE && name != XMLNS_NAMESPACE && (prefix.is_empty() || !name.is_empty()),
    }
}

/// The character a reference of digits stands for (XML 1.0, production 66).
fn character(reference: &str) -> Option<char> {
    let (digits, radix) = match reference.strip_prefix("#x") {
        Some(digits) => (digits, 16),
        None => (reference.strip_prefix('#')?, 10),
    };
    // The sign that the library would take is no digit.
    let is_number = digits.bytes().all(|byte| char::from(byte).is_digit(radix));
    char::from_u32(u32::from_str_radix(digits, radix).ok().filter(|_| is_number)?)
}

#[cfg(test)]
mod tests;
