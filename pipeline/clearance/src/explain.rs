//! `clearance explain`: the whole trail of one decision, for a question on the phone.
//!
//! What was decided is told from the journal alone. Beside it the document is read again from the evidence and judged by
//! the rule book and registers at hand, to say what each rule saw; where those are others than decided then, or the
//! evidence is gone, that is said and only the journal speaks. Nothing is ever written.

mod again;
mod tell;

pub use tell::tell;

use crate::publish::ndjson::digest_text;
use crate::record::RecordError;
use crate::record::embedded::look::{CameIn, Look, declarant_of};
use crate::record::embedded::{Saying, moment_text};
use crate::registers::{self, RegisterError};
use crate::world::World;
use again::Again;
use engine::Law;
use formats::frame::Message;
use formats::single_window_inspection::SingleWindowInspection;
use model::decision::{Draw, OutcomeKind};
use model::finding::Language;
use rulebook::Rulebook;
use serde::Serialize;
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    /// Any number of the document.
    pub number: &'q str,
    /// Who filed it; anybody when not said.
    pub declarant: Option<&'q str>,
    /// The version; the latest when not said.
    pub version: Option<u32>,
    /// Data folder.
    pub data: &'q Path,
    /// Registers folder.
    pub registers: &'q Path,
    /// Language of sentences.
    pub language: Language,
}

/// Why nothing is explained.
#[derive(Debug, thiserror::Error)]
pub enum ExplainError {
    /// The books could not be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The registers are bad.
    #[error("the registers were not loaded")]
    Registers(RegisterError),
    /// The shipped tables are bad, or there are no threads.
    #[error("{0}")]
    Setting(String),
    /// Nobody filed a document under this number.
    #[error("there is no decision on a document with the number {0}")]
    NotFound(String),
    /// The document has no such version.
    #[error("the document has no version {version}, only {n} decisions")]
    NoVersion {
        /// Asked for.
        version: u32,
        /// Decisions there are.
        n: usize,
    },
    /// Several documents have the number.
    #[error("{} documents have this number; say which by --declarant:\n{}", .0.len(), .0.join("\n"))]
    Several(Vec<String>),
}

/// A decision with all that led to it.
#[derive(Debug, Serialize)]
pub struct Explanation {
    /// Message format.
    pub format: String,
    /// Who filed.
    pub declarant: String,
    /// The number it is known by.
    pub number: String,
    /// Its customs entry number, where one is known.
    pub entry_number: String,
    /// Its client number.
    pub client_number: String,
    /// Version explained.
    pub version: u32,
    /// What became of it.
    pub outcome: &'static str,
    /// Position in the order of decisions.
    pub sequence: u64,
    /// Where it stood.
    pub input: String,
    /// Number in the input.
    pub document: u32,
    /// First line of the document in it.
    pub line: u32,
    /// Acceptance.
    pub accepted_at: Option<String>,
    /// How acceptance was asked for, and the program that decided.
    pub submission: Option<SubmissionTold>,
    /// All decisions on the document, oldest first.
    pub versions: Vec<Version>,
    /// The decision, by the names of its line in `decisions.ndjson`.
    pub decision: Value,
    /// What judging it again gave; none when that could not be done.
    pub again: Option<Again>,
    /// Why it could not be judged again.
    pub not_again: Option<String>,
    /// Why documents of others under the same number may have been missed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_searched: Option<String>,
    /// The shell line that draws again, once the secret is known.
    pub recompute_draw: Option<String>,
    /// Where the decision stands in the journal.
    pub journal: Standing,
}

/// The submission a document came in.
#[derive(Debug, Serialize)]
pub struct SubmissionTold {
    /// Acceptance as asked for.
    pub accepted: String,
    /// Version of the program.
    pub program: String,
}

/// One decision on the document.
#[derive(Debug, Serialize)]
pub struct Version {
    /// Version.
    pub version: u32,
    /// Sequence.
    pub sequence: u64,
    /// What became of it.
    pub outcome: &'static str,
    /// What happens to the goods.
    pub disposition: Option<&'static str>,
    /// Acceptance.
    pub accepted_at: Option<String>,
    /// Sequence of the decision it supersedes (K3, K4).
    pub supersedes: Option<u64>,
    /// The certificate that caused it (K3).
    pub caused_by: Option<String>,
    /// It is the one explained.
    pub explained: bool,
}

/// Where a decision stands in the journal, as the receipt repeats it.
#[derive(Debug, Serialize)]
pub struct Standing {
    /// Index.
    pub index: u64,
    /// Own hash.
    pub hash: String,
    /// The sentence of the receipt.
    pub receipt: String,
}

impl Explanation {
    /// The same for machines, on one line.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("writing to memory does not fail, and all keys are texts")
    }
}

/// Explains a decision.
pub fn explain(world: &Arc<dyn World>, question: &Question<'_>) -> Result<Explanation, ExplainError> {
    let look = Look::open(world, question.data)?;
    let (versions, not_searched) = find(&look, question)?;
    let chosen_idx = chosen(&versions, question.version)?;
    let came_in = look.came_in(received(&versions[..=chosen_idx]))?;
    let rulebook = Rulebook::shipped().map_err(|error| ExplainError::Setting(error.to_string()))?;
    let loaded = registers::load(&**world, question.registers).map_err(ExplainError::Registers)?;
    let law = Law { rulebook: &rulebook, registers: &loaded.registers };
    let (again, not_again) =
        match again::judge(&look, &versions, chosen_idx, &came_in, &law, question.language) {
            Ok(again) => (Some(again), None),
            Err(again::Cannot::World(RecordError::ArchiveAway { path, .. })) => {
                (None, Some(format!("{}: {}", path.display(), again::AWAY.in_language(question.language))))
            }
            Err(again::Cannot::World(error)) => return Err(error.into()),
            Err(again::Cannot::Document(why)) => (None, Some(why.in_language(question.language).to_owned())),
        };
    let mut explanation = recorded(&versions, chosen_idx, came_in);
    if explanation.entry_number.is_empty() {
        explanation.entry_number = look.late_entry_number(versions[0].position.index)?;
    }
    explanation.not_again = not_again;
    explanation.not_searched = not_searched.map(|error| error.to_string());
    explanation.again = again;
    // The same decision in the language that is asked for; what was printed then may be in another.
    if let Some(line) = explanation.again.as_mut().and_then(|again| again.line.take()) {
        explanation.decision = line;
    }
    Ok(explanation)
}

