//! The books of one office on one machine: journal, index over it, evidence, documents put aside.
//!
//! One record an outcome. What is on file is fetched for a window before it is settled and changes only by recording
//! outcomes, here and when the index is rebuilt from the journal.

use super::wire::{self, ANSWER, DECISION, Decided, INPUT, SUBMISSION};
use super::{Evidence, Head, Index, Journal, Kind, Limits, Pack, Position, Record, RecordError, index};
use crate::world::World;
use engine::Read;
use jiff::civil::DateTime;
use model::batch::Namespaces;
use model::ledger::{Key, Ledger, OnFile, StoredDocument, Waiting};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;

/// Journal bytes after which a group is synced: large enough that syncing costs nothing, small enough to lose little work.
const COMMIT_BYTES: usize = 8 << 20;
/// Certificates put on file lately that are kept at hand, so that their declarations need not read the journal.
const RECENT_BYTES: usize = 32 << 20;

/// The books.
pub struct Books {
    journal: Journal,
    index: Index,
    /// Raw input.
    pub evidence: Evidence,
    pack: Pack,
    recent: Recent,
    n_outcomes: u64,
    uncommitted_bytes: usize,
}

/// What an on-file document said when it was decided, for repeats.
pub type Sayings = FxHashMap<u64, Arc<Saying>>;

/// What was said, and where it stands in the journal.
#[derive(Clone, Debug)]
pub struct Saying {
    /// The decision.
    pub decided: Decided,
    /// Where it stands.
    pub position: Position,
}

impl Books {
    /// Opens the books in a data folder, rebuilding the index where it lags behind the journal.
    pub fn open(world: &Arc<dyn World>, data: &Path) -> Result<Books, RecordError> {
        let journal = Journal::open(Arc::clone(world), data, Limits::default())?;
        let index = Index::open(Arc::clone(world), data, index::Limits::default(), &journal)?;
        let mut books = Books {
            evidence: Evidence::open(Arc::clone(world), data)?,
            pack: Pack::open(Arc::clone(world), data)?,
            journal,
            index,
            recent: Recent::default(),
            n_outcomes: 0,
            uncommitted_bytes: 0,
        };
        books.catch_up()?;
        books.n_outcomes = books.last_sequence()?;
        Ok(books)
    }

    /// Puts the keys of records the index has not seen into it.
    fn catch_up(&mut self) -> Result<(), RecordError> {
        let (from, head) = (self.index.covered() + 1, self.journal.head());
        if from > head.index {
            return Ok(());
        }
        let index = &mut self.index;
        self.journal.scan(from, |record| {
            index_record(index, &record);
            Ok::<(), RecordError>(())
        })?;
        self.index.advance(head)
    }

    /// The sequence of the last outcome in the journal.
    fn last_sequence(&self) -> Result<u64, RecordError> {
        let mut at = self.journal.head().index;
        while at > 0 {
            let record = self.journal.read(at)?;
            match record.kind {
                DECISION => return Ok(wire::read_decided(&record.payload).map_or(0, |decided| decided.sequence)),
                ANSWER => return Ok(wire::read_answer(&record.payload).map_or(0, |(sequence, _, _)| sequence)),
                _ => at -= 1,
            }
        }
        Ok(0)
    }

    /// The journal index and the sequence the next outcome will get.
    pub fn next(&self) -> (u64, u64) {
        (self.journal.next_index(), self.n_outcomes + 1)
    }

    /// The last durable record.
    pub fn head(&self) -> Head {
        self.journal.head()
    }

    /// Everything on file that a window needs to know, and what was said of it.
    pub fn fetch(&mut self, read: &Read, ledger: &mut Ledger) -> Result<Sayings, RecordError> {
        let mut sayings = Sayings::default();
        let mut by_id: FxHashMap<u64, Arc<OnFile>> = FxHashMap::default();
        ledger.known.clear();
        ledger.waiting.clear();
        for key in read.keys() {
            if ledger.known.contains_key(&key) {
                continue;
            }
            let Some(id) = self.index.latest(&key)? else { continue };
            if let Some(on_file) = self.on_file(id, &mut by_id, &mut sayings)? {
                ledger.known.insert(key, on_file);
            }
        }
        self.fetch_waiting(read, ledger, &mut by_id, &mut sayings)?;
        Ok(sayings)
    }

    fn on_file(
        &mut self,
        id: u64,
        by_id: &mut FxHashMap<u64, Arc<OnFile>>,
        sayings: &mut Sayings,
    ) -> Result<Option<Arc<OnFile>>, RecordError> {
        if let Some(known) = by_id.get(&id) {
            return Ok(Some(Arc::clone(known)));
        }
        let latest = self.index.latest(&versions_of(id))?.unwrap_or(id);
        if let Some(known) = self.recent.get(latest) {
            by_id.insert(id, Arc::clone(&known));
            return Ok(Some(known));
        }
        let Some(saying) = self.saying(latest)? else { return Ok(None) };
        let on_file = Arc::new(on_file_of(&saying));
        by_id.insert(id, Arc::clone(&on_file));
        sayings.insert(latest, Arc::new(saying));
        Ok(Some(on_file))
    }

