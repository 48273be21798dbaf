//! `decisions.xlsx`: the same list for a spreadsheet: consignments, reasons, fees, counts.

use super::line::{FeeLine, Fees, Line};
use super::sheet::{Book, Cells, Layout, Sheets};
use crate::publish::summary::Json;
use crate::publish::totals::amount;
use crate::record::RecordError;
use crate::submission::accepted_of;
use crate::world::World;
use engine::Accepted;
use model::decision::{Disposition, Mode, OutcomeKind};
use model::finding::{Effect, Language, Words};
use rulebook::tables::papers::Document;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The sheets, each in both languages.
struct Kind {
    zh: Layout,
    en: Layout,
}

impl Kind {
    const fn layout(&self, language: Language) -> Layout {
        match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        }
    }
}

static DECISIONS: Kind = Kind {
    zh: Layout {
        name: "决定",
        columns: &[
            ("序号", 8),
            ("输入文件", 22),
            ("第几份", 8),
            ("申报单位", 21),
            ("编号", 22),
            ("版本", 6),
            ("结果", 10),
            ("处置", 8),
            ("检验监管模式", 14),
            ("最重原因", 11),
            ("原因", 34),
            ("原因条数", 10),
            ("应缴", 12),
            ("应收", 12),
            ("减免", 12),
            ("抽批比例（基点）", 16),
            ("抽批结果（基点）", 16),
            ("抽中", 6),
            ("免交单证", 26),
            ("原产地证", 24),
            ("受理时间", 26),
        ],
    },
    en: Layout {
        name: "decisions",
        columns: &[
            ("sequence", 9),
            ("input", 22),
            ("document", 9),
            ("declarant", 21),
            ("number", 22),
            ("version", 8),
            ("outcome", 14),
            ("disposition", 11),
            ("mode", 22),
            ("gravest reason", 14),
            ("title", 44),
            ("reasons", 8),
            ("payable", 12),
            ("gross", 12),
            ("relief", 12),
            ("ratio (bp)", 10),
            ("draw (bp)", 10),
            ("drawn", 7),
            ("papers waived", 26),
            ("certificates", 24),
            ("accepted at", 26),
        ],
    },
};

static FINDINGS: Kind = Kind {
    zh: Layout {
        name: "原因",
        columns: &[
            ("序号", 8),
            ("编号", 22),
            ("申报单位", 21),
            ("规则", 10),
            ("效果", 10),
            ("依据", 26),
            ("题目", 30),
            ("说明", 60),
            ("怎么改", 40),
            ("行", 7),
            ("列", 7),
            ("位置", 44),
            ("出处", 40),
        ],
    },
    en: Layout {
        name: "findings",
        columns: &[
            ("sequence", 9),
            ("number", 22),
            ("declarant", 21),
            ("rule", 10),
            ("effect", 16),
            ("basis", 26),
            ("title", 40),
            ("message", 60),
            ("remedy", 40),
            ("line", 7),
            ("column", 7),
            ("pointer", 44),
            ("citation", 40),
        ],
    },
};

static FEES: Kind = Kind {
    zh: Layout {
        name: "费用",
        columns: &[
            ("序号", 8),
            ("编号", 22),
            ("缴费人", 21),
            ("收费项目", 12),
            ("步骤", 6),
            ("状态或规则", 14),
            ("文号或券号", 26),
            ("之前", 12),
            ("增减", 12),
            ("之后", 12),
            ("应收", 12),
            ("应缴", 12),
            ("若不停征", 12),
            ("币种", 7),
        ],
    },
    en: Layout {
        name: "fees",
        columns: &[
            ("sequence", 9),
            ("number", 22),
            ("payer", 21),
            ("head", 12),
            ("step", 6),
            ("status or rule", 14),
            ("document or voucher", 26),
            ("before", 12),
            ("change", 12),
            ("after", 12),
            ("gross", 12),
            ("payable", 12),
            ("would have been", 15),
            ("currency", 9),
        ],
    },
};

static SUMMARY: Kind = Kind {
    zh: Layout {
        name: "汇总",
        columns: &[("类别", 16), ("项目", 44), ("份数", 12), ("应收", 14), ("减免", 14), ("应缴", 14)],
    },
    en: Layout {
        name: "summary",
        columns: &[("kind", 16), ("item", 44), ("count", 12), ("gross", 14), ("relief", 14), ("payable", 14)],
    },
};

pub(super) struct Workbook {
    world: Arc<dyn World>,
    book: Book,
    language: Language,
    decisions: Sheets,
    findings: Sheets,
    fees: Sheets,
}

/// Rows of one document.
pub(super) struct SheetRows {
    decision: Cells,
    findings: Vec<Cells>,
    fees: Vec<Cells>,
}

impl SheetRows {
    pub fn of(line: &Line<'_>, language: Language) -> SheetRows {
        let fees = line.fees();
        SheetRows {
            decision: decision(line, fees.as_ref(), language),
            findings: line.gravest_first().into_iter().map(|it| finding(line, it, language)).collect(),
            fees: fees.iter().flat_map(|fees| fee_rows(line, fees)).collect(),
        }
    }
}

