//! The declaration, proved on the specimens beside it.

mod answers;
mod content;
mod fields;
mod requests;

use crate::testing::{self, Reading};

/// Each specimen by name, with its text.
macro_rules! specimens {
    ($($name:literal)*) => { &[$(($name, include_str!(concat!("specimens/", $name)))),*] };
}

const SPECIMENS: &[(&str, &str)] = specimens!(
    "complete.xml"
    "minimal.xml"
    "prelodged.xml"
    "clearance_request.xml"
    "supplementary.xml"
    "fiscal_territory.xml"
    "fiscal_territory_import.xml"
    "import.xml"
    "amendment.xml"
    "cancellation.xml"
    "goods_presented.xml"
    "amendment_of_several.xml"
    "amendment_twice.xml"
    "amendment_unnamed.xml"
    "prefixed.xml"
    "redeclared_namespaces.xml"
    "padded_values.xml"
    "crlf.xml"
    "one_line.xml"
    "comments.xml"
    "double_hyphen_comment.xml"
    "empty_elements.xml"
    "function_with_zero.xml"
    "template_leftover.xml"
    "unit_codes.xml"
    "commodity_codes.xml"
    "descriptions.xml"
    "parties_by_item.xml"
    "item_count_wrong.xml"
    "foreign_namespace.xml"
);

/// Whole files as the gateway gets them: cut apart and decided by the tests of the program.
const WHOLE_FILES: &[&str] = &["enveloped.xml", "wrapped_in_request.xml"];

const COMPLETE: &str = include_str!("specimens/complete.xml");
const MINIMAL: &str = include_str!("specimens/minimal.xml");

fn specimen(name: &str) -> &'static str {
    SPECIMENS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
        .expect("a specimen of this name")
}

fn read_specimen(name: &str) -> Reading {
    testing::read(specimen(name))
}

/// The minimal declaration with one piece exchanged.
#[track_caller]
fn minimal_with(from: &str, to: &str) -> String {
    assert_eq!(MINIMAL.matches(from).count(), 1, "{from} once");
    MINIMAL.replace(from, to)
}

#[test]
fn the_readme_names_each_specimen() {
    let readme = include_str!("README.md");
    for name in SPECIMENS.iter().map(|(name, _)| name).chain(WHOLE_FILES) {
        assert!(readme.contains(&format!("`{name}`")), "README.md lacks {name}");
    }
}

#[test]
fn every_specimen_is_taken_declined_or_refused_as_its_name_says() {
    for (name, text) in SPECIMENS {
        let reading = testing::read(text);
        let kind = match *name {
            "import.xml" | "fiscal_territory_import.xml" => "declined",
            "cancellation.xml" | "goods_presented.xml" => "request",
            _ if name.starts_with("amendment") => "request",
            "double_hyphen_comment.xml" => "refused",
            _ => "declaration",
        };
        assert_eq!(
            (reading.kind, reading.format),
            (kind, Some("wco_declaration")),
            "{name}: {}",
            reading.told
        );
        let is_noticed = matches!(*name, "template_leftover.xml" | "foreign_namespace.xml");
        assert_eq!(
            reading.findings.is_empty(),
            matches!(kind, "declaration" | "request") && !is_noticed,
            "{name}: {}",
            reading.told
        );
    }
}

#[test]
fn nothing_breaks_the_reader_and_what_it_takes_is_what_stands_there() {
    testing::survive(COMPLETE, 120, 0x9E37_79B9_7F4A_7C15);
    testing::survive(MINIMAL, 400, 0xD1B5_4A32_D192_ED03);
    testing::survive(specimen("prefixed.xml"), 120, 0x8CB9_2BA7_2F3D_8DD7);
}
