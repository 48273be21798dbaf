//! Reliability 4.1: every limit by its name, one below it, at it and one beyond it, through the whole program.
//!
//! Each is tightened to a number that a test can afford; that the usual numbers are kept, too, is seen beside the readers.

use crate::documents::morning;
use crate::support::{Office, Submission, text};
use model::limits::Limits;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// A limit, the number it is set to, an input that needs `n` of it, and the rule that refuses one too many.
struct Row {
    name: &'static str,
    most: usize,
    rule: &'static str,
    /// What else is set, so that this limit alone speaks.
    beside: Limits,
    made: fn(usize) -> Vec<u8>,
}

const SIZE: &str = "MSG-010";
const CONTAINER: &str = "MSG-004";

/// Refuses nothing: what an excerpt shows is cut to it.
const WITHOUT_REFUSAL: &[&str] = &["excerpt_bytes"];

fn rows() -> Vec<Row> {
    let usual = Limits::default();
    let row = |name, most, rule, made| Row { name, most, rule, beside: usual, made };
    let strict = Limits { zip_ratio: 1, zip_ratio_free_bytes: 1, ..usual };
    vec![
        row("document_bytes", 300, SIZE, message),
        row("cut_bytes", 300, SIZE, message),
        row("base64_bytes", 300, SIZE, |n| within(&format!("<FileContent>{}</FileContent>", "a".repeat(n)))),
        row("depth", 5, SIZE, |n| within(&("<A>".repeat(n - 1) + &"</A>".repeat(n - 1)))),
        row("attributes", 5, SIZE, |n| within(&format!("<A{}/>", numbered(n, " a#='b'")))),
        row("name_bytes", 20, SIZE, |n| within(&format!("<{}/>", "a".repeat(n)))),
        row("attribute_value_bytes", 20, SIZE, |n| within(&format!("<A a='{}'/>", "b".repeat(n)))),
        row("text_value_bytes", 20, SIZE, |n| within(&format!("<A>{}</A>", "b".repeat(n)))),
        row("references", 20, SIZE, |n| within(&format!("<A>{}</A>", "&amp;".repeat(n)))),
        row("comment_bytes", 20, SIZE, |n| within(&format!("<!--{}-->", "b".repeat(n)))),
        row("instruction_bytes", 20, SIZE, |n| within(&format!("<?{}?>", "b".repeat(n)))),
        row("namespace_bindings", 5, SIZE, |n| within(&format!("<A{}/>", numbered(n, " xmlns:a#='b'")))),
        row("goods_lines", 5, SIZE, |n| {
            within(&format!("<DecLists>{}</DecLists>", numbered(n, "<DecList><GNo>#</GNo></DecList>")))
        }),
        row("raw_bytes", 300, CONTAINER, message),
        row("decoded_bytes", 300, CONTAINER, |n| packed(&message(n))),
        row("zstd_frames", 5, CONTAINER, |n| [packed(&message(99)), packed(b"\n").repeat(n - 1)].concat()),
        Row {
            name: "zstd_ratio",
            most: 5,
            rule: CONTAINER,
            beside: Limits { zstd_ratio_free_bytes: 1, ..usual },
            made: |n| repeating(n * REPEATING_STORED - REPEATING_TAGS),
        },
        Row {
            name: "zstd_ratio_free_bytes",
            most: 300,
            rule: CONTAINER,
            beside: Limits { zstd_ratio: 1, ..usual },
            made: |n| repeating(n - REPEATING_TAGS),
        },
        row("zstd_window_log", 12, CONTAINER, |log| frame((log as u8 - 10) << 3, &[raw(&message(99), true)])),
        row("zstd_skippable_frames", 5, CONTAINER, |n| {
            [skippable(9).repeat(n), packed(&message(99))].concat()
        }),
        row("zstd_skippable_bytes", 50, CONTAINER, |n| [skippable(n), packed(&message(99))].concat()),
        row("zip_entries", 5, CONTAINER, |n| zip(&vec![message(99); n], 0)),
        row("zip_held_bytes", 400, CONTAINER, |n| {
            let bare = zip(&[message(99)], 0).len();
            packed(&zip(&[message(99)], n - bare))
        }),
        Row {
            name: "zip_ratio",
            most: 10,
            rule: CONTAINER,
            beside: Limits { zip_ratio_free_bytes: 1, zip_ratio_free_bytes_in_all: 1, ..usual },
            made: zip_of_ratio,
        },
        Row {
            name: "zip_ratio_free_bytes",
            most: 500,
            rule: CONTAINER,
            beside: strict,
            made: |n| zip(&[message(n)], 0),
        },
        Row {
            name: "zip_ratio_free_bytes_in_all",
            most: 1_000,
            rule: CONTAINER,
            beside: Limits { zip_ratio_free_bytes: 1 << 20, ..strict },
            made: |n| zip(&[message(500), message(n - 500)], 0),
        },
        row("tar_entries", 5, CONTAINER, |n| tar((0..n).map(|n| format!("{n}.xml")))),
        // The extension header ends with a zero.
        row("entry_name_bytes", 200, CONTAINER, |n| tar([format!("{}.xml", "n".repeat(n - 5))].into_iter())),
    ]
}

