//! China Single Window certificate of origin, `Certificate` (single-window.md section 5).
//!
//! Its default namespace is that of XML signatures, so a signature library may take the root for a signature (trap 9).
//! `CiqRegNo`, `FOBValue`, `InvNo`, `Producer` and `ProducerSertFlag` stand in head and goods with different meanings.

mod answer;
mod fields;

use crate::answer::{Answer, Echo};
use crate::xml::row::{self, Gathering, Part, RowMap, each, misshapen, push, unknown};
use crate::xml::{Malformed, Reader, RootElement, Tag};
use crate::{Entry, EntryKind, Format, Identity, Scratch};
use fields::*;
use model::certificate::{CertificateAmendment, CertificateHead};
use model::documents::{CertificateRows, Documents, Rows};
use model::evidence;
use model::finding::{Finding, Place, Words};
use model::ledger::NumberKind;
use model::text::Text;

/// Namespace of the certificate and of its receipt.
pub const NAMESPACE: &str = "http://www.w3.org/2000/09/xmldsig#";

/// The format.
#[derive(Clone, Copy, Debug)]
pub struct SingleWindowCertificate;

impl Format for SingleWindowCertificate {
    fn name(&self) -> &'static str {
        "single_window_certificate"
    }

    fn recognizes(&self, root: &RootElement<'_>) -> bool {
        root.name == "Certificate" && (root.namespace == NAMESPACE || root.namespace.is_empty())
    }

    fn parse<'b>(
        &self,
        reader: &mut Reader<'b>,
        into: &mut Documents<'b>,
        scratch: &mut Scratch,
    ) -> Entry<'b> {
        scratch.content.clear();
        let mut gathering =
            Gathering { content: &mut scratch.content, scripts: &mut scratch.scripts, unknown: Vec::new() };
        let mut rows = begin(into);
        let read = row::parts(reader, PARTS, &mut gathering, |reader, tag, gathering| {
            read_part(reader, tag, into, gathering)
        });
        rows.items.end = into.certificate_items.len() as u32;
        rows.non_party_firms.end = into.non_party_firms.len() as u32;
        rows.invoices.end = into.certificate_invoices.len() as u32;
        let head = &into.certificate_heads[rows.head as usize];
        let echo = Echo { certificate_number: head.number.value.to_owned(), ..Echo::default() };
        if let Err(malformed) = read {
            return Entry { echo, ..Entry::refused(malformed) };
        }
        if head.application_kind.value == "0" {
            let why = Words { zh: "暂存草稿，未申请", en: "a draft" };
            let place = Place::of(head, &head.application_kind);
            let declined = Entry::declined(why, place, evidence![application_kind = head.application_kind]);
            return Entry { echo, ..declined };
        }
        let identity = identity(head, gathering.content.digest());
        let mut findings = row::unknown_elements(&gathering.unknown, reader);
        misshapen_values(into, &rows, &mut findings);
        into.certificates.push(rows);
        let kind = EntryKind::Certificate { certificate_idx: into.certificates.len() - 1, identity };
        Entry { kind, findings, echo }
    }

    fn rows(&self) -> &'static [&'static RowMap] {
        ROWS
    }

    fn repeated(&self) -> &'static [&'static str] {
        &["Goods", "NonpartyCorp", "OriInv"]
    }

    fn answer(&self, answer: &Answer<'_>, into: &mut Vec<u8>) {
        answer::write(answer, into);
    }
}

/// Identity fields of the head are no content (ruling K2).
fn is_content(name: &str) -> bool {
    !matches!(name, "CertNo" | "CiqRegNo" | "AplRegNo")
}

fn begin(into: &mut Documents<'_>) -> CertificateRows {
    let head = into.certificate_heads.len() as u32;
    into.certificate_heads.push(CertificateHead::default());
    into.certificate_amendments.push(CertificateAmendment::default());
    let rows = |len: usize| Rows { start: len as u32, end: len as u32 };
    CertificateRows {
        head,
        items: rows(into.certificate_items.len()),
        non_party_firms: rows(into.non_party_firms.len()),
        invoices: rows(into.certificate_invoices.len()),
    }
}

/// Children of the root (5).
static PARTS: &[Part] = &[
    Part::once("CertificateHead"),
    Part::once("CertificateList"),
    Part::once("ModCertificate"),
    Part::once("NonpartyCorpList"),
    Part::once("OriInvs"),
    Part::once("AplPromise"),
];

fn read_part<'b>(
    reader: &mut Reader<'b>,
    tag: Tag<'b>,
    into: &mut Documents<'b>,
    gathering: &mut Gathering<'_>,
) -> Result<(), Malformed> {
    match tag.name {
        "CertificateHead" => {
            let head = into.certificate_heads.last_mut().expect("begun with the document");
            row::read(reader, tag, head, gathering, HeadWire, is_content, unknown).map(drop)
        }
        "CertificateList" => each(reader, "Goods", gathering, |reader, tag, gathering| {
            push(reader, tag, gathering, &mut into.certificate_items, ItemWire)
        }),
        "NonpartyCorpList" => each(reader, "NonpartyCorp", gathering, |reader, tag, gathering| {
            push(reader, tag, gathering, &mut into.non_party_firms, NonPartyWire)
        }),
        "OriInvs" => each(reader, "OriInv", gathering, |reader, tag, gathering| {
            push(reader, tag, gathering, &mut into.certificate_invoices, InvoiceWire)
        }),
        "ModCertificate" => {
            let amendment = into.certificate_amendments.last_mut().expect("begun with the document");
            row::read(reader, tag, amendment, gathering, AmendmentWire, row::every_leaf, unknown).map(drop)
        }
        "AplPromise" => read_promise(reader, tag, into, gathering),
        _ => unknown(reader, tag, gathering),
    }
}

/// The promise is one value in a part of its own; it belongs to the head.
fn read_promise<'b>(
    reader: &mut Reader<'b>,
    tag: Tag<'b>,
    into: &mut Documents<'b>,
    gathering: &mut Gathering<'_>,
) -> Result<(), Malformed> {
    let mut promise = CertificateHead::default();
    row::read(reader, tag, &mut promise, gathering, PromiseWire, row::every_leaf, unknown)?;
    into.certificate_heads.last_mut().expect("begun with the document").promise = promise.promise;
    Ok(())
}

fn identity<'b>(head: &CertificateHead<'b>, content: [u8; 32]) -> Identity<'b> {
    let declarant: Text<'b> =
        if head.exporter_code.is_present() { head.exporter_code } else { head.applicant_firm_code };
    let numbers = if head.number.is_present() {
        vec![(NumberKind::Certificate, head.number.value)]
    } else {
        Vec::new()
    };
    Identity { declarant: declarant.value, numbers, content }
}

fn misshapen_values(into: &Documents<'_>, rows: &CertificateRows, findings: &mut Vec<Finding>) {
    let head = rows.head as usize;
    misshapen(&into.certificate_heads[head..=head], findings);
    misshapen(&into.certificate_amendments[head..=head], findings);
    misshapen(&into.certificate_items[rows.items.start as usize..], findings);
    misshapen(&into.certificate_invoices[rows.invoices.start as usize..], findings);
}

#[cfg(test)]
mod tests;
