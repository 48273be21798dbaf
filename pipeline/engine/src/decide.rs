//! What is contended is settled here, one by one, in the order documents came. What a document is settled against is the
//! entity as all before it left it.

use crate::examine::Examined;
use crate::link::{Act, Entity, LinkedCase, Round};
use crate::outcome::{Attached, Deferred, Latest, Outcome, OutcomeBatch, Told, Waits};
use crate::read::Document;
use crate::request::Judged;
use crate::{Law, Settling, tell};
use formats::EntryKind;
use model::decision::{Disposition, Mode, OutcomeKind};
use model::evidence;
use model::finding::{Effect, Finding, Place, RuleId, Words};
use model::jurisdiction::Jurisdiction;
use model::ledger::{Key, Origin, State};
use model::limits::FINDINGS_MAX;
use model::waiver::{Balances, Drawing};
use rulebook::fees::Draft;
use rulebook::rules::cds::cds_003_declaration_cancelled;
use rulebook::rules::fee::fee_026_given_back;
use rulebook::waivers;
use std::sync::Arc;

/// What all documents of a window share.
pub(crate) struct Contended<'d, 'c> {
    /// Documents under all their numbers.
    pub entities: &'d mut [Entity<'c>],
    /// What is used of vouchers, quotas, pots and orders.
    pub balances: &'d mut Balances,
}

struct Deciding<'d, 'c> {
    settling: &'d Settling<'d>,
    law: &'d Law<'d>,
    cases: &'d [LinkedCase<'c>],
    examined: Vec<Option<Examined>>,
    entities: &'d mut [Entity<'c>],
    balances: &'d mut Balances,
    batch: &'d mut OutcomeBatch,
}

/// Settles all acts of a round in order.
pub(crate) fn decide<'c>(
    settling: &Settling<'_>,
    round: &Round<'c>,
    examined: Vec<Examined>,
    contended: Contended<'_, 'c>,
    law: &Law<'_>,
    batch: &mut OutcomeBatch,
) {
    let examined = examined.into_iter().map(Some).collect();
    batch.outcomes.reserve(round.acts.len());
    let Contended { entities, balances } = contended;
    let mut deciding = Deciding { settling, law, cases: &round.cases, examined, entities, balances, batch };
    for act in &round.acts {
        deciding.act(act);
    }
}

impl Deciding<'_, '_> {
    fn act(&mut self, act: &Act<'_>) {
        match act {
            Act::Plain { document_idx } => self.plain(*document_idx),
            Act::Conflict { document_idx, why } => self.conflict(*document_idx, *why),
            Act::Repeat { document_idx, entity_idx, aliases, entry_number } => {
                self.repeat(*document_idx, *entity_idx, aliases, entry_number);
            }
            Act::File { document_idx, entity_idx } => self.filing(*document_idx, *entity_idx),
            Act::Decide { document_idx, entity_idx, case_idx } => {
                self.declaration(*document_idx, *entity_idx, *case_idx);
            }
            Act::Defer { document_idx, turn } => {
                let keys = self.settling.read.document(*document_idx).keys.clone();
                let is_request = self.settling.read.document(*document_idx).request().is_some();
                let (document_idx, turn) = (*document_idx, turn.clone());
                self.batch.deferred.push(Deferred { document_idx, keys, turn, is_request });
            }
            Act::Redecide { waiting_idx, entity_idx, case_idx, caused_by } => {
                self.redecide(*waiting_idx, *entity_idx, *case_idx, caused_by);
            }
            Act::NotOnFile { document_idx, finding } => self.not_on_file(*document_idx, finding),
            Act::Ask { document_idx, entity_idx, found, is_granted } => {
                self.ask(*document_idx, *entity_idx, found, *is_granted);
            }
            Act::Cancel { waiting_idx, entity_idx, caused_by } => {
                self.cancel(*waiting_idx, *entity_idx, caused_by);
            }
        }
    }

    /// Refused and declined documents occupy no key and no alias (K5).
    fn plain(&mut self, document_idx: usize) {
        let document = self.settling.read.document(document_idx);
        let declined = matches!(document.entry.kind, EntryKind::Declined);
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
        outcome.content = document.identity().map(|_| document.content);
        self.batch.outcomes.push(outcome);
    }

    fn repeat(&mut self, document_idx: usize, entity_idx: usize, aliases: &[Key], entry_number: &str) {
        let entity = &self.entities[entity_idx];
        let mut outcome = self.outcome(document_idx, OutcomeKind::Repeated);
        outcome.latest.clone_from(&entity.latest);
        outcome.keys = aliases.to_vec();
        outcome.entry_number = entry_number.to_owned();
        outcome.number = entity.number.to_owned();
        outcome.version = entity.version;
        self.batch.outcomes.push(outcome);
    }

