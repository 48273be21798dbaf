//! Documents as Base64 text in a wrapper.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use expect_test::expect;
use model::limits::Limits;

use super::{check, check_within};

fn encoded(text: &str) -> String {
    STANDARD.encode(text)
}

fn dxp(data: &str) -> String {
    format!(
        "<DxpMsg xmlns=\"http://www.chinaport.gov.cn/dxp\" ver=\"1.0\">\n<TransInfo><CopMsgId>1</CopMsgId></TransInfo>\
         <Data>{data}</Data><AddInfo/></DxpMsg>"
    )
}

#[test]
fn a_message_as_base64_in_its_envelope() {
    check(
        dxp(&encoded("\u{feff}<?xml version='1.0'?>\n<DecMessage>鞋</DecMessage>\n <Certificate/>")),
        expect![[r#"
            in 1 @110 1:1 embedded | <?xml version=\'1.0\'?>\n<DecMessage>鞋</DecMessage>
            in 2 @110 3:2 embedded | <Certificate/>
        "#]],
    );
}

#[test]
fn numbers_go_on_through_envelopes() {
    let inner = encoded("<DecMessage>2</DecMessage>");
    check(
        format!("<DecMessage>1</DecMessage>{}<w>{}</w><DecMessage>4</DecMessage>", dxp(&inner), dxp(&inner)),
        expect![[r#"
            in 1 @0 1:1 | <DecMessage>1</DecMessage>
            in 2 @136 1:1 embedded | <DecMessage>2</DecMessage>
            in 3 @311 1:1 embedded | <DecMessage>2</DecMessage>
            in 4 @377 3:118 | <DecMessage>4</DecMessage>
        "#]],
    );
}

#[test]
fn base64_may_be_folded() {
    let inner = encoded("<DecMessage>a somewhat longer text</DecMessage>");
    let (a, b) = inner.split_at(20);
    check(
        dxp(&format!("\r\n  {a}\r\n\t{b}\n")),
        expect![[r#"
        in 1 @110 1:1 embedded | <DecMessage>a somewhat longer text</DecMessage>
    "#]],
    );
    check(
        dxp(&format!("{a}&#xD;\n{b}&#13;")),
        expect![[r#"
        in 1 @110 1:1 embedded | <DecMessage>a somewhat longer text</DecMessage>
    "#]],
    );
    check(
        dxp(&format!("<![CDATA[{a}]]>{b}")),
        expect![[r#"
        in 1 @110 1:1 embedded | <DecMessage>a somewhat longer text</DecMessage>
    "#]],
    );
    check(
        dxp(&format!("{a}<!-- folded -->{b}")),
        expect![[r#"
        in 1 @110 1:1 embedded | <DecMessage>a somewhat longer text</DecMessage>
    "#]],
    );
}

#[test]
fn bad_base64_is_one_outcome() {
    check(
        dxp("PERlY0=Z!!"),
        expect![[r#"
        in 1 @110 2:52 base64-malformed { fault: Malformed, position: 8 } | 
    "#]],
    );
    check(
        dxp("PERlY01lc3NhZ2UvP"),
        expect![[r#"
        in 1 @110 2:52 base64-malformed { fault: Malformed, position: 17 } | 
    "#]],
    );
    check(
        dxp("PERlY01l<x/>"),
        expect![[r#"
        in 1 @110 2:52 base64-malformed { fault: Malformed, position: 8 } | 
    "#]],
    );
    check(
        dxp("PERlY01l&amp;"),
        expect![[r#"
        in 1 @110 2:52 base64-malformed { fault: Malformed, position: 8 } | 
    "#]],
    );
    check(
        "<DxpMsg><Data>PERlY01l",
        expect![[r#"
        in 1 @14 1:15 base64-malformed { fault: Malformed, position: 8 } | 
    "#]],
    );
}

#[test]
fn an_envelope_without_data_is_a_document_itself() {
    check(
        dxp(""),
        expect![[r#"
        in 1 @0 1:1 | <DxpMsg xmlns=\"http://www.chinaport.gov.cn/dxp\" ver=\"1.0\">\n<TransInfo><CopMsgId>1</Co…
    "#]],
    );
    check(
        dxp("  "),
        expect![[r#"
        in 1 @0 1:1 | <DxpMsg xmlns=\"http://www.chinaport.gov.cn/dxp\" ver=\"1.0\">\n<TransInfo><CopMsgId>1</Co…
    "#]],
    );
    check(
        "<DxpMsg><Data/></DxpMsg>",
        expect![[r#"
        in 1 @0 1:1 | <DxpMsg><Data/></DxpMsg>
    "#]],
    );
}

#[test]
fn data_may_hold_elements_after_all() {
    check(
        dxp(" <DecMessage xmlns=''>1</DecMessage> "),
        expect![[r#"
        in 1 @111 2:53 =http://www.chinaport.gov.cn/dxp | <DecMessage xmlns=\'\'>1</DecMessage>
    "#]],
    );
}

#[test]
fn what_the_value_held_is_judged_like_an_entry() {
    check(
        dxp(&encoded("not XML")),
        expect![[r#"
        in 1 @110 1:1 embedded not-xml | not XML
    "#]],
    );
    check(
        dxp(&encoded("<?xml version='1.0' encoding='GBK'?><DecMessage/>")),
        expect![[r#"
            in 1 @110 1:1 embedded encoding { fault: NotTaken, declared: "GBK" } | <?xml version=\'1.0\' encoding=\'GBK\'?><DecMessage/>
        "#]],
    );
    check(
        dxp(&encoded("PK\u{3}\u{4}")),
        expect![[r#"
        in 1 @110 1:1 embedded container-nested { fault: Nested, position: 0 } | PK\u{3}\u{4}
    "#]],
    );
    check(
        dxp("<![CDATA[]]>"),
        expect![[r#"
        in 1 @110 1:1 embedded empty | 
    "#]],
    );
    check(
        dxp(&encoded("<DecMessage><A>")),
        expect![[r#"
        in 1 @110 1:1 embedded truncated { position: 15 } | <DecMessage><A>
    "#]],
    );
}

#[test]
fn base64_inside_base64_is_refused() {
    check(
        dxp(&encoded(&dxp(&encoded("<DecMessage/>")))),
        expect![[r#"
        in 1 @110 2:52 embedded base64-nested { fault: Nested, position: 0 } | 
    "#]],
    );
}

#[test]
fn data_elsewhere_is_no_base64() {
    check(
        "<w><Data>PERlY01lc3NhZ2UvPg==</Data></w>",
        expect![[r#"
        in 1 @0 1:1 | <w><Data>PERlY01lc3NhZ2UvPg==</Data></w>
    "#]],
    );
    check(
        "<DxpMsg><x><Data>PERlY01lc3NhZ2UvPg==</Data></x></DxpMsg>",
        expect![[r#"
        in 1 @0 1:1 | <DxpMsg><x><Data>PERlY01lc3NhZ2UvPg==</Data></x></DxpMsg>
    "#]],
    );
}

#[test]
fn base64_has_a_limit() {
    let inner = encoded("<DecMessage/>  ");
    let limits = Limits { base64_bytes: inner.len() as u64, ..Limits::default() };
    check_within(
        &limits,
        dxp(&inner),
        expect![[r#"
        in 1 @110 1:1 embedded | <DecMessage/>
    "#]],
    );
    let limits = Limits { base64_bytes: inner.len() as u64 - 1, ..Limits::default() };
    check_within(
        &limits,
        dxp(&inner) + "<DecMessage/>",
        expect![[r#"
        in 1 @110 2:52 base64-too-long { fault: TooLong, position: 19 } | 
        in 2 @156 2:98 | <DecMessage/>
    "#]],
    );
}

#[test]
fn twelve_mebibytes_of_base64_are_read() {
    let limits = Limits::default();
    let inner = format!("<DecMessage>{}</DecMessage>", "x".repeat(9 * 1024 * 1024 - 25));
    let decoded = super::decode(dxp(&encoded(&inner)).as_bytes(), &limits, super::WHOLE);
    assert_eq!(decoded.documents.len(), 1);
    assert_eq!(decoded.documents[0].defect, None);
    assert_eq!(decoded.documents[0].bytes, inner.as_bytes());
}
