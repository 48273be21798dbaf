//! What the program makes of bytes: where it cuts documents, and what it says of each.

use crate::told::Outline;
use anyhow::{Result, ensure};
use engine::decode::{Decoder, Source};
use formats::xml::kept::Kept;
use formats::{EntryKind, Parsed, ROOTS, Scratch, defect, parse, parse_quickly, parse_thoroughly};
use model::batch::{Inputs, Namespaces, RawBatch};
use model::documents::Documents;
use model::encoding::Encodings;
use model::finding::Language;
use model::limits::Limits;
use std::io::Cursor;
use std::sync::Arc;

/// A document as it was cut out and judged.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Its text; empty when it was not kept.
    pub text: String,
    /// Namespaces bound around it.
    pub namespaces: Option<Arc<Namespaces>>,
    /// It came out of a Base64 value.
    pub is_embedded: bool,
    /// What is said of it.
    pub verdict: Verdict,
}

/// What is said of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is read, by this format.
    Taken(&'static str),
    /// It can be read and is nothing for this program.
    Declined,
    /// It cannot be read.
    Refused {
        /// The rule it breaks.
        rule: &'static str,
        /// In what way.
        what: String,
        /// Where in the document.
        offset: u32,
        /// The document was refused when it was cut, before any parser saw it.
        when_cut: bool,
    },
}

impl Verdict {
    /// It cannot be read.
    pub fn is_refused(&self) -> bool {
        matches!(self, Verdict::Refused { .. })
    }
}

/// The usual bounds, and every encoding that an office may take.
pub fn all_encodings() -> Limits {
    Limits { encodings: Encodings { gb18030: true, utf16: true }, ..Limits::default() }
}

/// Cuts a stream of bytes, a window at a time.
///
/// # Errors
/// Never for what is in the bytes: a stream in memory can be read.
pub fn cut(
    bytes: &[u8],
    limits: &Limits,
    window_bytes: usize,
    mut document: impl FnMut(Piece),
) -> Result<()> {
    let source = Source::stream(Cursor::new(bytes.to_vec()));
    let mut decoder = Decoder::new("in", source, &ROOTS, limits);
    let (mut window, mut inputs) = (RawBatch::new(), Inputs::new());
    loop {
        let goes_on = decoder.fill(&mut window, &mut inputs, window_bytes)?;
        for raw in &window.documents {
            let text = window.text_of(raw).to_owned();
            let namespaces = raw.namespaces.clone();
            let verdict = match &raw.defect {
                Some(defect) => refused_when_cut(defect),
                None => judged(&text, namespaces.as_deref()),
            };
            document(Piece { text, namespaces, is_embedded: raw.embedded, verdict });
        }
        window.clear();
        if !goes_on {
            return Ok(());
        }
    }
}

/// All documents in these bytes.
///
/// # Errors
/// As [`cut`].
pub fn pieces(bytes: &[u8], limits: &Limits) -> Result<Vec<Piece>> {
    let mut pieces = Vec::new();
    cut(bytes, limits, usize::MAX, |piece| pieces.push(piece))?;
    Ok(pieces)
}

fn refused_when_cut(defect: &model::batch::Defect) -> Verdict {
    let (rule, what, _) = defect::told(defect);
    let offset = u32::try_from(defect.position()).unwrap_or(u32::MAX);
    Verdict::Refused { rule, what: what.en.to_owned(), offset, when_cut: true }
}

/// What is said of a document that cutting found nothing wrong with.
pub fn judged(text: &str, namespaces: Option<&Namespaces>) -> Verdict {
    let kept = Kept::default();
    let mut documents = Documents::default();
    let parsed = parse(text, namespaces, kept.keeper(), &mut documents, &mut Scratch::default());
    verdict(&parsed)
}

fn verdict(parsed: &Parsed<'_>) -> Verdict {
    match &parsed.entry.kind {
        EntryKind::Refused => {
            let finding = &parsed.entry.findings[0];
            let what = finding.evidence.iter().find(|(name, _)| *name == "what");
            Verdict::Refused {
                rule: finding.rule.0,
                what: what.map_or_else(String::new, |(_, value)| value.in_language(Language::En).to_string()),
                offset: finding.place.offset,
                when_cut: false,
            }
        }
        EntryKind::Declined => Verdict::Declined,
        _ => Verdict::Taken(parsed.format.map_or("", |format| format.name())),
    }
}

