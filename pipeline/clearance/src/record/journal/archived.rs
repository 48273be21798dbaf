//! Which segments went to the archive: `journal/archived`, a few lines of text with a hash.
//!
//! It is the cut: up to where the chain lies elsewhere, and with which head it goes on here. It is replaced in one step,
//! after the copies are durable and were read back, and before anything is removed.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::super::RecordError;
use super::super::frame::archived_hash;
use super::{Head, segment_path};
use crate::world::{World, read_exact};

const TITLE: &str = "clearance journal archived 1";

/// A segment takes a hundred bytes here; this is far more than there can be.
const BYTES_MAX: u64 = 16 << 20;

/// What lies in the archive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::record) struct Archived {
    /// The folder of the archive; it is laid out like a data folder. Empty when there is none.
    pub place: PathBuf,
    /// The head at the end of each segment there, from segment 1 on.
    pub heads: Vec<Head>,
}

impl Archived {
    /// What went to the archive; nothing when there is no such file.
    pub fn read(world: &dyn World, dir: &Path) -> Result<Archived, RecordError> {
        let path = path_in(dir);
        let failed = |it| RecordError::io("read", &path, it);
        if !world.exists(&path).map_err(failed)? {
            return Ok(Archived::default());
        }
        let file = world.open(&path).map_err(failed)?;
        let damaged = || RecordError::damaged(&path, 0, "it does not say what went to the archive");
        if file.len() > BYTES_MAX {
            return Err(damaged());
        }
        let mut bytes = vec![0; file.len() as usize];
        read_exact(&*file, &mut bytes, 0).map_err(failed)?;
        str::from_utf8(&bytes).ok().and_then(Archived::parse).ok_or_else(damaged)
    }

    /// Replaces the file, durably and in one step.
    pub fn write(&self, world: &dyn World, dir: &Path) -> Result<(), RecordError> {
        let (path, path_new) = (path_in(dir), dir.join("archived.new"));
        let failed = |it| RecordError::io("write", &path_new, it);
        let mut file = world.create(&path_new).map_err(failed)?;
        file.append(self.text().as_bytes()).map_err(failed)?;
        file.sync_data().map_err(|it| RecordError::io("sync", &path_new, it))?;
        world.rename(&path_new, &path).map_err(|it| RecordError::io("replace", &path, it))?;
        world.sync_dir(dir).map_err(|it| RecordError::io("sync", dir, it))
    }

    /// How many segments lie there.
    pub fn n_segments(&self) -> u32 {
        self.heads.len() as u32
    }

    /// The last record there.
    pub fn head(&self) -> Head {
        self.heads.last().copied().unwrap_or(Head::EMPTY)
    }

    /// The record before the first of a segment there.
    pub fn before(&self, number: u32) -> Head {
        let before = (number as usize).checked_sub(2).and_then(|at| self.heads.get(at));
        before.copied().unwrap_or(Head::EMPTY)
    }

    /// Where a segment lies there.
    pub fn segment(&self, number: u32) -> PathBuf {
        segment_path(&self.place.join("journal"), number)
    }

    /// Whether the place is an archive: a disk that is not mounted leaves an empty folder.
    pub fn is_there(&self, world: &dyn World) -> bool {
        let newest = match self.n_segments() {
            0 => self.place.join("journal"),
            number => self.segment(number),
        };
        world.exists(&newest).unwrap_or(false)
    }

    fn text(&self) -> String {
        let mut text = format!("{TITLE}\narchive {}\n", self.place.display());
        for (number, head) in (1..).zip(&self.heads) {
            let hash = blake3::Hash::from_bytes(head.hash).to_hex();
            let _to_memory = writeln!(text, "{number:08}.seg {}:{hash}", head.index);
        }
        let check = blake3::Hash::from_bytes(archived_hash(text.as_bytes())).to_hex();
        text + check.as_str() + "\n"
    }

    fn parse(text: &str) -> Option<Archived> {
        let mut lines = text.lines();
        let title = lines.next()?;
        let mut archived =
            Archived { place: lines.next()?.strip_prefix("archive ")?.into(), heads: Vec::new() };
        for line in lines.take_while(|line| line.contains(' ')) {
            let (index, hash) = line.split_once(' ')?.1.split_once(':')?;
            let hash = *blake3::Hash::from_hex(hash).ok()?.as_bytes();
            archived.heads.push(Head { index: index.parse().ok()?, hash });
        }
        (title == TITLE && archived.text() == text).then_some(archived)
    }
}

fn path_in(dir: &Path) -> PathBuf {
    dir.join("archived")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::memory::Memory;

    #[test]
    fn it_is_read_as_it_was_written_and_no_other_way() {
        let (world, dir) = (Memory::new(), Path::new("/"));
        assert_eq!(Archived::read(&world, dir).unwrap(), Archived::default());
        let heads = vec![Head { index: 7, hash: [1; 32] }, Head { index: 30, hash: [2; 32] }];
        let archived = Archived { place: "/archive of 2018/归档".into(), heads };
        archived.write(&world, dir).unwrap();
        assert_eq!(Archived::read(&world, dir).unwrap(), archived);
        assert_eq!([1, 2, 3].map(|it| archived.before(it).index), [0, 7, 30]);
        let path = path_in(dir);
        let whole = world.bytes(&path).unwrap();
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            world.set_bytes(&path, &changed).unwrap();
            assert!(Archived::read(&world, dir).is_err(), "byte {at}");
            world.set_bytes(&path, &whole[..at]).unwrap();
            assert!(Archived::read(&world, dir).is_err(), "cut at {at}");
        }
    }
}
