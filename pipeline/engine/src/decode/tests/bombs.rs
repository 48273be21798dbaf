//! Small files that grow, and what reading them costs: bytes taken from the sender and bytes held, counted and not timed.

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine;
use model::batch::{Defect, Inputs, RawBatch};
use model::limits::Limits;
use tar::{EntryType, Header};

use super::super::Stage;
use super::archives::zip_of;
use super::{Decoder, ROOTS, Source};

/// Counts what is read.
struct Counting {
    bytes: Cursor<Vec<u8>>,
    read: Arc<AtomicU64>,
}

impl Read for Counting {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.bytes.read(into)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl Seek for Counting {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

/// The first bytes are looked at before they are read: a ZIP is read from its end.
const LOOKED_AT: u64 = 4;

/// What reading came to.
#[derive(Debug, Default)]
struct Cost {
    /// Defects by name, `-` for a good document; the same one after another once.
    told: Vec<&'static str>,
    n_documents: u64,
    /// Bytes taken from the sender.
    read: u64,
    /// Most bytes held at once: of the entry, and of documents handed out and not yet taken.
    held: usize,
}

fn cost(bytes: Vec<u8>, limits: &Limits) -> Cost {
    let read = Arc::default();
    let source = Source::seekable(Counting { bytes: Cursor::new(bytes), read: Arc::clone(&read) });
    let mut decoder = Decoder::new("in", source, ROOTS, limits);
    let (mut window, mut inputs) = (RawBatch::new(), Inputs::new());
    let mut cost = Cost::default();
    loop {
        let more = decoder.step(&mut window, &mut inputs).unwrap();
        let feed = match &decoder.stage {
            Stage::Plain(cutter, _) => cutter.capacity(),
            Stage::Tar(archive) => archive.cutter.capacity(),
            Stage::Zip(archive) => archive.cutter.capacity(),
            Stage::Unopened(_) | Stage::Ended => 0,
        };
        cost.held = cost.held.max(feed + window.text.len());
        for document in &window.documents {
            cost.n_documents += 1;
            let name = document.defect.as_ref().map_or("-", Defect::name);
            if cost.told.last() != Some(&name) {
                cost.told.push(name);
            }
        }
        window.clear();
        if !more {
            cost.read = read.load(Ordering::Relaxed);
            return cost;
        }
    }
}

/// A document at its limit, handed out while the feed holds it, and the reads of the feed.
fn most_held(limits: &Limits) -> usize {
    2 * limits.cut_bytes as usize + (1 << 20)
}

/// A zstd frame of one byte again and again: a block of four bytes for each 128 KiB.
fn frame_of(byte: u8, n_blocks: u32, before: &[u8]) -> Vec<u8> {
    let block = |length: usize, kind: u32, is_last: bool| {
        let header = u32::from(is_last) | kind << 1 | (length as u32) << 3;
        header.to_le_bytes()[..3].to_vec()
    };
    let mut frame = b"\x28\xB5\x2F\xFD\x00\x38".to_vec();
    frame.extend(block(before.len(), 0, false));
    frame.extend_from_slice(before);
    for n in 1..=n_blocks {
        frame.extend(block(128 << 10, 1, n == n_blocks));
        frame.push(byte);
    }
    frame
}

#[test]
fn eight_kilobytes_of_zstd_that_are_a_quarter_of_a_gibibyte_are_passed_over() {
    let bytes = [
        frame_of(b'a', 2_048, b"<DecMessage>"),
        zstd::bulk::compress(b"</DecMessage><DecMessage/>", 3).unwrap(),
    ];
    let bytes = bytes.concat();
    assert!(bytes.len() < 9_000);
    let limits = Limits::default();
    let size = bytes.len() as u64;
    let cost = cost(bytes, &limits);
    assert_eq!(cost.told, ["too-large", "-"]);
    assert!(cost.held <= most_held(&limits) && cost.read <= 2 * size, "{cost:?}");
}

#[test]
fn a_zstd_stream_ends_where_it_grows_beyond_reason() {
    let limits = Limits { zstd_ratio_free_bytes: 16 << 20, ..Limits::default() };
    for before in [&b"<DecMessage>"[..], b"<w>", b"<DecMessage/>text", b"<!--"] {
        let cost = cost(frame_of(b' ', 4_096, before), &limits);
        assert_eq!(cost.told.last(), Some(&"container-ratio"), "{cost:?}");
        assert!(cost.held <= most_held(&limits), "{cost:?}");
    }
    // What is no XML is not read on at all.
    let cost = cost(frame_of(0, 4_096, b""), &limits);
    assert_eq!(cost.told, ["not-xml"]);
    assert!(cost.held <= 1 << 20, "{cost:?}");
}

#[test]
fn frames_upon_frames_are_counted() {
    let frame = zstd::bulk::compress(b"<DecMessage/>", 3).unwrap();
    let size = frame.len() as u64;
    let cost = cost(frame.repeat(100_000), &Limits::default());
    assert_eq!((cost.told, cost.n_documents), (vec!["-", "zstd-frames"], 1_001));
    // A thousand frames, and what was read ahead of them.
    assert!(cost.read <= 1_001 * size + (1 << 20));
}

#[test]
fn archives_in_archives_stay_closed() {
    let mut bytes = zip_of(&[("a.xml", b"<DecMessage/>")]);
    for _ in 0..8 {
        let copies: Vec<String> = (0..16).map(|n| format!("{n}.zip")).collect();
        let entries: Vec<(&str, &[u8])> = copies.iter().map(|name| (name.as_str(), &bytes[..])).collect();
        bytes = zip_of(&entries);
    }
    let size = bytes.len() as u64;
    let cost = cost(bytes, &Limits::default());
    assert_eq!((cost.told, cost.n_documents), (vec!["container-nested"], 16));
    assert!(cost.read <= 4 * size, "{} of {size}", cost.read);
}

/// Many entries of the directory that lead to the same bytes, and a directory that claims more than there is.
#[test]
fn a_directory_is_believed_in_nothing() {
    let names: Vec<String> = (0..2_000).map(|n| format!("{n:04}.xml")).collect();
    let entries: Vec<(&str, &[u8])> =
        names.iter().map(|name| (name.as_str(), &b"<DecMessage/>"[..])).collect();
    let good = zip_of(&entries);
    let size = good.len() as u64;
    let mut overlapping = good.clone();
    let centrals: Vec<usize> = memchr::memmem::find_iter(&good, b"PK\x01\x02").collect();
    for at in centrals {
        overlapping[at + 42..at + 46].copy_from_slice(&[0; 4]);
    }
    let cost = cost(overlapping, &Limits::default());
    assert_eq!((cost.told, cost.n_documents), (vec!["zip-duplicate"], 1));
    assert!(cost.read <= 4 * size, "{} of {size}", cost.read);

    let mut claiming = good;
    let end = memchr::memmem::rfind(&claiming, b"PK\x05\x06").unwrap();
    claiming[end + 8..end + 12].copy_from_slice(&[0xFE; 4]);
    let cost = self::cost(claiming, &Limits::default());
    assert!(matches!(cost.told[..], ["zip-directory" | "zip-entries"]), "{cost:?}");
    assert!(cost.read <= 4 * size, "{} of {size}", cost.read);
}

#[test]
fn sizes_in_a_tar_are_believed_in_nothing() {
    for (kind, size) in [
        (EntryType::Regular, u64::MAX >> 1),
        (EntryType::GNULongName, 1 << 40),
        (EntryType::XHeader, 1 << 40),
        (EntryType::XGlobalHeader, 1 << 40),
    ] {
        let mut header = Header::new_ustar();
        header.set_entry_type(kind);
        header.set_path("a.xml").unwrap();
        header.set_size(size);
        header.set_cksum();
        let bytes = [header.as_bytes(), &b"<DecMessage/>"[..]].concat();
        let cost = cost(bytes, &Limits::default());
        assert!(matches!(cost.told.last(), Some(&("tar-truncated" | "tar-header"))), "{kind:?} {cost:?}");
        assert!(cost.held <= 1 << 20, "{cost:?}");
    }
}

#[test]
fn what_is_in_base64_is_bounded_before_it_is_decoded() {
    let limits = Limits::default();
    let huge = "A".repeat(13 << 20);
    let bomb = frame_of(b' ', 2_048, b"<DecMessage>");
    let packed = base64::engine::general_purpose::STANDARD.encode(bomb);
    for (data, told) in [(huge, "base64-too-long"), (packed, "container-nested")] {
        let text = format!("<DxpMsg><Data>{data}</Data></DxpMsg><DecMessage/>");
        let size = text.len() as u64;
        let cost = cost(text.into_bytes(), &limits);
        assert_eq!(cost.told, [told, "-"]);
        assert!(cost.held <= most_held(&limits) && cost.read == size + LOOKED_AT, "{cost:?}");
    }
}

/// Markup that other readers answer with memory or time: each byte is taken once, and little is held.
#[test]
fn markup_without_end_is_read_once() {
    let limits = Limits { cut_bytes: 1 << 16, document_bytes: 1 << 15, ..Limits::default() };
    let n_bytes = 1 << 20;
    let again = |head: &str, piece: &str| [head, &piece.repeat(n_bytes / piece.len())].concat().into_bytes();
    for (head, piece) in [
        ("<DecMessage>", "<a>"),
        ("<DecMessage ", "a='b' "),
        ("<DecMessage ", "xmlns:a='b' "),
        ("<w ", "xmlns:a='b' "),
        ("", "<w xmlns:a='b'>"),
        ("<", "a"),
        ("<DecMessage a='", "b"),
        ("<DecMessage>", "<![CDATA["),
        ("<DecMessage>", "&lt;"),
        ("<DecMessage/>", "<?xml version='1.0'?>"),
        ("<DecMessage/>", "<!DOCTYPE a [<!ENTITY b 'c'>"),
        ("<w>", "<!DOCTYPE a>"),
        ("<DxpMsg><Data>", "<!---->"),
        ("<DxpMsg><Data>", "&#10;"),
        ("<DxpMsg>", "<Data>"),
    ] {
        let bytes = again(head, piece);
        let size = bytes.len() as u64;
        let cost = cost(bytes, &limits);
        assert!(cost.read <= size + LOOKED_AT && cost.held <= most_held(&limits), "{head}{piece} {cost:?}");
        assert!(cost.told.iter().any(|told| *told != "-"), "{head}{piece} {cost:?}");
    }
}

#[test]
fn entities_are_never_expanded() {
    let laughs: String =
        (1..10).map(|n| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10))).collect();
    let text = format!("<!DOCTYPE x [<!ENTITY a0 \"ha\">{laughs}]><DecMessage>&a9;</DecMessage>");
    let size = text.len() as u64;
    let cost = cost(text.into_bytes(), &Limits::default());
    assert_eq!((cost.told, cost.n_documents, cost.read), (vec!["doctype"], 1, size + LOOKED_AT));
}
