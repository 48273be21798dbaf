//! One line of JSON a document, in order of decision (design section 5).
//!
//! A line is written once, when the document is decided, and stands in the journal as it was printed; a repeat prints the
//! same tail again behind a head of its own (ruling K7).

mod fees;

use self::fees::Fees;
use crate::record::embedded::moment_text;
use crate::record::wire::Answered;
use engine::Law;
use engine::outcome::{Attached, Outcome, Told};
use model::decision::OutcomeKind;
use model::finding::{Language, Value};
use model::ledger::Origin;
use rulebook::rule::{Rule, fill};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

/// The line of an outcome: `first_sequence` where it repeats one, `answered` what it says or says again.
pub fn write(
    sequence: u64,
    outcome: &Outcome,
    first_sequence: Option<u64>,
    answered: &Answered,
    into: &mut Vec<u8>,
) {
    position(sequence, &outcome.origin, into);
    into.extend_from_slice(answered.line_head.as_bytes());
    kind(outcome.kind, first_sequence, into);
    into.extend_from_slice(answered.line_tail.as_bytes());
    into.push(b'\n');
}

/// Fields up to where the document stood.
fn position(sequence: u64, origin: &Origin, into: &mut Vec<u8>) {
    into.extend_from_slice(b"{\"sequence\":");
    into.extend_from_slice(sequence.to_string().as_bytes());
    into.extend_from_slice(b",\"input\":");
    json(&origin.input, into);
    into.extend_from_slice(
        format!(",\"document\":{},\"offset\":{},", origin.document, origin.offset).as_bytes(),
    );
}

/// Fields from `format` to `version`.
pub fn head(outcome: &Outcome) -> String {
    #[derive(Serialize)]
    struct Head<'o> {
        format: Option<&'o str>,
        declarant: Option<&'o str>,
        number: Option<&'o str>,
        version: Option<u32>,
    }
    fn filled(text: &str) -> Option<&str> {
        (!text.is_empty()).then_some(text)
    }
    let head = Head {
        format: filled(outcome.format),
        declarant: filled(&outcome.declarant),
        number: filled(&outcome.number),
        version: (outcome.version > 0).then_some(outcome.version),
    };
    inside(&head, HEAD_BYTES)
}

/// The outcome, with what only some outcomes say.
fn kind(kind: OutcomeKind, first_sequence: Option<u64>, into: &mut Vec<u8>) {
    into.extend_from_slice(format!(",\"outcome\":\"{}\"", kind.name()).as_bytes());
    if let Some(first_sequence) = first_sequence {
        into.extend_from_slice(format!(",\"first_sequence\":{first_sequence}").as_bytes());
    }
    into.push(b',');
}

/// Fields from `disposition` to the end, with the closing brace.
pub fn tail(outcome: &Outcome, law: &Law<'_>, language: Language, supersedes: Option<u64>) -> String {
    #[derive(Serialize)]
    struct Tail<'o> {
        #[serde(skip_serializing_if = "Option::is_none")]
        supersedes: Option<u64>,
        #[serde(skip_serializing_if = "str::is_empty")]
        caused_by: &'o str,
        disposition: Option<&'static str>,
        mode: Option<&'static str>,
        findings: Findings<'o>,
        #[serde(skip_serializing_if = "is_zero")]
        findings_more: usize,
        not_judged: NotJudged<'o>,
        trace: Trace<'o>,
        fees: Option<Fees<'o>>,
        draw: Option<Draw<'o>>,
        documents_waived: &'o [&'static str],
        certificates: &'o [String],
        #[serde(skip_serializing_if = "Option::is_none")]
        attachments: Option<AttachmentList<'o>>,
        #[serde(skip_serializing_if = "is_zero")]
        attachments_more: usize,
        accepted_at: Option<String>,
        rulebook: Digest,
        registers: Digest,
        digest: Option<Digest>,
    }
    let tail = Tail {
        supersedes,
        caused_by: &outcome.caused_by,
        disposition: outcome.disposition.map(|disposition| disposition.name()),
        mode: outcome.mode.map(|mode| mode.name()),
        findings: Findings { told: &outcome.told, law, language },
        findings_more: outcome.n_more,
        not_judged: NotJudged { outcome, language },
        trace: Trace { outcome },
        fees: outcome.fees.as_ref().map(|assessment| Fees { assessment, language }),
        draw: outcome.draw.as_ref().map(Draw),
        documents_waived: &outcome.documents_waived,
        certificates: &outcome.certificates,
        attachments: outcome.attached.as_ref().map(AttachmentList),
        attachments_more: outcome
            .attached
            .as_ref()
            .map_or(0, |attached| attached.all.list.len().saturating_sub(ATTACHMENTS_MAX)),
        accepted_at: outcome.accepted_at.map(moment_text),
        rulebook: Digest(law.rulebook.digest),
        registers: Digest(law.registers.digest),
        digest: outcome.content.map(Digest),
    };
    let mut line = inside(&tail, TAIL_BYTES);
    line.push('}');
    line
}

/// The sentence of a finding.
pub fn sentence(rule: &Rule, told: &Told, language: Language) -> String {
    let mut sentence = String::new();
    fill(rule.message.in_language(language), &told.finding.evidence, language, &mut sentence);
    sentence
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// What the parts of a line take when little is found.
const HEAD_BYTES: usize = 256;
const TAIL_BYTES: usize = 1536;

/// A map without its braces: lines are put together from parts.
fn inside(fields: &impl Serialize, n_bytes: usize) -> String {
    let mut bytes = Vec::with_capacity(n_bytes);
    json(fields, &mut bytes);
    bytes.pop();
    bytes.remove(0);
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

fn json(value: &(impl Serialize + ?Sized), into: &mut Vec<u8>) {
    serde_json::to_writer(into, value).expect("writing to memory does not fail, and all keys are texts");
}

struct Digest([u8; 32]);

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = *b"b3:0000000000000000000000000000000000000000000000000000000000000000";
        for (digits, byte) in text[3..].as_chunks_mut::<2>().0.iter_mut().zip(self.0) {
            *digits = [byte >> 4, byte & 0xF].map(|digit| b"0123456789abcdef"[digit as usize]);
        }
        serializer.serialize_str(str::from_utf8(&text).expect("digits are ASCII"))
    }
}

