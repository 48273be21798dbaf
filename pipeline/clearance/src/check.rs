//! `clearance check`: what is wrong with messages, told as a compiler tells it. Nothing is recorded.
//!
//! Windows, threads, linking and judging are those of `run`, in an office with nothing on file: what is found is what a
//! run would find there. What the documents of one check are to each other is remembered by keys in memory, the rest of
//! it in temporary files without names, so that an input may be larger than memory. Only requests have something decided again:
//! a declaration that waits for a certificate is put off to the end (ruling O2), and behind the end nothing comes.

mod counts;
mod desk;
mod form;
mod human;
mod inputs;
mod lines;
mod snippet;
mod spill;
mod svrl;

pub use counts::Counts;
pub use form::Form;

use crate::publish::report::Sources;
use crate::record::RecordError;
use crate::registers::{self, RegisterError};
use crate::run::{NOTICES_MAX, Progress};
use crate::submission::deferred::{DeferredDocuments, read_again};
use crate::submission::now;
use crate::world::World;
use desk::Desk;
use engine::parallel::Pool;
use engine::{Accepted, Law, Read, Settling, Spare, clear};
use form::Teller;
use inputs::{Filling, Opening};
use model::batch::Inputs;
use model::finding::Language;
use model::ledger::Ledger;
use model::limits::Limits;
use model::registers::Registers;
use rulebook::Rulebook;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a check is asked to do.
#[derive(Clone, Debug)]
pub struct Order {
    /// Files and folders, in order; `-` is standard input.
    pub inputs: Vec<PathBuf>,
    /// Registers folder; without one nobody is known.
    pub registers: Option<PathBuf>,
    /// When documents count as accepted; now when not said (ruling O4).
    pub accepted: Option<Accepted>,
    /// Threads; 0 means one a core.
    pub n_threads: usize,
    /// Bytes of documents settled at once.
    pub window_bytes: usize,
    /// Language of sentences.
    pub language: Language,
    /// Encodings that are taken, and bounds on what comes in.
    pub limits: Limits,
    /// How findings are told.
    pub form: Form,
    /// Whether colours are understood where they are told to.
    pub is_coloured: bool,
}

/// Where a check reads beside its files, and where it tells what it finds.
pub struct Streams<'s> {
    /// Standard input.
    pub input: Box<dyn io::Read + Send>,
    /// What findings are written to.
    pub output: &'s mut (dyn Write + Send),
}

/// Why a check did not come to its end. What was told by then is true, and not all there is.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// An input could not be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A register is bad; it never loads half.
    #[error("the registers were not loaded")]
    Registers(RegisterError),
    /// What was asked for cannot be done.
    #[error("{0}")]
    Setting(String),
    /// Nobody takes what is told.
    #[error("cannot write what was found: {0}")]
    Output(#[source] io::Error),
    /// A fault of ours that cannot be laid to one document.
    #[error("stopped by an internal fault; not everything was checked")]
    Fault,
    /// The operator stopped it.
    #[error("stopped by the operator; not everything was checked")]
    Stopped,
}

/// Checks everything the order names.
pub fn check(
    world: &Arc<dyn World>,
    order: &Order,
    streams: Streams<'_>,
    stop: &AtomicBool,
    progress: &Progress,
) -> Result<Counts, CheckError> {
    let work = AssertUnwindSafe(|| check_all(world, order, streams, stop, progress));
    // What a panic says is not passed on, because it may quote a document (ruling J2).
    catch_unwind(work).unwrap_or(Err(CheckError::Fault))
}

fn check_all(
    world: &Arc<dyn World>,
    order: &Order,
    streams: Streams<'_>,
    stop: &AtomicBool,
    progress: &Progress,
) -> Result<Counts, CheckError> {
    let rulebook = Rulebook::shipped().map_err(|error| CheckError::Setting(error.to_string()))?;
    let registers = load_registers(&**world, order, progress)?;
    let inputs = inputs::list(&**world, order, progress)?;
    let law = Law { rulebook: &rulebook, registers: &registers };
    let accepted = order.accepted.unwrap_or_else(|| Accepted::At(now(&**world)));
    let pool = Pool::new(order.n_threads).map_err(CheckError::Setting)?;
    let spare = Spare::within(order.limits);
    let opening = Opening { world, limits: &order.limits, window_bytes: order.window_bytes };
    // How far a check is, is known only where all it reads has a length.
    let has_length = inputs.iter().all(|input| input.bytes.is_some());
    if has_length {
        progress.begin(inputs.iter().filter_map(|input| input.bytes).sum());
    }
    let mut checking = Checking {
        law,
        accepted,
        pool: &pool,
        spare: &spare,
        stop,
        progress,
        opening,
        desk: Desk::new(world),
        deferred: DeferredDocuments::within({
            let world = Arc::clone(world);
            move || Ok(spill::spool(&world))
        }),
        ledger: Ledger::default(),
        teller: Teller::new(order, law, streams.output),
        names: Inputs::new(),
        n_documents: 0,
        has_length,
    };
    checking.teller.begin()?;
    checking.inputs(&mut Filling::new(inputs, streams.input))?;
    checking.waiting()?;
    progress.end();
    checking.teller.end(checking.n_documents)
}

