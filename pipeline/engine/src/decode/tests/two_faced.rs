//! Archives in which two readers would find two things, and archives that grow beyond reason.

use std::io::{Cursor, Write};

use model::batch::Defect;
use model::limits::Limits;
use tar::{EntryType, Header};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::archives::{tar_of, zip_of};
use super::{WHOLE, decode, decode_alike};

const ONE: &[u8] = b"<DecMessage>1</DecMessage>";
const TWO: &[u8] = b"<DecMessage>2</DecMessage>";

/// A word a document: the entry, and its defect or its text.
fn told_within(bytes: &[u8], limits: &Limits) -> Vec<String> {
    let documents = decode_alike(bytes, limits).documents;
    let told = documents.iter().map(|found| {
        let text = String::from_utf8_lossy(&found.bytes);
        format!("{} {}", found.input, found.defect.as_ref().map_or(&*text, |it| it.name()))
    });
    told.collect()
}

fn told(bytes: &[u8]) -> Vec<String> {
    told_within(bytes, &Limits::default())
}

const A_IS_ONE: &str = "in!a.xml <DecMessage>1</DecMessage>";
const B_IS_TWO: &str = "in!b.xml <DecMessage>2</DecMessage>";

fn stored() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Stored)
}

fn two_stored() -> Vec<u8> {
    zip_with(stored())
}

fn zip_with(options: SimpleFileOptions) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [("a.xml", ONE), ("b.xml", TWO)] {
        writer.start_file(name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Where the mark stands for the n-th time, from 0.
fn nth(bytes: &[u8], mark: &[u8], n: usize) -> usize {
    memchr::memmem::find_iter(bytes, mark).nth(n).unwrap()
}

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";

/// Puts bytes into a ZIP before `at`, and moves what the directory and the end record point to.
fn inserted(mut bytes: Vec<u8>, at: usize, more: &[u8]) -> Vec<u8> {
    let n = more.len() as u32;
    let moved = |bytes: &mut [u8], field: usize| {
        let offset = u32::from_le_bytes(bytes[field..field + 4].try_into().unwrap());
        if offset as usize >= at {
            bytes[field..field + 4].copy_from_slice(&(offset + n).to_le_bytes());
        }
    };
    for n in 0..2 {
        let field = nth(&bytes, CENTRAL, n) + 42;
        moved(&mut bytes, field);
    }
    let field = nth(&bytes, END, 0) + 16;
    moved(&mut bytes, field);
    bytes.splice(at..at, more.iter().copied());
    bytes
}

#[test]
fn a_header_that_says_other_than_the_directory_refuses_its_entry_alone() {
    let good = two_stored();
    assert_eq!(told(&good), [A_IS_ONE, B_IS_TWO]);
    let local = nth(&good, LOCAL, 0);
    // Method, checksum, size packed, size unpacked, encryption, name.
    for (at, byte) in [(8, 8), (14, 1), (18, 1), (22, 1), (6, 1), (30, b'c')] {
        let mut bytes = good.clone();
        assert_ne!(bytes[local + at], byte);
        bytes[local + at] = byte;
        assert_eq!(told(&bytes), ["in!a.xml zip-mismatch", B_IS_TWO], "{at}");
    }
}

#[test]
fn bytes_that_the_directory_does_not_list_refuse_the_zip() {
    let good = two_stored();
    let second = nth(&good, LOCAL, 1);
    let directory = nth(&good, CENTRAL, 0);
    let hidden = &good[..second];
    let end = nth(&good, END, 0);
    for (at, more) in [(second, hidden), (second, &b"x"[..]), (directory, hidden), (directory, b"\0")] {
        assert_eq!(told(&inserted(good.clone(), at, more)), ["in zip-hidden"], "{at}");
    }
    // Behind the directory, behind the end, and an entry that the end record does not count.
    let mut before_end = good.clone();
    before_end.splice(end..end, *b"junk");
    assert_eq!(told(&before_end), ["in zip-hidden"]);
    assert_eq!(told(&[&good[..], b"junk"].concat()), ["in zip-hidden"]);
    let mut uncounted = good.clone();
    (uncounted[end + 8], uncounted[end + 10]) = (1, 1);
    assert_eq!(told(&uncounted), ["in zip-hidden"]);
}

#[test]
fn a_zip_has_one_end() {
    let mut bytes = two_stored();
    let end = nth(&bytes, END, 0);
    // The comment holds an end record of its own, which says that there is nothing.
    bytes[end + 20] = 22;
    bytes.extend_from_slice(END);
    bytes.extend_from_slice(&[0; 18]);
    assert_eq!(told(&bytes), ["in zip-directory"]);
    let mut commented = two_stored();
    commented[end + 20] = 5;
    commented.extend_from_slice(b"hello");
    assert_eq!(told(&commented), [A_IS_ONE, B_IS_TWO]);
}

#[test]
fn large_zip_fields_and_sizes_behind_the_data_are_read() {
    assert_eq!(told(&zip_with(stored().large_file(true))), [A_IS_ONE, B_IS_TWO]);
    // As a stream is packed: the sizes follow the data, with a mark before them.
    let mut bytes = Vec::new();
    let mut writer = ZipWriter::new_stream(&mut bytes);
    for (name, text) in [("a.xml", ONE), ("b.xml", TWO)] {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text).unwrap();
    }
    writer.finish().unwrap();
    assert_eq!(told(&bytes), [A_IS_ONE, B_IS_TWO]);
}

/// Each entry stays below its own bound, all of them together do not.
#[test]
fn the_ratio_of_a_whole_zip_is_bounded() {
    let text = [b"<DecMessage>", &[b' '; 1000][..], b"</DecMessage>"].concat();
    let names: Vec<String> = (0..9).map(|n| format!("{n}.xml")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &text[..])).collect();
    let bytes = zip_of(&entries);
    // An entry has 1,025 bytes, counted once.
    let in_all = 9 * 1_025;
    let enough = Limits {
        zip_ratio: 1,
        zip_ratio_free_bytes: 2_000,
        zip_ratio_free_bytes_in_all: in_all,
        ..Limits::default()
    };
    let found = decode_alike(&bytes, &enough).documents;
    assert!(found.iter().all(|document| document.defect.is_none()), "{found:?}");
    let less = Limits { zip_ratio_free_bytes_in_all: in_all - 1, ..enough };
    let found = decode_alike(&bytes, &less).documents;
    let defects: Vec<_> = found.iter().filter_map(|document| document.defect.as_ref()).collect();
    assert_eq!(defects.iter().map(|defect| defect.name()).collect::<Vec<_>>(), ["container-ratio"]);
}

