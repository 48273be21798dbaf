//! What is contended is settled here, one by one, in the order documents came: first decisions, repeats, conflicts,
//! mended versions (K2 to K6). What a document is settled against is the entity as all before it left it.

use crate::examine::{Examined, examine_with};
use crate::link::{Act, Entity, Linked, LinkedCase};
use crate::outcome::{Deferred, Latest, Outcome, OutcomeBatch, Told, Waits};
use crate::read::Document;
use crate::{Law, Settling, tell};
use model::decision::{Disposition, Draw, OutcomeKind};
use model::evidence;
use model::finding::{Effect, Finding, Place, RuleId, Words};
use model::ledger::{Key, NumberKind, Origin, State};
use rulebook::proof::Standing;

/// An entity as its latest decision left it.
struct Now {
    latest: Latest,
    content: [u8; 32],
    state: State,
    version: u32,
    number: String,
    entry_number: String,
    client_number: String,
    draw: Option<Draw>,
    keys: Vec<Key>,
}

struct Deciding<'c> {
    settling: &'c Settling<'c>,
    law: &'c Law<'c>,
    linked: &'c Linked<'c>,
    examined: Vec<Option<Examined>>,
    now: Vec<Option<Now>>,
    batch: OutcomeBatch,
}

/// Settles all acts in order.
pub(crate) fn decide(
    settling: &Settling<'_>,
    linked: &Linked<'_>,
    examined: Vec<Examined>,
    law: &Law<'_>,
) -> OutcomeBatch {
    let mut deciding = Deciding {
        settling,
        law,
        linked,
        examined: examined.into_iter().map(Some).collect(),
        now: linked.entities.iter().map(on_file_now).collect(),
        batch: OutcomeBatch::default(),
    };
    deciding.batch.outcomes.reserve(linked.acts.len());
    for act in &linked.acts {
        deciding.act(act);
    }
    deciding.batch
}

fn on_file_now(entity: &Entity<'_>) -> Option<Now> {
    let on_file = entity.on_file?;
    Some(Now {
        latest: Latest::OnFile(on_file.clone()),
        content: on_file.content,
        state: on_file.state,
        version: on_file.version,
        number: on_file.number.clone(),
        entry_number: on_file.entry_number.clone(),
        client_number: on_file.client_number.clone(),
        draw: on_file.draw.clone(),
        keys: Vec::new(),
    })
}

