//! The list of formats, and what its page says of it.

use super::*;
use crate::place::wire_name;
use crate::testing::{between, read};
use crate::xml::row::Mark;
use expect_test::expect_file;
use model::finding::Words;

const README: &str = include_str!("README.md");

#[test]
fn the_page_names_every_format_and_every_root() {
    for format in FORMATS {
        assert!(
            README.contains(&format!("[`{0}`]({0}/README.md)", format.name())),
            "{} is not listed",
            format.name()
        );
    }
    for root in ROOTS.iter().filter(|root| matches!(root.kind, RootKind::Wrapper(_))) {
        assert!(README.contains(&format!("`{}`", root.local_name)), "{} is not on the page", root.local_name);
    }
}

#[test]
fn the_page_lists_what_is_declined() {
    const START: &str = "<!-- declined: written by the tests, UPDATE_EXPECT=1 cargo test -p formats -->\n";
    let mut table = String::from("\n| root element | what its sender is told |\n|---|---|\n");
    let mut whys: Vec<Words> = declined::DECLINED.iter().map(|known| known.why).collect();
    whys.dedup();
    for why in whys {
        let roots = declined::DECLINED.iter().filter(|known| known.why == why);
        let names: Vec<String> = roots.map(|known| format!("`{}`", known.root.local_name)).collect();
        let row = format!("| {} | {} |\n", names.join(", "), why.en);
        if !table.contains(&row) {
            table.push_str(&row);
        }
    }
    table.push('\n');
    expect_file!["README.md"].assert_eq(&between(README, START, "<!-- end of the declined -->", &table));
}

/// In the canonical form a mark stands for the name of a field.
#[test]
fn the_fields_of_an_element_have_marks_of_their_own() {
    for map in FORMATS.iter().flat_map(|format| format.rows()) {
        let mut marks: Vec<[u8; 4]> = map.fields.iter().map(|(name, _)| Mark::of(name).0).collect();
        marks.sort_unstable();
        marks.dedup();
        assert_eq!(marks.len(), map.fields.len(), "two fields of {} share a mark", map.element);
        assert!(marks.iter().all(|mark| mark[0] >= 0x80), "a mark of {} reads like a name", map.element);
    }
}

#[test]
fn a_format_is_found_by_its_name() {
    for format in FORMATS {
        assert_eq!(named(format.name()).map(|found| found.name()), Some(format.name()));
    }
    assert!(named("edifact").is_none());
}

#[test]
fn every_root_that_is_cut_out_is_read_or_declined_for_its_own_reason() {
    for root in ROOTS.iter().filter(|root| root.kind == RootKind::Document) {
        for namespace in root.namespaces {
            let reading = read(&format!("<{} xmlns='{namespace}'/>", root.local_name));
            let is_told = !reading.told.contains(&format!("what={}", declined::UNKNOWN.en));
            assert!(
                reading.format.is_some() || (reading.kind == "declined" && is_told),
                "{}",
                root.local_name
            );
        }
    }
}

#[test]
fn a_format_does_not_take_the_root_of_another_namespace() {
    for name in ["DecMessage", "Certificate"] {
        let reading = read(&format!("<{name} xmlns='urn:example:other'/>"));
        assert_eq!((reading.kind, reading.format), ("declined", None), "{name}");
    }
}

/// The thorough way looks at the characters of all of it first; the quick one would meet the repeated element before.
#[test]
fn what_a_document_is_refused_for_does_not_depend_on_the_way_it_is_read() {
    let text = "<DecMessage><DecHead><IEFlag>E</IEFlag><IEFlag>E</IEFlag><NoteS>\u{1}</NoteS></DecHead></DecMessage>";
    assert!(read(text).told.starts_with("MSG-001 reject 1:65"), "{}", read(text).told);
    let text = text.replace('\u{1}', "");
    assert!(read(&text).told.starts_with("MSG-005 reject 1:40"), "{}", read(&text).told);
}

/// Nothing of it is understood, so nothing of it can be understood in two ways.
#[test]
fn a_message_of_no_format_is_declined_when_it_is_well_formed_and_refused_when_it_is_not() {
    for body in ["text", "a<b/>c", "<b>1<!-- c -->2</b>", "<![CDATA[x]]><b/>&#32;", "<b/><b/>", "]] >", ""] {
        let text = format!("<Memo>{body}</Memo>");
        assert_eq!(read(&text).kind, "declined", "{text}");
    }
    for body in ["a<b>c", "]]>", "&copy;", "<b><c></b></c>", "<b x='1' x='2'/>", "<b:c/>", "\u{1}", "<1/>"] {
        let text = format!("<Memo>{body}</Memo>");
        let reading = read(&text);
        assert_eq!(reading.kind, "refused", "{text}");
    }
    for text in [
        "<Memo/>text",
        "<Memo/><b/>",
        "<Memo>a</Memo><b/>",
        "<Memo>a</Memo>b",
        "<Memo>a</Memo>&#32;",
        "<Memo>a",
    ] {
        assert_eq!(read(text).kind, "refused", "{text}");
    }
}

#[test]
fn a_message_of_no_format_keeps_the_limits_all_the_same() {
    let told = |body: &str| read(&format!("<Memo>{body}</Memo>")).told;
    let attachment = |n: usize| format!("a<FileContent>{}</FileContent>", "A".repeat(n));
    assert!(told(&attachment(12 << 20)).starts_with("MSG-030"));
    assert!(told(&attachment((12 << 20) + 1)).starts_with("MSG-010"));
    assert!(told(&format!("a<b>{}</b>", "A".repeat((1 << 20) + 1))).starts_with("MSG-010"));
    assert!(told(&format!("{}{}", "a<b>".repeat(64), "</b>".repeat(64))).starts_with("MSG-010"));
}

#[test]
fn every_field_of_every_format_has_one_element() {
    for format in FORMATS {
        for map in format.rows() {
            let mut wires: Vec<&str> = map.fields.iter().map(|(wire, _)| *wire).collect();
            wires.extend(map.unread.iter().map(|(wire, _)| *wire));
            let n_wires = wires.len();
            wires.sort_unstable();
            wires.dedup();
            assert_eq!(wires.len(), n_wires, "{} has an element twice", map.element);
            for (wire, field) in map.fields {
                assert_eq!(wire_name(*format, (map.record, field)), Some(*wire), "{} {field}", map.record);
            }
        }
    }
}

#[test]
fn a_refused_message_is_guessed_by_its_root() {
    let guessed = |text| guess(text, None).map(|format| format.name());
    assert_eq!(guessed("<DecMessage><DecHead>"), Some("single_window_declaration"));
    assert_eq!(
        guessed("<?xml version='1.0'?><a:Certificate xmlns:a='http://www.w3.org/2000/09/xmldsig#'"),
        None
    );
    assert_eq!(guessed("<Certificate>\n<Cert"), Some("single_window_certificate"));
    for text in ["", "junk", "\u{FEFF}<DecMessage/>", "<Other/>", "<!DOCTYPE DecMessage><DecMessage/>"] {
        assert_eq!(guessed(text), None, "{text}");
    }
}

#[test]
fn the_page_on_hostile_input_names_every_limit_and_its_usual_number() {
    let page = include_str!("hostile.md");
    for (name, usual) in Limits::default().named() {
        let digits = usual.to_string();
        let groups: Vec<&str> =
            digits.as_bytes().rchunks(3).rev().filter_map(|it| std::str::from_utf8(it).ok()).collect();
        let row = format!("| `{name}` | {} |", groups.join(","));
        assert!(page.contains(&row), "{row} is not on the page");
    }
}
