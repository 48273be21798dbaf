//! A yard of firms in the simulated world: what they drop into their folders, step by step, and the service that takes it.
//!
//! The service lives through all steps of a workload, as it does by day and night; after a fault it is started again an
//! hour later, and whatever it decides anew then says so by its time.

pub mod account;
pub mod workloads;

use crate::office::DATA;
use crate::office::scene::Scene;
use crate::office::through::{Through, Watch};
use account::{Known, Told};
use anyhow::Result;
use clearance::run::RunError;
use clearance::serve::config::{Config, Folders, Retry, Turn};
use clearance::serve::log::Log;
use clearance::serve::meters::Meters;
use clearance::serve::service::Service;
use clearance::world::memory::{Memory, Op};
use clearance::world::{World, create_dir_durable};
use jiff::SignedDuration;
use jiff::civil::date;
use model::finding::Language;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Declarations of one firm.
pub const A: &str = "/firms/a/Deccus001";
/// Its certificates.
pub const A_CERTIFICATES: &str = "/firms/a/CooImp";
/// Declarations of another firm.
pub const B: &str = "/firms/b/Deccus001";

/// All of them.
pub const FOLDERS: [&str; 3] = [A, A_CERTIFICATES, B];

/// A file that a firm drops.
#[derive(Clone, Debug)]
pub struct Dropped {
    /// The folder of a business type.
    pub folder: &'static str,
    /// Its name in the `OutBox`.
    pub name: String,
    /// What it holds; none for what is no file but a link or a device.
    pub bytes: Option<Vec<u8>>,
}

/// What firms do at one time.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// Files they drop.
    pub dropped: Vec<Dropped>,
    /// A folder whose `InBox` takes no answers as long as this step lasts.
    pub full: Option<&'static str>,
}

/// What firms do, one step after another.
#[derive(Clone, Debug)]
pub struct Workload {
    /// What it is called by.
    pub name: &'static str,
    /// The steps.
    pub steps: Vec<Step>,
    /// Files the service takes in one turn.
    pub n_files: usize,
}

/// Between two steps; longer than any folder is left alone.
const PAUSE: SignedDuration = SignedDuration::from_mins(10);
const LONGEST: Duration = Duration::from_secs(60);

impl Workload {
    fn config(&self) -> Config {
        let firm = |id: &str| Folders::of(id, PathBuf::from("/firms").join(id));
        let usual = Config::of(DATA.into(), "/office/registers".into(), vec![firm("a"), firm("b")]);
        let turn = Turn { n_files: self.n_files, ..usual.turn };
        Config { n_threads: 1, turn, retry: Retry { longest: LONGEST, ..usual.retry }, ..usual }
    }

    /// The service comes up.
    ///
    /// # Errors
    /// Why it does not.
    pub fn starts(&self, world: &Arc<dyn World>, meters: &Arc<Meters>) -> Result<Service, RunError> {
        let log = Arc::new(Log::to(|_| {}));
        Service::open(world, self.config(), Language::Zh, Arc::clone(meters), log)
    }
}

/// Turns until one finds nothing to do.
///
/// # Errors
/// Why the service stopped.
pub fn runs_down(service: &mut Service) -> Result<(), RunError> {
    loop {
        let turn = service.turn()?;
        if turn.n_settled == 0 && !turn.is_more {
            return Ok(());
        }
    }
}

/// A firm drops a file, and its machine makes it durable.
fn drops(world: &Memory, dropped: &Dropped) {
    let out_box = Path::new(dropped.folder).join("OutBox");
    let path = out_box.join(&dropped.name);
    let Some(bytes) = &dropped.bytes else { return world.plant_other(&path) };
    world.create(&path).expect("memory has room");
    world.set_bytes(&path, bytes).expect("it was made");
    world.sync_dir(&out_box).expect("memory can be synced");
}

impl Scene for Workload {
    type Told = Told;
    type Known = Known;

    fn name(&self) -> &'static str {
        self.name
    }

    fn n_steps(&self) -> usize {
        self.steps.len()
    }

    fn tries_again(&self) -> bool {
        true
    }

    fn office(&self) -> Memory {
        let world = Memory::new();
        let morning = date(2018, 6, 1).at(9, 30, 0, 0);
        world.set_now(jiff::tz::offset(8).to_timestamp(morning).expect("a moment of 2018"));
        create_dir_durable(&world, Path::new("/office/registers")).expect("memory has room");
        for folder in FOLDERS {
            create_dir_durable(&world, &Path::new(folder).join("OutBox")).expect("memory has room");
        }
        world
    }

    fn arrives(&self, world: &Memory, step: usize) {
        self.steps[step].dropped.iter().for_each(|it| drops(world, it));
    }

    fn goes<W: Watch + 'static>(
        &self,
        world: &Memory,
        watch: &Arc<W>,
        steps: Range<usize>,
        begun: &dyn Fn(usize),
    ) -> Result<u64, RunError> {
        let meters = Arc::new(Meters::new(world.now()));
        let mut service = self.starts(&Through::to(world, watch), &meters)?;
        for step in steps.clone() {
            if step > steps.start {
                world.set_now(world.now() + PAUSE);
                self.arrives(world, step);
            }
            begun(step);
            let Some(full) = self.steps[step].full else {
                runs_down(&mut service)?;
                continue;
            };
            let in_box = Path::new(full).join("InBox");
            world.on_call(move |call| {
                let is_it = call.op == Op::Create && call.path.starts_with(&in_box);
                is_it.then(|| io::ErrorKind::StorageFull.into())
            });
            let served = runs_down(&mut service);
            world.mend();
            served?;
        }
        service.close()?;
        Ok(meters.status(world.now()).n_troubles)
    }

    fn told(&self, world: &Memory) -> Result<Told> {
        account::told(world)
    }

    fn still(&self, world: &Memory, told: &Told) -> Result<()> {
        account::still(world, told)
    }

    fn known(&self, world: &Memory) -> Result<Known> {
        account::known(world, &self.steps)
    }

    fn is_like(&self, known: &Known, healthy: &Known) -> Result<()> {
        known.is_like(healthy)
    }

    fn later(&self, world: &Memory) {
        world.set_now(world.now() + SignedDuration::from_hours(1));
    }
}
