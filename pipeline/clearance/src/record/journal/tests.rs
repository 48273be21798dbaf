//! The journal in a simulated world: what was committed is there, whatever happens.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;

use super::super::frame::FrameHeader;
use super::walk::{Chain, Depth, Walk};
use super::*;
use crate::verify::verify;
use crate::world::memory::{Keep, Memory, Op, Unsynced};
use verifier::End;

/// Small enough that a few records make several frames and segments.
const SMALL: Limits = Limits {
    segment_bytes: 900,
    frame_bytes: 160,
    record_bytes_max: 1000,
    cache_bytes: 600,
    compression: Compression::Fastest,
};

fn data() -> &'static Path {
    Path::new("/data")
}

fn open(world: &Memory) -> Result<Journal, RecordError> {
    Journal::open(Arc::new(world.clone()), data(), SMALL)
}

fn payload(index: u64) -> Vec<u8> {
    let filler = "x".repeat(index as usize % 37);
    format!("{{\"number\":\"53162018{index:010}\",\"note\":\"{filler}\"}}").into_bytes()
}

/// Appends records up to an index, with a commit after every `commit_every`.
fn fill(journal: &mut Journal, up_to: u64, commit_every: u64) -> Result<Head, RecordError> {
    for index in journal.head().index + 1..=up_to {
        let position = journal.append(Kind(index as u8), &payload(index), None)?;
        assert_eq!(position.index, index);
        if index % commit_every == 0 {
            assert_eq!(journal.commit()?.hash, position.hash);
        }
    }
    journal.commit()
}

fn filled(up_to: u64, commit_every: u64) -> (Memory, Head) {
    let world = Memory::new();
    let head = fill(&mut open(&world).unwrap(), up_to, commit_every).unwrap();
    (world, head)
}

/// Fails unless the journal opens with at least these records, all as they were written.
fn check_holds(world: &Memory, at_least: u64) -> Journal {
    let journal = open(world).unwrap();
    let head = journal.head();
    assert!(head.index >= at_least, "{at_least} were committed, {} are there", head.index);
    let mut seen = 0;
    journal
        .scan(1, |record| {
            seen += 1;
            assert_eq!((record.index, record.kind), (seen, Kind(seen as u8)));
            assert_eq!(*record.payload, payload(seen));
            Ok::<_, RecordError>(())
        })
        .unwrap();
    assert_eq!(seen, head.index);
    let verdict = verify(world, data(), &[]).unwrap();
    assert_eq!((verdict.head.index, verdict.head.hash), (head.index, head.hash));
    assert_eq!(verdict.end, End::Whole);
    journal
}

fn segments(world: &Memory) -> Vec<PathBuf> {
    world.paths().into_iter().filter(|it| it.extension().is_some_and(|it| it == "seg")).collect()
}

/// Offset of every frame of a segment, with its first index; the header counts to the first.
fn frames(world: &Memory, number: u32, mut chain: Chain) -> (Vec<(u64, u64)>, Chain) {
    let mut walk = Walk::open(world, &folder(data()), number).unwrap();
    let mut found = vec![(0, chain.next_index)];
    while let Some(at) = walk.next(&mut chain, Depth::Records).unwrap() {
        found.push((u64::from(at.offset), at.first_index));
    }
    (found, chain)
}

/// The first record that the verifier does not vouch for.
fn bad(world: &Memory) -> Option<u64> {
    verify(world, data(), &[]).unwrap().first_bad_index()
}

fn first_bad(error: &RecordError) -> u64 {
    match error {
        RecordError::Damaged { first_bad_index, .. } => *first_bad_index,
        other => panic!("{other}"),
    }
}

#[test]
fn records_come_back_over_frames_and_segments() {
    let (world, head) = filled(200, 7);
    assert!(segments(&world).len() > 5);
    let journal = check_holds(&world, 200);
    assert_eq!(journal.head(), head);
    for index in [200, 1, 117, 118, 119, 3, 200] {
        let record = journal.read(index).unwrap();
        assert_eq!((record.index, &*record.payload), (index, &payload(index)[..]));
    }
    let refused = journal.read(201).unwrap_err().to_string();
    assert_eq!(refused, "there is no journal record 201; the last one is 200");
    assert!(journal.read(0).is_err());
}

#[test]
fn the_chain_depends_on_the_records_alone() {
    let (_, one) = filled(60, 1);
    let (_, another) = filled(60, 60);
    assert_eq!(one, another);
    let mut previous = GENESIS;
    for index in 1..=60 {
        previous = frame::record_hash(index, index as u8, &previous, &blake3::hash(&payload(index)));
    }
    assert_eq!(one.hash, previous);
}

