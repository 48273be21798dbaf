//! What the books of an office say, and whether they hold together in themselves.

use super::DATA;
use anyhow::{Context, Result, bail, ensure};
use clearance::record::{Record, RecordError, journal, wire};
use clearance::world::World;
use clearance::world::memory::Memory;
use model::decision::OutcomeKind;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// The journal as it can be read: decisions and answers by sequence.
#[derive(Default)]
pub struct Recorded {
    /// Number, version and line of each decision.
    pub decisions: BTreeMap<u64, Value>,
    /// Sequences of answers that decide nothing.
    pub answers: BTreeSet<u64>,
    /// Names and digests of inputs.
    pub inputs: Vec<(String, [u8; 32])>,
    /// The hash of each record.
    pub hashes: BTreeMap<u64, [u8; 32]>,
    /// What became of each document, by the input it stood in.
    pub outcomes: Vec<(String, OutcomeKind)>,
    /// Outcomes since the last submission was opened; none where none is open.
    open: Option<[u64; OutcomeKind::ALL.len()]>,
    /// A submission whose accounts are not what was recorded, by the record of its end.
    wrong: Option<u64>,
}

/// Reads the journal.
///
/// # Errors
/// When a record of it cannot be read.
pub fn recorded(world: &Memory) -> Result<Recorded> {
    let shared: Arc<dyn World> = Arc::new(world.fork());
    let reader = journal::look(shared, Path::new(DATA), journal::Limits::default())?;
    let (mut recorded, mut unread) = (Recorded::default(), None);
    reader.scan(1, |record| {
        if recorded.take(&record).is_none() {
            unread.get_or_insert(record.index);
        }
        Ok::<(), RecordError>(())
    })?;
    ensure!(unread.is_none(), "record {unread:?} cannot be read");
    Ok(recorded)
}

impl Recorded {
    fn take(&mut self, record: &Record) -> Option<()> {
        self.hashes.insert(record.index, record.hash);
        let payload = &record.payload;
        match record.kind {
            wire::SUBMISSION => self.open = Some([0; OutcomeKind::ALL.len()]),
            wire::DECISION => {
                let decided = wire::read_decided(payload)?;
                let line = format!("{{{},{}", decided.answered.line_head, decided.answered.line_tail);
                self.decisions.insert(decided.sequence, serde_json::from_str(&line).ok()?);
                self.count(decided.origin.into_owned().input, decided.answered.outcome()?);
            }
            wire::ANSWER => {
                let said = wire::read_said(payload)?;
                self.answers.insert(wire::read_answer(payload)?.0);
                let kind = said.answered.map_or(Some(OutcomeKind::Repeated), |it| it.outcome())?;
                self.count(said.origin.input, kind);
            }
            wire::INPUT => {
                let (name, _, digest) = wire::read_input(payload)?;
                self.inputs.push((name, digest));
            }
            wire::END if self.open.take() != wire::read_end(payload) => {
                self.wrong.get_or_insert(record.index);
            }
            _ => {}
        }
        Some(())
    }

    fn count(&mut self, input: String, kind: OutcomeKind) {
        if let (Some(open), Some(at)) = (&mut self.open, OutcomeKind::ALL.iter().position(|it| *it == kind)) {
            open[at] += 1;
        }
        self.outcomes.push((input, kind));
    }

    /// Fails where the books do not hold together: something is decided twice, a sequence is missing, the accounts of a
    /// submission do not close, raw input is gone, or something half done is left.
    ///
    /// # Errors
    /// When there is such a place.
    pub fn hold_together(&self, world: &Memory) -> Result<()> {
        let mut keys = BTreeSet::new();
        for line in self.decisions.values() {
            let key = (text(line, "number"), line["version"].as_u64(), line.get("caused_by").is_some());
            let is_first = line["number"].is_null() || keys.insert(key.clone());
            ensure!(is_first, "decided twice: {key:?}");
        }
        let (n_sequences, n_outcomes) = (self.decisions.len() + self.answers.len(), self.outcomes.len());
        let last = self.decisions.keys().chain(&self.answers).max().copied().unwrap_or(0);
        let is_without_gap = n_outcomes == n_sequences && last == n_sequences as u64;
        ensure!(is_without_gap, "{n_sequences} sequences, {n_outcomes} outcomes, the last is {last}");
        ensure!(self.wrong.is_none(), "the accounts of a submission do not close: record {:?}", self.wrong);
        for (name, hash) in &self.inputs {
            let hex = blake3::Hash::from_bytes(*hash).to_hex();
            let path = Path::new(DATA).join("evidence/raw").join(&hex[..2]).join(hex.as_str());
            let bytes = world.bytes(&path).with_context(|| format!("evidence {hex} of {name} is gone"))?;
            ensure!(blake3::hash(&bytes).as_bytes() == hash, "evidence {hex} is other bytes");
        }
        nothing_is_left(world)
    }

    /// Every decision in order of its words, without what depends on how often things were sent.
    pub fn decided(self, without: &[&str]) -> Vec<String> {
        let mut decisions: Vec<String> = self
            .decisions
            .into_values()
            .map(|mut line| {
                for field in without.iter().filter(|it| line.get(it).is_some()).collect::<Vec<_>>() {
                    line[*field] = Value::Bool(true);
                }
                line.to_string()
            })
            .collect();
        decisions.sort_unstable();
        decisions
    }
}

/// Fails with the first decision that is in one of these lists alone.
///
/// # Errors
/// When there is one.
pub fn same_decisions(ours: &[String], healthy: &[String]) -> Result<()> {
    let other = ours.iter().find(|it| !healthy.contains(it)).or(healthy.iter().find(|it| !ours.contains(it)));
    ensure!(other.is_none(), "a decision that is not in both: {}", other.map_or("", |it| it));
    ensure!(ours.len() == healthy.len(), "{} decisions, {} in a healthy office", ours.len(), healthy.len());
    Ok(())
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

/// A text of a line; a dash for none.
pub fn text(line: &Value, field: &str) -> String {
    line[field].as_str().unwrap_or("-").to_owned()
}
