//! Documents that travel as Base64 text inside a wrapper.
//!
//! The value is bounded while it is read. What it held is cut like an entry of its own, numbered with the
//! documents around it.

use std::io;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use model::batch::{Base64Fault, RawBatch};
use model::limits::Limits;

use super::containers::Held;
use super::cut::{Cut, Cutter};
use super::feed::{Text, is_white};
use super::token::{Opening, Token, opening, token};

/// White space after which nobody looks for a value any more.
const LEADING_WHITE_BYTES: u64 = 64 * 1024;

/// The longest reference to a line end, which some writers put into their Base64: `&#x0D;`.
const REFERENCE_BYTES: usize = 6;

/// What a Base64 value held, being cut.
pub(super) struct Embedded {
    cutter: Cutter,
    bytes: Held,
}

impl Embedded {
    pub fn new(outer: &Cut, at: u64, bytes: Vec<u8>) -> Embedded {
        Embedded { cutter: Cutter::embedded(outer, at), bytes: Held::new(bytes) }
    }

    /// Goes on by one piece; false at the end.
    pub fn step(&mut self, window: &mut RawBatch) -> io::Result<bool> {
        self.cutter.step(&mut self.bytes, window)
    }

    /// Documents of the entry handed out so far.
    pub fn n_documents(&self) -> u32 {
        self.cutter.n_documents()
    }
}

/// What stood between the tags of an element that may hold Base64.
pub(super) enum Value {
    /// White space, or elements: no Base64 value at all.
    None { end: u64 },
    /// The bytes it held.
    Bytes { bytes: Vec<u8>, end: u64 },
    /// It is refused.
    Bad { fault: Base64Fault, position: u64, end: u64 },
}

impl Value {
    /// Reads the value that starts at `start`, up to the tag that ends it. Holds on to `hold` only as long as
    /// there is no value.
    pub fn read(text: &mut Text<'_>, start: u64, hold: u64, limits: &Limits) -> io::Result<Value> {
        let limit = limits.base64_bytes;
        let mut reading = Reading { start, begun: false, encoded: Vec::new(), bad: None, limit };
        let mut at = start;
        loop {
            at = reading.characters(text, at, hold)?;
            if text.byte(at)?.is_none() {
                reading.refuse(Base64Fault::Malformed, at);
                return Ok(reading.finish(at));
            }
            if reading.is_empty() && at >= start + LEADING_WHITE_BYTES {
                return Ok(Value::None { end: at });
            }
            if opening(text, at)? == Opening::Cdata {
                at = reading.section(text, at)?;
                continue;
            }
            match token(text, at, at.saturating_add(limits.cut_bytes))? {
                Token::Comment { end } | Token::Instruction { end } => at = end,
                Token::End { .. } => return Ok(reading.finish(at)),
                _ if reading.is_empty() => return Ok(Value::None { end: at }),
                _ => {
                    reading.refuse(Base64Fault::Malformed, at);
                    return Ok(reading.finish(at));
                }
            }
        }
    }

    /// Where reading goes on: at the tag that ended the value.
    pub fn end(&self) -> u64 {
        match self {
            Value::None { end } | Value::Bytes { end, .. } | Value::Bad { end, .. } => *end,
        }
    }
}

struct Reading {
    start: u64,
    /// There is a value, if only an empty CDATA section.
    begun: bool,
    encoded: Vec<u8>,
    bad: Option<(Base64Fault, u64)>,
    limit: u64,
}

impl Reading {
    fn is_empty(&self) -> bool {
        !self.begun
    }

    fn refuse(&mut self, fault: Base64Fault, at: u64) {
        let position = at - self.start;
        self.bad.get_or_insert((fault, position));
        self.begun = true;
        self.encoded = Vec::new();
    }

    /// Takes text up to the next tag.
    fn characters(&mut self, text: &mut Text<'_>, from: u64, hold: u64) -> io::Result<u64> {
        let mut at = from;
        loop {
            let white_end = self.start + LEADING_WHITE_BYTES;
            match text.byte(at)? {
                None | Some(b'<') => return Ok(at),
                Some(_) if self.is_empty() && at >= white_end => return Ok(at),
                Some(b'&') => match line_end_reference(text.peek(at, REFERENCE_BYTES)?) {
                    Some(length) => at += length as u64,
                    None => {
                        self.refuse(Base64Fault::Malformed, at);
                        at += 1;
                    }
                },
                Some(_) => {
                    let mut rest = text.rest(at);
                    if self.is_empty() {
                        rest = &rest[..rest.len().min((white_end - at) as usize)];
                    }
                    let length = memchr::memchr2(b'<', b'&', rest).unwrap_or(rest.len());
                    self.take(&rest[..length], at);
                    at += length as u64;
                }
            }
            text.release(if self.is_empty() { at.min(hold) } else { at });
        }
    }

    /// Takes a CDATA section, whose text is as good as any.
    fn section(&mut self, text: &mut Text<'_>, at: u64) -> io::Result<u64> {
        self.begun = true;
        text.release(at);
        let most = at.saturating_add(2 * self.limit);
        match token(text, at, most)? {
            Token::Cdata { end } => {
                self.take(text.slice(at + 9, end - 3), at + 9);
                Ok(end)
            }
            _ => {
                self.refuse(Base64Fault::TooLong, at);
                Ok(at + 9)
            }
        }
    }

    fn take(&mut self, characters: &[u8], at: u64) {
        if self.bad.is_some() {
            return;
        }
        let before = self.encoded.len();
        for word in characters.split(|&byte| is_white(byte)) {
            self.encoded.extend_from_slice(word);
        }
        self.begun |= self.encoded.len() > before;
        let too_long = self.encoded.len() as u64 > self.limit;
        let wrong = characters.iter().position(|&byte| !is_base64(byte) && !is_white(byte));
        // Whichever comes first in the value, wherever a read ended.
        let reached = |wrong: &usize| {
            let passed = characters[..*wrong].iter().filter(|&&byte| !is_white(byte)).count();
            (before + passed) as u64 <= self.limit
        };
        match wrong.filter(reached) {
            Some(wrong) => self.refuse(Base64Fault::Malformed, at + wrong as u64),
            None if too_long => self.refuse(Base64Fault::TooLong, self.start + self.limit),
            None => {}
        }
    }

    fn finish(self, end: u64) -> Value {
        let position = end - self.start;
        match self.bad {
            Some((fault, position)) => Value::Bad { fault, position, end },
            None if !self.begun => Value::None { end },
            None => match STANDARD.decode(&self.encoded) {
                Ok(bytes) => Value::Bytes { bytes, end },
                Err(_) => Value::Bad { fault: Base64Fault::Malformed, position, end },
            },
        }
    }
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// The length of a reference to CR or LF.
fn line_end_reference(head: &[u8]) -> Option<usize> {
    [&b"&#xD;"[..], b"&#xA;", b"&#13;", b"&#10;", b"&#xd;", b"&#xa;", b"&#x0D;", b"&#x0A;"]
        .iter()
        .find(|reference| head.starts_with(reference))
        .map(|reference| reference.len())
}
