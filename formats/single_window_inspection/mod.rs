//! China Single Window inspection application, `EEntDeclIo` (single-window.md section 6).
//!
//! Two dialects share root and containers: that of the import client names some fields as the customs form does and
//! states who files at the root; the transport copies keep the names of the inspection system. Either name is taken for
//! a field, and both only where they agree.
//! The older regional wrapper, `OBORMessage` (7), holds one application in the names of the transport copies, its goods
//! inside the head.
//! Channel accounts and passwords can ride in `spare1` to `spare4` (trap 11): they are passed over.

mod answer;
mod fields;

use crate::answer::{Answer, Echo};
use crate::frame::{Declined, Message};
use crate::xml::row::{self, Gathering, Part, RowMap, each, push, unknown};
use crate::xml::{Malformed, REPEATED as STOOD_BEFORE, Reader, TOO_MANY_ROWS, Tag};
use crate::{Identity, Root};
use fields::*;
use model::documents::{Documents, InspectionRows};
use model::evidence;
use model::finding::{Finding, Place, Words};
use model::inspection::{InspectionContainer, InspectionGoods, InspectionHead, InspectionLicence};
use model::ledger::NumberKind;

/// Namespace of the application in the dialect of the import client.
pub const NAMESPACE: &str = "http://www.chinaport.gov.cn/ciq";

/// The format.
#[derive(Clone, Copy, Debug)]
pub struct SingleWindowInspection;

impl Message for SingleWindowInspection {
    type Kind = InspectionRows;
    const NAME: &'static str = "single_window_inspection";
    const ROOTS: &'static [Root] = &[
        Root { local_name: "EEntDeclIo", namespaces: &[NAMESPACE, ""] },
        Root { local_name: "OBORMessage", namespaces: &[""] },
    ];
    const ROWS: &'static [&'static RowMap] = ROWS;
    const REPEATED: &'static [&'static str] = REPEATED;

    fn read<'b>(
        reader: &mut Reader<'b>,
        root: Tag<'b>,
        into: &mut Documents<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed> {
        let parts = if root.name == REGIONAL { REGIONAL_PARTS } else { PARTS };
        into.inspection_filings.last_mut().expect("begun with the document").offset = root.offset;
        let first = into.inspection_goods.len();
        let part =
            |reader: &mut Reader<'b>,
             tag: Tag<'b>,
             into: &mut Documents<'b>,
             gathering: &mut Gathering<'_>| { read_part(reader, tag, into, gathering, first) };
        row::parts_and_leaves(reader, parts, into, gathering, part, |tag, value, into, gathering| {
            let filing = into.inspection_filings.last_mut().expect("begun with the document");
            row::leaf(tag, value, filing, gathering, FilingWire, is_content)
        })
    }

    fn echo(from: &Documents<'_>, rows: &InspectionRows) -> Echo {
        let (_, number) = number(from, rows);
        Echo { client_number: number.to_owned(), ..Echo::default() }
    }

    /// Drafts and applications for entry are readable, but not decided (ruling K8).
    fn declined(from: &Documents<'_>, rows: &InspectionRows) -> Option<Declined> {
        let filing = &from.inspection_filings[rows.filing as usize];
        let head = &from.inspection_heads[rows.head as usize];
        let kind = &filing.message_kind;
        if kind.is_present() && kind.value != "EEntDeclIo" {
            return Some(Declined {
                why: Words { zh: "不是检验检疫申请", en: "not an inspection application" },
                place: Place::of(filing, kind),
                evidence: evidence![kind = *kind],
            });
        }
        if head.direction.value == "I" {
            return Some(Declined {
                why: Words { zh: "入境检验检疫申请", en: "an inspection application for entry" },
                place: Place::of(head, &head.direction),
                evidence: evidence![direction = head.direction],
            });
        }
        (filing.operation.value == "G").then(|| Declined {
            why: Words { zh: "暂存草稿，未申请", en: "a draft" },
            place: Place::of(filing, &filing.operation),
            evidence: evidence![operation = filing.operation],
        })
    }

    fn identity<'b>(from: &Documents<'b>, rows: &InspectionRows) -> Identity<'b> {
        let (declarant, number) = number(from, rows);
        let number = (!number.is_empty()).then_some((NumberKind::Inspection, number));
        Identity { declarant, numbers: number.into_iter().collect() }
    }

    /// An application that nobody can name is of no use on file.
    fn check(from: &Documents<'_>, rows: &InspectionRows, findings: &mut Vec<Finding>) {
        let (declarant, number) = number(from, rows);
        let head = &from.inspection_heads[rows.head as usize];
        if number.is_empty() {
            findings.push(row::missing(head, &head.number));
        }
        if declarant.is_empty() {
            findings.push(row::missing(head, &head.declarant_number));
        }
    }

    fn answer(answer: &Answer<'_>, into: &mut Vec<u8>) {
        answer::write(answer, into);
    }
}

