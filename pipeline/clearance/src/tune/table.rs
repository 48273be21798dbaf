//! What tuning came to, as an operator reads it.

use super::setting::{Kind, Setting};
use super::{Tried, Tuned};
use crate::grid::grid;
use model::finding::{Language, Words};

/// A batch that is done sooner measures the start of the program more than its work, in microseconds.
const SHORT_US: u64 = 500_000;

/// The table of trials, the settings to use and what they gain.
pub fn print(tuned: &Tuned, language: Language) -> String {
    let say = |zh, en| Words { zh, en }.in_language(language);
    let usual_us = tuned.tried[0].median_us();
    let head = [
        say("设置", "setting"),
        say("取值", "value"),
        say("毫秒", "ms"),
        say("份/秒", "documents/s"),
        say("MB/秒", "MB/s"),
        say("快慢 %", "speed %"),
        say("内存 MB", "memory MB"),
    ];
    let rows = tuned.tried.iter().map(|it| row(tuned, it, usual_us, language));
    let mut text = grid(head, rows, 5);
    text.push_str(&closing(tuned, language));
    if usual_us < SHORT_US {
        text.push_str(say(
            "注意：这批数据太少，程序启动占了不少时间；换一批大的再测\n",
            "notice: this batch is small, and the start of the program weighs; try a larger one\n",
        ));
    }
    text
}

fn row(tuned: &Tuned, it: &Tried, usual_us: u64, language: Language) -> [String; 7] {
    let (documents, megabytes) = tuned.rates(it.median_us());
    let (name, value) = named(it, language);
    [
        name.to_owned(),
        value,
        format!("{}.{}", it.median_us() / 1_000, it.median_us() % 1_000 / 100),
        documents.to_string(),
        tenths(megabytes),
        percent(usual_us * 10_000 / it.median_us().max(1)),
        (it.resident_max_bytes / 1_000_000).to_string(),
    ]
}

/// What of a setting differs, and what it is then.
fn named(it: &Tried, language: Language) -> (&'static str, String) {
    let usual = Words { zh: "默认设置", en: "defaults" }.in_language(language);
    it.kind.map_or((usual, String::new()), |kind| {
        (kind.words().in_language(language), value_of(&it.setting, kind, language))
    })
}

/// What a setting has of this kind, for people.
pub(super) fn value_of(setting: &Setting, kind: Kind, language: Language) -> String {
    match kind {
        Kind::Allocator => setting.allocator.words().in_language(language).to_owned(),
        kind => setting.value(kind),
    }
}

fn closing(tuned: &Tuned, language: Language) -> String {
    let (noise, gain) = (percent(tuned.noise_bp), percent(tuned.gain_bp()));
    let (best, n) = (tuned.best(), tuned.tried[0].walls_us.len());
    let toml: String = best.toml().lines().map(|line| format!("    {line}\n")).collect();
    let flags = best.flags();
    match (language, tuned.gain_bp()) {
        (Language::Zh, 0) if tuned.last.is_some() => format!(
            "个别取值单独测得较快，但合并后与默认设置交替复测，未超出测量波动（{noise}%，每项 {n} 次取中位数）：沿用默认设置即可\nrun：{flags}\nserve：\n{toml}"
        ),
        (Language::En, 0) if tuned.last.is_some() => format!(
            "single values looked better, but together, tried again in turns with the defaults, they gain no more than the noise ({noise} %, medians of {n} trials each): keep the defaults\nrun: {flags}\nserve:\n{toml}"
        ),
        (Language::Zh, 0) => format!(
            "各项均未超出测量波动（{noise}%，每项 {n} 次取中位数）：沿用默认设置即可\nrun：{flags}\nserve：\n{toml}"
        ),
        (Language::En, 0) => format!(
            "nothing is better by more than the noise ({noise} %, medians of {n} trials each): keep the defaults\nrun: {flags}\nserve:\n{toml}"
        ),
        (Language::Zh, _) => format!(
            "建议设置比默认设置快 {gain}%（同一轮内交替测得；测量波动 {noise}%，每项 {n} 次取中位数）\nrun：{flags}\nserve：\n{toml}"
        ),
        (Language::En, _) => format!(
            "{gain} % faster than the defaults, measured side by side (noise {noise} %, medians of {n} trials each)\nrun: {flags}\nserve:\n{toml}"
        ),
    }
}

/// Ten-thousandths as per cent with one decimal.
pub(super) fn percent(bp: u64) -> String {
    format!("{}.{}", bp / 100, bp % 100 / 10)
}

/// Tenths as a decimal.
pub(super) fn tenths(tenths: u64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}
