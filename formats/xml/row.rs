//! Reading the leaves of an element into a row: which wire name fills which canonical field.
//!
//! Each format states its fields once, in a [`wire!`](crate::wire) table: the reader, the pointers of findings, the
//! README's field map and the matrix of all formats are made from it.

use super::fault::{NOT_CLOSED, REPEATED, TWO_VALUES, VALUE_FOR_ELEMENTS};
use super::scan::Steps;
use super::wide::{BLOCK, Block};
use super::{Malformed, Node, Reader, Tag};
use model::digest::digests;
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
    /// Wire name and the field it fills where the field's own element is not filled; the earlier the better.
    pub otherwise: &'static [(&'static str, &'static str)],
    /// Wire name and why it is not read.
    pub unread: &'static [(&'static str, &'static str)],
    /// Other wire names of fields, in another dialect of the format.
    pub also: &'static [(&'static str, &'static str)],
}

/// A child of the root.
#[derive(Debug)]
pub struct Part {
    /// Its name.
    pub name: &'static str,
    /// It may stand more than once.
    pub repeats: bool,
    /// Why it is not read, when it is not.
    pub unread: Option<&'static str>,
}

impl Part {
    /// Stands once.
    pub const fn once(name: &'static str) -> Part {
        Part { name, repeats: false, unread: None }
    }

    /// Stands any number of times.
    pub const fn repeated(name: &'static str) -> Part {
        Part { name, repeats: true, unread: None }
    }

    /// Known, and passed over for this reason.
    pub const fn unread(name: &'static str, why: &'static str) -> Part {
        Part { name, repeats: true, unread: Some(why) }
    }
}

/// What a leaf of a row is.
pub enum Slot<'r, 'b> {
    /// A field to fill.
    Field(&'r mut Text<'b>),
    /// A field by the name another dialect has for it.
    Also(&'r mut Text<'b>),
    /// Known, deliberately not read.
    Unread,
    /// Not known to the format.
    Unknown,
}

/// A kind of row on the wire. Made by [`wire!`](crate::wire); a value of it stands for the kind.
pub trait Wire: Copy {
    /// The canonical row.
    type Row<'b>: Record<'b> + Default;
    /// Its names.
    fn map(self) -> &'static RowMap;
    /// What a leaf of this name is.
    fn slot<'r, 'b>(self, row: &'r mut Self::Row<'b>, name: &str) -> Slot<'r, 'b>;
    /// The field of the name with this position in [`RowMap::fields`].
    fn field<'r, 'b>(self, row: &'r mut Self::Row<'b>, field_idx: usize) -> &'r mut Text<'b>;
}

/// Defines the fields of an element: a static [`RowMap`] and the [`Wire`] that finds them.
#[macro_export]
macro_rules! wire {
    ($(
        $(#[$doc:meta])*
        $MAP:ident, $Wire:ident: $element:literal => $Record:ident {
            $( $wire:literal => $field:ident, )*
        } $( also { $( $also:literal => $also_field:ident, )* } )? unread { $( $unread:literal: $why:literal, )* }
    )*) => {$(
        $(#[$doc])*
        pub static $MAP: $crate::xml::row::RowMap = $crate::xml::row::RowMap {
            element: $element,
            record: stringify!($Record),
            fields: &[$( ($wire, stringify!($field)), )*],
            otherwise: &[],
            unread: &[$( ($unread, $why), )*],
            also: &[$( $( ($also, stringify!($also_field)), )* )?],
        };

        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $Wire;

        impl $crate::xml::row::Wire for $Wire {
            type Row<'b> = $Record<'b>;

            fn map(self) -> &'static $crate::xml::row::RowMap {
                &$MAP
            }

            #[inline]
            fn slot<'r, 'b>(self, row: &'r mut Self::Row<'b>, name: &str) -> $crate::xml::row::Slot<'r, 'b> {
                match name {
                    $( $wire => $crate::xml::row::Slot::Field(&mut row.$field), )*
                    $( $unread => $crate::xml::row::Slot::Unread, )*
                    $( $( $also => $crate::xml::row::Slot::Also(&mut row.$also_field), )* )?
                    _ => $crate::xml::row::Slot::Unknown,
                }
            }

            #[inline]
            fn field<'r, 'b>(self, row: &'r mut Self::Row<'b>, field_idx: usize) -> &'r mut model::text::Text<'b> {
                let mut fields = 0..;
                $(
                    if fields.next() == Some(field_idx) {
                        return &mut row.$field;
                    }
                )*
                unreachable!("a position comes from the list of fields")
            }
        }
    )*};
}

/// Everything about a document that is gathered while its rows are read.
pub struct Gathering<'c> {
    /// Bytes of the canonical form (ruling K2).
    pub content: &'c mut Content,
    /// What followed what in the rows read before.
    pub scripts: &'c mut Scripts,
    /// Elements that are not read though they should be: why, and where.
    pub unknown: Vec<(Words, u32)>,
}

