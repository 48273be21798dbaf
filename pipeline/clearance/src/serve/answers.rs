//! The answers of a submission, written from the journal alone: so they can be written again at any time, and come out
//! byte for byte as before (P6).

use super::names::{self, Told};
use crate::publish::response_xml;
use crate::record::embedded::Books;
use crate::record::wire::{self, ANSWER, Answered, DECISION, END, INPUT, SUBMISSION};
use crate::record::{Position, Record, RecordError};
use jiff::civil::DateTime;
use model::decision::OutcomeKind;
use model::ledger::Origin;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A submission as the journal tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Journal index of its opening.
    pub first: u64,
    /// Journal index of its last record.
    pub last: u64,
    /// The folder it was dropped into; empty when it came otherwise.
    pub source: String,
    /// The name of its file, and the digest of the bytes; none when it broke off before they were recorded.
    pub file: Option<(String, [u8; 32])>,
    /// Its accounts; none when it broke off: its file comes again.
    pub outcomes: Option<[u64; OutcomeKind::ALL.len()]>,
}

impl Outline {
    /// The submission that was opened by this record; none when the record opens none.
    pub fn read(books: &Books, first: u64) -> Result<Option<Outline>, RecordError> {
        let opening = books.read(first)?;
        let submission =
            (opening.kind == SUBMISSION).then(|| wire::read_submission(&opening.payload)).flatten();
        let Some(submission) = submission else { return Ok(None) };
        let (last, source) = (first, submission.source);
        let mut outline = Outline { first, last, source, file: None, outcomes: None };
        for index in first + 1..books.next().0 {
            let record = books.read(index)?;
            match record.kind {
                SUBMISSION => break,
                INPUT if outline.file.is_none() => {
                    outline.file = wire::read_input(&record.payload).map(|(name, _, digest)| (name, digest));
                }
                END => outline.outcomes = wire::read_end(&record.payload),
                _ => {}
            }
            outline.last = index;
        }
        Ok(Some(outline))
    }

    /// Documents found in it; none known when it broke off.
    pub fn n_documents(&self) -> u64 {
        let outcomes = self.outcomes.iter().flatten().sum::<u64>();
        outcomes - self.n_of(OutcomeKind::Redecided)
    }

    /// Documents that came to this outcome.
    pub fn n_of(&self, kind: OutcomeKind) -> u64 {
        let position = OutcomeKind::ALL.iter().position(|known| *known == kind);
        self.outcomes.zip(position).map_or(0, |(outcomes, position)| outcomes[position])
    }

    /// Nothing in it could be read: the file could not be taken at all.
    pub fn is_unreadable(&self) -> bool {
        self.outcomes.is_some() && self.n_of(OutcomeKind::Refused) == self.n_documents()
    }

    /// The document with this origin is not the only one of its file.
    fn is_one_of_several(&self, origin: &Origin) -> bool {
        self.n_documents() > 1 || origin.document > 1
    }

    fn file_of<'o>(&'o self, origin: &'o Origin) -> &'o str {
        match &self.file {
            Some((name, _)) => name,
            None => origin.input.split('!').next().unwrap_or_default(),
        }
    }
}

/// An answer, ready for the folder of whoever sent the document.
#[derive(Clone, Debug)]
pub struct Letter {
    /// All of it.
    pub bytes: Vec<u8>,
    root: String,
    file: String,
    origin: Origin,
    is_one_of_several: bool,
    is_taken: bool,
    accepted_at: Option<DateTime>,
    record: u64,
}

impl Letter {
    /// Its name, see [`names::answer`].
    pub fn name(&self, attempt: u32) -> String {
        let told = Told {
            file: &self.file,
            input: &self.origin.input,
            document: self.origin.document,
            is_one_of_several: self.is_one_of_several,
        };
        let answer = names::Answer {
            root: &self.root,
            is_taken: self.is_taken,
            accepted_at: self.accepted_at,
            record: self.record,
        };
        names::answer(&told, &answer, attempt)
    }
}

/// What one record of the journal says, with the decision it repeats looked up.
struct Spoken {
    origin: Origin,
    answered: Arc<Answered>,
    /// Where what is said was first said.
    position: Position,
    /// The decision it supersedes, where it decides a document of an earlier submission again.
    decides_again: Option<u64>,
}

/// Submissions that were looked up, so that a large one is not read through for each of its declarations.
#[derive(Default)]
pub struct Origins {
    known: BTreeMap<u64, Arc<Outline>>,
}

/// Submissions kept at hand.
const ORIGINS_MAX: usize = 1_000;

