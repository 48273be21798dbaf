//! J2: personal data never leave the raw evidence.

use crate::check::{order_of, try_check};
use crate::documents::*;
use crate::support::{Office, Submission, text, unpacked};
use clearance::check::Form;
use clearance::record::{Journal, RecordError, journal};
use clearance::run::Receipts;
use fixtures::cases::Document;
use formats::FORMATS;
use model::documents::RECORDS;
use model::text::Shape;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// An element with values, and the leaf of it that says something about a person.
type Leaf = (&'static str, &'static str);

/// Secrets, too, though no row has a field for them.
const UNREAD: &[Leaf] = &[
    ("DecSign", "Sign"),
    ("DecSign", "CertSeqNo"),
    ("ITF_DCL_IO_DECL", "spare1"),
    ("ITF_DCL_IO_DECL", "spare2"),
    ("ITF_DCL_IO_DECL", "spare3"),
    ("ITF_DCL_IO_DECL", "spare4"),
];

/// Every leaf that some format reads into a personal field.
fn personal() -> Vec<Leaf> {
    let mut leaves = UNREAD.to_vec();
    let mut read = BTreeSet::new();
    for row in FORMATS.iter().flat_map(|format| format.rows()) {
        let (_, known) = RECORDS.iter().find(|(name, _)| *name == row.record).expect(row.record);
        for (leaf, field) in row.fields.iter().chain(row.also) {
            let shape = known.iter().find(|known| known.name == *field).expect(field).shape;
            if shape == Shape::Personal {
                leaves.push((row.element, leaf));
                read.insert((row.record, *field));
            }
        }
    }
    let all = RECORDS.iter().flat_map(|(name, fields)| fields.iter().map(move |field| (*name, field)));
    let personal = all.filter(|(_, field)| field.shape == Shape::Personal);
    assert_eq!(read, personal.map(|(name, field)| (name, field.name)).collect(), "a field no format reads");
    leaves
}

/// The document with a marker of its own in every personal leaf, added where the sender left it out; and the markers.
fn marked(document: &str, n: usize) -> (String, Vec<String>) {
    let mut markers = Vec::new();
    let document = personal().into_iter().fold(document.to_owned(), |document, (element, leaf)| {
        let marker = format!("QZQZ{n}{leaf}QZ");
        let Some(filled) = filled(&document, element, leaf, &marker) else { return document };
        markers.push(marker);
        filled
    });
    (document, markers)
}

/// The document with this value in a leaf of its first such element, if it has one.
fn filled(document: &str, element: &str, leaf: &str, value: &str) -> Option<String> {
    let (prefix, start) = document.match_indices('<').find_map(|(at, _)| {
        let tag = &document[at + 1..at + document[at..].find('>')?];
        let name = tag.split_ascii_whitespace().next()?;
        let (prefix, local) = name.split_at(name.find(':').map_or(0, |colon| colon + 1));
        (local == element).then_some((prefix, at + tag.len() + 2))
    })?;
    let end = start + document[start..].find(&format!("</{prefix}{element}>"))?;
    let (open, close) = (format!("<{prefix}{leaf}>"), format!("</{prefix}{leaf}>"));
    let mut inside = document[start..end].replace(&format!("<{prefix}{leaf}/>"), "");
    if let (Some(from), Some(to)) = (inside.find(&open), inside.find(&close)) {
        inside.replace_range(from..to + close.len(), "");
    }
    Some(format!("{}{open}{value}{close}{inside}{}", &document[..start], &document[end..]))
}

/// A marked leaf twice, with a comment inside, under an element nobody knows, with an entity nobody knows, and with other
/// elements around it: what a finding might quote.
fn broken(document: &str, marker: &str) -> [String; 5] {
    let tag = &document[..document.find(&format!("{marker}<")).unwrap()];
    let open = &tag[tag.rfind('<').unwrap()..];
    let close = open.replacen('<', "</", 1);
    let element = format!("{open}{marker}{close}");
    let with = |other: String| document.replacen(&element, &other, 1);
    [
        with(format!("{element}{element}")),
        with(format!("{open}{marker}<!-- {marker} -->{close}")),
        with(format!("<Unknown>{marker}</Unknown>")),
        with(format!("{open}{marker}&nothing;{close}")),
        with(format!("{open}{marker}<b/>{close}{marker}")),
    ]
}

#[test]
fn j2_personal_data_stay_in_the_evidence() {
    let consignment = claiming(1);
    let (declaration, of_declaration) = marked(&consignment.declaration, 1);
    let (certificate, of_certificate) = marked(&consignment.certificates[0], 2);
    let (application, of_application) = marked(&Document::application("HD-BJ-2012-0001").text(), 3);
    let n_marked = of_declaration.len() + of_certificate.len() + of_application.len();
    assert_eq!(n_marked, personal().len());
    let mut documents = vec![declaration.clone(), plain(), certificate.clone(), application.clone()];
    documents.extend(of_declaration.iter().flat_map(|marker| broken(&declaration, marker)));
    documents.extend(of_certificate.iter().flat_map(|marker| broken(&certificate, marker)));
    documents.extend(of_application.iter().flat_map(|marker| broken(&application, marker)));
    let mut office = Office::new();
    let mut outcomes = Vec::new();
    // Held first, so that it is put aside, then decided again.
    for documents in [&documents[..1], &documents[1..], &documents[..]] {
        let submission = Submission::at(morning()).with("a.xml", input(documents));
        outcomes.push(office.submit(&Submission { receipts: Receipts::Files, report: true, ..submission }));
    }
    assert_eq!(text(&outcomes[0][0], "disposition"), "hold");
    assert!(outcomes[1].iter().any(|line| text(line, "outcome") == "redecided"));
    let mut n_searched = 0;
    for path in office.world.paths() {
        let is_input = path.to_str().is_some_and(|path| path.starts_with("/office/in-"));
        if is_input || path.starts_with("/office/data/evidence") {
            continue;
        }
        n_searched += 1;
        let bytes = office.world.bytes(&path).unwrap();
        // What is packed may hold any letters by chance.
        let packed = unpacked(&path, &bytes);
        let searched = if packed.is_empty() { vec![bytes] } else { packed };
        searched.iter().for_each(|bytes| assert_clean(bytes, &path.display().to_string()));
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
    let order = office.drop_in(&Submission::at(morning()).with("b.xml", input(&documents)));
    for form in [Form::Human, Form::Short, Form::Json, Form::Svrl] {
        let (told, _) = try_check(&office, &order_of(&order, form, false), b"").unwrap();
        assert!(told.contains("MSG-009"), "{told}");
        assert_clean(told.as_bytes(), &format!("{form:?}"));
    }
}

fn assert_clean(bytes: &[u8], place: &str) {
    let found = bytes.windows(4).position(|window| window == b"QZQZ");
    if let Some(at) = found {
        let around = String::from_utf8_lossy(&bytes[at.saturating_sub(80)..(at + 80).min(bytes.len())]);
        panic!("personal data in {place}: {around}");
    }
}
