//! The service as a function of its world: one turn looks into the folders, settles what is complete, and delivers.
//!
//! No thread, no sleep and no clock but the world's, so that a simulation can end it at every call. What wakes it up, and
//! how often, is for the loop around it, and never matters to what comes out.
//!
//! The order of a turn is the promise (P1): raw bytes, submission and decisions are durable; then the answers get their
//! names; then the file leaves its `OutBox`. What broke off before the first is read again, and what broke off after it is
//! delivered at the next start, from the journal.

use super::answers::{Origins, Outline};
use super::config::Config;
use super::delivery::{self, Delivered, DeliveryError, Known, Pending, Reached, Taken};
use super::folders::{Candidate, Firm, Folder, Quarantined};
use super::log::{Level, Log};
use super::meters::{Meters, Moved};
use super::names::{self, OUT_BOX};
use super::remembered::Remembered;
use super::status::{self, Stage, SyncOf};
use crate::intake::files::InputFile;
use crate::publish::summary::Summary;
use crate::record::embedded::Books;
use crate::record::heads::Durable;
use crate::record::{Head, RecordError};
use crate::registers;
use crate::run::{RunError, confined};
use crate::submission::{self, Desk, Incoming, Watch};
use crate::world::{Identity, Plain, World};
use engine::parallel::Pool;
use engine::{Accepted, Law, Spare};
use jiff::Timestamp;
use model::decision::OutcomeKind;
use model::finding::{Language, RuleId};
use model::registers::Registers;
use rulebook::Rulebook;
use std::ffi::OsStr;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// The code of a fault of ours, and the rule that says so of a document.
const FAULT: &str = "internal-fault";
const FAULT_RULE: RuleId = RuleId("MSG-032");

/// The service.
pub struct Service {
    world: Arc<dyn World>,
    config: Config,
    language: Language,
    rulebook: Rulebook,
    registers: Registers,
    /// The files the registers were read from, as they were.
    registers_mark: Option<Vec<(&'static str, Identity)>>,
    pool: Pool,
    spare: Spare,
    books: Books,
    firms: Vec<Firm>,
    /// Who is asked first.
    next_firm: usize,
    origins: Origins,
    /// Answers for folders nobody has found yet, by their name in the journal.
    unplaced: Vec<(String, Pending)>,
    /// Of the submissions up to this record all answers are delivered or laid ready.
    up_to: u64,
    /// How far it has delivered, as it is written down.
    remembered: Remembered,
    meters: Arc<Meters>,
    log: Arc<Log>,
    /// The file the program failed on in this turn.
    failed_on: Option<(At, Candidate)>,
}

/// What a turn came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// Files read and settled.
    pub n_settled: usize,
    /// Complete files are left: the next turn should come at once.
    pub is_more: bool,
}

/// A folder, by the positions of its firm and of itself.
#[derive(Clone, Copy)]
struct At {
    firm_idx: usize,
    folder_idx: usize,
}

/// A file that was begun in this turn.
struct Begun {
    at: At,
    candidate: Candidate,
    identity: Identity,
    /// Journal index of its submission.
    first: u64,
    /// None when it broke off.
    summary: Option<Summary>,
}

impl Service {
    /// Loads the law, opens the books, and finds out what has not been delivered.
    pub fn open(
        world: &Arc<dyn World>,
        config: Config,
        language: Language,
        meters: Arc<Meters>,
        log: Arc<Log>,
    ) -> Result<Service, RunError> {
        let rulebook = Rulebook::shipped().map_err(|error| RunError::Setting(error.to_string()))?;
        if config.is_registers_named {
            registers::require(&**world, &config.registers).map_err(RunError::Registers)?;
        }
        let registers_mark = registers::mark(&**world, &config.registers).ok();
        let registers = registers::load(&**world, &config.registers).map_err(RunError::Registers)?.registers;
        meters.law(rulebook.digest, registers.digest);
        let pool = Pool::new(config.n_threads).map_err(RunError::Setting)?;
        let books = Books::open(world, &config.data, config.compression)?;
        let remembered = Remembered::load(&**world, &config.data)?;
        let mut service = Service {
            world: Arc::clone(world),
            firms: config.folders.iter().map(|folders| Firm::new(folders, &registers)).collect(),
            spare: Spare::within(config.limits),
            config,
            language,
            rulebook,
            registers,
            registers_mark,
            pool,
            books,
            next_firm: 0,
            origins: Origins::default(),
            unplaced: Vec::new(),
            up_to: remembered.up_to,
            remembered,
            meters,
            log,
            failed_on: None,
        };
        service.recover()?;
        service.say(Level::Info, "opened", &[("waiting", &service.unplaced.len().to_string())]);
        Ok(service)
    }

