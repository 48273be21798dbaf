//! Findings for people: a paragraph each with the line it speaks of, or one line for an editor.

use super::counts::{Counts, documents, label};
use super::form::Telling;
use super::snippet::{Snippet, clean};
use crate::publish::ndjson::sentence;
use clap::builder::styling::{AnsiColor, Style};
use engine::outcome::{Outcome, Told};
use formats::excerpt::{Spot, excerpts};
use formats::place::{line_column, open_at};
use model::decision::OutcomeKind;
use model::finding::{Effect, Language, Words};
use model::ledger::Origin;
use rulebook::rule::{Basis, Rule};
use std::fmt::Write;

/// Findings of one document shown with their lines: a person reads no more, and the document is gone through for each.
const SNIPPETS_MAX: usize = 50;

/// Rules named that could not be judged, then "and more".
const NOT_JUDGED_MAX: usize = 20;

/// The colours of a terminal, or none.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Colours {
    error: Style,
    hold: Style,
    warning: Style,
    title: Style,
    frame: Style,
}

impl Colours {
    pub fn of(is_coloured: bool) -> Colours {
        if !is_coloured {
            return Colours::default();
        }
        Colours {
            error: AnsiColor::BrightRed.on_default().bold(),
            hold: AnsiColor::BrightMagenta.on_default().bold(),
            warning: AnsiColor::Yellow.on_default().bold(),
            title: Style::new().bold(),
            frame: AnsiColor::BrightBlue.on_default().bold(),
        }
    }

    const fn for_effect(&self, effect: Effect) -> Style {
        match effect {
            Effect::Reject => self.error,
            Effect::Hold | Effect::Inspect => self.hold,
            Effect::Deny | Effect::Warn => self.warning,
        }
    }
}

/// What is found in a document, a paragraph a finding.
pub(super) fn paragraphs(telling: &Telling<'_>, colours: Colours) -> String {
    let told = &telling.outcome.told;
    if told.is_empty() {
        return String::new();
    }
    let snippets = snippets(telling);
    let mut text = String::new();
    for (told, snippet) in told.iter().zip(snippets.into_iter().chain(std::iter::repeat(None))) {
        let paragraph = Paragraph { telling, told, snippet, colours };
        paragraph.write(&mut text).expect("a String takes all");
    }
    let n_more = telling.outcome.n_more;
    if n_more > 0 {
        let more = match telling.language {
            Language::Zh => format!("另有 {n_more} 项问题未列出"),
            Language::En => format!("and {n_more} more findings"),
        };
        writeln!(text, "{}: {more}\n", clean(&telling.outcome.origin.input)).expect("a String takes all");
    }
    text
}

/// The lines of the first findings.
fn snippets(telling: &Telling<'_>) -> Vec<Option<Snippet>> {
    let Outcome { origin, told, .. } = telling.outcome;
    if telling.text.is_empty() {
        return Vec::new();
    }
    let spots: Vec<Spot<'_>> =
        told.iter().take(SNIPPETS_MAX).map(|told| Spot::At(told.line, told.column)).collect();
    let excerpts = excerpts(telling.text, origin.line, origin.column, &spots);
    excerpts.iter().map(|excerpt| excerpt.as_ref().and_then(Snippet::of)).collect()
}

struct Paragraph<'p> {
    telling: &'p Telling<'p>,
    told: &'p Told,
    snippet: Option<Snippet>,
    colours: Colours,
}

impl Paragraph<'_> {
    fn write(&self, text: &mut String) -> std::fmt::Result {
        let Paragraph { telling, told, snippet, colours } = self;
        let language = telling.language;
        let rule = telling.law.rulebook.rule(told.finding.rule);
        let (effect, title, frame) = (colours.for_effect(told.finding.effect), colours.title, colours.frame);
        let colon = Words { zh: "：", en: ": " }.in_language(language);
        let name = label(told.finding.effect).in_language(language);
        writeln!(
            text,
            "{effect}{name}[{}]{effect:#}{title}{colon}{}{title:#}",
            rule.id,
            rule.title.in_language(language)
        )?;
        let n_digits = told.line.to_string().len();
        let indent = " ".repeat(n_digits);
        let input = clean(&telling.outcome.origin.input);
        let pointer = match told.pointer.as_str() {
            "" => String::new(),
            pointer => format!(" ({})", clean(pointer)),
        };
        writeln!(text, "{indent}{frame}-->{frame:#} {input}:{}:{}{pointer}", told.line, told.column)?;
        if let Some(Snippet { line, n_before, n_marked }) = snippet {
            let (before, marks) = (" ".repeat(*n_before), "^".repeat(*n_marked));
            writeln!(text, "{indent} {frame}|{frame:#}")?;
            writeln!(text, "{frame}{} |{frame:#} {line}", told.line)?;
            writeln!(text, "{indent} {frame}|{frame:#} {before}{effect}{marks}{effect:#}")?;
        }
        let mut note = |zh: &'static str, en: &'static str, what: &str| {
            let name = Words { zh, en }.in_language(language);
            writeln!(text, "{indent} {frame}={frame:#} {title}{name}{title:#}{colon}{}", clean(what))
        };
        if let Some(which) = which(telling) {
            note("单证", "document", &which)?;
        }
        note("情况", "evidence", &sentence(rule, told, language))?;
        if let Some(open) = self.open() {
            note("未关闭", "open", &open)?;
        }
        let (zh, en) = match rule.basis {
            Basis::A => ("依据", "law"),
            Basis::B | Basis::C => ("出处", "source"),
        };
        note(zh, en, &source(rule, language))?;
        note("处理", "remedy", rule.remedy.in_language(language))?;
        writeln!(text)
    }
}