/// `b3:` and the digest in hexadecimal.
pub fn digest_text(digest: &[u8; 32]) -> String {
    format!("b3:{}", blake3::Hash::from_bytes(*digest).to_hex())
}

struct Findings<'o> {
    told: &'o [Told],
    law: &'o Law<'o>,
    language: Language,
}

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut findings = serializer.serialize_seq(Some(self.told.len()))?;
        for told in self.told {
            findings.serialize_element(&OneFinding { told, law: self.law, language: self.language })?;
        }
        findings.end()
    }
}

struct OneFinding<'o> {
    told: &'o Told,
    law: &'o Law<'o>,
    language: Language,
}

impl Serialize for OneFinding<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let finding = &self.told.finding;
        let rule = self.law.rulebook.rule(finding.rule);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("rule", rule.id.0)?;
        map.serialize_entry("effect", finding.effect.name())?;
        map.serialize_entry("basis", rule.basis.letter())?;
        map.serialize_entry("pointer", &self.told.pointer)?;
        map.serialize_entry("line", &self.told.line)?;
        map.serialize_entry("column", &self.told.column)?;
        map.serialize_entry("title", rule.title.in_language(self.language))?;
        map.serialize_entry("message", &sentence(rule, self.told, self.language))?;
        map.serialize_entry("remedy", rule.remedy.in_language(self.language))?;
        map.serialize_entry("evidence", &EvidenceMap { evidence: &finding.evidence })?;
        let citations: Vec<String> = rule.citation.iter().map(ToString::to_string).collect();
        map.serialize_entry("citation", &citations.join("; "))?;
        map.end()
    }
}

struct EvidenceMap<'o> {
    evidence: &'o [(&'static str, Value)],
}

impl Serialize for EvidenceMap<'_> {
    /// Numbers of the trade are texts, so that no reader rounds them. Machines read this: words of ours stand in one
    /// language, whatever a person has asked for.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.evidence.len()))?;
        for (name, value) in self.evidence {
            match value {
                Value::Integer(number) => map.serialize_entry(name, number)?,
                other => map.serialize_entry(name, &other.in_language(Language::En))?,
            }
        }
        map.end()
    }
}

struct NotJudged<'o> {
    outcome: &'o Outcome,
    language: Language,
}

impl Serialize for NotJudged<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.outcome.not_judged.len()))?;
        for not_judged in &self.outcome.not_judged {
            #[derive(Serialize)]
            struct One<'a> {
                rule: &'a str,
                why: &'a str,
            }
            list.serialize_element(&One {
                rule: not_judged.rule.0,
                why: not_judged.why.in_language(self.language),
            })?;
        }
        list.end()
    }
}

struct Trace<'o> {
    outcome: &'o Outcome,
}

impl Serialize for Trace<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.outcome.trace.len()))?;
        for step in &self.outcome.trace {
            #[derive(Serialize)]
            struct One<'a> {
                rule: &'a str,
                before: std::borrow::Cow<'a, str>,
                after: std::borrow::Cow<'a, str>,
            }
            list.serialize_element(&One {
                rule: step.rule.0,
                before: step.before.in_language(Language::En),
                after: step.after.in_language(Language::En),
            })?;
        }
        list.end()
    }
}

struct Draw<'o>(&'o model::decision::Draw);

impl Serialize for Draw<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let draw = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("rule", draw.rule.0)?;
        map.serialize_entry("version", &draw.version)?;
        map.serialize_entry("number", &draw.number)?;
        map.serialize_entry("seed_date", &draw.seed_date.to_string())?;
        map.serialize_entry("commitment", &draw.commitment)?;
        map.serialize_entry("committed", &draw.committed)?;
        map.serialize_entry("ratio_bp", &draw.ratio_bp)?;
        map.serialize_entry("draw_bp", &draw.draw_bp)?;
        map.serialize_entry("hit", &draw.hit)?;
        map.end()
    }
}

/// Attachments listed on one line, then "and more": thousands of messages may share a ZIP with thousands of files.
const ATTACHMENTS_MAX: usize = 100;

struct AttachmentList<'o>(&'o Attached);

impl Serialize for AttachmentList<'_> {
    /// In the order of the ZIP. Beyond the limit those nobody names are left out first.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct One<'a> {
            name: &'a str,
            bytes: u64,
            digest: Digest,
            document: Option<&'a str>,
        }
        let Attached { all, named } = self.0;
        let mut n_unnamed_left = ATTACHMENTS_MAX.saturating_sub(named.len());
        let mut n_left = ATTACHMENTS_MAX;
        let mut list = serializer.serialize_seq(None)?;
        for (idx, attachment) in all.list.iter().enumerate() {
            let document = named.get(&idx).map(String::as_str);
            let left = if document.is_some() { &mut n_left } else { &mut n_unnamed_left };
            if *left == 0 {
                continue;
            }
            *left -= 1;
            let (name, bytes, digest) = (&attachment.name, attachment.bytes, Digest(attachment.digest));
            list.serialize_element(&One { name, bytes, digest, document })?;
        }
        list.end()
    }
}
