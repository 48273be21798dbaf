//! The key index: which journal records speak of a key.
//!
//! A view of the journal. It is complete up to [`Index::covered`]; the owner
//! replays the journal from there on opening, and a damaged index is thrown away
//! and built again. Keys are hashes already, evenly spread, which makes
//! everything simple: newest entries in a table in memory, older ones in sorted
//! runs on disk, each with a filter in memory so that a fresh key costs no read.
//! Runs of one size are merged into one of the next, so there are few of them and
//! each entry is rewritten a few times in its life.
//!
//! Only [`Index::advance`], [`Index::save`] and [`Index::wipe`] write files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::manifest::{Listed, Manifest};
use self::memtable::Memtable;
use self::run::{Run, RunWriter};
use super::RecordError;
use super::journal::{Head, Journal, Reader};
use crate::world::{EntryKind, World, create_dir_durable};

mod manifest;
mod memtable;
mod merge;
mod run;
#[cfg(test)]
mod tests;

pub use model::ledger::Key;

/// Sizes of the index.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Entries kept in memory before they are written to a run: 32 bytes each,
    /// and as much again for the table.
    pub memtable_entries: usize,
    /// As many runs of one size are merged. More make fewer rewrites and slower look-ups.
    pub fanout: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { memtable_entries: 1_000_000, fanout: 4 }
    }
}

/// Keys and the journal indexes they lead to.
pub struct Index {
    world: Arc<dyn World>,
    dir: PathBuf,
    limits: Limits,
    recent: Memtable,
    /// Oldest first; levels never rise.
    runs: Vec<Leveled>,
    covered: Head,
    next_number: u32,
    /// The error that stopped the index.
    failed: Option<RecordError>,
}

/// A run, and how many times its entries have been merged.
struct Leveled {
    run: Run,
    level: u32,
}

impl Index {
    /// Opens `<data>/index`.
    ///
    /// Comes back empty, with [`Index::covered`] 0, when there is none, or when it
    /// is damaged. What it covers was committed, so a journal without that record
    /// has lost its end or was replaced by an older copy: that is damage of the
    /// journal, and nothing is opened.
    pub fn open(
        world: Arc<dyn World>,
        data: &Path,
        limits: Limits,
        journal: &Journal,
    ) -> Result<Index, RecordError> {
        let dir = data.join("index");
        create_dir_durable(&*world, &dir).map_err(|it| RecordError::io("create", &dir, it))?;
        let mut index = Index {
            world,
            dir,
            limits,
            recent: Memtable::default(),
            runs: Vec::new(),
            covered: Head::EMPTY,
            next_number: 1,
            failed: None,
        };
        match index.load() {
            Ok(()) if is_part_of(index.covered, journal)? => index.remove_strangers()?,
            Ok(()) => return Err(journal_lacks(data, index.covered, journal)),
            Err(error) if is_lost(&error) => index.wipe()?,
            Err(error) => return Err(error),
        }
        Ok(index)
    }

    /// What can be read of `<data>/index`, changing nothing. It comes back empty where [`Index::open`] would build it anew;
    /// only [`Index::insert`] and the look-ups are for such an index.
    pub fn look(world: Arc<dyn World>, data: &Path, reader: &Reader) -> Result<Index, RecordError> {
        let empty = || Index {
            world: Arc::clone(&world),
            dir: data.join("index"),
            limits: Limits::default(),
            recent: Memtable::default(),
            runs: Vec::new(),
            covered: Head::EMPTY,
            next_number: 1,
            failed: None,
        };
        let mut index = empty();
        match index.load() {
            Ok(()) if covers(index.covered, reader)? => Ok(index),
            Ok(()) => Ok(empty()),
            Err(error) if is_lost(&error) => Ok(empty()),
            Err(error) => Err(error),
        }
    }

    /// Up to which journal index every key is in here.
    pub fn covered(&self) -> u64 {
        self.covered.index
    }

    /// Adds an entry; one that is there already stays one. Touches no file.
    pub fn insert(&mut self, key: Key, value: u64) {
        self.recent.insert(key, value);
    }

