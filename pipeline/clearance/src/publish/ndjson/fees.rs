//! The fees of a line: sums, payer, and a line a head with every step.
//!
//! Amounts are texts with two places, null where they are not known. Where several firms pay, `payer` is null and each
//! line names its own.

use model::assessment::{Assessment, AssessmentLine, Authority, Remitted, Status, Step};
use model::decimal::Decimal;
use model::finding::Language;
use rulebook::fees::money;
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

/// An assessment as machines read it.
pub struct Fees<'o> {
    /// The assessment.
    pub assessment: &'o Assessment,
    /// Language of the reasons.
    pub language: Language,
}

impl Serialize for Fees<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let totals = self.assessment.totals();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("currency", "CNY")?;
        map.serialize_entry("gross", &totals.map(|totals| money(totals.gross)))?;
        map.serialize_entry("relief", &totals.map(|totals| money(totals.relief)))?;
        if let Some(totals) = totals.filter(|totals| !totals.rounding.is_zero()) {
            map.serialize_entry("rounding", &money(totals.rounding))?;
        }
        map.serialize_entry("payable", &totals.map(|totals| money(totals.payable)))?;
        map.serialize_entry("payer", &self.assessment.payer())?;
        map.serialize_entry("lines", &Lines(self))?;
        map.end()
    }
}

struct Lines<'o>(&'o Fees<'o>);

impl Serialize for Lines<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Fees { assessment, language } = *self.0;
        let names_payers = assessment.payer().is_none();
        let mut lines = serializer.serialize_seq(Some(assessment.lines.len()))?;
        for line in &assessment.lines {
            lines.serialize_element(&Line { line, names_payers, language })?;
        }
        lines.end()
    }
}

struct Line<'o> {
    line: &'o AssessmentLine,
    names_payers: bool,
    language: Language,
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let line = self.line;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("head", &line.head)?;
        if self.names_payers {
            map.serialize_entry("payer", &line.payer)?;
        }
        map.serialize_entry("gross", &line.gross.map(money))?;
        match &line.status {
            Status::Charged => {}
            Status::Free(remitted) => remitted_by(&mut map, "FREE", remitted)?,
            Status::Suspended(remitted) => remitted_by(&mut map, "SUSPENDED", remitted)?,
            Status::NotJudged(why) => {
                map.serialize_entry("status", "NOT_JUDGED")?;
                map.serialize_entry("why", why.in_language(self.language))?;
            }
        }
        map.serialize_entry("steps", &Steps(&line.steps))?;
        map.serialize_entry("payable", &line.payable.map(money))?;
        map.end()
    }
}

fn remitted_by<M: SerializeMap>(map: &mut M, status: &str, remitted: &Remitted) -> Result<(), M::Error> {
    map.serialize_entry("status", status)?;
    map.serialize_entry("order", &remitted.order)?;
    map.serialize_entry("would_have_been", &remitted.would_have_been.map(money))
}

struct Steps<'o>(&'o [Step]);

impl Serialize for Steps<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(OneStep))
    }
}

struct OneStep<'o>(&'o Step);

impl Serialize for OneStep<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let step = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("rule", step.rule.0)?;
        map.serialize_entry("version", &step.version)?;
        match &step.authority {
            Authority::Rule => {}
            Authority::Policy { policy, document, funder } => {
                map.serialize_entry("authority_doc", document)?;
                map.serialize_entry("policy", policy)?;
                map.serialize_entry("funder", funder)?;
            }
            Authority::Voucher(serial) => map.serialize_entry("voucher", serial)?,
        }
        amounts(&mut map, [("before", step.before), ("amount", step.amount), ("after", step.after)])?;
        map.end()
    }
}

fn amounts<M: SerializeMap, const N: usize>(
    map: &mut M,
    amounts: [(&str, Decimal); N],
) -> Result<(), M::Error> {
    amounts.into_iter().try_for_each(|(name, amount)| map.serialize_entry(name, &money(amount)))
}
