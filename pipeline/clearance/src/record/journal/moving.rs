//! One segment on its way to the archive.

use std::path::Path;

use jiff::Timestamp;

use super::super::RecordError;
use super::super::archive::{copy, is_older, is_same};
use super::archived::Archived;
use super::recover::follow;
use super::segment_path;
use super::walk::{Chain, Depth, Walk, live_numbers, segment_numbers};
use crate::world::{World, parent_of};

/// Moves the oldest segment that is still here, when it is old enough and full, and holds no record from `keep_from` on;
/// its length, or none when there is no such segment. The last one is written to and stays.
pub(in crate::record) fn oldest(
    world: &dyn World,
    dir: &Path,
    archived: &mut Archived,
    before: Timestamp,
    keep_from: u64,
) -> Result<Option<u64>, RecordError> {
    let numbers = live_numbers(world, dir, archived.n_segments())?;
    let number = archived.n_segments() + 1;
    let path = segment_path(dir, number);
    if numbers.len() < 2 || numbers[0] != number || !is_older(world, &path, before)? {
        return Ok(None);
    }
    // Read through before it is copied: what is damaged here is told here.
    let mut chain = Chain::after(archived.head());
    let mut walk = Walk::open(world, dir, number)?;
    follow(&mut walk, &mut chain, Depth::Records, &mut Vec::new())?;
    if chain.next_index > keep_from {
        return Ok(None);
    }
    keep(world, &path, &archived.segment(number))?;
    archived.heads.push(chain.reached());
    archived.write(world, dir)?;
    remove(world, dir, number)?;
    Ok(Some(walk.offset))
}

/// Makes a copy that is durable and was read back, unless it is there already.
fn keep(world: &dyn World, from: &Path, to: &Path) -> Result<(), RecordError> {
    let dir = parent_of(to);
    if !world.exists(to).map_err(|it| RecordError::io("look at", to, it))? {
        let partial = to.with_extension("partial");
        copy(world, from, &partial)?;
        must_be_same(world, from, &partial)?;
        world.rename_new(&partial, to).map_err(|it| RecordError::io("keep", to, it))?;
    }
    must_be_same(world, from, to)?;
    world.sync_dir(dir).map_err(|it| RecordError::io("sync", dir, it))
}

/// Removes here what is in the archive: a crash may have come between the two.
pub(in crate::record) fn remove_left(
    world: &dyn World,
    dir: &Path,
    archived: &Archived,
) -> Result<(), RecordError> {
    for number in segment_numbers(world, dir)?.into_iter().filter(|it| *it <= archived.n_segments()) {
        must_be_same(world, &segment_path(dir, number), &archived.segment(number))?;
        remove(world, dir, number)?;
    }
    Ok(())
}

fn must_be_same(world: &dyn World, from: &Path, to: &Path) -> Result<(), RecordError> {
    if is_same(world, from, to)? {
        return Ok(());
    }
    let why = "the archive holds other bytes than the journal here: another journal was archived there, or the copy is damaged; \
               move it away and try again, nothing has been removed";
    Err(RecordError::damaged(to, 0, why))
}

fn remove(world: &dyn World, dir: &Path, number: u32) -> Result<(), RecordError> {
    let path = segment_path(dir, number);
    world.remove(&path).map_err(|it| RecordError::io("remove", &path, it))?;
    world.sync_dir(dir).map_err(|it| RecordError::io("sync", dir, it))
}
