//! China Single Window goods declaration, `DecMessage` (single-window.md section 3).
//!
//! The wire keeps its official misspellings here and nowhere else. On an export, `OriginCountry` of a line carries the
//! destination and `DestinationCountry` the origin (3.4): the swap is undone at this edge.

mod answer;
mod fields;
mod lengths;

use crate::answer::{Answer, Echo};
use crate::frame::{Declined, Message};
use crate::xml::row::{self, Gathering, Part, RowMap, each, push, unknown};
use crate::xml::{Malformed, REPEATED as STOOD_BEFORE, Reader, TOO_MANY_ROWS, Tag};
use crate::{Identity, Root};
use fields::*;
use model::declaration::{DeclarationHead, GoodsItem};
use model::documents::{DeclarationRows, Documents, GoodsLicence, Signature};
use model::evidence;
use model::finding::{Finding, Place, Words};
use model::ledger::NumberKind;

/// Namespace of the declaration and of its technical answer.
pub const NAMESPACE: &str = "http://www.chinaport.gov.cn/dec";

/// The format.
#[derive(Clone, Copy, Debug)]
pub struct SingleWindowDeclaration;

impl Message for SingleWindowDeclaration {
    type Kind = DeclarationRows;
    const NAME: &'static str = "single_window_declaration";
    const ROOTS: &'static [Root] = &[Root { local_name: "DecMessage", namespaces: &[NAMESPACE, ""] }];
    const ROWS: &'static [&'static RowMap] = ROWS;
    const REPEATED: &'static [&'static str] = REPEATED;

    fn read<'b>(
        reader: &mut Reader<'b>,
        _root: Tag<'b>,
        into: &mut Documents<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed> {
        row::parts(reader, PARTS, gathering, |reader, tag, gathering| read_part(reader, tag, into, gathering))
    }

    /// Undoes the swap of origin and destination (3.4) unless it is an import.
    fn straighten(into: &mut Documents<'_>, rows: &DeclarationRows) {
        if into.heads[rows.head as usize].direction.value == "I" {
            for item in &mut into.items[rows.items.start as usize..] {
                std::mem::swap(&mut item.origin_country, &mut item.destination_country);
            }
        }
    }

    fn echo(from: &Documents<'_>, rows: &DeclarationRows) -> Echo {
        let head = &from.heads[rows.head as usize];
        let signature = &from.signatures[rows.signature as usize];
        Echo {
            client_number: signature.client_number.value.to_owned(),
            unified_number: head.unified_number.value.to_owned(),
            entry_number: head.entry_number.value.to_owned(),
            certificate_number: String::new(),
            customs_office: head.customs_office.value.to_owned(),
            departure_date: head.departure_date.value.to_owned(),
        }
    }

    fn declined(from: &Documents<'_>, rows: &DeclarationRows) -> Option<Declined> {
        declined(&from.heads[rows.head as usize], &from.signatures[rows.signature as usize])
    }

    fn identity<'b>(from: &Documents<'b>, rows: &DeclarationRows) -> Identity<'b> {
        let head = &from.heads[rows.head as usize];
        let signature = &from.signatures[rows.signature as usize];
        let declarant = if head.agent_unified_code.is_present() {
            head.agent_unified_code
        } else {
            head.agent_customs_code
        };
        let numbers = [
            (NumberKind::Entry, head.entry_number.value),
            (NumberKind::Unified, head.unified_number.value),
            (NumberKind::Client, signature.client_number.value),
        ];
        let numbers = numbers.into_iter().filter(|(_, number)| !number.is_empty()).collect();
        Identity { declarant: declarant.value, numbers }
    }

    fn check(from: &Documents<'_>, rows: &DeclarationRows, findings: &mut Vec<Finding>) {
        lengths::check(from, rows, findings);
    }

    fn answer(answer: &Answer<'_>, into: &mut Vec<u8>) {
        answer::write(answer, into);
    }
}

