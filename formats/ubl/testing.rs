//! What the tests of every message of the language need: its specimens looked at leaf by leaf.

use super::{elements::UNREAD, kind};
use crate::Format;
use crate::testing::{
    Leaf, Reading, compacted, derived, field_map, leaves, listed, read, referenced, said, sectioned,
    survive_but, with, with_field_map,
};
use expect_test::ExpectFile;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// A message under test.
pub(crate) struct Subject {
    pub format: &'static dyn Format,
    /// Every element that is read, filled.
    pub complete: &'static str,
    pub minimal: &'static str,
    /// Paths of the leaves that make up the key.
    pub identity: &'static [&'static str],
}

impl Subject {
    fn leaves(&self) -> Vec<Leaf> {
        leaves(self.complete, self.format.repeated())
    }

    fn content_leaves(&self) -> Vec<Leaf> {
        let is_identity = |leaf: &Leaf| self.identity.contains(&leaf.path.as_str());
        self.leaves().into_iter().filter(|leaf| !is_identity(leaf)).collect()
    }

    /// The map of fields on the page of the format is that of the code.
    pub fn check_page(&self, page: &str, file: ExpectFile) {
        let elsewhere = match self.format.derived() {
            [] => String::new(),
            fields => derived(fields),
        };
        let table = [field_map(self.format.rows(), &[]), elsewhere, self.unread()].concat();
        file.assert_eq(&with_field_map(page, &table));
    }

    /// What may stand where nothing is read, by the element it stands in: as far as this message has it.
    fn unread(&self) -> String {
        let ways = self.format.rows().iter().flat_map(|map| {
            let ways = map.fields.iter().chain(map.otherwise);
            ways.flat_map(|(way, _)| way.split('/')).chain([map.element])
        });
        let kinds: BTreeSet<&str> = ways.chain(["Shipment", "Consignment", "Package"]).map(kind).collect();
        let mut table = String::from(
            "### Known and not read\n\nWhere an element of these stands on no way above. `Party` means every party, and so on.\n\n\
             | in | elements | why |\n|---|---|---|\n",
        );
        for unread in UNREAD.iter().filter(|unread| kinds.contains(unread.within)) {
            let names =
                unread.names.split(' ').map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            writeln!(table, "| `{}` | {names} | {} |", unread.within, unread.why)
                .expect("a string takes all");
        }
        table.push('\n');
        table
    }

    /// Each value arrives in its field, as the list beside the specimen says, and every field is filled.
    pub fn check_complete(&self, list: ExpectFile) {
        let reading = read(self.complete);
        assert_eq!(reading.told, "", "nothing is wrong with it");
        list.assert_eq(&listed(self.complete, &reading));
        for map in self.format.rows() {
            for (way, field) in map.fields {
                let name = format!("{} 1 {field}", map.record);
                assert!(!reading.value(&name).is_empty(), "{}/{way} is empty in complete.xml", map.element);
            }
        }
    }

    /// Prefixes, line ends, comments and ways to write a character change neither what is read nor what is the same.
    pub fn check_spellings(&self, prefixed: &str) {
        let before = read(self.complete);
        let mut rewritten = [self.complete.to_owned(), self.complete.to_owned()];
        for leaf in self.leaves().into_iter().rev() {
            let value = &self.complete[leaf.value.clone()];
            rewritten[0] = with(&rewritten[0], leaf.value.clone(), &referenced(value));
            rewritten[1] = with(&rewritten[1], leaf.value, &sectioned(value));
        }
        let [references, sections] = rewritten;
        let complete = self.complete;
        for text in [
            prefixed.to_owned(),
            unprefixed(complete),
            references,
            sections,
            compacted(complete),
            complete.replace('\n', "\r\n"),
            complete.replace(">\n", ">\n<!-- a -->\n<?go?>\n"),
        ] {
            let reading = read(&text);
            assert_eq!(reading.told, "", "{text}");
            assert_eq!(reading.content, before.content, "{text}");
            assert_eq!(reading.differing(&before), Vec::<String>::new(), "{text}");
        }
    }

    /// The key is no content, and everything else is (ruling K2).
    pub fn check_content(&self) {
        let original = read(self.complete).content;
        for leaf in self.leaves().iter().filter(|leaf| self.identity.contains(&leaf.path.as_str())) {
            assert_eq!(
                read(&with(self.complete, leaf.value.clone(), "77")).content,
                original,
                "{}",
                leaf.path
            );
        }
        let mut seen = BTreeMap::from([(original, "the specimen itself".to_owned())]);
        let mut told_apart = |text: &str, what: String| {
            let content = read(text).content;
            match seen.insert(content, what.clone()) {
                Some(other) if content.is_some() => panic!("{what} looks like {other}"),
                _ => {}
            }
        };
        for leaf in self.content_leaves() {
            let changed = format!("{}1", &self.complete[leaf.value.clone()]);
            told_apart(&with(self.complete, leaf.value, &changed), format!("{} changed", leaf.path));
            told_apart(&with(self.complete, leaf.element, ""), format!("{} removed", leaf.path));
        }
    }

