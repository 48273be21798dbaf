//! Peers on the same bytes in the same rotation: bare tokenizers, a DOM, validation, extraction by script, and decompression,
//! beside reading, deciding and the whole program; then stores, expressions of a rule engine, and many files.
//!
//! `cargo xtask peers` installs what this needs and calls it. What cannot be had on a machine is said and left out, never
//! guessed: its ratio is then not written down.

#![expect(clippy::float_arithmetic, reason = "figures of a bench are no amounts")]

use benches::{Case, Figure, compare, corpus, is_bench, short_hash, table, write_down};
use engine::decode::{Decoder, Source};
use engine::parallel::Pool;
use engine::{Accepted, Law, Read, Settling, Spare, Step, clear_in_steps};
use formats::xml::kept::Kept;
use formats::{ROOTS, Scratch};
use jiff::civil::date;
use mimalloc::MiMalloc;
use model::batch::{Inputs, RawBatch};
use model::documents::Documents;
use model::ledger::Ledger;
use model::limits::Limits;
use model::registers::Registers;
use quick_xml::Reader;
use quick_xml::events::Event;
use rulebook::Rulebook;
use serde_json::{Value, json};
use std::path::Path;

#[path = "peers/expression.rs"]
mod expression;
#[path = "peers/many.rs"]
mod many;
#[path = "peers/schema.rs"]
mod schema;
#[path = "peers/store.rs"]
mod store;
#[path = "peers/tools.rs"]
mod tools;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const ACCEPTED: Accepted = Accepted::At(date(2018, 6, 1).at(9, 30, 0, 0));
/// As the program cuts its windows.
const WINDOW_BYTES: usize = 512 << 10;

/// How much of everything.
#[derive(Clone, Copy)]
struct Scale {
    /// Of the corpus that all work on.
    bytes: u64,
    n_rounds: usize,
    n_files: usize,
    /// About so many: few, then many.
    n_documents: [u64; 2],
    /// Of records, for journal and store.
    n_groups: usize,
}

const LARGE: Scale =
    Scale { bytes: 64 << 20, n_rounds: 7, n_files: 100_000, n_documents: [10_000, 1_000_000], n_groups: 40 };
const SMALL: Scale = Scale { bytes: 200_000, n_rounds: 1, n_files: 50, n_documents: [20, 40], n_groups: 2 };

fn main() {
    let scale = if is_bench() { LARGE } else { SMALL };
    let Scale { bytes, n_rounds, n_groups, .. } = scale;
    let dir = std::env::temp_dir().join(format!("clearance-peers-{}", std::process::id()));
    std::fs::create_dir_all(&dir).expect("a folder can be made");
    let mut cases = same_bytes(bytes, n_rounds, &dir);
    cases.extend(store::against_sqlite(n_groups, &dir));
    if let Some(program) = tools::program() {
        cases.extend(many::files(&program, scale.n_files, &dir));
        cases.extend(many::documents(&program, scale.n_documents, &dir));
    }
    std::fs::remove_dir_all(&dir).expect("the folder of the bench is ours");
    cases.iter().for_each(|case| println!("{case}"));
    if is_bench() {
        write_down("peers", "clean", &cases);
    }
}

/// Everything that works on one corpus, and the ratios of it.
fn same_bytes(bytes: u64, n_rounds: usize, dir: &Path) -> Vec<Value> {
    let (clean, mixed) = (corpus("clean"), corpus("mixed"));
    let xml = clean.bytes(bytes);
    let files = tools::Files::write(dir, clean, mixed, bytes, &xml);
    let (batch, inputs) = windows(&xml);
    let texts: Vec<&str> =
        batch.iter().flat_map(|it| it.documents.iter().map(|document| it.text_of(document))).collect();
    files.write_documents(&texts);
    schema::write(dir, std::str::from_utf8(&xml).expect("the corpus is UTF-8"));
    let packed = zstd::bulk::compress(&xml, 3).expect("memory can be packed");
    std::fs::write(&files.packed, &packed).expect("a file can be written");
    let rulebook = Rulebook::shipped().expect("the shipped tables are good");
    let registers = Registers::default();
    let law = Law { rulebook: &rulebook, registers: &registers };
    let len = xml.len() as u64;
    let mut cases = vec![
        Case::new(BARE, len, || bare(&texts)),
        Case::new(READING, len, || rows(&texts)),
        Case::new(DECIDING, len, || deciding(&batch, &inputs, &law).0),
        Case::new(UNPACKING, len, || {
            zstd::stream::copy_decode(&packed[..], std::io::sink()).expect("it was packed just now");
            len
        }),
    ];
    let missing = files.cases(len, &mut cases);
    let figures = compare(&mut cases, n_rounds);
    drop(cases);
    print!("{}", table(&figures));
    let mut said: Vec<Value> =
        missing.into_iter().map(|name| json!({"case": name, "said": "not measured"})).collect();
    said.extend(figures.iter().map(figure));
    for (name, ours, theirs) in RATIOS {
        let find = |name: &str| figures.iter().find(|figure| figure.name == name);
        if let (Some(ours), Some(theirs)) = (find(ours), find(theirs)) {
            said.push(json!({"case": name, "ratio_per_mille": per_mille(ours, theirs)}));
        }
    }
    if let [Some(two), Some(one)] =
        [tools::TWO, tools::RUN].map(|name| figures.iter().find(|figure| figure.name == name))
    {
        let ratio = one.best_wall() * 1_000 / two.best_wall();
        said.push(json!({"case": "two threads ÷ one", "ratio_per_mille": ratio}));
    }
    said.push(expression::against_ours(n_rounds, || deciding(&batch, &inputs, &law).1));
    said
}

