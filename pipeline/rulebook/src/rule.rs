//! What a rule is: an id for ever, words in two languages, a date, a source, and a function that looks at a case.

use jiff::civil::Date;
use model::case::{Case, CertificateCase, Proof};
use model::finding::{Effect, Evidence, Finding, NotJudged, Place, RuleId, Words};
use model::limits::FINDINGS_MAX;
use model::text::{Record, Text};
use std::fmt;

use crate::dossier::Dossier;
use crate::tables::Tables;

/// How sure we are of a rule (domain-rules 0.1). B and C are printed with every finding and never shown as law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The text was seen in a public source.
    A,
    /// Believed right from professional knowledge; the text was not seen.
    B,
    /// Left open by the law, or a choice of this project: a default to be configured.
    C,
}

impl Basis {
    /// Its letter.
    pub const fn letter(self) -> &'static str {
        match self {
            Basis::A => "A",
            Basis::B => "B",
            Basis::C => "C",
        }
    }
}

/// Where a rule comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Instrument, or reference file.
    pub instrument: &'static str,
    /// Article, item or section; empty when unknown.
    pub article: &'static str,
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.instrument)?;
        if self.article.is_empty() { Ok(()) } else { write!(f, ", {}", self.article) }
    }
}

/// Which day decides whether a rule applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateKey {
    /// Acceptance of the declaration (受理日期), UTC+8.
    Acceptance,
    /// Issue of the certificate (ruling D4).
    Issue,
}

/// The days a rule is in force: `[since, until)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InForce {
    since: Date,
    until: Date,
}

impl InForce {
    /// On every day.
    pub const fn always() -> Self {
        InForce { since: Date::MIN, until: Date::MAX }
    }

    /// From this day on.
    pub const fn since(year: i16, month: i8, day: i8) -> Self {
        InForce { since: Date::constant(year, month, day), until: Date::MAX }
    }

    /// Until the day before this one.
    pub const fn until(year: i16, month: i8, day: i8) -> Self {
        InForce { since: Date::MIN, until: Date::constant(year, month, day) }
    }

