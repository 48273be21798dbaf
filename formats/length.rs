//! How long a value may be: what an interface document says of its fields, held against the rows that were read.
//!
//! Lengths count characters, not bytes (single-window.md 10, 8). A number counts the figures before its point and behind it;
//! zeros that say nothing do not count. A length is looked at for every value of every document, so one that has fewer bytes
//! than it may have characters is passed at once.

use model::decimal::Decimal;
use model::evidence;
use model::finding::{Effect, Finding, Place, RuleId, Words};
use model::text::{Record, Text};

/// How much a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// So many characters.
    Characters(usize),
    /// A number of so many figures, some of them behind the point.
    Figures {
        /// In all.
        all: usize,
        /// Behind the point.
        decimals: usize,
    },
}

/// The limits of the fields of one kind of row. Made by [`lengths!`](crate::lengths).
#[derive(Debug)]
pub struct RowLengths {
    /// Canonical kind of row.
    pub record: &'static str,
    /// Canonical field and its limit.
    pub fields: &'static [(&'static str, Limit)],
}

/// Defines how long the fields of a row may be, `32` characters or `(19, 5)` figures, and what finds those that are longer.
#[macro_export]
macro_rules! lengths {
    (limit ($all:literal, $decimals:literal)) => {
        $crate::length::Limit::Figures { all: $all, decimals: $decimals }
    };
    (limit $most:literal) => {
        $crate::length::Limit::Characters($most)
    };
    ($(
        $(#[$doc:meta])*
        $LENGTHS:ident, $too_long:ident: $Record:ident { $( $field:ident: $limit:tt, )* }
    )*) => {$(
        $(#[$doc])*
        pub(super) static $LENGTHS: $crate::length::RowLengths = $crate::length::RowLengths {
            record: stringify!($Record),
            fields: &[$( (stringify!($field), $crate::lengths!(limit $limit)), )*],
        };

        $(#[$doc])*
        pub(super) fn $too_long(rows: &[$Record<'_>], findings: &mut Vec<Finding>) {
            for row in rows {
                if $( !const { $crate::lengths!(limit $limit) }.takes(row.$field.value) || )* false {
                    $crate::length::tell(row, &$LENGTHS, findings);
                }
            }
        }
    )*};
}

impl Limit {
    /// The value is not too long.
    #[inline(always)]
    pub fn takes(self, value: &str) -> bool {
        match self {
            Limit::Characters(most) => value.len() <= most || has_characters(value, most),
            Limit::Figures { all, decimals } => {
                let (whole, decimals_held) = FIGURES_HELD;
                // What is longer than that has been refused as a number.
                whole <= all - decimals && decimals_held <= decimals
                    || value.len() <= decimals + 1
                    || has_figures(value, all - decimals, decimals)
            }
        }
    }
}

/// Figures that an exact number holds before its point and behind it.
const FIGURES_HELD: (usize, usize) = (14, Decimal::PLACES as usize);

#[cold]
#[inline(never)]
fn has_characters(value: &str, most: usize) -> bool {
    value.chars().count() <= most
}

fn has_figures(value: &str, whole: usize, decimals: usize) -> bool {
    let before = &value.as_bytes()[..value.len().saturating_sub(decimals + 1)];
    // Too few characters for too many before the point, and the point, if any, near enough to the end.
    if value.len() <= whole && before.iter().all(|&byte| byte != b'.') {
        return true;
    }
    let figures = figures(value);
    figures.0 <= whole && figures.1 <= decimals
}

/// Figures before the point and behind it, as far as they say something.
fn figures(value: &str) -> (usize, usize) {
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    (whole.trim_start_matches(['-', '0']).len(), decimals.trim_end_matches('0').len())
}

/// A finding for each value of the row that is too long.
#[cold]
#[inline(never)]
pub fn tell<'b, R: Record<'b>>(row: &R, lengths: &RowLengths, findings: &mut Vec<Finding>) {
    for (name, limit) in lengths.fields {
        let field_idx = R::field_named(name).expect("a limit is that of a field of the row");
        let text = row.text(field_idx);
        if !limit.takes(text.value) {
            let field = &R::FIELDS[field_idx];
            findings.extend(finding(text, *limit, Words { zh: field.zh, en: field.name }));
        }
    }
}

fn finding(text: &Text<'_>, limit: Limit, field: Words) -> Option<Finding> {
    let (rule, effect, evidence) = match limit {
        Limit::Characters(limit) => {
            let length = text.value.chars().count();
            ("MSG-036", Effect::Warn, evidence![field, length, limit])
        }
        // What is no number at all has been found already (MSG-006).
        Limit::Figures { .. } if text.decimal().is_none() => return None,
        Limit::Figures { all, decimals: decimals_limit } => {
            let (whole, decimals) = figures(text.value);
            let whole_limit = all - decimals_limit;
            let evidence = evidence![field, whole, decimals, whole_limit, decimals_limit];
            ("MSG-037", Effect::Reject, evidence)
        }
    };
    Some(Finding { rule: RuleId(rule), effect, place: Place::at(text.offset), evidence })
}

#[cfg(test)]
mod tests {
    use super::Limit;
    use model::decimal::Decimal;

    #[test]
    fn a_text_is_counted_in_characters() {
        let limit = Limit::Characters(4);
        for (value, is_taken) in [("", true), ("abc", true), ("abcd", true), ("abcde", false)] {
            assert_eq!(limit.takes(value), is_taken, "{value}");
        }
        for (value, is_taken) in [("海潮报", true), ("海潮报关", true), ("海潮报关行", false)] {
            assert_eq!(limit.takes(value), is_taken, "{value}");
        }
    }

    #[test]
    fn a_number_is_counted_before_its_point_and_behind_it() {
        // Of eleven figures three behind the point, so eight before it.
        let limit = Limit::Figures { all: 11, decimals: 3 };
        for taken in [
            "",
            "0",
            "1250",
            "0.123",
            "12345678",
            "12345678.123",
            "-12345678.123",
            "0012345678.12300",
            "1250.50000",
        ] {
            assert!(limit.takes(taken), "{taken}");
        }
        for too_long in ["0.1234", "1250.1234", "123456789", "123456789.1", "-123456789"] {
            assert!(!limit.takes(too_long), "{too_long}");
        }
    }

    #[test]
    fn a_whole_number_has_nothing_behind_its_point() {
        let limit = Limit::Figures { all: 9, decimals: 0 };
        for (value, is_taken) in
            [("123456789", true), ("120.0", true), ("1234567890", false), ("120.5", false), ("0.5", false)]
        {
            assert_eq!(limit.takes(value), is_taken, "{value}");
        }
    }

    #[test]
    fn a_number_that_may_be_as_long_as_one_is_held_is_not_looked_at() {
        let (whole, decimals) = super::FIGURES_HELD;
        let longest = format!("{}.{}", "9".repeat(whole - 1), "9".repeat(decimals));
        assert!(Decimal::parse(&longest).is_some());
        assert!(Decimal::parse(&format!("1.{}", "9".repeat(decimals + 1))).is_none());
        assert!(
            Decimal::parse(&"9".repeat(whole)).is_none() && Decimal::parse(&"9".repeat(whole + 1)).is_none()
        );
        assert!(Limit::Figures { all: 19, decimals: 5 }.takes(&longest));
    }
}
