//! Every element of the interface is read into its field, in both dialects.

use super::super::{PARTS, ROWS, SingleWindowInspection};
use super::*;
use crate::Format;
use crate::place::pointer;
use crate::testing::{
    compacted, field_map, leaves, listed, misshapen_values_are_named, prefixed, read, said, with,
    with_field_map,
};
use expect_test::{expect, expect_file};
use model::finding::Place;
use std::collections::BTreeSet;

/// The elements the reference lists (single-window.md 6.1, 6.3, 6.4 and 7), by the element they stand in.
const REFERENCE: &[(&str, &str)] = &[
    (
        "MessageHead",
        "MESSAGE_ID MESSAGE_TYPE MESSAGE_TIME MESSAGE_SOURCE MESSAGE_DEST MESSAGE_CATEGORY MESSAGE_VERSION
         TECH_REG_CODE RECEIVED_MODE MESSAGE_SIGN_DATA",
    ),
    ("EEntDeclIo", "operType CopNo DeclRegScc consignorScc vsaOrgCode OrigBoxFlag"),
    (
        "ITF_DCL_IO_DECL",
        "EntDeclNo EntUuid DeclId DeclCode AplKind DeclDate DeclRegNo DeclRegName DeclPersnCertNo
         DeclPersonName Contactperson ContTel OrgCode InspOrgCode PurpOrgCode VsaOrgCode
         ConsignorCode ConsignorCname ConsignorEname ConsignorAddr ConsigneeCode ConsigneeCname
         ConsigneeEname ConsigneeAddr TradeModeCode ContractNo MarkNo CiqTradeCountryCode
         CiqDespCtryCode CiqTrafMode TrafName CusVoyageNo DespPortCode PortStopCode CiqEntyPortCode
         ArrivPortCode GoodsPlace CiqDestCode BillNo SplitBillLadNo DeliveryOrder GdsArvlDate
         DespDate CmplDschrgDt CounterClaim SpecDeclFlag SpecPassFlag SpeclInspQuraRe
         CorrelationDeclNo CorrelationReasonFlag AppCertCode AppCertName ApplOri ApplCopyQuan
         AttaCollectName CustmRegNo CustomMaster TotalValUs TotalValCn ContCancelFlag SituationCode
         SituationLevel OrigBoxFlag SoftType techRegCode IsCopPromise TradeCountryCode DespCtryCode
         TransModeCode ConvynceName TransMeanNo EntyPortCode DestCode BillLadNo DeclCustm spare1
         spare2 spare3 spare4",
    ),
    (
        "ITF_DCL_IO_DECL_GOODS",
        "GoodsId GoodsNo ProdHsCode HsCodeDesc CiqCode CiqName InspType DeclGoodsCname DeclGoodsEname
         GoodsSpec GoodsModel GoodsBrand CiqOriginCountry OrigPlaceCode CiqQty CiqQtyMeasUnit
         CiqWeight CiqWtMeasUnit Qty1 Unit1 StdWeight StdWeightUnitCode StdUnitTypeCode PricePerUnit
         GoodsTotalVal CiqCurr Purpose GoodsAttr MnufctrRegNo MnufctrRegName ProduceDate ProdBatchNo
         ProdValidDt ProdQgp Stuff UnCode DangName PackType PackSpec NoDangerFlag EngManEntCnm
         SupvDmd OriCtryCode Qty QtyMeasUnit Weight WtMeasUnit StdQty StdQtyUnitCode Currency
         NoDangFlag By1 By2",
    ),
    (
        "ITF_DCL_IO_DECL_GOODS_PACK",
        "PackId PackTypeCode PackCatgName PackTypeShort PackQty IsMainPack PackLenth PackHigh PackWide
         MatType ProcFactory",
    ),
    (
        "ITF_DCL_IO_DECL_GOODS_CONT",
        "GoodsContId ContCode ProdHsCode Qty QtyMeasUnit Weight WtUnitCode StdMeasUnit StdMeasUnitQyt
         TransMeansType",
    ),
    (
        "ITF_DCL_IO_DECL_GOODS_LIMIT",
        "LimitId LicTypeCode LicenceNo LicName LicWrtofDetailNo LicWrtofQty LicDetailLeft LicWrtofLeft",
    ),
    ("ITF_DCL_IO_DECL_CONT", "ContId CntnrModeCode ContainerQty LclFlag ContNo SeqNo"),
    ("ITF_DCL_IO_DECL_CONT_DETAIL", "ContId CntnrModeCode ContainerQty LclFlag ContNo SeqNo"),
    (
        "ITF_DCL_IO_DECL_ATT",
        "AttId EntDeclNo AttDocTypeCode AttDocNo AttDocName AttDocWrtofDetailNo AttDocWrtofQty
         AttDocDetailLeft AttDocWrtofLeft",
    ),
    ("ITF_DCL_IO_DECL_LIMIT", "DeclLimitId EntQualifTypeCode EntQualifNo EntQualifName EntOrgCode EntName"),
];

