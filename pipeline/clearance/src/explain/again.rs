//! The document read again from the evidence and judged again, as of the moment it was decided.

use crate::intake::limits;
use crate::publish::ndjson;
use crate::record::RecordError;
use crate::record::embedded::Saying;
use crate::record::embedded::look::{CameIn, Look};
use crate::submission::accepted_of;
use crate::submission::deferred::append;
use crate::world::Stream;
use engine::decode::{Decoder, Source};
use engine::outcome::Outcome;
use engine::parallel::Pool;
use engine::{Accepted, Law, Read, Settling, Spare};
use formats::ROOTS;
use model::batch::{Input, Inputs, RawBatch};
use model::case::{Case, Claim, Found};
use model::decision::OutcomeKind;
use model::facts::Facts;
use model::finding::{Language, Words, fill};
use model::ledger::{Ledger, OnFile, State};
use model::limits::Limits;
use model::seen;
use rulebook::dossier::Dossier;
use rulebook::jurisdiction::rules_of;
use rulebook::papers::Presence;
use rulebook::rule::{Check, DateKey, Rule};
use rulebook::rules::cds::cds_004_element_amended;
use rulebook::rules::sim::sim_001_required_set;
use rulebook::tables::papers::Status;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Rows whose values are shown, then "and more".
const ROWS_MAX: usize = 3;
/// Bytes of documents read at once on the way to the one that is wanted.
const WINDOW_BYTES: usize = 1 << 20;

/// What judging again gave.
#[derive(Debug, Serialize)]
pub struct Again {
    /// Rule book and registers are those that decided.
    pub same_law: bool,
    /// The decision came out as it is recorded.
    pub same_decision: bool,
    /// What happens to the goods by what is at hand now.
    pub disposition: Option<&'static str>,
    /// The rules, by id.
    pub rules: Vec<Judged>,
    /// The steps in words.
    pub steps: Vec<Step>,
    /// Documents that go with it.
    pub papers: Vec<Paper>,
    /// The decision as its line says it in the language asked for; only when it is the recorded one.
    #[serde(skip)]
    pub line: Option<Value>,
}

/// What one rule came to.
#[derive(Debug, Serialize)]
pub struct Judged {
    /// Rule.
    pub rule: &'static str,
    /// Title.
    pub title: &'static str,
    /// Basis.
    pub basis: &'static str,
    /// What it came to.
    pub result: Came,
    /// Why it could not be judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<&'static str>,
    /// What it looked at.
    pub values: Vec<Seen>,
}

/// What a rule can come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Came {
    /// It found something.
    Hit,
    /// It lacks what it needs.
    NotJudged,
    /// It found nothing.
    Passed,
    /// There is nothing it looks at.
    Nothing,
    /// It took part in working out mode, draw and papers.
    Step,
    /// It is not in force on the day.
    NotInForce,
}

impl Came {
    /// Name for people.
    pub const fn words(self) -> Words {
        match self {
            Came::Hit => Words { zh: "命中", en: "hit" },
            Came::NotJudged => Words { zh: "未能判断", en: "not judged" },
            Came::Passed => Words { zh: "通过", en: "passed" },
            Came::Nothing => Words { zh: "无判断对象", en: "nothing to look at" },
            Came::Step => Words { zh: "计算步骤", en: "step" },
            Came::NotInForce => Words { zh: "当日未施行", en: "not in force on the day" },
        }
    }
}

/// The values of one field.
#[derive(Debug, Serialize)]
pub struct Seen {
    /// Row and field, by their canonical names.
    pub field: String,
    /// Its short name in Chinese.
    pub zh: &'static str,
    /// The values of the first rows.
    pub values: Vec<String>,
    /// Rows beyond those.
    #[serde(skip_serializing_if = "is_zero")]
    pub more: usize,
}

