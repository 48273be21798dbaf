//! One submission, from its files to its records: what `run` does once, and `serve` again and again on the same books.
//!
//! While one window is settled and recorded, the next is read and parsed. Nothing in here is durable by itself and
//! nothing is acknowledged: both are for the caller, who may settle several submissions and sync once (group commit).
//!
//! A fault of ours over one document ends neither: a window that cannot be judged is judged document by document, and the
//! one it fails on is refused for it (MSG-032).

pub(crate) mod deferred;
mod settle;
#[cfg(test)]
mod tests;

use crate::intake::files::{InputFile, Reading};
use crate::intake::limits;
use crate::profile::{Lane, Stage, Stopwatch};
use crate::publish::report::Report;
use crate::publish::summary::Summary;
use crate::record::embedded::{Books, moment_text};
use crate::record::{Evidence, RecordError, wire};
use crate::run::output::Output;
use crate::world::{File, World};
use engine::decode::Decoder;
use engine::parallel::Pool;
use engine::{Accepted, Law, Read, Sender, Spare};
use formats::ROOTS;
use jiff::civil::DateTime;
use model::attachment::Attachment;
use model::batch::{Inputs, RawBatch};
use model::finding::Language;
use model::limits::Limits;
use settle::{Clear, Settler};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What submissions are settled with: it stays the same from one to the next.
#[derive(Clone, Copy)]
pub struct Desk<'d> {
    /// Files and the clock.
    pub world: &'d Arc<dyn World>,
    /// Data folder.
    pub data: &'d Path,
    /// Rule book and registers.
    pub law: Law<'d>,
    /// Threads.
    pub pool: &'d Pool,
    /// Memory to use again.
    pub spare: &'d Spare,
    /// Language of sentences.
    pub language: Language,
    /// Encodings that are taken, and bounds on what comes in.
    pub limits: &'d Limits,
    /// Bytes of documents settled at once.
    pub window_bytes: usize,
    /// In whose name the sender may file; anybody's where nothing is said.
    pub sender: Option<&'d Sender>,
    /// Times its stages, where somebody wants to know.
    pub stopwatch: Option<&'d Arc<Stopwatch>>,
}

/// A file of a submission, and the handle it is read by where it has been opened already.
pub struct Incoming {
    /// Where it lies, and what people know it by.
    pub file: InputFile,
    /// Opened by whoever looked at it first: what was looked at is what is read.
    pub handle: Option<Box<dyn File>>,
}

/// What is written beside the books while a submission is settled.
pub struct Publishing {
    /// Lines and answers.
    pub output: Output,
    /// What a desk asked for beside them.
    pub report: Option<Report>,
}

/// Who looks on: the operator, who may stop it.
pub struct Watch<'w> {
    /// Set to stop before the next window.
    pub stop: &'w AtomicBool,
    /// Told after each window how many documents and bytes are settled.
    pub progress: &'w (dyn Fn(u64, u64) + Sync),
}

/// Why a submission was not settled to its end.
#[derive(Debug, thiserror::Error)]
pub enum SettleError {
    /// Something could not be read, written or synced.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The operator stopped it; what was decided is recorded.
    #[error("stopped by the operator")]
    Stopped,
}

/// Settles a submission. `source` is the folder its sender gets answers in, empty when there is none.
///
/// In the journal stand then its opening, the outcome of every document, the ends of its inputs, and its accounts.
/// After an error its accounts are not there: whatever of it was decided counts, and the same files may come again.
pub fn settle(
    desk: &Desk<'_>,
    books: &mut Books,
    (accepted, source): (Accepted, &str),
    files: Vec<Incoming>,
    publishing: Option<&mut Publishing>,
    watch: &Watch<'_>,
) -> Result<Summary, SettleError> {
    settle_by(desk, books, (accepted, source), files, publishing, watch, engine::clear_in_steps)
}

