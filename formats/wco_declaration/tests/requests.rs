//! Requests: what is read of them, and what each comes to when it is laid over a declaration.

use super::super::WcoDeclaration;
use super::*;
use crate::request::{Ask, Laid, Request, Written};
use crate::xml::kept::Kept;
use crate::{EntryKind, Format, Scratch, parse};
use model::documents::Documents;
use model::finding::Language;
use model::limits::Limits;

/// A declaration and what an amendment makes of it, piece by piece.
const AMENDED: &[(&str, &str)] = &[
    ("<TotalPackageQuantity>98</TotalPackageQuantity>", "<TotalPackageQuantity{}>100</TotalPackageQuantity>"),
    ("<LPCOExemptionCode>EP</LPCOExemptionCode>", "<LPCOExemptionCode{}>EE</LPCOExemptionCode>"),
    ("<NetNetWeightMeasure>470</NetNetWeightMeasure>", "<NetNetWeightMeasure{}>465.5</NetNetWeightMeasure>"),
];

#[track_caller]
fn request(name: &str, look: impl FnOnce(&Request<'_>)) {
    let (kept, mut documents) = (Kept::default(), Documents::default());
    let parsed = parse(specimen(name), None, kept.keeper(), &mut documents, &mut Scratch::default());
    let EntryKind::Request { request, .. } = parsed.entry.kind else { panic!("{name} is a request") };
    look(&request);
}

fn written(text: &str) -> Written<'_> {
    Written { text, namespaces: None }
}

#[track_caller]
fn laid(ask: Ask, request: &str, declaration: &str) -> Laid {
    let laid = WcoDeclaration.lay(ask, written(request), written(declaration), &Limits::default());
    laid.expect("both can be read")
}

/// Rules of what is wrong with a request, with the value or the words that say what.
fn faults(laid: &Laid) -> Vec<String> {
    let told = |finding: &model::finding::Finding| {
        let said = finding.evidence.iter().map(|(_, value)| value.in_language(Language::En).into_owned());
        [finding.rule.0.to_owned()].into_iter().chain(said).collect::<Vec<_>>().join(" ")
    };
    laid.faults.iter().map(told).collect()
}

/// What was changed, from what, to what, and why.
fn told(laid: &Laid) -> Vec<String> {
    let told = |finding: &model::finding::Finding| {
        let said = |name: &str| {
            let found = finding.evidence.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| value.in_language(Language::En).into_owned()).unwrap_or_default()
        };
        format!("{} > {} {}", said("before"), said("after"), said("reason"))
    };
    laid.changes.iter().map(told).collect()
}

fn amended(from: &str, to: &str) -> String {
    let amendment = specimen("amendment_of_several.xml");
    assert_eq!(amendment.matches(from).count(), 1, "{from} once");
    amendment.replace(from, to)
}

const NAMESPACED: &str = " xmlns=\"urn:wco:datamodel:WCO:DEC-DMS:2\"";

#[test]
fn a_request_says_what_it_asks_for_and_of_which_declaration() {
    for (name, ask) in [
        ("amendment.xml", Ask::Amend),
        ("cancellation.xml", Ask::Cancel),
        ("goods_presented.xml", Ask::Present),
    ] {
        request(name, |request| {
            assert_eq!((request.ask, request.about), (ask, "24GB7K2M9PQRS4T5A1"), "{name}");
            let parties: Vec<&str> = request.parties.iter().map(|(party, _)| *party).collect();
            let named: &[&str] = if ask == Ask::Amend { &[] } else { &["GB512340987444"] };
            assert_eq!(parties, named, "{name}");
        });
    }
    assert_eq!(
        read_specimen("cancellation.xml").identity,
        ["declarant GB512340987444", "Request HD24REQ0002"]
    );
    assert_eq!(read_specimen("amendment.xml").identity, ["declarant ", "Request HD24REQ0001"]);
}

