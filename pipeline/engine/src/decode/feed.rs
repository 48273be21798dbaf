//! The bytes of one entry as they come in: a buffer that holds what a cut still needs, and no more.
//!
//! Positions are offsets in the entry's decoded stream, so they stay good while the buffer moves.
//! Lines and columns are counted once, when bytes are let go.

use std::io;

use memchr::memmem::Finder;
use memchr::{memchr, memchr_iter, memrchr};
use model::batch::ContainerFault;
use model::encoding::Encoding;

use super::containers::{Bytes, Fault};
use super::transcode::Transcoder;

/// A read that fits the second-level cache, together with what it is copied to.
const READ_BYTES: usize = 256 * 1024;

/// What may lie behind unneeded before it is let go: well below a read, so that the buffer does not grow for it.
const PASS_BYTES: u64 = 16 * 1024;

/// Where a small file begins and usually ends.
const FIRST_READ_BYTES: usize = 16 * 1024;

/// A place in an entry: `offset` from 0, `line` and `column` from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub offset: u64,
    pub line: u32,
    pub column: u32,
}

/// What has been read of an entry and is still wanted.
pub(super) struct Feed {
    bytes: Vec<u8>,
    /// The wanted bytes are `bytes[start..filled]`.
    start: usize,
    filled: usize,
    /// Offset in the entry of `bytes[start]`.
    base: u64,
    ended: bool,
    /// What turns the entry into UTF-8, when it is in something else.
    transcoder: Option<Box<Transcoder>>,
    /// Why the entry ended, when it did so too early.
    pub fault: Option<ContainerFault>,
    /// How far lines and columns have been counted.
    counted: Place,
    /// For each terminator: a stretch known not to hold one, so that nothing is searched twice.
    absent: [(u64, u64); 3],
    most_bytes: usize,
}

/// What ends a piece of markup that began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Terminator {
    Comment,
    Cdata,
    Instruction,
}

impl Feed {
    pub fn new(most_bytes: u64) -> Feed {
        Feed {
            bytes: Vec::new(),
            start: 0,
            filled: 0,
            base: 0,
            ended: false,
            transcoder: None,
            fault: None,
            counted: Place { offset: 0, line: 1, column: 1 },
            absent: [(0, 0); 3],
            most_bytes: usize::try_from(most_bytes).unwrap_or(usize::MAX).saturating_add(READ_BYTES),
        }
    }

    /// The feed for the next entry of the same archive, with the buffer of this one.
    pub fn renew(&mut self) {
        let bytes = std::mem::take(&mut self.bytes);
        let most_bytes = self.most_bytes;
        *self = Feed { bytes, most_bytes, ..Feed::new(0) };
    }

    /// What the buffer takes.
    #[cfg(test)]
    pub fn capacity(&self) -> usize {
        self.bytes.capacity()
    }

    /// Where what has been read ends.
    fn end(&self) -> u64 {
        self.base + (self.filled - self.start) as u64
    }

    /// Makes room behind what is held: by moving it to the front when that is cheap, else by growing.
    fn make_room(&mut self) {
        if self.filled < self.bytes.len() {
            return;
        }
        let held = self.filled - self.start;
        if held <= self.bytes.len() / 2 || self.bytes.len() >= self.most_bytes {
            self.bytes.copy_within(self.start..self.filled, 0);
            (self.start, self.filled) = (0, held);
        }
        let wanted = match self.bytes.len() {
            0 => FIRST_READ_BYTES,
            length if length < READ_BYTES => READ_BYTES,
            length if self.filled < length => length,
            length => (length * 2).min(self.most_bytes).max(held + READ_BYTES),
        };
        if wanted > self.bytes.len() {
            self.bytes.reserve_exact(wanted - self.bytes.len());
            self.bytes.resize(wanted, 0);
        }
    }

    /// Counts lines and columns up to `to`.
    fn count(&mut self, to: u64) {
        if to <= self.counted.offset {
            return;
        }
        let from = self.start + index(self.counted.offset - self.base);
        let stretch = &self.bytes[from..self.start + index(to - self.base)];
        self.counted.offset = to;
        match memrchr(b'\n', stretch) {
            None => self.counted.column = self.counted.column.saturating_add(characters(stretch)),
            Some(last) => {
                let lines = narrow(memchr_iter(b'\n', stretch).count());
                self.counted.line = self.counted.line.saturating_add(lines);
                self.counted.column = 1 + characters(&stretch[last + 1..]);
            }
        }
    }
}

/// A feed together with what fills it.
pub(super) struct Text<'a> {
    pub feed: &'a mut Feed,
    pub source: &'a mut dyn Bytes,
}

