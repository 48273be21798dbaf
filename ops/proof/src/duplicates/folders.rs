//! The same in drop folders: the second file comes into the folder of the first or into that of another firm.

use crate::Extent;
use crate::mutate::Random;
use crate::office::books::recorded;
use crate::office::power::{FATES, Fate, Moments, power_goes};
use crate::office::scene::Scene;
use crate::office::through::Nobody;
use crate::office::workloads::{Pair, pairs};
use crate::yard::{A, B, Dropped, Step, Workload};
use anyhow::{Context, Result, ensure};
use clearance::world::memory::Memory;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// What was tried, a line a row, and how often the power went.
pub struct Tried {
    pub lines: Vec<String>,
    pub n_cells: usize,
    pub n_crashes: u64,
}

/// All cells.
pub fn cells(extent: &Extent) -> Result<Tried> {
    let mut tried = Tried { lines: Vec::new(), n_cells: 0, n_crashes: 0 };
    for pair in pairs()? {
        for (folder, place) in [(A, "in one folder"), (B, "in two folders")] {
            let two = Two::of(&pair, folder);
            let cell = |when: &str| format!("{}, {place}, {when}", pair.row);
            two.at_once().with_context(|| cell("at once"))?;
            two.before().with_context(|| cell("before the crash"))?;
            let n = two.during(extent).with_context(|| cell("during the crash"))?;
            two.after().with_context(|| cell("after the crash"))?;
            let row = format!("{}, {place}", pair.row);
            tried.lines.push(format!(
                "  {row:<54} at once, before: right   during, {n} crashes: right   after: right"
            ));
            tried.n_cells += 4;
            tried.n_crashes += n;
        }
    }
    Ok(tried)
}

/// A pair of files: `a.xml`, then `b.xml`, then `b.xml`'s bytes once more.
struct Two<'p> {
    pair: &'p Pair,
    workload: Workload,
    folder: &'static str,
}

impl<'p> Two<'p> {
    fn of(pair: &'p Pair, folder: &'static str) -> Two<'p> {
        let drop = |folder, name: &str, step: usize| {
            let bytes = pair.steps[step].inputs[0].1.clone();
            let dropped = Dropped { folder, name: name.to_owned(), bytes: Some(bytes) };
            Step { dropped: vec![dropped], full: None }
        };
        let steps = vec![drop(A, "a.xml", 0), drop(folder, "b.xml", 1), drop(folder, "c.xml", 1)];
        Two { pair, workload: Workload { name: "two", steps, n_files: 256 }, folder }
    }

    /// The first has come, and was answered.
    fn first(&self) -> Result<Memory> {
        let world = self.workload.office();
        self.workload.arrives(&world, 0);
        self.workload.goes(&world, &Arc::new(Nobody), 0..1, &|_| {})?;
        Ok(world)
    }

    fn comes(&self, world: &Memory, step: usize) -> Result<()> {
        self.workload.later(world);
        self.workload.arrives(world, step);
        self.workload.goes(world, &Arc::new(Nobody), step..step + 1, &|_| {})?;
        Ok(())
    }

    /// Both lie there when the service looks: the second comes while the first is in work.
    fn at_once(&self) -> Result<()> {
        let world = self.workload.office();
        (0..2).for_each(|step| self.workload.arrives(&world, step));
        self.workload.goes(&world, &Arc::new(Nobody), 0..1, &|_| {})?;
        self.right(&world, "b.xml")
    }

    /// Both were answered, then the power goes: that stays so, and a third time is answered as the second was.
    fn before(&self) -> Result<()> {
        let world = self.first()?;
        self.comes(&world, 1)?;
        let told = self.workload.told(&world)?;
        power_goes(&world, Fate::Nothing, &mut Random::of(1, 1));
        self.workload.still(&world, &told)?;
        self.comes(&world, 2)?;
        self.workload.still(&world, &told)?;
        self.right(&world, "b.xml")?;
        self.right(&world, "c.xml")
    }

    /// The power goes at every moment of the second one.
    fn during(&self, extent: &Extent) -> Result<u64> {
        let world = self.first()?;
        self.workload.later(&world);
        self.workload.arrives(&world, 1);
        let moments = Arc::new(Moments::default());
        self.workload.goes(&world, &moments, 1..2, &|_| {})?;
        let moments = moments.take();
        let step = (moments.len() as u64 / extent.count.max(1)).max(1) as usize;
        let mut n = 0;
        for (number, moment) in moments.iter().enumerate().step_by(step) {
            let mut random = Random::of(extent.seed, number as u64);
            let (world, told) = (&moment.world, self.workload.told(&moment.world)?);
            let fate = *random.one(FATES);
            power_goes(world, fate, &mut random);
            self.workload.later(world);
            let checked = self
                .workload
                .goes(world, &Arc::new(Nobody), 1..2, &|_| {})
                .map_err(anyhow::Error::from)
                .and_then(|_| self.workload.still(world, &told))
                .and_then(|()| self.right(world, "b.xml"));
            checked.with_context(|| format!("{fate:?} after {}", moment.call))?;
            n += 1;
        }
        Ok(n)
    }

    /// The power goes when the first was answered; then the second comes.
    fn after(&self) -> Result<()> {
        let world = self.first()?;
        power_goes(&world, Fate::Nothing, &mut Random::of(1, 1));
        self.comes(&world, 1)?;
        self.right(&world, "b.xml")
    }

    /// The second has the outcome P2 gives it, however often it was read, and no version is decided a second time.
    fn right(&self, world: &Memory, second: &str) -> Result<()> {
        let (pair, books) = (self.pair, recorded(world)?);
        books.hold_together(world)?;
        let outcomes: Vec<_> =
            books.outcomes.iter().filter(|(input, _)| input == second).map(|(_, it)| it.name()).collect();
        ensure!(!outcomes.is_empty(), "{second} has no outcome");
        let other = outcomes.iter().find(|it| !pair.outcomes.contains(it));
        ensure!(other.is_none(), "{second} came to {other:?}, {:?} expected", pair.outcomes);
        // The first one is a decision unless it was refused; the second one only where it mends the first.
        let n_expected =
            usize::from(pair.outcomes != ["refused"]) + usize::from(pair.outcomes[0] == "decided");
        let n = books.decisions.len();
        ensure!(n == n_expected, "{n} decisions, {n_expected} expected");
        let last = books.decisions.values().last();
        if pair.disposition.is_some() {
            let disposition = last.and_then(|it| it["disposition"].as_str());
            ensure!(disposition == pair.disposition, "{disposition:?} came of it");
        }
        if pair.is_same() && pair.outcomes.contains(&"repeated") {
            let (first, again) =
                (answers_to(world, A, "_a_")?, answers_to(world, self.folder, &base(second))?);
            ensure!(!first.is_empty(), "a.xml is not answered");
            ensure!(first == again, "the answer to {second} is not the first one, byte for byte");
        }
        Ok(())
    }
}

/// The file as the names of its answers tell it.
fn base(name: &str) -> String {
    format!("_{}_", name.trim_end_matches(".xml"))
}

/// What was answered to the file of this base name.
fn answers_to(world: &Memory, folder: &str, base: &str) -> Result<BTreeSet<Vec<u8>>> {
    let in_box = Path::new(folder).join("InBox");
    let paths = world.paths().into_iter().filter(|it| it.starts_with(&in_box));
    let named = paths.filter(|it| it.to_string_lossy().contains(base));
    named.map(|it| Ok(world.bytes(&it)?)).collect()
}
