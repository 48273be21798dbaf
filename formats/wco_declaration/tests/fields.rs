//! Every element of the data model that is read arrives in its field, and what else stands there is told.

use super::super::WcoDeclaration;
use super::super::fields::ROWS;
use super::*;
use crate::Format;
use crate::place::pointer;
use crate::testing::{field_map, is_attribute, leaves, listed, read, said, with, with_field_map};
use expect_test::{expect, expect_file};
use model::declaration::GoodsItem;
use model::documents::Signature;
use model::finding::Place;
use model::particulars::{ItemParticulars, Particulars};
use model::text::Record;

#[test]
fn the_field_map_in_the_readme_is_that_of_the_code() {
    let page = include_str!("../README.md");
    expect_file!["../README.md"].assert_eq(&with_field_map(page, &field_map(ROWS, &[])));
}

#[test]
fn every_field_of_the_complete_specimen_arrives_in_its_place() {
    let reading = read(COMPLETE);
    expect_file!["../specimens/complete.txt"].assert_eq(&listed(COMPLETE, &reading));
    for filled in &reading.filled {
        let (_, value) = said(COMPLETE, filled.offset as usize).expect("an element starts there");
        assert!(filled.value == value || is_attribute(COMPLETE, filled), "{}: {}", filled.name, filled.value);
    }
}

#[test]
fn the_complete_specimen_fills_every_field_there_is() {
    let reading = read(COMPLETE);
    for map in ROWS {
        for (wire, field) in map.fields {
            let is_filled =
                (1..=3).any(|nth| !reading.value(&format!("{} {nth} {field}", map.record)).is_empty());
            assert!(is_filled, "{}/{wire} is empty in complete.xml", map.element);
        }
    }
}

/// No leaf of the specimen is lost: each moves one field; a line's number those that repeat it; and the code and the country
/// that stand for the line are those of their rows.
#[test]
fn each_element_moves_its_own_field_and_no_other() {
    let before = read(COMPLETE);
    for leaf in leaves(COMPLETE, WcoDeclaration.repeated()) {
        let reading = read(&with(COMPLETE, leaf.value.clone(), "77"));
        if leaf.path == "/Declaration/FunctionCode" {
            assert_eq!(reading.differing(&before).len(), 1, "{}", leaf.path);
            continue;
        }
        let is_unread = leaf.path.contains("/TransportEquipment[1]/SequenceNumeric");
        let stands_for_the_line =
            ["/Classification[1]/", "/Origin[1]/CountryCode"].iter().any(|row| leaf.path.contains(row));
        let is_line_number = leaf.path.ends_with("]/SequenceNumeric")
            && leaf.path.matches('[').count() == 1
            && leaf.path.contains("GoodsItem");
        let differing = reading.differing(&before);
        let n_fields = differing.iter().filter(|name| !name.ends_with(" goods_line")).count();
        assert_eq!(
            n_fields,
            1 + usize::from(stands_for_the_line) - usize::from(is_unread),
            "{}: {differing:?}",
            leaf.path
        );
        assert!(is_line_number || n_fields == differing.len(), "{}: {differing:?}", leaf.path);
    }
}

#[test]
fn one_name_means_what_the_way_to_it_says() {
    let reading = read(COMPLETE);
    for (name, value) in [
        ("Particulars 1 function", "9"),
        ("Particulars 1 representative_status", "2"),
        ("Particulars 1 declaration_type", "EXA"),
        ("Particulars 1 location_kind", "B"),
        ("Particulars 1 location_qualifier", "U"),
        ("Package 1 kind", "CT"),
        ("DeclarationHead 1 agent_unified_code", "GB512340987444"),
        ("DeclarationHead 1 consignor_unified_code", "GB512340987555"),
        ("GoodsItem 1 destination_country", "SE"),
        ("DeclarationHead 1 destination_country", "NO"),
    ] {
        assert_eq!(reading.value(name), value, "{name}");
    }
}

#[test]
fn commodity_code_and_origin_are_those_of_their_kind() {
    let reading = read(COMPLETE);
    assert_eq!(reading.value("GoodsItem 1 commodity_code"), "64039996");
    assert_eq!(reading.value("Classification 2 code"), "2500");
    assert_eq!(reading.value("GoodsItem 1 origin_country"), "CN");
    assert_eq!(reading.value("OriginCountry 2 country"), "GB");
    let only_preferential =
        "<Origin><CountryCode>TR</CountryCode><TypeCode>2</TypeCode></Origin>\n      <Packaging>";
    let reading = read(&minimal_with("<Packaging>", only_preferential));
    assert_eq!(reading.value("GoodsItem 1 origin_country"), "");
}

#[test]
fn rows_of_a_goods_line_carry_its_number() {
    let reading = read(COMPLETE);
    for (name, value) in [
        ("Procedure 1 goods_line", "1"),
        ("Procedure 3 goods_line", "2"),
        ("Package 2 goods_line", "2"),
        ("SupportingDocument 1 goods_line", ""),
        ("SupportingDocument 2 goods_line", "1"),
    ] {
        assert_eq!(reading.value(name), value, "{name}");
    }
}

