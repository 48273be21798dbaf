//! Settling a window: what is on file is fetched, outcomes are recorded one by one, lines and answers written behind them.

use super::deferred::{DeferredDocuments, read_again};
use super::{Desk, Publishing};
use crate::profile::{Lane, Stage, Stopwatch};
use crate::publish::report::{Said, Sources};
use crate::publish::summary::Summary;
use crate::publish::{ndjson, response_xml};
use crate::record::embedded::{Books, Sayings};
use crate::record::wire::{self, Answered, Decided, Repeats};
use crate::record::{Evidence, Position, RecordError};
use crate::run::Receipts;
use engine::outcome::{Latest, Outcome, OutcomeBatch, Waits};
use engine::parallel::Pool;
use engine::{Accepted, Law, Read, Sender, Settling, Spare, Step};
use model::batch::{Inputs, RawBatch};
use model::decision::OutcomeKind;
use model::digest::digests;
use model::finding::Language;
use model::ledger::{Key, Ledger};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// What settles a window: [`engine::clear_in_steps`], or in a test one that fails.
pub(super) type Clear = fn(&Settling<'_>, &Law<'_>, &Pool, &mut dyn FnMut(Step)) -> OutcomeBatch;

/// Everything that changes as the windows of one submission are settled.
pub(super) struct Settler<'r> {
    books: &'r mut Books,
    /// What is written beside the books; nothing where answers are delivered from the journal.
    publishing: Option<&'r mut Publishing>,
    deferred: DeferredDocuments,
    ledger: Ledger,
    /// The first record of this submission.
    first_record: u64,
    law: Law<'r>,
    accepted: Accepted,
    language: Language,
    summary: Summary,
    /// Payloads that record the ends of inputs.
    ended: Vec<Vec<u8>>,
    /// Certificates whose declarations may be mended by documents put off.
    put_off: Vec<Key>,
    /// In whose name the sender may file, and memory: for documents that are read again.
    sender: Option<&'r Sender>,
    spare: &'r Spare,
    clear: Clear,
    stopwatch: Option<&'r Arc<Stopwatch>>,
}

/// An outcome ready to be recorded and printed.
struct Prepared<'o> {
    record: Recorded<'o>,
    answered: Arc<Answered>,
    /// First sequence, where the line of a repeat tells it.
    first_sequence: Option<u64>,
}

enum Recorded<'o> {
    Decided { decided: Box<Decided<'o>>, payload: Vec<u8> },
    Answer { repeats: Repeats, payload: Vec<u8> },
}

impl Recorded<'_> {
    fn payload(&self) -> &[u8] {
        match self {
            Recorded::Decided { payload, .. } | Recorded::Answer { payload, .. } => payload,
        }
    }
}

/// Payloads hashed side by side by one thread: as many as the widest instructions take.
const HASHED_TOGETHER: usize = 16;

impl<'r> Settler<'r> {
    pub fn new(
        desk: &Desk<'r>,
        books: &'r mut Books,
        publishing: Option<&'r mut Publishing>,
        accepted: Accepted,
        clear: Clear,
    ) -> Self {
        let (first_record, _) = books.next();
        Settler {
            books,
            publishing,
            deferred: DeferredDocuments::new(desk.world, desk.data),
            ledger: Ledger::default(),
            first_record,
            law: desk.law,
            accepted,
            language: desk.language,
            summary: Summary::default(),
            ended: Vec::new(),
            put_off: Vec::new(),
            sender: desk.sender,
            spare: desk.spare,
            clear,
            stopwatch: desk.stopwatch,
        }
    }

    /// Where raw input is kept.
    pub fn evidence(&self) -> Evidence {
        self.books.evidence.clone()
    }

    pub fn n_documents(&self) -> u64 {
        self.summary.outcomes.values().sum()
    }

    pub fn n_bytes(&self) -> u64 {
        self.summary.bytes
    }