    /// The decision at this index.
    pub fn saying(&self, index: u64) -> Result<Option<Saying>, RecordError> {
        let record = self.journal.read(index)?;
        if record.kind != DECISION {
            return Ok(None);
        }
        let position = Position { index, hash: record.hash };
        Ok(wire::read_decided(&record.payload).map(|decided| Saying { decided, position }))
    }

    /// Held declarations that wait for certificates of the window, in order of their first decision.
    fn fetch_waiting(
        &mut self,
        read: &Read,
        ledger: &mut Ledger,
        by_id: &mut FxHashMap<u64, Arc<OnFile>>,
        sayings: &mut Sayings,
    ) -> Result<(), RecordError> {
        let mut found = Vec::new();
        for certificate in read.certificate_keys() {
            let mut records = Vec::new();
            self.index.get_all(&certificate.waiting(), &mut records)?;
            found.extend(records.into_iter().map(|record| (record, certificate)));
        }
        found.sort_unstable();
        found.dedup();
        for (index, certificate) in found {
            let Some(saying) = self.saying(index)? else { continue };
            let decided = &saying.decided;
            let id = if decided.id == 0 { index } else { decided.id };
            let (Some(on_file), Some(place)) = (self.on_file(id, by_id, sayings)?, decided.place) else { continue };
            if on_file.record != index {
                continue; // Mended or decided again since.
            }
            for key in &decided.keys {
                ledger.known.insert(*key, Arc::clone(&on_file));
            }
            let document = unpack(&self.pack.get(place)?);
            ledger.waiting.push(Waiting { certificate, on_file, document, origin: decided.origin.clone() });
        }
        self.fetch_claims_of_waiting(ledger, by_id, sayings)
    }

    /// The other certificates a waiting declaration waits for may be on file by now.
    fn fetch_claims_of_waiting(
        &mut self,
        ledger: &mut Ledger,
        by_id: &mut FxHashMap<u64, Arc<OnFile>>,
        sayings: &mut Sayings,
    ) -> Result<(), RecordError> {
        let records: Vec<u64> = ledger.waiting.iter().map(|waiting| waiting.on_file.record).collect();
        for index in records {
            let Some(saying) = self.saying(index)? else { continue };
            for key in saying.decided.waits_for {
                if let Some(id) = self.index.latest(&key)?
                    && let Some(on_file) = self.on_file(id, by_id, sayings)?
                {
                    ledger.known.insert(key, on_file);
                }
            }
        }
        Ok(())
    }

    /// Puts a waiting document aside; it is durable before the record that names it.
    pub fn put_aside(&mut self, document: &StoredDocument) -> Result<super::Place, RecordError> {
        self.pack.put(&pack(document))
    }

    /// Records a decision.
    pub fn record_decided(
        &mut self,
        decided: &Decided,
        payload: &[u8],
        digest: blake3::Hash,
    ) -> Result<Position, RecordError> {
        let position = self.append(DECISION, payload, Some(digest))?;
        self.n_outcomes += 1;
        index_decided(&mut self.index, position.index, decided);
        if !decided.facts.is_empty() {
            let saying = Saying { decided: decided.clone(), position };
            self.recent.put(Arc::new(on_file_of(&saying)));
        }
        self.commit_when_due()?;
        Ok(position)
    }

    /// Records an answer that decides nothing.
    pub fn record_answer(&mut self, repeats: u64, keys: &[Key], payload: &[u8]) -> Result<Position, RecordError> {
        let position = self.append(ANSWER, payload, None)?;
        self.n_outcomes += 1;
        keys.iter().for_each(|key| self.index.insert(record_key(*key), repeats));
        self.commit_when_due()?;
        Ok(position)
    }

    /// Records the opening of a submission.
    pub fn record_submission(&mut self, payload: &[u8]) -> Result<(), RecordError> {
        self.append(SUBMISSION, payload, None).map(|_| ())
    }

    /// Records the end of an input. Its evidence must have been finished.
    pub fn record_input(&mut self, payload: &[u8]) -> Result<(), RecordError> {
        self.append(INPUT, payload, None).map(|_| ())
    }

    /// Makes everything durable: evidence first, then what names it. Only after this is anything acknowledged.
    pub fn commit(&mut self) -> Result<Head, RecordError> {
        self.evidence.sync()?;
        self.pack.sync()?;
        let head = self.journal.commit()?;
        self.uncommitted_bytes = 0;
        self.index.advance(head)?;
        Ok(head)
    }

    /// Commits, and writes the index so that the next start is quick.
    pub fn close(mut self) -> Result<Head, RecordError> {
        let head = self.commit()?;
        self.index.save(head)?;
        Ok(head)
    }

    fn append(&mut self, kind: Kind, payload: &[u8], digest: Option<blake3::Hash>) -> Result<Position, RecordError> {
        self.uncommitted_bytes += payload.len();
        self.journal.append(kind, payload, digest)
    }

