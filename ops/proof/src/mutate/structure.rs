//! Elements: moved, repeated, wrapped, and more of something than there may be.

use super::tokens::{is_start, tokens};
use super::{Mutator, Random, splice};
use std::ops::Range;

pub(super) static MUTATORS: &[Mutator] = &[
    Mutator { name: "an element taken out", apply: taken_out },
    Mutator { name: "an element repeated", apply: repeated },
    Mutator { name: "an element moved", apply: moved },
    Mutator { name: "an element wrapped", apply: wrapped },
    Mutator { name: "an element unwrapped", apply: unwrapped },
    Mutator { name: "an element nested deep", apply: nested },
    Mutator { name: "an element with many attributes", apply: attributed },
    Mutator { name: "an element with many bindings", apply: bound },
    Mutator { name: "an element with a long name", apply: named_at_length },
    Mutator { name: "all elements in a prefix", apply: prefixed },
    Mutator { name: "all in a wrapper", apply: enveloped },
    Mutator { name: "all of it twice", apply: doubled },
    Mutator { name: "many references", apply: many_references },
];

/// An element with all it holds, found by counting tags.
fn element(bytes: &[u8], random: &mut Random) -> Option<Range<usize>> {
    let tokens = tokens(bytes);
    let starts: Vec<usize> = (0..tokens.len()).filter(|it| is_start(&bytes[tokens[*it].clone()])).collect();
    if starts.is_empty() {
        return None;
    }
    let first = *random.one(&starts);
    let mut n_open = 0i32;
    for token in &tokens[first..] {
        let text = &bytes[token.clone()];
        n_open += match text {
            _ if is_start(text) && text.ends_with(b"/>") => 0,
            _ if is_start(text) => 1,
            _ if text.starts_with(b"</") => -1,
            _ => 0,
        };
        if n_open <= 0 {
            return Some(tokens[first].start..token.end);
        }
    }
    None
}

fn taken_out(bytes: &mut Vec<u8>, random: &mut Random) {
    if let Some(element) = element(bytes, random) {
        bytes.drain(element);
    }
}

fn repeated(bytes: &mut Vec<u8>, random: &mut Random) {
    if let Some(element) = element(bytes, random) {
        let copy = bytes[element.clone()].to_vec();
        splice(bytes, element.end..element.end, &copy);
    }
}

fn moved(bytes: &mut Vec<u8>, random: &mut Random) {
    if let Some(element) = element(bytes, random) {
        let copy: Vec<u8> = bytes.drain(element).collect();
        let places: Vec<usize> = tokens(bytes).iter().map(|it| it.start).collect();
        if !places.is_empty() {
            let at = *random.one(&places);
            splice(bytes, at..at, &copy);
        }
    }
}

fn around(bytes: &mut Vec<u8>, element: Range<usize>, before: &str, behind: &str) {
    splice(bytes, element.end..element.end, behind.as_bytes());
    splice(bytes, element.start..element.start, before.as_bytes());
}

fn wrapped(bytes: &mut Vec<u8>, random: &mut Random) {
    const AROUND: &[(&str, &str)] = &[
        ("<a>", "</a>"),
        ("<a xmlns=''>", "</a>"),
        ("<a xmlns='u'>", "</a>"),
        ("<p:a xmlns:p='u'>", "</p:a>"),
        ("<!--", "-->"),
        ("<![CDATA[", "]]>"),
        ("<?p ", "?>"),
        ("<a>", ""),
        ("", "</a>"),
        ("text", "text"),
    ];
    if let Some(element) = element(bytes, random) {
        let (before, behind) = random.one(AROUND);
        around(bytes, element, before, behind);
    }
}

fn unwrapped(bytes: &mut Vec<u8>, random: &mut Random) {
    if let Some(element) = element(bytes, random) {
        let parts = tokens(&bytes[element.clone()]);
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
        if parts.len() > 1 {
            let inside = bytes[element.start + first.end..element.start + last.start].to_vec();
            splice(bytes, element, &inside);
        }
    }
}