    /// Settles a window. `is_end`: its documents were put off to the end of their submission. One without documents
    /// decides again what could not be while documents were put off.
    ///
    /// Where the program fails on it, its documents are settled one by one, which comes to the same for all of them but the
    /// one it fails on: that is refused. What it fails to decide again stays held.
    pub fn window(
        &mut self,
        read: &Read,
        inputs: &Inputs,
        is_end: bool,
        pool: &Pool,
    ) -> Result<(), RecordError> {
        let mut lane = Lane::begin(self.stopwatch);
        let put_off = if is_end && read.is_empty() { std::mem::take(&mut self.put_off) } else { Vec::new() };
        if self.is_settled(read, &put_off, (inputs, is_end), pool, &mut lane)? {
            return Ok(());
        }
        for certificate in put_off {
            self.is_settled(read, &[certificate], (inputs, is_end), pool, &mut lane)?;
        }
        for document_idx in 0..read.len() {
            let batch = read.alone(document_idx);
            let mut alone = Read::window(batch, self.accepted, &self.law, pool, self.spare);
            if let Some(sender) = self.sender {
                alone.refuse_strangers(sender);
            }
            if !self.is_settled(&alone, &[], (inputs, is_end), pool, &mut lane)? {
                alone.refuse_for_fault();
                let is_told = self.is_settled(&alone, &[], (inputs, is_end), pool, &mut lane)?;
                assert!(is_told, "the program fails on a refusal, too");
            }
        }
        Ok(())
    }

    /// Settles a window, and says whether the program could judge it: if not, nothing of it is recorded.
    fn is_settled(
        &mut self,
        read: &Read,
        put_off: &[Key],
        (inputs, is_end): (&Inputs, bool),
        pool: &Pool,
        lane: &mut Lane<'_>,
    ) -> Result<bool, RecordError> {
        let mut sayings = self.books.fetch(read, put_off, &mut self.ledger)?;
        if is_end {
            let (ledger, presented_at) = (&mut self.ledger, self.accepted.at(None));
            let laying = || engine::lay(read, ledger, presented_at, self.spare.limits());
            if unless_it_fails(laying).is_none() {
                return Ok(false);
            }
        }
        let waiting = read_again(&self.ledger.waiting, self.accepted, &self.law, pool);
        self.books.fetch_claims(&waiting, &mut self.ledger)?;
        let drawing = || engine::accounts(read, &waiting, &self.ledger, self.accepted, &self.law);
        let Some(accounts) = unless_it_fails(drawing) else { return Ok(false) };
        self.ledger.balances = self.books.fetch_balances(accounts)?;
        let settling = Settling {
            read,
            waiting: &waiting,
            inputs,
            ledger: &self.ledger,
            accepted: self.accepted,
            is_end,
        };
        let mut judging = || (self.clear)(&settling, &self.law, pool, &mut |step| lane.done(step.into(), 0));
        let Some(batch) = unless_it_fails(&mut judging) else { return Ok(false) };
        lane.worked_on([Stage::Link, Stage::Validate, Stage::Decide], read.raw().text.len());
        self.fetch_repeated(&batch.outcomes, &mut sayings)?;
        lane.done(Stage::Link, 0);
        let sources = Sources { read, waiting: &waiting, inputs };
        if !self.settle(&batch.outcomes, &sources, pool, &sayings, lane)? {
            return Ok(false);
        }
        if !is_end {
            self.summary.n_documents += read.len() as u64;
        }
        for deferred in batch.deferred {
            let (document, raw) = read.stored(deferred.document_idx);
            self.deferred.put(&document, raw, &deferred)?;
            self.ledger.deferred.extend(deferred.keys);
        }
        lane.done(Stage::Record, 0);
        self.put_off.extend(batch.put_off);
        Ok(true)
    }

