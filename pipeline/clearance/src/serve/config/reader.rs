//! From the text of a configuration to the values of its settings, each with its place.
//!
//! Everything wrong is collected; nothing is read half.

use super::fault::{Fault, Place, Reason};
use super::setting::{Bounds, ID_CHARS_MAX, Kind, LISTEN_NONE, Setting};
use model::encoding::Encodings;
use model::finding::Words;
use model::party::unified_code;
use std::net::SocketAddr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Changes of one letter by which a wrong key may differ from the one that was meant.
const SLIPS_MAX: usize = 2;

/// A table as it was read: for each of its settings what stands there.
#[derive(Clone, Debug)]
pub(super) struct Section {
    /// Where it begins.
    pub place: Place,
    settings: &'static [Setting],
    found: Vec<Option<Found>>,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub value: Value,
    pub place: Place,
}

/// A value that was judged.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(String),
    Number(u64),
    Texts(Vec<String>),
    Table(Section),
    Tables(Vec<Section>),
}

/// Reads a text after a list of settings. Whatever is wrong is in the list of faults, in the order of the file.
pub(super) fn read(text: &str, settings: &'static [Setting]) -> (Section, Vec<Fault>) {
    let mut reader = Reader { text, faults: Vec::new() };
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let place = reader.place(error.span().map_or(0, |span| span.start));
        reader.fault(place, String::new(), Reason::Toml { message: error.message().to_owned() });
    }
    // What a broken file still yields may lack settings.
    let section = if errors.is_empty() {
        reader.section(document.get_ref(), settings, Place { line: 1, column: 1 }, "")
    } else {
        Section::empty(settings)
    };
    let mut faults = reader.faults;
    faults.sort_by_key(|fault| fault.place);
    (section, faults)
}

impl Section {
    fn empty(settings: &'static [Setting]) -> Section {
        Section { place: Place::default(), settings, found: settings.iter().map(|_| None).collect() }
    }

    /// What stands behind a key.
    pub fn get(&self, key: &str) -> Option<&Found> {
        self.found[self.idx(key)].as_ref()
    }

    /// A text, when there is one.
    pub fn text(&self, key: &str) -> Option<&str> {
        match &self.get(key)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A number: the one that was said, or the usual one; `None` when there is neither.
    pub fn number(&self, key: &str) -> Option<u64> {
        match self.get(key).map(|found| &found.value) {
            Some(Value::Number(number)) => Some(*number),
            _ => self.settings[self.idx(key)].kind.bounds()?.usual,
        }
    }

    /// A list, when there is one.
    pub fn texts(&self, key: &str) -> Option<Vec<String>> {
        match &self.get(key)?.value {
            Value::Texts(texts) => Some(texts.clone()),
            _ => None,
        }
    }

    /// A table; one without anything in it when it is not there.
    pub fn table(&self, key: &str) -> Section {
        match self.get(key).map(|found| &found.value) {
            Some(Value::Table(section)) => section.clone(),
            _ => Section::empty(self.settings[self.idx(key)].kind.inner()),
        }
    }

    /// The tables of one name.
    pub fn tables(&self, key: &str) -> &[Section] {
        match self.get(key).map(|found| &found.value) {
            Some(Value::Tables(sections)) => sections,
            _ => &[],
        }
    }

    fn idx(&self, key: &str) -> usize {
        let idx = self.settings.iter().position(|setting| setting.key == key);
        idx.expect("only keys that are listed are asked for")
    }
}

struct Reader<'t> {
    text: &'t str,
    faults: Vec<Fault>,
}

type Key<'k> = Spanned<std::borrow::Cow<'k, str>>;

