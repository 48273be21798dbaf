//! Several runs into one, in order, in constant memory.

use super::super::RecordError;
use super::Key;
use super::run::{RunStream, RunWriter};

/// Copies every entry of the inputs, in order and once.
pub(super) fn merge(inputs: Vec<RunStream>, into: &mut RunWriter) -> Result<(), RecordError> {
    let mut heads = Vec::with_capacity(inputs.len());
    for mut input in inputs {
        if let Some(entry) = input.next()? {
            heads.push((order(entry), entry, input));
        }
    }
    let mut last = None;
    // A handful of inputs: looking at all of them is as quick as keeping a heap.
    while let Some(at) = (0..heads.len()).min_by_key(|at| heads[*at].0) {
        let (_, entry, input) = &mut heads[at];
        if last != Some(*entry) {
            into.push(entry.0, entry.1)?;
            last = Some(*entry);
        }
        match input.next()? {
            Some(next) => {
                heads[at].0 = order(next);
                heads[at].1 = next;
            }
            None => drop(heads.swap_remove(at)),
        }
    }
    Ok(())
}

fn order((key, value): (Key, u64)) -> (u128, u64) {
    (u128::from_be_bytes(key.0), value)
}
