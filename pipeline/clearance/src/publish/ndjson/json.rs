//! JSON as lines need it, written as it goes.
//!
//! A line is made of the same few shapes a million times over, most of them words of our own: what needs no escape is
//! found eight bytes at a time and copied whole. The library writes the same bytes, at several times the cost (a test
//! holds one against the other).

use model::digest::push_hex;
use std::fmt::{self, Display, Write};

/// Members of an object, written one behind the other.
pub(crate) struct Members<'w> {
    into: &'w mut String,
    is_first: bool,
}

impl<'w> Members<'w> {
    /// Members without the braces around them: lines are put together from parts.
    pub fn new(into: &'w mut String) -> Self {
        Members { into, is_first: true }
    }

    /// A text.
    pub fn text(&mut self, name: &str, value: &str) {
        text(value, self.member(name));
    }

    /// A text, or null where there is none.
    pub fn text_or_null(&mut self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => self.text(name, value),
            None => self.null(name),
        }
    }

    /// A text of digits, points and dashes, which need no escape.
    pub fn digits(&mut self, name: &str, value: impl Display) {
        let into = self.member(name);
        into.push('"');
        write!(into, "{value}").expect("writing to memory does not fail");
        into.push('"');
    }

    /// Such a text, or null.
    pub fn digits_or_null(&mut self, name: &str, value: Option<impl Display>) {
        match value {
            Some(value) => self.digits(name, value),
            None => self.null(name),
        }
    }

    /// A digest: `b3:` and its bytes in hexadecimal.
    pub fn digest(&mut self, name: &str, digest: [u8; 32]) {
        let into = self.member(name);
        into.push_str("\"b3:");
        push_hex(&digest, into);
        into.push('"');
    }

    /// A number.
    pub fn number(&mut self, name: &str, value: impl itoa::Integer) {
        self.member(name).push_str(itoa::Buffer::new().format(value));
    }

    /// True or false.
    pub fn truth(&mut self, name: &str, value: bool) {
        self.member(name).push_str(if value { "true" } else { "false" });
    }

    /// Null.
    pub fn null(&mut self, name: &str) {
        self.member(name).push_str("null");
    }

    /// An object of members of its own.
    pub fn object(&mut self, name: &str, members: impl FnOnce(&mut Members<'_>)) {
        object(self.member(name), members);
    }

    /// An object, or null where there is nothing to tell.
    pub fn object_or_null<T>(
        &mut self,
        name: &str,
        value: Option<T>,
        members: impl FnOnce(&mut Members<'_>, T),
    ) {
        match value {
            Some(value) => self.object(name, |object| members(object, value)),
            None => self.null(name),
        }
    }

    /// A list of objects.
    pub fn objects<T>(
        &mut self,
        name: &str,
        items: impl IntoIterator<Item = T>,
        mut members: impl FnMut(&mut Members<'_>, T),
    ) {
        list(self.member(name), items, |item, into| object(into, |object| members(object, item)));
    }

    /// A list of texts.
    pub fn texts(&mut self, name: &str, items: impl IntoIterator<Item: AsRef<str>>) {
        list(self.member(name), items, |item, into| text(item.as_ref(), into));
    }

    /// Names are ours: none needs an escape.
    fn member(&mut self, name: &str) -> &mut String {
        if !std::mem::take(&mut self.is_first) {
            self.into.push(',');
        }
        self.into.push('"');
        self.into.push_str(name);
        self.into.push_str("\":");
        self.into
    }
}

fn object(into: &mut String, members: impl FnOnce(&mut Members<'_>)) {
    into.push('{');
    members(&mut Members::new(into));
    into.push('}');
}

fn list<T>(into: &mut String, items: impl IntoIterator<Item = T>, mut each: impl FnMut(T, &mut String)) {
    into.push('[');
    for (item_idx, item) in items.into_iter().enumerate() {
        if item_idx > 0 {
            into.push(',');
        }
        each(item, into);
    }
    into.push(']');
}

/// A text in quotes.
pub(super) fn text(value: &str, into: &mut String) {
    into.reserve(value.len() + 2);
    into.push('"');
    let mut rest = value;
    while let Some(at) = first_escaped(rest.as_bytes()) {
        into.push_str(&rest[..at]);
        escape(rest.as_bytes()[at], into).expect("writing to memory does not fail");
        rest = &rest[at + 1..];
    }
    into.push_str(rest);
    into.push('"');
}

/// The first byte that may not stand for itself: a quote, a backslash, a control character (RFC 8259, section 7).
fn first_escaped(bytes: &[u8]) -> Option<usize> {
    const fn repeated(byte: u8) -> u64 {
        u64::from_le_bytes([byte; 8])
    }
    // The highest bit of the first byte below the limit, and perhaps of bytes behind it.
    const fn below(word: u64, limit: u8) -> u64 {
        word.wrapping_sub(repeated(limit)) & !word & repeated(0x80)
    }
    const fn first(word: [u8; 8]) -> Option<usize> {
        let word = u64::from_le_bytes(word);
        let found = below(word ^ repeated(b'"'), 1) | below(word ^ repeated(b'\\'), 1) | below(word, b' ');
        if found == 0 { None } else { Some(found.trailing_zeros() as usize / 8) }
    }
    let (words, rest) = bytes.as_chunks::<8>();
    for (word_idx, word) in words.iter().enumerate() {
        if let Some(at) = first(*word) {
            return Some(word_idx * 8 + at);
        }
    }
    // The last bytes as a word that ends with them, or filled up with what needs no escape.
    match bytes.last_chunk::<8>() {
        _ if rest.is_empty() => None,
        Some(last) => first(*last).map(|at| bytes.len() - 8 + at),
        None => {
            let mut word = [b' '; 8];
            word[..rest.len()].copy_from_slice(rest);
            first(word)
        }
    }
}

fn escape(byte: u8, into: &mut String) -> fmt::Result {
    let letter = match byte {
        b'"' | b'\\' => char::from(byte),
        b'\n' => 'n',
        b'\r' => 'r',
        b'\t' => 't',
        0x08 => 'b',
        0x0C => 'f',
        _ => return write!(into, "\\u{byte:04x}"),
    };
    into.push('\\');
    into.write_char(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(value: &str) -> String {
        let mut into = String::new();
        text(value, &mut into);
        into
    }

    #[test]
    fn every_character_that_must_be_is_escaped_wherever_it_stands() {
        for byte in (0..=0x7F_u8).map(char::from).chain(['鞋', '\u{7F}', '\u{2028}', '\u{10FFFF}']) {
            for n_before in 0..20 {
                let value = format!("{}{byte}behind it, enough for a word", "a".repeat(n_before));
                assert_eq!(written(&value), serde_json::to_string(&value).unwrap(), "{value:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn texts_are_written_as_the_library_writes_them(value in "(?s)[\"\\\\\\x00-\\x22鞋é0-9a-z]{0,40}|(?s).{0,40}") {
            prop_assert_eq!(written(&value), serde_json::to_string(&value).unwrap());
        }
    }

    #[test]
    fn members_and_lists_are_told_apart_by_commas() {
        let mut into = String::from("{");
        let mut members = Members::new(&mut into);
        members.text("name", "a \"b\"");
        members.number("n", 7);
        members.null("none");
        members.texts("texts", ["a", "b"]);
        members.objects("objects", [1, 2], |object, n| object.digits("n", n));
        members.object("empty", |_| {});
        into.push('}');
        let expected = serde_json::json!({
            "name": "a \"b\"", "n": 7, "none": null, "texts": ["a", "b"],
            "objects": [{"n": "1"}, {"n": "2"}], "empty": {},
        });
        assert_eq!(serde_json::from_str::<serde_json::Value>(&into).unwrap(), expected);
    }
}
