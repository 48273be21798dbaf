//! Columns that hold days, months and moments.
//!
//! A spreadsheet shows 2018-06-01 as `2018/6/1`, sometimes with `0:00` behind it; with the year in front there is only
//! one way to read that, so it is forgiven. `6/1/2018`, `Jun-18` and 43252 have none, or more than one.

use super::{half_width, is_space};
use jiff::civil::{Date, Time};
use std::fmt::Write as _;

/// Marks between year, month and day, and what stands behind the day.
const MARKS: &[[&str; 3]] = &[["-", "-", ""], ["/", "/", ""], [".", ".", ""], ["年", "月", "日"]];

pub(super) fn normalise_day(raw: &str, into: &mut String) {
    // Nearly every cell is in its one form already.
    if read_day(raw).is_some() {
        return into.push_str(raw);
    }
    match written(raw) {
        Ok((day, None)) => push_day(day, into),
        Ok((day, Some(time))) if time == Time::midnight() => push_day(day, into),
        Ok((day, Some(time))) => push_moment(day, time, into),
        Err(text) => into.push_str(&text),
    }
}

pub(super) fn normalise_moment(raw: &str, into: &mut String) {
    match written(raw) {
        Ok((day, None)) => push_day(day, into),
        Ok((day, Some(time))) => push_moment(day, time, into),
        Err(text) => into.push_str(&text),
    }
}

/// A month may have become its first day.
pub(super) fn normalise_month(raw: &str, into: &mut String) {
    let text = plain(raw);
    let month = match whole_date(&text) {
        Some(day) if day.day() == 1 => Some(day),
        Some(_) => None,
        None => MARKS.iter().find_map(|marks| {
            let month = if marks[2].is_empty() { text.as_str() } else { text.strip_suffix(marks[1])? };
            let (year, month) = month.split_once(marks[0])?;
            date(year, month, "1")
        }),
    };
    match month {
        Some(day) => {
            write!(into, "{:04}-{:02}", day.year(), day.month()).expect("a String takes all");
        }
        None => into.push_str(&text),
    }
}

/// Reads a day in its one form.
pub(super) fn read_day(value: &str) -> Option<Date> {
    read_moment(value).filter(|(_, time)| time.is_none()).map(|(day, _)| day)
}

/// Reads a day, or a day and a time of day, in its one form.
pub(super) fn read_moment(value: &str) -> Option<(Date, Option<Time>)> {
    let bytes = value.as_bytes();
    let has_shape = match bytes.len() {
        10 => true,
        16 => bytes[10] == b' ',
        19 => bytes[10] == b' ',
        _ => false,
    };
    if !has_shape || bytes[4] != b'-' {
        return None;
    }
    let moment = model::text::parse_date_time(value)?;
    Some((moment.date(), (bytes.len() > 10).then(|| moment.time())))
}

/// Reads a month in its one form, as its first day.
pub(super) fn read_month(value: &str) -> Option<Date> {
    let (year, month) = value.split_once('-')?;
    if year.len() == 4 && month.len() == 2 { date(year, month, "1") } else { None }
}

/// A day and perhaps a time of day in one of the forgiven shapes, else the text without what nobody sees.
fn written(raw: &str) -> Result<(Date, Option<Time>), String> {
    let text = plain(raw);
    if let Some(day) = whole_date(&text) {
        return Ok((day, None));
    }
    let parts = text.split_once(char::is_whitespace).or_else(|| text.split_once('T'));
    let moment = parts.and_then(|(day, time)| Some((whole_date(day)?, time_of_day(time.trim())?)));
    moment.map(|(day, time)| (day, Some(time))).ok_or(text)
}

fn whole_date(text: &str) -> Option<Date> {
    MARKS.iter().find_map(|[first, second, last]| {
        let (year, rest) = text.split_once(first)?;
        let (month, rest) = rest.split_once(second)?;
        date(year, month, rest.strip_suffix(last)?)
    })
}

/// Four figures of a year, one or two of month and day.
fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let (month, day) = (month.trim(), day.trim());
    let is_good = year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
    if !is_good || ![year, month, day].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn time_of_day(text: &str) -> Option<Time> {
    let parts: Vec<&str> = text.split(':').collect();
    let is_good =
        |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !(2..=3).contains(&parts.len()) || !parts.iter().all(is_good) || parts[1].len() != 2 {
        return None;
    }
    let second = parts.get(2).unwrap_or(&"0");
    Time::new(parts[0].parse().ok()?, parts[1].parse().ok()?, second.parse().ok()?, 0).ok()
}

/// Without marks nobody sees, figures at their usual width.
fn plain(raw: &str) -> String {
    let text: String = raw.chars().filter(|c| c.is_whitespace() || !is_space(*c)).map(half_width).collect();
    text.trim().to_owned()
}

fn push_day(day: Date, into: &mut String) {
    write!(into, "{day}").expect("a String takes all");
}

fn push_moment(day: Date, time: Time, into: &mut String) {
    push_day(day, into);
    write!(into, " {:02}:{:02}", time.hour(), time.minute()).expect("a String takes all");
    if time.second() != 0 {
        write!(into, ":{:02}", time.second()).expect("a String takes all");
    }
}
