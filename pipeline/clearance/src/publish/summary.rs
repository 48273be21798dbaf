//! What a submission came to: counts by outcome, disposition, mode and reason, fees by head, and the accounts that must close (P3).

use crate::profile::Profile;
use crate::publish::ndjson::digest_text;
use crate::publish::totals::FeeTotals;
use crate::record::Head;
use engine::outcome::Outcome;
use model::batch::InputId;
use model::decision::{Disposition, Mode, OutcomeKind};
use model::finding::{Effect, RuleId};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Counts of one submission.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Inputs read.
    pub n_inputs: u64,
    /// Documents found in them.
    pub n_documents: u64,
    /// Bytes of the inputs as received.
    pub bytes: u64,
    /// Files that travelled beside messages.
    pub n_attachments: u64,
    /// Those of them a declaration names: their ZIP and their position in it.
    named_attachments: BTreeSet<(InputId, usize)>,
    /// Lines by outcome.
    pub outcomes: BTreeMap<OutcomeKind, u64>,
    /// Decisions by disposition.
    pub dispositions: BTreeMap<Disposition, u64>,
    /// Decisions by mode.
    pub modes: BTreeMap<Mode, u64>,
    /// Repeated documents by the disposition of the decision they repeat.
    pub repeated_dispositions: BTreeMap<Disposition, u64>,
    /// Repeated documents by the mode of the decision they repeat.
    pub repeated_modes: BTreeMap<Mode, u64>,
    /// Findings by rule and effect.
    pub reasons: BTreeMap<RuleId, (Effect, u64)>,
    /// Fees by head.
    pub fees: FeeTotals,
    /// Draws made on a day without a committed seed.
    pub n_unsealed_draws: u64,
}

impl Summary {
    /// Counts an outcome. Findings and draws that a repeat says again were counted when they were first said.
    pub fn count(&mut self, outcome: &Outcome) {
        *self.outcomes.entry(outcome.kind).or_default() += 1;
        if let Some(disposition) = outcome.disposition {
            *self.dispositions.entry(disposition).or_default() += 1;
        }
        if let Some(mode) = outcome.mode {
            *self.modes.entry(mode).or_default() += 1;
        }
        for told in &outcome.told {
            let reason = self.reasons.entry(told.finding.rule).or_insert((told.finding.effect, 0));
            *reason = (reason.0.max(told.finding.effect), reason.1 + 1);
        }
        if let Some(fees) = &outcome.fees {
            self.fees.add(fees);
        }
        if let Some(attached) = &outcome.attached {
            let named = attached.named.keys().map(|idx| (attached.all.list[*idx].container, *idx));
            self.named_attachments.extend(named);
        }
        self.n_unsealed_draws += u64::from(outcome.draw.as_ref().is_some_and(|draw| !draw.committed));
    }

    /// Counts what a repeated document was told again: this is how its consignment stands.
    pub fn count_repeated(&mut self, disposition: Option<Disposition>, mode: Option<Mode>) {
        if let Some(disposition) = disposition {
            *self.repeated_dispositions.entry(disposition).or_default() += 1;
        }
        if let Some(mode) = mode {
            *self.repeated_modes.entry(mode).or_default() += 1;
        }
    }

    /// Documents found = all outcomes but new decisions on documents of earlier submissions (P3).
    pub fn is_closed(&self) -> bool {
        let of_this_submission = self.outcomes.iter().filter(|(kind, _)| **kind != OutcomeKind::Redecided);
        of_this_submission.map(|(_, n)| n).sum::<u64>() == self.n_documents
    }

    /// Reasons, the gravest and most frequent first.
    pub fn top_reasons(&self) -> Vec<(RuleId, Effect, u64)> {
        let mut reasons: Vec<_> =
            self.reasons.iter().map(|(rule, (effect, n))| (*rule, *effect, *n)).collect();
        reasons.sort_by_key(|(rule, effect, n)| (std::cmp::Reverse(*effect), std::cmp::Reverse(*n), *rule));
        reasons
    }