    /// What was said of a repeated document may not have been needed to settle it, but is said again.
    fn fetch_repeated(&self, outcomes: &[Outcome], sayings: &mut Sayings) -> Result<(), RecordError> {
        for outcome in outcomes.iter().filter(|outcome| outcome.kind == OutcomeKind::Repeated) {
            if let Some(Latest::OnFile(on_file)) = &outcome.latest
                && !sayings.contains_key(&on_file.record)
                && let Some(saying) = self.books.saying(on_file.record)?
            {
                sayings.insert(on_file.record, Arc::new(saying));
            }
        }
        Ok(())
    }

    /// Records outcomes in order and writes what is said about them; false, and nothing, where it fails to make records.
    fn settle(
        &mut self,
        outcomes: &[Outcome],
        sources: &Sources<'_>,
        pool: &Pool,
        sayings: &Sayings,
        lane: &mut Lane<'_>,
    ) -> Result<bool, RecordError> {
        let places = self.places(outcomes)?;
        let (first_record, first_sequence) = self.books.next();
        let numbered: Vec<(usize, &Outcome)> = outcomes.iter().enumerate().collect();
        let chains = chains(outcomes, first_record, first_sequence);
        let preparing = Preparing {
            first_sequence,
            outcomes,
            chains: &chains,
            places: &places,
            sayings,
            law: self.law,
            language: self.language,
        };
        let preparing =
            || pool.map(&numbered, |&(outcome_idx, outcome)| preparing.prepare(outcome_idx, outcome));
        let Some(prepared) = unless_it_fails(preparing) else { return Ok(false) };
        let positions = self.record(outcomes, &prepared, sayings, pool)?;
        lane.done(Stage::Record, prepared.iter().map(|prepared| prepared.record.payload().len()).sum());
        let n_bytes =
            self.publish(outcomes, &prepared, &positions, (first_record, first_sequence), sayings, pool)?;
        if let Some(Publishing { report: Some(report), .. }) = self.publishing.as_deref_mut() {
            let said = (first_sequence..).zip(outcomes.iter().zip(&prepared));
            let said: Vec<Said<'_>> = said
                .map(|(sequence, (outcome, prepared))| {
                    let Prepared { first_sequence, answered, .. } = prepared;
                    Said { sequence, outcome, first_sequence: *first_sequence, answered }
                })
                .collect();
            report.add(&said, sources, &self.ledger.waiting, &self.law, pool)?;
        }
        lane.done(Stage::Publish, n_bytes);
        Ok(true)
    }

    fn places(&mut self, outcomes: &[Outcome]) -> Result<Vec<Option<crate::record::Place>>, RecordError> {
        let aside = |outcome: &Outcome| match &outcome.waits {
            Some(Waits { document: Some(document), .. }) => self.books.put_aside(document).map(Some),
            _ => Ok(None),
        };
        outcomes.iter().map(aside).collect()
    }

