//! Who is who: each document's identity against what is on file and what came before it in the window (K1 to K6),
//! each declaration's certificates (D1), what is put off (O2), and what can be decided again (K3).
//!
//! Goes through the documents once, in order, because a document sees only what came before it: so neither the size of
//! a window nor the number of threads can change an outcome. The work that takes time is done per case, afterwards.

use crate::read::{Claimed, Document};
use crate::{Law, Settling};
use formats::EntryKind;
use model::case::{Claim, Found};
use model::certificate::Certificate;
use model::facts::CertificateFacts;
use model::finding::Words;
use model::ledger::{Key, Ledger, OnFile, State};
use rulebook::proof::Standing;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Certificates on file, their facts read back.
pub(crate) struct Facts<'l> {
    by_id: FxHashMap<u64, CertificateFacts<'l>>,
}

impl<'l> Facts<'l> {
    pub(crate) fn of(ledger: &'l Ledger) -> Facts<'l> {
        let certificates = ledger.known.values().filter(|on_file| !on_file.facts.is_empty());
        let read = |on_file: &'l Arc<OnFile>| Some((on_file.id, model::facts::read(&on_file.facts)?));
        Facts { by_id: certificates.filter_map(read).collect() }
    }
}

/// One document under all its numbers, as far as this window knows.
pub(crate) struct Entity<'c> {
    /// As it was before this window.
    pub on_file: Option<&'c Arc<OnFile>>,
    /// The number it is known by for ever.
    pub number: &'c str,
    /// Content of the latest document linked to it, so that a plain repeat is not judged.
    latest_content: [u8; 32],
    /// It waits for the end of the submission.
    is_deferred: bool,
    /// A certificate as it stands now.
    certificate: Option<StandingCertificate>,
}

#[derive(Clone, Copy)]
enum StandingCertificate {
    OnFile,
    /// Of this window: position of the document.
    Local(usize),
}

/// What is to be done with a document, in order.
pub(crate) enum Act {
    /// Refused or declined.
    Plain { document_idx: usize },
    /// Numbers that lead to two known documents (K6).
    Ambiguous { document_idx: usize },
    /// A certificate: to be settled by its entity.
    Certificate { document_idx: usize, entity_idx: usize },
    /// A declaration: to be settled by its entity, with the case that was judged if one was.
    Declaration { document_idx: usize, entity_idx: usize, case_idx: Option<usize> },
    /// Put off to the end of the submission.
    Defer { document_idx: usize },
    /// A held declaration decided again because the certificate at `caused_by_idx` came.
    Redecide { waiting_idx: usize, entity_idx: usize, case_idx: usize, caused_by_idx: usize },
}

/// A declaration to be judged.
pub(crate) struct LinkedCase<'c> {
    pub source: Source,
    pub number: &'c str,
    pub claims: Vec<Claim<'c>>,
    /// Keys of the certificates it still waits for.
    pub missing: Vec<Key>,
    pub on_file: Option<&'c Arc<OnFile>>,
}

/// Where the document of a case stands.
#[derive(Clone, Copy)]
pub(crate) enum Source {
    Window(usize),
    Waiting(usize),
}

pub(crate) struct Linked<'c> {
    pub acts: Vec<Act>,
    pub entities: Vec<Entity<'c>>,
    pub cases: Vec<LinkedCase<'c>>,
}

struct Linking<'c, 'l> {
    settling: &'c Settling<'c>,
    facts: &'c Facts<'l>,
    law: &'c Law<'c>,
    by_key: FxHashMap<Key, usize>,
    by_id: FxHashMap<u64, usize>,
    linked: Linked<'c>,
}

/// Links a window.
pub(crate) fn link<'c>(settling: &'c Settling<'c>, facts: &'c Facts<'c>, law: &'c Law<'c>) -> Linked<'c> {
    let linked = Linked { acts: Vec::with_capacity(settling.read.len()), entities: Vec::new(), cases: Vec::new() };
    let mut linking = Linking { settling, facts, law, by_key: FxHashMap::default(), by_id: FxHashMap::default(), linked };
    for document_idx in 0..settling.read.len() {
        linking.document(document_idx);
    }
    linking.linked
}

