//! Formats of the schema of the gateway of the United Kingdom, by field and day (CDS-10010).

use super::{Coverage, Dated, TableError, read_each};
use jiff::civil::Date;
use serde::Deserialize;
use std::fmt;

/// What a value may be made of, and how long it may be: `an..35`, `a2`, `n..16,3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Format {
    made_of: MadeOf,
    /// The most characters, or figures of a number.
    most: usize,
    /// Exactly so many.
    is_exact: bool,
    /// Figures behind the point; none where the value is no number.
    decimals: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MadeOf {
    Letters,
    Figures,
    Anything,
}

impl Format {
    /// Reads a format as the data model writes it. One of figures with `..` is that of a number.
    fn parse(text: &str) -> Option<Format> {
        let n_letters = text.find(|letter: char| !letter.is_ascii_lowercase())?;
        let made_of = match &text[..n_letters] {
            "a" => MadeOf::Letters,
            "n" => MadeOf::Figures,
            "an" => MadeOf::Anything,
            _ => return None,
        };
        let (is_exact, size) = match text[n_letters..].strip_prefix("..") {
            Some(size) => (false, size),
            None => (true, &text[n_letters..]),
        };
        let (most, decimals) = match size.split_once(',') {
            Some((most, decimals)) => (most, Some(decimals.parse().ok()?)),
            None => (size, None),
        };
        Some(Format { made_of, most: most.parse().ok()?, is_exact, decimals })
    }

    /// A value that does not have it.
    pub fn is_missed_by(self, value: &str) -> bool {
        let is_written_as_number = value.starts_with('-') || value.contains('.');
        if self.decimals.is_some() || self.made_of == MadeOf::Figures && is_written_as_number {
            return self.is_missed_by_number(value);
        }
        let n_characters = value.chars().count();
        let has_length = if self.is_exact { n_characters == self.most } else { n_characters <= self.most };
        let is_made_so = match self.made_of {
            MadeOf::Letters => value.bytes().all(|byte| byte.is_ascii_alphabetic()),
            MadeOf::Figures => value.bytes().all(|byte| byte.is_ascii_digit()),
            MadeOf::Anything => true,
        };
        !has_length || !is_made_so
    }

    /// Zeros in front and behind count for nothing; what is no number at all is the reader's.
    fn is_missed_by_number(self, value: &str) -> bool {
        let (whole, decimals) = value.trim_start_matches('-').split_once('.').unwrap_or((value, ""));
        let n_whole = whole.trim_start_matches(['-', '0']).len();
        let n_decimals = decimals.trim_end_matches('0').len();
        n_whole + n_decimals > self.most || n_decimals > self.decimals.unwrap_or(0)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let made_of = match self.made_of {
            MadeOf::Letters => "a",
            MadeOf::Figures => "n",
            MadeOf::Anything => "an",
        };
        write!(f, "{made_of}{}{}", if self.is_exact { "" } else { ".." }, self.most)?;
        self.decimals.map_or(Ok(()), |decimals| write!(f, ",{decimals}"))
    }
}

/// The formats.
#[derive(Clone, Debug)]
pub struct GatewayFormats {
    /// By kind of row and canonical field.
    by_field: Dated<String, Format>,
}

#[derive(Deserialize)]
struct Columns {
    format: String,
    fields: Vec<String>,
}

impl GatewayFormats {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_field = read_each("gateway formats", text, Coverage::Gapless, |row: Columns| {
            let format = Format::parse(&row.format).ok_or_else(|| format!("{} is no format", row.format))?;
            row.fields.into_iter().map(|field| known(field, format)).collect()
        })?;
        Ok(GatewayFormats { by_field })
    }

    /// The formats of the fields of one kind of row on this day.
    pub fn of_row(&self, row: &str, day: Date) -> Vec<(&str, Format)> {
        let of_row = self.by_field.rows().filter(|(_, known)| known.from <= day && day < known.to);
        let fields = of_row.filter_map(|(name, known)| {
            let field = name.strip_prefix(row)?.strip_prefix('.')?;
            Some((field, known.value))
        });
        fields.collect()
    }
}

fn known(field: String, format: Format) -> Result<(String, Format), String> {
    let is_known = field.split_once('.').is_some_and(|(row, name)| model::seen::field(row, name).is_some());
    if is_known { Ok((field, format)) } else { Err(format!("{field} is no field")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;
    use jiff::civil::date;

    fn misses(format: &str, value: &str) -> bool {
        let parsed = Format::parse(format).expect("a format");
        assert_eq!(parsed.to_string(), format);
        parsed.is_missed_by(value)
    }

    #[test]
    fn texts_by_length_and_letters() {
        assert!(!misses("an..3", "EXA") && misses("an..3", "EXAM"));
        assert!(!misses("a2", "GB") && misses("a2", "GBR") && misses("a2", "G") && misses("a2", "G1"));
        assert!(!misses("n..2", "10") && misses("n..2", "1A") && misses("n..2", "100"));
        assert!(!misses("an..2", "女鞋"));
    }

    #[test]
    fn numbers_by_figures_that_count() {
        for fine in ["1234567890123.456", "0.001", "00012.500", "-1.5"] {
            assert!(!misses("n..16,3", fine), "{fine}");
        }
        assert!(!misses("n..8", "50.0") && misses("n..8", "50.5") && misses("n..8", "123456789"));
        for wrong in ["12345678901234.456", "0.0001", "12345678901234567"] {
            assert!(misses("n..16,3", wrong), "{wrong}");
        }
    }

    #[test]
    fn fields_have_the_format_of_their_element() {
        let formats = Tables::shipped().expect("shipped tables are good").gateway_formats;
        let of_row = formats.of_row("Signature", date(2024, 6, 3));
        let told: Vec<String> = of_row.iter().map(|(field, format)| format!("{field} {format}")).collect();
        assert_eq!(told, ["client_number an..35"]);
        assert!(formats.of_row("Signature", date(2017, 12, 31)).is_empty());
    }
}
