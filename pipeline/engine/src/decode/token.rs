//! What a `<` begins, and where that ends: just enough XML to find the ends of documents.
//!
//! Whether the markup is well-formed is the parser's question.
//! Here it must only never be mistaken for another piece of markup: a comment or a CDATA section hides what it
//! holds, a `>` in a quoted value ends nothing, and a `<` inside a tag shows that the tag was never finished.

use std::io;

use memchr::memchr2;

use super::feed::{Terminator, Text, is_white};

/// A piece of markup. Positions are offsets in the entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `<name …>` or, when `empty`, `<name …/>`.
    Start { name_end: u64, end: u64, empty: bool },
    /// `</name>`.
    End { name_end: u64, end: u64 },
    /// A comment.
    Comment { end: u64 },
    /// A CDATA section.
    Cdata { end: u64 },
    /// A processing instruction.
    Instruction { end: u64 },
    /// `<?xml …?>`.
    Declaration { end: u64 },
    /// `<!DOCTYPE …>`, with its internal subset.
    Doctype { end: u64 },
    /// None of these.
    Broken,
    /// It begins like one of these and does not end before the limit or the end of the entry.
    Unfinished,
}

/// What the first bytes after a `<` promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    Start,
    End,
    Comment,
    Cdata,
    Instruction,
    Declaration,
    Doctype,
    Broken,
}

/// Looks at the `<` at `at` and at most nine bytes more.
pub(super) fn opening(text: &mut Text<'_>, at: u64) -> io::Result<Opening> {
    let head = text.peek(at, 9)?;
    Ok(match head.get(1) {
        Some(b'/') => Opening::End,
        Some(b'?') if is_declaration(head) => Opening::Declaration,
        Some(b'?') => Opening::Instruction,
        Some(b'!') if head.starts_with(b"<!--") => Opening::Comment,
        Some(b'!') if head == b"<![CDATA[" => Opening::Cdata,
        Some(b'!') if head.eq_ignore_ascii_case(b"<!DOCTYPE") => Opening::Doctype,
        Some(&byte) if starts_name(byte) => Opening::Start,
        _ => Opening::Broken,
    })
}

/// Reads the piece of markup that begins at `at` and ends at or before `limit`.
pub(super) fn token(text: &mut Text<'_>, at: u64, limit: u64) -> io::Result<Token> {
    let found = match opening(text, at)? {
        Opening::Start => return start_tag(text, at, limit),
        Opening::End => return end_tag(text, at, limit),
        Opening::Comment => {
            text.find_end(Terminator::Comment, at + 4, limit)?.map(|end| Token::Comment { end })
        }
        Opening::Cdata => text.find_end(Terminator::Cdata, at + 9, limit)?.map(|end| Token::Cdata { end }),
        Opening::Instruction => {
            text.find_end(Terminator::Instruction, at + 2, limit)?.map(|end| Token::Instruction { end })
        }
        Opening::Declaration => {
            text.find_end(Terminator::Instruction, at + 5, limit)?.map(|end| Token::Declaration { end })
        }
        Opening::Doctype => return doctype(text, at + 9, limit),
        Opening::Broken => Some(Token::Broken),
    };
    Ok(found.unwrap_or(Token::Unfinished))
}

fn start_tag(text: &mut Text<'_>, at: u64, limit: u64) -> io::Result<Token> {
    let Some(name_end) = name_end(text, at + 1, limit)? else {
        return Ok(Token::Unfinished);
    };
    let mut at = name_end;
    loop {
        let end = text.end().min(limit);
        let rest = if at < end { text.slice(at, end) } else { &[] };
        let Some(found) = rest.iter().position(|&byte| matches!(byte, b'>' | b'<' | b'"' | b'\'')) else {
            at = end.max(at);
            if text.end() >= limit || !text.more()? {
                return Ok(Token::Unfinished);
            }
            continue;
        };
        let byte = rest[found];
        at += found as u64;
        match byte {
            b'>' => {
                let empty = text.slice(at - 1, at) == b"/";
                return Ok(Token::Start { name_end, end: at + 1, empty });
            }
            b'<' => return Ok(Token::Broken),
            quote => match quoted_end(text, at + 1, quote, limit)? {
                Some((end, true)) => at = end,
                Some((_, false)) => return Ok(Token::Broken),
                None => return Ok(Token::Unfinished),
            },
        }
    }
}

