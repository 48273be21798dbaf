//! The account of an outside client: what he was told, and whether the office still says so.
//!
//! He knows what lies under final names in the output folders, for that is the acknowledgement. After any fault everything
//! he was told must be in the journal in the same words, nothing may be decided twice, every document must have exactly one
//! outcome, and the office must know what a healthy one knows.

use super::books::{recorded, same_decisions, text};
use super::{DATA, Step, input_folder, output_folder};
use anyhow::{Context, Result, anyhow, ensure};
use clearance::verify::verify;
use clearance::world::memory::Memory;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
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
    recorded.hold_together(world)?;
    for (name, bytes) in steps.iter().flat_map(|it| &it.inputs) {
        let hash = *blake3::hash(bytes).as_bytes();
        let is_there = recorded.inputs.iter().any(|(_, digest)| *digest == hash);
        ensure!(is_there, "the journal does not say that {name} came in");
    }
    let left = world.paths().into_iter().find(|path| path.extension().is_some_and(|it| it == "partial"));
    ensure!(left.is_none(), "{left:?} is left");
    // Sequences of others shift when something was sent twice.
    let decisions = recorded.decided(&["supersedes", "caused_by"]);
    Ok(Known { decisions, said: said(world, steps)? })
}

/// What was decided again came in with another submission and will not come again: its line was told at some time.
///
/// # Errors
/// When one never was.
pub fn everything_made_again(world: &Memory, told: &[Told]) -> Result<()> {
    let lines = told.iter().flat_map(|it| &it.lines);
    let made_again = lines.filter(|line| text(line, "outcome") == "redecided");
    let made_again: BTreeSet<u64> = made_again.filter_map(|line| line["sequence"].as_u64()).collect();
    for (sequence, line) in recorded(world)?.decisions {
        let is_told = line.get("caused_by").is_none() || made_again.contains(&sequence);
        ensure!(is_told, "decided again and never told: {sequence}, {}", line["number"]);
    }
    Ok(())
}

impl Known {
    /// Fails with the first thing that is known otherwise in a healthy office.
    ///
    /// # Errors
    /// When there is one.
    pub fn is_like(&self, healthy: &Known) -> Result<()> {
        same_decisions(&self.decisions, &healthy.decisions)?;
        for (place, said) in &self.said {
            let healthy = healthy.said.get(place);
            ensure!(healthy == Some(said), "{place:?}: {said}, in a healthy office {healthy:?}");
        }
        ensure!(self.said.len() == healthy.said.len(), "not every document has an outcome");
        Ok(())
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

fn lines(ndjson: &[u8]) -> Result<Vec<Value>> {
    let text = std::str::from_utf8(ndjson).context("a list is not UTF-8")?;
    ensure!(text.is_empty() || text.ends_with('\n'), "half a list under its final name");
    text.lines().map(|line| serde_json::from_str(line).context("half a line")).collect()
}
