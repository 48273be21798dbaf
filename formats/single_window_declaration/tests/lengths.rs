//! Values are as long as the interface says, and no longer.

use super::super::{REPEATED, ROWS, lengths::LENGTHS};
use super::*;
use crate::length::Limit;
use crate::testing::{leaves, read, with};
use model::text::Shape;

/// Lengths as the reference states them (single-window.md 3.3), by the element they stand in.
const STATED: &[(&str, &str)] = &[
    (
        "DecHead",
        "AgentCode=10 AgentName=100 ApprNo=32 BillNo=32 ContrNo=32 CopCode=9 CopName=70 CustomMaster=4 CutMode=3
         DataSource=5 DeclTrnRel=1 DistinatePort=6 EdiId=1 EntryId=18 EntryType=1 FeeCurr=3 FeeMark=1
         FeeRate=19,5 GrossWet=19,5 IEDate=8 IEFlag=1 IEPort=4 InputerName=32 InsurCurr=3 InsurMark=1
         InsurRate=19,5 LicenseNo=20 ManualNo=12 NetWt=19,5 NoteS=255 OtherCurr=3 OtherMark=1 OtherRate=19,5
         OwnerCode=18 OwnerName=100 PackNo=9 PartenerID=20 PDate=8 PreEntryId=9 Risk=10 SeqNo=18 TgdNo=18
         TradeCountry=3 TradeMode=4 TradeCode=18 TrafMode=1 TrafName=50 TradeName=100 TransMode=1 Type=6
         TypistNo=30 WrapType=2 ChkSurety=1 BillType=1 CopCodeScc=18 TradeCoScc=18 AgentCodeScc=18
         OwnerCodeScc=18 PromiseItmes=32 BusinessItems=5 TradeAreaCode=3 CheckFlow=1 TaxAaminMark=1 MarkNo=400
         DespPortCode=8 EntyPortCode=8 GoodsPlace=100 BLNo=50 InspOrgCode=10 SpecDeclFlag=10 PurpOrgCode=4
         DespDate=8 CmplDschrgDt=8 CorrelationReasonFlag=2 VsaOrgCode=10 OrigBoxFlag=1 DeclareName=50
         NoOtherPack=1 OrgCode=10 OverseasConsignorCode=50 OverseasConsignorCname=150 OverseasConsignorEname=100
         OverseasConsignorAddr=100 OverseasConsigneeCode=50 OverseasConsigneeEname=400 DomesticConsigneeEname=400
         CorrelationNo=500 EdiRemark=128 EdiRemark2=128 TradeCiqCode=10 OwnerCiqCode=10 DeclCiqCode=10",
    ),
    (
        "DecList",
        "ClassMark=1 CodeTS=10 ContrItem=19 DeclPrice=19,4 DeclTotal=19,4 DutyMode=1 ExgNo=30 ExgVersion=8
         Factor=11,3 FirstUnit=3 FirstQty=19,5 GUnit=3 GModel=255 GName=255 GNo=19 GQty=19,5 OriginCountry=3
         SecondUnit=3 SecondQty=19,5 TradeCurr=3 UseTo=2 WorkUsd=19,4 DestinationCountry=3 CiqCode=20
         DeclGoodsEname=100 OrigPlaceCode=50 Purpose=4 ProdValidDt=20 ProdQgp=20 GoodsAttr=20 Stuff=400 Uncode=20
         DangName=80 DangPackType=4 DangPackSpec=24 EngManEntCnm=100 NoDangFlag=1 DestCode=8 GoodsSpec=2000
         GoodsModel=2000 GoodsBrand=2000 ProduceDate=2000 ProdBatchNo=2000 DistrictCode=5 CiqName=50
         MnufctrRegNo=20 MnufctrRegName=150 RcepOrigPlaceCode=3 ControlExplainCode=4",
    ),
    (
        "DecGoodsLimit",
        "GoodsNo=9 LicTypeCode=5 LicenceNo=40 LicWrtofDetailNo=4 LicWrtofQty=20 LicWrtofQtyUnit=3",
    ),
    (
        "Container",
        "ContainerId=32 ContainerMd=32 GoodsNo=255 LclFlag=1 GoodsContaWt=19,5 ContainerWt=18,5",
    ),
    ("LicenseDocu", "DocuCode=1 CertCode=32"),
    ("DecRequestCert", "AppCertCode=50 ApplOri=50 ApplCopyQuan=50"),
    ("DecOtherPack", "PackQty=19,5 PackType=2"),
    ("DecCopLimit", "EntQualifNo=40 EntQualifTypeCode=5"),
    ("DecMarkLob", "AttachName=80 AttachType=20"),
    ("DecFreeTxt", "BonNo=32 CusFie=8 DecBpNo=32 DecNo=13 RelId=18 RelManNo=12 VoyNo=32"),
    (
        "DecSign",
        "OperType=1 ICCode=13 OperName=30 CopCode=18 ClientSeqNo=18 Sign=200 SignDate=16 HostId=10 Certificate=20
         DomainId=1 Note=100 BillSeqNo=18",
    ),
    ("DecCopPromise", "DeclaratioMaterialCode=10"),
    (
        "EdocRealation",
        "EdocID=64 EdocCode=8 EdocFomatType=2 OpNote=255 EdocCopId=64 EdocOwnerCode=10 SignUnit=10 SignTime=17
         EdocOwnerName=100 EdocSize=12 GNoStr=150",
    ),
    ("EcoRelation", "CertType=3 DecGNo=9 EcoCertNo=64 EcoGNo=9 ExtendFiled=255"),
];

