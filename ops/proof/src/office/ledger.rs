//! The account of an outside client: what he was told, and whether the office still says so.
//!
//! He knows what lies under final names in the output folders, for that is the acknowledgement. After any fault everything
//! he was told must be in the journal in the same words, nothing may be decided twice, every document must have exactly one
//! outcome, and the office must know what a healthy one knows.

use super::{DATA, Step, input_folder, output_folder};
use anyhow::{Context, Result, anyhow, bail, ensure};
use clearance::record::{RecordError, journal, wire};
use clearance::verify::verify;
use clearance::world::World;
use clearance::world::memory::Memory;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use verifier::{End, Head, en};

/// What an office knows and said, when all is done.
#[derive(Debug, PartialEq, Eq)]
pub struct Known {
    /// Every decision, without what depends on how often things were sent: number, version and what was said.
    decisions: Vec<String>,
    /// What became of each document of each step in the end.
    said: BTreeMap<Place, String>,
}

/// Step, input and number of a document.
type Place = (usize, String, u64);

/// What was acknowledged at some moment.
#[derive(Debug, Default)]
pub struct Told {
    /// Lines under a final name.
    lines: Vec<Value>,
    /// Heads of the journal that summaries name.
    heads: Vec<Head>,
}

/// The journal as it can be read: decisions and answers by sequence.
struct Recorded {
    /// Number, version and line of each decision.
    decisions: BTreeMap<u64, Value>,
    answers: BTreeSet<u64>,
    n_outcomes: usize,
    /// Digests of inputs.
    inputs: Vec<[u8; 32]>,
}

/// What lies under final names now.
///
/// # Errors
/// When something of it is half.
pub fn told(world: &Memory, n_steps: usize) -> Result<Told> {
    let mut told = Told::default();
    for number in 0..n_steps {
        let out = output_folder(number);
        if let Ok(bytes) = world.bytes(&out.join("decisions.ndjson")) {
            told.lines.extend(lines(&bytes)?);
        }
        if let Ok(bytes) = world.bytes(&out.join("summary.json")) {
            let summary: Value = serde_json::from_slice(&bytes).context("half a summary")?;
            let head = &summary["journal"];
            let text = format!("{}:{}", head["index"], head["hash"].as_str().unwrap_or(""));
            told.heads.push(text.parse().map_err(|why| anyhow!("{why}"))?);
        }
    }
    Ok(told)
}

/// What the office knows now that all steps were sent to their end.
///
/// # Errors
/// When its accounts are wrong in themselves.
pub fn known(world: &Memory, steps: &[Step]) -> Result<Known> {
    let recorded = recorded(world)?;
    let mut keys = BTreeSet::new();
    for line in recorded.decisions.values() {
        let key = (text(line, "number"), line["version"].as_u64(), line.get("caused_by").is_some());
        let is_first = line["number"].is_null() || keys.insert(key.clone());
        ensure!(is_first, "decided twice: {key:?}");
    }
    let n_sequences = recorded.decisions.len() + recorded.answers.len();
    let last = recorded.decisions.keys().chain(&recorded.answers).max().copied().unwrap_or(0);
    let is_without_gap = recorded.n_outcomes == n_sequences && last == n_sequences as u64;
    ensure!(is_without_gap, "{n_sequences} sequences, {} outcomes, the last is {last}", recorded.n_outcomes);
    for (name, bytes) in steps.iter().flat_map(|it| &it.inputs) {
        let hash = blake3::hash(bytes);
        ensure!(recorded.inputs.contains(hash.as_bytes()), "the journal does not say that {name} came in");
    }
    for hash in &recorded.inputs {
        let hex = blake3::Hash::from_bytes(*hash).to_hex();
        let path = Path::new(DATA).join("evidence/raw").join(&hex[..2]).join(hex.as_str());
        let bytes = world.bytes(&path).with_context(|| format!("evidence {hex} is gone"))?;
        ensure!(blake3::hash(&bytes).as_bytes() == hash, "evidence {hex} is other bytes");
    }
    nothing_is_left(world)?;
    let mut decisions: Vec<String> =
        recorded.decisions.into_values().map(|line| in_itself(line).to_string()).collect();
    decisions.sort_unstable();
    Ok(Known { decisions, said: said(world, steps)? })
}

impl Known {
    /// Fails with the first thing that is known otherwise in a healthy office.
    ///
    /// # Errors
    /// When there is one.
    pub fn is_like(&self, healthy: &Known) -> Result<()> {
        let (ours, theirs) = (&self.decisions, &healthy.decisions);
        let other =
            ours.iter().find(|it| !theirs.contains(it)).or(theirs.iter().find(|it| !ours.contains(it)));
        ensure!(other.is_none(), "a decision that is not in both: {}", other.map_or("", |it| it));
        ensure!(ours.len() == theirs.len(), "{} decisions, {} in a healthy office", ours.len(), theirs.len());
        for (place, said) in &self.said {
            let healthy = healthy.said.get(place);
            ensure!(healthy == Some(said), "{place:?}: {said}, in a healthy office {healthy:?}");
        }
        ensure!(self.said.len() == healthy.said.len(), "not every document has an outcome");
        Ok(())
    }
}

