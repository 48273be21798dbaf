//! Every element of the interface is read into its field, or known and left.

use super::super::lengths::LENGTHS;
use super::super::{PARTS, REPEATED, ROWS, SingleWindowDeclaration, fields};
use super::*;
use crate::Format;
use crate::place::{line_column, pointer};
use crate::testing::{
    compacted, field_map, leaves, lengths, listed, misshapen_values_are_named, prefixed, read, said, with,
    with_field_map,
};
use expect_test::{expect, expect_file};
use model::declaration::DeclarationHead;
use model::finding::Place;
use model::text::Record;
use std::collections::BTreeSet;

/// The elements the reference lists (single-window.md 3.2 and 3.3), by the element they stand in.
const REFERENCE: &[(&str, &str)] = &[
    (
        "DecHead",
        "AgentCode AgentName ApprNo BillNo ContrNo CopCode CopName CustomMaster CutMode DataSource DeclTrnRel
         DistinatePort EdiId EntryId EntryType FeeCurr FeeMark FeeRate GrossWet IEDate IEFlag IEPort InputerName
         InsurCurr InsurMark InsurRate LicenseNo ManualNo NetWt NoteS OtherCurr OtherMark OtherRate OwnerCode
         OwnerName PackNo PartenerID PDate PreEntryId Risk SeqNo TgdNo TradeCountry TradeMode TradeCode TrafMode
         TrafName TradeName TransMode Type TypistNo WrapType ChkSurety BillType CopCodeScc TradeCoScc AgentCodeScc
         OwnerCodeScc PromiseItmes BusinessItems TradeAreaCode CheckFlow TaxAaminMark MarkNo DespPortCode
         EntyPortCode GoodsPlace BLNo InspOrgCode SpecDeclFlag PurpOrgCode DespDate CmplDschrgDt
         CorrelationReasonFlag VsaOrgCode OrigBoxFlag DeclareName NoOtherPack OrgCode OverseasConsignorCode
         OverseasConsignorCname OverseasConsignorEname OverseasConsignorAddr OverseasConsigneeCode
         OverseasConsigneeEname DomesticConsigneeEname CorrelationNo EdiRemark EdiRemark2 TradeCiqCode OwnerCiqCode
         DeclCiqCode",
    ),
    (
        "DecList",
        "ClassMark CodeTS ContrItem DeclPrice DeclTotal DutyMode ExgNo ExgVersion Factor FirstUnit FirstQty GUnit
         GModel GName GNo GQty OriginCountry SecondUnit SecondQty TradeCurr UseTo WorkUsd DestinationCountry CiqCode
         DeclGoodsEname OrigPlaceCode Purpose ProdValidDt ProdQgp GoodsAttr Stuff Uncode DangName DangPackType
         DangPackSpec EngManEntCnm NoDangFlag DestCode GoodsSpec GoodsModel GoodsBrand ProduceDate ProdBatchNo
         DistrictCode CiqName MnufctrRegNo MnufctrRegName RcepOrigPlaceCode ControlExplainCode DecGoodsLimits",
    ),
    ("Container", "ContainerId ContainerMd GoodsNo LclFlag GoodsContaWt ContainerWt"),
    ("LicenseDocu", "DocuCode CertCode"),
    ("DecRequestCert", "AppCertCode ApplOri ApplCopyQuan"),
    ("DecGoodsLimit", "GoodsNo LicTypeCode LicenceNo LicWrtofDetailNo LicWrtofQty LicWrtofQtyUnit DecGoodsLimitVin"),
    ("DecOtherPack", "PackQty PackType"),
    ("DecCopLimit", "EntQualifNo EntQualifTypeCode"),
    ("DecUsers", "DecUser UseOrgPersonCode UseOrgPersonTel"),
    ("DecMarkLob", "AttachName AttachType Attachment"),
    ("DecFreeTxt", "BonNo CusFie DecBpNo DecNo RelId RelManNo VoyNo"),
    (
        "DecSign",
        "OperType ICCode OperName CopCode ClientSeqNo Sign SignDate HostId Certificate DomainId Note BillSeqNo",
    ),
    (
        "EdocRealation",
        "EdocID EdocCode EdocFomatType OpNote EdocCopId EdocOwnerCode SignUnit SignTime EdocOwnerName EdocSize
         GNoStr",
    ),
    ("EcoRelation", "CertType DecGNo EcoCertNo EcoGNo ExtendFiled"),
    ("DecCopPromise", "DeclaratioMaterialCode"),
    ("DecTpAccess", "TransitionApply TransitionSite ConditionalLiftoffApply PortDestMergeCheckApply"),
    ("DecRisk", "Risk Sign SignDate Note"),
    ("DecControlModel", "ElementNo ElementValue DeclarationCategoryCode"),
    (
        "TrnHead",
        "TrnPreId TransNo TurnNo NativeTrafMode TrafCustomsNo NativeShipName NativeVoyageNo ContractorName
         ContractorCode TransFlag ValidTime ESealFlag Notes TrnType ApplCodeScc",
    ),
    ("TrnList", "TrafMode ShipId ShipNameEn VoyageNo BillNo IEDate"),
    ("TrnContainers", "TrnContainer ContaNo ContaSn ContaModel SealNo TransName TransWeight SealQty"),
    ("TrnContaGoodsList", "TrnContaGoods GNo ContaNo ContaGoodsCount ContaGoodsWeight"),
    (
        "SddTax",
        "FileName SeqNo IEFlag DeclPort DDate TradeCo TradeName InRatio TradeMode CutMode TransMode FeeMark FeeCurr
         FeeRate InsurMark InsurCurr InsurRate OtherMark OtherCurr OtherRate ManualNo TradeCoScc GrossWt NoteS
         LegalLiability Sign MessId CertSeqNo Status",
    ),
    (
        "DecRoyaltyFee",
        "PricePreDeterminNo TaxRoyaltyDeclType ContractNo Authorizer AuthorizedPerson PayType PayTime PayPeriod
         EffectiveDateTime ExpirationDateTime RoyaltyAmount Curr RoyaltyFeeType EdocType Statment IsSecret IsCusAudit
         IsCusPricePreDetermin IssueDateTime PeriodStartDate PeriodEndDate",
    ),
    (
        "DecSupplement",
        "IsDirectTraf TransitCountry DestPort DeclPort BillNo OriginCountry OriginMark CertCountry CertNO
         CertStandard",
    ),
];

