//! The lines of a message around the element a finding speaks of, fit to be shown to anybody (ruling J2).
//!
//! What is shown is what is known to be harmless: names of elements, and the value of a leaf that a format reads into a
//! field about no person. All else is masked: personal fields, leaves nobody reads, attributes, comments, text where none
//! belongs. So what a broken message says in the wrong place is masked, too.

use crate::FORMATS;
use crate::place::{Kind, Markup};
use model::seen::field as field_of;
use model::text::Shape;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// Stands for what is not shown, however long it is.
pub const MASK: &str = "•••";
/// Stands for what was cut off.
const CUT: char = '…';

/// Lines shown before and after.
const CONTEXT_LINES: usize = 2;
/// Bytes shown before and after at most: many messages are one long line.
const CONTEXT_BYTES: usize = 240;
/// Bytes of the element itself.
const MARKED_BYTES: usize = 400;

/// Where a finding stands.
#[derive(Clone, Copy, Debug)]
pub enum Spot<'p> {
    /// Line and column, as the finding says them.
    At(u32, u32),
    /// The way from the root: for a copy of the document with other line breaks.
    Pointer(&'p str),
}

/// A piece of a message, the element in question apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Line of its first character.
    pub line: u32,
    /// Text before the element.
    pub before: String,
    /// The element: with its value where that is shown, else its start tag.
    pub marked: String,
    /// Text behind it.
    pub after: String,
}

/// An excerpt for each spot that is found in the document, which starts at this line and column.
pub fn excerpts(text: &str, line: u32, column: u32, spots: &[Spot<'_>]) -> Vec<Option<Excerpt>> {
    let mut trackers: Vec<Tracker<'_>> = spots.iter().map(Tracker::new).collect();
    let shown = Shown::of(text, &mut trackers);
    let found = spots.iter().zip(&trackers).map(|(spot, tracker)| {
        let offset = match spot {
            Spot::At(at_line, at_column) => offset_of(text, (line, column), (*at_line, *at_column))?,
            Spot::Pointer(_) => tracker.found()?,
        };
        Some(shown.around(text, offset, line))
    });
    found.collect()
}

/// The byte at a line and column, counted on from where the document starts.
fn offset_of(text: &str, from: (u32, u32), at: (u32, u32)) -> Option<usize> {
    let n_lines = at.0.checked_sub(from.0)? as usize;
    let (start, n_characters) = match n_lines {
        0 => (0, at.1.checked_sub(from.1)? as usize),
        n => (memchr::memchr_iter(b'\n', text.as_bytes()).nth(n - 1)? + 1, at.1.checked_sub(1)? as usize),
    };
    let rest = &text[start..];
    let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    ends.into_iter().nth(n_characters).map(|at| start + at)
}

/// Elements and leaves of them that some format reads, and none as personal.
static HARMLESS: LazyLock<HashSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    let (mut harmless, mut personal) = (HashSet::new(), HashSet::new());
    for row in FORMATS.iter().flat_map(|format| format.rows()) {
        for (wire, field) in row.fields.iter().chain(row.also) {
            // A value may lie deeper than its row: it is known by the element it stands in.
            let mut steps = wire.rsplit('/');
            let leaf = steps.next().unwrap_or(wire);
            let element = steps.next().unwrap_or(row.element);
            match field_of(row.record, field).map(|known| known.shape) {
                Some(Shape::Text | Shape::Number | Shape::Date) => harmless.insert((element, leaf)),
                Some(Shape::Personal) | None => personal.insert((element, leaf)),
            };
        }
    }
    harmless.retain(|leaf| !personal.contains(leaf));
    harmless
});

/// What of a document may be shown.
struct Shown {
    /// Ranges of bytes, in order.
    ranges: Vec<Range<usize>>,
    /// Elements by their start: the element with its value where that is shown, else its start tag.
    elements: Vec<Range<usize>>,
}

