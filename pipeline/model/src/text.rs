//! One value as it was filed, and where it stands.
//!
//! Every row of a document is made of `Text`: the value borrowed from the batch, and the byte offset of its element.
//! Absent, `<X/>` and `<X></X>` mean the same (single-window.md section 1), so an absent value is simply empty.
//! Reading a number or a date out of a value happens where it is needed; whether it *is* one is checked once, when the document is read.

use crate::decimal::Decimal;
use jiff::Span;
use jiff::civil::{Date, DateTime, Time};

/// A value as filed, trimmed, with references expanded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text<'b> {
    /// The value; empty when the element is absent or empty.
    pub value: &'b str,
    /// Byte offset of the element's start tag within its document; 0 when the element is absent.
    pub offset: u32,
}

impl<'b> Text<'b> {
    /// A value that stands at `offset`.
    pub const fn at(value: &'b str, offset: u32) -> Self {
        Text { value, offset }
    }

    /// Nothing was filed here.
    pub const fn is_empty(&self) -> bool {
        self.value.is_empty()
    }

    /// Something was filed here.
    pub const fn is_present(&self) -> bool {
        !self.value.is_empty()
    }

    /// The element itself stood in the message, filled or not.
    pub const fn was_written(&self) -> bool {
        self.offset != 0
    }

    /// The value as an exact decimal; `None` when empty or not a number.
    pub fn decimal(&self) -> Option<Decimal> {
        if self.value.is_empty() { None } else { Decimal::parse(self.value) }
    }

    /// The value as a day: `yyyyMMdd`, `yyyy-MM-dd`, or the day of a longer time stamp in either form.
    pub fn date(&self) -> Option<Date> {
        parse_date(self.value)
    }

    /// The value as a moment: a day alone is its first minute.
    pub fn date_time(&self) -> Option<DateTime> {
        parse_date_time(self.value)
    }
}

/// A day in one of the shapes the messages carry (single-window.md 3.3, 4.2, 5).
pub fn parse_date(value: &str) -> Option<Date> {
    parse_date_time(value).map(|moment| moment.date())
}

/// A moment in one of the shapes the messages carry.
///
/// `yyyyMMdd`, `yyyyMMddHHmm`, `yyyyMMddHHmmss`, `yyyyMMddHHmmssSS` (16 characters, ruling O4), `yyyyMMdd HH:mm:ss`,
/// `yyyy-MM-dd`, `yyyy-MM-dd HH:mm`, `yyyy-MM-ddTHH:mm:ss`; and `yyyyMMddHHmmss` with a zone, `Z` or hours, which is told
/// in UTC+8 like all moments here.
pub fn parse_date_time(value: &str) -> Option<DateTime> {
    let bytes = value.as_bytes();
    let ([year, month, day], rest) = match bytes.first_chunk::<8>()? {
        [y1, y2, y3, y4, b'-', m1, m2, b'-'] => {
            let (day, rest) = bytes[8..].split_first_chunk::<2>()?;
            ([four([*y1, *y2, *y3, *y4])?, two([*m1, *m2])?, two(*day)?], rest)
        }
        [y1, y2, y3, y4, m1, m2, d1, d2] => {
            ([four([*y1, *y2, *y3, *y4])?, two([*m1, *m2])?, two([*d1, *d2])?], &bytes[8..])
        }
    };
    let date = Date::new(year, month as i8, day as i8).ok()?;
    if rest.is_empty() {
        return Some(DateTime::from_parts(date, Time::midnight()));
    }
    let (rest, zone_hours) = zone(rest)?;
    let [hour, minute, second] = time_of_day(rest)?;
    let time = Time::new(hour as i8, minute as i8, second as i8, 0).ok()?;
    let moment = DateTime::from_parts(date, time);
    match zone_hours {
        None => Some(moment),
        Some(hours) => moment.checked_add(Span::new().hours(OUR_ZONE_HOURS - hours)).ok(),
    }
}

/// Moments are told in UTC+8.
const OUR_ZONE_HOURS: i64 = 8;
/// No zone is further from UTC.
const ZONE_HOURS_MAX: i16 = 14;

/// What stands before a zone, and the hours it is ahead of UTC (format 304 of EDIFACT 2379, by the hour).
fn zone(rest: &[u8]) -> Option<(&[u8], Option<i64>)> {
    match rest {
        [time @ .., b'Z'] if time.len() == 6 => Some((time, Some(0))),
        [time @ .., sign @ (b'+' | b'-'), h1, h2] if time.len() == 6 => {
            let hours = two([*h1, *h2]).filter(|&hours| hours <= ZONE_HOURS_MAX)?;
            Some((time, Some(if *sign == b'+' { i64::from(hours) } else { -i64::from(hours) })))
        }
        _ => Some((rest, None)),
    }
}

