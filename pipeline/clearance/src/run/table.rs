//! What a desk sees when a run is done: tables by outcome, disposition, mode, reason and fee head, in its own language.

use crate::grid::grid;
use crate::publish::summary::Summary;
use crate::publish::totals::{Amounts, FeeTotals, amount};
use model::decision::{Disposition, Mode, OutcomeKind};
use model::finding::{Language, Words};
use rulebook::Rulebook;
use rulebook::fees::HEADS;

/// Reasons shown; the rest stand in `summary.json`.
const REASONS_MAX: usize = 10;

/// The tables as text.
pub fn print(summary: &Summary, rulebook: &Rulebook, elapsed_ms: u128, language: Language) -> String {
    let say = |zh, en| Words { zh, en }.in_language(language);
    let mut text = String::new();
    let outcomes = OutcomeKind::ALL.into_iter().filter(|kind| summary.n_of(*kind) > 0);
    let rows =
        outcomes.map(|kind| [kind.words().in_language(language).to_owned(), summary.n_of(kind).to_string()]);
    text.push_str(&table([say("结果", "outcome"), say("份数", "documents")], rows, 1));
    text.push_str(&dispositions(summary, language));
    text.push_str(&modes(summary, language));
    text.push_str(&reasons(summary, rulebook, language));
    text.push_str(&fees(&summary.fees, language));
    text.push_str(&last_line(summary, elapsed_ms, language));
    text
}

/// A desk asks how its consignments stand, so the latest decision on a repeated document counts like a new one.
fn dispositions(summary: &Summary, language: Language) -> String {
    let rows = Disposition::ALL.into_iter().map(|it| {
        let counts = (summary.dispositions.get(&it), summary.repeated_dispositions.get(&it));
        (it.words().in_language(language), counts.0.copied(), counts.1.copied())
    });
    standing(Words { zh: "处置", en: "disposition" }, rows.collect(), language)
}

fn modes(summary: &Summary, language: Language) -> String {
    let rows = Mode::ALL.into_iter().map(|it| {
        let counts = (summary.modes.get(&it), summary.repeated_modes.get(&it));
        (it.words().in_language(language), counts.0.copied(), counts.1.copied())
    });
    let rows = rows.filter(|(_, n_decided, n_repeated)| n_decided.is_some() || n_repeated.is_some());
    standing(Words { zh: "检验监管模式", en: "inspection mode" }, rows.collect(), language)
}

/// Documents decided and repeated; how many of them are repeated is said only where some are.
fn standing(what: Words, rows: Vec<(&str, Option<u64>, Option<u64>)>, language: Language) -> String {
    let say = |zh, en| Words { zh, en }.in_language(language);
    let (what, documents) = (what.in_language(language), say("份数", "documents"));
    let rows = rows.into_iter().map(|(name, n_decided, n_repeated)| {
        let n_repeated = n_repeated.unwrap_or(0);
        [name.to_owned(), (n_decided.unwrap_or(0) + n_repeated).to_string(), n_repeated.to_string()]
    });
    let rows: Vec<[String; 3]> = rows.collect();
    if rows.iter().all(|[_, _, n_repeated]| n_repeated == "0") {
        return table([what, documents], rows.into_iter().map(|[name, n, _]| [name, n]), 1);
    }
    table([what, documents, say("其中重复", "of these repeated")], rows, 2)
}

fn reasons(summary: &Summary, rulebook: &Rulebook, language: Language) -> String {
    let say = |zh, en| Words { zh, en }.in_language(language);
    let rows: Vec<[String; 5]> = summary
        .top_reasons()
        .into_iter()
        .take(REASONS_MAX)
        .map(|(id, effect, n)| {
            let rule = rulebook.rule(id);
            let [effect, title] =
                [effect.words(), rule.title].map(|words| words.in_language(language).to_owned());
            [rule.id.0.to_owned(), effect, rule.basis.letter().to_owned(), title, n.to_string()]
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let head = [say("规则", "rule"), say("效果", "effect"), say("依据", "basis"), say("原因", "reason")];
    let [rule, effect, basis, reason] = head;
    table([rule, effect, basis, reason, say("次数", "findings")], rows, 1)
}

/// What is to be paid, a row a head, and all of them together.
fn fees(totals: &FeeTotals, language: Language) -> String {
    if totals.heads.is_empty() {
        return String::new();
    }
    let say = |zh, en| Words { zh, en }.in_language(language);
    let row = |name: String, it: Amounts| {
        [name, amount(it.gross), amount(it.relief), amount(it.payable), amount(it.suspended)]
    };
    let name = |head: &String| {
        let known = HEADS.iter().find(|known| known.id == *head);
        known.map_or(head.clone(), |known| format!("{head} {}", known.name.in_language(language)))
    };
    let heads = totals.heads.iter().map(|(head, amounts)| row(name(head), *amounts));
    let all = row(say("合计", "all heads").to_owned(), totals.all());
    let head = [
        say("费目（元）", "fee head (CNY)"),
        say("应收", "gross"),
        say("减免", "relief"),
        say("应缴", "payable"),
        say("停征免收", "suspended"),
    ];
    let text = table(head, heads.chain([all]), 4);
    let n = totals.all().n_not_judged;
    if n == 0 {
        return text;
    }
    match language {
        Language::Zh => format!("{text}另有 {n} 笔费用未能计算，未计入上表\n"),
        Language::En => format!("{text}fees not known, and not in this table: {n}\n"),
    }
}

/// A table whose last columns are numbers.
fn table<const N: usize>(
    head: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
    n_numbers: usize,
) -> String {
    grid(head, rows, n_numbers)
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
