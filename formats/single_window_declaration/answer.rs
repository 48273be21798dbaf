//! What the declarant is told: the technical answer, then the business answer (single-window.md 4, ruling O9).

use super::NAMESPACE;
use crate::answer::{Answer, date_time};
use crate::xml::writer::Writer;
use model::decision::{Disposition, Mode, OutcomeKind};

/// The document was taken in.
const IMPORTED: &str = "0";
/// It was not: any other value than 0 means failure.
const NOT_IMPORTED: &str = "1";

pub(super) fn write(answer: &Answer<'_>, into: &mut Vec<u8>) {
    let mut writer = Writer::new(into);
    let is_decided = answer.disposition.is_some();
    if answer.outcome != OutcomeKind::Redecided {
        technical(answer, is_decided, &mut writer);
    }
    if let Some(disposition) = answer.disposition {
        business(answer, channel(answer, disposition), &mut writer);
    }
}

fn technical(answer: &Answer<'_>, is_decided: bool, writer: &mut Writer<'_>) {
    writer.open("DecImportResponse", NAMESPACE);
    writer.leaf("ResponseCode", if is_decided { IMPORTED } else { NOT_IMPORTED });
    writer.leaf("ErrorMessage", if is_decided { "" } else { answer.note });
    writer.leaf("ClientSeqNo", &answer.echo.client_number);
    writer.leaf("SeqNo", &answer.echo.unified_number);
    writer.leaf("TrnPreId", "");
    writer.close("DecImportResponse");
}

fn business(answer: &Answer<'_>, channel: &str, writer: &mut Writer<'_>) {
    let time = date_time(answer.accepted_at, 'T');
    writer.open("DEC_RESULT", "");
    writer.leaf("CUS_CIQ_NO", &answer.echo.unified_number);
    writer.leaf("ENTRY_ID", &answer.echo.entry_number);
    writer.leaf("NOTICE_DATE", &time);
    writer.leaf("CHANNEL", channel);
    writer.leaf("NOTE", answer.note);
    writer.leaf("CUSTOM_MASTER", &answer.echo.customs_office);
    writer.leaf("I_E_DATE", &answer.echo.departure_date);
    writer.leaf("D_DATE", &time);
    writer.close("DEC_RESULT");
}

/// Disposition to wire (ruling O9; codes of 4.3, case sensitive).
fn channel(answer: &Answer<'_>, disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Release if matches!(answer.mode, Some(Mode::DocRelease | Mode::Exempt)) => "I",
        Disposition::Release => "P",
        Disposition::Inspect => "C",
        Disposition::Hold if answer.documents_wanted => "N",
        Disposition::Hold => "H",
        Disposition::Reject if answer.is_mendable => "Z",
        Disposition::Reject => "E",
    }
}
