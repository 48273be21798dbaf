//! Documents at their limits, and what is held meanwhile.

use expect_test::expect;
use model::batch::{Defect, Inputs, RawBatch};
use model::limits::Limits;

use super::{Decoder, ROOTS, Source, check_within, decode_alike};

fn small() -> Limits {
    Limits { cut_bytes: 60, document_bytes: 40, ..Limits::default() }
}

/// A message of exactly `n` bytes.
fn message(n: usize) -> String {
    format!("<DecMessage>{}</DecMessage>", "x".repeat(n - 25))
}

#[test]
fn a_message_at_the_limit_is_kept_and_one_byte_more_is_not() {
    check_within(
        &small(),
        message(59) + &message(60) + &message(61) + &message(59),
        expect![[r#"
        in 1 @0 1:1 | <DecMessage>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</DecMessage>
        in 2 @59 1:60 | <DecMessage>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</DecMessage>
        in 3 @119 1:120 too-large { bytes: 61, limit: 60 } | 
        in 4 @180 1:181 | <DecMessage>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</DecMessage>
    "#]],
    );
}

#[test]
fn a_message_far_beyond_the_limit_is_passed_over_to_its_end() {
    let inner = "<A>1</A><!-- </DecMessage> --><Certificate>x</Certificate>".repeat(9);
    check_within(
        &small(),
        format!("<DecMessage>{inner}</DecMessage><DecMessage/>"),
        expect![[r#"
        in 1 @0 1:1 too-large { bytes: 547, limit: 60 } | 
        in 2 @547 1:548 | <DecMessage/>
    "#]],
    );
}

#[test]
fn a_truncated_message_beyond_the_limit_ends_at_the_next() {
    let inner = "<A>1</A>".repeat(20);
    check_within(
        &small(),
        format!("<DecMessage>{inner}<DecMessage><A>2</A></DecMessage><DecMessage/>"),
        expect![[r#"
            in 1 @0 1:1 too-large { bytes: 172, limit: 60 } | 
            in 2 @172 1:173 | <DecMessage><A>2</A></DecMessage>
            in 3 @205 1:206 | <DecMessage/>
        "#]],
    );
}

#[test]
fn a_truncated_message_does_not_wait_for_ever() {
    let good = "<DecMessage><A>2</A></DecMessage>";
    check_within(
        &small(),
        format!("<DecMessage><A>1{}", good.repeat(3)),
        expect![[r#"
        in 1 @0 1:1 truncated { position: 16 } | <DecMessage><A>1
        in 2 @16 1:17 | <DecMessage><A>2</A></DecMessage>
        in 3 @49 1:50 | <DecMessage><A>2</A></DecMessage>
        in 4 @82 1:83 | <DecMessage><A>2</A></DecMessage>
    "#]],
    );
}

#[test]
fn an_unknown_message_beyond_the_limit_is_one_outcome() {
    let inner = "<A>1</A>".repeat(20);
    check_within(
        &small(),
        format!("<Unknown>{inner}</Unknown><DecMessage/><Unknown>{inner}"),
        expect![[r#"
        in 1 @0 1:1 too-large { bytes: 179, limit: 60 } | 
        in 2 @179 1:180 | <DecMessage/>
        in 3 @192 1:193 too-large { bytes: 169, limit: 60 } | 
    "#]],
    );
}

#[test]
fn a_wrapper_has_no_limit() {
    let inner = "<A>1</A>".repeat(20);
    check_within(
        &small(),
        format!("<w>{inner}<DecMessage/>{inner}<DecMessage/>{inner}</w>"),
        expect![[r#"
        in 1 @163 1:164 | <DecMessage/>
        in 2 @336 1:337 | <DecMessage/>
    "#]],
    );
}

#[test]
fn stray_text_beyond_the_limit() {
    check_within(
        &small(),
        format!("<DecMessage/>{}<DecMessage/>", "stray ".repeat(20)),
        expect![[r#"
            in 1 @0 1:1 | <DecMessage/>
            in 2 @13 1:14 stray | stray stray stray stray stray stray stray stray stray stray
            in 3 @73 1:74 stray | stray stray stray stray stray stray stray stray stray stray
            in 4 @133 1:134 | <DecMessage/>
        "#]],
    );
}

#[test]
fn a_tag_or_comment_beyond_the_limit() {
    let long = "x".repeat(100);
    check_within(
        &small(),
        format!("<w><a b='{long}'/><DecMessage/></w>"),
        expect![[r#"
        in 1 @112 1:113 | <DecMessage/>
    "#]],
    );
    check_within(
        &small(),
        format!("<w><!-- {long} --><DecMessage/></w>"),
        expect![[r#"
        in 1 @112 1:113 | <DecMessage/>
    "#]],
    );
    check_within(
        &small(),
        format!("<DecMessage/><!-- {long} --><DecMessage/>"),
        expect![[r#"
        in 1 @0 1:1 | <DecMessage/>
        in 2 @13 1:14 too-large { bytes: 109, limit: 60 } | 
        in 3 @122 1:123 | <DecMessage/>
    "#]],
    );
    check_within(
        &small(),
        format!("<!-- {long} --><DecMessage/>"),
        expect![[r#"
        in 1 @0 1:1 prologue { position: 0 } | <!-- xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
    "#]],
    );
    check_within(
        &small(),
        format!("<?xml version='1.0'?><!-- {long} --><DecMessage/>"),
        expect![[r#"
        in 1 @0 1:1 prologue { position: 21 } | <?xml version=\'1.0\'?><!-- xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
    "#]],
    );
}

#[test]
fn a_large_message_comes_whole_and_one_beyond_24_mebibytes_does_not() {
    let limits = Limits::default();
    let cap = usize::try_from(limits.cut_bytes).unwrap();
    for (size, kept) in [(cap, true), (cap + 1, false)] {
        let bytes = message(size) + "<DecMessage/>";
        let found = super::decode(bytes.as_bytes(), &limits, super::WHOLE);
        assert_eq!(found.documents.len(), 2);
        assert_eq!(found.documents[0].bytes.len(), if kept { size } else { 0 });
        let too_large = Defect::TooLarge { bytes: size as u64, limit: limits.cut_bytes };
        assert_eq!(found.documents[0].defect, (!kept).then_some(too_large));
        assert_eq!(found.documents[1].defect, None);
    }
}

#[test]
fn a_field_of_text_may_lie_across_the_limit() {
    let text = "x".repeat(70);
    check_within(
        &small(),
        format!("<DecMessage><A>1</A><Certificate>{text}</Certificate></DecMessage><DecMessage/>"),
        expect![[r#"
            in 1 @0 1:1 too-large { bytes: 130, limit: 60 } | 
            in 2 @130 1:131 | <DecMessage/>
        "#]],
    );
}

/// How a long stream begins, and what it goes on with.
const HEADS: &[&str] =
    &["", "<DecMessage/>x", "<?xml version='1.0'?>", "<w>", "<DxpMsg><Data>", "<DecMessage>"];
const PIECES: &[&str] =
    &["<DecMessage><A>1</A></DecMessage>\n", "<w><x>", " ", "text", "<!--", "<a b='", "</x>"];

#[test]
fn little_is_held_of_a_long_stream() {
    let limits = Limits { cut_bytes: 1 << 15, document_bytes: 1 << 14, ..Limits::default() };
    for head in HEADS {
        for again in ["", "<?xml version='1.0'?>", "<Certificate>"] {
            for piece in PIECES {
                let most =
                    most_held(&[head, again, &piece.repeat((5 << 17) / piece.len())].concat(), &limits);
                assert!(most <= (1 << 15) + (512 << 10), "{head} {again} {piece}: {most}");
            }
        }
    }
}

/// The largest buffer while a stream is read.
fn most_held(bytes: &str, limits: &Limits) -> usize {
    use super::super::Stage;
    let source = Source::stream(std::io::Cursor::new(bytes.to_owned()));
    let mut decoder = Decoder::new("a", source, ROOTS, limits);
    let (mut window, mut inputs) = (RawBatch::new(), Inputs::new());
    let mut most = 0;
    loop {
        let more = decoder.step(&mut window, &mut inputs).unwrap();
        window.clear();
        if let Stage::Plain(cutter, _) = &decoder.stage {
            most = most.max(cutter.capacity());
        }
        if !more {
            return most;
        }
    }
}

#[test]
fn a_message_that_begins_where_stray_text_reaches_the_limit_is_read() {
    let stray = "</a>".repeat(14);
    check_within(
        &small(),
        format!("<DecMessage/>{stray}<DecMessage/>"),
        expect![[r#"
        in 1 @0 1:1 | <DecMessage/>
        in 2 @13 1:14 stray | </a></a></a></a></a></a></a></a></a></a></a></a></a></a>
        in 3 @69 1:70 | <DecMessage/>
    "#]],
    );
    check_within(
        &small(),
        format!("<DecMessage/>{stray}x{}<DecMessage/>", " ".repeat(99)),
        expect![[r#"
        in 1 @0 1:1 | <DecMessage/>
        in 2 @13 1:14 stray | </a></a></a></a></a></a></a></a></a></a></a></a></a></a>x
        in 3 @169 1:170 | <DecMessage/>
    "#]],
    );
    check_within(
        &small(),
        format!("<DecMessage/><?xml version='1.0'?>{}<DecMessage/>", " ".repeat(99)),
        expect![[r#"
            in 1 @0 1:1 | <DecMessage/>
            in 2 @13 1:14 no-root | <?xml version=\'1.0\'?>                                       
            in 3 @133 1:134 | <DecMessage/>
        "#]],
    );
    check_within(
        &small(),
        format!("<?xml version='1.0'?>{}<DecMessage/>", " ".repeat(99)),
        expect![[r#"
        in 1 @0 1:1 prologue { position: 60 } | <?xml version=\'1.0\'?>                                                                   …
    "#]],
    );
}

#[test]
fn unfinished_markup_again_and_again_is_read_once() {
    for piece in ["<!DOCTYPE x[", "<!DOCTYPE x '", "<![CDATA[", "<?x", "<!--", "<DecMessage><!--", "<a b='"] {
        let bytes = format!("<DecMessage/>{}", piece.repeat(20_000));
        assert!(!super::decode(bytes.as_bytes(), &Limits::default(), super::WHOLE).documents.is_empty());
    }
}

/// Or one outcome for each would fill the disk.
#[test]
fn markup_that_begins_again_and_again_and_does_not_end_is_few_outcomes() {
    let limits = small();
    for piece in ["<!-- ", "<?x ", "<![CDATA[", "<a b='"] {
        let stray = piece.repeat(1_000);
        let decoded = decode_alike(format!("<DecMessage/>{stray}").as_bytes(), &limits);
        let stretch = (limits.cut_bytes - limits.document_bytes) as usize - piece.len();
        let n = decoded.documents.len();
        assert!((2..=2 + stray.len() / stretch).contains(&n), "{piece}: {n} outcomes");
    }
}

#[test]
fn small_inputs_share_a_window() {
    let (mut window, mut inputs) = (RawBatch::new(), Inputs::new());
    for name in ["a.xml", "b.xml"] {
        let source = Source::stream("<DecMessage/><Certificate/>".as_bytes());
        let mut decoder = Decoder::new(name, source, ROOTS, &Limits::default());
        assert!(!decoder.fill(&mut window, &mut inputs, 1 << 20).unwrap());
    }
    let found: Vec<_> = window
        .documents
        .iter()
        .map(|document| (inputs.name(document.input), document.document, window.text_of(document).as_bytes()))
        .collect();
    assert_eq!(
        found,
        [
            ("a.xml", 1, &b"<DecMessage/>"[..]),
            ("a.xml", 2, b"<Certificate/>"),
            ("b.xml", 1, b"<DecMessage/>"),
            ("b.xml", 2, b"<Certificate/>"),
        ]
    );
}

#[test]
fn a_failing_reader_is_an_error_and_no_outcome() {
    use std::io::{self, Read};
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("gone"))
        }
    }
    let source = Source::stream(b"<DecMessage/><DecMessage>".chain(Failing));
    let mut decoder = Decoder::new("a", source, ROOTS, &Limits::default());
    let (mut window, mut inputs) = (RawBatch::new(), Inputs::new());
    let result = decoder.fill(&mut window, &mut inputs, 1 << 20);
    assert_eq!(result.unwrap_err().to_string(), "gone");
}
