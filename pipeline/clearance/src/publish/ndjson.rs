//! One line of JSON a document, in order of decision (design section 5).
//!
//! A line is written once, when the document is decided, and stands in the journal as it was printed; a repeat prints the
//! same tail again behind a head of its own (ruling K7).

mod fees;
pub(crate) mod json;

use self::json::Members;
use crate::record::embedded::moment_text;
use crate::record::wire::Answered;
use engine::Law;
use engine::outcome::{Attached, Outcome, Told};
use model::decision::{Draw, OutcomeKind};
use model::digest::push_hex;
use model::finding::{Evidence, Language, Value, fill};
use model::ledger::Origin;
use rulebook::rule::Rule;

/// The line of an outcome: `first_sequence` where it repeats one, `answered` what it says or says again.
pub fn write(
    sequence: u64,
    outcome: &Outcome,
    first_sequence: Option<u64>,
    answered: &Answered,
    into: &mut Vec<u8>,
) {
    write_said((sequence, outcome.kind, first_sequence), &outcome.origin, answered, into);
}

/// The same of what the journal says: the sequence, what the outcome was and what it repeats; where the document stood.
pub fn write_said(
    (sequence, outcome, first_sequence): (u64, OutcomeKind, Option<u64>),
    origin: &Origin,
    answered: &Answered,
    into: &mut Vec<u8>,
) {
    let mut own = String::with_capacity(HEAD_BYTES);
    own.push('{');
    position(sequence, origin, &mut Members::new(&mut own));
    own.push(',');
    let position_len = own.len();
    kind(outcome, first_sequence, &mut Members::new(&mut own));
    let (position, kind) = own.split_at(position_len);
    for part in [position, &answered.line_head, ",", kind, ",", &answered.line_tail, "\n"] {
        into.extend_from_slice(part.as_bytes());
    }
}

/// Where the document stood.
fn position(sequence: u64, origin: &Origin, line: &mut Members<'_>) {
    line.number("sequence", sequence);
    line.text("input", &origin.input);
    line.number("document", origin.document);
    line.number("offset", origin.offset);
}

/// Fields from `format` to `version`.
pub fn head(outcome: &Outcome) -> String {
    let mut head = String::with_capacity(HEAD_BYTES);
    let mut line = Members::new(&mut head);
    for (name, text) in
        [("format", outcome.format), ("declarant", &outcome.declarant), ("number", &outcome.number)]
    {
        line.text_or_null(name, (!text.is_empty()).then_some(text));
    }
    match outcome.version {
        0 => line.null("version"),
        version => line.number("version", version),
    }
    head
}

/// The outcome, with what only some outcomes say.
fn kind(kind: OutcomeKind, first_sequence: Option<u64>, line: &mut Members<'_>) {
    line.text("outcome", kind.name());
    if let Some(first_sequence) = first_sequence {
        line.number("first_sequence", first_sequence);
    }
}

/// Fields from `disposition` to the end, with the closing brace.
pub fn tail(outcome: &Outcome, law: &Law<'_>, language: Language, supersedes: Option<u64>) -> String {
    let mut tail = String::with_capacity(TAIL_BYTES);
    let line = &mut Members::new(&mut tail);
    if let Some(supersedes) = supersedes {
        line.number("supersedes", supersedes);
    }
    if !outcome.caused_by.is_empty() {
        line.text("caused_by", &outcome.caused_by);
    }
    line.text_or_null("disposition", outcome.disposition.map(|disposition| disposition.name()));
    line.text_or_null("mode", outcome.mode.map(|mode| mode.name()));
    line.objects("findings", &outcome.told, |object, told| finding(told, law, language, object));
    if outcome.n_more > 0 {
        line.number("findings_more", outcome.n_more);
    }
    line.objects("not_judged", &outcome.not_judged, |object, not_judged| {
        object.text("rule", not_judged.rule.0);
        object.text("why", not_judged.why.in_language(language));
    });
    line.objects("trace", &outcome.trace, |object, step| {
        object.text("rule", step.rule.0);
        object.text("before", &step.before.in_language(Language::En));
        object.text("after", &step.after.in_language(Language::En));
    });
    line.object_or_null("fees", outcome.fees.as_ref(), |object, assessment| {
        fees::write(assessment, language, object);
    });
    line.object_or_null("draw", outcome.draw.as_ref(), |object, made| draw(made, object));
    line.texts("documents_waived", &outcome.documents_waived);
    line.texts("certificates", &outcome.certificates);
    if let Some(attached) = &outcome.attached {
        attachments(attached, line);
    }
    line.digits_or_null("accepted_at", outcome.accepted_at.map(moment_text));
    line.digest("rulebook", law.rulebook.digest);
    line.digest("registers", law.registers.digest);
    match outcome.decided_on.or(outcome.content) {
        Some(content) => line.digest("digest", content),
        None => line.null("digest"),
    }
    tail.push('}');
    tail
}

