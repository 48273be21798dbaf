//! `check` finds what `run` finds in an office with nothing on file, and leaves nothing behind.

use crate::attachments::client_zip;
use crate::documents::*;
use crate::hostile::{Shape, damages};
use crate::support::{Line, Office, Submission, text};
use clearance::check::{self, CheckError, Counts, Form, Streams};
use clearance::run::{self, Progress};
use clearance::world::World;
use clearance::world::memory::Op;
use fixtures::generate::{OrderWeights, Plan, Size, write_both};
use serde_json::{Value, json};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// The check that reads what this run reads.
pub fn order_of(order: &run::Order, form: Form, has_registers: bool) -> check::Order {
    check::Order {
        inputs: order.inputs.clone(),
        registers: has_registers.then(|| order.registers.clone()),
        accepted: order.accepted,
        n_threads: order.n_threads,
        window_bytes: order.window_bytes,
        language: order.language,
        limits: order.limits,
        form,
        is_coloured: false,
    }
}

pub fn try_check(
    office: &Office,
    order: &check::Order,
    input: &[u8],
) -> Result<(String, Counts), CheckError> {
    let world: Arc<dyn World> = Arc::new(office.world.clone());
    let mut output: Vec<u8> = Vec::new();
    let streams = Streams { input: Box::new(Cursor::new(input.to_vec())), output: &mut output };
    let counts = check::check(&world, order, streams, &AtomicBool::new(false), &Progress::hidden())?;
    Ok((String::from_utf8(output).unwrap(), counts))
}

