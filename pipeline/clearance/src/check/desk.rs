//! What the documents of one check are to each other: repeats, conflicts, versions, certificates for declarations.
//!
//! It does for a check what `Books` do for an office. Records are those of the journal, without what was said, and lie
//! in a temporary file; in memory are keys, about two hundred bytes a document.

use super::spill;
use crate::record::embedded::{on_file_of, pack, unpack};
use crate::record::wire::{self, Answered, Decided};
use crate::record::{Place, RecordError, Spool};
use crate::world::World;
use engine::Read;
use engine::outcome::{Latest, Outcome, Waits};
use model::decimal::Decimal;
use model::decision::OutcomeKind;
use model::jurisdiction::Jurisdiction;
use model::ledger::{Asked, Key, Ledger, OnFile, Origin, StoredDocument, Waiting};
use model::waiver::{Account, Balances};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

/// Documents decided so far. A document is known by the number of its first record, counted from 1.
pub(super) struct Desk {
    records: Spool,
    /// Where each record lies.
    places: Vec<Place>,
    /// First records by the keys of their documents.
    ids: FxHashMap<Key, u64>,
    /// The latest record of a document, where that is not its first.
    latest: FxHashMap<u64, u64>,
    /// Entry numbers that came with a repeat, after the decision (K6).
    entry_numbers: FxHashMap<u64, String>,
    /// Records of declarations that requests may be about, by the keys they are found under.
    asked_about: FxHashMap<Key, Vec<u64>>,
    /// Where the documents of those lie that can still be changed.
    documents: FxHashMap<u64, Place>,
    balances: Balances,
}

impl Desk {
    pub fn new(world: &Arc<dyn World>) -> Desk {
        Desk {
            records: spill::spool(world),
            places: Vec::new(),
            ids: FxHashMap::default(),
            latest: FxHashMap::default(),
            entry_numbers: FxHashMap::default(),
            asked_about: FxHashMap::default(),
            documents: FxHashMap::default(),
            balances: Balances::default(),
        }
    }

    /// Everything a window needs to know of what came before it.
    pub fn fetch(&self, read: &Read, ledger: &mut Ledger) -> Result<(), RecordError> {
        ledger.known.clear();
        ledger.waiting.clear();
        let mut by_id = FxHashMap::default();
        for key in read.keys() {
            if let Some(id) = self.ids.get(&key)
                && !ledger.known.contains_key(&key)
            {
                ledger.known.insert(key, self.on_file(*id, &mut by_id)?);
            }
        }
        for key in read.asked_keys() {
            for &record in self.asked_about.get(&key).map_or(&[][..], Vec::as_slice) {
                let on_file = self.on_file(id_of(&self.record(record)?, record), &mut by_id)?;
                if on_file.record == record {
                    ledger.waiting.push(self.waiting(key, on_file)?);
                }
            }
        }
        for (key, number) in read.asked_numbers() {
            let Some(on_file) = ledger.known.get(&number).map(Arc::clone) else { continue };
            if ledger.waiting.iter().all(|waiting| waiting.on_file.id != on_file.id) {
                ledger.waiting.push(self.waiting(key, on_file)?);
            }
        }
        Ok(())
    }

    fn waiting(&self, certificate: Key, on_file: Arc<OnFile>) -> Result<Waiting, RecordError> {
        let document = self.documents.get(&on_file.record).map(|place| self.document(*place)).transpose()?;
        let origin = self.record(on_file.record)?.origin.into_owned();
        let accepted_at = on_file.accepted_at;
        Ok(Waiting { certificate, on_file, document, origin, accepted_at, asked: Asked::default() })
    }

    fn document(&self, place: Place) -> Result<StoredDocument, RecordError> {
        self.records.get(place).map(|bytes| unpack(&bytes))
    }

    /// What is used of these accounts.
    pub fn balances(&self, accounts: Vec<Account>) -> Balances {
        let mut balances = Balances::default();
        for key in accounts.iter().map(Account::key) {
            balances.set(key, self.balances.used(key).unwrap_or(Decimal::ZERO));
        }
        balances
    }

    /// For each repeat, where the document stood that it repeats.
    pub fn firsts(&self, outcomes: &[Outcome]) -> Result<Vec<Option<Origin>>, RecordError> {
        let first = |outcome: &Outcome| match &outcome.latest {
            Some(Latest::OnFile(on_file)) if outcome.kind == OutcomeKind::Repeated => {
                Ok(Some(self.record(on_file.record)?.origin.into_owned()))
            }
            Some(Latest::Outcome(idx)) if outcome.kind == OutcomeKind::Repeated => {
                Ok(Some(outcomes[*idx].origin.clone()))
            }
            _ => Ok(None),
        };
        outcomes.iter().map(first).collect()
    }

