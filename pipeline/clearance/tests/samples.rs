//! The shipped samples: they are what the generator writes, they come out as it says, and the README shows what they give.
//!
//! This is the first command of the README on the real disk; the other tests run in a simulated world.
#![allow(clippy::unwrap_used, reason = "helpers of a test, which clippy does not take for one")]

use clearance::check::{self, Form, Streams};
use clearance::record::Compression;
use clearance::run::{self, Done, Order, Progress, Receipts};
use clearance::world::{Disk, World};
use engine::Accepted;
use fixtures::generate::sample_batches;
use jiff::civil::date;
use model::finding::Language;
use model::limits::Limits;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

const CURE: &str = "write the samples again: `clearance generate --samples`, as fixtures/README.md says";

/// The document the README explains.
const SHOWN: (&str, u64) = ("0900-wrapped.xml", 3);

fn at_root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn read(path: &str) -> String {
    let path = at_root(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Names and bytes of the files in a folder.
fn folder(path: &str) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(at_root(path)).unwrap().map(|entry| entry.unwrap());
    entries.map(|it| (it.file_name().into_string().unwrap(), std::fs::read(it.path()).unwrap())).collect()
}

/// A folder of its own for a test.
fn office(test: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("samples-{test}-{}", std::process::id()))
}

/// The first command of the README.
fn order(office: &Path) -> Order {
    Order {
        inputs: vec![at_root("fixtures/batches")],
        out: office.join("out"),
        data: office.join("data"),
        registers: at_root("fixtures/batches-registers"),
        accepted: Some(Accepted::At(date(2018, 6, 1).at(9, 30, 0, 0))),
        receipts: Receipts::Packed,
        report: false,
        profile: false,
        n_threads: 0,
        window_bytes: 1 << 20,
        compression: Compression::default(),
        language: Language::Zh,
        limits: Limits::default(),
    }
}

fn run_once(order: &Order) -> Done {
    let world: Arc<dyn World> = Arc::new(Disk);
    run::run(&world, order, &AtomicBool::new(false), &Progress::hidden()).unwrap()
}

/// Runs the first command of the README; gives what it counts and its lines.
fn first_run(test: &str) -> (Done, Vec<Value>) {
    let office = office(test);
    let order = order(&office);
    let done = run_once(&order);
    let lines = lines(&std::fs::read_to_string(order.out.join("decisions.ndjson")).unwrap());
    std::fs::remove_dir_all(&office).unwrap();
    (done, lines)
}

fn lines(ndjson: &str) -> Vec<Value> {
    ndjson.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn place(line: &Value) -> (&str, u64) {
    (line["input"].as_str().unwrap(), line["document"].as_u64().unwrap())
}

/// A block of the README, by what stands behind its opening fence.
fn block<'r>(readme: &'r str, info: &str) -> &'r str {
    let (_, rest) =
        readme.split_once(&format!("```{info}\n")).unwrap_or_else(|| panic!("README.md has no ```{info}"));
    rest.split_once("```").unwrap().0
}

#[test]
fn the_samples_are_those_of_the_generator() {
    let samples = sample_batches().unwrap();
    let registers =
        samples.manifest.registers.iter().map(|it| (it.name.to_owned(), it.text.clone().into_bytes()));
    let mut expected = Vec::new();
    samples.manifest.write_ndjson(&mut expected).unwrap();
    assert!(folder("fixtures/batches") == samples.inputs.into_iter().collect(), "fixtures/batches: {CURE}");
    assert!(
        folder("fixtures/batches-registers") == registers.collect(),
        "fixtures/batches-registers: {CURE}"
    );
    assert!(
        read("fixtures/batches-expected.ndjson").as_bytes() == expected,
        "fixtures/batches-expected.ndjson: {CURE}"
    );
}

#[test]
fn the_samples_come_out_as_expected() {
    let expected = lines(&read("fixtures/batches-expected.ndjson"));
    let (_, said) = first_run("expected");
    let by_place: BTreeMap<(&str, u64), &Value> = said.iter().map(|line| (place(line), line)).collect();
    assert_eq!((said.len(), by_place.len()), (expected.len(), expected.len()));
    let mut fired: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
    for one in &expected {
        let findings = by_place[&place(one)]["findings"].as_array().unwrap();
        let rules = findings.iter().map(|finding| finding["rule"].as_str().unwrap());
        fired.entry(one["group"].as_u64().unwrap()).or_default().extend(rules);
    }
    for one in &expected {
        let line = by_place[&place(one)];
        for field in ["outcome", "disposition"] {
            assert_eq!(line[field], one[field], "{field} of {one}");
        }
        assert!(one["mode"].is_null() || line["mode"] == one["mode"], "mode of {one}");
        let rule = one["rule"].as_str();
        assert!(
            rule.is_none_or(|rule| fired[&one["group"].as_u64().unwrap()].contains(&rule)),
            "rule of {one}"
        );
    }
}