    fn filing(&mut self, document_idx: usize, entity_idx: usize) {
        let document = self.settling.read.document(document_idx);
        let Some(judged) = &document.filing else {
            unreachable!("what is put on file has been judged by itself")
        };
        let is_filed = judged.verdict.disposition.is_none();
        let kind = if is_filed { OutcomeKind::Filed } else { OutcomeKind::Decided };
        let mut outcome = self.outcome(document_idx, kind);
        outcome.version = self.entities[entity_idx].version + 1;
        outcome.disposition = judged.verdict.disposition;
        outcome.told = judged.told.clone();
        outcome.n_more = judged.n_more;
        outcome.not_judged = judged.not_judged.clone();
        outcome.facts = judged.facts.clone();
        self.record(outcome, entity_idx, document, judged.verdict.state);
    }

    fn declaration(&mut self, document_idx: usize, entity_idx: usize, case_idx: usize) {
        let document = self.settling.read.document(document_idx);
        let mut outcome = self.outcome(document_idx, OutcomeKind::Decided);
        outcome.version = self.entities[entity_idx].version + 1;
        let state = self.fill(&mut outcome, case_idx, entity_idx);
        let missing = &self.cases[case_idx].missing;
        if !missing.is_empty() && state == State::Held {
            outcome.waits = Some(Waits { keys: missing.clone(), document: Some(document.stored()) });
        } else {
            outcome.waits = may_be_asked_about(document, state, false);
        }
        self.record(outcome, entity_idx, document, state);
    }

    fn redecide(&mut self, waiting_idx: usize, entity_idx: usize, case_idx: usize, caused_by: &str) {
        let waiting = &self.settling.ledger.waiting[waiting_idx];
        let document = self.settling.waiting.document(waiting_idx);
        let mut outcome = blank(OutcomeKind::Redecided, waiting.origin.clone(), document);
        outcome.version = waiting.on_file.version;
        outcome.caused_by = caused_by.to_owned();
        let state = self.fill(&mut outcome, case_idx, entity_idx);
        let changes = &waiting.asked.changes;
        if !changes.is_empty() {
            outcome.version += 1;
            self.tell_changes(&mut outcome, document, changes);
        }
        outcome.waits = may_be_asked_about(document, state, true);
        self.record(outcome, entity_idx, document, state);
        self.keep_as_filed(waiting.on_file.content, document.content);
    }

    /// What was amended stands behind what was found, as far as there is room.
    fn tell_changes(&self, outcome: &mut Outcome, document: &Document<'_>, changes: &[Finding]) {
        let n_told = FINDINGS_MAX.saturating_sub(outcome.told.len()).min(changes.len());
        outcome.told.extend(tell::all(document, &changes[..n_told]));
        outcome.n_more += changes.len() - n_told;
    }

    /// The decision recorded last is on a document that is known by another content: that of the message it was filed in.
    fn keep_as_filed(&mut self, filed: [u8; 32], decided_on: [u8; 32]) {
        let outcome = self.batch.outcomes.last_mut().expect("recorded just now");
        if filed != decided_on {
            outcome.content = Some(filed);
            outcome.decided_on = Some(decided_on);
        }
    }

    /// A request about nothing that is on file occupies no key: it may come again when there is something (K5).
    fn not_on_file(&mut self, document_idx: usize, finding: &Finding) {
        let document = self.settling.read.document(document_idx);
        let mut outcome = self.outcome(document_idx, OutcomeKind::Declined);
        outcome.number = document.identity().map_or("", |identity| identity.number()).to_owned();
        outcome.told = tell::all(document, std::slice::from_ref(finding));
        self.batch.outcomes.push(outcome);
    }

    /// A request is put on file when it is granted; else it is rejected, or held until an officer decides.
    fn ask(&mut self, document_idx: usize, entity_idx: usize, found: &[Finding], is_granted: bool) {
        let document = self.settling.read.document(document_idx);
        let mut outcome = self.outcome(document_idx, OutcomeKind::Filed);
        outcome.version = self.entities[entity_idx].version + 1;
        let mut state = State::Filed;
        if !is_granted {
            let (disposition, left) = Judged::standing(found);
            (outcome.kind, outcome.disposition, state) = (OutcomeKind::Decided, Some(disposition), left);
        }
        let n_told = found.len().min(FINDINGS_MAX);
        outcome.told = tell::all(document, &found[..n_told]);
        outcome.n_more = found.len() - n_told;
        self.record(outcome, entity_idx, document, state);
    }

    /// A declaration that was cancelled has no effect any more: that is its last decision.
    fn cancel(&mut self, waiting_idx: usize, entity_idx: usize, caused_by: &str) {
        let waiting = &self.settling.ledger.waiting[waiting_idx];
        let document = self.settling.waiting.document(waiting_idx);
        let mut outcome = blank(OutcomeKind::Redecided, waiting.origin.clone(), document);
        outcome.version = waiting.on_file.version;
        outcome.caused_by = caused_by.to_owned();
        outcome.accepted_at = waiting.on_file.accepted_at;
        outcome.entry_number.clone_from(&waiting.on_file.entry_number);
        outcome.earlier_draw.clone_from(&waiting.on_file.draw);
        outcome.disposition = Some(Disposition::Reject);
        outcome.mode = Some(Mode::Reject);
        let rule = &cds_003_declaration_cancelled::RULE;
        let evidence = evidence![request = caused_by];
        let finding = Finding { rule: rule.id, effect: rule.effect, place: Place::ROOT, evidence };
        outcome.told = tell::all(document, &[finding]);
        self.charge(&mut outcome, None, entity_idx);
        outcome.waits = may_be_asked_about(document, State::Cancelled, false);
        self.record(outcome, entity_idx, document, State::Cancelled);
        self.keep_as_filed(waiting.on_file.content, document.content);
    }

