//! zstd, frame by frame: libzstd decodes and checks, this file counts and refuses.
//!
//! Frame headers are read here before the decoder sees them, so that a frame which asks for too much memory or for
//! a dictionary is refused by name and not by an error text.
//! The decoder is given one block at a time: it forgets what a call wrote when a later block of the same call is
//! damaged, and what is read before a break must not depend on how the bytes came.

use std::io;

use model::batch::ContainerFault;
use model::limits::Limits;
use zstd::stream::raw::{DParameter, Decoder, Operation};

use super::{Bytes, Fault};

/// Two blocks of 128 KiB and their headers.
const INPUT_BYTES: usize = 2 * (128 * 1024 + 4);

/// RFC 8878, section 3.1.1.2.4.
const MOST_BLOCK_BYTES: usize = 128 * 1024;

/// Magic number, descriptor, window, dictionary id and content size at their longest.
const HEADER_BYTES: usize = 18;

/// A zstd stream of one or more frames, decoded.
pub(crate) struct Frames<B> {
    source: B,
    decoder: Decoder<'static>,
    input: Vec<u8>,
    taken: usize,
    filled: usize,
    state: State,
    limits: Limits,
    n_frames: u32,
    n_skippable: u32,
    decoded: u64,
    /// Bytes of the frames up to the part at hand.
    stored: u64,
    has_checksum: bool,
    /// Bytes of the part at hand the decoder has not taken yet.
    part_left: usize,
    /// The decoder may hold output that did not fit.
    flushing: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    BetweenFrames,
    /// What comes next in the frame.
    InFrame(Part),
    /// That many bytes of a skippable frame are left.
    Skipping(u64),
    Ended,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Block,
    Checksum,
    Nothing,
}

/// What a frame's header says about it.
#[derive(Clone, Copy)]
struct Header {
    bytes: usize,
    has_checksum: bool,
}

impl<B: Bytes> Frames<B> {
    /// # Errors
    /// When the decoder cannot be set up, which is the world's failure.
    pub fn new(source: B, limits: &Limits) -> io::Result<Frames<B>> {
        let mut decoder = Decoder::new()?;
        decoder.set_parameter(DParameter::WindowLogMax(limits.zstd_window_log))?;
        Ok(Frames {
            source,
            decoder,
            input: vec![0; INPUT_BYTES],
            taken: 0,
            filled: 0,
            state: State::BetweenFrames,
            limits: *limits,
            n_frames: 0,
            n_skippable: 0,
            decoded: 0,
            stored: 0,
            has_checksum: false,
            part_left: 0,
            flushing: false,
        })
    }

    /// Has `n` bytes of input at hand, or all that are left.
    fn want(&mut self, n: usize) -> Result<&[u8], Fault> {
        if self.filled - self.taken < n {
            self.input.copy_within(self.taken..self.filled, 0);
            (self.taken, self.filled) = (0, self.filled - self.taken);
        }
        while self.filled < n {
            match self.source.read(&mut self.input[self.filled..])? {
                0 => break,
                read => self.filled += read,
            }
        }
        Ok(&self.input[self.taken..self.filled])
    }