/// Lengths that real messages are known to exceed: what is stated, and what is taken.
const WIDER: &[(&str, &str, &str, &str)] = &[
    ("DecHead", "CopCode", "9", "10"),
    ("DecHead", "Type", "6", "7"),
    ("DecList", "CodeTS", "10", "13"),
    ("DecSign", "ClientSeqNo", "18", "32"),
];

fn stated(element: &str, wire: &str) -> Option<&'static str> {
    let (_, lengths) = STATED.iter().find(|(known, _)| *known == element)?;
    let mut lengths = lengths.split_whitespace().filter_map(|it| it.split_once('='));
    lengths.find(|(name, _)| *name == wire).map(|(_, length)| length)
}

#[test]
fn every_field_takes_what_the_interface_says() {
    for map in ROWS {
        let lengths = LENGTHS.iter().find(|it| it.record == map.record).expect("each row has lengths");
        for (wire, field) in map.fields {
            let limit = lengths.fields.iter().find(|(name, _)| name == field).map(|(_, limit)| limit);
            let told = limit.map(|limit| match limit {
                Limit::Characters(most) => most.to_string(),
                Limit::Figures { all, decimals: 0 } => all.to_string(),
                Limit::Figures { all, decimals } => format!("{all},{decimals}"),
            });
            let wider = WIDER.iter().find(|(element, name, _, _)| (*element, *name) == (map.element, *wire));
            let is_date = model::seen::field(map.record, field).expect("a field").shape == Shape::Date;
            let stated = stated(map.element, wire).expect("the reference has it");
            assert!(wider.is_none_or(|(_, _, before, _)| *before == stated), "{wire}");
            let expected = wider.map_or(stated, |(_, _, _, taken)| taken);
            assert_eq!(told.as_deref(), (!is_date).then_some(expected), "{}/{wire}", map.element);
        }
    }
}

