//! From a place in a document to what a person can find: line, column, pointer. Only findings pay for it.

use crate::Format;
use model::finding::Place;

/// Line and column of a byte, counted on from where the document starts; columns in characters, from 1 (ruling O5).
pub fn line_column(text: &str, offset: u32, first_line: u32, first_column: u32) -> (u32, u32) {
    let before = before(text, offset);
    let n_lines = memchr::memchr_iter(b'\n', before.as_bytes()).count() as u32;
    let last_line = before.rfind('\n').map_or(before, |at| &before[at + 1..]);
    let n_characters = last_line.chars().count() as u32;
    let column = if n_lines == 0 { first_column + n_characters } else { 1 + n_characters };
    (first_line + n_lines, column)
}

/// The way from the root to a place: `/DecMessage/DecLists/DecList[1]/FirstQty`.
///
/// Local names; elements that may repeat are counted from 1; an absent element is named under its parent.
pub fn pointer(text: &str, place: &Place, format: Option<&dyn Format>) -> String {
    let repeated = format.map_or(&[][..], |format| format.repeated());
    let mut pointer = path_to(text, place.offset as usize, repeated);
    if let Some((element, wire_name)) = place.absent.and_then(|absent| on_the_wire(format?, absent)) {
        let parent_end = pointer.rfind('/').unwrap_or(0);
        let parent = pointer[parent_end..].trim_start_matches('/').split('[').next();
        if parent != Some(element) {
            // The row is absent as a whole and the place is the root, or the field has a part of its own on the wire,
            // which stands beside the row's element.
            if place.offset != 0 {
                pointer.truncate(parent_end);
            }
            pointer.push('/');
            pointer.push_str(element);
        }
        pointer.push('/');
        pointer.push_str(wire_name);
    }
    pointer
}

/// The element that carries a canonical field of a row in this format.
pub fn wire_name(format: &dyn Format, absent: (&str, &str)) -> Option<&'static str> {
    on_the_wire(format, absent).map(|(_, wire)| wire)
}

/// The same, with the element it stands in.
fn on_the_wire(format: &dyn Format, (record, field): (&str, &str)) -> Option<(&'static str, &'static str)> {
    let rows = format.rows().iter().filter(|map| map.record == record);
    let mut fields = rows.flat_map(|map| map.fields.iter().map(|(wire, known)| (map.element, *wire, *known)));
    fields.find(|(_, _, known)| *known == field).map(|(element, wire, _)| (element, wire))
}

struct Step<'t> {
    name: &'t str,
    nth: usize,
    children: Vec<(&'t str, usize)>,
}

fn path_to(text: &str, offset: usize, repeated: &[&str]) -> String {
    let mut steps: Vec<Step<'_>> = Vec::new();
    let mut roots: Vec<(&str, usize)> = Vec::new();
    let mut rest = 0;
    while let Some(at) = memchr::memchr(b'<', &text.as_bytes()[rest..]).map(|at| rest + at) {
        if at > offset && !steps.is_empty() {
            break;
        }
        let Some(markup) = Markup::at(text, at) else { break };
        match markup.kind {
            Kind::Open | Kind::Empty => {
                let siblings = steps.last_mut().map_or(&mut roots, |parent| &mut parent.children);
                let nth = count(siblings, markup.name);
                steps.push(Step { name: markup.name, nth, children: Vec::new() });
                if at >= offset {
                    break;
                }
                if markup.kind == Kind::Empty {
                    steps.pop();
                }
            }
            Kind::Close => {
                steps.pop();
            }
            Kind::Other => {}
        }
        rest = markup.end;
    }
    let mut path = String::new();
    for step in &steps {
        path.push('/');
        path.push_str(step.name);
        if repeated.contains(&step.name) {
            path.push_str(&format!("[{}]", step.nth));
        }
    }
    path
}

fn count<'t>(siblings: &mut Vec<(&'t str, usize)>, name: &'t str) -> usize {
    if let Some((_, n)) = siblings.iter_mut().find(|(known, _)| *known == name) {
        *n += 1;
        return *n;
    }
    siblings.push((name, 1));
    1
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Open,
    Empty,
    Close,
    Other,
}

/// One piece of markup: its kind, its local name, and where it ends.
pub(crate) struct Markup<'t> {
    pub kind: Kind,
    pub name: &'t str,
    pub end: usize,
}

impl<'t> Markup<'t> {
    /// The piece of markup that starts at a `<`; `None` when it is not closed.
    pub fn at(text: &'t str, at: usize) -> Option<Markup<'t>> {
        let rest = &text[at..];
        let other = |close: &str| {
            rest.find(close).map(|len| Markup { kind: Kind::Other, name: "", end: at + len + close.len() })
        };
        if rest.starts_with("<!--") {
            return other("-->");
        }
        if rest.starts_with("<![CDATA[") {
            return other("]]>");
        }
        if rest.starts_with("<?") {
            return other("?>");
        }
        let close = end_of_tag(rest)?;
        if rest.starts_with("<!") {
            return Some(Markup { kind: Kind::Other, name: "", end: at + close + 1 });
        }
        let inside = &rest[1..close];
        let (kind, inside) = match (inside.strip_prefix('/'), inside.strip_suffix('/')) {
            (Some(name), _) => (Kind::Close, name),
            (None, Some(name)) => (Kind::Empty, name),
            (None, None) => (Kind::Open, inside),
        };
        let qualified = inside.split([' ', '\t', '\n', '\r']).next().unwrap_or("");
        let name = qualified.rsplit(':').next().unwrap_or(qualified);
        Some(Markup { kind, name, end: at + close + 1 })
    }
}

/// The `>` that ends a tag, outside quoted attribute values.
fn end_of_tag(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

fn before(text: &str, offset: u32) -> &str {
    let mut offset = (offset as usize).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    &text[..offset]
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<?xml version=\"1.0\"?>\n<d:A xmlns:d=\"u>v\"><!-- <B> --><L><X>1</X></L>\n<L><X/><Y>鞋2</Y></L></d:A>";

    fn pointer_to(what: &str) -> String {
        path_to(TEXT, TEXT.find(what).expect("it is there"), &["L"])
    }

    #[test]
    fn a_pointer_counts_what_repeats() {
        assert_eq!(pointer_to("<X>1"), "/A/L[1]/X");
        assert_eq!(pointer_to("<X/>"), "/A/L[2]/X");
        assert_eq!(pointer_to("<Y>"), "/A/L[2]/Y");
        assert_eq!(pointer_to("<L><X/>"), "/A/L[2]");
        assert_eq!(path_to(TEXT, 0, &[]), "/A");
    }

    #[test]
    fn lines_and_columns_count_characters_from_where_the_document_starts() {
        let offset = TEXT.find("2</Y>").expect("it is there") as u32;
        assert_eq!(line_column(TEXT, offset, 1, 1), (3, 12));
        assert_eq!(line_column(TEXT, 5, 7, 40), (7, 45));
    }
}