fn decision(line: &Line<'_>, fees: Option<&Fees>, language: Language) -> Cells {
    let mut cells = Cells::default();
    let text = |cells: &mut Cells, field: &Option<String>| cells.text(field.as_deref().unwrap_or(""));
    cells.whole(line.sequence);
    cells.text(&line.input);
    cells.whole(u64::from(line.document));
    text(&mut cells, &line.declarant);
    text(&mut cells, &line.number);
    cells.whole_or_empty(line.version.map(u64::from));
    cells.text(outcome_word(&line.outcome).in_language(language));
    cells.text(line.disposition.as_deref().map_or("", |it| disposition_word(it).in_language(language)));
    cells.text(line.mode.as_deref().map_or("", |it| mode_word(it).in_language(language)));
    let gravest = line.gravest_first();
    cells.text(gravest.first().map_or("", |finding| &finding.rule));
    cells.text(gravest.first().map_or("", |finding| &finding.title));
    cells.whole(line.findings.len() as u64 + line.findings_more);
    let amounts = fees.map(|fees| [&fees.payable, &fees.gross, &fees.relief]);
    for idx in 0..3 {
        cells.amount(amounts.and_then(|amounts| amounts[idx].as_deref()));
    }
    match line.draw() {
        Some(draw) => {
            cells.whole(draw.ratio_bp);
            cells.whole(draw.draw_bp);
            let hit = Words { zh: "是", en: "yes" };
            let miss = Words { zh: "否", en: "no" };
            cells.text(if draw.hit { hit } else { miss }.in_language(language));
        }
        None => (0..3).for_each(|_| cells.empty()),
    }
    let waived: Vec<&str> = line.documents_waived.iter().map(|paper| paper_word(paper, language)).collect();
    cells.text(&waived.join(if language == Language::Zh { "、" } else { ", " }));
    cells.text(&line.certificates.join(" "));
    text(&mut cells, &line.accepted_at);
    cells
}

fn finding(line: &Line<'_>, finding: &super::line::Finding<'_>, language: Language) -> Cells {
    let mut cells = Cells::default();
    cells.whole(line.sequence);
    cells.text(line.number.as_deref().unwrap_or(""));
    cells.text(line.declarant.as_deref().unwrap_or(""));
    cells.text(&finding.rule);
    cells.text(effect_word(&finding.effect).in_language(language));
    cells.text(&basis_text(&finding.basis, language));
    for said in [&finding.title, &finding.message, &finding.remedy] {
        cells.text(said);
    }
    cells.whole(u64::from(finding.line));
    cells.whole(u64::from(finding.column));
    cells.text(&finding.pointer);
    cells.text(&finding.citation);
    cells
}

/// B and C must not look like law.
fn basis_text(basis: &str, language: Language) -> String {
    let meaning = match basis {
        "A" => Words { zh: "A 见公开文本", en: "A: text seen" },
        "B" => Words { zh: "B 未见原文，不是法律条文", en: "B: text not seen, not law" },
        "C" => Words { zh: "C 默认取值，不是法律条文", en: "C: a default, not law" },
        other => return other.to_owned(),
    };
    meaning.in_language(language).to_owned()
}

/// A row for each fee, and one for each step behind it.
fn fee_rows(line: &Line<'_>, fees: &Fees) -> Vec<Cells> {
    fees.lines.iter().flat_map(|fee| fee_line(line, fees, fee)).collect()
}

fn fee_line(line: &Line<'_>, fees: &Fees, fee: &FeeLine) -> Vec<Cells> {
    let begin = |step: Option<u64>| {
        let mut cells = Cells::default();
        cells.whole(line.sequence);
        cells.text(line.number.as_deref().unwrap_or(""));
        cells.text(fee.payer.as_ref().or(fees.payer.as_ref()).map_or("", |payer| payer));
        cells.text(&fee.head);
        cells.whole_or_empty(step);
        cells
    };
    let currency = fees.currency.as_deref().unwrap_or("");
    let mut whole = begin(None);
    whole.text(fee.status.as_deref().unwrap_or(""));
    whole.text(fee.order.as_deref().unwrap_or(""));
    (0..3).for_each(|_| whole.empty());
    for amount in [&fee.gross, &fee.payable, &fee.would_have_been] {
        whole.amount(amount.as_deref());
    }
    whole.text(currency);
    let steps = fee.steps.iter().zip(1u64..).map(|(step, n)| {
        let mut cells = begin(Some(n));
        cells.text(&step.rule);
        cells.text(step.voucher.as_ref().or(step.authority_doc.as_ref()).map_or("", |document| document));
        for amount in [&step.before, &step.amount, &step.after] {
            cells.amount(amount.as_deref());
        }
        (0..3).for_each(|_| cells.empty());
        cells.text(currency);
        cells
    });
    std::iter::once(whole).chain(steps).collect()
}