    /// Takes down what became of a window, in order.
    pub fn take(&mut self, outcomes: &[Outcome]) -> Result<(), RecordError> {
        // For each outcome the document's first record, and its own.
        let mut chain: Vec<(u64, u64)> = Vec::with_capacity(outcomes.len());
        for outcome in outcomes {
            let before = match &outcome.latest {
                Some(Latest::OnFile(on_file)) => Some((on_file.id, on_file.record)),
                Some(Latest::Outcome(idx)) => Some(chain[*idx]),
                None => None,
            };
            chain.push(match (outcome.kind, before) {
                (OutcomeKind::Decided | OutcomeKind::Redecided | OutcomeKind::Filed, before) => {
                    self.decided(outcome, before)?
                }
                (OutcomeKind::Repeated, Some(before)) => {
                    self.repeated(outcome, before.0);
                    before
                }
                _ => (0, 0),
            });
        }
        Ok(())
    }

    fn decided(&mut self, outcome: &Outcome, before: Option<(u64, u64)>) -> Result<(u64, u64), RecordError> {
        let record = self.places.len() as u64 + 1;
        let decided = Decided {
            sequence: record,
            id: before.map_or(0, |(id, _)| id),
            first_sequence: before.map_or(0, |(id, _)| id),
            supersedes: before.map_or(0, |(_, record)| record),
            state: outcome.state.expect("what is decided leaves a state on file"),
            version: outcome.version,
            content: outcome.content.unwrap_or_default(),
            accepted_at: outcome.accepted_at,
            origin: Cow::Borrowed(&outcome.origin),
            number: Cow::Borrowed(&outcome.number),
            entry_number: Cow::Borrowed(&outcome.entry_number),
            client_number: Cow::Borrowed(&outcome.echo.client_number),
            keys: Cow::Borrowed(&outcome.keys),
            waits_for: Cow::default(),
            place: None,
            draw: outcome.first_draw().map(Cow::Borrowed),
            facts: Cow::Borrowed(&outcome.facts),
            takes: Cow::Borrowed(&outcome.takes),
            answered: Arc::new(Answered::default()),
        };
        self.places.push(self.records.put(&wire::write_decided(&decided))?);
        let id = id_of(&decided, record);
        self.ids.extend(outcome.keys.iter().map(|key| (*key, id)));
        if id != record {
            self.latest.insert(id, record);
        }
        self.balances.apply(&outcome.takes);
        self.may_be_asked_about(outcome, record)?;
        Ok((id, record))
    }

    /// What requests may be about is put aside, in the order it was decided.
    fn may_be_asked_about(&mut self, outcome: &Outcome, record: u64) -> Result<(), RecordError> {
        let Some(Waits { keys, document }) = &outcome.waits else { return Ok(()) };
        if formats::named(outcome.format).is_none_or(|it| it.jurisdiction() == Jurisdiction::China) {
            return Ok(()); // It waits for certificates, behind which nothing is decided again here.
        }
        if let Some(document) = document {
            self.documents.insert(record, self.records.put(&pack(document))?);
        }
        for key in keys {
            self.asked_about.entry(*key).or_default().push(record);
        }
        Ok(())
    }

    /// Numbers that came with a repeat lead to the same document from now on (K6).
    fn repeated(&mut self, outcome: &Outcome, id: u64) {
        self.ids.extend(outcome.keys.iter().map(|key| (*key, id)));
        if !outcome.entry_number.is_empty() {
            self.entry_numbers.insert(id, outcome.entry_number.clone());
        }
    }

    fn on_file(&self, id: u64, by_id: &mut FxHashMap<u64, Arc<OnFile>>) -> Result<Arc<OnFile>, RecordError> {
        if let Some(known) = by_id.get(&id) {
            return Ok(Arc::clone(known));
        }
        let latest = self.latest.get(&id).copied().unwrap_or(id);
        let mut on_file = on_file_of(&self.record(latest)?, latest);
        if on_file.entry_number.is_empty()
            && let Some(entry_number) = self.entry_numbers.get(&id)
        {
            on_file.entry_number.clone_from(entry_number);
        }
        let on_file = Arc::new(on_file);
        by_id.insert(id, Arc::clone(&on_file));
        Ok(on_file)
    }

    fn record(&self, record: u64) -> Result<Decided<'static>, RecordError> {
        let place = self.places[record as usize - 1];
        let why = "a record that was put aside cannot be read back";
        wire::read_decided(&self.records.get(place)?)
            .ok_or_else(|| RecordError::damaged(Path::new("a temporary file"), place.offset, why))
    }
}

fn id_of(decided: &Decided<'_>, record: u64) -> u64 {
    if decided.id == 0 { record } else { decided.id }
}
