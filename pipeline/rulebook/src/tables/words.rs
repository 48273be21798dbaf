//! Lists of words that traders write, each with what it says, by day (DOC-013, DOC-016 to DOC-018, DOC-021, DOC-049, ruling D8).
//!
//! A word is found at its place by the longest match, so that 不过踝 is never taken for 过踝, nor 再生皮革 for 皮革.
//! Letters of the Latin alphabet match in either case and as whole words only: there is no ski in a pigskin.
//! What a list does not know is not judged.

use super::{Coverage, TableError, read};
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// What the words of a list say.
pub trait Saying: Copy + PartialEq + DeserializeOwned {
    /// Name of the list.
    const TABLE: &'static str;
}

/// A list of words.
#[derive(Clone, Debug)]
pub struct WordList<S> {
    /// By first character, then the longest first.
    words: Vec<Word<S>>,
    /// Where the words of a first character stand: an open table, as rules look at every character of a text.
    begins: Vec<Begin>,
}

/// The words `start..end` begin with this character; none where it is zero.
#[derive(Clone, Copy, Debug, Default)]
struct Begin {
    character: char,
    start: u16,
    end: u16,
}

/// Places in the open table: several for each first character there is.
const PLACES: usize = 1024;

/// One word.
#[derive(Clone, Debug)]
pub struct Word<S> {
    text: String,
    /// What it says.
    pub says: S,
    from: Date,
    to: Date,
}

#[derive(Deserialize)]
struct Columns<S> {
    list: String,
    says: S,
    words: Vec<String>,
}

impl<S: Saying> WordList<S> {
    /// Reads a list; a word may say one thing only on a day.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let lists =
            read(S::TABLE, text, Coverage::Sparse, |row: Columns<S>| Ok((row.list, (row.says, row.words))))?;
        let mut all = WordList { words: Vec::new(), begins: vec![Begin::default(); PLACES] };
        for row in lists.rows.into_values().flatten() {
            let (says, words) = row.value;
            for word in words {
                all.words.push(Word { text: word.to_ascii_uppercase(), says, from: row.from, to: row.to });
            }
        }
        all.words.sort_by(|one, other| {
            let key = |word: &Word<S>| (first(&word.text), std::cmp::Reverse(word.text.len()));
            key(one).cmp(&key(other)).then_with(|| (&one.text, one.from).cmp(&(&other.text, other.from)))
        });
        all.check()?;
        all.index();
        Ok(all)
    }

    fn index(&mut self) {
        for (word_idx, word) in self.words.iter().enumerate() {
            let character = first(&word.text);
            let mut place = place(character);
            while ![character, '\0'].contains(&self.begins[place].character) {
                place = (place + 1) % PLACES;
            }
            let begin = &mut self.begins[place];
            if begin.character == '\0' {
                *begin = Begin { character, start: word_idx as u16, end: word_idx as u16 };
            }
            begin.end += 1;
        }
    }

    fn check(&self) -> Result<(), TableError> {
        let fail = |word: &Word<S>, what: &str| {
            Err(TableError { table: S::TABLE, key: word.text.clone(), what: what.to_owned() })
        };
        if let Some(word) = self.words.iter().find(|word| word.text.trim().is_empty()) {
            return fail(word, "a word is empty");
        }
        if let Some(word) = self.words.get(PLACES / 2) {
            return fail(word, "there are more words than places for them");
        }
        match self.words.windows(2).find(|pair| pair[0].text == pair[1].text && pair[1].from < pair[0].to) {
            Some(pair) => fail(&pair[1], "stands twice on one day"),
            None => Ok(()),
        }
    }

    /// Calls `each` with every known word of a text, from left to right, and with every character between them.
    fn read<'t>(&self, text: &'t str, day: Date, mut each: impl FnMut(Token<'_, 't, S>) -> Go) {
        let mut rest = text;
        let mut within_word = false;
        while let Some(character) = rest.chars().next() {
            let begins_within = within_word && character.is_ascii_alphabetic();
            let (token, len) = match self.longest_at(rest, character, day).filter(|_| !begins_within) {
                Some(word) => (Token::Word(word), word.text.len()),
                None => (Token::Other(&rest[..character.len_utf8()]), character.len_utf8()),
            };
            if each(token) == Go::Stop {
                return;
            }
            within_word = rest.as_bytes()[len - 1].is_ascii_alphabetic();
            rest = &rest[len..];
        }
    }

    fn longest_at(&self, rest: &str, character: char, day: Date) -> Option<&Word<S>> {
        let character = character.to_ascii_uppercase();
        let mut place = place(character);
        while self.begins[place].character != character {
            if self.begins[place].character == '\0' {
                return None;
            }
            place = (place + 1) % PLACES;
        }
        let begin = self.begins[place];
        self.words[usize::from(begin.start)..usize::from(begin.end)]
            .iter()
            .find(|word| stands_at(&word.text, rest) && word.from <= day && day < word.to)
    }

    /// What the words of a text say when all of it is known words, figures and marks, and all say one thing.
    ///
    /// Words that say `neutral` are read and say nothing.
    pub fn only(&self, text: &str, day: Date, neutral: S) -> Option<S> {
        let mut says = None;
        self.read(text, day, |token| match token {
            Token::Word(word) if word.says == neutral => Go::On,
            Token::Word(word) if says.is_none_or(|said| said == word.says) => {
                says = Some(word.says);
                Go::On
            }
            Token::Other(other) if is_filler(other) => Go::On,
            Token::Word(_) | Token::Other(_) => {
                says = None;
                Go::Stop
            }
        });
        says
    }

    /// What the longest known word of a text says; nothing when two of that length disagree.
    pub fn longest(&self, text: &str, day: Date) -> Option<S> {
        let mut longest: Option<(usize, Option<S>)> = None;
        self.read(text, day, |token| {
            if let Token::Word(word) = token {
                let len = word.text.len();
                longest = match longest {
                    Some((best, _)) if best > len => longest,
                    Some((best, says)) if best == len => Some((best, says.filter(|says| *says == word.says))),
                    _ => Some((len, Some(word.says))),
                };
            }
            Go::On
        });
        longest.and_then(|(_, says)| says)
    }

    /// A known word of a text says this.
    pub fn has(&self, text: &str, day: Date, says: S) -> bool {
        let mut found = false;
        self.read(text, day, |token| match token {
            Token::Word(word) if word.says == says => {
                found = true;
                Go::Stop
            }
            _ => Go::On,
        });
        found
    }
}

