//! What the tests of all formats need: a message read into plain lines, and a second, simpler look at its text to hold
//! them against.

use crate::answer::Echo;
use crate::length::{Limit, RowLengths};
use crate::place::{line_column, pointer};
use crate::xml::kept::Kept;
use crate::xml::row::RowMap;
use crate::xml::wide::Width;
use crate::{Derived, EntryKind, Format, Parsed, Scratch, parse, parse_thoroughly};
use model::documents::{Documents, Kind, Visit};
use model::finding::{Finding, Language};
use model::text::{Record, Shape};
use std::collections::BTreeMap;
use std::fmt::{Debug, Write};
use std::ops::Range;
use std::sync::Arc;

/// A filled value as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filled {
    /// Kind of row, its number from 1, and canonical field: `GoodsItem 2 quantity`.
    pub name: String,
    pub value: String,
    pub offset: u32,
    pub shape: Shape,
    /// Official short name.
    pub zh: &'static str,
}

/// A message as it was read, without what it borrows.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    pub format: Option<&'static str>,
    /// `declaration`, `certificate`, `declined`, `refused`.
    pub kind: &'static str,
    pub filled: Vec<Filled>,
    /// Declarant, then the numbers with their kinds.
    pub identity: Vec<String>,
    /// Digest of the canonical form, when it has one.
    pub content: Option<[u8; 32]>,
    pub findings: Vec<Finding>,
    pub echo: Arc<Echo>,
    /// A finding a line: rule, effect, line and column, pointer, evidence.
    pub told: String,
}

/// Reads a message.
pub(crate) fn read(text: &str) -> Reading {
    read_after(text, &mut Scratch::default())
}

/// Reads a message after others.
fn read_after(text: &str, scratch: &mut Scratch) -> Reading {
    let kept = Kept::default();
    let mut documents = Documents::default();
    let parsed = parse(text, None, kept.keeper(), &mut documents, scratch);
    reading(text, &parsed, &documents, scratch)
}

/// Reads a message without the quick way.
fn read_thoroughly(text: &str) -> Reading {
    let kept = Kept::default();
    let (mut documents, mut scratch) = (Documents::default(), Scratch::default());
    let parsed = parse_thoroughly(text, None, kept.keeper(), &mut documents, &mut scratch);
    scratch.content.keep();
    reading(text, &parsed, &documents, &mut scratch)
}

fn reading(text: &str, parsed: &Parsed<'_>, documents: &Documents<'_>, scratch: &mut Scratch) -> Reading {
    let content = scratch.content.digests()[0];
    let entry = &parsed.entry;
    let (kind, identity, filled) = match &entry.kind {
        EntryKind::Declaration { declaration_idx, identity } => {
            let rows = &documents.declarations[*declaration_idx];
            ("declaration", Some(identity), filled(documents, rows))
        }
        EntryKind::Certificate { certificate_idx, identity } => {
            let rows = &documents.certificates[*certificate_idx];
            ("certificate", Some(identity), filled(documents, rows))
        }
        EntryKind::Inspection { inspection_idx, identity } => {
            let rows = &documents.inspections[*inspection_idx];
            ("inspection", Some(identity), filled(documents, rows))
        }
        EntryKind::Request { identity, .. } => ("request", Some(identity), Vec::new()),
        EntryKind::Declined => ("declined", None, Vec::new()),
        EntryKind::Refused => ("refused", None, Vec::new()),
    };
    let numbers = |identity: &crate::Identity<'_>| {
        let numbers = identity.numbers.iter().map(|(kind, number)| format!("{kind:?} {number}"));
        std::iter::once(format!("declarant {}", identity.declarant)).chain(numbers).collect()
    };
    Reading {
        format: parsed.format.map(|format| format.name()),
        kind,
        filled,
        identity: identity.map_or_else(Vec::new, numbers),
        content: identity.map(|_| content),
        findings: entry.findings.clone(),
        echo: entry.echo.clone(),
        told: entry.findings.iter().map(|finding| told(text, finding, parsed.format)).collect(),
    }
}

