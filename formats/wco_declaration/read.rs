//! Head, goods lines and the rows in them.

use super::fields::*;
use super::{DATA_TYPES, NAMESPACE, is_content};
use crate::xml::row::{Gathering, RowMap, Slot, Wire, pass};
use crate::xml::tree::{self, Branch};
use crate::xml::{Malformed, Manners, Reader, TOO_MANY_ROWS, Tag};
use model::declaration::{DeclarationHead, GoodsItem};
use model::documents::{Documents, Signature};
use model::particulars::{ItemParticulars, Particulars};
use model::text::{Record, Text};

/// Children stand in the namespace of the declaration; only a moment stands in that of its data types.
pub(super) const MANNERS: Manners =
    Manners { is_strict: true, companions: &[(DATA_TYPES, "DateTimeString")] };

/// The nomenclature whose code is the commodity code.
const TARIFF: &str = "TSP";
/// Preferential origin.
const PREFERENTIAL: &str = "2";

pub(super) fn declaration<'b>(
    reader: &mut Reader<'b>,
    root: Tag<'b>,
    into: &mut Documents<'b>,
    gathering: &mut Gathering<'_>,
) -> Result<(), Malformed> {
    debug_assert!(!NAMESPACE.is_empty(), "a strict reader needs a namespace to be strict about");
    reader.keep_to(MANNERS);
    let mut head = Head {
        head: DeclarationHead::default(),
        signature: Signature::default(),
        particulars: Particulars::default(),
        first_item: into.items.len(),
        into,
    };
    head.head.set_offset(root.offset);
    head.signature.set_offset(root.offset);
    head.particulars.set_offset(root.offset);
    let read = tree::read(reader, root, &mut head, gathering);
    // What could be read is kept for the answer, whatever came of the rest.
    let Head { head, signature, particulars, into, .. } = head;
    into.heads.last_mut().map(|row| *row = head).expect("begun with the document");
    into.signatures.last_mut().map(|row| *row = signature).expect("begun with the document");
    into.particulars.push(particulars);
    read.map(drop)
}

struct Head<'r, 'b> {
    head: DeclarationHead<'b>,
    signature: Signature<'b>,
    particulars: Particulars<'b>,
    into: &'r mut Documents<'b>,
    first_item: usize,
}

impl<'b> Branch<'b> for Head<'_, 'b> {
    fn maps(&self) -> impl Iterator<Item = &'static RowMap> {
        [&HEAD, &SIGNATURE, &PARTICULARS].into_iter()
    }

    fn slot(&mut self, way: &str) -> Slot<'_, 'b> {
        match HeadWire.slot(&mut self.head, way) {
            Slot::Unknown => {}
            known => return known,
        }
        match SignatureWire.slot(&mut self.signature, way) {
            Slot::Unknown => ParticularsWire.slot(&mut self.particulars, way),
            known => known,
        }
    }

    fn is_row(&self, way: &str) -> bool {
        matches!(
            way,
            "AdditionalDocument"
                | "AdditionalInformation"
                | "AuthorisationHolder"
                | "Consignment/Itinerary"
                | "ObligationGuarantee"
                | "GoodsShipment/PreviousDocument"
                | "GoodsShipment/Consignment/TransportEquipment"
                | "GoodsShipment/GovernmentAgencyGoodsItem"
        )
    }

    fn row(
        &mut self,
        way: &str,
        reader: &mut Reader<'b>,
        tag: Tag<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed> {
        let into = &mut *self.into;
        match way {
            "AdditionalDocument" => row(reader, tag, DocumentWire, &mut into.supporting_documents, gathering),
            "AdditionalInformation" => row(reader, tag, ExplanationWire, &mut into.explanations, gathering),
            "AuthorisationHolder" => row(reader, tag, AuthorisationWire, &mut into.authorisations, gathering),
            "Consignment/Itinerary" => row(reader, tag, RouteWire, &mut into.route_countries, gathering),
            "ObligationGuarantee" => row(reader, tag, GuaranteeWire, &mut into.guarantees, gathering),
            "GoodsShipment/PreviousDocument" => {
                row(reader, tag, ShipmentDocumentWire, &mut into.previous_documents, gathering)
            }
            "GoodsShipment/Consignment/TransportEquipment" => {
                row(reader, tag, ContainerWire, &mut into.containers, gathering)
            }
            _ if into.items.len() - self.first_item >= reader.limits().goods_lines => {
                Err(Malformed::beyond(TOO_MANY_ROWS, reader.limits().goods_lines, tag.offset))
            }
            _ => item(reader, tag, into, gathering),
        }
    }

    fn is_content(&self, way: &str) -> bool {
        is_content(way)
    }
}

/// A row whose fields are all of one table.
struct Single<'b, W: Wire> {
    wire: W,
    row: W::Row<'b>,
}

impl<'b, W: Wire> Branch<'b> for Single<'b, W> {
    fn maps(&self) -> impl Iterator<Item = &'static RowMap> {
        std::iter::once(self.wire.map())
    }

    fn slot(&mut self, way: &str) -> Slot<'_, 'b> {
        self.wire.slot(&mut self.row, way)
    }
}

