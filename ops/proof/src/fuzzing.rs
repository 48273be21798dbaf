//! R10 without a fuzzer: mutants of seeds and corpus, into every surface.
//!
//! It knows nothing of coverage, so it is no stead for the long run of `ops/fuzz`; but it needs no other toolchain, comes to
//! the same on every machine, and shows each mutant again by its number.

use crate::bases::Base;
use crate::mutate::{mutant, mutant_of_bytes};
use crate::progress::Progress;
use crate::surfaces::{SURFACES, Surface, corpus};
use crate::{Extent, Proof};
use anyhow::{Result, bail, ensure};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The proof.
pub const PROOF: Proof = Proof {
    name: "fuzzing",
    shows: "R10: no bytes break a place where bytes come in",
    floor: 20_000,
    full: 1_000_000,
    run,
};

/// Below a surface's share of a run with every change nothing would be shown.
const RUNS_MIN: u64 = 50;

fn run(extent: &Extent) -> Result<String> {
    let mut all = 0;
    let is_wanted = |surface: &&Surface| extent.of.as_ref().is_none_or(|of| of == surface.name);
    for surface in SURFACES.iter().filter(is_wanted) {
        let runs = if extent.is_full { extent.count } else { (extent.count / surface.cost).max(RUNS_MIN) };
        all += runs;
        println!(
            "  {:>9}  {}: {}, {}",
            runs,
            surface.name,
            surface.takes,
            of_surface(surface, runs, extent)?
        );
    }
    Ok(format!("{all} runs of {} surfaces, none broken, seed {}", SURFACES.len(), extent.seed))
}

fn of_surface(surface: &'static Surface, runs: u64, extent: &Extent) -> Result<String> {
    let mut bases = corpus(&extent.root, surface)?;
    bases.extend((surface.seeds)(&extent.root)?);
    ensure!(!bases.is_empty(), "{} has no seeds", surface.name);
    let numbers = extent.only.map_or(0..runs, |only| only..only + 1);
    let mut progress = Progress::of(surface.name, runs);
    for number in numbers {
        let mutant = made(&bases, extent.seed, number);
        if extent.only.is_some() {
            println!("{}: {}\n{}", surface.name, mutant.made, mutant.bytes.escape_ascii());
        }
        if catch_unwind(AssertUnwindSafe(|| (surface.run)(&mutant.bytes))).is_err() {
            println!("  WRONG {number}: {}", mutant.made);
            let (seed, name) = (extent.seed, surface.name);
            println!("        cargo run -p proof -- fuzzing --seed {seed} --of {name} --only {number}");
            bail!("{} breaks", surface.name);
        }
        progress.done(number);
    }
    Ok(progress.finish(runs))
}

/// Half of them know what XML is.
fn made(bases: &[Base], seed: u64, number: u64) -> crate::mutate::Mutant {
    if number.is_multiple_of(2) { mutant(bases, seed, number) } else { mutant_of_bytes(bases, seed, number) }
}