fn told(text: &str, finding: &Finding, format: Option<&dyn Format>) -> String {
    let (line, column) = line_column(text, finding.place.offset, 1, 1);
    let mut told = format!(
        "{} {} {line}:{column} {}",
        finding.rule.0,
        finding.effect.name(),
        pointer(text, &finding.place, format)
    );
    for (name, value) in &finding.evidence {
        write!(told, " {name}={}", value.in_language(Language::En)).expect("a string takes all");
    }
    told.push('\n');
    told
}

/// Gathers the filled values of a document.
struct Filling(Vec<Filled>);

impl<'b> Visit<'b> for Filling {
    fn rows<R: Record<'b>>(&mut self, rows: &[R]) {
        for (row_idx, row) in rows.iter().enumerate() {
            for (field_idx, field) in R::FIELDS.iter().enumerate() {
                let text = row.text(field_idx);
                if text.is_present() {
                    self.0.push(Filled {
                        name: format!("{} {} {}", R::NAME, row_idx + 1, field.name),
                        value: text.value.to_owned(),
                        offset: text.offset,
                        shape: field.shape,
                        zh: field.zh,
                    });
                }
            }
        }
    }
}

fn filled(documents: &Documents<'_>, rows: &impl Kind) -> Vec<Filled> {
    let mut filling = Filling(Vec::new());
    rows.visit(documents, &mut filling);
    filling.0
}

impl Reading {
    /// The value of a field named as [`Filled::name`]; empty when it is not filled.
    pub fn value(&self, name: &str) -> &str {
        self.filled.iter().find(|filled| filled.name == name).map_or("", |filled| &filled.value)
    }

    /// Fields whose value differs from that of another reading.
    pub fn differing(&self, other: &Reading) -> Vec<String> {
        let values = |reading: &Reading| -> BTreeMap<String, String> {
            reading.filled.iter().map(|it| (it.name.clone(), it.value.clone())).collect()
        };
        let (ours, theirs) = (values(self), values(other));
        let names = ours.keys().chain(theirs.keys().filter(|name| !ours.contains_key(*name)));
        names.filter(|name| ours.get(*name) != theirs.get(*name)).cloned().collect()
    }
}

/// A leaf of a specimen, found by looking at the text alone.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    /// Local names from the root, counted where they repeat: `DecMessage/DecLists/DecList[2]/GNo`.
    pub path: String,
    pub name: String,
    /// From `<` to `>` of the end tag.
    pub element: Range<usize>,
    /// Between the tags.
    pub value: Range<usize>,
}

/// The filled leaves of a specimen. Specimens have no comments, no sections and no `>` in attributes.
pub(crate) fn leaves(text: &str, repeated: &[&str]) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (start, _) in text.match_indices('<') {
        let end = start + text[start..].find('>').expect("a specimen is well formed") + 1;
        let inside = &text[start + 1..end - 1];
        let name = inside.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or("");
        let name = name.rsplit(':').next().unwrap_or(name);
        if inside.starts_with('?') {
            continue;
        }
        if inside.starts_with('/') {
            let (path, value_start) = open.pop().expect("a specimen is well formed");
            let value = value_start..start;
            let was_leaf = !text[value.clone()].contains('<') && !text[value.clone()].trim().is_empty();
            if was_leaf {
                let element_start = text[..value_start].rfind('<').expect("its start tag");
                leaves.push(Leaf { path, name: name.to_owned(), element: element_start..end, value });
            }
            continue;
        }
        let parent = open.last().map_or("", |(path, _)| path);
        let mut path = format!("{parent}/{name}");
        let nth = seen.entry(path.clone()).or_default();
        *nth += 1;
        if repeated.contains(&name) {
            path = format!("{path}[{nth}]");
        }
        if !inside.ends_with('/') {
            open.push((path, end));
        }
    }
    leaves
}

/// The text with a part of it exchanged.
pub(crate) fn with(text: &str, range: Range<usize>, new: &str) -> String {
    [&text[..range.start], new, &text[range.end..]].concat()
}

