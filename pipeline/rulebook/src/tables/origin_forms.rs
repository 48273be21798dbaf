//! What a certificate form asks for whatever the destination (domain-rules 8.1): length of the code it prints, days of
//! grace, what a late issue needs, how long it is valid. Where it is issued for, and when, is
//! [`origin_destinations`](super::origin_destinations).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use serde::Deserialize;

/// Type letter or letters of a certificate: `E`, `RC`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FormLetters([u8; 2]);

impl FormLetters {
    /// Reads one or two capital letters.
    pub fn read(text: &str) -> Option<Self> {
        match *text.as_bytes() {
            [one @ b'A'..=b'Z'] => Some(FormLetters([one, 0])),
            [one @ b'A'..=b'Z', two @ b'A'..=b'Z'] => Some(FormLetters([one, two])),
            _ => None,
        }
    }
}

/// What an issue later than departure and grace needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Late {
    /// The retrospective mark.
    Marked,
    /// There is no late issue of this form.
    Refused,
    /// The text has no rule.
    Silent,
}

/// The day from which the last day of a late issue counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LateFrom {
    /// Departure.
    #[default]
    Departure,
    /// The export declaration date.
    Declaration,
}

/// Who may stand in the consignee box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consignee {
    /// A firm in a country the form is issued for.
    #[default]
    Party,
    /// Such a firm, or words that leave it open.
    PartyOrOrder,
    /// Anybody.
    Any,
}

/// Which countries are parties to what a form rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Parties {
    /// All it is issued for: they have one agreement.
    #[default]
    All,
    /// The destination and what is in one customs union with it: each grants its preference alone.
    Destination,
}

/// What a form asks for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Form {
    /// Digits of the commodity code it prints.
    pub code_digits: usize,
    /// Days after departure on which an issue is not yet late.
    #[serde(default)]
    pub grace_days: i32,
    /// What a late issue needs.
    pub late: Late,
    /// Days after which there is no late issue any more.
    pub late_days_max: i32,
    /// What those days count from.
    #[serde(default)]
    pub late_from: LateFrom,
    /// Working days after departure on which a form without late issue may still be issued.
    pub late_working_days: Option<i64>,
    /// The word of the retrospective mark; none where it is not on file.
    pub late_word: Option<String>,
    /// The box the mark belongs in, by its number or name.
    pub late_box: Option<String>,
    /// Months from the day of issue; none where the form has no end.
    pub validity_months: Option<i32>,
    /// Who may stand in the consignee box.
    #[serde(default)]
    pub consignee: Consignee,
    /// Which countries are parties.
    #[serde(default)]
    pub parties: Parties,
    /// Words the producer box may have in place of a name; none where they are not on file.
    pub producer_words: Option<Vec<String>>,
    /// The box that names a firm outside the parties whose invoice is used; none where it is not on file.
    pub third_party_box: Option<String>,
    /// The form may rest on a certificate of another party.
    #[serde(default)]
    pub back_to_back: bool,
}

impl Form {
    /// The destination grants lower duty for it, so its rules on parties and ports apply.
    pub fn is_preferential(&self) -> bool {
        self.consignee != Consignee::Any
    }
}

/// The forms of table 8.1.
#[derive(Clone, Debug)]
pub struct OriginForms {
    by_letters: Dated<FormLetters, Form>,
}

#[derive(Deserialize)]
struct Columns {
    form: String,
    #[serde(flatten)]
    asks: Form,
}

impl OriginForms {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_letters = read("origin_forms", text, Coverage::Sparse, |row: Columns| {
            let letters =
                FormLetters::read(&row.form).ok_or_else(|| format!("no form letters: {}", row.form))?;
            Ok((letters, row.asks))
        })?;
        Ok(OriginForms { by_letters })
    }

    /// The form has a row on some day.
    pub fn knows(&self, letters: &str) -> bool {
        FormLetters::read(letters).is_some_and(|letters| self.by_letters.knows(&letters))
    }

    /// What the form asks for when it is issued on this day.
    pub fn form(&self, letters: &str, issued_on: Date) -> Option<&Form> {
        self.by_letters.on(&FormLetters::read(letters)?, issued_on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;
    use jiff::civil::date;

    #[test]
    fn forms_of_table_8_1() {
        let forms = Tables::shipped().expect("shipped tables are good").origin_forms;
        let form = |letters| forms.form(letters, date(2018, 6, 1)).expect("the form has a row");
        assert_eq!((form("B").code_digits, form("E").code_digits), (4, 6));
        assert_eq!([form("E"), form("P"), form("K"), form("RC")].map(|form| form.grace_days), [3, 15, 7, 0]);
        assert_eq!(
            [form("B"), form("N"), form("H")].map(|form| form.late),
            [Late::Refused, Late::Silent, Late::Marked]
        );
        assert_eq!((form("H").late_days_max, form("H").late_from), (90, LateFrom::Declaration));
        assert_eq!((form("C").validity_months, form("G").validity_months), (None, Some(10)));
    }

    #[test]
    fn a_known_letter_may_have_no_row() {
        let forms = Tables::shipped().expect("shipped tables are good").origin_forms;
        assert!(forms.knows("RC") && forms.knows("S"));
        for letters in ["GE", "MU", "M", "CP", "", "e", "CPTPP"] {
            assert!(!forms.knows(letters), "{letters}");
        }
    }
}
