//! R2: any call fails, once or for ever, with any error a system has for it.
//!
//! The program must say that it failed, or have done all it says. When the cause is gone it is started again, with a crash
//! before it every other time, and an outside ledger is held to the result. Runs of the command are tried so, and turns of
//! the service: that goes on when the trouble is of one folder, and says so.

use crate::office::power::{Fate, power_goes};
use crate::office::scene::Scene;
use crate::office::through::{Nobody, Watch};
use crate::office::{DATA, workloads};
use crate::progress::Progress;
use crate::yard::{self, FOLDERS};
use crate::{Extent, Proof, mutate::Random};
use anyhow::{Context, Result, bail, ensure};
use clearance::run::RunError;
use clearance::world::memory::{Memory, Op};
use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// The proof. It counts failing calls; in full every call fails with every error, once and for ever.
pub const PROOF: Proof = Proof {
    name: "faults",
    shows: "R2: whichever call fails, with whatever error, the program says so and nothing acknowledged is lost",
    floor: 600,
    full: u64::MAX,
    run,
};

/// A world in which every read gives a few bytes only.
struct Sparing;

impl Watch for Sparing {
    fn gives(&self, asked: usize) -> usize {
        asked.min(1 + asked / 7)
    }
}

/// What a system says, by its number on Linux.
const ERRORS: &[(&str, i32)] = &[
    ("EIO", 5),
    ("ENOSPC", 28),
    ("EACCES", 13),
    ("EROFS", 30),
    ("EMFILE", 24),
    ("EINTR", 4),
    ("a short write", 0),
];
const EINTR: i32 = 4;

/// One fault to be tried.
#[derive(Clone, Copy, Debug)]
struct Fault {
    course: usize,
    /// The call of the last step that fails, from 1.
    call: u64,
    error: (&'static str, i32),
    for_ever: bool,
}

/// The last step of a scene, the office before it, and what an office knows that nothing happened to.
struct Course<S: Scene> {
    scene: S,
    before: Memory,
    healthy: S::Known,
    /// What each call of the step is and asks of.
    calls: Vec<Site>,
}

/// A course of whatever kind.
trait Fails {
    fn name(&self) -> &'static str;
    fn calls(&self) -> &[Site];
    /// Short reads make it slower and nothing else.
    fn is_the_same_read_sparingly(&self) -> Result<()>;
    /// Whether the program said that it failed.
    fn withstands(&self, fault: &Fault, number: usize) -> Result<bool>;
}

/// Where in the program's dealings with the world a call stands: what is asked, and of what kind of file or folder.
type Site = (Op, &'static str);

fn run(extent: &Extent) -> Result<String> {
    let courses = courses()?;
    let faults = faults(&courses, extent.of.as_deref());
    courses.iter().try_for_each(|it| it.is_the_same_read_sparingly())?;
    let pairs = |faults: &[Fault]| -> BTreeSet<(Site, &'static str)> {
        faults.iter().map(|it| (courses[it.course].calls()[it.call as usize - 1], it.error.0)).collect()
    };
    let all_pairs = pairs(&faults);
    let chosen = chosen(faults, extent);
    let reached = pairs(&chosen);
    let numbers = extent.only.map_or(0..chosen.len(), |only| only as usize..only as usize + 1);
    let mut progress = Progress::of("faults", chosen.len() as u64);
    let mut n_told = 0;
    for number in numbers {
        let Some(fault) = chosen.get(number) else { bail!("there are {} faults", chosen.len()) };
        let course = &courses[fault.course];
        match course.withstands(fault, number) {
            Ok(said_so) => n_told += u64::from(said_so),
            Err(error) => {
                let site = course.calls()[fault.call as usize - 1];
                println!("  WRONG {number}: {} {site:?} {fault:?}", course.name());
                let (seed, count) = (extent.seed, extent.count);
                println!(
                    "        cargo run -p proof -- faults --seed {seed} --count {count} --only {number}"
                );
                return Err(error);
            }
        }
        progress.done(number as u64);
    }
    progress.finish(chosen.len() as u64);
    let n_sites = all_pairs.iter().map(|(site, _)| site).collect::<BTreeSet<_>>().len();
    let unreached = all_pairs.len() - reached.len();
    ensure!(
        !extent.is_full || extent.count < PROOF.full || unreached == 0,
        "{unreached} pairs were not reached"
    );
    Ok(format!(
        "{} failing calls, {n_told} said so by an error; {} of {} pairs of call site and error reached, {n_sites} call sites; 0 \
         violations, seed {}",
        chosen.len(),
        reached.len(),
        all_pairs.len(),
        extent.seed
    ))
}

/// The courses: in runs a batch and what is held, in the service what has a box of its own, from an empty data folder and
/// later, and what is decided again.
fn courses() -> Result<Vec<Box<dyn Fails>>> {
    let mut courses: Vec<Box<dyn Fails>> = Vec::new();
    for workload in workloads::all()?.into_iter().filter(|it| matches!(it.name, "batch" | "held")) {
        courses.push(Box::new(Course::of(workload)?));
    }
    for (name, n_steps) in [("boxes", 1), ("boxes", 2), ("late", 2)] {
        let mut workload = yard::workloads::all()?.into_iter().find(|it| it.name == name).context(name)?;
        workload.steps.truncate(n_steps);
        courses.push(Box::new(Course::of(workload)?));
    }
    Ok(courses)
}

/// Every call, or every one of this kind, with every error that can come of it.
fn faults(courses: &[Box<dyn Fails>], of: Option<&str>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (number, course) in courses.iter().enumerate() {
        for (call, (op, _)) in (1..).zip(course.calls()) {
            if of.is_some_and(|of| format!("{op:?}") != of) {
                continue;
            }
            for error in ERRORS.iter().filter(|it| it.1 != 0 || *op == Op::Append) {
                faults.extend([false, true].map(|for_ever| Fault {
                    course: number,
                    call,
                    error: *error,
                    for_ever,
                }));
            }
        }
    }
    faults
}

/// As many as are counted, even over all of them.
fn chosen(faults: Vec<Fault>, extent: &Extent) -> Vec<Fault> {
    let n = faults.len().min(usize::try_from(extent.count).unwrap_or(usize::MAX));
    let start = extent.seed as usize;
    (0..n).map(|it| faults[(start + it * faults.len() / n.max(1)) % faults.len()]).collect()
}

impl<S: Scene> Course<S> {
    fn of(scene: S) -> Result<Course<S>> {
        let last = scene.n_steps() - 1;
        let world = scene.office();
        scene.arrives(&world, 0);
        if last > 0 {
            scene.goes(&world, &Arc::new(Nobody), 0..last, &|_| {}).context(scene.name())?;
            scene.later(&world);
            scene.arrives(&world, last);
        }
        let before = world.fork();
        let seen: Arc<Mutex<Vec<Site>>> = Arc::default();
        let sites = Arc::clone(&seen);
        world.on_call(move |call| {
            sites.lock().unwrap_or_else(PoisonError::into_inner).push((call.op, kind(call.path)));
            None
        });
        scene.goes(&world, &Arc::new(Nobody), last..last + 1, &|_| {}).context(scene.name())?;
        world.mend();
        let calls = std::mem::take(&mut *seen.lock().unwrap_or_else(PoisonError::into_inner));
        let healthy = scene.known(&world).context(scene.name())?;
        Ok(Course { scene, before, healthy, calls })
    }

    /// The program goes through the last step.
    fn goes<W: Watch + 'static>(&self, world: &Memory, watch: W) -> Result<u64, RunError> {
        let last = self.scene.n_steps() - 1;
        self.scene.goes(world, &Arc::new(watch), last..last + 1, &|_| {})
    }

    fn is_as_healthy(&self, world: &Memory) -> Result<()> {
        self.scene.is_like(&self.scene.known(world)?, &self.healthy)
    }
}

impl<S: Scene> Fails for Course<S> {
    fn name(&self) -> &'static str {
        self.scene.name()
    }