enum Token<'w, 't, S> {
    Word(&'w Word<S>),
    Other(&'t str),
}

#[derive(PartialEq, Eq)]
enum Go {
    On,
    Stop,
}

/// The text begins with this word, and not with a longer Latin one.
fn stands_at(word: &str, text: &str) -> bool {
    let Some((head, tail)) = text.as_bytes().split_at_checked(word.len()) else { return false };
    let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    head.eq_ignore_ascii_case(word.as_bytes()) && !(is_letter(head.last()) && is_letter(tail.first()))
}

fn first(word: &str) -> char {
    word.chars().next().unwrap_or('\0')
}

fn place(character: char) -> usize {
    character as usize % PLACES
}

/// Figures, blanks and marks between two words.
fn is_filler(character: &str) -> bool {
    let is_mark = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_punctuation() || byte == b' ';
    match character.as_bytes() {
        [byte] => is_mark(*byte),
        _ => matches!(character, "\u{3000}" | "、" | "，" | "：" | "；" | "（" | "）" | "％" | "／" | "＋"),
    }
}

/// What a material word says: its place in the truth table of headings (domain-rules 6.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Material {
    /// Leather.
    Leather,
    /// Leather made of scraps.
    CompositionLeather,
    /// Rubber or plastics, or textile that shows a layer of them.
    RubberPlastic,
    /// Textile.
    Textile,
    /// Anything else: wood, cork, furskin, straw.
    Other,
    /// No material: a word that goes with one.
    Neutral,
}

impl Saying for Material {
    const TABLE: &'static str = "material words";
}

/// What a word says of the ankle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ankle {
    /// The shoe covers it.
    Covered,
    /// It does not.
    Bare,
}

impl Saying for Ankle {
    const TABLE: &'static str = "ankle words";
}

