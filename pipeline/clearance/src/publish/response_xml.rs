//! The answer to the sender in his own format, written from what the journal keeps of a decision (rulings O6, O9).

use crate::publish::ndjson::sentence;
use crate::record::Position;
use crate::record::wire::Answered;
use engine::Law;
use engine::outcome::Outcome;
use formats::answer::{Answer, Echo, Told};
use formats::{FORMATS, named};
use model::decision::{Disposition, Mode, OutcomeKind};
use model::digest::push_hex;
use model::finding::{Effect, Language};
use serde::{Deserialize, Deserializer};

/// Findings told in one answer; the rest stand in the decision list.
const SENTENCES_MAX: usize = 3;
/// Characters of one note: what the desks' systems store.
const NOTE_CHARACTERS_MAX: usize = 250;

/// Digits of the journal's hash that an answer repeats.
const HASH_DIGITS: usize = 16;
/// Digits of it that name an answer among all.
const REFERENCE_DIGITS: usize = 32;

const WANTS_DOCUMENTS: u8 = 1;
const IS_MENDABLE: u8 = 2;

/// Outcome, disposition, mode and flags as bytes.
pub fn codes(outcome: &Outcome) -> [u8; 4] {
    let wants = outcome.told.iter().any(|told| rulebook::release::wants_documents(told.finding.rule));
    let is_final = |told: &engine::outcome::Told| {
        told.finding.effect == Effect::Reject && !rulebook::release::is_mendable(told.finding.rule)
    };
    let flags = if wants { WANTS_DOCUMENTS } else { 0 }
        | if outcome.told.iter().any(is_final) { 0 } else { IS_MENDABLE };
    [
        outcome.kind as u8,
        outcome.disposition.map_or(u8::MAX, |disposition| disposition as u8),
        outcome.mode.map_or(u8::MAX, |mode| mode as u8),
        flags,
    ]
}

/// The sentences of the answer: what happens, then what was found, gravest first.
pub fn note(outcome: &Outcome, law: &Law<'_>, language: Language) -> String {
    let mut note = match (outcome.disposition, outcome.mode) {
        // Held and rejected goods have the mode of that name: it is said once.
        (Some(disposition), Some(mode)) if !matches!(mode, Mode::Hold | Mode::Reject) => {
            [disposition.words(), mode.words()].map(|words| words.in_language(language)).join(" ")
        }
        (Some(disposition), _) => disposition.words().in_language(language).to_owned(),
        _ => outcome.kind.words().in_language(language).to_owned(),
    };
    let mut told: Vec<_> = outcome.told.iter().collect();
    told.sort_by_key(|told| std::cmp::Reverse(told.finding.effect));
    for told in told.iter().take(SENTENCES_MAX) {
        let rule = law.rulebook.rule(told.finding.rule);
        note.push_str(&format!("; {} {}", rule.id, sentence(rule, told, language)));
    }
    if told.len() > SENTENCES_MAX {
        note.push_str(&format!("; +{}", told.len() - SENTENCES_MAX + outcome.n_more));
    }
    match note.char_indices().nth(NOTE_CHARACTERS_MAX) {
        Some((end, _)) => format!("{}…", &note[..end]),
        None => note,
    }
}

/// Writes the answer to a document.
pub fn write(answered: &Answered, position: Position, into: &mut Vec<u8>) {
    let mut reference = String::with_capacity(REFERENCE_DIGITS);
    push_hex(&position.hash[..REFERENCE_DIGITS / 2], &mut reference);
    let mut index = itoa::Buffer::new();
    let hash = &reference[..HASH_DIGITS];
    let note = [&answered.note, " [journal ", index.format(position.index), " b3:", hash, "]"].concat();
    let format = named(&answered.format).unwrap_or(FORMATS[0]);
    let line = if format.tells_findings() { Line::of(answered) } else { Line::default() };
    let answer = Answer {
        version: line.version.unwrap_or_default(),
        reference: &reference,
        findings: &line.findings,
        n_more: line.findings_more,
        ..answer(answered, &note)
    };
    format.answer(&answer, into);
    let is_clean = matches!(answer.disposition, Some(Disposition::Release | Disposition::Inspect));
    if is_clean && !answered.certificates.is_empty() {
        linked(answered, &answer, into);
    }
}

/// A certificate that a clean declaration rests on is approved (ruling O9: linked and clean).
fn linked(answered: &Answered, answer: &Answer<'_>, into: &mut Vec<u8>) {
    for number in &answered.certificates {
        let echo = Echo { certificate_number: number.clone(), ..Echo::default() };
        let linked = Answer {
            outcome: OutcomeKind::Filed,
            disposition: None,
            is_linked: true,
            echo: &echo,
            ..*answer
        };
        formats::single_window_certificate::SingleWindowCertificate.answer(&linked, into);
    }
}

use formats::Format;

fn answer<'a>(answered: &'a Answered, note: &'a str) -> Answer<'a> {
    let [.., flags] = answered.codes;
    Answer {
        outcome: answered.outcome().unwrap_or(OutcomeKind::Refused),
        disposition: answered.disposition(),
        mode: answered.mode(),
        documents_wanted: flags & WANTS_DOCUMENTS != 0,
        is_mendable: flags & IS_MENDABLE != 0,
        is_linked: false,
        echo: &answered.echo,
        accepted_at: answered.accepted_at,
        note,
        version: 0,
        reference: "",
        findings: &[],
        n_more: 0,
    }
}

/// What the line that was printed says of version and findings.
#[derive(Default, Deserialize)]
struct Line {
    version: Option<u32>,
    #[serde(deserialize_with = "all_told")]
    findings: Vec<Told>,
    #[serde(default)]
    findings_more: usize,
}

impl Line {
    fn of(answered: &Answered) -> Line {
        let line = format!("{{{},{}", answered.line_head, answered.line_tail);
        serde_json::from_str(&line).expect("a line of ours has the fields it is written with")
    }
}

fn all_told<'d, D: Deserializer<'d>>(from: D) -> Result<Vec<Told>, D::Error> {
    #[derive(Deserialize)]
    struct Finding {
        rule: String,
        effect: String,
        pointer: String,
        message: String,
    }
    let findings = Vec::<Finding>::deserialize(from)?;
    let told = |Finding { rule, effect, pointer, message }| Told { rule, effect, pointer, message };
    Ok(findings.into_iter().map(told).collect())
}
