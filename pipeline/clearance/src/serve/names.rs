//! Names in drop folders: which are taken, what answers are called, what a name becomes that nobody should meet as it is.
//!
//! A name of a sender is never a path of ours: it stands within names below, with everything escaped that is not printed
//! (reliability F1, rulings O6 and X5, single-window.md 2.2 and 2.3).

use crate::intake::files::is_printable;
use crate::world::{DirEntry, EntryKind};
use jiff::civil::DateTime;
use std::ffi::OsStr;

/// The four folders of a business type (single-window.md 2.1).
pub const OUT_BOX: &str = "OutBox";
/// Files that were taken and answered.
pub const SENT_BOX: &str = "SentBox";
/// Files that could not be taken.
pub const FAIL_BOX: &str = "FailBox";
/// Answers.
pub const IN_BOX: &str = "InBox";

/// What is to be done with what has a name in an `OutBox`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A complete file: it has been given its last name (F2).
    Complete(String),
    /// Still being written, hidden, or a folder: left alone.
    NotYet,
    /// Neither: a code that says why it goes into quarantine (F1).
    Odd(&'static str),
}

/// What is to be done with this entry of an `OutBox`.
pub fn sort(entry: &DirEntry) -> Sort {
    let name = entry.name.to_string_lossy();
    let lower = name.to_ascii_lowercase();
    if name.starts_with('.') || lower.ends_with(".tmp") || lower.ends_with(".temp") {
        return Sort::NotYet;
    }
    match (entry.kind, entry.name.to_str()) {
        (EntryKind::Dir, _) => Sort::NotYet,
        (EntryKind::Other, _) => Sort::Odd("not-a-file"),
        (EntryKind::File, _) if entry.len == 0 => Sort::NotYet,
        (EntryKind::File, Some(name)) if is_printable(&entry.name) => Sort::Complete(name.to_owned()),
        (EntryKind::File, _) => Sort::Odd("odd-name"),
    }
}

/// A file system takes 255 bytes; an answer has its root, a time, a number and `.tmp` beside the name of its file.
const BASE_BYTES_MAX: usize = 120;
/// Of the entry of an archive, in the names of its answers.
const ENTRY_BYTES_MAX: usize = 40;

/// The name without `.zst` and without its last ending.
fn base(name: &str) -> &str {
    let ending = name.len().saturating_sub(4);
    let is_packed = name.get(ending..).is_some_and(|end| end.eq_ignore_ascii_case(".zst"));
    let name = if is_packed && ending > 0 { &name[..ending] } else { name };
    match name.rsplit_once('.') {
        Some((base, _)) if !base.is_empty() => base,
        _ => name,
    }
}

/// A document within the file it was dropped in, as the names of its answers tell it.
pub struct Told<'n> {
    /// Name of the file.
    pub file: &'n str,
    /// The input its outcome names: the file, or an entry of it.
    pub input: &'n str,
    /// Its number in the input, from 1.
    pub document: u32,
    /// It is not the only one of its file.
    pub is_one_of_several: bool,
}

impl Told<'_> {
    fn base(&self) -> String {
        let base = shortened(&escaped(OsStr::new(base(self.file))), BASE_BYTES_MAX);
        if !self.is_one_of_several {
            return base;
        }
        let entry = self.input.strip_prefix(self.file).and_then(|rest| rest.strip_prefix('!'));
        match entry {
            Some(entry) => {
                let name = entry.rsplit('/').next().unwrap_or(entry);
                let entry_base = shortened(&escaped(OsStr::new(self::base(name))), ENTRY_BYTES_MAX);
                format!("{base}-{entry_base}-{}", self.document)
            }
            None => format!("{base}-{}", self.document),
        }
    }
}

/// What an answer is about, for its name.
pub struct Answer<'n> {
    /// Name of its root.
    pub root: &'n str,
    /// The document was taken in.
    pub is_taken: bool,
    /// Acceptance of what is answered.
    pub accepted_at: Option<DateTime>,
    /// Journal index of the outcome that is told.
    pub record: u64,
}

/// The name of an answer in the `InBox` (O6; single-window.md 2.3). Where other content has the name, the next `attempt` is
/// made: a technical answer counts on in the thousandths of its second, another in a number behind.
pub fn answer(document: &Told<'_>, answer: &Answer<'_>, attempt: u32) -> String {
    let base = document.base();
    let time = digits(answer.accepted_at);
    if answer.root == "DecImportResponse" {
        let outcome = if answer.is_taken { "Successed" } else { "Failed" };
        return format!("{outcome}_{base}_{time}{attempt:03}.xml");
    }
    let record = answer.record;
    let behind = if attempt == 0 { String::new() } else { format!(".{}", u64::from(attempt) + 1) };
    format!("{}_{base}_{time}000-{record}{behind}.xml", answer.root)
}

/// `yyyyMMddHHmmss`; zeros for none.
fn digits(at: Option<DateTime>) -> String {
    let at = at.unwrap_or(DateTime::ZERO);
    let (date, time) = (at.date(), at.time());
    format!(
        "{:04}{:02}{:02}{:02}{:02}{:02}",
        date.year(),
        date.month(),
        date.day(),
        time.hour(),
        time.minute(),
        time.second()
    )
}

/// The name a file gets where another has its name already: the number stands before the last ending.
pub fn numbered(name: &str, number: u64) -> String {
    match name.rsplit_once('.') {
        Some((base, ending)) if !base.is_empty() => format!("{base}#{number}.{ending}"),
        _ => format!("{name}#{number}"),
    }
}

/// The name something gets in quarantine.
pub fn quarantined(name: &OsStr) -> String {
    shortened(&escaped(name), BASE_BYTES_MAX + ENTRY_BYTES_MAX)
}

