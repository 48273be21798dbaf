//! Where the time of a run goes: its stages, timed where windows begin and end, so that measuring costs nothing.
//!
//! With one thread the stages follow one another, and their times add up to the time of the run. With more, one window is
//! read while the one before is settled: these are two lanes, each as long as the run, and a lane that has nothing to do
//! waits. In either case stages, waiting and the rest add up to lanes × time; what a stage takes is the time from its
//! begin to its end, on however many threads.

mod table;

pub use table::print;

use crate::world::{World, process};
use engine::Step;
use model::finding::Words;
use serde::Serialize;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A stage of the way of a document (design section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Rule book, registers, list of the inputs, books.
    Start,
    /// Bytes read, hashed, and kept as evidence.
    Intake,
    /// Unpacked, encoding decided, cut into documents.
    Decode,
    /// Fields read; certificates judged by themselves.
    Parse,
    /// What is on file looked up; documents joined with what they name.
    Link,
    /// Rules and fees, case by case.
    Validate,
    /// What is contended, settled in order.
    Decide,
    /// Records and lines made, the journal appended and synced.
    Record,
    /// Lines, answers and pages written.
    Publish,
}

impl Stage {
    /// All, in order.
    pub const ALL: [Stage; 9] = [
        Self::Start,
        Self::Intake,
        Self::Decode,
        Self::Parse,
        Self::Link,
        Self::Validate,
        Self::Decide,
        Self::Record,
        Self::Publish,
    ];

    /// Name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Intake => "intake",
            Self::Decode => "decode",
            Self::Parse => "parse",
            Self::Link => "link",
            Self::Validate => "validate",
            Self::Decide => "decide",
            Self::Record => "record",
            Self::Publish => "publish",
        }
    }

    /// What it does, for people.
    pub const fn words(self) -> Words {
        let (zh, en) = match self {
            Self::Start => ("启动：规则、登记册、日志链", "start: rules, registers, journal"),
            Self::Intake => ("接收：读取并留存原文", "intake: read and keep the raw bytes"),
            Self::Decode => ("解码：解压、转码、分份", "decode: unpack, cut into documents"),
            Self::Parse => ("解析：读出各字段", "parse: read the fields"),
            Self::Link => ("关联：查在案、对单证", "link: what is on file, what belongs together"),
            Self::Validate => ("审核：规则和费用", "validate: rules and fees"),
            Self::Decide => ("决定：按序处理争用", "decide: what is contended, in order"),
            Self::Record => ("记录：写入日志链并落盘", "record: append to the journal, sync"),
            Self::Publish => ("输出：明细和回执", "publish: lines and answers"),
        };
        Words { zh, en }
    }
}

impl From<Step> for Stage {
    fn from(step: Step) -> Stage {
        match step {
            Step::Link => Stage::Link,
            Step::Validate => Stage::Validate,
            Step::Decide => Stage::Decide,
        }
    }
}

/// What one run spends on its stages. Shared between its lanes.
pub struct Stopwatch {
    world: Arc<dyn World>,
    began: i128,
    spent: [Spent; Stage::ALL.len()],
    /// Nanoseconds in which both lanes were under way.
    joint: AtomicU64,
    /// Of these, nanoseconds in which a lane worked, both added up.
    worked: AtomicU64,
}

#[derive(Default)]
struct Spent {
    ns: AtomicU64,
    bytes: AtomicU64,
}

impl Stopwatch {
    /// The run begins now.
    pub fn start(world: &Arc<dyn World>) -> Stopwatch {
        let (joint, worked) = Default::default();
        Stopwatch { world: Arc::clone(world), began: now(world), spent: Default::default(), joint, worked }
    }

    fn ns_of(&self, stage: Stage) -> u64 {
        self.spent[stage as usize].ns.load(Ordering::Relaxed)
    }