fn values(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What a check says of a document before it says what is wrong with it.
fn head(kind: &str, line: &Line) -> Value {
    let mut head = json!({ "kind": kind });
    let names = ["input", "document", "offset", "format", "declarant", "number", "outcome", "disposition"];
    names.iter().for_each(|name| head[*name] = line[*name].clone());
    head
}

fn with_fields(mut head: Value, fields: &Value) -> Value {
    for (name, value) in fields.as_object().unwrap() {
        head[name.as_str()] = value.clone();
    }
    head
}

/// The lines a check must tell where a run said these.
fn expected(lines: &[Line]) -> Vec<Value> {
    let mut expected = Vec::new();
    for (idx, line) in lines.iter().enumerate() {
        if text(line, "outcome") == "repeated" {
            let same = |it: &&Line| {
                ["declarant", "number", "digest"].iter().all(|name| it[*name] == line[*name])
                    && ["decided", "filed"].contains(&text(it, "outcome"))
            };
            let first = lines[..idx].iter().rev().find(same).expect("what is repeated came before");
            let first = ["input", "document", "offset"].map(|name| (name.to_owned(), first[name].clone()));
            let first: Value = serde_json::Map::from_iter(first).into();
            let mut repeated = with_fields(head("repeated", line), &json!({ "first": first }));
            repeated["disposition"] = Value::Null;
            expected.push(repeated);
            continue;
        }
        let findings = line["findings"].as_array().unwrap();
        expected.extend(findings.iter().map(|it| with_fields(head("finding", line), it)));
        if !line["findings_more"].is_null() {
            let more = json!({ "findings_more": line["findings_more"] });
            expected.push(with_fields(head("findings_more", line), &more));
        }
        let not_judged = line["not_judged"].as_array().unwrap();
        expected.extend(not_judged.iter().map(|it| with_fields(head("not_judged", line), it)));
    }
    expected
}

/// Runs a submission in an office with nothing on file, and checks the same files.
fn assert_same(submission: &Submission, registers: &[(&str, &str)]) -> Counts {
    let mut office = Office::new();
    registers.iter().for_each(|(name, text)| office.register(name, text));
    let order = office.drop_in(submission);
    let order = order_of(&order, Form::Json, !registers.is_empty());
    let names_before = office.world.paths();
    let (told, counts) = try_check(&office, &order, b"").unwrap();
    assert_eq!(office.world.paths(), names_before, "a check leaves no file");
    let mut office = Office::new();
    registers.iter().for_each(|(name, text)| office.register(name, text));
    let lines = office.submit(submission);
    let mut told = values(&told);
    let summary = told.pop().unwrap();
    // A run knows an input by its name below what was named to it, a check by the way to it.
    let is_folder = submission.inputs.iter().any(|(name, _)| name.contains('/'));
    let short = |name: &str| {
        let name = name.strip_prefix("/office/in-1/").unwrap();
        let name = if is_folder { name.split_once('/').unwrap().1 } else { name };
        Value::from(name)
    };
    for line in &mut told {
        line["input"] = short(text(line, "input"));
        line.as_object_mut().unwrap().remove("embedded");
        if line["first"].is_object() {
            line["first"]["input"] = short(text(&line["first"], "input"));
        }
    }
    let expected = expected(&lines);
    for (told, expected) in told.iter().zip(&expected) {
        assert_eq!(told, expected);
    }
    assert_eq!(told.len(), expected.len());
    let n_of = |outcome: &str| lines.iter().filter(|line| text(line, "outcome") == outcome).count();
    assert_eq!(summary["documents"].as_u64(), Some((lines.len() - n_of("redecided")) as u64));
    // What a request has decided again counts as it was left last.
    let redecided = lines.iter().filter(|line| text(line, "outcome") == "redecided");
    let superseded: Vec<&Value> = redecided.map(|line| &line["supersedes"]).collect();
    let stands = |disposition: &str| {
        let is = |line: &&Line| {
            text(line, "disposition") == disposition
                && text(line, "outcome") != "repeated"
                && !superseded.contains(&&line["sequence"])
        };
        lines.iter().filter(is).count()
    };
    for (name, n) in [
        ("refused", n_of("refused")),
        ("conflict", n_of("conflict")),
        ("declined", n_of("declined")),
        ("repeated", n_of("repeated")),
        ("filed", n_of("filed")),
        ("rejected", stands("reject")),
        ("held", stands("hold")),
        ("inspected", stands("inspect")),
        ("released", stands("release")),
    ] {
        assert_eq!(summary["outcomes"][name], n, "{name}: {summary}");
    }
    let would_reject = n_of("refused") + n_of("conflict") + stands("reject") > 0;
    assert_eq!((counts.would_reject(), &summary["would_reject"]), (would_reject, &json!(would_reject)));
    counts
}

fn in_all_windows(submission: &Submission, registers: &[(&str, &str)]) {
    for (window_bytes, n_threads) in [(1, 1), (20_000, 2), (4 << 20, 1)] {
        let submission = Submission { window_bytes, n_threads, ..submission.clone() };
        assert_same(&submission, registers);
    }
}

/// Certificates before, with and after their declarations, or never; defects of all kinds; two inputs, one compressed.
#[test]
fn generated_batches_are_checked_as_they_are_run() {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    let plan = Plan {
        size: Size::Declarations(40),
        lines: 1..=4,
        certificate_share_bp: 7_000,
        certificate_order: OrderWeights { before: 2, with: 1, after: 3, other_batch: 2 },
        defect_rate_bp: 4_000,
        ..Plan::new(11)
    };
    let manifest = write_both(&plan, &mut first, &mut std::io::sink()).unwrap();
    let tar = Plan {
        shape: fixtures::generate::Shape::Tar,
        zstd: true,
        first_group: 40,
        size: Size::Declarations(8),
        ..plan
    };
    write_both(&tar, &mut second, &mut std::io::sink()).unwrap();
    let submission = Submission::at(morning()).with("a.xml", first).with("b.tar.zst", second);
    in_all_windows(&submission, &[]);
    let registers: Vec<(&str, &str)> =
        manifest.registers.iter().map(|it| (it.name, it.text.as_str())).collect();
    assert!(!registers.is_empty());
    in_all_windows(&submission, &registers);
}

/// Repeats, conflicts, versions, certificates mended between declarations that claim them, what waits and is woken.
#[test]
fn documents_that_depend_on_each_other_are_checked_as_they_are_run() {
    let certified = certified();
    let [first, second, third, fourth, ..] = &certified[..] else { panic!("there are more than four") };
    let plain = plain();
    let mut documents = vec![
        first.declaration.clone(),
        first.declaration.clone(),
        mended(&first.declaration, 1),
        plain.clone(),
        plain.clone(),
        mended(&plain, 1),
        with(&rejected(&second.declaration), "EcoCertNo", "C000000000000001"),
        second.declaration.clone(),
        mended(&second.declaration, 1),
        rejected_certificate(&third.certificates[0]),
        third.declaration.clone(),
        third.certificates[0].clone(),
        third.declaration.clone(),
        third.certificates[0].clone(),
    ];
    documents.extend(first.certificates.iter().chain(&second.certificates).cloned());
    documents.extend(["<DecMessage><DecHead></DecMessage>".to_owned(), "<Receipt/>".to_owned()]);
    documents.push(fourth.declaration.clone());
    let (head, tail) = documents.split_at(9);
    in_all_windows(
        &Submission::at(morning()).with("in/one.xml", input(head)).with("in/two.xml", input(tail)),
        &[],
    );
    in_all_windows(
        &Submission::at(morning()).with("a.zip", client_zip()).with("b.xml", input(&[plain])),
        &[],
    );
}

/// One message of every format, as its page shows it, and everything that can be wrong with one, in every shape.
#[test]
fn every_format_and_every_damage_is_checked_as_it_is_run() {
    let formats = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../formats");
    let mut folder = Submission::at(morning());
    for format in std::fs::read_dir(formats).unwrap() {
        let Ok(specimens) = std::fs::read_dir(format.unwrap().path().join("specimens")) else { continue };
        for specimen in specimens {
            let path = specimen.unwrap().path();
            if path.extension().is_some_and(|it| it == "xml") {
                let name = format!("in/{}", folder.inputs.len());
                folder = folder.with(&name, std::fs::read(&path).unwrap());
            }
        }
    }
    assert!(folder.inputs.len() > 60, "specimens of {} messages", folder.inputs.len());
    let counts = assert_same(&folder, &[]);
    assert!(counts.would_reject());
    let good = plain();
    for shape in [Shape::Bare, Shape::Envelopes, Shape::Zip, Shape::TarZstd] {
        let planted = damages().into_iter().filter(|it| shape.has_entries() || !it.needs_entry);
        let mut documents = vec![good.clone().into_bytes()];
        documents.extend(planted.map(|damage| damage.bytes));
        documents.push(mended(&good, 1).into_bytes());
        let named: Vec<(String, &[u8])> =
            documents.iter().enumerate().map(|(n, bytes)| (format!("{n}.xml"), &bytes[..])).collect();
        assert_same(
            &Submission { n_threads: 2, ..Submission::at(morning()).with("in", shape.pack(&named)) },
            &[],
        );
    }
}

/// A check that is too large for memory uses files without names; one that is not asks for none at all.
#[test]
fn nothing_is_written_under_a_name() {
    let mut office = Office::new();
    let declarations: String = consignments(300, true).into_iter().map(|it| it.declaration + "\n").collect();
    let order = office.drop_in(&Submission::at(morning()).with("a.xml", declarations));
    let order = order_of(&order, Form::Human, false);
    let changes = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&changes);
    office.world.on_call(move |call| {
        if !matches!(call.op, Op::Open | Op::Read | Op::List | Op::Exists) {
            seen.lock().unwrap().push((call.op, call.path.to_owned()));
        }
        None
    });
    let before = office.world.paths();
    let (told, counts) = try_check(&office, &order, b"").unwrap();
    assert_eq!(counts.fates.values().sum::<u64>(), counts.n_documents);
    assert!(told.contains("ORG-051"), "every declaration waits for its certificate");
    assert_eq!(office.world.paths(), before);
    let changes = std::mem::take(&mut *changes.lock().unwrap());
    assert!(changes.iter().any(|(op, _)| *op == Op::Append), "more than memory holds was put aside");
    let nameless = PathBuf::from("(nameless)");
    assert!(changes.iter().all(|(op, path)| { *path == nameless && matches!(op, Op::Create | Op::Append) }));
    let small = office.drop_in(&Submission::at(morning()).with("a.xml", claiming(1).declaration));
    let calls = Arc::new(AtomicBool::new(false));
    let changed = Arc::clone(&calls);
    office.world.on_call(move |call| {
        let looks = matches!(call.op, Op::Open | Op::Read | Op::List | Op::Exists);
        changed.fetch_or(!looks, Ordering::Relaxed);
        None
    });
    try_check(&office, &order_of(&small, Form::Human, false), b"").unwrap();
    assert!(!calls.load(Ordering::Relaxed), "a small check asks for no file");
}

