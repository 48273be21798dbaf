//! R5: every damage to a journal is found, at the right record, and nothing damaged is served as good.
//!
//! A journal of 64 KiB is damaged in every way there is: bits flipped, cut short, frames and segments removed, doubled,
//! swapped, put back as they once were, taken from another journal. A larger one is damaged at random. Each time the
//! verifier, which shares nothing with the writer, must name the first bad record, with the head published that a receipt
//! would carry; and the program must refuse to start, or serve what is good and nothing else.

mod made;
mod other;
mod ways;

use crate::mutate::Random;
use crate::progress::Progress;
use crate::{Extent, Proof};
use anyhow::{Result, bail, ensure};
use clearance::record::RecordError;
use clearance::record::journal::Journal;
use clearance::world::memory::Memory;
use clearance::world::{World, create_dir_durable};
use made::{Files, Made, payload};
use std::path::Path;
use std::sync::Arc;
use verifier::{End, Head, en, verify};
use ways::Damage;

/// The proof. It counts flipped bits of the small journal, and every other way beside them.
pub const PROOF: Proof = Proof {
    name: "damage",
    shows: "R5: a journal that was damaged in any way is found out, at the right record",
    floor: 20_000,
    full: 1 << 19,
    run,
};

const SMALL_BYTES: usize = 64 << 10;
/// The larger journal has so many bytes for each damage to it.
const BYTES_PER_DAMAGE: usize = 8 << 10;
const LARGE_BYTES_MAX: usize = 64 << 20;
/// One damage in so many goes into a start of the program too, in full all that are no flipped bits.
const START_EVERY: usize = 41;
const START_EVERY_OTHER: usize = 5;
/// Journals without damage.
const N_CLEAN: u64 = 200;

/// What was counted.
#[derive(Default)]
struct Count {
    damages: u64,
    starts: u64,
    /// Seen by the published head alone.
    by_head: u64,
}

fn run(extent: &Extent) -> Result<String> {
    let small = Made::of(SMALL_BYTES, extent.seed);
    let mut count = Count::default();
    let mut ways = ways::all(&small);
    let n_other = ways.len();
    ways.extend(ways::flips(&small, extent.count, extent.seed));
    each(&small, &ways, extent, "small", &mut count)?;
    let n_flips = ways.len() - n_other;
    let n_large = (extent.count / 100).clamp(1, 10_000) as usize;
    let large = Made::of((n_large * BYTES_PER_DAMAGE).min(LARGE_BYTES_MAX), extent.seed + 1);
    let random: Vec<Damage> =
        (0..n_large).map(|n| ways::random(&large, &mut Random::of(extent.seed, n as u64))).collect();
    each(&large, &random, extent, "large", &mut count)?;
    clean(extent.seed)?;
    rewritten(extent.seed)?;
    let other = match extent.of {
        None => other::beside(&small, &ways[..n_other], extent)?,
        Some(_) => "a second verifier in Python: not asked".to_owned(),
    };
    let Count { damages, starts, by_head } = count;
    Ok(format!(
        "{damages} damages all found at the right record ({n_flips} bits of {} KiB, {n_other} other ways, {n_large} at random in \
         {} MiB), {by_head} of them by the published head alone; {starts} starts served nothing bad; {N_CLEAN} clean journals, \
         no false alarm; {other}",
        small.len() >> 10,
        large.len() >> 20,
    ))
}

/// Damages the journal in each of these ways.
fn each(made: &Made, ways: &[Damage], extent: &Extent, of: &'static str, count: &mut Count) -> Result<()> {
    if extent.of.as_ref().is_some_and(|part| part != of) {
        return Ok(());
    }
    let numbers = extent.only.map_or(0..ways.len(), |only| only as usize..only as usize + 1);
    let mut progress = Progress::of(of, ways.len() as u64);
    let mut flipped = made.files.clone();
    for number in numbers {
        let Some(way) = ways.get(number) else { bail!("there are {} ways", ways.len()) };
        let starts = match way {
            Damage::Flip { .. } => number.is_multiple_of(START_EVERY),
            _ => extent.is_full || extent.only.is_some() || number.is_multiple_of(START_EVERY_OTHER),
        };
        let checked = way.with_applied(made, &mut flipped, |files| check(made, way, files, starts, count));
        if let Err(error) = checked {
            println!("  WRONG {number}: {way:?}");
            let (seed, count) = (extent.seed, extent.count);
            println!(
                "        cargo run -p proof -- damage --seed {seed} --count {count} --of {of} --only {number}"
            );
            return Err(error);
        }
        count.damages += 1;
        progress.done(number as u64);
    }
    progress.finish(ways.len() as u64);
    Ok(())
}

