//! Heads published to a second place: what the chain cannot show by itself, that nobody wrote the whole journal anew (P5).
//!
//! A line says which record was the last durable one at a moment; `ops/journal-format.md` describes it. Lines are written
//! beside the work, on a thread of their own: no record waits for one, and a second place that is away holds up nothing.
//! What was published binds: a journal that does not have the last published head is refused at the start.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::RecordError;
use super::journal::Head;
use crate::world::{File, World, create_dir_durable, parent_of, read_exact};

pub use self::beside::{Beside, Durable};

mod beside;

/// A head that is not published yet is published after so long (P5).
const LONGEST: SignedDuration = SignedDuration::from_secs(10);
/// Or when so many records stand behind the last one published.
const N_RECORDS: u64 = 10_000;
/// A line has less. So much of the end of the file is read for the last one, with a torn one behind it.
const LINE_BYTES_MAX: u64 = 512;

/// The file of published heads, and what it says last.
pub struct Publisher {
    world: Arc<dyn World>,
    path: PathBuf,
    /// None before the first line and after an error: a handle that failed to sync is never used again.
    file: Option<Box<dyn File>>,
    last: Head,
    /// When a line was written or tried last.
    tried: Option<Timestamp>,
    has_failed: bool,
}

impl Publisher {
    /// Opens the file, creating it when it is not there, and reads its last head.
    ///
    /// # Errors
    /// When the second place cannot be written to: whoever asks for witnesses does not want to begin without.
    pub fn open(world: Arc<dyn World>, path: &Path) -> Result<Publisher, RecordError> {
        let dir = parent_of(path);
        create_dir_durable(&*world, dir).map_err(|it| RecordError::io("create", dir, it))?;
        let file = world.append(path).map_err(|it| RecordError::io("open", path, it))?;
        world.sync_dir(dir).map_err(|it| RecordError::io("sync", dir, it))?;
        let last = last_of(&*file).map_err(|it| RecordError::io("read", path, it))?;
        Ok(Publisher { world, path: path.to_owned(), file: None, last, tried: None, has_failed: false })
    }

    /// The head published last; [`Head::EMPTY`] when there is none.
    pub fn last(&self) -> Head {
        self.last
    }

    /// How long this head may wait for its line; none when it has one.
    pub fn due_in(&self, head: Head, now: Timestamp) -> Option<SignedDuration> {
        if head.index <= self.last.index {
            return None;
        }
        let is_far_behind = head.index - self.last.index >= N_RECORDS && !self.has_failed;
        let waited = self.tried.map_or(LONGEST, |tried| now.duration_since(tried));
        // A clock that was set back tells nothing about how long it was.
        if is_far_behind || waited.is_negative() {
            return Some(SignedDuration::ZERO);
        }
        Some((LONGEST - waited).max(SignedDuration::ZERO))
    }

    /// Writes and syncs a line for a head that is durable, unless it has one.
    pub fn publish(&mut self, head: Head) -> Result<(), RecordError> {
        if head.index <= self.last.index {
            return Ok(());
        }
        let now = self.world.now();
        self.tried = Some(now);
        let written = self.write(&line(head, now));
        self.has_failed = written.is_err();
        written.map_err(|it| RecordError::io("write", &self.path, it))?;
        self.last = head;
        Ok(())
    }

    fn write(&mut self, line: &str) -> io::Result<()> {
        let (mut file, is_torn) = match self.file.take() {
            Some(file) => (file, false),
            None => {
                let file = self.world.append(&self.path)?;
                let is_torn = !ends_whole(&*file)?;
                (file, is_torn)
            }
        };
        // What a crash left of a line ends here; it is never taken off, because the place may allow no more than adding.
        let line = if is_torn { format!("\n{line}") } else { line.to_owned() };
        file.append(line.as_bytes())?;
        file.sync_data()?;
        self.file = Some(file);
        Ok(())
    }
}

fn ends_whole(file: &dyn File) -> io::Result<bool> {
    let Some(at) = file.len().checked_sub(1) else { return Ok(true) };
    let mut byte = [0];
    read_exact(file, &mut byte, at)?;
    Ok(byte == [b'\n'])
}

/// The last head that stands whole at the end of the file.
fn last_of(file: &dyn File) -> io::Result<Head> {
    let len = file.len().min(2 * LINE_BYTES_MAX);
    let mut end = vec![0; len as usize];
    read_exact(file, &mut end, file.len() - len)?;
    let whole = end.iter().rposition(|&byte| byte == b'\n').map_or(&[][..], |at| &end[..at]);
    let heads = whole.rsplit(|&byte| byte == b'\n').filter_map(|line| head_of(str::from_utf8(line).ok()?));
    Ok(heads.into_iter().next().unwrap_or(Head::EMPTY))
}

/// The line of a head: the head, the moment, and what a signature over both would sign.
fn line(head: Head, at: Timestamp) -> String {
    let hex = |hash: [u8; 32]| blake3::Hash::from_bytes(hash).to_hex();
    format!("{}:{} {at:.3} {}\n", head.index, hex(head.hash), hex(head.checkpoint(at)))
}

/// The head of a line that is as it was written.
fn head_of(text: &str) -> Option<Head> {
    let (head, rest) = text.split_once(' ')?;
    let (index, hash) = head.split_once(':')?;
    let at = rest.split(' ').next()?.parse().ok()?;
    let hash = *blake3::Hash::from_hex(hash).ok()?.as_bytes();
    let head = Head { index: index.parse().ok()?, hash };
    (line(head, at).trim_end() == text).then_some(head)
}

#[cfg(test)]
mod tests;
