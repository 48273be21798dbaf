//! Pieces of markup: what programs that paste XML together get wrong, and what XML has that messages seldom use.

#![expect(clippy::ptr_arg, reason = "all mutators have one shape")]

use super::{Mutator, Random, insert, splice};
use std::ops::Range;

pub(super) static MUTATORS: &[Mutator] = &[
    Mutator { name: "a piece of XML put in", apply: put_in },
    Mutator { name: "a piece put in between tags", apply: put_between },
    Mutator { name: "a piece put into a value", apply: put_into_value },
    Mutator { name: "a piece put into a tag", apply: put_into_tag },
    Mutator { name: "a token taken out", apply: taken_out },
    Mutator { name: "a token repeated", apply: repeated },
    Mutator { name: "two tokens exchanged", apply: swapped },
    Mutator { name: "a name changed", apply: renamed },
    Mutator { name: "a value written as references", apply: referenced },
    Mutator { name: "a value written as a section", apply: sectioned },
    Mutator { name: "quotes exchanged", apply: requoted },
    Mutator { name: "white space in a tag", apply: spaced },
    Mutator { name: "a value emptied", apply: emptied },
];

/// What XML has and what looks like it.
const PIECES: &[&str] = &[
    "<!-- a -->",
    "<!---->",
    "<!-- a -- b -->",
    "<!-- a --->",
    "<!--",
    "-->",
    "<?p q?>",
    "<?xml version='1.0'?>",
    "<?XML a?>",
    "<?p?>",
    "<?",
    "?>",
    "<?a:b?>",
    "<?1?>",
    "<![CDATA[a & <b>]]>",
    "<![CDATA[]]>",
    "<![CDATA[",
    "]]>",
    "]]",
    "<![cdata[a]]>",
    "&amp;",
    "&lt;",
    "&gt;",
    "&apos;",
    "&quot;",
    "&#65;",
    "&#x41;",
    "&#x4E2D;",
    "&#10;",
    "&#13;",
    "&#32;",
    "&#0;",
    "&#x0;",
    "&#31;",
    "&#xD800;",
    "&#xFFFE;",
    "&#xFFFF;",
    "&#x10FFFF;",
    "&#x110000;",
    "&#99999999999999999999;",
    "&#X41;",
    "&#+65;",
    "&#;",
    "&nbsp;",
    "&AMP;",
    "&a;",
    "&",
    "&;",
    "& ",
    "&amp",
    "%a;",
    "<!DOCTYPE a>",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>",
    "<!doctype a>",
    "<!ENTITY a 'b'>",
    "<!",
    "<",
    ">",
    "</",
    "/>",
    "<a/>",
    "<a></a>",
    "<a>",
    "</a>",
    "<a b='c'/>",
    "< a/>",
    "<a/ >",
    "<1/>",
    "<:a/>",
    "<a:/>",
    "<a:b/>",
    "<a:b:c/>",
    "<_/>",
    "<é/>",
    "<鞋/>",
    "<a\u{B7}/>",
    "<xml:a/>",
    "<xmlns:a/>",
    "<DecMessage/>",
    "<Certificate/>",
    "<DecMessage>",
    "</DecMessage>",
    "</Certificate>",
    "\u{FEFF}",
    "\u{FFFE}",
    "\u{FFFF}",
    "\u{0}",
    "\u{1}",
    "\u{8}",
    "\u{B}",
    "\u{C}",
    "\u{1F}",
    "\u{7F}",
    "\u{80}",
    "\u{85}",
    "\u{A0}",
    "\u{2028}",
    "\u{3000}",
    "\u{D7FF}",
    "\u{E000}",
    "\u{FFFD}",
    "\u{10000}",
    "\u{10FFFF}",
    "\r",
    "\r\n",
    "\n",
    "\t",
    " ",
    "text",
    "鞋",
];

