//! The books as somebody reads them who changes nothing: no lock, no file made, nothing cut or built anew.
//!
//! A process may write meanwhile; what is seen is what was whole when the books were opened.

use super::{Saying, answer_of, decided_of, derived, index_record, on_file_of, unpack, versions_of};
use crate::record::wire::{self, ANSWER, DECISION, Decided, INPUT, SUBMISSION, Submission};
use crate::record::{Index, Limits, Pack, Position, Reader, RecordError, evidence, journal};
use crate::world::{File, World};
use model::decimal::Decimal;
use model::ledger::{Key, NumberKind, OnFile, StoredDocument};
use model::waiver::Account;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Every kind a number can be of.
const KINDS: [NumberKind; 6] = [
    NumberKind::Entry,
    NumberKind::Unified,
    NumberKind::Client,
    NumberKind::Certificate,
    NumberKind::Inspection,
    NumberKind::Request,
];

/// The books, to be read only.
pub struct Look {
    world: Arc<dyn World>,
    data: PathBuf,
    reader: Reader,
    index: Index,
}

/// The submission a document came in.
#[derive(Clone, Debug, Default)]
pub struct CameIn {
    /// Its opening.
    pub submission: Option<Submission>,
    /// Name of the input, and the digest of its bytes.
    pub input: Option<(String, [u8; 32])>,
}

impl Look {
    /// Opens the books of a data folder. What the index on disk lacks is put into it in memory.
    pub fn open(world: &Arc<dyn World>, data: &Path) -> Result<Look, RecordError> {
        let reader = journal::look(Arc::clone(world), data, Limits::default())?;
        let mut index = Index::look(Arc::clone(world), data, &reader)?;
        reader.scan(index.covered() + 1, |record| index_record(&mut index, &record))?;
        Ok(Look { world: Arc::clone(world), data: data.to_owned(), reader, index })
    }

    /// The documents this declarant filed under a number, of whatever kind: the journal index of the first decision of each.
    pub fn of_declarant(&self, declarant: &str, number: &str) -> Result<BTreeSet<u64>, RecordError> {
        let mut ids = BTreeSet::new();
        for kind in KINDS {
            ids.extend(self.index.latest(&Key::new(kind, declarant, number))?);
        }
        Ok(ids)
    }

    /// The same, whoever filed: every record is read. Where those of the archive cannot be, the documents among the others
    /// are given, with why.
    pub fn of_anybody(&self, number: &str) -> Result<(BTreeSet<u64>, Option<RecordError>), RecordError> {
        match self.of_anybody_from(1, number) {
            Err(away @ RecordError::ArchiveAway { .. }) => {
                let ids = self.of_anybody_from(self.reader.first_index(), number)?;
                if ids.is_empty() { Err(away) } else { Ok((ids, Some(away))) }
            }
            found => found.map(|ids| (ids, None)),
        }
    }

    fn of_anybody_from(&self, first: u64, number: &str) -> Result<BTreeSet<u64>, RecordError> {
        let mut ids = BTreeSet::new();
        let mut late_aliases = Vec::new();
        self.reader.scan(first, |record| {
            match record.kind {
                DECISION => {
                    let decided = decided_of(&record)?;
                    if carries(&decided, number) {
                        ids.insert(if decided.id == 0 { record.index } else { decided.id });
                    }
                }
                ANSWER => {
                    let (_, repeats) = answer_of(&record)?;
                    if !repeats.aliases.is_empty() {
                        late_aliases.push(repeats);
                    }
                }
                _ => {}
            }
            Ok::<(), RecordError>(())
        })?;
        // A number that came with a repeat (K6) stands there as a key only, and whose key it is says the first decision.
        for repeats in late_aliases {
            let Some(saying) = self.saying(repeats.id)? else { continue };
            let declarant = declarant_of(&saying.decided);
            if KINDS.iter().any(|&kind| repeats.aliases.contains(&Key::new(kind, &declarant, number))) {
                ids.insert(repeats.id);
            }
        }
        Ok(ids)
    }

    /// All decisions on the document first decided at `id`, oldest first.
    pub fn versions(&self, id: u64) -> Result<Vec<Saying>, RecordError> {
        let mut records = vec![id];
        self.index.get_all(&versions_of(id), &mut records)?;
        let mut versions = Vec::with_capacity(records.len());
        for record in records {
            versions.extend(self.saying(record)?);
        }
        Ok(versions)
    }

    /// What was on file under a key when the record with this index was written.
    pub fn on_file_before(&self, key: &Key, record: u64) -> Result<Option<OnFile>, RecordError> {
        let Some(id) = self.index.latest(key)? else { return Ok(None) };
        let before = self.versions(id)?.into_iter().rfind(|it| it.position.index < record);
        Ok(before.map(|it| on_file_of(&it.decided, it.position.index)))
    }