#[test]
fn each_limit_lets_pass_what_it_says_and_not_one_more() {
    let rows = rows();
    for (name, _) in Limits::default().named() {
        let is_held = rows.iter().any(|row| row.name == name) || WITHOUT_REFUSAL.contains(&name);
        assert!(is_held, "no row for `{name}`");
    }
    for Row { name, most, rule, beside, made } in rows {
        let mut limits = beside;
        limits.tighten(name, most as u64).unwrap();
        for n in [most - 1, most, most + 1] {
            let found = limit_rule(made(n), limits);
            assert_eq!(found.as_deref(), (n > most).then_some(rule), "{name} {n} of {most}");
        }
    }
}

/// The rule by which something is beyond a limit, if anything is.
fn limit_rule(bytes: Vec<u8>, limits: Limits) -> Option<String> {
    let submission = Submission { limits, ..Submission::at(morning()).with("in", bytes) };
    let lines = Office::new().submit(&submission);
    let findings = lines.iter().flat_map(|line| line["findings"].as_array().cloned().unwrap_or_default());
    let mut rules = findings.map(|finding| text(&finding, "rule").to_owned());
    rules.find(|rule| matches!(rule.as_str(), SIZE | CONTAINER))
}

/// A message around a piece.
fn within(piece: &str) -> Vec<u8> {
    format!("<DecMessage>{piece}</DecMessage>").into_bytes()
}

/// A message of this many bytes.
fn message(n: usize) -> Vec<u8> {
    within(&format!("<A>{}</A>", "a".repeat(n - 32)))
}

fn numbered(n: usize, piece: &str) -> String {
    (1..=n).map(|nth| piece.replace('#', &nth.to_string())).collect()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

fn skippable(n: usize) -> Vec<u8> {
    [&b"\x50\x2A\x4D\x18"[..], &(n as u32).to_le_bytes(), &vec![0; n]].concat()
}

/// A zstd frame of these blocks, without checksum.
fn frame(window: u8, blocks: &[Vec<u8>]) -> Vec<u8> {
    [&b"\x28\xB5\x2F\xFD\0"[..], &[window], &blocks.concat()].concat()
}

/// A block of bytes as they are.
fn raw(bytes: &[u8], is_last: bool) -> Vec<u8> {
    let header = (bytes.len() as u32) << 3 | u32::from(is_last);
    [&header.to_le_bytes()[..3], bytes].concat()
}

/// Bytes of a frame made by `repeating`: its header, a block of tags and one of a single byte with theirs.
const REPEATING_STORED: usize = 6 + (3 + REPEATING_TAGS) + (3 + 1);
const REPEATING_TAGS: usize = 25;

/// A message and `n` blanks in very few bytes.
fn repeating(n: usize) -> Vec<u8> {
    let header = (n as u32) << 3 | 1 << 1 | 1;
    let blanks = [&header.to_le_bytes()[..3], b" "].concat();
    let frame = frame(0x38, &[raw(b"<DecMessage></DecMessage>", false), blanks]);
    assert_eq!(frame.len(), REPEATING_STORED);
    frame
}

/// A ZIP of messages, with a comment of so many bytes.
fn zip(messages: &[Vec<u8>], comment_bytes: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (nth, message) in messages.iter().enumerate() {
        zip.start_file(format!("{nth}.xml"), SimpleFileOptions::default()).unwrap();
        zip.write_all(message).unwrap();
    }
    zip.set_comment("c".repeat(comment_bytes)).unwrap();
    zip.finish().unwrap().into_inner()
}

/// A ZIP whose entry has `n` decoded bytes, rounded up, for each stored one.
fn zip_of_ratio(n: usize) -> Vec<u8> {
    let stored = |zip: &[u8]| {
        let mut zip = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
        zip.by_index(0).unwrap().compressed_size() as usize
    };
    let sizes = (50..10_000).map(|size| (size, zip(&[message(size)], 0)));
    let mut sizes = sizes;
    sizes.find(|(size, zip)| size.div_ceil(stored(zip)) == n).unwrap().1
}

fn tar(names: impl Iterator<Item = String>) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for name in names {
        let message = message(99);
        let mut header = tar::Header::new_gnu();
        header.set_size(message.len() as u64);
        tar.append_data(&mut header, name, &message[..]).unwrap();
    }
    tar.into_inner().unwrap()
}