/// Children of the root in the reference (3.2).
const REFERENCE_PARTS: &str = "DecHead DecLists DecContainers DecLicenseDocus DecRequestCerts DecOtherPacks
    DecCopLimits DecUsers DecMarkLobs DecFreeTxt DecSign DecCopPromises DecTpAccess TrnHead TrnList TrnContainers
    TrnContaGoodsList EdocRealation EcoRelation DecRisk SddTax DecRoyaltyFee DecSupplement DecControlModel";

fn unread_parts() -> Vec<(&'static str, &'static str)> {
    PARTS.iter().filter_map(|part| Some((part.name, part.unread?))).collect()
}

#[test]
fn every_element_of_the_interface_is_read_or_left_for_a_reason() {
    for (element, names) in REFERENCE {
        let Some(map) = ROWS.iter().find(|map| map.element == *element) else {
            assert!(unread_parts().iter().any(|(part, _)| part == element), "{element} is nowhere");
            continue;
        };
        for name in names.split_whitespace() {
            let is_read = map.fields.iter().any(|(wire, _)| *wire == name);
            let is_left = map.unread.iter().any(|(wire, why)| *wire == name && !why.is_empty());
            assert!(is_read != is_left, "{element}/{name}: read {is_read}, left {is_left}");
        }
    }
    for name in REFERENCE_PARTS.split_whitespace() {
        assert!(PARTS.iter().any(|part| part.name == name), "{name} is no part");
    }
}

#[test]
fn no_element_is_made_up() {
    for map in ROWS {
        let (_, names) = REFERENCE.iter().find(|(element, _)| *element == map.element).expect("it is listed");
        let names: BTreeSet<&str> = names.split_whitespace().collect();
        let ours = map.fields.iter().chain(map.unread).map(|(wire, _)| *wire);
        // The wrapper of vehicle data is not published: its likely name is let pass.
        for wire in ours.filter(|wire| *wire != "DecGoodsLimitVins") {
            assert!(names.contains(wire), "{}/{wire} is not in the reference", map.element);
        }
    }
}