#[test]
fn only_what_is_amended_changes_and_everything_else_stays_as_it_was_filed() {
    let laid = laid(Ask::Amend, specimen("amendment_of_several.xml"), COMPLETE);
    assert_eq!(faults(&laid), [""; 0]);
    let mut expected = COMPLETE.to_owned();
    for (from, to) in AMENDED {
        assert_eq!(expected.matches(from).count(), 1, "{from}");
        expected = expected.replace(from, &to.replace("{}", NAMESPACED));
    }
    let packages = "<Packaging{}><SequenceNumeric>2</SequenceNumeric><QuantityQuantity>2</QuantityQuantity>\
                    <TypeCode>CT</TypeCode></Packaging></GovernmentAgencyGoodsItem>\n    <Importer>";
    let end = "</GovernmentAgencyGoodsItem>\n    <Importer>";
    expected = expected.replace(end, &packages.replace("{}", NAMESPACED));
    assert_eq!(laid.text, expected);
    let changed: Vec<String> = laid
        .changes
        .iter()
        .map(|it| crate::place::pointer(&laid.text, &it.place, Some(&WcoDeclaration)))
        .collect();
    let second = "/Declaration/GoodsShipment/GovernmentAgencyGoodsItem[2]";
    assert_eq!(
        changed,
        [
            "/Declaration/TotalPackageQuantity".to_owned(),
            "/Declaration/GoodsShipment/GovernmentAgencyGoodsItem[1]/AdditionalDocument[1]/LPCOExemptionCode"
                .to_owned(),
            format!("{second}/Commodity/GoodsMeasure/NetNetWeightMeasure"),
            format!("{second}/Packaging[2]/SequenceNumeric"),
            format!("{second}/Packaging[2]/QuantityQuantity"),
            format!("{second}/Packaging[2]/TypeCode"),
        ]
    );
    assert_eq!(
        told(&laid),
        [
            "98 > 100 32",
            "EP > EE 25",
            "470 > 465.5 32",
            "(nothing) > 2 32",
            "(nothing) > 2 32",
            "(nothing) > CT 32"
        ]
    );
}

#[test]
fn what_is_amended_is_read_whatever_prefixes_the_declaration_has() {
    let prefixed = specimen("prefixed.xml");
    let request = specimen("amendment.xml");
    let laid = laid(Ask::Amend, request, prefixed);
    assert_eq!((faults(&laid).len(), laid.changes.len()), (0, 1), "{:?}", laid.faults);
    let reading = testing::read(&laid.text);
    assert_eq!(reading.kind, "declaration", "{}", reading.told);
    let values = reading.filled.iter().filter(|it| it.name == "ItemParticulars 1 statistical_value");
    assert_eq!(values.map(|it| it.value.as_str()).collect::<Vec<_>>(), ["12500"]);
}

#[test]
fn what_an_amendment_does_not_say_for_sure_changes_nothing() {
    let not_named = "CDS-007 the value differs from that on file, and no Amendment names it";
    let nothing_there = "CDS-007 the pointers lead to nothing that this request brings";
    let not_on_file = "CDS-007 there is none with this number in the declaration on file";
    let second = "<SequenceNumeric>2</SequenceNumeric>\n      <Commodity>";
    for (request, expected) in [
        (specimen("amendment_twice.xml").to_owned(), &["CDS-12026"][..]),
        (specimen("amendment_unnamed.xml").to_owned(), &[not_named, nothing_there]),
        (amended("<TotalPackageQuantity>100</TotalPackageQuantity>", ""), &[nothing_there]),
        (
            amended("<TotalPackageQuantity>100</TotalPackageQuantity>", "<TotalPackageQuantity/>"),
            &[nothing_there],
        ),
        (amended(second, &second.replace('2', "1")), &["CDS-12026", nothing_there, nothing_there]),
        (amended(second, &second.replace('2', "7")), &[not_on_file, nothing_there, nothing_there]),
        (
            amended(
                "<SequenceNumeric>2</SequenceNumeric>\n        <QuantityQuantity>",
                "<SequenceNumeric>5</SequenceNumeric>\n        <QuantityQuantity>",
            ),
            &[not_on_file, nothing_there],
        ),
    ] {
        let laid = laid(Ask::Amend, &request, COMPLETE);
        assert_eq!(faults(&laid), expected, "{request}");
        assert!(laid.text == COMPLETE && laid.changes.is_empty(), "{request}");
    }
}

#[test]
fn what_is_on_file_already_is_no_amendment() {
    let amendment = specimen("amendment.xml").replace(">12500<", ">12400.75<");
    let laid = laid(Ask::Amend, &amendment, COMPLETE);
    assert_eq!(faults(&laid), ["CDS-007 it says what is on file already: nothing is to be changed"]);
}

