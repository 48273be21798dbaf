//! P1, P2, P3, P6: the power fails before any call, and again while the service recovers; any call fails once.

use crate::documents::*;
use crate::yard::{A, B, Files, Yard, run_down};
use clearance::record::wire;
use clearance::run::RunError;
use clearance::verify;
use clearance::world::memory::{Keep, Op, Unsynced};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};
use verifier::End;

struct Workload {
    held: String,
    certificate: String,
    mixed: String,
}

/// A declaration that waits, its certificate from another firm, and a file of one that is released and one that cannot be
/// read.
static WORKLOAD: LazyLock<Workload> = LazyLock::new(|| {
    let consignment = claiming(1);
    Workload {
        held: consignment.declaration,
        certificate: consignment.certificates[0].clone(),
        mixed: input(&[plain(), "<DecMessage>".to_owned()]),
    }
});

/// The certificate must come in a turn after the declaration: so a turn takes one file.
fn started() -> Yard {
    let mut yard = Yard::new();
    yard.config.turn.n_files = 1;
    yard.drop_in(A, "1-held.xml", &WORKLOAD.held);
    drop_the_rest(&yard);
    yard
}

/// The same, with the declaration waiting since before: whatever folder gives trouble now, its certificate comes later.
fn waiting() -> Yard {
    let mut yard = Yard::new();
    yard.config.turn.n_files = 1;
    yard.drop_in(A, "1-held.xml", &WORKLOAD.held);
    serve(&yard).unwrap();
    drop_the_rest(&yard);
    yard
}

fn drop_the_rest(yard: &Yard) {
    yard.drop_in(B, "2-proof.xml", &WORKLOAD.certificate);
    yard.drop_in(A, "3-mixed.xml", &WORKLOAD.mixed);
}

fn serve(yard: &Yard) -> Result<(), RunError> {
    let mut service = yard.try_start()?;
    run_down(&mut service)?;
    service.close()
}

/// Calls a healthy life of the service makes.
fn n_calls(yard: &Yard) -> u64 {
    let before = yard.world.calls();
    serve(yard).unwrap();
    yard.world.calls() - before
}

const FOLDERS: [&str; 2] = [A, B];

fn answers(yard: &Yard) -> BTreeMap<&'static str, Files> {
    let mut answers: BTreeMap<_, _> = FOLDERS.map(|folder| (folder, yard.files(folder, "InBox"))).into();
    answers.values_mut().for_each(|files| files.retain(|name, _| !name.ends_with(".tmp")));
    answers
}

/// What is told, whatever stands where in the journal: roots, base names, and what the answers say but for index and hash.
fn told(yard: &Yard) -> BTreeSet<(String, String, String)> {
    let mut told = BTreeSet::new();
    for (folder, files) in answers(yard) {
        for (name, bytes) in files {
            let text = String::from_utf8(bytes).unwrap();
            let (before, _) = text.split_once("[journal").unwrap_or((&text, ""));
            let (base, _) = name.rsplit_once('_').unwrap();
            let is_new = told.insert((folder.to_owned(), base.to_owned(), without_times(before)));
            assert!(is_new, "{name} is told twice");
        }
    }
    told
}

/// The moment of acceptance differs where a file was not decided before the crash.
fn without_times(text: &str) -> String {
    let mut text = text.to_owned();
    for element in ["NOTICE_DATE", "D_DATE", "ReceiveTime", "SendTime"] {
        if !value(&text, element).is_empty() {
            text = with(&text, element, "");
        }
    }
    text
}

fn lose_some(seed: u64) -> impl FnMut(&Unsynced<'_>) -> Keep {
    let mut random = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    move |_| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        match random >> 62 {
            0 => Keep::Nothing,
            1 => Keep::First((random >> 40) as usize % 200),
            _ => Keep::All,
        }
    }
}

/// Serves until the call of this number, then the power fails.
fn cut(yard: &Yard, moment: u64) {
    let at = yard.world.calls() + moment;
    yard.world.on_call(move |call| (call.number >= at).then(|| io::Error::other("power is lost")));
    let _cut_short = serve(yard);
    yard.world.mend();
}

