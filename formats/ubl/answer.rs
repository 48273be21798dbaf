//! What the sender of any of the messages is told: one `ApplicationResponse` (international-formats.md 9).
//!
//! The standard fixes no list of answers for customs, so what is said generally is a code of list 4343 of the United
//! Nations, which trade systems know, and what is said exactly is our own word beside it (14, decision mapping).

use super::{AGGREGATE, BASIC};
use crate::answer::{Answer, Told, date_time};
use crate::xml::writer::Writer;
use model::decision::{Disposition, OutcomeKind};

const ROOT: &str = "ApplicationResponse";
const NAMESPACE: &str = "urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2";

/// Writes the answer to a document of this root, known by this number.
pub(crate) fn write(answer: &Answer<'_>, document_type: &str, number: &str, into: &mut Vec<u8>) {
    let moment = date_time(answer.accepted_at, 'T');
    let (date, time) = moment.split_once('T').unwrap_or_default();
    let (code, word) = said(answer);
    let mut writer = Writer::new(into);
    writer.open_with(ROOT, &[("xmlns", NAMESPACE), ("xmlns:cac", AGGREGATE), ("xmlns:cbc", BASIC)]);
    writer.leaf("cbc:ID", if answer.reference.is_empty() { number } else { answer.reference });
    writer.leaf("cbc:IssueDate", date);
    if !time.is_empty() {
        writer.leaf_with("cbc:IssueTime", &[], &format!("{time}+08:00"));
    }
    writer.leaf("cac:SenderParty", "");
    writer.leaf("cac:ReceiverParty", "");
    writer.open("cac:DocumentResponse", "");
    writer.open("cac:Response", "");
    writer.leaf("cbc:ReferenceID", number);
    writer.leaf_with("cbc:ResponseCode", &[("listID", "UNCL4343")], code);
    writer.leaf("cbc:Description", answer.note);
    writer.open("cac:Status", "");
    writer.leaf("cbc:StatusReasonCode", word);
    writer.close("cac:Status");
    writer.close("cac:Response");
    writer.open("cac:DocumentReference", "");
    writer.leaf("cbc:ID", number);
    writer.leaf("cbc:DocumentType", document_type);
    writer.close("cac:DocumentReference");
    answer.findings.iter().for_each(|found| line(found, &mut writer));
    writer.close("cac:DocumentResponse");
    writer.close(ROOT);
}

/// A finding: the way to the element it stands at, its rule, and its sentence.
fn line(found: &Told, writer: &mut Writer<'_>) {
    let code = match found.effect.as_str() {
        "reject" => "RE",
        "hold" => "UQ",
        _ => "AB",
    };
    writer.open("cac:LineResponse", "");
    writer.open("cac:LineReference", "");
    writer.leaf("cbc:LineID", &found.pointer);
    writer.close("cac:LineReference");
    writer.open("cac:Response", "");
    writer.leaf("cbc:ReferenceID", &found.rule);
    writer.leaf_with("cbc:ResponseCode", &[("listID", "UNCL4343")], code);
    writer.leaf("cbc:Description", &found.message);
    writer.close("cac:Response");
    writer.close("cac:LineResponse");
}

/// AP accepted, RE rejected, UQ under query, IP in process, AB received; and the same in our words.
fn said(answer: &Answer<'_>) -> (&'static str, &'static str) {
    match (answer.disposition, answer.outcome) {
        (Some(Disposition::Release), _) => ("AP", "released"),
        (Some(Disposition::Inspect), _) => ("IP", "hold_inspection"),
        (Some(Disposition::Hold), _) if answer.documents_wanted => ("UQ", "hold_documents"),
        (Some(Disposition::Hold), _) => ("UQ", "hold"),
        (Some(Disposition::Reject), _) => ("RE", "rejected"),
        (None, OutcomeKind::Refused) => ("RE", "refused"),
        (None, OutcomeKind::Declined) => ("RE", "declined"),
        (None, OutcomeKind::Conflict) => ("RE", "conflict"),
        (None, _) if answer.is_linked => ("AP", "accepted"),
        (None, _) => ("AB", "received"),
    }
}