/// Elements that may stand more than once under their parent (6.2).
const REPEATED: &[&str] = &[
    "ITF_DCL_IO_DECL_ATT",
    "ITF_DCL_IO_DECL_GOODS",
    "ITF_DCL_IO_DECL_GOODS_CONT",
    "ITF_DCL_IO_DECL_GOODS_LIMIT",
    "ITF_DCL_IO_DECL_GOODS_PACK",
    "ITF_DCL_IO_DECL_LIMIT",
    "ITF_DCL_IO_DECL_USER",
    "ITF_DCL_MARK_LOB",
    "ITF_DCL_IO_DECL_CONT",
    "ITF_DCL_IO_DECL_CONT_DETAIL",
    "ITF_DCL_IO_DECL_CERT_TYPE",
];

/// Identity fields are no content (ruling K2).
fn is_content(name: &str) -> bool {
    !matches!(name, "EntDeclNo" | "CopNo" | "DeclRegScc" | "DeclRegNo")
}

fn never(_name: &str) -> bool {
    false
}

/// Who files, and the number it is known by: the firm's number of the application, else its own number.
fn number<'b>(from: &Documents<'b>, rows: &InspectionRows) -> (&'b str, &'b str) {
    let filing = &from.inspection_filings[rows.filing as usize];
    let head = &from.inspection_heads[rows.head as usize];
    let declarant = if filing.declarant_unified_code.is_present() {
        filing.declarant_unified_code
    } else {
        head.declarant_number
    };
    let number = if head.number.is_present() { head.number } else { filing.firm_number };
    (declarant.value, number.value)
}

/// The older regional wrapper, and its children (7).
const REGIONAL: &str = "OBORMessage";
static REGIONAL_PARTS: &[Part] = &[Part::once("MessageHead"), Part::once("MessageBody")];

/// Children of the root (6.2).
static PARTS: &[Part] = &[
    Part::once("ITF_DCL_IO_DECL"),
    Part::repeated("ITF_DCL_IO_DECL_ATT"),
    Part::repeated("ITF_DCL_IO_DECL_GOODS"),
    Part::repeated("ITF_DCL_IO_DECL_LIMIT"),
    Part::repeated("ITF_DCL_IO_DECL_CONT"),
    Part::unread("ITF_DCL_IO_DECL_USER", "contacts of the using unit: personal data that no rule asks for"),
    Part::unread("ITF_DCL_MARK_LOB", "a picture of the marks: kept with the raw input, never opened"),
    Part::unread(
        "ITF_DCL_IO_DECL_CERT_TYPE",
        "certificates asked for: the names of its elements are not known",
    ),
];

/// `first` is where the goods lines of the document begin.
fn read_part<'b>(
    reader: &mut Reader<'b>,
    tag: Tag<'b>,
    into: &mut Documents<'b>,
    gathering: &mut Gathering<'_>,
    first: usize,
) -> Result<(), Malformed> {
    match tag.name {
        "ITF_DCL_IO_DECL" => {
            let head = into.inspection_heads.last_mut().expect("begun with the document");
            row::read(reader, tag, head, gathering, HeadWire, is_content, unknown).map(drop)
        }
        "MessageHead" => {
            let filing = into.inspection_filings.last_mut().expect("begun with the document");
            row::read(reader, tag, filing, gathering, EnvelopeWire, never, unknown).map(drop)
        }
        "MessageBody" => read_body(reader, into, gathering, first),
        "ITF_DCL_IO_DECL_GOODS" => read_goods(reader, tag, into, gathering, first),
        "ITF_DCL_IO_DECL_CONT" => {
            let containers = &mut into.inspection_containers;
            let mut group = InspectionContainer::default();
            let at = containers.len();
            let inner = |reader: &mut Reader<'b>, tag: Tag<'b>, gathering: &mut Gathering<'_>| match tag.name
            {
                "ITF_DCL_IO_DECL_CONT_DETAIL" => {
                    push(reader, tag, gathering, containers, ContainerDetailWire)
                }
                _ => unknown(reader, tag, gathering),
            };
            if row::read(reader, tag, &mut group, gathering, ContainerWire, row::every_leaf, inner)? {
                into.inspection_containers.insert(at, group);
            }
            Ok(())
        }
        "ITF_DCL_IO_DECL_ATT" => push(reader, tag, gathering, &mut into.inspection_papers, PaperWire),
        "ITF_DCL_IO_DECL_LIMIT" => {
            push(reader, tag, gathering, &mut into.inspection_qualifications, QualificationWire)
        }
        _ => unknown(reader, tag, gathering),
    }
}