    /// Adds all values of a key to `values`, ascending.
    pub fn get_all(&self, key: &Key, values: &mut Vec<u64>) -> Result<(), RecordError> {
        let before = values.len();
        self.for_each(key, |value| values.push(value))?;
        if values.len() - before > 1 {
            let mut found = values.split_off(before);
            found.sort_unstable();
            found.dedup();
            values.append(&mut found);
        }
        Ok(())
    }

    /// The largest value of a key.
    pub fn latest(&self, key: &Key) -> Result<Option<u64>, RecordError> {
        let mut latest = None;
        self.for_each(key, |value| latest = latest.max(Some(value)))?;
        Ok(latest)
    }

    /// Says that the keys of all records up to this head are in, and none of later
    /// ones. Only call it with what the journal has committed: the index would
    /// know of records that a crash took away. Writes a run when memory is full.
    pub fn advance(&mut self, head: Head) -> Result<(), RecordError> {
        self.check()?;
        self.covered = head;
        if self.recent.len() < self.limits.memtable_entries {
            return Ok(());
        }
        self.flush().map_err(|error| self.fail(error))
    }

    /// Like [`Index::advance`], and writes what is in memory, so that the next start is quick.
    pub fn save(&mut self, head: Head) -> Result<(), RecordError> {
        self.check()?;
        self.covered = head;
        self.flush().map_err(|error| self.fail(error))
    }

    /// Throws everything away.
    pub fn wipe(&mut self) -> Result<(), RecordError> {
        self.recent = Memtable::default();
        self.runs.clear();
        self.covered = Head::EMPTY;
        self.next_number = 1;
        // The manifest goes first, and for good, before what it names.
        let manifest = manifest::path(&self.dir);
        let there = self.world.exists(&manifest).map_err(|it| RecordError::io("look at", &manifest, it))?;
        if there {
            remove(&*self.world, &manifest)?;
            self.sync_dir()?;
        }
        self.remove_strangers()
    }

    fn for_each(&self, key: &Key, mut each: impl FnMut(u64)) -> Result<(), RecordError> {
        self.check()?;
        self.recent.for_each(key, &mut each);
        for leveled in &self.runs {
            leveled.run.for_each(key, &mut each)?;
        }
        Ok(())
    }

    fn check(&self) -> Result<(), RecordError> {
        self.failed.as_ref().map_or(Ok(()), |error| Err(error.clone()))
    }

    fn fail(&mut self, error: RecordError) -> RecordError {
        self.failed.get_or_insert(error).clone()
    }

    fn load(&mut self) -> Result<(), RecordError> {
        let Some(manifest) = Manifest::read(&*self.world, &self.dir)? else { return Ok(()) };
        for listed in manifest.runs {
            let run = Run::open(&*self.world, &self.dir, listed.number)?;
            if run.count != listed.count {
                return Err(view_damaged(&run.path, "the run is not the one listed"));
            }
            self.next_number = self.next_number.max(listed.number + 1);
            self.runs.push(Leveled { run, level: listed.level });
        }
        self.covered = manifest.covered;
        Ok(())
    }

    /// Writes a run, merges, and makes the result the index.
    fn flush(&mut self) -> Result<(), RecordError> {
        let entries = self.recent.take_sorted();
        if !entries.is_empty() {
            let mut writer = self.new_run(entries.len() as u64)?;
            for (key, value) in &entries {
                writer.push(*key, *value)?;
            }
            let run = writer.finish(self.covered.index)?;
            self.runs.push(Leveled { run, level: 0 });
        }
        drop(entries);
        let merged = self.merge()?;
        self.sync_dir()?;
        self.manifest().write(&*self.world, &self.dir)?;
        for path in merged {
            remove(&*self.world, &path)?;
        }
        Ok(())
    }

    /// Merges the newest runs while enough of them have one level. What they leave behind.
    fn merge(&mut self) -> Result<Vec<PathBuf>, RecordError> {
        let mut left = Vec::new();
        while let Some(level) = self.level_to_merge() {
            let at = self.runs.iter().position(|it| it.level == level).unwrap_or(0);
            // Their filters are given back before the new one is built.
            let inputs: Vec<_> = self.runs.drain(at..).map(|it| it.run.into_stream()).collect();
            let count = inputs.iter().map(|it| it.count).sum();
            let mut writer = self.new_run(count)?;
            left.extend(inputs.iter().map(|it| it.path.clone()));
            merge::merge(inputs, &mut writer)?;
            let run = writer.finish(self.covered.index)?;
            self.runs.push(Leveled { run, level: level + 1 });
        }
        Ok(left)
    }

