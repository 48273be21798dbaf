//! P3, O5, design section 5: one line a document, numbers without gaps, fields in their order, neighbours untouched.

use crate::documents::*;
use crate::support::{Line, Office, Submission, text};
use fixtures::generate::{OrderWeights, Plan, Shape, Size, write_both};
use model::finding::Language;
use serde_json::Value;

const FIELDS: &[&str] = &[
    "sequence",
    "input",
    "document",
    "offset",
    "format",
    "declarant",
    "number",
    "version",
    "outcome",
    "first_sequence",
    "supersedes",
    "caused_by",
    "disposition",
    "mode",
    "findings",
    "findings_more",
    "not_judged",
    "trace",
    "fees",
    "draw",
    "documents_waived",
    "certificates",
    "accepted_at",
    "rulebook",
    "registers",
    "digest",
];
/// Fields that are there only where they say something.
const OPTIONAL: &[&str] = &["first_sequence", "supersedes", "caused_by", "findings_more"];
const FINDING: &[&str] = &[
    "rule", "effect", "basis", "pointer", "line", "column", "title", "message", "remedy", "evidence",
    "citation",
];
const DRAW: &[&str] =
    &["rule", "version", "number", "seed_date", "commitment", "committed", "ratio_bp", "draw_bp", "hit"];

fn plan(seed: u64) -> Plan {
    Plan {
        size: Size::Declarations(40),
        lines: 1..=3,
        certificate_share_bp: 5_000,
        certificate_order: OrderWeights { before: 1, with: 1, after: 1, other_batch: 1 },
        defect_rate_bp: 3_000,
        ..Plan::new(seed)
    }
}

#[test]
fn p3_accounts_close_and_sequences_have_no_gaps() {
    let mut office = Office::new();
    let mut n_lines = 0;
    for (n, shape) in
        [Shape::Concatenated, Shape::Tar, Shape::DxpMsg, Shape::ImportMessage].into_iter().enumerate()
    {
        let (mut batch, mut late) = (Vec::new(), Vec::new());
        let plan = Plan { shape, first_group: n as u64 * 40, ..plan(5) };
        let manifest = write_both(&plan, &mut batch, &mut late).unwrap();
        let n_late = manifest.expected.iter().filter(|it| it.input.contains("-late")).count();
        for (bytes, n_documents) in [(batch, manifest.expected.len() - n_late), (late, n_late)] {
            let lines = office.submit(&Submission::at(morning()).with("batch", bytes));
            let summary: Value = serde_json::from_slice(&office.output("summary.json")).unwrap();
            let count = |outcome: &str| lines.iter().filter(|line| text(line, "outcome") == outcome).count();
            for (outcome, n) in summary["outcomes"].as_object().unwrap() {
                assert_eq!(n.as_u64(), Some(count(outcome) as u64), "{outcome}");
            }
            assert_eq!(summary["documents"].as_u64(), Some(n_documents as u64));
            assert_eq!(lines.len() - count("redecided"), n_documents);
            n_lines += lines.len();
        }
    }
    let sequences: Vec<u64> =
        all_lines(&office).iter().map(|line| line["sequence"].as_u64().unwrap()).collect();
    assert_eq!(sequences, (1..=n_lines as u64).collect::<Vec<_>>());
}

/// Names and order of fields are a contract; the parser of a test keeps no order, so the text is looked at.
#[test]
fn design_5_fields_and_their_order() {
    let consignment = claiming(1);
    let mut office = Office::new();
    let mut batch = Vec::new();
    write_both(&plan(9), &mut batch, &mut std::io::sink()).unwrap();
    office.submit(&Submission::at(morning()).with("a.xml", batch));
    let mut printed = String::from_utf8(office.output("decisions.ndjson")).unwrap();
    for documents in
        [[consignment.declaration.clone()], [consignment.certificates[0].clone()], [consignment.declaration]]
    {
        submit(&mut office, "b.xml", &documents);
        printed.push_str(std::str::from_utf8(&office.output("decisions.ndjson")).unwrap());
    }
    for line in printed.lines() {
        assert_fields(line, FIELDS, OPTIONAL);
        let value: Value = serde_json::from_str(line).unwrap();
        let from = line.find("\"findings\":[").unwrap();
        assert_in_order(&line[from..], FINDING, value["findings"].as_array().unwrap().len());
        if !value["draw"].is_null() {
            let from = line.find("\"draw\":{").unwrap();
            assert_in_order(&line[from..], DRAW, 1);
        }
    }
}

