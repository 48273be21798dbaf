//! Reading everything there is and believing none of it.

use std::fmt;
use std::path::Path;

use super::super::RecordError;
use super::walk::{Chain, Depth, Walk, check_number, segment_numbers};
use super::{Head, folder};
use crate::world::World;

/// A journal without fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// How many records it has.
    pub records: u64,
    /// To be compared with the last checkpoint published: records missing from the
    /// end leave no other trace.
    pub head: Head,
}

/// A journal with a fault.
#[derive(Debug, Clone)]
pub struct Broken {
    /// The first record that cannot be vouched for. All before it are good.
    pub first_bad_index: u64,
    /// Where, and what does not fit.
    pub why: RecordError,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "journal is good up to index {}; {}", self.first_bad_index - 1, self.why)
    }
}

impl std::error::Error for Broken {}

/// Reads and checks the whole of `<data>/journal`, changing nothing.
///
/// An unfinished end counts as a fault: of a journal that was not closed in peace,
/// open it first. While a process writes here, its last commit may look unfinished.
pub fn verify(world: &dyn World, data: &Path) -> Result<Verified, Broken> {
    let mut chain = Chain::START;
    match follow(world, &folder(data), &mut chain) {
        Ok(()) => {
            let head = Head { index: chain.next_index - 1, hash: chain.head };
            Ok(Verified { records: head.index, head })
        }
        Err(why) => {
            let first_bad_index = match &why {
                RecordError::Damaged { first_bad_index, .. } => *first_bad_index,
                _ => chain.next_index,
            };
            Err(Broken { first_bad_index, why })
        }
    }
}

fn follow(world: &dyn World, dir: &Path, chain: &mut Chain) -> Result<(), RecordError> {
    for (expected, number) in (1..).zip(segment_numbers(world, dir)?) {
        check_number(dir, chain, expected, number)?;
        let mut walk = Walk::open(world, dir, number)?;
        while walk.next(chain, Depth::Records)?.is_some() {}
    }
    Ok(())
}