    fn calls(&self) -> &[Site] {
        &self.calls
    }

    fn is_the_same_read_sparingly(&self) -> Result<()> {
        let world = self.before.fork();
        self.goes(&world, Sparing)?;
        self.is_as_healthy(&world).context("short reads")
    }

    fn withstands(&self, fault: &Fault, number: usize) -> Result<bool> {
        let world = self.before.fork();
        let (at, code, for_ever) = (world.calls() + fault.call, fault.error.1, fault.for_ever);
        world.on_call(move |call| {
            let fails = call.number == at || for_ever && call.number > at;
            fails.then(|| {
                if code == 0 { io::ErrorKind::WriteZero.into() } else { io::Error::from_raw_os_error(code) }
            })
        });
        let done = self.goes(&world, Nobody);
        world.mend();
        let said_so = !matches!(done, Ok(0));
        let (op, _) = self.calls[fault.call as usize - 1];
        // Clearing up is left to the next start, and a read that was interrupted is read again.
        let may_go_on = op == Op::Remove || op == Op::Read && code == EINTR;
        if !said_so && !may_go_on {
            ensure!(self.scene.tries_again(), "the program says that all is done");
            self.is_as_healthy(&world).context("the program says that all is done")?;
        }
        let told = self.scene.told(&world)?;
        // What is said to be done stays done without power, too. Else the power goes after every other error, whether the
        // call failed once or for ever: the two come one after another.
        if !said_so || (number / 2).is_multiple_of(2) {
            power_goes(&world, Fate::Nothing, &mut Random::of(1, number as u64));
        }
        self.scene.later(&world);
        self.goes(&world, Nobody)?;
        self.scene.still(&world, &told)?;
        self.is_as_healthy(&world)?;
        Ok(said_so)
    }
}

/// What kind of file or folder this is.
fn kind(path: &Path) -> &'static str {
    let kinds = [
        ("journal/writer.lock", "lock"),
        ("journal", "journal"),
        ("evidence/incoming", "evidence coming in"),
        ("evidence/raw", "evidence"),
        ("evidence/held.pack", "pack"),
        ("evidence", "evidence"),
        ("index", "index"),
        ("delivered", "delivered"),
        ("told", "told"),
        ("", "data folder"),
    ];
    if let Ok(inside) = path.strip_prefix(DATA) {
        return kinds.iter().find(|(prefix, _)| inside.starts_with(prefix)).map_or("data folder", |it| it.1);
    }
    if let Some(inside) = FOLDERS.iter().find_map(|it| path.strip_prefix(it).ok()) {
        let boxes = ["OutBox", "InBox", "SentBox", "FailBox"];
        return boxes.into_iter().find(|it| inside.starts_with(it)).unwrap_or("drop folder");
    }
    let text = path.to_string_lossy();
    let outside = [("/office/in-", "input"), ("/office/out-", "output"), ("/office/registers", "registers")];
    outside.iter().find(|(prefix, _)| text.starts_with(prefix)).map_or("above", |it| it.1)
}