    /// A leaf moves the fields it is listed under and no others.
    pub fn check_leaves(&self) {
        let before = read(self.complete);
        let filled: BTreeSet<u32> = before.filled.iter().map(|filled| filled.offset).collect();
        for leaf in self.leaves() {
            let reading = read(&with(self.complete, leaf.value.clone(), "77"));
            if reading.kind == "declined" {
                continue;
            }
            let differing = reading.differing(&before);
            let is_read = filled.contains(&(leaf.element.start as u32));
            // The type of a document says what becomes of it.
            let is_read = is_read || leaf.name == "DocumentTypeCode";
            assert!(is_read || differing.is_empty(), "{}: {differing:?}", leaf.path);
            for name in differing {
                assert!(
                    name.ends_with("weight_kg") || reading.value(&name) == "77" || is_shared(&name),
                    "{name}"
                );
            }
        }
    }

    /// What may stand once does not stand twice, and nothing breaks the reader.
    pub fn check_hostile(&self) {
        let filled: BTreeSet<u32> = read(self.complete).filled.iter().map(|filled| filled.offset).collect();
        for leaf in self.leaves() {
            let name = &leaf.name;
            let twice = format!("{0}\n{0}", &self.complete[leaf.element.clone()]);
            let reading = read(&with(self.complete, leaf.element.clone(), &twice));
            let is_read = filled.contains(&(leaf.element.start as u32));
            if is_read && !self.format.repeated().iter().any(|known| leaf.path.contains(known)) {
                assert_eq!(reading.kind, "refused", "{name} stands twice: {}", reading.told);
            }
        }
        survive_but(self.complete, 60, 0xA076_1D64_78BD_642F, is_coded);
        survive_but(self.minimal, 250, 0xE703_7ED1_A0B4_28DB, is_coded);
    }
}

/// A value that several fields come from: the kind of a document decides what is made of it, its line goes with all that
/// belongs to the line, and a code becomes one of the model.
fn is_shared(name: &str) -> bool {
    [
        "goods_line",
        "goods_lines",
        "type_code",
        "id",
        "first_quantity",
        "first_unit",
        "transport_mode",
        "document_type",
        "invoice_number",
        "number",
        "date",
        "preference",
        "issuer",
    ]
    .iter()
    .any(|field| name.ends_with(field))
}

/// The message without prefixes: each element binds the default namespace anew.
pub(crate) fn unprefixed(text: &str) -> String {
    let bound = |prefix: &str, namespace: &str, text: String| {
        let mut rewritten = String::new();
        for (piece_idx, piece) in text.split(&format!("<{prefix}:")).enumerate() {
            if piece_idx > 0 {
                let end = piece.find([' ', '>', '/']).expect("a tag ends");
                write!(rewritten, "<{} xmlns=\"{namespace}\"{}", &piece[..end], &piece[end..])
                    .expect("a string takes all");
            } else {
                rewritten.push_str(piece);
            }
        }
        rewritten.replace(&format!("</{prefix}:"), "</")
    };
    bound("cbc", super::BASIC, bound("cac", super::AGGREGATE, text.to_owned()))
}

/// The values of these fields, a line each: for specimens that show one thing.
pub(crate) fn values(reading: &Reading, names: &[&str]) -> String {
    names.iter().map(|name| format!("{name} = {}\n", reading.value(name))).collect()
}

/// Every value is the one that stands in its element.
pub(crate) fn check_values(text: &str) {
    for filled in read(text).filled {
        if let Some((_, value)) = said(text, filled.offset as usize) {
            assert!(filled.value == value || is_coded(&filled.name), "{}: {}", filled.name, filled.value);
        }
    }
}

/// Codes of the model, and values of attributes.
fn is_coded(name: &str) -> bool {
    [
        "direction",
        "transport_mode",
        "price_term",
        "document_type",
        "unit",
        "first_unit",
        "second_unit",
        "unit_en",
        "weight_unit",
        "type_code",
    ]
    .iter()
    .any(|field| name.ends_with(&format!(" {field}")))
        || name.ends_with("currency")
}