#[test]
fn the_same_calls_give_the_same_bytes() {
    let (one, _) = filled(60, 7);
    let (another, _) = filled(60, 7);
    for path in segments(&one) {
        assert_eq!(one.bytes(&path).unwrap(), another.bytes(&path).unwrap());
    }
}

#[test]
fn reopening_continues() {
    let world = Memory::new();
    for up_to in [10, 11, 40, 41, 90] {
        let mut journal = check_holds(&world, 0);
        fill(&mut journal, up_to, 4).unwrap();
    }
    assert_eq!(check_holds(&world, 90).head(), filled(90, 90).1);
}

#[test]
fn what_is_not_committed_is_seen_by_the_writer_only() {
    let world = Memory::new();
    let mut journal = open(&world).unwrap();
    let reader = journal.reader();
    for index in 1..=9 {
        journal.append(Kind(1), &payload(index), Some(blake3::hash(&payload(index)))).unwrap();
        assert_eq!(*journal.read(index).unwrap().payload, payload(index));
    }
    assert_eq!(*journal.read(1).unwrap().payload, payload(1));
    assert_eq!((reader.head(), journal.head()), (Head::EMPTY, Head::EMPTY));
    assert!(reader.read(1).is_err());
    let head = journal.commit().unwrap();
    assert_eq!(reader.head(), head);
    assert_eq!(*reader.read(9).unwrap().payload, payload(9));
    let calls = world.calls();
    assert_eq!(journal.commit().unwrap(), head);
    assert_eq!(world.calls(), calls, "a commit of nothing touches no file");
}

#[test]
fn a_scan_begins_where_told_and_ends_when_told() {
    let (world, _) = filled(50, 50);
    let journal = open(&world).unwrap();
    let mut seen = Vec::new();
    let ended = journal.scan(23, |record| {
        seen.push(record.index);
        if record.index == 30 { Err(RecordError::NoSuchRecord { index: 30, last: 0 }) } else { Ok(()) }
    });
    assert!(ended.is_err());
    assert_eq!(seen, (23..=30).collect::<Vec<_>>());
    assert!(journal.read(1).is_ok(), "the caller's error is not the journal's");
    journal.scan(51, |_| Err(RecordError::NoSuchRecord { index: 0, last: 0 })).unwrap();
}

#[test]
fn a_record_over_the_limit_is_refused_and_nothing_else_suffers() {
    let world = Memory::new();
    let mut journal = open(&world).unwrap();
    journal.append(Kind(0), &[7; 1000], None).unwrap();
    assert!(matches!(
        journal.append(Kind(0), &[7; 1001], None),
        Err(RecordError::TooLarge { bytes: 1001, limit: 1000, .. })
    ));
    assert_eq!(journal.append(Kind(0), b"", None).unwrap().index, 2);
    assert_eq!(journal.commit().unwrap().index, 2);
    assert!(journal.read(2).unwrap().payload.is_empty());
}

#[test]
fn two_writers_cannot_open() {
    let (world, _) = filled(3, 1);
    let held = open(&world).unwrap();
    let refused = open(&world).err().unwrap();
    assert!(matches!(refused, RecordError::InUse { .. }), "{refused}");
    drop(held);
    open(&world).unwrap();
}

/// A record names evidence: it may not be on disk before the commit, whose caller has made that durable.
#[test]
fn nothing_is_written_before_a_commit() {
    let (world, head) = filled(5, 1);
    let mut journal = open(&world).unwrap();
    for index in 6..=31 {
        journal.append(Kind(index as u8), &payload(index), None).unwrap();
    }
    for index in 1..=31 {
        assert_eq!(journal.read(index).unwrap().payload.to_vec(), payload(index), "read as if it were");
    }
    drop(journal); // Killed.
    assert_eq!(check_holds(&world, 5).head(), head);
}

#[test]
fn what_opening_shows_is_durable() {
    let (world, _) = filled(5, 1);
    let mut journal = open(&world).unwrap();
    for index in 6..=31 {
        journal.append(Kind(index as u8), &payload(index), None).unwrap();
    }
    // Killed between writing and syncing: what was written is there, and not durable.
    world.on_call(|call| match call.op {
        Op::SyncData => panic!("killed"),
        _ => None,
    });
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| journal.commit())).unwrap_err();
    world.mend();
    drop(journal);
    let seen = check_holds(&world, 6).head();
    world.crash(|_| Keep::Nothing);
    assert_eq!(check_holds(&world, 6).head(), seen);
}

