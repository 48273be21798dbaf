//! What went to the archive stays known: keys, answers, certificates, the chain. Through a crash at any call of archiving.

use crate::documents::*;
use crate::support::{Line, Office, Submission, lines, text};
use clearance::archive::{self, Ages};
use clearance::explain::{Question, explain};
use clearance::record::archive::Moved;
use clearance::record::{Journal, Limits, Record, RecordError, journal};
use clearance::run::{Receipts, RunError};
use clearance::verify::{verify, verify_with};
use clearance::world::memory::{Keep, Memory};
use clearance::world::{World, create_dir_durable};
use jiff::{SignedDuration, Timestamp};
use model::finding::Language;
use std::io;
use std::path::Path;
use std::sync::Arc;
use verifier::End;

const DATA: &str = "/office/data";
const ARCHIVE: &str = "/archive/office";
const BOTH: Ages = Ages { raw_days: Some(30), journal_days: Some(30) };

fn shared(world: &Memory) -> Arc<dyn World> {
    Arc::new(world.clone())
}

fn morning_of_all() -> Submission {
    let consignment = claiming(1);
    let one = [consignment.declaration, plain(), consignment.certificates[0].clone()];
    let submission = Submission::at(morning()).with("one.xml", input(&one));
    Submission { receipts: Receipts::Packed, ..submission }
}

/// A declaration whose certificate comes only after everything was archived.
fn waiting() -> Submission {
    let declaration = with(&claiming(2).declaration, "ClientSeqNo", "HD2");
    Submission::at(morning()).with("waiting.xml", input(&[declaration]))
}

/// An office with a morning's work, cut into small segments as years would cut it, and forty days on.
fn office() -> (Office, Vec<Line>) {
    let mut office = Office::new();
    office.world.set_now("2018-06-01T01:30:00Z".parse::<Timestamp>().unwrap());
    office.submit(&waiting());
    let said = office.submit(&morning_of_all());
    cut_small(&office.world);
    office.world.set_now(office.world.now() + SignedDuration::from_hours(24 * 40));
    create_dir_durable(&office.world, Path::new(ARCHIVE)).unwrap();
    let last = plain();
    let last = with(&with(&last, "EntryId", ""), "SeqNo", "");
    office.submit(&Submission::at(morning()).with("last.xml", input(&[with(&last, "ClientSeqNo", "HD7")])));
    (office, said)
}

/// The same records with the same hashes, in segments of a few: where segments end does not change the chain.
fn cut_small(world: &Memory) {
    let records = records(world);
    for path in segments(world, DATA) {
        world.remove(Path::new(&path)).unwrap();
    }
    let small = Limits { segment_bytes: 1, frame_bytes: 1, ..Limits::default() };
    let mut journal = Journal::open(shared(world), Path::new(DATA), small).unwrap();
    for record in &records {
        let position = journal.append(record.kind, &record.payload, None).unwrap();
        assert_eq!(position.hash, record.hash);
        journal.commit().unwrap();
    }
    assert!(segments(world, DATA).len() > 6);
}

fn records(world: &Memory) -> Vec<Record> {
    let reader = journal::look(shared(world), Path::new(DATA), Limits::default()).unwrap();
    let mut records = Vec::new();
    let keep = |record| {
        records.push(record);
        Ok::<(), RecordError>(())
    };
    reader.scan(1, keep).unwrap();
    records
}

fn segments(world: &Memory, folder: &str) -> Vec<String> {
    let paths = world.paths().into_iter().map(|path| path.display().to_string());
    paths.filter(|path| path.starts_with(folder) && path.ends_with(".seg")).collect()
}

fn inputs(world: &Memory, folder: &str) -> Vec<String> {
    let raw = format!("{folder}/evidence/raw/");
    let paths = world.paths().into_iter().map(|path| path.display().to_string());
    paths.filter(|path| path.starts_with(&raw) && !path.ends_with(".partial")).collect()
}

fn archived(world: &Memory, ages: Ages) -> Result<Moved, RecordError> {
    archive::alone(&shared(world), Path::new(DATA), Path::new(ARCHIVE), ages)
}

/// The disk of the archive is taken away, and put back.
fn mount(world: &Memory, is_there: bool) {
    world.on_call(move |call| {
        (!is_there && call.path.starts_with("/archive")).then(|| io::ErrorKind::NotFound.into())
    });
}

