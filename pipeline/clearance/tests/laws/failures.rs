//! P1, P2, P8: through a crash at any moment, and a failure of any call, nothing acknowledged is lost and nothing is
//! decided twice.

use crate::documents::*;
use crate::support::{Line, Office, Submission, lines, text};
use clearance::record::journal;
use clearance::run::{Receipts, RunError};
use clearance::verify::verify;
use clearance::world::World;
use clearance::world::memory::{Keep, Memory, Op};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock, Mutex};
use verifier::End;

/// How many moments are tried of all there are; the full programme tries every one.
const MOMENTS: u64 = 100;

/// Made once: generating documents takes longer than deciding them.
static SUBMISSION: LazyLock<Submission> = LazyLock::new(submission);
static WAITING: LazyLock<String> = LazyLock::new(|| with(&claiming(1).declaration, "ClientSeqNo", "HD8"));

/// A batch with everything that is written somewhere: held, put off, rejected, filed, repeated, refused.
fn submission() -> Submission {
    let consignment = claiming(1);
    let second = claiming(2);
    let mut one = vec![consignment.declaration.clone(), plain(), plain(), second.declaration];
    one.extend(consignment.certificates);
    let two = vec![
        rejected(&with(&with(&mended(&plain(), 9), "EntryId", ""), "SeqNo", "")),
        "<DecMessage>".to_owned(),
    ];
    let two = two.into_iter().map(|it| if it.len() > 20 { with(&it, "ClientSeqNo", "HD9") } else { it });
    let submission = Submission::at(morning())
        .with("one.xml", input(&one))
        .with("two.xml", input(&two.collect::<Vec<_>>()));
    Submission { receipts: Receipts::Packed, report: true, window_bytes: 8_000, ..submission }
}

/// The office before the submission, with the other certificate's declaration waiting since yesterday.
fn office() -> Office {
    let mut office = Office::new();
    submit(&mut office, "before.xml", &[&*WAITING]);
    office
}

/// Calls a whole run makes.
fn n_calls() -> u64 {
    let mut office = office();
    let order = office.drop_in(&SUBMISSION);
    let before = office.world.calls();
    office.run(&order).unwrap();
    office.world.calls() - before
}

fn moments(n_calls: u64) -> impl Iterator<Item = u64> {
    let step = (n_calls / MOMENTS).max(1) as usize;
    (1..=n_calls).step_by(step)
}

/// What a healthy run says of each document.
fn healthy() -> BTreeMap<(String, u64), String> {
    let mut office = office();
    let lines = office.submit(&SUBMISSION);
    lines
        .iter()
        .filter(|line| text(line, "outcome") != "redecided")
        .map(|line| (place(line), said(line)))
        .collect()
}

fn place(line: &Line) -> (String, u64) {
    (text(line, "input").to_owned(), line["document"].as_u64().unwrap())
}

fn said(line: &Line) -> String {
    format!("{} {} {}", line["number"], line["disposition"], line["mode"])
}

/// The run is done again as the operator would, and must come out as if nothing had happened.
fn assert_recovers(office: &mut Office, healthy: &BTreeMap<(String, u64), String>, moment: &str) {
    let world = office.world.clone();
    let said_before = recorded(&world);
    let again = office.submit(&SUBMISSION);
    let again = again.iter().filter(|line| text(line, "outcome") != "redecided");
    let now: BTreeMap<(String, u64), String> = again.clone().map(|line| (place(line), said(line))).collect();
    assert_eq!(now, *healthy, "{moment}");
    // What was in the journal is not decided a second time.
    for line in again.filter(|line| matches!(text(line, "outcome"), "decided" | "filed")) {
        assert!(!said_before.contains(text(line, "number")), "{moment}: {line}");
    }
    let verified = verify(&world, Path::new("/office/data"), &[]).unwrap();
    assert_eq!(verified.end, End::Whole, "{moment}");
    let keys = decided_keys(&world);
    let unique: BTreeSet<&(String, u64, u64)> = keys.iter().collect();
    assert_eq!(unique.len(), keys.len(), "{moment}: {keys:?}");
    assert!(!world.paths().iter().any(|path| path.starts_with("/office/data/evidence/incoming")), "{moment}");
}

/// First and mended decisions in the journal: number, version and what they supersede.
fn decided_keys(world: &Memory) -> Vec<(String, u64, u64)> {
    let mut keys = Vec::new();
    each_decision(world, |decided| {
        keys.push((decided.number.into_owned(), u64::from(decided.version), decided.supersedes))
    });
    keys
}

