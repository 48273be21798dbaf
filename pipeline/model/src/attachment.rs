//! Files that travelled in a ZIP beside messages: digested, never opened, and found by the names e-documents refer to.
//!
//! Desks name the same file in many ways: with a folder in front, without its extension, in other case. A reference finds
//! a file when the last parts of both names are the same, or differ by an extension that only one of them has.

use crate::batch::InputId;
use std::collections::{BTreeMap, BTreeSet};

/// A file that travelled in a ZIP beside its message: digested, never opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The ZIP it stands in; its documents have inputs whose container is the same.
    pub container: InputId,
    /// Its name as stored, control characters escaped.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// blake3 of its bytes.
    pub digest: [u8; 32],
}

/// The attachments of one ZIP.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attachments {
    /// In the order of the ZIP.
    pub list: Vec<Attachment>,
    /// Positions by base name, and by base name without extension; in lower case. A declaration may refer to as many
    /// names as fit in it, so none of them may cost a look at the whole list.
    by_name: BTreeMap<String, Vec<usize>>,
}

impl Attachments {
    /// The attachments of a ZIP, to be found by name.
    pub fn new(list: Vec<Attachment>) -> Attachments {
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (idx, attachment) in list.iter().enumerate() {
            let base = base_name(&attachment.name);
            for name in BTreeSet::from([base.as_str(), stem(&base)]) {
                by_name.entry(name.to_owned()).or_default().push(idx);
            }
        }
        Attachments { list, by_name }
    }

    /// Which attachments the references name, by position; each with what the first reference that names it says.
    pub fn named_by<'r>(
        &self,
        references: impl IntoIterator<Item = (&'r str, &'r str)>,
    ) -> BTreeMap<usize, &'r str> {
        let mut named = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for (name, says) in references {
            let name = base_name(name);
            if name.is_empty() || seen.contains(&name) {
                continue;
            }
            self.found_by(&name).for_each(|idx| {
                named.entry(idx).or_insert(says);
            });
            seen.insert(name);
        }
        named
    }

    fn found_by(&self, name: &str) -> impl Iterator<Item = usize> {
        let positions = |name: &str| self.by_name.get(name).map_or(&[][..], Vec::as_slice);
        // `a.pdf` finds `a`, which has no extension, and not `a.doc`.
        let bare = stem(name);
        let is_bare = move |idx: &usize| base_name(&self.list[*idx].name) == bare;
        positions(name).iter().chain(positions(bare).iter().filter(move |idx| is_bare(idx))).copied()
    }
}

/// The last part of a name, in lower case: senders write paths of their own machines, in either manner.
fn base_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or_default().trim().to_lowercase()
}

/// A name without its extension.
fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && !extension.is_empty() => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attachments(names: &[&str]) -> Attachments {
        let attachment = |name: &&str| Attachment {
            container: InputId(0),
            name: (*name).to_owned(),
            bytes: 1,
            digest: [0; 32],
        };
        Attachments::new(names.iter().map(attachment).collect())
    }

    #[test]
    fn which_reference_finds_which_file() {
        for (reference, file, is_found) in [
            ("invoice.pdf", "invoice.pdf", true),
            ("INVOICE.PDF", "docs/Invoice.pdf", true),
            ("invoice", "invoice.pdf", true),
            ("invoice.pdf", "invoice", true),
            ("C:\\out\\invoice.pdf", "invoice.pdf", true),
            ("发票.pdf", "单证/发票.PDF", true),
            ("invoice.pdf", "invoice.doc", false),
            ("invoice.pdf", "invoice.pdf.sig", true),
            ("invoice", "invoice.pdf.sig", false),
            ("invoice", "invoice2.pdf", false),
            ("", "invoice.pdf", false),
            ("", ".pdf", false),
            ("pdf", ".pdf", false),
        ] {
            let named = attachments(&[file]).named_by([(reference, "00000001")]);
            assert_eq!(named.contains_key(&0), is_found, "{reference} and {file}");
        }
    }

    #[test]
    fn the_first_reference_says_what_a_file_is() {
        let attachments = attachments(&["a.pdf", "b.pdf", "c.pdf"]);
        let named = attachments.named_by([("b", "1"), ("a.pdf", "2"), ("B.PDF", "3"), ("B", "4")]);
        assert_eq!(named, BTreeMap::from([(0, "2"), (1, "1")]));
    }
}
