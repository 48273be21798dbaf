//! What a check tells, in each of its forms.

use crate::check::{order_of, try_check};
use crate::documents::*;
use crate::support::{Office, Submission};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use clearance::check::{Form, Order};
use expect_test::{Expect, expect};
use model::finding::Language;
use std::collections::BTreeSet;

/// What is told of one file of these bytes, up to the notes at the end.
fn told(bytes: impl Into<Vec<u8>>, form: Form, language: Language) -> String {
    let mut office = Office::new();
    let order = office.drop_in(&Submission::at(morning()).with("a.xml", bytes));
    let order = Order { language, ..order_of(&order, form, false) };
    try_check(&office, &order, b"").unwrap().0
}

fn check(bytes: impl Into<Vec<u8>>, form: Form, language: Language, expected: Expect) {
    let told = told(bytes, form, language);
    let notes = ["note: ", "说明："].iter().filter_map(|note| told.find(note)).min().unwrap();
    expected.assert_eq(&told[..notes]);
}

/// A declaration on two lines whose total is wrong.
fn wrong_total() -> String {
    let declaration = plain();
    let (head, tail) = declaration.split_at(declaration.find("<DecMessage").unwrap());
    head.to_owned() + &with(tail, "DeclTotal", "1.00").replace('\n', "")
}

