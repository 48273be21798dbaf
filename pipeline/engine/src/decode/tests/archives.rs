//! tar and ZIP, whole, broken and hostile.

use std::io::{Cursor, Write};

use expect_test::expect;
use model::limits::Limits;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Manner, WHOLE, check, check_within, decode, decode_alike};

const ONE: &[u8] = b"<DecMessage>1</DecMessage>";
const TWO: &[u8] = b"\n<DecMessage>2</DecMessage><Certificate/>";

pub(super) fn tar_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in entries {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

pub(super) fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn stored_zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in entries {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(bytes, 3).unwrap()
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let places: Vec<usize> = memchr::memmem::find_iter(&bytes, from).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

#[test]
fn every_file_of_a_tar_is_an_input() {
    check(
        tar_of(&[("b/two.xml", TWO), ("one.xml", ONE), ("none.xml", b""), ("x.pdf", b"%PDF")]),
        expect![[r#"
        in!b/two.xml 1 @1 2:1 | <DecMessage>2</DecMessage>
        in!b/two.xml 2 @27 2:27 | <Certificate/>
        in!one.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
        in!none.xml 1 @0 1:1 empty | 
        in!x.pdf 1 @0 1:1 not-xml | %PDF
    "#]],
    );
}

#[test]
fn a_tar_under_zstd() {
    check(
        packed(&tar_of(&[("one.xml", ONE)])),
        expect![[r#"
        in!one.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
    "#]],
    );
}

#[test]
fn long_names_in_a_tar() {
    let name = format!("{}/报关单.xml", "folder".repeat(30));
    let found = decode_alike(&tar_of(&[(&name, ONE)]), &Limits::default());
    assert_eq!(found.documents[0].input, format!("in!{name}"));
}

#[test]
fn an_archive_inside_a_tar_is_refused_and_its_neighbours_read() {
    let (zip, tar, zst) = (zip_of(&[("a", ONE)]), tar_of(&[("a", ONE)]), packed(ONE));
    check(
        tar_of(&[("a.zip", &zip), ("b.tar", &tar), ("c.zst", &zst), ("one.xml", ONE)]),
        expect![[r#"
            in!a.zip 1 @0 1:1 container-nested { fault: Nested, position: 0 } | PK\u{3}\u{4}\u{14}\0\0\0\u{8}\0\0\0!\0=O
            in!b.tar 1 @0 1:1 container-nested { fault: Nested, position: 0 } | a\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\…
            in!c.zst 1 @0 1:1 container-nested { fault: Nested, position: 0 } | (
            in!one.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
        "#]],
    );
}

#[test]
fn links_and_devices_in_a_tar_are_refused() {
    let mut builder = tar::Builder::new(Vec::new());
    for (kind, name) in [
        (tar::EntryType::Symlink, "link"),
        (tar::EntryType::Char, "device"),
        (tar::EntryType::GNUSparse, "sparse"),
        (tar::EntryType::Directory, "folder/"),
    ] {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        header.set_path(name).unwrap();
        header.set_cksum();
        builder.append(&header, &[][..]).unwrap();
    }
    // Not recognised by its magic without a ustar header in front.
    let bytes = [&tar_of(&[("one.xml", ONE)])[..1024], &builder.into_inner().unwrap()].concat();
    check(
        bytes,
        expect![[r#"
        in!one.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
        in!link 1 @0 1:1 container-not-a-file { fault: NotAFile, position: 0 } | 
        in!device 1 @0 1:1 container-not-a-file { fault: NotAFile, position: 0 } | 
        in!sparse 1 @0 1:1 tar-kind { fault: TarKind, position: 0 } | 
    "#]],
    );
}

#[test]
fn a_tar_cut_off_keeps_what_was_read() {
    let whole = tar_of(&[("one.xml", ONE), ("two.xml", TWO)]);
    check(
        &whole[..512 + 512 + 512 + 30],
        expect![[r#"
        in!one.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
        in!two.xml 1 @1 2:1 | <DecMessage>2</DecMessage>
        in!two.xml 2 @27 2:27 tar-truncated { fault: TarTruncated, position: 3 } | <Ce
    "#]],
    );
    check(
        &whole[..512 + 512 + 300],
        expect![[r#"
        in!one.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
        in 1 @0 1:1 tar-truncated { fault: TarTruncated, position: 0 } | 
    "#]],
    );
    check(
        &whole[..512 + 512],
        expect![[r#"
        in!one.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
        in 1 @0 1:1 tar-truncated { fault: TarTruncated, position: 0 } | 
    "#]],
    );
    check(
        &whole[..512 + 20],
        expect![[r#"
        in!one.xml 1 @0 1:1 tar-truncated { fault: TarTruncated, position: 20 } | <DecMessage>1</DecMe
    "#]],
    );
    check(
        packed(&whole[..512 + 512 + 512 + 30]),
        expect![[r#"
        in!one.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
        in!two.xml 1 @1 2:1 | <DecMessage>2</DecMessage>
        in!two.xml 2 @27 2:27 tar-truncated { fault: TarTruncated, position: 3 } | <Ce
    "#]],
    );
}

#[test]
fn a_break_of_zstd_inside_a_tar_is_one_outcome() {
    let tar = tar_of(&[("one.xml", ONE), ("two.xml", TWO)]);
    check(
        [packed(&tar[..512 + 512 + 512 + 30]), vec![9; 9]].concat(),
        expect![[r#"
        in!one.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
        in!two.xml 1 @1 2:1 | <DecMessage>2</DecMessage>
        in!two.xml 2 @27 2:27 zstd-trailing { fault: ZstdTrailing, position: 3 } | <Ce
    "#]],
    );
    check(
        [packed(&tar), vec![9; 9]].concat(),
        expect![[r#"
        in!one.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
        in!two.xml 1 @1 2:1 | <DecMessage>2</DecMessage>
        in!two.xml 2 @27 2:27 | <Certificate/>
        in 1 @0 1:1 zstd-trailing { fault: ZstdTrailing, position: 0 } | 
    "#]],
    );
}

#[test]
fn a_tar_with_a_bad_header() {
    let mut bytes = tar_of(&[("one.xml", ONE), ("two.xml", TWO)]);
    bytes[1024 + 3] ^= 1;
    check(
        bytes,
        expect![[r#"
        in!one.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
        in 1 @0 1:1 tar-header { fault: TarHeader, position: 0 } | 
    "#]],
    );
}

#[test]
fn a_tar_of_nothing() {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_ustar();
    header.set_entry_type(tar::EntryType::Directory);
    header.set_size(0);
    builder.append_data(&mut header, "folder", &[][..]).unwrap();
    check(
        builder.into_inner().unwrap(),
        expect![[r#"
        in 1 @0 1:1 container-without-document { fault: NoDocument, position: 0 } | 
    "#]],
    );
}

#[test]
fn tars_joined_end_to_end_are_both_read() {
    check(
        [tar_of(&[("one.xml", ONE)]), tar_of(&[("two.xml", TWO)])].concat(),
        expect![[r#"
        in!one.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
        in!two.xml 1 @1 2:1 | <DecMessage>2</DecMessage>
        in!two.xml 2 @27 2:27 | <Certificate/>
    "#]],
    );
}

#[test]
fn a_zip_of_a_message_and_its_attachments() {
    let bytes = zip_of(&[
        ("contract.pdf", b"%PDF-1.7 contract"),
        ("dec.xml", ONE),
        ("empty.txt", b""),
        ("more.xml", b"\xEF\xBB\xBF \n<DecMessage/>"),
        ("发票.pdf", b"%PDF-1.7 invoice"),
    ]);
    check(
        &bytes,
        expect![[r#"
        attachment contract.pdf 17 7c41
        attachment empty.txt 0 af13
        attachment 发票.pdf 16 afea
        in!dec.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
        in!more.xml 1 @5 2:1 | <DecMessage/>
    "#]],
    );
    check(
        packed(&bytes),
        expect![[r#"
        attachment contract.pdf 17 7c41
        attachment empty.txt 0 af13
        attachment 发票.pdf 16 afea
        in!dec.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
        in!more.xml 1 @5 2:1 | <DecMessage/>
    "#]],
    );
}

#[test]
fn attachments_are_known_before_documents() {
    let bytes = zip_of(&[("a.xml", ONE), ("b.pdf", b"%PDF"), ("c.xml", TWO)]);
    let manner = Manner { read_bytes: 9, window_bytes: 1, seekable: true };
    let mut decoder = super::Decoder::new(
        "in",
        super::Source::seekable(super::Trickle { bytes: Cursor::new(bytes), at_a_time: manner.read_bytes }),
        super::ROOTS,
        &Limits::default(),
    );
    let (mut window, mut inputs) = (model::batch::RawBatch::new(), model::batch::Inputs::new());
    assert!(decoder.fill(&mut window, &mut inputs, 1).unwrap());
    assert_eq!(window.documents.len(), 1);
    assert_eq!(window.attachments.len(), 1);
    let container = window.attachments[0].container;
    assert_eq!(inputs.name(container), "in");
    let entry = inputs.get(window.documents[0].input);
    assert_eq!(entry.container, Some(container));
    assert_eq!(entry.attachments.as_ref().unwrap().list, window.attachments);
}

#[test]
fn an_archive_inside_a_zip_is_refused_unless_it_is_an_office_file() {
    let inner = zip_of(&[("a.xml", ONE)]);
    let office = zip_of(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<x/>")]);
    check(
        zip_of(&[("inner.zip", &inner), ("letter.docx", &office), ("one.xml", ONE)]),
        expect![[r#"
        attachment letter.docx 262 faa6
        in!inner.zip 1 @0 1:1 container-nested { fault: Nested, position: 0 } | 
        in!one.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
    "#]],
    );
}

#[test]
fn a_zip_without_a_message_is_an_outcome() {
    check(
        zip_of(&[("a.pdf", b"%PDF")]),
        expect![[r#"
        attachment a.pdf 4 8f40
        in 1 @0 1:1 container-without-document { fault: NoDocument, position: 0 } | 
    "#]],
    );
    check(
        zip_of(&[]),
        expect![[r#"
        in 1 @0 1:1 container-without-document { fault: NoDocument, position: 0 } | 
    "#]],
    );
}

#[test]
fn names_are_shown_and_never_used() {
    check(
        zip_of(&[("../../etc/passwd", ONE), ("C:\\x\u{7}.xml", ONE), ("/etc/a.xml", ONE)]),
        expect![[r#"
        in!../../etc/passwd 1 @0 1:1 | <DecMessage>1</DecMessage>
        in!C:\x\u{7}.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
        in!/etc/a.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
    "#]],
    );
    let tar = replaced(&tar_of(&[("aa/aa/one.xml", ONE)]), b"aa/aa", b"../..");
    let mut header = tar::Header::from_byte_slice(&tar[..512]).clone();
    header.set_cksum();
    check(
        [header.as_bytes(), &tar[512..]].concat(),
        expect![[r#"
        in!../../one.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
    "#]],
    );
}

#[test]
fn an_encrypted_entry_is_refused_and_its_neighbours_read() {
    let mut bytes = zip_of(&[("a.xml", ONE), ("b.xml", ONE)]);
    let local = memchr::memmem::find(&bytes, b"PK\x03\x04").unwrap();
    let central = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
    bytes[local + 6] |= 1;
    bytes[central + 8] |= 1;
    check(
        bytes,
        expect![[r#"
        in!a.xml 1 @0 1:1 zip-encrypted { fault: ZipEncrypted, position: 0 } | 
        in!b.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
    "#]],
    );
}

#[test]
fn another_method_is_refused_and_its_neighbours_read() {
    let mut bytes = zip_of(&[("a.xml", ONE), ("b.xml", ONE)]);
    let central = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
    bytes[central + 10] = 14;
    check(
        bytes,
        expect![[r#"
        in!a.xml 1 @0 1:1 zip-method { fault: ZipMethod, position: 0 } | 
        in!b.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
    "#]],
    );
}

#[test]
fn a_zip_in_parts_is_refused() {
    let mut bytes = zip_of(&[("a.xml", ONE)]);
    let end = memchr::memmem::rfind(&bytes, b"PK\x05\x06").unwrap();
    bytes[end + 4] = 1;
    check(
        bytes,
        expect![[r#"
        in 1 @0 1:1 zip-multi-disk { fault: ZipMultiDisk, position: 0 } | 
    "#]],
    );
}

#[test]
fn nothing_is_read_of_an_entry_whose_checksum_is_wrong_and_its_neighbours_are() {
    let bytes =
        stored_zip_of(&[("a.xml", b"<DecMessage>1</DecMessage><DecMessage>2</DecMessage>"), ("b.xml", ONE)]);
    check(
        replaced(&bytes, b"2</Dec", b"3</Dec"),
        expect![[r#"
        in!a.xml 1 @0 1:1 zip-corrupt { fault: ZipCorrupt, position: 0 } | 
        in!b.xml 1 @0 1:1 | <DecMessage>1</DecMessage>
    "#]],
    );
}

#[test]
fn a_zip_cut_off_has_no_directory() {
    let bytes = zip_of(&[("a.xml", ONE), ("b.xml", ONE)]);
    check(
        &bytes[..bytes.len() - 30],
        expect![[r#"
        in 1 @0 1:1 zip-directory { fault: ZipDirectory, position: 0 } | 
    "#]],
    );
    check(
        &bytes[..10],
        expect![[r#"
        in 1 @0 1:1 zip-directory { fault: ZipDirectory, position: 0 } | 
    "#]],
    );
}

#[test]
fn a_name_listed_twice_is_refused() {
    let bytes = replaced(&zip_of(&[("a.xml", ONE), ("b.xml", TWO)]), b"b.xml", b"a.xml");
    check(
        bytes,
        expect![[r#"
        in 1 @0 1:1 zip-duplicate { fault: ZipDuplicate, position: 0 } | 
    "#]],
    );
}

#[test]
fn overlapping_entries_are_refused() {
    let mut bytes = zip_of(&[("a.xml", ONE), ("b.xml", ONE)]);
    let second = memchr::memmem::rfind(&bytes, b"PK\x01\x02").unwrap();
    bytes[second + 42..second + 46].copy_from_slice(&[0; 4]);
    check(
        bytes,
        expect![[r#"
        in 1 @0 1:1 zip-duplicate { fault: ZipDuplicate, position: 0 } | 
    "#]],
    );
}

#[test]
fn a_bomb_is_refused_by_its_ratio_and_its_neighbours_read() {
    let bomb = vec![b' '; 4 << 20];
    let bomb = [b"<DecMessage>", &bomb[..], b"</DecMessage>"].concat();
    let found = decode(&zip_of(&[("bomb.xml", &bomb), ("one.xml", ONE)]), &Limits::default(), WHOLE);
    let names: Vec<_> =
        found.documents.iter().map(|document| document.defect.as_ref().map(|d| d.name())).collect();
    assert_eq!(names, [Some("container-ratio"), None]);
    let found =
        decode(&zip_of(&[("bomb.bin", &vec![0; 4 << 20]), ("one.xml", ONE)]), &Limits::default(), WHOLE);
    assert_eq!(found.documents[0].defect.as_ref().unwrap().name(), "container-ratio");
}

#[test]
fn twenty_thousand_entries_and_no_more() {
    let names: Vec<String> = (0..20_001).map(|n| format!("{n}.xml")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"<File/>"[..])).collect();
    let found = decode(&stored_zip_of(&entries[1..]), &Limits::default(), WHOLE);
    assert_eq!(found.documents.len(), 20_000);
    assert_eq!(found.documents[19_999].input, "in!20000.xml");
    let found = decode(&stored_zip_of(&entries), &Limits::default(), WHOLE);
    assert_eq!(found.documents.len(), 1);
    assert_eq!(found.documents[0].defect.as_ref().unwrap().name(), "zip-entries");
    let tar = tar_of(&entries);
    assert_eq!(decode(&tar, &Limits::default(), WHOLE).documents.len(), 20_001);
}

#[test]
fn a_zip_through_a_pipe_has_a_size_limit() {
    let bytes = zip_of(&[("a.xml", ONE)]);
    let limits = Limits { zip_held_bytes: bytes.len() as u64 - 1, ..Limits::default() };
    check_within(
        &limits,
        packed(&bytes),
        expect![[r#"
        in 1 @0 1:1 zip-too-large { fault: ZipTooLarge, position: 0 } | 
    "#]],
    );
}

#[test]
fn what_a_zip_decodes_to_is_bounded() {
    let bytes = zip_of(&[("a.xml", ONE), ("b.xml", ONE)]);
    // Two entries of 26 bytes, each counted once.
    for (decoded_bytes, second) in [(53, None), (52, None), (51, Some("container-decoded-size"))] {
        let limits = Limits { decoded_bytes, ..Limits::default() };
        let found = decode_alike(&bytes, &limits);
        let defects: Vec<_> =
            found.documents.iter().map(|it| it.defect.as_ref().map(|it| it.name())).collect();
        assert_eq!(defects, [None, second]);
    }
}