fn recorded(world: &Memory) -> BTreeSet<String> {
    let mut numbers = BTreeSet::new();
    each_decision(world, |decided| {
        numbers.insert(decided.number.into_owned());
    });
    numbers
}

fn each_decision(world: &Memory, mut each: impl FnMut(clearance::record::wire::Decided)) {
    use clearance::record::{Journal, RecordError, wire};
    let journal =
        Journal::open(Arc::new(world.clone()), Path::new("/office/data"), journal::Limits::default())
            .unwrap();
    let scan = |record: clearance::record::Record| {
        if record.kind == wire::DECISION {
            each(wire::read_decided(&record.payload).expect("a decision can be read back"));
        }
        Ok::<(), RecordError>(())
    };
    journal.scan(1, scan).unwrap();
}

/// Power is lost before the n-th call: of what was not synced, some is kept, some lost, some torn.
#[test]
fn p1_p2_a_crash_at_any_moment() {
    let healthy = healthy();
    for moment in moments(n_calls()) {
        let mut office = office();
        let order = office.drop_in(&SUBMISSION);
        let at = office.world.calls() + moment;
        office.world.on_call(move |call| (call.number >= at).then(|| io::Error::other("power is lost")));
        let run = office.run(&order);
        office.world.mend();
        let mut random = moment.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        office.world.crash(|_| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            match random >> 62 {
                0 => Keep::Nothing,
                1 => Keep::First((random >> 40) as usize % 200),
                _ => Keep::All,
            }
        });
        // A run that came to its end is acknowledged: its list is there.
        if run.is_ok() {
            assert!(!lines(&office.output("decisions.ndjson")).is_empty());
        }
        assert_recovers(&mut office, &healthy, &format!("crash before call {moment}"));
    }
}

/// A crash while the next run recovers from the first: of what was not synced nothing is kept, then everything.
#[test]
fn p1_p2_a_crash_inside_recovery() {
    let healthy = healthy();
    let n_calls = n_calls();
    for moment in moments(n_calls).step_by(9) {
        for second in moments(n_calls).step_by(17) {
            let mut office = office();
            for (moment, keep) in [(moment, Keep::All), (second, Keep::Nothing)] {
                let order = office.drop_in(&SUBMISSION);
                let at = office.world.calls() + moment;
                let lost = move || io::Error::other("power is lost");
                office.world.on_call(move |call| (call.number >= at).then(lost));
                let _cut_short = office.run(&order);
                office.world.mend();
                office.world.crash(|_| keep);
            }
            assert_recovers(&mut office, &healthy, &format!("crash before calls {moment} and {second}"));
        }
    }
}

/// O7, P1: what was received lies under its own hash, and the journal names it.
#[test]
fn p1_the_journal_names_the_evidence_of_every_input() {
    use clearance::record::{Journal, RecordError, wire};
    let mut office = office();
    office.submit(&SUBMISSION);
    office.world.crash(|_| Keep::Nothing);
    let world = Arc::new(office.world.clone());
    let journal = Journal::open(world, Path::new("/office/data"), journal::Limits::default()).unwrap();
    let mut inputs = Vec::new();
    let each = |record: clearance::record::Record| {
        if record.kind == wire::INPUT {
            inputs.push(record.payload.to_vec());
        }
        Ok::<(), RecordError>(())
    };
    journal.scan(1, each).unwrap();
    assert_eq!(inputs.len(), 1 + SUBMISSION.inputs.len());
    for ((name, bytes), payload) in SUBMISSION.inputs.iter().zip(&inputs[1..]) {
        let hash = blake3::hash(bytes);
        assert_eq!(*payload, wire::write_input(name, bytes.len() as u64, hash.as_bytes(), &[]));
        let hex = hash.to_hex();
        let path = format!("/office/data/evidence/raw/{}/{hex}", &hex[..2]);
        assert_eq!(office.world.bytes(Path::new(&path)).unwrap(), *bytes);
    }
}

/// Stopped by the operator: what is decided is recorded, and the same command goes on from there.
#[test]
fn p8_a_run_that_is_stopped_goes_on_later() {
    use clearance::run::{self, Progress};
    let mut office = office();
    let order = office.drop_in(&SUBMISSION);
    let world: Arc<dyn World> = Arc::new(office.world.clone());
    let stopped = run::run(&world, &order, &AtomicBool::new(true), &Progress::hidden());
    assert!(matches!(stopped, Err(RunError::Stopped)));
    assert!(!office.world.paths().iter().any(|path| path.ends_with("out-2/decisions.ndjson")));
    assert_recovers(&mut office, &healthy(), "stopped");
}

