//! `clearance tune`: which threads, window, packing and allocator options suit this machine, tried on the operator's own
//! batch.
//!
//! Each trial is a whole `run` as a process of its own, from cold books to a synced journal, because that is what an
//! operator waits for, and because an allocator keeps what it has learned as long as its process lives. All settings are
//! tried in rotation, so that what else the machine does falls on all of them alike; medians are compared. The settings in
//! use are tried twice in every rotation: how far the two differ is the noise, and what is not better by more is not
//! better. What is best of each kind is then held together against the defaults, in rotations of their own: the
//! gain that is told is the one measured there.
//!
//! Decisions and journal must come out the same in every trial. Where they do not, tuning stops and says so.

mod choose;
mod json;
mod plot;
mod setting;
mod table;
mod trial;

pub use json::to_json;
pub use plot::svg;
pub use setting::{Allocator, Kind, Setting};
pub use table::print;
pub use trial::{Batch, Trials};

use crate::cli::TuneArguments;
use crate::run::Progress;
use crate::submission;
use crate::world::{World, process};
use choose::{median, noise_bp};
use engine::Accepted;
use model::finding::Language;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

/// What one trial came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Microseconds from the start of the process to its end.
    pub wall_us: u64,
    /// The most memory that was resident, in bytes; 0 where the machine does not tell.
    pub resident_max_bytes: u64,
    /// Documents in the batch.
    pub n_documents: u64,
    /// Its bytes as received.
    pub n_bytes: u64,
    /// What was decided and recorded.
    pub results: Results,
}

/// What may not depend on a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Results {
    /// BLAKE3 hash of the list of decisions.
    pub decisions: [u8; 32],
    /// Number of the last record of the journal, and its hash.
    pub journal: String,
}

/// Why there is nothing to recommend.
#[derive(Debug, thiserror::Error)]
pub enum TuneError {
    /// A setting changed a result.
    #[error(
        "{setting}: {what} came out otherwise than with the usual settings; no setting may change a result: keep this batch and report it"
    )]
    Differs {
        /// The setting.
        setting: String,
        /// The decisions, or the journal.
        what: &'static str,
    },
    /// A run did not come to its end. It has said why itself.
    #[error("{setting}: the run ended with exit code {code}: {said}")]
    Failed {
        /// The setting.
        setting: String,
        /// Its exit code.
        code: u8,
        /// What it said.
        said: String,
    },
    /// The machine refused something.
    #[error("{what}: {error}")]
    World {
        /// What was tried.
        what: String,
        /// What the system said.
        error: std::io::Error,
    },
    /// There is something in the way.
    #[error(
        "{0}: it is there already, and what lies in it is not touched; remove it or name another folder with --out"
    )]
    InTheWay(String),
    /// The operator stopped it.
    #[error("stopped by the operator; nothing is recommended")]
    Stopped,
}

/// A setting with all its trials.
#[derive(Clone, Debug)]
pub struct Tried {
    /// What of it differs from the defaults; none for these.
    pub kind: Option<Kind>,
    /// The setting.
    pub setting: Setting,
    /// Microseconds of each trial.
    pub walls_us: Vec<u64>,
    /// The most memory of any trial, in bytes.
    pub resident_max_bytes: u64,
}

impl Tried {
    fn new(kind: Option<Kind>, setting: Setting) -> Tried {
        Tried { kind, setting, walls_us: Vec::new(), resident_max_bytes: 0 }
    }

    /// The median of its trials, in microseconds.
    pub fn median_us(&self) -> u64 {
        median(&self.walls_us)
    }

    fn add(&mut self, measured: &Measured) {
        self.walls_us.push(measured.wall_us);
        self.resident_max_bytes = self.resident_max_bytes.max(measured.resident_max_bytes);
    }
}

/// What tuning came to.
#[derive(Clone, Debug)]
pub struct Tuned {
    /// Documents in the batch.
    pub n_documents: u64,
    /// Its bytes as received.
    pub n_bytes: u64,
    /// The defaults first, then what differs in one thing from them.
    pub tried: Vec<Tried>,
    /// How far the defaults differ from themselves, in ten-thousandths.
    pub noise_bp: u64,
    /// The best of each kind together, beside the defaults; none when nothing was better by more than the noise.
    pub last: Option<[Tried; 2]>,
}

impl Tuned {
    /// The settings to use.
    pub fn best(&self) -> &Setting {
        match &self.last {
            Some([_, together]) if self.gain_bp() > 0 => &together.setting,
            _ => &self.tried[0].setting,
        }
    }

    /// How much faster the settings to use are than the defaults, in ten-thousandths of their speed; nothing when that is
    /// within the noise.
    pub fn gain_bp(&self) -> u64 {
        let Some([usual, together]) = &self.last else { return 0 };
        let gain = (usual.median_us() * 10_000 / together.median_us().max(1)).saturating_sub(10_000);
        let noise = self.noise_bp.max(noise_bp(&usual.walls_us, &usual.walls_us));
        if gain > noise { gain } else { 0 }
    }

    /// Documents a second at this time, and tenths of megabytes a second.
    pub fn rates(&self, wall_us: u64) -> (u64, u64) {
        let wall_us = wall_us.max(1);
        (self.n_documents * 1_000_000 / wall_us, self.n_bytes * 10 / wall_us)
    }
}