impl Deciding<'_> {
    fn act(&mut self, act: &Act) {
        match *act {
            Act::Plain { document_idx } => self.plain(document_idx),
            Act::Ambiguous { document_idx } => self.conflict(document_idx, TWO_KNOWN),
            Act::Certificate { document_idx, entity_idx } => self.certificate(document_idx, entity_idx),
            Act::Declaration { document_idx, entity_idx, case_idx } => {
                self.declaration(document_idx, entity_idx, case_idx);
            }
            Act::Defer { document_idx } => {
                let keys = self.settling.read.document(document_idx).keys.clone();
                self.batch.deferred.push(Deferred { document_idx, keys });
            }
            Act::Redecide { waiting_idx, entity_idx, case_idx, caused_by_idx } => {
                self.redecide(waiting_idx, entity_idx, case_idx, caused_by_idx);
            }
        }
    }

    /// Refused and declined documents occupy no key and no alias (K5).
    fn plain(&mut self, document_idx: usize) {
        let document = self.settling.read.document(document_idx);
        let declined = matches!(document.entry.kind, formats::EntryKind::Declined);
        let kind = if declined { OutcomeKind::Declined } else { OutcomeKind::Refused };
        let mut outcome = self.outcome(document_idx, kind);
        outcome.told = tell::all(document, &document.entry.findings);
        for told in &mut outcome.told {
            told.finding.effect = self.law.rulebook.rule(told.finding.rule).effect;
        }
        self.batch.outcomes.push(outcome);
    }

    fn conflict(&mut self, document_idx: usize, why: Words) {
        let document = self.settling.read.document(document_idx);
        let mut outcome = self.outcome(document_idx, OutcomeKind::Conflict);
        let number = document.identity().map_or("", |identity| identity.number());
        let finding = Finding {
            rule: RuleId("MSG-031"),
            effect: Effect::Reject,
            place: Place::ROOT,
            evidence: evidence![what = why, number],
        };
        outcome.number = number.to_owned();
        outcome.told = tell::all(document, &[finding]);
        outcome.content = document.identity().map(|identity| identity.content);
        self.batch.outcomes.push(outcome);
    }

    fn repeat(&mut self, document_idx: usize, entity_idx: usize) {
        let mut outcome = self.outcome(document_idx, OutcomeKind::Repeated);
        let document = self.settling.read.document(document_idx);
        let Some(now) = &mut self.now[entity_idx] else { unreachable!("a repeat has a decision before it") };
        outcome.latest = Some(now.latest.clone());
        // A number that was not known before becomes an alias (K6).
        let ledger = self.settling.ledger;
        let is_new = |key: &&Key| !now.keys.contains(key) && !ledger.known.contains_key(key);
        outcome.keys = document.keys.iter().filter(is_new).copied().collect();
        now.keys.extend_from_slice(&outcome.keys);
        outcome.number.clone_from(&now.number);
        outcome.version = now.version;
        self.batch.outcomes.push(outcome);
    }

    fn certificate(&mut self, document_idx: usize, entity_idx: usize) {
        let document = self.settling.read.document(document_idx);
        let (Some(identity), Some(judged)) = (document.identity(), &document.certificate) else {
            unreachable!("a certificate has been judged by itself")
        };
        let version = match &self.now[entity_idx] {
            None => 1,
            Some(now) if now.content == identity.content => return self.repeat(document_idx, entity_idx),
            Some(now) if now.state == State::Rejected => now.version + 1,
            Some(_) => return self.conflict(document_idx, OTHER_CONTENT),
        };
        let kind = if judged.is_rejected { OutcomeKind::Decided } else { OutcomeKind::Filed };
        let state = match (judged.is_rejected, &judged.standing) {
            (true, _) => State::Rejected,
            (false, Standing::Proof) => State::Filed,
            (false, Standing::NoProof(_)) => State::FiledNoProof,
        };
        let mut outcome = self.outcome(document_idx, kind);
        outcome.version = version;
        outcome.disposition = judged.is_rejected.then_some(Disposition::Reject);
        outcome.told = judged.told.clone();
        outcome.n_more = judged.n_more;
        outcome.not_judged = judged.not_judged.clone();
        outcome.facts = judged.facts.clone();
        self.record(outcome, entity_idx, document, state);
    }

    fn declaration(&mut self, document_idx: usize, entity_idx: usize, case_idx: Option<usize>) {
        let document = self.settling.read.document(document_idx);
        let Some(identity) = document.identity() else { unreachable!("a declaration has an identity") };
        let version = match &self.now[entity_idx] {
            None => 1,
            Some(now) if names_another_entry(now, identity) => return self.conflict(document_idx, OTHER_ENTRY),
            Some(now) if now.content == identity.content => return self.repeat(document_idx, entity_idx),
            Some(now) if matches!(now.state, State::Held | State::Rejected) => now.version + 1,
            Some(_) => return self.conflict(document_idx, OTHER_CONTENT),
        };
        let Some(case_idx) = case_idx else { return self.conflict(document_idx, OTHER_CONTENT) };
        let mut outcome = self.outcome(document_idx, OutcomeKind::Decided);
        outcome.version = version;
        self.fill(&mut outcome, entity_idx, case_idx);
        let missing = &self.linked.cases[case_idx].missing;
        if !missing.is_empty() && outcome.state == Some(State::Held) {
            outcome.waits = Some(Waits { certificates: missing.clone(), document: document.stored() });
        }
        let state = outcome.state.unwrap_or(State::Held);
        self.record(outcome, entity_idx, document, state);
    }

    fn redecide(&mut self, waiting_idx: usize, entity_idx: usize, case_idx: usize, caused_by_idx: usize) {
        let waiting = &self.settling.ledger.waiting[waiting_idx];
        let document = self.settling.waiting.document(waiting_idx);
        let caused_by = self.settling.read.document(caused_by_idx);
        let mut outcome = blank(OutcomeKind::Redecided, waiting.origin.clone(), document);
        outcome.version = waiting.on_file.version;
        outcome.caused_by = caused_by.identity().map_or("", |identity| identity.number()).to_owned();
        self.fill(&mut outcome, entity_idx, case_idx);
        let state = outcome.state.unwrap_or(State::Held);
        self.record(outcome, entity_idx, document, state);
    }

    /// Takes over what the law says of a case.
    fn fill(&mut self, outcome: &mut Outcome, entity_idx: usize, case_idx: usize) {
        let mut examined = self.examined[case_idx].take().expect("each case is settled once");
        if let Some(first_draw) = self.draw_to_keep(entity_idx, &examined) {
            let case: &LinkedCase<'_> = &self.linked.cases[case_idx];
            examined = examine_with(self.settling, case, Some(&first_draw), self.law);
        }
        outcome.state = Some(match examined.verdict.disposition {
            Disposition::Release | Disposition::Inspect => State::Final,
            Disposition::Hold => State::Held,
            Disposition::Reject => State::Rejected,
        });
        outcome.disposition = Some(examined.verdict.disposition);
        outcome.mode = Some(examined.verdict.mode);
        outcome.told = examined.told;
        outcome.n_more = examined.n_more;
        outcome.not_judged = examined.not_judged;
        outcome.trace = examined.verdict.trace;
        outcome.draw = examined.verdict.draw;
        outcome.documents_waived = examined.verdict.documents_waived;
        outcome.certificates = examined.certificates;
        outcome.accepted_at = examined.accepted_at;
    }

    /// A version before it in this very window drew on another day: that draw stays (SMP-012).
    fn draw_to_keep(&self, entity_idx: usize, examined: &Examined) -> Option<Draw> {
        let first = self.now[entity_idx].as_ref()?.draw.as_ref()?;
        let same = examined.verdict.draw.as_ref().is_some_and(|draw| draw.seed_date == first.seed_date);
        (!same).then(|| first.clone())
    }

    /// Puts a decision on file: all documents after it in the window are settled against it.
    fn record(&mut self, mut outcome: Outcome, entity_idx: usize, document: &Document<'_>, state: State) {
        let Some(identity) = document.identity() else { unreachable!("what is recorded has an identity") };
        let before = self.now[entity_idx].take();
        outcome.number = before.as_ref().map_or_else(|| identity.number().to_owned(), |now| now.number.clone());
        outcome.content = Some(identity.content);
        outcome.state = Some(state);
        outcome.keys.clone_from(&document.keys);
        outcome.latest = before.as_ref().map(|now| now.latest.clone());
        let kept = |known: Option<&String>, filed: &str| match known {
            Some(known) if !known.is_empty() => known.clone(),
            _ => filed.to_owned(),
        };
        let mut keys = before.as_ref().map_or_else(Vec::new, |now| now.keys.clone());
        keys.extend_from_slice(&document.keys);
        self.now[entity_idx] = Some(Now {
            latest: Latest::Outcome(self.batch.outcomes.len()),
            content: identity.content,
            state,
            version: outcome.version,
            number: outcome.number.clone(),
            entry_number: kept(before.as_ref().map(|now| &now.entry_number), identity.number_of(NumberKind::Entry)),
            client_number: kept(before.as_ref().map(|now| &now.client_number), identity.number_of(NumberKind::Client)),
            draw: before.and_then(|now| now.draw).or_else(|| outcome.draw.clone()),
            keys,
        });
        self.batch.outcomes.push(outcome);
    }

    fn outcome(&self, document_idx: usize, kind: OutcomeKind) -> Outcome {
        let document = self.settling.read.document(document_idx);
        let raw = document.raw;
        let origin = Origin {
            input: self.settling.inputs.name(raw.input).to_owned(),
            document: raw.document,
            offset: raw.offset,
            line: raw.line,
            column: raw.column,
        };
        Outcome { accepted_at: self.settling.accepted.at(None), ..blank(kind, origin, document) }
    }
}

