//! Where the rows of a declaration go.

use super::fields::{
    CONTAINER, DUTY, HEAD, ITEM, ITEM_PARTICULARS, PACKAGE, PARTICULARS, PREVIOUS, PROCEDURE, SIGNATURE,
};
use crate::ubl::document::Reference;
use crate::ubl::{Fill, fill, named};
use crate::xml::row::{Gathering, RowMap, unknown};
use crate::xml::{Malformed, Reader, TOO_MANY_ROWS, Tag};
use model::code::unit;
use model::declaration::{Container, GoodsItem};
use model::documents::{Documents, ElectronicDocument, OriginMapping};
use model::particulars::{
    DutyClaim, ItemParticulars, Package, Particulars, PreviousDocument, Procedure, SupportingDocument,
};
use model::text::Text;

/// How a goods line claims a certificate of origin in the model (ruling D1).
const CLAIM: &str = "Y";

pub(super) fn read<'b>(
    reader: &mut Reader<'b>,
    root: Tag<'b>,
    into: &mut Documents<'b>,
    gathering: &mut Gathering<'_>,
) -> Result<(), Malformed> {
    let offset = root.offset;
    into.heads.last_mut().expect("begun with the document").offset = offset;
    into.signatures.last_mut().expect("begun with the document").offset = offset;
    into.particulars.push(Particulars { offset, ..Particulars::default() });
    let first_item = into.items.len();
    let mut previous = PreviousDocument { offset, ..PreviousDocument::default() };
    fill(reader, root, Whole { into, first_item, previous: &mut previous }, gathering)?;
    if previous.number.is_present() {
        into.previous_documents.push(previous);
    }
    Ok(())
}

/// The declaration as a whole.
struct Whole<'d, 'b> {
    into: &'d mut Documents<'b>,
    first_item: usize,
    previous: &'d mut PreviousDocument<'b>,
}

impl<'b> Fill<'b> for Whole<'_, 'b> {
    const MAPS: &'static [&'static RowMap] = &[&HEAD, &SIGNATURE, &PARTICULARS, &PREVIOUS];
    const ROWS: &'static [&'static str] = &["GoodsItem", "TransportEquipment", "AdditionalDocumentReference"];
    const IDENTITY: &'static [&'static str] = &["ID", "CustomsDeclaration/ID"];

    fn field(&mut self, record: &str, field: &str) -> Option<&mut Text<'b>> {
        match record {
            "DeclarationHead" => named(self.into.heads.last_mut()?, record, field),
            "Signature" => named(self.into.signatures.last_mut()?, record, field),
            "Particulars" => named(self.into.particulars.last_mut()?, record, field),
            _ => named(self.previous, record, field),
        }
    }

    fn row(
        &mut self,
        reader: &mut Reader<'b>,
        tag: Tag<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed> {
        match tag.name {
            "AdditionalDocumentReference" => {
                if let Some(document) = Reference::read(reader, tag, gathering)? {
                    keep(document, Text::default(), self.into);
                }
                Ok(())
            }
            _ => row_with_goods(reader, tag, self.into, self.first_item, gathering),
        }
    }
}

/// A goods line, or a container, which may hold goods lines.
fn row_with_goods<'b>(
    reader: &mut Reader<'b>,
    tag: Tag<'b>,
    into: &mut Documents<'b>,
    first_item: usize,
    gathering: &mut Gathering<'_>,
) -> Result<(), Malformed> {
    if tag.name == "GoodsItem" {
        let most = reader.limits().goods_lines;
        if into.items.len() - first_item >= most {
            return Err(Malformed::beyond(TOO_MANY_ROWS, most, tag.offset));
        }
        return read_item(reader, tag, into, gathering);
    }
    let mut container = Container { offset: tag.offset, ..Container::default() };
    fill(reader, tag, Equipment { container: &mut container, into, first_item }, gathering)?;
    if container.number.is_present() {
        into.containers.push(container);
    }
    Ok(())
}

/// A container.
struct Equipment<'d, 'b> {
    container: &'d mut Container<'b>,
    into: &'d mut Documents<'b>,
    first_item: usize,
}

impl<'b> Fill<'b> for Equipment<'_, 'b> {
    const MAPS: &'static [&'static RowMap] = &[&CONTAINER];
    const ROWS: &'static [&'static str] = &["GoodsItem"];

    fn field(&mut self, record: &str, field: &str) -> Option<&mut Text<'b>> {
        named(self.container, record, field)
    }

    fn row(
        &mut self,
        reader: &mut Reader<'b>,
        tag: Tag<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed> {
        row_with_goods(reader, tag, self.into, self.first_item, gathering)
    }
}

