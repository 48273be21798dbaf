//! R1: a crash at any moment, and another while the program recovers from it.
//!
//! A scene, runs of the command or the service on drop folders, goes on once in a watched world, and after each call that
//! changes something a copy of the world is kept: that is where the power goes. Of what was not synced there nothing is
//! left, or some, or all but a torn last write. Then the program is started again, as an operator would, cut short a second
//! time or not, everything else comes, and an outside ledger is held to the result.

use crate::mutate::Random;
use crate::office::books::nothing_is_left;
use crate::office::power::{FATES, Fate, Moment, Moments, power_goes};
use crate::office::scene::Scene;
use crate::office::through::Nobody;
use crate::office::{DATA, workloads};
use crate::progress::Progress;
use crate::{Extent, Proof, yard};
use anyhow::{Context, Result, bail, ensure};
use clearance::record::Compression;
use clearance::record::embedded::Books;
use clearance::world::World;
use clearance::world::memory::Memory;
use std::path::Path;
use std::sync::Arc;

/// The proof. It counts crashes that were recovered from.
pub const PROOF: Proof = Proof {
    name: "crashes",
    shows: "R1: through a crash at any moment, and within recovery, nothing acknowledged is lost and nothing decided twice",
    floor: 1_200,
    full: 20_000,
    run,
};

/// One crash to be tried.
#[derive(Clone, Copy, Debug)]
struct Crash {
    course: usize,
    /// After which of the calls that change something.
    moment: usize,
    fate: Fate,
    /// A second crash, within the recovery from the first: where, drawn anew.
    again: Option<u64>,
}

/// A scene, how it comes out, and every moment of it.
struct Course<S: Scene> {
    scene: S,
    healthy: S::Known,
    moments: Vec<Moment>,
    n_calls: u64,
}

/// A course of whatever kind.
trait Cut {
    fn name(&self) -> &'static str;
    fn n_steps(&self) -> usize;
    fn n_calls(&self) -> u64;
    fn moments(&self) -> &[Moment];
    fn recovers(&self, crash: &Crash, random: Random) -> Result<()>;
}

fn run(extent: &Extent) -> Result<String> {
    let courses = courses(extent.of.as_deref())?;
    for course in &courses {
        let (name, n_steps, n_calls) = (course.name(), course.n_steps(), course.n_calls());
        let n_moments = course.moments().len();
        println!("  {name:<8}{n_steps} steps, {n_calls} operations, {n_moments} of them change something");
    }
    let crashes = crashes(&courses, extent);
    let numbers = extent.only.map_or(0..crashes.len(), |only| only as usize..only as usize + 1);
    let mut progress = Progress::of("crashes", crashes.len() as u64);
    let mut n_nested = 0;
    for number in numbers {
        let Some(crash) = crashes.get(number) else { bail!("there are {} crashes", crashes.len()) };
        let course = &courses[crash.course];
        n_nested += u64::from(crash.again.is_some());
        if let Err(error) = course.recovers(crash, Random::of(extent.seed, number as u64)) {
            let at = &course.moments()[crash.moment];
            println!("  WRONG {number}: {}, step {}, {:?} after {}", course.name(), at.step, crash, at.call);
            let (seed, count) = (extent.seed, extent.count);
            let of = extent.of.as_ref().map_or(String::new(), |of| format!(" --of {of}"));
            println!(
                "        cargo run -p proof -- crashes --seed {seed} --count {count}{of} --only {number}"
            );
            return Err(error);
        }
        progress.done(number as u64);
    }
    progress.finish(crashes.len() as u64);
    let n_moments: usize = courses.iter().map(|it| it.moments().len()).sum();
    let n_calls: u64 = courses.iter().map(|it| it.n_calls()).sum();
    Ok(format!(
        "{} crashes, {n_nested} of them twice, at {n_moments} moments of {n_calls} operations in {} workloads, 0 violations, seed {}",
        crashes.len(),
        courses.len(),
        extent.seed
    ))
}