#[test]
fn what_other_packers_make_is_named() {
    let heads: [&[u8]; 6] = [
        b"\x1F\x8B\x08\0",
        b"BZh91AY&SY",
        b"\xFD7zXZ\0\0",
        b"7z\xBC\xAF\x27\x1C\0\x04",
        b"Rar!\x1A\x07\x01\0",
        b"MSCF\0\0\0\0",
    ];
    for head in heads {
        assert_eq!(told(head), ["in container-unread"]);
        let tar = tar_of(&[("a.xml", ONE), ("x", head), ("b.xml", TWO)]);
        assert_eq!(told(&tar), [A_IS_ONE, "in!x container-unread", B_IS_TWO]);
        // Beside the messages of a ZIP it is an attachment, which nobody opens.
        assert_eq!(told(&zip_of(&[("a.xml", ONE), ("x", head)])), [A_IS_ONE]);
    }
}

/// Decodes to as much as the ratio allows for what was stored, and not a byte more.
#[test]
fn the_ratio_of_a_zstd_stream_is_bounded() {
    let text = [&b"<DecMessage>"[..], &vec![b' '; 300_000], b"</DecMessage>"].concat();
    let bytes = zstd::bulk::compress(&[&text[..], ONE].concat(), 3).unwrap();
    let name = |limits: &Limits| {
        let found = decode_alike(&bytes, limits).documents;
        found.iter().map(|it| it.defect.as_ref().map_or("-", Defect::name)).collect::<Vec<_>>()
    };
    let length = (text.len() + ONE.len()) as u64;
    let free = |zstd_ratio_free_bytes| Limits { zstd_ratio: 1, zstd_ratio_free_bytes, ..Limits::default() };
    assert_eq!(name(&free(length)), ["-", "-"]);
    assert_eq!(name(&free(length - 1)), ["-", "container-ratio"]);
    assert_eq!(name(&free(0)), ["container-ratio"]);
    let ratio = |zstd_ratio| Limits { zstd_ratio, zstd_ratio_free_bytes: 0, ..Limits::default() };
    let most = length.div_ceil(bytes.len() as u64);
    assert_eq!(name(&ratio(100 * most)), ["-", "-"]);
    assert_ne!(name(&ratio(most / 2)), ["-", "-"]);
}

fn header(kind: EntryType, name: &str, size: u64) -> Vec<u8> {
    let mut header = Header::new_ustar();
    header.set_entry_type(kind);
    // As written: the library would take the `./` off.
    header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
    header.set_size(size);
    header.set_cksum();
    header.as_bytes().to_vec()
}

