//! Many documents: in files of their own, and in one stream.

use super::{tools, windows};
use benches::{Corpus, corpus, timed, worked};
use serde_json::{Value, json};
use std::path::Path;

const N_ROUNDS: usize = 3;

/// Bytes of a document of the corpus, about.
const DOCUMENT_BYTES: u64 = 7_300;

/// More than that, so that there are enough.
const FILE_BYTES: u64 = 9_000;

/// What a run with one thread may hold, in KiB: 512 MiB, and 64 MiB a worker.
const RESIDENT_KIB_MAX: u64 = (512 + 64) << 10;

/// Processor time a document of one packed stream, many beside few, and the most memory that many take.
pub fn documents(program: &Path, n_documents: [u64; 2], dir: &Path) -> Vec<Value> {
    let clean = corpus("clean");
    let (mut took, mut hashes, mut resident_kib) = (Vec::new(), Vec::new(), 0);
    for (n, n_rounds) in n_documents.into_iter().zip([N_ROUNDS * 3, 1]) {
        let bytes = n * DOCUMENT_BYTES;
        let (input, registers) = (dir.join("stream.xml.zst"), dir.join("stream-registers"));
        let file = std::fs::File::create(&input).expect("a file can be made");
        let mut packer = zstd::stream::Encoder::new(file, 3).expect("memory suffices");
        clean.write(bytes, &mut packer);
        packer.finish().expect("a file can be written");
        write_registers(clean, bytes, &registers);
        let (mut best_ns, mut n_decided, mut hash) = (u64::MAX, 0, 0);
        for _ in 0..n_rounds {
            let (most_kib, ns) = worked(|| tools::run_watched(program, &input, &registers, dir));
            (best_ns, resident_kib) = (best_ns.min(ns), most_kib.max(resident_kib));
            n_decided = tools::n_documents(dir);
            hash = tools::clear_away(dir);
        }
        took.push((n_decided.max(1), best_ns));
        hashes.push(format!("{hash:016x}"));
    }
    let [(n_few, few_ns), (n_many, many_ns)] = took[..] else { unreachable!("there are two") };
    let [few_ns, many_ns] = [few_ns / n_few, many_ns / n_many];
    vec![
        json!({
            "case": "a document of many ÷ of few", "documents_few": n_few, "documents_many": n_many,
            "cpu_ns_few": few_ns, "cpu_ns_many": many_ns, "ratio_per_mille": many_ns * 1_000 / few_ns.max(1),
            "hash": hashes.join(" "),
        }),
        json!({
            "case": "memory of many ÷ what it may be", "resident_kib": resident_kib,
            "ratio_per_mille": resident_kib * 1_000 / RESIDENT_KIB_MAX,
        }),
    ]
}

/// Files of one document, beside opening, reading and closing them on one thread; and a cold start on ten.
pub fn files(program: &Path, n_files: usize, dir: &Path) -> Vec<Value> {
    let clean = corpus("clean");
    let (batch, _) = windows(&clean.bytes(n_files as u64 * FILE_BYTES));
    let texts: Vec<&str> =
        batch.iter().flat_map(|it| it.documents.iter().map(|document| it.text_of(document))).collect();
    let texts = &texts[..n_files.min(texts.len())];
    let folder = |n: usize| dir.join(format!("files-{n}"));
    let registers = |n: usize| dir.join(format!("registers-{n}"));
    for n in [10, texts.len()] {
        write_registers(clean, n as u64 * FILE_BYTES, &registers(n));
        for (idx, text) in texts.iter().take(n).enumerate() {
            let below = folder(n).join(format!("{:04}", idx / 200));
            if idx % 200 == 0 {
                std::fs::create_dir_all(&below).expect("a folder can be made");
            }
            std::fs::write(below.join(format!("{idx:06}.xml")), text).expect("a file can be written");
        }
    }
    let run = |n: usize| timed(|| tools::run(program, &folder(n), &registers(n), dir, 1)).1;
    let mut walls = [u64::MAX; 3];
    let mut hash = 0;
    for _ in 0..N_ROUNDS {
        for (wall, n) in walls.iter_mut().zip([10, texts.len()]) {
            *wall = (*wall).min(run(n));
            hash = tools::clear_away(dir);
        }
        walls[2] = walls[2].min(timed(|| read_all(&folder(texts.len()))).1);
    }
    let [cold, all, reading] = walls;
    vec![
        json!({"case": "cold start on ten files", "wall_best_us": cold / 1_000}),
        json!({
            "case": "files ÷ reading them", "files": texts.len(), "rounds": N_ROUNDS, "wall_best_ms": all / 1_000_000,
            "reading_best_ms": reading / 1_000_000, "ratio_per_mille": all * 1_000 / reading.max(1),
            "hash": format!("{hash:016x}"),
        }),
    ]
}

/// The registers of so much of the corpus.
pub fn write_registers(corpus: &Corpus, bytes: u64, folder: &Path) {
    std::fs::create_dir_all(folder).expect("a folder can be made");
    for (name, text) in corpus.registers(bytes) {
        std::fs::write(folder.join(name), text).expect("a file can be written");
    }
}

/// Opens, reads and closes every file below.
fn read_all(dir: &Path) -> u64 {
    let entries = std::fs::read_dir(dir).expect("the folder is ours");
    let each = entries.map(|entry| entry.expect("the folder is ours").path());
    each.map(|path| {
        if path.is_dir() { read_all(&path) } else { std::fs::read(path).map_or(0, |it| it.len() as u64) }
    })
    .sum()
}
