//! R3: the real service, killed at any moment and started again, beside a client that keeps his own account.
//!
//! The client drops files by renaming, some of them a second time and some with other content under a number that is taken,
//! and looks after every kill at what was moved and answered. In the end his account is held against the journal, which is
//! read by the verifier and by the format document, with no code of the program: nothing lost, nothing decided twice, no
//! answer that changed.

mod client;
pub(crate) mod said;

use crate::mutate::Random;
use crate::progress::Progress;
use crate::{Extent, Proof};
use anyhow::{Context, Result, bail, ensure};
use client::Client;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The proof. It counts kills.
pub const PROOF: Proof = Proof {
    name: "kills",
    shows: "R3: the service killed at any moment loses nothing it acknowledged, decides nothing twice, changes no answer",
    floor: 60,
    full: 1_000,
    run,
};

/// Files dropped between two kills, at most.
const N_DROPPED: usize = 4;
/// Longest time from a start until all is answered; the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(120);

fn run(extent: &Extent) -> Result<String> {
    let program = std::env::current_exe()?.with_file_name("clearance");
    ensure!(program.is_file(), "{} is not there: build the package clearance", program.display());
    let dir = std::env::temp_dir().join(format!("clearance-kills-{}", std::process::id()));
    let done = all(extent, &program, &dir);
    if done.is_err() {
        println!("        cargo run -p proof -- kills --seed {} --count {}", extent.seed, extent.count);
        println!("        what is left of it: {}", dir.display());
        return done;
    }
    std::fs::remove_dir_all(&dir).with_context(|| dir.display().to_string())?;
    done
}

fn all(extent: &Extent, program: &Path, dir: &Path) -> Result<String> {
    let mut client = Client::new(dir)?;
    let mut random = Random::of(extent.seed, 0);
    // How long a start takes until all is answered says when to kill: any moment of it, and a little later.
    (0..N_DROPPED).try_for_each(|_| client.drops(&mut random))?;
    let service = Service::start(program, dir)?;
    let whole = client.waits(PATIENCE)?;
    service.ends()?;
    let (mut progress, mut n_waiting, mut at) = (Progress::of("kills", extent.count), 0, [0; 3]);
    for number in 0..extent.count {
        // What waits is not more than a start can take, or every kill would come too early.
        for _ in n_waiting..=random.below(N_DROPPED) {
            client.drops(&mut random)?;
        }
        let service = Service::start(program, dir)?;
        let micros = random.below(whole.as_micros() as usize * 2);
        sleep(Duration::from_micros(micros as u64));
        service.kill()?;
        let n_before = client.n_acknowledged();
        n_waiting = client.looks().with_context(|| format!("after kill {number}"))?;
        let is_moved = client.n_acknowledged() > n_before;
        let when = if n_waiting == 0 { 2 } else { usize::from(is_moved) };
        at[when] += 1;
        progress.done(number);
    }
    progress.finish(extent.count);
    // An answer to a new file shows that the service is up: before that it has nothing to finish when it is asked to end.
    client.drops(&mut random)?;
    let service = Service::start(program, dir)?;
    client.waits(PATIENCE)?;
    service.ends()?;
    client.looks()?;
    let account = client.holds(&said::journal(&dir.join("data/journal"))?)?;
    let [early, between, late] = at;
    Ok(format!(
        "{} kills ({early} before a file was moved, {between} between, {late} behind all); {account}; lost 0, double 0, \
         mismatch 0, seed {}",
        extent.count, extent.seed
    ))
}

/// The service as a process.
pub(crate) struct Service {
    process: Child,
    log: PathBuf,
}

impl Service {
    pub fn start(program: &Path, dir: &Path) -> Result<Service> {
        let mut command = Command::new(program);
        command.args(["serve", "--config", "clearance.toml"]);
        Service::start_as(command, dir)
    }

    /// The same, called like this.
    pub fn start_as(mut command: Command, dir: &Path) -> Result<Service> {
        let log = dir.join("log");
        command.current_dir(dir).stdin(Stdio::null());
        command.stdout(Stdio::null()).stderr(std::fs::File::create(&log)?);
        Ok(Service { process: command.spawn()?, log })
    }

    /// Its number among the processes of the machine.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// SIGKILL. It must have been at work until then.
    pub fn kill(mut self) -> Result<()> {
        if let Some(ended) = self.process.try_wait()? {
            bail!("it ended by itself with {ended}: {}", std::fs::read_to_string(&self.log)?);
        }
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }

    /// The code it has ended with, none where it was ended by a signal; nothing while it goes on.
    pub fn ended(&mut self) -> Result<Option<Option<i32>>> {
        Ok(self.process.try_wait()?.map(|ended| ended.code()))
    }

    /// What it has logged.
    pub fn said(&self) -> Result<String> {
        Ok(std::fs::read_to_string(&self.log)?)
    }

    /// SIGTERM: it finishes what it has begun.
    pub fn ends(self) -> Result<()> {
        self.asked_to_end(&[0])
    }

    /// SIGTERM: it ends with one of these codes.
    pub fn asked_to_end(mut self, codes: &[i32]) -> Result<()> {
        let kill = format!("kill -TERM {}", self.process.id());
        ensure!(Command::new("sh").args(["-c", &kill]).status()?.success(), "it cannot be asked to end");
        let ended = self.process.wait()?;
        let is_as_it_must = ended.code().is_some_and(|code| codes.contains(&code));
        ensure!(is_as_it_must, "it ended with {ended}: {}", self.said()?);
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "a service is waited for in real time")]
pub(crate) fn now() -> Instant {
    Instant::now()
}
