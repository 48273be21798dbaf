//! Every element of the interface is read into its field.

use super::super::{PARTS, ROWS, SingleWindowCertificate, fields};
use super::*;
use crate::Format;
use crate::place::{line_column, pointer};
use crate::testing::{
    compacted, field_map, leaves, listed, misshapen_values_are_named, prefixed, read, said, with,
    with_field_map,
};
use expect_test::{expect, expect_file};
use model::certificate::{Certificate, CertificateHead};
use model::finding::Place;
use model::text::Record;
use std::collections::BTreeSet;

/// The elements the reference lists (single-window.md 5.1 to 5.3), by the element they stand in.
const REFERENCE: &[(&str, &str)] = &[
    (
        "CertificateHead",
        "CertNo ApplyType CertStatus CertType EntMgrNo CiqRegNo AplRegNo EtpsName ApplName Applicant ApplTel OrgCode
         FetchPlace AplAdd InvDate InvNo AplDate DestCountry DestCountryCode DestCountryName Exporter Consignee
         GoodsSpecClause Mark LoadPort UnloadPort TransMeans TransName TransCountryCode TransCountryName TransPort
         DestPort TransDetails IntendExpDate TradeModeCode FOBValue TotalAmt Note ContractNo LcNo SpecInvTerms
         PriceTerms Curr Remark ProducerSertFlag ExhibitFlag ThirdPartyInvFlag ExporterTel ExporterFax ExporterEmail
         ConsigneeTel ConsigneeFax ConsigneeEmail PredictFlag ExpDeclDate OriCountryCode OriCountry ChkValidDate
         EtpsConcEr EtpsTel Producer PrcsAssembly EntryId",
    ),
    (
        "Goods",
        "GoodsItemFlag GNo HSCode GoodsName GoodsNameE PackQty PackUnit GoodsQty GoodsUnitE GoodsUnit GoodsQtyRef
         GoodsUnitRef SecdGoodsQtyRef SecdGoodsUnitRef GrossWt NetWt WtUnit InvPrice InvValue FOBValue ICompPrpr
         OriCriteria OriCriteriaRef Producer ProducerTel ProducerFax ProducerEmail CiqRegNo PrdcEtpsName
         PrdcEtpsConcEr PrdcEtpsTel ProducerSertFlag GoodsDesc OriCriteriaSub GoodsOriginCountry
         GoodsOriginCountryEn GoodsTaxRate InvNo PackType",
    ),
    ("ModCertificate", "OldCertNo ModReason ModColm OldSituDesc ModSituDesc OldDeclDate OldIssueDate"),
    ("NonpartyCorp", "SortNo EntName EntAddr EntCountryCode EntCountryName"),
    ("OriInv", "CertNo InvNo ContractNo LcNo Value Curr PriceClause SpecInvTerms InvDate"),
    ("AplPromise", "AplPromiseCode"),
];

/// Children of the root in the reference (5).
const REFERENCE_PARTS: &str =
    "CertificateHead CertificateList ModCertificate NonpartyCorpList OriInvs AplPromise";

fn repeated() -> &'static [&'static str] {
    SingleWindowCertificate.repeated()
}

