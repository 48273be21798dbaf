//! Who and which a declaration is, and what makes two of them the same (rulings 1, K1, K2).

use super::super::REPEATED;
use super::*;
use crate::testing::{
    Leaf, compacted, empty_leaves_are_absent, leaves, prefixed, read, referenced, sectioned, with,
};
use crate::xml::kept::Kept;
use crate::{EntryKind, Scratch};
use model::batch::Namespaces;
use model::documents::Documents;
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

fn content_leaves() -> Vec<Leaf> {
    leaves(COMPLETE, REPEATED).into_iter().filter(|leaf| !is_identity(leaf)).collect()
}

/// What K2 leaves out: the numbers, the declarant, and all of the signature.
fn is_identity(leaf: &Leaf) -> bool {
    const IDENTITY: &[&str] = &["EntryId", "SeqNo", "AgentCode", "AgentCodeScc"];
    let in_head = leaf.path.starts_with("/DecMessage/DecHead/");
    leaf.path.starts_with("/DecMessage/DecSign/") || (in_head && IDENTITY.contains(&leaf.name.as_str()))
}

/// The complete specimen with every filled value written in another way.
fn rewritten(value: impl Fn(&str) -> String) -> String {
    let mut text = COMPLETE.to_owned();
    for leaf in leaves(COMPLETE, REPEATED).into_iter().rev() {
        let new = value(&COMPLETE[leaf.value.clone()]);
        text = with(&text, leaf.value, &new);
    }
    text
}

#[test]
fn a_declaration_is_known_by_who_files_it_and_its_three_numbers() {
    assert_eq!(
        read(COMPLETE).identity,
        [
            "declarant 91441323555600018G",
            "Entry 535420180000000018",
            "Unified E20180000000000017",
            "Client HC20180910000000018",
        ]
    );
    assert_eq!(read(MINIMAL).identity, ["declarant 91441323555600018G", "Client HC20180917000000001"]);
    let by_customs_code = minimal_with("<AgentCodeScc>91441323555600018G</AgentCodeScc>", "<AgentCodeScc/>");
    assert_eq!(read(&by_customs_code).identity[0], "declarant 4413980017");
    let anonymous = exchanged(&by_customs_code, "<AgentCode>4413980017</AgentCode>", "");
    assert_eq!(read(&anonymous).identity[0], "declarant ");
}

#[test]
fn the_version_of_the_schema_is_no_part_of_it() {
    let upper = read_specimen("version_upper_case.xml");
    assert_eq!(upper.identity[0], "declarant 91441323555600018G");
    for version in ["", " version='3.1'", " Version=\"4.8\"", " version='4.8' a:b='c' xmlns:a='urn:a'"] {
        same(&exchanged(COMPLETE, " version=\"4.8\"", version), version);
    }
}

#[test]
fn how_a_value_is_written_is_ignored() {
    same(&rewritten(referenced), "character references");
    same(&rewritten(sectioned), "sections");
    same(&rewritten(|value| format!("\r\n\t {value} \n")), "white space around values");
    same(&COMPLETE.replace("&amp;", "&#38;"), "a reference by number");
    same(&COMPLETE.replace("&amp;", "<![CDATA[&]]>"), "a section inside a value");
}

#[test]
fn how_the_message_is_laid_out_is_ignored() {
    same(&compacted(COMPLETE), "no white space between elements");
    same(&COMPLETE.replace('\n', "\r\n"), "other line ends");
    same(&COMPLETE.replace(">\n", ">\n<!-- a -->\n<?go?>\n"), "comments and instructions between elements");
    same(&COMPLETE.replacen("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", "", 1), "the XML declaration");
    same(&COMPLETE.replace("</DecMessage>", "</DecMessage><!-- b -->"), "a comment after the root");
}

#[test]
fn names_of_namespaces_and_attributes_are_ignored() {
    same(&prefixed(COMPLETE, "ns0"), "a prefix");
    same(&COMPLETE.replace(" xmlns=\"http://www.chinaport.gov.cn/dec\"", ""), "no namespace");
    same(
        &COMPLETE.replace("<DecHead>", "<DecHead xmlns=''>").replace("<DecLists>", "<DecLists xmlns=''>"),
        "undeclared",
    );
    same(&COMPLETE.replace("<DecLists>", "<DecLists id='1' lang='zh'>"), "attributes");
}

#[test]
fn a_wrapper_around_the_declaration_is_ignored() {
    let bare = COMPLETE.replace(" xmlns=\"http://www.chinaport.gov.cn/dec\"", "");
    let bindings = vec![(String::new(), super::super::NAMESPACE.to_owned())];
    let around = Namespaces { bindings };
    let kept = Kept::default();
    let (mut documents, mut scratch) = (Documents::default(), Scratch::default());
    let parsed = crate::parse(&bare, Some(&around), kept.keeper(), &mut documents, &mut scratch);
    assert!(matches!(parsed.entry.kind, EntryKind::Declaration { .. }), "it is a declaration");
    assert_eq!(scratch.content.digests().first().copied(), digest(COMPLETE));
}

