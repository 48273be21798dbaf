//! `report.html`: one file that needs no network and no other file.
//!
//! Details stand in it as compressed pieces of JSON in Base64, a few rows each, opened when a person opens a row; beside
//! them, in larger pieces, the fields a list is filtered by. Base64 has no `<`, so nothing a message says is ever read as
//! HTML, and the page puts texts into text nodes only. A policy in its head lets it run its own script and nothing else.

use super::line::{Line, json};
use super::translations::Translations;
use crate::publish::ndjson::digest_text;
use crate::publish::partial::Buffered;
use crate::publish::summary::Json;
use crate::record::RecordError;
use crate::world::World;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use engine::Law;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use formats::excerpt::Excerpt;
use model::decision::{Disposition, Mode, OutcomeKind};
use model::finding::{Effect, Language, Words};
use rulebook::fees::HEADS;
use rulebook::rules::RULES;
use rulebook::tables::papers::Document;
use serde::Serialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Rows whose details are opened together.
const DETAIL_ROWS: usize = 64;
/// Rows whose list fields stand together.
const LIST_ROWS: usize = 4096;
/// Rows of one page: a browser holds no more at its ease. The rest stand in `decisions.ndjson`.
const ROWS_MAX: u64 = 1_000_000;
/// Quick enough to stay behind the decisions, and within a tenth of the best.
const LEVEL: Compression = Compression::new(4);

pub(super) struct Page {
    path: PathBuf,
    file: Buffered,
    language: Language,
    n_rows: u64,
    n_left_out: u64,
    list: ListPiece,
    details: Vec<u8>,
    n_details: usize,
}

/// Fields of the list, column by column.
#[derive(Default, Serialize)]
struct ListPiece {
    sequence: Vec<u64>,
    input: Vec<String>,
    document: Vec<u32>,
    declarant: Vec<String>,
    number: Vec<String>,
    outcome: Vec<String>,
    disposition: Vec<String>,
    mode: Vec<String>,
    /// Rules that found something, the gravest first, a blank between.
    rules: Vec<String>,
    payable: Vec<String>,
}

/// What the page shows of one document.
pub(super) struct PageRow {
    sequence: u64,
    input: String,
    document: u32,
    declarant: String,
    number: String,
    outcome: String,
    disposition: String,
    mode: String,
    rules: String,
    payable: String,
    detail: Vec<u8>,
}

impl PageRow {
    pub fn of(line: &Line<'_>, excerpts: &[Option<Excerpt>], law: &Law<'_>) -> PageRow {
        let mut rules: Vec<&str> = Vec::new();
        for finding in line.gravest_first() {
            if !rules.contains(&&*finding.rule) {
                rules.push(&finding.rule);
            }
        }
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        PageRow {
            sequence: line.sequence,
            input: line.input.clone().into_owned(),
            document: line.document,
            declarant: text(&line.declarant),
            number: text(&line.number),
            outcome: line.outcome.clone().into_owned(),
            disposition: text(&line.disposition),
            mode: text(&line.mode),
            rules: rules.join(" "),
            payable: line.fees().and_then(|fees| fees.payable).unwrap_or_default(),
            detail: detail(line, excerpts, law),
        }
    }
}

/// What the list does not have. What every row would say alike is left out: the digests of this run, the texts of rules.
fn detail(line: &Line<'_>, excerpts: &[Option<Excerpt>], law: &Law<'_>) -> Vec<u8> {
    #[derive(Serialize)]
    struct Detail<'l> {
        #[serde(skip_serializing_if = "Option::is_none")]
        format: Option<&'l RawValue>,
        #[serde(skip_serializing_if = "Option::is_none")]
        version: Option<u32>,
        #[serde(skip_serializing_if = "Option::is_none")]
        first_sequence: Option<u64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        supersedes: Option<u64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        caused_by: Option<&'l str>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Found<'l>>,
        #[serde(skip_serializing_if = "is_zero")]
        findings_more: u64,
        not_judged: &'l RawValue,
        trace: &'l RawValue,
        fees: &'l RawValue,
        draw: &'l RawValue,
        documents_waived: &'l [String],
        certificates: &'l [String],
        #[serde(skip_serializing_if = "Option::is_none")]
        attachments: Option<&'l RawValue>,
        #[serde(skip_serializing_if = "is_zero")]
        attachments_more: u64,
        #[serde(skip_serializing_if = "Option::is_none")]
        accepted_at: Option<&'l str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        rulebook: Option<&'l str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        registers: Option<&'l str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        digest: Option<&'l RawValue>,
    }
    let findings = line.findings.iter().enumerate();
    let other = |digest: &'_ str, own: &[u8; 32]| digest != digest_text(own);
    json(&Detail {
        format: line.format,
        version: line.version,
        first_sequence: line.first_sequence,
        supersedes: line.supersedes,
        caused_by: line.caused_by.as_deref(),
        findings: findings
            .map(|(idx, it)| Found::of(it, excerpts.get(idx).and_then(Option::as_ref)))
            .collect(),
        findings_more: line.findings_more,
        not_judged: line.not_judged,
        trace: line.trace,
        fees: line.fees,
        draw: line.draw,
        documents_waived: &line.documents_waived,
        certificates: &line.certificates,
        attachments: line.attachments,
        attachments_more: line.attachments_more,
        accepted_at: line.accepted_at.as_deref(),
        rulebook: Some(&*line.rulebook).filter(|digest| other(digest, &law.rulebook.digest)),
        registers: Some(&*line.registers).filter(|digest| other(digest, &law.registers.digest)),
        digest: line.digest,
    })
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(n: &u64) -> bool {
    *n == 0
}

