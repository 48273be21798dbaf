//! R15: the real service with ten times more work than it can do, beside a firm that drops little.
//!
//! One firm drops without asking whether the door says "later": ten files for each one that is taken. Meanwhile the service
//! must not grow, must say "later", and must serve the other firm as if nobody else were there. Every ten minutes it is
//! killed and started again. In the end what was acknowledged is held against the journal, read by the format document.

pub(crate) mod asked;
pub(crate) mod firms;

use crate::kills::{Service, now, said};
use crate::progress::Progress;
use crate::{Extent, Proof};
use anyhow::{Context, Result, ensure};
use asked::Asked;
use firms::{CROWD, Firms, LITTLE};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The proof. It counts seconds.
pub const PROOF: Proof = Proof {
    name: "soak",
    shows: "R15: with ten times more work than it can do the service stays within its bounds, loses nothing and says later",
    floor: 20,
    full: 600,
    run,
};

/// Files for each one that is taken.
const TIMES: u64 = 10;
/// Files that lie there when it starts: more than one look keeps, so that it must say "later" from the first moment.
const HEAD_START: u64 = 12_000;
/// Files that wait at most: what the disk of a machine like this holds beside everything else.
const WAITING_MAX: u64 = 1_000_000;
/// Files dropped between two looks at the other firm.
const AT_ONCE: u64 = 200;
const KILLED_EVERY: Duration = Duration::from_secs(600);
/// Resident memory, of reliability 4.1: with one thread.
pub(crate) const RESIDENT_BYTES_MAX: u64 = (512 + 64) << 20;
pub(crate) const OPEN_FILES_MAX: u64 = 64;
/// The bounds that `ops/serve.md` publishes: of a turn, and of two of them.
const TURN_MAX: Duration = Duration::from_secs(10);
const LITTLE_MAX: Duration = Duration::from_secs(20);
/// Longest time until what the little firm dropped last is answered.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

fn run(extent: &Extent) -> Result<String> {
    let program = std::env::current_exe()?.with_file_name("clearance");
    ensure!(program.is_file(), "{} is not there: build the package clearance", program.display());
    let dir = std::env::temp_dir().join(format!("clearance-soak-{}", std::process::id()));
    let done = all(extent, &program, &dir);
    if done.is_err() {
        println!("        cargo run -p proof -- soak --count {}", extent.count);
        println!("        what is left of it: {}", dir.display());
        return done;
    }
    std::fs::remove_dir_all(&dir).with_context(|| dir.display().to_string())?;
    done
}

/// The service, and what was seen of it.
struct Watched {
    service: Service,
    asked: Asked,
    looked: Instant,
    started: Instant,
}

fn all(extent: &Extent, program: &Path, dir: &Path) -> Result<String> {
    let mut firms = Firms::new(dir)?;
    let port = asked::free_port()?;
    firms::configure(dir, port)?;
    (0..HEAD_START).try_for_each(|_| firms.crowd_drops())?;
    let started = now();
    let service = Service::start(program, dir)?;
    let mut watched = Watched { service, asked: Asked::at(port), looked: started, started };
    let mut progress = Progress::of("seconds", extent.count);
    let mut n_kills = 0;
    while started.elapsed() < Duration::from_secs(extent.count) {
        firms.little_looks_and_drops(Duration::from_secs(1))?;
        let n_taken = watched.asked.n_taken();
        let wanted = (HEAD_START + TIMES * n_taken).min(n_taken + WAITING_MAX);
        let n_dropped = wanted.saturating_sub(firms.n_crowd()).min(AT_ONCE);
        (0..n_dropped).try_for_each(|_| firms.crowd_drops())?;
        if watched.looked.elapsed() >= Duration::from_secs(1) {
            watched.looked = now();
            watched.asked.look(watched.service.id())?;
        }
        if watched.started.elapsed() >= KILLED_EVERY {
            watched.service.kill()?;
            watched.asked.is_gone();
            let service = Service::start(program, dir)?;
            watched = Watched { service, started: now(), ..watched };
            n_kills += 1;
        }
        if n_dropped == 0 {
            sleep(Duration::from_millis(10));
        }
        progress.done(started.elapsed().as_secs());
    }
    progress.finish(extent.count);
    firms.little_waits(PATIENCE)?;
    watched.asked.look(watched.service.id())?;
    watched.service.ends()?;
    let account = account(&firms, dir)?;
    let (n_dropped, n_taken) = (firms.n_crowd() + firms.n_little(), watched.asked.n_taken());
    let is_more = n_dropped >= TIMES * n_taken || n_dropped - n_taken >= WAITING_MAX / 2;
    ensure!(is_more, "{n_dropped} files are not more than it could do: it took {n_taken}");
    let bounds = within_bounds(&watched.asked, &firms)?;
    Ok(format!("{} seconds, {n_kills} kills; {account}; {bounds}; lost 0, double 0", extent.count))
}

