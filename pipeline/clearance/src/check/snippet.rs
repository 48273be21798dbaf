//! The line a finding speaks of, as it fits on a terminal: without persons (ruling J2), without anything a terminal
//! would obey, cut around the place, which is known by its columns on the screen.

use formats::excerpt::{Excerpt, MASK};
use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of a line at most; a longer one is cut.
const WIDTH_MAX: usize = 100;
/// Columns of a cut line shown before the place.
const WIDTH_BEFORE: usize = 30;
/// Stands for what was cut off.
const CUT: char = '…';

/// One line and the place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Snippet {
    /// The line as it is shown.
    pub line: String,
    /// Columns before the place on the screen, counted in columns of one letter.
    pub n_before: usize,
    /// Columns of the place, one at least.
    pub n_marked: usize,
}

impl Snippet {
    /// The line the place begins on; none where nothing of it can be shown.
    pub fn of(excerpt: &Excerpt) -> Option<Snippet> {
        let before = excerpt.before.rsplit('\n').next().unwrap_or("");
        let mut line = clean(before);
        let start = line.len();
        let marked = excerpt.marked.split('\n').next().unwrap_or("");
        line.push_str(&clean(marked));
        let mut end = line.len();
        if !excerpt.marked.contains('\n') {
            line.push_str(&clean(excerpt.after.split('\n').next().unwrap_or("")));
        }
        // A place that is no element is the character there.
        if start == end {
            end += line[end..].chars().next().map_or(0, char::len_utf8);
        }
        let line = line.trim_end();
        let is_shown = !line.replace(MASK, "").trim().is_empty();
        is_shown.then(|| cut(line, start.min(line.len())..end.min(line.len())))
    }
}

/// What a terminal shows as it stands: no character that moves its cursor, and none that turns the order of others.
pub(super) fn clean(text: &str) -> String {
    let shown = |it: char| match it {
        '\t' => ' ',
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => {
            char::REPLACEMENT_CHARACTER
        }
        it if it.is_control() => char::REPLACEMENT_CHARACTER,
        it => it,
    };
    text.chars().map(shown).collect()
}

fn cut(line: &str, marked: Range<usize>) -> Snippet {
    let mut shown = String::new();
    let (mut start, mut end) = (0, line.len());
    if line.width() > WIDTH_MAX {
        start = start_of(line, marked.start);
        end = end_of(line, start);
    }
    if start > 0 {
        shown.push(CUT);
    }
    shown.push_str(&line[start..end]);
    if end < line.len() {
        shown.push(CUT);
    }
    let n_before = usize::from(start > 0) + line[start..marked.start].width();
    let n_marked = line[marked.start..marked.end.min(end).max(marked.start)].width().max(1);
    Snippet { line: shown, n_before, n_marked }
}

/// Where a cut line begins.
fn start_of(line: &str, place: usize) -> usize {
    let mut n_columns = 0;
    for (at, letter) in line[..place].char_indices().rev() {
        n_columns += letter.width().unwrap_or(0);
        if n_columns > WIDTH_BEFORE {
            return at + letter.len_utf8();
        }
    }
    0
}

/// Where it ends.
fn end_of(line: &str, start: usize) -> usize {
    let mut n_columns = 0;
    for (at, letter) in line[start..].char_indices() {
        n_columns += letter.width().unwrap_or(0);
        if n_columns > WIDTH_MAX {
            return start + at;
        }
    }
    line.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(before: &str, marked: &str, after: &str) -> Excerpt {
        let [before, marked, after] = [before, marked, after].map(str::to_owned);
        Excerpt { line: 1, before, marked, after }
    }

    fn shown(before: &str, marked: &str, after: &str) -> (String, usize, usize) {
        let Snippet { line, n_before, n_marked } = Snippet::of(&excerpt(before, marked, after)).unwrap();
        (line, n_before, n_marked)
    }

    #[test]
    fn only_the_line_of_the_place_is_shown() {
        let line = shown("<A>\n  <B/>\n\t", "<C>1</C>", "<D/>\n</A>");
        assert_eq!(line, (" <C>1</C><D/>".to_owned(), 1, 8));
        // An element over several lines is marked to the end of its first.
        assert_eq!(shown("  ", "<C>\n1</C>", "<D/>"), ("  <C>".to_owned(), 2, 3));
    }

    /// 鞋 takes two columns of a terminal, so the mark stands below what it marks.
    #[test]
    fn wide_characters_are_counted_as_they_are_shown() {
        assert_eq!(shown("<A>鞋鞋</A>", "<B>鞋</B>", ""), ("<A>鞋鞋</A><B>鞋</B>".to_owned(), 11, 9));
    }

    #[test]
    fn a_place_that_is_no_element_is_one_character() {
        assert_eq!(shown("<A>", "", "& B</A>"), ("<A>& B</A>".to_owned(), 3, 1));
        assert_eq!(shown("<A>", "", ""), ("<A>".to_owned(), 3, 1));
        assert_eq!(shown("<A>  ", "", " \n"), ("<A>".to_owned(), 3, 1));
    }

    #[test]
    fn a_line_that_is_masked_whole_is_not_shown() {
        assert_eq!(Snippet::of(&excerpt("<A>\n  •••", "", " •••\n</A>")), None);
        assert_eq!(Snippet::of(&excerpt("", "", "")), None);
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let (before, after) = ("a".repeat(500), "b".repeat(500));
        let (line, n_before, n_marked) = shown(&before, "<X/>", &after);
        assert_eq!(line, format!("…{}<X/>{}…", "a".repeat(30), "b".repeat(66)));
        assert_eq!((n_before, n_marked), (31, 4));
        let (line, n_before, n_marked) = shown(&before, &"鞋".repeat(200), "");
        assert_eq!(line, format!("…{}{}…", "a".repeat(30), "鞋".repeat(35)));
        assert_eq!((n_before, n_marked), (31, 70));
    }

    #[test]
    fn nothing_reaches_the_terminal_that_it_would_obey() {
        assert_eq!(clean("a\u{1B}[31m\u{202E}b\t\u{9B}"), "a\u{FFFD}[31m\u{FFFD}b \u{FFFD}");
    }
}