fn whole(world: &Memory) -> u64 {
    let alone = verify(world, Path::new(DATA), &[]).unwrap();
    assert_eq!(alone.end, End::Whole, "{}", verifier::en(&alone));
    if alone.after.index > 0 {
        let both = verify_with(world, Path::new(DATA), Some(Path::new(ARCHIVE)), &[]).unwrap();
        assert_eq!((both.end, both.after.index), (End::Whole, 0));
        assert_eq!(both.head, alone.head);
    }
    alone.after.index
}

/// Everything of the morning comes again, and gets what it got.
fn assert_repeated(office: &mut Office, said: &[Line], moment: &str) {
    let again = office.submit(&morning_of_all());
    assert_eq!(again.len(), said.iter().filter(|it| it["outcome"] != "redecided").count(), "{moment}");
    for line in &again {
        assert_eq!(text(line, "outcome"), "repeated", "{moment}: {line}");
        let of = |line: &Line| said_of(line);
        assert!(said.iter().any(|before| of(before) == of(line)), "{moment}: {line}");
    }
}

fn said_of(line: &Line) -> Vec<String> {
    ["number", "version", "disposition", "mode", "digest", "findings", "trace", "fees"]
        .map(|name| line[name].to_string())
        .to_vec()
}

#[test]
fn p2_p5_p6_what_is_archived_is_answered_as_before() {
    let (mut office, said) = office();
    let (n_before, raw) = (records(&office.world).len(), inputs(&office.world, DATA));
    let answers = |office: &Office| -> Vec<Vec<u8>> {
        let receipts = office.out().join("receipts");
        let paths = office.world.paths().into_iter().filter(|path| path.starts_with(&receipts));
        paths.map(|path| office.world.bytes(&path).unwrap()).collect()
    };
    let moved = archived(&office.world, BOTH).unwrap();
    assert!(moved.n_segments > 4 && moved.damaged.is_empty(), "{moved:?}");
    assert_eq!(moved.n_inputs, 2, "the input of today stays");
    assert_eq!(whole(&office.world), moved.head.unwrap().index);
    assert_eq!(records(&office.world).len(), n_before, "all of them can be read");
    let moved_there = inputs(&office.world, ARCHIVE);
    assert_eq!(moved_there.len(), 2);
    assert!(
        raw.iter().all(|it| moved_there.contains(&it.replace(DATA, ARCHIVE))
            || office.world.bytes(Path::new(it)).is_ok())
    );
    assert_repeated(&mut office, &said, "archived");
    let first = answers(&office);
    assert_repeated(&mut office, &said, "again");
    assert!(!first.is_empty());
    assert_eq!(answers(&office), first);
    // The index is a view also of what is archived.
    for path in office.world.paths().iter().filter(|it| it.starts_with("/office/data/index")) {
        office.world.remove(path).unwrap();
    }
    assert_repeated(&mut office, &said, "with a new index");
    // A second time there is less to do, and nothing is moved twice.
    let moved = archived(&office.world, BOTH).unwrap();
    assert_eq!((moved.n_segments, moved.damaged.len()), (0, 0));
    whole(&office.world);
}

/// K3: a declaration that waits is found by its certificate, wherever its decision lies.
#[test]
fn what_waits_is_decided_again_out_of_the_archive() {
    let (mut office, _) = office();
    archived(&office.world, BOTH).unwrap();
    let proofs = input(&claiming(2).certificates);
    let lines = office.submit(&Submission::at(morning()).with("proofs.xml", proofs));
    assert!(lines.iter().any(|line| text(line, "outcome") == "redecided"), "{lines:?}");
}

#[test]
fn p2_p8_without_the_archive_nothing_is_decided_twice() {
    let (mut office, said) = office();
    archived(&office.world, BOTH).unwrap();
    let n_before = records(&office.world).len();
    mount(&office.world, false);
    let refused = office.try_submit(&morning_of_all()).unwrap_err();
    assert!(matches!(&refused, RunError::Record(RecordError::ArchiveAway { .. })), "{refused}");
    assert!(refused.to_string().contains("/archive/office/journal/"), "{refused}");
    // What is new is decided all the same.
    let new = with(&with(&with(&plain(), "EntryId", ""), "SeqNo", ""), "ClientSeqNo", "HD8");
    let lines = office.submit(&Submission::at(morning()).with("new.xml", input(&[new])));
    assert_eq!(text(&lines[0], "outcome"), "decided");
    // Without an index it is not known what was decided: nothing starts.
    for path in office.world.paths().iter().filter(|it| it.starts_with("/office/data/index")) {
        office.world.remove(path).unwrap();
    }
    let new = with(&with(&with(&plain(), "EntryId", ""), "SeqNo", ""), "ClientSeqNo", "HD9");
    let refused = office.try_submit(&Submission::at(morning()).with("more.xml", input(&[new]))).unwrap_err();
    assert!(matches!(&refused, RunError::Record(RecordError::ArchiveAway { .. })), "{refused}");
    office.world.mend();
    assert_repeated(&mut office, &said, "the archive is back");
    assert!(records(&office.world).len() > n_before);
    whole(&office.world);
}

