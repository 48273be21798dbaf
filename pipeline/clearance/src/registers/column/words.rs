//! Columns that hold one of some words: the word of this program, or what an office writes for it.

use super::header_form;
use crate::registers::fault::Reason;

/// A word a column may hold.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::registers) struct Word {
    /// The word, as it is kept.
    pub(in crate::registers) name: &'static str,
    /// What else is understood, in small letters and without blanks.
    pub(in crate::registers) aliases: &'static [&'static str],
}

impl Word {
    pub(in crate::registers) const fn new(name: &'static str, aliases: &'static [&'static str]) -> Word {
        Word { name, aliases }
    }
}

/// Yes and no, as spreadsheets and people write them.
pub(in crate::registers) static YES_NO: &[Word] = &[
    Word::new("yes", &["是", "有", "可", "y", "true", "1", "√"]),
    Word::new("no", &["否", "无", "不可", "n", "false", "0", "×"]),
];

/// Firms a policy may name without their codes.
pub(super) static FIRMS: &[Word] =
    &[Word::new("zone", &["示范区", "示范区企业"]), Word::new("all", &["全部", "全部企业", "所有企业"])];

/// The word somebody means.
pub(super) fn find(words: &'static [Word], raw: &str) -> Option<&'static Word> {
    let form = header_form(raw);
    words.iter().find(|word| word.name.eq_ignore_ascii_case(&form) || word.aliases.contains(&form.as_str()))
}

/// Writes the word somebody means; what is none stays as it is written.
pub(super) fn normalise(words: &'static [Word], raw: &str, into: &mut String) {
    match find(words, raw) {
        Some(word) => into.push_str(word.name),
        None => super::squeeze(raw, into),
    }
}

pub(super) fn fault(words: &'static [Word], value: &str) -> Option<Reason> {
    if words.iter().any(|word| word.name == value) {
        return None;
    }
    Some(Reason::Word { value: value.to_owned(), words: listed(words) })
}

/// The words as a person would look them up: each with its first Chinese form.
pub(in crate::registers) fn listed(words: &'static [Word]) -> String {
    let named = words.iter().map(|word| match word.aliases.iter().find(|alias| !alias.is_ascii()) {
        Some(alias) => format!("{} {alias}", word.name),
        None => word.name.to_owned(),
    });
    named.collect::<Vec<_>>().join(", ")
}
