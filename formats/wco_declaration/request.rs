//! Requests: messages of function 13 about a declaration on file (international-formats.md section 4).

use crate::request::{Ask, Request};
use model::declaration::DeclarationHead;
use model::finding::Place;
use model::particulars::Particulars;

/// What each type asks for.
const ASKS: &[(&str, Ask)] = &[("COR", Ask::Amend), ("INV", Ask::Cancel), ("GPR", Ask::Present)];

/// The request that a message is, if it is one.
pub(super) fn request<'b>(head: &DeclarationHead<'b>, particulars: &Particulars<'b>) -> Option<Request<'b>> {
    if particulars.function.value != super::function::REQUEST {
        return None;
    }
    let (_, ask) = ASKS.iter().find(|(known, _)| *known == particulars.declaration_type.value)?;
    let submitter = &particulars.submitter_code;
    let parties = [
        (head.agent_unified_code.value, Place::of(head, &head.agent_unified_code)),
        (submitter.value, Place::of(particulars, submitter)),
    ];
    Some(Request {
        ask: *ask,
        about: head.entry_number.value,
        place: Place::of(head, &head.entry_number),
        parties: parties.into_iter().filter(|(party, _)| !party.is_empty()).collect(),
    })
}