#[derive(Serialize)]
struct Found<'l> {
    rule: &'l str,
    effect: &'l str,
    line: u32,
    column: u32,
    pointer: &'l str,
    message: &'l str,
    evidence: &'l RawValue,
    /// Line, text before, the element, text behind.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<(u32, &'l str, &'l str, &'l str)>,
    /// Basis, title, remedy and citation, where the rule of today says otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<[&'l str; 4]>,
}

impl<'l> Found<'l> {
    fn of(finding: &'l super::line::Finding<'l>, excerpt: Option<&'l Excerpt>) -> Found<'l> {
        let said: [&str; 4] = [&finding.basis, &finding.title, &finding.remedy, &finding.citation];
        let is_as_today = rulebook::rules::find(&finding.rule).is_some_and(|rule| {
            let [basis, title, remedy, citation] = said;
            let is = |words: &Words, text: &str| words.zh == text || words.en == text;
            basis == rule.basis.letter()
                && is(&rule.title, title)
                && is(&rule.remedy, remedy)
                && citation == self::citation(rule)
        });
        Found {
            rule: &finding.rule,
            effect: &finding.effect,
            line: finding.line,
            column: finding.column,
            pointer: &finding.pointer,
            message: &finding.message,
            evidence: finding.evidence,
            source: excerpt.map(|it| (it.line, &*it.before, &*it.marked, &*it.after)),
            said: (!is_as_today).then_some(said),
        }
    }
}

fn citation(rule: &rulebook::rule::Rule) -> String {
    let citations: Vec<String> = rule.citation.iter().map(ToString::to_string).collect();
    citations.join("; ")
}

impl Page {
    pub fn create(world: &dyn World, dir: &Path, language: Language) -> Result<Page, RecordError> {
        let path = dir.join("report.html");
        let mut file = Buffered::create(world, &path)?;
        let [script, style] = [SCRIPT, STYLE].map(|text| BASE64.encode(Sha256::digest(text)));
        let (head, _) = halves();
        let head = head
            .replace("{language}", if language == Language::Zh { "zh-CN" } else { "en" })
            .replace("{script-digest}", &script)
            .replace("{style-digest}", &style)
            .replace("{style}", STYLE);
        file.write(head.as_bytes())?;
        Ok(Page {
            path,
            file,
            language,
            n_rows: 0,
            n_left_out: 0,
            list: ListPiece::default(),
            details: Vec::new(),
            n_details: 0,
        })
    }

    pub fn add(&mut self, row: &PageRow) -> Result<(), RecordError> {
        if self.n_rows == ROWS_MAX {
            self.n_left_out += 1;
            return Ok(());
        }
        self.n_rows += 1;
        let list = &mut self.list;
        list.sequence.push(row.sequence);
        list.document.push(row.document);
        let texts = [
            (&mut list.input, &row.input),
            (&mut list.declarant, &row.declarant),
            (&mut list.number, &row.number),
            (&mut list.outcome, &row.outcome),
            (&mut list.disposition, &row.disposition),
            (&mut list.mode, &row.mode),
            (&mut list.rules, &row.rules),
            (&mut list.payable, &row.payable),
        ];
        texts.into_iter().for_each(|(column, text)| column.push(text.clone()));
        self.details.push(if self.n_details == 0 { b'[' } else { b',' });
        self.details.extend_from_slice(&row.detail);
        self.n_details += 1;
        if self.n_details == DETAIL_ROWS {
            self.end_details()?;
        }
        if self.list.sequence.len() == LIST_ROWS {
            self.end_list()?;
        }
        Ok(())
    }

