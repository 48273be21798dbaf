//! Answers into the `InBox`, then the file out of the `OutBox`: the end of a submission, after its decisions are durable.
//!
//! Every step may be done again after a crash or a failure, and comes to the same: an answer that is there under its name
//! is left as it is, a file is moved only while it is the one that was read, and no name is ever given twice. What is done
//! stays done: a folder of which one call in a hundred fails gets all its answers, only later.

use super::answers::{Letter, Origins, Outline};
use super::names::{FAIL_BOX, IN_BOX, OUT_BOX, SENT_BOX, numbered};
use crate::record::RecordError;
use crate::record::embedded::Books;
use crate::world::{Identity, World, read_full};
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Answers of a submission that wait to be delivered to one folder.
#[derive(Clone, Debug)]
pub struct Pending {
    /// The submission.
    pub outline: Arc<Outline>,
    /// The file to be moved afterwards; none where the folder is only told of decisions made again.
    pub file: Option<Taken>,
    /// How far it is.
    pub reached: Reached,
}

/// How far the delivery of a submission to a folder is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reached {
    /// It has not begun, or broke off.
    #[default]
    Nothing,
    /// Its answers have their names.
    Laid,
    /// And these are durable: its file may be moved.
    Answered,
    /// Its file is moved.
    Moved,
    /// And that is durable: nothing of it is left to do.
    Done,
}

/// A file that was read, still in its `OutBox`.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Its name.
    pub name: String,
    /// Which file it is.
    pub known: Known,
}

/// What is known of a file that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It was read before the last start: which file had its bytes must be looked up.
    Unsure,
    /// It is this one.
    This(Identity),
    /// It is not there any more.
    Gone,
}

/// Why a folder was not served.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// The books cannot be read: the service stops.
    #[error(transparent)]
    Books(#[from] RecordError),
    /// The folder gives trouble; it is tried again later.
    #[error("{code}: {source}")]
    Folder {
        /// What could not be done.
        code: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

fn trouble(code: &'static str) -> impl Fn(io::Error) -> DeliveryError {
    move |source| DeliveryError::Folder { code, source }
}

/// What a delivery came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Answers that stand in the folder now.
    pub n_answers: u64,
    /// Files in `SentBox`.
    pub n_sent: u64,
    /// Files in `FailBox`.
    pub n_failed: u64,
}

/// Submissions in a row that a folder gives trouble with before it is left alone: one that fails now and then gets on, one
/// that is away is not asked for each.
const FAILED_MAX: usize = 8;

/// Delivers what waits for one folder: the answers, made durable together, then the files. How far each submission got is
/// marked; the first trouble is what is told, and what it kept is done again from where it is.
pub fn deliver(
    world: &dyn World,
    books: &Books,
    origins: &mut Origins,
    folder: &Path,
    pending: &mut [Pending],
    delivered: &mut Delivered,
) -> Result<(), DeliveryError> {
    let (source, in_box) = (folder.to_string_lossy(), folder.join(IN_BOX));
    let laid = each(pending, [Reached::Nothing, Reached::Laid], |waiting| {
        let mut n_answers = 0;
        origins.answers(books, &waiting.outline, &source, |letter| {
            n_answers += 1;
            put(world, &in_box, &letter).map_err(trouble("cannot-write-answer"))
        })?;
        delivered.n_answers += n_answers;
        Ok(())
    })?;
    if pending.iter().any(|it| it.reached == Reached::Laid) {
        world.sync_dir(&in_box).map_err(trouble("cannot-sync-answers"))?;
        all(pending, Reached::Laid, Reached::Answered);
    }
    let moved = each(pending, [Reached::Answered, Reached::Moved], |waiting| {
        move_file(world, books, folder, waiting, delivered).map_err(trouble("cannot-move-file"))
    })?;
    sync_moved(world, folder, pending).map_err(trouble("cannot-move-file"))?;
    all(pending, Reached::Moved, Reached::Done);
    laid.or(moved).map_or(Ok(()), Err)
}

/// Does a step for each submission that is so far, past those that give trouble; the first trouble. What ends the service
/// is an error.
fn each(
    pending: &mut [Pending],
    [from, to]: [Reached; 2],
    mut step: impl FnMut(&Pending) -> Result<(), DeliveryError>,
) -> Result<Option<DeliveryError>, DeliveryError> {
    let (mut first, mut n_failed) = (None, 0);
    for waiting in pending.iter_mut().filter(|it| it.reached == from) {
        match step(waiting) {
            Ok(()) => (waiting.reached, n_failed) = (to, 0),
            Err(DeliveryError::Books(error)) if !matches!(error, RecordError::ArchiveAway { .. }) => {
                return Err(error.into());
            }
            Err(error) => {
                first.get_or_insert(error);
                n_failed += 1;
            }
        }
        if n_failed == FAILED_MAX {
            break;
        }
    }
    Ok(first)
}

fn all(pending: &mut [Pending], from: Reached, to: Reached) {
    pending.iter_mut().filter(|it| it.reached == from).for_each(|it| it.reached = to);
}

/// Puts an answer under its name, unless it is there already.
fn put(world: &dyn World, dir: &Path, letter: &Letter) -> io::Result<()> {
    for attempt in 0.. {
        let name = letter.name(attempt);
        let path = dir.join(&name);
        if world.identity(&path)?.is_some() {
            if holds(world, dir, &name, &letter.bytes)? {
                return Ok(());
            }
            continue;
        }
        let partial = dir.join(format!("{name}.tmp"));
        let mut file = create_anew(world, &partial)?;
        file.append(&letter.bytes)?;
        file.sync_data()?;
        match world.rename_new(&partial, &path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            renamed => return renamed,
        }
    }
    unreachable!("numbers do not end before names do")
}

/// What was left under this name is removed, never written to: it may be a link that leads elsewhere.
fn create_anew(world: &dyn World, path: &Path) -> io::Result<Box<dyn crate::world::File>> {
    match world.create_new(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            world.remove(path)?;
            world.create_new(path)
        }
        created => created,
    }
}

