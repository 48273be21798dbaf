//! The declaration, proved on the specimens beside it.

use super::UblExportDeclaration;
use crate::answer::{Answer, Told};
use crate::testing::{read, with};
use crate::ubl::testing::{Subject, check_values, values};
use crate::{Echo, Format};
use expect_test::{expect, expect_file};
use model::decision::{Disposition, OutcomeKind};

const COMPLETE: &str = include_str!("specimens/complete.xml");
const PREFIXED: &str = include_str!("specimens/prefixed.xml");
const MINIMAL: &str = include_str!("specimens/minimal.xml");
const ANY_DEPTH: &str = include_str!("specimens/goods_at_any_depth.xml");
const CANCELLATION: &str = include_str!("specimens/cancellation.xml");

static SUBJECT: Subject = Subject {
    format: &UblExportDeclaration,
    complete: COMPLETE,
    minimal: MINIMAL,
    identity: &["/ExportCustomsDeclaration/ID", "/ExportCustomsDeclaration/CustomsDeclaration/ID"],
};

#[test]
fn the_page_is_current() {
    SUBJECT.check_page(include_str!("README.md"), expect_file!["README.md"]);
}

#[test]
fn every_value_arrives_in_its_field() {
    SUBJECT.check_complete(expect_file!["specimens/complete.txt"]);
    SUBJECT.check_leaves();
    check_values(COMPLETE);
}

#[test]
fn how_it_is_written_does_not_matter() {
    SUBJECT.check_spellings(PREFIXED);
}

#[test]
fn the_key_is_no_content_and_all_else_is() {
    SUBJECT.check_content();
}

#[test]
fn nothing_breaks_it() {
    SUBJECT.check_hostile();
}

#[test]
fn who_and_which() {
    let identity = |text: &str| read(text).identity;
    assert_eq!(
        identity(COMPLETE),
        ["declarant 91440300MA5D00001X", "Client EXP-2024-0001", "Entry 531620240168000017"]
    );
    assert_eq!(identity(MINIMAL)[0], "declarant 91441323MA4WXY1296", "without an agent the exporter files");
    assert_eq!(identity(ANY_DEPTH)[0], "declarant EXPORTER-3", "without a code its other identification");
}

