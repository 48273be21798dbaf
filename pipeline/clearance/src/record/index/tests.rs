//! The index against a map, over flushes, merges, restarts, crashes and damage.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use proptest::prelude::*;

use super::super::journal::{self, Kind};
use super::*;
use crate::world::memory::{Keep, Memory};

const SMALL: Limits = Limits { memtable_entries: 8, fanout: 3 };

fn data() -> &'static Path {
    Path::new("/data")
}

/// Hashes are even, so keys of tests must be.
fn key(number: u64) -> Key {
    let mut key = [0; 16];
    key.copy_from_slice(&blake3::hash(&number.to_le_bytes()).as_bytes()[..16]);
    Key(key)
}

fn journal_of(world: &Memory, records: u64) -> Journal {
    journal_of_kind(world, records, 1)
}

fn journal_of_kind(world: &Memory, records: u64, kind: u8) -> Journal {
    let limits = journal::Limits::default();
    let mut journal = Journal::open(Arc::new(world.clone()), data(), limits).unwrap();
    for index in journal.head().index..records {
        journal.append(Kind(kind), &index.to_le_bytes(), None).unwrap();
    }
    journal.commit().unwrap();
    journal
}

fn head_at(journal: &Journal, index: u64) -> Head {
    match index {
        0 => Head::EMPTY,
        _ => Head { index, hash: journal.read(index).unwrap().hash },
    }
}

fn open(world: &Memory, limits: Limits, journal: &Journal) -> Index {
    Index::open(Arc::new(world.clone()), data(), limits, journal).unwrap()
}

fn all(index: &Index, number: u64) -> Vec<u64> {
    let mut values = Vec::new();
    index.get_all(&key(number), &mut values).unwrap();
    values
}

/// Record n has the keys n, n / 3 and n / 50.
fn insert_record(index: &mut Index, record: u64) {
    for number in [record, record / 3, record / 50] {
        index.insert(key(number), record);
    }
}

fn expected(number: u64, up_to: u64) -> Vec<u64> {
    (1..=up_to).filter(|it| *it == number || it / 3 == number || it / 50 == number).collect()
}

/// Brings an index up to date with the journal, as its owner does.
fn catch_up(index: &mut Index, journal: &Journal) -> Result<(), RecordError> {
    for record in index.covered() + 1..=journal.head().index {
        insert_record(index, record);
        index.advance(head_at(journal, record))?;
    }
    Ok(())
}

fn check(index: &Index, up_to: u64) {
    for number in 0..up_to + 20 {
        let expected = expected(number, up_to);
        assert_eq!(all(index, number), expected);
        assert_eq!(index.latest(&key(number)).unwrap(), expected.last().copied());
    }
}

#[test]
fn entries_are_found_in_memory_and_on_disk() {
    let world = Memory::new();
    let journal = journal_of(&world, 300);
    let mut index = open(&world, SMALL, &journal);
    assert_eq!((index.covered(), index.latest(&key(1)).unwrap()), (0, None));
    catch_up(&mut index, &journal).unwrap();
    assert!(index.runs.iter().any(|it| it.level > 1), "there should have been merges");
    check(&index, 300);
    index.save(journal.head()).unwrap();
    check(&index, 300);
    let again = open(&world, SMALL, &journal);
    assert_eq!(again.covered(), 300);
    check(&again, 300);
    let runs = world.paths().into_iter().filter(|it| it.extension().is_some_and(|it| it == "run"));
    assert_eq!(runs.count(), again.runs.len(), "merged runs should be gone");
}

#[test]
fn a_key_with_very_many_values_crosses_blocks() {
    let world = Memory::new();
    let journal = journal_of(&world, 1);
    let mut index = open(&world, Limits { memtable_entries: 10_000, fanout: 3 }, &journal);
    for value in (0..1000).rev() {
        index.insert(key(7), value);
        index.insert(key(value + 100), value);
    }
    let wanted: Vec<u64> = (0..1000).collect();
    assert_eq!(all(&index, 7), wanted);
    index.save(journal.head()).unwrap();
    assert_eq!(all(&index, 7), wanted);
    assert_eq!(all(&index, 100), [0]);
}

#[test]
fn few_fresh_keys_cost_a_read() {
    let world = Memory::new();
    let journal = journal_of(&world, 1);
    let mut index = open(&world, Limits { memtable_entries: 100_000, fanout: 4 }, &journal);
    (0..50_000).for_each(|number| index.insert(key(number), 1));
    index.save(journal.head()).unwrap();
    let calls = world.calls();
    assert!((50_000..150_000).all(|number| index.latest(&key(number)).unwrap().is_none()));
    let reads = world.calls() - calls;
    assert!(reads < 2_000, "{reads} reads for 100000 fresh keys");
}

#[test]
fn a_journal_without_what_the_index_has_seen_is_refused() {
    for (records, kind, first_bad) in [(39, 1, 40), (12, 1, 13), (40, 2, 40)] {
        let world = Memory::new();
        let first = journal_of(&world, 40);
        let mut index = open(&world, SMALL, &first);
        catch_up(&mut index, &first).unwrap();
        index.save(first.head()).unwrap();
        let other = journal_of_kind(&Memory::new(), records, kind);
        let refused = Index::open(Arc::new(world.clone()), data(), SMALL, &other).err().unwrap();
        let at = match &refused {
            RecordError::Damaged { first_bad_index, .. } => *first_bad_index,
            other => panic!("{other}"),
        };
        assert_eq!(at, first_bad, "{refused}");
        assert_eq!(open(&world, SMALL, &first).covered(), 40, "nothing was changed");
    }
}

