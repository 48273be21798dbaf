//! Opening: finding out what is really there.
//!
//! A commit is synced before the next one begins, so only the last commit can be
//! unfinished. Every frame names the commit it belongs to: a bad frame with a
//! later commit behind it had been synced once and is damage, a bad frame with
//! none behind it is an end that was never acknowledged and is cut off. What is
//! whole in itself and stands in the wrong place was not torn, and is damage too.

use std::path::Path;

use super::super::RecordError;
use super::super::frame::{FRAME_MAGIC, FrameHeader, SEGMENT_MAGIC, SegmentHeader, VERSION, body_digest};
use super::super::number;
use super::archived::Archived;
use super::reader::FrameAt;
use super::walk::{Chain, Depth, Walk, check_number, live_numbers, read_body};
use super::{Cut, Head, Segment};
use crate::world::{World, read_full};

/// Bytes looked at in one go when searching for a later commit.
const SEARCH_BYTES: usize = 1 << 20;

/// What opening found.
pub(super) struct Recovered {
    pub archived: Archived,
    pub frames: Vec<FrameAt>,
    pub head: Head,
    /// The last segment, synced and ready to be written to.
    pub segment: Option<Segment>,
    pub next_number: u32,
    pub cut: Option<Cut>,
}

/// Reads the journal in a folder and cuts off an unfinished end.
pub(super) fn recover(world: &dyn World, dir: &Path) -> Result<Recovered, RecordError> {
    let archived = Archived::read(world, dir)?;
    let n_archived = archived.n_segments();
    let numbers = live_numbers(world, dir, n_archived)?;
    let (mut chain, mut frames) = (Chain::after(archived.head()), Vec::new());
    let Some((&last, older)) = numbers.split_last() else {
        let (head, next_number) = (archived.head(), n_archived + 1);
        return Ok(Recovered { archived, frames, head, segment: None, next_number, cut: None });
    };
    for (expected, &number) in (n_archived + 1..).zip(older) {
        check_number(dir, &chain, expected, number)?;
        let mut walk = Walk::open(world, dir, number)?;
        follow(&mut walk, &mut chain, Depth::Headers, &mut frames)?;
    }
    check_number(dir, &chain, n_archived + numbers.len() as u32, last)?;
    let mut walk = Walk::open(world, dir, last)?;
    let cut = match follow(&mut walk, &mut chain, Depth::Records, &mut frames) {
        Ok(()) => None,
        Err(error) => Some(unfinished(&walk, &chain, error)?),
    };
    let head = chain.reached();
    let segment = take_over(world, dir, &walk, cut.is_some())?;
    let next_number = if segment.is_some() { last + 1 } else { last };
    Ok(Recovered { archived, frames, head, segment, next_number, cut })
}

/// Finds the frames of the journal in a folder and changes nothing: an unfinished end is left alone and not read.
pub(super) fn look(world: &dyn World, dir: &Path) -> Result<(Vec<FrameAt>, Head), RecordError> {
    let archived = Archived::read(world, dir)?;
    let n_archived = archived.n_segments();
    let (mut chain, mut frames) = (Chain::after(archived.head()), Vec::new());
    let numbers = live_numbers(world, dir, n_archived)?;
    for (expected, &number) in (n_archived + 1..).zip(&numbers) {
        check_number(dir, &chain, expected, number)?;
        let mut walk = Walk::open(world, dir, number)?;
        if let Err(error) = follow(&mut walk, &mut chain, Depth::Headers, &mut frames) {
            if (expected - n_archived) as usize != numbers.len() {
                return Err(error);
            }
            unfinished(&walk, &chain, error)?;
        }
    }
    Ok((frames, chain.reached()))
}

/// Goes through the rest of a segment.
pub(super) fn follow(
    walk: &mut Walk,
    chain: &mut Chain,
    depth: Depth,
    frames: &mut Vec<FrameAt>,
) -> Result<(), RecordError> {
    while let Some(at) = walk.next(chain, depth)? {
        frames.push(at);
    }
    Ok(())
}

