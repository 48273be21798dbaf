//! A stream of any bytes: containers, encodings, and where documents begin and end.
//!
//! There is an outcome, the size of windows changes nothing, and no document is larger than one may be.

use super::Surface;
use crate::bases::{self, Base};
use crate::reading::{Piece, all_encodings, cut};
use anyhow::Result;
use model::limits::Limits;
use std::path::Path;

pub(super) const SURFACE: Surface =
    Surface { name: "decode", takes: "an input as it is received", run, seeds, cost: 40 };

fn run(bytes: &[u8]) {
    let whole = documents(bytes, usize::MAX);
    assert!(!whole.is_empty(), "an input without an outcome");
    assert!(whole.iter().all(|it| it.text.len() as u64 <= Limits::default().cut_bytes));
    let by_one = documents(bytes, 1);
    let told = |pieces: &[Piece]| -> Vec<String> {
        pieces.iter().map(|it| format!("{} {:?} {:?}", it.text, it.namespaces, it.verdict)).collect()
    };
    assert_eq!(told(&by_one), told(&whole), "the size of a window changes what is found");
}

fn documents(bytes: &[u8], window_bytes: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    cut(bytes, &all_encodings(), window_bytes, |piece| pieces.push(piece)).expect("memory can be read");
    pieces
}

fn seeds(root: &Path) -> Result<Vec<Base>> {
    let mut seeds = bases::all(root)?;
    seeds.extend(super::packed::containers(b"<DecMessage><DecHead/></DecMessage>")?);
    Ok(seeds)
}