#[test]
fn the_field_map_in_the_readme_is_that_of_the_code() {
    let page = include_str!("../README.md");
    let map = field_map(ROWS, &unread_parts()) + &lengths(ROWS, LENGTHS);
    expect_file!["../README.md"].assert_eq(&with_field_map(page, &map));
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
    for leaf in leaves(COMPLETE, REPEATED) {
        let value = &COMPLETE[leaf.value];
        // Codes of one row to another agree, and flags have one letter: each is moved alone in the test below.
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
    for leaf in leaves(COMPLETE, REPEATED) {
        let reading = read(&with(COMPLETE, leaf.value.clone(), "77"));
        let (row, _) = leaf.path.rsplit_once('/').expect("it stands in something");
        let element = row.rsplit('/').next().and_then(|name| name.split('[').next()).unwrap_or("");
        let map = ROWS.iter().find(|map| map.element == element);
        let field = map.and_then(|map| map.fields.iter().find(|(wire, _)| *wire == leaf.name));
        let differing = reading.differing(&before);
        match field {
            None => assert_eq!(differing, [""; 0], "{} is not read", leaf.path),
            Some((_, field)) => {
                assert_eq!(differing.len(), 1, "{}", leaf.path);
                assert_eq!(differing[0].split(' ').next_back(), Some(*field), "{}", leaf.path);
                assert_eq!(reading.value(&differing[0]), "77");
            }
        }
    }
}

#[test]
fn on_an_export_the_wire_swaps_origin_and_destination() {
    let reading = read_specimen("export_swap.xml");
    assert_eq!(reading.value("GoodsItem 1 origin_country"), "CHN");
    assert_eq!(reading.value("GoodsItem 1 destination_country"), "VNM");
    // The head means what it says.
    assert_eq!(reading.value("DeclarationHead 1 destination_country"), "HKG");
    assert_eq!(reading.value("DeclarationHead 1 trading_country"), "TWN");
}

#[test]
fn an_absent_country_is_looked_for_under_its_swapped_name() {
    let text = minimal_with("<DestinationCountry>CHN</DestinationCountry>", "");
    with_declaration(&text, |declaration| {
        let item = &declaration.items[0];
        let place = Place::of(item, &item.origin_country);
        let told = pointer(&text, &place, Some(&SingleWindowDeclaration));
        assert_eq!(told, "/DecMessage/DecLists/DecList[1]/DestinationCountry");
    });
}

#[test]
fn rows_stand_with_their_children_and_in_order() {
    let reading = read_specimen("child_names.xml");
    assert_eq!(reading.value("Container 1 number"), "CSQU3054383");
    assert_eq!(reading.value("LicenceDocument 2 code"), "B");
    let reading = read_specimen("repeated_without_wrapper.xml");
    assert_eq!(reading.value("ElectronicDocument 3 type_code"), "00000003");
    assert_eq!(reading.value("OriginMapping 2 document_line"), "2");
    let reading = read(COMPLETE);
    assert_eq!(reading.value("GoodsItem 2 destination_country"), "MEX");
    assert_eq!(reading.value("GoodsLicence 2 goods_line"), "1");
}

#[test]
fn two_declarations_in_one_window_keep_their_rows_apart() {
    let kept = crate::xml::kept::Kept::default();
    let mut documents = model::documents::Documents::default();
    let mut scratch = crate::Scratch::default();
    let refused = minimal_with("</DecHead>", "</DecHead><DecHead/>");
    for text in [COMPLETE, &refused, specimen("draft.xml"), specimen("child_names.xml")] {
        crate::parse(text, None, kept.keeper(), &mut documents, &mut scratch);
    }
    assert_eq!(documents.declarations.len(), 2);
    let second = documents.declaration(1);
    assert_eq!(second.signature.client_number.value, "HC20180917000000005");
    assert_eq!((second.items.len(), second.containers.len(), second.origin_mappings.len()), (1, 1, 0));
    assert_eq!(second.free_text.voyage.value, "018E");
}

#[test]
fn codes_keep_their_case_and_their_generation() {
    let reading = read_specimen("case_sensitive_codes.xml");
    let codes: Vec<&str> = (1..=4)
        .map(|row| reading.filled.iter().position(|it| it.name == format!("LicenceDocument {row} code")))
        .map(|at| reading.filled[at.expect("four rows")].value.as_str())
        .collect();
    assert_eq!(codes, ["Y", "y", "X", "x"]);
    let reading = read_specimen("old_codes.xml");
    assert_eq!(reading.value("GoodsItem 1 currency"), "502");
    assert_eq!(reading.value("GoodsItem 1 origin_country"), "142");
    assert_eq!(reading.value("DeclarationHead 1 package_kind"), "2");
}

#[test]
fn numbers_keep_the_places_they_were_filed_with() {
    let reading = read_specimen("decimals.xml");
    assert_eq!(reading.value("DeclarationHead 1 gross_weight_kg"), "1250.50000");
    assert_eq!(reading.value("GoodsItem 1 total_price"), "14820.00");
}

#[test]
fn an_attachment_is_passed_over_unopened() {
    let reading = read_specimen("attachment.xml");
    assert_eq!(reading.value("MarkPicture 1 file_type"), "png");
    let long = "QUJD".repeat(400_000);
    let attachment =
        leaves(specimen("attachment.xml"), REPEATED).into_iter().find(|leaf| leaf.name == "Attachment");
    let text = with(specimen("attachment.xml"), attachment.expect("it has one").value, &long);
    assert_eq!(read(&text).kind, "declaration");
}

#[test]
fn a_value_that_is_no_number_or_no_date_is_named_with_its_field_and_place() {
    misshapen_values_are_named(COMPLETE, REPEATED, "declaration");
}

#[test]
fn numbers_and_dates_are_judged_by_a_strict_grammar() {
    for (value, is_number) in [
        ("1250.5", true),
        ("0", true),
        ("007.50000", true),
        ("1,250.5", false),
        ("1e3", false),
        ("1 250", false),
        ("１２５０", false),
        ("0x10", false),
        ("NaN", false),
        ("1.2.3", false),
        ("1250 KG", false),
        ("", true),
    ] {
        let text = minimal_with("<GrossWet>1250.5</GrossWet>", &format!("<GrossWet>{value}</GrossWet>"));
        assert_eq!(read(&text).findings.is_empty(), is_number, "{value}");
    }
    for (value, is_date) in [
        ("20180917", true),
        ("2018-09-17", true),
        ("", true),
        ("20180931", false),
        ("17/09/2018", false),
        ("180917", false),
        ("2018年9月17日", false),
    ] {
        let text = minimal_with("</DecHead>", &format!("<IEDate>{value}</IEDate></DecHead>"));
        assert_eq!(read(&text).findings.is_empty(), is_date, "{value}");
    }
}

#[test]
fn a_long_value_is_shown_by_its_start() {
    let long = "不是数字".repeat(1_000);
    let told = read(&minimal_with("1250.5", &long)).told;
    assert!(told.chars().count() < 200 && told.contains("不是数字…"), "{told}");
}

#[test]
fn official_misspellings_are_the_names() {
    let reading = read_specimen("official_misspellings.xml");
    for (name, value) in [
        ("DeclarationHead 1 gross_weight_kg", "1250.5"),
        ("DeclarationHead 1 final_port", "USA309"),
        ("DeclarationHead 1 exit_port", "477101"),
        ("DeclarationHead 1 price_statements", "00000"),
        ("DeclarationHead 1 tax_administration_mark", "1"),
        ("Promise 1 material_code", "102053"),
        ("ElectronicDocument 1 format", "US"),
        ("OriginMapping 1 extension", "EXT-1"),
    ] {
        assert_eq!(reading.value(name), value, "{name}");
    }
    expect![[r#"
        MSG-008 warn 22:5 /DecMessage/DecHead/DestinatePort what=the format has no such element, it is not read element=DestinatePort
        MSG-008 warn 23:5 /DecMessage/DecHead/EntryPortCode what=the format has no such element, it is not read element=EntryPortCode
        MSG-008 warn 26:5 /DecMessage/DecHead/GrossWeight what=the format has no such element, it is not read element=GrossWeight
        MSG-008 warn 30:5 /DecMessage/DecHead/PromiseItems what=the format has no such element, it is not read element=PromiseItems
        MSG-008 warn 66:3 /DecMessage/EdocRelation what=the format has no such element, it is not read element=EdocRelation
    "#]].assert_eq(&read_specimen("corrected_spellings.xml").told);
}

#[test]
fn elements_that_are_not_read_are_named_with_the_reason() {
    let text = minimal_with(
        "</DecHead>",
        "<Colour>red</Colour><f:GrossWet xmlns:f='urn:f'>1</f:GrossWet><IEDate><Day>1</Day></IEDate></DecHead>\n\
         <DecExtra><Any>1</Any></DecExtra><f:DecHead xmlns:f='urn:f'><IEFlag>I</IEFlag></f:DecHead>",
    );
    let reading = read(&text);
    expect![[r#"
        MSG-008 warn 37:3 /DecMessage/DecHead/Colour what=the format has no such element, it is not read element=Colour
        MSG-008 warn 37:23 /DecMessage/DecHead/GrossWet what=the element is in a foreign namespace, it is not read element=f:GrossWet
        MSG-008 warn 37:65 /DecMessage/DecHead/IEDate what=the element should hold a value and holds elements, it is not read element=IEDate
        MSG-008 warn 38:1 /DecMessage/DecExtra what=the format has no such element, it is not read element=DecExtra
        MSG-008 warn 38:34 /DecMessage/DecHead what=the element is in a foreign namespace, it is not read element=f:DecHead
    "#]].assert_eq(&reading.told);
    assert_eq!(reading.kind, "declaration");
    assert_eq!(reading.value("DeclarationHead 1 gross_weight_kg"), "1250.5");
    assert_eq!(reading.value("DeclarationHead 1 direction"), "E");
}

#[test]
fn a_message_full_of_unknown_elements_is_answered_shortly() {
    let text = minimal_with("</DecHead>", &("<Extra>1</Extra>".repeat(1_000) + "</DecHead>"));
    assert_eq!(read(&text).findings.len(), 16);
}

#[test]
fn findings_point_alike_into_indented_compact_and_prefixed_messages() {
    for text in
        [COMPLETE.to_owned(), compacted(COMPLETE), prefixed(COMPLETE, "ns0"), COMPLETE.replace('\n', "\r\n")]
    {
        let reading = read(&text);
        assert_eq!(reading.filled.len(), read(COMPLETE).filled.len());
        let leaves = leaves(&text, REPEATED);
        for filled in &reading.filled {
            let leaf = leaves.iter().find(|leaf| leaf.element.start == filled.offset as usize);
            let leaf = leaf.unwrap_or_else(|| panic!("{} is at no leaf", filled.name));
            let told = pointer(&text, &Place::at(filled.offset), Some(&SingleWindowDeclaration));
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
    let compact = compacted(MINIMAL);
    for text in [MINIMAL, &compact, &prefixed(MINIMAL, "ns0")] {
        with_declaration(text, |declaration| {
            let head = declaration.head;
            for (field_idx, field) in DeclarationHead::FIELDS.iter().enumerate() {
                if head.text(field_idx).was_written() {
                    continue;
                }
                let place = Place::of(head, head.text(field_idx));
                let wire = fields::HEAD.fields.iter().find(|(_, known)| *known == field.name);
                let wire = wire.expect("every field has an element").0;
                let told = pointer(text, &place, Some(&SingleWindowDeclaration));
                assert_eq!(told, format!("/DecMessage/DecHead/{wire}"));
                let at_head = text.find("DecHead>").expect("it has one");
                let start = text[..at_head].rfind('<').expect("a tag") as u32;
                assert_eq!(line_column(text, place.offset, 1, 1), line_column(text, start, 1, 1));
            }
        });
    }
}

#[test]
fn a_missing_head_is_missing_from_the_message() {
    let head = MINIMAL.find("  <DecHead>").expect("it has one")..MINIMAL.find("  <DecLists>").expect("lines");
    let text = with(MINIMAL, head, "");
    with_declaration(&text, |declaration| {
        let place = Place::of(declaration.head, &declaration.head.trade_mode);
        let told = pointer(&text, &place, Some(&SingleWindowDeclaration));
        assert_eq!(told, "/DecMessage/DecHead/TradeMode");
    });
}

#[test]
fn the_format_lists_as_repeated_what_repeats() {
    let format: &dyn Format = &SingleWindowDeclaration;
    for element in ["DecList", "EdocRealation", "EcoRelation", "Container", "DecGoodsLimit"] {
        assert!(format.repeated().contains(&element), "{element}");
    }
}

fn with_declaration(text: &str, look: impl FnOnce(model::declaration::Declaration<'_>)) {
    let kept = crate::xml::kept::Kept::default();
    let mut documents = model::documents::Documents::default();
    let mut scratch = crate::Scratch::default();
    crate::parse(text, None, kept.keeper(), &mut documents, &mut scratch);
    look(documents.declaration(0));
}
