//! What a check came to.

use engine::outcome::{Latest, Outcome};
use model::decision::{Disposition, OutcomeKind};
use model::finding::{Effect, Language, RuleId, Words};
use model::ledger::State;
use std::collections::BTreeMap;

/// What became of a document, as whoever sent it sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Goods that may go.
    Released,
    /// A certificate or an inspection application that would be put on file.
    Filed,
    /// Goods that would be inspected.
    Inspected,
    /// A declaration that would wait.
    Held,
    /// A document that would go back.
    Rejected,
    /// Its number is used for other content.
    Conflict,
    /// It cannot be read.
    Refused,
    /// It is nothing this program clears.
    Declined,
    /// The same document stands in this check before.
    Repeated,
}

impl Fate {
    /// All, in the order they are told.
    pub const ALL: [Fate; 9] = [
        Fate::Refused,
        Fate::Conflict,
        Fate::Rejected,
        Fate::Held,
        Fate::Inspected,
        Fate::Released,
        Fate::Filed,
        Fate::Declined,
        Fate::Repeated,
    ];

    /// What becomes of the document of this outcome.
    pub fn of(outcome: &Outcome) -> Fate {
        match (outcome.kind, outcome.disposition) {
            (OutcomeKind::Refused, _) => Fate::Refused,
            (OutcomeKind::Conflict, _) => Fate::Conflict,
            (OutcomeKind::Declined, _) => Fate::Declined,
            (OutcomeKind::Repeated, _) => Fate::Repeated,
            (_, Some(Disposition::Reject)) => Fate::Rejected,
            (_, Some(Disposition::Hold)) => Fate::Held,
            (_, Some(Disposition::Inspect)) => Fate::Inspected,
            (_, Some(Disposition::Release)) => Fate::Released,
            (_, None) => Fate::Filed,
        }
    }

    /// Name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Fate::Released => "released",
            Fate::Filed => "filed",
            Fate::Inspected => "inspected",
            Fate::Held => "held",
            Fate::Rejected => "rejected",
            Fate::Conflict => "conflict",
            Fate::Refused => "refused",
            Fate::Declined => "declined",
            Fate::Repeated => "repeated",
        }
    }

    /// Name for people.
    pub const fn words(self) -> Words {
        match self {
            Fate::Released => Words { zh: "放行", en: "released" },
            Fate::Filed => Words { zh: "存档", en: "filed" },
            Fate::Inspected => Words { zh: "查验", en: "inspected" },
            Fate::Held => Words { zh: "挂起", en: "held" },
            Fate::Rejected => Words { zh: "退单", en: "rejected" },
            Fate::Conflict => Words { zh: "编号冲突", en: "in conflict" },
            Fate::Refused => Words { zh: "无法读取", en: "unreadable" },
            Fate::Declined => Words { zh: "不予受理", en: "not for this program" },
            Fate::Repeated => Words { zh: "重复", en: "repeated" },
        }
    }
}

/// Effects, the gravest first.
pub(super) const EFFECTS: [Effect; 5] =
    [Effect::Reject, Effect::Hold, Effect::Inspect, Effect::Deny, Effect::Warn];

/// What a check came to, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents.
    pub n_documents: u64,
    /// Documents by what became of them.
    pub fates: BTreeMap<Fate, u64>,
    /// Findings by what they ask for.
    pub findings: BTreeMap<Effect, u64>,
    /// Findings beyond the limit of one document, which are not told.
    pub n_more: u64,
    /// Documents by the rule that could not be judged for them, and why.
    pub not_judged: BTreeMap<(RuleId, &'static str), (Words, u64)>,
}

impl Counts {
    pub(super) fn count(&mut self, outcome: &Outcome) {
        if let (OutcomeKind::Redecided, Some(Latest::OnFile(before))) = (outcome.kind, &outcome.latest) {
            // It has been counted as it was left before: only what became of it last counts.
            let left = if before.state == State::Held { Fate::Held } else { Fate::Rejected };
            self.fates.entry(left).and_modify(|n| *n -= 1);
        }
        *self.fates.entry(Fate::of(outcome)).or_default() += 1;
        for told in &outcome.told {
            *self.findings.entry(told.finding.effect).or_default() += 1;
        }
        self.n_more += outcome.n_more as u64;
        for it in &outcome.not_judged {
            let (_, n) = self.not_judged.entry((it.rule, it.why.en)).or_insert((it.why, 0));
            *n += 1;
        }
    }

    /// Documents with this fate.
    pub fn n_of(&self, fate: Fate) -> u64 {
        self.fates.get(&fate).copied().unwrap_or(0)
    }

    /// Findings that ask for this.
    pub fn n_with(&self, effect: Effect) -> u64 {
        self.findings.get(&effect).copied().unwrap_or(0)
    }

    /// Whether a run would send something back: the check failed.
    pub fn would_reject(&self) -> bool {
        [Fate::Rejected, Fate::Conflict, Fate::Refused].iter().any(|fate| self.n_of(*fate) > 0)
    }

    /// The last line for people.
    pub(super) fn line(&self, language: Language) -> String {
        let n = self.n_documents;
        let fates = Fate::ALL.iter().map(|fate| (self.n_of(*fate), fate.words()));
        let findings = EFFECTS.iter().map(|effect| {
            let n = self.n_with(*effect);
            (n, found(*effect, n == 1))
        });
        let [fates, findings] =
            [fates.collect::<Vec<_>>(), findings.collect()].map(|counts| list(&counts, language));
        match language {
            Language::Zh => format!("共检查 {n} 份：{fates}；发现问题：{findings}"),
            Language::En => format!("checked {}: {fates}; findings: {findings}", documents(n)),
        }
    }
}

/// So many documents, in English.
pub(super) fn documents(n: u64) -> String {
    if n == 1 { "1 document".to_owned() } else { format!("{n} documents") }
}

/// What there is some of, each with its number.
fn list(counts: &[(u64, Words)], language: Language) -> String {
    let some = counts.iter().filter(|(n, _)| *n > 0);
    let list: Vec<String> = match language {
        Language::Zh => some.map(|(n, what)| format!("{} {n}", what.zh)).collect(),
        Language::En => some.map(|(n, what)| format!("{n} {}", what.en)).collect(),
    };
    match list.is_empty() {
        true => Words { zh: "无", en: "none" }.in_language(language).to_owned(),
        false => list.join(Words { zh: "，", en: ", " }.in_language(language)),
    }
}

/// Findings of a kind: one of them, or several.
const fn found(effect: Effect, is_one: bool) -> Words {
    let Words { zh, en } = label(effect);
    let several = match effect {
        Effect::Reject => "errors",
        Effect::Hold => "holds",
        Effect::Inspect => "inspections",
        Effect::Deny => "denials",
        Effect::Warn => "warnings",
    };
    Words { zh, en: if is_one { en } else { several } }
}

/// What a finding is called at the head of its paragraph.
pub(super) const fn label(effect: Effect) -> Words {
    match effect {
        Effect::Reject => Words { zh: "退单", en: "error" },
        Effect::Hold => Words { zh: "挂起", en: "hold" },
        Effect::Inspect => Words { zh: "查验", en: "inspection" },
        Effect::Deny => Words { zh: "拒绝优惠", en: "denial" },
        Effect::Warn => Words { zh: "提示", en: "warning" },
    }
}