fn nested(bytes: &mut Vec<u8>, random: &mut Random) {
    if let Some(element) = element(bytes, random) {
        let depth = 56 + random.below(16);
        around(bytes, element, &"<a>".repeat(depth), &"</a>".repeat(depth));
    }
}

fn into_tag(bytes: &mut Vec<u8>, random: &mut Random, new: &str) {
    if let Some(element) = element(bytes, random) {
        let tag = &bytes[element.clone()];
        let name =
            tag.iter().position(|it| it.is_ascii_whitespace() || matches!(it, b'/' | b'>')).unwrap_or(1);
        let at = element.start + name.max(1);
        splice(bytes, at..at, new.as_bytes());
    }
}

fn attributed(bytes: &mut Vec<u8>, random: &mut Random) {
    let n = 60 + random.below(8);
    let attributes: String = (0..n).map(|it| format!(" a{it}=''")).collect();
    into_tag(bytes, random, &attributes);
}

fn bound(bytes: &mut Vec<u8>, random: &mut Random) {
    let n = 28 + random.below(8);
    let bindings: String = (0..n).map(|it| format!(" xmlns:p{it}='u{}'", it % 2)).collect();
    into_tag(bytes, random, &bindings);
}

fn named_at_length(bytes: &mut Vec<u8>, random: &mut Random) {
    if let Some(element) = element(bytes, random) {
        let name = "a".repeat(252 + random.below(8));
        around(bytes, element, &format!("<{name}>"), &format!("</{name}>"));
    }
}

/// As a program writes it that declares a prefix on the root.
fn prefixed(bytes: &mut Vec<u8>, random: &mut Random) {
    let prefix = random.one(&["p", "ns0", "d", "é", "xml"]);
    let mut written = Vec::with_capacity(bytes.len() * 2);
    for token in tokens(bytes) {
        let text = &bytes[token];
        let after = if text.starts_with(b"</") { 2 } else { 1 };
        if text.starts_with(b"<")
            && !text.starts_with(b"<!")
            && !text.starts_with(b"<?")
            && text.len() > after
        {
            written.extend_from_slice(&text[..after]);
            written.extend_from_slice(prefix.as_bytes());
            written.push(b':');
            written.extend_from_slice(&text[after..]);
        } else {
            written.extend_from_slice(text);
        }
    }
    let (old, new) = (b" xmlns=", format!(" xmlns:{prefix}="));
    if let Some(at) = written.windows(old.len()).position(|it| it == old) {
        splice(&mut written, at..at + old.len(), new.as_bytes());
    }
    *bytes = written;
}

fn enveloped(bytes: &mut Vec<u8>, random: &mut Random) {
    const AROUND: &[(&str, &str)] = &[
        ("<批次>", "</批次>"),
        ("<w xmlns='u'>", "</w>"),
        ("<w xmlns:p='http://www.chinaport.gov.cn/dec'>", "</w>"),
        ("<ImportMessage><SWImpData>", "</SWImpData></ImportMessage>"),
        ("<Package>", "</Package>"),
        ("<w>", ""),
    ];
    let start = match bytes.windows(2).position(|it| it == b"?>") {
        Some(end) if bytes.starts_with(b"<?xml") => end + 2,
        _ => 0,
    };
    let (before, behind) = random.one(AROUND);
    let end = bytes.len();
    around(bytes, start..end, before, behind);
}

fn doubled(bytes: &mut Vec<u8>, _random: &mut Random) {
    let copy = bytes.clone();
    bytes.extend_from_slice(&copy);
}

fn many_references(bytes: &mut Vec<u8>, random: &mut Random) {
    // Seldom so many that they are too many: the rest only makes a value out of pieces.
    let n = if random.below(50) == 0 { 9_998 + random.below(5) } else { random.below(40) };
    let places: Vec<usize> = tokens(bytes).iter().map(|it| it.end).collect();
    if !places.is_empty() {
        let at = *random.one(&places);
        splice(bytes, at..at, "&#x9;".repeat(n).as_bytes());
    }
}