#[test]
fn an_archived_decision_is_explained_and_without_the_archive_it_is_said_where_it_lies() {
    let (office, said) = office();
    archived(&office.world, BOTH).unwrap();
    let number = said.iter().find(|it| it["outcome"] == "decided").map(|it| text(it, "number")).unwrap();
    let ask_for = |world: &Memory, number: &str| {
        let question = Question {
            number,
            declarant: None,
            version: None,
            data: Path::new(DATA),
            registers: Path::new("/office/registers"),
            language: Language::En,
        };
        explain(&shared(world), &question)
    };
    let ask = |world: &Memory| ask_for(world, number);
    let explained = ask(&office.world).unwrap();
    assert!(explained.again.is_some(), "{:?}", explained.not_again);
    mount(&office.world, false);
    let refused = ask(&office.world).err().unwrap().to_string();
    assert!(refused.contains("/archive/office/journal/00000001.seg"), "{refused}");
    // What is at hand is explained without it, and that it was not searched is said.
    let not_searched = ask_for(&office.world, "HD7").unwrap().not_searched.unwrap();
    assert!(not_searched.contains("/archive/office/journal/00000001.seg"), "{not_searched}");
    office.world.mend();
    let missing = verify_with(&office.world, Path::new(DATA), Some(Path::new("/nowhere")), &[]);
    let missing = missing.err().unwrap().to_string();
    assert!(missing.contains("/nowhere/journal") && !missing.contains(DATA), "{missing}");
    // The journal stays at hand, and the bytes alone are away.
    let (office, _) = self::office();
    archived(&office.world, Ages { raw_days: Some(30), journal_days: None }).unwrap();
    mount(&office.world, false);
    let explained = ask(&office.world).unwrap();
    let why = explained.not_again.unwrap();
    assert!(explained.again.is_none() && why.starts_with("/archive/office/evidence/raw/"), "{why}");
}

/// An archive may move, and nothing goes to a folder that is not it.
#[test]
fn an_archive_is_found_where_it_moved_and_no_other_is_taken_for_it() {
    let (mut office, said) = office();
    archived(&office.world, BOTH).unwrap();
    let world = shared(&office.world);
    let to = |place: &str| archive::alone(&world, Path::new(DATA), Path::new(place), BOTH);
    create_dir_durable(&office.world, Path::new("/empty")).unwrap();
    assert!(matches!(to("/empty"), Err(RecordError::ArchiveAway { .. })));
    for wrong in ["/office/data/old", "/office", "relative", "/nowhere"] {
        assert!(matches!(to(wrong), Err(RecordError::Io { .. })), "{wrong}");
    }
    for path in office.world.paths().into_iter().filter(|it| it.starts_with(ARCHIVE)) {
        let moved = Path::new("/moved").join(path.strip_prefix(ARCHIVE).unwrap());
        create_dir_durable(&office.world, moved.parent().unwrap()).unwrap();
        office.world.rename(&path, &moved).unwrap();
    }
    assert!(office.try_submit(&morning_of_all()).is_err());
    to("/moved").unwrap();
    assert_repeated(&mut office, &said, "moved");
}

/// P5: what stands in the archive in the place of a segment is not taken for it, and never served.
#[test]
fn p5_damage_in_the_archive_is_found() {
    let (mut office, _) = office();
    archived(&office.world, BOTH).unwrap();
    let path = segments(&office.world, ARCHIVE)[1].clone();
    let bytes = office.world.bytes(Path::new(&path)).unwrap();
    for at in (0..bytes.len()).step_by(23) {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        office.world.set_bytes(Path::new(&path), &changed).unwrap();
        let both = verify_with(&office.world, Path::new(DATA), Some(Path::new(ARCHIVE)), &[]).unwrap();
        assert!(matches!(both.end, End::Damaged(_)), "byte {at}");
    }
    let of_another = office.world.bytes(Path::new(&segments(&office.world, ARCHIVE)[2])).unwrap();
    office.world.set_bytes(Path::new(&path), &of_another).unwrap();
    let reader = journal::look(shared(&office.world), Path::new(DATA), Limits::default()).unwrap();
    assert!(matches!(reader.scan(1, |_| Ok::<(), RecordError>(())), Err(RecordError::Damaged { .. })));
    for path in segments(&office.world, ARCHIVE) {
        office.world.set_bytes(Path::new(&path), &of_another).unwrap();
    }
    let refused = office.try_submit(&morning_of_all()).unwrap_err();
    assert!(matches!(refused, RunError::Record(RecordError::Damaged { .. })), "{refused}");
}

