//! Who is who: each document's identity against what is on file and what came before it in the window (K1 to K6),
//! each declaration's certificates (D1) and inspection applications, what is put off (O2, FEE-020), and what can be
//! decided again (K3).
//!
//! Goes through the documents once, in order, because a document sees only what came before it: so neither the size of
//! a window nor the number of threads can change an outcome. The work that takes time is done per case, afterwards.

use crate::outcome::{Latest, Outcome};
use crate::read::{Claimed, Document, JudgedFiling};
use crate::request::{self as about, Judged};
use crate::{Law, Settling, examine};
use formats::request::{Ask, Request};
use formats::{EntryKind, Identity};
use model::case::{Application, Applied, Claim, Found};
use model::certificate::Certificate;
use model::decision::Draw;
use model::finding::{Finding, Words};
use model::inspection::Inspection;
use model::ledger::{Key, Ledger, NumberKind, OnFile, State};
use rulebook::channel;
use rulebook::proof::Standing;
use rulebook::rules::fee::fee_020_zone_first::Turn;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Certificates and inspection applications on file, their facts read back.
pub(crate) struct Facts<'l> {
    by_id: FxHashMap<u64, model::facts::Facts<'l>>,
}

impl<'l> Facts<'l> {
    pub(crate) fn of(ledger: &'l Ledger) -> Facts<'l> {
        let filings = ledger.known.values().filter(|on_file| !on_file.facts.is_empty());
        let read = |on_file: &'l Arc<OnFile>| Some((on_file.id, model::facts::read(&on_file.facts)?));
        Facts { by_id: filings.filter_map(read).collect() }
    }
}

/// One document under all its numbers, as far as this window knows. The first half is known as soon as a document is
/// linked, the second only when what was decided about it has been settled.
pub(crate) struct Entity<'c> {
    /// The number it is known by for ever.
    pub number: &'c str,
    /// Its customs entry number, where one is known (K6).
    entry_number: &'c str,
    /// Content of the latest document decided under its numbers.
    content: [u8; 32],
    /// This window decides it, or decides it again.
    is_decided_here: bool,
    /// A certificate or an inspection application as it stands now.
    filing: Option<StandingFiling<'c>>,
    /// How its latest decision left it; none while that is being judged.
    pub state: Option<State>,
    /// Its latest decision.
    pub latest: Option<Latest>,
    /// Version of that decision.
    pub version: u32,
}

#[derive(Clone, Copy)]
enum StandingFiling<'c> {
    OnFile(&'c OnFile),
    /// Of this window: position of the document.
    Local(usize),
}

/// What is to be done with a document, in order.
pub(crate) enum Act<'c> {
    /// Refused or declined: occupies no key and no alias (K5).
    Plain { document_idx: usize },
    /// Its numbers are in use for something else (K4, K6); no key and no alias either.
    Conflict { document_idx: usize, why: Words },
    /// Known already; with the numbers and the entry number it adds (K6).
    Repeat { document_idx: usize, entity_idx: usize, aliases: Vec<Key>, entry_number: &'c str },
    /// A certificate or an inspection application to be put on file, or a rejected one.
    File { document_idx: usize, entity_idx: usize },
    /// A declaration to be decided.
    Decide { document_idx: usize, entity_idx: usize, case_idx: usize },
    /// Put off to the end of the submission; with its turn, where it draws on relief that may run short.
    Defer { document_idx: usize, turn: Option<Turn> },
    /// A held declaration decided again because the certificate with this number came, or a request with it was granted.
    Redecide { waiting_idx: usize, entity_idx: usize, case_idx: usize, caused_by: &'c str },
    /// A request about nothing that is on file: no key and no alias either.
    NotOnFile { document_idx: usize, finding: Finding },
    /// A request put on file, or kept from it by what was found.
    Ask { document_idx: usize, entity_idx: usize, found: Vec<Finding>, is_granted: bool },
    /// A declaration cancelled by the request with this number.
    Cancel { waiting_idx: usize, entity_idx: usize, caused_by: &'c str },
}

/// A declaration to be judged.
pub(crate) struct LinkedCase<'c> {
    pub source: Source,
    pub number: &'c str,
    /// The entry number known by now, its own or that of a version before it.
    pub entry_number: &'c str,
    pub claims: Vec<Claim<'c>>,
    /// The inspection applications it names, where its goods are under inspection.
    pub applications: Vec<Application<'c>>,
    /// Keys of the certificates and inspection applications it still waits for.
    pub missing: Vec<Key>,
    /// The first draw of any version before it (SMP-012).
    pub first_draw: Option<Draw>,
}

/// Where the document of a case stands.
#[derive(Clone, Copy)]
pub(crate) enum Source {
    Window(usize),
    Waiting(usize),
}

/// Acts that can be judged side by side: none depends on how another one is judged.
#[derive(Default)]
pub(crate) struct Round<'c> {
    pub acts: Vec<Act<'c>>,
    pub cases: Vec<LinkedCase<'c>>,
}

