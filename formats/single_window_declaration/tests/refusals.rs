//! What is declined, what is refused, and why.

use super::*;
use crate::testing::read;
use expect_test::expect;
use std::fmt::Write;

fn told(texts: &[(&str, String)]) -> String {
    let mut told = String::new();
    for (what, text) in texts {
        let reading = read(text);
        write!(told, "{what}: {} {}", reading.kind, reading.told).expect("a string takes all");
        assert_eq!(reading.findings.len(), 1, "{what}");
    }
    told
}

#[test]
fn drafts_uploads_and_imports_are_declined() {
    let of_type = |operation: &str| {
        minimal_with("<OperType>C</OperType>", &format!("<OperType>{operation}</OperType>"))
    };
    let texts = [
        ("A", of_type("A")),
        ("B", of_type("B")),
        ("E", of_type("E")),
        ("G", of_type("G")),
        ("draft", specimen("draft.xml").to_owned()),
        ("upload", specimen("upload.xml").to_owned()),
        ("import", specimen("import.xml").to_owned()),
        ("draft of an import", exchanged(specimen("import.xml"), "<OperType>C<", "<OperType>G<")),
    ];
    expect![[r#"
        A: declined MSG-030 warn 63:5 /DecMessage/DecSign/OperType what=an upload that declares nothing operation=A
        B: declined MSG-030 warn 63:5 /DecMessage/DecSign/OperType what=an upload that declares nothing operation=B
        E: declined MSG-030 warn 63:5 /DecMessage/DecSign/OperType what=a handbook upload that declares nothing operation=E
        G: declined MSG-030 warn 63:5 /DecMessage/DecSign/OperType what=a draft operation=G
        draft: declined MSG-030 warn 63:5 /DecMessage/DecSign/OperType what=a draft operation=G
        upload: declined MSG-030 warn 63:5 /DecMessage/DecSign/OperType what=an upload that declares nothing operation=A
        import: declined MSG-030 warn 4:5 /DecMessage/DecHead/IEFlag what=an import declaration direction=I
        draft of an import: declined MSG-030 warn 4:5 /DecMessage/DecHead/IEFlag what=an import declaration direction=I
    "#]].assert_eq(&told(&texts));
    for operation in ["C", "D", "", "c", "X"] {
        assert_eq!(read(&of_type(operation)).kind, "declaration", "{operation} is for the rules");
    }
}

#[test]
fn what_is_declined_echoes_its_numbers_and_has_no_identity() {
    let reading = read_specimen("draft.xml");
    assert_eq!(reading.echo.client_number, "HC20180917000000020");
    assert!(reading.identity.is_empty() && reading.content.is_none());
}

#[test]
fn other_messages_are_declined_by_name() {
    let texts: Vec<(&str, String)> = [
        "<DecImportResponse xmlns='http://www.chinaport.gov.cn/dec'><ResponseCode>0</ResponseCode></DecImportResponse>",
        "<DEC_DATA><DEC_RESULT><CHANNEL>P</CHANNEL></DEC_RESULT></DEC_DATA>",
        "<DEC_RESULT><CHANNEL>P</CHANNEL></DEC_RESULT>",
        "<CommonResponeMessage><SeqNo>1</SeqNo></CommonResponeMessage>",
        "<File><FileContent>QQ==</FileContent></File>",
        "<Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'/>",
        "<DecMessage xmlns='urn:other'><DecHead/></DecMessage>",
    ]
    .map(|text| ("it", text.to_owned()))
    .to_vec();
    expect![[r#"
        it: declined MSG-030 warn 1:1 /DecImportResponse what=an answer, not a declaration root=DecImportResponse
        it: declined MSG-030 warn 1:1 /DEC_DATA what=an answer, not a declaration root=DEC_DATA
        it: declined MSG-030 warn 1:1 /DEC_RESULT what=an answer, not a declaration root=DEC_RESULT
        it: declined MSG-030 warn 1:1 /CommonResponeMessage what=an answer, not a declaration root=CommonResponeMessage
        it: declined MSG-030 warn 1:1 /File what=an attachment of a certificate, not the certificate root=File
        it: declined MSG-030 warn 1:1 /Invoice what=an invoice or a note on one, not a type this program clears root=Invoice
        it: declined MSG-030 warn 1:1 /DecMessage what=the root is not in the namespace http://www.chinaport.gov.cn/dec, so this is not a type this program clears root=DecMessage
    "#]].assert_eq(&told(&texts));
}

#[test]
fn a_message_that_can_be_read_in_two_ways_is_refused() {
    let head_again = "</DecHead><DecHead><IEFlag>I</IEFlag></DecHead>";
    let texts = [
        ("a repeated value", minimal_with("<GrossWet>", "<GrossWet>1</GrossWet><GrossWet>")),
        ("an equal value repeated", minimal_with("<IEFlag>", "<IEFlag>E</IEFlag><IEFlag>")),
        ("an empty value repeated", minimal_with("<IEFlag>", "<IEFlag/><IEFlag>")),
        ("a value repeated with elements", minimal_with("</DecHead>", "<IEFlag><A/></IEFlag></DecHead>")),
        ("a repeated head", minimal_with("</DecHead>", head_again)),
        ("a repeated empty head", minimal_with("</DecHead>", "</DecHead><DecHead/>")),
        (
            "a repeated signature",
            minimal_with("</DecSign>", "</DecSign><DecSign><OperType>G</OperType></DecSign>"),
        ),
        ("repeated lists", minimal_with("</DecLists>", "</DecLists><DecLists/>")),
        (
            "repeated licences of a line",
            minimal_with(
                "</DecList>",
                &("<DecGoodsLimits><DecGoodsLimit><GoodsNo>1</GoodsNo></DecGoodsLimit></DecGoodsLimits>"
                    .repeat(2)
                    + "</DecList>"),
            ),
        ),
        ("a comment inside a value", minimal_with("1250.5", "12<!-- -->50.5")),
        ("text between elements", minimal_with("</DecHead>", "</DecHead>E")),
        ("text for a head", "<DecMessage><DecHead>E</DecHead></DecMessage>".to_owned()),
        ("text for a line", "<DecMessage><DecLists><DecList>1</DecList></DecLists></DecMessage>".to_owned()),
        ("a second root", format!("{MINIMAL}<DecMessage/>")),
        ("a second root after an empty one", "<DecMessage/><DecMessage/>".to_owned()),
    ];
    expect![[r#"
        a repeated value: refused MSG-005 reject 26:27 /DecMessage/DecHead/GrossWet what=an element that may stand once stands again
        an equal value repeated: refused MSG-005 reject 4:23 /DecMessage/DecHead/IEFlag what=an element that may stand once stands again
        an empty value repeated: refused MSG-005 reject 4:14 /DecMessage/DecHead/IEFlag what=an element that may stand once stands again
        a value repeated with elements: refused MSG-005 reject 37:3 /DecMessage/DecHead/IEFlag what=an element that may stand once stands again
        a repeated head: refused MSG-005 reject 37:13 /DecMessage/DecHead what=an element that may stand once stands again
        a repeated empty head: refused MSG-005 reject 37:13 /DecMessage/DecHead what=an element that may stand once stands again
        a repeated signature: refused MSG-005 reject 65:13 /DecMessage/DecSign what=an element that may stand once stands again
        repeated lists: refused MSG-005 reject 58:14 /DecMessage/DecLists what=an element that may stand once stands again
        repeated licences of a line: refused MSG-005 reject 57:89 /DecMessage/DecLists/DecList[1]/DecGoodsLimits what=an element that may stand once stands again
        a comment inside a value: refused MSG-009 reject 26:5 /DecMessage/DecHead/GrossWet what=a comment or processing instruction stands inside a value
        text between elements: refused MSG-013 reject 37:13 /DecMessage what=there is text between elements: a < in a value is written &lt;, or an element was not closed
        text for a head: refused MSG-013 reject 1:13 /DecMessage/DecHead what=an element that should hold elements holds text
        text for a line: refused MSG-013 reject 1:23 /DecMessage/DecLists/DecList[1] what=an element that should hold elements holds text
        a second root: refused MSG-001 reject 67:1 /DecMessage what=an element follows the root
        a second root after an empty one: refused MSG-001 reject 1:14 /DecMessage what=an element follows the root
    "#]].assert_eq(&told(&texts));
}

#[test]
fn a_message_that_is_no_xml_is_refused() {
    let texts = [
        ("mismatched tags", minimal_with("</DecHead>", "</DecHeat>")),
        (
            "a document type",
            minimal_with("<DecMessage ", "<!DOCTYPE DecMessage [<!ENTITY a '1'>]><DecMessage "),
        ),
        ("an undeclared entity", minimal_with("1250.5", "&weight;")),
        ("an unbound prefix", minimal_with("<DecHead>", "<DecHead><a:B/>")),
        ("an illegal character", minimal_with("1250.5", "1250\u{B}5")),
        ("an illegal character by reference", minimal_with("1250.5", "1250&#xB;5")),
        ("too deep", minimal_with("</DecHead>", &("<A>".repeat(70) + &"</A>".repeat(70) + "</DecHead>"))),
        ("cut short", MINIMAL[..MINIMAL.len() / 2].to_owned()),
        ("without its end", exchanged(MINIMAL, "</DecMessage>", "")),
        ("nothing", String::new()),
    ];
    expect![[r#"
        mismatched tags: refused MSG-001 reject 37:3 /DecMessage/DecHead what=an end tag does not match its start tag: the element at this pointer is still open
        a document type: refused MSG-002 reject 2:1 /DecMessage what=there is a document type declaration
        an undeclared entity: refused MSG-001 reject 26:15 /DecMessage/DecHead/GrossWet what=an entity reference is undeclared or malformed: write & as &amp; and other characters as they are
        an unbound prefix: refused MSG-001 reject 3:12 /DecMessage/DecHead/B what=a prefix is not bound to a namespace: declare it with xmlns:prefix, or leave it out
        an illegal character: refused MSG-001 reject 26:19 /DecMessage/DecHead/GrossWet what=there is a character XML does not allow: take control characters out
        an illegal character by reference: refused MSG-001 reject 26:19 /DecMessage/DecHead/GrossWet what=an entity reference is undeclared or malformed: write & as &amp; and other characters as they are
        too deep: refused MSG-010 reject 37:189 /DecMessage/DecHead/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A/A what=elements are nested too deep limit=64
        cut short: refused MSG-014 reject 31:3 /DecMessage/DecHead what=the message ends before an element is closed
        without its end: refused MSG-014 reject 67:1 /DecMessage what=the message ends before an element is closed
        nothing: refused MSG-012 reject 1:1  what=there is no root element
    "#]].assert_eq(&told(&texts));
}

#[test]
fn cut_short_anywhere_it_is_never_decided() {
    let end = MINIMAL.rfind("</DecMessage>").expect("it ends") + "</DecMessage>".len();
    for cut in (0..end).filter(|cut| MINIMAL.is_char_boundary(*cut)) {
        let reading = read(&MINIMAL[..cut]);
        assert_eq!(reading.kind, "refused", "{}", &MINIMAL[..cut]);
    }
}

#[test]
fn lines_are_counted_to_the_limit() {
    let item = "<DecList><GNo>1</GNo></DecList>";
    let of =
        |n_lines: usize| format!("<DecMessage><DecLists>{}</DecLists></DecMessage>", item.repeat(n_lines));
    for n_lines in [9_998, 9_999] {
        assert_eq!(read(&of(n_lines)).kind, "declaration");
    }
    let reading = read(&of(10_000));
    assert!(reading.told.ends_with("what=there are too many goods lines limit=9999\n"), "{}", reading.told);
}

#[test]
fn a_refused_message_echoes_what_was_read_before_the_fault() {
    let reading = read(&exchanged(COMPLETE, "<GName>女式凉鞋</GName>", "<GName>&shoe;</GName>"));
    assert_eq!(reading.kind, "refused");
    assert_eq!(reading.echo.unified_number, "E20180000000000017");
    assert_eq!(reading.echo.client_number, "");
}
