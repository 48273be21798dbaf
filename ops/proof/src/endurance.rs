//! R15, the long half: the service for an hour at half the rate it can do, while calls fail, the clock jumps, and it is
//! killed and started again.
//!
//! Of the calls to the folders of firms one in a hundred fails; of those to the books so few that a process lives for
//! minutes, because each ends it, as it must (P8). A supervisor, played here, starts it again at once. In the end a service
//! without faults takes what is left, and the account of the firms is held against the journal.

pub mod faulty;

use crate::kills::{Service, now};
use crate::progress::Progress;
use crate::soak::asked::{self, Asked};
use crate::soak::firms::{self, CROWD, Firms, LITTLE};
use crate::soak::{OPEN_FILES_MAX, PATIENCE, RESIDENT_BYTES_MAX, account};
use crate::{Extent, Proof};
use anyhow::{Context, Result, bail, ensure};
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The proof. It counts seconds.
pub const PROOF: Proof = Proof {
    name: "endurance",
    shows: "R15: while calls fail, clocks jump and processes die the service does not grow, and keeps every account",
    floor: 20,
    full: 3_600,
    run,
};

/// Files that show how many it can take in a second, and the longest time for that.
const N_FOR_RATE: u64 = 1_500;
const RATE_TIME_MAX: Duration = Duration::from_secs(60);
const KILLED_EVERY: Duration = Duration::from_secs(600);
/// Of a life of the process, its memory and files are compared with those of others at this age.
const COMPARED: [Duration; 2] = [Duration::from_secs(60), Duration::from_secs(120)];
/// Growth of memory in an hour, in hundredths.
const GROWTH_MAX: u64 = 1;
/// Segments that are kept open for reading, as they come to be.
const SEGMENTS_OPEN_MAX: u64 = 8;

fn run(extent: &Extent) -> Result<String> {
    let here = std::env::current_exe()?;
    let program = here.with_file_name("clearance");
    ensure!(program.is_file(), "{} is not there: build the package clearance", program.display());
    let dir = std::env::temp_dir().join(format!("clearance-endurance-{}", std::process::id()));
    let done = all(extent, [&program, &here], &dir);
    if done.is_err() {
        println!("        cargo run -p proof -- endurance --seed {} --count {}", extent.seed, extent.count);
        println!("        what is left of it: {}", dir.display());
        return done;
    }
    std::fs::remove_dir_all(&dir).with_context(|| dir.display().to_string())?;
    done
}

fn all(extent: &Extent, [program, here]: [&Path; 2], dir: &Path) -> Result<String> {
    let mut firms = Firms::new(dir)?;
    let port = asked::free_port()?;
    firms::configure(dir, port)?;
    let rate = rate(&mut firms, program, dir, port)?;
    let mut trial = Trial {
        lives: Vec::new(),
        asked: Asked::at(port),
        n_deaths: 0,
        seed: extent.seed,
        here,
        dir,
        n_starts: 0,
    };
    let length = Duration::from_secs(extent.count);
    let mut progress = Progress::of("seconds", extent.count);
    let (begun, n_before) = (now(), firms.n_crowd());
    let (mut service, mut looked, mut n_kills) = (trial.start()?, now(), 0);
    while begun.elapsed() < length {
        let wanted = n_before + begun.elapsed().as_millis() as u64 * rate / 2_000;
        (firms.n_crowd()..wanted).try_for_each(|_| firms.crowd_drops())?;
        firms.little_looks_and_drops(Duration::from_secs(1))?;
        if looked.elapsed() >= Duration::from_secs(1) {
            looked = now();
            service = trial.looks(service)?;
        }
        if trial.age() >= KILLED_EVERY.min(length / 3) {
            service = trial.kills(service)?;
            n_kills += 1;
        }
        sleep(Duration::from_millis(10));
        progress.done(begun.elapsed().as_secs());
    }
    progress.finish(extent.count);
    service.asked_to_end(&[0, FAILED])?;
    // A day without faults takes what is left.
    let service = Service::start(program, dir)?;
    firms.little_waits(PATIENCE)?;
    empty(dir)?;
    service.ends()?;
    let account = account(&firms, dir)?;
    let bounds = trial.within_bounds(begun.elapsed())?;
    let [p50, p99] = [50, 99].map(|it| firms.little_waited(it).as_millis());
    Ok(format!(
        "{} seconds with faults, {} files a second of {rate} it can take; killed {n_kills} times, ended by itself {} times and \
         started again; {account}; {bounds}; a file of the little firm waited {p50} ms (p50) and {p99} ms (p99); lost 0, \
         double 0, seed {}",
        extent.count,
        rate / 2,
        trial.n_deaths,
        extent.seed
    ))
}

/// Files it takes in a second when there are enough of them and nothing fails.
fn rate(firms: &mut Firms, program: &Path, dir: &Path, port: u16) -> Result<u64> {
    (0..N_FOR_RATE).try_for_each(|_| firms.crowd_drops())?;
    let service = Service::start(program, dir)?;
    let (begun, mut asked, mut first) = (now(), Asked::at(port), None);
    let rate = loop {
        asked.look(service.id())?;
        let n_taken = asked.n_taken();
        if n_taken > 0 {
            let (since, n_first): (Instant, u64) = *first.get_or_insert((now(), n_taken));
            let is_enough = n_taken == N_FOR_RATE || begun.elapsed() > RATE_TIME_MAX;
            if is_enough && n_taken > n_first {
                break (n_taken - n_first) * 1_000 / (since.elapsed().as_millis() as u64).max(1);
            }
        }
        ensure!(begun.elapsed() < PATIENCE, "after {PATIENCE:?} it has taken {n_taken} files");
        sleep(Duration::from_millis(20));
    };
    service.ends()?;
    Ok(rate.max(2))
}