    /// Reads the magic number of the next frame and judges its header.
    fn begin(&mut self) -> Result<State, Fault> {
        let limits = self.limits;
        let none_yet = self.n_frames == 0;
        let head = self.want(HEADER_BYTES)?;
        match *head {
            [] if none_yet => Err(ContainerFault::ZstdNoFrame.into()),
            [] => Ok(State::Ended),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => {
                let header = judge_header(head, &limits)?;
                self.n_frames += 1;
                (self.part_left, self.has_checksum) = (header.bytes, header.has_checksum);
                self.stored += header.bytes as u64;
                match self.n_frames > limits.zstd_frames {
                    true => Err(ContainerFault::ZstdFrames.into()),
                    false => Ok(State::InFrame(Part::Block)),
                }
            }
            [0x50..=0x5F, 0x2A, 0x4D, 0x18, a, b, c, d, ..] => {
                let length = u64::from(u32::from_le_bytes([a, b, c, d]));
                self.taken += 8;
                self.n_skippable += 1;
                let allowed =
                    self.n_skippable <= limits.zstd_skippable_frames && length <= limits.zstd_skippable_bytes;
                match allowed {
                    true => Ok(State::Skipping(length)),
                    false => Err(ContainerFault::ZstdSkippable.into()),
                }
            }
            [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Err(ContainerFault::ZstdTruncated.into()),
            _ => Err(ContainerFault::ZstdTrailing.into()),
        }
    }

    fn skip(&mut self, left: u64) -> Result<State, Fault> {
        if left == 0 {
            return Ok(State::BetweenFrames);
        }
        let at_hand = self.want(1)?.len();
        if at_hand == 0 {
            return Err(ContainerFault::ZstdTruncated.into());
        }
        let skipped = (at_hand as u64).min(left);
        self.taken += usize::try_from(skipped).unwrap_or(at_hand);
        Ok(State::Skipping(left - skipped))
    }

    /// Has the next part of the frame at hand, whole.
    fn next_part(&mut self, part: Part) -> Result<(), Fault> {
        let (length, next) = match part {
            Part::Block => match *self.want(3)? {
                [a, b, c, ..] => {
                    let (length, is_last) = judge_block(u32::from_le_bytes([a, b, c, 0]))?;
                    let after = if self.has_checksum { Part::Checksum } else { Part::Nothing };
                    (3 + length, if is_last { after } else { Part::Block })
                }
                _ => return Err(ContainerFault::ZstdTruncated.into()),
            },
            Part::Checksum => (4, Part::Nothing),
            // The decoder wants more than the frame has.
            Part::Nothing => return Err(ContainerFault::ZstdCorrupt.into()),
        };
        if self.want(length)?.len() < length {
            return Err(ContainerFault::ZstdTruncated.into());
        }
        self.part_left = length;
        self.stored += length as u64;
        self.state = State::InFrame(next);
        Ok(())
    }

    fn decode(&mut self, into: &mut [u8]) -> Result<usize, Fault> {
        if let State::InFrame(part) = self.state
            && self.part_left == 0
            && !self.flushing
        {
            self.next_part(part)?;
        }
        let Limits { decoded_bytes, zstd_ratio, zstd_ratio_free_bytes, .. } = self.limits;
        let plausible = self.stored.saturating_mul(zstd_ratio).max(zstd_ratio_free_bytes);
        let (most, beyond) = match decoded_bytes <= plausible {
            true => (decoded_bytes, ContainerFault::DecodedSize),
            false => (plausible, ContainerFault::Ratio),
        };
        let allowed = most.saturating_sub(self.decoded);
        let mut probe = [0];
        let into = match usize::try_from(allowed).unwrap_or(usize::MAX).min(into.len()) {
            0 => &mut probe[..],
            n => &mut into[..n],
        };
        let input = &self.input[self.taken..self.taken + self.part_left];
        let status = self.decoder.run_on_buffers(input, into).map_err(|error| corrupt(&error))?;
        self.taken += status.bytes_read;
        self.part_left -= status.bytes_read;
        self.flushing = status.bytes_written == into.len();
        if status.bytes_written as u64 > allowed {
            return Err(beyond.into());
        }
        self.decoded += status.bytes_written as u64;
        if status.remaining == 0 {
            self.decoder.reinit().map_err(Fault::World)?;
            self.state = State::BetweenFrames;
            self.flushing = false;
        } else if self.part_left > 0 && status.bytes_read == 0 && status.bytes_written == 0 {
            return Err(ContainerFault::ZstdCorrupt.into());
        }
        Ok(status.bytes_written)
    }
}

impl<B: Bytes> Bytes for Frames<B> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize, Fault> {
        loop {
            match self.state {
                State::BetweenFrames => self.state = self.begin()?,
                State::Skipping(left) => self.state = self.skip(left)?,
                State::InFrame(_) => match self.decode(into)? {
                    0 => {}
                    read => return Ok(read),
                },
                State::Ended => return Ok(0),
            }
        }
    }
}

/// RFC 8878, section 3.1.1.1: how much memory a frame asks for, and whether it needs a dictionary.
fn judge_header(head: &[u8], limits: &Limits) -> Result<Header, ContainerFault> {
    let descriptor = *head.get(4).ok_or(ContainerFault::ZstdTruncated)?;
    let single_segment = descriptor & 0x20 != 0;
    let id_bytes = [0, 1, 2, 4][usize::from(descriptor & 3)];
    let id_at = if single_segment { 5 } else { 6 };
    let size_at = id_at + id_bytes;
    let size_bytes = match descriptor >> 6 {
        0 => usize::from(single_segment),
        1 => 2,
        2 => 4,
        _ => 8,
    };
    let header = head.get(..size_at + size_bytes).ok_or(ContainerFault::ZstdTruncated)?;
    if header[id_at..size_at].iter().any(|&byte| byte != 0) {
        return Err(ContainerFault::ZstdDictionary);
    }
    let window = match single_segment {
        true => content_size(&header[size_at..]),
        false => window_size(header[5]),
    };
    match window > 1 << limits.zstd_window_log {
        true => Err(ContainerFault::ZstdWindow),
        false => Ok(Header { bytes: header.len(), has_checksum: descriptor & 4 != 0 }),
    }
}

/// RFC 8878, section 3.1.1.2: how many bytes follow a block's header, and whether it is the last.
fn judge_block(header: u32) -> Result<(usize, bool), ContainerFault> {
    let size = (header >> 3) as usize;
    let length = match header >> 1 & 3 {
        1 => 1,
        0 | 2 if size <= MOST_BLOCK_BYTES => size,
        _ => return Err(ContainerFault::ZstdCorrupt),
    };
    Ok((length, header & 1 == 1))
}

fn window_size(descriptor: u8) -> u64 {
    let base = 1u64 << (10 + (descriptor >> 3));
    base + base / 8 * u64::from(descriptor & 7)
}

fn content_size(field: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    bytes[..field.len()].copy_from_slice(field);
    let size = u64::from_le_bytes(bytes);
    if field.len() == 2 { size + 256 } else { size }
}

/// libzstd tells a wrong checksum from other damage only in words.
fn corrupt(error: &io::Error) -> ContainerFault {
    match error.to_string().contains("checksum") {
        true => ContainerFault::ZstdChecksum,
        false => ContainerFault::ZstdCorrupt,
    }
}
