//! The machine, but for some folders whose files take everything and keep nothing: names are there, bytes and syncs are not.

use clearance::world::{DirEntry, Disk, File, Identity, Lock, Plain, World};
use jiff::Timestamp;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

/// Keeps nothing of what is written below folders of these names.
pub struct Nowhere(pub &'static [&'static str]);

impl Nowhere {
    fn takes(&self, path: &Path) -> bool {
        path.iter().any(|part| self.0.iter().any(|it| part == *it))
    }

    fn file(&self, path: &Path, file: Box<dyn File>) -> Box<dyn File> {
        if self.takes(path) { Box::new(Sink(0)) } else { file }
    }
}

/// Counts what it takes.
struct Sink(u64);

impl File for Sink {
    fn read_at(&self, _: &mut [u8], _: u64) -> io::Result<usize> {
        Err(io::Error::other("nothing is kept here"))
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0 += bytes.len() as u64;
        Ok(())
    }

    fn sync_data(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn set_len(&mut self, len: u64) -> io::Result<()> {
        self.0 = len;
        Ok(())
    }

    fn len(&self) -> u64 {
        self.0
    }
}

impl World for Nowhere {
    fn now(&self) -> Timestamp {
        Disk.now()
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn File>> {
        Disk.open(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn File>> {
        Ok(self.file(path, Disk.create(path)?))
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn File>> {
        Ok(self.file(path, Disk.create_new(path)?))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn File>> {
        Ok(self.file(path, Disk.append(path)?))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Disk.rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        Disk.rename_new(from, to)
    }

    fn open_plain(&self, dir: &Path, name: &OsStr) -> io::Result<Plain> {
        Disk.open_plain(dir, name)
    }

    fn identity(&self, path: &Path) -> io::Result<Option<Identity>> {
        Disk.identity(path)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        Disk.remove(path)
    }

    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        Disk.create_dir_all(path)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        if self.takes(path) { Ok(()) } else { Disk.sync_dir(path) }
    }

    fn list(&self, path: &Path) -> io::Result<Vec<DirEntry>> {
        Disk.list(path)
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        Disk.exists(path)
    }

    fn scratch(&self, near: &Path) -> PathBuf {
        Disk.scratch(near)
    }

    fn nameless(&self) -> io::Result<Box<dyn File>> {
        Disk.nameless()
    }

    fn lock_exclusive(&self, path: &Path) -> io::Result<Lock> {
        Disk.lock_exclusive(path)
    }
}
