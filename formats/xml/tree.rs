//! Rows whose values lie deeper than their element: the net mass of a goods item at `Commodity/GoodsMeasure/NetNetWeightMeasure`.
//!
//! A [`wire!`](crate::wire) table names such a field by its way from the row's element, and a field that is an attribute by
//! `Element/@name`. Elements on the way are no rows; where one that may stand once stands again, two readers could take
//! different halves, and it is refused.

use super::fault::{NOT_CLOSED, REPEATED, VALUE_FOR_ELEMENTS};
use super::row::{ELEMENTS_FOR_VALUE, Gathering, RowMap, Slot, fill, pass, unknown};
use super::{Malformed, Node, Reader, Tag};
use model::finding::Words;
use model::text::Text;

const STANDS_AGAIN: Words = Words {
    zh: "该值出现多次且不一致，只读取第一个",
    en: "the value stands more than once and differs, only the first is read",
};

/// An element and the rows its values fill.
pub trait Branch<'b> {
    /// The tables of those rows.
    fn maps(&self) -> impl Iterator<Item = &'static RowMap>;

    /// What stands at the end of this way.
    fn slot(&mut self, way: &str) -> Slot<'_, 'b>;

    /// A row of its own begins at the end of this way.
    fn is_row(&self, _way: &str) -> bool {
        false
    }

    /// Reads that row.
    fn row(
        &mut self,
        _way: &str,
        reader: &mut Reader<'b>,
        tag: Tag<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed> {
        unknown(reader, tag, gathering)
    }

    /// The element at the end of this way is gone into for the rows in it, though no value lies behind it.
    fn is_through(_way: &str) -> bool {
        false
    }

    /// Elements of this name may stand more than once under their parent: of the values in them the first counts.
    fn repeats(_name: &str) -> bool {
        false
    }

    /// Why the value at the end of this way, filled though it is, is not read.
    fn is_unreadable(
        _way: &str,
        _reader: &mut Reader<'b>,
        _tag: Tag<'b>,
    ) -> Result<Option<Words>, Malformed> {
        Ok(None)
    }

    /// The value at the end of this way is content (ruling K2).
    fn is_content(&self, _way: &str) -> bool {
        true
    }
}

/// Reads the element opened last, up to its end. Answers whether it says anything.
pub fn read<'b, B: Branch<'b>>(
    reader: &mut Reader<'b>,
    opened: Tag<'b>,
    branch: &mut B,
    gathering: &mut Gathering<'_>,
) -> Result<bool, Malformed> {
    let taken = gathering.content.open(opened.name);
    level(reader, opened, branch, &mut String::new(), gathering)?;
    Ok(gathering.content.close(taken))
}

fn level<'b, B: Branch<'b>>(
    reader: &mut Reader<'b>,
    opened: Tag<'b>,
    branch: &mut B,
    way: &mut String,
    gathering: &mut Gathering<'_>,
) -> Result<(), Malformed> {
    let depth = way.len();
    let mut stood: Vec<&'b str> = Vec::new();
    loop {
        let node = reader.next()?;
        let (Node::Open(tag) | Node::Leaf(tag, _)) = node else {
            return if node == Node::Close { Ok(()) } else { Err(Malformed::at(NOT_CLOSED, opened.offset)) };
        };
        if !way.is_empty() {
            way.push('/');
        }
        way.push_str(tag.name);
        match node {
            Node::Leaf(_, value) => leaf(reader, tag, value, branch, way, gathering)?,
            _ if branch.is_row(way) => branch.row(way, reader, tag, gathering)?,
            _ if is_way(branch, way) || B::is_through(way) => {
                if stood.contains(&tag.name) && !B::repeats(tag.name) {
                    return Err(Malformed::at(REPEATED, tag.offset));
                }
                stood.push(tag.name);
                let taken = gathering.content.open(tag.name);
                level(reader, tag, branch, way, gathering)?;
                gathering.content.close(taken);
            }
            _ => match branch.slot(way) {
                field @ (Slot::Field(_) | Slot::Also(_)) => {
                    fill(field, tag, "", gathering)?;
                    gathering.note(ELEMENTS_FOR_VALUE, tag);
                    pass(reader, tag, gathering)?;
                }
                Slot::Unread => pass(reader, tag, gathering)?,
                Slot::Unknown => unknown(reader, tag, gathering)?,
            },
        }
        way.truncate(depth);
    }
}

/// Some field lies behind this element.
fn is_way<'b>(branch: &impl Branch<'b>, way: &str) -> bool {
    let leads_on =
        |to: &str| to.strip_prefix(way).is_some_and(|rest| rest.starts_with('/') && !rest.starts_with("/@"));
    let wires = branch.maps().flat_map(|map| map.fields.iter().chain(map.otherwise).chain(map.unread));
    wires.into_iter().any(|(wire, _)| leads_on(wire))
}

fn leaf<'b, B: Branch<'b>>(
    reader: &mut Reader<'b>,
    tag: Tag<'b>,
    value: &'b str,
    branch: &mut B,
    way: &mut String,
    gathering: &mut Gathering<'_>,
) -> Result<(), Malformed> {
    let is_known = !matches!(branch.slot(way), Slot::Unknown);
    let is_group = branch.is_row(way) || is_way(branch, way) || B::is_through(way);
    if !is_known && !tag.name.is_empty() && is_group {
        // An empty group is one that is absent.
        return if value.is_empty() { Ok(()) } else { Err(Malformed::at(VALUE_FOR_ELEMENTS, tag.offset)) };
    }
    if branch.is_content(way) {
        gathering.content.leaf(tag.name, value);
    }
    let is_again = way.split('/').any(B::repeats);
    match branch.slot(way) {
        Slot::Field(text) if is_again && text.is_present() => {
            if text.value != value && !value.is_empty() {
                gathering.note(STANDS_AGAIN, tag);
            }
            return Ok(());
        }
        Slot::Field(text) if !value.is_empty() && !text.was_written() => {
            if let Some(why) = B::is_unreadable(way, reader, tag)? {
                *text = Text::at("", tag.offset);
                gathering.note(why, tag);
                return Ok(());
            }
            *text = Text::at(value, tag.offset);
        }
        Slot::Field(text) if is_again => *text = Text::at(value, tag.offset),
        slot => fill(slot, tag, value, gathering)?,
    }
    if value.is_empty() || !reader.has_attributes(tag) {
        return Ok(());
    }
    let wires = branch.maps().flat_map(|map| map.fields.iter().chain(map.otherwise)).map(|(wire, _)| *wire);
    let wires: Vec<&'static str> = wires.filter(|wire| wire.starts_with(&**way)).collect();
    for wire in wires {
        let Some(name) = wire.strip_prefix(&**way).and_then(|rest| rest.strip_prefix("/@")) else { continue };
        if let (Some(said), Slot::Field(text)) = (reader.attribute_of(tag, name)?, branch.slot(wire)) {
            *text = Text::at(said, tag.offset);
            gathering.content.leaf(name, said);
        }
    }
    Ok(())
}
