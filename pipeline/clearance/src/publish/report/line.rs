//! A line of `decisions.ndjson`, read again: a report is made from what the journal keeps, new decisions and old ones
//! that are said again alike.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// The fields a report needs; what it only hands on stays as it is written.
#[derive(Debug, Deserialize)]
pub(super) struct Line<'l> {
    pub sequence: u64,
    #[serde(borrow)]
    pub input: Cow<'l, str>,
    pub document: u32,
    pub format: Option<&'l RawValue>,
    pub declarant: Option<String>,
    pub number: Option<String>,
    pub version: Option<u32>,
    #[serde(borrow)]
    pub outcome: Cow<'l, str>,
    pub first_sequence: Option<u64>,
    pub supersedes: Option<u64>,
    pub caused_by: Option<String>,
    pub disposition: Option<String>,
    pub mode: Option<String>,
    #[serde(borrow)]
    pub findings: Vec<Finding<'l>>,
    #[serde(default)]
    pub findings_more: u64,
    #[serde(borrow)]
    pub not_judged: &'l RawValue,
    #[serde(borrow)]
    pub trace: &'l RawValue,
    #[serde(borrow)]
    pub fees: &'l RawValue,
    #[serde(borrow)]
    pub draw: &'l RawValue,
    pub documents_waived: Vec<String>,
    pub certificates: Vec<String>,
    pub attachments: Option<&'l RawValue>,
    #[serde(default)]
    pub attachments_more: u64,
    pub accepted_at: Option<String>,
    #[serde(borrow)]
    pub rulebook: Cow<'l, str>,
    #[serde(borrow)]
    pub registers: Cow<'l, str>,
    pub digest: Option<&'l RawValue>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Finding<'l> {
    #[serde(borrow)]
    pub rule: Cow<'l, str>,
    #[serde(borrow)]
    pub effect: Cow<'l, str>,
    #[serde(borrow)]
    pub basis: Cow<'l, str>,
    #[serde(borrow)]
    pub pointer: Cow<'l, str>,
    pub line: u32,
    pub column: u32,
    #[serde(borrow)]
    pub title: Cow<'l, str>,
    #[serde(borrow)]
    pub message: Cow<'l, str>,
    #[serde(borrow)]
    pub remedy: Cow<'l, str>,
    #[serde(borrow)]
    pub evidence: &'l RawValue,
    #[serde(borrow)]
    pub citation: Cow<'l, str>,
}

/// What a consignment pays and why. Amounts are texts with two places.
#[derive(Debug, Deserialize)]
pub(in crate::publish) struct Fees {
    pub currency: Option<String>,
    pub gross: Option<String>,
    pub relief: Option<String>,
    pub payable: Option<String>,
    pub payer: Option<String>,
    #[serde(default)]
    pub lines: Vec<FeeLine>,
}

#[derive(Debug, Deserialize)]
pub(in crate::publish) struct FeeLine {
    pub head: String,
    pub payer: Option<String>,
    pub gross: Option<String>,
    pub status: Option<String>,
    pub order: Option<String>,
    pub would_have_been: Option<String>,
    #[serde(default)]
    pub steps: Vec<FeeStep>,
    pub payable: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(in crate::publish) struct FeeStep {
    pub rule: String,
    pub authority_doc: Option<String>,
    pub voucher: Option<String>,
    pub before: Option<String>,
    pub amount: Option<String>,
    pub after: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Draw {
    pub ratio_bp: u64,
    pub draw_bp: u64,
    pub hit: bool,
}

impl<'l> Line<'l> {
    pub fn read(line: &'l [u8]) -> Line<'l> {
        serde_json::from_slice(line).expect("a line of ours has the fields it is written with")
    }

    pub fn fees(&self) -> Option<Fees> {
        serde_json::from_str(self.fees.get()).expect("fees of ours have the fields they are written with")
    }

    pub fn draw(&self) -> Option<Draw> {
        serde_json::from_str(self.draw.get()).expect("a draw of ours has the fields it is written with")
    }

    /// Findings, the gravest first; those of one effect in the order they were found.
    pub fn gravest_first(&self) -> Vec<&Finding<'l>> {
        let mut findings: Vec<_> = self.findings.iter().collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(gravity(&finding.effect)));
        findings
    }
}

/// The fees in the tail of a line, which begins at `disposition`.
pub(in crate::publish) fn fees_of(tail: &str) -> Option<Fees> {
    #[derive(Deserialize)]
    struct Tail {
        fees: Option<Fees>,
    }
    serde_json::from_str::<Tail>(&format!("{{{tail}")).ok()?.fees
}

/// How grave an effect is, by its name.
fn gravity(effect: &str) -> usize {
    ["warn", "deny", "inspect", "hold", "reject"].iter().position(|known| *known == effect).unwrap_or(0)
}

/// JSON in memory.
pub(super) fn json(value: &(impl Serialize + ?Sized)) -> Vec<u8> {
    serde_json::to_vec(value).expect("writing to memory does not fail, and all keys are texts")
}
