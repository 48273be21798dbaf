//! From a place in a document to what a person can find: line, column, pointer. Only findings pay for it.

use crate::Format;
use model::finding::Place;

/// Line and column of a byte, counted on from where the document starts; columns in characters, from 1 (ruling O5).
pub fn line_column(text: &str, offset: u32, first_line: u32, first_column: u32) -> (u32, u32) {
    let mut places = Places::new(text, None, (first_line, first_column));
    places.line_column(offset)
}

/// The way from the root to a place: `/DecMessage/DecLists/DecList[1]/FirstQty`.
///
/// Local names; elements that may repeat are counted from 1; an absent element is named under its parent.
pub fn pointer(text: &str, place: &Place, format: Option<&dyn Format>) -> String {
    Places::new(text, format, (1, 1)).pointer(place)
}

/// The innermost element that is open at a byte, and where its start tag stands; none outside the root, or too deep.
pub fn open_at(text: &str, offset: u32) -> Option<(&str, u32)> {
    let mut places = Places::new(text, None, (1, 1));
    places.path_to(offset as usize);
    let step = places.steps.pop().filter(|_| places.n_deeper == 0)?;
    Some((before(step.name, NAME_BYTES_MAX as u32), u32::try_from(step.at).ok()?))
}

/// Places of one document, asked for in order of their offsets: the text is gone through once for all of them.
pub struct Places<'t> {
    text: &'t str,
    format: Option<&'t dyn Format>,
    repeated: &'t [&'static str],
    /// Elements open at `rest`, outermost first, as many as are shown.
    steps: Vec<Step<'t>>,
    /// Elements open beyond those.
    n_deeper: usize,
    /// Where the markup begins that has not been gone through.
    rest: usize,
    /// Where lines and columns have been counted to.
    counted: usize,
    line: u32,
    column: u32,
}

/// Elements shown of a way, beside the one asked for: what is read is no deeper.
const STEPS_MAX: usize = 64;

/// Bytes shown of a name: what is read is no longer.
const NAME_BYTES_MAX: usize = 256;

struct Step<'t> {
    name: &'t str,
    /// Where its start tag stands.
    at: usize,
    nth: usize,
    /// How often the elements that may repeat have stood here.
    children: Vec<(&'t str, usize)>,
}

