//! The bytes of a file with all that varies between spreadsheets taken out: byte order mark, CRLF,
//! and the missing end of the last line.
//!
//! The CSV reader behind this one is lenient: to it, a quote that is never closed makes the rest of
//! the file one value, and half a register would load in silence. So the quotes are followed here as
//! well, and a broken one stops the file, with its line.

use super::fault::Reason;
use super::{CHUNK_BYTES, ROW_BYTES_MAX};
use crate::world::{File, read_full};
use std::fmt;
use std::io;

/// A file as plain lines.
pub(super) struct Lines {
    file: Box<dyn File>,
    offset: u64,
    chunk: Vec<u8>,
    /// Part of the chunk that is not handed out yet.
    rest: std::ops::Range<usize>,
    quotes: Quotes,
    after_cr: bool,
    ended: bool,
    broken: Option<Broken>,
}

/// The file breaks the rules of CSV here; what comes after cannot be trusted.
#[derive(Clone, Debug)]
pub(super) struct Broken {
    /// Line, from 1.
    pub(super) line: u64,
    /// Why.
    pub(super) reason: Reason,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    StartOfCell,
    InCell,
    InQuotes,
    /// A quote inside quotes: either half of two, or the closing one.
    AfterQuote,
    /// Blanks after the closing quote.
    AfterCell,
}

/// Where in a row the last byte was.
struct Quotes {
    at: At,
    line: u64,
    quote_line: u64,
    row_line: u64,
    row_bytes: usize,
}

impl Lines {
    pub(super) fn new(file: Box<dyn File>) -> Lines {
        let quotes = Quotes { at: At::StartOfCell, line: 1, quote_line: 1, row_line: 1, row_bytes: 0 };
        Lines {
            file,
            offset: 0,
            chunk: vec![0; CHUNK_BYTES],
            rest: 0..0,
            quotes,
            after_cr: false,
            ended: false,
            broken: None,
        }
    }

    /// Reads the next chunk; false at the end of the file.
    fn fill(&mut self) -> io::Result<bool> {
        let n = read_full(self.file.as_ref(), &mut self.chunk, self.offset)?;
        let is_first = self.offset == 0;
        self.offset += n as u64;
        self.rest = 0..n;
        // A copy under way would load as half a register.
        if self.offset > self.file.len() || n == 0 && self.offset != self.file.len() {
            return Err(io::Error::other("the file changes while it is read"));
        }
        if is_first {
            self.skip_mark();
        }
        Ok(n > 0)
    }

    fn skip_mark(&mut self) {
        let start = &self.chunk[self.rest.clone()];
        if start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) {
            self.broken = Some(Broken { line: 1, reason: Reason::Utf16 });
        } else if start.starts_with(&[0xef, 0xbb, 0xbf]) {
            self.rest.start += 3;
        }
    }

    /// Hands out what is left of the chunk, up to the first break of the rules.
    fn hand_out(&mut self, into: &mut [u8]) -> usize {
        let mut n_out = 0;
        while n_out < into.len() && self.rest.start < self.rest.end {
            let byte = self.chunk[self.rest.start];
            self.rest.start += 1;
            let is_second_half = byte == b'\n' && self.after_cr;
            self.after_cr = byte == b'\r';
            if is_second_half {
                continue;
            }
            let byte = if byte == b'\r' { b'\n' } else { byte };
            if let Err(broken) = self.quotes.step(byte) {
                self.broken = Some(broken);
                break;
            }
            into[n_out] = byte;
            n_out += 1;
        }
        n_out
    }

    /// The end of the file is the end of its last line.
    fn end(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.quotes.at == At::InQuotes {
            let broken = Broken { line: self.quotes.quote_line, reason: Reason::OpenQuote };
            return Err(io::Error::other(broken));
        }
        if self.ended || into.is_empty() {
            return Ok(0);
        }
        self.ended = true;
        into[0] = b'\n';
        Ok(1)
    }
}

impl io::Read for Lines {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(broken) = &self.broken {
                return Err(io::Error::other(broken.clone()));
            }
            if !self.rest.is_empty() {
                let n_out = self.hand_out(into);
                if n_out > 0 || into.is_empty() {
                    return Ok(n_out);
                }
            } else if !self.fill()? {
                return self.end(into);
            }
        }
    }
}

impl Quotes {
    #[inline]
    fn step(&mut self, byte: u8) -> Result<(), Broken> {
        self.row_bytes += 1;
        if self.row_bytes > ROW_BYTES_MAX {
            return Err(Broken { line: self.row_line, reason: Reason::RowTooLong });
        }
        self.at = match (self.at, byte) {
            (At::InQuotes, b'"') => At::AfterQuote,
            (At::InQuotes, b'\n') => {
                self.line += 1;
                At::InQuotes
            }
            (At::InQuotes, _) => At::InQuotes,
            (_, b'\n') => {
                self.start_row();
                At::StartOfCell
            }
            (_, b',') => At::StartOfCell,
            (At::StartOfCell, b'"') => {
                self.quote_line = self.line;
                At::InQuotes
            }
            (At::AfterQuote, b'"') => At::InQuotes,
            (At::AfterQuote | At::AfterCell, b' ' | b'\t') => At::AfterCell,
            (At::AfterQuote | At::AfterCell, _) => {
                return Err(Broken { line: self.quote_line, reason: Reason::AfterQuote });
            }
            (At::StartOfCell | At::InCell, _) => At::InCell,
        };
        Ok(())
    }

    fn start_row(&mut self) {
        self.line += 1;
        self.row_line = self.line;
        self.row_bytes = 0;
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason.code())
    }
}

impl std::error::Error for Broken {}