    fn record(
        &mut self,
        outcomes: &[Outcome],
        prepared: &[Prepared<'_>],
        sayings: &Sayings,
        pool: &Pool,
    ) -> Result<Vec<Position>, RecordError> {
        let mut positions = Vec::with_capacity(prepared.len());
        let payloads: Vec<&[u8]> = prepared.iter().map(|prepared| prepared.record.payload()).collect();
        let hashed = pool.map_ranges(payloads.len(), HASHED_TOGETHER, |range| digests(&payloads[range]));
        let digests = hashed.into_iter().flatten().map(blake3::Hash::from_bytes);
        for ((outcome, prepared), digest) in outcomes.iter().zip(prepared).zip(digests) {
            positions.push(match &prepared.record {
                Recorded::Decided { decided, payload } => {
                    self.books.record_decided(decided, payload, digest)?
                }
                Recorded::Answer { repeats, payload } => {
                    self.books.record_answer(repeats, payload, digest)?
                }
            });
            self.summary.count(outcome);
            self.take_out_superseded(outcome, outcomes, sayings);
            if outcome.kind == OutcomeKind::Repeated {
                self.summary.count_repeated(prepared.answered.disposition(), prepared.answered.mode());
            }
        }
        Ok(positions)
    }

    /// The fees of a document count once, with the last decision of this submission on it.
    fn take_out_superseded(&mut self, outcome: &Outcome, outcomes: &[Outcome], sayings: &Sayings) {
        if !matches!(outcome.kind, OutcomeKind::Decided | OutcomeKind::Redecided) {
            return;
        }
        match &outcome.latest {
            Some(Latest::Outcome(idx)) => {
                let fees = outcomes[*idx].fees.iter();
                fees.for_each(|fees| self.summary.fees.take_out(fees));
            }
            Some(Latest::OnFile(on_file)) if on_file.record >= self.first_record => {
                if let Some(saying) = sayings.get(&on_file.record) {
                    self.summary.fees.take_out_said(&saying.decided.answered.line_tail);
                }
            }
            _ => {}
        }
    }

    /// Writes lines and answers; so many bytes of them.
    fn publish(
        &mut self,
        outcomes: &[Outcome],
        prepared: &[Prepared<'_>],
        positions: &[Position],
        (first_record, first_sequence): (u64, u64),
        sayings: &Sayings,
        pool: &Pool,
    ) -> Result<usize, RecordError> {
        let Some(Publishing { output, .. }) = self.publishing.as_deref_mut() else { return Ok(0) };
        let mut n_bytes = 0;
        if output.receipts != Receipts::None {
            let numbered: Vec<usize> = (0..outcomes.len()).collect();
            let answers = pool.map(&numbered, |&outcome_idx| {
                let mut answer = Vec::with_capacity(1024);
                let (answered, position) =
                    said(outcome_idx, outcomes, prepared, positions, first_record, sayings);
                response_xml::write(answered, position, &mut answer);
                answer
            });
            for (outcome, answer) in outcomes.iter().zip(&answers) {
                output.answer(&outcome.origin, answer)?;
                n_bytes += answer.len();
            }
        }
        for (sequence, (outcome, prepared)) in (first_sequence..).zip(outcomes.iter().zip(prepared)) {
            let answered = &prepared.answered;
            output.line(|line| {
                let before = line.len();
                ndjson::write(sequence, outcome, prepared.first_sequence, answered, line);
                n_bytes += line.len() - before;
            })?;
        }
        Ok(n_bytes)
    }

    /// Takes note of the end of an input.
    pub fn input(
        &mut self,
        name: &str,
        bytes: u64,
        digest: &[u8; 32],
        attachments: &[(String, u64, [u8; 32])],
    ) {
        self.summary.n_inputs += 1;
        self.summary.bytes += bytes;
        self.summary.n_attachments += attachments.len() as u64;
        self.ended.push(wire::write_input(name, bytes, digest, attachments));
    }

    /// Records the ends of all inputs, together: where one ends within a window must not show in the journal.
    pub fn record_inputs(&mut self) -> Result<(), RecordError> {
        for payload in std::mem::take(&mut self.ended) {
            self.books.record_input(&payload)?;
        }
        Ok(())
    }

    /// Declarations may wait although their certificates came.
    pub fn has_put_off(&self) -> bool {
        !self.put_off.is_empty()
    }

    /// The next window of documents put off to the end.
    pub fn next_deferred(
        &mut self,
        window_bytes: usize,
        spare: &Spare,
    ) -> Result<Option<RawBatch>, RecordError> {
        self.ledger.deferred.clear();
        self.deferred.next(window_bytes, spare)
    }

    /// Commits what is decided; the output folder keeps no half file.
    pub fn stop(&mut self) -> Result<(), RecordError> {
        self.record_inputs()?;
        self.books.commit()?;
        Ok(())
    }

    /// Records the accounts of the submission, which must close (P3): its end. Gives the counts.
    pub fn finish(self) -> Result<Summary, RecordError> {
        assert!(self.summary.is_closed(), "the accounts of the submission do not close");
        self.books.record_end(&wire::write_end(OutcomeKind::ALL.map(|kind| self.summary.n_of(kind))))?;
        Ok(self.summary)
    }
}

/// Does what changes nothing but memory of its own; none when it panics. What the panic says is not passed on, because it
/// may quote a document (ruling J2).
fn unless_it_fails<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// What is said about an outcome, and where it was first said: a repeat says again what was said before.
fn said<'p>(
    outcome_idx: usize,
    outcomes: &[Outcome],
    prepared: &'p [Prepared<'_>],
    positions: &[Position],
    first_record: u64,
    sayings: &'p Sayings,
) -> (&'p Arc<Answered>, Position) {
    let own = (&prepared[outcome_idx].answered, positions[outcome_idx]);
    if outcomes[outcome_idx].kind != OutcomeKind::Repeated {
        return own;
    }
    match (&prepared[outcome_idx].record, &outcomes[outcome_idx].latest) {
        (Recorded::Answer { repeats, .. }, Some(Latest::Outcome(_))) => {
            let earlier = (repeats.record - first_record) as usize;
            (&prepared[earlier].answered, positions[earlier])
        }
        (Recorded::Answer { repeats, .. }, _) => {
            sayings.get(&repeats.record).map_or(own, |saying| (&saying.decided.answered, saying.position))
        }
        _ => own,
    }
}

