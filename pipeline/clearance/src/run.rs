//! `clearance run`: decide once and leave.
//!
//! While one window is settled and recorded, the next is read and parsed. Nothing is acknowledged (the files of the
//! output folder get their names) before the journal has synced.

pub(crate) mod deferred;
mod progress;
mod settle;
mod table;

pub use progress::Progress;
pub use table::print;

use crate::config;
use crate::intake::files::{InputFile, Listing, Reading, listing};
use crate::intake::limits;
use crate::publish::report::Report;
use crate::publish::summary::Summary;
use crate::record::embedded::{Books, moment_text};
use crate::record::{RecordError, wire};
use crate::registers::{self, RegisterError};
use crate::world::World;
use deferred::DeferredDocuments;
use engine::decode::Decoder;
use engine::parallel::Pool;
use engine::{Accepted, Law, Read, Spare};
use formats::ROOTS;
use jiff::civil::DateTime;
use model::attachment::Attachment;
use model::batch::{Inputs, RawBatch};
use model::finding::{Language, Words};
use model::limits::Limits;
use model::registers::Registers;
use rulebook::Rulebook;
use settle::{Output, Settler};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How answers are written (ruling O6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Receipts {
    /// One file an input, answers in a `<Receipts>` wrapper.
    #[default]
    Packed,
    /// One file a document.
    Files,
    /// None.
    None,
}

/// What a run is asked to do.
#[derive(Clone, Debug)]
pub struct Order {
    /// Files and folders, in order.
    pub inputs: Vec<PathBuf>,
    /// Where lines, answers and summary go.
    pub out: PathBuf,
    /// Data folder.
    pub data: PathBuf,
    /// Registers folder.
    pub registers: PathBuf,
    /// When documents count as accepted; the moment of intake when not said (ruling O4).
    pub accepted: Option<Accepted>,
    /// How answers are written.
    pub receipts: Receipts,
    /// Whether a page and a workbook are made, too.
    pub report: bool,
    /// Threads; 0 means one a core.
    pub n_threads: usize,
    /// Bytes of documents settled at once.
    pub window_bytes: usize,
    /// Language of sentences.
    pub language: Language,
    /// Encodings that are taken, and bounds on what comes in.
    pub limits: Limits,
}

/// Why a run stopped.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Something could not be read, written or synced; nothing acknowledged is lost.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A register is bad; it never loads half.
    #[error("the registers were not loaded")]
    Registers(RegisterError),
    /// A setting cannot be used.
    #[error("{0}")]
    Setting(String),
    /// A fault of ours that cannot be laid to one document.
    #[error(
        "stopped by an internal fault; nothing of this run is acknowledged, and nothing acknowledged before is lost"
    )]
    Fault,
    /// The operator stopped it; what was decided is recorded, and the same command goes on from there.
    #[error("stopped by the operator; what was decided is recorded, run the same command to go on")]
    Stopped,
}

/// What a run came to.
pub struct Done {
    /// Counts.
    pub summary: Summary,
    /// The same on one line, as `summary.json` has it.
    pub json: String,
    /// The rule book it was decided by, for titles.
    pub rulebook: Rulebook,
}

/// Decides everything the order names.
pub fn run(
    world: &Arc<dyn World>,
    order: &Order,
    stop: &AtomicBool,
    progress: &Progress,
) -> Result<Done, RunError> {
    confined(|| decide_all(world, order, stop, progress))
}

/// Linking and deciding look at many documents, so a panic there is not confined to one: the run stops before anything
/// gets its name, as it would at a crash. What it says is not passed on, because it may quote a document (ruling J2).
fn confined(work: impl FnOnce() -> Result<Done, RunError>) -> Result<Done, RunError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(RunError::Fault))
}