#[test]
fn a_torn_end_is_cut_at_the_frame_before_it() {
    let (world, _) = filled(9, 3);
    let path = segments(&world).pop().unwrap();
    let whole = world.bytes(&path).unwrap();
    let (found, _) = frames(&world, 1, Chain::after(Head::EMPTY));
    let (last_frame, first_index) = found[found.len() - 1];
    for len in last_frame as usize..whole.len() {
        let torn = &whole[..len];
        let mut zeros = torn.to_vec();
        zeros.resize(whole.len(), 0);
        for end in [torn, &zeros] {
            if end == whole {
                continue;
            }
            world.set_bytes(&path, end).unwrap();
            let mut journal = check_holds(&world, first_index - 1);
            assert_eq!(journal.head().index, first_index - 1);
            assert_eq!(journal.cut().is_some(), end.len() != last_frame as usize, "{len}");
            fill(&mut journal, 9, 3).unwrap();
            drop(journal);
            assert_eq!(world.bytes(&path).unwrap(), whole);
        }
    }
}

#[test]
fn a_torn_new_segment_goes() {
    let (world, _) = filled(40, 2);
    let path = segments(&world).pop().unwrap();
    let whole = world.bytes(&path).unwrap();
    let chain_before = (1..segments(&world).len() as u32)
        .fold(Chain::after(Head::EMPTY), |chain, number| frames(&world, number, chain).1);
    for len in 0..SegmentHeader::BYTES {
        world.set_bytes(&path, &whole[..len]).unwrap();
        let journal = check_holds(&world, chain_before.next_index - 1);
        assert!(!world.exists(&path).unwrap());
        drop(journal);
        world.create(&path).unwrap();
    }
}

#[test]
fn every_flipped_bit_is_found_at_the_right_index() {
    let (world, _) = filled(24, 5);
    assert!(segments(&world).len() > 1);
    let mut chain = Chain::after(Head::EMPTY);
    for (number, path) in (1..).zip(segments(&world)) {
        let (found, after) = frames(&world, number, chain);
        chain = after;
        let whole = world.bytes(&path).unwrap();
        for bit in 0..whole.len() * 8 {
            let mut flipped = whole.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            world.set_bytes(&path, &flipped).unwrap();
            let frame = found.iter().rfind(|(offset, _)| *offset <= bit as u64 / 8).unwrap();
            assert_eq!(bad(&world), Some(frame.1), "{} bit {bit}", path.display());
        }
        world.set_bytes(&path, &whole).unwrap();
    }
    check_holds(&world, 24);
}

#[test]
fn damage_before_a_later_commit_refuses_to_open() {
    for (records, commit_every, last_commit) in [(9, 3, 7), (3, 1, 3)] {
        let (world, _) = filled(records, commit_every);
        let path = &segments(&world)[0];
        let whole = world.bytes(path).unwrap();
        let (found, _) = frames(&world, 1, Chain::after(Head::EMPTY));
        let end = found.iter().find(|(_, first)| *first == last_commit).unwrap().0;
        for byte in 0..end as usize {
            let mut damaged = whole.clone();
            damaged[byte] ^= 0x40;
            world.set_bytes(path, &damaged).unwrap();
            let refused = open(&world).err().unwrap();
            let frame = found.iter().rfind(|(offset, _)| *offset <= byte as u64).unwrap();
            assert_eq!(first_bad(&refused), frame.1, "byte {byte}");
            assert_eq!(world.bytes(path).unwrap(), damaged, "nothing may be changed");
        }
    }
}

#[test]
fn a_frame_taken_out_or_put_elsewhere_refuses_to_open() {
    let (world, _) = filled(9, 1);
    let path = &segments(&world)[0];
    let whole = world.bytes(path).unwrap();
    let (found, _) = frames(&world, 1, Chain::after(Head::EMPTY));
    let [a, b, c] = [found[2].0 as usize, found[3].0 as usize, found[4].0 as usize];
    let removed = [&whole[..a], &whole[b..]].concat();
    let swapped = [&whole[..a], &whole[b..c], &whole[a..b], &whole[c..]].concat();
    let doubled = [&whole[..b], &whole[a..]].concat();
    for (bytes, index) in [(removed, found[2].1), (swapped, found[2].1), (doubled, found[3].1)] {
        world.set_bytes(path, &bytes).unwrap();
        assert_eq!(first_bad(&open(&world).err().unwrap()), index);
        assert_eq!(bad(&world), Some(index));
    }
}

