//! Who goes when two threads could: one execution of a scene in one order.

use super::Scene;
use crate::mutate::Random;
use crate::office::through::Watch;
use crate::office::{input_folder, output_folder};
use anyhow::{Result, anyhow};
use engine::parallel::{Job, Threads};
use shuttle::scheduler::{Schedule, Scheduler, Task, TaskId};
use shuttle::{Config, FailurePersistence, Runner};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes of stack of each thread: a document is read and judged on it.
const STACK_BYTES: usize = 4 << 20;
/// Numbers of places are below it, so that three of them fit in one number on the command line.
const N_PLACES_MAX: usize = 10_000;

/// An order of threads. A place is where one goes on and another could.
#[derive(Clone, Debug)]
pub enum Plan {
    /// Whoever goes goes on, but for these places.
    Switches(Vec<usize>),
    /// Drawn at each place.
    Drawn(Random),
}

/// What an execution came to.
pub struct Played {
    /// Whether everything was as it must be.
    pub done: Result<()>,
    /// Places there were.
    pub n_places: usize,
}

/// Plays a scene in an order.
pub fn play(scene: &Scene, plan: Plan) -> Played {
    let n_places = Arc::new(AtomicUsize::new(0));
    let turns =
        Turns { plan: Some(plan), going: Plan::Switches(Vec::new()), n_places: Arc::clone(&n_places) };
    let mut config = Config::new();
    config.stack_size = STACK_BYTES / size_of::<usize>();
    config.failure_persistence = FailurePersistence::None;
    config.silence_warnings = true;
    let done: Arc<Mutex<Option<Result<()>>>> = Arc::default();
    let (told, scene) = (Arc::clone(&done), Arc::clone(scene));
    let plays = move || {
        let done = scene();
        *told.lock().unwrap_or_else(PoisonError::into_inner) = Some(done);
    };
    let ended = catch_unwind(AssertUnwindSafe(|| Runner::new(turns, config).run(plays)));
    let done = done.lock().unwrap_or_else(PoisonError::into_inner).take();
    let done = match (ended, done) {
        (Ok(_), Some(done)) => done,
        (Ok(_), None) => Err(anyhow!("the scene was not played to its end")),
        (Err(_), _) => Err(anyhow!("a panic, or threads that wait for each other")),
    };
    Played { done, n_places: n_places.load(Ordering::Relaxed) }
}

/// Places as one number, for the command line.
pub fn number_of(switches: &[usize]) -> u64 {
    switches.iter().rev().fold(0, |number, at| number * N_PLACES_MAX as u64 + *at as u64 + 1)
}

/// The places of a number.
pub fn switches_of(mut number: u64) -> Vec<usize> {
    let mut switches = Vec::new();
    while number > 0 {
        switches.push((number % N_PLACES_MAX as u64) as usize - 1);
        number /= N_PLACES_MAX as u64;
    }
    switches
}

struct Turns {
    /// Of the one execution there is; taken when it begins.
    plan: Option<Plan>,
    going: Plan,
    n_places: Arc<AtomicUsize>,
}

impl Scheduler for Turns {
    fn new_execution(&mut self) -> Option<Schedule> {
        self.going = self.plan.take()?;
        Some(Schedule::new(0))
    }

    fn next_task(&mut self, runnable: &[&Task], current: Option<TaskId>, _: bool) -> Option<TaskId> {
        let ids = || runnable.iter().map(|task| task.id());
        let Some(going) = current.filter(|current| ids().any(|id| id == *current)) else {
            return ids().next();
        };
        let Some(other) = ids().find(|id| *id != going) else { return Some(going) };
        let place = self.n_places.fetch_add(1, Ordering::Relaxed);
        let is_switch = match &mut self.going {
            Plan::Switches(switches) => switches.contains(&place),
            Plan::Drawn(random) => random.below(2) == 1,
        };
        Some(if is_switch { other } else { going })
    }

    fn next_u64(&mut self) -> u64 {
        unreachable!("a scene draws nothing from its threads")
    }
}

/// Threads of the program, taken in the order of the plan.
pub struct InTurns;

impl Threads for InTurns {
    fn both(&self, one: Job<'_>, other: Job<'_>) {
        shuttle::thread::scope(|threads| {
            threads.spawn(other);
            one();
        });
    }
}

/// At every call another thread may go first.
pub struct AtCalls;

impl Watch for AtCalls {
    /// Not where inputs are read and output is written: each of these files is touched by one thread alone, so that it does
    /// not matter who goes first there.
    fn comes(&self, at: &Path) {
        let is_of_one = (0..2)
            .any(|number| at.starts_with(input_folder(number)) || at.starts_with(output_folder(number)));
        if !is_of_one {
            shuttle::thread::yield_now();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::ensure;

    /// Two threads that add one each, by reading and writing: some order loses one.
    fn adds_wrongly() -> Result<()> {
        let sum = AtomicUsize::new(0);
        let adds = || {
            AtCalls.comes(Path::new(""));
            let before = sum.load(Ordering::SeqCst);
            AtCalls.comes(Path::new(""));
            sum.store(before + 1, Ordering::SeqCst);
        };
        InTurns.both(Box::new(adds), Box::new(adds));
        ensure!(sum.load(Ordering::SeqCst) == 2, "one was lost");
        Ok(())
    }

    #[test]
    fn an_interruption_shows_what_no_order_without_one_does() {
        let scene: Scene = Arc::new(adds_wrongly);
        assert!(play(&scene, Plan::Switches(vec![])).done.is_ok());
        // The first thread is interrupted between its reading and its writing.
        let is_lost = (0..4).any(|at| play(&scene, Plan::Switches(vec![at])).done.is_err());
        assert!(is_lost);
    }

    #[test]
    fn a_panic_of_a_thread_is_an_end_and_no_success() {
        let scene: Scene = Arc::new(|| {
            InTurns.both(Box::new(|| {}), Box::new(|| panic!("on purpose")));
            Ok(())
        });
        assert!(play(&scene, Plan::Switches(vec![])).done.is_err());
    }

    #[test]
    fn a_number_names_places_and_nothing_else() {
        for switches in [vec![], vec![0], vec![3, 4], vec![0, 17, 9_998]] {
            assert_eq!(switches_of(number_of(&switches)), switches);
        }
    }
}