/// Decides whether what is wrong with the end of the last segment is an unfinished
/// commit, or damage that must not be touched.
fn unfinished(walk: &Walk, chain: &Chain, error: RecordError) -> Result<Cut, RecordError> {
    let RecordError::Damaged { path, offset, first_bad_index, why } = error else {
        return Err(error);
    };
    if is_of_newer_version(walk)? || is_out_of_place(walk, chain)? || has_later_commit(walk, chain)? {
        return Err(RecordError::Damaged { path, offset, first_bad_index, why });
    }
    Ok(Cut { path, offset: walk.offset, bytes: walk.file.len() - walk.offset, why })
}

/// A newer program wrote this; to cut it off would be to destroy what we cannot read.
fn is_of_newer_version(walk: &Walk) -> Result<bool, RecordError> {
    let mut start = [0; 10];
    read(walk, &mut start, walk.offset)?;
    let is_header = start[..8] == FRAME_MAGIC || start[..8] == SEGMENT_MAGIC;
    Ok(is_header && number!(u16, start, 8) > VERSION)
}

/// Whether what stands where the good frames end matches its own hashes: torn it cannot be, so it was put there.
fn is_out_of_place(walk: &Walk, chain: &Chain) -> Result<bool, RecordError> {
    if walk.offset == 0 {
        let mut bytes = [0; SegmentHeader::BYTES];
        return Ok(read(walk, &mut bytes, 0)? == bytes.len() && SegmentHeader::decode(&bytes).is_ok());
    }
    let mut bytes = [0; FrameHeader::BYTES];
    if read(walk, &mut bytes, walk.offset)? < bytes.len() {
        return Ok(false);
    }
    let Ok(header) = FrameHeader::decode(&bytes) else { return Ok(false) };
    if header.first_index != chain.next_index || header.previous != chain.head {
        return Ok(true);
    }
    let is_there = walk.offset + bytes.len() as u64 + header.body_len() <= walk.file.len();
    Ok(is_there && body_digest(&read_body(&*walk.file, &walk.path, walk.offset, &header)?) == header.body)
}

/// Looks for a frame of a later commit from where the good frames end.
fn has_later_commit(walk: &Walk, chain: &Chain) -> Result<bool, RecordError> {
    let mut chunk = vec![0; SEARCH_BYTES];
    let mut offset = walk.offset;
    while offset < walk.file.len() {
        let filled = read(walk, &mut chunk, offset)?;
        let magics = chunk[..filled].windows(FRAME_MAGIC.len()).enumerate();
        for (at, _) in magics.filter(|(_, bytes)| **bytes == FRAME_MAGIC) {
            if is_of_later_commit(walk, chain, offset + at as u64)? {
                return Ok(true);
            }
        }
        // The next look begins early enough to see a magic number on the border.
        offset += (SEARCH_BYTES - FRAME_MAGIC.len()) as u64;
    }
    Ok(false)
}

fn is_of_later_commit(walk: &Walk, chain: &Chain, offset: u64) -> Result<bool, RecordError> {
    let mut bytes = [0; FrameHeader::BYTES];
    if read(walk, &mut bytes, offset)? < bytes.len() {
        return Ok(false);
    }
    Ok(FrameHeader::decode(&bytes).is_ok_and(|header| header.commit_first > chain.next_index))
}

fn read(walk: &Walk, buf: &mut [u8], offset: u64) -> Result<usize, RecordError> {
    read_full(&*walk.file, buf, offset).map_err(|it| RecordError::io("read", &walk.path, it))
}

/// Opens the last segment for writing at the end of its good frames.
///
/// It is synced even when nothing is cut: a process that was killed may have
/// written what it had no time to sync. A segment without a good header goes.
fn take_over(world: &dyn World, dir: &Path, walk: &Walk, cut: bool) -> Result<Option<Segment>, RecordError> {
    let path = walk.path.clone();
    let segment = if walk.offset == 0 {
        world.remove(&path).map_err(|it| RecordError::io("remove", &path, it))?;
        None
    } else {
        let mut file = world.append(&path).map_err(|it| RecordError::io("open", &path, it))?;
        if cut {
            file.set_len(walk.offset).map_err(|it| RecordError::io("cut", &path, it))?;
        }
        file.sync_data().map_err(|it| RecordError::io("sync", &path, it))?;
        let durable_len = file.len();
        Some(Segment { number: walk.number, path, file, durable_len, is_new: false })
    };
    world.sync_dir(dir).map_err(|it| RecordError::io("sync", dir, it))?;
    Ok(segment)
}