    /// Both lanes were under way for so many nanoseconds, and the lanes worked so long of them.
    fn joined(&self, joint_ns: u64, lanes_ns: [u64; 2]) {
        self.joint.fetch_add(joint_ns, Ordering::Relaxed);
        self.worked.fetch_add(lanes_ns.iter().sum(), Ordering::Relaxed);
    }

    /// The accounts so far, of a run on so many threads.
    pub fn profile(&self, n_threads: usize) -> Profile {
        let wall_us = between(self.began, now(&self.world)) / 1_000;
        let lanes = if n_threads == 1 { 1 } else { 2 };
        let mut rows: Vec<Row> = Stage::ALL
            .iter()
            .map(|stage| {
                let spent = &self.spent[*stage as usize];
                let [ns, bytes] = [&spent.ns, &spent.bytes].map(|it| it.load(Ordering::Relaxed));
                Row { stage: stage.name(), us: ns / 1_000, bytes }
            })
            .collect();
        // A lane waits while the other works alone: outside the joint time, and at its end.
        let [joint, worked] = [&self.joint, &self.worked].map(|it| it.load(Ordering::Relaxed) / 1_000);
        let waiting = if lanes == 1 { 0 } else { (wall_us + joint).saturating_sub(worked) };
        rows.push(Row { stage: WAITING, us: waiting, bytes: 0 });
        let known = rows.iter().map(|row| row.us).sum::<u64>();
        rows.push(Row { stage: OTHER, us: (lanes * wall_us).saturating_sub(known), bytes: 0 });
        let resident_max_bytes = process::resident_max_bytes();
        Profile { wall_us, threads: n_threads, lanes, stages: rows, resident_max_bytes }
    }
}

/// Name of the time in which a lane waits for the other.
pub(crate) const WAITING: &str = "waiting";
/// Name of the time that is no stage's.
pub(crate) const OTHER: &str = "other";

fn now(world: &Arc<dyn World>) -> i128 {
    world.now().as_nanosecond()
}

/// The clock may be set back meanwhile.
fn between(from: i128, to: i128) -> u64 {
    u64::try_from(to - from).unwrap_or(0)
}

/// A lane of work whose stages are timed one after another; where nobody asked, nothing is done.
pub struct Lane<'s> {
    watch: Option<&'s Arc<Stopwatch>>,
    began: i128,
    since: i128,
    intake_before: u64,
}

