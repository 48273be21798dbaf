//! A world that is watched, and that lies when it is told to.
//!
//! Every call goes through a [`Watch`] to the simulated world behind it. The watch sees each call and may say that it was
//! done when it was not, which is what a program does that leaves the call out.

use clearance::world::memory::{Memory, Op};
use clearance::world::{DirEntry, File, Identity, Lock, Plain, World};
use jiff::Timestamp;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deal {
    /// It is done.
    Done,
    /// It is not done, and said to be.
    LeftOut,
}

/// Who watches.
pub trait Watch: Send + Sync {
    /// Before every call, reads and look-ups too, with what it is about, and where threads meet: another thread may go first
    /// here.
    fn comes(&self, _at: &Path) {}

    /// Before a call; reads and look-ups are always done.
    fn before(&self, _op: Op, _path: &Path) -> Deal {
        Deal::Done
    }

    /// How many bytes a read of so many gives at most.
    fn gives(&self, asked: usize) -> usize {
        asked
    }

    /// After a call that may have changed something.
    fn after(&self, _op: Op, _path: &Path, _world: &Memory) {}
}

/// Nobody watches.
pub struct Nobody;

impl Watch for Nobody {}

/// The world as the program sees it.
pub struct Through<W> {
    /// What is really there.
    pub world: Memory,
    /// Who watches.
    pub watch: Arc<W>,
}

impl<W: Watch + 'static> Through<W> {
    /// A watched world, as the program takes it.
    pub fn to(world: &Memory, watch: &Arc<W>) -> Arc<dyn World> {
        Arc::new(Through { world: world.clone(), watch: Arc::clone(watch) })
    }

    fn change(&self, op: Op, path: &Path, call: impl FnOnce(&Memory) -> io::Result<()>) -> io::Result<()> {
        self.watch.comes(path);
        if self.watch.before(op, path) == Deal::LeftOut {
            return Ok(());
        }
        let done = call(&self.world);
        self.watch.after(op, path, &self.world);
        done
    }

    fn file(&self, path: &Path, file: Box<dyn File>) -> Box<dyn File> {
        let Through { world, watch } = self;
        Box::new(ThroughFile { file, path: path.to_owned(), world: world.clone(), watch: Arc::clone(watch) })
    }
}

impl<W: Watch + 'static> World for Through<W> {
    fn now(&self) -> Timestamp {
        self.world.now()
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn File>> {
        self.watch.comes(path);
        Ok(self.file(path, self.world.open(path)?))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn File>> {
        self.watch.comes(path);
        let file = self.world.create(path)?;
        self.watch.after(Op::Create, path, &self.world);
        Ok(self.file(path, file))
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn File>> {
        self.watch.comes(path);
        let file = self.world.create_new(path)?;
        self.watch.after(Op::Create, path, &self.world);
        Ok(self.file(path, file))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn File>> {
        self.watch.comes(path);
        let file = self.world.append(path)?;
        self.watch.after(Op::OpenAppend, path, &self.world);
        Ok(self.file(path, file))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change(Op::Rename, to, |world| world.rename(from, to))
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change(Op::Rename, to, |world| world.rename_new(from, to))
    }

    fn open_plain(&self, dir: &Path, name: &OsStr) -> io::Result<Plain> {
        self.watch.comes(dir);
        let plain = self.world.open_plain(dir, name)?;
        Ok(Plain { file: self.file(&dir.join(name), plain.file), ..plain })
    }

    fn identity(&self, path: &Path) -> io::Result<Option<Identity>> {
        self.watch.comes(path);
        self.world.identity(path)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.change(Op::Remove, path, |world| world.remove(path))
    }

    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        self.change(Op::CreateDir, path, |world| world.create_dir_all(path))
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.change(Op::SyncDir, path, |world| world.sync_dir(path))
    }

    fn list(&self, path: &Path) -> io::Result<Vec<DirEntry>> {
        self.watch.comes(path);
        self.world.list(path)
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        self.watch.comes(path);
        self.world.exists(path)
    }

    fn scratch(&self, near: &Path) -> PathBuf {
        self.world.scratch(near)
    }

    fn nameless(&self) -> io::Result<Box<dyn File>> {
        self.world.nameless()
    }

    fn threads_meet(&self) {
        self.watch.comes(Path::new(""));
    }

    fn lock_exclusive(&self, path: &Path) -> io::Result<Lock> {
        self.watch.comes(path);
        self.world.lock_exclusive(path)
    }
}

struct ThroughFile<W> {
    file: Box<dyn File>,
    path: PathBuf,
    world: Memory,
    watch: Arc<W>,
}

impl<W: Watch> ThroughFile<W> {
    fn change(&mut self, op: Op, call: impl FnOnce(&mut dyn File) -> io::Result<()>) -> io::Result<()> {
        self.watch.comes(&self.path);
        if self.watch.before(op, &self.path) == Deal::LeftOut {
            return Ok(());
        }
        let done = call(&mut *self.file);
        self.watch.after(op, &self.path, &self.world);
        done
    }
}

impl<W: Watch> File for ThroughFile<W> {
    fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize> {
        self.watch.comes(&self.path);
        let given = self.watch.gives(buf.len());
        self.file.read_at(&mut buf[..given], offset)
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.change(Op::Append, |file| file.append(bytes))
    }

    fn sync_data(&mut self) -> io::Result<()> {
        self.change(Op::SyncData, |file| file.sync_data())
    }

    fn set_len(&mut self, len: u64) -> io::Result<()> {
        self.change(Op::SetLen, |file| file.set_len(len))
    }

    fn len(&self) -> u64 {
        self.file.len()
    }
}
