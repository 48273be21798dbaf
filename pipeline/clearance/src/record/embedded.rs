//! The books of one office on one machine: journal, index over it, evidence, documents put aside.
//!
//! One record an outcome. What is on file is fetched for a window before it is settled and changes only by recording
//! outcomes, here and when the index is rebuilt from the journal.

pub mod look;

use super::heads::Durable;
use super::wire::{self, ANSWER, DECISION, Decided, END, INPUT, Repeats, SUBMISSION};
use super::{
    Compression, Evidence, Head, Index, Journal, Kind, Limits, Pack, Position, Record, RecordError, index,
};
use crate::world::World;
use engine::Read;
use jiff::civil::DateTime;
use model::batch::Namespaces;
use model::decimal::Decimal;
use model::ledger::{Asked, Key, Ledger, OnFile, StoredDocument, Waiting};
use model::waiver::{Account, Balances};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;

/// Bytes of records after which a group is synced: large enough that syncing costs nothing, small enough to lose little work.
pub const GROUP_BYTES: usize = 8 << 20;
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
    /// What is used of accounts this run has looked up.
    balances: Balances,
    n_outcomes: u64,
    uncommitted_bytes: usize,
    group_bytes: usize,
    /// Who is told of each head that is durable.
    heads: Option<Durable>,
}

/// What an on-file document said when it was decided, for repeats.
pub type Sayings = FxHashMap<u64, Arc<Saying>>;

/// What was said, and where it stands in the journal.
#[derive(Clone, Debug)]
pub struct Saying {
    /// The decision.
    pub decided: Decided<'static>,
    /// Where it stands.
    pub position: Position,
}

impl Books {
    /// Opens the books in a data folder, rebuilding the index where it lags behind the journal.
    pub fn open(world: &Arc<dyn World>, data: &Path, compression: Compression) -> Result<Books, RecordError> {
        let limits = Limits { compression, ..Limits::default() };
        let journal = Journal::open(Arc::clone(world), data, limits)?;
        let index = Index::open(Arc::clone(world), data, index::Limits::default(), &journal)?;
        let mut books = Books {
            evidence: Evidence::open(Arc::clone(world), data)?,
            pack: Pack::open(Arc::clone(world), data)?,
            journal,
            index,
            recent: Recent::default(),
            balances: Balances::default(),
            n_outcomes: 0,
            uncommitted_bytes: 0,
            group_bytes: GROUP_BYTES,
            heads: None,
        };
        books.catch_up()?;
        books.n_outcomes = books.last_sequence()?;
        Ok(books)
    }

    /// Groups are synced after so many bytes of records instead of [`GROUP_BYTES`]. It changes when the disk is written to,
    /// and where frames of the journal end; nothing of what is recorded.
    pub fn in_groups_of(&mut self, bytes: usize) {
        self.group_bytes = bytes;
    }

    /// Puts the keys of records the index has not seen into it.
    fn catch_up(&mut self) -> Result<(), RecordError> {
        let (from, head) = (self.index.covered() + 1, self.journal.head());
        if from > head.index {
            return Ok(());
        }
        let index = &mut self.index;
        self.journal.scan(from, |record| index_record(index, &record))?;
        self.index.advance(head)
    }

    /// The sequence of the last outcome in the journal.
    fn last_sequence(&self) -> Result<u64, RecordError> {
        let mut at = self.journal.head().index;
        while at > 0 {
            let record = self.journal.read(at)?;
            match record.kind {
                DECISION => return Ok(decided_of(&record)?.sequence),
                ANSWER => return Ok(answer_of(&record)?.0),
                _ => at -= 1,
            }
        }
        Ok(0)
    }

    /// The journal index and the sequence the next outcome will get.
    pub fn next(&self) -> (u64, u64) {
        (self.journal.next_index(), self.n_outcomes + 1)
    }

    /// The first record that is not in the archive, as it was on opening.
    pub fn first_index(&self) -> u64 {
        self.journal.first_index()
    }

    /// The last durable record.
    pub fn head(&self) -> Head {
        self.journal.head()
    }

    /// Everything on file that a window needs to know, and what was said of it. Declarations that wait for its
    /// certificates are part of that, and those that wait for `put_off`.
    pub fn fetch(
        &mut self,
        read: &Read,
        put_off: &[Key],
        ledger: &mut Ledger,
    ) -> Result<Sayings, RecordError> {
        let mut sayings = Sayings::default();
        let mut by_id: FxHashMap<u64, Arc<OnFile>> = FxHashMap::default();
        ledger.known.clear();
        ledger.waiting.clear();
        self.fetch_known(read, ledger, &mut by_id, &mut sayings)?;
        let certificates = read.awaited_keys().chain(put_off.iter().copied());
        self.fetch_waiting(certificates, ledger, &mut by_id, &mut sayings)?;
        self.fetch_asked(read, ledger)?;
        Ok(sayings)
    }

