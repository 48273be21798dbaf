//! Broken documents end where ruling O5 says, and their neighbours are read.

use std::io::{self, Cursor, Read};

use expect_test::expect;
use model::batch::{Defect, Inputs, RawBatch};
use model::limits::Limits;

use super::{Decoder, ROOTS, Source, check};

#[test]
fn a_broken_message_ends_at_its_own_end_tag() {
    check(
        "<DecMessage><A>1</B></DecMessage><DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 | <DecMessage><A>1</B></DecMessage>
        in 2 @33 1:34 | <DecMessage/>
    "#]],
    );
    check(
        "<DecMessage><!-- --><A>1</B></C></DecMessage><DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 | <DecMessage><!-- --><A>1</B></C></DecMessage>
        in 2 @45 1:46 | <DecMessage/>
    "#]],
    );
}

#[test]
fn a_truncated_message_ends_where_the_next_of_its_kind_begins() {
    check(
        "<DecMessage><A>1<DecMessage><A>2</A></DecMessage><DecMessage><A>3</A></DecMessage>",
        expect![[r#"
        in 1 @0 1:1 truncated { position: 16 } | <DecMessage><A>1
        in 2 @16 1:17 | <DecMessage><A>2</A></DecMessage>
        in 3 @49 1:50 | <DecMessage><A>3</A></DecMessage>
    "#]],
    );
    check(
        "<w><DecMessage><A>1<DecMessage><A>2</A></DecMessage></w>",
        expect![[r#"
        in 1 @3 1:4 truncated { position: 16 } | <DecMessage><A>1
        in 2 @19 1:20 | <DecMessage><A>2</A></DecMessage>
    "#]],
    );
}

#[test]
fn a_truncated_message_ends_where_another_known_root_begins() {
    check(
        "<DecMessage><A>1<Certificate><B/></Certificate><DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 truncated { position: 16 } | <DecMessage><A>1
        in 2 @16 1:17 | <Certificate><B/></Certificate>
        in 3 @47 1:48 | <DecMessage/>
    "#]],
    );
    check(
        "<DecMessage><A>1<Certificate xmlns='http://www.w3.org/2000/09/xmldsig#'></Certificate>",
        expect![[r#"
            in 1 @0 1:1 truncated { position: 16 } | <DecMessage><A>1
            in 2 @16 1:17 | <Certificate xmlns=\'http://www.w3.org/2000/09/xmldsig#\'></Certificate>
        "#]],
    );
    check(
        "<DecMessage><A>1<DxpMsg><A/></DxpMsg>",
        expect![[r#"
        in 1 @0 1:1 truncated { position: 16 } | <DecMessage><A>1
        in 2 @16 1:17 | <DxpMsg><A/></DxpMsg>
    "#]],
    );
}

#[test]
fn a_field_does_not_end_a_broken_message() {
    check(
        "<DecMessage><DecSign><Certificate>MII</Certificate></Oops></DecSign><!-- --></DecMessage><DecMessage/>",
        expect![[r#"
            in 1 @0 1:1 | <DecMessage><DecSign><Certificate>MII</Certificate></Oops></DecSign><!-- --></DecMessage>
            in 2 @89 1:90 | <DecMessage/>
        "#]],
    );
}

#[test]
fn a_message_cut_off_inside_a_tag_an_attribute_a_comment_or_a_section() {
    check(
        "<DecMessage><A<DecMessage><B/></DecMessage>",
        expect![[r#"
        in 1 @0 1:1 truncated { position: 14 } | <DecMessage><A
        in 2 @14 1:15 | <DecMessage><B/></DecMessage>
    "#]],
    );
    check(
        "<DecMessage><A b='<DecMessage><B/></DecMessage>",
        expect![[r#"
        in 1 @0 1:1 truncated { position: 18 } | <DecMessage><A b=\'
        in 2 @18 1:19 | <DecMessage><B/></DecMessage>
    "#]],
    );
    check(
        "<DecMessage><!-- <DecMessage><B/></DecMessage>",
        expect![[r#"
        in 1 @0 1:1 truncated { position: 17 } | <DecMessage><!-- 
        in 2 @17 1:18 | <DecMessage><B/></DecMessage>
    "#]],
    );
    check(
        "<DecMessage><![CDATA[ <DecMessage><B/></DecMessage>",
        expect![[r#"
        in 1 @0 1:1 truncated { position: 22 } | <DecMessage><![CDATA[ 
        in 2 @22 1:23 | <DecMessage><B/></DecMessage>
    "#]],
    );
}

#[test]
fn a_declaration_inside_a_message_stays_in_it() {
    check(
        "<DecMessage><A><?xml version=\"1.0\"?>\n<DecMessage><B/></DecMessage>",
        expect![[r#"
            in 1 @0 1:1 truncated { position: 37 } | <DecMessage><A><?xml version=\"1.0\"?>\n
            in 2 @37 2:1 | <DecMessage><B/></DecMessage>
        "#]],
    );
    check(
        "<DecMessage><A><?xml version=\"1.0\"?></A></DecMessage><DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 | <DecMessage><A><?xml version=\"1.0\"?></A></DecMessage>
        in 2 @53 1:54 | <DecMessage/>
    "#]],
    );
}

#[test]
fn a_wrapper_that_ends_ends_the_broken_message_in_it() {
    check(
        "<w xmlns:a='urn:a'><DecMessage><A></w><w xmlns:b='urn:b'><DecMessage>2</DecMessage></w>",
        expect![[r#"
        in 1 @19 1:20 a=urn:a truncated { position: 15 } | <DecMessage><A>
        in 2 @57 1:58 b=urn:b | <DecMessage>2</DecMessage>
    "#]],
    );
}

#[test]
fn the_last_message_is_truncated() {
    check(
        "<DecMessage/><DecMessage><A>",
        expect![[r#"
        in 1 @0 1:1 | <DecMessage/>
        in 2 @13 1:14 truncated { position: 15 } | <DecMessage><A>
    "#]],
    );
    check(
        "<w><DecMessage/><DecMessage><A></",
        expect![[r#"
        in 1 @3 1:4 | <DecMessage/>
        in 2 @16 1:17 truncated { position: 17 } | <DecMessage><A></
    "#]],
    );
    check(
        "<Unknown><A>",
        expect![[r#"
        in 1 @0 1:1 truncated { position: 12 } | <Unknown><A>
    "#]],
    );
    check(
        "<DecMess",
        expect![[r#"
        in 1 @0 1:1 truncated { position: 8 } | <DecMess
    "#]],
    );
    check(
        "<w><DecMessage/><DecMess",
        expect![[r#"
        in 1 @3 1:4 | <DecMessage/>
        in 2 @16 1:17 truncated { position: 8 } | <DecMess
    "#]],
    );
    check(
        "<DecMessage><DecSign><Certificate>MII",
        expect![[r#"
        in 1 @0 1:1 truncated { position: 37 } | <DecMessage><DecSign><Certificate>MII
    "#]],
    );
    check(
        "<DecMessage><A>1<DecMessage>",
        expect![[r#"
        in 1 @0 1:1 truncated { position: 16 } | <DecMessage><A>1
        in 2 @16 1:17 truncated { position: 12 } | <DecMessage>
    "#]],
    );
    check(
        "<DecMessage/><DecMess",
        expect![[r#"
        in 1 @0 1:1 | <DecMessage/>
        in 2 @13 1:14 truncated { position: 8 } | <DecMess
    "#]],
    );
}

#[test]
fn many_truncated_messages_in_a_row() {
    check(
        "<DecMessage><A>".repeat(3),
        expect![[r#"
        in 1 @0 1:1 truncated { position: 15 } | <DecMessage><A>
        in 2 @15 1:16 truncated { position: 15 } | <DecMessage><A>
        in 3 @30 1:31 truncated { position: 15 } | <DecMessage><A>
    "#]],
    );
    let found = super::decode_alike("<DecMessage><A>".repeat(500).as_bytes(), &Default::default());
    assert_eq!(found.documents.len(), 500);
}

#[test]
fn tags_that_never_opened_close_nothing() {
    check(
        "<w></x><DecMessage/></y></w><DecMessage/>",
        expect![[r#"
        in 1 @7 1:8 | <DecMessage/>
        in 2 @28 1:29 | <DecMessage/>
    "#]],
    );
}

#[test]
fn loose_markup_between_messages() {
    check(
        "<DecMessage/><!-- <DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 | <DecMessage/>
        in 2 @13 1:14 stray | <!--
        in 3 @18 1:19 | <DecMessage/>
    "#]],
    );
    check(
        "<DecMessage/>< <DecMessage/><!ELEMENT x><DecMessage/><?pi",
        expect![[r#"
        in 1 @0 1:1 | <DecMessage/>
        in 2 @13 1:14 stray | <
        in 3 @15 1:16 | <DecMessage/>
        in 4 @28 1:29 stray | <!ELEMENT x>
        in 5 @40 1:41 | <DecMessage/>
        in 6 @53 1:54 stray | <?pi
    "#]],
    );
}

#[test]
fn deep_wrappers_are_refused_and_their_neighbours_read() {
    let open = "<w>".repeat(65);
    let close = "</w>".repeat(65);
    check(
        format!(
            "<w><DecMessage>1</DecMessage>{open}<DecMessage>2</DecMessage>{close}<DecMessage>3</DecMessage></w>"
        ),
        expect![[r#"
            in 1 @3 1:4 | <DecMessage>1</DecMessage>
            in 2 @224 1:225 too-deep { depth: 66, limit: 64 } | <DecMessage>2</DecMessage>
            in 3 @510 1:511 | <DecMessage>3</DecMessage>
        "#]],
    );
    let found = super::decode_alike("<w>".repeat(5_000).as_bytes(), &Default::default());
    assert_eq!(found.documents.len(), 1);
}

/// Gives its bytes, and then does what no reader may.
struct Fatal(Cursor<Vec<u8>>);

impl Read for Fatal {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.0.read(buf)?;
        assert!(n > 0, "a fault of ours");
        Ok(n)
    }
}

/// A fault of ours ends the input it is over, as one document that says so; what was cut before counts.
#[test]
fn p3_a_fault_of_the_program_is_told_of_the_rest_of_the_input() {
    let text = "<DecMessage/>".repeat(100_000);
    for window_bytes in [1 << 16, 1 << 30] {
        let source = Source::stream(Fatal(Cursor::new(text.clone().into_bytes())));
        let mut decoder = Decoder::new("a.xml", source, ROOTS, &Limits::default());
        let (mut inputs, mut cut) = (Inputs::new(), Vec::new());
        let mut goes_on = true;
        while goes_on {
            let mut window = RawBatch::new();
            goes_on = decoder.fill(&mut window, &mut inputs, window_bytes).expect("nothing outside failed");
            cut.extend(window.documents.into_iter().map(|it| (it.document, it.defect)));
        }
        let (rest, whole) = cut.split_last().expect("something was cut");
        let n_whole = whole.len() as u32;
        assert!(n_whole > 1_000, "{n_whole} before the fault");
        assert!(whole.iter().zip(1..).all(|(it, number)| *it == (number, None)), "windows of {window_bytes}");
        assert_eq!(*rest, (n_whole + 1, Some(Defect::Fault)), "windows of {window_bytes}");
    }
}
