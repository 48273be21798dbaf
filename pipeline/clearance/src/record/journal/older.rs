//! Reading what went to the archive, as if it were still here.
//!
//! A segment is looked for here first: then a reader that was opened before it went finds it all the same. Of a segment in
//! the archive the headers are followed when it is first needed, from the head before it to the one after it, both of which
//! `journal/archived` names: what lies there in its place is not taken for it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::super::RecordError;
use super::archived::Archived;
use super::reader::FrameAt;
use super::recover::follow;
use super::segment_path;
use super::walk::{Chain, Depth, Walk};
use crate::world::{File, World};

/// Segments whose frames are known: looking back goes over few at a time.
const TABLES_MAX: usize = 16;

/// The archived part of a journal.
pub(in crate::record) struct Older {
    /// What lies there, as it was on opening.
    pub archived: Archived,
    tables: Mutex<Vec<(u32, Arc<Vec<FrameAt>>)>>,
}

impl Older {
    pub fn new(archived: Archived) -> Older {
        Older { archived, tables: Mutex::default() }
    }

    /// The frame that holds this record.
    pub fn frame_of(&self, world: &dyn World, dir: &Path, index: u64) -> Result<FrameAt, RecordError> {
        let number = self.archived.heads.partition_point(|head| head.index < index) as u32 + 1;
        let table = self.table(world, dir, number)?;
        let after = table.partition_point(|it| it.first_index <= index);
        let frame = after.checked_sub(1).and_then(|at| table.get(at)).copied();
        frame.ok_or(RecordError::NoSuchRecord { index, last: self.archived.head().index })
    }

    fn table(&self, world: &dyn World, dir: &Path, number: u32) -> Result<Arc<Vec<FrameAt>>, RecordError> {
        let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, table)) = tables.iter().find(|(known, _)| *known == number) {
            return Ok(Arc::clone(table));
        }
        let table = Arc::new(self.frames(world, dir, number)?);
        if tables.len() == TABLES_MAX {
            tables.remove(0);
        }
        tables.push((number, Arc::clone(&table)));
        Ok(table)
    }

    fn frames(&self, world: &dyn World, dir: &Path, number: u32) -> Result<Vec<FrameAt>, RecordError> {
        let (path, file) = open(world, dir, number)?;
        let (mut walk, mut frames) = (Walk::of(path.clone(), file, number), Vec::new());
        let mut chain = Chain::after(self.archived.before(number));
        follow(&mut walk, &mut chain, Depth::Headers, &mut frames).map_err(|error| away(dir, error))?;
        if self.archived.heads.get(number as usize - 1) == Some(&chain.reached()) {
            return Ok(frames);
        }
        let (offset, first_bad_index) = (walk.offset, chain.next_index);
        let why = "the segment does not end in the head it had when it was archived".to_owned();
        Err(RecordError::Damaged { path, offset, first_bad_index, why })
    }
}

/// Opens a segment, here or in the archive.
pub(super) fn open(
    world: &dyn World,
    dir: &Path,
    number: u32,
) -> Result<(PathBuf, Box<dyn File>), RecordError> {
    let path = segment_path(dir, number);
    let missing = match world.open(&path) {
        Ok(file) => return Ok((path, file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => error,
        Err(error) => return Err(RecordError::io("open", &path, error)),
    };
    // Asked anew each time: it may have gone since, or the archive may have moved.
    let archived = Archived::read(world, dir)?;
    if number > archived.n_segments() {
        return Err(RecordError::io("open", &path, missing));
    }
    let path = archived.segment(number);
    let file = world.open(&path).map_err(|it| away(dir, RecordError::io("open", &path, it)))?;
    Ok((path, file))
}

/// The same error, said of the archive when the file lies there.
pub(in crate::record) fn away(dir: &Path, error: RecordError) -> RecordError {
    match error {
        RecordError::Io { path, source, .. } if !path.starts_with(dir) => {
            RecordError::ArchiveAway { path, source }
        }
        error => error,
    }
}