/// Whether the file of this name has exactly these bytes.
fn holds(world: &dyn World, dir: &Path, name: &str, bytes: &[u8]) -> io::Result<bool> {
    let file = match world.open_plain(dir, OsStr::new(name)) {
        Ok(plain) => plain.file,
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => return Ok(false),
        Err(error) => return Err(error),
    };
    let mut there = vec![0; bytes.len()];
    let n = read_full(&*file, &mut there, 0)?;
    Ok(file.len() == bytes.len() as u64 && n == bytes.len() && there == bytes)
}

/// Moves the file of a submission, where it has one.
fn move_file(
    world: &dyn World,
    books: &Books,
    folder: &Path,
    waiting: &Pending,
    delivered: &mut Delivered,
) -> io::Result<()> {
    let Some(Taken { name, known }) = &waiting.file else { return Ok(()) };
    let is_failed = waiting.outline.is_unreadable();
    let to = folder.join(if is_failed { FAIL_BOX } else { SENT_BOX });
    let is_moved = match known {
        Known::This(identity) => {
            let moving = Moving { world, from: folder.join(OUT_BOX).join(name), identity: *identity };
            moving.to(&to, name, waiting.outline.first)?
        }
        Known::Gone => lay_anew(world, books, &waiting.outline, &to)?,
        Known::Unsure => false,
    };
    if is_moved {
        *(if is_failed { &mut delivered.n_failed } else { &mut delivered.n_sent }) += 1;
    }
    Ok(())
}

/// Makes moves durable: first where the files arrive.
fn sync_moved(world: &dyn World, folder: &Path, pending: &[Pending]) -> io::Result<()> {
    let own = pending.iter().filter(|it| it.file.is_some() && it.reached == Reached::Moved);
    let n_failed = own.clone().filter(|waiting| waiting.outline.is_unreadable()).count();
    let n_own = own.count();
    let boxes = [(SENT_BOX, n_own > n_failed), (FAIL_BOX, n_failed > 0), (OUT_BOX, n_own > 0)];
    boxes
        .into_iter()
        .filter(|(_, is_changed)| *is_changed)
        .try_for_each(|(it, _)| world.sync_dir(&folder.join(it)))
}

/// A file on its way out of an `OutBox`.
pub struct Moving<'m> {
    /// Files.
    pub world: &'m dyn World,
    /// Where it lies.
    pub from: PathBuf,
    /// Which file it is: another that has its name by now stays where it is.
    pub identity: Identity,
}