/// What was passed over is said before anything is checked without it.
fn load_registers(world: &dyn World, order: &Order, progress: &Progress) -> Result<Registers, CheckError> {
    let Some(dir) = &order.registers else { return Ok(Registers::default()) };
    let loaded = registers::load(world, dir).map_err(CheckError::Registers)?;
    registers::first_notices(&loaded, NOTICES_MAX, order.language).for_each(|notice| progress.say(&notice));
    Ok(loaded.registers)
}

/// A window that has been read, and the names of the inputs its documents stand in.
struct Filled {
    read: Read,
    names: Inputs,
}

struct Checking<'c> {
    law: Law<'c>,
    accepted: Accepted,
    pool: &'c Pool,
    spare: &'c Spare,
    stop: &'c AtomicBool,
    progress: &'c Progress,
    opening: Opening<'c>,
    desk: Desk,
    deferred: DeferredDocuments,
    ledger: Ledger,
    teller: Teller<'c>,
    names: Inputs,
    n_documents: u64,
    has_length: bool,
}

impl Checking<'_> {
    /// Settles one window while the next is read.
    fn inputs(&mut self, filling: &mut Filling) -> Result<(), CheckError> {
        let mut filled = self.fill(filling)?;
        while let Some(window) = filled {
            if self.stop.load(Ordering::Relaxed) {
                return Err(CheckError::Stopped);
            }
            let pool = self.pool;
            let (opening, law, accepted, spare) = (self.opening, self.law, self.accepted, self.spare);
            let mut names = std::mem::take(&mut self.names);
            let (settled, next) = pool.join(
                || self.window(&window.read, &window.names, false),
                || fill(opening, law, accepted, pool, spare, filling, &mut names),
            );
            settled?;
            filled = next?;
            self.names = names;
            self.spare.recycle(window.read);
            if self.has_length {
                self.progress.at(self.n_documents, filling.n_read());
            }
        }
        Ok(())
    }

    fn fill(&mut self, filling: &mut Filling) -> Result<Option<Filled>, CheckError> {
        fill(self.opening, self.law, self.accepted, self.pool, self.spare, filling, &mut self.names)
    }

    /// What waited for the end of the inputs is decided now (ruling O2, FEE-020).
    fn waiting(&mut self) -> Result<(), CheckError> {
        let names = std::mem::take(&mut self.names);
        self.ledger.deferred.clear();
        while let Some(batch) = self.deferred.next(self.opening.window_bytes, self.spare)? {
            let read = Read::window(batch, self.accepted, &self.law, self.pool, self.spare);
            self.window(&read, &names, true)?;
            self.spare.recycle(read);
        }
        Ok(())
    }

    /// Settles a window as a run does, and tells what was found instead of recording it.
    fn window(&mut self, read: &Read, names: &Inputs, is_end: bool) -> Result<(), CheckError> {
        self.desk.fetch(read, &mut self.ledger)?;
        if is_end {
            engine::lay(read, &mut self.ledger, self.accepted.at(None), self.spare.limits());
        }
        let waiting = read_again(&self.ledger.waiting, self.accepted, &self.law, self.pool);
        let accounts = engine::accounts(read, &waiting, &self.ledger, self.accepted, &self.law);
        self.ledger.balances = self.desk.balances(accounts);
        let settling = Settling {
            read,
            waiting: &waiting,
            inputs: names,
            ledger: &self.ledger,
            accepted: self.accepted,
            is_end,
        };
        let batch = clear(&settling, &self.law, self.pool);
        if !is_end {
            self.n_documents += read.len() as u64;
        }
        let firsts = self.desk.firsts(&batch.outcomes)?;
        let finder = Sources { read, waiting: &waiting, inputs: names }.finder(&self.ledger.waiting);
        self.teller.tell(&batch.outcomes, &firsts, &finder, self.pool, self.progress)?;
        self.desk.take(&batch.outcomes)?;
        for deferred in batch.deferred {
            let (document, raw) = read.stored(deferred.document_idx);
            self.deferred.put(&document, raw, &deferred)?;
            self.ledger.deferred.extend(deferred.keys);
        }
        Ok(())
    }
}

fn fill(
    opening: Opening<'_>,
    law: Law<'_>,
    accepted: Accepted,
    pool: &Pool,
    spare: &Spare,
    filling: &mut Filling,
    names: &mut Inputs,
) -> Result<Option<Filled>, CheckError> {
    let mut batch = spare.batch();
    opening.fill(filling, &mut batch, names)?;
    if batch.documents.is_empty() {
        return Ok(None);
    }
    // The break of an archive is told under its own name, behind its entries, which have later ones.
    let first = batch.documents.iter().map(|document| document.input).min();
    let named = first.map_or_else(Inputs::new, |first| names.since(first));
    Ok(Some(Filled { read: Read::window(batch, accepted, &law, pool, spare), names: named }))
}
