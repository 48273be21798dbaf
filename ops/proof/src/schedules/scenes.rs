//! What is played: the program in the simulated world, and what must be so in the end.

use super::turns::{AtCalls, InTurns};
use crate::mutate::Random;
use crate::office::ledger::{self, Known, Told};
use crate::office::power::{FATES, power_goes};
use crate::office::through::{Nobody, Through, Watch};
use crate::office::workloads::{Cast, consignments, step};
use crate::office::{DATA, PLAIN, Step, office, send, send_with};
use anyhow::{Context, Result, bail, ensure};
use clearance::record::RecordError;
use clearance::record::journal::{self, Head, Journal, Kind};
use clearance::run::{Means, RunError};
use clearance::world::World;
use clearance::world::memory::{Keep, Memory, Op};
use engine::parallel::{Pool, Threads};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// So few that groups end within windows, while others are read.
const GROUP_BYTES: usize = 3_000;

/// What all executions share.
pub struct Scenes {
    /// One submission of two inputs in several windows.
    windows: Vec<Step>,
    /// How it comes out on one thread, and after how many calls.
    healthy: (Memory, Known, u64),
    /// The same work for two programs.
    twice: Vec<Step>,
    /// How it comes out, whichever goes first.
    twice_known: [Known; 2],
}

impl Scenes {
    /// Makes the documents, and plays everything on one thread.
    pub fn new() -> Result<Scenes> {
        let consignments = consignments(60)?;
        let Cast { plain, rejected, other, .. } = Cast::of(&consignments)?;
        // A declaration waits for its certificate, which comes in the other input.
        let first = [other.declaration.clone(), plain.clone()];
        let second = [&other.certificates[..], std::slice::from_ref(&plain)].concat();
        let windows = vec![step(&[("one.xml", &first), ("two.xml", &second)])];
        let same = step(&[("same.xml", &[plain, rejected])]);
        let twice = vec![same.clone(), same];
        let world = office(&windows);
        let before = world.calls();
        sent(&world, &Pool::new(1).map_err(anyhow::Error::msg)?, &Arc::new(Nobody))?;
        let n_calls = world.calls() - before;
        let known = ledger::known(&world, &windows)?;
        let twice_known = [in_order(&twice, [0, 1])?, in_order(&twice, [1, 0])?];
        Ok(Scenes { windows, healthy: (world, known, n_calls), twice, twice_known })
    }

    /// One window is settled while the next is read.
    pub fn windows(&self) -> Result<()> {
        let world = office(&self.windows);
        sent(&world, &Pool::given(Box::new(InTurns)), &Arc::new(AtCalls))?;
        same(&world, &self.healthy.0)?;
        // What was acknowledged is all there when the power goes.
        world.crash(|_| Keep::Nothing);
        let healthy = self.healthy.0.fork();
        healthy.crash(|_| Keep::Nothing);
        same(&world, &healthy).context("after the power went")
    }

    /// Who reads the journal beside its writer sees what is durable and nothing else.
    pub fn readers(&self) -> Result<()> {
        let world = Memory::new();
        let shared = Through::to(&world, &Arc::new(AtCalls));
        let mut journal = Journal::open(shared, Path::new(DATA), journal::Limits::default())?;
        let (reader, wrong) = (journal.reader(), Mutex::new(None));
        let says = |done: Result<()>| {
            if let Err(error) = done {
                wrong.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
            }
        };
        let writes = || {
            let written = (0..3_u8).try_for_each(|n| -> Result<()> {
                journal.append(Kind(3), &[n], None)?;
                journal.append(Kind(4), &[n, n], None)?;
                journal.commit()?;
                Ok(())
            });
            says(written);
        };
        let reads = || says((0..3).try_for_each(|_| sees_what_is_durable(&reader, &world)));
        InTurns.both(Box::new(writes), Box::new(reads));
        let wrong = wrong.lock().unwrap_or_else(PoisonError::into_inner).take();
        wrong.map_or(Ok(()), Err)
    }

    /// Two programs take the same work at once.
    pub fn programs(&self) -> Result<()> {
        let world = office(&self.twice);
        let shared = Through::to(&world, &Arc::new(AtCalls));
        let ends: [Mutex<Option<RunError>>; 2] = Default::default();
        let end = |number: usize| ends[number].lock().unwrap_or_else(PoisonError::into_inner);
        let program = |number: usize| *end(number) = send(&shared, number, PLAIN).err();
        InTurns.both(Box::new(|| program(0)), Box::new(|| program(1)));
        for number in 0..2 {
            match end(number).take() {
                None => {}
                Some(RunError::Record(RecordError::InUse { .. })) => send(&shared, number, PLAIN)?,
                Some(error) => bail!("program {number}: {error}"),
            }
        }
        ledger::still(&world, &ledger::told(&world, 2)?)?;
        let known = ledger::known(&world, &self.twice)?;
        let [first, second] = &self.twice_known;
        known.is_like(first).or_else(|_| known.is_like(second))
    }

