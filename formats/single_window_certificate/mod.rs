//! China Single Window certificate of origin, `Certificate` (single-window.md section 5).
//!
//! Its default namespace is that of XML signatures, so a signature library may take the root for a signature (trap 9).
//! `CiqRegNo`, `FOBValue`, `InvNo`, `Producer` and `ProducerSertFlag` stand in head and goods with different meanings.

mod answer;
mod fields;
mod lengths;

use crate::answer::{Answer, Echo};
use crate::frame::{Declined, Message};
use crate::xml::row::{self, Gathering, Part, RowMap, each, push, unknown};
use crate::xml::{Malformed, Reader, Tag};
use crate::{Identity, Root};
use fields::*;
use model::certificate::CertificateHead;
use model::documents::{CertificateRows, Documents};
use model::evidence;
use model::finding::{Finding, Place, Words};
use model::ledger::NumberKind;

/// Namespace of the certificate and of its receipt.
pub const NAMESPACE: &str = "http://www.w3.org/2000/09/xmldsig#";

/// The format.
#[derive(Clone, Copy, Debug)]
pub struct SingleWindowCertificate;

impl Message for SingleWindowCertificate {
    type Kind = CertificateRows;
    const NAME: &'static str = "single_window_certificate";
    const ROOTS: &'static [Root] = &[Root { local_name: "Certificate", namespaces: &[NAMESPACE, ""] }];
    const ROWS: &'static [&'static RowMap] = ROWS;
    const REPEATED: &'static [&'static str] = &["Goods", "NonpartyCorp", "OriInv"];

    fn read<'b>(
        reader: &mut Reader<'b>,
        _root: Tag<'b>,
        into: &mut Documents<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed> {
        row::parts(reader, PARTS, gathering, |reader, tag, gathering| read_part(reader, tag, into, gathering))
    }

    fn echo(from: &Documents<'_>, rows: &CertificateRows) -> Echo {
        let head = &from.certificate_heads[rows.head as usize];
        Echo { certificate_number: head.number.value.to_owned(), ..Echo::default() }
    }

    fn declined(from: &Documents<'_>, rows: &CertificateRows) -> Option<Declined> {
        let head = &from.certificate_heads[rows.head as usize];
        (head.application_kind.value == "0").then(|| Declined {
            why: Words { zh: "暂存草稿，未申请", en: "a draft" },
            place: Place::of(head, &head.application_kind),
            evidence: evidence![application_kind = head.application_kind],
        })
    }

    fn identity<'b>(from: &Documents<'b>, rows: &CertificateRows) -> Identity<'b> {
        let head = &from.certificate_heads[rows.head as usize];
        let declarant =
            if head.exporter_code.is_present() { head.exporter_code } else { head.applicant_firm_code };
        let number = head.number.is_present().then_some((NumberKind::Certificate, head.number.value));
        Identity { declarant: declarant.value, numbers: number.into_iter().collect() }
    }

    fn check(from: &Documents<'_>, rows: &CertificateRows, findings: &mut Vec<Finding>) {
        lengths::head(std::slice::from_ref(&from.certificate_heads[rows.head as usize]), findings);
    }

    fn answer(answer: &Answer<'_>, into: &mut Vec<u8>) {
        answer::write(answer, into);
    }
}

/// Identity fields of the head are no content (ruling K2).
fn is_content(name: &str) -> bool {
    !matches!(name, "CertNo" | "CiqRegNo" | "AplRegNo")
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

#[cfg(test)]
mod tests;