/// What an element that starts here says, by its text alone: its local name, and its value with the references
/// expanded. `None` when it holds elements or a section.
pub(crate) fn said(text: &str, offset: usize) -> Option<(String, String)> {
    let tag = text.get(offset..)?.strip_prefix('<')?;
    let name = tag.split([' ', '\t', '\n', '\r', '/', '>']).next()?;
    let name = name.rsplit(':').next()?;
    let mut quote = None;
    let close = tag.find(|letter| match (quote, letter) {
        (None, '>') => true,
        (None, '"' | '\'') => {
            quote = Some(letter);
            false
        }
        (Some(open), _) if open == letter => {
            quote = None;
            false
        }
        _ => false,
    })?;
    if tag[..close].ends_with('/') {
        return Some((name.to_owned(), String::new()));
    }
    let content = &tag[close + 1..];
    let end = content.find('<')?;
    if !content[end..].starts_with("</") {
        return None;
    }
    let value = content[..end].replace("\r\n", "\n").replace('\r', "\n");
    let value = expand(&value);
    Some((name.to_owned(), value.trim_matches([' ', '\t', '\n', '\r']).to_owned()))
}

fn expand(text: &str) -> String {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        let (reference, after) = after.split_once(';').expect("an accepted message has whole references");
        expanded.push_str(before);
        expanded.push(match reference {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "apos" => '\'',
            "quot" => '"',
            _ => {
                let number = match reference.strip_prefix("#x") {
                    Some(digits) => u32::from_str_radix(digits, 16),
                    None => reference[1..].parse(),
                };
                number.ok().and_then(char::from_u32).expect("an accepted message has good references")
            }
        });
        rest = after;
    }
    expanded.push_str(rest);
    expanded
}

/// The filled values of a message, a line each, with the element each stands in and its line: to be compared with the
/// list beside the specimen.
pub(crate) fn listed(text: &str, reading: &Reading) -> String {
    let mut list = String::new();
    for filled in &reading.filled {
        let (name, _) = said(text, filled.offset as usize).unwrap_or_default();
        let (line, _) = line_column(text, filled.offset, 1, 1);
        let value = filled.value.replace('\n', "⏎");
        writeln!(list, "{} = {value} ({name}, line {line})", filled.name).expect("a string takes all");
    }
    list
}

/// The field map of a format as a table in Markdown.
pub(crate) fn field_map(rows: &[&RowMap], unread_parts: &[(&str, &str)]) -> String {
    let mut table = String::new();
    for map in rows {
        write!(table, "\n### `{}` → `{}`\n\n| element | field |\n|---|---|\n", map.element, map.record)
            .expect("a string takes all");
        for (wire, field) in map.fields {
            writeln!(table, "| `{wire}` | `{field}` |").expect("a string takes all");
        }
        for (wire, field) in map.otherwise {
            writeln!(table, "| `{wire}` | `{field}`, where it is not filled yet |")
                .expect("a string takes all");
        }
        for (wire, field) in map.also {
            writeln!(table, "| `{wire}`, in the other dialect | `{field}` |").expect("a string takes all");
        }
        for (wire, why) in map.unread {
            writeln!(table, "| `{wire}` | not read: {why} |").expect("a string takes all");
        }
    }
    if !unread_parts.is_empty() {
        table.push_str("\n### Parts that are not read\n\n| element | why |\n|---|---|\n");
        for (name, why) in unread_parts {
            writeln!(table, "| `{name}` | {why} |").expect("a string takes all");
        }
    }
    table.push('\n');
    table
}

/// How long the fields of a format may be, as a table in Markdown: characters, or figures and how many of them are decimals.
pub(crate) fn lengths(rows: &[&RowMap], lengths: &[&RowLengths]) -> String {
    let mut table = String::from(
        "### The longest that is taken\n\n| in | characters, or figures of a number |\n|---|---|\n",
    );
    for of_row in lengths {
        let map = rows.iter().find(|map| map.record == of_row.record).expect("a row of the format");
        let told = of_row.fields.iter().map(|(field, limit)| {
            let wire = map.fields.iter().find(|(_, known)| known == field).expect("a field of the row").0;
            match limit {
                Limit::Characters(most) => format!("`{wire}` {most}"),
                Limit::Figures { all, decimals: 0 } => format!("`{wire}` {all} figures"),
                Limit::Figures { all, decimals } => {
                    format!("`{wire}` {all} figures, {decimals} of them decimals")
                }
            }
        });
        writeln!(table, "| `{}` | {} |", map.element, told.collect::<Vec<_>>().join("; "))
            .expect("a string takes all");
    }
    table.push('\n');
    table
}

