//! Moving what is old to an archive: raw bytes and segments of the journal, to a folder that may lie on another disk.
//!
//! The archive is laid out like a data folder. Everything is copied, synced and read back there; then `journal/archived` says
//! so, durably; then it is removed here. A crash at any of these leaves it in one place or in both, never in none, and the
//! next time goes on from there. Nothing that is in the archive is ever written over or removed.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;

use super::RecordError;
use super::evidence::raw_path;
use super::journal::archived::Archived;
use super::journal::{self, Head, moving};
use crate::world::{EntryKind, File, World, create_dir_durable, read_exact, read_full};

/// Bytes copied and compared in one go.
const PIECE_BYTES: usize = 1 << 20;

/// What is to be moved.
#[derive(Clone, Copy, Debug)]
pub struct Order<'o> {
    /// The data folder.
    pub data: &'o Path,
    /// The folder of the archive; it must be there.
    pub to: &'o Path,
    /// Raw bytes written last before this moment; none when not said.
    pub raw_before: Option<Timestamp>,
    /// Segments written last before this moment, from the oldest on; none when not said.
    pub journal_before: Option<Timestamp>,
    /// No segment with this record or a later one.
    pub keep_from: u64,
}

/// What was moved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Segments of the journal.
    pub n_segments: u64,
    /// Inputs as received.
    pub n_inputs: u64,
    /// Bytes of both.
    pub n_bytes: u64,
    /// Inputs that are not what their names say any more: they stay where they are.
    pub damaged: Vec<PathBuf>,
    /// The last record in the archive.
    pub head: Option<Head>,
}

/// Moves what the order says, piece by piece, until it is done or asked to stop. Whoever calls has the journal locked.
pub fn archive(world: &dyn World, order: &Order<'_>, stop: &AtomicBool) -> Result<Moved, RecordError> {
    let dir = journal::folder(order.data);
    let mut archived = settled(world, order, &dir)?;
    let mut moved = Moved::default();
    if let Some(before) = order.journal_before {
        while !stop.load(Ordering::Relaxed)
            && let Some(n_bytes) = moving::oldest(world, &dir, &mut archived, before, order.keep_from)?
        {
            moved.n_segments += 1;
            moved.n_bytes += n_bytes;
        }
    }
    if let Some(before) = order.raw_before {
        let raw = order.data.join("evidence").join("raw");
        for shard in list(world, &raw)?.into_iter().filter(|it| it.kind == EntryKind::Dir) {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            let there = order.to.join("evidence").join("raw").join(&shard.name);
            move_shard(world, &raw.join(&shard.name), &there, before, &mut moved)?;
        }
    }
    moved.head = (archived.n_segments() > 0).then(|| archived.head());
    Ok(moved)
}

/// The archive as it is to be used: made when there is none yet, and found again where it was moved.
fn settled(world: &dyn World, order: &Order<'_>, dir: &Path) -> Result<Archived, RecordError> {
    let unfit = |why: &str| RecordError::io("use as archive", order.to, io::Error::other(why.to_owned()));
    let is_plain = order.to.to_str().is_some_and(|it| !it.chars().any(char::is_control));
    if !is_plain || !order.to.is_absolute() {
        return Err(unfit("the journal names it, which takes a full path in plain UTF-8"));
    }
    if order.to.starts_with(order.data) || order.data.starts_with(order.to) {
        return Err(unfit("it must lie apart from the data folder"));
    }
    if !world.exists(order.to).map_err(|it| RecordError::io("look at", order.to, it))? {
        return Err(unfit("there is no such folder: make it, or mount it"));
    }
    let mut archived = Archived::read(world, dir)?;
    if archived.place.as_os_str().is_empty() {
        let there = order.to.join("journal");
        create_dir_durable(world, &there).map_err(|it| RecordError::io("create", &there, it))?;
    }
    if archived.place != order.to {
        archived.place = order.to.to_owned();
        for number in 1..=archived.n_segments() {
            let path = archived.segment(number);
            if !world.exists(&path).unwrap_or(false) {
                let source = Arc::new(io::ErrorKind::NotFound.into());
                return Err(RecordError::ArchiveAway { path, source });
            }
        }
        archived.write(world, dir)?;
    }
    if !archived.is_there(world) {
        let source = Arc::new(io::ErrorKind::NotFound.into());
        return Err(RecordError::ArchiveAway {
            path: archived.segment(archived.n_segments().max(1)),
            source,
        });
    }
    moving::remove_left(world, dir, &archived)?;
    Ok(archived)
}

