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

mod archived;
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
    /// What was verified begins behind this record: the last one in an archive that was not read, or none.
    pub after: Head,
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

/// Reads and checks the whole journal in a folder, and that it has each of the heads published. Where its first segments lie
/// in an archive, it begins behind them: nothing is said of what was archived.
///
/// # Errors
/// When the folder or a file of it cannot be read.
pub fn verify(folder: &mut dyn Folder, published: &[Head]) -> io::Result<Verdict> {
    judged(folder, published, None)
}

/// Reads and checks what lies in an archive and what is left here as one journal, which must have each of the heads published,
/// and the head at which each archived segment ended when it went.
///
/// # Errors
/// When one of the folders or a file in them cannot be read.
pub fn verify_joined(
    archive: &mut dyn Folder,
    here: &mut dyn Folder,
    published: &[Head],
) -> io::Result<Verdict> {
    let heads = match archived::heads(here) {
        Ok(heads) => heads,
        Err(Stop::Outside(error)) => return Err(error),
        Err(Stop::Fault(fault)) => return Ok(damaged_at_once(fault)),
    };
    let mut joined = archived::Joined { archive, here, n_archived: heads.len() as u32 };
    let both = [published, &heads].concat();
    let verdict = followed(&mut joined, &[], &both, None)?;
    let n_heads = verdict.n_heads.saturating_sub(heads.len());
    Ok(Verdict { n_heads, ..verdict })
}

fn judged<'h>(
    folder: &mut dyn Folder,
    published: &'h [Head],
    each: Option<&'h mut dyn FnMut(Record<'_>)>,
) -> io::Result<Verdict> {
    match archived::heads(folder) {
        Ok(heads) => followed(folder, &heads, published, each),
        Err(Stop::Outside(error)) => Err(error),
        Err(Stop::Fault(fault)) => Ok(damaged_at_once(fault)),
    }
}

fn damaged_at_once(fault: Fault) -> Verdict {
    Verdict { after: Head::EMPTY, head: Head::EMPTY, n_segments: 0, n_heads: 0, end: End::Damaged(fault) }
}

/// Follows the chain behind the archived segments that end in these heads.
fn followed<'h>(
    folder: &mut dyn Folder,
    archived: &[Head],
    published: &'h [Head],
    each: Option<&'h mut dyn FnMut(Record<'_>)>,
) -> io::Result<Verdict> {
    let after = archived.last().copied().unwrap_or(Head::EMPTY);
    let n_archived = archived.len() as u32;
    let mut chain = Chain::new(after, published, each);
    let mut segments = segments(folder)?;
    segments.retain(|it| it.number > n_archived);
    let found = follow(folder, n_archived + 1, &segments, &mut chain);
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
    Ok(Verdict { after, head, n_segments: segments.len(), n_heads: chain.n_met(), end })
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
    judged(folder, &[], Some(each))
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
        let number = segment_number(&name)?;
        Some(Segment { name, number, len })
    });
    let mut segments: Vec<Segment> = named.collect();
    segments.sort_by_key(|it| it.number);
    Ok(segments)
}

/// The number of a segment, by its name.
fn segment_number(name: &str) -> Option<u32> {
    let digits = name.strip_suffix(".seg")?;
    let is_number = digits.len() == 8 && digits.bytes().all(|it| it.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

fn follow(
    folder: &mut dyn Folder,
    first: u32,
    segments: &[Segment],
    chain: &mut Chain<'_>,
) -> Result<(), Stop> {
    for (number, segment) in (first..).zip(segments) {
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
