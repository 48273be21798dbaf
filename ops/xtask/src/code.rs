//! Just enough of Rust's grammar to tell code from comments and literals, and to read paths.
//!
//! Not a parser: a real one would make the checks slower to build than everything they check.

/// A source text taken apart. Both halves keep every line where it was.
pub struct Split {
    /// Code without comments and without what is inside literals.
    pub code: String,
    /// Comments only.
    pub comments: String,
}

/// A path as the code names it, with `use` groups written out.
#[derive(Debug, PartialEq, Eq)]
pub struct Named {
    /// From 1.
    pub line: usize,
    /// The segments between the `::`.
    pub segments: Vec<String>,
}

#[derive(Clone, Copy)]
enum Piece {
    Code,
    Comment,
    Literal,
}

/// Tells code from comments and literals.
pub fn split(text: &str) -> Split {
    let bytes = text.as_bytes();
    let mut code: Vec<u8> = bytes.iter().map(|it| if *it == b'\n' { b'\n' } else { b' ' }).collect();
    let mut comments = code.clone();
    let mut at = 0;
    while at < bytes.len() {
        let after_word = at > 0 && is_word(bytes[at - 1]);
        let (piece, len) = next_piece(&bytes[at..], after_word);
        let end = (at + len).min(bytes.len());
        let target = match piece {
            Piece::Code => Some(&mut code),
            Piece::Comment => Some(&mut comments),
            Piece::Literal => None,
        };
        if let Some(target) = target {
            keep_ascii(&bytes[at..end], &mut target[at..end]);
        }
        at = end;
    }
    Split { code: ascii(code), comments: ascii(comments) }
}

/// Blanks every item under `#[cfg(test)]`. Takes what `split` calls code.
pub fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut bytes = code.as_bytes().to_vec();
    let mut from = 0;
    while let Some(found) = code[from..].find(MARK) {
        let start = from + found;
        let end = start + MARK.len() + item_len(&code[start + MARK.len()..]);
        for byte in &mut bytes[start..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        from = end;
    }
    ascii(bytes)
}

/// Every path and every lone word in `code`, in order.
pub fn paths(code: &str) -> Vec<Named> {
    let mut reader = Reader { tokens: tokens(code), at: 0, found: Vec::new() };
    while reader.at < reader.tokens.len() {
        if reader.word().is_some() {
            reader.path(&[]);
        } else {
            reader.at += 1;
        }
    }
    reader.found
}

/// Whether `byte` can be part of a name.
pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn next_piece(rest: &[u8], after_word: bool) -> (Piece, usize) {
    match rest {
        [b'/', b'/', ..] => (Piece::Comment, rest.iter().position(|it| *it == b'\n').unwrap_or(rest.len())),
        [b'/', b'*', ..] => (Piece::Comment, block_comment_len(rest)),
        [b'"', ..] => (Piece::Literal, quoted_len(rest, b'"')),
        [b'\'', ..] => char_len(rest).map_or((Piece::Code, 1), |len| (Piece::Literal, len)),
        [b'r' | b'b' | b'c', ..] if !after_word => {
            raw_len(rest).map_or((Piece::Code, 1), |len| (Piece::Literal, len))
        }
        _ => (Piece::Code, 1),
    }
}