/// The same, by this middle.
fn settle_by(
    desk: &Desk<'_>,
    books: &mut Books,
    (accepted, source): (Accepted, &str),
    files: Vec<Incoming>,
    publishing: Option<&mut Publishing>,
    watch: &Watch<'_>,
    clear: Clear,
) -> Result<Summary, SettleError> {
    books.record_submission(&opening(desk, accepted, source))?;
    let settler = Settler::new(desk, books, publishing, accepted, clear);
    let mut running = Running { desk, accepted, watch, settler, inputs: Inputs::new() };
    running.files(files)?;
    running.settler.record_inputs()?;
    running.waiting()?;
    Ok(running.settler.finish()?)
}

fn opening(desk: &Desk<'_>, accepted: Accepted, source: &str) -> Vec<u8> {
    let language = if desk.language == Language::Zh { "zh" } else { "en" };
    let digests = [&desk.law.rulebook.digest, &desk.law.registers.digest];
    let from = (source, desk.sender.map(|it| &it.declarants[..]));
    wire::write_submission(&accepted_text(accepted), digests, language, &limits::written(desk.limits), from)
}

struct Running<'r> {
    desk: &'r Desk<'r>,
    accepted: Accepted,
    watch: &'r Watch<'r>,
    settler: Settler<'r>,
    inputs: Inputs,
}

/// An input whose documents have all been cut, to be closed once they are settled.
struct Ended {
    file: InputFile,
    reading: Reading,
    attachments: Vec<Attachment>,
}

/// A window that has been read, and the inputs that ended in it.
struct Filled {
    read: Read,
    inputs: Inputs,
    ended: Vec<Ended>,
}

/// Reads the files one after another into windows.
struct Filling {
    files: std::vec::IntoIter<Incoming>,
    open: Option<(Decoder, Ended)>,
}

impl Running<'_> {
    fn files(&mut self, files: Vec<Incoming>) -> Result<(), SettleError> {
        let mut filling = Filling { files: files.into_iter(), open: None };
        let mut filled = self.fill(&mut filling)?;
        while let Some(window) = filled {
            if self.watch.stop.load(Ordering::Relaxed) {
                self.settler.stop()?;
                return Err(SettleError::Stopped);
            }
            filled = self.settle_and_fill(window, &mut filling)?;
        }
        Ok(())
    }

    /// Settles one window while the next is read.
    fn settle_and_fill(
        &mut self,
        window: Filled,
        filling: &mut Filling,
    ) -> Result<Option<Filled>, SettleError> {
        let Running { desk, accepted, settler, inputs, .. } = self;
        let evidence = settler.evidence();
        let both = Lane::begin(desk.stopwatch);
        let ((settled, settling_ns), (filled, filling_ns)) = desk.pool.join(
            || {
                let lane = Lane::begin(desk.stopwatch);
                (settler.window(&window.read, &window.inputs, false, desk.pool), lane.ns())
            },
            || {
                let lane = Lane::begin(desk.stopwatch);
                (fill(desk, *accepted, evidence, filling, inputs), lane.ns())
            },
        );
        both.was_joint([settling_ns, filling_ns]);
        settled?;
        let filled = filled?;
        desk.spare.recycle(window.read);
        for ended in window.ended {
            self.close_input(ended)?;
        }
        let under_way =
            filled.iter().flat_map(|filled| &filled.ended).chain(filling.open.iter().map(|(_, open)| open));
        let n_read = under_way.map(|input| input.reading.n_read()).sum::<u64>() + self.settler.n_bytes();
        (self.watch.progress)(self.settler.n_documents(), n_read);
        Ok(filled)
    }

    fn fill(&mut self, filling: &mut Filling) -> Result<Option<Filled>, SettleError> {
        fill(self.desk, self.accepted, self.settler.evidence(), filling, &mut self.inputs)
    }

    fn close_input(&mut self, ended: Ended) -> Result<(), SettleError> {
        let digest = ended.reading.finish()?;
        let attachments: Vec<_> =
            ended.attachments.into_iter().map(|it| (it.name, it.bytes, it.digest)).collect();
        self.settler.input(&ended.file.name, digest.bytes, &digest.hash, &attachments);
        Ok(())
    }

    /// What waited for the end of the submission is decided now (ruling O2, FEE-020).
    fn waiting(&mut self) -> Result<(), SettleError> {
        let Desk { law, pool, spare, window_bytes, .. } = *self.desk;
        while let Some(batch) = self.settler.next_deferred(window_bytes, spare)? {
            let mut lane = Lane::begin(self.desk.stopwatch);
            let mut read = Read::window(batch, self.accepted, &law, pool, spare);
            if let Some(sender) = self.desk.sender {
                read.refuse_strangers(sender);
            }
            lane.done(Stage::Parse, read.raw().text.len());
            self.settler.window(&read, &self.inputs, true, pool)?;
            spare.recycle(read);
            (self.watch.progress)(self.settler.n_documents(), self.settler.n_bytes());
        }
        if self.settler.has_put_off() {
            let read = Read::window(RawBatch::new(), self.accepted, &law, pool, spare);
            self.settler.window(&read, &self.inputs, true, pool)?;
        }
        Ok(())
    }
}

