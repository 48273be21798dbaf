//! What the applicant is told: one `Receipt` (single-window.md 5.7, ruling O9).

use super::NAMESPACE;
use crate::answer::{Answer, date_time};
use crate::xml::writer::Writer;
use model::decision::{Disposition, OutcomeKind};

pub(super) fn write(answer: &Answer<'_>, into: &mut Vec<u8>) {
    let (channel, report, code) = report(answer);
    let time = date_time(answer.accepted_at, ' ');
    let mut writer = Writer::new(into);
    writer.open("Receipt", NAMESPACE);
    writer.leaf("CertNo", &answer.echo.certificate_number);
    writer.leaf("ReceiveTime", &time);
    writer.leaf("Channel", channel);
    writer.leaf("Note", answer.note);
    writer.leaf("SendTime", &time);
    writer.open("CusRespData", "");
    writer.leaf("RepType", report);
    writer.leaf("RepCode", code);
    writer.leaf("RepAddMsg", answer.note);
    writer.close("CusRespData");
    writer.close("Receipt");
}

/// Channel (1 received, 2 failed), report type (1 failed, 2 pending review, 3 rejected, 5 approved), report code.
fn report(answer: &Answer<'_>) -> (&'static str, &'static str, &'static str) {
    match (answer.outcome, answer.disposition) {
        (_, Some(Disposition::Reject)) => ("1", "3", ""),
        (OutcomeKind::Refused | OutcomeKind::Declined | OutcomeKind::Conflict, _) => ("2", "1", ""),
        _ if answer.is_linked => ("1", "5", "0000"),
        _ => ("1", "2", ""),
    }
}