const BARE: &str = "quick-xml bare loop, per document";
const READING: &str = "reading";
const DECIDING: &str = "reading and deciding";
const UNPACKING: &str = "zstd decompression alone";

/// How many times as fast one case is as another.
const RATIOS: &[(&str, &str, &str)] = &[
    ("reading ÷ bare quick-xml loop", READING, BARE),
    ("reading ÷ pugixml", READING, tools::PUGIXML),
    ("deciding ÷ bare quick-xml loop", DECIDING, BARE),
    ("run ÷ bare quick-xml loop", tools::RUN, BARE),
    ("run ÷ xmllint", tools::RUN, tools::XMLLINT),
    ("run ÷ xmllint --schema", tools::RUN, tools::SCHEMA),
    ("run ÷ expat", tools::RUN, tools::EXPAT),
    ("run ÷ lxml", tools::RUN, tools::LXML),
    ("run from zstd ÷ decompression", tools::PACKED, UNPACKING),
    ("mix ÷ clean", tools::MIXED, tools::RUN),
];

/// A byte of one beside a byte of the other, processor time at their best, in thousandths.
fn per_mille(ours: &Figure, theirs: &Figure) -> u64 {
    (ours.mb_per_s(ours.best_cpu()) * 1e3 / theirs.mb_per_s(theirs.best_cpu())) as u64
}

fn figure(figure: &Figure) -> Value {
    json!({
        "case": figure.name, "bytes": figure.bytes, "rounds": figure.cpu_ns.len(),
        "cpu_best_ms": (figure.best_cpu() / 10_000) as f64 / 100.0,
        "cpu_median_ms": (figure.median_cpu() / 10_000) as f64 / 100.0,
        "wall_best_ms": (figure.best_wall() / 10_000) as f64 / 100.0,
        "hash": format!("{:016x}", figure.hash),
    })
}

fn bare(texts: &[&str]) -> u64 {
    let mut n_events = 0;
    for text in texts {
        let mut reader = Reader::from_str(text);
        while !matches!(reader.read_event().expect("the corpus is well-formed"), Event::Eof) {
            n_events += 1;
        }
    }
    n_events
}

/// As the engine reads a window: sixteen documents together, their contents hashed, with memory that was used before.
fn rows(texts: &[&str]) -> u64 {
    let mut n_rows = 0;
    let (mut spare, mut scratch) = (Documents::default(), Scratch::default());
    for chunk in texts.chunks(16) {
        let kept = Kept::default();
        let mut tables = spare.recycle();
        for text in chunk {
            formats::parse(text, None, kept.keeper(), &mut tables, &mut scratch);
        }
        n_rows += (tables.items.len() + tables.certificate_items.len()) as u64;
        assert_eq!(scratch.content.digests().len(), chunk.len(), "each document has a digest");
        spare = tables.recycle();
    }
    n_rows
}

fn windows(xml: &[u8]) -> (Vec<RawBatch>, Inputs) {
    let mut inputs = Inputs::new();
    let source = Source::stream(std::io::Cursor::new(xml.to_vec()));
    let mut decoder = Decoder::new("corpus.xml", source, &ROOTS, &Limits::default());
    let mut windows = Vec::new();
    loop {
        let mut batch = RawBatch::new();
        let is_full = decoder.fill(&mut batch, &mut inputs, WINDOW_BYTES).expect("memory can be read");
        windows.push(batch);
        if !is_full {
            return (windows, inputs);
        }
    }
}

/// Every window read, linked, judged and decided with nothing on file: a hash of what was decided, and how the rules fared.
fn deciding(windows: &[RawBatch], inputs: &Inputs, law: &Law<'_>) -> (u64, Judged) {
    let (pool, spare) = (Pool::new(1).expect("one thread can be had"), Spare::default());
    let nothing = Read::window(RawBatch::new(), ACCEPTED, law, &pool, &Spare::default());
    let ledger = Ledger::default();
    let mut judged = Judged::default();
    let mut said = String::new();
    for window in windows {
        let read = Read::window(window.clone(), ACCEPTED, law, &pool, &spare);
        let settling = Settling {
            read: &read,
            waiting: &nothing,
            inputs,
            ledger: &ledger,
            accepted: ACCEPTED,
            is_end: true,
        };
        let mut stopwatch = benches::Stopwatch::start();
        let batch = clear_in_steps(&settling, law, &pool, &mut |step| {
            let ns = stopwatch.lap();
            judged.ns += if step == Step::Validate { ns } else { 0 };
        });
        for outcome in &batch.outcomes {
            judged.n_declarations += u64::from(outcome.disposition.is_some());
            said.push_str(outcome.disposition.map_or("-", |disposition| disposition.name()));
        }
        spare.recycle(read);
    }
    (short_hash(said.as_bytes()), judged)
}

/// What judging took: rules and fees, with everything they ask of registers.
#[derive(Clone, Copy, Debug, Default)]
struct Judged {
    ns: u64,
    n_declarations: u64,
}