/// What comes through a pipe is read as if it were a file, a ZIP, too.
#[test]
fn standard_input_is_an_input_like_any_other() {
    let mut office = Office::new();
    let certified = claiming(1);
    for (bytes, entry) in [
        (input(&[&certified.declaration, &certified.certificates[0]]).into_bytes(), ""),
        (client_zip(), "!waiting.xml"),
    ] {
        let order = office.drop_in(&Submission::at(morning()).with("a", bytes.clone()));
        let order = order_of(&order, Form::Json, false);
        let (from_file, _) = try_check(&office, &order, b"").unwrap();
        let named = order.inputs[0].display().to_string();
        let piped = check::Order { inputs: vec!["-".into()], ..order.clone() };
        let (from_pipe, _) = try_check(&office, &piped, &bytes).unwrap();
        assert!(from_pipe.contains(&format!("\"<stdin>{entry}\"")), "{from_pipe}");
        assert_eq!(from_pipe.replace("<stdin>", &named), from_file);
        let twice = check::Order { inputs: vec!["-".into(), "-".into()], ..order };
        assert!(matches!(try_check(&office, &twice, &bytes), Err(CheckError::Setting(_))));
    }
    let nothing = check::Order {
        inputs: vec!["-".into()],
        ..order_of(&office.drop_in(&Submission::at(morning())), Form::Json, false)
    };
    let (told, counts) = try_check(&office, &nothing, b"").unwrap();
    assert!(told.contains("MSG-012") && counts.would_reject(), "{told}");
}

