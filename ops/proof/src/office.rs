//! An office in the simulated world: what comes in, step by step, and what is known afterwards.
//!
//! A workload is some submissions one after another, each the same command over the same files. Proofs break the world
//! under it at every call, start again as an operator would, and hold the result against a healthy office.

pub mod books;
pub mod ledger;
pub mod power;
pub mod scene;
pub mod through;
pub mod workloads;

use clearance::record::Compression;
use clearance::run::{self, Means, Order, Progress, Receipts, RunError};
use clearance::world::memory::Memory;
use clearance::world::{World, create_dir_durable, parent_of};
use engine::Accepted;
use jiff::civil::date;
use model::finding::Language;
use model::limits::Limits;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Where the office keeps its books.
pub const DATA: &str = "/office/data";

/// One submission: names and bytes of its inputs.
#[derive(Clone, Debug)]
pub struct Step {
    /// In order.
    pub inputs: Vec<(String, Vec<u8>)>,
    /// Documents in all of them: each must have one outcome.
    pub n_documents: usize,
}

/// How the program is called: what must change nothing.
#[derive(Clone, Copy, Debug)]
pub struct How {
    /// Threads.
    pub n_threads: usize,
    /// Bytes settled at once.
    pub window_bytes: usize,
}

/// One thread and windows of a few documents: calls come in the same order each time.
pub const PLAIN: How = How { n_threads: 1, window_bytes: 12_000 };

/// An office to which these steps will be sent: the inputs lie there, durably.
///
/// # Panics
/// When the simulated world refuses.
pub fn office(steps: &[Step]) -> Memory {
    let world = Memory::new();
    create_dir_durable(&world, Path::new("/office/registers")).expect("memory has room");
    for (number, step) in steps.iter().enumerate() {
        for (name, bytes) in &step.inputs {
            let path = input_folder(number).join(name);
            create_dir_durable(&world, parent_of(&path)).expect("memory has room");
            world.create(&path).expect("memory has room");
            world.set_bytes(&path, bytes).expect("it was made");
            world.sync_dir(parent_of(&path)).expect("memory can be synced");
        }
    }
    world
}

/// Sends a step, as the command line would, into the output folder of its number.
///
/// # Errors
/// What the program says.
pub fn send(world: &Arc<dyn World>, number: usize, how: How) -> Result<(), RunError> {
    run::run(world, &order(number, how), &AtomicBool::new(false), &Progress::hidden()).map(|_| ())
}

/// The same on these threads and in these groups.
///
/// # Errors
/// What the program says.
pub fn send_with(world: &Arc<dyn World>, number: usize, means: &Means<'_>) -> Result<(), RunError> {
    let order = order(number, PLAIN);
    run::run_with(world, &order, means, &AtomicBool::new(false), &Progress::hidden()).map(|_| ())
}

fn order(number: usize, how: How) -> Order {
    Order {
        inputs: vec![input_folder(number)],
        out: output_folder(number),
        data: PathBuf::from(DATA),
        registers: PathBuf::from("/office/registers"),
        accepted: Some(Accepted::At(date(2018, 6, 1).at(9, 30, number as i8, 0))),
        receipts: Receipts::Packed,
        report: false,
        profile: false,
        n_threads: how.n_threads,
        window_bytes: how.window_bytes,
        compression: Compression::default(),
        language: Language::Zh,
        limits: Limits::default(),
    }
}

/// Where the inputs of a step lie.
pub fn input_folder(number: usize) -> PathBuf {
    PathBuf::from(format!("/office/in-{number}"))
}

/// Where the output of a step comes out.
pub fn output_folder(number: usize) -> PathBuf {
    PathBuf::from(format!("/office/out-{number}"))
}
