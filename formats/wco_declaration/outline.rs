//! A message as elements with their bounds: for what is done to the text and not to the values read from it.

use super::read::MANNERS;
use crate::request::Written;
use crate::xml::kept::Keeper;
use crate::xml::{Node, Reader, Tag};
use model::limits::Limits;

/// An element, from `<` to behind its end tag.
#[derive(Debug)]
pub(super) struct Element<'b> {
    /// Local name; empty when it is in a namespace foreign to the message.
    pub name: &'b str,
    /// Offset of its start tag.
    pub start: usize,
    /// Offset behind its end tag.
    pub end: usize,
    /// Its value, where it holds no elements.
    pub value: &'b str,
    /// Attributes that are values, by name.
    pub attributes: Vec<(&'static str, &'b str)>,
    /// Elements in it.
    pub children: Vec<Element<'b>>,
}

/// Attributes without which a value is another one, or none.
const ATTRIBUTES: &[&str] = &["currencyID", "unitCode", "formatCode"];

impl<'b> Element<'b> {
    /// It holds no elements.
    pub fn is_leaf(&self) -> bool {
        self.children.is_empty()
    }

    /// The value of the first element of this name in it; empty when there is none.
    pub fn value_of(&self, name: &str) -> &'b str {
        self.children.iter().find(|child| child.name == name).map_or("", |child| child.value)
    }

    /// How many elements it is, itself included.
    pub fn size(&self) -> usize {
        1 + self.children.iter().map(Element::size).sum::<usize>()
    }
}

/// The root of a message; none when it cannot be read.
pub(super) fn outline<'b>(written: Written<'b>, keeper: Keeper<'b>, limits: &Limits) -> Option<Element<'b>> {
    let mut reader = Reader::thorough(written.text, written.namespaces, keeper).within(*limits);
    let root = reader.root().ok()?;
    reader.keep_to(MANNERS);
    let root = element(&mut reader, root.tag)?;
    reader.finish().ok()?;
    Some(root)
}

fn element<'b>(reader: &mut Reader<'b>, tag: Tag<'b>) -> Option<Element<'b>> {
    let mut children = Vec::new();
    loop {
        match reader.next().ok()? {
            Node::Open(tag) => children.push(element(reader, tag)?),
            Node::Leaf(tag, value) => children.push(leaf(reader, tag, value)),
            Node::Close => break,
            Node::End => return None,
        }
    }
    let (start, end) = (tag.offset as usize, reader.end() as usize);
    Some(Element { name: tag.name, start, end, value: "", attributes: Vec::new(), children })
}

fn leaf<'b>(reader: &mut Reader<'b>, tag: Tag<'b>, value: &'b str) -> Element<'b> {
    let (start, end) = (tag.offset as usize, reader.end() as usize);
    let mut attributes = Vec::new();
    if reader.has_attributes(tag) {
        for &name in ATTRIBUTES {
            if let Ok(Some(said)) = reader.attribute_of(tag, name) {
                attributes.push((name, said));
            }
        }
    }
    Element { name: tag.name, start, end, value, attributes, children: Vec::new() }
}