impl<'s> Lane<'s> {
    /// Begins now.
    pub fn begin(watch: Option<&'s Arc<Stopwatch>>) -> Lane<'s> {
        let began = watch.map_or(0, |watch| now(&watch.world));
        let intake_before = watch.map_or(0, |watch| watch.ns_of(Stage::Intake));
        Lane { watch, began, since: began, intake_before }
    }

    /// What was done since the last call was this stage, on so many bytes.
    pub fn done(&mut self, stage: Stage, bytes: usize) {
        let Some(watch) = self.watch else { return };
        let now = now(&watch.world);
        let mut ns = between(self.since, now);
        if stage == Stage::Decode {
            // Bytes are taken in while they are decoded.
            ns = ns.saturating_sub(watch.ns_of(Stage::Intake) - self.intake_before);
        }
        self.since = now;
        watch.spent[stage as usize].ns.fetch_add(ns, Ordering::Relaxed);
        watch.spent[stage as usize].bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// These stages worked on so many bytes.
    pub fn worked_on<const N: usize>(&self, stages: [Stage; N], bytes: usize) {
        let Some(watch) = self.watch else { return };
        for stage in stages {
            watch.spent[stage as usize].bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        }
    }

    /// Nanoseconds since it began, when anybody asked.
    pub fn ns(&self) -> u64 {
        self.watch.map_or(0, |watch| between(self.began, now(&watch.world)))
    }

    /// This lane was the time of two others that were under way at once.
    pub fn was_joint(&self, lanes_ns: [u64; 2]) {
        if let Some(watch) = self.watch {
            watch.joined(self.ns(), lanes_ns);
        }
    }
}

/// The accounts of a run: its stages add up to `lanes` × `wall_us`.
#[derive(Clone, Debug, Serialize)]
pub struct Profile {
    /// Microseconds from the start to the moment the journal was synced.
    pub wall_us: u64,
    /// Threads.
    pub threads: usize,
    /// Lanes of work: 2 where one window is read while another is settled.
    pub lanes: u64,
    /// Stages in their order, then waiting and the rest.
    pub stages: Vec<Row>,
    /// The most memory that was resident, where the machine tells.
    pub resident_max_bytes: Option<u64>,
}

/// What one stage took.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Its name.
    pub stage: &'static str,
    /// Microseconds.
    pub us: u64,
    /// Bytes it worked on: those received, the text of the documents, or what it wrote.
    pub bytes: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::memory::Memory;
    use jiff::SignedDuration;

    fn pass(memory: &Memory, us: i64) {
        memory.set_now(memory.now() + SignedDuration::from_micros(us));
    }

    fn row(profile: &Profile, name: &str) -> (u64, u64) {
        profile.stages.iter().find(|row| row.stage == name).map(|row| (row.us, row.bytes)).unwrap()
    }

    #[test]
    fn the_stages_of_one_lane_add_up_to_the_time_of_the_run() {
        let memory = Memory::new();
        let world: Arc<dyn World> = Arc::new(memory.clone());
        let watch = Arc::new(Stopwatch::start(&world));
        let mut lane = Lane::begin(Some(&watch));
        pass(&memory, 5);
        lane.done(Stage::Start, 0);
        // Of seven microseconds of decoding four are those in which bytes come in.
        let mut decoding = Lane::begin(Some(&watch));
        let mut taking = Lane::begin(Some(&watch));
        pass(&memory, 4);
        taking.done(Stage::Intake, 100);
        pass(&memory, 3);
        decoding.done(Stage::Decode, 900);
        pass(&memory, 2);
        let profile = watch.profile(1);
        assert_eq!((profile.wall_us, profile.lanes), (14, 1));
        assert_eq!(row(&profile, "start"), (5, 0));
        assert_eq!(row(&profile, "intake"), (4, 100));
        assert_eq!(row(&profile, "decode"), (3, 900));
        assert_eq!(row(&profile, WAITING), (0, 0));
        assert_eq!(row(&profile, OTHER), (2, 0));
        assert_eq!(profile.stages.iter().map(|row| row.us).sum::<u64>(), 14);
    }

    #[test]
    fn a_lane_waits_while_the_other_works_alone() {
        let memory = Memory::new();
        let world: Arc<dyn World> = Arc::new(memory.clone());
        let watch = Arc::new(Stopwatch::start(&world));
        // Alone for ten, then both for twenty, of which one works twenty and the other twelve.
        let mut lane = Lane::begin(Some(&watch));
        pass(&memory, 10);
        lane.done(Stage::Parse, 0);
        let both = Lane::begin(Some(&watch));
        let [mut settling, mut reading] = [Lane::begin(Some(&watch)), Lane::begin(Some(&watch))];
        pass(&memory, 12);
        reading.done(Stage::Parse, 0);
        let reading = reading.ns();
        pass(&memory, 8);
        settling.done(Stage::Record, 0);
        both.was_joint([settling.ns(), reading]);
        let profile = watch.profile(2);
        assert_eq!((profile.wall_us, profile.lanes), (30, 2));
        assert_eq!(row(&profile, "parse").0, 22);
        assert_eq!(row(&profile, "record").0, 20);
        assert_eq!(row(&profile, WAITING).0, 10 + 8);
        assert_eq!(row(&profile, OTHER).0, 0);
        assert_eq!(profile.stages.iter().map(|row| row.us).sum::<u64>(), 60);
    }

    #[test]
    fn nothing_is_measured_where_nobody_asked() {
        let mut lane = Lane::begin(None);
        lane.done(Stage::Parse, 1);
        assert_eq!(lane.ns(), 0);
    }
}