fn time_of_day(rest: &[u8]) -> Option<[i16; 3]> {
    match *rest {
        // After a blank or `T`: HH:mm or HH:mm:ss.
        [b' ' | b'T', h1, h2, b':', m1, m2] => Some([two([h1, h2])?, two([m1, m2])?, 0]),
        [b' ' | b'T', h1, h2, b':', m1, m2, b':', s1, s2] => {
            Some([two([h1, h2])?, two([m1, m2])?, two([s1, s2])?])
        }
        [h1, h2, m1, m2] => Some([two([h1, h2])?, two([m1, m2])?, 0]),
        [h1, h2, m1, m2, s1, s2] => Some([two([h1, h2])?, two([m1, m2])?, two([s1, s2])?]),
        // Hundredths of a second are read and not kept.
        [h1, h2, m1, m2, s1, s2, c1, c2] => {
            two([c1, c2])?;
            Some([two([h1, h2])?, two([m1, m2])?, two([s1, s2])?])
        }
        _ => None,
    }
}

fn two([tens, ones]: [u8; 2]) -> Option<i16> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| i16::from(tens) * 10 + i16::from(ones))
}

fn four([y1, y2, y3, y4]: [u8; 4]) -> Option<i16> {
    Some(two([y1, y2])? * 100 + two([y3, y4])?)
}

/// Writes `yyyy-MM-dd`.
pub fn push_day(day: Date, into: &mut String) {
    let year = day.year();
    let ([c1, c2], [y1, y2]) = (figures((year / 100) as i8), figures((year % 100) as i8));
    let ([m1, m2], [d1, d2]) = (figures(day.month()), figures(day.day()));
    push_ascii(&[c1, c2, y1, y2, b'-', m1, m2, b'-', d1, d2], into);
}

/// Writes `yyyy-MM-ddTHH:mm:ss`, with `between` for the `T`; fractions of a second are left out.
pub fn push_moment(moment: DateTime, between: char, into: &mut String) {
    let ([h1, h2], [m1, m2]) = (figures(moment.hour()), figures(moment.minute()));
    let [s1, s2] = figures(moment.second());
    into.reserve(MOMENT_BYTES);
    push_day(moment.date(), into);
    into.push(between);
    push_ascii(&[h1, h2, b':', m1, m2, b':', s1, s2], into);
}

/// What a moment takes, with a zone behind it.
const MOMENT_BYTES: usize = 32;

/// A number of two figures.
fn figures(number: i8) -> [u8; 2] {
    let number = number.unsigned_abs();
    [b'0' + number / 10, b'0' + number % 10]
}

fn push_ascii(bytes: &[u8], into: &mut String) {
    into.push_str(std::str::from_utf8(bytes).expect("figures and marks are ASCII"));
}

/// The characters by which two spellings are compared (AUD-006): half-width, in capitals, without blanks.
pub fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|character| !character.is_whitespace()).map(half_width).flat_map(char::to_uppercase)
}

/// Two spellings of one number, mark or name: `HD-2018/061` and `ＨＤ－２０１８／０６１`.
pub fn reads_alike(one: &str, other: &str) -> bool {
    one == other || folded(one).eq(folded(other))
}

/// The half-width form of a full-width letter, figure or mark.
pub fn half_width(character: char) -> char {
    const OFFSET: u32 = 0xFEE0;
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(character as u32 - OFFSET).unwrap_or(character),
        '\u{3000}' => ' ',
        other => other,
    }
}

/// What a field of a row holds, so that the reader can check its shape once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Free text or a code.
    Text,
    /// An exact decimal.
    Number,
    /// A day or a moment.
    Date,
    /// Text about a living person (ruling J2): it never leaves the raw evidence.
    Personal,
}

impl Shape {
    /// A filled value that does not have this shape.
    #[inline(always)]
    pub fn is_missed_by(self, text: &Text<'_>) -> bool {
        match self {
            Shape::Text | Shape::Personal => false,
            Shape::Number => text.is_present() && text.decimal().is_none(),
            Shape::Date => text.is_present() && text.date_time().is_none(),
        }
    }
}

/// A field of a row: its canonical name, its official short name, and what it holds.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Canonical name, the same for all formats.
    pub name: &'static str,
    /// Official Chinese short name.
    pub zh: &'static str,
    /// What it holds.
    pub shape: Shape,
}

