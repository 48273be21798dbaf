//! The three papers that are put on file beside declarations: their goods lines and invoices are filled alike, their
//! heads by a table each.

use super::document::Reference;
use super::{Fill, VOCABULARIES, answer, fill, named};
use crate::answer::{Answer, Echo};
use crate::frame::{Declined, Message};
use crate::xml::row::{Gathering, RowMap, missing};
use crate::xml::{Malformed, Reader, Tag};
use crate::{Identity, Root};
use model::certificate::{CertificateHead, CertificateInvoice, CertificateItem};
use model::documents::{CertificateRows, Documents};
use model::finding::Finding;
use model::ledger::NumberKind;
use model::text::Text;
use std::marker::PhantomData;

/// What makes a paper differ from others. Whatever is one is a [`Message`].
pub(crate) trait Paper: Sync {
    /// Stable name, in every decision.
    const NAME: &'static str;
    /// Its root.
    const ROOTS: &'static [Root];
    /// The element it is called by in its answer.
    const ELEMENT: &'static str;
    /// The table of its head.
    const HEAD: &'static [&'static RowMap];
    /// All its tables.
    const ROWS: &'static [&'static RowMap];

    /// Why it is not put on file.
    fn declined(_head: &CertificateHead<'_>) -> Option<Declined> {
        None
    }
}

impl<P: Paper> Message for P {
    type Kind = CertificateRows;
    const NAME: &'static str = P::NAME;
    const TELLS_FINDINGS: bool = true;
    const ROOTS: &'static [Root] = P::ROOTS;
    const ROWS: &'static [&'static RowMap] = P::ROWS;
    const REPEATED: &'static [&'static str] = super::REPEATED;

    fn read<'b>(
        reader: &mut Reader<'b>,
        root: Tag<'b>,
        into: &mut Documents<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed> {
        reader.speak(VOCABULARIES)?;
        into.certificate_heads.last_mut().expect("begun with the document").offset = root.offset;
        fill(reader, root, Head { into, paper: PhantomData::<P> }, gathering).map(drop)
    }

    fn echo(from: &Documents<'_>, rows: &CertificateRows) -> Echo {
        let head = &from.certificate_heads[rows.head as usize];
        Echo { certificate_number: head.number.value.to_owned(), ..Echo::default() }
    }

    fn declined(from: &Documents<'_>, rows: &CertificateRows) -> Option<Declined> {
        P::declined(&from.certificate_heads[rows.head as usize])
    }

    /// A paper is known by its own number and by whose it is: the exporter, else whoever applied; by code, else by name.
    fn identity<'b>(from: &Documents<'b>, rows: &CertificateRows) -> Identity<'b> {
        let head = &from.certificate_heads[rows.head as usize];
        let number = head.number.is_present().then_some((NumberKind::Certificate, head.number.value));
        Identity { declarant: declarant(head).value, numbers: number.into_iter().collect() }
    }

    /// Without its number, or without whose it is, nothing would find it on file.
    fn check(from: &Documents<'_>, rows: &CertificateRows, findings: &mut Vec<Finding>) {
        let head = &from.certificate_heads[rows.head as usize];
        if head.number.is_empty() {
            findings.push(missing(head, &head.number));
        }
        if declarant(head).is_empty() {
            findings.push(missing(head, &head.exporter_code));
        }
    }

    fn answer(answer: &Answer<'_>, into: &mut Vec<u8>) {
        answer::write(answer, P::ELEMENT, &answer.echo.certificate_number, into);
    }
}