#[test]
fn a_paragraph_has_place_line_source_and_remedy() {
    check(
        wrong_total(),
        Form::Human,
        Language::En,
        expect![[r#"
        error[DOC-026]: line total is not unit price times quantity
         --> /office/in-1/a.xml:2:2544 (/DecMessage/DecLists/DecList[1]/DeclTotal)
          |
        2 | …><DeclPrice>4.7000</DeclPrice><DeclTotal>1.00</DeclTotal><TradeCurr>USD</TradeCurr><OriginCountry>PE…
          |                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = document: 1, number 530420180168000002
          = evidence: unit price 4.7 × quantity 1344 = 6316.8, declared total 1
          = source: domain-rules, 6, DOC-026 (basis C: a default of this program; not law)
          = remedy: correct unit price, quantity or total and declare again

    "#]],
    );
    check(
        wrong_total(),
        Form::Human,
        Language::Zh,
        expect![[r#"
        退单[DOC-026]：商品总价与单价乘数量不符
         --> /office/in-1/a.xml:2:2544 (/DecMessage/DecLists/DecList[1]/DeclTotal)
          |
        2 | …><DeclPrice>4.7000</DeclPrice><DeclTotal>1.00</DeclTotal><TradeCurr>USD</TradeCurr><OriginCountry>PE…
          |                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = 单证：第 1 份，编号 530420180168000002
          = 情况：单价 4.7 × 数量 1344 = 6316.8，申报总价 1
          = 出处：domain-rules, 6, DOC-026（依据等级C，本程序默认取值，不是法律条文）
          = 处理：更正单价、成交数量或总价后重新申报

    "#]],
    );
}

/// Lines and columns count from 1, columns in characters.
#[test]
fn the_place_is_where_an_editor_finds_it() {
    let declaration = wrong_total();
    let line = declaration.lines().nth(1).unwrap();
    let column = line[..line.find("<DeclTotal>").unwrap()].chars().count() + 1;
    for form in [Form::Human, Form::Short] {
        let said = told(declaration.clone(), form, Language::En);
        assert!(said.contains(&format!("a.xml:2:{column}")), "{column}: {said}");
    }
}

#[test]
fn a_line_for_editors_begins_with_the_place() {
    check(
        wrong_total(),
        Form::Short,
        Language::En,
        expect![[r#"
        /office/in-1/a.xml:2:2544: error: line total is not unit price times quantity: unit price 4.7 × quantity 1344 = 6316.8, declared total 1 [DOC-026, reject, /DecMessage/DecLists/DecList[1]/DeclTotal]
    "#]],
    );
    // What tools look for is the same in any language.
    check(
        wrong_total(),
        Form::Short,
        Language::Zh,
        expect![[r#"
        /office/in-1/a.xml:2:2544: error: 商品总价与单价乘数量不符: 单价 4.7 × 数量 1344 = 6316.8，申报总价 1 [DOC-026, reject, /DecMessage/DecLists/DecList[1]/DeclTotal]
    "#]],
    );
}

/// Where an element was not closed, a person is told which, and where it begins.
#[test]
fn what_is_still_open_is_named_with_its_place() {
    check(
        "<DecMessage>\n <DecHead>\n  <SeqNo>1</DecHead>\n</DecMessage>",
        Form::Human,
        Language::En,
        expect![[r#"
            error[MSG-001]: message is not well-formed XML
             --> /office/in-1/a.xml:3:11 (/DecMessage/DecHead/SeqNo)
              |
            3 |   <SeqNo>•••</DecHead>
              |             ^
              = evidence: an end tag does not match its start tag: the element at this pointer is still open
              = open: SeqNo, opened at /office/in-1/a.xml:3:3
              = law: W3C XML 1.0 (Fifth Edition), 2.1 (basis A)
              = remedy: mend the place that is named and send the whole message again; a library that writes XML makes no such mistake

        "#]],
    );
    check(
        "<DecMessage>\n <DecHead>\n  <SeqNo>1",
        Form::Human,
        Language::Zh,
        expect![[r#"
        退单[MSG-014]：报文不完整
         --> /office/in-1/a.xml:3:11 (/DecMessage/DecHead/SeqNo)
          |
        3 |   <SeqNo>•••
          |             ^
          = 情况：报文在根元素关闭之前结束
          = 未关闭：SeqNo，始于 /office/in-1/a.xml:3:3
          = 依据：W3C XML 1.0 (Fifth Edition), 2.1, 3; rulings, O5（依据等级A）
          = 处理：写完后再改名投递；重新发送完整报文

    "#]],
    );
}

/// Without its colours it is what is told without colours.
#[test]
fn colours_change_nothing_of_what_is_said() {
    let mut office = Office::new();
    let order = office.drop_in(&Submission::at(morning()).with("a.xml", wrong_total()));
    let order = order_of(&order, Form::Human, false);
    let (plain, _) = try_check(&office, &order, b"").unwrap();
    let (coloured, _) = try_check(&office, &Order { is_coloured: true, ..order }, b"").unwrap();
    let mut pieces = coloured.split('\u{1B}');
    let mut without = pieces.next().unwrap().to_owned();
    let mut n_orders = 0;
    for piece in pieces {
        let (order, rest) = piece.split_once('m').unwrap();
        assert!(
            order.strip_prefix('[').unwrap().bytes().all(|it| it.is_ascii_digit() || it == b';'),
            "{order}"
        );
        without.push_str(rest);
        n_orders += 1;
    }
    assert!(n_orders > 10 && without == plain, "{coloured}");
}

/// The place is in what the Base64 holds, and nobody can jump there: it is said so.
#[test]
fn a_place_within_base64_is_said_to_be_one() {
    let embedded =
        format!("<DxpMsg><Data>{}</Data></DxpMsg>", BASE64.encode("<DecMessage>\n<A>&b;</A></DecMessage>"));
    check(
        embedded,
        Form::Human,
        Language::En,
        expect![[r#"
            error[MSG-001]: message is not well-formed XML
             --> /office/in-1/a.xml:2:4 (/DecMessage/A)
              |
            2 | <A>•••</A></DecMessage>
              |    ^
              = document: 1 (line and column count within what its Base64 holds)
              = evidence: an entity reference is undeclared or malformed: write & as &amp; and other characters as they are
              = law: W3C XML 1.0 (Fifth Edition), 2.1 (basis A)
              = remedy: mend the place that is named and send the whole message again; a library that writes XML makes no such mistake

        "#]],
    );
}

/// What a message says reaches no terminal as an order to it, and no person is shown (ruling J2).
#[test]
fn what_is_shown_of_a_message_is_harmless() {
    let name = "张三丰";
    let declaration = with(&plain(), "InputerName", name).replace("<EntryType>", "<EntryType>\u{1B}[2J");
    let said = told(declaration, Form::Human, Language::En);
    assert!(said.contains("error[MSG-001]") && !said.contains('\u{1B}') && !said.contains(name), "{said}");
}

#[test]
fn rules_that_were_not_judged_are_named_once() {
    let said = told(
        input(&[plain(), with(&mended(&plain(), 1), "SeqNo", "000000001234567899")]),
        Form::Human,
        Language::En,
    );
    assert_eq!(said.matches("DOC-047 (").count(), 1, "{said}");
    assert!(said.contains("they were not judged and have not passed"), "{said}");
    assert!(
        said.contains("note: checked without registers (--registers): every firm counts as unknown"),
        "{said}"
    );
}

/// An element of a report: its name, its attributes, and whether it opens, closes or stands for text.
#[derive(Debug, PartialEq)]
enum Piece<'t> {
    Open(&'t str, Vec<(&'t str, &'t str)>),
    Close(&'t str),
    Text(&'t str),
}

fn pieces(xml: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let body = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").unwrap();
    for piece in body.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap();
        match tag.strip_prefix('/') {
            Some(name) => pieces.push(Piece::Close(name)),
            None => {
                let (name, rest) = tag.split_once(' ').unwrap_or((tag, ""));
                let attributes = rest.split_terminator('"').collect::<Vec<_>>();
                let attributes = attributes.chunks(2).map(|it| (it[0].trim().trim_end_matches('='), it[1]));
                pieces.push(Piece::Open(name, attributes.collect()));
            }
        }
        if !text.trim().is_empty() {
            pieces.push(Piece::Text(text));
        }
    }
    pieces
}

/// Children in the order the schema of SVRL has them, as a machine of states: parent, child before (or none), child.
const ORDER: &[(&str, &[&str], &str)] = &[
    ("schematron-output", &["", "text"], "text"),
    (
        "schematron-output",
        &["", "text", "fired-rule", "failed-assert", "successful-report"],
        "active-pattern",
    ),
    (
        "schematron-output",
        &["active-pattern", "failed-assert", "successful-report", "fired-rule"],
        "fired-rule",
    ),
    ("schematron-output", &["fired-rule", "failed-assert", "successful-report"], "failed-assert"),
    ("schematron-output", &["fired-rule", "failed-assert", "successful-report"], "successful-report"),
    ("failed-assert", &["", "diagnostic-reference"], "diagnostic-reference"),
    ("failed-assert", &["", "diagnostic-reference"], "text"),
    ("successful-report", &["", "diagnostic-reference"], "diagnostic-reference"),
    ("successful-report", &["", "diagnostic-reference"], "text"),
    ("diagnostic-reference", &[""], "text"),
];

/// Elements, the attributes each needs, and those it may have.
const ATTRIBUTES: &[(&str, &[&str], &[&str])] = &[
    ("schematron-output", &[], &["xmlns:svrl", "title", "phase", "schemaVersion"]),
    ("active-pattern", &[], &["id", "name", "role"]),
    ("fired-rule", &["context"], &["id", "role", "flag"]),
    ("failed-assert", &["location", "test"], &["id", "role", "flag"]),
    ("successful-report", &["location", "test"], &["id", "role", "flag"]),
    ("diagnostic-reference", &["diagnostic"], &[]),
    ("text", &[], &[]),
];

/// Holds a report against the schema of SVRL (ISO/IEC 19757-3, annex D).
fn assert_is_svrl(xml: &str) {
    let mut open: Vec<(&str, &str)> = Vec::new();
    let mut ids = BTreeSet::new();
    for piece in pieces(xml) {
        match piece {
            Piece::Open(name, attributes) => {
                let name = name.strip_prefix("svrl:").unwrap();
                match open.last_mut() {
                    None => assert_eq!(name, "schematron-output"),
                    Some((parent, before)) => {
                        let is_allowed = ORDER.iter().any(|(known, befores, child)| {
                            (known, child) == (parent, &name) && befores.contains(before)
                        });
                        assert!(is_allowed, "{name} behind {before:?} in {parent}");
                        *before = name;
                    }
                }
                let (_, needed, allowed) = ATTRIBUTES.iter().find(|(known, ..)| *known == name).unwrap();
                for (attribute, value) in &attributes {
                    assert!(
                        needed.contains(attribute) || allowed.contains(attribute),
                        "{attribute} of {name}"
                    );
                    let is_token = |it: char| it.is_ascii_alphanumeric() || "._-".contains(it);
                    if ["id", "role", "flag", "diagnostic"].contains(attribute) {
                        assert!(
                            !value.is_empty() && value.chars().all(is_token),
                            "{attribute} of {name}: {value}"
                        );
                    }
                    if *attribute == "id" {
                        assert!(
                            value.starts_with(char::is_alphabetic) && ids.insert(*value),
                            "{value} twice"
                        );
                    }
                }
                let has = |needed: &&str| attributes.iter().any(|(known, _)| known == needed);
                assert!(needed.iter().all(has), "{name} lacks one of {needed:?}");
                open.push((name, ""));
            }
            Piece::Close(name) => {
                let (opened, last) = open.pop().unwrap();
                assert_eq!(name.strip_prefix("svrl:"), Some(opened));
                match opened {
                    "failed-assert" | "successful-report" | "diagnostic-reference" => {
                        assert_eq!(last, "text")
                    }
                    "schematron-output" => assert!(!["", "text", "active-pattern"].contains(&last)),
                    _ => {}
                }
            }
            Piece::Text(_) => assert_eq!(open.last().unwrap().0, "text"),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn a_report_for_schematron_tools_keeps_its_schema() {
    let twice = with(&wrong_total(), "TradeCoScc", "91441323MAWA0294X7");
    let documents = [
        wrong_total(),
        wrong_total(),
        with(&with(&twice, "SeqNo", "000000001234567891"), "ClientSeqNo", "HD2018000000000002"),
        "<DecMessage it's='<'>".to_owned(),
        "<Receipt/>".to_owned(),
    ];
    for language in [Language::Zh, Language::En] {
        let report = told(input(&documents), Form::Svrl, language);
        assert_is_svrl(&report);
        let pieces = pieces(&report);
        let n_of = |wanted: &str| {
            pieces.iter().filter(|it| matches!(it, Piece::Open(name, _) if *name == wanted)).count()
        };
        assert!(n_of("svrl:active-pattern") >= documents.len(), "each document is named, a clean one, too");
        let attributes = |wanted: &str| {
            let tests = pieces.iter().filter_map(move |it| match it {
                Piece::Open(name, attributes) if *name == wanted => Some(attributes.clone()),
                _ => None,
            });
            tests.collect::<Vec<_>>()
        };
        let failed = attributes("svrl:failed-assert");
        let total = failed.iter().find(|it| it.contains(&("test", "DOC-026"))).unwrap();
        assert!(total.contains(&("id", "DOC-026.1")) && total.contains(&("role", "error")), "{total:?}");
        let location = "/*[local-name()='DecMessage']/*[local-name()='DecLists']/*[local-name()='DecList'][1]/*[local-name()='DeclTotal']";
        assert!(total.contains(&("location", location)), "{total:?}");
        let declined = failed.iter().find(|it| it.contains(&("test", "MSG-030"))).unwrap();
        assert!(declined.contains(&("flag", "warning")), "{declined:?}");
        let reports = attributes("svrl:successful-report");
        assert!(reports.iter().any(|it| it.contains(&("test", "repeated"))), "{reports:?}");
        assert!(reports.iter().any(|it| it.contains(&("test", "DOC-047"))), "{reports:?}");
    }
    assert_is_svrl(&told("<Receipt/>", Form::Svrl, Language::En));
}

/// Where an element is missing, the path leads to what it is missing from.
#[test]
fn the_place_of_what_is_missing_is_its_parent() {
    let without = plain().replace("<ContrNo>", "<!--").replace("</ContrNo>", "-->");
    let report = told(without, Form::Svrl, Language::En);
    let missing = pieces(&report).into_iter().find_map(|it| match it {
        Piece::Open("svrl:failed-assert", attributes) => {
            let location = attributes.iter().find(|(name, _)| *name == "location").unwrap().1;
            attributes.contains(&("test", "DOC-001")).then(|| location.to_owned())
        }
        _ => None,
    });
    assert_eq!(missing.as_deref(), Some("/*[local-name()='DecMessage']/*[local-name()='DecHead']"));
    assert!(report.contains("<svrl:text>/DecMessage/DecHead/ContrNo</svrl:text>"), "the pointer names it");
}
