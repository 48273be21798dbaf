//! Columns that hold numbers: exact, plain, and never guessed at.

use crate::registers::fault::Reason;
use model::decimal::Decimal;

pub(super) fn figures(value: &str, min: usize, max: usize) -> Option<Reason> {
    let is_good = value.bytes().all(|byte| byte.is_ascii_digit()) && (min..=max).contains(&value.len());
    (!is_good).then(|| Reason::Figures { value: value.to_owned(), min, max })
}

pub(super) fn amount(value: &str) -> Option<Reason> {
    if let Some(amount) = Decimal::parse(value) {
        return (amount < Decimal::ZERO).then(|| Reason::Negative { value: value.to_owned() });
    }
    let is_plain = |c: char| c.is_ascii_digit() || c == '.';
    let value = value.to_owned();
    if value.contains([',', '，', '、', '\'']) {
        return Some(Reason::ThousandsSeparator { value });
    }
    let has_digits = value.starts_with(|c: char| c.is_ascii_digit());
    if has_digits && value.chars().all(is_plain) && value.matches('.').count() <= 1 && !value.ends_with('.') {
        return Some(Reason::AmountSize { value });
    }
    Some(Reason::NoAmount { value })
}

pub(super) fn positive(value: &str) -> Option<Reason> {
    amount(value).or_else(|| {
        let is_zero = Decimal::parse(value).is_some_and(Decimal::is_zero);
        is_zero.then(|| Reason::NotPositive { value: value.to_owned() })
    })
}

pub(super) fn factor(value: &str) -> Option<Reason> {
    amount(value).or_else(|| {
        let is_good = Decimal::parse(value).is_some_and(|it| Decimal::ZERO < it && it <= Decimal::ONE);
        (!is_good).then(|| Reason::Factor { value: value.to_owned() })
    })
}

pub(super) fn whole(value: &str, min: u32, max: u32) -> Option<Reason> {
    let is_plain = value.bytes().all(|byte| byte.is_ascii_digit());
    let number: Option<u32> = if is_plain { value.parse().ok() } else { None };
    let is_good = number.is_some_and(|number| (min..=max).contains(&number));
    (!is_good).then(|| Reason::Whole { value: value.to_owned(), min, max })
}
