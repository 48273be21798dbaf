//! The application, proved on the specimens beside it.

mod answers;
mod content;
mod fields;

use crate::testing::{self, Reading};

/// Each specimen by name, with its text.
macro_rules! specimens {
    ($($name:literal)*) => { &[$(($name, include_str!(concat!("specimens/", $name)))),*] };
}

const SPECIMENS: &[(&str, &str)] = specimens!(
    "complete.xml"
    "transport.xml"
    "minimal.xml"
    "no_namespace.xml"
    "prefixed.xml"
    "both_names.xml"
    "channel_secrets.xml"
    "older_codes.xml"
    "empty_spellings.xml"
    "compact.xml"
    "regional_wrapper.xml"
    "draft.xml"
    "entry.xml"
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

/// The minimal application with one piece exchanged.
#[track_caller]
fn minimal_with(from: &str, to: &str) -> String {
    assert_eq!(MINIMAL.matches(from).count(), 1, "{from} once");
    MINIMAL.replace(from, to)
}

/// Without the attribute that names the schema.
fn bare(text: &str) -> String {
    const SCHEMA: &str = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://www.chinaport.gov.cn/ciq DecCiqMessage.xsd\"";
    text.replace(SCHEMA, "")
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
        let kind = if matches!(*name, "draft.xml" | "entry.xml") { "declined" } else { "inspection" };
        assert_eq!((reading.kind, reading.format), (kind, Some("single_window_inspection")), "{name}");
        assert_eq!(reading.findings.is_empty(), kind == "inspection", "{name}: {}", reading.told);
    }
}

#[test]
fn nothing_breaks_the_reader_and_what_it_takes_is_what_stands_there() {
    testing::survive(COMPLETE, 500, 0xA076_1D64_78BD_642F);
    testing::survive(MINIMAL, 1_500, 0xE703_7ED1_A0B4_28DB);
    testing::survive(specimen("regional_wrapper.xml"), 400, 0x9E37_79B9_7F4A_7C15);
    testing::survive(specimen("prefixed.xml"), 400, 0x8EBC_6AF0_9C88_C6E3);
}