impl Shown {
    fn of(text: &str, trackers: &mut [Tracker<'_>]) -> Shown {
        let mut shown = Shown { ranges: Vec::new(), elements: Vec::new() };
        let mut open: Vec<&str> = Vec::new();
        // The element whose start tag ended where the text in hand begins.
        let mut just_opened = false;
        let mut rest = 0;
        while let Some(at) = memchr::memchr(b'<', &text.as_bytes()[rest..]).map(|at| rest + at) {
            let Some(markup) = Markup::at(text, at) else { break };
            let closes = markup.kind == Kind::Close && open.last() == Some(&markup.name);
            let is_value = just_opened && closes && is_harmless(&open);
            if is_value || text[rest..at].trim_ascii().is_empty() {
                shown.push(rest..at);
            }
            match markup.kind {
                Kind::Open | Kind::Empty => {
                    trackers.iter_mut().for_each(|tracker| tracker.open(open.len(), markup.name, at));
                    shown.start_tag(text, at, &markup);
                    shown.elements.push(at..markup.end);
                    if markup.kind == Kind::Open {
                        open.push(markup.name);
                    } else {
                        trackers.iter_mut().for_each(|tracker| tracker.close(open.len()));
                    }
                }
                Kind::Close => {
                    if is_name(markup.name) {
                        shown.push(at..markup.end);
                    }
                    if is_value && let Some(element) = shown.elements.last_mut() {
                        element.end = markup.end;
                    }
                    open.pop();
                    trackers.iter_mut().for_each(|tracker| tracker.close(open.len()));
                }
                Kind::Other => {}
            }
            just_opened = markup.kind == Kind::Open;
            rest = markup.end;
        }
        if text[rest..].trim_ascii().is_empty() {
            shown.push(rest..text.len());
        }
        shown
    }

    /// The name, not the attributes.
    fn start_tag(&mut self, text: &str, at: usize, markup: &Markup<'_>) {
        let name_end = markup.name.as_ptr().addr() - text.as_ptr().addr() + markup.name.len();
        let close = markup.end - if markup.kind == Kind::Empty { 2 } else { 1 };
        if is_name(&text[at + 1..name_end]) {
            self.push(at..name_end);
        }
        if text[name_end..close].trim_ascii().is_empty() {
            self.push(name_end..close);
        }
        self.push(close..markup.end);
    }

    fn push(&mut self, range: Range<usize>) {
        match self.ranges.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ if range.is_empty() => {}
            _ => self.ranges.push(range),
        }
    }

    fn around(&self, text: &str, offset: usize, first_line: u32) -> Excerpt {
        let known = self.elements.binary_search_by_key(&offset, |element| element.start);
        let element = known.map_or(offset..offset, |idx| self.elements[idx].clone());
        let marked = element.start..cut_end(text, element.start, element.end, MARKED_BYTES);
        let (start, end) = (context_start(text, marked.start), context_end(text, marked.end));
        let n_lines = memchr::memchr_iter(b'\n', &text.as_bytes()[..start]).count() as u32;
        let is_cut = |at: usize| at != 0 && text.as_bytes()[at - 1] != b'\n';
        let mut before = String::new();
        if is_cut(start) {
            before.push(CUT);
        }
        self.write(text, start..marked.start, &mut before);
        let (mut inside, mut after) = (String::new(), String::new());
        self.write(text, marked.clone(), &mut inside);
        if marked.end < element.end {
            inside.push(CUT);
        }
        self.write(text, marked.end..end, &mut after);
        if end < text.len() && text.as_bytes()[end] != b'\n' {
            after.push(CUT);
        }
        Excerpt { line: first_line + n_lines, before, marked: inside, after }
    }

    fn write(&self, text: &str, range: Range<usize>, into: &mut String) {
        let mut at = range.start;
        let first = self.ranges.partition_point(|shown| shown.end <= range.start);
        for shown in self.ranges[first..].iter().take_while(|shown| shown.start < range.end) {
            mask(&text[at..shown.start.max(at)], into);
            let end = shown.end.min(range.end);
            into.push_str(&text[shown.start.max(at)..end]);
            at = end;
        }
        mask(&text[at..range.end.max(at)], into);
    }
}

fn is_harmless(open: &[&str]) -> bool {
    matches!(open, [.., element, leaf] if is_shown(element, leaf))
}