#[test]
fn moments_are_read_wherever_their_namespace_is_bound() {
    for name in ["prefixed.xml", "redeclared_namespaces.xml"] {
        let reading = read_specimen(name);
        assert_eq!(reading.value("Signature 1 signed_at"), "20240603083000+01", "{name}");
        assert!(reading.findings.is_empty(), "{name}: {}", reading.told);
    }
}

/// Strictly: what stands in no namespace, or in another, is not the declaration's.
#[test]
fn elements_in_no_or_another_namespace_are_told_and_not_read() {
    let reading = read_specimen("foreign_namespace.xml");
    assert_eq!(reading.value("DeclarationHead 1 exit_office"), "");
    expect![[r#"
        CDS-10002 reject 13:3 /Declaration/ExitOffice what=the element is in a foreign namespace, it is not read element=ExitOffice
    "#]]
    .assert_eq(&reading.told);
    let data_type = minimal_with("<CountryCode>NO</CountryCode>", "<p1:CountryCode>NO</p1:CountryCode>");
    assert_eq!(read(&data_type).value("DeclarationHead 1 destination_country"), "");
}

#[test]
fn padding_and_line_ends_are_no_part_of_a_value() {
    for name in ["padded_values.xml", "crlf.xml", "one_line.xml", "comments.xml", "empty_elements.xml"] {
        assert_eq!(read_specimen(name).differing(&read(MINIMAL)), [""; 0], "{name}");
    }
}

#[test]
fn a_template_leftover_is_no_moment() {
    expect![[r#"
        MSG-007 reject 3:5 /Declaration/AcceptanceDateTime/DateTimeString field=signed_at value=${acceptanceDate}
    "#]]
    .assert_eq(&read_specimen("template_leftover.xml").told);
}

#[test]
fn a_comment_with_two_hyphens_is_refused_where_it_stands() {
    let told = read_specimen("double_hyphen_comment.xml").told;
    assert!(told.starts_with("MSG-001 reject 19:"), "{told}");
}

#[test]
fn what_may_stand_once_and_stands_again_is_refused() {
    for (from, to) in [
        ("<TypeCode>EXA</TypeCode>", "<TypeCode>EXA</TypeCode>\n  <TypeCode>EXD</TypeCode>"),
        ("  <Declarant>", "  <Declarant/>\n  <ExitOffice><ID>GB1</ID></ExitOffice>\n  <Declarant>"),
        (
            "      </Commodity>",
            "      </Commodity>\n      <Commodity><Description>x</Description></Commodity>",
        ),
    ] {
        let reading = read(&minimal_with(from, to));
        assert_eq!(reading.kind, "refused", "{to}");
        assert!(reading.told.starts_with("MSG-005"), "{}", reading.told);
    }
}

#[test]
fn an_unknown_element_is_told_by_its_name() {
    let reading =
        read(&minimal_with("  <ExitOffice>", "  <ExitOfice><ID>GB1</ID></ExitOfice>\n  <ExitOffice>"));
    expect![[r#"
        CDS-10002 reject 13:3 /Declaration/ExitOfice what=the format has no such element, it is not read element=ExitOfice
    "#]]
    .assert_eq(&reading.told);
}

#[test]
fn what_is_absent_is_named_by_the_way_it_would_have() {
    let named = |place: Place| pointer(MINIMAL, &place, Some(&WcoDeclaration));
    let particulars = Particulars::default();
    assert_eq!(named(Place::of(&particulars, &particulars.representative_code)), "/Declaration/Agent/ID");
    let signature = Signature::default();
    assert_eq!(named(Place::of(&signature, &signature.client_number)), "/Declaration/FunctionalReferenceID");
    let at = MINIMAL.find("<GovernmentAgencyGoodsItem").expect("it has a goods line") as u32;
    let mut item = ItemParticulars::default();
    item.set_offset(at);
    assert_eq!(
        named(Place::of(&item, &item.net_mass_kg)),
        "/Declaration/GoodsShipment/GovernmentAgencyGoodsItem[1]/Commodity/GoodsMeasure/NetNetWeightMeasure"
    );
    let mut goods = GoodsItem::default();
    goods.set_offset(at);
    assert_eq!(
        named(Place::of(&goods, &goods.currency)),
        "/Declaration/GoodsShipment/GovernmentAgencyGoodsItem[1]/Commodity/InvoiceLine/ItemChargeAmount/@currencyID"
    );
}

#[test]
fn imports_are_declined_with_the_reason() {
    for (name, why) in
        [("import.xml", "an import declaration"), ("fiscal_territory_import.xml", "an import declaration")]
    {
        let told = read_specimen(name).told;
        assert!(told.starts_with("MSG-030") && told.contains(why), "{name}: {told}");
    }
}

#[test]
fn a_request_of_a_kind_not_known_is_declined() {
    let unknown = specimen("cancellation.xml").replace("<TypeCode>INV<", "<TypeCode>EXA<");
    let told = read(&unknown).told;
    assert!(told.starts_with("MSG-030") && told.contains("of a kind not known here"), "{told}");
}