/// The body of the older regional wrapper: one application, its goods and all else inside the head (7).
fn read_body<'b>(
    reader: &mut Reader<'b>,
    into: &mut Documents<'b>,
    gathering: &mut Gathering<'_>,
    first: usize,
) -> Result<(), Malformed> {
    let mut has_application = false;
    each(reader, "ITF_DCL_IO_DECL", gathering, |reader, tag, gathering| {
        if std::mem::replace(&mut has_application, true) {
            return Err(Malformed::at(STOOD_BEFORE, tag.offset));
        }
        // Filled beside the tables: what is inside goes there.
        let mut head = InspectionHead::default();
        let inner = |reader: &mut Reader<'b>, tag: Tag<'b>, gathering: &mut Gathering<'_>| match tag.name {
            "ITF_DCL_IO_DECL" => unknown(reader, tag, gathering),
            _ => read_part(reader, tag, into, gathering, first),
        };
        let read = row::read(reader, tag, &mut head, gathering, HeadWire, is_content, inner);
        *into.inspection_heads.last_mut().expect("begun with the document") = head;
        read.map(drop)
    })
}

/// Appends a goods line and what stands in it, unless nothing in it is filled.
fn read_goods<'b>(
    reader: &mut Reader<'b>,
    tag: Tag<'b>,
    into: &mut Documents<'b>,
    gathering: &mut Gathering<'_>,
    first: usize,
) -> Result<(), Malformed> {
    let most = reader.limits().goods_lines;
    if into.inspection_goods.len() - first >= most {
        return Err(Malformed::beyond(TOO_MANY_ROWS, most, tag.offset));
    }
    let mut goods = InspectionGoods::default();
    let inner = |reader: &mut Reader<'b>, tag: Tag<'b>, gathering: &mut Gathering<'_>| match tag.name {
        "ITF_DCL_IO_DECL_GOODS_PACK" => {
            push(reader, tag, gathering, &mut into.inspection_packing, PackingWire)
        }
        "ITF_DCL_IO_DECL_GOODS_CONT" => {
            push(reader, tag, gathering, &mut into.inspection_goods_containers, GoodsContainerWire)
        }
        "ITF_DCL_IO_DECL_GOODS_LIMIT" => read_licence(reader, tag, into, gathering),
        _ => unknown(reader, tag, gathering),
    };
    if row::read(reader, tag, &mut goods, gathering, GoodsWire, row::every_leaf, inner)? {
        into.inspection_goods.push(goods);
    }
    Ok(())
}

/// A licence; what it says of vehicles is passed over.
fn read_licence<'b>(
    reader: &mut Reader<'b>,
    tag: Tag<'b>,
    into: &mut Documents<'b>,
    gathering: &mut Gathering<'_>,
) -> Result<(), Malformed> {
    let mut licence = InspectionLicence::default();
    let inner = |reader: &mut Reader<'b>, tag: Tag<'b>, gathering: &mut Gathering<'_>| match tag.name {
        VEHICLES => row::pass(reader, tag, gathering),
        _ => unknown(reader, tag, gathering),
    };
    if row::read(reader, tag, &mut licence, gathering, LicenceWire, row::every_leaf, inner)? {
        into.inspection_licences.push(licence);
    }
    Ok(())
}

/// Vehicles of a licence (6.2): not of this channel.
const VEHICLES: &str = "ITF_DCL_IO_DECL_GOODS_LIMIT_VN";

#[cfg(test)]
mod tests;
