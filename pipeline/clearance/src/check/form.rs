//! How findings are told: the form is chosen once, and each writes what became of a document by itself, side by side.

use super::counts::Counts;
use super::human::{self, Colours};
use super::{CheckError, Order, lines, svrl};
use crate::publish::report::Finder;
use crate::run::Progress;
use engine::Law;
use engine::outcome::Outcome;
use engine::parallel::Pool;
use model::finding::Language;
use model::ledger::Origin;
use std::io::Write;

/// The forms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// A paragraph a finding, with the line it speaks of; on standard error.
    #[default]
    Human,
    /// A line a finding, `file:line:column: error: …`, for editors; on standard error.
    Short,
    /// A JSON object a line; on standard output.
    Json,
    /// A report in SVRL (ISO 19757-3), for Schematron tools; on standard output.
    Svrl,
}

impl Form {
    /// Whether it is for people, who read it beside the progress of the check.
    pub const fn is_for_people(self) -> bool {
        matches!(self, Form::Human | Form::Short)
    }
}

/// What everything told of one document is made from.
#[derive(Clone, Copy)]
pub(super) struct Telling<'t> {
    pub outcome: &'t Outcome,
    /// Where the document stood that this one repeats.
    pub first: Option<&'t Origin>,
    /// The document; empty where it is no text.
    pub text: &'t str,
    /// It came out of a Base64 value, within which lines and columns are counted.
    pub is_embedded: bool,
    pub law: Law<'t>,
    pub language: Language,
}

/// Tells what became of one window after the other, in the form asked for.
pub(super) struct Teller<'t> {
    form: Form,
    colours: Colours,
    law: Law<'t>,
    language: Language,
    has_registers: bool,
    counts: Counts,
    /// Documents told of so far.
    n_told: u64,
    output: &'t mut (dyn Write + Send),
}

impl<'t> Teller<'t> {
    pub fn new(order: &Order, law: Law<'t>, output: &'t mut (dyn Write + Send)) -> Teller<'t> {
        Teller {
            form: order.form,
            colours: Colours::of(order.is_coloured),
            law,
            language: order.language,
            has_registers: order.registers.is_some(),
            counts: Counts::default(),
            n_told: 0,
            output,
        }
    }

    /// What stands before everything.
    pub fn begin(&mut self) -> Result<(), CheckError> {
        if self.form == Form::Svrl {
            self.output
                .write_all(&svrl::head(self.language, self.has_registers))
                .map_err(CheckError::Output)?;
        }
        Ok(())
    }

    /// Tells what became of the documents of a window, in order.
    pub fn tell(
        &mut self,
        outcomes: &[Outcome],
        firsts: &[Option<Origin>],
        finder: &Finder<'_>,
        pool: &Pool,
        progress: &Progress,
    ) -> Result<(), CheckError> {
        let (form, colours, law, language) = (self.form, self.colours, self.law, self.language);
        let first_told = self.n_told + 1;
        self.n_told += outcomes.len() as u64;
        let numbered: Vec<(u64, (&Outcome, &Option<Origin>))> =
            (first_told..).zip(outcomes.iter().zip(firsts)).collect();
        let pieces = pool.map(&numbered, |&(nth, (outcome, first))| {
            let first = first.as_ref();
            let document = finder.document(outcome);
            let text = document.map_or("", |(_, text)| text);
            let is_embedded = document.is_some_and(|(raw, _)| raw.embedded);
            let telling = Telling { outcome, first, text, is_embedded, law, language };
            match form {
                Form::Human => human::paragraphs(&telling, colours).into_bytes(),
                Form::Short => human::short(&telling).into_bytes(),
                Form::Json => lines::of(&telling).into_bytes(),
                Form::Svrl => svrl::pattern(&telling, nth),
            }
        });
        outcomes.iter().for_each(|outcome| self.counts.count(outcome));
        let piece = pieces.concat();
        if piece.is_empty() {
            return Ok(());
        }
        let written = match form.is_for_people() {
            true => progress.aside(|| self.output.write_all(&piece)),
            false => self.output.write_all(&piece),
        };
        written.map_err(CheckError::Output)
    }

    /// What stands behind everything, and what it came to.
    pub fn end(self, n_documents: u64) -> Result<Counts, CheckError> {
        let Teller { form, colours, law, language, has_registers, mut counts, output, .. } = self;
        counts.n_documents = n_documents;
        let end = match form {
            Form::Human => human::end(&counts, has_registers, language, colours),
            Form::Short => human::end(&counts, has_registers, language, Colours::of(false)),
            Form::Json => lines::summary(&counts, &law, has_registers),
            Form::Svrl => svrl::END.to_owned(),
        };
        output.write_all(end.as_bytes()).and_then(|()| output.flush()).map_err(CheckError::Output)?;
        Ok(counts)
    }
}