#[test]
fn goods_are_found_at_any_depth_and_what_stands_in_stands_in() {
    let reading = read(ANY_DEPTH);
    let read_values = values(
        &reading,
        &[
            "GoodsItem 1 commodity_code",
            "GoodsItem 1 name",
            "GoodsItem 1 origin_country",
            "GoodsItem 2 commodity_code",
            "GoodsItem 2 name",
            "GoodsItem 2 total_price",
            "GoodsItem 2 currency",
            "GoodsItem 3 name",
            "Container 1 number",
            "DeclarationHead 1 transport_mode",
            "DeclarationHead 1 gross_weight_kg",
            "DeclarationHead 1 net_weight_kg",
            "DutyClaim 1 preference",
        ],
    );
    expect![[r#"
        GoodsItem 1 commodity_code = 6404199000
        GoodsItem 1 name = slippers
        GoodsItem 1 origin_country = CN
        GoodsItem 2 commodity_code = 6402999000
        GoodsItem 2 name = sandals
        GoodsItem 2 total_price = 30.00
        GoodsItem 2 currency = USD
        GoodsItem 3 name = 
        Container 1 number = TEMU1234565
        DeclarationHead 1 transport_mode = 4
        DeclarationHead 1 gross_weight_kg = 
        DeclarationHead 1 net_weight_kg = 2300
        DutyClaim 1 preference = 
        MSG-008 warn 20:9 /ExportCustomsDeclaration/CustomsDeclaration/Shipment/Consignment[1]/GrossWeightMeasure what=the weight is not in kilograms (KGM), it is not read element=cbc:GrossWeightMeasure
    "#]].assert_eq(&(read_values + &reading.told));
}

#[test]
fn goods_of_the_declaration_before_are_none_of_this_one() {
    let reading = read(COMPLETE);
    assert_eq!(reading.value("GoodsItem 3 name"), "");
    assert_eq!(reading.value("PreviousDocument 1 number"), "CUS-2024-11");
}

#[test]
fn a_certificate_of_origin_among_the_documents_is_claimed_for_its_line() {
    let reading = read(COMPLETE);
    let claimed =
        ["OriginMapping 1 document_type", "OriginMapping 1 goods_line", "OriginMapping 1 document_number"];
    assert_eq!(claimed.map(|name| reading.value(name)), ["Y", "1", "E24MA4WXY1290021"]);
    assert_eq!(reading.value("OriginMapping 2 document_number"), "", "other documents claim nothing");
}

#[test]
fn what_does_not_declare_is_declined() {
    let reading = read(CANCELLATION);
    assert_eq!((reading.kind, reading.format), ("declined", Some("ubl_export_declaration")));
    expect![[r#"
        MSG-030 warn 16:5 /ExportCustomsDeclaration/CustomsDeclaration/FunctionCode what=its function is neither to declare nor to change function=1
    "#]].assert_eq(&reading.told);
    for function in ["4", "5", "9"] {
        let text = CANCELLATION.replace("Code>1<", &format!("Code>{function}<"));
        assert_eq!(read(&text).kind, "declaration", "{function}");
    }
}

#[test]
fn a_value_that_is_no_number_is_told_with_its_place() {
    let at = COMPLETE.find("14510.50").expect("the invoice total");
    expect![[r#"
        MSG-006 reject 50:9 /ExportCustomsDeclaration/CustomsDeclaration/Shipment/Consignment[1]/TotalInvoiceAmount field=invoice_total value=14,510
    "#]].assert_eq(&read(&with(COMPLETE, at..at + 8, "14,510")).told);
}

#[test]
fn each_finding_is_a_line_of_the_answer() {
    let told = |effect: &str, pointer: &str| Told {
        rule: "DOC-026".to_owned(),
        effect: effect.to_owned(),
        pointer: pointer.to_owned(),
        message: "5 & 6".to_owned(),
    };
    let findings = [told("reject", "/A/B[2]"), told("hold", "/A"), told("warn", "/A/C")];
    let echo = Echo::default();
    let answer =
        Answer { findings: &findings, ..answer(&echo, OutcomeKind::Decided, Some(Disposition::Reject)) };
    let text = as_text(&answer);
    let lines: Vec<&str> = text.split("<cac:LineResponse>").skip(1).collect();
    expect![[r#"

        <cac:LineReference>
        <cbc:LineID>/A/B[2]</cbc:LineID>
        </cac:LineReference>
        <cac:Response>
        <cbc:ReferenceID>DOC-026</cbc:ReferenceID>
        <cbc:ResponseCode listID="UNCL4343">RE</cbc:ResponseCode>
        <cbc:Description>5 &amp; 6</cbc:Description>
        </cac:Response>
        </cac:LineResponse>
    "#]]
    .assert_eq(lines[0]);
    let codes = lines.iter().map(|line| line.split_once("UNCL4343\">").map_or("", |(_, after)| &after[..2]));
    assert_eq!(codes.collect::<Vec<_>>(), ["RE", "UQ", "AB"]);
}

#[test]
fn the_answer_repeats_the_number_and_says_what_became_of_it() {
    let echo = read(COMPLETE).echo;
    let mut answers = String::new();
    for disposition in Disposition::ALL {
        answers += &written(&echo, OutcomeKind::Decided, Some(disposition));
    }
    answers += &written(&Echo::default(), OutcomeKind::Refused, None);
    expect_file!["specimens/answers.txt"].assert_eq(&answers);
}

fn written(echo: &Echo, outcome: OutcomeKind, disposition: Option<Disposition>) -> String {
    as_text(&answer(echo, outcome, disposition)) + "\n\n"
}

fn answer<'a>(echo: &'a Echo, outcome: OutcomeKind, disposition: Option<Disposition>) -> Answer<'a> {
    Answer {
        outcome,
        disposition,
        mode: None,
        documents_wanted: true,
        is_mendable: true,
        is_linked: false,
        echo,
        accepted_at: Some(jiff::civil::date(2024, 9, 18).at(9, 5, 7, 0)),
        note: "总价 < 单价 & 数量 #18",
        version: 1,
        reference: if disposition.is_some() { "00112233445566778899aabbccddeeff" } else { "" },
        findings: &[],
        n_more: 0,
    }
}

fn as_text(answer: &Answer<'_>) -> String {
    let mut bytes = Vec::new();
    UblExportDeclaration.answer(answer, &mut bytes);
    String::from_utf8(bytes).expect("an answer is UTF-8").replace("><", ">\n<")
}