/// The value of this leaf of an element may be shown: some format reads it, and none as personal.
pub(crate) fn is_shown(element: &str, leaf: &str) -> bool {
    HARMLESS.contains(&(element, leaf))
}

/// A name as messages have them. Anything else in the place of a name is masked.
fn is_name(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':'))
}

/// Line breaks and indentation stay, so that lines keep their numbers.
fn mask(hidden: &str, into: &mut String) {
    for (n, line) in hidden.split('\n').enumerate() {
        if n > 0 {
            into.push('\n');
        }
        let kept = line.trim_ascii_start();
        into.push_str(&line[..line.len() - kept.len()]);
        if !kept.is_empty() {
            into.push_str(MASK);
        }
    }
}

fn cut_end(text: &str, start: usize, end: usize, n_bytes: usize) -> usize {
    if end - start <= n_bytes { end } else { text.floor_char_boundary(start + n_bytes) }
}

/// Some lines back; in a long line some elements back.
fn context_start(text: &str, from: usize) -> usize {
    let bytes = &text.as_bytes()[..from];
    let lines = memchr::memrchr_iter(b'\n', bytes).nth(CONTEXT_LINES).map_or(0, |at| at + 1);
    if from - lines <= CONTEXT_BYTES {
        return lines;
    }
    let cut = text.ceil_char_boundary(from - CONTEXT_BYTES);
    memchr::memchr2(b'<', b'\n', &bytes[cut..])
        .map_or(from, |at| cut + at + usize::from(bytes[cut + at] == b'\n'))
}

/// Some lines on; in a long line some elements on.
fn context_end(text: &str, from: usize) -> usize {
    let bytes = &text.as_bytes()[from..];
    let lines = memchr::memchr_iter(b'\n', bytes).nth(CONTEXT_LINES).unwrap_or(bytes.len());
    if lines <= CONTEXT_BYTES {
        return from + lines;
    }
    let cut = text.floor_char_boundary(from + CONTEXT_BYTES);
    memchr::memrchr2(b'>', b'\n', &bytes[..cut - from])
        .map_or(from, |at| from + at + usize::from(bytes[at] == b'>'))
}

/// Follows a pointer through a document.
struct Tracker<'p> {
    steps: Vec<(&'p str, usize)>,
    /// Elements of the name looked for seen at each level, below the present match.
    n_seen: Vec<usize>,
    /// Levels of the present way that match.
    n_matched: usize,
    /// Levels of the best match, and where its start tag stands.
    best: (usize, usize),
}

impl<'p> Tracker<'p> {
    fn new(spot: &Spot<'p>) -> Tracker<'p> {
        let Spot::Pointer(pointer) = spot else {
            return Tracker { steps: Vec::new(), n_seen: Vec::new(), n_matched: 0, best: (0, 0) };
        };
        let step = |step: &'p str| match step.strip_suffix(']').and_then(|step| step.split_once('[')) {
            Some((name, nth)) => (name, nth.parse().unwrap_or(1)),
            None => (step, 1),
        };
        let steps: Vec<_> = pointer.split('/').filter(|step| !step.is_empty()).map(step).collect();
        Tracker { n_seen: vec![0; steps.len()], steps, n_matched: 0, best: (0, 0) }
    }

    fn open(&mut self, depth: usize, name: &str, at: usize) {
        if depth != self.n_matched || self.steps.get(depth).is_none_or(|(wanted, _)| *wanted != name) {
            return;
        }
        self.n_seen[depth] += 1;
        if self.n_seen[depth] == self.steps[depth].1 {
            self.n_matched += 1;
            self.n_seen[self.n_matched..].fill(0);
            if self.n_matched > self.best.0 {
                self.best = (self.n_matched, at);
            }
        }
    }

    fn close(&mut self, depth: usize) {
        self.n_matched = self.n_matched.min(depth);
    }

