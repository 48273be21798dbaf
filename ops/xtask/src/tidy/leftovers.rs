//! What somebody meant to come back to, and what belongs to one machine only.
//!
//! The words are put together from halves here, so that this file passes its own check.

use super::Offence;
use crate::code;
use crate::tree::Tree;

const WORDS: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];

/// With the opening bracket, as `paths` of the same name are harmless.
const MACROS: &[&str] = &["todo!(", "unimplemented!(", "dbg!(", "#[ignore"];

const HOMES: &[&str] = &[concat!("/wo", "rk/"), concat!("/ho", "me/"), concat!("/ro", "ot/")];

/// Messages and tables are other people's words: a currency may be called like a leftover.
const DATA: &[&str] = &[".xml", ".csv", ".json", ".ndjson", ".xsd", ".lock"];

/// No word says that something is unfinished: comments in Rust, whole text elsewhere.
pub fn words(tree: &Tree) -> Vec<Offence> {
    let mut offences = Vec::new();
    for (path, text) in tree.texts().filter(|(path, _)| !DATA.iter().any(|it| path.ends_with(it))) {
        let comments = path.ends_with(".rs").then(|| code::split(text).comments);
        for (line, word) in find(comments.as_deref().unwrap_or(text), WORDS, is_whole_word) {
            let cure = "finish it, or write down in a sentence how it is and why";
            offences.push(Offence::new(path, line, format!("`{word}` was left"), cure));
        }
    }
    offences
}

/// No macro stands in for code, and no test is switched off.
pub fn macros(tree: &Tree) -> Vec<Offence> {
    let mut offences = Vec::new();
    for (path, text) in tree.rust() {
        for (line, found) in find(&code::split(text).code, MACROS, starts_a_word) {
            let cure = "write the code; a known wrong behaviour is asserted as it is, with a note";
            offences.push(Offence::new(path, line, format!("`{found}` was left"), cure));
        }
    }
    offences
}

/// No file names a place on a developer's machine.
pub fn paths(tree: &Tree) -> Vec<Offence> {
    let mut offences = Vec::new();
    for (path, text) in tree.texts() {
        for (line, found) in find(text, HOMES, starts_a_path) {
            let cure = "use a path relative to the root; in an XML pointer, call the element something else";
            offences.push(Offence::new(path, line, format!("`{found}` is a place on one machine"), cure));
        }
    }
    offences
}

/// Line and needle of every occurrence whose neighbours on the line are accepted.
fn find(
    text: &str,
    needles: &[&'static str],
    accepts: fn(before: Option<u8>, after: Option<u8>) -> bool,
) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    for (line_idx, line) in text.lines().enumerate() {
        for needle in needles {
            for (at, _) in line.match_indices(needle) {
                let before = line.as_bytes()[..at].last().copied();
                let after = line.as_bytes().get(at + needle.len()).copied();
                if accepts(before, after) {
                    found.push((line_idx + 1, *needle));
                }
            }
        }
    }
    found
}

/// A quoted word is spoken about, not left behind.
fn is_whole_word(before: Option<u8>, after: Option<u8>) -> bool {
    let joins = |it: u8| code::is_word(it) || it == b'-';
    let quoted = before == after && before.is_some_and(|it| matches!(it, b'"' | b'`' | b'\''));
    !before.is_some_and(joins) && !after.is_some_and(code::is_word) && !quoted
}

fn starts_a_word(before: Option<u8>, _after: Option<u8>) -> bool {
    !before.is_some_and(code::is_word)
}

/// Not the middle of a longer path or of an address.
fn starts_a_path(before: Option<u8>, _after: Option<u8>) -> bool {
    !before.is_some_and(|it| code::is_word(it) || !it.is_ascii() || b".-/}>)*".contains(&it))
}

#[cfg(test)]
mod tests {
    use super::super::expect;
    use super::{HOMES, MACROS, WORDS, macros, paths, words};

    #[test]
    fn words_are_found_in_comments_and_pages() {
        let [todo, fixme, xxx] = WORDS else { panic!("three words") };
        let rust = format!("fn a() {{}} // {todo}: later\nconst B: &str = \"{xxx}\";\n/* {fixme} */");
        let page = format!("- {xxx}\n- DOC-{xxx} and `{xxx}` and {xxx}X are names\n");
        expect(
            words,
            &[("a.rs", &rust), ("b.md", &page), ("c.xml", &page)],
            &[
                &format!("a.rs:1: `{todo}` was left"),
                &format!("a.rs:3: `{fixme}` was left"),
                &format!("b.md:1: `{xxx}` was left"),
            ],
        );
    }

    #[test]
    fn macros_are_found_in_code_only() {
        let [todo, unimplemented, dbg, ignore] = MACROS else { panic!("four macros") };
        let text =
            format!("{todo});\n{unimplemented});\n  {dbg}a);\n{ignore}]\n// {todo})\nmy_{todo});\n\"{dbg}\"");
        expect(
            macros,
            &[("a.rs", &text), ("b.md", &text)],
            &[
                &format!("a.rs:1: `{todo}` was left"),
                &format!("a.rs:2: `{unimplemented}` was left"),
                &format!("a.rs:3: `{dbg}` was left"),
                &format!("a.rs:4: `{ignore}` was left"),
            ],
        );
    }

    #[test]
    fn places_on_one_machine_are_found() {
        let [work, home, root] = HOMES else { panic!("three places") };
        let text = format!(
            "cd {work}a\n\"{home}b\"\n`{root}c`\nops{work}d https://x.org{home} ../{root} ${{A}}{home}\n"
        );
        expect(
            paths,
            &[("a.md", &text)],
            &[
                &format!("a.md:1: `{work}` is a place on one machine"),
                &format!("a.md:2: `{home}` is a place on one machine"),
                &format!("a.md:3: `{root}` is a place on one machine"),
            ],
        );
    }
}
