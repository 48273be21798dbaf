//! What a column holds: how a cell is brought into its one form, and when it is wrong.
//!
//! Codes and dates come out of spreadsheets with full-width figures, blanks between groups and
//! invisible characters from copying; these are forgiven, and nothing else is. Names stay as they
//! are written: full-width brackets belong to them.

use super::fault::{Fault, Reason};
use jiff::civil::Date;
use model::party::{customs_code, unified_code};
use model::text::parse_date;

/// A column of a register.
#[derive(Debug)]
pub(super) struct Column {
    /// English name, the one in reports and digests.
    pub(super) name: &'static str,
    /// Chinese names.
    pub(super) aliases: &'static [&'static str],
    /// Must be there, and filled in every row.
    pub(super) required: bool,
    /// What its cells hold.
    pub(super) kind: Kind,
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Unified social credit code, checked by GB 32100.
    UnifiedCode,
    /// Customs registration code: ten characters (rulings D6).
    CustomsCode,
    /// Letters, figures and hyphens.
    Code,
    /// `yyyy-MM-dd`.
    Day,
    /// A SHA-256 in hexadecimal, kept in lower case.
    Sha256,
    /// Texts joined by `;`.
    List,
    /// A text.
    Text,
    /// A text that is hashed as it stands, blanks included, and never shown.
    Secret,
}

/// A cell in its one form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell<'r> {
    /// Number of its column in the register.
    pub(super) column: usize,
    /// The value; empty when it is missing or was found wrong.
    pub(super) value: &'r str,
}

impl Column {
    pub(super) const fn required(name: &'static str, aliases: &'static [&'static str], kind: Kind) -> Column {
        Column { name, aliases, required: true, kind }
    }

    pub(super) const fn optional(name: &'static str, aliases: &'static [&'static str], kind: Kind) -> Column {
        Column { name, aliases, required: false, kind }
    }

    /// Whether a header cell, in its one form, names this column.
    pub(super) fn is_named(&self, header: &str) -> bool {
        self.name == header || self.aliases.contains(&header)
    }
}

impl Cell<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.value.is_empty()
    }

    pub(super) fn text(&self) -> String {
        self.value.to_owned()
    }

    pub(super) fn day(&self) -> Option<Date> {
        day(self.value)
    }

    pub(super) fn list(&self) -> Vec<String> {
        self.value.split(';').filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// This cell is wrong.
    pub(super) fn fault(&self, reason: Reason) -> Fault {
        Fault { column: self.column, reason }
    }
}

impl Kind {
    /// Writes the one form of a cell.
    pub(super) fn normalise(self, raw: &str, into: &mut String) {
        match self {
            Kind::UnifiedCode | Kind::CustomsCode | Kind::Code | Kind::Day => squeeze(raw, into),
            Kind::Sha256 => {
                squeeze(raw, into);
                into.make_ascii_lowercase();
            }
            Kind::List => join(raw, into),
            Kind::Text => into.push_str(trim(raw)),
            Kind::Secret if is_blank(raw) => {}
            Kind::Secret => into.push_str(raw),
        }
    }

    /// What is wrong with a filled cell in its one form.
    pub(super) fn fault(self, value: &str) -> Option<Reason> {
        match self {
            Kind::UnifiedCode => scientific(value).or_else(|| unified(value)),
            Kind::CustomsCode => scientific(value).or_else(|| stranger(value)).or_else(|| customs(value)),
            Kind::Code => scientific(value).or_else(|| stranger(value)),
            Kind::Day => day(value).is_none().then(|| Reason::Day { value: value.to_owned() }),
            Kind::Sha256 => (!is_sha256(value)).then_some(Reason::CommitmentShape),
            Kind::List | Kind::Text | Kind::Secret => unprintable(value),
        }
    }
}

/// The one form of a header cell: blanks and full-width letters do not count, nor does the case.
pub(super) fn header_form(raw: &str) -> String {
    let mut form = String::new();
    squeeze(raw, &mut form);
    form.make_ascii_lowercase();
    form
}

/// Nothing a reader would see.
pub(super) fn is_blank(raw: &str) -> bool {
    raw.chars().all(is_space)
}

fn is_space(c: char) -> bool {
    // After the blanks: zero-width ones, marks of writing direction, the byte order mark.
    c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

fn trim(raw: &str) -> &str {
    raw.trim_matches(is_space)
}

fn squeeze(raw: &str, into: &mut String) {
    if raw.bytes().all(|byte| byte.is_ascii_graphic()) {
        return into.push_str(raw);
    }
    into.extend(raw.chars().filter(|c| !is_space(*c)).map(half_width));
}

/// U+FF01 to U+FF5E are the graphic characters of ASCII, as wide as a Chinese one.
fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

fn join(raw: &str, into: &mut String) {
    for part in raw.split([';', '；']).map(trim).filter(|part| !part.is_empty()) {
        if !into.is_empty() {
            into.push(';');
        }
        into.push_str(part);
    }
}

fn unified(value: &str) -> Option<Reason> {
    let defect = unified_code::check(value).err()?;
    Some(Reason::UnifiedCode { value: value.to_owned(), defect })
}

fn customs(value: &str) -> Option<Reason> {
    (!customs_code::has_length(value))
        .then(|| Reason::CustomsCode { value: value.to_owned(), found: value.chars().count() })
}

/// `5.3162E+17`: a spreadsheet took a long number for a quantity, and its last figures are lost.
fn scientific(value: &str) -> Option<Reason> {
    let (number, power) = value.split_once(['E', 'e'])?;
    let has_mark = number.contains('.') || power.starts_with('+');
    let is_number = |part: &str| part.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'.' | b'+'));
    (has_mark && is_number(number) && is_number(power))
        .then(|| Reason::Scientific { value: value.to_owned() })
}

fn stranger(value: &str) -> Option<Reason> {
    let found = value.chars().find(|c| !c.is_ascii_alphanumeric() && *c != '-')?;
    Some(Reason::CodeCharacter { value: value.to_owned(), found })
}

/// Control characters, and the mark a failed conversion leaves where a character was.
fn unprintable(value: &str) -> Option<Reason> {
    let is_bad = |c: char| c == '\u{fffd}' || c.is_control() && !matches!(c, '\n' | '\t');
    value.chars().find(|c| is_bad(*c)).map(|found| Reason::Unprintable { found })
}

fn day(value: &str) -> Option<Date> {
    let has_shape = value.len() == 10 && value.as_bytes()[4] == b'-';
    if has_shape { parse_date(value) } else { None }
}

fn is_sha256(value: &str) -> bool {
    value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}
