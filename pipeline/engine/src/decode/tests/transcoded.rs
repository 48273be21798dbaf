//! What an office takes beside UTF-8: read whole, or refused with the reason, never guessed.

use encoding_rs::GB18030;
use model::batch::{Defect, EncodingFault};
use model::encoding::{Encoding, Encodings};
use model::limits::Limits;

use super::archives::{tar_of, zip_of};
use super::{Found, Manner, WHOLE, decode, decode_alike};

fn all_taken() -> Limits {
    Limits { encodings: Encodings { gb18030: true, utf16: true }, ..Limits::default() }
}

fn gb(text: &str) -> Vec<u8> {
    let (bytes, _, has_gaps) = GB18030.encode(text);
    assert!(!has_gaps);
    bytes.into_owned()
}

fn utf16_le(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn utf16_be(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

fn found(bytes: &[u8]) -> Vec<Found> {
    decode_alike(bytes, &all_taken()).documents
}

/// Defects by name, `-` for a good document.
fn defects(bytes: &[u8]) -> Vec<&'static str> {
    found(bytes).iter().map(|it| it.defect.as_ref().map_or("-", Defect::name)).collect()
}

fn texts(bytes: &[u8]) -> Vec<String> {
    let found = found(bytes);
    assert!(found.iter().all(|it| it.defect.is_none()), "{found:?}");
    found.into_iter().map(|it| String::from_utf8(it.bytes).unwrap()).collect()
}

const GB: &str = "<?xml version=\"1.0\" encoding=\"gb2312\"?>\n";
const SHOES: &str = "<DecMessage><GName>女式凉鞋，45双</GName></DecMessage>";
const RARE: &str = "<DecMessage><GName>朱镕基路㐀𠀀</GName></DecMessage>";

#[test]
fn gb_is_read_under_each_of_its_names() {
    for name in ["GB2312", "gbk", "GB18030"] {
        let text = format!("<?xml version='1.0' encoding='{name}'?>{SHOES}{RARE}");
        let first = format!("<?xml version='1.0' encoding='{name}'?>{SHOES}");
        assert_eq!(texts(&gb(&text)), [first.as_str(), RARE], "{name}");
    }
}

#[test]
fn nothing_but_utf8_is_taken_unless_an_office_says_so() {
    let bytes = [gb(&format!("{GB}{SHOES}")), [&b"\xFF\xFE"[..], &utf16_le(SHOES)].concat()];
    for (bytes, declared) in bytes.iter().zip(["gb2312", "UTF-16LE"]) {
        let found = decode_alike(bytes, &Limits::default()).documents;
        let defect = Defect::Encoding { fault: EncodingFault::NotTaken, declared: declared.to_owned() };
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].defect, Some(defect));
    }
    let only_gb = Limits { encodings: "GBK".parse().unwrap(), ..Limits::default() };
    assert!(decode_alike(&bytes[0], &only_gb).documents[0].defect.is_none());
    assert!(decode_alike(&bytes[1], &only_gb).documents[0].defect.is_some());
}

/// Ruling O1: places are those of the text, so that an editor shows them.
#[test]
fn places_are_those_of_the_text() {
    let found = found(&gb(&format!("{GB}{SHOES}\n \t{RARE}")));
    assert_eq!((found[0].offset, found[0].line, found[0].column), (0, 1, 1));
    // 40 bytes of declaration; 42 of markup and digits and 6 Chinese characters of three; a line feed, a blank, a tab.
    let offset = 40 + 42 + 6 * 3 + 3;
    assert_eq!((found[1].offset, found[1].line, found[1].column), (offset, 3, 3));
}

#[test]
fn utf16_is_read_by_its_mark() {
    let declared = format!("<?xml version='1.0' encoding='utf-16'?>{SHOES}");
    for text in [SHOES, declared.as_str()] {
        let both = format!("{text}{RARE}");
        assert_eq!(texts(&[&b"\xFF\xFE"[..], &utf16_le(&both)].concat()), [text, RARE]);
        assert_eq!(texts(&[&b"\xFE\xFF"[..], &utf16_be(&both)].concat()), [text, RARE]);
    }
    // The mark is three bytes of the text and takes no column, as in UTF-8.
    let marked = found(&[&b"\xFE\xFF"[..], &utf16_be(SHOES)].concat());
    assert_eq!((marked[0].offset, marked[0].line, marked[0].column), (3, 1, 1));
}

#[test]
fn utf16_without_a_mark_is_refused_by_name() {
    for (bytes, name) in [(utf16_le(SHOES), "UTF-16LE"), (utf16_be(SHOES), "UTF-16BE")] {
        let defect = Defect::Encoding { fault: EncodingFault::Unmarked, declared: name.to_owned() };
        assert_eq!(found(&bytes)[0].defect, Some(defect));
    }
    // Four bytes a character are a matter of their own.
    assert_eq!(defects(b"\xFF\xFE\0\0<\0\0\0"), ["encoding"]);
}