    /// In force on this day.
    pub fn on(&self, day: Date) -> bool {
        self.since <= day && day < self.until
    }
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub enum Check {
    /// A declaration.
    Declaration(fn(&Case<'_>, &Tables, &mut Reporter<'_>)),
    /// A declaration beside what is known of its firms, and the papers it needs.
    Dossier(fn(&Dossier<'_>, &Tables, &mut Reporter<'_>)),
    /// A certificate by itself, when it arrives (ruling O3).
    Certificate(fn(&CertificateCase<'_>, &Tables, &mut Reporter<'_>)),
    /// A declaration beside one of the certificates it claims.
    Proof(fn(&Case<'_>, &Proof<'_>, &Tables, &mut Reporter<'_>)),
    /// A certificate by itself when it arrives and, for what it alone does not show, beside a declaration.
    CertificateAndProof(
        fn(&CertificateCase<'_>, &Tables, &mut Reporter<'_>),
        fn(&Case<'_>, &Proof<'_>, &Tables, &mut Reporter<'_>),
    ),
    /// A step of `channel`, `draw` or `papers`: it traces what it changes (ruling C8).
    Step,
    /// Reported by the reader of a format while it reads.
    Reader,
}

impl Check {
    const fn name(&self) -> &'static str {
        match self {
            Check::Declaration(_) => "declaration",
            Check::Dossier(_) => "dossier",
            Check::Certificate(_) => "certificate",
            Check::Proof(_) => "proof",
            Check::CertificateAndProof(..) => "certificate and proof",
            Check::Step => "step",
            Check::Reader => "reader",
        }
    }
}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One rule. Its file holds the explanation, the check and the tests.
#[derive(Debug)]
pub struct Rule {
    /// For ever.
    pub id: RuleId,
    /// Named for the defect.
    pub name: &'static str,
    /// Counted up when what it decides changes; part of the draw and of every fee step.
    pub version: u32,
    /// Title.
    pub title: Words,
    /// Sentence, filled from the evidence.
    pub message: Words,
    /// What a trader can do about it.
    pub remedy: Words,
    /// What a hit asks for.
    pub effect: Effect,
    /// Days in force.
    pub in_force: InForce,
    /// The day that counts.
    pub date_key: DateKey,
    /// How sure we are. Where principle and number differ, the weaker of the two.
    pub basis: Basis,
    /// Sources.
    pub citation: &'static [Citation],
    /// What it looks at.
    pub check: Check,
}

impl Rule {
    /// Everything the rule says, for the digest of the rule book: each text has its length in front, so that no two
    /// rules are written alike.
    pub(crate) fn write(&self, into: &mut Vec<u8>) {
        // Named one by one, so that a new field is not forgotten.
        let Rule {
            id,
            name,
            version,
            title,
            message,
            remedy,
            effect,
            in_force,
            date_key,
            basis,
            citation,
            check,
        } = self;
        into.extend_from_slice(&version.to_le_bytes());
        into.extend_from_slice(&[*date_key as u8, citation.len() as u8]);
        for day in [in_force.since, in_force.until] {
            into.extend_from_slice(&day.year().to_le_bytes());
            into.extend_from_slice(&[day.month() as u8, day.day() as u8]);
        }
        let named = [id.0, *name, effect.name(), basis.letter(), check.name()];
        let words = [title, message, remedy].into_iter().flat_map(|words| [words.zh, words.en]);
        let sources = citation.iter().flat_map(|citation| [citation.instrument, citation.article]);
        for text in named.into_iter().chain(words).chain(sources) {
            into.extend_from_slice(&(text.len() as u32).to_le_bytes());
            into.extend_from_slice(text.as_bytes());
        }
    }
}

/// Findings of one document as they are gathered, bounded.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Findings kept.
    pub findings: Vec<Finding>,
    /// Findings beyond the limit.
    pub n_more: usize,
    /// The gravest effect among all, kept or not.
    pub worst: Option<Effect>,
    /// Rules that could not be judged.
    pub not_judged: Vec<NotJudged>,
}

impl Gathered {
    /// Adds a finding; beyond the limit it is only counted, but its effect counts in full.
    pub fn push(&mut self, finding: Finding) {
        self.worst = self.worst.max(Some(finding.effect));
        if self.findings.len() < FINDINGS_MAX {
            self.findings.push(finding);
        } else {
            self.n_more += 1;
        }
    }

    /// No finding with effect reject or hold (ruling D8).
    pub fn is_clean(&self) -> bool {
        self.worst.is_none_or(|worst| worst < Effect::Hold)
    }

    /// A rule with this id found something.
    pub fn has(&self, id: &str) -> bool {
        self.findings.iter().any(|finding| finding.rule.0 == id)
    }
}

/// Takes what a rule finds and stamps its id and effect on it.
#[derive(Debug)]
pub struct Reporter<'r> {
    rule: &'static Rule,
    effect: Effect,
    gathered: &'r mut Gathered,
}

impl<'r> Reporter<'r> {
    /// A reporter for one rule.
    pub fn new(rule: &'static Rule, gathered: &'r mut Gathered) -> Self {
        Reporter { rule, effect: rule.effect, gathered }
    }

    /// The same rule with another effect than its usual one (e.g. DOC-001, ruling X3).
    pub fn with_effect(&mut self, effect: Effect) -> Reporter<'_> {
        Reporter { rule: self.rule, effect, gathered: self.gathered }
    }

    /// A value of a row, or its absence.
    pub fn at<'b, R: Record<'b>>(&mut self, row: &R, text: &Text<'b>, evidence: Evidence) {
        self.place(Place::of(row, text), evidence);
    }

    /// A row as a whole.
    pub fn row<'b, R: Record<'b>>(&mut self, row: &R, evidence: Evidence) {
        self.place(Place::row(row), evidence);
    }

    /// Any place.
    pub fn place(&mut self, place: Place, evidence: Evidence) {
        self.gathered.push(Finding { rule: self.rule.id, effect: self.effect, place, evidence });
    }

    /// The rule could not be judged. It never counts as passed.
    pub fn not_judged(&mut self, why: Words) {
        let told = NotJudged { rule: self.rule.id, why };
        if !self.gathered.not_judged.contains(&told) {
            self.gathered.not_judged.push(told);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_in_force_from_its_first_day_until_the_day_before_its_last() {
        let in_force = InForce::since(2017, 11, 1);
        assert!(in_force.on(Date::constant(2017, 11, 1)));
        assert!(!in_force.on(Date::constant(2017, 10, 31)));
        assert!(!InForce::until(2018, 8, 1).on(Date::constant(2018, 8, 1)));
    }
}