/// Makes records and lines of outcomes, side by side: the numbers they will get are known beforehand.
struct Preparing<'p, 'r> {
    first_sequence: u64,
    outcomes: &'p [Outcome],
    /// Where each outcome stands in the chain of decisions on its document.
    chains: &'p [Chain],
    places: &'p [Option<crate::record::Place>],
    sayings: &'p Sayings,
    law: Law<'r>,
    language: Language,
}

impl<'p> Preparing<'p, '_> {
    fn prepare(&self, outcome_idx: usize, outcome: &'p Outcome) -> Prepared<'p> {
        match outcome.kind {
            OutcomeKind::Decided | OutcomeKind::Redecided | OutcomeKind::Filed => {
                self.decided(outcome_idx, outcome)
            }
            OutcomeKind::Repeated => self.repeated(outcome_idx, outcome),
            OutcomeKind::Conflict | OutcomeKind::Refused | OutcomeKind::Declined => {
                self.answer(outcome_idx, outcome)
            }
        }
    }

    fn decided(&self, outcome_idx: usize, outcome: &'p Outcome) -> Prepared<'p> {
        let sequence = self.first_sequence + outcome_idx as u64;
        let before = outcome.latest.as_ref().map(|latest| self.before(latest));
        let supersedes = before.as_ref().map_or(0, |before| before.record);
        let answered = Arc::new(self.answered(outcome, before.as_ref().map(|before| before.sequence)));
        let decided = Decided {
            sequence,
            id: before.as_ref().map_or(0, |before| before.id),
            first_sequence: before.as_ref().map_or(0, |before| before.first_sequence),
            supersedes,
            state: outcome.state.expect("what is decided leaves a state on file"),
            version: outcome.version,
            content: outcome.content.unwrap_or_default(),
            accepted_at: outcome.accepted_at,
            origin: Cow::Borrowed(&outcome.origin),
            number: Cow::Borrowed(&outcome.number),
            entry_number: Cow::Borrowed(&outcome.entry_number),
            client_number: Cow::Borrowed(&outcome.echo.client_number),
            keys: Cow::Borrowed(&outcome.keys),
            waits_for: outcome.waits.as_ref().map_or(Cow::default(), |waits| Cow::Borrowed(&waits.keys)),
            place: self.places[outcome_idx],
            draw: outcome.first_draw().map(Cow::Borrowed),
            facts: Cow::Borrowed(&outcome.facts),
            takes: Cow::Borrowed(&outcome.takes),
            answered: Arc::clone(&answered),
        };
        let payload = wire::write_decided(&decided);
        let record = Recorded::Decided { decided: Box::new(decided), payload };
        Prepared { record, answered, first_sequence: None }
    }

    fn answer(&self, outcome_idx: usize, outcome: &Outcome) -> Prepared<'p> {
        let sequence = self.first_sequence + outcome_idx as u64;
        let answered = Arc::new(self.answered(outcome, None));
        let repeats = Repeats::default();
        let payload = wire::write_answer(sequence, &repeats, &outcome.origin, &answered);
        Prepared { record: Recorded::Answer { repeats, payload }, answered, first_sequence: None }
    }

    /// A line of its own in front, the first answer behind it (ruling K7).
    fn repeated(&self, outcome_idx: usize, outcome: &Outcome) -> Prepared<'p> {
        let sequence = self.first_sequence + outcome_idx as u64;
        let latest = outcome.latest.as_ref().expect("a repeat has a decision before it");
        let before = self.before(latest);
        let answered = match latest {
            Latest::OnFile(on_file) => {
                self.sayings.get(&on_file.record).map(|saying| Arc::clone(&saying.decided.answered))
            }
            Latest::Outcome(earlier) => Some(Arc::new(self.answered_of(*earlier))),
        };
        let answered = answered.expect("what was said of a repeated document has been fetched");
        let repeats = Repeats {
            record: before.record,
            id: before.id,
            aliases: outcome.keys.clone(),
            entry_number: outcome.entry_number.clone(),
        };
        let payload = wire::write_answer(sequence, &repeats, &outcome.origin, &answered);
        let record = Recorded::Answer { repeats, payload };
        Prepared { record, answered, first_sequence: Some(before.first_sequence) }
    }

    fn answered_of(&self, outcome_idx: usize) -> Answered {
        let outcome = &self.outcomes[outcome_idx];
        let supersedes = outcome.latest.as_ref().map(|latest| self.before(latest).sequence);
        self.answered(outcome, supersedes)
    }

    fn answered(&self, outcome: &Outcome, supersedes: Option<u64>) -> Answered {
        let (law, language) = (&self.law, self.language);
        Answered {
            format: Cow::Borrowed(outcome.format),
            line_head: ndjson::head(outcome),
            line_tail: ndjson::tail(outcome, law, language, supersedes),
            codes: response_xml::codes(outcome),
            accepted_at: outcome.accepted_at,
            echo: Arc::clone(&outcome.echo),
            note: response_xml::note(outcome, law, language),
            certificates: outcome.certificates.clone(),
        }
    }

    /// The decision before, wherever it stands.
    fn before(&self, latest: &Latest) -> Chain {
        chain(latest, self.chains)
    }
}

/// Where a decision stands, and where the first one on the same document does.
#[derive(Clone, Copy)]
struct Chain {
    record: u64,
    id: u64,
    sequence: u64,
    first_sequence: u64,
}

/// One look back for each outcome: a document mended a thousand times in one window is a chain a thousand long.
fn chains(outcomes: &[Outcome], first_record: u64, first_sequence: u64) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::with_capacity(outcomes.len());
    for (outcome, n) in outcomes.iter().zip(0..) {
        let (record, sequence) = (first_record + n, first_sequence + n);
        chains.push(match &outcome.latest {
            Some(latest) => Chain { record, sequence, ..chain(latest, &chains) },
            None => Chain { record, id: record, sequence, first_sequence: sequence },
        });
    }
    chains
}

fn chain(latest: &Latest, chains: &[Chain]) -> Chain {
    match latest {
        Latest::OnFile(on_file) => Chain {
            record: on_file.record,
            id: on_file.id,
            sequence: on_file.latest_sequence,
            first_sequence: on_file.first_sequence,
        },
        Latest::Outcome(outcome_idx) => chains[*outcome_idx],
    }
}
