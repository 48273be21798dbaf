//! What the benches share: named corpora, interleaved rounds, figures that are appended to `results.ndjson`.
//!
//! Machines are shared and noisy, so only ratios are kept for judging: all cases of a comparison run in rotation, best and
//! median of several rounds are written down, and each case hashes its result, so that speed never changes meaning.

#![expect(clippy::float_arithmetic, reason = "figures of a bench are no amounts")]

pub mod history;
pub mod rough;
pub mod work;

use fixtures::generate::{OrderWeights, Plan, Shape, Size, registers, write};
use std::fmt::Write as _;
use std::time::Instant;

/// A named corpus.
#[derive(Clone, Copy, Debug)]
pub struct Corpus {
    /// Its name in the results.
    pub name: &'static str,
    /// What it is like, in one line.
    pub character: &'static str,
    make: fn(u64) -> Plan,
}

/// The corpora, from the plainest.
pub static CORPORA: &[Corpus] = &[
    Corpus {
        name: "clean",
        character: "declarations of a few lines under one wrapper, a third with a certificate before them, no defects",
        make: |bytes| plan(bytes, 0, OrderWeights { before: 1, with: 0, after: 0, other_batch: 0 }),
    },
    Corpus {
        name: "mixed",
        character: "as clean, one consignment in twenty with a defect, certificates before and after",
        make: |bytes| plan(bytes, 500, OrderWeights { before: 6, with: 2, after: 2, other_batch: 1 }),
    },
];

fn plan(bytes: u64, defect_rate_bp: u32, certificate_order: OrderWeights) -> Plan {
    Plan {
        size: Size::Bytes(bytes),
        shape: Shape::UnknownWrapper,
        lines: 1..=8,
        certificate_order,
        defect_rate_bp,
        ..Plan::new(7)
    }
}

/// The corpus with this name.
pub fn corpus(name: &str) -> &'static Corpus {
    CORPORA.iter().find(|corpus| corpus.name == name).expect("the corpus is in the list")
}

impl Corpus {
    /// About so many bytes of it; the same bytes each time.
    pub fn bytes(&self, bytes: u64) -> Vec<u8> {
        let mut xml = Vec::new();
        self.write(bytes, &mut xml);
        xml
    }

    /// The same into a file or whatever takes them.
    pub fn write(&self, bytes: u64, into: &mut dyn std::io::Write) {
        write(&(self.make)(bytes), into).expect("it takes what is written, and the plan is sound");
    }

    /// The registers its clean documents need, by file name.
    pub fn registers(&self, bytes: u64) -> Vec<(&'static str, String)> {
        let files = registers(&(self.make)(bytes)).expect("the plan is sound");
        files.into_iter().map(|file| (file.name, file.text)).collect()
    }
}

/// One case of a comparison.
pub struct Case<'c> {
    /// Its name.
    pub name: String,
    /// Bytes it works on.
    pub bytes: u64,
    /// Does it once and hashes the result.
    pub run: Box<dyn FnMut() -> u64 + 'c>,
    /// Clears away what it left behind, and hashes what only a file holds; not timed.
    pub after: Option<Box<dyn FnMut() -> u64 + 'c>>,
}

impl<'c> Case<'c> {
    /// A case that leaves nothing behind.
    pub fn new(name: impl Into<String>, bytes: u64, run: impl FnMut() -> u64 + 'c) -> Case<'c> {
        Case { name: name.into(), bytes, run: Box::new(run), after: None }
    }

    fn hash(&mut self, hash: u64) -> u64 {
        self.after.as_mut().map_or(hash, |after| hash ^ after())
    }
}

/// What a case took.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its name.
    pub name: String,
    /// Bytes it worked on.
    pub bytes: u64,
    /// Nanoseconds on a processor, each round: of the thread where that is one, of all children else.
    pub cpu_ns: Vec<u64>,
    /// Nanoseconds on the wall, each round.
    pub wall_ns: Vec<u64>,
    /// Hash of the result.
    pub hash: u64,
}

impl Figure {
    /// Least processor time.
    pub fn best_cpu(&self) -> u64 {
        self.cpu_ns.iter().copied().min().unwrap_or(1).max(1)
    }

    /// Least time on the wall.
    pub fn best_wall(&self) -> u64 {
        self.wall_ns.iter().copied().min().unwrap_or(1).max(1)
    }

    /// Median processor time.
    pub fn median_cpu(&self) -> u64 {
        let mut sorted = self.cpu_ns.clone();
        sorted.sort_unstable();
        sorted[sorted.len() / 2].max(1)
    }

    /// How many times as long as another case, at their best.
    pub fn times(&self, other: &Figure) -> f64 {
        self.best_cpu() as f64 / other.best_cpu() as f64
    }

    /// Megabytes a second of a time.
    pub fn mb_per_s(&self, ns: u64) -> f64 {
        self.bytes as f64 * 1_000.0 / ns as f64
    }
}