/// For each kind of row, and each prefix it is written with, the leaves in the order in which they came before: messages
/// of one sender differ in values, hardly in what follows what, so a leaf is mostly found where it is expected.
#[derive(Debug, Default)]
pub struct Scripts {
    rows: Vec<Known>,
}

#[derive(Debug)]
struct Known {
    map: &'static RowMap,
    /// With its colon; empty when the names have none.
    prefix: Box<str>,
    script: Script,
}

/// Scripts that are remembered: senders may use any number of prefixes.
const SCRIPTS_MAX: usize = 256;

#[derive(Debug, Default)]
struct Script {
    order: Vec<Expected>,
    /// How each of them is written.
    steps: Steps,
}

#[derive(Clone, Copy, Debug)]
struct Expected {
    name: &'static str,
    mark: Mark,
    /// Where it goes; none for a leaf that is known and not read.
    field_idx: Option<usize>,
    is_content: bool,
}

impl Scripts {
    /// Out of their place, so that they can be followed while others are.
    fn take(&mut self, map: &'static RowMap, prefix: &str) -> Script {
        self.known(map, prefix).map_or_else(Script::default, |known| std::mem::take(&mut known.script))
    }

    fn put(&mut self, map: &'static RowMap, prefix: &str, script: Script) {
        if let Some(known) = self.known(map, prefix) {
            known.script = script;
            return;
        }
        if self.rows.len() == SCRIPTS_MAX {
            self.rows.clear();
        }
        self.rows.push(Known { map, prefix: prefix.into(), script });
    }

    fn known(&mut self, map: &'static RowMap, prefix: &str) -> Option<&mut Known> {
        self.rows.iter_mut().find(|known| std::ptr::eq(known.map, map) && *known.prefix == *prefix)
    }
}

impl Script {
    /// Where a leaf of this name is expected, looking on from here first: fields are left out more often than moved.
    fn find(&self, from: usize, name: &str) -> Option<usize> {
        let is_it = |expected: &Expected| expected.name == name;
        let (before, behind) = self.order.split_at(from);
        behind.iter().position(is_it).map(|ahead| from + ahead).or_else(|| before.iter().position(is_it))
    }

    /// A leaf came that was expected nowhere; the position behind it, from where to expect.
    fn learn(
        &mut self,
        at: usize,
        prefix: &str,
        name: &'static str,
        field_idx: Option<usize>,
        is_content: bool,
    ) -> usize {
        if !self.steps.insert(at, prefix, name) {
            return at;
        }
        self.order.insert(at, Expected { name, mark: Mark::of(name), field_idx, is_content });
        at + 1
    }
}

impl RowMap {
    /// The name as the map has it, and which field it fills; none for what is known and not read.
    fn known(&self, name: &str) -> Option<(&'static str, Option<usize>)> {
        let field = self.fields.iter().position(|(wire, _)| *wire == name);
        let unread = || self.unread.iter().find(|(wire, _)| *wire == name).map(|(wire, _)| (*wire, None));
        field.map(|field_idx| (self.fields[field_idx].0, Some(field_idx))).or_else(unread)
    }
}

/// Stands for the name of a field in the canonical form, since names would be most of it: FNV-1a of 32 bits, with the
/// highest bit of the first byte set. The fields of one element have different ones (a test says so).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(pub(crate) [u8; 4]);