/// What may stand in a start tag, and what may not.
const ATTRIBUTES: &[&str] = &[
    " a='b'",
    " a=\"b\"",
    " a = 'b'",
    "\n\ta='b'\r\n",
    " a='b' a='b'",
    " a='b'c='d'",
    " a=b",
    " a",
    " a=",
    " a='",
    " a='<'",
    " a='>'",
    " a='&lt;'",
    " a='&b;'",
    " a='&#10;&#9;'",
    " a=' b\tc\nd '",
    " xmlns='u'",
    " xmlns=''",
    " xmlns:p='u'",
    " xmlns:p=''",
    " xmlns:xml='http://www.w3.org/XML/1998/namespace'",
    " xmlns:xml='u'",
    " xmlns:xmlns='u'",
    " xmlns:p='http://www.w3.org/2000/xmlns/'",
    " xmlns:p='http://www.w3.org/XML/1998/namespace'",
    " xmlns='http://www.w3.org/2000/xmlns/'",
    " xmlns='http://www.chinaport.gov.cn/dec'",
    " xmlns:p='http://www.chinaport.gov.cn/dec'",
    " xmlns='&#117;'",
    " xmlns:p='u' xmlns:q='u' p:a='1' q:a='2'",
    " xmlns:p='u' xmlns:q='v' p:a='1' q:a='2'",
    " p:a='1'",
    " xml:lang='zh'",
    " xml:space='preserve'",
    " xmlns:p='u' p:a='1' a='2'",
    " :a='1'",
    " a:='1'",
    " a:b:c='1'",
    " 1='1'",
    " /",
    "/",
    " é='1'",
    " a='\u{1}'",
    " a='\u{85}'",
    " a='鞋'",
    " a=\u{201C}b\u{201D}",
];

/// Tokens: each tag, comment or the like is one, and each stretch between.
pub(super) fn tokens(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut start = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let end = match byte {
            b'<' => at,
            b'>' => at + 1,
            _ => continue,
        };
        if end > start {
            tokens.push(start..end);
            start = end;
        }
    }
    if start < bytes.len() {
        tokens.push(start..bytes.len());
    }
    tokens
}

fn token(bytes: &[u8], random: &mut Random, wanted: impl Fn(&[u8]) -> bool) -> Option<Range<usize>> {
    let tokens: Vec<Range<usize>> =
        tokens(bytes).into_iter().filter(|it| wanted(&bytes[it.clone()])).collect();
    (!tokens.is_empty()).then(|| random.one(&tokens).clone())
}

pub(super) fn is_start(token: &[u8]) -> bool {
    token.len() > 2 && token[0] == b'<' && !matches!(token[1], b'/' | b'!' | b'?') && token.ends_with(b">")
}

fn is_text(token: &[u8]) -> bool {
    token[0] != b'<'
}

fn is_value(token: &[u8]) -> bool {
    is_text(token) && !token.trim_ascii().is_empty()
}

fn put_in(bytes: &mut Vec<u8>, random: &mut Random) {
    let piece = random.one(PIECES);
    insert(bytes, random, piece.as_bytes());
}

fn put_between(bytes: &mut Vec<u8>, random: &mut Random) {
    if let Some(token) = token(bytes, random, |it| it[0] == b'<') {
        let piece = random.one(PIECES);
        splice(bytes, token.start..token.start, piece.as_bytes());
    }
}

fn put_into_value(bytes: &mut Vec<u8>, random: &mut Random) {
    if let Some(token) = token(bytes, random, is_value) {
        let at = token.start + random.below(token.len() + 1);
        let piece = random.one(PIECES);
        splice(bytes, at..at, piece.as_bytes());
    }
}

fn put_into_tag(bytes: &mut Vec<u8>, random: &mut Random) {
    if let Some(token) = token(bytes, random, is_start) {
        let tag = &bytes[token.clone()];
        let at = tag.iter().position(|it| it.is_ascii_whitespace() || matches!(it, b'/' | b'>')).unwrap_or(1);
        let at = token.start + at.max(1);
        let piece = random.one(ATTRIBUTES);
        splice(bytes, at..at, piece.as_bytes());
    }
}

fn taken_out(bytes: &mut Vec<u8>, random: &mut Random) {
    if let Some(token) = token(bytes, random, |_| true) {
        bytes.drain(token);
    }
}

