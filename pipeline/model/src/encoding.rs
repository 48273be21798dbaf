//! Encodings of messages: UTF-8, which is always read, and those an office may take besides.

use std::fmt;
use std::str::FromStr;

/// How the characters of an entry are written in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// GB18030, and so GBK and GB2312, which are parts of it; declared by name.
    Gb18030,
    /// UTF-16, low byte first; known by its byte order mark.
    Utf16Le,
    /// UTF-16, high byte first; known by its byte order mark.
    Utf16Be,
}

impl Encoding {
    const ALL: [Encoding; 4] = [Encoding::Utf8, Encoding::Gb18030, Encoding::Utf16Le, Encoding::Utf16Be];

    /// Its registered name.
    pub const fn name(self) -> &'static str {
        self.names()[0]
    }

    /// The names a declaration may give it; only those that are registered, and no aliases.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Encoding::Utf8 => &["UTF-8"],
            Encoding::Gb18030 => &["GB18030", "GBK", "GB2312"],
            Encoding::Utf16Le => &["UTF-16LE", "UTF-16"],
            Encoding::Utf16Be => &["UTF-16BE", "UTF-16"],
        }
    }

    /// Whether a declaration that gives this name means it; names have no case.
    pub fn is_declared_as(self, name: &[u8]) -> bool {
        self.names().iter().any(|known| known.as_bytes().eq_ignore_ascii_case(name))
    }

    /// The first encoding that is declared by this name.
    pub fn declared_as(name: &[u8]) -> Option<Encoding> {
        Encoding::ALL.into_iter().find(|encoding| encoding.is_declared_as(name))
    }
}

/// What is taken beside UTF-8: nothing, unless an office says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Encodings {
    /// GB18030, GBK and GB2312, when the XML declaration names one of them.
    pub gb18030: bool,
    /// UTF-16 with a byte order mark.
    pub utf16: bool,
}

impl Encodings {
    /// Whether this one is taken.
    pub fn take(self, encoding: Encoding) -> bool {
        match encoding {
            Encoding::Utf8 => true,
            Encoding::Gb18030 => self.gb18030,
            Encoding::Utf16Le | Encoding::Utf16Be => self.utf16,
        }
    }
}

/// A list as people write it: `GB18030, UTF-16`.
impl FromStr for Encodings {
    type Err = String;

    fn from_str(text: &str) -> Result<Encodings, String> {
        let mut taken = Encodings::default();
        for name in text.split(',').map(str::trim) {
            match Encoding::declared_as(name.as_bytes()) {
                Some(Encoding::Utf8) => {}
                Some(Encoding::Gb18030) => taken.gb18030 = true,
                Some(Encoding::Utf16Le | Encoding::Utf16Be) => taken.utf16 = true,
                None => return Err(format!("`{name}` is none of UTF-8, GB18030 and UTF-16")),
            }
        }
        Ok(taken)
    }
}

impl fmt::Display for Encodings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UTF-8")?;
        f.write_str(if self.gb18030 { ",GB18030" } else { "" })?;
        f.write_str(if self.utf16 { ",UTF-16" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_in_any_case_and_written_in_one() {
        for (text, written) in [
            ("utf-8", "UTF-8"),
            ("gbk", "UTF-8,GB18030"),
            ("UTF-16, GB2312", "UTF-8,GB18030,UTF-16"),
            ("UTF-8,GB18030,UTF-16", "UTF-8,GB18030,UTF-16"),
        ] {
            assert_eq!(text.parse::<Encodings>().map(|it| it.to_string()), Ok(written.to_owned()));
        }
    }

    #[test]
    fn what_has_no_registered_name_is_not_guessed() {
        for name in ["", "utf8", "cp936", "ansi", "Big5", "UTF-8;GBK"] {
            assert!(name.parse::<Encodings>().is_err(), "{name}");
            assert_eq!(Encoding::declared_as(name.as_bytes()), None, "{name}");
        }
    }

    #[test]
    fn the_order_of_bytes_must_be_the_one_declared() {
        assert!(Encoding::Utf16Le.is_declared_as(b"utf-16"));
        assert!(Encoding::Utf16Le.is_declared_as(b"UTF-16LE"));
        assert!(!Encoding::Utf16Le.is_declared_as(b"UTF-16BE"));
        assert!(!Encoding::Gb18030.is_declared_as(b"UTF-8"));
    }
}