    /// What the journal knows and no folder has been told.
    fn recover(&mut self) -> Result<(), RunError> {
        for (first, folder) in self.remembered.waiting.clone() {
            if let Some(outline) = Outline::read(&self.books, first)? {
                let pending = pending_of(&Arc::new(outline), &folder, Known::Unsure);
                self.unplaced.push((folder, pending));
            }
        }
        // Nothing is archived before its answers are delivered.
        let mut next = (self.up_to + 1).max(self.books.first_index());
        while next < self.books.next().0 {
            next = match Outline::read(&self.books, next)? {
                Some(outline) => {
                    let after = outline.last + 1;
                    self.post(outline, Known::Unsure)?;
                    after
                }
                None => next + 1,
            };
        }
        Ok(())
    }

    /// Lays the answers of a submission ready for every folder that is told.
    fn post(&mut self, outline: Outline, known: Known) -> Result<(), RecordError> {
        let outline = Arc::new(outline);
        self.up_to = outline.last;
        let is_any_again = outline.outcomes.is_none() || outline.n_of(OutcomeKind::Redecided) > 0;
        let mut folders = match is_any_again {
            true => self.origins.told_again(&self.books, &outline)?,
            false => Default::default(),
        };
        if outline.outcomes.is_some() && !outline.source.is_empty() {
            folders.insert(outline.source.clone());
        }
        for folder in folders {
            let pending = pending_of(&outline, &folder, known);
            self.unplaced.push((folder, pending));
        }
        self.hand_out();
        Ok(())
    }

    /// Hands what is laid ready to the folders that are known by now.
    fn hand_out(&mut self) {
        let mut folders: Vec<(String, &mut Folder)> = self
            .firms
            .iter_mut()
            .flat_map(|firm| &mut firm.folders)
            .map(|folder| (folder.source(), folder))
            .collect();
        let unplaced = std::mem::take(&mut self.unplaced);
        for (source, pending) in unplaced {
            match folders.iter_mut().find(|(known, _)| *known == source) {
                Some((_, folder)) => folder.pending.push(pending),
                None => self.unplaced.push((source, pending)),
            }
        }
    }

    /// One turn, as [`Service::turn`], by a service that outlasts a fault of ours over one file: that file goes into
    /// quarantine unread, and the service begins anew from what is durable, as after a crash. What else was begun in the
    /// turn was not acknowledged, lies where it was, and is read again.
    pub fn turn_or_anew(mut self) -> Result<(Service, Turn), RunError> {
        match confined(|| self.turn()) {
            Err(RunError::Fault) => {
                let anew = self.anew()?;
                Ok((anew, Turn { n_settled: 0, is_more: true }))
            }
            turned => turned.map(|turn| (self, turn)),
        }
    }

    fn anew(mut self) -> Result<Service, RunError> {
        let Some((at, candidate)) = self.failed_on.take() else { return Err(RunError::Fault) };
        let now = self.world.now();
        let quarantine = self.folder(at).quarantine(&*self.world, OsStr::new(&candidate.name), FAULT);
        let Ok(quarantined) = quarantine else { return Err(RunError::Fault) };
        self.tell_quarantined(at, &quarantined, now);
        let what = "the program failed on a file, which is in FailBox; the others go on";
        self.tell_trouble(&self.place(at), FAULT, now, &what);
        let Service { world, config, language, meters, log, books, .. } = self;
        drop(books); // And with them the lock of the data folder.
        Service::open(&world, config, language, meters, log)
    }

    /// One turn. An error ends the service: nothing more is acknowledged, and nothing acknowledged is lost.
    pub fn turn(&mut self) -> Result<Turn, RunError> {
        let now = self.world.now();
        self.timed(Stage::Scan, |service| service.look(now));
        let begun = self.timed(Stage::Settle, |service| service.take(now))?;
        let n_settled = begun.iter().filter(|it| it.summary.is_some()).count();
        if !begun.is_empty() {
            self.timed(Stage::Sync, Self::sync)?;
            self.acknowledge(begun)?;
        }
        self.timed(Stage::Answer, |service| service.deliver(now))?;
        self.remember()?;
        self.measure(now);
        let limit = self.config.turn.n_answers_waiting;
        let is_more = self.firms.iter().any(|firm| firm.next_folder(now, limit).is_some());
        Ok(Turn { n_settled, is_more })
    }