impl Mark {
    /// The mark of a name.
    pub fn of(name: &str) -> Mark {
        let hash = name
            .bytes()
            .fold(0x811C_9DC5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        Mark((hash | 0x80).to_le_bytes())
    }
}

/// The canonical form 1 of a document (ruling K2): mark and value of each filled field in document order, and which
/// row it stands in. What is no field of the format stands there with its name in full.
///
/// Each part begins with a byte of its own kind: 1 an element opened, 2 its end, 3 a name in full, 0x80 and above a
/// mark. Names and values end with 0 or 1, which neither can hold: no two documents are written alike.
///
/// Ignored: empty leaves, white space around values, how references are written, prefixes, comments, attributes,
/// the wrapper, and what the format leaves out as identity or signature.
///
/// The forms of documents that are read together are kept one behind the other, to be hashed together.
#[derive(Debug, Default)]
pub struct Content {
    bytes: Vec<u8>,
    /// Where the forms kept end.
    ends: Vec<usize>,
}

impl Content {
    /// Starts a document; what was taken since the last form was kept is forgotten.
    pub fn begin(&mut self) {
        self.bytes.truncate(self.first());
    }

    /// Where the form under way begins.
    fn first(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    /// Keeps what was taken as the form of a document, be it none.
    pub fn keep(&mut self) {
        self.ends.push(self.bytes.len());
    }

    /// Keeps an empty form, for a document that was not read.
    pub fn keep_none(&mut self) {
        self.begin();
        self.keep();
    }

    /// The digests of the forms kept, in their order; they are forgotten then.
    pub fn digests(&mut self) -> Vec<[u8; 32]> {
        let mut from = 0;
        let forms = self.ends.iter().map(|&end| &self.bytes[std::mem::replace(&mut from, end)..end]);
        let digests = digests(&forms.collect::<Vec<_>>());
        self.bytes.clear();
        self.ends.clear();
        digests
    }

    /// Takes a field. `block` begins with its value, where so much of the document follows.
    #[inline(always)]
    fn field(&mut self, mark: Mark, value: &str, block: Option<&Block>) {
        if value.is_empty() {
            return;
        }
        match block {
            // Copied whole, so that no length decides how: what is behind the value is cut off again.
            Some(block) if value.len() < BLOCK => {
                self.bytes.reserve(BLOCK + mark.0.len());
                self.bytes.extend_from_slice(&mark.0);
                let end = self.bytes.len() + value.len();
                self.bytes.extend_from_slice(block);
                self.bytes[end] = 0;
                self.bytes.truncate(end + 1);
            }
            _ => {
                self.bytes.extend_from_slice(&mark.0);
                self.bytes.extend_from_slice(value.as_bytes());
                self.bytes.push(0);
            }
        }
    }

    /// Takes a leaf that is no field.
    pub fn leaf(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.bytes.push(3);
            for part in [name, value] {
                self.bytes.extend_from_slice(part.as_bytes());
                self.bytes.push(0);
            }
        }
    }

    /// Takes the opening of an element that holds leaves, so that two rows are not one.
    pub fn open(&mut self, name: &str) -> Opened {
        let before = self.bytes.len();
        self.bytes.push(1);
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.push(1);
        Opened { before, after: self.bytes.len() }
    }

    /// Takes its end, so that what follows it is not in it. An element without a filled leaf says nothing, like an
    /// empty leaf: it is taken back, and the answer is no.
    pub fn close(&mut self, opened: Opened) -> bool {
        if self.bytes.len() == opened.after {
            self.bytes.truncate(opened.before);
            return false;
        }
        self.bytes.push(2);
        true
    }
}

/// Where in the canonical form an element was opened.
#[derive(Clone, Copy, Debug)]
pub struct Opened {
    before: usize,
    after: usize,
}

/// Unknown elements named one by one in a document; more are not listed.
const UNKNOWN_MAX: usize = 16;

impl Gathering<'_> {
    /// Notes an element the format does not know.
    pub fn unknown(&mut self, tag: Tag<'_>) {
        self.note(if tag.name.is_empty() { FOREIGN } else { UNKNOWN }, tag);
    }