impl Text<'_> {
    /// Reads on; false when nothing more comes.
    pub fn more(&mut self) -> io::Result<bool> {
        if self.feed.ended {
            return Ok(false);
        }
        self.feed.make_room();
        let into = &mut self.feed.bytes[self.feed.filled..];
        let read = match &mut self.feed.transcoder {
            None => self.source.read(into),
            Some(transcoder) => transcoder.read(self.source, into),
        };
        match read {
            Ok(0) => self.feed.ended = true,
            Ok(read) => self.feed.filled += read,
            Err(Fault::World(error)) => return Err(error),
            Err(Fault::Container(fault)) => {
                self.feed.fault = Some(fault);
                self.feed.ended = true;
            }
        }
        Ok(!self.feed.ended)
    }

    /// From here on the entry, of which nothing has been let go, is read as what this encoding makes of it.
    pub fn transcode(&mut self, encoding: Encoding) {
        let Feed { bytes, start, filled, .. } = &*self.feed;
        let at_hand = &bytes[*start..*filled];
        self.feed.transcoder = Transcoder::new(encoding, at_hand, self.feed.ended).map(Box::new);
        if self.feed.transcoder.is_some() {
            self.feed.filled = self.feed.start;
            self.feed.ended = false;
        }
    }

    /// Where what has been read ends.
    pub fn end(&self) -> u64 {
        self.feed.end()
    }

    /// Where what is still held starts.
    pub fn start(&self) -> u64 {
        self.feed.base
    }

    /// Everything read from `at` on.
    pub fn rest(&self, at: u64) -> &[u8] {
        &self.feed.bytes[self.feed.start + index(at - self.feed.base)..self.feed.filled]
    }

    /// A stretch that has been read.
    pub fn slice(&self, from: u64, to: u64) -> &[u8] {
        &self.rest(from)[..index(to - from)]
    }

    /// Up to `n` bytes from `at`; fewer only at the end of the entry.
    pub fn peek(&mut self, at: u64, n: usize) -> io::Result<&[u8]> {
        while self.end() < at + n as u64 && self.more()? {}
        let rest = self.rest(at);
        Ok(&rest[..n.min(rest.len())])
    }

    /// The byte at `at`, or none at the end of the entry.
    pub fn byte(&mut self, at: u64) -> io::Result<Option<u8>> {
        Ok(self.peek(at, 1)?.first().copied())
    }

    /// Lets go of everything before `to`.
    pub fn release(&mut self, to: u64) {
        if to > self.feed.base {
            self.feed.count(to);
            self.feed.start += index(to - self.feed.base);
            self.feed.base = to;
        }
    }

    /// Lets go of everything before `to` once that is worth the counting: markup may follow on markup for long.
    pub fn pass(&mut self, to: u64) {
        if to.saturating_sub(self.feed.base) >= PASS_BYTES {
            self.release(to);
        }
    }

    /// Line and column of `at`, which must not lie before a place asked for earlier.
    pub fn place(&mut self, at: u64) -> Place {
        self.feed.count(at);
        self.feed.counted
    }

    /// Passes over a byte order mark, which takes no column.
    pub fn pass_mark(&mut self, at: u64) {
        self.feed.count(at);
        self.feed.counted.offset = at + 3;
        self.release(at + 3);
    }

    /// The next byte of that kind that ends at or before `limit`, letting go of what lies before
    /// both it and `hold`.
    pub fn seek(&mut self, byte: u8, from: u64, hold: u64, limit: u64) -> io::Result<Option<u64>> {
        let mut at = from;
        loop {
            let end = self.end().min(limit);
            if at < end {
                if let Some(found) = memchr(byte, self.slice(at, end)) {
                    return Ok(Some(at + found as u64));
                }
                at = end;
            }
            if self.end() >= limit {
                return Ok(None);
            }
            self.release(at.min(hold));
            if !self.more()? {
                return Ok(None);
            }
        }
    }

    /// The next byte before `limit` that is not white space.
    pub fn skip_white(&mut self, from: u64, hold: u64, limit: u64) -> io::Result<Option<u64>> {
        let mut at = from;
        loop {
            let end = self.end().min(limit);
            if at < end {
                if let Some(found) = self.slice(at, end).iter().position(|&byte| !is_white(byte)) {
                    return Ok(Some(at + found as u64));
                }
                at = end;
            }
            if self.end() >= limit {
                return Ok(None);
            }
            self.release(at.min(hold));
            if !self.more()? {
                return Ok(None);
            }
        }
    }

    /// Where the next occurrence of the needle starts that ends at or before `limit`.
    pub fn find(&mut self, needle: &Finder<'_>, from: u64, limit: u64) -> io::Result<Option<u64>> {
        let length = needle.needle().len() as u64;
        let mut at = from;
        loop {
            let end = self.end().min(limit);
            if at + length <= end {
                if let Some(found) = needle.find(self.slice(at, end)) {
                    return Ok(Some(at + found as u64));
                }
                at = end - length + 1;
            }
            if self.end() >= limit || !self.more()? {
                return Ok(None);
            }
        }
    }

    /// Where the terminator ends that closes what began before `from`.
    ///
    /// What was searched in vain is remembered: a thousand comments that never end cost one search.
    pub fn find_end(&mut self, kind: Terminator, from: u64, limit: u64) -> io::Result<Option<u64>> {
        let needle: &[u8] = match kind {
            Terminator::Comment => b"-->",
            Terminator::Cdata => b"]]>",
            Terminator::Instruction => b"?>",
        };
        let (absent_from, absent_to) = self.feed.absent[kind as usize];
        let known = (absent_from..=absent_to).contains(&from);
        let start = if known { absent_to } else { from };
        let found = self.find(&Finder::new(needle), start, limit)?;
        if found.is_none() {
            let searched = (self.end().min(limit) + 1).saturating_sub(needle.len() as u64);
            let first = if known { absent_from } else { from };
            self.feed.absent[kind as usize] = (first, searched.max(start));
        }
        Ok(found.map(|at| at + needle.len() as u64))
    }
}

/// White space as XML has it.
pub(super) fn is_white(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Characters in UTF-8 text: the bytes that do not continue one.
fn characters(bytes: &[u8]) -> u32 {
    // Blocks of at most 255 keep each count in a byte, which the compiler turns into vector code.
    let of_block = |block: &[u8]| {
        let starts = block.iter().map(|&byte| u8::from((byte as i8) >= -0x40));
        u32::from(starts.fold(0u8, u8::wrapping_add))
    };
    bytes.chunks(255).map(of_block).fold(0, u32::wrapping_add)
}

/// A distance within the buffer.
fn index(distance: u64) -> usize {
    usize::try_from(distance).expect("the buffer fits the address space")
}

/// A count for people: beyond four thousand million it stays there.
fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