    /// The element, or the one it should stand in.
    fn found(&self) -> Option<usize> {
        (self.best.0 > 0 && self.best.0 + 1 >= self.steps.len()).then_some(self.best.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    const DOCUMENT: &str = "<DecMessage version=\"4.8\">
  <DecHead>
    <SeqNo>鞋1</SeqNo>
    <InputerName>张三</InputerName>
    <TradeName/>
    <Nobody>李四</Nobody>
    <IEFlag>E</IEFlag><!-- 王五 -->
  </DecHead>
  <DecLists><DecList><GNo>1</GNo></DecList><DecList><GNo>2</GNo>赵六</DecList></DecLists>
</DecMessage>";

    fn check(document: &str, spot: Spot<'_>, expected: Expect) {
        let said = excerpts(document, 1, 1, &[spot])
            .remove(0)
            .map_or("none".to_owned(), |it| format!("{}: {}[{}]{}", it.line, it.before, it.marked, it.after));
        expected.assert_eq(&said);
    }

    #[test]
    fn an_element_with_its_value_between_lines_without_persons() {
        check(
            DOCUMENT,
            Spot::At(3, 5),
            expect![[r#"
                1: <DecMessage •••>
                  <DecHead>
                    [<SeqNo>鞋1</SeqNo>]
                    <InputerName>•••</InputerName>
                    <TradeName/>"#]],
        );
    }

    #[test]
    fn a_person_is_masked_where_the_finding_is_about_him() {
        check(
            DOCUMENT,
            Spot::At(4, 5),
            expect![[r#"
                2:   <DecHead>
                    <SeqNo>鞋1</SeqNo>
                    [<InputerName>]•••</InputerName>
                    <TradeName/>
                    <Nobody>•••</Nobody>"#]],
        );
    }

    #[test]
    fn a_pointer_finds_the_element_in_any_layout() {
        check(
            DOCUMENT,
            Spot::Pointer("/DecMessage/DecLists/DecList[2]/GNo"),
            expect![[r#"
                7:     <IEFlag>E</IEFlag>•••
                  </DecHead>
                  <DecLists><DecList><GNo>1</GNo></DecList><DecList>[<GNo>2</GNo>]•••</DecList></DecLists>
                </DecMessage>"#]],
        );
        check(
            "<DecMessage><DecHead><SeqNo>1</SeqNo></DecHead></DecMessage>",
            Spot::Pointer("/DecMessage/DecHead/BillNo"),
            expect!["1: <DecMessage>[<DecHead>]<SeqNo>1</SeqNo></DecHead></DecMessage>"],
        );
        check("<DecMessage/>", Spot::Pointer("/DecMessage/DecHead/BillNo"), expect!["none"]);
    }

    #[test]
    fn what_a_broken_message_says_in_the_wrong_place_is_masked() {
        check(
            "<DecHead><SeqNo>1<b/>张三</SeqNo>张三<",
            Spot::At(1, 10),
            expect!["1: <DecHead>[<SeqNo>]•••<b/>•••</SeqNo>•••"],
        );
        check("<张三><SeqNo x='张三'>1</张三>", Spot::At(1, 5), expect!["1: •••>[<SeqNo •••>]•••"]);
        check("张三", Spot::At(1, 2), expect!["1: •••[]•••"]);
        check("张三", Spot::At(7, 2), expect!["none"]);
    }

    #[test]
    fn a_message_on_one_line_is_cut_between_elements() {
        let leaves: String = (10..60).map(|n| format!("<SeqNo>{n}</SeqNo>")).collect();
        let document = format!("<DecHead>{leaves}</DecHead>");
        let at = document.find("<SeqNo>30").unwrap() as u32 + 1;
        let excerpt = excerpts(&document, 1, 1, &[Spot::At(1, at)]).remove(0).unwrap();
        assert_eq!(excerpt.marked, "<SeqNo>30</SeqNo>");
        assert!(excerpt.before.starts_with("…<SeqNo>16</SeqNo>"), "{}", excerpt.before);
        assert!(excerpt.after.ends_with("<SeqNo>44</SeqNo>…"), "{}", excerpt.after);
    }

    #[test]
    fn each_field_of_each_row_is_known() {
        for row in FORMATS.iter().flat_map(|format| format.rows()) {
            for (_, field) in row.fields {
                assert!(field_of(row.record, field).is_some(), "{} {field}", row.record);
            }
        }
    }
}