    /// The windows again: nothing happens, a call fails, or the power goes; then the same command once more.
    pub fn faults(&self, mut random: Random) -> Result<()> {
        let world = office(&self.windows);
        let pool = Pool::given(Box::new(InTurns));
        let at = 1 + random.number() % self.healthy.2;
        let (mut told, left) = match random.below(3) {
            0 => {
                sent(&world, &pool, &Arc::new(AtCalls))?;
                (Vec::new(), world)
            }
            1 => (vec![self.fails(&world, &pool, at, &mut random)?], world),
            _ => self.power_goes(&world, &pool, at, &mut random)?,
        };
        told.push(ledger::told(&left, 1)?);
        let shared: Arc<dyn World> = Arc::new(left.clone());
        send(&shared, 0, PLAIN)?;
        told.iter().try_for_each(|it| ledger::still(&left, it))?;
        ledger::known(&left, &self.windows)?.is_like(&self.healthy.1)
    }

    /// A call fails, whoever makes it. What was told by then.
    fn fails(&self, world: &Memory, pool: &Pool, at: u64, random: &mut Random) -> Result<Told> {
        let kinds = [io::ErrorKind::StorageFull, io::ErrorKind::PermissionDenied, io::ErrorKind::Other];
        world.fail_call(at, *random.one(&kinds));
        let ended = sent(world, pool, &Arc::new(AtCalls));
        world.mend();
        let told = ledger::told(world, 1)?;
        if ended.is_ok() {
            // Some calls may fail and change nothing that was promised.
            ledger::still(world, &told)?;
        }
        Ok(told)
    }

    /// The power goes after a call that changes something, while the other thread is wherever it is.
    fn power_goes(
        &self,
        world: &Memory,
        pool: &Pool,
        at: u64,
        random: &mut Random,
    ) -> Result<(Vec<Told>, Memory)> {
        let kept = Arc::new(KeptAt { at, n_changes: AtomicU64::new(0), kept: Mutex::default() });
        sent(world, pool, &kept)?;
        let kept = kept.kept.lock().unwrap_or_else(PoisonError::into_inner).take();
        let left = kept.unwrap_or_else(|| world.clone());
        let told = ledger::told(&left, 1)?;
        power_goes(&left, *random.one(FATES), random);
        Ok((vec![told], left))
    }
}

/// The submission on these threads, in small groups.
fn sent<W: Watch + 'static>(world: &Memory, pool: &Pool, watch: &Arc<W>) -> Result<(), RunError> {
    send_with(&Through::to(world, watch), 0, &Means { pool, group_bytes: GROUP_BYTES })
}

/// What is known when one program comes after the other.
fn in_order(steps: &[Step], numbers: [usize; 2]) -> Result<Known> {
    let world = office(steps);
    let shared: Arc<dyn World> = Arc::new(world.clone());
    numbers.into_iter().try_for_each(|number| send(&shared, number, PLAIN))?;
    ledger::known(&world, steps)
}

/// The world as it was after so many changes.
struct KeptAt {
    at: u64,
    n_changes: AtomicU64,
    kept: Mutex<Option<Memory>>,
}

impl Watch for KeptAt {
    fn comes(&self, at: &Path) {
        AtCalls.comes(at);
    }

    fn after(&self, _op: Op, _path: &Path, world: &Memory) {
        if self.n_changes.fetch_add(1, Ordering::Relaxed) + 1 == self.at {
            *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(world.fork());
        }
    }
}

/// Every file is there with the same bytes.
fn same(ours: &Memory, healthy: &Memory) -> Result<()> {
    let (names, expected) = (ours.paths(), healthy.paths());
    let other =
        names.iter().find(|it| !expected.contains(it)).or(expected.iter().find(|it| !names.contains(it)));
    ensure!(other.is_none(), "{other:?} is there on one thread or on two, not on both");
    for path in names {
        ensure!(
            ours.bytes(&path)? == healthy.bytes(&path)?,
            "{} is other bytes than on one thread",
            path.display()
        );
    }
    Ok(())
}

fn sees_what_is_durable(reader: &journal::Reader, world: &Memory) -> Result<()> {
    let mut seen = Head::EMPTY;
    reader.scan(1, |record| {
        ensure!(record.index == seen.index + 1, "record {} after {}", record.index, seen.index);
        seen = Head { index: record.index, hash: record.hash };
        Ok(())
    })?;
    let after = world.fork();
    after.crash(|_| Keep::Nothing);
    let after: Arc<dyn World> = Arc::new(after);
    let durable = journal::look(after, Path::new(DATA), journal::Limits::default())?;
    ensure!(durable.head().index >= seen.index, "record {} was seen and is not durable", seen.index);
    if seen.index > 0 {
        ensure!(durable.read(seen.index)?.hash == seen.hash, "record {} was seen otherwise", seen.index);
    }
    Ok(())
}
