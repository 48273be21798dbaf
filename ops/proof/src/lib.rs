//! Proofs that take longer than a test or need a tool that is no crate: one proof a file, all in [`PROOFS`].
//!
//! A proof prints what it counted, and a failure prints the one command that shows it again.
//! The checker is not the system: what is compared with is another parser, a suite of others, or the bytes themselves.

pub mod bases;
pub mod bombs;
pub mod broken;
pub mod conformance;
pub mod crashes;
pub mod damage;
pub mod determinism;
pub mod differential;
pub mod duplicates;
pub mod endurance;
pub mod explained;
pub mod faults;
pub mod fuzzing;
pub mod kills;
pub mod mutate;
pub mod office;
pub mod peer;
pub mod progress;
pub mod reading;
pub mod schedules;
pub mod soak;
pub mod surfaces;
pub mod told;
pub mod yard;

use anyhow::Result;
use std::path::PathBuf;

/// One proof.
pub struct Proof {
    /// What it is called by.
    pub name: &'static str,
    /// What it shows, in a line.
    pub shows: &'static str,
    /// How much of it is done with every change.
    pub floor: u64,
    /// How much of it is done for a release.
    pub full: u64,
    /// Does it, and says in a few words what was counted.
    pub run: fn(&Extent) -> Result<String>,
}

/// How much of a proof is done, and where it begins.
#[derive(Clone, Debug)]
pub struct Extent {
    /// So many of what the proof counts.
    pub count: u64,
    /// Everything drawn comes from here.
    pub seed: u64,
    /// One case alone, looked at closely.
    pub only: Option<u64>,
    /// One part alone, where a proof has parts with names.
    pub of: Option<String>,
    /// What it needs must be there: nothing may be left out.
    pub is_full: bool,
    /// The checkout.
    pub root: PathBuf,
}

/// The seed where none is named.
pub const SEED: u64 = 1;

/// The proofs, in the order they are done.
pub static PROOFS: &[Proof] = &[
    conformance::PROOF,
    differential::PROOF,
    fuzzing::PROOF,
    bombs::PROOF,
    damage::PROOF,
    crashes::PROOF,
    faults::PROOF,
    duplicates::PROOF,
    determinism::PROOF,
    schedules::PROOF,
    broken::PROOF,
    kills::PROOF,
    soak::PROOF,
    endurance::PROOF,
];