/// Moves the old inputs of one folder: all copies are durable before the first of them is removed here.
fn move_shard(
    world: &dyn World,
    from: &Path,
    to: &Path,
    before: Timestamp,
    moved: &mut Moved,
) -> Result<(), RecordError> {
    let mut copied = Vec::new();
    for entry in list(world, from)?.into_iter().filter(|it| it.kind == EntryKind::File) {
        let path = from.join(&entry.name);
        if !is_older(world, &path, before)? {
            continue;
        }
        if copied.is_empty() {
            create_dir_durable(world, to).map_err(|it| RecordError::io("create", to, it))?;
        }
        if is_kept(world, &path, &to.join(&entry.name))? {
            copied.push((path, entry.len));
        } else {
            moved.damaged.push(path);
        }
    }
    if copied.is_empty() {
        return Ok(());
    }
    world.sync_dir(to).map_err(|it| RecordError::io("sync", to, it))?;
    for (path, n_bytes) in copied {
        world.remove(&path).map_err(|it| RecordError::io("remove", &path, it))?;
        moved.n_inputs += 1;
        moved.n_bytes += n_bytes;
    }
    world.sync_dir(from).map_err(|it| RecordError::io("sync", from, it))
}

/// Copies an input, unless it is there; whether what stands there now is what its name says.
fn is_kept(world: &dyn World, from: &Path, to: &Path) -> Result<bool, RecordError> {
    let is_named = |path: &Path| -> Result<bool, RecordError> {
        Ok(Some(digest(world, path)?.to_hex().as_str()) == to.file_name().and_then(|it| it.to_str()))
    };
    if world.exists(to).map_err(|it| RecordError::io("look at", to, it))? && is_named(to)? {
        return Ok(true);
    }
    if !is_named(from)? {
        return Ok(false);
    }
    let partial = to.with_extension("partial");
    copy(world, from, &partial)?;
    if !is_named(&partial)? {
        return Err(RecordError::damaged(&partial, 0, "the copy is not read back as it was written"));
    }
    world.rename(&partial, to).map_err(|it| RecordError::io("keep", to, it))?;
    Ok(true)
}

/// Copies the bytes of a file and makes them durable; the name is not yet.
pub(super) fn copy(world: &dyn World, from: &Path, to: &Path) -> Result<(), RecordError> {
    let failed = |it| RecordError::io("write", to, it);
    let source = world.open(from).map_err(|it| RecordError::io("open", from, it))?;
    let mut copy = world.create(to).map_err(failed)?;
    each_piece(&*source, from, |piece| copy.append(piece).map_err(failed))?;
    copy.sync_data().map_err(|it| RecordError::io("sync", to, it))
}

fn digest(world: &dyn World, path: &Path) -> Result<blake3::Hash, RecordError> {
    let file = world.open(path).map_err(|it| RecordError::io("open", path, it))?;
    let mut hasher = blake3::Hasher::new();
    each_piece(&*file, path, |piece| {
        hasher.update(piece);
        Ok(())
    })?;
    Ok(hasher.finalize())
}

/// Whether two files hold the same bytes.
pub(super) fn is_same(world: &dyn World, one: &Path, other: &Path) -> Result<bool, RecordError> {
    let open = |path: &Path| world.open(path).map_err(|it| RecordError::io("open", path, it));
    let (first, second) = (open(one)?, open(other)?);
    if first.len() != second.len() {
        return Ok(false);
    }
    let (mut offset, mut buffer, mut is_same) = (0, vec![0; PIECE_BYTES], true);
    each_piece(&*first, one, |piece| {
        let there = &mut buffer[..piece.len()];
        read_exact(&*second, there, offset).map_err(|it| RecordError::io("read", other, it))?;
        is_same &= *there == *piece;
        offset += piece.len() as u64;
        Ok(())
    })?;
    Ok(is_same)
}

fn each_piece(
    file: &dyn File,
    path: &Path,
    mut each: impl FnMut(&[u8]) -> Result<(), RecordError>,
) -> Result<(), RecordError> {
    let (mut buffer, mut offset) = (vec![0; PIECE_BYTES], 0);
    loop {
        let n = read_full(file, &mut buffer, offset).map_err(|it| RecordError::io("read", path, it))?;
        if n == 0 {
            return Ok(());
        }
        each(&buffer[..n])?;
        offset += n as u64;
    }
}

/// Whether a file was written last before a moment, as the disk tells.
pub(super) fn is_older(world: &dyn World, path: &Path, before: Timestamp) -> Result<bool, RecordError> {
    let identity = world.identity(path).map_err(|it| RecordError::io("look at", path, it))?;
    Ok(identity.is_some_and(|it| it.changed[0] < before.as_second()))
}

fn list(world: &dyn World, dir: &Path) -> Result<Vec<crate::world::DirEntry>, RecordError> {
    match world.list(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        listed => listed.map_err(|it| RecordError::io("list", dir, it)),
    }
}

/// Where an input lies in an archive.
pub fn input_in(archive: &Path, hash: &[u8; 32]) -> PathBuf {
    raw_path(&archive.join("evidence"), hash)
}
