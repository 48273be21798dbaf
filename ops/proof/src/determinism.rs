//! R6: the same messages give the same journal, byte for byte, on any threads and in any windows.

use crate::office::{DATA, How, Step, office, output_folder, send};
use crate::progress::Progress;
use crate::{Extent, Proof};
use anyhow::{Context, Result, bail};
use clearance::world::World;
use clearance::world::memory::Memory;
use fixtures::generate::{OrderWeights, Plan, Shape, Size, write};
use std::path::Path;
use std::sync::Arc;

/// The proof. It counts documents.
pub const PROOF: Proof = Proof {
    name: "determinism",
    shows: "R6: threads and windows do not change a byte of the journal or of what is said",
    floor: 1_500,
    full: 100_000,
    run,
};

const HOWS: &[How] = &[
    How { n_threads: 1, window_bytes: 4 << 20 },
    How { n_threads: 1, window_bytes: 1 },
    How { n_threads: 2, window_bytes: 512 << 10 },
    How { n_threads: 2, window_bytes: 50_000 },
    How { n_threads: 8, window_bytes: 300_000 },
];
const N_SEEDS: u64 = 5;

fn run(extent: &Extent) -> Result<String> {
    let seeds: Vec<u64> = match extent.only {
        Some(only) => vec![only],
        None => (0..N_SEEDS).map(|it| extent.seed + it).collect(),
    };
    let mut progress = Progress::of("seeds", N_SEEDS);
    let mut digests = Vec::new();
    for (number, seed) in seeds.iter().enumerate() {
        digests.push(same(*seed, extent)?);
        progress.done(number as u64 + 1);
    }
    progress.finish(N_SEEDS);
    let all = blake3::hash(digests.concat().as_bytes()).to_hex();
    let (n_seeds, n_hows) = (seeds.len(), HOWS.len());
    Ok(format!(
        "{} documents of {n_seeds} seeds from {}, each on threads 1, 2 and 8 in {n_hows} ways: journals and lists equal, digest of all {}",
        extent.count,
        extent.seed,
        &all[..16]
    ))
}

/// The digest of what one seed comes to, in whatever way.
fn same(seed: u64, extent: &Extent) -> Result<String> {
    let step = messages(seed, (extent.count / N_SEEDS).max(20))?;
    let mut first: Option<String> = None;
    for how in HOWS {
        let world = office(std::slice::from_ref(&step));
        let shared: Arc<dyn World> = Arc::new(world.clone());
        send(&shared, 0, *how)?;
        let digest = digest(&world)?;
        if first.get_or_insert_with(|| digest.clone()) != &digest {
            println!("        cargo run -p proof -- determinism --count {} --only {seed}", extent.count);
            bail!("{how:?} comes to another journal or list than {:?}, seed {seed}", HOWS[0]);
        }
    }
    first.context("no way was tried")
}

/// Messages that depend on one another in every way the generator knows.
fn messages(seed: u64, n: u64) -> Result<Step> {
    let plan = Plan {
        size: Size::Declarations(n),
        shape: Shape::UnknownWrapper,
        lines: 1..=5,
        certificate_share_bp: 6_000,
        certificate_order: OrderWeights { before: 3, with: 1, after: 3, other_batch: 1 },
        defect_rate_bp: 2_000,
        ..Plan::new(seed)
    };
    let mut bytes = Vec::new();
    write(&plan, &mut bytes)?;
    Ok(Step { inputs: vec![("a.xml".to_owned(), bytes)], n_documents: n as usize })
}

fn digest(world: &Memory) -> Result<String> {
    let mut hasher = blake3::Hasher::new();
    let journal = Path::new(DATA).join("journal");
    for path in world.paths().into_iter().filter(|it| it.starts_with(&journal)) {
        hasher.update(&world.bytes(&path)?);
    }
    hasher.update(&world.bytes(&output_folder(0).join("decisions.ndjson"))?);
    Ok(hasher.finalize().to_hex().to_string())
}