/// Goods lines of all three.
pub(crate) static ITEM: RowMap = RowMap {
    element: "GoodsItem",
    record: "CertificateItem",
    fields: &[
        ("SequenceNumberID", "line_number"),
        ("Item/CommodityClassification/CommodityCode", "commodity_code"),
        ("Description", "name"),
        ("Item/OriginCountry/IdentificationCode", "origin_country"),
        ("PreferenceCriterionCode", "criterion"),
        ("Quantity", "quantity"),
        ("Quantity/@unitCode", "unit_en"),
        ("GrossWeightMeasure", "gross_weight"),
        ("GrossWeightMeasure/@unitCode", "weight_unit"),
        ("NetNetWeightMeasure", "net_weight"),
        ("FreeOnBoardValueAmount", "fob_value"),
        ("ValueAmount", "invoice_value"),
        ("InvoiceLine/Price/PriceAmount", "invoice_price"),
        ("ContainingPackage/Quantity", "package_count"),
        ("ContainingPackage/PackagingTypeCode", "package_unit"),
        ("Item/ManufacturerParty/PartyName/Name", "producer"),
        ("Item/ManufacturerParty/PartyLegalEntity/CompanyID", "producer_code"),
        ("AdditionalDocumentReference/ID", "invoice_number"),
    ],
    otherwise: &[
        ("ID", "line_number"),
        ("Item/CommodityClassification/ItemClassificationCode", "commodity_code"),
        ("Item/Description", "name"),
        ("Item/Name", "name"),
        ("OriginAddress/Country/IdentificationCode", "origin_country"),
        ("NetWeightMeasure", "net_weight"),
        ("NetWeightMeasure/@unitCode", "weight_unit"),
        ("Item/ManufacturerParty/PartyIdentification/ID", "producer_code"),
    ],
    unread: &[],
    also: &[],
};

/// Invoices that support a certificate.
pub(crate) static INVOICE: RowMap = RowMap {
    element: "SupportingDocumentReference",
    record: "CertificateInvoice",
    fields: &[("ID", "number"), ("IssueDate", "date")],
    otherwise: &[],
    unread: &[],
    also: &[],
};

fn declarant<'b>(head: &CertificateHead<'b>) -> Text<'b> {
    let known = [head.exporter_code, head.exporter, head.applicant_firm_code, head.firm_name];
    known.into_iter().find(Text::is_present).unwrap_or_default()
}

struct Head<'d, 'b, P> {
    into: &'d mut Documents<'b>,
    paper: PhantomData<P>,
}

impl<'b, P: Paper> Fill<'b> for Head<'_, 'b, P> {
    const MAPS: &'static [&'static RowMap] = P::HEAD;
    const ROWS: &'static [&'static str] = &["GoodsItem", "SupportingDocumentReference"];
    const IDENTITY: &'static [&'static str] = &["ID"];

    fn field(&mut self, record: &str, field: &str) -> Option<&mut Text<'b>> {
        named(self.into.certificate_heads.last_mut()?, record, field)
    }

    fn row(
        &mut self,
        reader: &mut Reader<'b>,
        tag: Tag<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed> {
        if tag.name == "GoodsItem" {
            let mut item = CertificateItem { offset: tag.offset, ..CertificateItem::default() };
            if fill(reader, tag, Item(&mut item), gathering)? {
                self.into.certificate_items.push(item);
            }
            return Ok(());
        }
        if let Some(document) = Reference::read(reader, tag, gathering)?
            && document.is_invoice()
        {
            let Reference { offset, number, issued, .. } = document;
            let invoice =
                CertificateInvoice { offset, number, date: issued, ..CertificateInvoice::default() };
            self.into.certificate_invoices.push(invoice);
        }
        Ok(())
    }
}

struct Item<'i, 'b>(&'i mut CertificateItem<'b>);

impl<'b> Fill<'b> for Item<'_, 'b> {
    const MAPS: &'static [&'static RowMap] = &[&ITEM];
    const ROWS: &'static [&'static str] = &["AdditionalDocumentReference"];

    fn field(&mut self, record: &str, field: &str) -> Option<&mut Text<'b>> {
        named(self.0, record, field)
    }

    fn row(
        &mut self,
        reader: &mut Reader<'b>,
        tag: Tag<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed> {
        match Reference::read(reader, tag, gathering)? {
            Some(document) if document.is_invoice() && self.0.invoice_number.is_empty() => {
                self.0.invoice_number = document.number;
                Ok(())
            }
            _ => Ok(()),
        }
    }
}