/// The document's decisions, oldest first, and why others may have its number, too.
fn find(look: &Look, question: &Question<'_>) -> Result<(Vec<Saying>, Option<RecordError>), ExplainError> {
    let (ids, not_searched) = match question.declarant {
        Some(declarant) => (look.of_declarant(declarant, question.number)?, None),
        None => look.of_anybody(question.number)?,
    };
    let mut found = Vec::new();
    for id in ids {
        let versions = look.versions(id)?;
        if !versions.is_empty() {
            found.push(versions);
        }
    }
    // An inspection application may be known by the number of its declaration: then the declaration is meant.
    if found.iter().any(|versions| !is_application(versions)) {
        found.retain(|versions| !is_application(versions));
    }
    match found.len() {
        0 => Err(ExplainError::NotFound(question.number.to_owned())),
        1 => Ok((found.swap_remove(0), not_searched)),
        _ => Err(ExplainError::Several(found.iter().map(|versions| one_of_several(versions)).collect())),
    }
}

fn is_application(versions: &[Saying]) -> bool {
    versions[0].decided.answered.format == SingleWindowInspection::NAME
}

fn one_of_several(versions: &[Saying]) -> String {
    let decided = &versions[versions.len() - 1].decided;
    let (declarant, disposition) = (declarant_of(decided), decided.answered.disposition());
    let disposition = disposition.map_or("-", |it| it.name());
    format!(
        "  --declarant {declarant}  {} {} version {} {disposition}",
        decided.answered.format, decided.number, decided.version
    )
}

/// Of several decisions on one version the latest counts.
fn chosen(versions: &[Saying], version: Option<u32>) -> Result<usize, ExplainError> {
    let Some(version) = version else { return Ok(versions.len() - 1) };
    let chosen = versions.iter().rposition(|it| it.decided.version == version);
    chosen.ok_or(ExplainError::NoVersion { version, n: versions.len() })
}

/// The decision whose submission brought the document: what is decided again was received before (K3).
fn received(versions: &[Saying]) -> &Saying {
    let is_received = |it: &&Saying| kind_of(it.decided.answered.codes[0]) != Some(OutcomeKind::Redecided);
    versions.iter().rfind(is_received).unwrap_or(&versions[versions.len() - 1])
}

/// What the journal says.
fn recorded(versions: &[Saying], chosen_idx: usize, came_in: CameIn) -> Explanation {
    let Saying { decided, position } = &versions[chosen_idx];
    let kind = kind_of(decided.answered.codes[0]);
    let told = |(idx, saying): (usize, &Saying)| version(versions, idx, saying, idx == chosen_idx);
    Explanation {
        format: decided.answered.format.to_string(),
        declarant: declarant_of(decided),
        number: decided.number.to_string(),
        entry_number: decided.entry_number.to_string(),
        client_number: decided.client_number.to_string(),
        version: decided.version,
        outcome: kind.map_or("", OutcomeKind::name),
        sequence: decided.sequence,
        input: decided.origin.input.clone(),
        document: decided.origin.document,
        line: decided.origin.line,
        accepted_at: decided.accepted_at.map(moment_text),
        submission: came_in
            .submission
            .map(|it| SubmissionTold { accepted: it.accepted, program: it.program }),
        versions: versions.iter().enumerate().map(told).collect(),
        decision: tail(&decided.answered.line_tail),
        again: None,
        not_again: None,
        not_searched: None,
        recompute_draw: decided.draw.as_deref().map(shell_line),
        journal: Standing {
            index: position.index,
            hash: digest_text(&position.hash),
            receipt: decided.answered.note.clone(),
        },
    }
}

fn version(versions: &[Saying], idx: usize, saying: &Saying, explained: bool) -> Version {
    let decided = &saying.decided;
    let superseded = versions[..idx].iter().find(|it| it.position.index == decided.supersedes);
    Version {
        version: decided.version,
        sequence: decided.sequence,
        outcome: kind_of(decided.answered.codes[0]).map_or("", OutcomeKind::name),
        disposition: decided.answered.disposition().map(|it| it.name()),
        accepted_at: decided.accepted_at.map(moment_text),
        supersedes: superseded.map(|it| it.decided.sequence),
        caused_by: tail(&decided.answered.line_tail)["caused_by"].as_str().map(str::to_owned),
        explained,
    }
}

/// The fields of a line from `disposition` on.
fn tail(line_tail: &str) -> Value {
    serde_json::from_str(&format!("{{{line_tail}")).unwrap_or_default()
}

fn kind_of(code: u8) -> Option<OutcomeKind> {
    OutcomeKind::ALL.into_iter().find(|kind| *kind as u8 == code)
}

/// As README shows it; the secret stands for what the office reveals after the day.
fn shell_line(draw: &Draw) -> String {
    let Draw { seed_date, number, rule, version, .. } = draw;
    let quoted = format!("v1|{seed_date}:SECRET|{number}|{rule}|{version}").replace('\'', "'\\''");
    format!("printf %s '{quoted}' | sha256sum")
}