/// Where the quick way is sure, the thorough one comes to the same: tables, identity, findings, what is echoed.
/// Answers whether it was sure.
///
/// # Errors
/// What differs.
pub fn both_ways(text: &str, namespaces: Option<&Namespaces>) -> Result<bool> {
    let (kept_quickly, kept) = (Kept::default(), Kept::default());
    let (mut quick, mut thorough) = (Documents::default(), Documents::default());
    let keeper = kept_quickly.keeper();
    let Some(by_quick) = parse_quickly(text, namespaces, keeper, &mut quick, &mut Scratch::default()) else {
        return Ok(false);
    };
    let scratch = &mut Scratch::default();
    let by_thorough = parse_thoroughly(text, namespaces, kept.keeper(), &mut thorough, scratch);
    let (verdict_quick, verdict_thorough) = (verdict(&by_quick), verdict(&by_thorough));
    ensure!(verdict_quick == verdict_thorough, "quickly {verdict_quick:?}, thoroughly {verdict_thorough:?}");
    ensure!(by_quick.entry.findings == by_thorough.entry.findings, "the two ways find different things");
    ensure!(by_quick.entry.echo == by_thorough.entry.echo, "the two ways echo different values");
    let (identity_quick, identity_thorough) = (identity(&by_quick), identity(&by_thorough));
    ensure!(identity_quick == identity_thorough, "quickly {identity_quick}, thoroughly {identity_thorough}");
    ensure!(format!("{quick:?}") == format!("{thorough:?}"), "the two ways fill the tables differently");
    Ok(true)
}

fn identity(parsed: &Parsed<'_>) -> String {
    match &parsed.entry.kind {
        EntryKind::Declined | EntryKind::Refused => String::new(),
        kind => format!("{kind:?}"),
    }
}

/// What the tables of a format hold stands where they say: each value is that of its element, or of an attribute of it.
/// What a format makes of an element that holds elements (which form it is, which way the goods go) is its own, and so is
/// what its table of codes makes of a code.
///
/// # Errors
/// A value that stands elsewhere.
pub fn values_stand(text: &str, namespaces: Option<&Namespaces>, outline: &Outline) -> Result<()> {
    for (offset, value) in values(text, namespaces) {
        let Some((_, stands)) = outline.values.iter().find(|(at, _)| *at == offset) else { continue };
        let is_attribute =
            || attributes(text, offset).any(|it| format!("{:?}", it.trim_matches(' ')) == value);
        ensure!(
            value == "\"\""
                || format!("{stands:?}") == value
                || is_attribute()
                || is_code(value.trim_matches('"'))
                || is_code(stands),
            "the tables hold {value} of the element at {offset}, which says {stands:?}"
        );
    }
    Ok(())
}

/// Short enough to be one of a list.
fn is_code(text: &str) -> bool {
    text.len() <= 4 && text.bytes().all(|it| it.is_ascii_alphanumeric())
}

/// The values of the attributes of a start tag, white space made blanks (XML 1.0, section 3.3.3): a format takes them
/// without those at the ends.
fn attributes(text: &str, offset: u32) -> impl Iterator<Item = String> {
    let tag = text.get(offset as usize..).unwrap_or("");
    let mut rest = tag;
    std::iter::from_fn(move || {
        let at = rest.find(['"', '\'', '>'])?;
        let quote = rest[at..].chars().next().filter(|letter| *letter != '>')?;
        let (value, behind) = rest[at + 1..].split_once(quote)?;
        rest = behind;
        Some(value.replace("\r\n", " ").replace(['\t', '\n', '\r'], " "))
    })
}

/// The values of a document that a format took, as its tables hold them: offset and value, the latter written as Rust
/// writes it.
///
/// The tables are read as they print themselves, so that a table added tomorrow is looked at, too.
fn values(text: &str, namespaces: Option<&Namespaces>) -> Vec<(u32, String)> {
    let kept = Kept::default();
    let mut documents = Documents::default();
    parse(text, namespaces, kept.keeper(), &mut documents, &mut Scratch::default());
    let printed = format!("{documents:?}");
    let mut values = Vec::new();
    for part in printed.split("Text { value: ").skip(1) {
        let Some(end) = end_of_literal(part) else { continue };
        let offset =
            part[end..].trim_start_matches(", offset: ").split(|letter: char| !letter.is_ascii_digit());
        let offset = offset.into_iter().next().and_then(|digits| digits.parse().ok()).unwrap_or(0);
        if offset != 0 {
            values.push((offset, part[..end].to_owned()));
        }
    }
    values
}

fn end_of_literal(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    text.bytes().enumerate().skip(1).find_map(|(at, byte)| match byte {
        _ if std::mem::take(&mut is_escaped) => None,
        b'\\' => {
            is_escaped = true;
            None
        }
        b'"' => Some(at + 1),
        _ => None,
    })
}
