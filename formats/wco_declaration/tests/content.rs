//! Who and which a declaration is, and what makes two of them the same (rulings 1, K2).

use super::super::WcoDeclaration;
use super::*;
use crate::Format;
use crate::testing::{Leaf, compacted, leaves, read, referenced, sectioned, with};
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

/// What K2 leaves out: the numbers and the declarant.
fn is_identity(leaf: &Leaf) -> bool {
    ["/Declaration/ID", "/Declaration/FunctionalReferenceID", "/Declaration/Declarant/ID"]
        .contains(&leaf.path.as_str())
}

fn content_leaves() -> Vec<Leaf> {
    let leaves = leaves(COMPLETE, WcoDeclaration.repeated());
    leaves.into_iter().filter(|leaf| !is_identity(leaf)).collect()
}

fn rewritten(value: impl Fn(&str) -> String) -> String {
    let mut text = COMPLETE.to_owned();
    for leaf in leaves(COMPLETE, WcoDeclaration.repeated()).into_iter().rev() {
        let new = value(&COMPLETE[leaf.value.clone()]);
        text = with(&text, leaf.value, &new);
    }
    text
}

#[test]
fn a_declaration_is_known_by_its_numbers_and_its_declarant() {
    assert_eq!(
        read(COMPLETE).identity,
        ["declarant GB512340987444", "Entry 24GB7K2M9PQRS4T5A1", "Client HD24EXP0001"]
    );
    let only_exporter = minimal_with("<ID>GB512340987444</ID>", "<Name>Quayside Declarations Ltd</Name>");
    assert_eq!(read(&only_exporter).identity, ["declarant GB512340987555", "Client HD24EXP0002"]);
}

#[test]
fn how_it_is_written_is_ignored() {
    same(&rewritten(referenced), "character references");
    same(&rewritten(sectioned), "sections");
    same(&rewritten(|value| format!("\r\n\t {value} \n")), "white space around values");
    same(&compacted(COMPLETE), "no white space between elements");
    same(&COMPLETE.replace('\n', "\r\n"), "other line ends");
    same(&COMPLETE.replace(">\n", ">\n<!-- a -->\n"), "comments between elements");
    same(&COMPLETE.replace(" formatCode=\"304\"", ""), "attributes that are no field");
    same(&COMPLETE.replace("p1:", "ds:").replace("xmlns:p1", "xmlns:ds"), "another prefix");
}

#[test]
fn numbers_and_declarant_are_no_content() {
    for leaf in leaves(COMPLETE, WcoDeclaration.repeated()).iter().filter(|leaf| is_identity(leaf)) {
        same(&with(COMPLETE, leaf.value.clone(), "X"), &leaf.path);
        same(&with(COMPLETE, leaf.element.clone(), ""), &leaf.path);
    }
}

/// A currency or a unit is a value, though an attribute carries it: another one is another amount.
#[test]
fn nothing_else_is_ignored() {
    let mut seen = BTreeMap::from([(digest(COMPLETE), "the specimen itself".to_owned())]);
    let mut told_apart = |text: &str, what: String| {
        if digest(text).is_some()
            && let Some(other) = seen.insert(digest(text), what.clone())
        {
            panic!("{what} looks like {other}");
        }
    };
    for leaf in &content_leaves() {
        let value = &COMPLETE[leaf.value.clone()];
        told_apart(
            &with(COMPLETE, leaf.value.clone(), &format!("{value}1")),
            format!("{} changed", leaf.path),
        );
        told_apart(&with(COMPLETE, leaf.element.clone(), ""), format!("{} removed", leaf.path));
    }
    for (at, attribute) in
        COMPLETE.match_indices("currencyID=\"").chain(COMPLETE.match_indices("unitCode=\""))
    {
        let value = at + attribute.len()..at + attribute.len() + 3;
        told_apart(&with(COMPLETE, value, "XXX"), format!("the attribute at {at}"));
    }
}

#[test]
fn a_value_that_moves_is_not_the_same() {
    let leaves = content_leaves();
    let original = digest(COMPLETE);
    for pair in leaves.windows(2) {
        let [one, other] = pair else { unreachable!("windows of two") };
        let swapped = with(COMPLETE, other.element.clone(), &COMPLETE[one.element.clone()]);
        let swapped = with(&swapped, one.element.clone(), &COMPLETE[other.element.clone()]);
        assert_ne!(digest(&swapped), original, "{} and {} swapped", one.path, other.path);
    }
}