fn repeated(bytes: &mut Vec<u8>, random: &mut Random) {
    if let Some(token) = token(bytes, random, |_| true) {
        let copy = bytes[token.clone()].to_vec();
        splice(bytes, token.end..token.end, &copy);
    }
}

fn swapped(bytes: &mut Vec<u8>, random: &mut Random) {
    let (one, other) = (token(bytes, random, |_| true), token(bytes, random, |_| true));
    let (Some(one), Some(other)) = (one, other) else { return };
    let (first, second) = if one.start < other.start { (one, other) } else { (other, one) };
    if first.end <= second.start {
        let (before, behind) = (bytes[first.clone()].to_vec(), bytes[second.clone()].to_vec());
        splice(bytes, second, &before);
        splice(bytes, first, &behind);
    }
}

/// In both tags, so that the element stays whole; or in one.
fn renamed(bytes: &mut Vec<u8>, random: &mut Random) {
    const NAMES: &[&str] = &[
        "a",
        "A",
        "é",
        "鞋",
        "p:a",
        "xml",
        "DecMessage",
        "Certificate",
        "a.b-c",
        "1",
        "a:b:c",
        "\u{37F}",
        "\u{E0100}",
    ];
    let Some(token) = token(bytes, random, is_start) else { return };
    let tag = &bytes[token.clone()];
    let length =
        tag[1..].iter().position(|it| it.is_ascii_whitespace() || matches!(it, b'/' | b'>')).unwrap_or(0);
    let old = tag[1..=length].to_vec();
    let new = random.one(NAMES).as_bytes();
    let is_both = random.below(4) > 0;
    let closing = [b"</", &old[..], b">"].concat();
    let end = bytes[token.end..].windows(closing.len()).position(|it| it == closing);
    if let Some(end) = end.filter(|_| is_both) {
        let end = token.end + end + 2;
        splice(bytes, end..end + length, new);
    }
    splice(bytes, token.start + 1..token.start + 1 + length, new);
}

fn referenced(bytes: &mut Vec<u8>, random: &mut Random) {
    if let Some(token) = token(bytes, random, is_value) {
        let text = String::from_utf8_lossy(&bytes[token.clone()]).into_owned();
        let is_hexadecimal = random.below(2) == 0;
        let written: String = text
            .chars()
            .map(u32::from)
            .map(|it| match is_hexadecimal {
                true => format!("&#x{it:X};"),
                false => format!("&#{it};"),
            })
            .collect();
        splice(bytes, token, written.as_bytes());
    }
}

fn sectioned(bytes: &mut Vec<u8>, random: &mut Random) {
    if let Some(token) = token(bytes, random, is_value) {
        let split = token.start + random.below(token.len() + 1);
        let (before, behind) = (&bytes[token.start..split], &bytes[split..token.end]);
        let written = [before, b"<![CDATA[", behind, b"]]>"].concat();
        splice(bytes, token, &written);
    }
}

fn requoted(bytes: &mut Vec<u8>, random: &mut Random) {
    if let Some(token) = token(bytes, random, |it| is_start(it) && it.contains(&b'"')) {
        let is_all = random.below(3) > 0;
        let mut n_changed = 0;
        for byte in &mut bytes[token] {
            if *byte == b'"' && (is_all || n_changed == 0) {
                *byte = b'\'';
                n_changed += 1;
            }
        }
    }
}

fn spaced(bytes: &mut Vec<u8>, random: &mut Random) {
    const SPACES: &[&str] = &[" ", "\n", "\t", "\r\n", "\r", "\u{A0}", "\u{3000}"];
    if let Some(token) = token(bytes, random, |it| it[0] == b'<' && it.ends_with(b">")) {
        let at = match random.below(3) {
            0 => token.start + 1,
            1 => token.end - 1,
            _ => token.start + random.below(token.len()),
        };
        let space = random.one(SPACES);
        splice(bytes, at..at, space.as_bytes());
    }
}

fn emptied(bytes: &mut Vec<u8>, random: &mut Random) {
    if let Some(token) = token(bytes, random, is_value) {
        bytes.drain(token);
    }
}