/// Waits until no firm has anything left to be taken.
fn empty(dir: &Path) -> Result<()> {
    let (begun, mut least) = (now(), usize::MAX);
    let mut moved = begun;
    loop {
        let mut n_waiting = 0;
        for firm in [CROWD, LITTLE] {
            n_waiting += firms::names(dir, firm, "OutBox")?.len();
        }
        if n_waiting == 0 {
            return Ok(());
        }
        if n_waiting < least {
            (least, moved) = (n_waiting, now());
        }
        ensure!(moved.elapsed() < PATIENCE, "{n_waiting} files wait for {PATIENCE:?}");
        sleep(Duration::from_millis(50));
    }
}

/// With this code it ends when the books fail.
const FAILED: i32 = 3;

/// The faulty service, life after life.
struct Trial<'t> {
    lives: Vec<Life>,
    asked: Asked,
    n_deaths: u64,
    seed: u64,
    here: &'t Path,
    dir: &'t Path,
    n_starts: u64,
}

/// What was seen of a process: resident bytes and open files at the age that is compared.
struct Life {
    started: Instant,
    seen: Vec<[u64; 2]>,
}

impl Trial<'_> {
    fn start(&mut self) -> Result<Service> {
        // Another start is another day.
        self.n_starts += 1;
        let seed = (self.seed * 1_000_000 + self.n_starts).to_string();
        let mut command = Command::new(self.here);
        command.args([faulty::VERB, "clearance.toml", &seed]);
        self.asked.is_gone();
        self.lives.push(Life { started: now(), seen: Vec::new() });
        Service::start_as(command, self.dir)
    }

    fn age(&self) -> Duration {
        self.lives.last().map_or(Duration::ZERO, |it| it.started.elapsed())
    }

    /// Looks at the process. One that the books have ended is started again.
    fn looks(&mut self, mut service: Service) -> Result<Service> {
        let looked = self.asked.look(service.id());
        match service.ended()? {
            None => looked?,
            Some(Some(FAILED)) => {
                self.n_deaths += 1;
                return self.start();
            }
            Some(code) => bail!("it ended by itself with {code:?}: {}", service.said()?),
        }
        let (age, asked) = (self.age(), &self.asked);
        if let Some(life) = self.lives.last_mut().filter(|_| age >= COMPARED[0] && age < COMPARED[1]) {
            life.seen.push([asked.resident_bytes, asked.n_open_files]);
        }
        Ok(service)
    }

    /// SIGKILL, or SIGTERM every second time; and a start.
    fn kills(&mut self, mut service: Service) -> Result<Service> {
        if service.ended()?.is_some() {
            return self.looks(service);
        }
        match self.n_starts % 2 {
            0 => service.kill()?,
            _ => service.asked_to_end(&[0, FAILED])?,
        }
        self.start()
    }

    /// Memory and files of lives of the same age.
    fn within_bounds(&self, length: Duration) -> Result<String> {
        let (memory, files) = (self.asked.resident_bytes_max, self.asked.n_open_files_max);
        ensure!(memory <= RESIDENT_BYTES_MAX, "{memory} bytes resident");
        ensure!(files <= OPEN_FILES_MAX, "{files} open files");
        let most = format!("resident at most {} MiB, {files} open files", memory >> 20);
        let mut compared = self.lives.iter().filter(|it| !it.seen.is_empty());
        let (Some(first), Some(last)) = (compared.next(), compared.next_back()) else {
            return Ok(format!("{most}, too short to see it grow"));
        };
        let ([first_bytes, first_files], [last_bytes, last_files]) = (first.level(), last.level());
        let hours = length.as_secs().div_ceil(3_600);
        ensure!(
            last_bytes <= first_bytes + first_bytes * GROWTH_MAX * hours / 100,
            "a minute after its start it had {first_bytes} bytes resident in the beginning, {last_bytes} in the end"
        );
        ensure!(
            last_files <= first_files + SEGMENTS_OPEN_MAX,
            "it had {first_files} files open in the beginning, {last_files} in the end"
        );
        Ok(format!(
            "{most}; between its first and second minute {} KiB resident in the first life and {} KiB in the last of {}, {} and \
             {} files open",
            first_bytes >> 10,
            last_bytes >> 10,
            self.lives.len(),
            first_files,
            last_files
        ))
    }
}

impl Life {
    /// The middle of what was resident, and the fewest open files: what is open for a moment does not count.
    fn level(&self) -> [u64; 2] {
        let mut bytes: Vec<u64> = self.seen.iter().map(|it| it[0]).collect();
        bytes.sort_unstable();
        let files = self.seen.iter().map(|it| it[1]).min();
        [bytes.get(bytes.len() / 2).copied().unwrap_or(0), files.unwrap_or(0)]
    }
}
