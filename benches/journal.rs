//! What durability costs: acknowledgement of groups of records beside the machine's bare append and sync, and the whole
//! program with everything synced beside the same program whose journal and evidence go nowhere.

use benches::work::{commit, records};
use benches::{corpus, is_bench, percentile, short_hash, timed, write_down};
use clearance::record::{Compression, Journal, Limits};
use clearance::run::{self, Order, Progress, Receipts};
use clearance::world::{Disk, World};
use engine::Accepted;
use jiff::civil::date;
use mimalloc::MiMalloc;
use model::finding::Language;
use serde_json::{Value, json};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

#[path = "journal/nowhere.rs"]
mod nowhere;

use nowhere::Nowhere;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() {
    let (n_groups, bytes, n_rounds) = if is_bench() { (400, 128 << 20, 7) } else { (3, 200_000, 1) };
    let dir = std::env::temp_dir().join(format!("clearance-journal-{}", std::process::id()));
    std::fs::create_dir_all(&dir).expect("a folder can be made");
    let groups: Vec<Value> =
        [1, 100, 10_000].map(|size| group(size, n_groups.min(400_000 / size), &dir)).into();
    let pipeline = pipeline(bytes, n_rounds, &dir);
    std::fs::remove_dir_all(&dir).expect("the folder of the bench is ours");
    for case in groups.iter().chain(&pipeline) {
        println!("{case}");
    }
    if is_bench() {
        write_down("journal", "groups of records of 200 bytes", &groups);
        write_down("journal", "clean", &pipeline);
    }
}

/// Groups of so many records, acknowledged one after another, in turns with bare appends of as many bytes.
fn group(size: usize, n: usize, dir: &Path) -> Value {
    let world: Arc<dyn World> = Arc::new(Disk);
    let data = dir.join(format!("groups-{size}"));
    let mut journal = Journal::open(world, &data, Limits::default()).expect("a journal can be made");
    let mut bare = File::create(data.join("bare")).expect("a file can be made");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for number in 0..n {
        let records = records(number * size, size);
        let (_, ns) = timed(|| commit(&mut journal, &records));
        ours.push(ns);
        let together = records.concat();
        let (_, ns) = timed(|| {
            bare.write_all(&together).expect("it takes bytes");
            bare.sync_data().expect("it can be synced");
        });
        theirs.push(ns);
    }
    ours.sort_unstable();
    theirs.sort_unstable();
    json!({
        "case": format!("groups of {size}"), "groups": n,
        "ack_us_p50": percentile(&ours, 50) / 1000, "ack_us_p99": percentile(&ours, 99) / 1000,
        "bare_us_p50": percentile(&theirs, 50) / 1000, "bare_us_p99": percentile(&theirs, 99) / 1000,
        "records_per_s": (size * n) as u64 * 1_000_000_000 / ours.iter().sum::<u64>().max(1),
        "hash": format!("{:016x}", short_hash(&journal.head().hash)),
    })
}

/// As a decision is: text, part of which does not pack.
/// The whole program in one process, in turns with a journal and evidence and without.
fn pipeline(bytes: u64, n_rounds: usize, dir: &Path) -> Vec<Value> {
    let corpus = corpus("clean");
    let input = dir.join("clean.xml");
    std::fs::write(&input, corpus.bytes(bytes)).expect("a file can be written");
    let registers = dir.join("registers");
    std::fs::create_dir_all(&registers).expect("a folder can be made");
    for (name, text) in corpus.registers(bytes) {
        std::fs::write(registers.join(name), text).expect("a file can be written");
    }
    let worlds: [(&str, Arc<dyn World>); 3] = [
        ("everything synced", Arc::new(Disk)),
        ("a null journal", Arc::new(Nowhere(&["journal"]))),
        ("journal and evidence go nowhere", Arc::new(Nowhere(&["journal", "incoming", "raw"]))),
    ];
    let mut walls = [Vec::new(), Vec::new(), Vec::new()];
    let mut hashes = [0; 3];
    for round in 0..=n_rounds {
        for (number, (_, world)) in worlds.iter().enumerate() {
            let order = order(&input, &registers, dir);
            let (done, ns) =
                timed(|| run::run(world, &order, &AtomicBool::new(false), &Progress::hidden()).map(|_| ()));
            done.expect("the program comes to its end");
            hashes[number] =
                short_hash(&std::fs::read(dir.join("out/decisions.ndjson")).expect("decisions were written"));
            // The first round warms up.
            if round > 0 {
                walls[number].push(ns);
            }
            for folder in ["data", "out"] {
                std::fs::remove_dir_all(dir.join(folder)).expect("the folders of a run can be removed");
            }
        }
    }
    assert!(hashes.iter().all(|hash| *hash == hashes[0]), "what is decided depends on the journal");
    walls.iter_mut().for_each(|walls| walls.sort_unstable());
    let without_journal = percentile(&walls[1], 50);
    let cases = worlds.iter().zip(&walls).map(|((name, _), walls)| {
        let median = percentile(walls, 50);
        json!({
            "case": name, "bytes": bytes, "rounds": walls.len(),
            "wall_best_ms": walls[0] / 1_000_000, "wall_median_ms": median / 1_000_000,
            "speed_per_mille_of_null_journal": without_journal * 1000 / median.max(1),
            "hash": format!("{:016x}", hashes[0]),
        })
    });
    cases.collect()
}

fn order(input: &Path, registers: &Path, dir: &Path) -> Order {
    Order {
        inputs: vec![PathBuf::from(input)],
        out: dir.join("out"),
        data: dir.join("data"),
        registers: registers.to_owned(),
        accepted: Some(Accepted::At(date(2018, 6, 1).at(9, 30, 0, 0))),
        receipts: Receipts::Packed,
        report: false,
        profile: false,
        n_threads: 0,
        window_bytes: 512 << 10,
        compression: Compression::default(),
        language: Language::Zh,
        limits: model::limits::Limits::default(),
    }
}