/// Runs of the command and lives of the service, or one alone.
fn courses(of: Option<&str>) -> Result<Vec<Box<dyn Cut>>> {
    let mut courses: Vec<Box<dyn Cut>> = Vec::new();
    let is_wanted = |name: &str| of.is_none_or(|of| of == name);
    for workload in workloads::all()?.into_iter().filter(|it| is_wanted(it.name)) {
        courses.push(Box::new(Course::of(workload)?));
    }
    for workload in yard::workloads::all()?.into_iter().filter(|it| is_wanted(it.name)) {
        courses.push(Box::new(Course::of(workload)?));
    }
    ensure!(!courses.is_empty(), "no workload is called {}", of.unwrap_or_default());
    Ok(courses)
}

/// Every moment with every fate as far as the count reaches, even over all of them; then second crashes within recovery.
fn crashes(courses: &[Box<dyn Cut>], extent: &Extent) -> Vec<Crash> {
    let mut all = Vec::new();
    for (course, it) in courses.iter().enumerate() {
        let moments = 0..it.moments().len();
        all.extend(moments.flat_map(|moment| {
            FATES.iter().map(move |fate| Crash { course, moment, fate: *fate, again: None })
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

impl<S: Scene> Course<S> {
    fn of(scene: S) -> Result<Course<S>> {
        let world = scene.office();
        scene.arrives(&world, 0);
        let before = world.calls();
        let moments = Arc::new(Moments::default());
        scene
            .goes(&world, &moments, 0..scene.n_steps(), &|step| moments.at_step(step))
            .context(scene.name())?;
        let n_calls = world.calls() - before;
        let healthy = scene.known(&world).context(scene.name())?;
        scene.still(&world, &scene.told(&world)?).context(scene.name())?;
        let kept = moments.take();
        ensure!(!kept.is_empty(), "{} changes nothing", scene.name());
        Ok(Course { scene, healthy, moments: kept, n_calls })
    }

    /// Begins to recover, and the power goes again at some moment of that. What is left.
    fn cut_short(
        &self,
        world: &Memory,
        step: usize,
        again: u64,
        told: &mut Vec<S::Told>,
        random: &mut Random,
    ) -> Result<Memory> {
        let moments = Arc::new(Moments::default());
        let recovering = world.fork();
        self.scene.later(&recovering);
        self.scene.goes(&recovering, &moments, step..step + 1, &|_| {})?;
        let kept = moments.take();
        let left = match kept.len() {
            0 => recovering,
            n => kept[again as usize % n].world.fork(),
        };
        told.push(self.scene.told(&left)?);
        power_goes(&left, *random.one(FATES), random);
        Ok(left)
    }
}

impl<S: Scene> Cut for Course<S> {
    fn name(&self) -> &'static str {
        self.scene.name()
    }

    fn n_steps(&self) -> usize {
        self.scene.n_steps()
    }

    fn n_calls(&self) -> u64 {
        self.n_calls
    }

    fn moments(&self) -> &[Moment] {
        &self.moments
    }

    /// The power goes; the program is started again, and what was to follow follows.
    fn recovers(&self, crash: &Crash, mut random: Random) -> Result<()> {
        let (scene, moment) = (&self.scene, &self.moments[crash.moment]);
        let mut world = moment.world.fork();
        let mut told = vec![scene.told(&world)?];
        power_goes(&world, crash.fate, &mut random);
        if let Some(again) = crash.again {
            world = self.cut_short(&world, moment.step, again, &mut told, &mut random)?;
        }
        told.push(scene.told(&world)?);
        // A start clears away what was half done, whatever comes next.
        let shared: Arc<dyn World> = Arc::new(world.clone());
        drop(Books::open(&shared, Path::new(DATA), Compression::default())?);
        nothing_is_left(&world)?;
        scene.later(&world);
        scene.goes(&world, &Arc::new(Nobody), moment.step..scene.n_steps(), &|_| {})?;
        told.iter().try_for_each(|it| scene.still(&world, it))?;
        told.push(scene.told(&world)?);
        scene.nothing_untold(&world, &told)?;
        scene.is_like(&scene.known(&world)?, &self.healthy)
    }
}