impl Paragraph<'_> {
    /// The element that is still open, and where it was opened, where that is what is wrong.
    fn open(&self) -> Option<String> {
        let Paragraph { telling: Telling { outcome, text, language, .. }, told, .. } = self;
        let offset = told.finding.place.offset;
        let is_end_tag = text.get(offset as usize..).is_some_and(|rest| rest.starts_with("</"));
        if outcome.kind != OutcomeKind::Refused || !(is_end_tag || OPEN.contains(&told.finding.rule.0)) {
            return None;
        }
        let (name, at) = open_at(text, offset)?;
        let Origin { input, line, column, .. } = &outcome.origin;
        let (line, column) = line_column(text, at, *line, *column);
        let opened = Words { zh: "，始于 ", en: ", opened at " }.in_language(*language);
        Some(format!("{name}{opened}{input}:{line}:{column}"))
    }
}

/// Rules that speak of an element that was not closed.
const OPEN: [&str; 2] = ["MSG-013", "MSG-014"];

/// Which document it is, where an input may hold several or its number is known.
fn which(telling: &Telling<'_>) -> Option<String> {
    let Outcome { origin, number, .. } = telling.outcome;
    let is_plain = origin.document == 1 && number.is_empty() && !telling.is_embedded;
    if is_plain {
        return None;
    }
    let mut which = match telling.language {
        Language::Zh => format!("第 {} 份", origin.document),
        Language::En => origin.document.to_string(),
    };
    if !number.is_empty() {
        which.push_str(Words { zh: "，编号 ", en: ", number " }.in_language(telling.language));
        which.push_str(number);
    }
    if telling.is_embedded {
        which.push_str(EMBEDDED.in_language(telling.language));
    }
    Some(which)
}

const EMBEDDED: Words = Words {
    zh: "（行列号在Base64解码后的报文内计数）",
    en: " (line and column count within what its Base64 holds)",
};

/// Where a rule comes from. B and C never look like law (domain-rules 0.1).
pub(super) fn source(rule: &Rule, language: Language) -> String {
    let citations: Vec<String> = rule.citation.iter().map(ToString::to_string).collect();
    let basis = match rule.basis {
        Basis::A => Words { zh: "（依据等级A）", en: " (basis A)" },
        Basis::B => Words {
            zh: "（依据等级B，未见原文，不是法律条文）",
            en: " (basis B: believed right, text not seen; not law)",
        },
        Basis::C => Words {
            zh: "（依据等级C，本程序默认取值，不是法律条文）",
            en: " (basis C: a default of this program; not law)",
        },
    };
    citations.join("; ") + basis.in_language(language)
}

/// What is found in a document, a line a finding, as editors and other tools take it. What they look for is in English
/// in any language.
pub(super) fn short(telling: &Telling<'_>) -> String {
    let mut text = String::new();
    let input = clean(&telling.outcome.origin.input);
    for told in &telling.outcome.told {
        let rule = telling.law.rulebook.rule(told.finding.rule);
        let effect = told.finding.effect;
        let place = format!("{input}:{}:{}", told.line, told.column);
        let title = rule.title.in_language(telling.language);
        let said = clean(&sentence(rule, told, telling.language));
        let mut names = format!("{}, {}", rule.id, effect.name());
        if !told.pointer.is_empty() {
            names.push_str(", ");
            names.push_str(&clean(&told.pointer));
        }
        writeln!(text, "{place}: {}: {title}: {said} [{names}]", severity(effect))
            .expect("a String takes all");
    }
    text
}

/// How grave a finding is for tools, which know errors and warnings.
pub(super) const fn severity(effect: Effect) -> &'static str {
    match effect {
        Effect::Reject => "error",
        Effect::Hold | Effect::Inspect | Effect::Deny | Effect::Warn => "warning",
    }
}

/// What was not judged, by what was checked, and what it came to.
pub(super) fn end(counts: &Counts, has_registers: bool, language: Language, colours: Colours) -> String {
    let say = |zh, en| Words { zh, en }.in_language(language);
    let Colours { title, .. } = colours;
    let note = format!("{title}{}{title:#}{}", say("说明", "note"), say("：", ": "));
    let mut text = String::new();
    if !counts.not_judged.is_empty() {
        let said = say(
            "下列规则缺少所需内容，未作判断，不算通过：",
            "these rules lack what they need; they were not judged and have not passed:",
        );
        text.push_str(&format!("{note}{said}\n"));
        for ((rule, _), (why, n)) in counts.not_judged.iter().take(NOT_JUDGED_MAX) {
            let why = why.in_language(language);
            text.push_str(&match language {
                Language::Zh => format!("  {rule}（{n} 份）：{why}\n"),
                Language::En => format!("  {rule} ({}): {why}\n", documents(*n)),
            });
        }
        if let Some(n_more @ 1..) = counts.not_judged.len().checked_sub(NOT_JUDGED_MAX) {
            text.push_str(&match language {
                Language::Zh => format!("  另有 {n_more} 条\n"),
                Language::En => format!("  and {n_more} more\n"),
            });
        }
    }
    if !has_registers {
        text.push_str(&format!("{note}{}\n", NO_REGISTERS.in_language(language)));
    }
    text.push_str(&format!("{title}{}{title:#}\n", counts.line(language)));
    text
}

/// What is not known without registers, said wherever a person reads.
pub(super) const NO_REGISTERS: Words = Words {
    zh: "没有使用登记册（--registers）：企业一律按未登记处理，即三级、一般风险、非示范区企业，没有代理委托、委托单、预警和抽批种子；本单位的结果可能不同",
    en: "checked without registers (--registers): every firm counts as unknown, of level 3, general risk and outside the zone, and no authorisation, order, alert or draw seed is known; an office may find otherwise",
};
