//! Whether a fault in the last segment is an unfinished commit.
//!
//! Only the last commit can be torn, and what is torn fails its own hash or is cut short: what matches its hash and does not
//! fit was put there. A frame of a later commit behind the fault proves that what is torn had been synced.

use crate::harm::{Fault, Harm};
use crate::header::{FRAME_BYTES, FRAME_MAGIC, FrameHeader};
use crate::{Folder, Segment};
use std::io;

/// Bytes looked at in one go.
const PIECE_BYTES: usize = 1 << 20;

/// Whether this fault may be what a writer that was stopped leaves behind.
pub(crate) fn is(folder: &mut dyn Folder, segment: &Segment, fault: &Fault) -> io::Result<bool> {
    let may_be_torn =
        matches!(fault.harm, Harm::NoHeader(_) | Harm::HeaderChanged(_) | Harm::CutShort | Harm::BodyChanged);
    if !may_be_torn {
        return Ok(false);
    }
    let mut piece = vec![0; PIECE_BYTES];
    let mut at = fault.offset;
    while at < segment.len {
        let len = PIECE_BYTES.min((segment.len - at) as usize);
        folder.read(&segment.name, at, &mut piece[..len])?;
        for place in places(&piece[..len]) {
            if is_of_later_commit(folder, segment, at + place as u64, fault.first_bad_index)? {
                return Ok(false);
            }
        }
        // A magic number on the border is seen from the next piece.
        at += (PIECE_BYTES - FRAME_MAGIC.len()) as u64;
    }
    Ok(true)
}

/// Where a frame may begin.
fn places(piece: &[u8]) -> Vec<usize> {
    let starts = piece.windows(FRAME_MAGIC.len()).enumerate();
    starts.filter(|(_, bytes)| *bytes == FRAME_MAGIC).map(|(place, _)| place).collect()
}

fn is_of_later_commit(
    folder: &mut dyn Folder,
    segment: &Segment,
    at: u64,
    expected: u64,
) -> io::Result<bool> {
    if segment.len - at < FRAME_BYTES as u64 {
        return Ok(false);
    }
    let mut bytes = [0; FRAME_BYTES];
    folder.read(&segment.name, at, &mut bytes)?;
    Ok(FrameHeader::read(&bytes).is_ok_and(|header| header.commit_first > expected))
}