#[test]
fn mark_declaration_and_bytes_must_agree() {
    let with = |name: &str| format!("<?xml version='1.0' encoding='{name}'?>{SHOES}");
    for bytes in [
        [&b"\xEF\xBB\xBF"[..], &gb(&with("GBK"))].concat(),
        [&b"\xEF\xBB\xBF"[..], with("utf-16").as_bytes()].concat(),
        with("UTF-16").into_bytes(),
        // Saved as UTF-8, and the declaration forgotten.
        with("GB2312").into_bytes(),
        [&b"\xFF\xFE"[..], &utf16_le(&with("UTF-8"))].concat(),
        [&b"\xFF\xFE"[..], &utf16_le(&with("GBK"))].concat(),
        [&b"\xFF\xFE"[..], &utf16_le(&with("UTF-16BE"))].concat(),
        [&b"\xFE\xFF"[..], &utf16_be(&with("utf-16le"))].concat(),
    ] {
        assert_eq!(defects(&bytes), ["encoding-disagreeing"], "{}", String::from_utf8_lossy(&bytes));
    }
    // A second mark is text before the root, whatever the encoding.
    assert_eq!(defects(&[&b"\xFF\xFE\xFF\xFE"[..], &utf16_le(SHOES)].concat()), ["not-xml"]);
    // GB18030 has a mark, too, which nobody needs.
    assert_eq!(defects(&[&b"\x84\x31\x95\x33"[..], &gb(&with("GBK"))].concat()), ["not-xml"]);
}

/// No decoder is changed in mid-stream: what the first bytes said holds for all that follows.
#[test]
fn the_encoding_of_an_entry_holds_to_its_end() {
    let then = |declaration: &str| gb(&format!("{GB}{SHOES}{declaration}{SHOES}{RARE}"));
    assert_eq!(defects(&then("")), ["-", "-", "-"]);
    assert_eq!(defects(&then("<?xml version='1.0' encoding='GBK'?>")), ["-", "-", "-"]);
    for declaration in ["<?xml version='1.0'?>", "<?xml version='1.0' encoding='UTF-8'?>"] {
        assert_eq!(defects(&then(declaration)), ["-", "encoding-disagreeing", "-"], "{declaration}");
    }
    let utf8 = format!("{SHOES}<?xml version='1.0' encoding='GBK'?>{SHOES}{RARE}");
    assert_eq!(defects(utf8.as_bytes()), ["-", "encoding-disagreeing", "-"]);
}

#[test]
fn a_byte_that_is_no_character_refuses_its_message_alone() {
    // A lead byte before a `<`, a byte that leads nothing, half of four bytes.
    for bad in [&b"\xC5"[..], b"\xFF", b"\x81\x30 "] {
        let bytes = [
            &gb(&format!("{GB}{SHOES}"))[..],
            b"<DecMessage><GName>",
            &gb("鞋")[..],
            bad,
            b"</GName></DecMessage>",
            &gb(RARE)[..],
        ]
        .concat();
        let found = found(&bytes);
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!((&found[0].defect, &found[2].defect), (&None, &None));
        // Twelve and seven bytes of tags, and three of the shoe in the text.
        let undecodable = Defect::Undecodable { encoding: Encoding::Gb18030, position: 12 + 7 + 3 };
        assert_eq!(found[1].defect, Some(undecodable), "{bad:?}");
        assert_eq!(found[1].bytes, "<DecMessage><GName>鞋".as_bytes());
        assert_eq!(found[2].bytes, RARE.as_bytes());
    }
}

#[test]
fn half_a_character_of_utf16_refuses_its_message_alone() {
    let lone = [utf16_le("<DecMessage>"), vec![0x00, 0xD8], utf16_le("</DecMessage>")].concat();
    let bytes = [&b"\xFF\xFE"[..], &utf16_le(SHOES), &lone, &utf16_le(RARE)].concat();
    assert_eq!(defects(&bytes), ["-", "undecodable", "-"]);
    // The last byte of an odd number stands behind everything.
    let odd = [&b"\xFF\xFE"[..], &utf16_le(SHOES), b"\0"].concat();
    assert_eq!(defects(&odd), ["-", "stray"]);
}

#[test]
fn in_every_container_and_envelope() {
    use base64::Engine;
    let text = format!("{GB}{SHOES}");
    let bytes = gb(&text);
    let data = base64::engine::general_purpose::STANDARD.encode(&bytes);
    let envelope = format!("<DxpMsg><TransInfo/><Data>{data}</Data></DxpMsg>");
    for packed in [
        tar_of(&[("a.xml", &bytes)]),
        zip_of(&[("a.xml", &bytes)]),
        zstd::encode_all(&bytes[..], 3).unwrap(),
        envelope.into_bytes(),
    ] {
        assert_eq!(texts(&packed), [text.as_str()]);
    }
    // Each entry of an archive has an encoding of its own.
    let mixed = tar_of(&[("a.xml", &bytes), ("b.xml", RARE.as_bytes()), ("c.xml", &bytes)]);
    assert_eq!(texts(&mixed), [text.as_str(), RARE, text.as_str()]);
}

/// In GB a byte of a character may look like markup.
#[test]
fn markup_is_looked_for_in_the_text_and_not_in_the_bytes() {
    // 沒 is 9B5D in GBK, 弢 8F7C, 乗 815C: brackets, bars and backslashes to who reads bytes.
    let text = format!("{GB}<DecMessage><![CDATA[沒沒]]><A b='弢'>乗</A></DecMessage>");
    assert!(gb(&text).windows(2).any(|pair| pair == b"\x9B]"));
    assert_eq!(texts(&gb(&text)), [text.as_str()]);
}

#[test]
fn a_long_text_is_read_in_pieces() {
    // Characters of two, four and one bytes, so that every read ends within one now and then.
    let long = format!("{GB}<DecMessage><A>{}</A></DecMessage>", "深圳㐀x".repeat(20_000));
    let bytes = [gb(&long), gb(RARE)].concat();
    for read_bytes in [999, 65_537] {
        let found = decode(&bytes, &all_taken(), Manner { read_bytes, ..WHOLE }).documents;
        assert!(found[0].bytes == long.as_bytes() && found[1].bytes == RARE.as_bytes());
    }
}