/// What a word says of sport.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sport {
    /// Sports footwear by the note: spikes and the like, or a listed kind.
    Listed,
    /// For training and games: sports footwear in 6404.11 only.
    Training,
    /// Everyday and fashion footwear.
    Everyday,
}

impl Saying for Sport {
    const TABLE: &'static str = "sport words";
}

/// What a word says of the inner sole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Insole {
    /// Its length follows.
    Length,
}

impl Saying for Insole {
    const TABLE: &'static str = "insole words";
}

/// What a word says of the scope of an authorisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// It covers the declaration of an export.
    Export,
    /// It covers something else.
    Other,
}

impl Saying for Scope {
    const TABLE: &'static str = "scope words";
}

/// What a word among the marks says that is no mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unmark {
    /// The marks are to be found on another paper.
    Reference,
    /// There are none.
    Unmarked,
}

impl Saying for Unmark {
    const TABLE: &'static str = "mark words";
}

#[cfg(test)]
mod tests {
    use super::{Ankle, Material, Sport, WordList};
    use crate::tables::Tables;
    use jiff::civil::{Date, date};

    const DAY: Date = date(2018, 6, 1);

    #[test]
    fn materials_as_they_are_declared() {
        let tables = Tables::shipped().expect("shipped tables are good");
        for (text, says) in [
            ("牛皮革", Some(Material::Leather)),
            ("头层牛皮革", Some(Material::Leather)),
            ("鞋面：牛皮革", Some(Material::Leather)),
            ("100%猪皮革", Some(Material::Leather)),
            ("Cow Leather", Some(Material::Leather)),
            ("再生皮革", Some(Material::CompositionLeather)),
            ("PU leather", Some(Material::RubberPlastic)),
            ("PU/TPR", Some(Material::RubberPlastic)),
            ("橡胶底", Some(Material::RubberPlastic)),
            ("棉布", Some(Material::Textile)),
            ("软木", Some(Material::Other)),
        ] {
            assert_eq!(tables.materials.only(text, DAY, Material::Neutral), says, "{text}");
        }
    }

    #[test]
    fn what_is_mixed_or_unknown_says_nothing() {
        let tables = Tables::shipped().expect("shipped tables are good");
        for text in ["", "鞋面", "60%牛皮革40%织物", "仿牛皮革", "牛皮纹", "PUMP", "超纤", "真皮+PU"]
        {
            assert_eq!(tables.materials.only(text, DAY, Material::Neutral), None, "{text}");
        }
    }

    #[test]
    fn the_longest_word_says_whether_the_ankle_is_covered() {
        let tables = Tables::shipped().expect("shipped tables are good");
        for (text, says) in [
            ("女鞋 不过踝", Some(Ankle::Bare)),
            ("女鞋 过踝", Some(Ankle::Covered)),
            ("女靴 不过踝", Some(Ankle::Bare)),
            ("女式短靴", Some(Ankle::Covered)),
            ("ladies' pumps", Some(Ankle::Bare)),
            ("女鞋", None),
            ("bootleg", None),
        ] {
            assert_eq!(tables.ankles.longest(text, DAY), says, "{text}");
        }
    }

    #[test]
    fn latin_words_are_whole() {
        let tables = Tables::shipped().expect("shipped tables are good");
        for (text, has) in
            [("ski boots", true), ("SKI", true), ("女式ski鞋", true), ("pigskin", false), ("skin", false)]
        {
            assert_eq!(tables.sports.has(text, DAY, Sport::Listed), has, "{text}");
        }
    }

    #[test]
    fn a_word_that_stands_twice_does_not_load() {
        let rows = "[[row]]\nlist = \"one\"\nsays = \"covered\"\nwords = [\"boot\"]\ncitation = \"test\"\nbasis = \"C\"\n\
                    [[row]]\nlist = \"two\"\nsays = \"bare\"\nwords = [\"BOOT\"]\ncitation = \"test\"\nbasis = \"C\"\n";
        let error = WordList::<Ankle>::parse(rows).expect_err("it stands twice");
        assert_eq!(error.what, "stands twice on one day");
    }
}