/// Children of the root in the reference (6.2).
const REFERENCE_PARTS: &str =
    "ITF_DCL_IO_DECL ITF_DCL_IO_DECL_ATT ITF_DCL_IO_DECL_GOODS ITF_DCL_IO_DECL_LIMIT
     ITF_DCL_IO_DECL_CONT ITF_DCL_IO_DECL_USER ITF_DCL_MARK_LOB ITF_DCL_IO_DECL_CERT_TYPE";

fn repeated() -> &'static [&'static str] {
    SingleWindowInspection.repeated()
}

fn unread_parts() -> Vec<(&'static str, &'static str)> {
    PARTS.iter().filter_map(|part| Some((part.name, part.unread?))).collect()
}

#[test]
fn every_element_of_the_interface_is_read_and_none_is_made_up() {
    for (element, names) in REFERENCE {
        let map = ROWS.iter().find(|map| map.element == *element).expect("each is a row");
        let names: BTreeSet<&str> = names.split_whitespace().collect();
        let read = map.fields.iter().chain(map.also).chain(map.unread).map(|(wire, _)| *wire);
        assert_eq!(names, read.collect(), "{element}");
    }
    assert_eq!(ROWS.len(), REFERENCE.len());
    let parts: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
    assert_eq!(parts, REFERENCE_PARTS.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn the_field_map_in_the_readme_is_that_of_the_code() {
    let page = include_str!("../README.md");
    expect_file!["../README.md"].assert_eq(&with_field_map(page, &field_map(ROWS, &unread_parts())));
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
    // The envelope belongs to the older wrapper, which has a specimen of its own.
    for map in ROWS.iter().filter(|map| map.element != "MessageHead") {
        for (wire, field) in map.fields {
            let name = format!("{} 1 {field}", map.record);
            assert!(!reading.value(&name).is_empty(), "{}/{wire} is empty in complete.xml", map.element);
        }
    }
}

#[test]
fn the_transport_dialect_says_the_same_under_its_own_names() {
    let (ours, theirs) = (read(COMPLETE), read(specimen("transport.xml")));
    assert_eq!(theirs.told, "");
    let differing = theirs.differing(&ours);
    assert!(differing.iter().all(|name| name.starts_with("InspectionFiling ")), "{differing:?}");
    for map in ROWS {
        for (also, field) in map.also {
            assert!(specimen("transport.xml").contains(&format!("<{also}>")), "{also} stands for {field}");
        }
    }
}

#[test]
fn each_element_moves_its_own_field_and_no_other() {
    for text in [COMPLETE, specimen("transport.xml")] {
        let before = read(text);
        for leaf in leaves(text, repeated()) {
            let reading = read(&with(text, leaf.value.clone(), "77"));
            let (row, _) = leaf.path.rsplit_once('/').expect("it stands in something");
            let element = row.rsplit('/').next().and_then(|name| name.split('[').next()).unwrap_or("");
            let map = ROWS.iter().find(|map| map.element == element).expect("it is a row");
            let mut fields = map.fields.iter().chain(map.also);
            let field = fields.find(|(wire, _)| *wire == leaf.name).expect("it is a field").1;
            let differing = reading.differing(&before);
            assert_eq!(differing.len(), 1, "{}: {differing:?}", leaf.path);
            assert_eq!(differing[0].split(' ').next_back(), Some(field), "{}", leaf.path);
            assert_eq!(reading.value(&differing[0]), "77");
        }
    }
}

#[test]
fn a_field_under_both_names_counts_once_and_only_where_they_agree() {
    let reading = read_specimen("both_names.xml");
    for (name, value) in [
        ("InspectionHead 1 transport_mode", "2"),
        ("InspectionHead 1 bill_of_lading", "PHSZ000001007"),
        ("InspectionGoods 1 quantity", "1200"),
    ] {
        assert_eq!(reading.value(name), value, "{name}");
    }
    let two = specimen("both_names.xml").replace("<TransModeCode>2", "<TransModeCode>5");
    let again = specimen("both_names.xml").replace("<TransModeCode>2<", "<TransModeCode/><TransModeCode>2<");
    expect![[r#"
        MSG-005 reject 19:5 /EEntDeclIo/ITF_DCL_IO_DECL/TransModeCode what=one field stands under two names with different values
        MSG-005 reject 19:21 /EEntDeclIo/ITF_DCL_IO_DECL/TransModeCode what=an element that may stand once stands again
    "#]]
    .assert_eq(&(read(&two).told + &read(&again).told));
}

#[test]
fn elements_under_the_second_name_of_a_field_are_no_value_of_it() {
    let inside = "<TransModeCode><Qty>2</Qty></TransModeCode>";
    let reading = read(&specimen("both_names.xml").replace("<TransModeCode>2</TransModeCode>", inside));
    assert_eq!(reading.value("InspectionHead 1 transport_mode"), "2");
    expect![[r#"
        MSG-008 warn 19:5 /EEntDeclIo/ITF_DCL_IO_DECL/TransModeCode what=the element should hold a value and holds elements, it is not read element=TransModeCode
    "#]]
    .assert_eq(&reading.told);
}

#[test]
fn accounts_and_passwords_of_the_channel_are_not_read_and_not_told() {
    let reading = read_specimen("channel_secrets.xml");
    assert_eq!((reading.kind, reading.told.as_str()), ("inspection", ""));
    assert!(reading.filled.iter().all(|filled| !filled.value.starts_with("test-")), "{:?}", reading.filled);
}

#[test]
fn codes_and_times_of_the_older_systems_keep_their_spelling() {
    let reading = read_specimen("older_codes.xml");
    for (name, value) in [
        ("InspectionHead 1 declared_on", "20120426T10:15:00"),
        ("InspectionHead 1 trading_country", "704"),
        ("InspectionHead 1 special_requirement", "ECIQ无纸化报检"),
        ("InspectionGoods 1 commodity_code", "6403990090999"),
        ("InspectionGoods 1 currency", "840"),
    ] {
        assert_eq!(reading.value(name), value, "{name}");
    }
    assert_eq!(reading.told, "");
}

#[test]
fn the_older_wrapper_holds_one_application_with_its_goods_inside_the_head() {
    let reading = read_specimen("regional_wrapper.xml");
    assert_eq!(reading.told, "");
    assert_eq!(reading.identity, ["declarant 4413600021", "Inspection HD-BJ-2012-0012"]);
    for (name, value) in [
        ("InspectionFiling 1 message_kind", "EEntDeclIo"),
        ("InspectionHead 1 transport_mode", "1"),
        ("InspectionGoods 1 quantity", "1200"),
        ("InspectionPacking 1 kind", "4C12"),
        ("InspectionContainer 1 number", "CSQU3054383"),
    ] {
        assert_eq!(reading.value(name), value, "{name}");
    }
    let text = specimen("regional_wrapper.xml");
    let sent_again = text
        .replace("HD-20120426-0001", "HD-20120426-0002")
        .replace("10:15:00</MESSAGE", "11:00:00</MESSAGE");
    assert_eq!(read(&sent_again).content, reading.content, "the envelope is no content");
    let answer = text.replace(">EEntDeclIo<", ">DCL_RESPONSE<");
    let two = text.replace(
        "</MessageBody>",
        "<ITF_DCL_IO_DECL><EntDeclNo>B</EntDeclNo></ITF_DCL_IO_DECL></MessageBody>",
    );
    let inside = text.replace(
        "<ITF_DCL_IO_DECL_CONT>",
        "<ITF_DCL_IO_DECL><EntDeclNo>B</EntDeclNo></ITF_DCL_IO_DECL><ITF_DCL_IO_DECL_CONT>",
    );
    expect![[r#"
        MSG-030 warn 5:5 /OBORMessage/MessageHead/MESSAGE_TYPE what=not an inspection application kind=DCL_RESPONSE
        MSG-005 reject 45:3 /OBORMessage/MessageBody/ITF_DCL_IO_DECL what=an element that may stand once stands again
        MSG-008 warn 40:7 /OBORMessage/MessageBody/ITF_DCL_IO_DECL/ITF_DCL_IO_DECL what=the format has no such element, it is not read element=ITF_DCL_IO_DECL
    "#]]
    .assert_eq(&(read(&answer).told + &read(&two).told + &read(&inside).told));
}

#[test]
fn a_value_that_is_no_number_or_no_date_is_named_with_its_field_and_place() {
    misshapen_values_are_named(COMPLETE, repeated(), "inspection");
}

#[test]
fn elements_that_are_not_read_are_named_with_the_reason() {
    let text = minimal_with(
        "  </ITF_DCL_IO_DECL>",
        "<Colour>red</Colour><ContractNo2/><MarkNo><Line>1</Line></MarkNo></ITF_DCL_IO_DECL>\n\
         <ds:Signature xmlns:ds='urn:ds'><ds:SignedInfo>1</ds:SignedInfo></ds:Signature><Signature/>",
    );
    let reading = read(&text);
    expect![[r#"
        MSG-008 warn 19:1 /EEntDeclIo/ITF_DCL_IO_DECL/Colour what=the format has no such element, it is not read element=Colour
        MSG-008 warn 19:21 /EEntDeclIo/ITF_DCL_IO_DECL/ContractNo2 what=the format has no such element, it is not read element=ContractNo2
        MSG-008 warn 19:35 /EEntDeclIo/ITF_DCL_IO_DECL/MarkNo what=the element should hold a value and holds elements, it is not read element=MarkNo
        MSG-008 warn 20:1 /EEntDeclIo/Signature what=the element is in a foreign namespace, it is not read element=ds:Signature
        MSG-008 warn 20:80 /EEntDeclIo/Signature what=the format has no such element, it is not read element=Signature
    "#]]
    .assert_eq(&reading.told);
    assert_eq!(reading.kind, "inspection");
}

#[test]
fn drafts_and_applications_for_entry_are_declined() {
    let told = |name: &str| read_specimen(name).told;
    expect![[r#"
        MSG-030 warn 3:3 /EEntDeclIo/operType what=a draft operation=G
        MSG-030 warn 9:5 /EEntDeclIo/ITF_DCL_IO_DECL/AplKind what=an inspection application for entry direction=I
    "#]]
    .assert_eq(&(told("draft.xml") + &told("entry.xml")));
    assert_eq!(read_specimen("draft.xml").echo.client_number, "HD-BJ-2012-0010");
}

#[test]
fn an_application_without_number_or_filing_party_is_told_so() {
    let text = minimal_with("<EntDeclNo>HD-BJ-2012-0002</EntDeclNo>", "")
        .replace("<DeclRegScc>91441323MA4WXY1296</DeclRegScc>", "")
        .replace("<DeclRegNo>4413600021</DeclRegNo>", "");
    let nothing = "<EEntDeclIo/>";
    expect![[r#"
        MSG-033 reject 6:3 /EEntDeclIo/ITF_DCL_IO_DECL/EntDeclNo field=number
        MSG-033 reject 6:3 /EEntDeclIo/ITF_DCL_IO_DECL/DeclRegNo field=declarant_number
        MSG-033 reject 1:1 /EEntDeclIo/ITF_DCL_IO_DECL/EntDeclNo field=number
        MSG-033 reject 1:1 /EEntDeclIo/ITF_DCL_IO_DECL/DeclRegNo field=declarant_number
    "#]]
    .assert_eq(&(read(&text).told + &read(nothing).told));
}

#[test]
fn an_application_that_can_be_read_in_two_ways_is_refused() {
    let mut told = String::new();
    for text in [
        minimal_with("<EntDeclNo>", "<EntDeclNo>HD-BJ-2012-0099</EntDeclNo><EntDeclNo>"),
        minimal_with("</ITF_DCL_IO_DECL>", "</ITF_DCL_IO_DECL><ITF_DCL_IO_DECL/>"),
        minimal_with("<operType>", "<operType>G</operType><operType>"),
        minimal_with("</ITF_DCL_IO_DECL>", "</ITF_DCL_IO_DECL>N"),
        minimal_with(">960<", ">9<!-- -->60<"),
        minimal_with(">960<", ">&weight;<"),
        minimal_with("</ITF_DCL_IO_DECL>", "</ITF_DCL_IO_DECLS>"),
        "<EEntDeclIo><ITF_DCL_IO_DECL_GOODS>1</ITF_DCL_IO_DECL_GOODS></EEntDeclIo>".to_owned(),
        "<!DOCTYPE EEntDeclIo><EEntDeclIo/>".to_owned(),
    ] {
        let reading = read(&text);
        assert_eq!(reading.kind, "refused");
        told.push_str(&reading.told);
    }
    expect![[r#"
        MSG-005 reject 7:43 /EEntDeclIo/ITF_DCL_IO_DECL/EntDeclNo what=an element that may stand once stands again
        MSG-005 reject 19:21 /EEntDeclIo/ITF_DCL_IO_DECL what=an element that may stand once stands again
        MSG-005 reject 3:25 /EEntDeclIo/operType what=an element that may stand once stands again
        MSG-013 reject 19:21 /EEntDeclIo what=there is text between elements: a < in a value is written &lt;, or an element was not closed
        MSG-009 reject 26:5 /EEntDeclIo/ITF_DCL_IO_DECL_GOODS[1]/CiqWeight what=a comment or processing instruction stands inside a value
        MSG-001 reject 26:16 /EEntDeclIo/ITF_DCL_IO_DECL_GOODS[1]/CiqWeight what=an entity reference is undeclared or malformed: write & as &amp; and other characters as they are
        MSG-001 reject 19:3 /EEntDeclIo/ITF_DCL_IO_DECL what=an end tag does not match its start tag: the element at this pointer is still open
        MSG-013 reject 1:13 /EEntDeclIo/ITF_DCL_IO_DECL_GOODS[1] what=an element that should hold elements holds text
        MSG-002 reject 1:1 /EEntDeclIo what=there is a document type declaration
    "#]]
    .assert_eq(&told);
}

#[test]
fn goods_lines_are_bounded() {
    let line = "<ITF_DCL_IO_DECL_GOODS><GoodsNo>1</GoodsNo></ITF_DCL_IO_DECL_GOODS>";
    for (n_lines, kind) in [(9_998, "inspection"), (9_999, "inspection"), (10_000, "refused")] {
        let text = minimal_with("</EEntDeclIo>", &(line.repeat(n_lines - 1) + "</EEntDeclIo>"));
        assert_eq!(read(&text).kind, kind, "{n_lines}");
    }
}

#[test]
fn cut_short_anywhere_it_is_never_taken() {
    let end = MINIMAL.rfind("</EEntDeclIo>").expect("it ends") + "</EEntDeclIo>".len();
    for cut in (0..end).filter(|cut| MINIMAL.is_char_boundary(*cut)) {
        assert_eq!(read(&MINIMAL[..cut]).kind, "refused", "{}", &MINIMAL[..cut]);
    }
}

#[test]
fn findings_point_alike_into_indented_compact_and_prefixed_messages() {
    let bare = bare(COMPLETE);
    for text in
        [COMPLETE.to_owned(), compacted(COMPLETE), prefixed(&bare, "ciq"), COMPLETE.replace('\n', "\r\n")]
    {
        let reading = read(&text);
        assert_eq!(reading.filled.len(), read(COMPLETE).filled.len(), "{}", reading.told);
        let leaves = leaves(&text, repeated());
        for filled in &reading.filled {
            let leaf = leaves.iter().find(|leaf| leaf.element.start == filled.offset as usize);
            let leaf = leaf.unwrap_or_else(|| panic!("{} is at no leaf", filled.name));
            let told = pointer(&text, &Place::at(filled.offset), Some(&SingleWindowInspection));
            assert_eq!(told, leaf.path);
        }
    }
}
