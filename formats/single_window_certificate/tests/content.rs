//! Who and which a certificate is, and what makes two of them the same (rulings 1, K2).

use super::*;
use crate::Format;
use crate::testing::{
    Leaf, compacted, empty_leaves_are_absent, leaves, moved_leaves_differ, prefixed, read, referenced,
    sectioned, with,
};
use std::collections::BTreeMap;

fn digest(text: &str) -> Option<[u8; 32]> {
    read(text).content
}

#[track_caller]
fn same(text: &str, what: &str) {
    let reading = read(text);
    assert!(reading.content.is_some(), "{what}: {}", reading.told);
    assert_eq!(reading.content, digest(COMPLETE), "{what} is told apart");
}

fn all_leaves() -> Vec<Leaf> {
    leaves(COMPLETE, super::super::SingleWindowCertificate.repeated())
}

/// What K2 leaves out: the number and the declarant, as they stand in the head.
fn is_identity(leaf: &Leaf) -> bool {
    const IDENTITY: &[&str] = &["CertNo", "CiqRegNo", "AplRegNo"];
    leaf.path.starts_with("/Certificate/CertificateHead/") && IDENTITY.contains(&leaf.name.as_str())
}

fn content_leaves() -> Vec<Leaf> {
    all_leaves().into_iter().filter(|leaf| !is_identity(leaf)).collect()
}

fn rewritten(value: impl Fn(&str) -> String) -> String {
    let mut text = COMPLETE.to_owned();
    for leaf in all_leaves().into_iter().rev() {
        let new = value(&COMPLETE[leaf.value.clone()]);
        text = with(&text, leaf.value, &new);
    }
    text
}

#[test]
fn a_certificate_is_known_by_its_number_and_its_exporter() {
    assert_eq!(read(COMPLETE).identity, ["declarant 91441323MA4WXY1296", "Certificate RC18MA4WXY1290018"]);
    let without_exporter = minimal_with("<CiqRegNo>91441323MA4WXY1296</CiqRegNo>", "<CiqRegNo/>");
    assert_eq!(read(&without_exporter).identity[0], "declarant 91441323555600018G");
    let without_number = minimal_with("<CertNo>E18MA4WXY1290021</CertNo>", "");
    assert_eq!(read(&without_number).identity.len(), 1);
}

#[test]
fn how_it_is_written_is_ignored() {
    same(&rewritten(referenced), "character references");
    same(&rewritten(sectioned), "sections");
    same(&rewritten(|value| format!("\r\n\t {value} \n")), "white space around values");
    same(&compacted(COMPLETE), "no white space between elements");
    same(&COMPLETE.replace('\n', "\r\n"), "other line ends");
    same(&COMPLETE.replace(">\n", ">\n<!-- a -->\n<?go?>\n"), "comments and instructions between elements");
    let bare = COMPLETE.replace(" xsi:schemaLocation=\"http://www.w3.org/2000/09/xmldsig# coo.xsd\"", "");
    same(&bare, "attributes");
    same(&prefixed(&bare, "coo"), "a prefix");
    same(&bare.replace(" xmlns=\"http://www.w3.org/2000/09/xmldsig#\"", ""), "no namespace");
}

#[test]
fn number_and_declarant_are_no_content() {
    for leaf in all_leaves().iter().filter(|leaf| is_identity(leaf)) {
        same(&with(COMPLETE, leaf.value.clone(), "D"), &leaf.path);
        same(&with(COMPLETE, leaf.element.clone(), ""), &leaf.path);
    }
}

#[test]
fn an_empty_element_is_an_absent_one() {
    empty_leaves_are_absent(COMPLETE, &content_leaves(), digest);
    assert_eq!(digest(specimen("empty_spellings.xml")), digest(MINIMAL));
}

#[test]
fn nothing_else_is_ignored() {
    let mut seen = BTreeMap::from([(digest(COMPLETE), "the specimen itself".to_owned())]);
    let mut told_apart = |text: &str, what: String| {
        if let Some(other) = seen.insert(digest(text), what.clone())
            && digest(text).is_some()
        {
            panic!("{what} looks like {other}");
        }
    };
    for leaf in &content_leaves() {
        let value = &COMPLETE[leaf.value.clone()];
        let changed = if leaf.name == "ApplyType" { "2" } else { &format!("{value}1") };
        told_apart(&with(COMPLETE, leaf.value.clone(), changed), format!("{} changed", leaf.path));
        told_apart(&with(COMPLETE, leaf.element.clone(), ""), format!("{} removed", leaf.path));
    }
}

#[test]
fn a_value_that_moves_is_not_the_same() {
    moved_leaves_differ(COMPLETE, &content_leaves(), digest);
}
