//! J2: personal data never leave the raw evidence.

use crate::documents::*;
use crate::support::{Office, Submission};
use clearance::record::{Journal, RecordError, journal};
use clearance::run::Receipts;
use std::path::Path;
use std::sync::Arc;

/// Elements whose values are about a person, or a secret.
const OF_DECLARATION: &[&str] = &["InputerName", "TypistNo", "DeclareName"];
const OF_CERTIFICATE: &[&str] = &["ApplName", "Applicant", "ApplTel"];
const OF_SIGNATURE: &[&str] = &["ICCode", "OperName", "CertSeqNo", "DecBpNo"];

/// Every personal element with a marker of its own, added where the sender left it out.
fn marked(document: &str, names: &[&str], n: usize) -> String {
    names.iter().fold(document.to_owned(), |document, name| {
        let value = marker(name, n);
        if document.contains(&format!("{name}/>")) || document.contains(&format!("{name}>")) {
            with(&document, name, &value)
        } else {
            document
        }
    })
}

fn marker(name: &str, n: usize) -> String {
    format!("QZ{n}{name}QZ")
}

#[test]
fn j2_personal_data_stay_in_the_evidence() {
    let consignment = claiming(1);
    let all: Vec<&str> = [OF_DECLARATION, OF_CERTIFICATE, OF_SIGNATURE].concat();
    let declaration = marked(&consignment.declaration, &all, 1);
    let certificate = marked(&consignment.certificates[0], &all, 2);
    assert!(declaration.contains("QZ1InputerNameQZ") && certificate.contains("QZ2ApplTelQZ"));
    let broken = |document: &str, name: &str| {
        // Twice, with a comment inside, under an element nobody knows: what a finding might quote.
        let value = value(document, name).to_owned();
        let tag = &document[..document.find(&format!("{value}<")).unwrap()];
        let open = &tag[tag.rfind('<').unwrap()..];
        let close = open.replacen('<', "</", 1);
        let element = format!("{open}{value}{close}");
        [
            document.replacen(&element, &format!("{element}{element}"), 1),
            document.replacen(&element, &format!("{open}{value}<!-- {value} -->{close}"), 1),
            document.replacen(&element, &format!("<Unknown>{value}</Unknown>"), 1),
            document.replacen(&element, &format!("{open}{value}&nothing;{close}"), 1),
        ]
    };
    let mut documents = vec![declaration.clone(), plain(), certificate.clone()];
    documents.extend(broken(&declaration, "InputerName"));
    documents.extend(broken(&certificate, "ApplName"));
    let mut office = Office::new();
    // Held first, so that it is put aside, then decided again.
    for documents in [&documents[..1], &documents[1..], &documents[..]] {
        let submission = Submission::at(morning()).with("a.xml", input(documents));
        office.submit(&Submission { receipts: Receipts::Files, ..submission });
    }
    let mut n_searched = 0;
    for path in office.world.paths() {
        let is_input = path.to_str().is_some_and(|path| path.starts_with("/office/in-"));
        if is_input || path.starts_with("/office/data/evidence") {
            continue;
        }
        n_searched += 1;
        assert_clean(&office.world.bytes(&path).unwrap(), &path.display().to_string());
    }
    assert!(n_searched > 20, "{n_searched}");
    let world = Arc::new(office.world.clone());
    let journal = Journal::open(world, Path::new("/office/data"), journal::Limits::default()).unwrap();
    let each = |record: clearance::record::Record| {
        assert_clean(&record.payload, &format!("journal record {}", record.index));
        Ok::<(), RecordError>(())
    };
    journal.scan(1, each).unwrap();
    assert!(journal.head().index > 20);
}

fn assert_clean(bytes: &[u8], place: &str) {
    let found = bytes.windows(2).position(|window| window == b"QZ");
    if let Some(at) = found {
        let around = String::from_utf8_lossy(&bytes[at.saturating_sub(80)..(at + 80).min(bytes.len())]);
        panic!("personal data in {place}: {around}");
    }
}