/// A row of a document: a fixed set of named values.
pub trait Record<'b> {
    /// Canonical name of the kind of row.
    const NAME: &'static str;
    /// Its fields, in order.
    const FIELDS: &'static [Field];
    /// Byte offset of the start tag of the row's element within its document.
    fn offset(&self) -> u32;
    /// Says where the row stands.
    fn set_offset(&mut self, offset: u32);
    /// The value of the field with this number.
    fn text(&self, field_idx: usize) -> &Text<'b>;
    /// The same, to be filled.
    fn text_mut(&mut self, field_idx: usize) -> &mut Text<'b>;

    /// Names each filled field whose value does not have the shape its field asks for.
    fn misshapen(&self, told: impl FnMut(usize, &Text<'b>));

    /// The number of the field with this canonical name.
    fn field_named(name: &str) -> Option<usize>
    where
        Self: Sized,
    {
        Self::FIELDS.iter().position(|field| field.name == name)
    }

    /// The number of the field that `text` is: rules name a value, findings need its name.
    fn field_of(&self, text: &Text<'b>) -> Option<usize> {
        (0..Self::FIELDS.len()).find(|&idx| std::ptr::eq(self.text(idx), text))
    }
}

/// Defines a row: a struct of `Text`, and its [`Record`] implementation.
#[macro_export]
macro_rules! record {
    (
        $(#[$doc:meta])*
        pub struct $Name:ident {
            $( $(#[$field_doc:meta])* $field:ident: $shape:ident $zh:literal, )*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default)]
        pub struct $Name<'b> {
            /// Byte offset of the row's start tag within its document.
            pub offset: u32,
            $( $(#[$field_doc])* pub $field: $crate::text::Text<'b>, )*
        }

        impl<'b> $crate::text::Record<'b> for $Name<'b> {
            const NAME: &'static str = stringify!($Name);
            const FIELDS: &'static [$crate::text::Field] = &[
                $( $crate::text::Field {
                    name: stringify!($field),
                    zh: $zh,
                    shape: $crate::text::Shape::$shape,
                }, )*
            ];
            fn offset(&self) -> u32 {
                self.offset
            }
            fn set_offset(&mut self, offset: u32) {
                self.offset = offset;
            }
            fn text(&self, field_idx: usize) -> &$crate::text::Text<'b> {
                [$( &self.$field, )*][field_idx]
            }
            fn misshapen(&self, mut told: impl FnMut(usize, &$crate::text::Text<'b>)) {
                let mut field_idx = 0;
                $(
                    if $crate::text::Shape::$shape.is_missed_by(&self.$field) {
                        told(field_idx, &self.$field);
                    }
                    field_idx += 1;
                )*
                debug_assert_eq!(field_idx, Self::FIELDS.len());
            }
            fn text_mut(&mut self, field_idx: usize) -> &mut $crate::text::Text<'b> {
                let all = [$( &mut self.$field, )*];
                all.into_iter().nth(field_idx).expect("a field number comes from FIELDS")
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, datetime};

    #[test]
    fn dates_in_every_shape_the_messages_carry() {
        let day = datetime(2018, 6, 1, 0, 0, 0, 0);
        let minute = datetime(2018, 6, 1, 9, 30, 0, 0);
        let second = datetime(2018, 6, 1, 9, 30, 5, 0);
        for (text, moment) in [
            ("20180601", day),
            ("2018-06-01", day),
            ("201806010930", minute),
            ("2018-06-01 09:30", minute),
            ("20180601093005", second),
            ("2018060109300599", second),
            ("20180601 09:30:05", second),
            ("2018-06-01T09:30:05", second),
        ] {
            assert_eq!(parse_date_time(text), Some(moment), "{text}");
        }
        assert_eq!(parse_date("2018-06-01 09:30"), Some(date(2018, 6, 1)));
    }

    #[test]
    fn days_and_moments_are_written_as_they_are_read() {
        for moment in [datetime(2018, 6, 1, 9, 30, 5, 0), datetime(905, 12, 31, 23, 59, 59, 0)] {
            let (mut day, mut whole) = (String::new(), String::new());
            push_day(moment.date(), &mut day);
            push_moment(moment, 'T', &mut whole);
            assert_eq!((day, whole), (moment.date().to_string(), moment.to_string()));
        }
        let mut spaced = String::from("at ");
        push_moment(date(2018, 6, 1).at(9, 30, 0, 0), ' ', &mut spaced);
        assert_eq!(spaced, "at 2018-06-01 09:30:00");
    }

    #[test]
    fn a_moment_with_a_zone_is_told_in_ours() {
        for (text, moment) in [
            ("20240125094643Z", datetime(2024, 1, 25, 17, 46, 43, 0)),
            ("20240125094643+01", datetime(2024, 1, 25, 16, 46, 43, 0)),
            ("20240125194643-05", datetime(2024, 1, 26, 8, 46, 43, 0)),
            ("20240125094643+08", datetime(2024, 1, 25, 9, 46, 43, 0)),
        ] {
            assert_eq!(parse_date_time(text), Some(moment), "{text}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "20240125094643+1",
            "20240125094643+15",
            "20240125094643+0x",
            "20240125094643z",
            "20240125Z",
            "202401250946+01",
            "${date}094643Z",
            "",
            "2018",
            "2018-6-1",
            "20180631",
            "2018-13-01",
            "201806",
            "20180601x",
            "2018-06-01 9:30",
            "２０１８０６０１",
        ] {
            assert_eq!(parse_date_time(text), None, "{text}");
        }
    }

    #[test]
    fn spellings_are_compared_without_width_case_and_blanks() {
        assert!(reads_alike("HD-2018/061", "ＨＤ－２０１８／０６１"));
        assert!(reads_alike(" hd-2018 / 061\u{3000}", "HD-2018/061"));
        assert!(reads_alike("ＨＤ－２０１８", "HD-2018"));
        assert!(!reads_alike("HD-2018/061", "HD-2018/016"));
        assert!(!reads_alike("HD-2018/061", "HD2018061"));
    }
}
