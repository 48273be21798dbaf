//! Reading the leaves of an element into a row: which wire name fills which canonical field.
//!
//! Each format states its fields once, in a [`wire!`](crate::wire) table: the reader, the pointers of findings, the
//! README's field map and the matrix of all formats are made from it.

use super::{Malformed, Node, Reader, Tag};
use model::evidence;
use model::finding::{Effect, Finding, Place, RuleId, Words};
use model::text::{Record, Shape, Text};

/// The fields of one element of a format.
#[derive(Debug)]
pub struct RowMap {
    /// Element that holds the leaves.
    pub element: &'static str,
    /// Canonical kind of row.
    pub record: &'static str,
    /// Wire name and canonical field.
    pub fields: &'static [(&'static str, &'static str)],
    /// Wire name and why it is not read.
    pub unread: &'static [(&'static str, &'static str)],
}

/// What a leaf of a row is.
pub enum Slot<'r, 'b> {
    /// A field to fill.
    Field(&'r mut Text<'b>),
    /// Known, deliberately not read.
    Unread,
    /// Not known to the format.
    Unknown,
}

/// Defines the fields of an element: a static [`RowMap`] and a function that finds the slot of a leaf.
#[macro_export]
macro_rules! wire {
    ($(
        $(#[$doc:meta])*
        $MAP:ident, $slot:ident: $element:literal => $Record:ident {
            $( $wire:literal => $field:ident, )*
        } unread { $( $unread:literal: $why:literal, )* }
    )*) => {$(
        $(#[$doc])*
        pub static $MAP: $crate::xml::row::RowMap = $crate::xml::row::RowMap {
            element: $element,
            record: stringify!($Record),
            fields: &[$( ($wire, stringify!($field)), )*],
            unread: &[$( ($unread, $why), )*],
        };

        #[inline]
        pub(crate) fn $slot<'r, 'b>(row: &'r mut $Record<'b>, name: &str) -> $crate::xml::row::Slot<'r, 'b> {
            match name {
                $( $wire => $crate::xml::row::Slot::Field(&mut row.$field), )*
                $( $unread => $crate::xml::row::Slot::Unread, )*
                _ => $crate::xml::row::Slot::Unknown,
            }
        }
    )*};
}

/// Everything about a document that is gathered while its rows are read.
pub struct Gathering<'c> {
    /// Bytes of the canonical form (ruling K2).
    pub content: &'c mut Content,
    /// Elements the format does not know: name and place.
    pub unknown: Vec<(String, u32)>,
}

/// The canonical form 1 of a document (ruling K2): name and value of each filled leaf in document order.
///
/// Ignored: empty leaves, white space around values, how references are written, prefixes, comments, attributes,
/// the wrapper, and what the format leaves out as identity or signature.
#[derive(Debug, Default)]
pub struct Content {
    bytes: Vec<u8>,
}

impl Content {
    /// Starts a document.
    pub fn clear(&mut self) {
        self.bytes.clear();
    }

    /// Takes a leaf.
    #[inline]
    pub fn leaf(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.bytes.extend_from_slice(name.as_bytes());
            self.bytes.push(0); // No value and no name can hold it.
            self.bytes.extend_from_slice(value.as_bytes());
            self.bytes.push(0);
        }
    }

    /// Takes the opening of an element that holds leaves, so that two rows are not one.
    pub fn open(&mut self, name: &str) {
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.push(1);
    }

    /// The digest of all taken so far.
    pub fn digest(&self) -> [u8; 32] {
        *blake3::hash(&self.bytes).as_bytes()
    }
}

/// Unknown elements named one by one in a document; more are not listed.
const UNKNOWN_MAX: usize = 16;

impl Gathering<'_> {
    /// Notes an element the format does not know.
    pub fn unknown(&mut self, tag: Tag<'_>) {
        if self.unknown.len() < UNKNOWN_MAX {
            self.unknown.push((tag.name.to_owned(), tag.offset));
        }
    }
}

/// Fills a slot with a leaf; a single-valued field that comes twice is refused (reliability.md X5).
#[inline]
pub fn fill<'b>(
    slot: Slot<'_, 'b>,
    tag: Tag<'b>,
    value: &'b str,
    gathering: &mut Gathering<'_>,
) -> Result<(), Malformed> {
    match slot {
        Slot::Field(text) if text.was_written() => {
            Err(Malformed { rule: "MSG-005", what: REPEATED, offset: tag.offset })
        }
        Slot::Field(text) => {
            *text = Text::at(value, tag.offset);
            Ok(())
        }
        Slot::Unread => Ok(()),
        Slot::Unknown => {
            gathering.unknown(tag);
            Ok(())
        }
    }
}

