//! R7: a document that comes a second time, in each of the ways promise P2 names, before, during and after a crash: as the
//! input of a run, and as a file in drop folders.

mod folders;

use crate::office::ledger;
use crate::office::power::{FATES, Fate, Moments, power_goes};
use crate::office::through::{Nobody, Through, Watch};
use crate::office::workloads::{Pair, pairs};
use crate::office::{PLAIN, office, output_folder, send};
use crate::{Extent, Proof, mutate::Random};
use anyhow::{Context, Result, bail, ensure};
use clearance::record::RecordError;
use clearance::run::RunError;
use clearance::world::memory::{Memory, Op};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The proof. It counts crashes in each cell that has one in the middle of a run.
pub const PROOF: Proof = Proof {
    name: "duplicates",
    shows: "R7: what comes a second time is answered as P2 says, before, during and after a crash",
    floor: 40,
    full: u64::MAX,
    run,
};

fn run(extent: &Extent) -> Result<String> {
    let (mut table, mut n_crashes) = (Vec::new(), 0);
    for pair in pairs()? {
        let cell = |when: &str| format!("{}, {when} the crash", pair.row);
        before(&pair).with_context(|| cell("before"))?;
        let n = during(&pair, extent).with_context(|| cell("during"))?;
        after(&pair).with_context(|| cell("after"))?;
        n_crashes += n;
        table.push(format!("  {:<38} before: right   during, {n} crashes: right   after: right", pair.row));
    }
    let n_held_off = in_work().context("same content, first one still in work")?;
    table.push(format!(
        "  {:<38} held off at {n_held_off} moments, nothing recorded",
        "same content, first one in work"
    ));
    let n_cells = 3 * (table.len() - 1) + 1;
    let folders = folders::cells(extent)?;
    println!("{}\n{}", table.join("\n"), folders.lines.join("\n"));
    Ok(format!(
        "{} cells, 0 wrong; {} crashes, {n_held_off} attempts while another was in work",
        n_cells + folders.n_cells,
        n_crashes + folders.n_crashes
    ))
}

/// Both came, then the power goes: what was answered stays, and a third time is answered as the second was or as a repeat.
fn before(pair: &Pair) -> Result<()> {
    let world = office(&pair.steps);
    for step in 0..2 {
        send(&Through::to(&world, &Arc::new(Nobody)), step, PLAIN)?;
    }
    right(&world, pair)?;
    let told = ledger::told(&world, 2)?;
    power_goes(&world, Fate::Nothing, &mut Random::of(1, 1));
    ledger::still(&world, &told)?;
    send(&Through::to(&world, &Arc::new(Nobody)), 1, PLAIN)?;
    right(&world, pair)
}

/// The power goes at every moment of the second arrival.
fn during(pair: &Pair, extent: &Extent) -> Result<u64> {
    let world = office(&pair.steps);
    send(&Through::to(&world, &Arc::new(Nobody)), 0, PLAIN)?;
    let moments = Arc::new(Moments::default());
    send(&Through::to(&world, &moments), 1, PLAIN)?;
    let moments = moments.take();
    let step = (moments.len() as u64 / extent.count.max(1)).max(1) as usize;
    let mut n = 0;
    for (number, moment) in moments.iter().enumerate().step_by(step) {
        let mut random = Random::of(extent.seed, number as u64);
        let told = ledger::told(&moment.world, 2)?;
        let fate = *random.one(FATES);
        power_goes(&moment.world, fate, &mut random);
        send(&Through::to(&moment.world, &Arc::new(Nobody)), 1, PLAIN)?;
        let checked = ledger::still(&moment.world, &told).and_then(|()| right(&moment.world, pair));
        checked.with_context(|| format!("{fate:?} after {}", moment.call))?;
        n += 1;
    }
    Ok(n)
}

/// The power goes when the first was answered; then the second comes.
fn after(pair: &Pair) -> Result<()> {
    let world = office(&pair.steps);
    send(&Through::to(&world, &Arc::new(Nobody)), 0, PLAIN)?;
    power_goes(&world, Fate::Nothing, &mut Random::of(1, 1));
    send(&Through::to(&world, &Arc::new(Nobody)), 1, PLAIN)?;
    right(&world, pair)
}

/// The second arrival has the outcome P2 gives it, and the journal no second decision of one version.
fn right(world: &Memory, pair: &Pair) -> Result<()> {
    let bytes = world.bytes(&output_folder(1).join("decisions.ndjson"))?;
    let line: Value = serde_json::from_slice(&bytes).context("one document has one line")?;
    let outcome = line["outcome"].as_str().unwrap_or("");
    ensure!(pair.outcomes.contains(&outcome), "{outcome}, {:?} expected", pair.outcomes);
    ensure!(line["disposition"].as_str() == pair.disposition, "{} came of it", line["disposition"]);
    ensure!(line["version"].as_u64() == pair.version, "version {}", line["version"]);
    if outcome == "repeated" && pair.is_same() {
        let first: Value = serde_json::from_slice(&world.bytes(&output_folder(0).join("decisions.ndjson"))?)?;
        ensure!(words(first) == words(line), "the line of a repeat says other than the first one");
        let [first, again] = [0, 1].map(|step| world.bytes(&output_folder(step).join("receipts/a.xml.xml")));
        ensure!(first? == again?, "the answer to a repeat is not the first one, byte for byte");
    }
    ledger::known(world, &pair.steps).map(|_| ())
}

/// A line without what may differ in a repeat (ruling K7).
fn words(mut line: Value) -> Value {
    for field in ["sequence", "input", "document", "offset", "outcome", "first_sequence"] {
        line[field].take();
    }
    line
}

/// At each call of the first one's run a second process tries the same.
fn in_work() -> Result<u64> {
    let pair = pairs()?.into_iter().next().context("there are rows")?;
    let world = office(&pair.steps);
    let second = Arc::new(Second::default());
    send(&Through::to(&world, &second), 0, PLAIN)?;
    let (n_held_off, n_let_in) =
        (second.held_off.load(Ordering::Relaxed), second.let_in.load(Ordering::Relaxed));
    if n_held_off == 0 || n_let_in != 0 {
        bail!("held off {n_held_off} times, let in {n_let_in} times");
    }
    send(&Through::to(&world, &Arc::new(Nobody)), 1, PLAIN)?;
    right(&world, &pair)?;
    Ok(n_held_off)
}

/// A second process that tries while the first writes its journal.
#[derive(Default)]
struct Second {
    held_off: AtomicU64,
    let_in: AtomicU64,
}

impl Watch for Second {
    fn after(&self, op: Op, path: &Path, world: &Memory) {
        if matches!(op, Op::Append | Op::SyncData) && path.starts_with("/office/data/journal") {
            let tried = send(&Through::to(world, &Arc::new(Nobody)), 1, PLAIN);
            match tried {
                Err(RunError::Record(RecordError::InUse { .. })) => {
                    self.held_off.fetch_add(1, Ordering::Relaxed)
                }
                _ => self.let_in.fetch_add(1, Ordering::Relaxed),
            };
        }
    }
}
