//! Words that stand on certificates and mean something, by what they are for (domain-rules 8).

use super::{Coverage, Dated, TableError, read};
use jiff::civil::Date;
use serde::Deserialize;

/// What the words of a list are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Hash)]
#[serde(rename_all = "snake_case")]
pub enum Phrases {
    /// The certificate was issued after departure.
    LateMark,
    /// Stock phrases in place of a producer's name.
    Producer,
    /// Those of them that refer to the goods lines for a list.
    ProducerList,
    /// The transport box names no vessel or flight.
    NoVessel,
    /// The consignee is left open.
    ToOrder,
    /// Behind them a port box names the way, not the port.
    BehindPort,
    /// The invoice is issued by a firm outside the parties.
    ThirdParty,
    /// The certificate rests on that of another party.
    BackToBack,
    /// What a copy of a lost certificate says.
    TrueCopy,
    /// It says of which day the lost one was.
    TrueCopyDate,
    /// The goods were handled on the way.
    Handled,
    /// The chamber of commerce.
    Ccpit,
    /// Customs.
    Customs,
    /// Inspection and quarantine.
    Inspection,
}

/// Lists of words by day.
#[derive(Clone, Debug)]
pub struct OriginPhrases {
    lists: Dated<Phrases, Vec<String>>,
}

#[derive(Deserialize)]
struct Columns {
    list: Phrases,
    words: Vec<String>,
}

impl OriginPhrases {
    /// Reads the table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let lists = read("origin_phrases", text, Coverage::Sparse, |row: Columns| {
            match row.words.iter().find(|words| words.trim().is_empty()) {
                Some(_) => Err("an entry has no words".to_owned()),
                None => Ok((row.list, row.words)),
            }
        })?;
        Ok(OriginPhrases { lists })
    }

    /// The first words of the list that stand somewhere in the text.
    pub fn within(&self, list: Phrases, text: &str, day: Date) -> Option<&str> {
        self.words(list, day).find(|words| position(text, words).is_some())
    }

    /// The words of the list that are all the text says, blanks and marks at its ends aside.
    pub fn whole(&self, list: Phrases, text: &str, day: Date) -> Option<&str> {
        let said = bare(text);
        self.words(list, day).find(|words| is_said(said, words))
    }

    /// What stands before the first words of the list that stand in the text as words of their own.
    pub fn before<'t>(&self, list: Phrases, text: &'t str, day: Date) -> &'t str {
        let starts = self.words(list, day).filter_map(|words| word_position(text, words));
        starts.min().map_or(text, |start| &text[..start])
    }

    /// What stands behind the last words of the list that stand in the text as words of their own.
    pub fn behind<'t>(&self, list: Phrases, text: &'t str, day: Date) -> Option<&'t str> {
        let mut behind = None;
        for words in self.words(list, day) {
            let mut rest = behind.unwrap_or(text);
            while let Some(start) = word_position(rest, words) {
                rest = &rest[start + words.len()..];
                behind = Some(rest);
            }
        }
        behind
    }

    fn words(&self, list: Phrases, day: Date) -> impl Iterator<Item = &str> {
        self.lists.on(&list, day).into_iter().flatten().map(String::as_str)
    }
}

/// Blanks and marks at the ends of a box: `"CONFIDENTIAL".` says CONFIDENTIAL.
pub fn bare(text: &str) -> &str {
    text.trim_matches(|sign: char| {
        sign.is_whitespace() || matches!(sign, '.' | '"' | '\'' | '“' | '”' | '(' | ')')
    })
}

/// The text says these words and nothing else, blanks taken as one.
pub fn is_all(text: &str, words: &str) -> bool {
    is_said(bare(text), words)
}

fn is_said(said: &str, words: &str) -> bool {
    let [first, first_said] = [words, said].map(|text| text.as_bytes().first().map(u8::to_ascii_uppercase));
    if first != first_said {
        return false;
    }
    let mut said = said.split_whitespace();
    words.split_whitespace().all(|word| said.next().is_some_and(|said| said.eq_ignore_ascii_case(word)))
        && said.next().is_none()
}

/// Where the words stand in the text, in capitals or not.
fn position(text: &str, words: &str) -> Option<usize> {
    let (bytes, words) = (text.as_bytes(), words.as_bytes());
    let first = words.first()?;
    let n_starts = (bytes.len() + 1).checked_sub(words.len())?;
    let mut starts = (0..n_starts).filter(|&start| bytes[start].eq_ignore_ascii_case(first));
    starts.find(|&start| bytes[start..start + words.len()].eq_ignore_ascii_case(words))
}

/// The same, where no letter of the Latin alphabet touches them: there is no VIA in VIANDEN.
fn word_position(text: &str, words: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_letter = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphabetic);
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| position(rest, words)).map(|at| from + at) {
        let is_latin = words.is_ascii();
        if !(is_latin && (is_letter(start.checked_sub(1)) || is_letter(Some(start + words.len())))) {
            return Some(start);
        }
        from = start + words.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Tables;
    use jiff::civil::date;

    const DAY: Date = date(2018, 6, 1);

    fn table() -> OriginPhrases {
        Tables::shipped().expect("shipped tables are good").origin_phrases
    }

    #[test]
    fn words_are_found_in_capitals_or_not() {
        let table = table();
        assert_eq!(table.within(Phrases::LateMark, "Issued Retroactively", DAY), Some("RETROACTIVELY"));
        assert_eq!(table.within(Phrases::LateMark, "issued", DAY), None);
        assert_eq!(table.whole(Phrases::NoVessel, " *** ", DAY), Some("***"));
        assert_eq!(table.whole(Phrases::NoVessel, "by  sea.", DAY), Some("BY SEA"));
        assert_eq!(table.whole(Phrases::NoVessel, "SEA STAR V.018E", DAY), None);
    }

    #[test]
    fn the_way_stands_behind_the_port() {
        let table = table();
        let before = |text: &'static str| table.before(Phrases::BehindPort, text, DAY).trim();
        assert_eq!(before("SWITZERLAND VIA ROTTERDAM"), "SWITZERLAND");
        assert_eq!(before("OCTAVIA BAY"), "OCTAVIA BAY");
        assert_eq!(before("巴塞尔经鹿特丹"), "巴塞尔");
        let behind = |text: &'static str| table.behind(Phrases::BehindPort, text, DAY).map(str::trim);
        assert_eq!(behind("FROM YANTIAN VIA HONG KONG VIA BUSAN"), Some("BUSAN"));
        assert_eq!(behind("FROM YANTIAN TO HAMBURG BY SEA"), None);
    }
}