    /// Takes over what the law says of a case, and how that leaves it.
    fn fill(&mut self, outcome: &mut Outcome, case_idx: usize, entity_idx: usize) -> State {
        let case = &self.cases[case_idx];
        let examined = self.examined[case_idx].take().expect("each case is settled once");
        outcome.entry_number = case.entry_number.to_owned();
        if examined.verdict.draw.is_none() {
            outcome.earlier_draw.clone_from(&case.first_draw);
        }
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
        self.charge(outcome, examined.fees, entity_idx);
        match examined.verdict.disposition {
            Disposition::Release | Disposition::Inspect => State::Final,
            Disposition::Hold => State::Held,
            Disposition::Reject => State::Rejected,
        }
    }

    /// Gives back what the decision before held, then settles what this one is charged: one consignment after another, in
    /// order of decision, as vouchers and quotas run out.
    fn charge(&mut self, outcome: &mut Outcome, draft: Option<Draft>, entity_idx: usize) {
        let superseded = match &self.entities[entity_idx].latest {
            Some(Latest::OnFile(on_file)) => on_file.takes.clone(),
            Some(Latest::Outcome(outcome_idx)) => self.batch.outcomes[*outcome_idx].takes.clone(),
            None => Vec::new(),
        };
        if draft.is_none() && superseded.is_empty() {
            return;
        }
        fee_026_given_back::step(&superseded, &mut outcome.trace);
        let mut drawing = Drawing::new(self.balances, &superseded);
        if let Some(mut draft) = draft {
            outcome.trace.append(&mut draft.trace);
            outcome.not_judged.append(&mut draft.not_judged);
            let is_final = matches!(outcome.disposition, Some(Disposition::Release | Disposition::Inspect));
            outcome.fees =
                waivers::settle(&draft, self.law.registers, is_final, &mut drawing, &mut outcome.trace);
        }
        outcome.takes = drawing.finish();
    }

    /// Puts a decision on file: all documents after it in the window are settled against it.
    fn record(&mut self, mut outcome: Outcome, entity_idx: usize, document: &Document<'_>, state: State) {
        let entity = &mut self.entities[entity_idx];
        outcome.number = entity.number.to_owned();
        outcome.content = document.identity().map(|_| document.content);
        outcome.state = Some(state);
        outcome.keys.clone_from(&document.keys);
        outcome.latest = entity.latest.replace(Latest::Outcome(self.batch.outcomes.len()));
        entity.version = outcome.version;
        entity.state = Some(state);
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
        let (accepted_at, attached) = (self.settling.accepted.at(None), self.attached(document_idx));
        Outcome { accepted_at, attached, ..blank(kind, origin, document) }
    }

    /// The files beside a declaration, matched with its e-documents (design section 7). No rule judges them yet.
    fn attached(&self, document_idx: usize) -> Option<Attached> {
        let read = self.settling.read;
        let document = read.document(document_idx);
        let EntryKind::Declaration { declaration_idx, .. } = document.entry.kind else { return None };
        let all = self.settling.inputs.get(document.raw.input).attachments.clone()?;
        let e_documents = read.declaration(document_idx, declaration_idx).electronic_documents;
        let references = e_documents
            .iter()
            .flat_map(|row| [&row.id, &row.firm_file_name].map(|name| (name.value, row.type_code.value)));
        let named = all.named_by(references).into_iter().map(|(idx, code)| (idx, code.to_owned())).collect();
        Some(Attached { all, named })
    }
}

/// Requests may come about a declaration of a law that has them, as soon as its customs number is known: what they could
/// still change is put aside, and what it was changed to.
fn may_be_asked_about(document: &Document<'_>, state: State, is_changed: bool) -> Option<Waits> {
    let is_open = matches!(state, State::Held | State::Rejected) || is_changed;
    let document_of = || is_open.then(|| document.stored());
    (document.jurisdiction() != Jurisdiction::China)
        .then(|| Waits { keys: document.about.clone(), document: document_of() })
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
        earlier_draw: None,
        documents_waived: Vec::new(),
        certificates: Vec::new(),
        attached: None,
        accepted_at: None,
        content: None,
        decided_on: None,
        entry_number: String::new(),
        echo: Arc::clone(&document.entry.echo),
        keys: Vec::new(),
        latest: None,
        state: None,
        waits: None,
        caused_by: String::new(),
        facts: Vec::new(),
        fees: None,
        takes: Vec::new(),
    }
}