#[test]
fn another_currency_is_another_amount() {
    let amendment = specimen("amendment.xml").replace(r#""GBP">12500<"#, r#""EUR">12400.75<"#);
    let laid = laid(Ask::Amend, &amendment, COMPLETE);
    assert!(laid.text.contains(r#"currencyID="EUR">12400.75</StatisticalValueAmount>"#), "{}", laid.text);
    assert_eq!(told(&laid), ["12400.75 GBP > 12400.75 EUR 32"]);
}

#[test]
fn who_filed_and_when_it_was_accepted_is_not_amended() {
    let pointer = "<Pointer><DocumentSectionCode>57B</DocumentSectionCode><TagID>R123</TagID></Pointer>";
    let declarant = amended(
        "<Submitter>",
        &format!(
            "<Declarant><ID>GB512340987999</ID></Declarant><Amendment><Pointer><DocumentSectionCode>42A</DocumentSectionCode></Pointer>{pointer}</Amendment><Submitter>"
        ),
    );
    assert_eq!(faults(&laid(Ask::Amend, &declarant, COMPLETE)), ["CDS-11012"]);
    // Nor is another party put before the one that filed.
    let of_agent = MINIMAL.replace("<Declarant>", "<Agent>").replace("</Declarant>", "</Agent>");
    assert_eq!(testing::read(&of_agent).identity[0], "declarant GB512340987444");
    let only_declarant = declarant.replace("<TotalPackageQuantity>100</TotalPackageQuantity>", "");
    assert!(faults(&laid(Ask::Amend, &only_declarant, &of_agent)).contains(&"CDS-11012".to_owned()));
    let moment = r#"<p1:DateTimeString formatCode="304">20240604083000Z</p1:DateTimeString>"#;
    let acceptance = amended(
        "<Submitter>",
        &format!(
            "<AcceptanceDateTime>{moment}</AcceptanceDateTime><Amendment><Pointer><DocumentSectionCode>42A</DocumentSectionCode><TagID>023</TagID></Pointer></Amendment><Submitter>"
        ),
    );
    assert_eq!(faults(&laid(Ask::Amend, &acceptance, COMPLETE)), ["CDS-11012"]);
}

/// J2: what may be personal stays in the messages.
#[test]
fn persons_are_not_told_of() {
    let contact = amended(
        "<Submitter>",
        "<Exporter><Contact><Name>A. Person</Name></Contact></Exporter><Amendment><Pointer><DocumentSectionCode>42A</DocumentSectionCode></Pointer><Pointer><DocumentSectionCode>57A</DocumentSectionCode></Pointer></Amendment><Submitter>",
    );
    let laid = laid(Ask::Amend, &contact, COMPLETE);
    assert!(laid.text.contains("A. Person"));
    assert_eq!(told(&laid)[1..2], ["(not shown) > (not shown) -"], "{:?}", told(&laid));
}

/// A moment stands in a namespace of its own, and is written with it.
#[test]
fn a_moment_is_amended_in_its_own_namespace() {
    let issued = amended(
        "<Submitter>",
        "<IssueDateTime><p1:DateTimeString formatCode=\"304\">20240603091500Z</p1:DateTimeString></IssueDateTime><Amendment><Pointer><DocumentSectionCode>42A</DocumentSectionCode><TagID>D011</TagID></Pointer></Amendment><Submitter>",
    );
    let laid = laid(Ask::Amend, &issued, COMPLETE);
    assert_eq!(faults(&laid), [""; 0]);
    let reading = testing::read(&laid.text);
    assert!(reading.findings.is_empty(), "{}", reading.told);
    let values = reading.filled.iter().filter(|it| it.name == "DeclarationHead 1 pre_entry_date");
    assert_eq!(values.map(|it| it.value.as_str()).collect::<Vec<_>>(), ["20240603091500Z"]);
}

#[test]
fn goods_that_were_waited_for_are_there() {
    let presented = specimen("goods_presented.xml");
    for (awaited, arrived) in [("EXD", "EXA"), ("EXE", "EXB"), ("EXF", "EXC"), ("COK", "COJ")] {
        let declaration = MINIMAL.replace("<TypeCode>EXA<", &format!("<TypeCode>{awaited}<"));
        let laid = laid(Ask::Present, presented, &declaration);
        let expected = MINIMAL.replace("<TypeCode>EXA<", &format!("<TypeCode{NAMESPACED}>{arrived}<"));
        assert_eq!((laid.text, laid.faults.len(), laid.changes.len()), (expected, 0, 0));
    }
    let laid = laid(Ask::Present, presented, MINIMAL);
    assert_eq!(faults(&laid), ["CDS-12014 24GB7K2M9PQRS4T5A1 EXA"]);
    assert_eq!(laid.text, MINIMAL);
}

#[test]
fn a_declaration_that_cannot_be_read_is_not_changed() {
    let broken = "<Declaration xmlns=\"urn:wco:datamodel:WCO:DEC-DMS:2\"><ID>1</Declaration>";
    let lay = |declaration| {
        let request = written(specimen("amendment.xml"));
        WcoDeclaration.lay(Ask::Amend, request, written(declaration), &Limits::default())
    };
    assert_eq!(lay(broken), None);
    assert!(lay(MINIMAL).is_some());
}