/// A step in words.
#[derive(Debug, Serialize)]
pub struct Step {
    /// Rule.
    pub rule: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

/// A document that may have to come.
#[derive(Debug, Serialize)]
pub struct Paper {
    /// Name for people.
    pub document: &'static str,
    /// The cell of the matrix.
    pub asked: &'static str,
    /// Whether it is there; none where nobody asks.
    pub there: Option<&'static str>,
    /// The column of the matrix.
    pub column: &'static str,
    /// Source of the row.
    pub citation: String,
    /// Basis of the row.
    pub basis: &'static str,
}

/// Why a document was not judged again.
pub enum Cannot {
    /// Reading failed.
    World(RecordError),
    /// There is nothing to judge.
    Document(Words),
}

impl From<RecordError> for Cannot {
    fn from(error: RecordError) -> Cannot {
        Cannot::World(error)
    }
}

const ERASED: Words = Words {
    zh: "原始报文已按保存期限清除，以下仅为日志所记",
    en: "the message as received has been erased; what follows is from the journal alone",
};
/// Said behind the file in the archive.
pub const AWAY: Words = Words {
    zh: "所需内容已归档，现在读不到该归档；接上归档所在的磁盘后可重新判断，以下仅为日志所记",
    en: "what is needed is in the archive, which cannot be read now: mount it to judge again; what follows is from the journal alone",
};
const NOT_FOUND: Words = Words {
    zh: "原始报文中找不到该单证，以下仅为日志所记",
    en: "the document is not found in what was received; what follows is from the journal alone",
};
const REQUEST: Words = Words {
    zh: "申请按当时库中报关单的状态办理，不再重新判断，以下仅为日志所记",
    en: "a request is settled by how the declaration it is about stood then, and is not judged again; what follows is from the journal alone",
};
const CANCELLED: Words = Words {
    zh: "报关单已按申请撤销，不再判断，以下仅为日志所记",
    en: "the declaration was cancelled at request, and is not judged any more; what follows is from the journal alone",
};
const FAULT: Words = Words {
    zh: "程序内部错误，未能重新判断，以下仅为日志所记",
    en: "an internal fault: it could not be judged again; what follows is from the journal alone",
};

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// Judges the chosen decision again.
pub fn judge(
    look: &Look,
    versions: &[Saying],
    chosen_idx: usize,
    came_in: &CameIn,
    law: &Law<'_>,
    language: Language,
) -> Result<Again, Cannot> {
    let saying = &versions[chosen_idx];
    if saying.decided.state == State::Cancelled {
        return Err(Cannot::Document(CANCELLED));
    }
    let accepted = match (saying.decided.accepted_at, &came_in.submission) {
        (Some(moment), _) => Accepted::At(moment),
        (None, Some(submission)) => accepted_of(&submission.accepted).unwrap_or(Accepted::Declared),
        (None, None) => Accepted::Declared,
    };
    let limits = came_in.submission.as_ref().and_then(|it| limits::read(&it.limits).ok()).unwrap_or_default();
    let (batch, inputs) = match changed(look, saying)? {
        Some(changed) => changed,
        None => document(look, saying, came_in, &limits)?,
    };
    let pool = Pool::new(1).map_err(|_| Cannot::Document(FAULT))?;
    let spare = Spare::within(limits);
    let read = |batch| Read::window(batch, accepted, law, &pool, &spare);
    let (wanted, nothing) = (read(batch), read(RawBatch::new()));
    if wanted.is_request(0) {
        return Err(Cannot::Document(REQUEST));
    }
    let mut ledger = ledger(look, versions, chosen_idx, &wanted)?;
    for account in engine::accounts(&wanted, &nothing, &ledger, accepted, law) {
        let used = look.used_before(&account, saying.position.index)?;
        ledger.balances.set(account.key(), used);
    }
    let settling = Settling {
        read: &wanted,
        waiting: &nothing,
        inputs: &inputs,
        ledger: &ledger,
        accepted,
        is_end: true,
    };
    let judged = AssertUnwindSafe(|| {
        let outcome = engine::clear(&settling, law, &pool).outcomes.pop()?;
        Some(told(&outcome, saying, &wanted, &ledger, accepted, law, language))
    });
    catch_unwind(judged).ok().flatten().ok_or(Cannot::Document(FAULT))
}

/// The document as a request changed it: it came in no input, and was put aside as it was decided on.
fn changed(look: &Look, saying: &Saying) -> Result<Option<(RawBatch, Inputs)>, RecordError> {
    if saying.decided.answered.outcome() != Some(OutcomeKind::Redecided) {
        return Ok(None);
    }
    let Some(document) = look.put_aside(saying)? else { return Ok(None) };
    let origin = &saying.decided.origin;
    let mut inputs = Inputs::new();
    inputs.add(Input { name: origin.input.clone(), container: None, attachments: None });
    let mut batch = RawBatch::new();
    append(&mut batch, &document, origin);
    Ok(Some((batch, inputs)))
}

/// The document alone, cut out of the input it came in.
fn document(
    look: &Look,
    saying: &Saying,
    came_in: &CameIn,
    limits: &Limits,
) -> Result<(RawBatch, Inputs), Cannot> {
    let Some((name, digest)) = &came_in.input else { return Err(Cannot::Document(NOT_FOUND)) };
    let Some(file) = look.evidence(digest)? else { return Err(Cannot::Document(ERASED)) };
    let origin = &saying.decided.origin;
    let mut decoder = Decoder::new(name.clone(), Source::seekable(Stream::new(file)), &ROOTS, limits);
    let mut inputs = Inputs::new();
    let mut is_full = true;
    while is_full {
        let mut batch = RawBatch::new();
        let filled = decoder.fill(&mut batch, &mut inputs, WINDOW_BYTES);
        is_full = filled.map_err(|error| RecordError::io("read", name.as_ref(), error))?;
        let wanted = batch.documents.iter().position(|it| {
            it.document == origin.document
                && it.offset == origin.offset
                && inputs.name(it.input) == origin.input
        });
        if let Some(idx) = wanted {
            batch.documents = vec![batch.documents.swap_remove(idx)];
            return Ok((batch, inputs));
        }
    }
    Err(Cannot::Document(NOT_FOUND))
}

/// What was on file then: the certificates it claims, the inspection applications it names, and the version before it, if there is one.
fn ledger(look: &Look, versions: &[Saying], chosen_idx: usize, read: &Read) -> Result<Ledger, RecordError> {
    let record = versions[chosen_idx].position.index;
    let mut ledger = Ledger::default();
    for key in (0..read.len()).flat_map(|idx| read.keys_of_claims(idx)) {
        if let Some(on_file) = look.on_file_before(key, record)? {
            ledger.known.insert(*key, Arc::new(on_file));
        }
    }
    let before = chosen_idx.checked_sub(1).map(|idx| &versions[idx]);
    let mut own = (0..read.len()).flat_map(|idx| read.own_keys(idx)).copied();
    if let (Some(before), Some(key)) = (before, own.next()) {
        let on_file = Look::on_file_as(before);
        // Left as rejected and with other content it is mended, whatever it was: so it is decided, with its number and draw.
        let mendable = OnFile { state: State::Rejected, content: [0; 32], ..on_file };
        ledger.known.insert(key, Arc::new(mendable));
    }
    Ok(ledger)
}

fn told(
    outcome: &Outcome,
    saying: &Saying,
    read: &Read,
    ledger: &Ledger,
    accepted: Accepted,
    law: &Law<'_>,
    language: Language,
) -> Again {
    let recorded = super::tail(&saying.decided.answered.line_tail);
    let text = ndjson::tail(outcome, law, language, recorded["supersedes"].as_u64());
    let line = super::tail(&text);
    let same_law = line["rulebook"] == recorded["rulebook"] && line["registers"] == recorded["registers"];
    let same_decision = is_same(&line, &recorded);
    Again {
        same_law,
        same_decision,
        disposition: outcome.disposition.map(|it| it.name()),
        rules: with_changes(rules(outcome, read, ledger, language), &recorded),
        steps: outcome
            .trace
            .iter()
            .map(|step| {
                let rule = law.rulebook.rule(step.rule);
                Step {
                    rule: rule.id.0,
                    title: rule.title.in_language(language),
                    before: step.before.in_language(language).into_owned(),
                    after: step.after.in_language(language).into_owned(),
                }
            })
            .collect(),
        papers: papers(outcome, read, accepted, law, language),
        line: (same_law && same_decision).then(|| restored(line, &recorded, language)),
    }
}

/// What travelled beside it, what caused it and what was changed in it is not known again: it stands as recorded.
fn restored(mut line: Value, recorded: &Value, language: Language) -> Value {
    if let (Some(told), Some(known)) = (line["findings"].as_array_mut(), recorded["findings"].as_array()) {
        told.extend(known.iter().filter(|it| is_change(it)).map(|it| retold(it, language)));
    }
    for name in ["caused_by", "attachments", "attachments_more"] {
        if let (Some(fields), Some(value)) = (line.as_object_mut(), recorded.get(name)) {
            fields.insert(name.to_owned(), value.clone());
        }
    }
    line
}

/// What a request changed, as recorded, in the words of this language.
fn retold(change: &Value, language: Language) -> Value {
    let rule = &cds_004_element_amended::RULE;
    let said = |name: &'static str| (name, change["evidence"][name].as_str().unwrap_or_default().into());
    let mut message = String::new();
    let evidence = ["before", "after", "request", "reason"].map(said).to_vec();
    fill(rule.message.in_language(language), &evidence, language, &mut message);
    let mut change = change.clone();
    change["title"] = rule.title.in_language(language).into();
    change["message"] = message.into();
    change["remedy"] = rule.remedy.in_language(language).into();
    change
}

/// The rules, where what a request changed was told as a finding.
fn with_changes(mut rules: Vec<Judged>, recorded: &Value) -> Vec<Judged> {
    let mut findings = recorded["findings"].as_array().into_iter().flatten();
    if findings.any(is_change) {
        let changes = rules.iter_mut().filter(|it| it.rule == cds_004_element_amended::RULE.id.0);
        changes.for_each(|it| it.result = Came::Hit);
    }
    rules
}

/// A finding that tells what a request changed: no rule finds it in the document.
fn is_change(finding: &Value) -> bool {
    finding["rule"] == cds_004_element_amended::RULE.id.0
}

/// The same but for its words, which may be of another language.
fn is_same(line: &Value, recorded: &Value) -> bool {
    const DECIDING: [&str; 7] =
        ["disposition", "mode", "draw", "trace", "documents_waived", "certificates", "digest"];
    let found = |line: &Value| -> Vec<[Value; 4]> {
        let findings = line["findings"].as_array().map_or(&[][..], Vec::as_slice);
        let judged = findings.iter().filter(|it| !is_change(it));
        judged.map(|it| ["rule", "effect", "pointer", "evidence"].map(|name| it[name].clone())).collect()
    };
    let same_fees = wordless(line["fees"].clone()) == wordless(recorded["fees"].clone());
    same_fees && DECIDING.iter().all(|name| line[*name] == recorded[*name]) && found(line) == found(recorded)
}

/// Fees without the words that say why a head was not judged.
fn wordless(mut fees: Value) -> Value {
    for line in fees["lines"].as_array_mut().into_iter().flatten() {
        if let Some(fields) = line.as_object_mut() {
            fields.remove("why");
        }
    }
    fees
}

fn rules(outcome: &Outcome, read: &Read, ledger: &Ledger, language: Language) -> Vec<Judged> {
    let is_declaration = read.as_declaration(0).is_some();
    let of_kind = rules_of(read.jurisdiction(0)).iter().filter(|rule| match rule.check {
        Check::Declaration(_) | Check::Dossier(_) | Check::Proof(_) | Check::Step => is_declaration,
        Check::Certificate(_) => !is_declaration,
        Check::CertificateAndProof(..) => true,
        Check::Reader => outcome.told.iter().any(|told| told.finding.rule == rule.id),
    });
    let judged = of_kind.map(|rule| {
        let not_judged = outcome.not_judged.iter().find(|it| it.rule == rule.id);
        Judged {
            rule: rule.id.0,
            title: rule.title.in_language(language),
            basis: rule.basis.letter(),
            result: result(rule, outcome, read),
            why: not_judged.map(|it| it.why.in_language(language)),
            values: values(rule, read, ledger),
        }
    });
    judged.collect()
}

fn result(rule: &Rule, outcome: &Outcome, read: &Read) -> Came {
    if outcome.told.iter().any(|told| told.finding.rule == rule.id) {
        return Came::Hit;
    }
    if outcome.not_judged.iter().any(|it| it.rule == rule.id) {
        return Came::NotJudged;
    }
    let day = match rule.date_key {
        DateKey::Acceptance => outcome.accepted_at.map(|moment| moment.date()),
        DateKey::Issue => read.as_certificate(0).and_then(|it| it.issued_on()).map(|(day, _)| day),
    };
    if day.is_some_and(|day| !rule.in_force.on(day)) {
        return Came::NotInForce;
    }
    match rule.check {
        Check::Step if outcome.trace.iter().any(|step| step.rule == rule.id) => Came::Step,
        Check::Step => Came::Nothing,
        Check::Proof(_) | Check::CertificateAndProof(..)
            if read.as_declaration(0).is_some() && outcome.certificates.is_empty() =>
        {
            Came::Nothing
        }
        _ => Came::Passed,
    }
}

/// The values of the fields a rule names: of the document, and of the certificates it claims.
fn values(rule: &Rule, read: &Read, ledger: &Ledger) -> Vec<Seen> {
    let filings = ledger.known.values().filter(|it| !it.facts.is_empty());
    let on_file: BTreeMap<u64, &OnFile> = filings.map(|it| (it.id, &**it)).collect();
    let facts: Vec<_> = on_file.values().filter_map(|it| model::facts::read(&it.facts)).collect();
    let mut all = Vec::new();
    for name in rulebook::reads(rule) {
        let Some(field) = seen::field(name.row, name.field) else { continue };
        let mut values: Vec<String> = Vec::new();
        let mut more = 0;
        let mut add = |seen: Option<seen::Values<'_>>| {
            let Some(seen) = seen else { return };
            more += seen.n_more;
            values.extend(seen.list.into_iter().map(str::to_owned));
        };
        if let Some(declaration) = read.as_declaration(0) {
            add(seen::declaration(&declaration, name.row, name.field, ROWS_MAX));
        }
        if let Some(certificate) = read.as_certificate(0) {
            add(seen::certificate(&certificate, name.row, name.field, ROWS_MAX));
        }
        if let Some(inspection) = read.as_inspection(0) {
            add(seen::inspection(&inspection, name.row, name.field, ROWS_MAX));
        }
        for facts in &facts {
            match facts {
                Facts::Certificate(facts) => {
                    add(seen::certificate(&facts.certificate(), name.row, name.field, ROWS_MAX));
                }
                Facts::Inspection(facts) => {
                    add(seen::inspection(&facts.inspection(), name.row, name.field, ROWS_MAX));
                }
            }
        }
        if !values.is_empty() {
            all.push(Seen { field: format!("{}.{}", name.row, name.field), zh: field.zh, values, more });
        }
    }
    all
}

