//! What a desk sees when a run is done: a table by outcome, disposition, mode and reason, in its own language.

use crate::publish::summary::Summary;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{CellAlignment, Table};
use model::decision::{Disposition, OutcomeKind};
use model::finding::{Language, Words};
use rulebook::Rulebook;

/// Reasons shown; the rest stand in `summary.json`.
const REASONS_MAX: usize = 10;

/// The tables as text.
pub fn print(summary: &Summary, rulebook: &Rulebook, elapsed_ms: u128, language: Language) -> String {
    let say = |zh, en| Words { zh, en }.in_language(language);
    let mut text = String::new();
    let outcomes = OutcomeKind::ALL.into_iter().filter(|kind| summary.n_of(*kind) > 0);
    let rows =
        outcomes.map(|kind| [kind.words().in_language(language).to_owned(), summary.n_of(kind).to_string()]);
    text.push_str(&table([say("结果", "outcome"), say("份数", "documents")], rows));
    let rows = Disposition::ALL.into_iter().map(|disposition| {
        let n = summary.dispositions.get(&disposition).unwrap_or(&0);
        [disposition.words().in_language(language).to_owned(), n.to_string()]
    });
    text.push_str(&table([say("处置", "disposition"), say("份数", "documents")], rows));
    let rows =
        summary.modes.iter().map(|(mode, n)| [mode.words().in_language(language).to_owned(), n.to_string()]);
    text.push_str(&table([say("监管方式", "mode"), say("份数", "documents")], rows));
    text.push_str(&reasons(summary, rulebook, language));
    text.push_str(&last_line(summary, elapsed_ms, language));
    text
}

fn reasons(summary: &Summary, rulebook: &Rulebook, language: Language) -> String {
    let say = |zh, en| Words { zh, en }.in_language(language);
    let rows: Vec<[String; 4]> = summary
        .top_reasons()
        .into_iter()
        .take(REASONS_MAX)
        .map(|(id, effect, n)| {
            let rule = rulebook.rule(id);
            [
                rule.id.0.to_owned(),
                effect.name().to_owned(),
                rule.title.in_language(language).to_owned(),
                n.to_string(),
            ]
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    table([say("规则", "rule"), say("效果", "effect"), say("原因", "reason"), say("次数", "findings")], rows)
}

fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header(head);
    table.add_rows(rows);
    if let Some(last) = table.column_mut(N - 1) {
        last.set_cell_alignment(CellAlignment::Right);
    }
    format!("{table}\n")
}

fn last_line(summary: &Summary, elapsed_ms: u128, language: Language) -> String {
    let elapsed_ms = elapsed_ms.max(1);
    let per_second = u128::from(summary.n_documents) * 1_000 / elapsed_ms;
    let kilobytes_per_second = u128::from(summary.bytes) / elapsed_ms;
    let (n, seconds) = (summary.n_documents, format!("{}.{:03}", elapsed_ms / 1_000, elapsed_ms % 1_000));
    let megabytes = format!("{}.{}", kilobytes_per_second / 1_000, kilobytes_per_second % 1_000 / 100);
    let unsealed = if summary.n_unsealed_draws == 0 {
        String::new()
    } else {
        let n = summary.n_unsealed_draws;
        Words {
            zh: "警告：当日没有已承诺的抽批种子，抽批次数 ",
            en: "warning: draws without a committed seed: ",
        }
        .in_language(language)
        .to_owned()
            + &format!("{n}\n")
    };
    let line = match language {
        Language::Zh => format!("共 {n} 份，用时 {seconds} 秒，{per_second} 份/秒，{megabytes} MB/秒\n"),
        Language::En => format!("{n} documents in {seconds} s, {per_second} documents/s, {megabytes} MB/s\n"),
    };
    unsealed + &line
}