/// A name with `%` and two digits for every byte that is not printed, and for the per cent sign itself.
pub fn escaped(name: &OsStr) -> String {
    let mut printed = String::with_capacity(name.len());
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        for character in chunk.valid().chars() {
            if is_harmless(character) {
                printed.push(character);
            } else {
                percent(character.encode_utf8(&mut [0; 4]).as_bytes(), &mut printed);
            }
        }
        percent(chunk.invalid(), &mut printed);
    }
    printed
}

/// Neither a control, nor a mark that turns the direction of writing, nor a separator.
fn is_harmless(character: char) -> bool {
    let is_printed = character.escape_debug().len() == 1 || matches!(character, '\'' | '"');
    is_printed && !matches!(character, '%' | '/' | '\\')
}

fn percent(bytes: &[u8], into: &mut String) {
    for byte in bytes {
        into.push_str(&format!("%{byte:02X}"));
    }
}

/// A part of a name, cut where it is too long; what is cut off still tells two of them apart.
fn shortened(part: &str, bytes_max: usize) -> String {
    if part.len() <= bytes_max {
        return part.to_owned();
    }
    let hash = blake3::hash(part.as_bytes()).to_hex();
    format!("{}~{}", &part[..part.floor_char_boundary(bytes_max - 17)], &hash[..16])
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStrExt;

    fn entry(name: &[u8], kind: EntryKind, len: u64) -> Sort {
        sort(&DirEntry { name: OsString::from(OsStr::from_bytes(name)), kind, len })
    }

    #[test]
    fn f1_f2_only_complete_files_with_plain_names_are_taken() {
        let taken =
            |name: &str| entry(name.as_bytes(), EntryKind::File, 9) == Sort::Complete(name.to_owned());
        assert!(["a.xml", "中文 名.xml", "a", "tmp", "a.tmp.xml", "I_HD1_t-1.zip"].into_iter().all(taken));
        for name in ["a.tmp", "a.TMP", "a.xml.temp", ".a.xml", "."] {
            assert_eq!(entry(name.as_bytes(), EntryKind::File, 9), Sort::NotYet, "{name}");
        }
        assert_eq!(entry(b"a.xml", EntryKind::File, 0), Sort::NotYet);
        assert_eq!(entry(b"a.xml", EntryKind::Dir, 0), Sort::NotYet);
        assert_eq!(entry(b"a.xml", EntryKind::Other, 0), Sort::Odd("not-a-file"));
        assert_eq!(entry(b"line\nend.xml", EntryKind::File, 9), Sort::Odd("odd-name"));
        assert_eq!(entry(b"\xFF.xml", EntryKind::File, 9), Sort::Odd("odd-name"));
    }

    #[test]
    fn o6_an_answer_carries_the_name_of_its_file_and_the_time_of_acceptance() {
        let at = Some(date(2018, 6, 1).at(9, 30, 5, 0));
        let name = |file: &str, input: &str, is_one_of_several, root: &str, attempt| {
            let document = Told { file, input, document: 2, is_one_of_several };
            answer(&document, &Answer { root, is_taken: true, accepted_at: at, record: 41 }, attempt)
        };
        let technical = "DecImportResponse";
        assert_eq!(name("a.xml", "a.xml", false, technical, 0), "Successed_a_20180601093005000.xml");
        assert_eq!(name("a.xml", "a.xml", false, technical, 1), "Successed_a_20180601093005001.xml");
        assert_eq!(
            name("a.b.XML.zst", "a.b.XML.zst", true, technical, 0),
            "Successed_a.b-2_20180601093005000.xml"
        );
        assert_eq!(name("a.zip", "a.zip!b.xml", false, technical, 0), "Successed_a_20180601093005000.xml");
        assert_eq!(
            name("a.zip", "a.zip!x/b.xml", true, "DEC_RESULT", 0),
            "DEC_RESULT_a-b-2_20180601093005000-41.xml"
        );
        assert_eq!(name("a.xml", "a.xml", false, "Receipt", 1), "Receipt_a_20180601093005000-41.2.xml");
        let document = Told { file: "a.xml", input: "a.xml", document: 1, is_one_of_several: false };
        let refused = Answer { root: technical, is_taken: false, accepted_at: None, record: 41 };
        assert_eq!(answer(&document, &refused, 0), "Failed_a_00000101000000000.xml");
    }

    #[test]
    fn no_name_of_an_answer_is_too_long_or_leads_elsewhere() {
        let long = format!("{}.xml", "中".repeat(83));
        let input = format!("{long}!../{}.xml", "é".repeat(300));
        let document = Told { file: &long, input: &input, document: u32::MAX, is_one_of_several: true };
        let about =
            Answer { root: "ApplicationResponse", is_taken: true, accepted_at: None, record: u64::MAX };
        let name = answer(&document, &about, u32::MAX);
        assert!(name.len() + ".tmp".len() <= 255, "{}", name.len());
        assert!(!name.contains('/'));
        assert!(quarantined(OsStr::from_bytes(&[0xFF; 255])).len() <= 160);
    }

    #[test]
    fn what_is_not_printed_is_escaped_in_quarantine() {
        assert_eq!(quarantined(OsStr::from_bytes(b"a\n100%\xFF.xml")), "a%0A100%25%FF.xml");
        assert_eq!(quarantined(OsStr::new("\u{202E}lmx.中文")), "%E2%80%AElmx.中文");
    }

    #[test]
    fn another_content_of_a_name_is_numbered() {
        assert_eq!(numbered("a.b.xml", 17), "a.b#17.xml");
        assert_eq!(numbered("a", 17), "a#17");
    }
}
