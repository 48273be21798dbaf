//! A document that a message refers to, as it stands in the message: what becomes of it is the message's to say.

use super::Fill;
use crate::xml::row::{Gathering, RowMap, unknown};
use crate::xml::{Malformed, Reader, Tag};
use model::code::edocument;
use model::text::Text;

/// A commercial invoice, by its code in the list of the United Nations, 1001.
pub(crate) const INVOICE: &str = "380";
/// Papers a declaration needs, by their codes there, and in those of the model (single-window.md 8.10).
const PAPERS: &[(&str, &str)] = &[
    (INVOICE, edocument::INVOICE),
    ("271", edocument::PACKING_LIST),
    ("704", edocument::BILL_OF_LADING),
    ("705", edocument::BILL_OF_LADING),
    ("714", edocument::BILL_OF_LADING),
    ("740", edocument::BILL_OF_LADING),
    ("315", edocument::CONTRACT),
];
/// Certificates of origin, by their codes there: any, and form A of the generalised system of preferences.
pub(crate) const ORIGIN: &[&str] = &["861", "865"];

/// What is said of a document beside a declaration.
pub(crate) static DOCUMENT: RowMap = RowMap {
    element: "AdditionalDocumentReference",
    record: "SupportingDocument",
    fields: &[
        ("ID", "number"),
        ("DocumentTypeCode", "type_code"),
        ("DocumentStatusCode", "status"),
        ("DocumentDescription", "reason"),
        ("ValidityPeriod/EndDate", "valid_until"),
        ("IssuerParty/PartyName/Name", "issuer"),
    ],
    otherwise: &[("IssuerParty/PartyLegalEntity/RegistrationName", "issuer")],
    unread: &[],
    also: &[],
};

/// Its day, which goods of a certificate have for their invoices.
static ISSUED: RowMap = RowMap {
    element: "AdditionalDocumentReference",
    record: "CertificateInvoice",
    fields: &[("IssueDate", "date")],
    otherwise: &[],
    unread: &[],
    also: &[],
};

/// A document referred to.
#[derive(Debug, Default)]
pub(crate) struct Reference<'b> {
    pub offset: u32,
    pub number: Text<'b>,
    pub type_code: Text<'b>,
    pub status: Text<'b>,
    pub reason: Text<'b>,
    pub valid_until: Text<'b>,
    pub issuer: Text<'b>,
    pub issued: Text<'b>,
}

impl<'b> Reference<'b> {
    /// Reads the element opened last; none when nothing in it is filled.
    pub fn read(
        reader: &mut Reader<'b>,
        tag: Tag<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<Option<Reference<'b>>, Malformed> {
        let mut reference = Reference { offset: tag.offset, ..Reference::default() };
        let says_anything = super::fill(reader, tag, &mut reference, gathering)?;
        Ok(says_anything.then_some(reference))
    }

    /// It is an invoice.
    pub fn is_invoice(&self) -> bool {
        self.type_code.value == INVOICE
    }

    /// The paper it is, where it is one a declaration needs.
    pub fn paper(&self) -> Option<Text<'b>> {
        let known = PAPERS.iter().find(|(wire, _)| *wire == self.type_code.value);
        known.map(|(_, ours)| Text { value: ours, ..self.type_code })
    }

    /// It is a certificate of origin.
    pub fn is_origin(&self) -> bool {
        ORIGIN.contains(&self.type_code.value)
    }
}

impl<'b> Fill<'b> for &mut Reference<'b> {
    const MAPS: &'static [&'static RowMap] = &[&DOCUMENT, &ISSUED];
    const ROWS: &'static [&'static str] = &[];

    fn field(&mut self, _record: &str, field: &str) -> Option<&mut Text<'b>> {
        Some(match field {
            "number" => &mut self.number,
            "type_code" => &mut self.type_code,
            "status" => &mut self.status,
            "reason" => &mut self.reason,
            "valid_until" => &mut self.valid_until,
            "issuer" => &mut self.issuer,
            "date" => &mut self.issued,
            _ => return None,
        })
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