/// Reads the leaves of the element opened last into a row. Elements inside it go to `inner`, which reads or skips them.
#[inline]
pub fn read<'b, R, S, I>(
    reader: &mut Reader<'b>,
    opened: Tag<'b>,
    row: &mut R,
    gathering: &mut Gathering<'_>,
    slot: S,
    is_content: impl Fn(&str) -> bool,
    mut inner: I,
) -> Result<(), Malformed>
where
    R: Record<'b>,
    S: for<'r> Fn(&'r mut R, &str) -> Slot<'r, 'b>,
    I: FnMut(&mut Reader<'b>, Tag<'b>, &mut Gathering<'_>) -> Result<(), Malformed>,
{
    row.set_offset(opened.offset);
    gathering.content.open(opened.name);
    loop {
        match reader.next()? {
            Node::Leaf(tag, value) => {
                if is_content(tag.name) {
                    gathering.content.leaf(tag.name, value);
                }
                fill(slot(row, tag.name), tag, value, gathering)?;
            }
            Node::Open(tag) => inner(reader, tag, gathering)?,
            Node::Close => return Ok(()),
            Node::End => return Err(Malformed { rule: "MSG-001", what: CUT_SHORT, offset: opened.offset }),
        }
    }
}

/// Passes over an element that is not read; its values are content all the same.
pub fn pass<'b>(
    reader: &mut Reader<'b>,
    opened: Tag<'b>,
    gathering: &mut Gathering<'_>,
) -> Result<(), Malformed> {
    gathering.content.open(opened.name);
    reader.skip(|tag, value| gathering.content.leaf(tag.name, value))
}

/// Notes an element the format does not know, and passes over it.
pub fn unknown<'b>(
    reader: &mut Reader<'b>,
    tag: Tag<'b>,
    gathering: &mut Gathering<'_>,
) -> Result<(), Malformed> {
    gathering.unknown(tag);
    pass(reader, tag, gathering)
}

/// Reads an element that is a row of its own, and appends it.
pub fn push<'b, R, S>(
    reader: &mut Reader<'b>,
    tag: Tag<'b>,
    gathering: &mut Gathering<'_>,
    rows: &mut Vec<R>,
    slot: S,
) -> Result<(), Malformed>
where
    R: Record<'b> + Default,
    S: for<'r> Fn(&'r mut R, &str) -> Slot<'r, 'b>,
{
    let mut row = R::default();
    read(reader, tag, &mut row, gathering, slot, every_leaf, unknown)?;
    rows.push(row);
    Ok(())
}

/// Reads the rows of one name under the wrapper opened last.
pub fn each<'b>(
    reader: &mut Reader<'b>,
    name: &str,
    gathering: &mut Gathering<'_>,
    mut row: impl FnMut(&mut Reader<'b>, Tag<'b>, &mut Gathering<'_>) -> Result<(), Malformed>,
) -> Result<(), Malformed> {
    loop {
        match reader.next()? {
            Node::Open(tag) if tag.name == name => row(reader, tag, gathering)?,
            Node::Open(tag) => unknown(reader, tag, gathering)?,
            Node::Leaf(tag, value) => {
                if tag.name != name {
                    gathering.unknown(tag);
                }
                gathering.content.leaf(tag.name, value);
            }
            Node::Close | Node::End => return Ok(()),
        }
    }
}

/// All leaves of the element are content.
pub fn every_leaf(_name: &str) -> bool {
    true
}

/// A part that may stand once stood before (reliability.md X5).
pub fn once(offset_before: u32, tag: Tag<'_>) -> Result<(), Malformed> {
    if offset_before == 0 {
        Ok(())
    } else {
        Err(Malformed { rule: "MSG-005", what: REPEATED, offset: tag.offset })
    }
}

/// A finding for each element the format does not know.
pub fn unknown_elements(unknown: Vec<(String, u32)>) -> Vec<Finding> {
    let told = |(element, offset): (String, u32)| Finding {
        rule: RuleId("MSG-008"),
        effect: Effect::Warn,
        place: Place::at(offset),
        evidence: evidence![element],
    };
    unknown.into_iter().map(told).collect()
}

/// A finding for each value of these rows that is no number or no date where one is asked for.
pub fn misshapen<'b, R: Record<'b>>(rows: &[R], findings: &mut Vec<Finding>) {
    for row in rows {
        row.misshapen(|field_idx, text: &Text<'b>| {
            let rule = if R::FIELDS[field_idx].shape == Shape::Date { "MSG-007" } else { "MSG-006" };
            findings.push(Finding {
                rule: RuleId(rule),
                effect: Effect::Reject,
                place: Place::at(text.offset),
                evidence: evidence![value = *text],
            });
        });
    }
}

const REPEATED: Words = Words {
    zh: "只应出现一次的元素出现了多次",
    en: "an element that may stand once stands again",
};
const CUT_SHORT: Words =
    Words { zh: "报文在元素关闭之前结束", en: "the message ends before an element is closed" };