#[test]
fn an_empty_element_is_an_absent_one() {
    empty_leaves_are_absent(COMPLETE, &content_leaves(), digest);
    let with_empty_parts = MINIMAL.replace("</DecLists>", "</DecLists><DecContainers/><DecUsers></DecUsers>");
    assert_eq!(digest(&with_empty_parts), digest(MINIMAL));
    let same_but_number =
        specimen("empty_spellings.xml").replace("HC20180917000000013", "HC20180917000000001");
    assert_eq!(digest(&same_but_number), digest(MINIMAL));
}

#[test]
fn numbers_declarant_and_signature_are_no_content() {
    for leaf in leaves(COMPLETE, REPEATED).iter().filter(|leaf| is_identity(leaf)) {
        same(&with(COMPLETE, leaf.value.clone(), "D"), &leaf.path);
        same(&with(COMPLETE, leaf.element.clone(), ""), &leaf.path);
    }
    let signature = COMPLETE.find("  <DecSign>").expect("it has one")
        ..COMPLETE.find("  <DecCopPromises>").expect("promises");
    same(&with(COMPLETE, signature, ""), "the whole signature");
    same(
        &COMPLETE.replace("<DecSign>", "<DecSign><New><A>1</A></New><Other>2</Other>"),
        "what is new in the signature",
    );
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
    let leaves = content_leaves();
    for leaf in &leaves {
        let value = &COMPLETE[leaf.value.clone()];
        told_apart(
            &with(COMPLETE, leaf.value.clone(), &format!("{value}1")),
            format!("{} changed", leaf.path),
        );
        told_apart(&with(COMPLETE, leaf.element.clone(), ""), format!("{} removed", leaf.path));
    }
    // What the reader passes over is content as well.
    assert!(
        leaves.iter().any(|leaf| leaf.name == "UseOrgPersonTel")
            && leaves.iter().any(|leaf| leaf.name == "Risk")
    );
}

#[test]
fn a_value_that_moves_is_not_the_same() {
    let leaves = content_leaves();
    let original = digest(COMPLETE);
    for leaf in &leaves {
        let element = &COMPLETE[leaf.element.clone()];
        let after_parent = end_of_parent(leaf.element.end);
        let moved = with(COMPLETE, after_parent..after_parent, element);
        let moved = with(&moved, leaf.element.clone(), "");
        assert_ne!(digest(&moved), original, "{} moved out of its row", leaf.path);
    }
    for pair in leaves.windows(2) {
        let [one, other] = pair else { unreachable!("windows of two") };
        let (first, second) = (&COMPLETE[one.element.clone()], &COMPLETE[other.element.clone()]);
        let swapped = with(COMPLETE, other.element.clone(), first);
        let swapped = with(&swapped, one.element.clone(), second);
        assert_ne!(digest(&swapped), original, "{} and {} swapped", one.path, other.path);
        let values = with(COMPLETE, other.value.clone(), &COMPLETE[one.value.clone()]);
        let values = with(&values, one.value.clone(), &COMPLETE[other.value.clone()]);
        let are_equal = COMPLETE[one.value.clone()] == COMPLETE[other.value.clone()];
        assert_eq!(
            digest(&values) == original,
            are_equal,
            "values of {} and {} swapped",
            one.path,
            other.path
        );
    }
}

/// Where the element ends that holds what ends here.
fn end_of_parent(at: usize) -> usize {
    let mut depth = 0;
    for (start, _) in COMPLETE[at..].match_indices('<') {
        let rest = &COMPLETE[at + start..];
        depth += if rest.starts_with("</") { -1 } else { 1 };
        if depth < 0 {
            return at + start + rest.find('>').expect("a specimen is well formed") + 1;
        }
    }
    panic!("it is the root")
}

#[test]
fn rows_are_not_run_together() {
    let two = "<DecContainers><Container><ContainerId>A</ContainerId></Container><Container><GoodsNo>1</GoodsNo></Container></DecContainers>";
    let one = "<DecContainers><Container><ContainerId>A</ContainerId><GoodsNo>1</GoodsNo></Container></DecContainers>";
    let digest_of = |part: &str| digest(&minimal_with("</DecLists>", &format!("</DecLists>{part}")));
    assert_ne!(digest_of(one), digest_of(two));
    let users = two
        .replace("Containers", "Users")
        .replace("<Container>", "<DecUser>")
        .replace("</Container>", "</DecUser>");
    let user = one
        .replace("Containers", "Users")
        .replace("<Container>", "<DecUser>")
        .replace("</Container>", "</DecUser>");
    assert!(digest_of(&user).is_some() && digest_of(&user) != digest_of(&users));
}
