//! What all messages of the language have in common, proved on one.

use super::*;
use crate::testing::read;
use expect_test::expect;

const MINIMAL: &str = include_str!("../ubl_goods_item_passport/specimens/minimal.xml");

#[track_caller]
fn with(from: &str, to: &str) -> String {
    assert!(MINIMAL.contains(from), "{from}");
    MINIMAL.replacen(from, to, 1)
}

#[test]
fn a_name_counts_in_its_namespace_only() {
    let mut told = String::new();
    for text in [
        // In the namespace of the root, in none, in that of values, in a foreign one.
        with("  <cbc:ID>ATA-2024-9</cbc:ID>", "  <ID>ATA-2024-9</ID>"),
        with("  <cbc:ID>ATA-2024-9</cbc:ID>", "  <ID xmlns=''>ATA-2024-9</ID>"),
        with("<cac:PartyLegalEntity>", "<cbc:PartyLegalEntity>").replacen(
            "</cac:PartyLegalEntity>",
            "</cbc:PartyLegalEntity>",
            1,
        ),
        with("  <cbc:ID>ATA-2024-9</cbc:ID>", "  <cac:ID>ATA-2024-9</cac:ID>"),
        with("  <cbc:ID>ATA-2024-9</cbc:ID>", "  <x:ID xmlns:x='urn:x'>ATA-2024-9</x:ID>"),
    ] {
        let reading = read(&text);
        told += &format!("{} {:?}\n{}", reading.kind, reading.identity, reading.told);
    }
    expect![[r#"
        certificate ["declarant 91441323MA4WXY1296"]
        MSG-008 warn 5:3 /GoodsItemPassport/ID what=the element is in a foreign namespace, it is not read element=ID
        MSG-033 reject 2:1 /GoodsItemPassport/ID field=number
        certificate ["declarant 91441323MA4WXY1296"]
        MSG-008 warn 5:3 /GoodsItemPassport/ID what=the element is in a foreign namespace, it is not read element=ID
        MSG-033 reject 2:1 /GoodsItemPassport/ID field=number
        certificate ["declarant ", "Certificate ATA-2024-9"]
        MSG-008 warn 7:5 /GoodsItemPassport/HolderParty/PartyLegalEntity[1] what=the element is in a foreign namespace, it is not read element=cbc:PartyLegalEntity
        MSG-033 reject 2:1 /GoodsItemPassport/HolderParty/PartyLegalEntity/CompanyID field=exporter_code
        certificate ["declarant 91441323MA4WXY1296"]
        MSG-008 warn 5:3 /GoodsItemPassport/ID what=the element is in a foreign namespace, it is not read element=cac:ID
        MSG-033 reject 2:1 /GoodsItemPassport/ID field=number
        certificate ["declarant 91441323MA4WXY1296"]
        MSG-008 warn 5:3 /GoodsItemPassport/ID what=the element is in a foreign namespace, it is not read element=x:ID
        MSG-033 reject 2:1 /GoodsItemPassport/ID field=number
    "#]].assert_eq(&told);
}

#[test]
fn the_root_counts_in_its_namespace_only() {
    for foreign in ["urn:oasis:names:specification:ubl:schema:xsd:GoodsItemPassport-3", "", "urn:x"] {
        let text = with("urn:oasis:names:specification:ubl:schema:xsd:GoodsItemPassport-2", foreign);
        assert_eq!((read(&text).kind, read(&text).format), ("declined", None), "{foreign}");
    }
}

#[test]
fn an_element_the_language_does_not_have_is_told_and_one_it_has_is_passed_over() {
    let known = "<cbc:UUID>5f0c</cbc:UUID><cac:Signature><cbc:ID>1</cbc:ID></cac:Signature>";
    let misspelt =
        "<cbc:IssuDate>2024-09-01</cbc:IssuDate><cac:HoldrParty><cbc:ID>1</cbc:ID></cac:HoldrParty>";
    let reading = read(&with("  <cac:HolderParty>", &format!("  {known}{misspelt}<cac:HolderParty>")));
    expect![[r#"
        MSG-008 warn 6:77 /GoodsItemPassport/IssuDate what=the format has no such element, it is not read element=cbc:IssuDate
        MSG-008 warn 6:116 /GoodsItemPassport/HoldrParty what=the format has no such element, it is not read element=cac:HoldrParty
    "#]].assert_eq(&reading.told);
    let extended = with(
        "  <cbc:ID>",
        "  <ext:UBLExtensions xmlns:ext='urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2'>\
         <ext:UBLExtension><ext:ExtensionContent><x:Code xmlns:x='urn:x'>1</x:Code></ext:ExtensionContent>\
         </ext:UBLExtension></ext:UBLExtensions><cbc:ID>",
    );
    assert_eq!(read(&extended).told, "", "extensions are kept, not refused");
    assert_ne!(read(&extended).content, read(MINIMAL).content, "and are content");
}

#[test]
fn of_several_identifications_the_first_counts_and_that_is_said() {
    let code = "<cbc:CompanyID>91441323MA4WXY1296</cbc:CompanyID>";
    let again = "</cac:PartyLegalEntity><cac:PartyLegalEntity><cbc:CompanyID>77</cbc:CompanyID>";
    let reading = read(&with(code, &format!("{code}{again}")));
    assert_eq!(reading.identity, ["declarant 91441323MA4WXY1296", "Certificate ATA-2024-9"]);
    expect![[r#"
        MSG-008 warn 8:101 /GoodsItemPassport/HolderParty/PartyLegalEntity[2]/CompanyID what=the value stands more than once and differs, only the first is read element=cbc:CompanyID
    "#]].assert_eq(&reading.told);
}

#[test]
fn kinds_of_elements() {
    for (element, expected) in [
        ("ExporterParty", "Party"),
        ("EndorserParty", "EndorserParty"),
        ("FinalDestinationCountry", "Country"),
        ("CustomsExitOfficeLocation", "Location"),
        ("AdditionalDocumentReference", "DocumentReference"),
        ("ContainingPackage", "Package"),
        ("GoodsItem", "GoodsItem"),
    ] {
        assert_eq!(kind(element), expected, "{element}");
    }
}

#[test]
fn codes_become_those_of_the_model() {
    let mode = |code| transport_mode(Text::at(code, 7)).value;
    assert_eq!(["1", "2", "3", "4", "8", "6", ""].map(mode), ["2", "3", "4", "5", "2", "9", ""]);
    let term = |code| delivery_term(Text::at(code, 7)).value;
    assert_eq!(["CIF", "CFR", "FOB", "EXW", "FCA", ""].map(term), ["1", "2", "3", "7", "FCA", ""]);
    let unit = |code| unit(Text::at(code, 7)).value;
    assert_eq!(["KGM", "NPR", "PR", "DZN", "H87", ""].map(unit), ["035", "025", "025", "127", "H87", ""]);
}

#[test]
fn a_paper_without_number_or_holder_cannot_be_found_and_is_refused_a_place() {
    let nobody = with("<cbc:CompanyID>91441323MA4WXY1296</cbc:CompanyID>", "")
        .replace(">ATA-2024-9</cbc:ID>\n  <cac", "/>\n  <cac");
    let told = read(&nobody).told;
    expect![[r#"
        MSG-033 reject 5:3 /GoodsItemPassport/ID field=number
        MSG-033 reject 2:1 /GoodsItemPassport/HolderParty/PartyLegalEntity/CompanyID field=exporter_code
    "#]]
    .assert_eq(&told);
}