/// Reads a row and appends it, unless it is empty: an empty row is an absent one.
fn row<'b, W: Wire>(
    reader: &mut Reader<'b>,
    tag: Tag<'b>,
    wire: W,
    rows: &mut Vec<W::Row<'b>>,
    gathering: &mut Gathering<'_>,
) -> Result<(), Malformed> {
    let mut single = Single { wire, row: W::Row::default() };
    single.row.set_offset(tag.offset);
    if tree::read(reader, tag, &mut single, gathering)? {
        rows.push(single.row);
    }
    Ok(())
}

struct Item<'r, 'b> {
    item: GoodsItem<'b>,
    particulars: ItemParticulars<'b>,
    into: &'r mut Documents<'b>,
}

/// The tables that hold rows of goods lines.
macro_rules! rows_of_items {
    ($do:ident, $into:expr $(, $more:expr)*) => {
        $do!(
            $into $(, $more)*;
            classifications origin_countries procedures packages supporting_documents explanations
            previous_documents duty_claims
        )
    };
}

/// How many rows each table has.
macro_rules! lengths {
    ($into:expr; $($table:ident)*) => { [$( $into.$table.len(), )*] };
}

/// The rows appended since then belong to the goods line with this number.
macro_rules! number {
    ($into:expr, $lengths:expr, $line:expr; $($table:ident)*) => {
        let mut lengths = $lengths.into_iter();
        $( for row in &mut $into.$table[lengths.next().unwrap_or_default()..] {
            row.goods_line = $line;
        } )*
    };
}

fn item<'b>(
    reader: &mut Reader<'b>,
    tag: Tag<'b>,
    into: &mut Documents<'b>,
    gathering: &mut Gathering<'_>,
) -> Result<(), Malformed> {
    let lengths = rows_of_items!(lengths, into);
    let mut item = Item { item: GoodsItem::default(), particulars: ItemParticulars::default(), into };
    item.item.set_offset(tag.offset);
    item.particulars.set_offset(tag.offset);
    let says_something = tree::read(reader, tag, &mut item, gathering)?;
    let Item { mut item, particulars, into } = item;
    let line: Text<'b> = item.line_number;
    rows_of_items!(number, into, lengths, line);
    let [classifications, origins, ..] = lengths;
    let tariff = into.classifications[classifications..].iter().find(|row| row.nomenclature.value == TARIFF);
    item.commodity_code = tariff.map(|row| row.code).unwrap_or_default();
    let origin = into.origin_countries[origins..].iter().find(|row| row.kind.value != PREFERENTIAL);
    item.origin_country = origin.map(|row| row.country).unwrap_or_default();
    if says_something {
        into.items.push(item);
        into.item_particulars.push(particulars);
    }
    Ok(())
}

impl<'b> Branch<'b> for Item<'_, 'b> {
    fn maps(&self) -> impl Iterator<Item = &'static RowMap> {
        [&ITEM, &ITEM_PARTICULARS].into_iter()
    }

    fn slot(&mut self, way: &str) -> Slot<'_, 'b> {
        match ItemWire.slot(&mut self.item, way) {
            Slot::Unknown => ItemParticularsWire.slot(&mut self.particulars, way),
            known => known,
        }
    }

    fn is_row(&self, way: &str) -> bool {
        matches!(
            way,
            "AdditionalDocument"
                | "AdditionalInformation"
                | "Commodity/Classification"
                | "Commodity/DangerousGoods"
                | "Commodity/DutyTaxFee"
                | "GovernmentProcedure"
                | "Origin"
                | "Packaging"
                | "PreviousDocument"
        )
    }

    fn row(
        &mut self,
        way: &str,
        reader: &mut Reader<'b>,
        tag: Tag<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed> {
        let into = &mut *self.into;
        match way {
            "AdditionalDocument" => {
                row(reader, tag, ItemDocumentWire, &mut into.supporting_documents, gathering)
            }
            "AdditionalInformation" => {
                row(reader, tag, ItemExplanationWire, &mut into.explanations, gathering)
            }
            "Commodity/Classification" => {
                row(reader, tag, ClassificationWire, &mut into.classifications, gathering)
            }
            "Commodity/DutyTaxFee" => row(reader, tag, DutyWire, &mut into.duty_claims, gathering),
            "GovernmentProcedure" => row(reader, tag, ProcedureWire, &mut into.procedures, gathering),
            "Origin" => row(reader, tag, OriginWire, &mut into.origin_countries, gathering),
            "Packaging" => row(reader, tag, PackageWire, &mut into.packages, gathering),
            "PreviousDocument" => {
                row(reader, tag, PreviousDocumentWire, &mut into.previous_documents, gathering)
            }
            _ => dangerous(reader, tag, &mut self.item.un_number, gathering),
        }
    }
}

/// The first of several dangerous goods stands for the line; the others are content.
fn dangerous<'b>(
    reader: &mut Reader<'b>,
    tag: Tag<'b>,
    un_number: &mut Text<'b>,
    gathering: &mut Gathering<'_>,
) -> Result<(), Malformed> {
    if un_number.was_written() {
        return pass(reader, tag, gathering);
    }
    tree::read(reader, tag, &mut Dangerous(un_number), gathering).map(drop)
}

struct Dangerous<'r, 'b>(&'r mut Text<'b>);

impl<'b> Branch<'b> for Dangerous<'_, 'b> {
    fn maps(&self) -> impl Iterator<Item = &'static RowMap> {
        std::iter::empty()
    }

    fn slot(&mut self, way: &str) -> Slot<'_, 'b> {
        if way == "UNDGID" { Slot::Field(self.0) } else { Slot::Unknown }
    }
}
