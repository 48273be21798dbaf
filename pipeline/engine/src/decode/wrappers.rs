//! The elements around documents: which are open, and which namespaces they bind.

use std::borrow::Cow;
use std::sync::Arc;

use model::batch::{KnownRoot, Namespaces, RootKind, Wrapper};

use super::feed::is_white;
use super::token::ends_name;

/// Names of open elements, innermost last. Beyond the depth limit they are only counted.
#[derive(Default)]
pub(super) struct Names {
    bytes: Vec<u8>,
    /// Start in `bytes` and full length of each name; of a longer name only the beginning is kept.
    spans: Vec<(usize, usize)>,
    /// Elements open beyond the limit.
    deeper: u64,
}

/// The beginning of a name that is kept: legal names are shorter.
const KEPT_NAME_BYTES: usize = 256;

impl Names {
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.spans.clear();
        self.deeper = 0;
    }

    pub fn len(&self) -> usize {
        self.spans.len()
    }

    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    pub fn depth(&self) -> u64 {
        self.spans.len() as u64 + self.deeper
    }

    /// Opens an element; false when it lies beyond the limit.
    pub fn push(&mut self, name: &[u8], limit: usize) -> bool {
        if self.deeper > 0 || self.spans.len() >= limit {
            self.deeper += 1;
            return false;
        }
        self.spans.push((self.bytes.len(), name.len()));
        self.bytes.extend_from_slice(kept(name));
        true
    }

    /// Closes an element beyond the limit, if one is open.
    pub fn close_deeper(&mut self) -> bool {
        let closed = self.deeper > 0;
        self.deeper -= u64::from(closed);
        closed
    }

    /// How many of the outermost elements stay open when the innermost of this name is closed.
    pub fn position(&self, name: &[u8]) -> Option<usize> {
        (0..self.spans.len()).rev().find(|&at| self.is_named(at, name))
    }

    /// Keeps the outermost `n` open.
    pub fn truncate(&mut self, n: usize) {
        if let Some(&(start, _)) = self.spans.get(n) {
            self.bytes.truncate(start);
            self.spans.truncate(n);
        }
        self.deeper = 0;
    }

    fn is_named(&self, at: usize, name: &[u8]) -> bool {
        let (start, length) = self.spans[at];
        let end = start + length.min(KEPT_NAME_BYTES);
        length == name.len() && self.bytes[start..end] == *kept(name)
    }
}

fn kept(name: &[u8]) -> &[u8] {
    &name[..name.len().min(KEPT_NAME_BYTES)]
}

/// The wrappers open around a place.
#[derive(Default)]
pub(super) struct Wrappers {
    pub names: Names,
    frames: Vec<Frame>,
}

struct Frame {
    /// All bindings in scope inside it.
    scope: Option<Arc<Namespaces>>,
    /// The element that holds documents as Base64 text.
    base64_element: Option<&'static str>,
}

impl Wrappers {
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    pub fn clear(&mut self) {
        self.names.clear();
        self.frames.clear();
    }

    /// Bindings in scope here.
    pub fn scope(&self) -> Option<&Arc<Namespaces>> {
        self.frames.last().and_then(|frame| frame.scope.as_ref())
    }

    /// Whether a child of this name holds documents as Base64 text.
    pub fn holds_base64(&self, local_name: &[u8]) -> bool {
        let element = self.frames.last().and_then(|frame| frame.base64_element);
        self.names.depth() == self.frames.len() as u64
            && element.is_some_and(|element| element.as_bytes() == local_name)
    }

    /// Opens a wrapper.
    pub fn push(&mut self, tag: &Tag<'_>, known: Option<KnownRoot>, depth: usize, bindings: usize) {
        if !self.names.push(tag.name, depth) {
            return;
        }
        let base64_element = match known.map(|root| root.kind) {
            Some(RootKind::Wrapper(Wrapper::Base64 { element })) => Some(element),
            _ => None,
        };
        self.frames.push(Frame { scope: extended(self.scope(), tag, bindings), base64_element });
    }

    /// Closes the innermost wrapper of this name and all it holds; what was never opened closes nothing.
    pub fn pop(&mut self, name: &[u8]) {
        if self.names.close_deeper() {
            return;
        }
        if let Some(open) = self.names.position(name) {
            self.names.truncate(open);
            self.frames.truncate(open);
        }
    }
}