/// After all the service comes up, an hour later, and brings everything to its end.
fn assert_recovers(yard: &Yard, healthy: &BTreeSet<(String, String, String)>, moment: &str) {
    let before = answers(yard);
    yard.later(3_600);
    serve(yard).unwrap_or_else(|error| panic!("{moment}: {error}"));
    for folder in FOLDERS {
        assert!(yard.names(folder, "OutBox").is_empty(), "{moment}: {folder}");
        let left: Vec<_> =
            yard.names(folder, "InBox").into_iter().filter(|it| it.ends_with(".tmp")).collect();
        assert!(left.is_empty(), "{moment}: {left:?}");
    }
    // What a sender had got is as it was, and everybody got everything once.
    let after = answers(yard);
    for (folder, files) in before {
        for (name, bytes) in files {
            assert_eq!(after[folder].get(&name), Some(&bytes), "{moment}: {name}");
        }
    }
    assert_eq!(told(yard), *healthy, "{moment}");
    assert_accounts(yard, moment);
    // Nothing is left to do, and another start does nothing.
    serve(yard).unwrap();
    assert_eq!(answers(yard), after, "{moment}");
}

/// P1: whatever the journal names of what was received is there.
fn assert_evidence(yard: &Yard, moment: &str) {
    for record in yard.records().into_iter().filter(|record| record.kind == wire::INPUT) {
        let (_, bytes, digest) = wire::read_input(&record.payload).unwrap();
        let hex = blake3::Hash::from_bytes(digest).to_hex();
        let path = format!("/office/data/evidence/raw/{}/{hex}", &hex[..2]);
        let kept = yard.world.bytes(Path::new(&path)).unwrap_or_else(|_| panic!("{moment}: {path}"));
        assert_eq!((kept.len() as u64, *blake3::hash(&kept).as_bytes()), (bytes, digest), "{moment}");
    }
}

fn assert_accounts(yard: &Yard, moment: &str) {
    assert_evidence(yard, moment);
    let verified = verify::verify(&yard.world, Path::new("/office/data"), &[]).unwrap();
    assert_eq!(verified.end, End::Whole, "{moment}");
    let decisions = yard.decisions();
    let unique: BTreeSet<_> = decisions.iter().collect();
    assert_eq!(unique.len(), decisions.len(), "{moment}: {decisions:?}");
    assert_eq!(decisions.len(), 4, "{moment}: held, filed, decided again, released");
    let ends = yard.records().into_iter().filter(|record| record.kind == wire::END);
    let accounts = ends.map(|record| wire::read_end(&record.payload).unwrap());
    let settled: u64 = accounts.map(|it| it.iter().sum::<u64>()).sum();
    assert!(settled >= 4, "{moment}: {settled}");
}

#[test]
fn p1_p2_p3_p6_a_crash_before_any_call() {
    let healthy = {
        let yard = started();
        serve(&yard).unwrap();
        told(&yard)
    };
    assert_eq!(healthy.len(), 2 + 2 + 1 + 2 + 1, "held, decided again, proof, released, refused");
    for moment in 1..=n_calls(&started()) {
        let yard = started();
        cut(&yard, moment);
        match moment % 3 {
            0 => yard.world.crash(|_| Keep::Nothing),
            1 => yard.world.crash(|_| Keep::All),
            _ => yard.world.crash(lose_some(moment)),
        }
        assert_recovers(&yard, &healthy, &format!("crash before call {moment}"));
    }
}

#[test]
fn p1_p2_p3_p6_a_crash_while_it_recovers() {
    let healthy = {
        let yard = started();
        serve(&yard).unwrap();
        told(&yard)
    };
    let n_calls = n_calls(&started());
    for moment in (1..=n_calls).step_by(37) {
        for second in (1..=n_calls).step_by(41) {
            let yard = started();
            for (moment, seed) in [(moment, moment), (second, moment + 1_000 * second)] {
                cut(&yard, moment);
                yard.world.crash(lose_some(seed));
            }
            assert_recovers(&yard, &healthy, &format!("crash before calls {moment} and {second}"));
        }
    }
}