impl<'t> Places<'t> {
    /// Places of a document that starts at this line and column.
    pub fn new(text: &'t str, format: Option<&'t dyn Format>, (line, column): (u32, u32)) -> Places<'t> {
        let repeated = format.map_or(&[][..], |format| format.repeated());
        Places { text, format, repeated, steps: Vec::new(), n_deeper: 0, rest: 0, counted: 0, line, column }
    }

    /// Line and column of a byte that does not lie before those asked for earlier.
    pub fn line_column(&mut self, offset: u32) -> (u32, u32) {
        let to = before(self.text, offset).len();
        let passed = self.text.get(self.counted..to).unwrap_or("");
        self.counted = self.counted.max(to);
        let n_lines = memchr::memchr_iter(b'\n', passed.as_bytes()).count() as u32;
        let last_line = passed.rfind('\n').map_or(passed, |at| &passed[at + 1..]);
        let n_characters = last_line.chars().count() as u32;
        self.column = if n_lines == 0 { self.column + n_characters } else { 1 + n_characters };
        self.line += n_lines;
        (self.line, self.column)
    }

    /// The way to a place that does not lie before those asked for earlier.
    pub fn pointer(&mut self, place: &Place) -> String {
        let mut pointer = self.path_to(place.offset as usize);
        let absent = place.absent.and_then(|absent| on_the_wire(self.format?, absent));
        if let Some((element, wire_name)) = absent {
            let parent_end = pointer.rfind('/').unwrap_or(0);
            let parent = pointer[parent_end..].trim_start_matches('/').split('[').next();
            if parent != Some(element) {
                // The row is absent as a whole and the place is the root, or the field has a part of its own on the
                // wire, which stands beside the row's element.
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

    fn path_to(&mut self, offset: usize) -> String {
        while let Some(at) = memchr::memchr(b'<', &self.text.as_bytes()[self.rest..]) {
            let at = self.rest + at;
            if at > offset && !self.steps.is_empty() {
                break;
            }
            let Some(markup) = Markup::at(self.text, at) else { break };
            let opens = matches!(markup.kind, Kind::Open | Kind::Empty);
            if opens && at >= offset {
                // It is shown and not entered: another place may lie at it, too.
                return self.path(Some((markup.name, self.nth(markup.name) + 1)));
            }
            if at >= offset && markup.kind == Kind::Close {
                // A place at an end tag is still within the element.
                break;
            }
            self.pass(&markup, at);
            self.rest = markup.end;
        }
        self.path(None)
    }

    fn pass(&mut self, markup: &Markup<'t>, at: usize) {
        match markup.kind {
            Kind::Open | Kind::Empty => {
                let nth = self.nth(markup.name) + 1;
                if self.n_deeper == 0
                    && self.repeats(markup.name)
                    && let Some(parent) = self.steps.last_mut()
                {
                    parent.children.retain(|(known, _)| *known != markup.name);
                    parent.children.push((markup.name, nth));
                }
                if markup.kind == Kind::Empty {
                    return;
                }
                if self.steps.len() < STEPS_MAX {
                    self.steps.push(Step { name: markup.name, at, nth, children: Vec::new() });
                } else {
                    self.n_deeper += 1;
                }
            }
            Kind::Close if self.n_deeper > 0 => self.n_deeper -= 1,
            Kind::Close => {
                self.steps.pop();
            }
            Kind::Other => {}
        }
    }

    /// How often an element of this name has stood in the one open, where that is counted.
    fn nth(&self, name: &str) -> usize {
        let children = self.steps.last().map_or(&[][..], |parent| &parent.children);
        children.iter().find(|(known, _)| *known == name).map_or(0, |(_, n)| *n)
    }

    fn repeats(&self, name: &str) -> bool {
        self.repeated.contains(&name)
    }

    fn path(&self, last: Option<(&str, usize)>) -> String {
        let last = last.filter(|_| self.n_deeper == 0);
        let mut path = String::new();
        for (name, nth) in self.steps.iter().map(|step| (step.name, step.nth)).chain(last) {
            path.push('/');
            path.push_str(before(name, NAME_BYTES_MAX as u32));
            if self.repeats(name) {
                path.push_str(&format!("[{nth}]"));
            }
        }
        path
    }
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

    fn places() -> Places<'static> {
        Places { repeated: &["L"], ..Places::new(TEXT, None, (1, 1)) }
    }

    fn pointer_to(what: &str) -> String {
        places().path_to(TEXT.find(what).expect("it is there"))
    }

    #[test]
    fn a_pointer_counts_what_repeats() {
        assert_eq!(pointer_to("<X>1"), "/A/L[1]/X");
        assert_eq!(pointer_to("<X/>"), "/A/L[2]/X");
        assert_eq!(pointer_to("<Y>"), "/A/L[2]/Y");
        assert_eq!(pointer_to("<L><X/>"), "/A/L[2]");
        assert_eq!(places().path_to(0), "/A");
        assert_eq!([pointer_to("</Y>"), pointer_to("</L></d:A>")], ["/A/L[2]/Y", "/A/L[2]"]);
    }

    #[test]
    fn the_element_that_is_open_is_known_by_its_start_tag() {
        let open_at = |what: &str| open_at(TEXT, TEXT.find(what).expect("it is there") as u32);
        let start = |what: &str| TEXT.find(what).expect("it is there") as u32;
        assert_eq!(open_at("1</X>"), Some(("X", start("<X>1"))));
        assert_eq!(open_at("</X>"), Some(("X", start("<X>1"))));
        assert_eq!(open_at("<X/>"), Some(("L", start("<L><X/>"))));
        assert_eq!(open_at("</d:A>"), Some(("A", start("<d:A"))));
        assert_eq!(open_at("<?xml"), None);
        assert_eq!(super::open_at("<A><B>cut", 9), Some(("B", 3)));
    }

    #[test]
    fn places_in_order_are_those_asked_for_one_by_one() {
        let mut places = places();
        for offset in 0..=TEXT.len() as u32 + 2 {
            assert_eq!(places.line_column(offset), line_column(TEXT, offset, 1, 1), "{offset}");
            let alone = self::places().path_to(offset as usize);
            assert_eq!([0; 2].map(|_| places.path_to(offset as usize)), [alone.clone(), alone], "{offset}");
        }
    }

    /// A way is never longer than what may be read, however deep and long-named the document is.
    #[test]
    fn a_way_through_a_bomb_is_short() {
        let deep = "<a>".repeat(100_000);
        let mut places = Places::new(&deep, None, (1, 1));
        assert_eq!(places.path_to(deep.len()), "/a".repeat(64));
        let wide: String = (0..200_000).map(|n| format!("<a{n}/>")).collect();
        let wide = format!("<{0}>{wide}</{0}>", "鞋".repeat(1_000));
        let mut places = Places { repeated: &["a1"], ..Places::new(&wide, None, (1, 1)) };
        // 85 characters of three bytes are 255, and another would be beyond 256.
        assert_eq!(
            places.path_to(wide.rfind("</").expect("it is closed") - 1),
            format!("/{}", "鞋".repeat(85))
        );
    }

    #[test]
    fn lines_and_columns_count_characters_from_where_the_document_starts() {
        let offset = TEXT.find("2</Y>").expect("it is there") as u32;
        assert_eq!(line_column(TEXT, offset, 1, 1), (3, 12));
        assert_eq!(line_column(TEXT, 5, 7, 40), (7, 45));
    }
}
