//! R12: the hand-over from intake to decision to journal, under every order its threads can take.
//!
//! While one window is settled the next is read, on two threads; and two programs may take the same work. Here the program
//! itself runs on threads of `shuttle`, of which one goes at a time: at every call to the world, and wherever threads touch
//! what they share, the other may go first. All orders with up to three such interruptions are tried, then orders drawn by
//! chance, with calls that fail and with the power going in the middle. Whatever the order, what comes out must be what
//! comes out on one thread, byte for byte, and durable.

mod scenes;
mod turns;

use crate::mutate::Random;
use crate::progress::Progress;
use crate::{Extent, Proof};
use anyhow::{Context, Result, ensure};
use scenes::Scenes;
use std::sync::Arc;
use turns::{Plan, play};

/// The proof. It counts orders drawn by chance.
pub const PROOF: Proof = Proof {
    name: "schedules",
    shows: "R12: in every order of its threads what comes out is the same, durable, and decided once",
    floor: 100,
    full: 50_000,
    run,
};

/// Interruptions in one order.
const N_SWITCHES_MAX: usize = 3;
/// Where two whole programs meet there are too many of them for every change.
const N_SWITCHES_OF_PROGRAMS: usize = 1;

/// The scene that is played in orders drawn by chance, with faults.
const DRAWN: &str = "faults";

/// What is played in an order, once.
type Scene = Arc<dyn Fn() -> Result<()> + Send + Sync>;

/// A scene that is played in every order with up to so many interruptions.
type Exhausted = (&'static str, fn(&Scenes) -> Result<()>, usize);

fn run(extent: &Extent) -> Result<String> {
    let is_wanted = |name: &str| extent.of.as_deref().is_none_or(|of| of == name);
    let scenes = Arc::new(Scenes::new()?);
    let of_programs = if extent.is_full { N_SWITCHES_MAX } else { N_SWITCHES_OF_PROGRAMS };
    let exhausted: [Exhausted; 3] = [
        ("windows", Scenes::windows, N_SWITCHES_MAX),
        ("readers", Scenes::readers, N_SWITCHES_MAX),
        ("programs", Scenes::programs, of_programs),
    ];
    let mut told = Vec::new();
    for (name, plays, n_switches) in exhausted.into_iter().filter(|(name, ..)| is_wanted(name)) {
        let held = Arc::clone(&scenes);
        let (n, n_places) = all(name, &(Arc::new(move || plays(&held)) as Scene), n_switches, extent)?;
        println!("  {name:<9}{n_places} places, {n} orders with up to {n_switches} interruptions");
        told.push(format!("{name}: {n} orders with up to {n_switches} interruptions at {n_places} places"));
    }
    if is_wanted(DRAWN) {
        told.push(drawn(&scenes, extent)?);
    }
    ensure!(!told.is_empty(), "no scene is called {}", extent.of.as_deref().unwrap_or_default());
    Ok(format!("{}; 0 violations, seed {}", told.join("; "), extent.seed))
}

/// Every order with up to so many interruptions: how many there are, and at how many places the first can come.
fn all(name: &str, scene: &Scene, n_switches: usize, extent: &Extent) -> Result<(u64, usize)> {
    let only = extent.only.map(turns::switches_of);
    let is_alone = only.is_some();
    let (mut n_orders, mut n_first) = (0, 0);
    let mut waiting = vec![only.unwrap_or_default()];
    let mut progress = Progress::of("orders", 1);
    while let Some(switches) = waiting.pop() {
        let played = play(scene, Plan::Switches(switches.clone()));
        n_orders += 1;
        if let Err(error) = played.done {
            let number = turns::number_of(&switches);
            println!("  WRONG: {name}, interrupted at places {switches:?}");
            println!("        cargo run -p proof -- schedules --of {name} --only {number}");
            return Err(error);
        }
        if switches.is_empty() {
            n_first = played.n_places;
            ensure!(is_alone || n_first > 1, "{name}: two threads never met");
            progress = Progress::of("orders", about(n_first, n_switches));
        }
        if switches.len() < n_switches && !is_alone {
            let from = switches.last().map_or(0, |it| it + 1);
            waiting.extend((from..played.n_places).map(|at| [&switches[..], &[at]].concat()));
        }
        progress.done(n_orders);
    }
    progress.finish(n_orders);
    Ok((n_orders, n_first))
}

/// So many orders there are, if an interruption makes no place and takes none away.
fn about(n_places: usize, n_switches: usize) -> u64 {
    let mut of_length = 1;
    let mut all = 1;
    for length in 1..=n_switches.min(n_places) as u64 {
        of_length = of_length * (n_places as u64 + 1 - length) / length;
        all += of_length;
    }
    all
}

/// Orders drawn by chance; in a third of them a call fails, in a third the power goes.
fn drawn(scenes: &Arc<Scenes>, extent: &Extent) -> Result<String> {
    let numbers = extent.only.map_or(0..extent.count, |only| only..only + 1);
    let mut progress = Progress::of("orders", extent.count);
    for number in numbers {
        let held = Arc::clone(scenes);
        let random = Random::of(extent.seed, number);
        let scene: Scene = Arc::new(move || held.faults(random.clone()));
        let played = play(&scene, Plan::Drawn(Random::of(extent.seed, !number)));
        if let Err(error) = played.done {
            println!("  WRONG {number}");
            println!(
                "        cargo run -p proof -- schedules --seed {} --of {DRAWN} --only {number}",
                extent.seed
            );
            return Err(error).context(DRAWN);
        }
        progress.done(number);
    }
    progress.finish(extent.count);
    Ok(format!("{} orders drawn, two thirds of them with a fault or a crash", extent.count))
}

#[cfg(test)]
mod tests {
    use super::about;

    #[test]
    fn orders_are_the_ways_to_choose_places() {
        // None, one of four, two of four, three of four.
        assert_eq!(about(4, 3), 1 + 4 + 6 + 4);
        assert_eq!(about(2, 3), 1 + 2 + 1);
    }
}