/// Nothing acknowledged is lost: what lies in `SentBox` is decided once and answered, and every file is in one box.
pub(crate) fn account(firms: &Firms, dir: &Path) -> Result<String> {
    let said = said::journal(&dir.join("data/journal"))?;
    let double = said.decisions.iter().find(|(_, n)| **n != 1);
    ensure!(double.is_none(), "{double:?}: decided twice");
    let mut n_sent = 0;
    for (firm, n_dropped) in [(CROWD, firms.n_crowd()), (LITTLE, firms.n_little())] {
        let [waiting, sent, failed, answers] =
            ["OutBox", "SentBox", "FailBox", "InBox"].map(|it| firms::names(dir, firm, it));
        let (waiting, sent, failed, answers) = (waiting?, sent?, failed?, answers?);
        ensure!(failed.is_empty(), "{firm}: in FailBox: {:?}", failed.first());
        let n_there = (waiting.len() + sent.len()) as u64;
        ensure!(n_there == n_dropped, "{firm}: {n_dropped} files dropped, {n_there} are there");
        let lost =
            sent.iter().find(|name| !firms::number(name).is_some_and(|it| said.decisions.contains_key(&it)));
        ensure!(lost.is_none(), "{firm}: acknowledged and not decided: {lost:?}");
        // A technical and a business answer each.
        let n_answers = answers.len();
        ensure!(n_answers == 2 * sent.len(), "{firm}: {n_answers} answers to {} files", sent.len());
        n_sent += sent.len() as u64;
    }
    let n_decided = said.decisions.len() as u64;
    ensure!(n_decided == n_sent, "{n_decided} decisions on {n_sent} files that were taken");
    let n_dropped = firms.n_crowd() + firms.n_little();
    Ok(format!("{n_dropped} files dropped, {n_sent} taken, decided and answered"))
}

fn within_bounds(asked: &Asked, firms: &Firms) -> Result<String> {
    let (memory, files) = (asked.resident_bytes_max, asked.n_open_files_max);
    ensure!(memory <= RESIDENT_BYTES_MAX, "{memory} bytes resident");
    ensure!(files <= OPEN_FILES_MAX, "{files} open files");
    ensure!(asked.n_later > 0, "the door never said later");
    let turn = asked.turn_p99.context("no turn was counted")?;
    ensure!(turn <= TURN_MAX, "99 of 100 turns took {turn:?}");
    let [p50, p99] = [50, 99].map(|it| firms.little_waited(it));
    ensure!(p99 <= LITTLE_MAX, "99 of 100 files of the little firm waited {p99:?}");
    Ok(format!(
        "resident at most {} MiB, {} MiB in the end, {files} open files; 99 of 100 turns within {} ms; the little firm waited \
         {} ms (p50) and {} ms (p99); the door said later {} times of {}",
        memory >> 20,
        asked.resident_bytes >> 20,
        turn.as_millis(),
        p50.as_millis(),
        p99.as_millis(),
        asked.n_later,
        asked.n_looks
    ))
}