/// A start tag, as far as namespaces go.
#[derive(Clone, Copy)]
pub(super) struct Tag<'a> {
    pub name: &'a [u8],
    /// Everything between the name and the end of the tag.
    pub attributes: &'a [u8],
}

impl<'a> Tag<'a> {
    pub fn local_name(&self) -> &'a [u8] {
        self.split().1
    }

    /// Prefix, empty when there is none, and local name.
    fn split(&self) -> (&'a [u8], &'a [u8]) {
        match memchr::memchr(b':', self.name) {
            Some(colon) => (&self.name[..colon], &self.name[colon + 1..]),
            None => (&[], self.name),
        }
    }

    /// Whether it declares a namespace of its own, and so begins something of its own.
    pub fn declares_namespace(&self) -> bool {
        self.bindings().next().is_some()
    }

    /// The namespaces it declares: prefix and value as written.
    fn bindings(&self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> + use<'a> {
        Attributes { rest: self.attributes }.filter_map(|(name, value)| {
            match name.strip_prefix(b"xmlns")? {
                [] => Some((&[][..], value)),
                [b':', prefix @ ..] => Some((prefix, value)),
                _ => None,
            }
        })
    }

    /// The known root this is, its namespace included.
    ///
    /// A prefix that is bound nowhere counts for the root: the parser has the better words for it.
    pub fn known(&self, roots: &[KnownRoot], scope: Option<&Namespaces>) -> Option<KnownRoot> {
        let (prefix, local_name) = self.split();
        let mut same_name = roots.iter().filter(|root| root.local_name.as_bytes() == local_name).peekable();
        same_name.peek()?;
        let own = self.bindings().find(|(bound, _)| *bound == prefix).map(|(_, uri)| expanded(uri));
        let inherited = || scope?.uri(std::str::from_utf8(prefix).ok()?).map(Cow::Borrowed);
        let uri = match own.or_else(inherited) {
            None if !prefix.is_empty() => return same_name.next().copied(),
            uri => uri.unwrap_or_default(),
        };
        same_name.find(|root| root.namespaces.contains(&uri.as_ref())).copied()
    }
}

/// Attributes as written, up to the first that is malformed.
struct Attributes<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.rest.trim_ascii_start();
        let name_end = text.iter().position(|&byte| ends_name(byte)).filter(|&end| end > 0)?;
        let (name, after) = text.split_at(name_end);
        let value = after.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let (&quote, value) = value.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
        let end = memchr::memchr(quote, value)?;
        self.rest = &value[end + 1..];
        Some((name, &value[..end]))
    }
}

/// The bindings inside an element: those around it and its own.
///
/// One more than the limit is kept, so that whoever judges the number sees that it is too high.
fn extended(outer: Option<&Arc<Namespaces>>, tag: &Tag<'_>, limit: usize) -> Option<Arc<Namespaces>> {
    if !tag.declares_namespace() {
        return outer.cloned();
    }
    let mut inner = outer.map(|scope| Namespaces::clone(scope)).unwrap_or_default();
    for (prefix, uri) in tag.bindings() {
        let prefix = decoded(prefix);
        let uri = expanded(uri).into_owned();
        match inner.bindings.iter().position(|(bound, _)| *bound == prefix) {
            Some(at) => inner.bindings[at].1 = uri,
            None if inner.bindings.len() <= limit => inner.bindings.push((prefix.into_owned(), uri)),
            None => {}
        }
    }
    Some(Arc::new(inner))
}

/// What is no UTF-8 becomes a character that XML does not allow: whoever judges the binding refuses it.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => String::from_utf8_lossy(bytes).replace('\u{FFFD}', "\u{FFFF}").into(),
    }
}

/// An attribute value with its references replaced and its white space made blanks.
/// What is no proper reference stays as it is: such a namespace is known to nobody.
fn expanded(value: &[u8]) -> Cow<'_, str> {
    let text = decoded(value);
    if !value.iter().any(|&byte| byte == b'&' || (is_white(byte) && byte != b' ')) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some(at) = rest.find(['&', '\t', '\r', '\n']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest.strip_prefix('&').and_then(|after| after.split_once(';'));
        match reference.and_then(|(name, after)| Some((referred(name)?, after))) {
            Some((character, after)) => {
                out.push(character);
                rest = after;
            }
            None => {
                out.push(if rest.starts_with('&') { '&' } else { ' ' });
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn referred(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => {
            let code = name.strip_prefix('#')?;
            let code = match code.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => code.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}
