//! The machine: the only module that names `std::fs` and the clock.
#![allow(clippy::disallowed_methods, reason = "this is the door through which files and the clock come in")]

use std::fs;
use std::io;
use std::num::NonZeroU64;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::{DirEntry, EntryKind, File, Lock, World};

/// The file system and the clock of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

struct DiskFile {
    file: fs::File,
    len: u64,
    /// How far writing out has been asked for.
    begun: u64,
}

impl DiskFile {
    fn boxed(file: fs::File) -> io::Result<Box<dyn File>> {
        let len = file.metadata()?.len();
        Ok(Box::new(DiskFile { file, len, begun: len }))
    }
}

impl World for Disk {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn File>> {
        DiskFile::boxed(fs::File::open(path)?)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn File>> {
        let mut options = fs::OpenOptions::new();
        DiskFile::boxed(options.read(true).write(true).create(true).truncate(true).open(path)?)
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn File>> {
        let mut options = fs::OpenOptions::new();
        DiskFile::boxed(options.read(true).write(true).create(true).truncate(false).open(path)?)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        fs::File::open(path)?.sync_all()
    }

    fn list(&self, path: &Path) -> io::Result<Vec<DirEntry>> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            match describe(&entry) {
                Ok(described) => entries.push(described),
                // Removed between listing and looking.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        entries.sort_unstable();
        Ok(entries)
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        fs::exists(path)
    }

    fn scratch(&self, near: &Path) -> PathBuf {
        near.to_owned()
    }

    fn nameless(&self) -> io::Result<Box<dyn File>> {
        DiskFile::boxed(tempfile::tempfile()?)
    }

    fn lock_exclusive(&self, path: &Path) -> io::Result<Lock> {
        let mut options = fs::OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(false).open(path)?;
        file.try_lock()?;
        Ok(Lock { _held: Box::new(file) })
    }
}

fn describe(entry: &fs::DirEntry) -> io::Result<DirEntry> {
    let metadata = entry.metadata()?;
    let (kind, len) = if metadata.is_file() {
        (EntryKind::File, metadata.len())
    } else if metadata.is_dir() {
        (EntryKind::Dir, 0)
    } else {
        (EntryKind::Other, 0)
    };
    Ok(DirEntry { name: entry.file_name(), kind, len })
}

impl File for DiskFile {
    fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize> {
        self.file.read_at(buf, offset)
    }

    /// Writes at the tracked end. After an error the file may be longer than
    /// tracked; the next write would go over the remains.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all_at(bytes, self.len)?;
        self.len += bytes.len() as u64;
        Ok(())
    }

    /// What is no longer wanted in memory is written out at once.
    fn start_writing_out(&mut self) {
        let begun = std::mem::replace(&mut self.begun, self.len);
        if let Some(len) = NonZeroU64::new(self.len.saturating_sub(begun)) {
            // It is advice: where it is not taken, the sync has more to do.
            let _not_taken = rustix::fs::fadvise(&self.file, begun, Some(len), rustix::fs::Advice::DontNeed);
        }
    }

    fn sync_data(&mut self) -> io::Result<()> {
        self.file.sync_data()
    }

    fn set_len(&mut self, len: u64) -> io::Result<()> {
        self.file.set_len(len)?;
        self.len = len;
        Ok(())
    }

    fn len(&self) -> u64 {
        self.len
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn scratch(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("clearance-disk-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        Disk.create_dir_all(&dir).unwrap();
        dir
    }

    #[test]
    fn files_behave_as_the_trait_says() {
        let dir = scratch("files");
        let path = dir.join("a");
        let mut file = Disk.create(&path).unwrap();
        file.append(b"one").unwrap();
        file.append(b"two").unwrap();
        file.sync_data().unwrap();
        drop(file);
        let mut file = Disk.append(&path).unwrap();
        assert_eq!(file.len(), 6);
        file.set_len(4).unwrap();
        file.append(b"!").unwrap();
        let mut buf = [0; 8];
        assert_eq!(super::super::read_full(&*file, &mut buf, 0).unwrap(), 5);
        assert_eq!(&buf[..5], b"onet!");
        Disk.rename(&path, &dir.join("B")).unwrap();
        Disk.create_dir_all(&dir.join("c")).unwrap();
        Disk.sync_dir(&dir).unwrap();
        let names: Vec<_> =
            Disk.list(&dir).unwrap().into_iter().map(|it| (it.name, it.kind, it.len)).collect();
        assert_eq!(names, [("B".into(), EntryKind::File, 5), ("c".into(), EntryKind::Dir, 0)]);
        assert!(!Disk.exists(&path).unwrap());
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn a_lock_is_held_by_one() {
        let dir = scratch("lock");
        let path = dir.join("lock");
        let held = Disk.lock_exclusive(&path).unwrap();
        let refused = Disk.lock_exclusive(&path).err().unwrap();
        assert_eq!(refused.kind(), io::ErrorKind::WouldBlock);
        drop(held);
        assert!(Disk.lock_exclusive(&path).is_ok());
        fs::remove_dir_all(&dir).unwrap();
    }
}
