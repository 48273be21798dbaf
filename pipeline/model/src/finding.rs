//! A fact found in a document, the place it stands at, and the values it rests on.
//!
//! A finding is data, never an error: the world failing is an error.
//! The sentence a trader reads is made later, in his language, from the evidence.

use crate::decimal::Decimal;
use crate::text::{Record, Text};
use jiff::civil::Date;
use std::fmt;

/// Stable id of a rule: a public contract, retired but never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub &'static str);

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

/// What one rule asks for, from mild to grave (ruling C8: reject > hold > inspect > deny > warn).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Recorded and shown; changes nothing.
    Warn,
    /// Refuses one benefit, lets the goods go on.
    Deny,
    /// Forces an inspection.
    Inspect,
    /// Waits for something from outside.
    Hold,
    /// The document goes back to the declarant (退单).
    Reject,
}

impl Effect {
    /// Name in code and JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Effect::Warn => "warn",
            Effect::Deny => "deny",
            Effect::Inspect => "inspect",
            Effect::Hold => "hold",
            Effect::Reject => "reject",
        }
    }

    /// Name for people.
    pub const fn words(self) -> Words {
        match self {
            Effect::Warn => Words { zh: "提示", en: "warn" },
            Effect::Deny => Words { zh: "拒绝优惠", en: "deny preference" },
            Effect::Inspect => Words { zh: "查验", en: "inspect" },
            Effect::Hold => Words { zh: "挂起", en: "hold" },
            Effect::Reject => Words { zh: "退单", en: "reject" },
        }
    }
}

/// A sentence or a name in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// The language a sentence is wanted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Words {
    /// The words in this language.
    pub const fn in_language(&self, language: Language) -> &'static str {
        match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        }
    }
}

/// A typed value a finding rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A code or a text as filed.
    Text(String),
    /// An exact number.
    Decimal(Decimal),
    /// A whole number.
    Integer(i64),
    /// A day.
    Date(Date),
    /// Words of ours, in both languages.
    Words(Words),
    /// Words of ours with values in them.
    Phrase(Box<Phrase>),
}

/// Words of ours with values in them: `{name}` stands for the value of that name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The words, with names in braces.
    pub words: Words,
    /// The values, by name.
    pub values: Evidence,
}

impl Phrase {
    /// The phrase with its values filled in.
    pub fn in_language(&self, language: Language) -> String {
        let mut text = String::new();
        fill(self.words.in_language(language), &self.values, language, &mut text);
        text
    }
}

/// Fills a sentence from the evidence: `{name}` becomes the value in this language.
pub fn fill(template: &str, evidence: &Evidence, language: Language, into: &mut String) {
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let Some(len) = rest[open..].find('}') else { break };
        into.push_str(&rest[..open]);
        let name = &rest[open + 1..open + len];
        match evidence.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => into.push_str(&value.in_language(language)),
            None => into.push_str(&rest[open..=open + len]),
        }
        rest = &rest[open + len + 1..];
    }
    into.push_str(rest);
}

impl Value {
    /// The value as words of this language; numbers and dates are the same in all.
    pub fn in_language(&self, language: Language) -> std::borrow::Cow<'_, str> {
        match self {
            Value::Text(text) => text.as_str().into(),
            Value::Words(words) => words.in_language(language).into(),
            Value::Phrase(phrase) => phrase.in_language(language).into(),
            Value::Decimal(number) => number.to_string().into(),
            Value::Integer(number) => number.to_string().into(),
            Value::Date(day) => day.to_string().into(),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}
impl From<Text<'_>> for Value {
    fn from(text: Text<'_>) -> Self {
        Value::Text(text.value.to_owned())
    }
}
impl From<Decimal> for Value {
    fn from(number: Decimal) -> Self {
        Value::Decimal(number)
    }
}
impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Integer(number)
    }
}
impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Value::Integer(i64::from(number))
    }
}
impl From<char> for Value {
    fn from(letter: char) -> Self {
        Value::Text(letter.to_string())
    }
}
impl From<Date> for Value {
    fn from(day: Date) -> Self {
        Value::Date(day)
    }
}
impl From<Words> for Value {
    fn from(words: Words) -> Self {
        Value::Words(words)
    }
}
impl From<Phrase> for Value {
    fn from(phrase: Phrase) -> Self {
        Value::Phrase(Box::new(phrase))
    }
}

/// Named values, in the order the rule gave them.
pub type Evidence = Vec<(&'static str, Value)>;

/// Collects evidence: `evidence![weight, limit = 3]` names each value after its variable or as told.
#[macro_export]
macro_rules! evidence {
    (@one $name:ident) => { (stringify!($name), $crate::finding::Value::from($name)) };
    (@one $name:ident $value:expr) => { (stringify!($name), $crate::finding::Value::from($value)) };
    ($($name:ident $(= $value:expr)?),* $(,)?) => {
        vec![$( $crate::evidence!(@one $name $($value)?) ),*]
    };
}

/// Where in a document a finding stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Byte offset of a start tag within the document: the element's own, or its parent's when it is absent.
    pub offset: u32,
    /// Kind of row and canonical field that is absent; its wire name completes the pointer.
    pub absent: Option<(&'static str, &'static str)>,
}

impl Place {
    /// The document as a whole: its root.
    pub const ROOT: Place = Place { offset: 0, absent: None };

    /// A byte of the document.
    pub const fn at(offset: u32) -> Self {
        Place { offset, absent: None }
    }

    /// A row of the document.
    pub fn row<'b, R: Record<'b>>(row: &R) -> Self {
        Place::at(row.offset())
    }

    /// A value of a row: where it stands, or where it is missing.
    pub fn of<'b, R: Record<'b>>(row: &R, text: &Text<'b>) -> Self {
        if text.was_written() {
            return Place::at(text.offset);
        }
        let absent = row.field_of(text).map(|field_idx| (R::NAME, R::FIELDS[field_idx].name));
        Place { offset: row.offset(), absent }
    }
}

/// A fact found in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: RuleId,
    /// What it asks for.
    pub effect: Effect,
    /// Where.
    pub place: Place,
    /// The values it rests on.
    pub evidence: Evidence,
}

/// A rule that could not be judged, and why (ruling D8). It never counts as passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotJudged {
    /// The rule.
    pub rule: RuleId,
    /// Why.
    pub why: Words,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_filled_from_the_evidence() {
        let mut sentence = String::new();
        let evidence = evidence![net = "10900", gross = "10800"];
        fill("net weight {net} kg is more than gross {gross} kg", &evidence, Language::En, &mut sentence);
        assert_eq!(sentence, "net weight 10900 kg is more than gross 10800 kg");
    }

    /// What stands in a phrase may itself be words, and speaks the same language.
    #[test]
    fn a_phrase_is_of_one_language_to_its_last_word() {
        let status = Words { zh: "已使用", en: "USED" };
        let words = Words { zh: "{status}，余额 {left} 元", en: "{status}, {left} left" };
        let value = Value::from(Phrase { words, values: evidence![status, left = "0.00"] });
        assert_eq!(value.in_language(Language::Zh), "已使用，余额 0.00 元");
        assert_eq!(value.in_language(Language::En), "USED, 0.00 left");
    }
}
