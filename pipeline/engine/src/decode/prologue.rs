//! What may stand before the first element: byte order mark and XML declaration, judged on the raw bytes.
//!
//! Only UTF-8 is read. A declaration that names anything else is believed and the entry refused: guessing would
//! turn one firm's name into another's.

use model::batch::Defect;

use super::feed::is_white;

/// The longest encoding name shown; registered ones have 45 characters at most.
const ENCODING_NAME_BYTES: usize = 45;

/// The UTF-8 byte order mark.
pub(super) const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The encoding an entry has by its first four bytes, when that is not one built on ASCII.
pub(super) fn foreign_encoding(head: &[u8]) -> Option<&'static str> {
    match head {
        [0xFF, 0xFE, 0, 0, ..] => Some("UTF-32LE"),
        [0, 0, 0xFE, 0xFF, ..] => Some("UTF-32BE"),
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => Some("UTF-16LE"),
        [0xFE, 0xFF, ..] | [0, b'<', ..] => Some("UTF-16BE"),
        [b'+', b'/', b'v', ..] => Some("UTF-7"),
        _ => None,
    }
}

/// Judges an XML declaration that stands `position` bytes into its document.
pub(super) fn declaration_defect(declaration: &[u8], position: u64) -> Option<Defect> {
    match parse(declaration) {
        None => Some(Defect::Declaration { position }),
        Some(Some(encoding)) if !encoding.eq_ignore_ascii_case(b"utf-8") => {
            let shown = &encoding[..encoding.len().min(ENCODING_NAME_BYTES)];
            Some(Defect::Encoding { declared: String::from_utf8_lossy(shown).into_owned() })
        }
        Some(_) => None,
    }
}

/// XML 1.0, production 23; gives the encoding it names. None when it is not written like that.
fn parse(declaration: &[u8]) -> Option<Option<&[u8]>> {
    let mut rest = declaration.strip_prefix(b"<?xml")?.strip_suffix(b"?>")?;
    let version = attribute(&mut rest, b"version")?;
    if version != b"1.0" {
        return None;
    }
    let encoding = attribute(&mut rest, b"encoding");
    if encoding.is_some_and(|name| !is_encoding_name(name)) {
        return None;
    }
    let standalone = attribute(&mut rest, b"standalone");
    if standalone.is_some_and(|answer| answer != b"yes" && answer != b"no") {
        return None;
    }
    rest.iter().all(|&byte| is_white(byte)).then_some(encoding)
}

/// Takes white space, the name, an equals sign and a quoted value off the front, or nothing.
fn attribute<'a>(rest: &mut &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let after_white = rest.trim_ascii_start();
    if after_white.len() == rest.len() {
        return None;
    }
    let after_name = after_white.strip_prefix(name)?.trim_ascii_start();
    let value = after_name.strip_prefix(b"=")?.trim_ascii_start();
    let (&quote, value) = value.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
    let end = value.iter().position(|&byte| byte == quote)?;
    *rest = &value[end + 1..];
    Some(&value[..end])
}

fn is_encoding_name(name: &[u8]) -> bool {
    let later = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    name.first().is_some_and(u8::is_ascii_alphabetic) && name.iter().all(later)
}