/// A goods line, and what belongs to it in tables of its own.
struct Line<'d, 'b> {
    item: &'d mut GoodsItem<'b>,
    particulars: &'d mut ItemParticulars<'b>,
    procedure: &'d mut Procedure<'b>,
    duty: &'d mut DutyClaim<'b>,
    packages: &'d mut Vec<Package<'b>>,
    documents: &'d mut Vec<Reference<'b>>,
}

fn read_item<'b>(
    reader: &mut Reader<'b>,
    tag: Tag<'b>,
    into: &mut Documents<'b>,
    gathering: &mut Gathering<'_>,
) -> Result<(), Malformed> {
    let offset = tag.offset;
    let mut item = GoodsItem { offset, ..GoodsItem::default() };
    let mut particulars = ItemParticulars { offset, ..ItemParticulars::default() };
    let mut procedure = Procedure { offset, ..Procedure::default() };
    let mut duty = DutyClaim { offset, ..DutyClaim::default() };
    let (mut packages, mut documents) = (Vec::new(), Vec::new());
    let line = Line {
        item: &mut item,
        particulars: &mut particulars,
        procedure: &mut procedure,
        duty: &mut duty,
        packages: &mut packages,
        documents: &mut documents,
    };
    if !fill(reader, tag, line, gathering)? {
        return Ok(());
    }
    let goods_line = item.line_number;
    item.second_quantity = particulars.supplementary_quantity;
    // Of what is counted by weight the net weight is the first statutory quantity (ruling D8).
    item.first_quantity = particulars.net_mass_kg;
    if item.first_quantity.is_present() {
        item.first_unit = Text { value: unit::KILOGRAM, ..item.first_quantity };
    }
    if procedure.current.is_present() {
        into.procedures.push(Procedure { goods_line, ..procedure });
    }
    if is_preference(duty.preference.value) {
        into.duty_claims.push(DutyClaim { goods_line, ..duty });
    }
    into.packages.extend(packages.into_iter().map(|package| Package { goods_line, ..package }));
    into.items.push(item);
    into.item_particulars.push(particulars);
    documents.into_iter().for_each(|document| keep(document, goods_line, into));
    Ok(())
}

/// Three figures are a preference asked for; letters are a criterion of origin, which a declaration has no field for.
fn is_preference(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// A document is kept as what it is. A certificate of origin is claimed besides (ruling D1), and what a declaration
/// needs beside it is one of its electronic documents.
fn keep<'b>(document: Reference<'b>, goods_line: Text<'b>, into: &mut Documents<'b>) {
    if document.is_origin() {
        into.origin_mappings.push(OriginMapping {
            offset: document.offset,
            document_type: Text::at(CLAIM, document.type_code.offset),
            goods_line,
            document_number: document.number,
            ..OriginMapping::default()
        });
    }
    if let Some(type_code) = document.paper() {
        into.electronic_documents.push(ElectronicDocument {
            offset: document.offset,
            id: document.number,
            type_code,
            goods_lines: goods_line,
            ..ElectronicDocument::default()
        });
    }
    let Reference { offset, number, type_code, status, reason, valid_until, issuer, issued: _ } = document;
    into.supporting_documents.push(SupportingDocument {
        offset,
        goods_line,
        type_code,
        number,
        reason,
        status,
        valid_until,
        issuer,
        ..SupportingDocument::default()
    });
}

impl<'b> Fill<'b> for Line<'_, 'b> {
    const MAPS: &'static [&'static RowMap] = &[&ITEM, &ITEM_PARTICULARS, &PROCEDURE, &DUTY];
    const ROWS: &'static [&'static str] = &["ContainingPackage", "AdditionalDocumentReference"];

    fn field(&mut self, record: &str, field: &str) -> Option<&mut Text<'b>> {
        match record {
            "GoodsItem" => named(self.item, record, field),
            "ItemParticulars" => named(self.particulars, record, field),
            "Procedure" => named(self.procedure, record, field),
            _ => named(self.duty, record, field),
        }
    }

    fn row(
        &mut self,
        reader: &mut Reader<'b>,
        tag: Tag<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed> {
        if tag.name == "AdditionalDocumentReference" {
            self.documents.extend(Reference::read(reader, tag, gathering)?);
            return Ok(());
        }
        let mut package = Package { offset: tag.offset, ..Package::default() };
        if fill(reader, tag, &mut package, gathering)? {
            self.packages.push(package);
        }
        Ok(())
    }
}

impl<'b> Fill<'b> for &mut Package<'b> {
    const MAPS: &'static [&'static RowMap] = &[&PACKAGE];
    const ROWS: &'static [&'static str] = &[];

    fn field(&mut self, record: &str, field: &str) -> Option<&mut Text<'b>> {
        named(*self, record, field)
    }

    fn row(
        &mut self,
        reader: &mut Reader<'b>,
        tag: Tag<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed> {
        unknown(reader, tag, gathering)
    }
}