    /// Groups end where the records say so, never where a window does: the journal is the same for every window size.
    fn commit_when_due(&mut self) -> Result<(), RecordError> {
        if self.uncommitted_bytes >= COMMIT_BYTES {
            self.commit()?;
        }
        Ok(())
    }
}

/// The index's own key for the same hash.
fn record_key(key: Key) -> Key {
    key
}

/// Under this key stand all decisions on the document first decided at `id`, after the first.
fn versions_of(id: u64) -> Key {
    let mut key = *b"version\0\0\0\0\0\0\0\0\0";
    key[8..].copy_from_slice(&id.to_le_bytes());
    let digest = blake3::hash(&key);
    let mut spread = [0; 16];
    spread.copy_from_slice(&digest.as_bytes()[..16]);
    Key(spread)
}

fn index_record(index: &mut Index, record: &Record) {
    match record.kind {
        DECISION => {
            if let Some(decided) = wire::read_decided(&record.payload) {
                index_decided(index, record.index, &decided);
            }
        }
        ANSWER => {
            if let Some((_, repeats, keys)) = wire::read_answer(&record.payload) {
                keys.iter().for_each(|key| index.insert(*key, repeats));
            }
        }
        _ => {}
    }
}

fn index_decided(index: &mut Index, record: u64, decided: &Decided) {
    let id = if decided.id == 0 { record } else { decided.id };
    decided.keys.iter().for_each(|key| index.insert(*key, id));
    decided.waits_for.iter().for_each(|key| index.insert(key.waiting(), record));
    if decided.id != 0 {
        index.insert(versions_of(id), record);
    }
}

fn on_file_of(saying: &Saying) -> OnFile {
    let decided = &saying.decided;
    let index = saying.position.index;
    OnFile {
        id: if decided.id == 0 { index } else { decided.id },
        record: index,
        first_sequence: if decided.first_sequence == 0 { decided.sequence } else { decided.first_sequence },
        latest_sequence: decided.sequence,
        number: decided.number.clone(),
        entry_number: decided.entry_number.clone(),
        client_number: decided.client_number.clone(),
        version: decided.version,
        content: decided.content,
        state: decided.state,
        draw: decided.draw.clone(),
        accepted_at: decided.accepted_at,
        facts: decided.facts.as_slice().into(),
    }
}

/// A document put aside: its namespaces as lines of prefix and name, an empty line, its text.
fn pack(document: &StoredDocument) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(document.text.len() + 64);
    for (prefix, name) in document.namespaces.iter().flat_map(|namespaces| &namespaces.bindings) {
        bytes.extend_from_slice(format!("{prefix} {}\n", name.replace(['\n', '\r'], " ")).as_bytes());
    }
    bytes.push(b'\n');
    bytes.extend_from_slice(&document.text);
    bytes
}

fn unpack(mut bytes: &[u8]) -> StoredDocument {
    let mut bindings = Vec::new();
    while let Some(end) = bytes.iter().position(|&byte| byte == b'\n') {
        let line = String::from_utf8_lossy(&bytes[..end]);
        bytes = &bytes[end + 1..];
        match line.split_once(' ') {
            Some((prefix, name)) => bindings.push((prefix.to_owned(), name.to_owned())),
            None => break,
        }
    }
    let namespaces = (!bindings.is_empty()).then(|| Arc::new(Namespaces { bindings }));
    StoredDocument { text: bytes.to_vec(), namespaces }
}

/// Certificates put on file lately, oldest out first.
#[derive(Default)]
struct Recent {
    by_record: FxHashMap<u64, Arc<OnFile>>,
    order: VecDeque<(u64, usize)>,
    bytes: usize,
}

impl Recent {
    fn get(&self, record: u64) -> Option<Arc<OnFile>> {
        self.by_record.get(&record).cloned()
    }

    fn put(&mut self, on_file: Arc<OnFile>) {
        let bytes = on_file.facts.len() + size_of::<OnFile>() + 200;
        self.order.push_back((on_file.record, bytes));
        self.by_record.insert(on_file.record, on_file);
        self.bytes += bytes;
        while self.bytes > RECENT_BYTES {
            let Some((record, bytes)) = self.order.pop_front() else { break };
            self.by_record.remove(&record);
            self.bytes -= bytes;
        }
    }
}

/// When a moment of a submission is printed: RFC 3339 at UTC+8.
pub fn moment_text(moment: DateTime) -> String {
    format!("{}+08:00", formats::answer::date_time(Some(moment), 'T'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_put_aside_comes_back_with_its_namespaces() {
        let namespaces = Namespaces { bindings: vec![(String::new(), "urn:a".into()), ("d".into(), "urn:d".into())] };
        for namespaces in [None, Some(Arc::new(namespaces))] {
            let document = StoredDocument { text: b"<d:X>\n\n</d:X>".to_vec(), namespaces };
            assert_eq!(unpack(&pack(&document)), document);
        }
    }
}
