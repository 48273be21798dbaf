//! What a column holds: how a cell is brought into its one form, and when it is wrong.
//!
//! Codes and dates come out of spreadsheets with full-width figures, blanks between groups and
//! invisible characters from copying; these are forgiven, as are days that a spreadsheet shows in its
//! own way, and nothing else is. Names stay as they are written: full-width brackets belong to them.

mod days;
mod numbers;
mod words;

#[cfg(test)]
pub(super) use self::words::listed;
pub(super) use self::words::{Word, YES_NO};

use super::fault::{Fault, Reason};
use jiff::civil::{Date, DateTime};
use model::code::country::Country;
use model::code::currency::Currency;
use model::code::european_union;
use model::decimal::Decimal;
use model::party::{customs_code, unified_code};
use model::registers::Interval;

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
    /// A number that is given out by somebody: of a decision, a certificate, a voucher.
    Number,
    /// Figures only, so many.
    Figures {
        /// Least.
        min: usize,
        /// Most.
        max: usize,
    },
    /// An exact number, not negative.
    Amount,
    /// An exact number above 0.
    Positive,
    /// An exact number above 0 and at most 1.
    Factor,
    /// A whole number.
    Whole {
        /// Least.
        min: u32,
        /// Most.
        max: u32,
    },
    /// One of some words.
    OneOf(&'static [Word]),
    /// A country, under any of its codes or its Chinese name; kept as three letters (ruling X6).
    Country,
    /// A country, or the European Union as one market.
    Destination,
    /// A currency; kept as three letters.
    Currency,
    /// `yyyy-MM`.
    Month,
    /// `yyyy-MM-dd`.
    Day,
    /// A day, or a day and a time of day: `yyyy-MM-dd HH:mm`.
    Moment,
    /// Values of one kind joined by `;`.
    ListOf(&'static Kind),
    /// `zone`, `all`, or unified codes joined by `;`.
    Firms,
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
    /// The firm a row is about.
    pub(super) const SCC: Column =
        Column::required("scc", &["统一社会信用代码", "信用代码"], Kind::UnifiedCode);
    /// First day on which a row counts.
    pub(super) const FROM: Column = Column::required("from", &["起", "起始日期", "生效日期"], Kind::Day);
    /// First day on which it no longer counts.
    pub(super) const TO: Column = Column::optional("to", &["止", "截止日期", "失效日期"], Kind::Day);
    /// The number of the decision a row rests on.
    pub(super) const DECISION: Column =
        Column::optional("decision_no", &["文号", "决定文号", "批准文号"], Kind::Number);
    /// Beginning of the commodity codes a row covers.
    pub(super) const PREFIX: Column = Column::required("hs_prefix", &["商品编码前缀", "商品编码"], PREFIX);
    /// The same; empty covers all goods.
    pub(super) const ANY_PREFIX: Column =
        Column::optional("hs_prefix", &["商品编码前缀", "商品编码"], PREFIX);
    /// Where goods go; empty is any.
    pub(super) const DESTINATIONS: Column =
        Column::optional("destination", &["目的地", "目的国"], Kind::ListOf(&Kind::Destination));
    /// Town of production.
    pub(super) const SITE_TOWN: Column = Column::optional("site_town", &["生产地", "生产镇街"], Kind::Text);

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

    /// The day of a day or a moment; empty is none.
    pub(super) fn day(&self) -> Option<Date> {
        days::read_moment(self.value).map(|(day, _)| day)
    }

    /// The moment, where a time of day is written.
    pub(super) fn moment(&self) -> Option<DateTime> {
        days::read_moment(self.value).and_then(|(day, time)| Some(day.to_datetime(time?)))
    }

    /// The first day of the month.
    pub(super) fn month(&self) -> Option<Date> {
        days::read_month(self.value)
    }

    pub(super) fn list(&self) -> Vec<String> {
        self.parts().map(str::to_owned).collect()
    }

    pub(super) fn parts(&self) -> impl Iterator<Item = &str> {
        self.value.split(';').filter(|part| !part.is_empty())
    }

    pub(super) fn decimal(&self) -> Option<Decimal> {
        Decimal::parse(self.value)
    }

    pub(super) fn whole(&self) -> Option<u32> {
        self.value.parse().ok()
    }

    pub(super) fn country(&self) -> Option<Country> {
        Country::from_code(self.value)
    }

    /// The destinations of a row that counts on some days, each with its own days: a member of the Union counts while it
    /// is one. An empty cell is any destination.
    pub(super) fn destinations(&self, valid: Interval) -> Vec<(Option<Country>, Interval)> {
        if self.is_empty() {
            return vec![(None, valid)];
        }
        let mut destinations = Vec::new();
        for part in self.parts() {
            if part == european_union::CODE {
                let members = european_union::members();
                let members = members.filter_map(|(country, days)| Some((Some(country), days.and(&valid)?)));
                destinations.extend(members);
            } else {
                destinations.push((Country::from_code(part), valid));
            }
        }
        destinations
    }

    pub(super) fn currency(&self) -> Option<Currency> {
        Currency::from_code(self.value)
    }

    /// The one of these with the name that stands here.
    pub(super) fn one_of<T: Copy>(&self, all: &[T], name: fn(T) -> &'static str) -> Option<T> {
        all.iter().copied().find(|one| name(*one) == self.value)
    }

    pub(super) fn is_yes(&self) -> bool {
        self.value == "yes"
    }

    /// This cell is wrong.
    pub(super) fn fault(&self, reason: Reason) -> Fault {
        Fault { column: self.column, reason }
    }
}

/// Digits of a chapter to those of a tariff line.
pub(super) const PREFIX: Kind = Kind::Figures { min: 2, max: 10 };

/// The days between two cells.
pub(super) fn interval(from: Cell<'_>, to: Cell<'_>) -> Interval {
    Interval { from: from.day(), to: to.day() }
}

impl Kind {
    /// Writes the one form of a cell.
    pub(super) fn normalise(self, raw: &str, into: &mut String) {
        match self {
            Kind::UnifiedCode
            | Kind::CustomsCode
            | Kind::Code
            | Kind::Figures { .. }
            | Kind::Whole { .. } => squeeze(raw, into),
            Kind::Amount | Kind::Positive | Kind::Factor => {
                squeeze(raw, into);
                drop_last_zeros(into);
            }
            Kind::Sha256 => {
                squeeze(raw, into);
                into.make_ascii_lowercase();
            }
            Kind::OneOf(words) => words::normalise(words, raw, into),
            Kind::Country => normalise_country(raw, into),
            Kind::Destination => normalise_destination(raw, into),
            Kind::Currency => normalise_currency(raw, into),
            Kind::Month => days::normalise_month(raw, into),
            Kind::Day => days::normalise_day(raw, into),
            Kind::Moment => days::normalise_moment(raw, into),
            Kind::List => join(raw, &[';', '；'], Kind::Text, into),
            Kind::ListOf(kind) => join(raw, CODE_SEPARATORS, *kind, into),
            Kind::Firms => match words::find(words::FIRMS, raw) {
                Some(word) => into.push_str(word.name),
                None => join(raw, CODE_SEPARATORS, Kind::UnifiedCode, into),
            },
            Kind::Text | Kind::Number => into.push_str(trim(raw)),
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
            Kind::Number => scientific(value).or_else(|| unprintable(value)),
            Kind::Figures { min, max } => scientific(value).or_else(|| numbers::figures(value, min, max)),
            Kind::Amount => scientific(value).or_else(|| numbers::amount(value)),
            Kind::Positive => scientific(value).or_else(|| numbers::positive(value)),
            Kind::Factor => scientific(value).or_else(|| numbers::factor(value)),
            Kind::Whole { min, max } => scientific(value).or_else(|| numbers::whole(value, min, max)),
            Kind::OneOf(words) => words::fault(words, value),
            Kind::Country => {
                Country::from_code(value).is_none().then(|| Reason::Country { value: value.to_owned() })
            }
            Kind::Destination if value == european_union::CODE => None,
            Kind::Destination => Kind::Country.fault(value),
            Kind::Currency => {
                Currency::from_code(value).is_none().then(|| Reason::Currency { value: value.to_owned() })
            }
            Kind::Month => {
                days::read_month(value).is_none().then(|| Reason::Month { value: value.to_owned() })
            }
            Kind::Day => days::read_day(value).is_none().then(|| Reason::Day { value: value.to_owned() }),
            Kind::Moment => {
                days::read_moment(value).is_none().then(|| Reason::Moment { value: value.to_owned() })
            }
            Kind::Sha256 => (!is_sha256(value)).then_some(Reason::CommitmentShape),
            Kind::ListOf(kind) => value.split(';').find_map(|part| kind.fault(part)),
            Kind::Firms => firms(value),
            Kind::List | Kind::Text | Kind::Secret => unprintable(value),
        }
    }

    /// Several values may stand in one cell.
    pub(super) fn is_list(self) -> bool {
        matches!(self, Kind::List | Kind::ListOf(_) | Kind::Firms)
    }
}

/// Codes have none of these characters, so a list of codes may be joined by any.
const CODE_SEPARATORS: &[char] = &[';', '；', ',', '，', '、', '+'];

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

/// A spreadsheet saves 180.50 as 180.5: both are one amount, and one row.
fn drop_last_zeros(number: &mut String) {
    let is_plain = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_plain && number.matches('.').count() == 1 && number.ends_with('0') {
        number.truncate(number.trim_end_matches('0').trim_end_matches('.').len());
    }
}

/// U+FF01 to U+FF5E are the graphic characters of ASCII, as wide as a Chinese one.
fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

fn join(raw: &str, separators: &[char], kind: Kind, into: &mut String) {
    let mut one = String::new();
    for part in raw.split(separators) {
        one.clear();
        kind.normalise(part, &mut one);
        if one.is_empty() {
            continue;
        }
        if !into.is_empty() {
            into.push(';');
        }
        into.push_str(&one);
    }
}

fn normalise_country(raw: &str, into: &mut String) {
    squeeze(raw, into);
    into.make_ascii_uppercase();
    let named = || Country::all().find(|country| country.name_zh() == into.as_str());
    if let Some(country) = Country::from_code(into).or_else(named) {
        into.clear();
        into.push_str(country.code());
    }
}

fn normalise_destination(raw: &str, into: &mut String) {
    normalise_country(raw, into);
    if into == european_union::NAME_ZH {
        into.clear();
        into.push_str(european_union::CODE);
    }
}

fn normalise_currency(raw: &str, into: &mut String) {
    squeeze(raw, into);
    into.make_ascii_uppercase();
    let named = || Currency::all().find(|currency| currency.name_zh() == into.as_str());
    if let Some(currency) = Currency::from_code(into).or_else(named) {
        into.clear();
        into.push_str(currency.code());
    }
}

fn firms(value: &str) -> Option<Reason> {
    if words::FIRMS.iter().any(|word| word.name == value) {
        return None;
    }
    let word = value.split(';').find(|part| !part.bytes().any(|byte| byte.is_ascii_digit()));
    match word {
        Some(word) => Some(Reason::Firms { value: word.to_owned() }),
        None => Kind::ListOf(&Kind::UnifiedCode).fault(value),
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

fn is_sha256(value: &str) -> bool {
    value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}
