//! Lines in a simulated second place, written from the document once more by hand.

use super::*;
use crate::record::{Journal, Kind, Limits};
use crate::world::memory::{Keep, Memory};
use std::sync::Mutex;

const HEADS: &str = "/witness/heads";

fn head(index: u64) -> Head {
    Head { index, hash: [index as u8; 32] }
}

fn open(world: &Memory) -> Result<Publisher, RecordError> {
    Publisher::open(Arc::new(world.clone()), Path::new(HEADS))
}

fn written(world: &Memory) -> String {
    String::from_utf8(world.bytes(Path::new(HEADS)).unwrap()).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// What the verifier, which was written from the document, reads out of a file.
fn read(world: &Memory) -> (Vec<u64>, usize) {
    let published = verifier::published(&world.bytes(Path::new(HEADS)).unwrap());
    (published.heads.iter().map(|it| it.index).collect(), published.passed_over.len())
}

#[test]
fn a_line_is_a_head_a_moment_and_what_would_be_signed() {
    let world = Memory::new();
    world.set_now(at("2018-06-01T01:30:05.25Z"));
    let mut publisher = open(&world).unwrap();
    publisher.publish(head(17)).unwrap();
    // By hand: version, index, head, and the milliseconds that `date` gives for this moment.
    let mut said = vec![1, 0, 17, 0, 0, 0, 0, 0, 0, 0];
    said.extend_from_slice(&[17; 32]);
    said.extend_from_slice(&1_527_816_605_250_i64.to_le_bytes());
    let key = blake3::hash(b"clearance journal 1 checkpoint");
    let signed = blake3::keyed_hash(key.as_bytes(), &said).to_hex();
    let expected = format!("17:{} 2018-06-01T01:30:05.250Z {signed}\n", "11".repeat(32));
    assert_eq!(written(&world), expected);
    assert_eq!(read(&world), (vec![17], 0));
}

#[test]
fn a_head_is_due_after_ten_seconds_or_ten_thousand_records() {
    let world = Memory::new();
    let start = at("2018-06-01T00:00:00Z");
    world.set_now(start);
    let after = |millis| start + SignedDuration::from_millis(millis);
    let mut publisher = open(&world).unwrap();
    assert_eq!(publisher.due_in(Head::EMPTY, start), None);
    assert_eq!(publisher.due_in(head(1), start), Some(SignedDuration::ZERO));
    publisher.publish(head(1)).unwrap();
    assert_eq!(publisher.due_in(head(1), after(99_000)), None);
    assert_eq!(publisher.due_in(head(2), after(1)), Some(SignedDuration::from_millis(9_999)));
    assert_eq!(publisher.due_in(head(2), after(10_000)), Some(SignedDuration::ZERO));
    assert_eq!(publisher.due_in(head(10_000), after(0)), Some(SignedDuration::from_secs(10)));
    assert_eq!(publisher.due_in(head(10_001), after(0)), Some(SignedDuration::ZERO));
    // The clock was set back by a day.
    assert_eq!(publisher.due_in(head(2), after(-86_400_000)), Some(SignedDuration::ZERO));
}

#[test]
fn an_attempt_that_failed_is_made_again_on_a_new_handle_and_not_at_once() {
    let world = Memory::new();
    let mut publisher = open(&world).unwrap();
    publisher.publish(head(1)).unwrap();
    world.fail_call(1, io::ErrorKind::StorageFull);
    publisher.publish(head(30_000)).unwrap_err();
    world.mend();
    assert_eq!(publisher.due_in(head(40_000), world.now()), Some(SignedDuration::from_secs(10)));
    publisher.publish(head(40_000)).unwrap();
    // Half a line was written, and ends where the next begins.
    assert_eq!(read(&world), (vec![1, 40_000], 1));
    assert_eq!(open(&world).unwrap().last(), head(40_000));
}

#[test]
fn p5_what_was_published_is_there_after_a_crash_at_any_call() {
    for moment in 1.. {
        let world = Memory::new();
        let crash_at = world.calls() + moment;
        world.on_call(move |call| (call.number >= crash_at).then(|| io::Error::other("power is lost")));
        let mut published = 0;
        let done = open(&world).and_then(|mut publisher| {
            (1..4).try_for_each(|index| publisher.publish(head(index)).map(|()| published = index))
        });
        world.mend();
        match moment % 3 {
            0 => world.crash(|_| Keep::Nothing),
            1 => world.crash(|_| Keep::First(moment as usize * 7 % 150)),
            _ => world.crash(|_| Keep::All),
        }
        let mut publisher = open(&world).unwrap();
        assert!(publisher.last().index >= published, "call {moment}");
        publisher.publish(head(9)).unwrap();
        let (heads, _) = read(&world);
        assert!((1..=published).all(|index| heads.contains(&index)), "call {moment}: {heads:?}");
        assert_eq!(heads.last(), Some(&9), "call {moment}");
        if done.is_ok() {
            break;
        }
    }
}

#[test]
fn beside_the_work_the_last_head_is_published_at_the_end() {
    let world = Memory::new();
    let outcomes: Arc<Mutex<Vec<bool>>> = Arc::default();
    let heard = Arc::clone(&outcomes);
    let said = move |it: &Result<(), RecordError>| heard.lock().unwrap().push(it.is_ok());
    let beside = Beside::begin(open(&world).unwrap(), said).unwrap();
    (1..=5).for_each(|index| beside.durable().tell(head(index)));
    beside.close().unwrap();
    let (heads, passed_over) = read(&world);
    assert_eq!((heads.last(), passed_over), (Some(&5), 0));
    assert!(outcomes.lock().unwrap().iter().all(|it| *it));
}

/// A journal with other records and a chain as whole as that of the true one.
#[test]
fn p5_a_journal_written_anew_as_a_whole_is_found_by_its_published_heads() {
    let data = Path::new("/data");
    let write = |world: &Memory, forged: u64| {
        let journal = Journal::open(Arc::new(world.clone()), data, Limits::default());
        let (mut journal, mut publisher) = (journal.unwrap(), open(world).unwrap());
        for index in 1..=9 {
            let said = if index == forged { "hold" } else { "release" };
            journal.append(Kind(3), format!("{index} {said}").as_bytes(), None).unwrap();
            let head = journal.commit().unwrap();
            if index % 3 == 0 {
                publisher.publish(head).unwrap();
            }
        }
    };
    let (world, forger) = (Memory::new(), Memory::new());
    write(&world, 0);
    write(&forger, 5);
    let published = verifier::published(&world.bytes(Path::new(HEADS)).unwrap()).heads;
    let whole = crate::verify::verify(&world, data, &published).unwrap();
    assert_eq!((whole.end, whole.n_heads), (verifier::End::Whole, 3));
    // In itself nothing is wrong with it.
    assert_eq!(crate::verify::verify(&forger, data, &[]).unwrap().end, verifier::End::Whole);
    let found = crate::verify::verify(&forger, data, &published).unwrap();
    assert_eq!(found.first_bad_index(), Some(4));
    assert!(verifier::en(&found).contains("record 6 is not the one published"), "{}", verifier::en(&found));
}
