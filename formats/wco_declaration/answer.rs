//! What the sender is told: notifications in one envelope, or that the message was not taken in
//! (international-formats.md section 3, and 8 for what the gateway answers at once).
//!
//! | disposition | notifications |
//! |---|---|
//! | release | 01 accepted, 09 cleared |
//! | inspect | 01, 05 physical examination |
//! | hold | 02 registered where only the goods are waited for; else 01 with 06 documents or 17 handled by hand |
//! | reject | 03, with each error and the chain of pointers to it |
//!
//! Before those of an amended declaration stands 07, with the ways to what was changed; a cancelled one gets 10. A request
//! gets 02 and 11, granted or denied, or 17 where an officer decides it.

use super::pointer::{Step, chain};
use super::{ANSWERS, ENVELOPE};
use crate::answer::{Answer, Told};
use crate::xml::writer::Writer;
use jiff::civil::DateTime;
use model::decision::{Disposition, OutcomeKind};

/// Namespace of the data types of answers.
const DATA_TYPES: &str = "urn:wco:datamodel:WCO:Response_DS:DMS:2";
/// The version of the data model.
const VERSION: &str = "3.6";
/// What is in the envelope.
const KIND: &str = "RES";
/// `CCYYMMDDhhmmss` and a zone.
const MOMENT: (&str, &str) = ("formatCode", "304");
/// Times are those of UTC+8.
const ZONE: &str = "+08";

/// Lengths of the schema.
const NUMBER_CHARACTERS_MAX: usize = 35;
const WORDS_CHARACTERS_MAX: usize = 512;
const CODE_CHARACTERS_MAX: usize = 8;

/// Notifications by what they say (international-formats.md section 3).
mod notification {
    pub const ACCEPTED: &str = "01";
    pub const REGISTERED: &str = "02";
    pub const REJECTED: &str = "03";
    pub const EXAMINATION: &str = "05";
    pub const DOCUMENTS: &str = "06";
    pub const CHANGED: &str = "07";
    pub const CLEARED: &str = "09";
    pub const CANCELLED: &str = "10";
    pub const ON_REQUEST: &str = "11";
    pub const BY_HAND: &str = "17";
}

/// Every notification there is; which of them a decision of ours brings says the README.
pub const NOTIFICATIONS: &[&str] = &[
    "01", "02", "03", "05", "06", "07", "08", "09", "10", "11", "13", "14", "15", "16", "17", "18", "50",
    "51", "52",
];

/// `Status/NameCode` of a decision on a request.
const GRANTED: &str = "39";
const DENIED: &str = "41";

/// Rules whose findings are told by the notification itself, and not as errors.
mod told_otherwise {
    /// Goods that are not there yet.
    pub const AWAITED: &str = "CDS-002";
    /// The declaration is cancelled.
    pub const CANCELLED: &str = "CDS-003";
    /// An element was amended.
    pub const AMENDED: &str = "CDS-004";
    /// An officer decides.
    pub const BY_OFFICER: &str = "CDS-006";
    pub const ALL: &[&str] = &[AWAITED, CANCELLED, AMENDED, BY_OFFICER];
}
use told_otherwise::{AMENDED, AWAITED, BY_OFFICER};

/// The rule that denies a request that comes too late.
const TOO_LATE: &str = "CDS-005";
/// The rule on a request about nothing that is on file.
const NOT_ON_FILE: &str = "CDS-12015";

/// What the gateway calls what a reader of ours found.
const GATEWAY_CODES: &[(&str, &str)] = &[
    ("MSG-006", "CDS10010"),
    ("MSG-007", "CDS10010"),
    ("MSG-031", "CDS12003"),
    (TOO_LATE, "CDS12015"),
    ("CDS-007", "CDS10020"),
];
/// The message was not taken in.
const NOT_TAKEN_IN: &str = "BAD_REQUEST";
/// More errors than are told.
const MORE: &str = "CDS19999";

pub(super) fn write(answer: &Answer<'_>, into: &mut Vec<u8>) {
    match &notifications(answer)[..] {
        [] => not_taken_in(answer, &mut Writer::new(into)),
        codes => notify(answer, codes, into),
    }
}

