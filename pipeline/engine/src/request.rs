//! Requests about declarations on file (international-formats.md section 4): which one each is about, what laying it over
//! comes to, and whether it is granted.
//!
//! A request is settled at the end of its submission, when everything else of that is on file, and by itself: so neither the
//! order in a submission nor the size of a window matters. It is held against the declaration as its latest decision left it.

use crate::read::{Claimed, Document, Read};
use crate::{Law, Settling, validate};
use formats::EntryKind;
use formats::request::{Ask, Laid, Request, Written};
use jiff::civil::DateTime;
use model::decision::Disposition;
use model::evidence;
use model::finding::{Effect, Evidence, Finding, Place, RuleId, Words};
use model::ledger::{Asked, Key, Ledger, NumberKind, State, StoredDocument, Waiting};
use model::limits::Limits;
use rulebook::rules::cds::{
    cds_005_decided_already as decided_already, cds_006_officer_decides as officer_decides,
    cds_12015_declaration_not_on_file as not_on_file, cds_12031_presented_too_late as too_late,
};
use rulebook::tables::Tables;

const NO_NUMBER: Words =
    Words { zh: "申请编号（LRN）", en: "the local reference number of the request" };
const NO_DECLARATION: Words =
    Words { zh: "申请所指报关单编号（MRN）", en: "the MRN of the declaration it is about" };
const UNREADABLE: Words = Words {
    zh: "按申请修改后的报关单无法读取",
    en: "the declaration cannot be read any more once it is so changed",
};

/// Keys under which requests find a declaration: by whom it may be asked, and by nobody in particular.
pub(crate) fn keys_of_declaration<'b>(number: &str, parties: impl IntoIterator<Item = &'b str>) -> Vec<Key> {
    let mut keys = Vec::new();
    for party in std::iter::once("").chain(parties) {
        let key = key(party, number);
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// Keys under which a request looks for its declaration: those of the parties it names, else that of nobody in particular.
pub(crate) fn keys_looked_under(request: &Request<'_>) -> Vec<Key> {
    if request.about.is_empty() {
        return Vec::new();
    }
    if request.parties.is_empty() {
        return vec![key("", request.about)];
    }
    request.parties.iter().map(|(party, _)| key(party, request.about)).collect()
}

/// The number of the declaration a request is about, as one of each party it names.
pub(crate) fn number_asked_about<'b>(request: &Request<'b>) -> Claimed<'b> {
    let keys = request.parties.iter().map(|(party, _)| Key::new(NumberKind::Entry, party, request.about));
    Claimed { number: request.about, place: request.place, keys: keys.collect() }
}

/// The key under which a request of this party finds the declaration with this number.
pub(crate) fn key(party: &str, number: &str) -> Key {
    Key::new(NumberKind::Request, party, number)
}

/// Lays the request of this window over the declaration it is about, where there is one that can still be changed.
///
/// It is the only document of its window: see [`crate::outcome::Deferred::is_request`].
pub fn lay(read: &Read, ledger: &mut Ledger, presented_at: Option<DateTime>, limits: &Limits) {
    let Some((document, request)) =
        read.documents().find_map(|document| Some((document, document.request()?)))
    else {
        return;
    };
    let found = Found::of(document, ledger);
    let Found::One(waiting_idx) = found else { return };
    let waiting = &mut ledger.waiting[waiting_idx];
    let may_change = match request.ask {
        Ask::Amend => matches!(waiting.on_file.state, State::Held | State::Rejected),
        Ask::Present => waiting.on_file.state == State::Held,
        Ask::Cancel => false,
    };
    let (Some(stored), Some(format), true) = (&waiting.document, document.format, may_change) else { return };
    let asked = Written { text: document.text, namespaces: document.raw.namespaces.as_deref() };
    let on_file = Written { text: &stored.text, namespaces: stored.namespaces.as_deref() };
    let Some(Laid { text, faults, changes }) = format.lay(request.ask, asked, on_file, limits) else {
        waiting.document = None;
        return;
    };
    waiting.document = Some(StoredDocument { text, namespaces: stored.namespaces.clone() });
    if request.ask == Ask::Present {
        waiting.accepted_at = presented_at.or(waiting.accepted_at);
    }
    waiting.asked = Asked { faults, changes };
}

/// What a request is about.
pub(crate) enum Found {
    /// Nothing on file, or nothing of whoever asks.
    Nothing,
    /// Several declarations, and nobody is named.
    Several,
    /// This one, by its position among those that wait.
    One(usize),
}

impl Found {
    pub fn of(document: &Document<'_>, ledger: &Ledger) -> Found {
        let mut found: Option<usize> = None;
        for (waiting_idx, waiting) in ledger.waiting.iter().enumerate() {
            if !document.about.contains(&waiting.certificate) {
                continue;
            }
            match found {
                Some(known) if ledger.waiting[known].on_file.id != waiting.on_file.id => {
                    return Found::Several;
                }
                Some(_) => {}
                None => found = Some(waiting_idx),
            }
        }
        found.map_or(Found::Nothing, Found::One)
    }
}

/// What becomes of a request.
pub(crate) enum Judged {
    /// There is nothing it could be about: it uses up no number (K5).
    NotOnFile(Finding),
    /// It changes nothing: it is rejected, or an officer decides.
    Standing(Vec<Finding>),
    /// It is granted, whatever there is to be said of it.
    Granted(Vec<Finding>),
}

