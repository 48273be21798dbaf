//! `clearance archive`: what is older than so many days goes to another folder, and stays known.
//!
//! What may go is bounded by what must stay at hand: answers that are not delivered, keys the index on disk does not have,
//! and the last outcome, which counts on.

use crate::record::Compression;
use crate::record::archive::{self, Moved, Order};
use crate::record::embedded::Books;
use crate::record::wire::{self, ANSWER, DECISION, SUBMISSION};
use crate::record::{Reader, RecordError, index, journal};
use crate::serve::remembered::Remembered;
use crate::world::World;
use jiff::{SignedDuration, Timestamp};
use model::finding::Language;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// How old what goes must be, as the disk tells when it was written last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ages {
    /// Days, for raw bytes; they stay when not said.
    pub raw_days: Option<u32>,
    /// Days, for segments of the journal; they stay when not said.
    pub journal_days: Option<u32>,
}

/// Archives a data folder nobody else works with.
pub fn alone(world: &Arc<dyn World>, data: &Path, to: &Path, ages: Ages) -> Result<Moved, RecordError> {
    let dir = data.join("journal");
    if !world.exists(&dir).map_err(|it| RecordError::io("look at", &dir, it))? {
        return Err(RecordError::io("archive", &dir, io::ErrorKind::NotFound.into()));
    }
    // The lock is held until the end, and the keys of what goes are on disk before it does.
    let mut books = Books::open(world, data, Compression::default())?;
    books.save_index()?;
    beside(world, data, to, ages, &AtomicBool::new(false))
}

/// Archives the data folder of a service at work, on whatever thread.
pub fn beside(
    world: &Arc<dyn World>,
    data: &Path,
    to: &Path,
    ages: Ages,
    stop: &AtomicBool,
) -> Result<Moved, RecordError> {
    let before = |days: u32| days_ago(world.now(), days);
    let journal_before = ages.journal_days.map(before);
    let keep_from = match journal_before {
        Some(_) => keep_from(world, data)?,
        None => 0,
    };
    let order = Order { data, to, raw_before: ages.raw_days.map(before), journal_before, keep_from };
    archive::archive(&**world, &order, stop)
}

fn days_ago(now: Timestamp, days: u32) -> Timestamp {
    now.checked_sub(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MIN)
}

/// The first record that must stay.
fn keep_from(world: &Arc<dyn World>, data: &Path) -> Result<u64, RecordError> {
    let reader = journal::look(Arc::clone(world), data, journal::Limits::default())?;
    let saved = index::saved(&**world, data)?;
    Ok(saved.min(last_outcome(&reader)?).min(undelivered(&**world, data, &reader)?))
}

fn last_outcome(reader: &Reader) -> Result<u64, RecordError> {
    let first = reader.first_index();
    for index in (first..=reader.head().index).rev() {
        if matches!(reader.read(index)?.kind, DECISION | ANSWER) {
            return Ok(index);
        }
    }
    Ok(first)
}

/// The first submission with answers that may not be delivered. Where no service has written down how far it is, that is the
/// first that was dropped into a folder.
fn undelivered(world: &dyn World, data: &Path, reader: &Reader) -> Result<u64, RecordError> {
    if let Some(remembered) = Remembered::find(world, data)? {
        let waiting = remembered.waiting.iter().map(|(first, _)| *first);
        return Ok(waiting.min().unwrap_or(u64::MAX).min(remembered.up_to + 1));
    }
    for index in reader.first_index()..=reader.head().index {
        let record = reader.read(index)?;
        let opening = (record.kind == SUBMISSION).then(|| wire::read_submission(&record.payload)).flatten();
        if opening.is_some_and(|it| !it.source.is_empty()) {
            return Ok(index);
        }
    }
    Ok(u64::MAX)
}

/// What was moved, in words.
pub fn tell(moved: &Moved, to: &Path, language: Language) -> String {
    let Moved { n_segments, n_inputs, n_bytes, damaged, head } = moved;
    let to = to.display();
    let mut text = match language {
        Language::Zh => {
            format!("已移入归档 {to}：日志分段 {n_segments} 个，原始报文 {n_inputs} 份，共 {n_bytes} 字节\n")
        }
        Language::En => format!(
            "moved to the archive {to}: segments of the journal {n_segments}, inputs as received {n_inputs}, bytes {n_bytes}\n"
        ),
    };
    if let Some(head) = head {
        let hash = blake3::Hash::from_bytes(head.hash).to_hex();
        text += &match language {
            Language::Zh => format!("归档中的日志到第 {} 条为止；链头 {}:{hash}\n", head.index, head.index),
            Language::En => {
                format!("the journal is there up to record {}; head {}:{hash}\n", head.index, head.index)
            }
        };
    }
    for path in damaged {
        let path = path.display();
        text += &match language {
            Language::Zh => format!("{path}：内容与文件名中的摘要不符，已损坏，未移动；请用完好的副本换回\n"),
            Language::En => format!(
                "{path}: damaged, it does not match the hash in its name, and stays; put back a good copy\n"
            ),
        };
    }
    text
}