/// Every name stands in the text, after the one before it, `n` times over.
fn assert_in_order(text: &str, names: &[&str], n: usize) {
    let mut from = 0;
    for _ in 0..n {
        for name in names {
            let found =
                text[from..].find(&format!("\"{name}\":")).unwrap_or_else(|| panic!("no {name} in {text}"));
            from += found;
        }
    }
}

fn assert_fields(line: &str, names: &[&str], optional: &[&str]) {
    let value: Value = serde_json::from_str(line).unwrap();
    let object = value.as_object().unwrap();
    assert!(object.keys().all(|name| names.contains(&name.as_str())), "{line}");
    let there: Vec<&str> = names.iter().copied().filter(|name| object.contains_key(*name)).collect();
    let needed = names.iter().filter(|name| !optional.contains(name));
    assert!(needed.clone().all(|name| there.contains(name)), "{line}");
    // Top-level names in the order of the text: depth is counted, texts are skipped.
    assert_eq!(top_level_names(line), there);
}

fn top_level_names(line: &str) -> Vec<String> {
    let (mut names, mut depth, mut at) = (Vec::new(), 0, 0);
    let bytes = line.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            b'"' => {
                let start = at + 1;
                at += 1;
                while bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                if depth == 1 && bytes.get(at + 1) == Some(&b':') {
                    names.push(line[start..at].to_owned());
                }
            }
            _ => {}
        }
        at += 1;
    }
    names
}

/// A line without what depends on how many documents stand before it.
fn anywhere(line: &Line) -> String {
    let mut line = line.clone();
    for field in ["sequence", "document", "offset"] {
        line[field].take();
    }
    for finding in line["findings"].as_array_mut().into_iter().flatten() {
        finding["line"].take();
        finding["column"].take();
    }
    line.to_string()
}

#[test]
fn o5_a_bad_document_never_changes_its_neighbours() {
    let good: Vec<String> = consignments(6, false).into_iter().map(|it| it.declaration).collect();
    let alone: Vec<String> = submit(&mut Office::new(), "a.xml", &good).iter().map(anywhere).collect();
    let stranger = with(&with(&plain(), "EntryId", ""), "SeqNo", "");
    let cut = &good[0][..good[0].len() / 2];
    for bad in [
        cut.to_owned(),
        good[0].replacen("</DecHead>", "", 1).replacen("</ns0:DecHead>", "", 1),
        "<DecMessage><DecHead>&unknown;</DecHead></DecMessage>".to_owned(),
        "<DecMessage><a></b></DecMessage>".to_owned(),
        "<Certificate></Certificate>".to_owned(),
        "<Receipt/>".to_owned(),
        "loose text".to_owned(),
        with(&stranger, "GrossWet", "heavy"),
    ] {
        // Before the first root there is nothing to be beside: that refuses the whole entry.
        let from = usize::from(!bad.starts_with('<'));
        for at in [0, 3, 6].into_iter().skip(from) {
            let mut documents: Vec<&str> = good.iter().map(String::as_str).collect();
            documents.insert(at, &bad);
            let lines = submit(&mut Office::new(), "a.xml", &documents);
            let lines: Vec<String> = lines.iter().map(anywhere).collect();
            let rest: Vec<&String> = lines.iter().filter(|line| alone.contains(line)).collect();
            assert_eq!(rest.len(), alone.len(), "{bad:.60} at {at}");
            assert!(rest.into_iter().eq(&alone), "{bad:.60} at {at}");
            assert_eq!(lines.len(), alone.len() + 1, "{bad:.60} at {at}");
        }
    }
}

/// Design section 3: a locale changes what people read, never what machines do.
#[test]
fn language_changes_words_only() {
    let mut batch = Vec::new();
    write_both(&plan(13), &mut batch, &mut std::io::sink()).unwrap();
    let said = [Language::Zh, Language::En].map(|language| {
        let mut office = Office::new();
        let mut lines =
            office.submit(&Submission { language, ..Submission::at(morning()).with("a.xml", batch.clone()) });
        let words: Vec<String> = lines.iter().map(Value::to_string).collect();
        for line in &mut lines {
            for finding in line["findings"].as_array_mut().unwrap() {
                for field in ["title", "message", "remedy"] {
                    finding[field].take();
                }
            }
            for rule in line["not_judged"].as_array_mut().unwrap() {
                rule["why"].take();
            }
        }
        (words, lines)
    });
    let [(zh_words, zh), (en_words, en)] = said;
    assert_ne!(zh_words, en_words);
    for (zh, en) in zh.iter().zip(&en) {
        assert_eq!(zh, en);
    }
}