impl Moving<'_> {
    /// Moves it, under this name or a numbered one. False when it is there no more.
    pub fn to(&self, dir: &Path, name: &str, number: u64) -> io::Result<bool> {
        if self.world.identity(&self.from)? != Some(self.identity) {
            return Ok(false);
        }
        for attempt in 0.. {
            let path = dir.join(moved_name(name, number, attempt));
            match self.world.rename_new(&self.from, &path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound && self.is_gone()? => return Ok(false),
                Err(error) => return Err(error),
                Ok(()) => return self.confirm(&path),
            }
            // A crash may have left it under both names.
            if self.world.identity(&path)?.is_some_and(|there| there.file == self.identity.file) {
                return self.world.remove(&self.from).map(|()| true);
            }
        }
        unreachable!("numbers do not end before names do")
    }

    fn is_gone(&self) -> io::Result<bool> {
        Ok(self.world.identity(&self.from)?.is_none())
    }

    /// Another file may have got the name between looking and moving: it goes back, and is taken in its turn.
    fn confirm(&self, moved: &Path) -> io::Result<bool> {
        if self.world.identity(moved)?.is_none_or(|there| there == self.identity) {
            return Ok(true);
        }
        let number = self.identity.file[1];
        let dir = crate::world::parent_of(&self.from);
        let name = self.from.file_name().unwrap_or_default().to_string_lossy();
        match self.world.rename_new(moved, &self.from) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                self.world.rename_new(moved, &dir.join(numbered(&name, number)))?;
            }
            back => back?,
        }
        Ok(false)
    }
}

/// The name a moved file has, or the next one where others have those before it.
fn moved_name(name: &str, number: u64, attempt: u64) -> String {
    match attempt {
        0 => name.to_owned(),
        1 => numbered(name, number),
        _ => numbered(&numbered(name, number), attempt),
    }
}

/// A file that is gone from the `OutBox` was moved before the last start, or taken back by its sender; or the power went
/// when one half of its move was durable and it is in no box. Then it is laid where it belongs, from the bytes that were
/// kept. True when it was.
fn lay_anew(world: &dyn World, books: &Books, outline: &Outline, dir: &Path) -> io::Result<bool> {
    let Some((name, digest)) = &outline.file else { return Ok(false) };
    let names = [0, 1].map(|attempt| moved_name(name, outline.first, attempt));
    for name in &names {
        if read_plain(world, dir, name, digest)?.is_some() {
            return Ok(false);
        }
    }
    let kept = match world.open(&books.evidence.path_of(digest)) {
        Ok(kept) => kept,
        // Retention has erased it.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    let partial = dir.join(format!("{name}.tmp"));
    let mut file = create_anew(world, &partial)?;
    each_chunk(&*kept, |chunk| file.append(chunk))?;
    file.sync_data()?;
    for attempt in 0.. {
        match world.rename_new(&partial, &dir.join(moved_name(name, outline.first, attempt))) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            renamed => return renamed.map(|()| true),
        }
    }
    unreachable!("numbers do not end before names do")
}

/// Hands over a file piece by piece.
fn each_chunk(
    file: &dyn crate::world::File,
    mut each: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let mut buffer = vec![0; 256 << 10];
    let mut offset = 0;
    loop {
        match read_full(file, &mut buffer, offset)? {
            0 => return Ok(()),
            n => {
                each(&buffer[..n])?;
                offset += n as u64;
            }
        }
    }
}

/// Looks up which file in the `OutBox` a submission of before the last start was read from: the one with its bytes.
pub fn look_up(world: &dyn World, folder: &Path, name: &str, digest: &[u8; 32]) -> io::Result<Known> {
    let there = read_plain(world, &folder.join(OUT_BOX), name, digest)?;
    Ok(there.map_or(Known::Gone, Known::This))
}

/// The file of this name, if it is a plain one with these bytes.
fn read_plain(world: &dyn World, dir: &Path, name: &str, digest: &[u8; 32]) -> io::Result<Option<Identity>> {
    let plain = match world.open_plain(dir, OsStr::new(name)) {
        Ok(plain) => plain,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidInput) => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let mut hasher = blake3::Hasher::new();
    each_chunk(&*plain.file, |chunk| {
        hasher.update(chunk);
        Ok(())
    })?;
    Ok((hasher.finalize().as_bytes() == digest).then_some(plain.identity))
}