    /// Looks into every folder in which nothing is left of the last look.
    fn look(&mut self, now: Timestamp) {
        for firm_idx in 0..self.firms.len() {
            let firm = &mut self.firms[firm_idx];
            if !firm.looking.is_due(now) {
                continue;
            }
            match firm.look(&*self.world) {
                Ok(()) => {
                    firm.looking.succeeded();
                }
                Err(error) => {
                    let id = firm.id.clone();
                    if firm.looking.failed("cannot-list", now, &self.config.retry) {
                        self.tell_trouble(&id, "cannot-list", now, &error);
                    }
                }
            }
        }
        self.hand_out();
        for at in self.all() {
            let folder = &mut self.firms[at.firm_idx].folders[at.folder_idx];
            if !folder.is_to_be_looked_at(now) {
                continue;
            }
            match folder.look(&*self.world, now) {
                Ok(quarantined) => {
                    let is_over =
                        folder.looking.succeeded() | (folder.front().is_none() && folder.taking.succeeded());
                    self.tell_over(at, is_over, now);
                    quarantined.iter().for_each(|it| self.tell_quarantined(at, it, now));
                }
                Err((code, error)) => {
                    if folder.looking.failed(code, now, &self.config.retry) {
                        self.tell_trouble(&self.place(at), code, now, &error);
                    }
                }
            }
        }
    }

    /// Settles files of all firms, each in its turn, until the turn is full. What does not fit stays where it is: a file
    /// that is too large for the rest of a turn comes first in the next.
    fn take(&mut self, now: Timestamp) -> Result<Vec<Begun>, RunError> {
        let (n_firms, limits) = (self.firms.len(), self.config.turn);
        let (mut begun, mut n_bytes, mut n_idle) = (Vec::new(), 0, 0);
        let mut firm_idx = self.next_firm;
        self.next_firm = (self.next_firm + 1) % n_firms.max(1);
        while begun.len() < limits.n_files && n_bytes < limits.n_bytes && n_idle < n_firms {
            let firm = &mut self.firms[firm_idx];
            if let Some(folder_idx) = firm.next_folder(now, limits.n_answers_waiting) {
                let bytes = firm.folders[folder_idx].front().map_or(0, |it| it.bytes);
                if n_bytes + bytes > limits.n_bytes && !begun.is_empty() {
                    self.next_firm = firm_idx;
                    break;
                }
                n_bytes += bytes;
                if let Some(candidate) = firm.take(folder_idx) {
                    begun.extend(self.begin(At { firm_idx, folder_idx }, candidate, now)?);
                }
                n_idle = 0;
            } else {
                n_idle += 1;
            }
            firm_idx = (firm_idx + 1) % n_firms;
        }
        Ok(begun)
    }

    /// Opens a file and settles it. None when there was nothing to read.
    fn begin(&mut self, at: At, candidate: Candidate, now: Timestamp) -> Result<Option<Begun>, RunError> {
        let plain = match self.open_file(at, &candidate, now) {
            Some(plain) if !plain.file.is_empty() => plain,
            _ => return Ok(None),
        };
        let folder = self.folder(at);
        let (path, name) = (folder.path.join(OUT_BOX).join(&candidate.name), candidate.name.clone());
        let file = InputFile { path, name, bytes: plain.file.len() };
        let source = folder.source();
        let (first, identity) = (self.books.next().0, plain.identity);
        let incoming = Incoming { file: file.clone(), handle: Some(plain.file) };
        let summary = match self.settle(incoming, at, &source) {
            Ok(summary) => Some(summary),
            Err(RunError::Record(error)) if passes(&error, &file) && self.books.check().is_ok() => {
                self.took_trouble(at, code_of(&error), now, &error);
                None
            }
            Err(error) => {
                // What stopped the books is what is told, not what came of it.
                self.books.check()?;
                let (place, name) = (self.place(at), names::escaped(OsStr::new(&file.name)));
                self.say(Level::Error, "not-settled", &[("folder", &place), ("name", &name)]);
                if matches!(error, RunError::Fault) {
                    self.failed_on = Some((at, candidate));
                }
                return Err(error);
            }
        };
        Ok(Some(Begun { at, candidate, identity, first, summary }))
    }

