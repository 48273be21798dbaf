//! Documents that wait for the end of their submission (ruling O2, FEE-020): on disk, so that any number can wait.

use crate::record::{Place, RecordError, Spool};
use crate::world::World;
use engine::outcome::Deferred;
use engine::parallel::Pool;
use engine::{Accepted, Law, Read, Spare};
use model::batch::{InputId, Namespaces, RawBatch, RawDocument};
use model::ledger::{self, Key, Origin, StoredDocument};
use rulebook::rules::fee::fee_020_zone_first::Turn;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;

/// The documents put off: first those that wait for a certificate only, in document order, then those that draw on
/// relief that may run short, by their turn.
pub(crate) struct DeferredDocuments {
    begin: Begin,
    /// Begun with the first document: most submissions put nothing off.
    spool: Option<Spool>,
    waiting: VecDeque<Waiting>,
    is_in_order: bool,
    /// The latest turn under each number: documents under one number stay in document order.
    turns: FxHashMap<Key, Arc<Turn>>,
}

/// Begins a spool.
type Begin = Box<dyn Fn() -> Result<Spool, RecordError> + Send + Sync>;

struct Waiting {
    place: Place,
    header: Header,
    turn: Option<Arc<Turn>>,
    /// Settled in a window of its own.
    is_request: bool,
}

/// What the window needs beside the bytes.
struct Header {
    input: InputId,
    document: u32,
    offset: u64,
    line: u32,
    column: u32,
    embedded: bool,
    namespaces: Option<Arc<Namespaces>>,
}

/// There is one submission at a time in a data folder.
const SPOOL_NAME: u64 = 0;

impl DeferredDocuments {
    /// None yet; they are put into a spool of this data folder.
    pub fn new(world: &Arc<dyn World>, data: &Path) -> Self {
        let (world, data) = (Arc::clone(world), data.to_owned());
        DeferredDocuments::within(move || Spool::create(Arc::clone(&world), &data, SPOOL_NAME))
    }

    /// None yet; they are put into a spool that is begun so.
    pub fn within(begin: impl Fn() -> Result<Spool, RecordError> + Send + Sync + 'static) -> Self {
        let (waiting, turns) = (VecDeque::new(), FxHashMap::default());
        DeferredDocuments { begin: Box::new(begin), spool: None, waiting, is_in_order: false, turns }
    }

    /// Puts a document off.
    pub fn put(
        &mut self,
        document: &StoredDocument,
        raw: &RawDocument,
        deferred: &Deferred,
    ) -> Result<(), RecordError> {
        let Deferred { keys, turn, is_request, .. } = deferred;
        let spool = match &mut self.spool {
            Some(spool) => spool,
            none => none.insert((self.begin)()?),
        };
        let place = spool.put(document.text.as_bytes())?;
        let header = Header {
            input: raw.input,
            document: raw.document,
            offset: raw.offset,
            line: raw.line,
            column: raw.column,
            embedded: raw.embedded,
            namespaces: raw.namespaces.clone(),
        };
        let before = keys.iter().filter_map(|key| self.turns.get(key)).max().cloned();
        let turn = turn.clone().map(Arc::new).max(before);
        if let Some(turn) = &turn {
            self.turns.extend(keys.iter().map(|key| (*key, Arc::clone(turn))));
        }
        self.waiting.push_back(Waiting { place, header, turn, is_request: *is_request });
        Ok(())
    }

    /// The next documents, about this many bytes of them; none when nothing waits. A request comes by itself.
    pub fn next(&mut self, window_bytes: usize, spare: &Spare) -> Result<Option<RawBatch>, RecordError> {
        let Some(spool) = self.spool.as_ref().filter(|_| !self.waiting.is_empty()) else { return Ok(None) };
        if !self.is_in_order {
            self.waiting.make_contiguous().sort_by(|one, other| one.turn.cmp(&other.turn));
            self.is_in_order = true;
        }
        let mut batch = spare.batch();
        let mut has_request = false;
        while batch.text.len() < window_bytes
            && !has_request
            && let Some(Waiting { place, header, is_request, .. }) =
                self.waiting.pop_front_if(|next| batch.documents.is_empty() || !next.is_request)
        {
            has_request = is_request;
            let start = batch.text.len();
            batch.text.push_str(&String::from_utf8_lossy(&spool.get(place)?));
            batch.documents.push(RawDocument {
                input: header.input,
                document: header.document,
                offset: header.offset,
                line: header.line,
                column: header.column,
                embedded: header.embedded,
                range: start..batch.text.len(),
                namespaces: header.namespaces,
                defect: None,
            });
        }
        Ok(Some(batch))
    }
}

/// Declarations on file that are to be decided again, read again. Each keeps its own day; what they name is looked for as
/// of the first of them, and whether it counts is settled by each one's day.
pub(crate) fn read_again(
    waiting: &[ledger::Waiting],
    accepted: Accepted,
    law: &Law<'_>,
    pool: &Pool,
) -> Read {
    let mut batch = RawBatch::new();
    let nothing = StoredDocument::default();
    for waiting in waiting {
        append(&mut batch, waiting.document.as_ref().unwrap_or(&nothing), &waiting.origin);
    }
    let days = waiting.iter().filter_map(|waiting| waiting.accepted_at);
    let accepted = days.min().map_or(accepted, Accepted::At);
    Read::window(batch, accepted, law, pool, &Spare::default())
}

/// Appends a document of an earlier run, whose input is not one of this submission's.
pub(crate) fn append(batch: &mut RawBatch, document: &StoredDocument, origin: &Origin) {
    let start = batch.text.len();
    batch.text.push_str(&document.text);
    batch.documents.push(RawDocument {
        input: InputId(0),
        document: origin.document,
        offset: origin.offset,
        line: origin.line,
        column: origin.column,
        embedded: false,
        range: start..batch.text.len(),
        namespaces: document.namespaces.clone(),
        defect: None,
    });
}