/// Tries everything: one rotation that does not count, then so many. `progress` is told before each trial how many are
/// done, of how many, and what comes.
pub fn tune(
    n_cores: usize,
    n_rounds: usize,
    mut measure: impl FnMut(&Setting) -> Result<Measured, TuneError>,
    mut progress: impl FnMut(usize, usize, &Setting),
) -> Result<Tuned, TuneError> {
    let mut tried: Vec<Tried> =
        setting::all(n_cores).into_iter().map(|(kind, setting)| Tried::new(kind, setting)).collect();
    let mut again = Tried::new(None, tried[0].setting);
    // The last rotations hold two settings against one another.
    let n_trials = (tried.len() + 1) * (n_rounds + 1) + 2 * n_rounds;
    let mut n_done = 0;
    let mut first: Option<Measured> = None;
    let mut trial = |setting: &Setting, n_done: &mut usize| {
        progress(*n_done, n_trials, setting);
        *n_done += 1;
        let measured = measure(setting)?;
        let usual = first.get_or_insert_with(|| measured.clone());
        compare(setting, usual, &measured)?;
        Ok(measured)
    };
    for round in 0..=n_rounds {
        for it in tried.iter_mut().chain([&mut again]) {
            let measured = trial(&it.setting, &mut n_done)?;
            // The first rotation warms up.
            if round > 0 {
                it.add(&measured);
            }
        }
    }
    let noise_bp = noise_bp(&tried[0].walls_us, &again.walls_us);
    let together = choose::together(&tried, noise_bp);
    let mut last = (together != tried[0].setting)
        .then(|| [tried[0].setting, together].map(|setting| Tried::new(None, setting)));
    for _ in 0..n_rounds {
        for it in last.iter_mut().flatten() {
            let measured = trial(&it.setting, &mut n_done)?;
            it.add(&measured);
        }
    }
    let Measured { n_documents, n_bytes, .. } = first.expect("the defaults were tried");
    Ok(Tuned { n_documents, n_bytes, tried, noise_bp, last })
}

/// Tunes this machine as the command line asks, writes `tune.svg`, `tune.json` and `tuned.toml`, and gives what is to be
/// printed.
pub fn tune_here(
    world: &dyn World,
    asked: TuneArguments,
    language: Language,
    stop: &AtomicBool,
    progress: &Progress,
) -> Result<String, TuneError> {
    // All trials are accepted at one moment: what is decided hangs on it.
    let accepted = asked.taken.accepted_at.unwrap_or_else(|| Accepted::At(submission::now(world)));
    let mut arguments: Vec<OsString> =
        vec!["--accepted-at".into(), submission::accepted_text(accepted).into()];
    let encodings = asked.taken.encodings.map(|list| list.to_string().into());
    let registers = asked.registers.map(PathBuf::into_os_string);
    let limits = asked.taken.limits.map(PathBuf::into_os_string);
    let others = [("--encodings", encodings), ("--registers", registers), ("--limits", limits)];
    arguments
        .extend(others.into_iter().flat_map(|(name, value)| value.map(|it| [name.into(), it])).flatten());
    let trials = Trials::new(world, Batch { inputs: asked.inputs, arguments }, &asked.out)?;
    let measure = |setting: &Setting| {
        if stop.load(Ordering::Relaxed) { Err(TuneError::Stopped) } else { trials.measure(setting) }
    };
    let tell = |n_done: usize, n: usize, next: &Setting| {
        if n_done == 0 {
            progress.begin_trials(n);
        }
        progress.trial(n_done, next.flags());
    };
    let n_rounds = usize::try_from(asked.rounds).unwrap_or(usize::MAX);
    let tuned = tune(process::n_cores(), n_rounds, measure, tell)?;
    progress.end();
    let (json, toml) = (to_json(&tuned), toml(&tuned));
    for (name, text) in
        [("tune.svg", svg(&tuned, language)), ("tune.json", json.clone()), ("tuned.toml", toml)]
    {
        let path = asked.out.join(name);
        let written = world.create(&path).and_then(|mut file| file.append(text.as_bytes()));
        written.map_err(|error| TuneError::World { what: path.display().to_string(), error })?;
    }
    Ok(if asked.json { json } else { print(&tuned, language) })
}

/// The settings to use, for the configuration of a service: above its first table.
pub fn toml(tuned: &Tuned) -> String {
    let gain = table::percent(tuned.gain_bp());
    let best = tuned.best().toml();
    if tuned.gain_bp() == 0 {
        return format!(
            "# Written by `clearance tune`: these are the defaults; nothing else was faster on this machine.\n\
             # 由 clearance tune 生成：以下即默认设置，本机上没有更快的。\n{best}"
        );
    }
    format!(
        "# Written by `clearance tune`: {gain} % faster than the defaults on this machine. Put it above the first [table].\n\
         # 由 clearance tune 生成：本机上比默认设置快 {gain}%。放在第一个 [表] 之前。\n{best}"
    )
}

/// No setting may change a result.
fn compare(setting: &Setting, usual: &Measured, other: &Measured) -> Result<(), TuneError> {
    let differs = |what| Err(TuneError::Differs { setting: setting.flags(), what });
    if usual.results.decisions != other.results.decisions {
        return differs("the list of decisions");
    }
    if usual.results.journal != other.results.journal {
        return differs("the journal");
    }
    Ok(())
}

#[cfg(test)]
mod tests;