/// The fees of a line by themselves.
#[cfg(test)]
pub(super) fn fees_alone(assessment: &model::assessment::Assessment, language: Language) -> String {
    let mut text = String::from("{");
    fees::write(assessment, language, &mut Members::new(&mut text));
    text.push('}');
    text
}

/// The sentence of a finding.
pub fn sentence(rule: &Rule, told: &Told, language: Language) -> String {
    let mut sentence = String::new();
    fill(rule.message.in_language(language), &told.finding.evidence, language, &mut sentence);
    sentence
}

/// What the parts of a line take when little is found.
const HEAD_BYTES: usize = 256;
const TAIL_BYTES: usize = 2048;

/// `b3:` and the digest in hexadecimal.
pub fn digest_text(digest: &[u8; 32]) -> String {
    let mut text = String::from("b3:");
    push_hex(digest, &mut text);
    text
}

pub(crate) fn finding(told: &Told, law: &Law<'_>, language: Language, object: &mut Members<'_>) {
    let finding = &told.finding;
    let rule = law.rulebook.rule(finding.rule);
    object.text("rule", rule.id.0);
    object.text("effect", finding.effect.name());
    object.text("basis", rule.basis.letter());
    object.text("pointer", &told.pointer);
    object.number("line", told.line);
    object.number("column", told.column);
    object.text("title", rule.title.in_language(language));
    object.text("message", &sentence(rule, told, language));
    object.text("remedy", rule.remedy.in_language(language));
    object.object("evidence", |object| evidence(&finding.evidence, object));
    let citations: Vec<String> = rule.citation.iter().map(ToString::to_string).collect();
    object.text("citation", &citations.join("; "));
}

/// Numbers of the trade are texts, so that no reader rounds them. Machines read this: words of ours stand in one
/// language, whatever a person has asked for.
fn evidence(evidence: &Evidence, object: &mut Members<'_>) {
    for (name, value) in evidence {
        match value {
            Value::Integer(number) => object.number(name, *number),
            other => object.text(name, &other.in_language(Language::En)),
        }
    }
}

fn draw(draw: &Draw, object: &mut Members<'_>) {
    object.text("rule", draw.rule.0);
    object.number("version", draw.version);
    object.text("number", &draw.number);
    object.digits("seed_date", draw.seed_date);
    object.text("commitment", &draw.commitment);
    object.truth("committed", draw.committed);
    object.number("ratio_bp", draw.ratio_bp);
    object.number("draw_bp", draw.draw_bp);
    object.truth("hit", draw.hit);
}

/// Attachments listed on one line, then "and more": thousands of messages may share a ZIP with thousands of files.
const ATTACHMENTS_MAX: usize = 100;

/// In the order of the ZIP. Beyond the limit those nobody names are left out first.
fn attachments(Attached { all, named }: &Attached, line: &mut Members<'_>) {
    let mut n_unnamed_left = ATTACHMENTS_MAX.saturating_sub(named.len());
    let mut n_left = ATTACHMENTS_MAX;
    let listed = all.list.iter().enumerate().filter_map(|(idx, attachment)| {
        let document = named.get(&idx).map(String::as_str);
        let left = if document.is_some() { &mut n_left } else { &mut n_unnamed_left };
        *left = left.checked_sub(1)?;
        Some((attachment, document))
    });
    line.objects("attachments", listed, |object, (attachment, document)| {
        object.text("name", &attachment.name);
        object.number("bytes", attachment.bytes);
        object.digest("digest", attachment.digest);
        object.text_or_null("document", document);
    });
    let n_more = all.list.len().saturating_sub(ATTACHMENTS_MAX);
    if n_more > 0 {
        line.number("attachments_more", n_more);
    }
}
