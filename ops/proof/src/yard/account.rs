//! The account of the firms: what they found in their folders, and whether it is still so.
//!
//! An answer under its name and a file out of the `OutBox` are the acknowledgement. After any fault every answer that was
//! seen stands there byte for byte and names a record that is in the journal; every file lies in exactly one box; and in
//! the end everybody has got what a healthy service would have given him, once.

use super::{FOLDERS, Step};
use crate::office::DATA;
use crate::office::books::{recorded, same_decisions};
use anyhow::{Context, Result, ensure};
use clearance::verify::verify;
use clearance::world::memory::Memory;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use verifier::{End, en};

/// What stood in the folders at some moment.
#[derive(Debug, Default)]
pub struct Told {
    /// Answers under their names.
    answers: BTreeMap<PathBuf, Vec<u8>>,
    /// Files in `SentBox` and `FailBox`.
    moved: BTreeMap<PathBuf, Vec<u8>>,
}

/// What an office knows and has said when all is done.
#[derive(Debug)]
pub struct Known {
    /// Every decision, without what depends on how often things came, and when.
    decisions: Vec<String>,
    /// Folder, root and base name of every answer, and what it says but for times and the place in the journal.
    answers: BTreeSet<(String, String, String)>,
    /// Which file lies in which box, by the bytes: a name that is there gets a number.
    moved: Vec<(String, String)>,
}

/// What stands in the folders now.
///
/// # Errors
/// When a file cannot be read.
pub fn told(world: &Memory) -> Result<Told> {
    let mut told = Told::default();
    for path in world.paths() {
        match box_of(&path) {
            Some((_, "InBox")) if !is_unfinished(&path) => {
                told.answers.insert(path.clone(), world.bytes(&path)?);
            }
            Some((_, "SentBox" | "FailBox")) if !is_unfinished(&path) => {
                // What is no file has no bytes, and was never taken: it may go with half a move.
                if let Ok(bytes) = world.bytes(&path) {
                    told.moved.insert(path.clone(), bytes);
                }
            }
            _ => {}
        }
    }
    Ok(told)
}

/// What was told must still be so.
///
/// # Errors
/// When it is not.
pub fn still(world: &Memory, before: &Told) -> Result<()> {
    let verdict = verify(world, Path::new(DATA), &[])?;
    ensure!(verdict.end == End::Whole, "{}", en(&verdict));
    let (now, hashes) = (told(world)?, recorded(world)?.hashes);
    for (path, bytes) in &before.answers {
        ensure!(now.answers.get(path) == Some(bytes), "{} is gone or says otherwise", path.display());
        let Some((index, digits)) = witness(bytes) else { continue };
        let hash = hashes.get(&index).map(|it| blake3::Hash::from_bytes(*it).to_hex());
        let is_there = hash.as_ref().is_some_and(|hash| hash.starts_with(&digits));
        ensure!(is_there, "{} names record {index}, which is another or none", path.display());
    }
    for (path, bytes) in &before.moved {
        ensure!(now.moved.get(path) == Some(bytes), "{} is gone or other bytes", path.display());
    }
    Ok(())
}

/// What is known now that all steps were gone through to their end.
///
/// # Errors
/// When the accounts are wrong in themselves.
pub fn known(world: &Memory, steps: &[Step]) -> Result<Known> {
    let books = recorded(world)?;
    books.hold_together(world)?;
    let told = told(world)?;
    for path in world.paths() {
        let is_done = box_of(&path).is_none_or(|(_, it)| it != "OutBox") && !is_unfinished(&path);
        ensure!(is_done, "{} is left", path.display());
    }
    for dropped in steps.iter().flat_map(|it| &it.dropped) {
        let Some(bytes) = &dropped.bytes else { continue };
        let hash = *blake3::hash(bytes).as_bytes();
        let is_there = books.inputs.iter().any(|(name, digest)| *name == dropped.name && *digest == hash);
        ensure!(is_there, "the journal does not say that {} came in", dropped.name);
        let outcomes = books.outcomes.iter().filter(|(input, _)| *input == dropped.name);
        ensure!(outcomes.count() > 0, "no outcome of {}", dropped.name);
    }
    let moved = told.moved.iter().map(|(path, bytes)| {
        let (folder, of) = box_of(path).unwrap_or_default();
        (format!("{folder}/{of}"), blake3::hash(bytes).to_hex().to_string())
    });
    let mut moved: Vec<_> = moved.collect();
    moved.sort_unstable();
    let mut answers = BTreeSet::new();
    for (path, bytes) in &told.answers {
        let (folder, _) = box_of(path).unwrap_or_default();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (base, _) = name.rsplit_once('_').with_context(|| format!("{name} has no time"))?;
        let says = in_itself(std::str::from_utf8(bytes)?);
        ensure!(answers.insert((folder.to_owned(), base.to_owned(), says)), "{name} is told twice");
    }
    let decisions = books.decided(&["supersedes", "caused_by", "accepted_at"]);
    Ok(Known { decisions, answers, moved })
}

impl Known {
    /// Fails with the first thing that is known otherwise in a healthy office.
    ///
    /// # Errors
    /// When there is one.
    pub fn is_like(&self, healthy: &Known) -> Result<()> {
        same_decisions(&self.decisions, &healthy.decisions)?;
        let other = self.answers.symmetric_difference(&healthy.answers).next();
        ensure!(other.is_none(), "an answer that is not in both: {other:?}");
        ensure!(self.moved == healthy.moved, "files lie in other boxes than those of a healthy office");
        Ok(())
    }
}

/// The folder of a firm that a file lies in, and which of its four boxes.
fn box_of(path: &Path) -> Option<(&'static str, &str)> {
    let folder = FOLDERS.into_iter().find(|it| path.starts_with(it))?;
    let inside = path.strip_prefix(folder).ok()?;
    Some((folder, inside.components().next()?.as_os_str().to_str()?))
}

fn is_unfinished(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "tmp" || it == "partial")
}

/// The record an answer names, and the digits of its hash.
fn witness(answer: &[u8]) -> Option<(u64, String)> {
    let text = std::str::from_utf8(answer).ok()?;
    let (_, place) = text.split_once("[journal ")?;
    let (index, digits) = place.split_once(']')?.0.split_once(" b3:")?;
    Some((index.parse().ok()?, digits.to_owned()))
}

/// What an answer says, without its place in the journal and the moment of acceptance: both are others where a file was not
/// decided before the fault.
fn in_itself(text: &str) -> String {
    let mut says = text.split_once("[journal").map_or(text, |(before, _)| before).to_owned();
    for element in ["NOTICE_DATE", "D_DATE", "ReceiveTime", "SendTime"] {
        let open = format!("<{element}>");
        if let Some(start) = says.find(&open).map(|at| at + open.len())
            && let Some(len) = says[start..].find('<')
        {
            says.replace_range(start..start + len, "");
        }
    }
    says
}