#[test]
fn frames_of_the_last_commit_do_not_change_places() {
    let (world, _) = filled(6, 6);
    let path = &segments(&world)[0];
    let whole = world.bytes(path).unwrap();
    let (found, _) = frames(&world, 1, Chain::after(Head::EMPTY));
    let [a, b] = [found[1].0 as usize, found[2].0 as usize];
    let swapped = [&whole[..a], &whole[b..], &whole[a..b]].concat();
    let doubled = [&whole[..b], &whole[a..]].concat();
    for (bytes, index) in [(swapped, found[1].1), (doubled, found[2].1)] {
        world.set_bytes(path, &bytes).unwrap();
        assert_eq!(first_bad(&open(&world).err().unwrap()), index);
        assert_eq!(world.bytes(path).unwrap(), bytes, "nothing may be changed");
    }
}

#[test]
fn a_frame_of_another_journal_is_found() {
    let (world, _) = filled(6, 3);
    let other = Memory::new();
    let mut journal = open(&other).unwrap();
    for index in 1..=6 {
        // Only the first record is another one, of the same length.
        journal.append(Kind(if index == 1 { 9 } else { index as u8 }), &payload(index), None).unwrap();
        if index % 3 == 0 {
            journal.commit().unwrap();
        }
    }
    let path = &segments(&world)[0];
    let (ours, theirs) = (world.bytes(path).unwrap(), other.bytes(path).unwrap());
    let (found, _) = frames(&world, 1, Chain::after(Head::EMPTY));
    let (their_found, _) = frames(&other, 1, Chain::after(Head::EMPTY));
    let (last, their_last) = (found[found.len() - 1], their_found[their_found.len() - 1]);
    assert_eq!(last.1, their_last.1);
    let spliced = [&ours[..last.0 as usize], &theirs[their_last.0 as usize..]].concat();
    world.set_bytes(path, &spliced).unwrap();
    assert_eq!(bad(&world), Some(last.1));
}

#[test]
fn a_forged_header_is_found() {
    let (world, _) = filled(6, 6);
    let path = &segments(&world)[0];
    let whole = world.bytes(path).unwrap();
    let (found, _) = frames(&world, 1, Chain::after(Head::EMPTY));
    let (offset, first_index) = found[1];
    let at = offset as usize..offset as usize + FrameHeader::BYTES;
    let header = FrameHeader::decode(whole[at.clone()].try_into().unwrap()).unwrap();
    let forgeries = [
        FrameHeader { head: [1; 32], ..header.clone() },
        FrameHeader { count: header.count - 1, ..header.clone() },
        FrameHeader { raw_len: header.raw_len + 1, ..header.clone() },
        FrameHeader { packed_len: header.packed_len - 1, ..header.clone() },
        FrameHeader { packed_len: u32::MAX, ..header.clone() },
        FrameHeader { commit_first: first_index + 1, ..header },
    ];
    for forged in forgeries {
        let mut bytes = whole.clone();
        bytes[at.clone()].copy_from_slice(&forged.encode());
        world.set_bytes(path, &bytes).unwrap();
        assert_eq!(bad(&world), Some(first_index), "{forged:?}");
    }
}

#[test]
fn a_segment_missing_or_swapped_refuses_to_open() {
    let (world, _) = filled(60, 2);
    let paths = segments(&world);
    let bytes: Vec<_> = paths.iter().map(|it| world.bytes(it).unwrap()).collect();
    let (_, chain) = frames(&world, 1, Chain::after(Head::EMPTY));
    world.set_bytes(&paths[1], &bytes[2]).unwrap();
    world.set_bytes(&paths[2], &bytes[1]).unwrap();
    assert_eq!(first_bad(&open(&world).err().unwrap()), chain.next_index);
    world.remove(&paths[1]).unwrap();
    let refused = open(&world).err().unwrap();
    assert_eq!(first_bad(&refused), chain.next_index);
    assert!(refused.to_string().contains("segment is missing"), "{refused}");
}

#[test]
fn what_a_newer_version_wrote_is_not_cut_off() {
    let (world, _) = filled(3, 3);
    let path = &segments(&world)[0];
    let mut bytes = world.bytes(path).unwrap();
    bytes[SegmentHeader::BYTES + 8] = 2;
    world.set_bytes(path, &bytes).unwrap();
    let refused = open(&world).err().unwrap().to_string();
    assert!(refused.contains("format version 2"), "{refused}");
}