/// Writes these notifications, in one envelope. Errors stand in the one that decides: the first, unless that only says that
/// something came or was changed.
pub fn notify(answer: &Answer<'_>, codes: &[&str], into: &mut Vec<u8>) {
    let mut writer = Writer::new(into);
    writer.open("MetaData", ENVELOPE);
    writer.leaf("WCODataModelVersionCode", VERSION);
    writer.leaf("WCOTypeName", KIND);
    let is_before = |code: &&str| matches!(*code, notification::REGISTERED | notification::CHANGED);
    let deciding = codes.len() > 1 && codes.first().is_some_and(is_before);
    for (nth, code) in codes.iter().enumerate() {
        response(answer, code, (nth, nth == usize::from(deciding)), &mut writer);
    }
    writer.close("MetaData");
}

/// The notifications a document gets; none when it was not taken in.
fn notifications(answer: &Answer<'_>) -> Vec<&'static str> {
    use notification::{BY_HAND, CANCELLED, CHANGED, ON_REQUEST, REGISTERED, REJECTED};
    let is_found = |rule: &str| answer.findings.iter().any(|told| told.rule == rule);
    match (answer.outcome, answer.disposition) {
        // Only requests are put on file.
        (OutcomeKind::Filed, _) => vec![REGISTERED, ON_REQUEST],
        (_, Some(Disposition::Reject)) if is_found(TOO_LATE) => vec![REGISTERED, ON_REQUEST],
        (_, Some(Disposition::Hold)) if is_found(BY_OFFICER) => vec![REGISTERED, BY_HAND],
        (_, Some(Disposition::Reject)) if is_found(told_otherwise::CANCELLED) => vec![CANCELLED],
        (_, Some(disposition)) => {
            let changed = is_found(AMENDED).then_some(CHANGED);
            changed.into_iter().chain(of_decision(answer, disposition).iter().copied()).collect()
        }
        (OutcomeKind::Conflict, None) => vec![REJECTED],
        (OutcomeKind::Declined, None) if is_found(NOT_ON_FILE) => vec![REJECTED],
        (OutcomeKind::Declined, None) if is_request(answer) => vec![BY_HAND],
        (_, None) => Vec::new(),
    }
}

/// The notifications of a decision on goods.
fn of_decision(answer: &Answer<'_>, disposition: Disposition) -> &'static [&'static str] {
    use notification::{ACCEPTED, BY_HAND, CLEARED, DOCUMENTS, EXAMINATION, REGISTERED, REJECTED};
    let mut holds = answer.findings.iter().filter(|told| told.effect == "hold").peekable();
    match disposition {
        Disposition::Release => &[ACCEPTED, CLEARED],
        Disposition::Inspect => &[ACCEPTED, EXAMINATION],
        Disposition::Hold if answer.documents_wanted => &[ACCEPTED, DOCUMENTS],
        Disposition::Hold if holds.peek().is_some() && holds.all(|told| told.rule == AWAITED) => {
            &[REGISTERED]
        }
        Disposition::Hold => &[ACCEPTED, BY_HAND],
        Disposition::Reject => &[REJECTED],
    }
}

/// It asks something about a declaration on file that is not known here: the message function says so.
fn is_request(answer: &Answer<'_>) -> bool {
    answer.findings.iter().any(|told| told.pointer.ends_with("/FunctionCode"))
}

fn response(answer: &Answer<'_>, code: &str, (nth, is_deciding): (usize, bool), writer: &mut Writer<'_>) {
    let accepted_at = answer.accepted_at.map(moment);
    writer.open("Response", ANSWERS);
    writer.leaf("FunctionCode", code);
    filled("FunctionalReferenceID", &reference(answer.reference, nth), writer);
    if let Some(moment) = &accepted_at {
        date_time("IssueDateTime", moment, writer);
    }
    writer.open("AdditionalInformation", "");
    writer.leaf("StatementDescription", &shortened(answer.note));
    writer.close("AdditionalInformation");
    if code == notification::CHANGED {
        amendments(answer, writer);
    }
    if is_deciding {
        errors(answer, writer);
    }
    if code == notification::ON_REQUEST {
        writer.open("Status", "");
        writer.leaf("NameCode", if answer.outcome == OutcomeKind::Filed { GRANTED } else { DENIED });
        writer.close("Status");
    }
    writer.open("Declaration", "");
    let (decides, when) = match code {
        notification::REJECTED => ("RejectionDateTime", 1),
        notification::ACCEPTED => ("AcceptanceDateTime", 0),
        notification::CANCELLED => ("CancellationDateTime", 0),
        _ => ("", 2),
    };
    let when_decided = |turn: usize, writer: &mut Writer<'_>| {
        if let Some(moment) = accepted_at.as_ref().filter(|_| when == turn) {
            date_time(decides, moment, writer);
        }
    };
    when_decided(0, writer);
    number("FunctionalReferenceID", &answer.echo.client_number, NUMBER_CHARACTERS_MAX, writer);
    number("ID", &answer.echo.entry_number, 2 * NUMBER_CHARACTERS_MAX, writer);
    when_decided(1, writer);
    if answer.version > 0 {
        writer.leaf("VersionID", &answer.version.to_string());
    }
    writer.close("Declaration");
    writer.close("Response");
}

/// Each of several notifications of one answer has a number of its own.
fn reference(reference: &str, nth: usize) -> String {
    if reference.is_empty() || nth == 0 { reference.to_owned() } else { format!("{reference}-{nth}") }
}

/// What was found wrong, with the way to it.
fn errors(answer: &Answer<'_>, writer: &mut Writer<'_>) {
    let is_error = |told: &&Told| !told_otherwise::ALL.contains(&told.rule.as_str());
    for told in answer.findings.iter().filter(is_error) {
        error(&code(&told.rule), &told.message, &chain(&told.pointer), writer);
    }
    if answer.n_more > 0 {
        error(MORE, "", &[], writer);
    }
}

fn error(code: &str, message: &str, chain: &[Step], writer: &mut Writer<'_>) {
    writer.open("Error", "");
    filled("Description", &shortened(message), writer);
    writer.leaf("ValidationCode", code);
    pointers(chain, writer);
    writer.close("Error");
}

/// What was changed: the way to each element.
fn amendments(answer: &Answer<'_>, writer: &mut Writer<'_>) {
    for told in answer.findings.iter().filter(|told| told.rule == AMENDED) {
        writer.open("Amendment", "");
        pointers(&chain(&told.pointer), writer);
        writer.close("Amendment");
    }
}

fn pointers(chain: &[Step], writer: &mut Writer<'_>) {
    for step in chain {
        writer.open("Pointer", "");
        if let Some(sequence) = step.sequence {
            writer.leaf("SequenceNumeric", &sequence.to_string());
        }
        writer.leaf("DocumentSectionCode", step.section);
        filled("TagID", step.tag.unwrap_or_default(), writer);
        writer.close("Pointer");
    }
}

/// The code the gateway tells it by, else the rule's own.
fn code(rule: &str) -> String {
    if let Some((_, code)) = GATEWAY_CODES.iter().find(|(known, _)| *known == rule) {
        return (*code).to_owned();
    }
    let code = if rule.starts_with("CDS-") { rule.replace('-', "") } else { rule.to_owned() };
    code.chars().take(CODE_CHARACTERS_MAX).collect()
}

/// What the gateway answers at once when it does not take a message in.
fn not_taken_in(answer: &Answer<'_>, writer: &mut Writer<'_>) {
    writer.open("errorResponse", "");
    writer.leaf("code", NOT_TAKEN_IN);
    writer.leaf("message", answer.note);
    if !answer.findings.is_empty() {
        writer.open("errors", "");
        answer.findings.iter().for_each(|told| told_error(told, writer));
        writer.close("errors");
    }
    writer.close("errorResponse");
}

fn told_error(told: &Told, writer: &mut Writer<'_>) {
    writer.open("error", "");
    writer.leaf("code", &told.rule);
    writer.leaf("message", &told.message);
    writer.close("error");
}

fn filled(name: &str, value: &str, writer: &mut Writer<'_>) {
    if !value.is_empty() {
        writer.leaf(name, value);
    }
}

/// A number is repeated as filed; one the schema has no room for is left out, not cut.
fn number(name: &str, value: &str, n_max: usize, writer: &mut Writer<'_>) {
    if value.chars().count() <= n_max {
        filled(name, value, writer);
    }
}

fn shortened(words: &str) -> String {
    match words.char_indices().nth(WORDS_CHARACTERS_MAX - 1) {
        Some((end, _)) if words[end..].chars().count() > 1 => format!("{}…", &words[..end]),
        _ => words.to_owned(),
    }
}

fn date_time(name: &str, moment: &str, writer: &mut Writer<'_>) {
    writer.open(name, "");
    writer.leaf_in("DateTimeString", DATA_TYPES, MOMENT, moment);
    writer.close(name);
}

fn moment(at: DateTime) -> String {
    format!(
        "{:04}{:02}{:02}{:02}{:02}{:02}{ZONE}",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}