impl Reader<'_> {
    fn section(
        &mut self,
        table: &DeTable<'_>,
        settings: &'static [Setting],
        place: Place,
        path: &str,
    ) -> Section {
        let mut section = Section { place, ..Section::empty(settings) };
        let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        for (key, value) in table {
            let name = key.get_ref();
            let path = below(&name.escape_debug().to_string());
            match settings.iter().position(|setting| setting.key == *name) {
                Some(idx) => section.found[idx] = self.found(&settings[idx], key, value, &path),
                None => {
                    let near = nearest(name, settings);
                    self.fault(self.place(key.span().start), path, Reason::Unknown { near });
                }
            }
        }
        for (idx, setting) in settings.iter().enumerate() {
            let is_said = table.keys().any(|key| key.get_ref() == setting.key);
            if setting.is_required && !is_said && section.found[idx].is_none() {
                self.fault(place, below(setting.key), Reason::Missing { setting });
            }
        }
        section
    }

    /// Judges one value. What is wrong goes to the faults, and the value counts as not said.
    fn found(
        &mut self,
        setting: &'static Setting,
        key: &Key<'_>,
        value: &Spanned<DeValue<'_>>,
        path: &str,
    ) -> Option<Found> {
        let place = self.place(value.span().start);
        let judged = match (setting.kind, value.get_ref()) {
            (Kind::Table(inner), DeValue::Table(table)) => {
                let place = self.place(key.span().start);
                Ok(Value::Table(self.section(table, inner, place, path)))
            }
            (Kind::Tables(inner), DeValue::Array(array)) if !array.is_empty() => {
                self.tables(setting, inner, array, path)
            }
            (Kind::Businesses | Kind::UnifiedCodes, DeValue::Array(array)) => {
                return self.texts(setting, array, place, path);
            }
            (Kind::Number(bounds), DeValue::Integer(_)) => number(setting, bounds, value.get_ref()),
            (
                Kind::Table(_) | Kind::Tables(_) | Kind::Businesses | Kind::UnifiedCodes | Kind::Number(_),
                other,
            ) => Err(Reason::Kind { setting, found: name_of(other) }),
            (_, DeValue::String(text)) => text_value(setting, text),
            (_, other) => Err(Reason::Kind { setting, found: name_of(other) }),
        };
        match judged {
            Ok(value) => Some(Found { value, place }),
            Err(reason) => {
                self.fault(place, path.to_owned(), reason);
                None
            }
        }
    }

    fn tables(
        &mut self,
        setting: &'static Setting,
        inner: &'static [Setting],
        array: &[Spanned<DeValue<'_>>],
        path: &str,
    ) -> Result<Value, Reason> {
        let mut sections = Vec::new();
        for (number, value) in (1..).zip(array) {
            let DeValue::Table(table) = value.get_ref() else {
                return Err(Reason::Kind { setting, found: name_of(value.get_ref()) });
            };
            let place = self.place(value.span().start);
            sections.push(self.section(table, inner, place, &format!("{path}[{number}]")));
        }
        Ok(Value::Tables(sections))
    }

    fn texts(
        &mut self,
        setting: &'static Setting,
        array: &[Spanned<DeValue<'_>>],
        place: Place,
        path: &str,
    ) -> Option<Found> {
        let mut texts: Vec<(String, Place)> = Vec::new();
        let n_before = self.faults.len();
        for value in array {
            let at = self.place(value.span().start);
            let judged = match value.get_ref() {
                DeValue::String(text) => match texts.iter().find(|(known, _)| known == text) {
                    Some((_, earlier)) => Err(Reason::Twice { line: earlier.line }),
                    None => member(setting, text),
                },
                other => Err(Reason::Kind { setting, found: name_of(other) }),
            };
            match judged {
                Ok(text) => texts.push((text, at)),
                Err(reason) => self.fault(at, path.to_owned(), reason),
            }
        }
        if array.is_empty() {
            self.fault(place, path.to_owned(), Reason::Empty);
        }
        let texts = texts.into_iter().map(|(text, _)| text).collect();
        (self.faults.len() == n_before).then_some(Found { value: Value::Texts(texts), place })
    }

    fn fault(&mut self, place: Place, key: String, reason: Reason) {
        self.faults.push(Fault { place: Some(place), key, reason });
    }

    /// The place of a byte.
    fn place(&self, offset: usize) -> Place {
        let before = &self.text[..self.text.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Place {
            line: 1 + before.matches('\n').count() as u64,
            column: 1 + before[line_start..].chars().count() as u64,
        }
    }
}

/// A value that stands in quotes.
fn text_value(setting: &'static Setting, text: &str) -> Result<Value, Reason> {
    let malformed = || Reason::Malformed { setting, value: text.to_owned() };
    if text.trim().is_empty() {
        return Err(Reason::Empty);
    }
    match setting.kind {
        Kind::Id if !is_id(text) => Err(Reason::Id { value: text.to_owned() }),
        Kind::Choice(words) if !words.contains(&text) => Err(malformed()),
        Kind::Address(_) if text != LISTEN_NONE && text.parse::<SocketAddr>().is_err() => Err(malformed()),
        Kind::Encodings => {
            let is_known = text.parse::<Encodings>().map(|_| Value::Text(text.to_owned()));
            is_known.map_err(|why| Reason::Encodings { why })
        }
        Kind::Path if text.contains('\0') => Err(malformed()),
        Kind::Size(bounds) | Kind::Time(bounds) => {
            let units = setting.kind.units().expect("sizes and times have units");
            within(setting, bounds, units.read(text).ok_or_else(malformed)?)
        }
        _ => Ok(Value::Text(text.to_owned())),
    }
}

fn number(setting: &'static Setting, bounds: Bounds, value: &DeValue<'_>) -> Result<Value, Reason> {
    let written = match value {
        DeValue::Integer(number) => number.to_string(),
        _ => String::new(),
    };
    match written.parse() {
        Ok(number) => within(setting, bounds, number),
        Err(_) => Err(Reason::Malformed { setting, value: written }),
    }
}

fn within(setting: &'static Setting, bounds: Bounds, value: u64) -> Result<Value, Reason> {
    if (bounds.least..=bounds.most).contains(&value) {
        return Ok(Value::Number(value));
    }
    Err(Reason::Bounds { setting, value })
}

/// One text of a list.
fn member(setting: &'static Setting, text: &str) -> Result<String, Reason> {
    let value = text.to_owned();
    match setting.kind {
        Kind::UnifiedCodes => match unified_code::check(text) {
            Ok(()) => Ok(value),
            Err(defect) => Err(Reason::UnifiedCode { value, defect }),
        },
        _ if is_business(text) => Ok(value),
        _ => Err(Reason::Business { value }),
    }
}

fn is_id(text: &str) -> bool {
    let is_plain = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
    text.len() <= ID_CHARS_MAX && text.bytes().all(is_plain)
}

/// A plain name of one folder: it leads nowhere else, and nobody hides it.
fn is_business(text: &str) -> bool {
    let is_plain = |it: char| !it.is_control() && !matches!(it, '/' | '\\');
    !text.is_empty() && !text.starts_with('.') && text.len() <= 255 && text.chars().all(is_plain)
}

/// The key that was meant, when one is near enough.
fn nearest(name: &str, settings: &'static [Setting]) -> Option<&'static str> {
    let distances = settings.iter().map(|setting| (strsim::levenshtein(name, setting.key), setting.key));
    let (slips, key) = distances.min_by_key(|(slips, _)| *slips)?;
    (slips <= SLIPS_MAX && slips < key.len()).then_some(key)
}

fn name_of(value: &DeValue<'_>) -> Words {
    match value {
        DeValue::String(_) => Words { zh: "文本", en: "a text" },
        DeValue::Integer(_) => Words { zh: "整数", en: "a whole number" },
        DeValue::Float(_) => Words { zh: "小数", en: "a number with a fraction" },
        DeValue::Boolean(_) => Words { zh: "true 或 false", en: "true or false" },
        DeValue::Datetime(_) => Words { zh: "日期或时刻", en: "a date or a time" },
        DeValue::Array(_) => Words { zh: "列表", en: "a list" },
        DeValue::Table(_) => Words { zh: "一段表", en: "a table" },
    }
}
