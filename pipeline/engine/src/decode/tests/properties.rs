//! Laws: reads and windows change nothing, nothing is lost, no bytes make it panic.

use model::limits::Limits;
use proptest::prelude::*;

use super::{Manner, WHOLE, decode};

/// Pieces out of which hostile and harmless streams are put together.
const PIECES: &[&str] = &[
    "<DecMessage>",
    "</DecMessage>",
    "<DecMessage/>",
    "<Certificate>",
    "</Certificate>",
    "<A>",
    "</A>",
    "<A b='>'/>",
    "<w xmlns='urn:x'>",
    "<w xmlns:d='http://www.chinaport.gov.cn/dec'>",
    "</w>",
    "<d:DecMessage>",
    "</d:DecMessage>",
    "text",
    "鞋",
    " ",
    "\n",
    "\r\n",
    "\u{feff}",
    "<?xml version='1.0'?>",
    "<?xml version='1.0' encoding='GBK'?>",
    "<?pi?>",
    "<!-- c -->",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE x>",
    "<!DOCTYPE x [",
    "]>",
    "<",
    ">",
    "'",
    "\"",
    "&",
    "<DxpMsg>",
    "<Data>",
    "PERlY01lc3NhZ2UvPg==",
    "PERlY01lc3",
    "</Data>",
    "</DxpMsg>",
    "<a b='",
    "</",
];

fn stream() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        12 => proptest::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 1..4),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn manner() -> impl Strategy<Value = Manner> {
    (1usize..40, 1usize..2_000, any::<bool>()).prop_map(|(read_bytes, window_bytes, seekable)| Manner {
        read_bytes,
        window_bytes,
        seekable,
    })
}

fn limits() -> impl Strategy<Value = Limits> {
    (20u64..200, 20u64..100, 1usize..6, 8u64..64).prop_map(
        |(cut_bytes, document_bytes, depth, base64_bytes)| Limits {
            cut_bytes,
            document_bytes,
            depth,
            base64_bytes,
            excerpt_bytes: 16,
            ..Limits::default()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reads_and_windows_change_nothing(bytes in stream(), manner in manner(), limits in limits()) {
        prop_assert_eq!(decode(&bytes, &limits, manner), decode(&bytes, &limits, WHOLE));
    }

    #[test]
    fn reads_and_windows_change_nothing_within_usual_limits(bytes in stream(), manner in manner()) {
        let limits = Limits::default();
        prop_assert_eq!(decode(&bytes, &limits, manner), decode(&bytes, &limits, WHOLE));
    }

    #[test]
    fn every_input_has_an_outcome_numbers_run_on_and_places_are_right(bytes in stream()) {
        let found = decode(&bytes, &Limits::default(), WHOLE);
        prop_assert!(!found.documents.is_empty());
        let mut last = 0;
        for (document, number) in found.documents.iter().zip(1..) {
            prop_assert_eq!(document.document, number);
            prop_assert!(document.offset >= last);
            last = document.offset;
            if document.embedded {
                continue;
            }
            let at = usize::try_from(document.offset).unwrap();
            prop_assert_eq!(&bytes[at..at + document.bytes.len()], &document.bytes[..]);
            let lines = bytes[..at].iter().filter(|&&byte| byte == b'\n').count();
            prop_assert_eq!(document.line as usize, lines + 1);
            if document.defect.is_none() {
                prop_assert!(std::str::from_utf8(&document.bytes).is_ok());
            }
        }
    }

    #[test]
    fn any_bytes_do(head in proptest::sample::select(HEADS), tail in proptest::collection::vec(any::<u8>(), 0..600), manner in manner()) {
        let bytes = [head, &tail].concat();
        prop_assert_eq!(decode(&bytes, &Limits::default(), manner), decode(&bytes, &Limits::default(), WHOLE));
    }

    #[test]
    fn a_damaged_batch_does(
        kind in 0usize..4,
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in proptest::option::of(any::<prop::sample::Index>()),
        manner in manner(),
    ) {
        let mut bytes = batch(kind);
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            let end = cut.index(bytes.len());
            bytes.truncate(end);
        }
        let seekable = Manner { seekable: true, ..manner };
        let whole = decode(&bytes, &Limits::default(), WHOLE);
        prop_assert!(!whole.documents.is_empty() || !whole.attachments.is_empty());
        prop_assert_eq!(decode(&bytes, &Limits::default(), seekable), whole);
    }

    #[test]
    fn damage_to_one_message_leaves_its_neighbours_alone(at in 12usize..60, byte in any::<u8>()) {
        let good = "<DecMessage><DecHead><A>1</A></DecHead><DecLists><B>2</B></DecLists></DecMessage>";
        let mut broken = good.as_bytes().to_vec();
        broken[at] = byte;
        let bytes = [good.as_bytes(), &broken, good.as_bytes(), good.as_bytes()].concat();
        let found = decode(&bytes, &Limits::default(), WHOLE);
        let whole = |at: usize| found.documents[at].bytes == good.as_bytes();
        let n = found.documents.len();
        prop_assert!(whole(0) && whole(n - 2) && whole(n - 1), "{}", super::show(&found));
    }
}

const HEADS: &[&[u8]] = &[
    b"",
    b"<",
    b"\x28\xB5\x2F\xFD",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x53\x2A\x4D\x18\x02\0\0\0",
    b"<DecMessage>",
    b"<w>",
    b"\xEF\xBB\xBF",
    b"<DxpMsg><Data>",
];

fn batch(kind: usize) -> Vec<u8> {
    let text: String = (0..20).map(|n| format!("<DecMessage><A>{n}</A><B/></DecMessage>\n")).collect();
    match kind {
        0 => text.into_bytes(),
        1 => zstd::bulk::compress(text.as_bytes(), 1).unwrap(),
        2 => super::archives::tar_of(&[("a.xml", text.as_bytes()), ("b.xml", b"<Certificate/>")]),
        _ => super::archives::zip_of(&[("a.xml", text.as_bytes()), ("b.pdf", b"%PDF")]),
    }
}
