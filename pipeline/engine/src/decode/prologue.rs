//! What may stand before the first element: byte order mark and XML declaration, judged on the raw bytes.
//!
//! UTF-8 is read, and what an office takes besides. A declaration that names anything else is believed and the entry
//! refused: guessing would turn one firm's name into another's. Mark, declaration and bytes must say the same, and what
//! the beginning of an entry says holds to its end.

use model::batch::{Defect, EncodingFault};
use model::encoding::{Encoding, Encodings};

use super::feed::is_white;

/// The longest encoding name shown; registered ones have 45 characters at most.
const ENCODING_NAME_BYTES: usize = 45;

/// The UTF-8 byte order mark.
pub(super) const MARK: &[u8] = b"\xEF\xBB\xBF";

/// What is looked at before an encoding is decided: a declaration with room for white space.
pub(super) const HEAD_BYTES: usize = 1024;

/// The encoding of an entry that begins with these bytes, or why it is refused for it.
///
/// What is built on ASCII and is nothing else counts as UTF-8: what its declaration says is judged when it is read.
pub(super) fn encoding(head: &[u8], taken: Encodings) -> Result<Encoding, Defect> {
    let marked = match head {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => None,
        [0xFF, 0xFE, ..] => Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => Some(Encoding::Utf16Be),
        _ => None,
    };
    if let Some(encoding) = marked.filter(|encoding| taken.take(*encoding)) {
        return Ok(encoding);
    }
    if let Some(name) = foreign_encoding(head) {
        let is_unmarked = taken.utf16 && name.starts_with("UTF-16");
        let fault = if is_unmarked { EncodingFault::Unmarked } else { EncodingFault::NotTaken };
        return Err(Defect::Encoding { fault, declared: name.to_owned() });
    }
    let declaration = memchr::memmem::find(head, b"?>").map(|end| &head[..end + 2]);
    let declared = declaration.and_then(parse).flatten().and_then(Encoding::declared_as);
    match declared {
        Some(Encoding::Gb18030) if taken.gb18030 => Ok(Encoding::Gb18030),
        _ => Ok(Encoding::Utf8),
    }
}

/// The encoding an entry has by its first four bytes, when that is not one built on ASCII. Without a mark a letter of ASCII
/// and a zero beside it tell: what begins with white space is no XML, and should be told for what it is all the same.
fn foreign_encoding(head: &[u8]) -> Option<&'static str> {
    match head {
        [0xFF, 0xFE, 0, 0, ..] => Some("UTF-32LE"),
        [0, 0, 0xFE, 0xFF, ..] => Some("UTF-32BE"),
        [0xFF, 0xFE, ..] | [b'<' | b' ' | b'\t' | b'\r' | b'\n', 0, ..] => Some("UTF-16LE"),
        [0xFE, 0xFF, ..] | [0, b'<' | b' ' | b'\t' | b'\r' | b'\n', ..] => Some("UTF-16BE"),
        [b'+', b'/', b'v', ..] => Some("UTF-7"),
        _ => None,
    }
}

/// Judges an XML declaration that stands `position` bytes into its document, in an entry of this encoding.
pub(super) fn declaration_defect(
    declaration: &[u8],
    position: u64,
    encoding: Encoding,
    taken: Encodings,
) -> Option<Defect> {
    let Some(declared) = parse(declaration) else {
        return Some(Defect::Declaration { position });
    };
    // What says nothing says UTF-8, unless a mark has spoken (XML 1.0, 4.3.3).
    let says_nothing = if encoding == Encoding::Gb18030 { Encoding::Utf8 } else { encoding };
    let name = declared.unwrap_or(says_nothing.name().as_bytes());
    if encoding.is_declared_as(name) {
        return None;
    }
    let fault = match Encoding::declared_as(name) {
        // One that is taken, or that these bytes cannot be in: the declaration could be read.
        Some(Encoding::Gb18030) if !taken.gb18030 => EncodingFault::NotTaken,
        Some(_) => EncodingFault::Disagreeing,
        None => EncodingFault::NotTaken,
    };
    let shown = &name[..name.len().min(ENCODING_NAME_BYTES)];
    Some(Defect::Encoding { fault, declared: String::from_utf8_lossy(shown).into_owned() })
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