/// What is made on the way goes at the end of a run, or with the next start.
///
/// # Errors
/// When something is there.
pub fn nothing_is_left(world: &Memory) -> Result<()> {
    let incoming = Path::new(DATA).join("evidence/incoming");
    match world.paths().into_iter().find(|it| it.starts_with(&incoming)) {
        Some(left) => bail!("{} is left", left.display()),
        None => Ok(()),
    }
}

/// What was told must still be so.
///
/// # Errors
/// When it is not.
pub fn still(world: &Memory, told: &Told) -> Result<()> {
    let verdict = verify(world, Path::new(DATA), &told.heads)?;
    ensure!(verdict.end == End::Whole && verdict.n_heads == told.heads.len(), "{}", en(&verdict));
    let recorded = recorded(world)?;
    for line in &told.lines {
        let sequence = line["sequence"].as_u64().context("a line without sequence")?;
        match text(line, "outcome").as_str() {
            "decided" | "redecided" | "filed" => {
                let found = recorded.decisions.get(&sequence);
                let found =
                    found.with_context(|| format!("lost: decision {sequence}, {}", line["number"]))?;
                let mut said = line.clone();
                for field in ["sequence", "input", "document", "offset", "outcome"] {
                    said.as_object_mut().context("a line is an object")?.remove(field);
                }
                ensure!(said == *found, "decision {sequence} was told otherwise:\n{said}\n{found}");
            }
            _ => ensure!(recorded.answers.contains(&sequence), "lost: answer {sequence}"),
        }
    }
    Ok(())
}

fn recorded(world: &Memory) -> Result<Recorded> {
    let shared: Arc<dyn World> = Arc::new(world.fork());
    let reader = journal::look(shared, Path::new(DATA), journal::Limits::default())?;
    let mut recorded =
        Recorded { decisions: BTreeMap::new(), answers: BTreeSet::new(), n_outcomes: 0, inputs: Vec::new() };
    let mut unread = None;
    reader.scan(1, |record| {
        let read = take(&mut recorded, record.kind, &record.payload);
        if read.is_none() {
            unread.get_or_insert(record.index);
        }
        Ok::<(), RecordError>(())
    })?;
    ensure!(unread.is_none(), "record {unread:?} cannot be read");
    Ok(recorded)
}

fn take(recorded: &mut Recorded, kind: clearance::record::Kind, payload: &[u8]) -> Option<()> {
    match kind {
        wire::DECISION => {
            let decided = wire::read_decided(payload)?;
            let line = format!("{{{},{}", decided.answered.line_head, decided.answered.line_tail);
            recorded.decisions.insert(decided.sequence, serde_json::from_str(&line).ok()?);
            recorded.n_outcomes += 1;
        }
        wire::ANSWER => {
            recorded.answers.insert(wire::read_answer(payload)?.0);
            recorded.n_outcomes += 1;
        }
        wire::INPUT => recorded.inputs.push(wire::read_input(payload)?.2),
        _ => {}
    }
    Some(())
}

/// What became of each document, exactly one outcome each; a decision that is made again adds to it.
fn said(world: &Memory, steps: &[Step]) -> Result<BTreeMap<Place, String>> {
    let mut said = BTreeMap::new();
    for (number, step) in steps.iter().enumerate() {
        let before = said.len();
        let bytes = world.bytes(&output_folder(number).join("decisions.ndjson"));
        let inputs = input_folder(number);
        for line in lines(&bytes.with_context(|| format!("step {number} has no list"))?)? {
            if text(&line, "outcome") == "redecided" {
                continue;
            }
            let name = text(&line, "input");
            ensure!(world.paths().contains(&inputs.join(&name)), "{name} was not sent in step {number}");
            let place = (number, name, line["document"].as_u64().context("a line without document")?);
            let of_what =
                format!("{} {} {} {}", line["number"], line["version"], line["disposition"], line["mode"]);
            ensure!(said.insert(place.clone(), of_what).is_none(), "two outcomes of {place:?}");
        }
        let n_said = said.len() - before;
        ensure!(n_said == step.n_documents, "{n_said} outcomes of {} documents", step.n_documents);
    }
    Ok(said)
}

/// A decision without the sequences of others, which shift when something was sent twice.
fn in_itself(mut line: Value) -> Value {
    for field in ["supersedes", "caused_by"] {
        if line.get(field).is_some() {
            line[field] = Value::Bool(true);
        }
    }
    line
}

fn lines(ndjson: &[u8]) -> Result<Vec<Value>> {
    let text = std::str::from_utf8(ndjson).context("a list is not UTF-8")?;
    ensure!(text.is_empty() || text.ends_with('\n'), "half a list under its final name");
    text.lines().map(|line| serde_json::from_str(line).context("half a line")).collect()
}

fn text(line: &Value, field: &str) -> String {
    line[field].as_str().unwrap_or("-").to_owned()
}