    /// What else must be known before the waiting declarations, now read again, can be decided: the certificates they
    /// claim beside the one that came.
    pub fn fetch_claims(&mut self, waiting: &Read, ledger: &mut Ledger) -> Result<(), RecordError> {
        self.fetch_known(waiting, ledger, &mut FxHashMap::default(), &mut Sayings::default())
    }

    /// What is used of these accounts. The last decision that drew on one says so; what this run has seen is kept.
    pub fn fetch_balances(&mut self, accounts: Vec<Account>) -> Result<Balances, RecordError> {
        let mut balances = Balances::default();
        for account in accounts {
            let key = account.key();
            let used = match self.balances.used(key) {
                Some(used) => used,
                None => self.used_of(&account, key)?,
            };
            self.balances.set(key, used);
            balances.set(key, used);
        }
        Ok(balances)
    }

    fn used_of(&self, account: &Account, key: Key) -> Result<Decimal, RecordError> {
        let Some(record) = self.index.latest(&key)? else { return Ok(Decimal::ZERO) };
        let Some(saying) = self.saying(record)? else { return Ok(Decimal::ZERO) };
        let take = saying.decided.takes.iter().find(|take| take.account == *account);
        Ok(take.map_or(Decimal::ZERO, |take| take.used))
    }

    fn fetch_known(
        &mut self,
        read: &Read,
        ledger: &mut Ledger,
        by_id: &mut FxHashMap<u64, Arc<OnFile>>,
        sayings: &mut Sayings,
    ) -> Result<(), RecordError> {
        for key in read.keys() {
            if ledger.known.contains_key(&key) {
                continue;
            }
            let Some(id) = self.index.latest(&key)? else { continue };
            if let Some(on_file) = self.on_file(id, by_id, sayings)? {
                ledger.known.insert(key, on_file);
            }
        }
        Ok(())
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
        let mut on_file = on_file_of(&saying.decided, latest);
        if on_file.entry_number.is_empty() && on_file.facts.is_empty() {
            on_file.entry_number = self.entry_number_of(id)?;
        }
        let on_file = Arc::new(on_file);
        by_id.insert(id, Arc::clone(&on_file));
        sayings.insert(latest, Arc::new(saying));
        Ok(Some(on_file))
    }

    /// An entry number that came with a repeat, after the decision (K6).
    fn entry_number_of(&self, id: u64) -> Result<String, RecordError> {
        let Some(index) = self.index.latest(&derived(b"entry no", id))? else { return Ok(String::new()) };
        Ok(answer_of(&self.journal.read(index)?)?.1.entry_number)
    }

    /// The decision at this index.
    pub fn saying(&self, index: u64) -> Result<Option<Saying>, RecordError> {
        let record = self.journal.read(index)?;
        if record.kind != DECISION {
            return Ok(None);
        }
        let position = Position { index, hash: record.hash };
        Ok(Some(Saying { decided: decided_of(&record)?, position }))
    }

    /// Held declarations that wait for these certificates, and those that requests find under these keys, in order of decision.
    fn fetch_waiting(
        &mut self,
        certificates: impl Iterator<Item = Key>,
        ledger: &mut Ledger,
        by_id: &mut FxHashMap<u64, Arc<OnFile>>,
        sayings: &mut Sayings,
    ) -> Result<(), RecordError> {
        let mut found = Vec::new();
        for certificate in certificates {
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
            let Some(on_file) = self.on_file(id, by_id, sayings)? else { continue };
            if on_file.record != index {
                continue; // Mended or decided again since.
            }
            for key in decided.keys.iter() {
                ledger.known.insert(*key, Arc::clone(&on_file));
            }
            ledger.waiting.push(self.waiting(certificate, on_file, decided)?);
        }
        Ok(())
    }

    /// Declarations that requests are about whose number came with a repeat, after the decision (K6).
    fn fetch_asked(&self, read: &Read, ledger: &mut Ledger) -> Result<(), RecordError> {
        for (certificate, number) in read.asked_numbers() {
            let Some(on_file) = ledger.known.get(&number).map(Arc::clone) else { continue };
            if ledger.waiting.iter().any(|waiting| waiting.on_file.id == on_file.id) {
                continue;
            }
            if let Some(saying) = self.saying(on_file.record)? {
                ledger.waiting.push(self.waiting(certificate, on_file, &saying.decided)?);
            }
        }
        Ok(())
    }

