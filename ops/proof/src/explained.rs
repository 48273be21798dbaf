//! Where we refuse and another reader of XML does not: each reason is documented in `formats/README.md`, and shown here to
//! hold of the very document by what the other reader saw in it.

use crate::peer::Facts;
use model::limits::Limits;

/// One stricter rule.
pub struct Explained {
    /// The rule.
    pub rule: &'static str,
    /// How its sentence begins.
    pub what: &'static str,
    /// The document is one it speaks of.
    pub holds: fn(&Facts, &[u8]) -> bool,
}

const fn stricter(rule: &'static str, what: &'static str, holds: fn(&Facts, &[u8]) -> bool) -> Explained {
    Explained { rule, what, holds }
}

/// All of them. Whatever is refused for another reason, though the other reader takes it, is a defect of ours.
pub static EXPLAINED: &[Explained] = &[
    stricter("MSG-001", "the XML declaration is malformed", |facts, _| facts.has("version")),
    stricter("MSG-002", "there is a document type declaration", |facts, _| facts.has("doctype")),
    stricter("MSG-003", "the encoding is not taken", |facts, bytes| {
        facts.has("encoding") || is_sixteen(bytes)
    }),
    stricter("MSG-003", "the message is in UTF-16 without a byte order mark", |_, bytes| is_sixteen(bytes)),
    stricter("MSG-005", "an element that may stand once stands again", |facts, _| facts.has("repeated")),
    // Which names one field goes by is the format's to say.
    stricter("MSG-005", "one field stands under two names", |facts, _| facts.most("text") > 0),
    stricter("MSG-009", "a comment or processing instruction stands inside a value", |facts, _| {
        facts.has("aside")
    }),
    stricter("MSG-010", "elements are nested too deep", nests_too_deep),
    stricter("MSG-010", "an element has too many attributes", |facts, _| {
        facts.most("attributes") > limits().attributes
    }),
    stricter("MSG-010", "too many namespace bindings", |facts, _| {
        facts.most("bindings") > limits().namespace_bindings
    }),
    stricter("MSG-010", "there are too many references", |_, bytes| {
        n_references(bytes) > limits().references
    }),
    stricter("MSG-010", "a name has too many bytes", |facts, _| facts.most("name") > limits().name_bytes),
    stricter("MSG-010", "an attribute has too many bytes", |facts, _| {
        facts.most("attribute") > limits().attribute_value_bytes
    }),
    stricter("MSG-010", "a value has too many bytes", |facts, _| {
        facts.most("text") > limits().text_value_bytes
    }),
    stricter("MSG-010", "a comment has too many bytes", |facts, _| {
        facts.most("comment") > limits().comment_bytes
    }),
    stricter("MSG-010", "a processing instruction has too many bytes", |facts, _| {
        facts.most("instruction") > limits().instruction_bytes
    }),
    stricter("MSG-010", "the message stands inside too many wrappers", nests_too_deep),
    // A root within a root that is nested too deep may be the next document, and what stands behind it is no longer in one.
    stricter("MSG-014", "the message ends before its root is closed", nests_too_deep),
    stricter("MSG-001", "an element follows the root of a message of an unknown kind", nests_too_deep),
    stricter("MSG-013", "text or loose markup stands outside any message", nests_too_deep),
    stricter("MSG-011", "", |_, bytes| contains(bytes, b"DxpMsg")),
    stricter("MSG-013", "there is text between elements", |facts, bytes| {
        facts.has("mixed") || facts.has("section") || contains(bytes, b"&#")
    }),
    // What a format's element holds is the format's to say.
    stricter("MSG-013", "an element that should hold elements holds text", |facts, _| facts.most("text") > 0),
];

/// What explains a refusal, if anything does.
pub fn explanation(rule: &str, what: &str, facts: &Facts, bytes: &[u8]) -> Option<&'static Explained> {
    let mut known = EXPLAINED.iter().filter(|it| it.rule == rule && what.starts_with(it.what));
    known.find(|it| (it.holds)(facts, bytes))
}

fn nests_too_deep(facts: &Facts, _bytes: &[u8]) -> bool {
    facts.most("depth") > limits().depth
}

fn limits() -> Limits {
    Limits::default()
}

fn n_references(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'&').count()
}

fn contains(bytes: &[u8], piece: &[u8]) -> bool {
    // In UTF-16 every other byte of it is nothing.
    let letters: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    letters.windows(piece.len()).any(|it| it == piece)
}

fn is_sixteen(bytes: &[u8]) -> bool {
    matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, _, ..] | [_, 0, ..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn saw(noticed: &[&str]) -> Facts {
        Facts { noticed: noticed.iter().map(|it| (*it).to_owned()).collect(), ..Facts::default() }
    }

    #[test]
    fn a_reason_explains_only_what_it_is_a_reason_for() {
        let doctype = "there is a document type declaration";
        assert!(explanation("MSG-002", doctype, &saw(&["doctype"]), b"").is_some());
        assert!(explanation("MSG-002", doctype, &saw(&["mixed"]), b"").is_none());
        assert!(
            explanation("MSG-001", "an attribute is malformed", &saw(&["doctype", "mixed"]), b"").is_none()
        );
        assert!(
            explanation("MSG-014", "the message ends inside a piece of markup", &saw(&[]), b"").is_none()
        );
        let many = "there are too many references";
        assert!(explanation("MSG-010", many, &saw(&[]), &[b'&'; 10_001]).is_some());
        assert!(explanation("MSG-010", many, &saw(&[]), &[b'&'; 10_000]).is_none());
    }

    #[test]
    fn the_page_of_the_formats_names_every_stricter_rule() {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../formats/README.md");
        let page = std::fs::read_to_string(page).unwrap();
        for explained in EXPLAINED {
            assert!(page.contains(explained.rule), "{} is not on the page", explained.rule);
        }
    }
}
