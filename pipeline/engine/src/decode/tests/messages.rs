//! Messages alone, one after another, and under wrappers.

use expect_test::expect;

use super::{check, decode_alike};
use model::limits::Limits;

#[test]
fn a_bare_message_is_one_document() {
    check(
        "<DecMessage><DecHead/></DecMessage>",
        expect![[r#"
        in 1 @0 1:1 | <DecMessage><DecHead/></DecMessage>
    "#]],
    );
}

#[test]
fn a_message_with_declaration_comment_and_namespace_starts_at_its_declaration() {
    check(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- ours -->\n\
         <DecMessage xmlns=\"http://www.chinaport.gov.cn/dec\" version=\"4.8\"><A>1</A></DecMessage>\n",
        expect![[r#"
            in 1 @0 1:1 | <?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- ours -->\n<DecMessage xmlns=\"http://www.…
        "#]],
    );
}

#[test]
fn messages_one_after_another_are_numbered_and_placed() {
    check(
        "<DecMessage><A>鞋</A></DecMessage><Certificate/>\r\n\t<ns0:DecMessage xmlns:ns0=\"http://www.chinaport.gov.cn/dec\"></ns0:DecMessage >\n<DEC_RESULT><X/></DEC_RESULT>",
        expect![[r#"
            in 1 @0 1:1 | <DecMessage><A>鞋</A></DecMessage>
            in 2 @35 1:34 | <Certificate/>
            in 3 @52 2:2 | <ns0:DecMessage xmlns:ns0=\"http://www.chinaport.gov.cn/dec\"></ns0:DecMessage >
            in 4 @131 3:1 | <DEC_RESULT><X/></DEC_RESULT>
        "#]],
    );
}

#[test]
fn each_message_may_have_its_own_declaration_and_byte_order_mark() {
    check(
        "\u{feff}<?xml version=\"1.0\"?><DecMessage/>\n\u{feff}<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<DecMessage/>\n\u{feff}<Certificate/>",
        expect![[r#"
            in 1 @3 1:1 | <?xml version=\"1.0\"?><DecMessage/>
            in 2 @41 2:1 | <?xml version=\'1.0\' encoding=\'utf-8\' standalone=\'yes\' ?>\n<DecMessage/>
            in 3 @115 4:1 | <Certificate/>
        "#]],
    );
}

#[test]
fn a_comment_between_messages_hides_a_message() {
    check(
        "<DecMessage/><!-- <DecMessage><A/></DecMessage> --><DecMessage/><!-- the end -->",
        expect![[r#"
            in 1 @0 1:1 | <DecMessage/>
            in 2 @13 1:14 | <!-- <DecMessage><A/></DecMessage> --><DecMessage/>
        "#]],
    );
}

#[test]
fn a_known_wrapper_is_no_document() {
    check(
        "<ImportMessage><SWImpHead><MsgType>SWDEC001</MsgType></SWImpHead><SWImpData><DecMessage>1</DecMessage></SWImpData></ImportMessage>",
        expect![[r#"
            in 1 @76 1:77 | <DecMessage>1</DecMessage>
        "#]],
    );
}

#[test]
fn any_wrapper_will_do_at_any_depth_with_siblings_of_no_interest() {
    check(
        "<?xml version=\"1.0\"?>\n<批次 日='1>2'><头 a=\"/批次>\">text & more</头><正文><x:包 xmlns:x='urn:x'>\n  <DecMessage>1</DecMessage>\n  <Certificate>2</Certificate></x:包></正文></批次>",
        expect![[r#"
            in 1 @109 3:3 x=urn:x | <DecMessage>1</DecMessage>
            in 2 @138 4:3 x=urn:x | <Certificate>2</Certificate>
        "#]],
    );
}

#[test]
fn namespaces_of_wrappers_are_handed_on() {
    check(
        "<w xmlns='urn:other' xmlns:d='http://www.chinaport.gov.cn/dec'><d:DecMessage/>\
         <v xmlns='' xmlns:s='http://www.w3.org/2000/09/xmldsig&#35;'><DecMessage/><s:Certificate></s:Certificate></v>\
         <d:DecMessage/></w>",
        expect![[r#"
            in 1 @63 1:64 =urn:other d=http://www.chinaport.gov.cn/dec | <d:DecMessage/>
            in 2 @139 1:140 = d=http://www.chinaport.gov.cn/dec s=http://www.w3.org/2000/09/xmldsig# | <DecMessage/>
            in 3 @152 1:153 = d=http://www.chinaport.gov.cn/dec s=http://www.w3.org/2000/09/xmldsig# | <s:Certificate></s:Certificate>
            in 4 @187 1:188 =urn:other d=http://www.chinaport.gov.cn/dec | <d:DecMessage/>
        "#]],
    );
}

#[test]
fn a_namespace_that_is_no_text_is_handed_on_as_one_nobody_may_bind() {
    check(
        b"<w xmlns:\xEF='u' xmlns:a='v\xFF'><DecMessage/></w>",
        expect!["in 1 @28 1:29 \u{FFFF}=u a=v\u{FFFF} | <DecMessage/>\n"],
    );
}

#[test]
fn a_root_in_a_foreign_namespace_is_not_ours() {
    check(
        "<DecMessage xmlns='urn:other'><A/></DecMessage>\
         <w xmlns='urn:other'><DecMessage/></w>\
         <w xmlns='urn:other'><Certificate/><Certificate xmlns=''/></w>",
        expect![[r#"
            in 1 @0 1:1 | <DecMessage xmlns=\'urn:other\'><A/></DecMessage>
            in 2 @47 1:48 second-root | <w xmlns=\'urn:other\'><DecMessage/></w>
            in 3 @120 1:121 =urn:other | <Certificate xmlns=\'\'/>
        "#]],
    );
}

#[test]
fn a_prefix_bound_nowhere_is_left_to_the_parser() {
    check(
        "<p:DecMessage></p:DecMessage>",
        expect![[r#"
        in 1 @0 1:1 | <p:DecMessage></p:DecMessage>
    "#]],
    );
}

#[test]
fn a_wrapper_needs_no_end() {
    check(
        "<w><x><DecMessage>1</DecMessage><DecMessage>2</DecMessage>",
        expect![[r#"
        in 1 @6 1:7 | <DecMessage>1</DecMessage>
        in 2 @32 1:33 | <DecMessage>2</DecMessage>
    "#]],
    );
}

#[test]
fn wrappers_one_after_another() {
    check(
        "<w><DecMessage/></w><w xmlns:q='urn:q'><DecMessage/></w><DecMessage/>",
        expect![[r#"
        in 1 @3 1:4 | <DecMessage/>
        in 2 @39 1:40 q=urn:q | <DecMessage/>
        in 3 @56 1:57 | <DecMessage/>
    "#]],
    );
}

#[test]
fn declarations_and_marks_inside_a_wrapper_start_the_next_document() {
    check(
        "<w><?xml version=\"1.0\"?>\n<DecMessage/>\u{feff}<?xml version=\"1.0\"?><DecMessage/> <?xml version='1.0'?>text<DecMessage/></w>",
        expect![[r#"
            in 1 @3 1:4 | <?xml version=\"1.0\"?>\n<DecMessage/>
            in 2 @41 2:15 | <?xml version=\"1.0\"?><DecMessage/>
            in 3 @101 2:75 | <DecMessage/>
        "#]],
    );
}

#[test]
fn an_unknown_message_is_one_document() {
    for text in [
        "<Invoice><Lines><Line/></Lines></Invoice>\n",
        "<Package><DataInfo><SAS221>1</SAS221></DataInfo></Package>",
        "<Empty/>",
    ] {
        let found = decode_alike(text.as_bytes(), &Limits::default()).documents;
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!((&found[0].defect, &found[0].bytes[..]), (&None, text.trim_end().as_bytes()));
    }
}

/// One after another they may be messages nobody here knows, or a file with a root too many: nobody can tell.
#[test]
fn an_unknown_root_behind_an_unknown_root_is_refused() {
    check(
        "<Invoice/>\n<Invoice></Invoice><!-- a --><Empty/><DecMessage/><Empty/>",
        expect![[r#"
            in 1 @0 1:1 | <Invoice/>
            in 2 @11 2:1 second-root | <Invoice></Invoice>
            in 3 @30 2:20 second-root | <!-- a --><Empty/>
            in 4 @48 2:38 | <DecMessage/>
            in 5 @61 2:51 | <Empty/>
        "#]],
    );
}

#[test]
fn a_declaration_or_a_mark_begins_an_unknown_message_anew() {
    check(
        "<Invoice/><?xml version='1.0'?><Invoice/>\u{feff}<Empty/>",
        expect![[r#"
            in 1 @0 1:1 | <Invoice/>
            in 2 @10 1:11 | <?xml version=\'1.0\'?><Invoice/>
            in 3 @44 1:42 | <Empty/>
        "#]],
    );
}

#[test]
fn a_known_root_inside_a_known_root_is_a_field() {
    check(
        "<DecMessage><DecSign><Certificate>MIIC</Certificate><File/><Sign>x</Sign></DecSign></DecMessage>\
         <DecMessage><!-- slow --><DecSign><Certificate>MIIC</Certificate><Receipt><A/></Receipt></DecSign></DecMessage>",
        expect![[r#"
            in 1 @0 1:1 | <DecMessage><DecSign><Certificate>MIIC</Certificate><File/><Sign>x</Sign></DecSign></DecMe…
            in 2 @96 1:97 | <DecMessage><!-- slow --><DecSign><Certificate>MIIC</Certificate><Receipt><A/></Receipt></…
        "#]],
    );
}

#[test]
fn a_message_inside_one_of_its_own_kind_is_a_field_when_all_tags_match() {
    check(
        "<DecMessage><X><DecMessage><A/></DecMessage></X></DecMessage><Certificate/>",
        expect![[r#"
            in 1 @0 1:1 | <DecMessage><X><DecMessage><A/></DecMessage></X></DecMessage>
            in 2 @61 1:62 | <Certificate/>
        "#]],
    );
}

#[test]
fn comments_and_cdata_hide_end_tags_and_roots() {
    check(
        "<DecMessage><!-- </DecMessage> --><A><![CDATA[</DecMessage><DecMessage>]]></A><?pi </DecMessage>?></DecMessage>\
         <w><![CDATA[<DecMessage/>]]><!-- <DecMessage/> --><?p <DecMessage/> ?><DecMessage>1</DecMessage></w>",
        expect![[r#"
            in 1 @0 1:1 | <DecMessage><!-- </DecMessage> --><A><![CDATA[</DecMessage><DecMessage>]]></A><?pi </DecMe…
            in 2 @181 1:182 | <DecMessage>1</DecMessage>
        "#]],
    );
}

#[test]
fn attribute_values_hide_what_they_hold() {
    check(
        "<DecMessage a='>' b=\"/>\"><A b='/>'/><!----></DecMessage><w a='/>'><DecMessage/></w>",
        expect![[r#"
            in 1 @0 1:1 | <DecMessage a=\'>\' b=\"/>\"><A b=\'/>\'/><!----></DecMessage>
            in 2 @66 1:67 | <DecMessage/>
        "#]],
    );
}

#[test]
fn names_that_begin_alike_are_others() {
    check(
        "<DecMessage><DecMessageId>1</DecMessageId><x:DecMessage>2</x:DecMessage> DecMessage</DecMessage>",
        expect![[r#"
            in 1 @0 1:1 | <DecMessage><DecMessageId>1</DecMessageId><x:DecMessage>2</x:DecMessage> DecMessage</DecMe…
        "#]],
    );
}

#[test]
fn text_between_messages_is_an_outcome_of_its_own() {
    check(
        "<DecMessage/> lost & found \n\n more <!-- c --> again <DecMessage/></DecMessage> </x> <![CDATA[<DecMessage/>]]>\n<Certificate/>~",
        expect![[r#"
            in 1 @0 1:1 | <DecMessage/>
            in 2 @14 1:15 stray | lost & found \n\n more
            in 3 @46 3:18 stray | again
            in 4 @52 3:24 | <DecMessage/>
            in 5 @65 3:37 stray | </DecMessage> </x> <![CDATA[<DecMessage/>]]>
            in 6 @110 4:1 | <Certificate/>
            in 7 @124 4:15 stray | ~
        "#]],
    );
}

#[test]
fn an_empty_input_is_an_outcome() {
    check(
        "",
        expect![[r#"
        in 1 @0 1:1 empty | 
    "#]],
    );
    check(
        " \r\n\t ",
        expect![[r#"
        in 1 @0 1:1 empty | 
    "#]],
    );
    check(
        "\u{feff}",
        expect![[r#"
        in 1 @0 1:1 empty | 
    "#]],
    );
    check(
        "\u{feff} <?xml version='1.0'?>",
        expect![[r#"
        in 1 @4 1:2 declaration { position: 0 } | <?xml version=\'1.0\'?>
    "#]],
    );
    check(
        "<?xml version='1.0'?><!-- nothing -->",
        expect![[r#"
        in 1 @0 1:1 no-root | <?xml version=\'1.0\'?><!-- nothing -->
    "#]],
    );
}

#[test]
fn a_declaration_without_a_message_behind_another_message_is_an_outcome() {
    check(
        "<DecMessage/><?xml version='1.0'?>\n",
        expect![[r#"
        in 1 @0 1:1 | <DecMessage/>
        in 2 @13 1:14 no-root | <?xml version=\'1.0\'?>\n
    "#]],
    );
    check(
        "<DecMessage/>\u{feff}\n<!-- end -->\n",
        expect![[r#"
        in 1 @0 1:1 | <DecMessage/>
    "#]],
    );
}
