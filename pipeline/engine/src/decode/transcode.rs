//! What is not in UTF-8, turned into UTF-8 before anything is looked for in it.
//!
//! One decoder reads an entry from its first byte to its last, and strictly: it puts nothing in the place of what it
//! cannot read. A byte that no UTF-8 text has stands there instead, so the message around it is refused like one with
//! a bad byte of its own, at the right place, and its neighbours are read.
//! Offsets, lines and columns are those of the text that comes out, which is what an editor shows to the sender.
//!
//! The tables are those of the WHATWG Encoding Standard, which follows GB 18030-2022; the lock file pins their edition.

use encoding_rs::{Decoder, DecoderResult, GB18030, UTF_16BE, UTF_16LE};
use model::encoding::Encoding;

use super::containers::{Bytes, Fault};

/// What is read at a time.
const RAW_BYTES: usize = 64 * 1024;

/// No UTF-8 text has it: what cannot be read becomes one.
const UNREADABLE: u8 = 0xFF;

/// An entry on its way to UTF-8.
pub(super) struct Transcoder {
    decoder: Decoder,
    /// What has been read and not yet turned is `raw[taken..filled]`.
    raw: Vec<u8>,
    taken: usize,
    filled: usize,
    /// The entry has no more bytes than those at hand.
    ended: bool,
    finished: bool,
    text: Vec<u8>,
    told: usize,
}

impl Transcoder {
    /// Begins with what has been read of the entry, which may be all of it. None when it is in UTF-8 already.
    pub fn new(encoding: Encoding, at_hand: &[u8], ended: bool) -> Option<Transcoder> {
        let tables = match encoding {
            Encoding::Utf8 => return None,
            Encoding::Gb18030 => GB18030,
            Encoding::Utf16Le => UTF_16LE,
            Encoding::Utf16Be => UTF_16BE,
        };
        Some(Transcoder {
            // The byte order mark is text here: it is counted and judged like that of UTF-8.
            decoder: tables.new_decoder_without_bom_handling(),
            raw: at_hand.to_vec(),
            taken: 0,
            filled: at_hand.len(),
            ended,
            finished: false,
            text: Vec::new(),
            told: 0,
        })
    }

    /// Reads some text; none at the end.
    pub fn read(&mut self, source: &mut dyn Bytes, into: &mut [u8]) -> Result<usize, Fault> {
        while self.told == self.text.len() && !self.finished {
            if self.taken == self.filled && !self.ended {
                self.more(source)?;
            }
            self.decode();
        }
        let rest = &self.text[self.told..];
        let n = rest.len().min(into.len());
        into[..n].copy_from_slice(&rest[..n]);
        self.told += n;
        Ok(n)
    }

    fn more(&mut self, source: &mut dyn Bytes) -> Result<(), Fault> {
        self.raw.resize(RAW_BYTES, 0);
        (self.taken, self.filled) = (0, 0);
        self.filled = source.read(&mut self.raw)?;
        self.ended = self.filled == 0;
        Ok(())
    }

    /// Turns what is at hand into text, up to what cannot be read.
    fn decode(&mut self) {
        let raw = &self.raw[self.taken..self.filled];
        let room = self.decoder.max_utf8_buffer_length_without_replacement(raw.len());
        self.text.resize(room.unwrap_or(RAW_BYTES).min(4 * RAW_BYTES), 0);
        let (result, read, written) =
            self.decoder.decode_to_utf8_without_replacement(raw, &mut self.text, self.ended);
        self.text.truncate(written);
        self.told = 0;
        self.taken += read;
        match result {
            DecoderResult::InputEmpty => self.finished = self.ended,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => self.text.push(UNREADABLE),
        }
    }
}

/// Whether what was read as GB18030, perhaps only up to a byte that could not be, is UTF-8 in truth: its bytes make good
/// UTF-8 throughout, with characters of three bytes or more, which is what Chinese has. A text of GB18030 meets that by
/// no chance worth counting.
pub(super) fn is_utf8_in_disguise(text: &str) -> bool {
    let mut has_long = false;
    let mut runs = text.split(|letter: char| letter.is_ascii()).peekable();
    while let Some(run) = runs.next() {
        let (bytes, _, _) = GB18030.encode(run);
        let good = match std::str::from_utf8(&bytes) {
            Ok(good) => good,
            // Where reading stopped, half a character of UTF-8 may have been taken.
            Err(error) if error.error_len().is_none() && runs.peek().is_none() => {
                bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid())
            }
            Err(_) => return false,
        };
        has_long |= good.chars().any(|letter| letter.len_utf8() > 2);
    }
    has_long
}
