//! What a document says, in a form that two readers can be compared by.
//!
//! Pieces apart by a character that XML does not allow: the root with its namespace, `+Name` for an element that holds
//! elements, `Name=value` for one that holds a value, `-` for the end of the former. An element of a namespace foreign to
//! the document has no name.

use formats::xml::kept::Kept;
use formats::xml::{Malformed, Node, Reader};
use model::batch::Namespaces;

const APART: char = '\u{1E}';

/// A document as the thorough reader reads it.
#[derive(Debug, Default)]
pub struct Outline {
    /// What it says.
    pub told: String,
    /// Each value with the offset of its element.
    pub values: Vec<(u32, String)>,
}

/// Reads a document to its end.
///
/// # Errors
/// Why it cannot be read.
pub fn outline(text: &str, inherited: Option<&Namespaces>) -> Result<Outline, Malformed> {
    let kept = Kept::default();
    let mut reader = Reader::thorough(text, inherited, kept.keeper());
    let mut outline = Outline::default();
    let root = reader.root()?;
    outline.told = format!("{}@{}", root.tag.name, root.namespace);
    let mut n_open = 1;
    while n_open > 0 {
        outline.told.push(APART);
        match reader.next()? {
            Node::Open(tag) => {
                n_open += 1;
                outline.told.push('+');
                outline.told.push_str(tag.name);
            }
            Node::Leaf(tag, value) => {
                outline.told.extend([tag.name, "=", value]);
                outline.values.push((tag.offset, value.to_owned()));
            }
            Node::Close => {
                n_open -= 1;
                outline.told.push('-');
            }
            Node::End => n_open = 0,
        }
    }
    reader.finish()?;
    Ok(outline)
}

/// The first piece in which two differ, for people.
pub fn difference(ours: &str, theirs: &str) -> String {
    let (mut our_pieces, mut their_pieces) = (ours.split(APART), theirs.split(APART));
    loop {
        match (our_pieces.next(), their_pieces.next()) {
            (None, None) => return "no difference".to_owned(),
            (our, their) if our == their => {}
            (our, their) => return format!("we read {our:?}, the peer {their:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_told_in_one_form_however_it_is_written() {
        let told = |text: &str| outline(text, None).map(|it| it.told.replace(APART, " "));
        let expected = Ok("R@u +L A=1 & 2 = - -".to_owned());
        assert_eq!(told("<R xmlns='u'><L><A>1 &amp; 2</A><b xmlns='v'/></L></R>"), expected);
        assert_eq!(
            told("<x:R xmlns:x='u'><L> <A><![CDATA[1 & 2]]></A><b xmlns='v'></b></L></x:R>"),
            expected
        );
        assert!(told("<R>1<A/></R>").is_err());
    }

    #[test]
    fn the_first_difference_is_told() {
        let (ours, theirs) = ("R@\u{1E}A=1\u{1E}-", "R@\u{1E}A=2\u{1E}-");
        assert_eq!(difference(ours, theirs), "we read Some(\"A=1\"), the peer Some(\"A=2\")");
        assert_eq!(difference(ours, "R@"), "we read Some(\"A=1\"), the peer None");
    }
}