/// Links a window, round by round.
///
/// Nearly every window is one round. Another one begins where a document brings other content under a number that this
/// very window decides: whether that mends or conflicts (K4), and whether its other numbers become aliases (K5), depends
/// on how the first is judged.
pub(crate) struct Linking<'c> {
    settling: &'c Settling<'c>,
    facts: &'c Facts<'c>,
    law: &'c Law<'c>,
    by_key: FxHashMap<Key, usize>,
    by_id: FxHashMap<u64, usize>,
    /// Keys of documents of this window that wait for the end of the submission.
    deferred: FxHashSet<Key>,
    /// Certificates for which declarations wait that may still be mended in this submission.
    pub put_off: Vec<Key>,
    pub entities: Vec<Entity<'c>>,
    next_idx: usize,
}

impl<'c> Linking<'c> {
    pub fn new(settling: &'c Settling<'c>, facts: &'c Facts<'c>, law: &'c Law<'c>) -> Linking<'c> {
        Linking {
            settling,
            facts,
            law,
            by_key: FxHashMap::default(),
            by_id: FxHashMap::default(),
            deferred: FxHashSet::default(),
            put_off: Vec::new(),
            entities: Vec::new(),
            next_idx: 0,
        }
    }

    /// The next round; none when all documents are linked. `outcomes` are those of the rounds before.
    pub fn round(&mut self, outcomes: &[Outcome]) -> Option<Round<'c>> {
        let n_documents = self.settling.read.len();
        if self.next_idx == n_documents {
            return None;
        }
        let mut round = Round { acts: Vec::with_capacity(n_documents - self.next_idx), cases: Vec::new() };
        while self.next_idx < n_documents && self.document(self.next_idx, outcomes, &mut round) {
            self.next_idx += 1;
        }
        Some(round)
    }

    /// Links a document; false when it must wait for the next round.
    fn document(&mut self, document_idx: usize, outcomes: &[Outcome], round: &mut Round<'c>) -> bool {
        let document = self.settling.read.document(document_idx);
        let act = match (&document.entry.kind, document.identity()) {
            (EntryKind::Certificate { .. } | EntryKind::Inspection { .. }, Some(identity)) => {
                return self.filing(document_idx, identity, outcomes, round);
            }
            (EntryKind::Declaration { .. }, Some(identity)) => {
                self.declaration(document_idx, identity, outcomes, round)
            }
            (EntryKind::Request { request, .. }, Some(identity)) => {
                self.request(document_idx, identity, request, outcomes, round);
                return true;
            }
            _ => Some(Act::Plain { document_idx }),
        };
        let is_linked = act.is_some();
        round.acts.extend(act);
        is_linked
    }

    /// The entity a document's numbers lead to, if any.
    fn entity(&mut self, keys: &[Key]) -> Result<Option<usize>, TwoKnown> {
        let mut found: Option<usize> = None;
        for &key in keys {
            if let Some(known) = self.known(key) {
                if found.is_some_and(|other| other != known) {
                    return Err(TwoKnown);
                }
                found = Some(known);
            }
        }
        Ok(found)
    }

    /// The entity of a key: of this window, or on file.
    fn known(&mut self, key: Key) -> Option<usize> {
        if let Some(&entity_idx) = self.by_key.get(&key) {
            return Some(entity_idx);
        }
        let on_file = self.settling.ledger.known.get(&key)?;
        let entity_idx = self.entity_on_file(on_file);
        self.by_key.insert(key, entity_idx);
        Some(entity_idx)
    }

    fn entity_on_file(&mut self, on_file: &'c Arc<OnFile>) -> usize {
        let entities = &mut self.entities;
        *self.by_id.entry(on_file.id).or_insert_with(|| {
            entities.push(Entity {
                number: &on_file.number,
                entry_number: &on_file.entry_number,
                content: on_file.content,
                is_decided_here: false,
                filing: (!on_file.facts.is_empty()).then_some(StandingFiling::OnFile(on_file)),
                state: Some(on_file.state),
                latest: Some(Latest::OnFile(Arc::clone(on_file))),
                version: on_file.version,
            });
            entities.len() - 1
        })
    }

    /// The entity a document is decided under from now on, with all its numbers.
    fn occupy(
        &mut self,
        found: Option<usize>,
        document: &'c Document<'c>,
        identity: &'c Identity<'c>,
    ) -> usize {
        let entity_idx = found.unwrap_or_else(|| {
            self.entities.push(Entity {
                number: identity.number(),
                entry_number: "",
                content: [0; 32],
                is_decided_here: false,
                filing: None,
                state: None,
                latest: None,
                version: 0,
            });
            self.entities.len() - 1
        });
        for &key in &document.keys {
            self.by_key.entry(key).or_insert(entity_idx);
        }
        let entity = &mut self.entities[entity_idx];
        entity.content = document.content;
        entity.state = None;
        entity.is_decided_here = true;
        if entity.entry_number.is_empty() {
            entity.entry_number = identity.number_of(NumberKind::Entry);
        }
        entity_idx
    }

    /// Known content: numbers that are new become aliases (K6).
    fn repeat(&mut self, document_idx: usize, entity_idx: usize, identity: &'c Identity<'c>) -> Act<'c> {
        let document = self.settling.read.document(document_idx);
        let aliases: Vec<Key> =
            document.keys.iter().filter(|key| !self.by_key.contains_key(key)).copied().collect();
        self.by_key.extend(aliases.iter().map(|&alias| (alias, entity_idx)));
        let entity = &mut self.entities[entity_idx];
        let mut entry_number = "";
        if entity.entry_number.is_empty() {
            entry_number = identity.number_of(NumberKind::Entry);
            entity.entry_number = entry_number;
        }
        Act::Repeat { document_idx, entity_idx, aliases, entry_number }
    }

    /// A certificate or an inspection application is new, or mends one that was rejected; else it is a repeat or a
    /// conflict (K4).
    fn filing(
        &mut self,
        document_idx: usize,
        identity: &'c Identity<'c>,
        outcomes: &[Outcome],
        round: &mut Round<'c>,
    ) -> bool {
        let document = self.settling.read.document(document_idx);
        let found = match self.entity(&document.keys) {
            Ok(found) => found,
            Err(TwoKnown) => {
                round.acts.push(Act::Conflict { document_idx, why: TWO_KNOWN });
                return true;
            }
        };
        if let Some(entity_idx) = found {
            let entity = &self.entities[entity_idx];
            if entity.content == self.settling.read.document(document_idx).content {
                let is_filed = entity.state == Some(State::Filed);
                let act = self.repeat(document_idx, entity_idx, identity);
                round.acts.push(act);
                // What still waits for it was to be decided again when it came, and the power went before that was recorded.
                if is_filed {
                    self.wake(entity_idx, document.keys.as_slice(), outcomes, round);
                }
                return true;
            }
            if entity.state != Some(State::Rejected) {
                round.acts.push(Act::Conflict { document_idx, why: OTHER_CONTENT });
                return true;
            }
        }
        let entity_idx = self.occupy(found, document, identity);
        let entity = &mut self.entities[entity_idx];
        entity.filing = Some(StandingFiling::Local(document_idx));
        entity.state = document.filing.as_ref().map(|judged| judged.verdict.state);
        round.acts.push(Act::File { document_idx, entity_idx });
        if self.entities[entity_idx].state == Some(State::Filed) {
            self.wake(entity_idx, document.keys.as_slice(), outcomes, round);
        }
        true
    }

    /// Nothing more will come: held declarations whose certificates came are decided again unless they have been mended.
    pub fn late_round(&mut self) -> Option<Round<'c>> {
        let mut round = Round::default();
        for waiting in &self.settling.ledger.waiting {
            if let Some(entity_idx) = self.known(waiting.certificate) {
                self.wake(entity_idx, &[waiting.certificate], &[], &mut round);
            }
        }
        Some(round)
    }

    /// Held declarations that wait for this certificate are decided again, once nothing else is missing (K3).
    fn wake(&mut self, caused_by_idx: usize, keys: &[Key], outcomes: &[Outcome], round: &mut Round<'c>) {
        let caused_by = self.entities[caused_by_idx].number;
        for (waiting_idx, waiting) in self.settling.ledger.waiting.iter().enumerate() {
            if !keys.contains(&waiting.certificate) {
                continue;
            }
            let document = self.settling.waiting.document(waiting_idx);
            let entity_idx = self.entity_on_file(&waiting.on_file);
            // Mended meanwhile: the old content is decided no more.
            if self.entities[entity_idx].is_decided_here {
                continue;
            }
            if self.is_deferred(&document.keys) {
                self.put_off.push(waiting.certificate);
                continue;
            }
            let Claims { claims, applications, missing, .. } = self.claimed(Source::Waiting(waiting_idx));
            if !missing.is_empty() {
                continue;
            }
            self.decide_again((waiting_idx, entity_idx), caused_by, (claims, applications), outcomes, round);
        }
    }

    /// What becomes of a declaration; none when that depends on how another one of this round is judged.
    fn declaration(
        &mut self,
        document_idx: usize,
        identity: &'c Identity<'c>,
        outcomes: &[Outcome],
        round: &mut Round<'c>,
    ) -> Option<Act<'c>> {
        let document = self.settling.read.document(document_idx);
        let Ok(found) = self.entity(&document.keys) else {
            return Some(Act::Conflict { document_idx, why: TWO_KNOWN });
        };
        let number = found.map_or(identity.number(), |entity_idx| self.entities[entity_idx].number);
        if self.is_deferred(&document.keys) {
            let (claims, _) = self.claims(&document.claims);
            let turn = self.turn(document_idx, number, &claims);
            return Some(self.defer(document_idx, turn));
        }
        if let Some(entity_idx) = found {
            let entity = &self.entities[entity_idx];
            if names_another_entry(entity, identity) {
                return Some(Act::Conflict { document_idx, why: OTHER_ENTRY });
            }
            if entity.content == self.settling.read.document(document_idx).content {
                return Some(self.repeat(document_idx, entity_idx, identity));
            }
            match entity.state? {
                State::Held | State::Rejected => {}
                State::Cancelled => return Some(Act::Conflict { document_idx, why: IS_CANCELLED }),
                State::Final | State::Filed | State::FiledNoProof => {
                    return Some(Act::Conflict { document_idx, why: OTHER_CONTENT });
                }
            }
        }
        let source = Source::Window(document_idx);
        let Claims { claims, applications, missing, may_come } = self.claimed(source);
        let turn = self.turn(document_idx, number, &claims);
        if turn.is_some() || (may_come && !self.settling.is_end) {
            return Some(self.defer(document_idx, turn));
        }
        let first_draw = found.and_then(|entity_idx| self.first_draw(entity_idx, outcomes));
        let entity_idx = self.occupy(found, document, identity);
        let Entity { number, entry_number, .. } = self.entities[entity_idx];
        let case_idx = round.cases.len();
        round.cases.push(LinkedCase {
            source,
            number,
            entry_number,
            claims,
            applications,
            missing,
            first_draw,
        });
        Some(Act::Decide { document_idx, entity_idx, case_idx })
    }

    /// What becomes of a request: it waits for the end of its submission, and is then held against the declaration it is
    /// about as that stands by then (O2).
    fn request(
        &mut self,
        document_idx: usize,
        identity: &'c Identity<'c>,
        request: &Request<'c>,
        outcomes: &[Outcome],
        round: &mut Round<'c>,
    ) {
        if !self.settling.is_end {
            let act = self.defer(document_idx, None);
            round.acts.push(act);
            return;
        }
        let document = self.settling.read.document(document_idx);
        let Ok(found) = self.entity(&document.keys) else {
            round.acts.push(Act::Conflict { document_idx, why: TWO_KNOWN });
            return;
        };
        if let Some(entity_idx) = found {
            let entity = &self.entities[entity_idx];
            if entity.content == document.content {
                let (is_filed, latest, number) =
                    (entity.state == Some(State::Filed), entity.latest.clone(), entity.number);
                let act = self.repeat(document_idx, entity_idx, identity);
                round.acts.push(act);
                if let (true, Some(Latest::OnFile(on_file))) = (is_filed, latest) {
                    self.grant_again(document, request, (&on_file, number), outcomes, round);
                }
                return;
            }
            if !matches!(entity.state, Some(State::Held | State::Rejected)) {
                round.acts.push(Act::Conflict { document_idx, why: OTHER_CONTENT });
                return;
            }
        }
        let ledger = self.settling.ledger;
        let (told, is_granted) = match Judged::of(document, request, self.settling, self.law) {
            Judged::NotOnFile(finding) => {
                round.acts.push(Act::NotOnFile { document_idx, finding });
                return;
            }
            Judged::Standing(found) => (found, false),
            Judged::Granted(found) => (found, true),
        };
        let entity_idx = self.occupy(found, document, identity);
        round.acts.push(Act::Ask { document_idx, entity_idx, found: told, is_granted });
        let caused_by = self.entities[entity_idx].number;
        if let (true, about::Found::One(waiting_idx)) = (is_granted, about::Found::of(document, ledger)) {
            self.granted(request.ask, waiting_idx, caused_by, outcomes, round);
        }
    }

    /// What a request brings is recorded behind it. Where the power went in between, the request is on file and what it
    /// brings is not: the declaration was decided before it, and is decided again now that the request comes again (P1).
    fn grant_again(
        &mut self,
        document: &Document<'_>,
        request: &Request<'_>,
        (on_file, number): (&OnFile, &'c str),
        outcomes: &[Outcome],
        round: &mut Round<'c>,
    ) {
        let ledger = self.settling.ledger;
        let about::Found::One(waiting_idx) = about::Found::of(document, ledger) else { return };
        let is_lost = ledger.waiting[waiting_idx].on_file.record < on_file.record;
        if is_lost && matches!(Judged::of(document, request, self.settling, self.law), Judged::Granted(_)) {
            self.granted(request.ask, waiting_idx, number, outcomes, round);
        }
    }

    /// The declaration is cancelled, or decided again as it is asked for.
    fn granted(
        &mut self,
        ask: Ask,
        waiting_idx: usize,
        caused_by: &'c str,
        outcomes: &[Outcome],
        round: &mut Round<'c>,
    ) {
        let entity_idx = self.entity_on_file(&self.settling.ledger.waiting[waiting_idx].on_file);
        if ask == Ask::Cancel {
            let entity = &mut self.entities[entity_idx];
            entity.is_decided_here = true;
            entity.state = None;
            round.acts.push(Act::Cancel { waiting_idx, entity_idx, caused_by });
            return;
        }
        let nothing = (Vec::new(), Vec::new());
        self.decide_again((waiting_idx, entity_idx), caused_by, nothing, outcomes, round);
    }

    /// A declaration on file is decided again, with what it claims by now; nothing is missing any more.
    fn decide_again(
        &mut self,
        (waiting_idx, entity_idx): (usize, usize),
        caused_by: &'c str,
        (claims, applications): (Vec<Claim<'c>>, Vec<Application<'c>>),
        outcomes: &[Outcome],
        round: &mut Round<'c>,
    ) {
        let first_draw = self.first_draw(entity_idx, outcomes);
        let entity = &mut self.entities[entity_idx];
        entity.is_decided_here = true;
        entity.state = None;
        let case_idx = round.cases.len();
        round.cases.push(LinkedCase {
            source: Source::Waiting(waiting_idx),
            number: entity.number,
            entry_number: entity.entry_number,
            claims,
            applications,
            missing: Vec::new(),
            first_draw,
        });
        round.acts.push(Act::Redecide { waiting_idx, entity_idx, case_idx, caused_by });
    }

    /// Documents under one number stay in order: what comes after one that was put off waits behind it.
    fn is_deferred(&self, keys: &[Key]) -> bool {
        let is_deferred = |key| self.deferred.contains(key) || self.settling.ledger.deferred.contains(key);
        !self.settling.is_end && keys.iter().any(is_deferred)
    }

    fn defer(&mut self, document_idx: usize, turn: Option<Turn>) -> Act<'c> {
        self.deferred.extend(&self.settling.read.document(document_idx).keys);
        Act::Defer { document_idx, turn }
    }

    /// Its turn among those that draw on relief that may run short: none at the end, where turns are taken (FEE-020).
    fn turn(&self, document_idx: usize, number: &str, claims: &[Claim<'_>]) -> Option<Turn> {
        if self.settling.is_end {
            return None;
        }
        examine::turn(self.settling, document_idx, number, claims, self.law)
    }

    /// The first draw of any version so far; every version hands on what it got (SMP-012).
    fn first_draw(&self, entity_idx: usize, outcomes: &[Outcome]) -> Option<Draw> {
        match self.entities[entity_idx].latest.as_ref()? {
            Latest::OnFile(on_file) => on_file.draw.clone(),
            Latest::Outcome(outcome_idx) => outcomes[*outcome_idx].first_draw().cloned(),
        }
    }

    /// What became of all that a declaration claims or names.
    fn claimed(&mut self, source: Source) -> Claims<'c> {
        let document = match source {
            Source::Window(document_idx) => self.settling.read.document(document_idx),
            Source::Waiting(waiting_idx) => self.settling.waiting.document(waiting_idx),
        };
        let (claims, missing) = self.claims(&document.claims);
        let may_come = !missing.is_empty();
        let mut claimed = Claims { claims, applications: Vec::new(), missing, may_come };
        if !document.applications.is_empty() {
            let (_, declaration) = examine::document_of(self.settling, source);
            let day = examine::accepted_at(self.settling, source, &declaration).map(|moment| moment.date());
            let tables = &self.law.rulebook.tables;
            if day.is_some_and(|day| channel::are_statutory(declaration.items, day, tables)) {
                self.applications(document, &mut claimed);
            }
        }
        claimed
    }

    /// What became of each inspection application: one that is claimed is waited for, one that is only linked may still
    /// come in this submission, so that the order within it never matters (O2).
    fn applications(&mut self, document: &'c Document<'c>, into: &mut Claims<'c>) {
        for named in &document.applications {
            let claimed = &named.claimed;
            let entity_idx = claimed.keys.iter().find_map(|&key| self.known(key));
            let found = entity_idx.map_or(Applied::Missing, |entity_idx| self.applied(entity_idx));
            let is_filed = matches!(found, Applied::Filed(_));
            into.may_come |= !is_filed;
            if named.is_claimed && !is_filed {
                into.missing.extend_from_slice(&claimed.keys);
            }
            if named.is_claimed || is_filed {
                let number = entity_idx.map_or(claimed.number, |entity_idx| self.entities[entity_idx].number);
                into.applications.push(Application { number, place: claimed.place, found });
            }
        }
    }

    /// An inspection application as it stands now.
    fn applied(&self, entity_idx: usize) -> Applied<'c> {
        let entity = &self.entities[entity_idx];
        if entity.state == Some(State::Rejected) {
            return Applied::Rejected;
        }
        let inspection: Option<Inspection<'c>> = match entity.filing {
            Some(StandingFiling::Local(document_idx)) => self.settling.read.as_inspection(document_idx),
            Some(StandingFiling::OnFile(on_file)) => match self.facts.by_id.get(&on_file.id) {
                Some(model::facts::Facts::Inspection(facts)) => Some(facts.inspection()),
                _ => None,
            },
            None => None,
        };
        inspection.map_or(Applied::Missing, Applied::Filed)
    }

    /// What became of each claimed certificate, and the keys of those that may still come: missing ones, and rejected
    /// ones, which can be mended.
    fn claims(&mut self, claimed: &'c [Claimed<'c>]) -> (Vec<Claim<'c>>, Vec<Key>) {
        let mut missing = Vec::new();
        let mut claims = Vec::with_capacity(claimed.len());
        for claim in claimed {
            let entity_idx = claim.keys.iter().find_map(|&key| self.known(key));
            let (found, may_come) =
                entity_idx.map_or((Found::Missing, true), |entity_idx| self.stands(entity_idx));
            if may_come {
                missing.extend_from_slice(&claim.keys);
            }
            let number = entity_idx.map_or(claim.number, |entity_idx| self.entities[entity_idx].number);
            claims.push(Claim { number, place: claim.place, found });
        }
        (claims, missing)
    }

    /// A certificate as it stands now, and whether a better one may come under its number.
    fn stands(&self, entity_idx: usize) -> (Found<'c>, bool) {
        let entity = &self.entities[entity_idx];
        let found = match entity.filing {
            None => Found::Missing,
            Some(StandingFiling::Local(document_idx)) => self.stands_in_window(document_idx),
            Some(StandingFiling::OnFile(on_file)) => self.stands_on_file(on_file),
        };
        let may_come = matches!(found, Found::Missing) || entity.state == Some(State::Rejected);
        (found, may_come)
    }

    fn stands_in_window(&self, document_idx: usize) -> Found<'c> {
        let document = self.settling.read.document(document_idx);
        let (
            Some(JudgedFiling { standing: Some(standing), verdict, .. }),
            EntryKind::Certificate { certificate_idx, .. },
        ) = (&document.filing, &document.entry.kind)
        else {
            return Found::Missing;
        };
        let certificate: Certificate<'c> = self.settling.read.certificate(document_idx, *certificate_idx);
        match *standing {
            _ if verdict.state == State::Rejected => Found::NoProof(REJECTED),
            Standing::NoProof(why) => Found::NoProof(why),
            Standing::Proof => Found::Proof(certificate),
        }
    }

    fn stands_on_file(&self, on_file: &'c OnFile) -> Found<'c> {
        let Some(model::facts::Facts::Certificate(facts)) = self.facts.by_id.get(&on_file.id) else {
            return Found::NoProof(UNREADABLE);
        };
        match on_file.state {
            State::Rejected | State::Cancelled => Found::NoProof(REJECTED),
            State::FiledNoProof => Found::NoProof(self.why_no_proof(facts)),
            State::Filed | State::Final | State::Held => Found::Proof(facts.certificate()),
        }
    }

    /// The form table may have learned the form since the certificate was filed; the standing of its day stays.
    fn why_no_proof(&self, facts: &model::facts::CertificateFacts<'_>) -> Words {
        let certificate = facts.certificate();
        let case =
            model::case::CertificateCase { certificate, received_on: None, registers: self.law.registers };
        match rulebook::proof::proof_standing(&case, &self.law.rulebook.tables) {
            Standing::NoProof(why) => why,
            Standing::Proof => NO_PROOF_THEN,
        }
    }
}

