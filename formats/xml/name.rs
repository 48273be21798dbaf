//! Letters and names of XML 1.0, fifth edition.
//!
//! The tokenizer takes any bytes up to white space for a name; here a name is what productions 4 and 5 say, without
//! a colon (Namespaces in XML 1.0, production 4).

/// White space (production 3).
pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Nothing but white space.
pub(super) fn is_blank(text: &str) -> bool {
    text.bytes().all(is_space)
}

/// Without the white space at both ends.
#[inline]
pub(super) fn trim(text: &str) -> &str {
    #[cold]
    fn trimmed(text: &str) -> &str {
        text.trim_matches([' ', '\t', '\n', '\r'])
    }
    match text.as_bytes() {
        [first, .., last] if is_space(*first) || is_space(*last) => trimmed(text),
        [only] if is_space(*only) => "",
        _ => text,
    }
}

/// A character a document may have (production 2).
pub(super) const fn is_legal(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// A name without a colon.
pub(super) fn is_name(name: &str) -> bool {
    is_plain_name(name) || is_wide_name(name)
}

/// A name without a colon in ASCII, as those of our formats are: one look at a table a byte.
#[inline]
pub(super) fn is_plain_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.first().is_some_and(|&first| PLAIN[first as usize] == Plain::Start)
        && bytes.iter().all(|&byte| PLAIN[byte as usize] != Plain::No)
}

fn is_wide_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(is_start) && letters.all(is_inside)
}

const fn is_start(letter: char) -> bool {
    matches!(letter,
        'A'..='Z' | 'a'..='z' | '_'
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
        | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}'
        | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

const fn is_inside(letter: char) -> bool {
    is_start(letter)
        || matches!(letter,
            '0'..='9' | '-' | '.' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Plain {
    No,
    Inside,
    Start,
}

static PLAIN: [Plain; 256] = {
    let mut table = [Plain::No; 256];
    let mut byte = 0;
    while byte < 128 {
        let letter = byte as u8 as char;
        if is_start(letter) {
            table[byte] = Plain::Start;
        } else if is_inside(letter) {
            table[byte] = Plain::Inside;
        }
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for name in ["DecHead", "_a", "I_E_DATE", "a-b.c", "报关单", "é", "A\u{B7}"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "1a", "-a", ".a", "a b", "a/", "a<b", "a:b", "a$", "\u{B7}a", "a\u{D7}", "\u{3000}"]
        {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn white_space_is_four_characters_and_no_more() {
        assert_eq!(trim(" \t\r\n\u{A0}a\u{3000} \n"), "\u{A0}a\u{3000}");
        assert!(is_blank(" \t\r\n") && !is_blank("\u{A0}"));
    }
}