    /// The summary as JSON: what `summary.json` holds, and `run --json` prints on one line.
    pub fn to_json<'s>(&'s self, accepted: &'s str, law: &engine::Law<'_>, head: Head) -> Json<'s> {
        let reason = |(id, effect, count): (RuleId, Effect, u64)| {
            let rule = law.rulebook.rule(id);
            Reason {
                rule: id.0,
                effect: effect.name(),
                basis: rule.basis.letter(),
                title_zh: rule.title.zh,
                title_en: rule.title.en,
                count,
            }
        };
        Json {
            inputs: self.n_inputs,
            documents: self.n_documents,
            bytes: self.bytes,
            attachments: self.n_attachments,
            attachments_unnamed: self.n_unnamed_attachments(),
            outcomes: OutcomeKind::ALL.iter().map(|kind| (kind.name(), self.n_of(*kind))).collect(),
            dispositions: by_disposition(&self.dispositions),
            modes: by_mode(&self.modes),
            repeated: Repeated {
                dispositions: by_disposition(&self.repeated_dispositions),
                modes: by_mode(&self.repeated_modes),
            },
            reasons: self.top_reasons().into_iter().map(reason).collect(),
            fees: &self.fees,
            warnings: self.warnings(),
            accepted_at: accepted,
            rulebook: digest_text(&law.rulebook.digest),
            registers: digest_text(&law.registers.digest),
            journal: Journal { index: head.index, hash: digest_text(&head.hash) },
            profile: None,
        }
    }

    /// Attachments no declaration names.
    pub fn n_unnamed_attachments(&self) -> u64 {
        self.n_attachments.saturating_sub(self.named_attachments.len() as u64)
    }

    /// Lines with this outcome.
    pub fn n_of(&self, kind: OutcomeKind) -> u64 {
        *self.outcomes.get(&kind).unwrap_or(&0)
    }

    fn warnings(&self) -> Vec<String> {
        let unsealed = (self.n_unsealed_draws > 0).then(|| {
            format!("{} draws were made with no seed committed for their day", self.n_unsealed_draws)
        });
        unsealed.into_iter().collect()
    }
}

/// The summary as machines read it.
#[derive(Serialize)]
pub struct Json<'s> {
    pub(super) inputs: u64,
    pub(super) documents: u64,
    pub(super) bytes: u64,
    pub(super) attachments: u64,
    pub(super) attachments_unnamed: u64,
    pub(super) outcomes: BTreeMap<&'static str, u64>,
    pub(super) dispositions: BTreeMap<&'static str, u64>,
    pub(super) modes: BTreeMap<&'static str, u64>,
    pub(super) repeated: Repeated,
    pub(super) reasons: Vec<Reason>,
    pub(super) fees: &'s FeeTotals,
    pub(super) warnings: Vec<String>,
    pub(super) accepted_at: &'s str,
    pub(super) rulebook: String,
    pub(super) registers: String,
    pub(super) journal: Journal,
    /// Where the time went, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
}

/// Beside those decided, and not counted among them.
#[derive(Serialize)]
pub(super) struct Repeated {
    pub(super) dispositions: BTreeMap<&'static str, u64>,
    pub(super) modes: BTreeMap<&'static str, u64>,
}

#[derive(Serialize)]
pub(super) struct Reason {
    pub(super) rule: &'static str,
    pub(super) effect: &'static str,
    pub(super) basis: &'static str,
    pub(super) title_zh: &'static str,
    pub(super) title_en: &'static str,
    pub(super) count: u64,
}

#[derive(Serialize)]
pub(super) struct Journal {
    pub(super) index: u64,
    pub(super) hash: String,
}

impl Json<'_> {
    /// Over many lines, for a file.
    pub fn file(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("writing to memory does not fail");
        bytes.push(b'\n');
        bytes
    }

    /// On one line, for a pipe.
    pub fn line(&self) -> String {
        let mut line = serde_json::to_string(self).expect("writing to memory does not fail");
        line.push('\n');
        line
    }
}

fn by_disposition(counts: &BTreeMap<Disposition, u64>) -> BTreeMap<&'static str, u64> {
    Disposition::ALL.iter().map(|it| (it.name(), *counts.get(it).unwrap_or(&0))).collect()
}

fn by_mode(counts: &BTreeMap<Mode, u64>) -> BTreeMap<&'static str, u64> {
    counts.iter().map(|(mode, n)| (mode.name(), *n)).collect()
}