impl Workbook {
    pub fn create(world: &Arc<dyn World>, dir: &Path, language: Language) -> Result<Workbook, RecordError> {
        let path = dir.join("decisions.xlsx");
        let [decisions, findings, fees] =
            [&DECISIONS, &FINDINGS, &FEES].map(|kind| Sheets::new(kind.layout(language)));
        let book = Book::create(&**world, &path)?;
        Ok(Workbook { world: Arc::clone(world), book, language, decisions, findings, fees })
    }

    pub fn add(&mut self, rows: &SheetRows) -> Result<(), RecordError> {
        let book = &mut self.book;
        self.decisions.add(book, &rows.decision)?;
        rows.findings.iter().try_for_each(|row| self.findings.add(book, row))?;
        rows.fees.iter().try_for_each(|row| self.fees.add(book, row))
    }

    pub fn finish(mut self, summary: &Json<'_>) -> Result<PathBuf, RecordError> {
        let (language, book) = (self.language, &mut self.book);
        let mut sheet = Sheets::new(SUMMARY.layout(language));
        let say = |zh, en| Words { zh, en }.in_language(language);
        let mut counted = |kind: &str, item: &str, n: u64| {
            let mut cells = Cells::default();
            cells.text(kind);
            cells.text(item);
            cells.whole(n);
            (0..3).for_each(|_| cells.empty());
            sheet.add(book, &cells)
        };
        for (name, n) in summary.outcomes.iter().filter(|(_, n)| **n > 0) {
            counted(say("结果", "outcome"), outcome_word(name).in_language(language), *n)?;
        }
        // How the consignments stand: what is said again counts, as on the terminal.
        for it in Disposition::ALL {
            let n =
                [&summary.dispositions, &summary.repeated.dispositions].map(|counts| counts.get(it.name()));
            let n = n.into_iter().flatten().sum();
            counted(say("处置", "disposition"), it.words().in_language(language), n)?;
        }
        for it in Mode::ALL {
            let n = [&summary.modes, &summary.repeated.modes].map(|counts| counts.get(it.name()));
            let n: u64 = n.into_iter().flatten().sum();
            if n > 0 {
                counted(say("检验监管模式", "mode"), it.words().in_language(language), n)?;
            }
        }
        for reason in &summary.reasons {
            let title = say(reason.title_zh, reason.title_en);
            counted(say("原因", "reason"), &format!("{} {title}", reason.rule), reason.count)?;
        }
        let left_out = self.decisions.n_left_out + self.findings.n_left_out + self.fees.n_left_out;
        if left_out > 0 {
            counted(
                say("说明", "note"),
                say("未列入的行，见 decisions.ndjson", "rows left out, see decisions.ndjson"),
                left_out,
            )?;
        }
        for (head, amounts) in &summary.fees.heads {
            let mut cells = Cells::default();
            cells.text(say("费用", "fee"));
            cells.text(head);
            cells.whole(amounts.n_lines.unsigned_abs());
            for cents in [amounts.gross, amounts.relief, amounts.payable] {
                cells.amount(Some(&amount(cents)));
            }
            sheet.add(book, &cells)?;
        }
        for (name, value) in [
            (say("受理时间", "accepted at"), summary.accepted_at),
            (say("规则库", "rule book"), &summary.rulebook),
            (say("登记册", "registers"), &summary.registers),
            (say("日志", "journal"), &format!("{} {}", summary.journal.index, summary.journal.hash)),
        ] {
            let mut cells = Cells::default();
            cells.text(name);
            cells.text(value);
            sheet.add(book, &cells)?;
        }
        let made_at = match accepted_of(summary.accepted_at) {
            Some(Accepted::At(moment)) => Some(moment),
            Some(Accepted::Declared) | None => None,
        };
        self.book.bind(&*self.world, [self.decisions, self.findings, self.fees, sheet], made_at)
    }
}

/// Nothing for a code that an older program wrote and this one does not know.
fn word(name: &str, known: impl IntoIterator<Item = (&'static str, Words)>) -> Words {
    let mut known = known.into_iter();
    known.find(|(code, _)| *code == name).map_or(Words { zh: "", en: "" }, |(_, words)| words)
}

fn outcome_word(name: &str) -> Words {
    word(name, OutcomeKind::ALL.map(|it| (it.name(), it.words())))
}

fn disposition_word(name: &str) -> Words {
    word(name, Disposition::ALL.map(|it| (it.name(), it.words())))
}

fn mode_word(name: &str) -> Words {
    word(name, Mode::ALL.map(|it| (it.name(), it.words())))
}

fn effect_word(name: &str) -> Words {
    let all = [Effect::Warn, Effect::Deny, Effect::Inspect, Effect::Hold, Effect::Reject];
    word(name, all.map(|it| (it.name(), it.words())))
}

fn paper_word(name: &str, language: Language) -> &str {
    let known = Document::ALL.into_iter().find(|it| it.name() == name);
    known.map_or(name, |it| it.words().in_language(language))
}
