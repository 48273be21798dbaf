//! UTF-8 and nothing else; what stands before the first element decides on the whole entry.

use expect_test::expect;

use super::check;

#[test]
fn utf8_may_be_declared_in_any_case() {
    check(
        "<?xml version='1.0' encoding='utf-8'?><DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 | <?xml version=\'1.0\' encoding=\'utf-8\'?><DecMessage/>
    "#]],
    );
    check(
        "<?xml version='1.0' encoding='Utf-8'?><DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 | <?xml version=\'1.0\' encoding=\'Utf-8\'?><DecMessage/>
    "#]],
    );
    check(
        "<?xml version='1.0' encoding='UTF8'?><DecMessage/>",
        expect![[r#"
            in 1 @0 1:1 encoding { fault: NotTaken, declared: "UTF8" } | <?xml version=\'1.0\' encoding=\'UTF8\'?><DecMessage/>
        "#]],
    );
}

#[test]
fn another_declared_encoding_refuses_the_entry() {
    check(
        "<?xml version=\"1.0\" encoding=\"GB2312\"?><DecMessage/><DecMessage/>",
        expect![[r#"
            in 1 @0 1:1 encoding { fault: NotTaken, declared: "GB2312" } | <?xml version=\"1.0\" encoding=\"GB2312\"?><DecMessage/><DecMessage/>
        "#]],
    );
    check(
        "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-16\"?><DecMessage/>",
        expect![[r#"
            in 1 @3 1:1 encoding-disagreeing { fault: Disagreeing, declared: "UTF-16" } | <?xml version=\"1.0\" encoding=\"UTF-16\"?><DecMessage/>
        "#]],
    );
}

#[test]
fn utf16_is_named() {
    check(
        b"\xFF\xFE<\0?\0x\0",
        expect![[r#"
            in 1 @0 1:1 encoding { fault: NotTaken, declared: "UTF-16LE" } | 
        "#]],
    );
    check(
        b"\xFE\xFF\0<\0?",
        expect![[r#"
            in 1 @0 1:1 encoding { fault: NotTaken, declared: "UTF-16BE" } | 
        "#]],
    );
    check(
        b"<\0D\0e\0",
        expect![[r#"
            in 1 @0 1:1 encoding { fault: NotTaken, declared: "UTF-16LE" } | <\0D\0e\0
        "#]],
    );
    check(
        b"\n\0<\0D\0",
        expect![[r#"
            in 1 @0 1:1 encoding { fault: NotTaken, declared: "UTF-16LE" } | \n\0<\0D\0
        "#]],
    );
    check(
        b"\0<\0D",
        expect![[r#"
            in 1 @0 1:1 encoding { fault: NotTaken, declared: "UTF-16BE" } | \0<\0D
        "#]],
    );
}

#[test]
fn another_encoding_between_messages_refuses_that_message() {
    check(
        "<DecMessage/><?xml version='1.0' encoding='GBK'?><DecMessage/><?xml version='1.0'?><DecMessage/>\
         <?xml version='1.0' encoding='GBK'?><w><DecMessage/></w><DecMessage/>",
        expect![[r#"
            in 1 @0 1:1 | <DecMessage/>
            in 2 @13 1:14 encoding { fault: NotTaken, declared: "GBK" } | <?xml version=\'1.0\' encoding=\'GBK\'?><DecMessage/>
            in 3 @62 1:63 | <?xml version=\'1.0\'?><DecMessage/>
            in 4 @135 1:136 encoding { fault: NotTaken, declared: "GBK" } | <DecMessage/>
            in 5 @152 1:153 | <DecMessage/>
        "#]],
    );
}

#[test]
fn bytes_that_are_no_utf8_refuse_one_message_with_the_position() {
    check(
        b"<DecMessage>1</DecMessage><DecMessage>\xC9\xEE</DecMessage><DecMessage>3</DecMessage>",
        expect![[r#"
            in 1 @0 1:1 | <DecMessage>1</DecMessage>
            in 2 @26 1:27 utf8 { position: 12 } | <DecMessage>
            in 3 @53 1:54 | <DecMessage>3</DecMessage>
        "#]],
    );
    check(
        b"<DecMessage>\xED\xA0\x80</DecMessage><Unknown>\xC0\x80</Unknown>",
        expect![[r#"
            in 1 @0 1:1 utf8 { position: 12 } | <DecMessage>
            in 2 @28 1:27 utf8 { position: 9 } | <Unknown>
        "#]],
    );
}

#[test]
fn a_malformed_declaration_refuses_the_entry() {
    check(
        "<?xml encoding='utf-8'?><DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 declaration { position: 0 } | <?xml encoding=\'utf-8\'?><DecMessage/>
    "#]],
    );
    check(
        "<?xml version='1.1'?><DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 declaration { position: 0 } | <?xml version=\'1.1\'?><DecMessage/>
    "#]],
    );
    check(
        "<?xml version='1.0' encoding='utf-8' encoding='utf-8'?><DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 declaration { position: 0 } | <?xml version=\'1.0\' encoding=\'utf-8\' encoding=\'utf-8\'?><DecMessage/>
    "#]],
    );
    check(
        " \n <?xml version='1.0'?><DecMessage/>",
        expect![[r#"
        in 1 @3 2:2 declaration { position: 0 } | <?xml version=\'1.0\'?><DecMessage/>
    "#]],
    );
    check(
        "<!-- --><?xml version='1.0'?><DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 declaration { position: 8 } | <!-- --><?xml version=\'1.0\'?><DecMessage/>
    "#]],
    );
    check(
        "<?xml version='1.0'?><?xml version='1.0'?><DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 declaration { position: 21 } | <?xml version=\'1.0\'?><?xml version=\'1.0\'?><DecMessage/>
    "#]],
    );
    check(
        "<?xml version='1.0' <DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 declaration { position: 0 } | <?xml version=\'1.0\' <DecMessage/>
    "#]],
    );
}

#[test]
fn a_malformed_declaration_between_messages_refuses_the_next_one() {
    check(
        "<DecMessage/><?xml version=1.0?><DecMessage/><DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 | <DecMessage/>
        in 2 @13 1:14 declaration { position: 0 } | <?xml version=1.0?><DecMessage/>
        in 3 @45 1:46 | <DecMessage/>
    "#]],
    );
    check(
        "<DecMessage/><?xml version='1.0'?> <?xml version='1.0'?><DecMessage/><DecMessage/>",
        expect![[r#"
            in 1 @0 1:1 | <DecMessage/>
            in 2 @13 1:14 no-root | <?xml version=\'1.0\'?> 
            in 3 @35 1:36 | <?xml version=\'1.0\'?><DecMessage/>
            in 4 @69 1:70 | <DecMessage/>
        "#]],
    );
}

#[test]
fn a_doctype_before_the_first_message_refuses_the_entry() {
    check(
        "<?xml version='1.0'?>\n<!DOCTYPE DecMessage [<!ENTITY a 'b'>]><DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 doctype { position: 22 } | <?xml version=\'1.0\'?>\n<!DOCTYPE DecMessage [<!ENTITY a \'b\'>]><DecMessage/>
    "#]],
    );
    check(
        "<!doctype x><DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 doctype { position: 0 } | <!doctype x><DecMessage/>
    "#]],
    );
    check(
        "<!DOCTYPE",
        expect![[r#"
        in 1 @0 1:1 doctype { position: 0 } | <!DOCTYPE
    "#]],
    );
}

#[test]
fn a_doctype_between_messages_refuses_the_next_one() {
    check(
        "<DecMessage/><!DOCTYPE DecMessage [<!ENTITY a '<DecMessage>]>'><!-- ' -->]><DecMessage/><DecMessage/>",
        expect![[r#"
            in 1 @0 1:1 | <DecMessage/>
            in 2 @13 1:14 doctype { position: 0 } | <!DOCTYPE DecMessage [<!ENTITY a \'<DecMessage>]>\'><!-- \' -->]><DecMessage/>
            in 3 @88 1:89 | <DecMessage/>
        "#]],
    );
}

#[test]
fn a_doctype_inside_a_wrapper_refuses_the_message_behind_it() {
    check(
        "<w><DecMessage/><!DOCTYPE x [<!ENTITY a '<DecMessage/>'>]><DecMessage/></w>",
        expect![[r#"
        in 1 @3 1:4 | <DecMessage/>
        in 2 @16 1:17 doctype { position: 0 } | <!DOCTYPE x [<!ENTITY a \'<DecMessage/>\'>]><DecMessage/>
    "#]],
    );
    check(
        "<w><!DOCTYPE x>text<DecMessage/><!DOCTYPE x><y><DecMessage/></y></w>",
        expect![[r#"
            in 1 @3 1:4 doctype { position: 0 } | <!DOCTYPE x>text
            in 2 @19 1:20 | <DecMessage/>
            in 3 @32 1:33 doctype { position: 0 } | <!DOCTYPE x>
            in 4 @47 1:48 | <DecMessage/>
        "#]],
    );
    check(
        "<w><DecMessage/><!DOCTYPE x><a b='",
        expect![[r#"
            in 1 @3 1:4 | <DecMessage/>
            in 2 @16 1:17 doctype { position: 0 } | <!DOCTYPE x>
            in 3 @28 1:29 truncated { position: 6 } | <a b=\'
        "#]],
    );
    check(
        "<w><!DOCTYPE x><y/></w>",
        expect![[r#"
        in 1 @3 1:4 doctype { position: 0 } | <!DOCTYPE x>
    "#]],
    );
}

#[test]
fn a_doctype_inside_a_message_is_left_to_the_parser() {
    check(
        "<DecMessage><!DOCTYPE x [<!ENTITY a '</DecMessage>'>]></DecMessage><DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 | <DecMessage><!DOCTYPE x [<!ENTITY a \'</DecMessage>\'>]></DecMessage>
        in 2 @67 1:68 | <DecMessage/>
    "#]],
    );
}

#[test]
fn what_does_not_begin_like_xml_is_refused_whole() {
    check(
        "%PDF-1.7 <DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 not-xml | %PDF-1.7 <DecMessage/>
    "#]],
    );
    check(
        "  hello",
        expect![[r#"
        in 1 @2 1:3 not-xml | hello
    "#]],
    );
    check(
        "\u{feff}\u{feff}<DecMessage/>",
        expect![[r#"
        in 1 @3 1:1 not-xml | \u{feff}<DecMessage/>
    "#]],
    );
    check(
        "</a><DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 prologue { position: 0 } | </a><DecMessage/>
    "#]],
    );
    check(
        "<!-- a -->text<DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 prologue { position: 10 } | <!-- a -->text<DecMessage/>
    "#]],
    );
    check(
        "<!-- never ends <DecMessage/>",
        expect![[r#"
        in 1 @0 1:1 truncated { position: 29 } | <!-- never ends <DecMessage/>
    "#]],
    );
}