#[test]
fn a_text_of_its_length_is_taken_and_one_character_more_is_told_wherever_it_stands() {
    let mut n_told = 0;
    for filled in read(COMPLETE).filled {
        let (row, field) = (filled.name.split(' ').next(), filled.name.split(' ').next_back());
        let lengths = LENGTHS.iter().find(|it| Some(it.record) == row).expect("each row has lengths");
        let limit = lengths.fields.iter().find(|(name, _)| Some(*name) == field);
        let Some((field, Limit::Characters(most))) = limit else { continue };
        let leaf =
            leaves(COMPLETE, REPEATED).into_iter().find(|leaf| leaf.element.start == filled.offset as usize);
        let value = leaf.expect("a value stands in a leaf").value;
        // Figures, so that a size in bytes stays a number; of three bytes each where it may be any text.
        let character = if filled.shape == Shape::Number { "0" } else { "鞋" };
        let longest = read(&with(COMPLETE, value.clone(), &character.repeat(*most)));
        assert!(!longest.told.contains("MSG-03"), "{}", longest.told);
        let reading = read(&with(COMPLETE, value, &character.repeat(most + 1)));
        let told = format!("field={field} length={} limit={most}\n", most + 1);
        assert!(reading.told.contains("MSG-036 warn ") && reading.told.ends_with(&told), "{}", reading.told);
        assert_eq!(reading.findings.len(), 1, "{}", reading.told);
        n_told += 1;
    }
    assert!(n_told > 120, "only {n_told} fields were looked at");
}

#[test]
fn a_contract_number_of_thirty_two_characters_passes_and_one_more_is_told_with_its_place() {
    for (n, told) in [
        (31, ""),
        (32, ""),
        (33, "MSG-036 warn 34:5 /DecMessage/DecHead/ContrNo field=contract_number length=33 limit=32\n"),
        (200, "MSG-036 warn 34:5 /DecMessage/DecHead/ContrNo field=contract_number length=200 limit=32\n"),
    ] {
        let number = "C".repeat(n);
        let text = minimal_with("<ContrNo>CB-2018-0917<", &format!("<ContrNo>{number}<"));
        let reading = read(&text);
        assert_eq!((reading.told.as_str(), reading.kind), (told, "declaration"));
    }
}

#[test]
fn prices_have_four_places_and_counts_none() {
    for (from, to, told) in [
        ("<DeclPrice>12.35<", "<DeclPrice>12.3512<", ""),
        ("<DeclPrice>12.35<", "<DeclPrice>12.35120<", ""),
        (
            "<DeclPrice>12.35<",
            "<DeclPrice>12.35123<",
            "MSG-037 reject 50:7 /DecMessage/DecLists/DecList[1]/DeclPrice field=unit_price whole=2 decimals=5 \
             whole_limit=15 decimals_limit=4\n",
        ),
        ("<PackNo>100<", "<PackNo>999999999<", ""),
        ("<PackNo>100<", "<PackNo>100.0<", ""),
        (
            "<PackNo>100<",
            "<PackNo>1000000000<",
            "MSG-037 reject 24:5 /DecMessage/DecHead/PackNo field=package_count whole=10 decimals=0 whole_limit=9 \
             decimals_limit=0\n",
        ),
        (
            "<PackNo>100<",
            "<PackNo>100.5<",
            "MSG-037 reject 24:5 /DecMessage/DecHead/PackNo field=package_count whole=3 decimals=1 whole_limit=9 \
             decimals_limit=0\n",
        ),
        ("<GQty>1200<", "<GQty>1200.12345<", ""),
    ] {
        assert_eq!(read(&minimal_with(from, to)).told, told, "{to}");
    }
}

#[test]
fn what_is_no_number_is_told_once() {
    let reading = read(&minimal_with("<DeclPrice>12.35<", "<DeclPrice>12.35123.5<"));
    assert_eq!(reading.findings.len(), 1, "{}", reading.told);
    assert!(reading.told.starts_with("MSG-006 "), "{}", reading.told);
}

#[test]
fn lengths_that_real_messages_exceed_are_taken() {
    let reading = read_specimen("beyond_stated_lengths.xml");
    assert_eq!(reading.value("Signature 1 client_number").len(), 21);
    assert_eq!(reading.value("DeclarationHead 1 entry_firm_code").len(), 10);
    assert_eq!(reading.told, "");
}
