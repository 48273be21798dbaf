//! `clearance run`: decide once and leave.
//!
//! All inputs are one submission. Nothing is acknowledged (the files of the output folder get their names) before the
//! journal has synced.

pub mod output;
mod progress;
mod table;
mod untold;

pub use progress::Progress;
pub use table::print;

use crate::config;
use crate::intake::files::{Listing, listing};
use crate::profile::{Lane, Profile, Stage, Stopwatch};
use crate::publish::report::Report;
use crate::publish::summary::Summary;
use crate::record::embedded::{Books, GROUP_BYTES};
use crate::record::{Compression, RecordError};
use crate::registers::{self, RegisterError};
use crate::submission::{self, Desk, Incoming, Publishing, SettleError, Watch};
use crate::world::World;
use engine::parallel::Pool;
use engine::{Accepted, Law, Spare};
use model::finding::{Language, Words};
use model::limits::Limits;
use model::registers::Registers;
use output::Output;
use rulebook::Rulebook;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use untold::Untold;

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
    /// Whether its stages are timed.
    pub profile: bool,
    /// Threads; 0 means one a core.
    pub n_threads: usize,
    /// Bytes of documents settled at once.
    pub window_bytes: usize,
    /// How hard the journal is packed.
    pub compression: Compression,
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

impl From<SettleError> for RunError {
    fn from(error: SettleError) -> RunError {
        match error {
            SettleError::Record(error) => RunError::Record(error),
            SettleError::Stopped => RunError::Stopped,
        }
    }
}

/// What a run works with. It changes nothing of what comes out.
pub struct Means<'m> {
    /// Threads.
    pub pool: &'m Pool,
    /// Bytes of records that are synced together.
    pub group_bytes: usize,
}

/// What a run came to.
pub struct Done {
    /// Counts.
    pub summary: Summary,
    /// The same on one line, as `summary.json` has it.
    pub json: String,
    /// Where the time went, where it was asked for.
    pub profile: Option<Profile>,
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
    confined(|| {
        let pool = Pool::new(order.n_threads).map_err(RunError::Setting)?;
        let means = Means { pool: &pool, group_bytes: GROUP_BYTES };
        decide_all(world, order, &means, stop, progress)
    })
}

/// The same on other threads or in other groups than the order and the program would choose.
pub fn run_with(
    world: &Arc<dyn World>,
    order: &Order,
    means: &Means<'_>,
    stop: &AtomicBool,
    progress: &Progress,
) -> Result<Done, RunError> {
    confined(|| decide_all(world, order, means, stop, progress))
}

/// Linking and deciding look at many documents, so a panic there is not confined to one: the run stops before anything
/// gets its name, as it would at a crash. What it says is not passed on, because it may quote a document (ruling J2).
pub(crate) fn confined<T>(work: impl FnOnce() -> Result<T, RunError>) -> Result<T, RunError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(RunError::Fault))
}

fn decide_all(
    world: &Arc<dyn World>,
    order: &Order,
    means: &Means<'_>,
    stop: &AtomicBool,
    progress: &Progress,
) -> Result<Done, RunError> {
    let stopwatch = order.profile.then(|| Arc::new(Stopwatch::start(world)));
    let mut lane = Lane::begin(stopwatch.as_ref());
    let rulebook = Rulebook::shipped().map_err(|error| RunError::Setting(error.to_string()))?;
    let registers = load_registers(&**world, order, progress)?;
    let listing = listing(&**world, &order.inputs).map_err(|error| {
        RecordError::io("list", order.inputs.first().map_or(Path::new("."), |it| it), error)
    })?;
    tell_passed_over(&listing, order.language, progress);
    let files = listing.files;
    let law = Law { rulebook: &rulebook, registers: &registers };
    let accepted = order.accepted.unwrap_or_else(|| Accepted::At(submission::now(&**world)));
    let mut books = Books::open(world, &order.data, order.compression)?;
    books.in_groups_of(means.group_bytes);
    let untold = Untold::load(world, &order.data, &books)?;
    let mut output = Output::create(Arc::clone(world), &order.out, order.receipts)?;
    untold.tell(&books, &mut output)?;
    let report = order.report.then(|| Report::create(world, &order.out, order.language)).transpose()?;
    let mut publishing = Publishing { output, report };
    progress.begin(files.iter().map(|file| file.bytes).sum());
    let desk = Desk {
        world,
        data: &order.data,
        law,
        pool: means.pool,
        spare: &Spare::within(order.limits),
        language: order.language,
        limits: &order.limits,
        window_bytes: order.window_bytes,
        sender: None,
        stopwatch: stopwatch.as_ref(),
    };
    let files = files.into_iter().map(|file| Incoming { file, handle: None }).collect();
    lane.done(Stage::Start, 0);
    let watch = Watch { stop, progress: &|n_documents, n_bytes| progress.at(n_documents, n_bytes) };
    let opening = (accepted, "");
    let summary = submission::settle(&desk, &mut books, opening, files, Some(&mut publishing), &watch)?;
    let (json, profile) = acknowledge(books, (publishing, untold), &summary, &desk, accepted)?;
    progress.end();
    Ok(Done { summary, json, profile, rulebook })
}

/// Makes everything durable, then gives the output its names: the acknowledgement. Gives the counts as JSON, and where the
/// time went.
fn acknowledge(
    mut books: Books,
    (mut publishing, mut untold): (Publishing, Untold),
    summary: &Summary,
    desk: &Desk<'_>,
    accepted: Accepted,
) -> Result<(String, Option<Profile>), RecordError> {
    let mut lane = Lane::begin(desk.stopwatch);
    let head = books.commit()?;
    lane.done(Stage::Record, 0);
    let profile = desk.stopwatch.map(|watch| watch.profile(desk.pool.n_threads()));
    let accepted = submission::accepted_text(accepted);
    let mut summary = summary.to_json(&accepted, &desk.law, head);
    summary.profile.clone_from(&profile);
    let report = publishing.report.take().map(|report| report.finish(&summary, &desk.law)).transpose()?;
    publishing.output.finish(&summary.file(), report.as_ref().map_or(&[][..], |paths| paths))?;
    untold.told(head)?;
    books.close()?;
    Ok((summary.line(), profile))
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

/// The language to speak: as asked, else as the locale says.
pub fn language(asked: Option<Language>) -> Language {
    asked.unwrap_or_else(config::language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_beyond_one_document_stops_the_run_and_says_so() {
        let stopped = confined::<Done>(|| panic!("张三 is none of the operator's business")).map(|_| ());
        let said = stopped.expect_err("it panicked").to_string();
        assert!(said.contains("internal fault; nothing of this run is acknowledged"), "{said}");
        assert!(!said.contains("张三"), "{said}");
    }
}