/// Elements that may stand more than once under their parent (3.2).
const REPEATED: &[&str] = &[
    "DecList",
    "DecGoodsLimit",
    "Container",
    "LicenseDocu",
    "DecRequestCert",
    "DecOtherPack",
    "DecCopLimit",
    "DecUser",
    "DecMarkLob",
    "DecCopPromise",
    "TrnList",
    "TrnContainer",
    "TrnContaGoods",
    "EdocRealation",
    "EcoRelation",
];

/// Identity fields are no content (ruling K2).
fn is_content(name: &str) -> bool {
    !matches!(name, "EntryId" | "SeqNo" | "AgentCode" | "AgentCodeScc")
}

fn never(_name: &str) -> bool {
    false
}

/// Children of the root (3.2).
static PARTS: &[Part] = &[
    Part::once("DecHead"),
    Part::once("DecLists"),
    Part::once("DecContainers"),
    Part::once("DecLicenseDocus"),
    Part::once("DecRequestCerts"),
    Part::once("DecOtherPacks"),
    Part::once("DecCopLimits"),
    Part::once("DecMarkLobs"),
    Part::once("DecFreeTxt"),
    Part::once("DecSign"),
    Part::once("DecCopPromises"),
    Part::repeated("EdocRealation"),
    Part::repeated("EcoRelation"),
    Part::unread("DecUsers", "contacts of the using unit: personal data that no rule asks for"),
    Part::unread("DecTpAccess", "two-stage admittance of imports"),
    Part::unread("TrnHead", TRANSIT),
    Part::unread("TrnList", TRANSIT),
    Part::unread("TrnContainers", TRANSIT),
    Part::unread("TrnContaGoodsList", TRANSIT),
    Part::unread("DecRisk", "a result customs writes, not a statement of the declarant"),
    Part::unread("SddTax", "the tax bill of an import"),
    Part::unread("DecRoyaltyFee", "royalties on an import"),
    Part::unread("DecSupplement", SUPPLEMENT),
    Part::unread("DecSupplements", SUPPLEMENT),
    Part::unread("DecControlModel", CONTROL),
    Part::unread("DecControlModels", CONTROL),
];
const TRANSIT: &str = "the transit declaration: another form, not decided here";
const SUPPLEMENT: &str = "the supplementary declaration of price and origin: asked for on imports";
const CONTROL: &str = "elements of prohibited and restricted goods, which are not of this channel";

fn read_part<'b>(
    reader: &mut Reader<'b>,
    tag: Tag<'b>,
    into: &mut Documents<'b>,
    gathering: &mut Gathering<'_>,
) -> Result<(), Malformed> {
    match tag.name {
        "DecHead" => {
            let head = into.heads.last_mut().expect("begun with the document");
            row::read(reader, tag, head, gathering, HeadWire, is_content, unknown).map(drop)
        }
        "DecLists" => {
            let first = into.items.len();
            let most = reader.limits().goods_lines;
            each(reader, "DecList", gathering, |reader, tag, gathering| {
                if into.items.len() - first >= most {
                    return Err(Malformed::beyond(TOO_MANY_ROWS, most, tag.offset));
                }
                read_item(reader, tag, &mut into.items, &mut into.goods_licences, gathering)
            })
        }
        "DecContainers" => each(reader, "Container", gathering, |reader, tag, gathering| {
            push(reader, tag, gathering, &mut into.containers, ContainerWire)
        }),
        "DecLicenseDocus" => each(reader, "LicenseDocu", gathering, |reader, tag, gathering| {
            push(reader, tag, gathering, &mut into.licences, LicenceWire)
        }),
        "DecRequestCerts" => each(reader, "DecRequestCert", gathering, |reader, tag, gathering| {
            push(reader, tag, gathering, &mut into.requested_certificates, RequestedWire)
        }),
        "DecOtherPacks" => each(reader, "DecOtherPack", gathering, |reader, tag, gathering| {
            push(reader, tag, gathering, &mut into.other_packaging, PackagingWire)
        }),
        "DecCopLimits" => each(reader, "DecCopLimit", gathering, |reader, tag, gathering| {
            push(reader, tag, gathering, &mut into.qualifications, QualificationWire)
        }),
        "DecMarkLobs" => each(reader, "DecMarkLob", gathering, |reader, tag, gathering| {
            push(reader, tag, gathering, &mut into.mark_pictures, PictureWire)
        }),
        "DecCopPromises" => each(reader, "DecCopPromise", gathering, |reader, tag, gathering| {
            push(reader, tag, gathering, &mut into.promises, PromiseWire)
        }),
        "DecFreeTxt" => {
            let free_text = into.free_texts.last_mut().expect("begun with the document");
            row::read(reader, tag, free_text, gathering, FreeTextWire, row::every_leaf, unknown).map(drop)
        }
        "DecSign" => {
            let signature = into.signatures.last_mut().expect("begun with the document");
            read_signature(reader, tag, signature, gathering)
        }
        "EdocRealation" => {
            push(reader, tag, gathering, &mut into.electronic_documents, ElectronicDocumentWire)
        }
        "EcoRelation" => push(reader, tag, gathering, &mut into.origin_mappings, OriginMappingWire),
        _ => unknown(reader, tag, gathering),
    }
}

