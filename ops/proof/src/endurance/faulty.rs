//! The service over the real disk, on a bad day: calls fail by chance, and the clock jumps.
//!
//! The program has no switch for this, so the proof is the process: it hands the service of the library the machine's disk
//! behind a world that fails. What a folder of a firm does to one call in a hundred the service must outlast; the books
//! fail seldom, because each time ends the process, as it must.

use crate::mutate::Random;
use anyhow::{Result, bail};
use clearance::run::RunError;
use clearance::serve::config;
use clearance::serve::log::Log;
use clearance::world::{DirEntry, Disk, File, Identity, Lock, Plain, World};
use jiff::{SignedDuration, Timestamp};
use model::finding::Language;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What the proof is called with when it is to be the service.
pub const VERB: &str = "faulty-service";

/// One in so many calls to the folders of firms fails, and to everything else but the books.
const FOLDERS_ONE_IN: u64 = 100;
/// One in so many calls to the books.
const BOOKS_ONE_IN: u64 = 100_000;
/// The clock stays as it is for so long.
const CLOCK_STEADY: i64 = 30;
/// How far it may be from the true one, in seconds.
const CLOCK_OFF: [i64; 5] = [0, 86_400, -86_400, 3_600, -3_600];

/// What systems say: EIO, ENOSPC, EACCES, EROFS, EMFILE.
const WHEN_CHANGING: [i32; 4] = [5, 28, 13, 30];
const WHEN_READING: [i32; 3] = [5, 13, 24];

/// Serves as `clearance serve` does, with faults of this seed: `faulty-service CONFIG SEED`.
///
/// # Errors
/// When it is called otherwise, or its configuration cannot be used.
pub fn serve(arguments: &[String]) -> Result<ExitCode> {
    let [file, seed] = arguments else { bail!("{VERB} CONFIG SEED") };
    let config = config::load(&Disk, Path::new(file));
    let config = config.map_err(|faults| anyhow::anyhow!(faults.in_language(Language::En)))?;
    let shared = Shared { seed: seed.parse()?, books: config.data.clone(), n_calls: AtomicU64::new(0) };
    let world: Arc<dyn World> = Arc::new(Faulty { shared: Arc::new(shared) });
    Ok(match clearance::serve::serve(&world, config, Log::on_standard_error()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(RunError::Setting(_) | RunError::Registers(_)) => ExitCode::from(2),
        // The log has said it.
        Err(_) => ExitCode::from(3),
    })
}

struct Faulty {
    shared: Arc<Shared>,
}

struct Shared {
    seed: u64,
    /// The data folder.
    books: PathBuf,
    n_calls: AtomicU64,
}

impl Shared {
    fn fails(&self, path: &Path, codes: &[i32]) -> io::Result<()> {
        let number = self.n_calls.fetch_add(1, Ordering::Relaxed);
        let mut random = Random::of(self.seed, number);
        let one_in = if path.starts_with(&self.books) { BOOKS_ONE_IN } else { FOLDERS_ONE_IN };
        match random.number() % one_in {
            0 => Err(io::Error::from_raw_os_error(*random.one(codes))),
            _ => Ok(()),
        }
    }

    fn reads(&self, path: &Path) -> io::Result<()> {
        self.fails(path, &WHEN_READING)
    }

    fn changes(&self, path: &Path) -> io::Result<()> {
        self.fails(path, &WHEN_CHANGING)
    }
}

impl Faulty {
    fn file(&self, path: &Path, file: Box<dyn File>) -> Box<dyn File> {
        Box::new(FaultyFile { file, path: path.to_owned(), shared: Arc::clone(&self.shared) })
    }
}

impl World for Faulty {
    /// A clock that jumps, or stands still.
    fn now(&self) -> Timestamp {
        let now = Disk.now();
        let begun = now.as_second() - now.as_second().rem_euclid(CLOCK_STEADY);
        let mut random = Random::of(self.shared.seed, begun.unsigned_abs());
        let stands_still = random.below(4) == 0;
        let off = SignedDuration::from_secs(*random.one(&CLOCK_OFF));
        let shown = if stands_still { Timestamp::from_second(begun).unwrap_or(now) } else { now };
        shown.saturating_add(off).unwrap_or(shown)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn File>> {
        self.shared.reads(path)?;
        Ok(self.file(path, Disk.open(path)?))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn File>> {
        self.shared.changes(path)?;
        Ok(self.file(path, Disk.create(path)?))
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn File>> {
        self.shared.changes(path)?;
        Ok(self.file(path, Disk.create_new(path)?))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn File>> {
        self.shared.changes(path)?;
        Ok(self.file(path, Disk.append(path)?))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.shared.changes(from)?;
        Disk.rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.shared.changes(from)?;
        Disk.rename_new(from, to)
    }

    fn open_plain(&self, dir: &Path, name: &OsStr) -> io::Result<Plain> {
        self.shared.reads(dir)?;
        let plain = Disk.open_plain(dir, name)?;
        Ok(Plain { file: self.file(&dir.join(name), plain.file), ..plain })
    }

    fn identity(&self, path: &Path) -> io::Result<Option<Identity>> {
        self.shared.reads(path)?;
        Disk.identity(path)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.shared.changes(path)?;
        Disk.remove(path)
    }

    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        self.shared.changes(path)?;
        Disk.create_dir_all(path)
    }

    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.shared.changes(path)?;
        Disk.sync_dir(path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<DirEntry>> {
        self.shared.reads(path)?;
        Disk.list(path)
    }

    fn each_entry(&self, path: &Path, each: &mut dyn FnMut(DirEntry)) -> io::Result<()> {
        self.shared.reads(path)?;
        Disk.each_entry(path, each)
    }

    fn exists(&self, path: &Path) -> io::Result<bool> {
        self.shared.reads(path)?;
        Disk.exists(path)
    }

    fn scratch(&self, near: &Path) -> PathBuf {
        Disk.scratch(near)
    }

    fn nameless(&self) -> io::Result<Box<dyn File>> {
        Disk.nameless()
    }

    fn lock_exclusive(&self, path: &Path) -> io::Result<Lock> {
        self.shared.changes(path)?;
        Disk.lock_exclusive(path)
    }
}

struct FaultyFile {
    file: Box<dyn File>,
    path: PathBuf,
    shared: Arc<Shared>,
}

impl File for FaultyFile {
    fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize> {
        self.shared.reads(&self.path)?;
        self.file.read_at(buf, offset)
    }

    /// A write that fails leaves half of it behind.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.shared.changes(&self.path) {
            self.file.append(&bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        self.file.append(bytes)
    }

    fn start_writing_out(&mut self) {
        self.file.start_writing_out();
    }

    fn sync_data(&mut self) -> io::Result<()> {
        self.shared.changes(&self.path)?;
        self.file.sync_data()
    }

    fn set_len(&mut self, len: u64) -> io::Result<()> {
        self.shared.changes(&self.path)?;
        self.file.set_len(len)
    }

    fn len(&self) -> u64 {
        self.file.len()
    }
}