fn decide_all(
    world: &Arc<dyn World>,
    order: &Order,
    stop: &AtomicBool,
    progress: &Progress,
) -> Result<Done, RunError> {
    let rulebook = Rulebook::shipped().map_err(|error| RunError::Setting(error.to_string()))?;
    let registers = load_registers(&**world, order, progress)?;
    let listing = listing(&**world, &order.inputs).map_err(|error| {
        RecordError::io("list", order.inputs.first().map_or(Path::new("."), |it| it), error)
    })?;
    tell_passed_over(&listing, order.language, progress);
    let files = listing.files;
    let law = Law { rulebook: &rulebook, registers: &registers };
    let accepted = order.accepted.unwrap_or_else(|| Accepted::At(now(&**world)));
    let pool = Pool::new(order.n_threads).map_err(RunError::Setting)?;
    let spare = Spare::within(order.limits);
    let mut books = Books::open(world, &order.data)?;
    books.record_submission(&opening(accepted, &law, order))?;
    let output = Output::create(Arc::clone(world), &order.out, order.receipts)?;
    let report = order.report.then(|| Report::create(world, &order.out, order.language)).transpose()?;
    let deferred = DeferredDocuments::create(Arc::clone(world), &order.data)?;
    let settler = Settler::new(books, output, deferred, law, accepted, order.language, report);
    progress.begin(files.iter().map(|file| file.bytes).sum());
    let mut running = Running {
        world: &**world,
        order,
        law,
        accepted,
        pool: &pool,
        spare: &spare,
        stop,
        progress,
        settler,
        inputs: Inputs::new(),
    };
    running.files(&files)?;
    running.settler.record_inputs()?;
    running.waiting()?;
    let (summary, json) = running.settler.finish(&accepted_text(accepted))?;
    progress.end();
    Ok(Done { summary, json, rulebook })
}

/// Notices of a kind that are told; of registers `register check` tells all.
pub(crate) const NOTICES_MAX: usize = 10;

/// What was passed over is said before anything is decided without it.
fn load_registers(world: &dyn World, order: &Order, progress: &Progress) -> Result<Registers, RunError> {
    let loaded = registers::load(world, &order.registers).map_err(RunError::Registers)?;
    registers::first_notices(&loaded, NOTICES_MAX, order.language).for_each(|notice| progress.say(&notice));
    Ok(loaded.registers)
}

/// What lies among the inputs and is not read is said before anything is decided without it.
pub(crate) fn tell_passed_over(listing: &Listing, language: Language, progress: &Progress) {
    for (name, why) in listing.passed_over.iter().take(NOTICES_MAX) {
        progress.say(&format!("{name}: {}", why.in_language(language)));
    }
    if let Some(n_more @ 1..) = listing.passed_over.len().checked_sub(NOTICES_MAX) {
        progress.say(&format!("{}{n_more}", MORE.in_language(language)));
    }
}

const MORE: Words =
    Words { zh: "另有同类文件未读取，数量：", en: "and not read either, files of this kind: " };

/// The moment of intake, in whole seconds at UTC+8.
pub(crate) fn now(world: &dyn World) -> DateTime {
    let moment = jiff::tz::offset(8).to_datetime(world.now());
    moment.with().subsec_nanosecond(0).build().unwrap_or(moment)
}

fn accepted_text(accepted: Accepted) -> String {
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

fn opening(accepted: Accepted, law: &Law<'_>, order: &Order) -> Vec<u8> {
    let language = if order.language == Language::Zh { "zh" } else { "en" };
    let digests = [&law.rulebook.digest, &law.registers.digest];
    wire::write_submission(&accepted_text(accepted), digests, language, &limits::written(&order.limits))
}

struct Running<'r> {
    world: &'r dyn World,
    order: &'r Order,
    law: Law<'r>,
    accepted: Accepted,
    pool: &'r Pool,
    spare: &'r Spare,
    stop: &'r AtomicBool,
    progress: &'r Progress,
    settler: Settler<'r>,
    inputs: Inputs,
}

/// An input whose documents have all been cut, to be closed once they are settled.
struct Ended {
    name: String,
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
struct Filling<'f> {
    files: std::slice::Iter<'f, InputFile>,
    open: Option<(Decoder, Ended)>,
}