/// A check that did not check everything never looks like one that found nothing.
#[test]
fn a_check_that_breaks_off_says_so() {
    let mut office = Office::new();
    let order = office.drop_in(&Submission::at(morning()).with("a.xml", plain()));
    let order = order_of(&order, Form::Json, false);
    let world: Arc<dyn World> = Arc::new(office.world.clone());
    let mut output: Vec<u8> = Vec::new();
    let streams = Streams { input: Box::new(std::io::empty()), output: &mut output };
    let stopped = check::check(&world, &order, streams, &AtomicBool::new(true), &Progress::hidden());
    assert!(matches!(stopped, Err(CheckError::Stopped)));
    assert!(!String::from_utf8(output).unwrap().contains("summary"));
    let missing = check::Order { inputs: vec!["/office/nowhere.xml".into()], ..order.clone() };
    let told = try_check(&office, &missing, b"").unwrap_err();
    assert!(told.to_string().contains("/office/nowhere.xml: cannot open"), "{told}");
    for n in 1.. {
        office.world.on_call({
            let mut n_reads = 0;
            move |call| {
                n_reads += u32::from(call.op == Op::Read);
                (call.op == Op::Read && n_reads == n).then(|| std::io::ErrorKind::Other.into())
            }
        });
        match try_check(&office, &order, b"") {
            Err(error) => assert!(matches!(error, CheckError::Record(_)), "{error}"),
            Ok(_) => {
                assert!(n > 2, "the file is read more than once");
                break;
            }
        }
    }
}
