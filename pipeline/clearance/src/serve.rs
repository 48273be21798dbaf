//! `clearance serve`: the service on drop folders, day and night.
//!
//! [`service`] is one turn of it, a function of the world. Here is the loop around that: what wakes it up, the door beside
//! it, and how it ends.

pub mod answers;
mod archiving;
pub mod backoff;
pub mod config;
pub mod delivery;
pub mod door;
pub mod folders;
mod health;
mod http;
pub mod log;
pub mod meters;
mod metrics;
pub mod names;
pub mod remembered;
pub mod service;
pub mod status;
mod supervisor;
mod waking;

use self::archiving::Archiving;
use self::config::{Config, Retention};
use self::door::Door;
use self::log::{Level, Log};
use self::meters::Meters;
use self::service::Service;
use self::status::State;
use self::waking::Waking;
use crate::config::absolute;
use crate::record::RecordError;
use crate::record::heads::{Beside, Publisher};
use crate::run::{self, RunError};
use crate::world::World;
use std::path::Path;
use std::sync::Arc;

/// Serves until the operator asks it to stop, or something stops it.
pub fn serve(world: &Arc<dyn World>, config: Config, log: Log) -> Result<(), RunError> {
    let meters = Arc::new(Meters::new(world.now()));
    let log = Arc::new(log);
    let setting =
        |what: &'static str| move |error: std::io::Error| RunError::Setting(format!("{what}: {error}"));
    let waking = Waking::listen().map_err(setting("cannot listen for signals"))?;
    let door = Door::open(&config, Arc::clone(&meters), Arc::clone(world));
    let door = door.map_err(setting("cannot listen at the address of http.listen"))?;
    if let Some(address) = door.address() {
        log.say(world.now(), Level::Info, "listening", &[("address", &address.to_string())]);
    }
    let served = run::confined(|| until_stopped(world, config, &meters, &log, waking));
    let reason = served.as_ref().map_or_else(code_of, |()| "asked");
    meters.state(State::Stopped { reason: reason.to_owned() });
    if let Err(error) = &served {
        log.say(world.now(), Level::Error, "stopped", &[("reason", reason), ("system", &error.to_string())]);
    }
    door.close();
    served
}

fn until_stopped(
    world: &Arc<dyn World>,
    config: Config,
    meters: &Arc<Meters>,
    log: &Arc<Log>,
    mut waking: Waking,
) -> Result<(), RunError> {
    let (rescan, language) = (config.rescan, run::language(config.language));
    let (place, data, retention) = (config.heads.clone(), config.data.clone(), config.retention.clone());
    let mut service = Service::open(world, config, language, Arc::clone(meters), Arc::clone(log))?;
    let heads = place.map(|place| publish(world, &mut service, &place, meters, log)).transpose()?;
    let archiving = match retention {
        Some(retention) => {
            service.save_index()?;
            // The journal names the archive, wherever a later program is called.
            let full = |path: &Path| {
                let full = absolute(path);
                full.map_err(|error| RunError::Setting(format!("{}: {error}", path.display())))
            };
            let (data, archive) = (full(&data)?, full(&retention.archive)?);
            let begun = Archiving::begin(world, data, Retention { archive, ..retention }, meters, log);
            Some(begun.map_err(|error| RunError::Setting(format!("cannot begin to archive: {error}")))?)
        }
        None => None,
    };
    meters.state(State::Ready);
    while !waking.is_to_stop() {
        match waking.is_to_reload() {
            true => service.reload(),
            false => service.look_at_registers(),
        }
        let (again, turn) = service.turn_or_anew()?;
        service = again;
        waking.watch(&**world, service.out_boxes());
        if !turn.is_more {
            waking.wait(rescan);
        }
    }
    meters.state(State::Draining);
    log.say(world.now(), Level::Info, "draining", &[]);
    drop(archiving);
    service.close()?;
    // How that came out is in the log; what is acknowledged does not depend on it.
    let _said = heads.map(Beside::close);
    Ok(())
}

/// Publishes heads beside the service. A second place that cannot be written to at the start keeps it from starting: whoever
/// asks for witnesses does not want to begin without. Later trouble there is told, and the service goes on.
fn publish(
    world: &Arc<dyn World>,
    service: &mut Service,
    place: &Path,
    meters: &Arc<Meters>,
    log: &Arc<Log>,
) -> Result<Beside, RunError> {
    let publisher = Publisher::open(Arc::clone(world), place)?;
    let last = publisher.last();
    let (world, meters, log, mut was_well) = (Arc::clone(world), Arc::clone(meters), Arc::clone(log), true);
    let beside = Beside::begin(publisher, move |published| {
        let now = world.now();
        if let Err(error) = published {
            let said = error.to_string();
            meters.trouble(now, "cannot-publish-head", "", &said);
            log.say(now, Level::Warning, "cannot-publish-head", &[("system", &said)]);
        } else if !was_well {
            log.say(now, Level::Info, "heads-published-again", &[]);
        }
        was_well = published.is_ok();
    });
    let beside =
        beside.map_err(|error| RunError::Setting(format!("cannot begin to publish heads: {error}")))?;
    service.publish(last, beside.durable())?;
    Ok(beside)
}

/// Why it stopped, for machines.
const fn code_of(error: &RunError) -> &'static str {
    match error {
        RunError::Record(RecordError::Io { .. }) => "io-failed",
        RunError::Record(RecordError::InUse { .. }) => "in-use",
        RunError::Record(RecordError::ArchiveAway { .. }) => "archive-away",
        RunError::Record(_) => "damaged",
        RunError::Registers(_) => "registers-bad",
        RunError::Setting(_) => "setting",
        RunError::Fault => "internal-fault",
        RunError::Stopped => "asked",
    }
}