/// Appends a goods line and its licences, unless nothing in it is filled.
fn read_item<'b>(
    reader: &mut Reader<'b>,
    tag: Tag<'b>,
    items: &mut Vec<GoodsItem<'b>>,
    licences: &mut Vec<GoodsLicence<'b>>,
    gathering: &mut Gathering<'_>,
) -> Result<(), Malformed> {
    // Filled where it stays: lines are long.
    items.push(GoodsItem::default());
    let item = items.last_mut().expect("appended just now");
    let mut has_licences = false;
    let inner = |reader: &mut Reader<'b>, tag: Tag<'b>, gathering: &mut Gathering<'_>| match tag.name {
        "DecGoodsLimits" if has_licences => Err(Malformed::at(STOOD_BEFORE, tag.offset)),
        "DecGoodsLimits" => {
            has_licences = true;
            each(reader, "DecGoodsLimit", gathering, |reader, tag, gathering| {
                push(reader, tag, gathering, licences, GoodsLicenceWire)
            })
        }
        _ => unknown(reader, tag, gathering),
    };
    if !row::read(reader, tag, item, gathering, ItemWire, row::every_leaf, inner)? {
        items.pop();
    }
    Ok(())
}

/// The signature is no content (ruling K2), so it is read without being taken.
fn read_signature<'b>(
    reader: &mut Reader<'b>,
    tag: Tag<'b>,
    signature: &mut Signature<'b>,
    gathering: &mut Gathering<'_>,
) -> Result<(), Malformed> {
    let mut aside = row::Content::default();
    let mut around = Gathering {
        content: &mut aside,
        scripts: gathering.scripts,
        unknown: std::mem::take(&mut gathering.unknown),
    };
    let read = row::read(reader, tag, signature, &mut around, SignatureWire, never, unknown);
    gathering.unknown = around.unknown;
    read.map(drop)
}

/// Imports, drafts and uploads are readable, but not decided (ruling K8).
fn declined(head: &DeclarationHead<'_>, signature: &Signature<'_>) -> Option<Declined> {
    if head.direction.value == "I" {
        return Some(Declined {
            why: Words { zh: "进口报关单", en: "an import declaration" },
            place: Place::of(head, &head.direction),
            evidence: evidence![direction = head.direction],
        });
    }
    let why = match signature.operation.value {
        "A" | "B" => Words { zh: "上载，未申报", en: "an upload that declares nothing" },
        "E" => Words { zh: "手册上载，未申报", en: "a handbook upload that declares nothing" },
        "G" => Words { zh: "暂存草稿，未申报", en: "a draft" },
        _ => return None,
    };
    let place = Place::of(signature, &signature.operation);
    Some(Declined { why, place, evidence: evidence![operation = signature.operation] })
}

#[cfg(test)]
mod tests;