/// P1: everything a run that ended well has written is there after a crash that keeps nothing unsynced.
#[test]
fn p1_acknowledged_is_durable() {
    let mut office = office();
    office.submit(&SUBMISSION);
    let out = office.out();
    let written = |office: &Office| -> BTreeMap<_, _> {
        let paths = office.world.paths().into_iter().filter(|path| path.starts_with(&out));
        paths.map(|path| (path.clone(), office.world.bytes(&path).unwrap())).collect()
    };
    let before = written(&office);
    office.world.crash(|_| Keep::Nothing);
    assert_eq!(written(&office), before);
    assert_eq!(before.len(), 7);
    let again = office.submit(&SUBMISSION);
    assert!(again.iter().all(|line| matches!(text(line, "outcome"), "repeated" | "refused")));
}

/// One call fails, and no other: the run ends with an error of the world, and the next one completes.
#[test]
fn p8_any_call_may_fail() {
    let healthy = healthy();
    for moment in moments(n_calls()) {
        let mut office = office();
        let order = office.drop_in(&SUBMISSION);
        let failing: Arc<Mutex<Option<Op>>> = Arc::default();
        let (at, seen) = (office.world.calls() + moment, Arc::clone(&failing));
        office.world.on_call(move |call| {
            (call.number == at).then(|| {
                *seen.lock().unwrap() = Some(call.op);
                io::Error::other("the disk refuses")
            })
        });
        let run = office.run(&order);
        office.world.mend();
        let op = failing.lock().unwrap().take();
        match run {
            Err(RunError::Record(_) | RunError::Registers(_)) => {}
            // Clearing up is left to the next start; whether a path is a folder is asked by listing it.
            Ok(()) if matches!(op, None | Some(Op::Remove | Op::List)) => {}
            other => panic!("call {moment}, {op:?}: {other:?}"),
        }
        assert_recovers(&mut office, &healthy, &format!("call {moment} failed: {op:?}"));
    }
}

/// No file of the output folder has its name before the journal has synced for the last time.
#[test]
fn p1_names_are_given_after_the_last_sync() {
    let mut office = office();
    let order = office.drop_in(&SUBMISSION);
    let calls: Arc<Mutex<Vec<(Op, String)>>> = Arc::default();
    let seen = Arc::clone(&calls);
    office.world.on_call(move |call| {
        seen.lock().unwrap().push((call.op, call.path.display().to_string()));
        None
    });
    office.run(&order).unwrap();
    let calls = calls.lock().unwrap();
    let is_output = |path: &str| path.starts_with("/office/out-2");
    let last_sync =
        calls.iter().rposition(|(op, path)| *op == Op::SyncData && path.starts_with("/office/data/journal"));
    let first_name = calls.iter().position(|(op, path)| *op == Op::Rename && is_output(path));
    assert!(last_sync.unwrap() < first_name.unwrap());
    let unnamed = |(op, path): &&(Op, String)| is_output(path) && matches!(op, Op::Create | Op::OpenAppend);
    assert!(calls.iter().filter(unnamed).all(|(_, path)| path.ends_with(".partial")));
}

/// A read that fails under a decoder is a failure of the world, not a broken document.
#[test]
fn p8_a_failing_read_is_no_finding() {
    use fixtures::generate::{Plan, Shape, Size, write};
    for (shape, zstd) in
        [(Shape::Zip, false), (Shape::Tar, true), (Shape::DxpMsg, true), (Shape::Concatenated, false)]
    {
        let mut bytes = Vec::new();
        write(&Plan { shape, zstd, size: Size::Declarations(3), ..Plan::new(3) }, &mut bytes).unwrap();
        for n in 1.. {
            let mut office = Office::new();
            let order = office.drop_in(&Submission::at(morning()).with("a", bytes.clone()));
            let mut n_reads = 0;
            let failed = Arc::new(Mutex::new(false));
            let seen = Arc::clone(&failed);
            office.world.on_call(move |call| {
                n_reads += u32::from(call.op == Op::Read && call.path.starts_with("/office/in-1"));
                (n_reads == n && call.op == Op::Read).then(|| {
                    *seen.lock().unwrap() = true;
                    io::Error::other("the disk refuses")
                })
            });
            let run = office.run(&order);
            if !*failed.lock().unwrap() {
                assert!(run.is_ok());
                break;
            }
            assert!(matches!(run, Err(RunError::Record(_))), "{shape:?}, read {n}: {run:?}");
        }
    }
}