    fn waiting(
        &self,
        certificate: Key,
        on_file: Arc<OnFile>,
        decided: &Decided<'_>,
    ) -> Result<Waiting, RecordError> {
        let document = decided.place.map(|place| self.pack.get(place)).transpose()?;
        Ok(Waiting {
            certificate,
            accepted_at: on_file.accepted_at,
            on_file,
            document: document.map(|bytes| unpack(&bytes)),
            origin: decided.origin.as_ref().clone(),
            asked: Asked::default(),
        })
    }

    /// Puts a waiting document aside; it is durable before the record that names it.
    pub fn put_aside(&mut self, document: &StoredDocument) -> Result<super::Place, RecordError> {
        self.pack.put(&pack(document))
    }

    /// Records a decision. `digest` is the BLAKE3 hash of the payload.
    pub fn record_decided(
        &mut self,
        decided: &Decided<'_>,
        payload: &[u8],
        digest: blake3::Hash,
    ) -> Result<Position, RecordError> {
        let position = self.append(DECISION, payload, Some(digest))?;
        self.n_outcomes += 1;
        index_decided(&mut self.index, position.index, decided);
        self.balances.apply(&decided.takes);
        if !decided.facts.is_empty() {
            self.recent.put(Arc::new(on_file_of(decided, position.index)));
        }
        self.commit_when_due()?;
        Ok(position)
    }

    /// Records an answer that decides nothing. `digest` is the BLAKE3 hash of the payload.
    pub fn record_answer(
        &mut self,
        repeats: &Repeats,
        payload: &[u8],
        digest: blake3::Hash,
    ) -> Result<Position, RecordError> {
        let position = self.append(ANSWER, payload, Some(digest))?;
        self.n_outcomes += 1;
        index_answer(&mut self.index, position.index, repeats);
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

    /// Records the end of a submission, whose accounts close.
    pub fn record_end(&mut self, payload: &[u8]) -> Result<(), RecordError> {
        self.append(END, payload, None).map(|_| ())
    }

    /// A record, durable or not.
    pub fn read(&self, index: u64) -> Result<Record, RecordError> {
        self.journal.read(index)
    }

    /// Whether the books may still be written in: an error that stopped a part of them stops them all.
    pub fn check(&self) -> Result<(), RecordError> {
        self.evidence.check()?;
        self.pack.check()?;
        self.journal.check()
    }

    /// Makes raw input and documents put aside durable: the first half of [`Books::commit`], for whoever times it.
    pub fn sync_evidence(&mut self) -> Result<(), RecordError> {
        self.evidence.sync()?;
        self.pack.sync()
    }

    /// Makes everything durable: evidence first, then what names it. Only after this is anything acknowledged.
    pub fn commit(&mut self) -> Result<Head, RecordError> {
        self.sync_evidence()?;
        let head = self.journal.commit()?;
        self.uncommitted_bytes = 0;
        self.index.advance(head)?;
        self.heads.iter().for_each(|heads| heads.tell(head));
        Ok(head)
    }

    /// Tells every head from now on, the present one first, to who publishes it.
    ///
    /// # Errors
    /// When this journal does not have the head that was published last: its end is missing, or it was written anew.
    pub fn publish(&mut self, last: Head, heads: &Durable) -> Result<(), RecordError> {
        let head = self.journal.head();
        if last.index > head.index || (last.index > 0 && self.journal.read(last.index)?.hash != last.hash) {
            return Err(published_is_lacking(last, head));
        }
        heads.tell(head);
        self.heads = Some(heads.clone());
        Ok(())
    }

    /// Writes the index as far as the journal is durable, so that a start needs no record before.
    pub fn save_index(&mut self) -> Result<(), RecordError> {
        let head = self.commit()?;
        self.index.save(head)
    }

    /// Commits, and writes the index so that the next start is quick.
    pub fn close(mut self) -> Result<Head, RecordError> {
        let head = self.commit()?;
        self.index.save(head)?;
        Ok(head)
    }

    fn append(
        &mut self,
        kind: Kind,
        payload: &[u8],
        digest: Option<blake3::Hash>,
    ) -> Result<Position, RecordError> {
        self.uncommitted_bytes += payload.len();
        self.journal.append(kind, payload, digest)
    }

    /// Groups end where the records say so, never where a window does: the journal is the same for every window size.
    fn commit_when_due(&mut self) -> Result<(), RecordError> {
        if self.uncommitted_bytes >= self.group_bytes {
            self.commit()?;
        }
        Ok(())
    }
}

/// Under this key stand all decisions on the document first decided at `id`, after the first.
fn versions_of(id: u64) -> Key {
    derived(b"version\0", id)
}

/// A key for something about the document first decided at `id`, spread like all keys.
fn derived(what: &[u8; 8], id: u64) -> Key {
    let mut key = [0; 16];
    key[..8].copy_from_slice(what);
    key[8..].copy_from_slice(&id.to_le_bytes());
    let digest = blake3::hash(&key);
    let mut spread = [0; 16];
    spread.copy_from_slice(&digest.as_bytes()[..16]);
    Key(spread)
}

/// A record that cannot be read stops the start: a key left out would be decided twice.
fn index_record(index: &mut Index, record: &Record) -> Result<(), RecordError> {
    match record.kind {
        DECISION => index_decided(index, record.index, &decided_of(record)?),
        ANSWER => index_answer(index, record.index, &answer_of(record)?.1),
        _ => {}
    }
    Ok(())
}

fn decided_of(record: &Record) -> Result<Decided<'static>, RecordError> {
    wire::read_decided(&record.payload).ok_or_else(|| unreadable(record))
}