impl<'c> Linking<'c, '_> {
    fn document(&mut self, document_idx: usize) {
        let document = self.settling.read.document(document_idx);
        let act = match &document.entry.kind {
            EntryKind::Refused | EntryKind::Declined => Act::Plain { document_idx },
            EntryKind::Certificate { .. } => match self.entity(document) {
                None => Act::Ambiguous { document_idx },
                Some(entity_idx) => return self.certificate(document_idx, entity_idx),
            },
            EntryKind::Declaration { .. } => match self.entity(document) {
                None => Act::Ambiguous { document_idx },
                Some(entity_idx) => self.declaration(document_idx, entity_idx),
            },
        };
        self.linked.acts.push(act);
    }

    /// The entity a document's numbers lead to, made when there is none; `None` when they lead to two.
    fn entity(&mut self, document: &'c Document<'c>) -> Option<usize> {
        let mut found: Option<usize> = None;
        for &key in &document.keys {
            if let Some(known) = self.known(key) {
                if found.is_some_and(|other| other != known) {
                    return None;
                }
                found = Some(known);
            }
        }
        let entity_idx = found.unwrap_or_else(|| {
            self.linked.entities.push(Entity {
                on_file: None,
                number: document.identity().map_or("", |identity| identity.number()),
                latest_content: [0; 32],
                is_deferred: document.keys.iter().any(|key| self.settling.ledger.deferred.contains(key))
                    && !self.settling.is_end,
                certificate: None,
            });
            self.linked.entities.len() - 1
        });
        for &key in &document.keys {
            self.by_key.entry(key).or_insert(entity_idx);
        }
        Some(entity_idx)
    }

    /// The entity of a key: of this window, or on file.
    fn known(&mut self, key: Key) -> Option<usize> {
        if let Some(&entity_idx) = self.by_key.get(&key) {
            return Some(entity_idx);
        }
        let on_file = self.settling.ledger.known.get(&key)?;
        let entities = &mut self.linked.entities;
        let entity_idx = *self.by_id.entry(on_file.id).or_insert_with(|| {
            entities.push(Entity {
                on_file: Some(on_file),
                number: &on_file.number,
                latest_content: on_file.content,
                is_deferred: false,
                certificate: (!on_file.facts.is_empty()).then_some(StandingCertificate::OnFile),
            });
            entities.len() - 1
        });
        self.by_key.insert(key, entity_idx);
        Some(entity_idx)
    }

    fn certificate(&mut self, document_idx: usize, entity_idx: usize) {
        let document = self.settling.read.document(document_idx);
        self.linked.acts.push(Act::Certificate { document_idx, entity_idx });
        let content = document.identity().map_or([0; 32], |identity| identity.content);
        if self.takes_effect(entity_idx, content) {
            let entity = &mut self.linked.entities[entity_idx];
            entity.certificate = Some(StandingCertificate::Local(document_idx));
            entity.latest_content = content;
            if matches!(self.stands(entity_idx), Found::Proof(_)) {
                self.wake(document_idx);
            }
        }
    }

    /// A certificate is new, or mends one that was rejected; else it is a repeat or a conflict (K4).
    fn takes_effect(&self, entity_idx: usize, content: [u8; 32]) -> bool {
        let entity = &self.linked.entities[entity_idx];
        match entity.certificate {
            None => true,
            Some(StandingCertificate::OnFile) => {
                entity.on_file.is_some_and(|on_file| on_file.state == State::Rejected && on_file.content != content)
            }
            Some(StandingCertificate::Local(document_idx)) => {
                let judged = self.settling.read.document(document_idx).certificate.as_ref();
                judged.is_some_and(|judged| judged.is_rejected) && entity.latest_content != content
            }
        }
    }

    /// Held declarations that wait for this certificate are decided again, once nothing else is missing (K3).
    fn wake(&mut self, caused_by_idx: usize) {
        let keys = &self.settling.read.document(caused_by_idx).keys;
        for waiting_idx in 0..self.settling.ledger.waiting.len() {
            let waiting = &self.settling.ledger.waiting[waiting_idx];
            if !keys.contains(&waiting.certificate) {
                continue;
            }
            let document = self.settling.waiting.document(waiting_idx);
            let Some(entity_idx) = self.entity(document) else { continue };
            let (claims, missing) = self.claims(&document.claims);
            let is_as_it_was = self.linked.entities[entity_idx].latest_content == waiting.on_file.content;
            if !missing.is_empty() || !is_as_it_was {
                continue;
            }
            let number = self.linked.entities[entity_idx].number;
            let case_idx = self.linked.cases.len();
            let on_file = Some(&waiting.on_file);
            self.linked.cases.push(LinkedCase { source: Source::Waiting(waiting_idx), number, claims, missing, on_file });
            self.linked.acts.push(Act::Redecide { waiting_idx, entity_idx, case_idx, caused_by_idx });
        }
    }

    fn declaration(&mut self, document_idx: usize, entity_idx: usize) -> Act {
        let document = self.settling.read.document(document_idx);
        let content = document.identity().map_or([0; 32], |identity| identity.content);
        let entity = &self.linked.entities[entity_idx];
        if entity.is_deferred {
            return Act::Defer { document_idx };
        }
        let is_first = entity.on_file.is_none() && entity.latest_content == [0; 32];
        let is_settled = entity.on_file.is_some_and(|on_file| on_file.state == State::Final);
        if !is_first && (entity.latest_content == content || is_settled) {
            return Act::Declaration { document_idx, entity_idx, case_idx: None };
        }
        let (claims, missing) = self.claims(&document.claims);
        let entity = &mut self.linked.entities[entity_idx];
        if !missing.is_empty() && !self.settling.is_end {
            entity.is_deferred = true;
            return Act::Defer { document_idx };
        }
        entity.latest_content = content;
        let (number, on_file) = (entity.number, entity.on_file);
        self.linked.cases.push(LinkedCase { source: Source::Window(document_idx), number, claims, missing, on_file });
        Act::Declaration { document_idx, entity_idx, case_idx: Some(self.linked.cases.len() - 1) }
    }

    /// What became of each claimed certificate, and the keys of those that are missing.
    fn claims(&mut self, claimed: &'c [Claimed<'c>]) -> (Vec<Claim<'c>>, Vec<Key>) {
        let mut missing = Vec::new();
        let mut claims = Vec::with_capacity(claimed.len());
        for claim in claimed {
            let entity_idx = claim.keys.iter().find_map(|&key| self.known(key));
            let found = entity_idx.map_or(Found::Missing, |entity_idx| self.stands(entity_idx));
            if matches!(found, Found::Missing) {
                missing.extend_from_slice(&claim.keys);
            }
            let number = entity_idx.map_or(claim.number, |entity_idx| self.linked.entities[entity_idx].number);
            claims.push(Claim { number, place: claim.place, found });
        }
        (claims, missing)
    }

    /// A certificate as it stands now.
    fn stands(&self, entity_idx: usize) -> Found<'c> {
        let entity = &self.linked.entities[entity_idx];
        match entity.certificate {
            None => Found::Missing,
            Some(StandingCertificate::Local(document_idx)) => self.stands_in_window(document_idx),
            Some(StandingCertificate::OnFile) => entity.on_file.map_or(Found::Missing, |on_file| self.stands_on_file(on_file)),
        }
    }

    fn stands_in_window(&self, document_idx: usize) -> Found<'c> {
        let document = self.settling.read.document(document_idx);
        let (Some(judged), EntryKind::Certificate { certificate_idx, .. }) =
            (&document.certificate, &document.entry.kind)
        else {
            return Found::Missing;
        };
        let certificate: Certificate<'c> = self.settling.read.certificate(document_idx, *certificate_idx);
        match judged.standing {
            _ if judged.is_rejected => Found::NoProof(REJECTED),
            Standing::NoProof(why) => Found::NoProof(why),
            Standing::Proof => Found::Proof(certificate),
        }
    }

    fn stands_on_file(&self, on_file: &'c OnFile) -> Found<'c> {
        let Some(facts) = self.facts.by_id.get(&on_file.id) else { return Found::NoProof(UNREADABLE) };
        match on_file.state {
            State::Rejected => Found::NoProof(REJECTED),
            State::FiledNoProof => Found::NoProof(self.why_no_proof(facts)),
            State::Filed | State::Final | State::Held => Found::Proof(facts.certificate()),
        }
    }

    /// The form table may have learned the form since the certificate was filed; the standing of its day stays.
    fn why_no_proof(&self, facts: &CertificateFacts<'_>) -> Words {
        let certificate = facts.certificate();
        let case = model::case::CertificateCase { certificate, received_on: None, registers: self.law.registers };
        match rulebook::proof::proof_standing(&case, &self.law.rulebook.tables) {
            Standing::NoProof(why) => why,
            Standing::Proof => NO_PROOF_THEN,
        }
    }
}

const REJECTED: Words = Words { zh: "该证书已被退回", en: "the certificate was rejected" };
const UNREADABLE: Words = Words { zh: "存档的证书内容无法读取", en: "the certificate on file cannot be read back" };
const NO_PROOF_THEN: Words =
    Words { zh: "该证书存档时不能作为原产地证明", en: "the certificate was no proof of origin when it was filed" };