/// What a declaration claims and names, and what became of it.
struct Claims<'c> {
    claims: Vec<Claim<'c>>,
    applications: Vec<Application<'c>>,
    /// Keys of what it waits for.
    missing: Vec<Key>,
    /// Something may still come in this submission that it would be decided with.
    may_come: bool,
}

/// Numbers that lead to two documents on file (K6).
struct TwoKnown;

/// One number with two customs entry numbers (K6).
fn names_another_entry(entity: &Entity<'_>, identity: &Identity<'_>) -> bool {
    let filed = identity.number_of(NumberKind::Entry);
    !filed.is_empty() && !entity.entry_number.is_empty() && filed != entity.entry_number
}

const TWO_KNOWN: Words =
    Words { zh: "所列编号分属两份已知单证", en: "its numbers belong to two documents on file" };
const OTHER_CONTENT: Words =
    Words { zh: "编号已用于内容不同的单证", en: "the number was used for other content" };
const IS_CANCELLED: Words = Words {
    zh: "该编号的报关单已按申请撤销",
    en: "the declaration under this number was cancelled at request",
};
const OTHER_ENTRY: Words = Words {
    zh: "同一客户端编号对应两个海关编号",
    en: "one client number with two customs entry numbers",
};
const REJECTED: Words = Words { zh: "该证书已被退回", en: "the certificate was rejected" };
const UNREADABLE: Words =
    Words { zh: "存档的证书内容无法读取", en: "the certificate on file cannot be read back" };
const NO_PROOF_THEN: Words = Words {
    zh: "该证书存档时不能作为原产地证明",
    en: "the certificate was no proof of origin when it was filed",
};
