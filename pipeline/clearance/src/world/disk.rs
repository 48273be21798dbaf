//! The machine: the only module that names `std::fs` and the clock.
#![allow(clippy::disallowed_methods, reason = "this is the door through which files and the clock come in")]

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::num::NonZeroU64;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rustix::fs::{CWD, Mode, OFlags, RenameFlags};
use rustix::io::Errno;

use super::{DirEntry, EntryKind, File, Identity, Lock, Plain, World};

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

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn File>> {
        DiskFile::boxed(fs::OpenOptions::new().read(true).write(true).create_new(true).open(path)?)
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn File>> {
        let mut options = fs::OpenOptions::new();
        DiskFile::boxed(options.read(true).write(true).create(true).truncate(false).open(path)?)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        match rustix::fs::renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            // A file system that cannot say so in one call is asked first: nobody else gives names in our folders.
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) if self.identity(to)?.is_none() => {
                fs::rename(from, to)
            }
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Err(io::ErrorKind::AlreadyExists.into()),
            renamed => Ok(renamed?),
        }
    }

    fn open_plain(&self, dir: &Path, name: &OsStr) -> io::Result<Plain> {
        let folder = OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let dir = rustix::fs::open(dir, folder, Mode::empty())?;
        // Not blocking: a pipe that was put there since would keep us waiting for a writer.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let opened = match rustix::fs::openat(dir, name, flags, Mode::empty()) {
            Err(Errno::LOOP | Errno::NXIO) => return Err(io::ErrorKind::InvalidInput.into()),
            opened => fs::File::from(opened?),
        };
        let metadata = opened.metadata()?;
        if !metadata.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let (identity, n_links) = (identity_of(&metadata), metadata.nlink());
        Ok(Plain { file: DiskFile::boxed(opened)?, identity, n_links })
    }

    fn identity(&self, path: &Path) -> io::Result<Option<Identity>> {
        match fs::symlink_metadata(path) {
            Ok(metadata) => Ok(Some(identity_of(&metadata))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
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
        self.each_entry(path, &mut |entry| entries.push(entry))?;
        entries.sort_unstable();
        Ok(entries)
    }

    fn each_entry(&self, path: &Path, each: &mut dyn FnMut(DirEntry)) -> io::Result<()> {
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            match describe(&entry) {
                Ok(described) => each(described),
                // Removed between listing and looking.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
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

fn identity_of(metadata: &fs::Metadata) -> Identity {
    Identity {
        file: [metadata.dev(), metadata.ino()],
        len: metadata.len(),
        changed: [metadata.mtime(), metadata.mtime_nsec()],
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
    fn a_name_is_given_once_and_no_link_is_opened() {
        let dir = scratch("plain");
        for name in ["a", "b"] {
            Disk.create(&dir.join(name)).unwrap().append(name.as_bytes()).unwrap();
        }
        let refused = Disk.rename_new(&dir.join("a"), &dir.join("b")).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        let before = Disk.identity(&dir.join("a")).unwrap().unwrap();
        Disk.rename_new(&dir.join("a"), &dir.join("c")).unwrap();
        assert_eq!(Disk.identity(&dir.join("a")).unwrap(), None);
        let plain = Disk.open_plain(&dir, OsStr::new("c")).unwrap();
        assert_eq!((plain.identity, plain.n_links, plain.file.len()), (before, 1, 1));
        fs::hard_link(dir.join("c"), dir.join("d")).unwrap();
        assert_eq!(Disk.open_plain(&dir, OsStr::new("c")).unwrap().n_links, 2);
        std::os::unix::fs::symlink("c", dir.join("link")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(dir.join("socket")).unwrap();
        rustix::fs::mknodat(CWD, dir.join("pipe"), rustix::fs::FileType::Fifo, Mode::RUSR, 0).unwrap();
        for name in ["link", "socket", "pipe", "."] {
            let refused = Disk.open_plain(&dir, OsStr::new(name)).err().unwrap();
            assert_eq!(refused.kind(), io::ErrorKind::InvalidInput, "{name}");
        }
        // Nor is a folder entered that is a link.
        std::os::unix::fs::symlink(&dir, dir.join("folder")).unwrap();
        assert!(Disk.open_plain(&dir.join("folder"), OsStr::new("c")).is_err());
        assert_eq!(Disk.create_new(&dir.join("link")).err().unwrap().kind(), io::ErrorKind::AlreadyExists);
        Disk.rename_new(&dir.join("link"), &dir.join("moved")).unwrap();
        assert!(fs::symlink_metadata(dir.join("moved")).unwrap().is_symlink());
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
