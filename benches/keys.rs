//! Keys for ever: asking whether (declarant, number, version) was decided, with ever more keys on file.
//!
//! What must stay flat is the time of a look-up, of a key that is there and of a fresh one, and memory must stay within what
//! is promised for the whole process (reliability, 4.1). A hundred million keys are tried when `CLEARANCE_KEYS` says
//! `100000000`; they take three gigabytes of disk.

use benches::{is_bench, percentile, resident, timed, write_down};
use clearance::record::index::{self, Index, Key};
use clearance::record::{Journal, Kind, Limits};
use clearance::world::{Disk, World};
use mimalloc::MiMalloc;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Look-ups of each kind.
const N_ASKED: u64 = 200_000;

fn main() {
    let sizes: Vec<u64> = match std::env::var_os("CLEARANCE_KEYS") {
        Some(n) => vec![n.to_string_lossy().parse().expect("CLEARANCE_KEYS is a number of keys")],
        None if is_bench() => vec![100_000, 1_000_000, 10_000_000],
        None => vec![20_000],
    };
    let dir = std::env::temp_dir().join(format!("clearance-keys-{}", std::process::id()));
    let cases: Vec<Value> = sizes.into_iter().map(|n| measure(n, &dir)).collect();
    for case in &cases {
        println!("{case}");
    }
    if is_bench() {
        write_down("keys", "keys of a hash each, one a decision", &cases);
    }
}

fn measure(n: u64, dir: &Path) -> Value {
    std::fs::create_dir_all(dir).expect("a folder can be made");
    let world: Arc<dyn World> = Arc::new(Disk);
    let mut journal =
        Journal::open(Arc::clone(&world), dir, Limits::default()).expect("a journal can be made");
    // The index says which journal it is of by one record; its keys are put in from here.
    journal.append(Kind(1), b"a journal", None).expect("it takes a record");
    let head = journal.commit().expect("it can be synced");
    let open = || Index::open(Arc::clone(&world), dir, index::Limits::default(), &journal).expect("it opens");
    let before = resident();
    let mut index = open();
    let (_, filling) = timed(|| {
        for number in 0..n {
            index.insert(key(number), number + 1);
            index.advance(head).expect("it can be written");
        }
        index.save(head).expect("it can be written");
    });
    drop(index);
    let (index, opening) = timed(open);
    let (found, hit) = look_up(&index, n, |it| key(it % n));
    assert_eq!(found, N_ASKED, "a key that was put in is not there");
    let (strangers, miss) = look_up(&index, n, |it| key(u64::MAX - it));
    assert_eq!(strangers, 0, "a key is there that was not put in");
    let memory = resident().saturating_sub(before);
    let on_disk = std::fs::read_dir(dir.join("index")).expect("it is there");
    let bytes: u64 = on_disk.map(|it| it.and_then(|it| it.metadata()).map_or(0, |it| it.len())).sum();
    let hash = (0..1000).fold(0_u64, |hash, it| {
        let value = index.latest(&key(it * (n / 1000))).expect("it can be read").unwrap_or(0);
        hash.rotate_left(7) ^ value
    });
    drop(index);
    drop(journal);
    std::fs::remove_dir_all(dir).expect("the folder of the bench is ours");
    json!({
        "case": format!("{n} keys"),
        "hit_ns_p50": percentile(&hit, 50), "hit_ns_p99": percentile(&hit, 99),
        "miss_ns_p50": percentile(&miss, 50), "miss_ns_p99": percentile(&miss, 99),
        "fill_ns_per_key": filling / n, "open_ms": opening / 1_000_000,
        "resident_mib": memory >> 20, "disk_mib": bytes >> 20,
        "hash": format!("{hash:016x}"),
    })
}

/// Asks for keys all over; how many are there, and the time of each in order of length.
fn look_up(index: &Index, n: u64, key_of: impl Fn(u64) -> Key) -> (u64, Vec<u64>) {
    let mut times = Vec::with_capacity(N_ASKED as usize);
    let mut found = 0;
    for asked in 0..N_ASKED {
        // A stride without a common factor with any of the sizes: neighbours in time are no neighbours on disk.
        let key = key_of(asked.wrapping_mul(7_919_993) % n.max(N_ASKED));
        let (value, ns) = timed(|| index.latest(&key).expect("it can be read"));
        found += u64::from(value.is_some());
        times.push(ns);
    }
    times.sort_unstable();
    (found, times)
}

/// Spread as keys are: the first bytes of a hash.
fn key(number: u64) -> Key {
    let mut key = [0; 16];
    key.copy_from_slice(&blake3::hash(&number.to_le_bytes()).as_bytes()[..16]);
    Key(key)
}