/// The next window; none when everything has been read.
fn fill(
    desk: &Desk<'_>,
    accepted: Accepted,
    mut evidence: Evidence,
    filling: &mut Filling,
    inputs: &mut Inputs,
) -> Result<Option<Filled>, SettleError> {
    let Desk { law, pool, spare, .. } = *desk;
    let mut lane = Lane::begin(desk.stopwatch);
    let mut batch = spare.batch();
    let mut ended = Vec::new();
    loop {
        let Some((decoder, open)) = &mut filling.open else {
            let Some(Incoming { file, handle }) = filling.files.next() else { break };
            let (reading, source) =
                Reading::begin(&**desk.world, &file.path, handle, &mut evidence, desk.stopwatch)?;
            let decoder = Decoder::new(file.name.clone(), source, &ROOTS, desk.limits);
            filling.open = Some((decoder, Ended { file, reading, attachments: Vec::new() }));
            continue;
        };
        let is_full = decoder
            .fill(&mut batch, inputs, desk.window_bytes)
            .map_err(|error| RecordError::io("read", &open.file.path, error))?;
        open.attachments.append(&mut batch.attachments);
        if is_full {
            break;
        }
        if let Some((_, open)) = filling.open.take() {
            ended.push(open);
        }
    }
    lane.done(Stage::Decode, batch.text.len());
    if batch.documents.is_empty() && ended.is_empty() {
        return Ok(None);
    }
    // The break of an archive is told under its own name, behind its entries, which have later ones.
    let first = batch.documents.iter().map(|document| document.input).min();
    let named = first.map_or_else(Inputs::new, |first| inputs.since(first));
    let mut read = Read::window(batch, accepted, &law, pool, spare);
    if let Some(sender) = desk.sender {
        read.refuse_strangers(sender);
    }
    lane.done(Stage::Parse, read.raw().text.len());
    Ok(Some(Filled { read, inputs: named, ended }))
}

/// The acceptance of a submission as its opening says it.
pub fn accepted_text(accepted: Accepted) -> String {
    match accepted {
        Accepted::At(moment) => moment_text(moment),
        Accepted::Declared => "declared".to_owned(),
    }
}

/// The acceptance that a submission was opened with, read back.
pub fn accepted_of(text: &str) -> Option<Accepted> {
    if text == "declared" {
        return Some(Accepted::Declared);
    }
    let moment: DateTime = text.strip_suffix("+08:00")?.parse().ok()?;
    Some(Accepted::At(moment))
}

/// The moment of intake, in whole seconds at UTC+8.
pub fn now(world: &dyn World) -> DateTime {
    let moment = jiff::tz::offset(8).to_datetime(world.now());
    moment.with().subsec_nanosecond(0).build().unwrap_or(moment)
}
