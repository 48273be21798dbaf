//! K7: what was decided is said again, byte for byte, however often and after whatever happened to the index.

use crate::documents::*;
use crate::support::{Office, Submission, lines};
use clearance::run::Receipts;
use clearance::world::World;
use fixtures::generate::{OrderWeights, Plan, Size, write};
use std::path::Path;

fn batch() -> Vec<u8> {
    let plan = Plan {
        size: Size::Declarations(30),
        lines: 1..=3,
        certificate_share_bp: 6_000,
        certificate_order: OrderWeights { before: 1, with: 1, after: 2, other_batch: 1 },
        defect_rate_bp: 4_000,
        ..Plan::new(11)
    };
    let mut bytes = Vec::new();
    write(&plan, &mut bytes).unwrap();
    bytes
}

/// Lines as they were printed.
fn printed(office: &Office) -> Vec<String> {
    let text = String::from_utf8(office.output("decisions.ndjson")).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// A line but for what is its own: sequence, input, document, offset, outcome and first_sequence.
fn shared(line: &str) -> (String, String) {
    let head_at = line.find(",\"format\":").expect("every line has a format");
    let outcome_at = line.find(",\"outcome\":").expect("every line has an outcome");
    let tail_at = ["supersedes", "caused_by", "disposition"]
        .iter()
        .filter_map(|name| line.find(&format!(",\"{name}\":")))
        .min()
        .expect("every line has a disposition");
    (line[head_at..outcome_at].to_owned(), line[tail_at..].to_owned())
}

/// Finds lines of the first list by place and holds those of the second against them.
fn assert_repeats(first: &[String], again: &[String]) {
    assert_eq!(first.len(), again.len());
    let key = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        (line["input"].to_string(), line["document"].as_u64())
    };
    for line in again {
        let before = first.iter().find(|it| key(it) == key(line)).expect("the same documents");
        let (before_text, line_text) = (shared(before), shared(line));
        let (before, mut line) = (parsed(before), parsed(line));
        match before["outcome"].as_str().unwrap() {
            "decided" | "filed" | "redecided" => {
                assert_eq!(line["outcome"], "repeated");
                assert_eq!(line["first_sequence"], before["sequence"]);
                assert_eq!(before_text, line_text);
            }
            "repeated" => {
                assert_eq!(line["first_sequence"], before["first_sequence"]);
                assert_eq!(before_text, line_text);
            }
            // Nothing was decided: it is said anew, as it is.
            _ => {
                for field in ["sequence", "accepted_at"] {
                    line[field] = before[field].clone();
                }
                assert_eq!(line, before);
            }
        }
    }
}

fn parsed(line: &str) -> serde_json::Value {
    lines(line.as_bytes()).remove(0)
}

#[test]
fn k7_the_same_batch_again_says_the_same() {
    let batch = batch();
    let submission = |window_bytes| Submission {
        receipts: Receipts::Files,
        window_bytes,
        ..Submission::at(morning()).with("a.xml", batch.clone())
    };
    let mut office = Office::new();
    office.submit(&submission(4 << 20));
    let (first, first_answers) = (printed(&office), answers(&office));
    for window_bytes in [4 << 20, 3_000] {
        office.submit(&Submission { accepted: engine::Accepted::At(next_day()), ..submission(window_bytes) });
        assert_repeats(&first, &printed(&office));
        assert_answers(&first, &first_answers, &answers(&office));
    }
    // The index is a view: without it everything is found again from the journal.
    for path in office.world.paths().into_iter().filter(|path| path.starts_with("/office/data/index")) {
        office.world.remove(&path).unwrap();
    }
    office.submit(&submission(4 << 20));
    assert_repeats(&first, &printed(&office));
    assert_answers(&first, &first_answers, &answers(&office));
}

/// Answers to what was decided are the same bytes; others carry the journal index of their own record.
fn assert_answers(lines: &[String], first: &[(String, String)], again: &[(String, String)]) {
    assert_eq!(first.len(), lines.len());
    for line in lines.iter().map(|line| parsed(line)) {
        if !matches!(line["outcome"].as_str(), Some("decided" | "filed")) {
            continue;
        }
        let name = format!("a.xml-{}.xml", line["document"]);
        let of = |answers: &[(String, String)]| {
            answers
                .iter()
                .find(|(it, _)| *it == name)
                .map(|(_, text)| text.clone())
                .expect("an answer a document")
        };
        assert_eq!(of(first), of(again), "{name}");
    }
}

/// In one window, over windows, and with the copies in inputs of their own.
#[test]
fn k7_within_one_submission() {
    let consignment = claiming(1);
    let mut documents = consignment.certificates.clone();
    documents.extend([consignment.declaration, plain()]);
    let n = documents.len();
    for window_bytes in [1, 4 << 20] {
        let mut office = Office::new();
        office.submit(&Submission {
            receipts: Receipts::Files,
            window_bytes,
            ..Submission::at(morning()).with("a.xml", input(&documents)).with("b.xml", input(&documents))
        });
        let printed = printed(&office);
        let again: Vec<String> = printed[n..]
            .iter()
            .map(|line| line.replace("\"input\":\"b.xml\"", "\"input\":\"a.xml\""))
            .collect();
        assert_repeats(&printed[..n], &again);
        let answers = answers(&office);
        for (one, other) in answers[..n].iter().zip(&answers[n..]) {
            assert_eq!((one.0.replace("a.xml", "b.xml"), &one.1), (other.0.clone(), &other.1));
        }
    }
}

/// K3: a repeat gives the latest decision, and where the first one stands.
#[test]
fn k7_a_repeat_of_what_was_decided_again_gives_the_latest() {
    let consignment = claiming(1);
    let mut office = Office::new();
    let first = submit(&mut office, "a.xml", &[&consignment.declaration]);
    submit(&mut office, "b.xml", &consignment.certificates);
    let redecided = printed(&office).pop().unwrap();
    for name in ["c.xml", "d.xml"] {
        submit(&mut office, name, &[&consignment.declaration]);
        let again = printed(&office).pop().unwrap();
        assert_eq!(shared(&redecided), shared(&again));
        assert_eq!(parsed(&again)["first_sequence"], first[0]["sequence"]);
        assert_eq!(parsed(&again)["outcome"], "repeated");
    }
    assert!(office.world.exists(Path::new("/office/data/index")).unwrap());
}