    /// Opens a file that may be taken; what turns out to be none goes into quarantine.
    fn open_file(&mut self, at: At, candidate: &Candidate, now: Timestamp) -> Option<Plain> {
        let dir = self.folder(at).path.join(OUT_BOX);
        let why = match self.world.open_plain(&dir, OsStr::new(&candidate.name)) {
            Ok(plain) if plain.n_links == 1 => return Some(plain),
            Ok(_) => "several-names",
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => "not-a-file",
            // Taken back by its sender, or written over under another name.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => {
                self.took_trouble(at, "cannot-open-file", now, &error);
                return None;
            }
        };
        match self.folder(at).quarantine(&*self.world, OsStr::new(&candidate.name), why) {
            Ok(quarantined) => self.tell_quarantined(at, &quarantined, now),
            Err((code, error)) => self.took_trouble(at, code, now, &error),
        }
        None
    }

    fn folder(&self, at: At) -> &Folder {
        &self.firms[at.firm_idx].folders[at.folder_idx]
    }

    /// A folder gives trouble with taking: it is left alone for a while.
    fn took_trouble(&mut self, at: At, code: &'static str, now: Timestamp, error: &dyn std::fmt::Display) {
        let taking = &mut self.firms[at.firm_idx].folders[at.folder_idx].taking;
        if taking.failed(code, now, &self.config.retry) {
            self.tell_trouble(&self.place(at), code, now, error);
        }
    }

    /// Something is in the way of one folder; the others go on.
    fn tell_trouble(&self, place: &str, code: &'static str, now: Timestamp, error: &dyn std::fmt::Display) {
        let said = error.to_string();
        self.meters.trouble(now, code, place, &said);
        self.log.say(now, Level::Warning, code, &[("folder", place), ("system", &said)]);
    }

    /// Documents the program failed on, which were held or refused for it.
    fn tell_faults(&self, at: At, summary: &Summary, now: Timestamp) {
        if let Some((_, n)) = summary.reasons.get(&FAULT_RULE) {
            let what = format!("documents the program failed on: {n}; none of them is released");
            self.tell_trouble(&self.place(at), FAULT, now, &what);
        }
    }

    fn tell_over(&self, at: At, is_over: bool, now: Timestamp) {
        if is_over {
            self.log.say(now, Level::Info, "trouble-over", &[("folder", &self.place(at))]);
        }
    }

    fn tell_quarantined(&self, at: At, (name, why): &Quarantined, now: Timestamp) {
        self.meters.moved(Moved::Quarantined);
        let values = [("folder", &*self.place(at)), ("name", name), ("why", why)];
        self.log.say(now, Level::Warning, "quarantined", &values);
    }

    /// A folder as logs name it.
    fn place(&self, at: At) -> String {
        format!("{}/{}", self.firms[at.firm_idx].id, self.folder(at).business)
    }

    /// All folders known, in order.
    fn all(&self) -> Vec<At> {
        let of = |(firm_idx, firm): (usize, &Firm)| {
            (0..firm.folders.len()).map(move |folder_idx| At { firm_idx, folder_idx })
        };
        self.firms.iter().enumerate().flat_map(of).collect()
    }

    fn settle(&mut self, incoming: Incoming, at: At, source: &str) -> Result<Summary, RunError> {
        let accepted = Accepted::At(submission::now(&*self.world));
        let Service {
            world, config, language, rulebook, registers, pool, spare, books, firms, meters, ..
        } = self;
        let desk = Desk {
            world,
            data: &config.data,
            law: Law { rulebook, registers },
            pool,
            spare,
            language: *language,
            limits: &config.limits,
            window_bytes: config.window_bytes,
            sender: firms[at.firm_idx].sender.as_ref(),
            stopwatch: None,
        };
        // What is begun is finished, also when the service is asked to stop.
        let (stop, alive) = (AtomicBool::new(false), |_, _| meters.alive(world.now()));
        let watch = Watch { stop: &stop, progress: &alive };
        confined(|| Ok(submission::settle(&desk, books, (accepted, source), vec![incoming], None, &watch)?))
    }

    /// Makes everything durable that was settled in this turn: one sync for all of it.
    fn sync(&mut self) -> Result<(), RunError> {
        let began = self.world.now();
        self.books.sync_evidence()?;
        let between = self.world.now();
        let head = self.books.commit()?;
        self.meters.sync(SyncOf::Evidence, since(began, between));
        self.meters.sync(SyncOf::Journal, since(between, self.world.now()));
        self.meters.head(head);
        Ok(())
    }

    /// What was begun is durable: its answers may go out.
    fn acknowledge(&mut self, begun: Vec<Begun>) -> Result<(), RunError> {
        let now = self.world.now();
        for Begun { at, candidate, identity, first, summary } in begun {
            let Some(outline) = Outline::read(&self.books, first)? else { continue };
            self.post(outline, Known::This(identity))?;
            let Some(summary) = summary else { continue };
            let is_over = self.firms[at.firm_idx].folders[at.folder_idx].taking.succeeded();
            self.tell_over(at, is_over, now);
            self.meters.settled(&summary);
            self.tell_faults(at, &summary, now);
            self.meters.acknowledged(since(candidate.seen, now));
            let (submission, documents) = (first.to_string(), summary.n_documents.to_string());
            let place = self.place(at);
            let values = [("folder", &*place), ("submission", &submission), ("documents", &documents)];
            self.log.say(now, Level::Info, "settled", &values);
        }
        Ok(())
    }

    /// Delivers what waits, folder by folder. One that gives trouble keeps its own answers waiting, nobody else's.
    fn deliver(&mut self, now: Timestamp) -> Result<(), RunError> {
        for at in self.all() {
            let folder = &mut self.firms[at.firm_idx].folders[at.folder_idx];
            if folder.pending.is_empty() || !folder.delivering.is_due(now) {
                continue;
            }
            let began = self.world.now();
            let (mut delivered, n_before) = (Delivered::default(), folder.pending.len());
            let done = deliver_to(&*self.world, &self.books, &mut self.origins, folder, &mut delivered);
            folder.pending.retain(|it| it.reached != Reached::Done);
            if delivered != Delivered::default() || folder.pending.len() < n_before {
                folder.delivering.got_on();
            }
            self.meters.answers(delivered.n_answers);
            (0..delivered.n_sent).for_each(|_| self.meters.moved(Moved::Sent));
            (0..delivered.n_failed).for_each(|_| self.meters.moved(Moved::Failed));
            match done {
                Ok(()) => {
                    let is_over = folder.delivering.succeeded();
                    self.tell_over(at, is_over, now);
                    self.meters.sync(SyncOf::Folders, since(began, self.world.now()));
                }
                Err(DeliveryError::Books(error @ RecordError::ArchiveAway { .. })) => {
                    if folder.delivering.failed("archive-away", now, &self.config.retry) {
                        self.tell_trouble(&self.place(at), "archive-away", now, &error);
                    }
                }
                Err(DeliveryError::Books(error)) => return Err(error.into()),
                Err(DeliveryError::Folder { code, source }) => {
                    if folder.delivering.failed(code, now, &self.config.retry) {
                        self.tell_trouble(&self.place(at), code, now, &source);
                    }
                }
            }
        }
        Ok(())
    }

    /// Writes down how far it has delivered, where that has changed.
    fn remember(&mut self) -> Result<(), RunError> {
        let folders = self.firms.iter().flat_map(|firm| &firm.folders);
        let placed = folders.flat_map(|folder| {
            let source = folder.source();
            folder.pending.iter().map(move |waiting| (waiting.outline.first, source.clone()))
        });
        let unplaced = self.unplaced.iter().map(|(source, waiting)| (waiting.outline.first, source.clone()));
        let remembered = Remembered { up_to: self.up_to, waiting: placed.chain(unplaced).collect() };
        if self.remembered != remembered {
            remembered.save(&*self.world, &self.config.data)?;
            self.remembered = remembered;
        }
        Ok(())
    }

    fn measure(&self, began: Timestamp) {
        let now = self.world.now();
        let queues = |firm: &Firm| -> Vec<status::Queue> {
            firm.folders.iter().map(|folder| folder.queue(&firm.id, now)).collect()
        };
        self.meters.queues(self.firms.iter().flat_map(queues).collect());
        let folders = self.firms.iter().flat_map(|firm| &firm.folders);
        let placed: u64 = folders.map(Folder::n_answers_waiting).sum();
        self.meters.answers_waiting(placed + self.unplaced.len() as u64);
        self.meters.turn(now, since(began, now));
    }

    /// Where files are dropped, as far as it is known.
    pub fn out_boxes(&self) -> impl Iterator<Item = PathBuf> {
        let folders = self.firms.iter().flat_map(|firm| &firm.folders);
        folders.map(|folder| folder.path.join(OUT_BOX))
    }

    /// Looks whether the files of the registers changed, and loads them anew if they did.
    pub fn look_at_registers(&mut self) {
        let mark = registers::mark(&*self.world, &self.config.registers).ok();
        if mark != self.registers_mark {
            self.reload();
        }
    }

    /// Loads the registers anew. Bad ones change nothing: what was loaded before stays in use, and that is said loudly.
    pub fn reload(&mut self) {
        let now = self.world.now();
        self.registers_mark = registers::mark(&*self.world, &self.config.registers).ok();
        let required = match self.config.is_registers_named {
            true => registers::require(&*self.world, &self.config.registers),
            false => Ok(()),
        };
        match required.and_then(|()| registers::load(&*self.world, &self.config.registers)) {
            Ok(loaded) => {
                self.registers = loaded.registers;
                self.firms.iter_mut().for_each(|firm| firm.knows(&self.registers));
                self.meters.law(self.rulebook.digest, self.registers.digest);
                self.meters.registers(status::Registers::Fresh);
                let digest = blake3::Hash::from_bytes(self.registers.digest).to_hex();
                self.say(Level::Info, "registers-loaded", &[("digest", &digest)]);
            }
            // What is wrong with them names firms: it is for `register check` to tell, not for the log.
            Err(_) => {
                self.meters.registers(status::Registers::Stale { since: now });
                self.meters.trouble(now, "registers-bad", "", "those loaded before stay in use");
                let remedy = "those loaded before stay in use; see `clearance register check`";
                self.say(Level::Error, "registers-bad", &[("remedy", remedy)]);
            }
        }
    }

    /// Tells every head that becomes durable to who publishes it; `last` is the one published last.
    pub fn publish(&mut self, last: Head, heads: &Durable) -> Result<(), RunError> {
        Ok(self.books.publish(last, heads)?)
    }

    /// Writes the index as far as it goes: what is archived then needs no reading at a start.
    pub fn save_index(&mut self) -> Result<(), RunError> {
        Ok(self.books.save_index()?)
    }

    /// Writes the index, so that the next start is quick. Everything else is durable already.
    pub fn close(self) -> Result<(), RunError> {
        let now = self.world.now();
        self.books.close()?;
        self.log.say(now, Level::Info, "closed", &[]);
        Ok(())
    }

    fn say(&self, level: Level, event: &str, values: &[(&str, &str)]) {
        self.log.say(self.world.now(), level, event, values);
    }

    fn timed<T>(&mut self, stage: Stage, work: impl FnOnce(&mut Self) -> T) -> T {
        let began = self.world.now();
        let done = work(self);
        self.meters.stage(stage, since(began, self.world.now()));
        done
    }
}