impl Judged {
    /// Holds a request against the declaration it is about.
    pub fn of(
        document: &Document<'_>,
        request: &Request<'_>,
        settling: &Settling<'_>,
        law: &Law<'_>,
    ) -> Judged {
        let ledger = settling.ledger;
        let mut found = validate::of_the_reader(&document.entry.findings, law).findings;
        if document.identity().is_none_or(|identity| identity.numbers.is_empty()) {
            found.push(finding("CDS-10001", Effect::Reject, Place::ROOT, evidence![element = NO_NUMBER]));
        }
        if request.about.is_empty() {
            let element = evidence![element = NO_DECLARATION];
            found.push(finding("CDS-10001", Effect::Reject, request.place, element));
        }
        if found.iter().any(|finding| finding.effect >= Effect::Hold) {
            return Judged::Standing(found);
        }
        let number = request.about;
        let waiting_idx = match Found::of(document, ledger) {
            Found::One(waiting_idx) => waiting_idx,
            found => {
                let what = match found {
                    Found::Several => not_on_file::SEVERAL,
                    _ => not_on_file::NOT_FOUND,
                };
                let evidence = evidence![number, what];
                return Judged::NotOnFile(of(&not_on_file::RULE, request.place, evidence));
            }
        };
        let waiting = &ledger.waiting[waiting_idx];
        if let Some((submitter, place)) = stranger(document, request, ledger, waiting) {
            let evidence = evidence![submitter, number];
            return Judged::Standing(vec![finding("CDS-11007", Effect::Reject, place, evidence)]);
        }
        match by_state(request, waiting, &law.rulebook.tables) {
            Some(finding) => Judged::Standing(vec![finding]),
            None if !waiting.asked.faults.is_empty() => Judged::Standing(waiting.asked.faults.clone()),
            None if request.ask != Ask::Cancel && settling.waiting.as_declaration(waiting_idx).is_none() => {
                let evidence = evidence![what = UNREADABLE];
                Judged::Standing(vec![finding("CDS-007", Effect::Reject, request.place, evidence)])
            }
            None => Judged::Granted(found),
        }
    }

    /// How findings that keep a request from being granted leave it.
    pub fn standing(found: &[Finding]) -> (Disposition, State) {
        match found.iter().map(|finding| finding.effect).max() {
            Some(Effect::Hold) => (Disposition::Hold, State::Held),
            _ => (Disposition::Reject, State::Rejected),
        }
    }
}

/// A party that the request names beside one that filed the declaration, and that has nothing to do with it.
fn stranger<'b>(
    document: &Document<'_>,
    request: &Request<'b>,
    ledger: &Ledger,
    waiting: &Waiting,
) -> Option<(&'b str, Place)> {
    let knows = |key: &Key| {
        ledger.waiting.iter().any(|it| it.certificate == *key && it.on_file.id == waiting.on_file.id)
    };
    let parties = request.parties.iter().zip(&document.about);
    parties.into_iter().find(|(_, key)| !knows(key)).map(|((party, place), _)| (*party, *place))
}

/// What the decision on file lets be done: nothing is taken back after release by a message (K4).
fn by_state(request: &Request<'_>, waiting: &Waiting, law: &Tables) -> Option<Finding> {
    let (number, place) = (request.about, request.place);
    let too_late_for = |what: Words| Some(of(&decided_already::RULE, place, evidence![number, what]));
    let officer = |what: Words| Some(of(&officer_decides::RULE, place, evidence![what, number]));
    match (waiting.on_file.state, request.ask) {
        (State::Cancelled, _) => too_late_for(decided_already::CANCELLED),
        (State::Final, Ask::Cancel) => officer(officer_decides::RELEASED),
        (State::Final, _) => too_late_for(decided_already::RELEASED),
        (_, Ask::Cancel) => None,
        (State::Rejected, Ask::Present) => {
            Some(of(&not_on_file::RULE, place, evidence![number, what = not_on_file::REJECTED]))
        }
        _ if waiting.document.is_none() => officer(officer_decides::NOT_AT_HAND),
        (_, Ask::Present) => presented_too_late(waiting, place, law),
        (_, Ask::Amend) => None,
    }
}

fn presented_too_late(waiting: &Waiting, place: Place, law: &Tables) -> Option<Finding> {
    let lodged = waiting.on_file.accepted_at?.date();
    let presented = waiting.accepted_at?.date();
    let days = too_late::days_exceeded(lodged, presented, law)?;
    Some(of(&too_late::RULE, place, evidence![lodged, presented, days]))
}

fn of(rule: &rulebook::rule::Rule, place: Place, evidence: Evidence) -> Finding {
    Finding { rule: rule.id, effect: rule.effect, place, evidence }
}

fn finding(rule: &'static str, effect: Effect, place: Place, evidence: Evidence) -> Finding {
    Finding { rule: RuleId(rule), effect, place, evidence }
}

impl<'b> Document<'b> {
    /// The request that it is, if it is one.
    pub(crate) fn request(&self) -> Option<&Request<'b>> {
        match &self.entry.kind {
            EntryKind::Request { request, .. } => Some(request),
            _ => None,
        }
    }
}