fn block_comment_len(rest: &[u8]) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        match &rest[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn quoted_len(rest: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != quote {
        at += if rest[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

/// `None` for a lifetime.
fn char_len(rest: &[u8]) -> Option<usize> {
    let first = *rest.get(1)?;
    if first == b'\\' {
        return Some(quoted_len(rest, b'\''));
    }
    let width = match first {
        0x00..=0x7F => 1,
        0x80..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    };
    (rest.get(1 + width) == Some(&b'\'')).then_some(width + 2)
}

/// The length of `r"…"`, `br#"…"#` and the like, if one starts here.
fn raw_len(rest: &[u8]) -> Option<usize> {
    let prefix = if matches!(rest, [b'b' | b'c', ..]) { 1 } else { 0 };
    let after = rest[prefix..].strip_prefix(b"r")?;
    let n_hashes = after.iter().take_while(|it| **it == b'#').count();
    if after.get(n_hashes) != Some(&b'"') {
        return None;
    }
    let body = prefix + 1 + n_hashes + 1;
    let closing: Vec<u8> = std::iter::once(b'"').chain(std::iter::repeat_n(b'#', n_hashes)).collect();
    let n_inside = rest[body..].windows(closing.len()).position(|it| it == closing);
    Some(n_inside.map_or(rest.len(), |it| body + it + closing.len()))
}

fn keep_ascii(from: &[u8], to: &mut [u8]) {
    for (to, from) in to.iter_mut().zip(from) {
        if from.is_ascii() {
            *to = *from;
        }
    }
}

fn ascii(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("only ASCII was kept")
}

/// The length of an item: to its `;`, or to the end of its braces.
fn item_len(code: &str) -> usize {
    let (mut n_braces, mut n_others) = (0_i32, 0_i32);
    for (at, byte) in code.bytes().enumerate() {
        match byte {
            b'{' => n_braces += 1,
            b'}' => n_braces -= 1,
            b'(' | b'[' => n_others += 1,
            b')' | b']' => n_others -= 1,
            _ => {}
        }
        let closes = byte == b'}' || byte == b';' && n_others == 0;
        if closes && n_braces <= 0 {
            return at + 1;
        }
    }
    code.len()
}

struct Token<'c> {
    line: usize,
    text: &'c str,
}

fn tokens(code: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for (line_idx, mut rest) in code.lines().enumerate() {
        while let Some(first) = rest.bytes().next() {
            let len = match first {
                _ if is_word(first) => rest.bytes().take_while(|it| is_word(*it)).count(),
                _ if rest.starts_with("::") => 2,
                _ => 1,
            };
            let (text, after) = rest.split_at(len);
            if text != " " {
                tokens.push(Token { line: line_idx + 1, text });
            }
            rest = after;
        }
    }
    tokens
}

struct Reader<'c> {
    tokens: Vec<Token<'c>>,
    at: usize,
    found: Vec<Named>,
}

impl<'c> Reader<'c> {
    fn text(&self) -> &'c str {
        self.tokens.get(self.at).map_or("", |it| it.text)
    }

    fn word(&self) -> Option<&'c str> {
        Some(self.text()).filter(|it| it.bytes().next().is_some_and(is_word))
    }

    /// Reads one path, written after `prefix::{` when inside a group.
    fn path(&mut self, prefix: &[String]) {
        let mut segments = prefix.to_vec();
        let line = self.tokens.get(self.at).map_or(0, |it| it.line);
        while let Some(word) = self.word() {
            segments.push(word.to_owned());
            self.at += 1;
            if self.text() != "::" {
                break;
            }
            self.at += 1;
        }
        if self.text() == "{" && self.tokens[self.at - 1].text == "::" {
            self.at += 1;
            self.group(&segments);
        } else {
            self.found.push(Named { line, segments });
        }
    }

    fn group(&mut self, prefix: &[String]) {
        while self.at < self.tokens.len() && self.text() != "}" {
            if self.word().is_some() {
                self.path(prefix);
                // `as name` belongs to the element, not to the prefix.
                while !matches!(self.text(), "," | "}" | "") {
                    self.at += 1;
                }
            } else {
                self.at += 1;
            }
        }
        self.at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_code(text: &str, expected: &str) {
        let code = split(text).code;
        assert_eq!(code.lines().count(), text.lines().count());
        let words: Vec<&str> = code.split_whitespace().collect();
        assert_eq!(words.join(" "), expected, "{text}");
    }

    fn check_paths(code: &str, expected: &[&str]) {
        let found: Vec<String> = paths(code).iter().map(|it| it.segments.join("::")).collect();
        assert_eq!(found, expected, "{code}");
    }

    #[test]
    fn comments_and_literals_are_not_code() {
        check_code("a // b\nc /* d /* e */ f\n*/ g", "a c g");
        check_code(r#"let a = "b \" // c"; d"#, "let a = ; d");
        check_code("let a = r#\"b \" c\"#; br\"d\\\"; e", "let a = ; ; e");
        check_code("'\"' + '\\'' + '中' + '/' // b", "+ + +");
        check_code("fn a<'b>(c: &'b str) {}", "fn a<'b>(c: &'b str) {}");
        check_code("r#type = for_r\"a\"", "r#type = for_r");
    }

    #[test]
    fn an_open_literal_ends_with_the_text() {
        check_code("a \"b", "a");
        check_code("a \"b\\", "a");
        check_code("a /* b", "a");
        check_code("a r#\"b", "a");
    }

    #[test]
    fn comments_keep_their_lines() {
        let comments = split("let a = \"x\";\n/// why\n//! what").comments;
        assert_eq!(comments.lines().map(str::trim).collect::<Vec<_>>(), ["", "/// why", "//! what"]);
    }

    #[test]
    fn items_for_tests_are_blanked() {
        let code = "fn a() {}\n#[cfg(test)]\nmod tests { fn b() { c() } }\nfn d() {}";
        assert_eq!(
            without_tests(code).split_whitespace().collect::<Vec<_>>().join(" "),
            "fn a() {} fn d() {}"
        );
        let code =
            "#[cfg(test)] mod b; fn a() {} #[cfg(test)] use c::{d}; #[cfg(test)] fn e(f: [u8; 4]) { g } h";
        assert_eq!(without_tests(code).split_whitespace().collect::<Vec<_>>().join(" "), "fn a() {} ; h");
    }

    #[test]
    fn groups_are_written_out() {
        check_paths(
            "use std::{fs, io::{self, Read as R}, env};",
            &["use", "std::fs", "std::io::self", "std::io::Read", "std::env"],
        );
        check_paths("a::b::<c>(d); match e { f => g::h }", &["a::b", "c", "d", "match", "e", "f", "g::h"]);
        check_paths("impl A { }", &["impl", "A"]);
    }

    #[test]
    fn a_path_knows_its_line() {
        let lines: Vec<usize> = paths("a\nuse b::{\n  c,\n  d\n}").iter().map(|it| it.line).collect();
        assert_eq!(lines, [1, 2, 3, 4]);
    }
}