#[test]
fn every_element_of_the_interface_is_read_and_none_is_made_up() {
    for (element, names) in REFERENCE {
        let map = ROWS.iter().find(|map| map.element == *element).expect("each is a row");
        let names: BTreeSet<&str> = names.split_whitespace().collect();
        let read: BTreeSet<&str> = map.fields.iter().map(|(wire, _)| *wire).collect();
        assert_eq!(names, read, "{element}");
        assert!(map.unread.is_empty(), "{element} leaves something: say why in REFERENCE");
    }
    assert_eq!(ROWS.len(), REFERENCE.len());
    let parts: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
    assert_eq!(parts, REFERENCE_PARTS.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn the_field_map_in_the_readme_is_that_of_the_code() {
    let page = include_str!("../README.md");
    expect_file!["../README.md"].assert_eq(&with_field_map(page, &field_map(ROWS, &[])));
}

#[test]
fn a_place_of_application_has_thirty_characters() {
    let leaf = leaves(COMPLETE, repeated()).into_iter().find(|leaf| leaf.name == "AplAdd");
    let value = leaf.expect("it has one").value;
    for n in [29, 30] {
        assert_eq!(read(&with(COMPLETE, value.clone(), &"惠".repeat(n))).told, "");
    }
    let told = read(&with(COMPLETE, value, &"惠".repeat(31))).told;
    assert!(told.starts_with("MSG-036 warn "), "{told}");
    assert!(told.ends_with("/CertificateHead/AplAdd field=application_place length=31 limit=30\n"), "{told}");
}

#[test]
fn every_field_of_the_complete_specimen_arrives_in_its_place() {
    let reading = read(COMPLETE);
    expect_file!["../specimens/complete.txt"].assert_eq(&listed(COMPLETE, &reading));
    for filled in &reading.filled {
        let (_, value) = said(COMPLETE, filled.offset as usize).expect("an element starts there");
        assert_eq!(filled.value, value, "{}", filled.name);
    }
}

#[test]
fn the_complete_specimen_fills_every_field_there_is() {
    let reading = read(COMPLETE);
    for map in ROWS {
        for (wire, field) in map.fields {
            let name = format!("{} 1 {field}", map.record);
            assert!(!reading.value(&name).is_empty(), "{}/{wire} is empty in complete.xml", map.element);
        }
    }
}

#[test]
fn values_of_the_complete_specimen_are_told_apart() {
    let mut seen = BTreeSet::new();
    for leaf in leaves(COMPLETE, repeated()) {
        let value = &COMPLETE[leaf.value];
        let in_row = leaf.path.rsplit_once('/').map(|(row, _)| row.to_owned());
        assert!(
            value.chars().count() < 4 || seen.insert((in_row, value)),
            "{}: {value} stands twice",
            leaf.path
        );
    }
}

#[test]
fn each_element_moves_its_own_field_and_no_other() {
    let before = read(COMPLETE);
    for leaf in leaves(COMPLETE, repeated()) {
        let reading = read(&with(COMPLETE, leaf.value.clone(), "77"));
        let (row, _) = leaf.path.rsplit_once('/').expect("it stands in something");
        let element = row.rsplit('/').next().and_then(|name| name.split('[').next()).unwrap_or("");
        let map = ROWS.iter().find(|map| map.element == element).expect("it is a row");
        let field = map.fields.iter().find(|(wire, _)| *wire == leaf.name).expect("it is a field").1;
        let differing = reading.differing(&before);
        assert_eq!(differing.len(), 1, "{}: {differing:?}", leaf.path);
        assert_eq!(differing[0].split(' ').next_back(), Some(field), "{}", leaf.path);
        assert_eq!(reading.value(&differing[0]), "77");
    }
}

#[test]
fn names_that_stand_in_head_and_goods_mean_two_things() {
    let reading = read_specimen("names_in_head_and_goods.xml");
    for (name, value) in [
        ("CertificateHead 1 exporter_code", "91441323MA4WXY1296"),
        ("CertificateItem 1 producer_code", "91441323MA52000160"),
        ("CertificateHead 1 fob_value", "28000"),
        ("CertificateItem 1 fob_value", "14500"),
        ("CertificateHead 1 invoice_number", "INV-2018-0921"),
        ("CertificateItem 1 invoice_number", "INV-2018-0922"),
        ("CertificateHead 1 producer", "HEAD PRODUCER TEXT"),
        ("CertificateItem 1 producer", "GOODS PRODUCER TEXT"),
        ("CertificateHead 1 producer_confidential", "N"),
        ("CertificateItem 1 producer_confidential", "Y"),
    ] {
        assert_eq!(reading.value(name), value, "{name}");
    }
}

#[test]
fn the_namespace_of_signatures_is_that_of_the_certificate() {
    for name in ["signature_namespace.xml", "no_namespace.xml", "prefixed.xml"] {
        assert_eq!(read_specimen(name).value("CertificateHead 1 form"), "E", "{name}");
    }
    let foreign =
        specimen("signature_namespace.xml").replace("http://www.w3.org/2000/09/xmldsig#", "urn:coo");
    assert_eq!(
        read(&foreign).told,
        "MSG-030 warn 1:1 /Certificate what=the root is not in the namespace http://www.w3.org/2000/09/xmldsig#, \
         so this is not a type this program clears root=Certificate\n"
    );
}

#[test]
fn a_text_of_several_lines_keeps_its_line_breaks() {
    let reading = read_specimen("line_breaks_in_text.xml");
    let exporter = reading.value("CertificateHead 1 exporter");
    assert_eq!(exporter, "HUIDONG CHENBU FOOTWEAR CO., LTD.\nJILONG TOWN, HUIDONG\nCHINA");
    let broken = specimen("line_breaks_in_text.xml").replace("&#10;", "\r\n");
    assert_eq!(read(&broken).value("CertificateHead 1 exporter"), exporter);
}

#[test]
fn codes_and_numbers_keep_their_spelling() {
    assert_eq!(read_specimen("old_codes.xml").value("CertificateHead 1 destination_country_code"), "141");
    assert_eq!(read_specimen("decimals.xml").value("CertificateHead 1 fob_value"), "14500.00000");
    assert_eq!(read_specimen("decimals.xml").value("CertificateHead 1 total_amount"), "14820.00");
}

#[test]
fn a_value_that_is_no_number_or_no_date_is_named_with_its_field_and_place() {
    misshapen_values_are_named(COMPLETE, repeated(), "certificate");
}

#[test]
fn elements_that_are_not_read_are_named_with_the_reason() {
    let text = minimal_with(
        "</CertificateHead>",
        "<Colour>red</Colour><Curr2/><Remark><Line>1</Line></Remark></CertificateHead>\n\
         <ds:Signature xmlns:ds='urn:ds'><ds:SignedInfo>1</ds:SignedInfo></ds:Signature><Signature/>",
    );
    let reading = read(&text);
    expect![[r#"
        MSG-008 warn 27:3 /Certificate/CertificateHead/Colour what=the format has no such element, it is not read element=Colour
        MSG-008 warn 27:23 /Certificate/CertificateHead/Curr2 what=the format has no such element, it is not read element=Curr2
        MSG-008 warn 27:31 /Certificate/CertificateHead/Remark what=the element should hold a value and holds elements, it is not read element=Remark
        MSG-008 warn 28:1 /Certificate/Signature what=the element is in a foreign namespace, it is not read element=ds:Signature
        MSG-008 warn 28:80 /Certificate/Signature what=the format has no such element, it is not read element=Signature
    "#]].assert_eq(&reading.told);
    assert_eq!(reading.kind, "certificate");
}

#[test]
fn drafts_and_attachments_are_declined() {
    let told = |name: &str| read_specimen(name).told;
    expect![[r#"
        MSG-030 warn 5:5 /Certificate/CertificateHead/ApplyType what=a draft application_kind=0
        MSG-030 warn 1:1 /File what=an attachment of a certificate, not the certificate root=File
    "#]]
    .assert_eq(&(told("draft.xml") + &told("attachment_file.xml")));
    assert_eq!(read_specimen("draft.xml").echo.certificate_number, "E18MA4WXY1290031");
    for kind in ["1", "", "2"] {
        let text = minimal_with("<ApplyType>1<", &format!("<ApplyType>{kind}<"));
        assert_eq!(read(&text).kind, "certificate", "{kind} is for the rules");
    }
}

#[test]
fn a_certificate_that_can_be_read_in_two_ways_is_refused() {
    let promise = "<AplPromise><AplPromiseCode>1</AplPromiseCode></AplPromise>";
    let mut told = String::new();
    for text in [
        minimal_with("<CertNo>", "<CertNo>E18MA4WXY1290099</CertNo><CertNo>"),
        minimal_with("</CertificateHead>", "</CertificateHead><CertificateHead/>"),
        minimal_with("</CertificateList>", "</CertificateList><CertificateList/>"),
        minimal_with("</CertificateList>", &format!("</CertificateList>{promise}")),
        minimal_with("</CertificateList>", "</CertificateList>N"),
        minimal_with("12.35", "12<!-- -->.35"),
        minimal_with("</CertificateList>", "</CertificateLists>"),
        minimal_with("12.35", "&price;"),
        "<Certificate><CertificateList><Goods>1</Goods></CertificateList></Certificate>".to_owned(),
        "<!DOCTYPE Certificate><Certificate/>".to_owned(),
    ] {
        let reading = read(&text);
        assert_eq!(reading.kind, "refused");
        told.push_str(&reading.told);
    }
    expect![[r#"
        MSG-005 reject 4:38 /Certificate/CertificateHead/CertNo what=an element that may stand once stands again
        MSG-005 reject 27:21 /Certificate/CertificateHead what=an element that may stand once stands again
        MSG-005 reject 44:21 /Certificate/CertificateList what=an element that may stand once stands again
        MSG-005 reject 45:3 /Certificate/AplPromise what=an element that may stand once stands again
        MSG-013 reject 44:21 /Certificate what=there is text between elements: a < in a value is written &lt;, or an element was not closed
        MSG-009 reject 40:7 /Certificate/CertificateList/Goods[1]/InvPrice what=a comment or processing instruction stands inside a value
        MSG-001 reject 44:3 /Certificate/CertificateList what=an end tag does not match its start tag: the element at this pointer is still open
        MSG-001 reject 40:17 /Certificate/CertificateList/Goods[1]/InvPrice what=an entity reference is undeclared or malformed: write & as &amp; and other characters as they are
        MSG-013 reject 1:31 /Certificate/CertificateList/Goods[1] what=an element that should hold elements holds text
        MSG-002 reject 1:1 /Certificate what=there is a document type declaration
    "#]].assert_eq(&told);
}

#[test]
fn cut_short_anywhere_it_is_never_taken() {
    let end = MINIMAL.rfind("</Certificate>").expect("it ends") + "</Certificate>".len();
    for cut in (0..end).filter(|cut| MINIMAL.is_char_boundary(*cut)) {
        assert_eq!(read(&MINIMAL[..cut]).kind, "refused", "{}", &MINIMAL[..cut]);
    }
}

#[test]
fn findings_point_alike_into_indented_compact_and_prefixed_messages() {
    let bare = COMPLETE.replace(" xsi:schemaLocation=\"http://www.w3.org/2000/09/xmldsig# coo.xsd\"", "");
    for text in
        [COMPLETE.to_owned(), compacted(COMPLETE), prefixed(&bare, "coo"), COMPLETE.replace('\n', "\r\n")]
    {
        let reading = read(&text);
        assert_eq!(reading.filled.len(), read(COMPLETE).filled.len(), "{}", reading.told);
        let leaves = leaves(&text, repeated());
        for filled in &reading.filled {
            let leaf = leaves.iter().find(|leaf| leaf.element.start == filled.offset as usize);
            let leaf = leaf.unwrap_or_else(|| panic!("{} is at no leaf", filled.name));
            let told = pointer(&text, &Place::at(filled.offset), Some(&SingleWindowCertificate));
            assert_eq!(told, leaf.path);
            let before = &text[..filled.offset as usize];
            let line = before.matches('\n').count() as u32 + 1;
            let column = before.rsplit('\n').next().expect("there is one").chars().count() as u32 + 1;
            assert_eq!(line_column(&text, filled.offset, 1, 1), (line, column), "{told}");
        }
    }
}

#[test]
fn what_is_absent_points_at_the_element_it_is_missing_from() {
    let without_promise =
        compacted(MINIMAL).replace("<AplPromise><AplPromiseCode>1</AplPromiseCode></AplPromise>", "");
    for text in [MINIMAL, &without_promise, &prefixed(MINIMAL, "coo")] {
        with_certificate(text, |certificate| {
            let head = certificate.head;
            for (field_idx, field) in CertificateHead::FIELDS.iter().enumerate() {
                if head.text(field_idx).was_written() {
                    continue;
                }
                let place = Place::of(head, head.text(field_idx));
                let told = pointer(text, &place, Some(&SingleWindowCertificate));
                // The promise is a field of the head here and a part of its own on the wire.
                let wire = fields::HEAD.fields.iter().find(|(_, known)| *known == field.name);
                let expected = match wire {
                    Some((wire, _)) => format!("/Certificate/CertificateHead/{wire}"),
                    // Other messages alone carry it.
                    None if field.name == "approval" => "/Certificate/CertificateHead".to_owned(),
                    None => "/Certificate/AplPromise/AplPromiseCode".to_owned(),
                };
                assert_eq!(told, expected);
            }
        });
    }
}

#[test]
fn goods_lines_and_their_absent_fields_are_counted() {
    with_certificate(COMPLETE, |certificate| {
        let second = &certificate.items[1];
        let place = Place::of(second, &second.criterion);
        let told = pointer(COMPLETE, &place, Some(&SingleWindowCertificate));
        assert_eq!(told, "/Certificate/CertificateList/Goods[2]/OriCriteria");
        assert_eq!(certificate.goods().count(), 1, "the second line is flagged as no goods");
        assert_eq!((certificate.non_party_firms.len(), certificate.invoices.len()), (2, 2));
    });
}

fn with_certificate(text: &str, look: impl FnOnce(Certificate<'_>)) {
    let kept = crate::xml::kept::Kept::default();
    let mut documents = model::documents::Documents::default();
    crate::parse(text, None, kept.keeper(), &mut documents, &mut crate::Scratch::default());
    look(documents.certificate(0));
}