    /// What was used of an account when the record with this index was written.
    pub fn used_before(&self, account: &Account, record: u64) -> Result<Decimal, RecordError> {
        let mut records = Vec::new();
        self.index.get_all(&account.key(), &mut records)?;
        let Some(before) = records.into_iter().rfind(|it| *it < record) else { return Ok(Decimal::ZERO) };
        let Some(saying) = self.saying(before)? else { return Ok(Decimal::ZERO) };
        let take = saying.decided.takes.iter().find(|take| take.account == *account);
        Ok(take.map_or(Decimal::ZERO, |take| take.used))
    }

    /// A document as this decision left it.
    pub fn on_file_as(saying: &Saying) -> OnFile {
        on_file_of(&saying.decided, saying.position.index)
    }

    /// An entry number that came with a repeat, after the decision (K6); empty when there is none.
    pub fn late_entry_number(&self, id: u64) -> Result<String, RecordError> {
        let Some(index) = self.index.latest(&derived(b"entry no", id))? else { return Ok(String::new()) };
        Ok(answer_of(&self.reader.read(index)?)?.1.entry_number)
    }

    /// The submission of this decision, and the input its document stood in.
    pub fn came_in(&self, saying: &Saying) -> Result<CameIn, RecordError> {
        let mut came_in = CameIn::default();
        let name = &saying.decided.origin.input;
        // The ends of inputs stand behind the documents that did not wait, and before those that did.
        for index in (1..saying.position.index).rev() {
            let record = self.reader.read(index)?;
            match record.kind {
                SUBMISSION => {
                    came_in.submission = wire::read_submission(&record.payload);
                    break;
                }
                INPUT => came_in.notice(&record.payload, name),
                _ => {}
            }
        }
        let last = self.reader.head().index;
        for index in saying.position.index + 1..=last {
            if came_in.input.is_some() {
                break;
            }
            let record = self.reader.read(index)?;
            match record.kind {
                SUBMISSION => break,
                INPUT => came_in.notice(&record.payload, name),
                _ => {}
            }
        }
        Ok(came_in)
    }

    /// The bytes of an input as received; none when they are there no more.
    pub fn evidence(&self, hash: &[u8; 32]) -> Result<Option<Box<dyn File>>, RecordError> {
        evidence::look(&*self.world, &self.data, hash)
    }

    /// The document put aside with a decision; none when none was, or it is there no more.
    pub fn put_aside(&self, saying: &Saying) -> Result<Option<StoredDocument>, RecordError> {
        let Some(place) = saying.decided.place else { return Ok(None) };
        let Some(pack) = Pack::look(&self.world, &self.data)? else { return Ok(None) };
        pack.get(place).map(|bytes| Some(unpack(&bytes)))
    }

    /// The decision at this index.
    pub fn saying(&self, index: u64) -> Result<Option<Saying>, RecordError> {
        let record = self.reader.read(index)?;
        if record.kind != DECISION {
            return Ok(None);
        }
        let position = Position { index, hash: record.hash };
        Ok(Some(Saying { decided: decided_of(&record)?, position }))
    }
}

impl CameIn {
    /// Takes note of the input that holds the document with this origin: the file itself, or the archive it is an entry of.
    fn notice(&mut self, payload: &[u8], origin: &str) {
        let Some((name, _, digest)) = wire::read_input(payload) else { return };
        let holds =
            origin.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('!'));
        let is_longer = self.input.as_ref().is_none_or(|(known, _)| known.len() < name.len());
        if holds && is_longer {
            self.input = Some((name, digest));
        }
    }
}

/// Who filed the document, as the line of its decision says.
pub fn declarant_of(decided: &Decided<'_>) -> String {
    let head = format!("{{{}}}", decided.answered.line_head);
    let line: serde_json::Value = serde_json::from_str(&head).unwrap_or_default();
    line["declarant"].as_str().unwrap_or_default().to_owned()
}

fn carries(decided: &Decided<'_>, number: &str) -> bool {
    let echo = decided.answered.echo.values();
    // The last two values of an echo are an office and a day, no numbers; and a request echoes that of the declaration it is
    // about, which has a decision of its own.
    let n_numbers = if is_request(decided) { 0 } else { 4 };
    let echoed = echo.into_iter().take(n_numbers);
    let known = [&*decided.number, &*decided.entry_number, &*decided.client_number];
    known.into_iter().chain(echoed).any(|it| it == number)
}

/// Its key is one of requests, by who filed it or by the declaration it is about.
fn is_request(decided: &Decided<'_>) -> bool {
    let (declarant, about) = (declarant_of(decided), &decided.answered.echo.entry_number);
    let is_key =
        |filed_by: &str| decided.keys.contains(&Key::new(NumberKind::Request, filed_by, &decided.number));
    is_key(&declarant) || is_key(about)
}
