//! What tuning came to, as a drawing: a panel for each thing that can be set, a bar for each value, all on one scale.
//!
//! Drawn by hand: bars, lines and texts are a page of SVG, and no library has to be kept for them.

use super::setting::Kind;
use super::table::{percent, tenths, value_of};
use super::{Tried, Tuned};
use model::finding::{Language, Words};
use std::fmt::Write;

const WIDTH: u64 = 960;
const MARGIN: u64 = 32;
/// Where panels begin, below title and key.
const TOP: u64 = 104;
const PANEL_WIDTH: u64 = (WIDTH - 3 * MARGIN) / 2;
const ROW: u64 = 26;
const BAR: u64 = 16;
/// Room for the names of values, and for figures behind the longest bar.
const NAMES: u64 = 132;
const FIGURES: u64 = 84;
const BARS: u64 = PANEL_WIDTH - NAMES - FIGURES;

const STYLE: &str = "\
text{font:13px 'Noto Sans CJK SC','PingFang SC','Microsoft YaHei','Segoe UI',sans-serif;fill:#1f2933}\
.title{font-size:20px;font-weight:600}.panel{font-size:14px;font-weight:600}.said{fill:#52606d}\
.figure{font-variant-numeric:tabular-nums}.bar{fill:#9fb3c8}.usual{fill:#486581}.best{fill:#0f9d7a}\
.reach{stroke:#1f2933;stroke-opacity:.45;stroke-width:1.5}.mark{stroke:#486581;stroke-dasharray:3 3}";

/// The drawing.
pub fn svg(tuned: &Tuned, language: Language) -> String {
    let say = |zh, en| Words { zh, en }.in_language(language);
    let panels = Kind::ALL.map(|kind| (kind, rows(tuned, kind)));
    let heights = panels.each_ref().map(|(_, rows)| 40 + rows.len() as u64 * ROW);
    let (first, second) = (heights[0].max(heights[1]), heights[2].max(heights[3]));
    let height = TOP + first + second + 2 * MARGIN;
    let fastest = tuned.tried.iter().flat_map(|it| &it.walls_us).min().copied().unwrap_or(1);
    let scale = tuned.rates(fastest).1.max(1);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" role=\"img\">\
         <style>{STYLE}</style><rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#fff\"/>"
    );
    let title = say("各项设置下的处理速度（MB/秒，越长越快）", "speed by setting (MB/s, longer is faster)");
    written(&mut text, MARGIN, 44, "title", "start", title);
    written(&mut text, MARGIN, 70, "said", "start", &said(tuned, language));
    key(&mut text, language);
    let usual = BARS * tuned.rates(tuned.tried[0].median_us()).1 / scale;
    for (idx, (kind, rows)) in panels.iter().enumerate() {
        let x = MARGIN + (idx as u64 % 2) * (PANEL_WIDTH + MARGIN);
        let y = TOP + (idx as u64 / 2) * (first + MARGIN);
        written(&mut text, x, y + 20, "panel", "start", kind.words().in_language(language));
        for (row_idx, it) in rows.iter().enumerate() {
            let name = value_of(&it.setting, *kind, language);
            bar(&mut text, tuned, it, &name, (x, y + 36 + row_idx as u64 * ROW), scale, *kind);
        }
        let (at, end) = (x + NAMES + usual, y + 36 + rows.len() as u64 * ROW);
        push(&mut text, format_args!("<path class=\"mark\" d=\"M{at} {}V{end}\"/>", y + 30));
    }
    text.push_str("</svg>\n");
    text
}

/// The values of a kind in their order, the default among them.
fn rows(tuned: &Tuned, kind: Kind) -> Vec<&Tried> {
    let usual = &tuned.tried[0];
    let mut rows: Vec<&Tried> = tuned.tried.iter().filter(|it| it.kind == Some(kind)).collect();
    let place = match kind {
        Kind::Threads => rows.partition_point(|it| it.setting.n_threads < usual.setting.n_threads),
        Kind::Window => rows.partition_point(|it| it.setting.window_bytes < usual.setting.window_bytes),
        Kind::Compression | Kind::Allocator => 0,
    };
    rows.insert(place, usual);
    rows
}

fn said(tuned: &Tuned, language: Language) -> String {
    let (n, documents) = (tuned.tried[0].walls_us.len(), tuned.n_documents);
    let (megabytes, noise) = (tenths(tuned.n_bytes / 100_000), percent(tuned.noise_bp));
    let gain = tuned.gain_bp();
    match (language, gain) {
        (Language::Zh, 0) => {
            format!("{documents} 份，{megabytes} MB，每项 {n} 次取中位数，波动 {noise}%：沿用默认设置")
        }
        (Language::En, 0) => format!(
            "{documents} documents, {megabytes} MB, medians of {n} trials, noise {noise} %: keep the defaults"
        ),
        (Language::Zh, _) => format!(
            "{documents} 份，{megabytes} MB，每项 {n} 次取中位数，波动 {noise}%；建议设置快 {}%",
            percent(gain)
        ),
        (Language::En, _) => format!(
            "{documents} documents, {megabytes} MB, medians of {n} trials, noise {noise} %; together {} % faster",
            percent(gain)
        ),
    }
}

fn key(text: &mut String, language: Language) {
    let words = [
        ("usual", Words { zh: "默认", en: "default" }),
        ("best", Words { zh: "建议", en: "to use" }),
        ("bar", Words { zh: "其他", en: "other" }),
    ];
    for (idx, (class, words)) in words.into_iter().enumerate() {
        let x = WIDTH - MARGIN - 240 + idx as u64 * 84;
        push(
            text,
            format_args!("<rect class=\"{class}\" x=\"{x}\" y=\"34\" width=\"12\" height=\"12\" rx=\"2\"/>"),
        );
        written(text, x + 18, 45, "said", "start", words.in_language(language));
    }
}

/// A value's name, its bar, how far its trials reach, and its figure.
fn bar(text: &mut String, tuned: &Tuned, it: &Tried, name: &str, (x, y): (u64, u64), scale: u64, kind: Kind) {
    let length = |wall_us: u64| BARS * tuned.rates(wall_us).1 / scale;
    let (slowest, quickest) = (it.walls_us.iter().max(), it.walls_us.iter().min());
    let (from, to) = (slowest.map_or(0, |us| length(*us)), quickest.map_or(0, |us| length(*us)));
    let is_best = tuned.best().value(kind) == it.setting.value(kind);
    let class = match (is_best, it.kind) {
        (_, None) => "usual",
        (true, _) => "best",
        (false, _) => "bar",
    };
    let (left, middle) = (x + NAMES, y + BAR / 2);
    written(text, left - 10, y + 13, "", "end", name);
    let width = length(it.median_us()).max(1);
    push(
        text,
        format_args!(
            "<rect class=\"{class}\" x=\"{left}\" y=\"{y}\" width=\"{width}\" height=\"{BAR}\" rx=\"2\"/>"
        ),
    );
    push(text, format_args!("<path class=\"reach\" d=\"M{} {middle}H{}\"/>", left + from, left + to));
    let figure = tenths(tuned.rates(it.median_us()).1);
    written(text, left + width.max(to) + 8, y + 13, "figure", "start", &figure);
}

/// All texts are words and figures of ours: nothing in them has to be escaped.
fn written(text: &mut String, x: u64, y: u64, class: &str, anchor: &str, what: &str) {
    push(
        text,
        format_args!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{what}</text>"),
    );
}

fn push(text: &mut String, what: std::fmt::Arguments<'_>) {
    text.write_fmt(what).expect("a String takes all");
}