#[test]
fn an_error_stops_the_journal_with_its_own_reason() {
    for op in [Op::SyncData, Op::Append] {
        let (world, head) = filled(5, 1);
        let mut journal = open(&world).unwrap();
        let reader = journal.reader();
        journal.append(Kind(6), &payload(6), None).unwrap();
        world.on_call(move |call| (call.op == op).then(|| io::ErrorKind::StorageFull.into()));
        let reason = journal.commit().unwrap_err().to_string();
        assert!(reason.contains("00000002.seg") && reason.contains("space"), "{reason}");
        world.mend();
        let calls = world.calls();
        assert_eq!(journal.commit().unwrap_err().to_string(), reason);
        assert_eq!(journal.append(Kind(7), b"", None).unwrap_err().to_string(), reason);
        assert_eq!(journal.read(1).unwrap_err().to_string(), reason);
        assert_eq!(reader.read(1).unwrap_err().to_string(), reason);
        assert_eq!(world.calls(), calls, "a stopped journal touches no file");
        drop(journal);
        world.crash(|_| Keep::Nothing);
        assert_eq!(check_holds(&world, 5).head(), head);
    }
}

/// Opens, fills and commits until done or stopped; what was committed last.
fn run_until_stopped(world: &Memory, up_to: u64) -> (u64, bool) {
    let Ok(mut journal) = open(world) else { return (0, false) };
    let mut committed = journal.head().index;
    while committed < up_to {
        match fill(&mut journal, (committed + 3).min(up_to), 100) {
            Ok(head) => committed = head.index,
            Err(_) => return (committed, false),
        }
    }
    (committed, true)
}

#[test]
fn whichever_call_fails_what_was_committed_stays() {
    for crash in [Keep::Nothing, Keep::All, Keep::First(1)] {
        for lasting in [false, true] {
            for n in 1.. {
                let (world, _) = filled(13, 4);
                let from = world.calls() + n;
                world.on_call(move |call| {
                    let hit = call.number == from || (lasting && call.number > from);
                    hit.then(|| io::ErrorKind::Other.into())
                });
                let (committed, done) = run_until_stopped(&world, 40);
                world.mend();
                world.crash(|_| crash);
                check_holds(&world, committed.max(13));
                if done {
                    break;
                }
            }
        }
    }
}

#[test]
fn an_error_without_a_crash_leaves_a_journal_that_goes_on() {
    for n in 1.. {
        let (world, _) = filled(13, 4);
        world.fail_call(n, io::ErrorKind::Other);
        let (committed, done) = run_until_stopped(&world, 40);
        world.mend();
        let mut journal = check_holds(&world, committed.max(13));
        fill(&mut journal, 50, 5).unwrap();
        drop(journal);
        // What the failed sync lost must not be under what was committed later.
        world.crash(|_| Keep::Nothing);
        check_holds(&world, 50);
        if done {
            break;
        }
    }
}

proptest! {
    #[test]
    fn any_part_of_the_unsynced_may_survive_a_crash(
        commit_every in 1u64..20,
        up_to in 1u64..60,
        last_call in 1u64..120,
        fates in prop::collection::vec(0u8..4, 1..40),
        fates_again in prop::collection::vec(0u8..4, 1..40),
    ) {
        let world = Memory::new();
        let committed = crash_during(&world, last_call, &fates, || {
            let Ok(mut journal) = open(&world) else { return 0 };
            let mut committed = 0;
            for end in (commit_every..=up_to).step_by(commit_every as usize) {
                match fill(&mut journal, end, 1000) {
                    Ok(head) => committed = head.index,
                    Err(_) => break,
                }
            }
            committed
        });
        crash_during(&world, last_call % 17, &fates_again, || drop(open(&world)));
        let mut journal = check_holds(&world, committed);
        fill(&mut journal, up_to + 1, 2).unwrap();
    }
}

/// Runs until the n-th call, from which on all fail, then takes the power away.
fn crash_during<T>(world: &Memory, n: u64, fates: &[u8], run: impl FnOnce() -> T) -> T {
    let from = world.calls() + n;
    world.on_call(move |call| (call.number >= from).then(|| io::ErrorKind::Other.into()));
    let result = run();
    world.mend();
    let mut fates = fates.iter().cycle();
    world.crash(|change| match (fates.next(), change) {
        (Some(0), _) => Keep::Nothing,
        (Some(1), Unsynced::Write { len, .. }) => Keep::First(len / 3),
        _ => Keep::All,
    });
    result
}