/// The fields a format fills from elsewhere, as a table in Markdown.
pub(crate) fn derived(fields: &[Derived]) -> String {
    let mut table = String::from("### Filled from elsewhere\n\n| row | field | from |\n|---|---|---|\n");
    for Derived { record, field, from } in fields {
        writeln!(table, "| `{record}` | `{field}` | {from} |").expect("a string takes all");
    }
    table.push('\n');
    table
}

/// A page with what stands between its two markers exchanged for this table.
pub(crate) fn with_field_map(page: &str, table: &str) -> String {
    const START: &str = "<!-- field map: written by the tests, UPDATE_EXPECT=1 cargo test -p formats -->\n";
    const END: &str = "<!-- end of the field map -->";
    between(page, START, END, table)
}

/// The same for any two markers.
pub(crate) fn between(page: &str, start: &str, end: &str, table: &str) -> String {
    let from = page.find(start).map(|at| at + start.len());
    let (Some(from), Some(to)) = (from, page.find(end)) else { panic!("the page lacks {start}or {end}") };
    with(page, from..to, table)
}

/// Numbers that look drawn and are the same in every run.
pub(crate) struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// Breaks a specimen in many small ways. Nothing may panic, both ways of reading agree, the quick one with each width of
/// instructions and after whatever came before, and what is accepted says what its text says.
pub(crate) fn survive(specimen: &str, n_mutations: usize, seed: u64) {
    survive_but(specimen, n_mutations, seed, |_| false);
}

/// The same, but for fields that do not say what stands in their element: attributes, and codes that become others.
pub(crate) fn survive_but(specimen: &str, n_mutations: usize, seed: u64, is_excepted: fn(&str) -> bool) {
    let mut random = Random(seed);
    let mut n_accepted = 0;
    let widths = Width::here();
    let scratch = |&width| Scratch { width, ..Scratch::default() };
    let mut scratches: Vec<Scratch> = widths.iter().map(scratch).collect();
    for mutation_idx in 0..n_mutations {
        let text = mutate(specimen, &mut random);
        let reading = read_thoroughly(&text);
        for scratch in &mut scratches {
            // What is learnt from a message is used for those behind it.
            if mutation_idx % 8 == 0 {
                read_after(specimen, scratch);
            }
            assert_eq!(read_after(&text, scratch), reading, "{:?} {text}", scratch.width);
        }
        n_accepted += usize::from(reading.content.is_some());
        for filled in &reading.filled {
            if let Some((_, value)) = said(&text, filled.offset as usize)
                && !is_attribute(&text, filled)
            {
                let is_said = filled.value == value || is_excepted(&filled.name);
                assert!(is_said, "{} is {} in\n{text}", filled.name, filled.value);
            }
        }
    }
    // Many a single byte stands inside a value: were few accepted, this would prove little.
    assert!(n_accepted * 8 > n_mutations, "{n_accepted} of {n_mutations} were accepted");
}

/// The value is one of an attribute of the element it stands at.
pub(crate) fn is_attribute(text: &str, filled: &Filled) -> bool {
    let tag = text[filled.offset as usize..].split('>').next().unwrap_or("");
    ['"', '\'']
        .into_iter()
        .any(|quote| tag.split(quote).skip(1).step_by(2).any(|it| it.trim() == filled.value))
}

/// One byte exchanged, put in or taken out, or, one time in sixteen, the end cut off.
fn mutate(specimen: &str, random: &mut Random) -> String {
    const BYTES: &[u8] = b"<>/&;\"'= \n\r\t-!?[]:x#\0\x7F0123456789ABCDEabcde.,";
    loop {
        let mut bytes = specimen.as_bytes().to_vec();
        let at = random.below(bytes.len());
        let byte = BYTES[random.below(BYTES.len())];
        match random.below(16) {
            0 => bytes.truncate(at),
            1..=4 => bytes.insert(at, byte),
            5..=8 => drop(bytes.remove(at)),
            _ => bytes[at] = byte,
        }
        if let Ok(text) = String::from_utf8(bytes) {
            return text;
        }
    }
}

