//! What the applicant is told: one flat record (single-window.md 6.5).
//!
//! The record was seen without a root; it stands in `DCL_RESPONSE`, the name the older wrapper has for the answer to this
//! message (7). Of its codes only those of good news are known, so what is not accepted leaves the code empty.

use crate::answer::{Answer, date_time};
use crate::xml::writer::Writer;
use model::decision::{Disposition, OutcomeKind};

pub(super) fn write(answer: &Answer<'_>, into: &mut Vec<u8>) {
    let mut writer = Writer::new(into);
    writer.open("DCL_RESPONSE", "");
    writer.leaf("CusCiqNo", &answer.echo.client_number);
    // The numbers of the inspection system are its own to give.
    writer.leaf("EntDealNo", "");
    writer.leaf("ClBlNo", "");
    writer.leaf("OperTime", &date_time(answer.accepted_at, ' '));
    writer.leaf("RspCodes", if is_accepted(answer) { ACCEPTED } else { "" });
    writer.leaf("RspInfo", answer.note);
    writer.close("DCL_RESPONSE");
}

/// The application has been accepted.
const ACCEPTED: &str = "1000";

fn is_accepted(answer: &Answer<'_>) -> bool {
    let is_read =
        !matches!(answer.outcome, OutcomeKind::Refused | OutcomeKind::Declined | OutcomeKind::Conflict);
    is_read && answer.disposition != Some(Disposition::Reject)
}
