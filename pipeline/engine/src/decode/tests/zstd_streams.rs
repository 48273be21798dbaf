//! zstd around messages, and what is wrong with it.

use expect_test::expect;
use model::limits::Limits;

use super::{check, check_within};

fn packed(text: impl AsRef<[u8]>) -> Vec<u8> {
    zstd::bulk::compress(text.as_ref(), 3).unwrap()
}

fn with_checksum(text: &str) -> Vec<u8> {
    let mut encoder = zstd::stream::Encoder::new(Vec::new(), 3).unwrap();
    encoder.include_checksum(true).unwrap();
    std::io::Write::write_all(&mut encoder, text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn skippable(length: usize) -> Vec<u8> {
    let mut frame = vec![0x53, 0x2A, 0x4D, 0x18];
    frame.extend_from_slice(&u32::try_from(length).unwrap().to_le_bytes());
    frame.resize(8 + length, 7);
    frame
}

const TWO: &str = "<DecMessage>1</DecMessage>\n<DecMessage>2</DecMessage>";

#[test]
fn messages_under_zstd() {
    check(
        packed(TWO),
        expect![[r#"
        in 1 @0 1:1 | <DecMessage>1</DecMessage>
        in 2 @27 2:1 | <DecMessage>2</DecMessage>
    "#]],
    );
}

#[test]
fn frames_one_after_another_are_one_stream() {
    check(
        [packed(&TWO[..30]), skippable(5), packed(&TWO[30..]), packed("")].concat(),
        expect![[r#"
        in 1 @0 1:1 | <DecMessage>1</DecMessage>
        in 2 @27 2:1 | <DecMessage>2</DecMessage>
    "#]],
    );
    check(
        [skippable(0), packed(TWO)].concat(),
        expect![[r#"
        in 1 @0 1:1 | <DecMessage>1</DecMessage>
        in 2 @27 2:1 | <DecMessage>2</DecMessage>
    "#]],
    );
}

#[test]
fn an_empty_frame_is_an_empty_input() {
    check(
        packed(""),
        expect![[r#"
        in 1 @0 1:1 empty | 
    "#]],
    );
}

#[test]
fn only_skippable_frames_are_refused() {
    check(
        skippable(9),
        expect![[r#"
        in 1 @0 1:1 zstd-no-frame { fault: ZstdNoFrame, position: 0 } | 
    "#]],
    );
}

#[test]
fn a_truncated_stream_keeps_what_was_read() {
    let whole = with_checksum(TWO);
    check(
        &whole[..whole.len() - 1],
        expect![[r#"
        in 1 @0 1:1 | <DecMessage>1</DecMessage>
        in 2 @27 2:1 | <DecMessage>2</DecMessage>
        in 3 @53 2:27 zstd-truncated { fault: ZstdTruncated, position: 0 } | 
    "#]],
    );
    check(
        [packed(TWO), packed("<DecMessage><A>3</A></DecMessage>")[..20].to_vec()].concat(),
        expect![[r#"
        in 1 @0 1:1 | <DecMessage>1</DecMessage>
        in 2 @27 2:1 | <DecMessage>2</DecMessage>
        in 3 @53 2:27 zstd-truncated { fault: ZstdTruncated, position: 0 } | 
    "#]],
    );
    check(
        [packed(TWO), skippable(9)[..12].to_vec()].concat(),
        expect![[r#"
        in 1 @0 1:1 | <DecMessage>1</DecMessage>
        in 2 @27 2:1 | <DecMessage>2</DecMessage>
        in 3 @53 2:27 zstd-truncated { fault: ZstdTruncated, position: 0 } | 
    "#]],
    );
    check(
        [packed(TWO), packed(TWO)[..5].to_vec()].concat(),
        expect![[r#"
        in 1 @0 1:1 | <DecMessage>1</DecMessage>
        in 2 @27 2:1 | <DecMessage>2</DecMessage>
        in 3 @53 2:27 zstd-truncated { fault: ZstdTruncated, position: 0 } | 
    "#]],
    );
}

#[test]
fn a_break_within_a_message_is_told_with_that_message() {
    check(
        [packed("<DecMessage>1</DecMessage><DecMessage><A>2"), vec![1, 2, 3]].concat(),
        expect![[r#"
        in 1 @0 1:1 | <DecMessage>1</DecMessage>
        in 2 @26 1:27 zstd-trailing { fault: ZstdTrailing, position: 16 } | <DecMessage><A>2
    "#]],
    );
    check(
        [packed("<w><DecMessage>1</DecMessage><x>"), vec![1, 2, 3]].concat(),
        expect![[r#"
        in 1 @3 1:4 | <DecMessage>1</DecMessage>
        in 2 @32 1:33 zstd-trailing { fault: ZstdTrailing, position: 0 } | 
    "#]],
    );
    check(
        [packed("<Unknown><x>"), vec![1, 2, 3]].concat(),
        expect![[r#"
        in 1 @0 1:1 zstd-trailing { fault: ZstdTrailing, position: 12 } | <Unknown><x>
    "#]],
    );
    check(
        [packed("<?xml version='1.0'?>"), vec![1, 2, 3]].concat(),
        expect![[r#"
        in 1 @0 1:1 zstd-trailing { fault: ZstdTrailing, position: 21 } | <?xml version=\'1.0\'?>
    "#]],
    );
    check(
        [packed("<?xml versi"), vec![1, 2, 3]].concat(),
        expect![[r#"
        in 1 @0 1:1 zstd-trailing { fault: ZstdTrailing, position: 11 } | <?xml versi
    "#]],
    );
    check(
        [packed("<DecMessage/>text"), vec![1, 2, 3]].concat(),
        expect![[r#"
        in 1 @0 1:1 | <DecMessage/>
        in 2 @13 1:14 stray | text
        in 3 @17 1:18 zstd-trailing { fault: ZstdTrailing, position: 0 } | 
    "#]],
    );
}

#[test]
fn a_wrong_checksum_is_told() {
    let mut bytes = with_checksum(TWO);
    *bytes.last_mut().unwrap() ^= 1;
    check(
        bytes,
        expect![[r#"
        in 1 @0 1:1 | <DecMessage>1</DecMessage>
        in 2 @27 2:1 | <DecMessage>2</DecMessage>
        in 3 @53 2:27 zstd-checksum { fault: ZstdChecksum, position: 0 } | 
    "#]],
    );
}

#[test]
fn damage_is_told() {
    let mut bytes = packed(TWO);
    bytes[8] ^= 0x55;
    let found = super::decode_alike(&bytes, &Limits::default());
    assert_eq!(found.documents.len(), 1);
    assert_eq!(found.documents[0].defect.as_ref().unwrap().name(), "zstd-corrupt");
}

#[test]
fn trailing_bytes_are_refused() {
    check(
        [packed(TWO), b"<DecMessage/>".to_vec()].concat(),
        expect![[r#"
        in 1 @0 1:1 | <DecMessage>1</DecMessage>
        in 2 @27 2:1 | <DecMessage>2</DecMessage>
        in 3 @53 2:27 zstd-trailing { fault: ZstdTrailing, position: 0 } | 
    "#]],
    );
}

#[test]
fn a_dictionary_is_refused() {
    check(
        [0x28, 0xB5, 0x2F, 0xFD, 0x21, 0x07, 0x00, 0x01, 0x00, 0x00],
        expect![[r#"
        in 1 @0 1:1 zstd-dictionary { fault: ZstdDictionary, position: 0 } | 
    "#]],
    );
}

#[test]
fn a_window_beyond_eight_mebibytes_is_refused() {
    check(
        [0x28, 0xB5, 0x2F, 0xFD, 0x00, 13 << 3, 0x01, 0x00, 0x00],
        expect![[r#"
        in 1 @0 1:1 empty | 
    "#]],
    );
    check(
        [0x28, 0xB5, 0x2F, 0xFD, 0x00, 13 << 3 | 1, 0x01, 0x00, 0x00],
        expect![[r#"
        in 1 @0 1:1 zstd-window { fault: ZstdWindow, position: 0 } | 
    "#]],
    );
}

#[test]
fn a_thousand_frames_and_no_more() {
    let frame = packed("<DecMessage/>");
    let limits = Limits::default();
    let found = super::decode(&frame.repeat(1_000), &limits, super::WHOLE);
    assert_eq!(found.documents.len(), 1_000);
    assert!(found.documents.iter().all(|document| document.defect.is_none()));
    let found = super::decode(&frame.repeat(1_001), &limits, super::WHOLE);
    assert_eq!(found.documents.len(), 1_001);
    assert_eq!(found.documents[1_000].defect.as_ref().unwrap().name(), "zstd-frames");
}

#[test]
fn sixteen_skippable_frames_of_64_kib_and_no_more() {
    let limits = Limits::default();
    let good = [skippable(64 * 1024).repeat(16), packed(TWO)].concat();
    assert_eq!(super::decode(&good, &limits, super::WHOLE).documents.len(), 2);
    let many = [skippable(0).repeat(17), packed(TWO)].concat();
    let long = [skippable(64 * 1024 + 1), packed(TWO)].concat();
    for bytes in [many, long] {
        let found = super::decode(&bytes, &limits, super::WHOLE);
        assert_eq!(found.documents.len(), 1);
        assert_eq!(found.documents[0].defect.as_ref().unwrap().name(), "zstd-skippable");
    }
}

#[test]
fn zstd_inside_zstd_is_refused() {
    check(
        packed(packed(TWO)),
        expect![[r#"
            in 1 @0 1:1 container-nested { fault: Nested, position: 0 } | (
        "#]],
    );
}

#[test]
fn what_comes_out_is_bounded() {
    let limits = Limits { decoded_bytes: 53, ..Limits::default() };
    check_within(
        &limits,
        packed(TWO),
        expect![[r#"
        in 1 @0 1:1 | <DecMessage>1</DecMessage>
        in 2 @27 2:1 | <DecMessage>2</DecMessage>
    "#]],
    );
    let limits = Limits { decoded_bytes: 52, ..Limits::default() };
    check_within(
        &limits,
        packed(TWO),
        expect![[r#"
        in 1 @0 1:1 | <DecMessage>1</DecMessage>
        in 2 @27 2:1 container-decoded-size { fault: DecodedSize, position: 25 } | <DecMessage>2</DecMessage
    "#]],
    );
}

#[test]
fn what_comes_in_is_bounded() {
    let limits = Limits { raw_bytes: 53, ..Limits::default() };
    check_within(
        &limits,
        TWO,
        expect![[r#"
        in 1 @0 1:1 | <DecMessage>1</DecMessage>
        in 2 @27 2:1 | <DecMessage>2</DecMessage>
    "#]],
    );
    let limits = Limits { raw_bytes: 52, ..Limits::default() };
    check_within(
        &limits,
        TWO,
        expect![[r#"
        in 1 @0 1:1 | <DecMessage>1</DecMessage>
        in 2 @27 2:1 container-raw-size { fault: RawSize, position: 25 } | <DecMessage>2</DecMessage
    "#]],
    );
}