/// All of a text as character references.
pub(crate) fn referenced(value: &str) -> String {
    expand(value).chars().map(|letter| format!("&#x{:X};", u32::from(letter))).collect()
}

/// All of a text as a section.
pub(crate) fn sectioned(value: &str) -> String {
    format!("<![CDATA[{}]]>", expand(value))
}

/// A message with every element in a prefix.
pub(crate) fn prefixed(text: &str, prefix: &str) -> String {
    let mut prefixed = String::new();
    for (piece_idx, piece) in text.split('<').enumerate() {
        if piece_idx > 0 {
            prefixed.push('<');
        }
        let (slash, name) = piece.strip_prefix('/').map_or(("", piece), |name| ("/", name));
        let is_element = piece_idx > 0 && name.starts_with(|letter: char| letter.is_ascii_alphabetic());
        if is_element {
            prefixed.push_str(slash);
            prefixed.push_str(prefix);
            prefixed.push(':');
            prefixed.push_str(name);
        } else {
            prefixed.push_str(piece);
        }
    }
    prefixed.replacen("xmlns=", &format!("xmlns:{prefix}="), 1)
}

/// A message without white space between its elements.
pub(crate) fn compacted(text: &str) -> String {
    let pieces = text.split('<').map(|piece| match piece.trim_end() {
        trimmed if trimmed.ends_with('>') => trimmed,
        _ => piece,
    });
    pieces.collect::<Vec<_>>().join("<")
}

/// A value that is no number, or no date, is named with its field and its place, and the rest is judged all the same.
pub(crate) fn misshapen_values_are_named(specimen: &str, repeated: &[&str], kind: &str) {
    for filled in read(specimen).filled {
        let rule = match filled.shape {
            Shape::Number => "MSG-006",
            Shape::Date => "MSG-007",
            Shape::Text | Shape::Personal => continue,
        };
        let leaf = leaves(specimen, repeated)
            .into_iter()
            .find(|leaf| leaf.element.start == filled.offset as usize)
            .expect("a value stands in a leaf");
        let text = with(specimen, leaf.value, "1,2");
        let reading = read(&text);
        let (line, column) = line_column(&text, filled.offset, 1, 1);
        let field = filled.name.split(' ').next_back().expect("it has a name");
        let told = format!("{rule} reject {line}:{column} {} field={field} value=1,2\n", leaf.path);
        assert_eq!(reading.told, told);
        assert_eq!(reading.kind, kind, "the rest is judged all the same");
    }
}

/// However an element is written that says nothing, its message is the one without it.
pub(crate) fn empty_leaves_are_absent<D: PartialEq + Debug>(
    specimen: &str,
    leaves: &[Leaf],
    digest: impl Fn(&str) -> D,
) {
    for leaf in leaves {
        let name = &leaf.name;
        let absent = digest(&with(specimen, leaf.element.clone(), ""));
        for empty in [format!("<{name}/>"), format!("<{name}></{name}>"), format!("<{name}> \n </{name}>")] {
            assert_eq!(digest(&with(specimen, leaf.element.clone(), &empty)), absent, "{empty}");
        }
    }
}

/// Leaves that change places, or of which one goes before the other, make another message.
pub(crate) fn moved_leaves_differ<D: PartialEq + Debug>(
    specimen: &str,
    leaves: &[Leaf],
    digest: impl Fn(&str) -> D,
) {
    let original = digest(specimen);
    for pair in leaves.windows(2) {
        let [one, other] = pair else { unreachable!("windows of two") };
        let swapped = with(specimen, other.element.clone(), &specimen[one.element.clone()]);
        let swapped = with(&swapped, one.element.clone(), &specimen[other.element.clone()]);
        assert_ne!(digest(&swapped), original, "{} and {} swapped", one.path, other.path);
        let removed = with(specimen, other.element.clone(), "");
        let moved = with(&removed, one.element.start..one.element.start, &specimen[other.element.clone()]);
        assert_ne!(digest(&moved), original, "{} moved before {}", other.path, one.path);
    }
}