fn pending_of(outline: &Arc<Outline>, folder: &str, known: Known) -> Pending {
    let is_own = outline.outcomes.is_some() && outline.source == folder;
    let name = outline.file.as_ref().filter(|_| is_own).map(|(name, _)| name.clone());
    let file = name.map(|name| Taken { name, known });
    Pending { outline: Arc::clone(outline), file, reached: Reached::default() }
}

/// Looks up what was read before the last start, then delivers.
fn deliver_to(
    world: &dyn World,
    books: &Books,
    origins: &mut Origins,
    folder: &mut Folder,
    delivered: &mut Delivered,
) -> Result<(), DeliveryError> {
    let unsure = |source| DeliveryError::Folder { code: "cannot-read-file", source };
    folder.look_up(world).map_err(unsure)?;
    let Folder { path, pending, .. } = folder;
    let delivering = || delivery::deliver(world, books, origins, path, pending, delivered);
    // An answer that cannot be written for a fault of ours keeps those behind it waiting, in its folder and nowhere else.
    let fault = || DeliveryError::Folder { code: FAULT, source: io::Error::other("an internal fault") };
    catch_unwind(AssertUnwindSafe(delivering)).unwrap_or_else(|_| Err(fault()))
}

/// The error is of this file, or of an archive that will be back, and not of the books: the file may be tried again.
fn passes(error: &RecordError, file: &InputFile) -> bool {
    match error {
        RecordError::Io { path, .. } => *path == file.path,
        error => matches!(error, RecordError::ArchiveAway { .. }),
    }
}

/// What is in the way of a file that may be tried again.
const fn code_of(error: &RecordError) -> &'static str {
    match error {
        RecordError::ArchiveAway { .. } => "archive-away",
        _ => "cannot-read-file",
    }
}

/// How long something took; no time where the clock was set back.
fn since(began: Timestamp, now: Timestamp) -> Duration {
    Duration::try_from(now.duration_since(began)).unwrap_or_default()
}