fn block(text: &[u8]) -> Vec<u8> {
    let mut block = text.to_vec();
    block.resize(text.len().next_multiple_of(512), 0);
    block
}

fn file(name: &str, text: &[u8]) -> Vec<u8> {
    [header(EntryType::Regular, name, text.len() as u64), block(text)].concat()
}

/// An extension header with one record.
fn pax(kind: EntryType, key: &str, value: &str) -> Vec<u8> {
    // The length counts itself, here always in two digits.
    let record = format!("{:02} {key}={value}\n", 5 + key.len() + value.len());
    [header(kind, "pax", record.len() as u64), block(record.as_bytes())].concat()
}

fn tape(parts: &[Vec<u8>]) -> Vec<u8> {
    [parts.concat(), vec![0; 1024]].concat()
}

#[test]
fn two_sizes_of_one_tar_entry_end_the_archive() {
    let a = file("a.xml", ONE);
    // A reader of the header finds an entry where a reader of the extension finds text.
    let two_sizes = [pax(EntryType::XHeader, "size", "0"), file("x.xml", &file("y.xml", TWO))].concat();
    let linked = [header(EntryType::Symlink, "x.xml", 512), file("y.xml", TWO)].concat();
    let folder = [header(EntryType::Directory, "x", 512), file("y.xml", TWO)].concat();
    for bad in [two_sizes, linked, folder] {
        let bytes = tape(&[a.clone(), bad, file("b.xml", TWO)]);
        assert_eq!(told(&bytes), [A_IS_ONE, "in tar-mismatch"]);
    }
    // The same size twice is none of that, and a size for the next header but one is for the file.
    let size = pax(EntryType::XHeader, "size", &ONE.len().to_string());
    let long = [header(EntryType::GNULongName, "n", 6), block(b"a.xml\0")].concat();
    for before in [vec![], long] {
        let bytes = tape(&[size.clone(), before, file("a.xml", ONE), file("b.xml", TWO)]);
        assert_eq!(told(&bytes), [A_IS_ONE, B_IS_TWO]);
    }
}

#[test]
fn what_is_said_of_all_entries_is_no_name_and_no_size() {
    let (a, b) = (file("a.xml", ONE), file("b.xml", TWO));
    let comment = pax(EntryType::XGlobalHeader, "comment", "of a repository");
    assert_eq!(told(&tape(&[comment, a.clone(), b.clone()])), [A_IS_ONE, B_IS_TWO]);
    for key in ["path", "linkpath", "size", "GNU.sparse.size"] {
        let bytes = tape(&[a.clone(), pax(EntryType::XGlobalHeader, key, "12"), b.clone()]);
        assert_eq!(told(&bytes), [A_IS_ONE, "in tar-kind"], "{key}");
    }
}

#[test]
fn a_file_with_holes_is_refused_and_its_neighbours_read() {
    let sparse = pax(EntryType::XHeader, "GNU.sparse.major", "1");
    let old = [header(EntryType::GNUSparse, "x.xml", ONE.len() as u64), block(ONE)].concat();
    for bad in [[sparse, file("x.xml", ONE)].concat(), old] {
        let bytes = tape(&[file("a.xml", ONE), bad, file("b.xml", TWO)]);
        assert_eq!(told(&bytes), [A_IS_ONE, "in!x.xml tar-kind", B_IS_TWO]);
    }
}

#[test]
fn a_name_that_comes_again_in_a_tar_is_refused() {
    for again in ["a.xml", "./a.xml", "././a.xml"] {
        let bytes = tape(&[file("a.xml", ONE), file(again, TWO), file("b.xml", TWO)]);
        let refused = format!("in!{again} tar-duplicate");
        assert_eq!(told(&bytes), [A_IS_ONE, refused.as_str(), B_IS_TWO]);
    }
}

#[test]
fn the_headers_of_a_tar_are_counted() {
    let bytes = tape(&[file("a.xml", ONE), file("b.xml", TWO)]);
    let of = |tar_entries| Limits { tar_entries, ..Limits::default() };
    assert_eq!(told_within(&bytes, &of(3)), [A_IS_ONE, B_IS_TWO]);
    assert_eq!(told_within(&bytes, &of(2)), [A_IS_ONE, B_IS_TWO]);
    assert_eq!(told_within(&bytes, &of(1)), [A_IS_ONE, "in tar-entries"]);
}

#[test]
fn a_long_list_is_looked_at_once() {
    let names: Vec<String> = (0..20_000).map(|n| format!("{n}.xml")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), ONE)).collect();
    assert_eq!(decode(&zip_of(&entries), &Limits::default(), WHOLE).documents.len(), 20_000);
}