#[test]
fn the_readme_shows_what_comes_out() {
    let readme = read("README.md");
    let (Done { summary, rulebook, .. }, said) = first_run("readme");
    let printed = run::print(&summary, &rulebook, 1, Language::Zh);
    // The last line tells the time it took.
    let (tables, _) = printed.trim_end().rsplit_once('\n').unwrap();
    assert_eq!(block(&readme, "text first-result").trim_end(), tables);
    let shown: Value = serde_json::from_str(block(&readme, "json first-line")).unwrap();
    let line = said.iter().find(|line| place(line) == SHOWN).unwrap();
    assert!(is_shown(&shown, line), "README.md shows\n{shown:#}\nand the run said\n{line:#}");
}

/// What is wrong with one sample, as the README shows it; with all of them, the exit code is that of a failed check.
#[test]
fn the_readme_shows_what_a_check_finds() {
    let readme = read("README.md");
    let order = check::Order {
        inputs: vec![at_root("").join("fixtures/batches/0900-wrapped.xml")],
        registers: Some(at_root("fixtures/batches-registers")),
        accepted: Some(Accepted::At(date(2018, 6, 1).at(9, 30, 0, 0))),
        n_threads: 0,
        window_bytes: 1 << 20,
        language: Language::En,
        limits: Limits::default(),
        form: Form::Human,
        is_coloured: false,
    };
    // The test does not run at the root, and a check names a file by the way to it.
    let root = at_root("").display().to_string();
    let (told, would_reject) = check_once(&order);
    assert_eq!(block(&readme, "text first-check"), told.replace(&root, ""));
    assert!(would_reject);
    for form in [Form::Human, Form::Json] {
        let order = check::Order { inputs: vec![at_root("fixtures/batches")], form, ..order.clone() };
        let (told, would_reject) = check_once(&order);
        assert!(would_reject);
        for rule in [
            "DOC-005", "DOC-016", "DOC-026", "DOC-031", "MSG-013", "ORG-037", "ORG-038", "ORG-051", "SIM-014",
        ] {
            assert!(told.contains(rule), "{rule} is planted: {told}");
        }
    }
}

/// What a check tells, and whether it failed.
fn check_once(order: &check::Order) -> (String, bool) {
    let world: Arc<dyn World> = Arc::new(Disk);
    let mut output: Vec<u8> = Vec::new();
    let streams = Streams { input: Box::new(std::io::empty()), output: &mut output };
    let counts = check::check(&world, order, streams, &AtomicBool::new(false), &Progress::hidden()).unwrap();
    (String::from_utf8(output).unwrap(), counts.would_reject())
}

/// The same batch again: nothing is decided, and the desk still sees how its consignments stand.
#[test]
fn a_second_run_shows_the_same_dispositions() {
    let office = office("again");
    let first = run_once(&order(&office)).summary;
    let Done { summary, rulebook, .. } = run_once(&order(&office));
    let json: Value =
        serde_json::from_str(&std::fs::read_to_string(office.join("out/summary.json")).unwrap()).unwrap();
    std::fs::remove_dir_all(&office).unwrap();
    assert!(summary.dispositions.is_empty() && summary.modes.is_empty());
    assert_eq!(
        (&summary.repeated_dispositions, &summary.repeated_modes),
        (&first.dispositions, &first.modes)
    );
    assert_eq!(json["dispositions"]["release"], 0);
    assert_eq!(json["repeated"]["dispositions"]["release"], 21);
    assert_eq!(json["repeated"]["modes"]["DOC_RELEASE"], 21);
    let printed = run::print(&summary, &rulebook, 1, Language::Zh);
    assert!(printed.contains("│ 放行 ┆   21 ┆       21 │"), "{printed}");
    assert!(run::print(&summary, &rulebook, 1, Language::En).contains("of these repeated"));
}

/// The same, where a text of the README that ends in `…` stands for a longer one.
fn is_shown(shown: &Value, said: &Value) -> bool {
    match (shown, said) {
        (Value::Object(shown), Value::Object(said)) => {
            shown.keys().eq(said.keys()) && shown.iter().all(|(name, value)| is_shown(value, &said[name]))
        }
        (Value::Array(shown), Value::Array(said)) => {
            shown.len() == said.len() && shown.iter().zip(said).all(|(shown, said)| is_shown(shown, said))
        }
        (Value::String(shown), Value::String(said)) => match shown.strip_suffix('…') {
            Some(start) => said.starts_with(start),
            None => shown == said,
        },
        _ => shown == said,
    }
}