/// Where a quoted value ends, and whether it is a quote that ends it rather than a `<`.
fn quoted_end(text: &mut Text<'_>, from: u64, quote: u8, limit: u64) -> io::Result<Option<(u64, bool)>> {
    let mut at = from;
    loop {
        let end = text.end().min(limit);
        if at < end {
            let stretch = text.slice(at, end);
            if let Some(found) = memchr2(quote, b'<', stretch) {
                return Ok(Some((at + found as u64 + 1, stretch[found] == quote)));
            }
            at = end;
        }
        if text.end() >= limit || !text.more()? {
            return Ok(None);
        }
    }
}

fn end_tag(text: &mut Text<'_>, at: u64, limit: u64) -> io::Result<Token> {
    let Some(name_end) = name_end(text, at + 2, limit)? else {
        return Ok(Token::Unfinished);
    };
    let mut end = name_end;
    while end < limit {
        match text.byte(end)? {
            None => return Ok(Token::Unfinished),
            Some(b'>') if name_end > at + 2 => return Ok(Token::End { name_end, end: end + 1 }),
            Some(byte) if is_white(byte) => end += 1,
            Some(_) => return Ok(Token::Broken),
        }
    }
    Ok(Token::Unfinished)
}

/// Where a name ends: at what can neither be in a name nor is read as a part of one here.
fn name_end(text: &mut Text<'_>, from: u64, limit: u64) -> io::Result<Option<u64>> {
    let mut at = from;
    while at < limit {
        let rest = text.rest(at);
        if let Some(found) = rest.iter().position(|&byte| ends_name(byte)) {
            let end = at + found as u64;
            return Ok((end < limit).then_some(end));
        }
        at = text.end();
        if !text.more()? {
            return Ok(None);
        }
    }
    Ok(None)
}

/// Reads a document type declaration with its internal subset, quotes and comments left aside.
///
/// What no subset may hold shows that it was never finished: a thousand unfinished ones cost one reading.
fn doctype(text: &mut Text<'_>, from: u64, limit: u64) -> io::Result<Token> {
    let mut at = from;
    let mut brackets = 0u32;
    while at < limit {
        let Some(byte) = text.byte(at)? else {
            return Ok(Token::Unfinished);
        };
        at += 1;
        let passed = match byte {
            b'>' if brackets == 0 => return Ok(Token::Doctype { end: at }),
            b'"' | b'\'' => text.seek(byte, at, 0, limit)?.map(|quote| quote + 1),
            b'<' => match text.peek(at, 3)? {
                b"!--" => text.find_end(Terminator::Comment, at + 3, limit)?,
                [b'!', b'E' | b'A' | b'N', ..] | [b'?', ..] => Some(at),
                [] | [b'!'] => None,
                _ => return Ok(Token::Broken),
            },
            b'[' => {
                brackets += 1;
                Some(at)
            }
            b']' => {
                brackets = brackets.saturating_sub(1);
                Some(at)
            }
            _ => Some(at),
        };
        match passed {
            Some(passed) => at = passed,
            None => return Ok(Token::Unfinished),
        }
    }
    Ok(Token::Unfinished)
}

/// `<?xml` and then the end of that name.
fn is_declaration(head: &[u8]) -> bool {
    head.starts_with(b"<?xml") && head.get(5).is_some_and(|&byte| is_white(byte) || byte == b'?')
}

fn starts_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte == b':' || byte >= 0x80
}

pub(super) fn ends_name(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'>' | b'/' | b'<' | b'=' | b'"' | b'\'')
}