#[test]
fn a_saved_index_outlasts_a_crash() {
    for crash in [Keep::Nothing, Keep::First(0)] {
        let world = Memory::new();
        let journal = journal_of(&world, 100);
        let mut index = open(&world, SMALL, &journal);
        catch_up(&mut index, &journal).unwrap();
        index.save(journal.head()).unwrap();
        world.crash(|_| crash);
        let journal = journal_of(&world, 100);
        let index = open(&world, SMALL, &journal);
        assert_eq!(index.covered(), 100);
        check(&index, 100);
    }
}

#[test]
fn a_wiped_index_is_built_again() {
    let world = Memory::new();
    let journal = journal_of(&world, 60);
    let mut index = open(&world, SMALL, &journal);
    catch_up(&mut index, &journal).unwrap();
    index.wipe().unwrap();
    assert_eq!(index.covered(), 0);
    assert!(all(&index, 3).is_empty());
    assert!(!world.paths().iter().any(|it| it.starts_with("/data/index")));
    catch_up(&mut index, &journal).unwrap();
    check(&index, 60);
}

#[test]
fn damage_is_never_an_answer() {
    let world = Memory::new();
    let journal = journal_of(&world, 30);
    let mut index = open(&world, SMALL, &journal);
    catch_up(&mut index, &journal).unwrap();
    index.save(journal.head()).unwrap();
    let paths: Vec<_> = world.paths().into_iter().filter(|it| it.starts_with("/data/index")).collect();
    let whole: Vec<_> = paths.iter().map(|it| world.bytes(it).unwrap()).collect();
    for (path, bytes) in paths.iter().zip(&whole) {
        for at in (0..bytes.len()).step_by(7).chain(bytes.len() - 90..bytes.len()) {
            paths.iter().zip(&whole).for_each(|(path, bytes)| restore(&world, path, bytes));
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x10;
            world.set_bytes(path, &damaged).unwrap();
            check_right_or_refused(&open(&world, SMALL, &journal));
        }
    }
}

fn restore(world: &Memory, path: &Path, bytes: &[u8]) {
    world.create(path).unwrap();
    world.set_bytes(path, bytes).unwrap();
}

fn check_right_or_refused(index: &Index) {
    if index.covered() == 0 {
        return;
    }
    for number in 0..40 {
        let mut values = Vec::new();
        match index.get_all(&key(number), &mut values) {
            Ok(()) => assert_eq!(values, expected(number, 30)),
            Err(error) => assert!(matches!(error, RecordError::ViewDamaged { .. }), "{error}"),
        }
    }
}

#[test]
fn whichever_call_fails_the_next_start_is_right() {
    for crash in [Keep::Nothing, Keep::All, Keep::First(1)] {
        for n in 1.. {
            let world = Memory::new();
            let journal = journal_of(&world, 40);
            journal.read(1).unwrap(); // From here on in its cache: only the index makes calls.
            world.fail_call(n, io::ErrorKind::Other);
            let opened = Index::open(Arc::new(world.clone()), data(), SMALL, &journal);
            let done = opened.and_then(|mut index| {
                let done = catch_up(&mut index, &journal);
                if let Err(error) = &done {
                    let later = index.latest(&key(1)).unwrap_err();
                    assert_eq!(later.to_string(), error.to_string());
                }
                done
            });
            world.mend();
            drop(journal);
            world.crash(|_| crash);
            let journal = journal_of(&world, 40);
            let mut index = open(&world, SMALL, &journal);
            catch_up(&mut index, &journal).unwrap();
            check(&index, 40);
            if done.is_ok() {
                break;
            }
        }
    }
}

#[derive(Debug, Clone)]
enum Step {
    Insert(u64, u64),
    Save,
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        20 => (0u64..60, 0u64..500).prop_map(|(number, value)| Step::Insert(number, value)),
        1 => Just(Step::Save),
        1 => Just(Step::Reopen),
    ]
}

proptest! {
    #[test]
    fn behaves_like_a_map(steps in prop::collection::vec(step(), 1..300), memtable_entries in 1usize..40) {
        let world = Memory::new();
        let journal = journal_of(&world, 1);
        let limits = Limits { memtable_entries, fanout: 2 };
        let mut index = open(&world, limits, &journal);
        let mut model: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
        for step in steps {
            match step {
                Step::Insert(number, value) => {
                    index.insert(key(number), value);
                    model.entry(number).or_default().insert(value);
                    index.advance(journal.head()).unwrap();
                }
                Step::Save => index.save(journal.head()).unwrap(),
                Step::Reopen => {
                    index.save(journal.head()).unwrap();
                    index = open(&world, limits, &journal);
                }
            }
        }
        for number in 0..60 {
            let wanted: Vec<u64> = model.get(&number).into_iter().flatten().copied().collect();
            prop_assert_eq!(index.latest(&key(number)).unwrap(), wanted.last().copied());
            prop_assert_eq!(all(&index, number), wanted);
        }
    }
}
