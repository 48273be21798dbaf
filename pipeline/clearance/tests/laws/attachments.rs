//! What travels beside a message in its ZIP is listed with it, matched with its e-documents, in any windows.

use crate::documents::*;
use crate::support::{Line, Office, Submission, text};
use clearance::run::Receipts;
use serde_json::{Value, json};
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

pub fn zipped(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A client's ZIP: two declarations, one of which waits for its certificate, which stands behind it; and four files.
pub fn client_zip() -> Vec<u8> {
    let waiting = claiming(1);
    let plain = with(&plain(), "EdocID", "C:\\scans\\INVOICE");
    zipped(&[
        ("scans/invoice.pdf", "%PDF-1"),
        ("waiting.xml", &waiting.declaration),
        ("nobody.jpg", "JFIF"),
        ("plain.xml", &plain),
        ("certificate.xml", &waiting.certificates[0]),
        (&format!("{}.pdf", value(&waiting.declaration, "EdocID")), "%PDF-2"),
    ])
}

fn names(line: &Line) -> Vec<(&str, &Value)> {
    let attachments = line["attachments"].as_array().unwrap().iter();
    attachments.map(|it| (text(it, "name"), &it["document"])).collect()
}

fn summary(office: &Office) -> Value {
    serde_json::from_slice(&office.output("summary.json")).unwrap()
}

#[test]
fn attachments_are_matched_with_the_e_documents() {
    let waiting = claiming(1).declaration;
    let reference = format!("{}.pdf", value(&waiting, "EdocID"));
    for window_bytes in [1, 4 << 20] {
        let mut office = Office::new();
        let submission =
            Submission::at(morning()).with("a.zip", client_zip()).with("b.xml", input(&[plain()]));
        let lines = office.submit(&Submission { window_bytes, ..submission });
        let line = |input: &str| lines.iter().find(|line| line["input"] == input).unwrap();
        let (first, second) = (line("a.zip!plain.xml"), line("a.zip!waiting.xml"));
        let (invoice, code) = (json!(value(&plain(), "EdocCode")), json!(value(&waiting, "EdocCode")));
        let null = Value::Null;
        assert_eq!(
            names(first),
            [("scans/invoice.pdf", &invoice), ("nobody.jpg", &null), (&*reference, &null)]
        );
        assert_eq!(
            names(second),
            [("scans/invoice.pdf", &null), ("nobody.jpg", &null), (&*reference, &code)]
        );
        let digest = format!("b3:{}", blake3::hash(b"%PDF-1").to_hex());
        assert_eq!(
            first["attachments"][0],
            json!({"name": "scans/invoice.pdf", "bytes": 6, "digest": digest, "document": invoice})
        );
        assert!(line("a.zip!certificate.xml").get("attachments").is_none());
        assert!(line("b.xml").get("attachments").is_none());
        let summary = summary(&office);
        assert_eq!((&summary["attachments"], &summary["attachments_unnamed"]), (&json!(3), &json!(1)));
    }
}

/// A repeat says what was said (K7), but what it came with counts as named.
#[test]
fn a_repeat_lists_what_the_first_came_with() {
    let mut office = Office::new();
    let first = office.submit(&Submission::at(morning()).with("a.zip", client_zip()));
    let again = office.submit(&Submission::at(morning()).with("a.zip", client_zip()));
    assert_eq!(again.len(), first.len());
    for line in again.iter().filter(|line| line["format"] == "single_window_declaration") {
        let before = first.iter().find(|before| before["sequence"] == line["first_sequence"]).unwrap();
        assert_eq!(line["attachments"], before["attachments"]);
    }
    assert_eq!(summary(&office)["attachments_unnamed"], 1);
}

/// Many messages may share a ZIP with many files; what a declaration names is listed before what nobody does.
#[test]
fn a_line_lists_so_many_and_no_more() {
    let declaration = with(&plain(), "EdocID", "149.pdf");
    let files: Vec<String> = (0..150).map(|n| format!("{n}.pdf")).collect();
    let mut entries = vec![("a.xml", &*declaration)];
    entries.extend(files.iter().map(|name| (&**name, "%PDF")));
    let mut office = Office::new();
    let submission = Submission::at(morning()).with("a.zip", zipped(&entries));
    let lines = office.submit(&Submission { receipts: Receipts::Packed, ..submission });
    let listed = names(&lines[0]);
    assert_eq!((listed.len(), &lines[0]["attachments_more"]), (100, &json!(50)));
    assert_eq!((listed[98].0, listed[99].0), ("98.pdf", "149.pdf"));
}
