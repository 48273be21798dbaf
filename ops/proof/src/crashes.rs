//! R1: a crash at any moment, and another while the program recovers from it.
//!
//! A workload runs once in a watched world, and after each call that changes something a copy of the world is kept: that is
//! where the power goes. Of what was not synced there nothing is left, or some, or all but a torn last write. Then the same
//! command is sent again, as an operator would, cut short a second time or not, and an outside ledger is held to the result.

use crate::mutate::Random;
use crate::office::ledger::{self, Known, Told};
use crate::office::power::{FATES, Fate, Moment, Moments, power_goes};
use crate::office::through::{Nobody, Through};
use crate::office::workloads::{self, Workload};
use crate::office::{DATA, PLAIN, office, send};
use crate::progress::Progress;
use crate::{Extent, Proof};
use anyhow::{Context, Result, bail, ensure};
use clearance::record::embedded::Books;
use clearance::world::World;
use clearance::world::memory::Memory;
use std::path::Path;
use std::sync::Arc;

/// The proof. It counts crashes that were recovered from.
pub const PROOF: Proof = Proof {
    name: "crashes",
    shows: "R1: through a crash at any moment, and within recovery, nothing acknowledged is lost and nothing decided twice",
    floor: 1_000,
    full: 12_000,
    run,
};

/// One crash to be tried.
#[derive(Clone, Copy, Debug)]
struct Crash {
    workload: usize,
    /// After which of the calls that change something.
    moment: usize,
    fate: Fate,
    /// A second crash, within the recovery from the first: where, drawn anew.
    again: Option<u64>,
}

/// A workload, how it comes out, and every moment of it.
struct Course {
    workload: Workload,
    healthy: Known,
    moments: Vec<Moment>,
    n_calls: u64,
}

fn run(extent: &Extent) -> Result<String> {
    let courses: Vec<Course> = workloads::all()?.into_iter().map(Course::of).collect::<Result<_>>()?;
    let (n_calls, n_moments): (u64, usize) =
        courses.iter().fold((0, 0), |(calls, moments), it| (calls + it.n_calls, moments + it.moments.len()));
    for course in &courses {
        let Course { workload, moments, n_calls, .. } = course;
        println!(
            "  {:<8}{} steps, {n_calls} operations, {} of them change something",
            workload.name,
            workload.steps.len(),
            moments.len()
        );
    }
    let crashes = crashes(&courses, extent);
    let numbers = extent.only.map_or(0..crashes.len(), |only| only as usize..only as usize + 1);
    let mut progress = Progress::of("crashes", crashes.len() as u64);
    let mut n_nested = 0;
    for number in numbers {
        let Some(crash) = crashes.get(number) else { bail!("there are {} crashes", crashes.len()) };
        let course = &courses[crash.workload];
        n_nested += u64::from(crash.again.is_some());
        if let Err(error) = course.recovers(crash, extent.seed, number as u64) {
            let at = &course.moments[crash.moment];
            println!(
                "  WRONG {number}: {}, step {}, {:?} after {}",
                course.workload.name, at.step, crash, at.call
            );
            let (seed, count) = (extent.seed, extent.count);
            println!("        cargo run -p proof -- crashes --seed {seed} --count {count} --only {number}");
            return Err(error);
        }
        progress.done(number as u64);
    }
    progress.finish(crashes.len() as u64);
    Ok(format!(
        "{} crashes, {n_nested} of them twice, at {n_moments} moments of {n_calls} operations in {} workloads, 0 violations, seed {}",
        crashes.len(),
        courses.len(),
        extent.seed
    ))
}

/// Every moment with every fate as far as the count reaches, even over all of them; then second crashes within recovery.
fn crashes(courses: &[Course], extent: &Extent) -> Vec<Crash> {
    let mut all = Vec::new();
    for (workload, course) in courses.iter().enumerate() {
        let moments = 0..course.moments.len();
        all.extend(moments.flat_map(|moment| {
            FATES.iter().map(move |fate| Crash { workload, moment, fate: *fate, again: None })
        }));
    }
    let count = extent.count as usize;
    // A quarter at least are second crashes.
    let n_first = all.len().min(count - count / 4);
    let start = extent.seed as usize;
    let mut chosen: Vec<Crash> =
        (0..n_first).map(|it| all[(start + it * all.len() / n_first.max(1)) % all.len()]).collect();
    let mut random = Random::of(extent.seed, 0);
    while chosen.len() < count {
        chosen.push(Crash { again: Some(random.number()), ..*random.one(&all) });
    }
    chosen
}

impl Course {
    fn of(workload: Workload) -> Result<Course> {
        let n_steps = workload.steps.len();
        let world = office(&workload.steps);
        let before = world.calls();
        let moments = Arc::new(Moments::default());
        for step in 0..n_steps {
            moments.at_step(step);
            send(&Through::to(&world, &moments), step, PLAIN).context(workload.name)?;
        }
        let n_calls = world.calls() - before;
        let healthy = ledger::known(&world, &workload.steps)?;
        ledger::still(&world, &ledger::told(&world, n_steps)?)?;
        let kept = moments.take();
        ensure!(!kept.is_empty(), "{} changes nothing", workload.name);
        Ok(Course { workload, healthy, moments: kept, n_calls })
    }

    /// The power goes; the office is sent the same again, and what follows.
    fn recovers(&self, crash: &Crash, seed: u64, number: u64) -> Result<()> {
        let moment = &self.moments[crash.moment];
        let n_steps = self.workload.steps.len();
        let mut world = moment.world.fork();
        let mut told = vec![ledger::told(&world, n_steps)?];
        let mut random = Random::of(seed, number);
        power_goes(&world, crash.fate, &mut random);
        if let Some(again) = crash.again {
            world = self.cut_short(&world, moment.step, again, &mut told, &mut random)?;
        }
        told.push(ledger::told(&world, n_steps)?);
        // A start clears away what was half done, whatever comes next.
        let shared: Arc<dyn World> = Arc::new(world.clone());
        drop(Books::open(&shared, Path::new(DATA))?);
        ledger::nothing_is_left(&world)?;
        for step in moment.step..n_steps {
            send(&Through::to(&world, &Arc::new(Nobody)), step, PLAIN)?;
        }
        told.iter().try_for_each(|it| ledger::still(&world, it))?;
        ledger::known(&world, &self.workload.steps)?.is_like(&self.healthy)
    }

    /// Begins to recover, and the power goes again at some moment of that. What is left.
    fn cut_short(
        &self,
        world: &Memory,
        step: usize,
        again: u64,
        told: &mut Vec<Told>,
        random: &mut Random,
    ) -> Result<Memory> {
        let moments = Arc::new(Moments::default());
        let recovering = world.fork();
        send(&Through::to(&recovering, &moments), step, PLAIN)?;
        let kept = moments.take();
        let left = kept[again as usize % kept.len()].world.fork();
        told.push(ledger::told(&left, self.workload.steps.len())?);
        power_goes(&left, *random.one(FATES), random);
        Ok(left)
    }
}