fn answer_of(record: &Record) -> Result<(u64, Repeats), RecordError> {
    wire::read_answer(&record.payload).ok_or_else(|| unreadable(record))
}

fn unreadable(record: &Record) -> RecordError {
    let why = "the record is whole, but in a layout this program does not read".to_owned();
    RecordError::Damaged { path: "journal".into(), offset: 0, first_bad_index: record.index, why }
}

/// A published head names another record than this journal has, or one it does not have.
fn published_is_lacking(last: Head, head: Head) -> RecordError {
    let why = format!(
        "record {} was published with another hash, or is not there: this journal, of {} records, lost its end, is an older \
         copy, or was written anew; find out which with `clearance journal verify --heads`; to go on with it all the same, \
         publish to another file",
        last.index, head.index
    );
    let first_bad_index = last.index.min(head.index + 1);
    RecordError::Damaged { path: "journal".into(), offset: 0, first_bad_index, why }
}

/// Aliases lead to the first decision, as all keys do: a version that comes later is found through it.
fn index_answer(index: &mut Index, record: u64, repeats: &Repeats) {
    repeats.aliases.iter().for_each(|key| index.insert(*key, repeats.id));
    if !repeats.entry_number.is_empty() {
        index.insert(derived(b"entry no", repeats.id), record);
    }
}

fn index_decided(index: &mut Index, record: u64, decided: &Decided<'_>) {
    let id = if decided.id == 0 { record } else { decided.id };
    decided.keys.iter().for_each(|key| index.insert(*key, id));
    decided.takes.iter().for_each(|take| index.insert(take.account.key(), record));
    decided.waits_for.iter().for_each(|key| index.insert(key.waiting(), record));
    if decided.id != 0 {
        index.insert(versions_of(id), record);
    }
}

pub(crate) fn on_file_of(decided: &Decided<'_>, index: u64) -> OnFile {
    OnFile {
        id: if decided.id == 0 { index } else { decided.id },
        record: index,
        first_sequence: if decided.first_sequence == 0 { decided.sequence } else { decided.first_sequence },
        latest_sequence: decided.sequence,
        number: decided.number.to_string(),
        entry_number: decided.entry_number.to_string(),
        client_number: decided.client_number.to_string(),
        version: decided.version,
        content: decided.content,
        state: decided.state,
        draw: decided.draw.as_deref().cloned(),
        accepted_at: decided.accepted_at,
        facts: decided.facts.as_ref().into(),
        takes: decided.takes.to_vec(),
    }
}

/// A document put aside: its namespaces as lines of prefix and name, an empty line, its text.
pub(crate) fn pack(document: &StoredDocument) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(document.text.len() + 64);
    for (prefix, name) in document.namespaces.iter().flat_map(|namespaces| &namespaces.bindings) {
        bytes.extend_from_slice(format!("{prefix} {}\n", name.replace(['\n', '\r'], " ")).as_bytes());
    }
    bytes.push(b'\n');
    bytes.extend_from_slice(document.text.as_bytes());
    bytes
}

/// The same read back.
pub(crate) fn unpack(mut bytes: &[u8]) -> StoredDocument {
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
    StoredDocument { text: String::from_utf8_lossy(bytes).into_owned(), namespaces }
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
    formats::answer::date_time(Some(moment), 'T') + "+08:00"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_put_aside_comes_back_with_its_namespaces() {
        let namespaces =
            Namespaces { bindings: vec![(String::new(), "urn:a".into()), ("d".into(), "urn:d".into())] };
        for namespaces in [None, Some(Arc::new(namespaces))] {
            let document = StoredDocument { text: "<d:X>\n\n</d:X>".to_owned(), namespaces };
            assert_eq!(unpack(&pack(&document)), document);
        }
    }
}