    pub(super) fn note(&mut self, why: Words, tag: Tag<'_>) {
        if self.unknown.len() < UNKNOWN_MAX {
            self.unknown.push((why, tag.offset));
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
        Slot::Field(text) | Slot::Also(text) if text.was_written() => {
            Err(Malformed::at(REPEATED, tag.offset))
        }
        Slot::Field(text) | Slot::Also(text) => {
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
/// Answers whether the row says anything.
#[inline]
pub fn read<'b, W, I>(
    reader: &mut Reader<'b>,
    opened: Tag<'b>,
    row: &mut W::Row<'b>,
    gathering: &mut Gathering<'_>,
    wire: W,
    is_content: impl Fn(&str) -> bool,
    mut inner: I,
) -> Result<bool, Malformed>
where
    W: Wire,
    I: FnMut(&mut Reader<'b>, Tag<'b>, &mut Gathering<'_>) -> Result<(), Malformed>,
{
    row.set_offset(opened.offset);
    let taken = is_content(opened.name).then(|| gathering.content.open(opened.name));
    let prefix = reader.prefix();
    let mut script = gathering.scripts.take(wire.map(), prefix);
    let mut at = 0;
    // What is said under other names: apart, so that each name may still stand once only.
    let mut also: Option<Box<W::Row<'b>>> = None;
    loop {
        let (behind, leaves) = reader.leaves(&mut script.steps, at);
        at = behind;
        for leaf in leaves {
            let expected = &script.order[leaf.step_idx as usize];
            expected.take(wire, row, leaf.offset, leaf.value, leaf.block, gathering)?;
        }
        match reader.next()? {
            Node::Leaf(tag, value) => match script.find(at, tag.name) {
                Some(found) => {
                    script.order[found].take(wire, row, tag.offset, value, None, gathering)?;
                    at = found + 1;
                }
                None => {
                    let is_content = is_content(tag.name);
                    let known = wire.map().known(tag.name);
                    match known {
                        Some((_, Some(_))) if is_content => {
                            gathering.content.field(Mark::of(tag.name), value, None);
                        }
                        _ if is_content => gathering.content.leaf(tag.name, value),
                        _ => {}
                    }
                    fill(slot(wire, row, &mut also, tag.name), tag, value, gathering)?;
                    if let Some((name, field_idx)) = known {
                        at = script.learn(at, prefix, name, field_idx, is_content);
                    }
                }
            },
            Node::Open(tag) => match slot(wire, row, &mut also, tag.name) {
                field @ (Slot::Field(_) | Slot::Also(_)) => {
                    fill(field, tag, "", gathering)?;
                    gathering.note(ELEMENTS_FOR_VALUE, tag);
                    pass(reader, tag, gathering)?;
                }
                Slot::Unread | Slot::Unknown => inner(reader, tag, gathering)?,
            },
            Node::Close => {
                gathering.scripts.put(wire.map(), prefix, script);
                if let Some(also) = also {
                    unite(row, &*also)?;
                }
                return Ok(taken.is_some_and(|opened| gathering.content.close(opened)));
            }
            Node::End => return Err(Malformed::at(NOT_CLOSED, opened.offset)),
        }
    }
}

/// Where the element of this name goes: into the row, or under another name of a field into the row beside it.
fn slot<'r, 'b, W: Wire>(
    wire: W,
    row: &'r mut W::Row<'b>,
    also: &'r mut Option<Box<W::Row<'b>>>,
    name: &str,
) -> Slot<'r, 'b> {
    match wire.slot(row, name) {
        Slot::Also(_) => wire.slot(also.get_or_insert_default(), name),
        slot => slot,
    }
}

/// Takes over what was said under other names; where one field has two values, nobody knows which counts.
fn unite<'b, R: Record<'b>>(row: &mut R, also: &R) -> Result<(), Malformed> {
    for field_idx in 0..R::FIELDS.len() {
        let said = also.text(field_idx);
        let text = row.text_mut(field_idx);
        if said.is_present() && text.is_present() && text.value != said.value {
            return Err(Malformed::at(TWO_VALUES, said.offset));
        }
        if said.is_present() && !text.is_present() {
            *text = *said;
        }
    }
    Ok(())
}

impl Expected {
    /// Takes the leaf that came: a single-valued field that comes twice is refused (reliability.md X5).
    #[inline(always)]
    fn take<'b, W: Wire>(
        &self,
        wire: W,
        row: &mut W::Row<'b>,
        offset: u32,
        value: &'b str,
        block: Option<&Block>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed> {
        let Some(field_idx) = self.field_idx else {
            if self.is_content {
                gathering.content.leaf(self.name, value);
            }
            return Ok(());
        };
        let text = wire.field(row, field_idx);
        if text.was_written() {
            return Err(Malformed::at(REPEATED, offset));
        }
        *text = Text::at(value, offset);
        if self.is_content {
            gathering.content.field(self.mark, value, block);
        }
        Ok(())
    }
}

/// Passes over an element that is not read; its values are content all the same.
pub fn pass<'b>(
    reader: &mut Reader<'b>,
    opened: Tag<'b>,
    gathering: &mut Gathering<'_>,
) -> Result<(), Malformed> {
    let mut open = vec![gathering.content.open(opened.name)];
    while let Some(&innermost) = open.last() {
        match reader.next()? {
            Node::Open(tag) => open.push(gathering.content.open(tag.name)),
            Node::Leaf(tag, value) => gathering.content.leaf(tag.name, value),
            Node::Close => {
                gathering.content.close(innermost);
                open.pop();
            }
            Node::End => return Err(Malformed::at(NOT_CLOSED, opened.offset)),
        }
    }
    Ok(())
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

/// Reads an element that is a row of its own, and appends it, unless it is empty: an empty row is an absent one.
pub fn push<'b, W: Wire>(
    reader: &mut Reader<'b>,
    tag: Tag<'b>,
    gathering: &mut Gathering<'_>,
    rows: &mut Vec<W::Row<'b>>,
    wire: W,
) -> Result<(), Malformed> {
    // Filled where it stays: rows are long.
    rows.push(W::Row::default());
    let row = rows.last_mut().expect("appended just now");
    if !read(reader, tag, row, gathering, wire, every_leaf, unknown)? {
        rows.pop();
    }
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
            Node::Leaf(tag, "") if tag.name == name => {}
            Node::Leaf(tag, _) if tag.name == name => {
                return Err(Malformed::at(VALUE_FOR_ELEMENTS, tag.offset));
            }
            Node::Leaf(tag, value) => {
                gathering.unknown(tag);
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

/// Reads the parts of the document up to the end of its root: known ones are read or passed over, each as often as it
/// may stand (reliability.md X5).
pub fn parts<'b>(
    reader: &mut Reader<'b>,
    parts: &'static [Part],
    gathering: &mut Gathering<'_>,
    mut read: impl FnMut(&mut Reader<'b>, Tag<'b>, &mut Gathering<'_>) -> Result<(), Malformed>,
) -> Result<(), Malformed> {
    let read = |reader: &mut Reader<'b>, tag: Tag<'b>, (): &mut (), gathering: &mut Gathering<'_>| {
        read(reader, tag, gathering)
    };
    parts_and_leaves(reader, parts, &mut (), gathering, read, |tag, value, (), gathering| {
        gathering.unknown(tag);
        gathering.content.leaf(tag.name, value);
        Ok(())
    })
}

/// The same where values stand between the parts; both are read into one thing.
pub fn parts_and_leaves<'b, T>(
    reader: &mut Reader<'b>,
    parts: &'static [Part],
    into: &mut T,
    gathering: &mut Gathering<'_>,
    mut read: impl FnMut(&mut Reader<'b>, Tag<'b>, &mut T, &mut Gathering<'_>) -> Result<(), Malformed>,
    mut leaf: impl FnMut(Tag<'b>, &'b str, &mut T, &mut Gathering<'_>) -> Result<(), Malformed>,
) -> Result<(), Malformed> {
    let mut stood = 0;
    loop {
        match reader.next()? {
            Node::Open(tag) => match part(parts, tag, &mut stood)? {
                None => unknown(reader, tag, gathering)?,
                Some(Part { unread: Some(_), .. }) => pass(reader, tag, gathering)?,
                Some(_) => read(reader, tag, into, gathering)?,
            },
            // An empty wrapper, `<DecContainers/>`, is a wrapper that is absent.
            Node::Leaf(tag, value) => match part(parts, tag, &mut stood)? {
                Some(_) if value.is_empty() => {}
                Some(Part { unread: Some(_), .. }) => gathering.content.leaf(tag.name, value),
                Some(_) => return Err(Malformed::at(VALUE_FOR_ELEMENTS, tag.offset)),
                None => leaf(tag, value, into, gathering)?,
            },
            Node::Close | Node::End => return Ok(()),
        }
    }
}

/// Takes one leaf that stands between the parts into a row.
pub fn leaf<'b, W: Wire>(
    tag: Tag<'b>,
    value: &'b str,
    row: &mut W::Row<'b>,
    gathering: &mut Gathering<'_>,
    wire: W,
    is_content: impl Fn(&str) -> bool,
) -> Result<(), Malformed> {
    if is_content(tag.name) {
        gathering.content.leaf(tag.name, value);
    }
    fill(wire.slot(row, tag.name), tag, value, gathering)
}

/// The part of this name, unless it stood before and may stand once.
fn part(parts: &'static [Part], tag: Tag<'_>, stood: &mut u64) -> Result<Option<&'static Part>, Malformed> {
    debug_assert!(parts.len() <= 64, "a bit for each part");
    let Some(part_idx) = parts.iter().position(|part| part.name == tag.name) else { return Ok(None) };
    let bit = 1 << part_idx;
    if *stood & bit != 0 && !parts[part_idx].repeats {
        return Err(Malformed::at(REPEATED, tag.offset));
    }
    *stood |= bit;
    Ok(Some(&parts[part_idx]))
}

/// A finding by this rule for each element that is not read though it should be.
pub fn unknown_elements(
    unknown: &[(Words, u32)],
    (rule, effect): (RuleId, Effect),
    reader: &Reader<'_>,
) -> Vec<Finding> {
    let told = |(what, offset): &(Words, u32)| Finding {
        rule,
        effect,
        place: Place::at(*offset),
        evidence: evidence![what = *what, element = shown(reader.name_at(*offset))],
    };
    unknown.iter().map(told).collect()
}

/// A finding for each value of these rows that is no number or no date where one is asked for.
pub fn misshapen<'b, R: Record<'b>>(rows: &[R], findings: &mut Vec<Finding>) {
    for row in rows {
        row.misshapen(|field_idx, text: &Text<'b>| {
            let field = &R::FIELDS[field_idx];
            let rule = if field.shape == Shape::Date { "MSG-007" } else { "MSG-006" };
            let name = Words { zh: field.zh, en: field.name };
            findings.push(Finding {
                rule: RuleId(rule),
                effect: Effect::Reject,
                place: Place::at(text.offset),
                evidence: evidence![field = name, value = shown(text.value)],
            });
        });
    }
}

/// A finding for a field without which a document can be neither found nor named.
pub fn missing<'b, R: Record<'b>>(row: &R, text: &Text<'b>) -> Finding {
    let name = row.field_of(text).map_or(Words { zh: "", en: "" }, |field_idx| {
        let field = &R::FIELDS[field_idx];
        Words { zh: field.zh, en: field.name }
    });
    Finding {
        rule: RuleId("MSG-033"),
        effect: Effect::Reject,
        place: Place::of(row, text),
        evidence: evidence![field = name],
    }
}

/// Characters of a value or a name that a finding repeats: a sender knows it by its start, and an answer stays short.
const SHOWN_MAX: usize = 64;

fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN_MAX) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

const UNKNOWN: Words = Words {
    zh: "元素未读取，格式中没有该名称",
    en: "the format has no such element, it is not read",
};
const FOREIGN: Words = Words {
    zh: "元素未读取，不在报文的命名空间内",
    en: "the element is in a foreign namespace, it is not read",
};
pub(super) const ELEMENTS_FOR_VALUE: Words = Words {
    zh: "元素未读取，应为值而含有下级元素",
    en: "the element should hold a value and holds elements, it is not read",
};