/// The documents of the matrix, with the cell that counts (SIM-001, SIM-002).
fn papers(
    outcome: &Outcome,
    read: &Read,
    accepted: Accepted,
    law: &Law<'_>,
    language: Language,
) -> Vec<Paper> {
    let Some(declaration) = read.as_declaration(0) else { return Vec::new() };
    let claims: Vec<Claim<'_>> =
        read.claimed(0).map(|(number, place, _)| Claim { number, place, found: Found::Missing }).collect();
    let accepted_at = outcome.accepted_at.or(accepted.at(None));
    let case = Case {
        declaration,
        number: &outcome.number,
        claims: &claims,
        applications: &[],
        accepted_at,
        registers: law.registers,
        jurisdiction: read.jurisdiction(0),
    };
    let tables = &law.rulebook.tables;
    let dossier = Dossier::of(&case, tables);
    let Some(day) = dossier.day() else { return Vec::new() };
    let column = sim_001_required_set::column(&dossier.standings.consignor);
    let mut papers = Vec::new();
    for (document, status, presence) in dossier.papers.told() {
        let Some(row) = tables.papers.row(document, day) else { continue };
        papers.push(Paper {
            document: document.words().in_language(language),
            asked: asked_words(status).in_language(language),
            there: status.is_sent().then(|| there_words(presence).in_language(language)),
            column: column.words().in_language(language),
            citation: row.citation.clone(),
            basis: row.basis.letter(),
        });
    }
    papers
}

const fn asked_words(status: Status) -> Words {
    match status {
        Status::Required => Words { zh: "必须提交", en: "required" },
        Status::Upload => Words { zh: "上传", en: "uploaded" },
        Status::Electronic => Words { zh: "电子数据", en: "electronic" },
        Status::Declare => Words { zh: "报关单已申报", en: "declared in the declaration" },
        Status::Reference => Words { zh: "填报编号即可", en: "its number is enough" },
        Status::Keep => Words { zh: "企业留存备查", en: "kept by the firm" },
        Status::Waived => Words { zh: "免予提交", en: "waived" },
    }
}

const fn there_words(presence: Presence) -> Words {
    match presence {
        Presence::There => Words { zh: "已提交", en: "there" },
        Presence::Missing => Words { zh: "缺少", en: "missing" },
        Presence::Unknown => Words { zh: "报文无法显示", en: "the message cannot show it" },
        Presence::Elsewhere => Words { zh: "由专门规则判断", en: "judged by a rule of its own" },
    }
}