    fn level_to_merge(&self) -> Option<u32> {
        let level = self.runs.last()?.level;
        let same = self.runs.iter().rev().take_while(|it| it.level == level).count();
        (same >= self.limits.fanout.max(2)).then_some(level)
    }

    fn new_run(&mut self, count_max: u64) -> Result<RunWriter, RecordError> {
        let number = self.next_number;
        self.next_number += 1;
        RunWriter::create(&*self.world, &self.dir, number, count_max)
    }

    fn manifest(&self) -> Manifest {
        let listed = |it: &Leveled| Listed { number: it.run.number, level: it.level, count: it.run.count };
        Manifest { covered: self.covered, runs: self.runs.iter().map(listed).collect() }
    }

    /// Removes runs that the manifest does not name: what a crash left half done.
    fn remove_strangers(&self) -> Result<(), RecordError> {
        let entries = self.world.list(&self.dir).map_err(|it| RecordError::io("list", &self.dir, it))?;
        for entry in entries.into_iter().filter(|it| it.kind == EntryKind::File) {
            let path = self.dir.join(&entry.name);
            let is_run = path.extension().is_some_and(|it| it == "run");
            let is_known = self.runs.iter().any(|it| it.run.path == path);
            if (is_run && !is_known) || path == manifest::path_new(&self.dir) {
                remove(&*self.world, &path)?;
            }
        }
        Ok(())
    }

    fn sync_dir(&self) -> Result<(), RecordError> {
        self.world.sync_dir(&self.dir).map_err(|it| RecordError::io("sync", &self.dir, it))
    }
}

/// Up to which record the index on disk has every key; 0 when there is none that can be read.
pub fn saved(world: &dyn World, data: &Path) -> Result<u64, RecordError> {
    match Manifest::read(world, &data.join("index")) {
        Ok(manifest) => Ok(manifest.map_or(0, |it| it.covered.index)),
        Err(error) if is_lost(&error) => Ok(0),
        Err(error) => Err(error),
    }
}

fn view_damaged(path: &Path, why: &'static str) -> RecordError {
    RecordError::ViewDamaged { path: path.to_owned(), why }
}

fn remove(world: &dyn World, path: &Path) -> Result<(), RecordError> {
    world.remove(path).map_err(|it| RecordError::io("remove", path, it))
}

/// Whether the journal has this record with this hash.
fn is_part_of(covered: Head, journal: &Journal) -> Result<bool, RecordError> {
    if covered.index == 0 || covered.index > journal.head().index {
        return Ok(covered == Head::EMPTY);
    }
    Ok(journal.read(covered.index)?.hash == covered.hash)
}

/// Whether the journal that is looked at has this record with this hash.
fn covers(covered: Head, reader: &Reader) -> Result<bool, RecordError> {
    if covered.index == 0 || covered.index > reader.head().index {
        return Ok(covered == Head::EMPTY);
    }
    Ok(reader.read(covered.index)?.hash == covered.hash)
}

/// The index has seen a record that this journal does not have.
fn journal_lacks(data: &Path, covered: Head, journal: &Journal) -> RecordError {
    let last = journal.head().index;
    let why = format!(
        "the index has seen record {}, which this journal, of {last} records, does not have: its end is missing, or it is an \
         older copy or another journal; to go on without those records all the same, remove the folder `index`",
        covered.index
    );
    let first_bad_index = covered.index.min(last + 1);
    RecordError::Damaged { path: data.join("journal"), offset: 0, first_bad_index, why }
}

/// Damage and missing files lose the index; a disk that cannot be read does not.
fn is_lost(error: &RecordError) -> bool {
    use std::io::ErrorKind::{NotFound, UnexpectedEof};
    match error {
        RecordError::ViewDamaged { .. } => true,
        RecordError::Io { source, .. } => matches!(source.kind(), NotFound | UnexpectedEof),
        _ => false,
    }
}