/// Runs all cases in rotation: once to warm up, then so many rounds.
pub fn compare(cases: &mut [Case<'_>], n_rounds: usize) -> Vec<Figure> {
    let mut figures: Vec<Figure> = cases
        .iter_mut()
        .map(|case| Figure {
            name: case.name.clone(),
            bytes: case.bytes,
            cpu_ns: Vec::new(),
            wall_ns: Vec::new(),
            hash: {
                let hash = (case.run)();
                case.hash(hash)
            },
        })
        .collect();
    for _ in 0..n_rounds {
        for (case, figure) in cases.iter_mut().zip(&mut figures) {
            let (cpu, wall) = (cpu_ns(), now());
            let hash = (case.run)();
            figure.wall_ns.push(now().duration_since(wall).as_nanos() as u64);
            figure.cpu_ns.push(cpu_ns() - cpu);
            assert_eq!(case.hash(hash), figure.hash, "{} gave another result", figure.name);
        }
    }
    figures
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn now() -> Instant {
    Instant::now()
}

/// Processor time of this thread and of all children that have ended, in nanoseconds.
///
/// The scheduler's own account is exact for the thread; children are counted in ticks of ten milliseconds.
fn cpu_ns() -> u64 {
    let own = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let own: u64 = own.split_whitespace().next().and_then(|ns| ns.parse().ok()).unwrap_or(0);
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or("");
    let fields: Vec<u64> = after_name.split_whitespace().map(|field| field.parse().unwrap_or(0)).collect();
    let ticks = fields.get(13).unwrap_or(&0) + fields.get(14).unwrap_or(&0);
    own + ticks * 10_000_000
}

/// The cases as a table, each against the first.
pub fn table(figures: &[Figure]) -> String {
    let mut text = String::new();
    let first = figures.first().map_or(1, Figure::best_cpu);
    for figure in figures {
        let rate = first as f64 / figure.best_cpu() as f64 * figure.bytes as f64 / figures[0].bytes as f64;
        writeln!(
            text,
            "{:34} cpu best {:8.1} ms  median {:8.1} ms  wall best {:8.1} ms  {:7.0} MB/s  {:5.2} x  hash {:016x}",
            figure.name,
            figure.best_cpu() as f64 / 1e6,
            figure.median_cpu() as f64 / 1e6,
            figure.best_wall() as f64 / 1e6,
            figure.mb_per_s(figure.best_cpu()),
            rate,
            figure.hash,
        )
        .expect("a String takes all");
    }
    text
}

impl Figure {
    /// As a case of `results.ndjson`.
    pub fn case(&self) -> serde_json::Value {
        serde_json::json!({
            "case": self.name,
            "bytes": self.bytes,
            "rounds": self.cpu_ns.len(),
            "cpu_best_ms": (self.best_cpu() / 10_000) as f64 / 100.0,
            "cpu_median_ms": (self.median_cpu() / 10_000) as f64 / 100.0,
            "wall_best_ms": (self.best_wall() / 10_000) as f64 / 100.0,
            "hash": format!("{:016x}", self.hash),
        })
    }
}

/// Appends the comparison to `results.ndjson`, with the machine and the commit.
pub fn record(bench: &str, corpus: &Corpus, figures: &[Figure]) {
    let cases: Vec<_> = figures.iter().map(Figure::case).collect();
    write_down(bench, corpus.name, &cases);
}

/// Appends cases of any shape to `results.ndjson`, with the machine and the commit, and writes the page of it anew.
pub fn write_down(bench: &str, corpus: &str, cases: &[serde_json::Value]) {
    let line = serde_json::json!({
        "bench": bench,
        "corpus": corpus,
        "commit": commit(),
        "date": date(),
        "machine": machine(),
        "cases": cases,
    });
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/results.ndjson");
    let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
    let written =
        file.and_then(|mut file| std::io::Write::write_all(&mut file, format!("{line}\n").as_bytes()));
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/performance.md");
    let written = written.and_then(|()| std::fs::read_to_string(path));
    let written = written.and_then(|results| std::fs::write(page, history::page(&results)));
    if let Err(error) = written {
        eprintln!("results.ndjson: {error}");
    }
}

fn commit() -> String {
    output("git", &["rev-parse", "--short", "HEAD"])
}

fn date() -> String {
    output("date", &["+%F"])
}

fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("");
    let n_cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{} x {n_cores}", model.trim_start_matches([' ', '\t', ':']))
}

fn output(program: &str, arguments: &[&str]) -> String {
    let run = std::process::Command::new(program).args(arguments).output();
    run.map_or_else(|_| String::new(), |run| String::from_utf8_lossy(&run.stdout).trim().to_owned())
}

/// Times one thing after another.
#[derive(Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Begins now.
    pub fn start() -> Stopwatch {
        Stopwatch(now())
    }

    /// Nanoseconds since the last call.
    pub fn lap(&mut self) -> u64 {
        let before = std::mem::replace(&mut self.0, now());
        self.0.duration_since(before).as_nanos() as u64
    }
}

/// Nanoseconds on a processor that something takes, its children among it, and what it gives.
pub fn worked<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let before = cpu_ns();
    let result = work();
    (result, cpu_ns() - before)
}

/// Nanoseconds on the wall that something takes, and what it gives.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let started = now();
    let result = work();
    (result, now().duration_since(started).as_nanos() as u64)
}

/// Resident memory of this process now, in bytes.
pub fn resident() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    pages.split_whitespace().nth(1).and_then(|it| it.parse().ok()).unwrap_or(0_u64) * 4096
}

/// The value below which so many of a hundred lie.
pub fn percentile(sorted: &[u64], of_hundred: usize) -> u64 {
    sorted.get(sorted.len() * of_hundred / 100).or(sorted.last()).copied().unwrap_or(0)
}

/// The first eight bytes of a hash, for a result of any length.
pub fn short_hash(bytes: &[u8]) -> u64 {
    u64::from_le_bytes(blake3::hash(bytes).as_bytes()[..8].try_into().expect("a hash has 32 bytes"))
}

/// Small under `cargo test`, large when benches are meant.
pub fn is_bench() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}