impl Running<'_> {
    fn files(&mut self, files: &[InputFile]) -> Result<(), RunError> {
        let mut filling = Filling { files: files.iter(), open: None };
        let mut filled = self.fill(&mut filling)?;
        while let Some(window) = filled {
            if self.stop.load(Ordering::Relaxed) {
                self.settler.stop()?;
                return Err(RunError::Stopped);
            }
            filled = self.settle_and_fill(window, &mut filling)?;
        }
        Ok(())
    }

    /// Settles one window while the next is read.
    fn settle_and_fill(
        &mut self,
        window: Filled,
        filling: &mut Filling<'_>,
    ) -> Result<Option<Filled>, RunError> {
        let Running { world, order, law, accepted, pool, spare, settler, inputs, .. } = self;
        let evidence = settler.evidence();
        let (settled, filled) = pool.join(
            || settler.window(&window.read, &window.inputs, false, pool),
            || fill(*world, order, law, *accepted, pool, spare, evidence, filling, inputs),
        );
        settled?;
        let filled = filled?;
        self.spare.recycle(window.read);
        for ended in window.ended {
            self.close_input(ended)?;
        }
        let under_way =
            filled.iter().flat_map(|filled| &filled.ended).chain(filling.open.iter().map(|(_, open)| open));
        let n_read = under_way.map(|input| input.reading.n_read()).sum::<u64>() + self.settler.n_bytes();
        self.progress.at(self.settler.n_documents(), n_read);
        Ok(filled)
    }

    fn fill(&mut self, filling: &mut Filling<'_>) -> Result<Option<Filled>, RunError> {
        let evidence = self.settler.evidence();
        fill(
            self.world,
            self.order,
            &self.law,
            self.accepted,
            self.pool,
            self.spare,
            evidence,
            filling,
            &mut self.inputs,
        )
    }

    fn close_input(&mut self, ended: Ended) -> Result<(), RunError> {
        let digest = ended.reading.finish()?;
        let attachments: Vec<_> =
            ended.attachments.into_iter().map(|it| (it.name, it.bytes, it.digest)).collect();
        self.settler.input(&ended.name, digest.bytes, &digest.hash, &attachments);
        Ok(())
    }

    /// What waited for the end of the submission is decided now (ruling O2, FEE-020).
    fn waiting(&mut self) -> Result<(), RunError> {
        while let Some(batch) = self.settler.next_deferred(self.order.window_bytes, self.spare)? {
            let read = Read::window(batch, self.accepted, &self.law, self.pool, self.spare);
            self.settler.window(&read, &self.inputs, true, self.pool)?;
            self.spare.recycle(read);
            self.progress.at(self.settler.n_documents(), self.settler.n_bytes());
        }
        if self.settler.has_put_off() {
            let read = Read::window(RawBatch::new(), self.accepted, &self.law, self.pool, self.spare);
            self.settler.window(&read, &self.inputs, true, self.pool)?;
        }
        Ok(())
    }
}

#[expect(clippy::too_many_arguments, reason = "everything a window is read with; it runs beside the settler")]
fn fill(
    world: &dyn World,
    order: &Order,
    law: &Law<'_>,
    accepted: Accepted,
    pool: &Pool,
    spare: &Spare,
    evidence: crate::record::Evidence,
    filling: &mut Filling<'_>,
    inputs: &mut Inputs,
) -> Result<Option<Filled>, RunError> {
    let mut evidence = evidence;
    let mut batch = spare.batch();
    let mut ended = Vec::new();
    loop {
        let Some((decoder, open)) = &mut filling.open else {
            let Some(file) = filling.files.next() else { break };
            let (reading, source) = Reading::begin(world, &file.path, &mut evidence)?;
            let decoder = Decoder::new(file.name.clone(), source, &ROOTS, &order.limits);
            let open = Ended { name: file.name.clone(), reading, attachments: Vec::new() };
            filling.open = Some((decoder, open));
            continue;
        };
        let is_full = decoder
            .fill(&mut batch, inputs, order.window_bytes)
            .map_err(|error| RecordError::io("read", Path::new(&open.name), error))?;
        open.attachments.append(&mut batch.attachments);
        if is_full {
            break;
        }
        if let Some((_, open)) = filling.open.take() {
            ended.push(open);
        }
    }
    if batch.documents.is_empty() && ended.is_empty() {
        return Ok(None);
    }
    // The break of an archive is told under its own name, behind its entries, which have later ones.
    let first = batch.documents.iter().map(|document| document.input).min();
    let named = first.map_or_else(Inputs::new, |first| inputs.since(first));
    let read = Read::window(batch, accepted, law, pool, spare);
    Ok(Some(Filled { read, inputs: named, ended }))
}

/// The language to speak: as asked, else as the locale says.
pub fn language(asked: Option<Language>) -> Language {
    asked.unwrap_or_else(config::language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_beyond_one_document_stops_the_run_and_says_so() {
        let stopped = confined(|| panic!("张三 is none of the operator's business")).map(|_| ());
        let said = stopped.expect_err("it panicked").to_string();
        assert!(said.contains("internal fault; nothing of this run is acknowledged"), "{said}");
        assert!(!said.contains("张三"), "{said}");
    }
}
