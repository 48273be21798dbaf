//! Verifies a journal, written from `ops/journal-format.md` alone.
//!
//! The checker is not the system: nothing here comes from the program that writes the journal, and a check of the manifests
//! sees that it stays so. `clearance journal verify` calls this crate, and so does the program of its own, for whoever has
//! a copy of a journal and nothing else.
//!
//! It reads and changes nothing. What it finds is a [`Verdict`]; an error is a folder that cannot be read.

use std::io;

pub use harm::{Fault, Harm, Part};
pub use head::Head;
pub use published::{Published, published};
pub use tell::{en, passed_over_en, passed_over_zh, zh};

mod chain;
mod harm;
mod head;
mod header;
mod published;
mod tell;
#[cfg(test)]
mod tests;
mod unfinished;

use chain::Chain;

/// Where a journal lies.
pub trait Folder {
    /// Names and lengths of its regular files, in any order.
    fn files(&mut self) -> io::Result<Vec<(String, u64)>>;

    /// Fills the buffer from an offset of a file, or fails with [`io::ErrorKind::UnexpectedEof`].
    fn read(&mut self, name: &str, offset: u64, into: &mut [u8]) -> io::Result<()>;
}

/// What a journal came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The last record that is vouched for.
    pub head: Head,
    /// Segments there are.
    pub n_segments: usize,
    /// Of the heads that were given, how many the journal has.
    pub n_heads: usize,
    /// How it ends.
    pub end: End,
}

/// How a journal ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// Every byte is good.
    Whole,
    /// Behind the last good record stands what a writer that was stopped leaves behind: no tampering by itself. Whether a
    /// record is missing is known from published heads only.
    Unfinished(Fault),
    /// Something else stands here than was written.
    Damaged(Fault),
}

impl Verdict {
    /// The first record that is not vouched for.
    pub fn first_bad_index(&self) -> Option<u64> {
        match &self.end {
            End::Whole => None,
            End::Unfinished(fault) | End::Damaged(fault) => Some(fault.first_bad_index),
        }
    }
}

/// Reads and checks the whole journal in a folder, and that it has each of the heads published.
///
/// # Errors
/// When the folder or a file of it cannot be read.
pub fn verify(folder: &mut dyn Folder, published: &[Head]) -> io::Result<Verdict> {
    judged(folder, Chain::new(published, None))
}

fn judged(folder: &mut dyn Folder, mut chain: Chain<'_>) -> io::Result<Verdict> {
    let segments = segments(folder)?;
    let found = follow(folder, &segments, &mut chain);
    let end = match found {
        Ok(()) => End::Whole,
        Err(Stop::Outside(error)) => return Err(error),
        Err(Stop::Fault(fault)) => {
            let last = segments.last().filter(|last| last.name == fault.segment);
            match last {
                Some(last) if unfinished::is(folder, last, &fault)? => End::Unfinished(fault),
                _ => End::Damaged(fault),
            }
        }
    };
    let (end, head) = chain.held_against_published(end, segments.last());
    Ok(Verdict { head, n_segments: segments.len(), n_heads: chain.n_met(), end })
}

/// A record that is vouched for, for whoever wants to read what was verified.
#[derive(Debug, Clone, Copy)]
pub struct Record<'r> {
    /// From 1.
    pub index: u64,
    /// What it is about.
    pub kind: u8,
    /// What it says.
    pub payload: &'r [u8],
}

/// Hands over every record up to the first that is not vouched for, in order; then what [`verify`] says.
///
/// # Errors
/// When the folder or a file of it cannot be read.
pub fn read(folder: &mut dyn Folder, each: &mut dyn FnMut(Record<'_>)) -> io::Result<Verdict> {
    judged(folder, Chain::new(&[], Some(each)))
}

/// One segment in the folder.
struct Segment {
    name: String,
    number: u32,
    len: u64,
}

/// Why following the chain ended early.
enum Stop {
    Outside(io::Error),
    Fault(Fault),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        Stop::Outside(error)
    }
}

/// The segments by number; other files mean nothing.
fn segments(folder: &mut dyn Folder) -> io::Result<Vec<Segment>> {
    let named = folder.files()?.into_iter().filter_map(|(name, len)| {
        let digits = name.strip_suffix(".seg")?;
        let is_number = digits.len() == 8 && digits.bytes().all(|it| it.is_ascii_digit());
        let number = is_number.then(|| digits.parse().ok()).flatten()?;
        Some(Segment { name, number, len })
    });
    let mut segments: Vec<Segment> = named.collect();
    segments.sort_by_key(|it| it.number);
    Ok(segments)
}

fn follow(folder: &mut dyn Folder, segments: &[Segment], chain: &mut Chain<'_>) -> Result<(), Stop> {
    for (number, segment) in (1..).zip(segments) {
        if segment.number != number {
            let harm = Harm::SegmentMissing { next: segment.name.clone() };
            let first_bad_index = chain.head().index + 1;
            let segment = format!("{number:08}.seg");
            return Err(Stop::Fault(Fault { first_bad_index, segment, offset: 0, harm }));
        }
        chain.segment(folder, segment)?;
    }
    Ok(())
}
