//! Neither timing a run nor how hard its journal is packed changes a byte of what is decided, or a hash of the journal.

use crate::documents::*;
use crate::support::{Office, Submission};
use clearance::record::Compression;
use clearance::run::Receipts;
use serde_json::{Value, json};

fn batch() -> Submission {
    let documents: Vec<String> = certified().into_iter().map(|it| it.declaration).chain([plain()]).collect();
    let text = input(&documents);
    Submission { receipts: Receipts::Packed, ..Submission::at(morning()).with("a.xml", text) }
}

/// Decisions, answers and summary, the latter without what only a profile says.
fn told(office: &Office) -> (Vec<u8>, Vec<u8>, Value, Value) {
    let mut summary: Value = serde_json::from_slice(&office.output("summary.json")).unwrap();
    let profile = summary.as_object_mut().unwrap().remove("profile").unwrap_or_default();
    (office.output("decisions.ndjson"), office.output("receipts/a.xml.xml"), summary, profile)
}

#[test]
fn a_run_that_is_timed_decides_the_same_and_its_accounts_add_up() {
    let mut plainly = Office::new();
    plainly.submit(&batch());
    let (lines, answers, summary, profile) = told(&plainly);
    assert_eq!(profile, Value::Null);
    for n_threads in [1, 2] {
        let mut office = Office::new();
        office.submit(&Submission { profile: true, n_threads, window_bytes: 9_000, ..batch() });
        let (timed_lines, timed_answers, timed_summary, profile) = told(&office);
        assert_eq!((&timed_lines, &timed_answers, &timed_summary), (&lines, &answers, &summary));
        assert_eq!(profile["threads"], json!(n_threads));
        assert_eq!(profile["lanes"], json!(n_threads));
        let rows = profile["stages"].as_array().unwrap();
        let bytes =
            |name: &str| rows.iter().find(|row| row["stage"] == name).unwrap()["bytes"].as_u64().unwrap();
        let sent = batch().inputs[0].1.len() as u64;
        assert_eq!(bytes("intake"), sent);
        // The text of the documents alone, without what wraps them.
        let text = bytes("decode");
        assert!(text > 0 && text <= sent, "{text} of {sent}");
        // Declarations that wait for certificates are read and settled once more at the end.
        assert!(bytes("parse") > text, "{profile}");
        assert_eq!(bytes("validate"), bytes("parse"));
        assert_eq!(bytes("publish"), (lines.len() + answers_within(&answers)) as u64);
    }
}

/// Bytes of the answers themselves, without the file around them: an element and a line break each.
fn answers_within(file: &[u8]) -> usize {
    let text = str::from_utf8(file).unwrap();
    let within = text.split_once("<Receipts>\n").unwrap().1.strip_suffix("</Receipts>\n").unwrap();
    within.lines().map(str::len).sum()
}

#[test]
fn the_journal_says_the_same_however_hard_it_is_packed() {
    let heads = Compression::ALL.map(|compression| {
        let mut office = Office::new();
        office.submit(&Submission { compression, ..batch() });
        told(&office)
    });
    assert!(heads.iter().all(|told| *told == heads[0]));
    // What one level wrote is gone on with by another.
    let mut office = Office::new();
    office.submit(&Submission { compression: Compression::Smallest, ..batch() });
    let again = office.submit(&batch());
    assert!(outcomes(&again).iter().all(|outcome| *outcome == "repeated"), "{:?}", outcomes(&again));
}
