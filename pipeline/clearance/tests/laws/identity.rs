//! K1, K5, K6: numbers are aliases, and what is not decided occupies none.

use crate::documents::*;
use crate::support::{Line, Office, text};
use clearance::world::World;

fn numbered(entry: &str, unified: &str, client: &str) -> String {
    let document = with(&plain(), "EntryId", entry);
    with(&with(&document, "SeqNo", unified), "ClientSeqNo", client)
}

/// The entry number the clean declaration has.
fn entry() -> String {
    value(&plain(), "EntryId").to_owned()
}

const OTHER_ENTRY: &str = "531620180168999999";

fn outcome_of(office: &mut Office, document: &str) -> Line {
    submit(office, "x.xml", &[document]).remove(0)
}

/// Rebuilds the index from the journal.
fn forget_the_index(office: &Office) {
    for path in office.world.paths().into_iter().filter(|path| path.starts_with("/office/data/index")) {
        office.world.remove(&path).unwrap();
    }
}

#[test]
fn k6_a_repeat_that_brings_a_new_number_adds_an_alias() {
    for is_one_submission in [true, false] {
        let mut office = Office::new();
        let documents = [
            numbered("", "", "HD1"),
            numbered("", "S1", "HD1"),
            numbered(&entry(), "S1", ""),
            numbered(&entry(), "", ""),
        ];
        let lines: Vec<Line> = if is_one_submission {
            submit(&mut office, "a.xml", &documents)
        } else {
            documents.iter().map(|document| outcome_of(&mut office, document)).collect()
        };
        assert_eq!(outcomes(&lines), ["decided", "repeated", "repeated", "repeated"]);
        // The number it is known by is the one it was first seen under (K1).
        assert!(lines.iter().all(|line| text(line, "number") == "HD1"));
        forget_the_index(&office);
        let again = outcome_of(&mut office, &numbered(&entry(), "", ""));
        assert_eq!((text(&again, "outcome"), &again["first_sequence"]), ("repeated", &lines[0]["sequence"]));
    }
}

/// An alias leads to the declaration, not to the version that was the latest when it came.
#[test]
fn k6_an_alias_leads_to_versions_made_after_it() {
    let mut office = Office::new();
    outcome_of(&mut office, &rejected(&numbered("", "", "HD1")));
    outcome_of(&mut office, &rejected(&mended(&numbered("", "", "HD1"), 1)));
    // The alias comes with a repeat of version 2.
    let alias = outcome_of(&mut office, &rejected(&mended(&numbered("", "S1", "HD1"), 1)));
    assert_eq!((text(&alias, "outcome"), alias["version"].as_u64()), ("repeated", Some(2)));
    let third = outcome_of(&mut office, &rejected(&mended(&numbered("", "", "HD1"), 2)));
    assert_eq!(third["version"], 3);
    for _ in 0..2 {
        let found = outcome_of(&mut office, &rejected(&mended(&numbered("", "S1", ""), 2)));
        assert_eq!((text(&found, "outcome"), found["version"].as_u64()), ("repeated", Some(3)));
        forget_the_index(&office);
    }
}

#[test]
fn k6_numbers_of_two_known_declarations_are_a_conflict_even_when_content_is_equal() {
    for is_one_submission in [true, false] {
        let mut office = Office::new();
        let documents = [
            numbered("", "", "HD1"),
            mended(&numbered("", "S2", ""), 2),
            numbered("", "S2", "HD1"),
            numbered("", "", "HD1"),
        ];
        let lines: Vec<Line> = if is_one_submission {
            submit(&mut office, "a.xml", &documents)
        } else {
            documents.iter().map(|document| outcome_of(&mut office, document)).collect()
        };
        assert_eq!(outcomes(&lines), ["decided", "decided", "conflict", "repeated"]);
        assert_eq!(text(&lines[2]["findings"][0], "rule"), "MSG-031");
    }
}

#[test]
fn k6_one_client_number_with_two_entry_numbers_is_a_conflict() {
    for is_one_submission in [true, false] {
        for (first, second, third) in [
            // The entry number is known from the first document, from a repeat, from a version before.
            (numbered(&entry(), "", "HD1"), numbered(&entry(), "", "HD1"), numbered(OTHER_ENTRY, "", "HD1")),
            (numbered("", "", "HD1"), numbered(&entry(), "", "HD1"), numbered(OTHER_ENTRY, "", "HD1")),
            (
                rejected(&numbered(&entry(), "", "HD1")),
                rejected(&mended(&numbered("", "", "HD1"), 1)),
                rejected(&mended(&numbered(OTHER_ENTRY, "", "HD1"), 1)),
            ),
            (
                rejected(&numbered("", "", "HD1")),
                rejected(&mended(&numbered(&entry(), "", "HD1"), 1)),
                rejected(&mended(&numbered(OTHER_ENTRY, "", "HD1"), 2)),
            ),
        ] {
            let mut office = Office::new();
            let documents = [first, second, third];
            let lines: Vec<Line> = if is_one_submission {
                submit(&mut office, "a.xml", &documents)
            } else {
                documents.iter().map(|document| outcome_of(&mut office, document)).collect()
            };
            assert_eq!(outcomes(&lines)[2], "conflict", "one submission: {is_one_submission}");
            forget_the_index(&office);
            assert_eq!(text(&outcome_of(&mut office, &documents[2]), "outcome"), "conflict");
            // A conflict occupies no alias (K5): the other entry number is still free.
            let free = with(&documents[2], "ClientSeqNo", "HD2");
            assert_eq!(text(&outcome_of(&mut office, &free), "outcome"), "decided");
        }
    }
}

#[test]
fn k5_a_conflict_occupies_no_number() {
    for is_one_submission in [true, false] {
        let mut office = Office::new();
        let documents = [
            numbered(&entry(), "", "HD1"),
            mended(&numbered(&entry(), "", "HD2"), 1),
            mended(&numbered("", "", "HD2"), 2),
        ];
        let lines: Vec<Line> = if is_one_submission {
            submit(&mut office, "a.xml", &documents)
        } else {
            documents.iter().map(|document| outcome_of(&mut office, document)).collect()
        };
        assert_eq!(outcomes(&lines), ["decided", "conflict", "decided"]);
    }
}

#[test]
fn k5_a_draft_then_the_declaration() {
    let mut office = Office::new();
    let draft = with(&plain(), "OperType", "G");
    let lines = submit(&mut office, "a.xml", &[&draft, &plain(), &draft]);
    assert_eq!(outcomes(&lines), ["declined", "decided", "declined"]);
    assert_eq!(text(&outcome_of(&mut office, &draft), "outcome"), "declined");
}

/// The declarant is part of the key: another agent's numbers are his own.
#[test]
fn k1_numbers_belong_to_their_declarant() {
    let mut office = Office::new();
    let declaration = plain();
    let others = with(&declaration, "AgentCodeScc", value(&declaration, "OwnerCodeScc"));
    let lines = submit(&mut office, "a.xml", &[&declaration, &mended(&others, 1)]);
    assert_eq!(outcomes(&lines), ["decided", "decided"]);
}
