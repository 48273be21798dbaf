//! The list a desk works through: `report.html` and `decisions.xlsx`, asked for by `--report`.
//!
//! Both are made from the lines as the journal keeps them, so a decision said again looks as it did when it was made.
//! What is added here is the place of a finding in the message, without persons (ruling J2), and the words of the other
//! language. Rows are made side by side, written in order, in pieces of so many rows: neither windows nor threads show.

pub(super) mod line;
mod page;
mod sheet;
mod translations;
mod workbook;

use crate::publish::ndjson;
use crate::publish::summary::Json;
use crate::record::RecordError;
use crate::record::wire::Answered;
use crate::world::World;
use engine::outcome::{Latest, Outcome};
use engine::parallel::Pool;
use engine::{Law, Read};
use formats::excerpt::{Excerpt, Spot, excerpts};
use line::Line;
use model::batch::{Inputs, RawDocument};
use model::decision::OutcomeKind;
use model::finding::Language;
use model::ledger::{Origin, Waiting};
use page::{Page, PageRow};
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use translations::Translations;
use workbook::{SheetRows, Workbook};

/// Findings of one document that are shown with their lines: a person reads no more, and the document is read for each.
const EXCERPTS_MAX: usize = 50;

/// What a line takes when little is found.
const LINE_BYTES: usize = 2048;

/// The report of one run, as it grows.
pub struct Report {
    page: Page,
    workbook: Workbook,
    language: Language,
    translations: Translations,
}

/// What became of a document, and what its line is written from.
#[derive(Clone, Copy)]
pub struct Said<'s> {
    /// Position in the order of decisions.
    pub sequence: u64,
    /// What became of it.
    pub outcome: &'s Outcome,
    /// Where it was said first, when it is said again.
    pub first_sequence: Option<u64>,
    /// What is recorded of it.
    pub answered: &'s Answered,
}

/// All that is shown of one document.
struct Row {
    page: PageRow,
    sheets: SheetRows,
}

impl Report {
    /// Begins both files.
    pub fn create(world: &Arc<dyn World>, dir: &Path, language: Language) -> Result<Report, RecordError> {
        Ok(Report {
            page: Page::create(&**world, dir, language)?,
            workbook: Workbook::create(world, dir, language)?,
            language,
            translations: Translations::default(),
        })
    }

    /// Takes what became of a window: each outcome with its line.
    pub fn add(
        &mut self,
        said: &[Said<'_>],
        sources: &Sources<'_>,
        waiting: &[Waiting],
        law: &Law<'_>,
        pool: &Pool,
    ) -> Result<(), RecordError> {
        let finder = sources.finder(waiting);
        let language = self.language;
        let rows = pool.map(said, |said| {
            let mut line = Vec::with_capacity(LINE_BYTES);
            ndjson::write(said.sequence, said.outcome, said.first_sequence, said.answered, &mut line);
            let line = Line::read(&line);
            let excerpts = finder.excerpts(said.outcome, &line);
            Row { page: PageRow::of(&line, &excerpts, law), sheets: SheetRows::of(&line, language) }
        });
        for (said, row) in said.iter().zip(&rows) {
            self.translations.take(said.outcome);
            self.page.add(&row.page)?;
            self.workbook.add(&row.sheets)?;
        }
        Ok(())
    }

    /// Makes both files durable under the names they have until all is; gives the names they get then.
    pub fn finish(self, summary: &Json<'_>, law: &Law<'_>) -> Result<[PathBuf; 2], RecordError> {
        let page = self.page.finish(summary, &self.translations, law)?;
        let workbook = self.workbook.finish(summary)?;
        Ok([page, workbook])
    }
}

/// The documents of a window, to show lines of them.
#[derive(Clone, Copy)]
pub struct Sources<'s> {
    /// The window.
    pub read: &'s Read,
    /// Declarations on file that are decided again.
    pub waiting: &'s Read,
    /// Names of the inputs.
    pub inputs: &'s Inputs,
}

impl<'s> Sources<'s> {
    /// Finds the text of what became of a document of this window.
    pub(crate) fn finder(&self, waiting: &[Waiting]) -> Finder<'s> {
        let documents = self.read.raw().documents.iter().enumerate();
        let inputs = self.inputs;
        let by_place = documents.map(|(idx, raw)| ((inputs.name(raw.input), raw.document), idx)).collect();
        let by_record =
            waiting.iter().enumerate().map(|(idx, waiting)| (waiting.on_file.record, idx)).collect();
        Finder { sources: *self, by_place, by_record }
    }
}

/// Documents by where they stood.
pub(crate) struct Finder<'s> {
    sources: Sources<'s>,
    by_place: FxHashMap<(&'s str, u32), usize>,
    by_record: FxHashMap<u64, usize>,
}

impl Finder<'_> {
    /// The lines each finding speaks of, as far as they are at hand.
    fn excerpts(&self, outcome: &Outcome, line: &Line<'_>) -> Vec<Option<Excerpt>> {
        if line.findings.is_empty() {
            return Vec::new();
        }
        let Some(text) = self.text(outcome) else { return Vec::new() };
        // What is said again was found in the first copy, and this one may have other line breaks.
        let is_repeated = outcome.kind == OutcomeKind::Repeated;
        let findings = line.findings.iter().take(EXCERPTS_MAX);
        let spots = findings.map(|finding| match is_repeated {
            true => Spot::Pointer(&finding.pointer),
            false => Spot::At(finding.line, finding.column),
        });
        let Origin { line, column, .. } = outcome.origin;
        excerpts(text, line, column, &spots.collect::<Vec<_>>())
    }

    /// The document; empty where it is no text.
    fn text(&self, outcome: &Outcome) -> Option<&str> {
        self.document(outcome).map(|(_, text)| text)
    }

    /// The same, and where it came from.
    pub(crate) fn document(&self, outcome: &Outcome) -> Option<(&RawDocument, &str)> {
        let (read, idx) = if outcome.kind == OutcomeKind::Redecided {
            let Some(Latest::OnFile(on_file)) = &outcome.latest else { return None };
            (self.sources.waiting, self.by_record.get(&on_file.record)?)
        } else {
            let Origin { input, document, .. } = &outcome.origin;
            (self.sources.read, self.by_place.get(&(input.as_str(), *document))?)
        };
        let document = read.raw().documents.get(*idx)?;
        Some((document, read.raw().text_of(document)))
    }
}