fn blank(kind: OutcomeKind, origin: Origin, document: &Document<'_>) -> Outcome {
    Outcome {
        origin,
        kind,
        format: document.format.map_or("", |format| format.name()),
        declarant: document.identity().map_or("", |identity| identity.declarant).to_owned(),
        number: String::new(),
        version: 0,
        disposition: None,
        mode: None,
        told: Vec::<Told>::new(),
        n_more: 0,
        not_judged: Vec::new(),
        trace: Vec::new(),
        draw: None,
        documents_waived: Vec::new(),
        certificates: Vec::new(),
        accepted_at: None,
        content: None,
        echo: document.entry.echo.clone(),
        keys: Vec::new(),
        latest: None,
        state: None,
        waits: None,
        caused_by: String::new(),
        facts: Vec::new(),
    }
}

/// One client number with two different entry numbers (K6).
fn names_another_entry(now: &Now, identity: &formats::Identity<'_>) -> bool {
    let filed = identity.number_of(NumberKind::Entry);
    !filed.is_empty() && !now.entry_number.is_empty() && filed != now.entry_number
}

const TWO_KNOWN: Words =
    Words { zh: "所列编号分属两份已知单证", en: "its numbers belong to two documents on file" };
const OTHER_CONTENT: Words = Words { zh: "编号已用于内容不同的单证", en: "the number was used for other content" };
const OTHER_ENTRY: Words =
    Words { zh: "同一客户端编号对应两个海关编号", en: "one client number with two customs entry numbers" };