    fn end_details(&mut self) -> Result<(), RecordError> {
        if self.n_details > 0 {
            self.details.push(b']');
            let details = std::mem::take(&mut self.details);
            self.piece("detail", &details)?;
        }
        self.n_details = 0;
        Ok(())
    }

    fn end_list(&mut self) -> Result<(), RecordError> {
        let list = std::mem::take(&mut self.list);
        self.piece("list", &json(&list))
    }

    /// A piece of data as an element the browser keeps and does not run.
    fn piece(&mut self, class: &str, data: &[u8]) -> Result<(), RecordError> {
        let element = format!("<script type=\"text/plain\" class=\"{class}\">{}</script>\n", packed(data));
        self.file.write(element.as_bytes())
    }

    pub fn finish(
        mut self,
        summary: &Json<'_>,
        translations: &Translations,
        law: &Law<'_>,
    ) -> Result<PathBuf, RecordError> {
        self.end_details()?;
        self.end_list()?;
        let about = About {
            language: if self.language == Language::Zh { "zh" } else { "en" },
            detail_rows: DETAIL_ROWS,
            left_out: self.n_left_out,
            summary,
            names: Names::all(),
            rules: RULES.iter().map(|rule| (rule.id.0, RuleText::of(rule))).collect(),
            translations,
            rulebook: digest_text(&law.rulebook.digest),
            registers: digest_text(&law.registers.digest),
            program: env!("CARGO_PKG_VERSION"),
        };
        self.piece("about", &json(&about))?;
        let (_, foot) = halves();
        self.file.write(foot.replace("{script}", SCRIPT).as_bytes())?;
        self.file.close()?;
        Ok(self.path)
    }
}

/// The page before and after its data.
fn halves() -> (&'static str, &'static str) {
    PAGE.split_once("{data}").expect("page.html has a place for the data")
}

fn packed(data: &[u8]) -> String {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(data.len() / 4), LEVEL);
    let compressed = encoder.write_all(data).and_then(|()| encoder.finish());
    BASE64.encode(compressed.expect("writing to memory does not fail"))
}

/// What the page says once.
#[derive(Serialize)]
struct About<'a> {
    language: &'a str,
    detail_rows: usize,
    left_out: u64,
    summary: &'a Json<'a>,
    names: Names,
    rules: BTreeMap<&'static str, RuleText>,
    #[serde(flatten)]
    translations: &'a Translations,
    rulebook: String,
    registers: String,
    program: &'a str,
}

/// Chinese, English.
type Both = [&'static str; 2];

fn both(words: Words) -> Both {
    [words.zh, words.en]
}

/// Codes and what people call them, in the order people know.
#[derive(Serialize)]
struct Names {
    disposition: Vec<(&'static str, Both)>,
    mode: Vec<(&'static str, Both)>,
    outcome: Vec<(&'static str, Both)>,
    effect: Vec<(&'static str, Both)>,
    paper: Vec<(&'static str, Both)>,
    head: Vec<(&'static str, Both)>,
}

impl Names {
    fn all() -> Names {
        let effects = [Effect::Warn, Effect::Deny, Effect::Inspect, Effect::Hold, Effect::Reject];
        Names {
            disposition: Disposition::ALL.iter().map(|it| (it.name(), both(it.words()))).collect(),
            mode: Mode::ALL.iter().map(|it| (it.name(), both(it.words()))).collect(),
            outcome: OutcomeKind::ALL.iter().map(|it| (it.name(), both(it.words()))).collect(),
            effect: effects.iter().map(|it| (it.name(), both(it.words()))).collect(),
            paper: Document::ALL.iter().map(|it| (it.name(), both(it.words()))).collect(),
            head: HEADS.iter().map(|it| (it.id, both(it.name))).collect(),
        }
    }
}

/// What a rule says, for sentences in the language the run did not speak.
#[derive(Serialize)]
struct RuleText {
    title: Both,
    message: Both,
    remedy: Both,
    basis: &'static str,
    citation: String,
}

impl RuleText {
    fn of(rule: &rulebook::rule::Rule) -> RuleText {
        RuleText {
            title: both(rule.title),
            message: both(rule.message),
            remedy: both(rule.remedy),
            basis: rule.basis.letter(),
            citation: citation(rule),
        }
    }
}