/// Any call fails once. Trouble of a folder passes; trouble of the books ends the service, and the next start goes on.
#[test]
fn p8_any_call_may_fail_once() {
    let healthy = {
        let yard = started();
        serve(&yard).unwrap();
        told(&yard)
    };
    let kinds = [io::ErrorKind::StorageFull, io::ErrorKind::PermissionDenied].into_iter().cycle();
    for (moment, kind) in (1..=n_calls(&waiting())).zip(kinds).step_by(3) {
        let yard = waiting();
        let failing: Arc<Mutex<Option<(Op, bool)>>> = Arc::default();
        let (at, seen) = (yard.world.calls() + moment, Arc::clone(&failing));
        yard.world.on_call(move |call| {
            let is_ours = call.path.starts_with("/office");
            (call.number == at).then(|| {
                *seen.lock().unwrap() = Some((call.op, is_ours));
                kind.into()
            })
        });
        let served = serve(&yard);
        yard.world.mend();
        let failed = *failing.lock().unwrap();
        if let Some((op, is_ours)) = failed {
            let is_fine =
                served.is_ok() != is_ours || matches!(op, Op::Remove | Op::Exists | Op::Open | Op::List);
            assert!(is_fine, "call {moment} {op:?}: {served:?}");
        }
        drop(served);
        assert_recovers(&yard, &healthy, &format!("call {moment} failed: {failed:?}"));
    }
}

/// A process that is killed leaves what it wrote, in the order it wrote it: no record may be there before what it names,
/// however much is settled at once.
#[test]
fn p1_no_record_is_on_disk_before_what_it_names() {
    let without = rejected(&with(&with(&plain(), "EntryId", ""), "SeqNo", ""));
    let crowd: Vec<String> = (0..250).map(|n| with(&without, "ClientSeqNo", &format!("HD{n}"))).collect();
    let started = || {
        let yard = Yard::new();
        yard.drop_in(A, "1-held.xml", &WORKLOAD.held);
        yard.drop_in(A, "2-crowd.xml", input(&crowd));
        yard
    };
    // From the first window of the crowd until the first answer.
    let (first, last) = {
        let yard = started();
        let (before, seen) = (yard.world.calls(), Arc::new(Mutex::new((u64::MAX, u64::MAX))));
        let noted = Arc::clone(&seen);
        yard.world.on_call(move |call| {
            let (first, last) = &mut *noted.lock().unwrap();
            let (is_read, is_answer) =
                (call.path.ends_with("2-crowd.xml"), call.op == Op::Create && call.path.starts_with(A));
            *first = if is_read { (*first).min(call.number - before) } else { *first };
            *last = if is_answer { (*last).min(call.number - before) } else { *last };
            None
        });
        yard.start().turn().unwrap();
        let (first, last) = *seen.lock().unwrap();
        (first, last)
    };
    assert!(last - first > 20, "{first} to {last}");
    for moment in (first..=last).step_by(4) {
        for loses_names in [false, true] {
            let yard = started();
            cut(&yard, moment);
            yard.world.crash(|change| match change {
                Unsynced::Name { .. } if loses_names => Keep::Nothing,
                _ => Keep::All,
            });
            let moment = format!("killed before call {moment}, names lost: {loses_names}");
            assert_evidence(&yard, &moment);
            yard.drop_in(B, "3-proof.xml", &WORKLOAD.certificate);
            serve(&yard).unwrap_or_else(|error| panic!("{moment}: {error}"));
            assert_evidence(&yard, &moment);
            assert_eq!(yard.names(A, "OutBox"), [""; 0], "{moment}");
            let told =
                yard.names(A, "InBox").into_iter().filter(|name| name.starts_with("DEC_RESULT_1-held"));
            assert!((1..=2).contains(&told.count()), "{moment}");
        }
    }
}
