//! The declaration, proved on the specimens beside it.

mod answers;
mod content;
mod fields;
mod lengths;
mod refusals;

use crate::testing::{self, Reading};

/// Each specimen by name, with its text.
macro_rules! specimens {
    ($($name:literal)*) => { &[$(($name, include_str!(concat!("specimens/", $name)))),*] };
}

const SPECIMENS: &[(&str, &str)] = specimens!(
    "complete.xml"
    "minimal.xml"
    "official_misspellings.xml"
    "corrected_spellings.xml"
    "export_swap.xml"
    "child_names.xml"
    "repeated_without_wrapper.xml"
    "case_sensitive_codes.xml"
    "old_codes.xml"
    "prefixed.xml"
    "no_namespace.xml"
    "children_without_namespace.xml"
    "version_upper_case.xml"
    "empty_spellings.xml"
    "decimals.xml"
    "attachment.xml"
    "beyond_stated_lengths.xml"
    "personal_fields.xml"
    "compact.xml"
    "crlf.xml"
    "draft.xml"
    "upload.xml"
    "import.xml"
);

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
    exchanged(MINIMAL, from, to)
}

#[track_caller]
fn exchanged(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from} once");
    text.replace(from, to)
}

#[test]
fn the_readme_names_each_specimen() {
    let readme = include_str!("README.md");
    for (name, _) in SPECIMENS {
        assert!(readme.contains(&format!("`{name}`")), "README.md lacks {name}");
    }
}

#[test]
fn every_specimen_is_taken_or_declined_as_its_name_says() {
    for (name, text) in SPECIMENS {
        let reading = testing::read(text);
        let kind = match *name {
            "draft.xml" | "upload.xml" | "import.xml" => "declined",
            _ => "declaration",
        };
        assert_eq!((reading.kind, reading.format), (kind, Some("single_window_declaration")), "{name}");
        let is_quiet = reading.findings.is_empty();
        assert_eq!(
            is_quiet,
            kind == "declaration" && *name != "corrected_spellings.xml",
            "{name}: {}",
            reading.told
        );
    }
}

#[test]
fn nothing_breaks_the_reader_and_what_it_takes_is_what_stands_there() {
    testing::survive(COMPLETE, 400, 0x9E37_79B9_7F4A_7C15);
    testing::survive(MINIMAL, 1_600, 0xD1B5_4A32_D192_ED03);
    testing::survive(specimen("prefixed.xml"), 400, 0x8CB9_2BA7_2F3D_8DD7);
}