impl Origins {
    /// The submission this record belongs to.
    fn of(&mut self, books: &Books, record: u64) -> Result<Option<Arc<Outline>>, RecordError> {
        if let Some((_, known)) = self.known.range(..=record).next_back()
            && record <= known.last
        {
            return Ok(Some(Arc::clone(known)));
        }
        for first in (1..=record).rev() {
            if books.read(first)?.kind != SUBMISSION {
                continue;
            }
            let Some(outline) = Outline::read(books, first)?.map(Arc::new) else { break };
            if self.known.len() >= ORIGINS_MAX {
                self.known.pop_first();
            }
            self.known.insert(first, Arc::clone(&outline));
            return Ok(Some(outline));
        }
        Ok(None)
    }

    /// The submission in which the document came that this decision is on: decisions made again stand in others.
    fn of_decision(&mut self, books: &Books, mut record: u64) -> Result<Option<Arc<Outline>>, RecordError> {
        while let Some(saying) = books.saying(record)? {
            let is_again = saying.decided.answered.outcome() == Some(OutcomeKind::Redecided);
            if !is_again || saying.decided.supersedes == 0 {
                break;
            }
            record = saying.decided.supersedes;
        }
        self.of(books, record)
    }

    /// Folders that are told of decisions made again in this submission.
    pub fn told_again(&mut self, books: &Books, outline: &Outline) -> Result<BTreeSet<String>, RecordError> {
        let mut folders = BTreeSet::new();
        for index in outline.first + 1..=outline.last {
            let record = books.read(index)?;
            if record.kind != DECISION {
                continue;
            }
            let Some(Spoken { decides_again: Some(superseded), .. }) = spoken(books, &record)? else {
                continue;
            };
            let origin = self.of_decision(books, superseded)?;
            folders.extend(origin.map(|it| it.source.clone()).filter(|it| !it.is_empty()));
        }
        Ok(folders)
    }

    /// Hands over the answers of a submission that go to this folder, in order of decision.
    ///
    /// Of a submission that broke off only what was decided again is told: its own documents come again, and what was
    /// decided of them is told then.
    pub fn answers<E: From<RecordError>>(
        &mut self,
        books: &Books,
        outline: &Outline,
        folder: &str,
        mut each: impl FnMut(Letter) -> Result<(), E>,
    ) -> Result<(), E> {
        let is_own = outline.source == folder && outline.outcomes.is_some();
        for index in outline.first + 1..=outline.last {
            let record = books.read(index)?;
            let Some(spoken) = spoken(books, &record)? else { continue };
            match spoken.decides_again {
                Some(superseded) => {
                    if let Some(origin) = self.of_decision(books, superseded)?
                        && origin.source == folder
                    {
                        letters(&spoken, &origin).try_for_each(&mut each)?;
                    }
                }
                None if is_own => letters(&spoken, outline).try_for_each(&mut each)?,
                None => {}
            }
        }
        Ok(())
    }
}

fn spoken(books: &Books, record: &Record) -> Result<Option<Spoken>, RecordError> {
    let position = Position { index: record.index, hash: record.hash };
    match record.kind {
        DECISION => {
            let Some(saying) = books.saying(record.index)? else { return Ok(None) };
            let decided = saying.decided;
            let is_again = decided.answered.outcome() == Some(OutcomeKind::Redecided);
            let decides_again = is_again.then_some(decided.supersedes);
            let (origin, answered) = (decided.origin.into_owned(), decided.answered);
            Ok(Some(Spoken { origin, answered, position, decides_again }))
        }
        ANSWER => {
            let Some(said) = wire::read_said(&record.payload) else { return Ok(None) };
            let (origin, decides_again) = (said.origin, None);
            if let Some(answered) = said.answered {
                return Ok(Some(Spoken { origin, answered: Arc::new(answered), position, decides_again }));
            }
            let first = books.saying(said.repeats.record)?;
            Ok(first.map(|saying| {
                let (answered, position) = (saying.decided.answered, saying.position);
                Spoken { origin, answered, position, decides_again }
            }))
        }
        _ => Ok(None),
    }
}

/// What is said, as the sender's format says it: one letter for each answer.
fn letters<'s>(spoken: &'s Spoken, outline: &'s Outline) -> impl Iterator<Item = Letter> + 's {
    let mut written = Vec::with_capacity(1024);
    response_xml::write(&spoken.answered, spoken.position, &mut written);
    let letter = |(root, bytes): (&str, &[u8])| Letter {
        bytes: bytes.to_vec(),
        root: root.to_owned(),
        file: outline.file_of(&spoken.origin).to_owned(),
        origin: spoken.origin.clone(),
        is_one_of_several: outline.is_one_of_several(&spoken.origin),
        is_taken: spoken.answered.disposition().is_some(),
        accepted_at: spoken.answered.accepted_at,
        record: spoken.position.index,
    };
    formats::answer::each(&written).map(letter).collect::<Vec<_>>().into_iter()
}
