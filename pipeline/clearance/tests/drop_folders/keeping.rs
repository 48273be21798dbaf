//! A service whose old records are in an archive, and whose heads are published: senders see nothing of either.

use crate::documents::*;
use crate::yard::{A, B, Yard, run_down};
use clearance::archive::{self, Ages};
use clearance::record::heads::{Durable, Publisher};
use clearance::record::{Head, Journal, Limits, RecordError};
use clearance::run::RunError;
use clearance::serve::remembered::Remembered;
use clearance::verify::{verify, verify_with};
use clearance::world::{World, create_dir_durable};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use verifier::End;

const DATA: &str = "/office/data";
const ARCHIVE: &str = "/archive";
const AGES: Ages = Ages { raw_days: Some(30), journal_days: Some(30) };

fn numbered(number: &str) -> String {
    with(&with(&with(&plain(), "EntryId", ""), "SeqNo", ""), "ClientSeqNo", number)
}

/// A yard with two submissions of long ago, in segments of a record each.
fn yard() -> Yard {
    let yard = Yard::new();
    yard.drop_in(A, "1-old.xml", plain());
    yard.drop_in(B, "2-old.xml", numbered("HD2"));
    yard.serve();
    let records = yard.records();
    let names = yard.world.paths().into_iter().filter(|path| path.extension().is_some_and(|it| it == "seg"));
    names.for_each(|path| yard.world.remove(&path).unwrap());
    let small = Limits { segment_bytes: 1, frame_bytes: 1, ..Limits::default() };
    let world: Arc<dyn World> = Arc::new(yard.world.clone());
    let mut journal = Journal::open(world, Path::new(DATA), small).unwrap();
    for record in &records {
        assert_eq!(journal.append(record.kind, &record.payload, None).unwrap().hash, record.hash);
        journal.commit().unwrap();
    }
    create_dir_durable(&yard.world, Path::new(ARCHIVE)).unwrap();
    yard.later(40 * 24 * 3_600);
    yard
}

fn archived(yard: &Yard) -> u64 {
    let world: Arc<dyn World> = Arc::new(yard.world.clone());
    let stop = AtomicBool::new(false);
    let moved = archive::beside(&world, Path::new(DATA), Path::new(ARCHIVE), AGES, &stop).unwrap();
    assert!(moved.damaged.is_empty(), "{moved:?}");
    moved.n_segments
}

fn answers(yard: &Yard, folder: &str, of: &str) -> Vec<(String, Vec<u8>)> {
    let files = yard.files(folder, "InBox").into_iter();
    files.filter(|(name, _)| name.contains(of)).collect()
}

/// The service is at work while its past goes: it reads on, and answers what comes again as it did.
#[test]
fn p2_p6_what_goes_under_a_running_service_is_answered_as_before() {
    let yard = yard();
    let first = answers(&yard, A, "1-old");
    let mut service = yard.start();
    yard.drop_in(A, "3-new.xml", numbered("HD3"));
    run_down(&mut service).unwrap();
    service.save_index().unwrap();
    assert!(archived(&yard) > 2);
    yard.drop_in(A, "1-old.xml", plain());
    yard.drop_in(A, "4-new.xml", numbered("HD4"));
    run_down(&mut service).unwrap();
    // Under the same names there are the same bytes, and one decision more: the new one.
    assert_eq!(answers(&yard, A, "1-old"), first);
    assert_eq!(yard.decisions().len(), 4);
    service.close().unwrap();
    let both = verify_with(&yard.world, Path::new(DATA), Some(Path::new(ARCHIVE)), &[]).unwrap();
    assert_eq!((both.end, both.after), (End::Whole, verifier::Head::EMPTY));
    assert!(verify(&yard.world, Path::new(DATA), &[]).unwrap().after.index > 0);
}

/// Who asks for something old waits until the archive is back, and keeps nobody else waiting.
#[test]
fn p2_p8_while_the_archive_is_away_what_needs_it_waits() {
    let yard = yard();
    let first = answers(&yard, A, "1-old");
    yard.serve();
    assert!(archived(&yard) > 2);
    yard.world.on_call(|call| call.path.starts_with(ARCHIVE).then(|| io::ErrorKind::NotFound.into()));
    yard.drop_in(A, "1-old.xml", plain());
    yard.drop_in(B, "5-new.xml", numbered("HD5"));
    let mut service = yard.start();
    run_down(&mut service).unwrap();
    assert_eq!(yard.names(A, "OutBox"), ["1-old.xml"]);
    assert!(yard.names(B, "OutBox").is_empty());
    assert_eq!(yard.events("archive-away").len(), 1);
    assert!(!answers(&yard, B, "5-new").is_empty());
    yard.world.mend();
    yard.later(3_600);
    run_down(&mut service).unwrap();
    assert!(yard.names(A, "OutBox").is_empty());
    assert_eq!(answers(&yard, A, "1-old"), first);
    service.close().unwrap();
}

/// P6: an answer that waits for its folder keeps its submission at hand, also when nobody wrote down what is delivered.
#[test]
fn p6_nothing_is_archived_before_its_answers_are_delivered() {
    let yard = yard();
    let path = Path::new(DATA).join("delivered");
    yard.world.remove(&path).unwrap();
    assert_eq!(archived(&yard), 0);
    let waiting = Remembered { up_to: 100, waiting: [(1, A.to_owned())].into() };
    waiting.save(&yard.world, Path::new(DATA)).unwrap();
    assert_eq!(archived(&yard), 0);
    Remembered { up_to: 3, waiting: Default::default() }.save(&yard.world, Path::new(DATA)).unwrap();
    assert_eq!(archived(&yard), 3);
    yard.serve();
}

/// P5, P8: a journal that lost what was published is refused, and says so.
#[test]
fn p5_p8_a_journal_without_its_published_head_is_refused() {
    let yard = yard();
    let world: Arc<dyn World> = Arc::new(yard.world.clone());
    let before = yard.world.fork();
    let durable = Durable::default();
    let mut publisher = Publisher::open(Arc::clone(&world), Path::new("/witness/heads")).unwrap();
    let mut service = yard.start();
    service.publish(publisher.last(), &durable).unwrap();
    yard.drop_in(A, "3-new.xml", numbered("HD3"));
    run_down(&mut service).unwrap();
    publisher.publish(durable.head()).unwrap();
    service.close().unwrap();
    let last = publisher.last();
    assert_eq!(last.index, yard.records().last().unwrap().index);
    // The journal it was an hour ago, whole in itself.
    let older = Yard { world: before, ..yard.clone() };
    for wrong in [last, Head { hash: [1; 32], ..last }] {
        let refused = older.start().publish(wrong, &durable).unwrap_err();
        assert!(matches!(&refused, RunError::Record(RecordError::Damaged { .. })), "{refused}");
        assert!(refused.to_string().contains(&format!("record {} was published", last.index)), "{refused}");
    }
    let other = Head { hash: [1; 32], index: 2 };
    yard.start().publish(other, &durable).unwrap_err();
    yard.start().publish(last, &durable).unwrap();
}