#[test]
fn a_data_folder_that_is_not_there_is_not_made() {
    let (office, _) = office();
    let typed = archive::alone(&shared(&office.world), Path::new("/offise/data"), Path::new(ARCHIVE), BOTH);
    assert!(matches!(typed, Err(RecordError::Io { .. })));
    assert!(!office.world.exists(Path::new("/offise")).unwrap());
}

/// A rotten input stays where it is, is told, and keeps nothing else from going.
#[test]
fn a_damaged_input_stays_and_is_told() {
    let (office, _) = office();
    let rotten = inputs(&office.world, DATA)[0].clone();
    let today = inputs(&office.world, DATA).len() - 2;
    office.world.set_bytes(Path::new(&rotten), b"rotten").unwrap();
    let moved = archived(&office.world, Ages { raw_days: Some(0), journal_days: None });
    let moved = moved.unwrap();
    assert_eq!(moved.damaged, [Path::new(&rotten)]);
    // Written this second is not before this second.
    assert!(moved.n_inputs as usize <= 1 + today && moved.n_inputs >= 1, "{moved:?}");
    assert!(inputs(&office.world, DATA).contains(&rotten));
    let told = archive::tell(&moved, Path::new(ARCHIVE), Language::En);
    assert!(told.contains(&format!("{rotten}: damaged")), "{told}");
}

/// P1, P2: the power fails before any call, then the program goes on and archives again.
#[test]
fn p1_p2_p5_a_crash_at_any_call_of_archiving() {
    let (healthy, said) = office();
    let (n_records, raw) = (records(&healthy.world).len(), inputs(&healthy.world, DATA));
    let n_calls = {
        let world = healthy.world.fork();
        let before = world.calls();
        archived(&world, BOTH).unwrap();
        world.calls() - before
    };
    assert!(n_calls > 200, "{n_calls}");
    for moment in 1..=n_calls {
        let world = healthy.world.fork();
        let at = world.calls() + moment;
        world.on_call(move |call| (call.number >= at).then(|| io::Error::other("power is lost")));
        let _cut_short = archived(&world, BOTH);
        world.mend();
        let mut random = moment.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        world.crash(|_| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            match (moment % 3, random >> 62) {
                (0, _) | (1, 0) => Keep::Nothing,
                (1, 1) => Keep::First((random >> 40) as usize % 200),
                _ => Keep::All,
            }
        });
        // Nothing is lost, wherever it lies, and nothing of it must be there twice to be read.
        assert_eq!(records(&world).len(), n_records, "call {moment}");
        whole(&world);
        for path in &raw {
            let here = world.bytes(Path::new(path));
            let kept = here.or_else(|_| world.bytes(Path::new(&path.replace(DATA, ARCHIVE))));
            let kept = kept.unwrap_or_else(|error| panic!("call {moment}: {path}: {error}"));
            assert!(path.ends_with(blake3::hash(&kept).to_hex().as_str()), "call {moment}: {path}");
        }
        archived(&world, BOTH).unwrap_or_else(|error| panic!("call {moment}: {error}"));
        assert!(whole(&world) > 4, "call {moment}");
        let left: Vec<_> = segments(&world, DATA);
        assert!(left.len() < 4, "call {moment}: {left:?}");
        if moment % 10 == 0 {
            let mut office = Office::going_on(world);
            assert_repeated(&mut office, &said, &format!("call {moment}"));
        }
    }
}

/// P8: any call fails once, with the archive full perhaps: nothing is lost, and the next time goes on.
#[test]
fn p8_any_call_of_archiving_may_fail() {
    let (healthy, _) = office();
    let n_records = records(&healthy.world).len();
    for moment in (1..).step_by(3) {
        let world = healthy.world.fork();
        let before = world.calls();
        world.fail_call(moment, io::ErrorKind::StorageFull);
        let done = archived(&world, BOTH);
        let is_over = world.calls() - before < moment;
        world.mend();
        world.crash(|_| Keep::Nothing);
        assert_eq!(records(&world).len(), n_records, "call {moment}: {done:?}");
        whole(&world);
        archived(&world, BOTH).unwrap_or_else(|error| panic!("call {moment}: {error}"));
        if is_over {
            break;
        }
    }
    assert!(!lines(&healthy.output("decisions.ndjson")).is_empty());
}