fn check(made: &Made, way: &Damage, files: &Files, starts: bool, count: &mut Count) -> Result<()> {
    let expected = way.first_bad(made);
    let verdict = verify(&mut files.folder(), &[made.head])?;
    let End::Damaged(fault) = &verdict.end else { bail!("not found out: {}", en(&verdict)) };
    ensure!(fault.first_bad_index == expected, "first bad is {expected}, found: {}", en(&verdict));
    if starts {
        let alone = verify(&mut files.folder(), &[])?.end;
        count.by_head += u64::from(alone == End::Whole);
        count.starts += 1;
        started(files, expected, !matches!(alone, End::Damaged(_)))?;
    }
    Ok(())
}

/// Starts the program on it. What may be torn it cuts off, and all before it is there; what was damaged it refuses, at the
/// start or when it is read.
fn started(files: &Files, first_bad: u64, may_be_torn: bool) -> Result<()> {
    let memory = Memory::new();
    let data = Path::new("/data");
    create_dir_durable(&memory, &data.join("journal"))?;
    for (name, bytes) in &files.segments {
        let path = data.join("journal").join(name);
        memory.create(&path)?;
        memory.set_bytes(&path, bytes)?;
    }
    let world: Arc<dyn World> = Arc::new(memory);
    let mut served = 0;
    let read = Journal::open(world, data, made::limits(files.len())).and_then(|journal| {
        journal.scan(1, |record| {
            served += 1;
            assert!(record.index == served && *record.payload == payload(files.seed, served)[..], "{served}");
            Ok::<(), RecordError>(())
        })
    });
    match read {
        Ok(()) if may_be_torn => ensure!(served + 1 == first_bad, "{served} records are left"),
        Ok(()) => bail!("a damaged journal is taken for good, up to record {served}"),
        Err(error) if may_be_torn => bail!("an unfinished end stops the start: {error}"),
        Err(_) => ensure!(served < first_bad, "record {served} is served, {first_bad} is bad"),
    }
    Ok(())
}

/// A journal written anew as a whole, with a chain as whole as the true one: the first published head that does not fit tells.
fn rewritten(seed: u64) -> Result<()> {
    for number in 1..N_CLEAN {
        let len = 1 + 257 * number as usize;
        let (made, forged) = (Made::of(len, seed + number), Made::of(len, seed + number + N_CLEAN));
        let alone = verify(&mut forged.files.folder(), &[])?;
        ensure!(alone.end == End::Whole, "what was to be whole is not: {}", en(&alone));
        let verdict = verify(&mut forged.files.folder(), &made.published)?;
        ensure!(matches!(verdict.end, End::Damaged(_)), "not found out: {}", en(&verdict));
        let is_true = verdict.head == Head::EMPTY || made.published.contains(&verdict.head);
        ensure!(is_true, "vouched for what was never published: {}", en(&verdict));
    }
    Ok(())
}

/// Journals of all sizes, each with a head published every few records: no alarm.
fn clean(seed: u64) -> Result<()> {
    for number in 0..N_CLEAN {
        let made = Made::of(1 + 257 * number as usize, seed + number);
        let verdict = verify(&mut made.files.folder(), &made.published)?;
        ensure!(verdict.end == End::Whole && verdict.head == made.head, "a false alarm: {}", en(&verdict));
        ensure!(verdict.n_heads == made.published.len(), "a head was not met");
    }
    let nothing = verify(&mut Files::default().folder(), &[])?;
    ensure!(nothing.end == End::Whole && nothing.head == Head::EMPTY, "a false alarm: {}", en(&nothing));
    Ok(())
}
