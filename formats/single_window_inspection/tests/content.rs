//! Who and which an application is, and what makes two of them the same (rulings 1, K2).

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
    leaves(COMPLETE, super::super::SingleWindowInspection.repeated())
}

/// What K2 leaves out: the number and the declarant, as they stand at the root and in the head.
fn is_identity(leaf: &Leaf) -> bool {
    const IDENTITY: &[&str] = &["EntDeclNo", "CopNo", "DeclRegScc", "DeclRegNo"];
    !leaf.path.contains("/ITF_DCL_IO_DECL_") && IDENTITY.contains(&leaf.name.as_str())
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
fn an_application_is_known_by_its_number_and_who_files_it() {
    assert_eq!(read(COMPLETE).identity, ["declarant 91441323MA4WXY1296", "Inspection HD-BJ-2012-0001"]);
    let without_code = minimal_with("<DeclRegScc>91441323MA4WXY1296</DeclRegScc>", "<DeclRegScc/>");
    assert_eq!(read(&without_code).identity[0], "declarant 4413600021");
    let own_number = minimal_with("<EntDeclNo>HD-BJ-2012-0002</EntDeclNo>", "")
        .replace("<operType>", "<CopNo>CHENBU-01</CopNo><operType>");
    assert_eq!(read(&own_number).identity[1], "Inspection CHENBU-01");
}

#[test]
fn how_it_is_written_is_ignored() {
    same(&rewritten(referenced), "character references");
    same(&rewritten(sectioned), "sections");
    same(&rewritten(|value| format!("\r\n\t {value} \n")), "white space around values");
    same(&compacted(COMPLETE), "no white space between elements");
    same(&COMPLETE.replace('\n', "\r\n"), "other line ends");
    same(&COMPLETE.replace(">\n", ">\n<!-- a -->\n<?go?>\n"), "comments and instructions between elements");
    let bare = bare(COMPLETE);
    same(&bare, "attributes");
    same(&prefixed(&bare, "ciq"), "a prefix");
    same(&bare.replace(" xmlns=\"http://www.chinaport.gov.cn/ciq\"", ""), "no namespace");
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
        let changed = if leaf.name == "AplKind" { "X" } else { &format!("{value}1") };
        told_apart(&with(COMPLETE, leaf.value.clone(), changed), format!("{} changed", leaf.path));
        told_apart(&with(COMPLETE, leaf.element.clone(), ""), format!("{} removed", leaf.path));
    }
}

#[test]
fn a_value_that_moves_is_not_the_same() {
    moved_leaves_differ(COMPLETE, &content_leaves(), digest);
}
