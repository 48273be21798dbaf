//! What a watcher sees: tables on a terminal, a line elsewhere.

use super::looks::{Done, Looks};
use crate::grid::grid;
use crate::serve::status::{Bound, Histogram, Queue, Registers, StageTimes, State, Status};
use model::decision::{Disposition, OutcomeKind};
use model::finding::{Language, Words};

/// Folders shown, those with the oldest files first.
const QUEUES_MAX: usize = 12;
/// Troubles shown, the last first.
const TROUBLES_MAX: usize = 6;
/// What is not known.
const NONE: &str = "–";

/// The whole view.
pub(super) fn tables(looks: &Looks, language: Language) -> String {
    let view = View { looks, language };
    [view.head(), view.rates(), view.outcomes(), view.queues(), view.times(), view.slowest(), view.troubles()]
        .concat()
}

/// One look on one line.
pub(super) fn line(looks: &Looks, language: Language) -> String {
    let view = View { looks, language };
    let status = &looks.last;
    let rate = |of: fn(&Done) -> u64, scale: u64| view.rate(looks.done_in(1_000), of, scale);
    let n_files: u64 = status.queues.iter().map(|queue| queue.n_files).sum();
    let (documents, megabytes) = (rate(|it| it.documents, 1), rate(|it| it.bytes, 1_000_000));
    let (at, state, age) = (moment(status.now), view.state(), view.oldest());
    let n_troubles = status.n_troubles;
    match language {
        Language::Zh => format!(
            "{at} {state}；{documents} 份/秒，{megabytes} MB/秒；等待 {n_files} 个文件，最早 {age}；异常 {n_troubles}\n"
        ),
        Language::En => format!(
            "{at} {state}; {documents} documents/s, {megabytes} MB/s; files waiting: {n_files}, oldest {age}; troubles: {n_troubles}\n"
        ),
    }
}

struct View<'l> {
    looks: &'l Looks,
    language: Language,
}

impl View<'_> {
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        Words { zh, en }.in_language(self.language)
    }

    fn status(&self) -> &Status {
        &self.looks.last
    }

    fn head(&self) -> String {
        let status = self.status();
        let index = status.head.as_ref().map_or(NONE.to_owned(), |head| head.index.to_string());
        let (version, state, up) =
            (harmless(&status.version), self.state(), self.time(self.looks.uptime_millis()));
        let (at, waiting) = (moment(status.now), status.answers_waiting);
        let line = match self.language {
            Language::Zh => format!("clearance {version}  {at}  {state}，已运行 {up}  日志链 {index} 条\n"),
            Language::En => {
                format!("clearance {version}  {at}  {state}, up {up}  journal records: {index}\n")
            }
        };
        let stale = matches!(status.registers, Registers::Stale { .. }).then_some(self.say(
            "登记册：文件夹里的新内容有误，仍用原来的登记册\n",
            "registers: what is in the folder now does not load, those from before stay in use\n",
        ));
        let waiting = (waiting > 0).then(|| match self.language {
            Language::Zh => format!("送不出去的回执：{waiting} 份\n"),
            Language::En => format!("answers their folders do not take: {waiting}\n"),
        });
        let process = status.process.as_ref().map(|it| match (self.language, size(it.resident_bytes)) {
            (Language::Zh, memory) => format!("内存 {memory}，打开的文件 {} 个\n", it.n_open_files),
            (Language::En, memory) => format!("memory {memory}, open files: {}\n", it.n_open_files),
        });
        line + &process.unwrap_or_default() + stale.unwrap_or_default() + &waiting.unwrap_or_default()
    }

    fn state(&self) -> String {
        let words = match &self.status().state {
            State::Starting => Words { zh: "正在启动", en: "starting" },
            State::Ready => Words { zh: "运行中", en: "ready" },
            State::Draining => Words { zh: "正在收尾", en: "draining" },
            State::Stopped { reason } => {
                return format!("{}{}", self.say("已停止：", "stopped: "), harmless(reason));
            }
        };
        words.in_language(self.language).to_owned()
    }

    fn rates(&self) -> String {
        let stretches =
            [Some(1_000), Some(10_000), Some(60_000), None].map(|millis: Option<u64>| match millis {
                Some(millis) => self.looks.done_in(millis),
                None => Some(self.looks.done_in_all()),
            });
        let row = |name: &str, of: fn(&Done) -> u64, scale: u64| -> Vec<String> {
            let rates = stretches.iter().map(|done| self.rate(*done, of, scale));
            std::iter::once(name.to_owned()).chain(rates).collect()
        };
        let head = [
            self.say("速率", "rate"),
            self.say("1 秒", "1 s"),
            self.say("10 秒", "10 s"),
            self.say("60 秒", "60 s"),
            self.say("启动以来", "since start"),
        ];
        let rows = [
            row(self.say("文件/秒", "files/s"), |it| it.submissions, 1),
            row(self.say("份/秒", "documents/s"), |it| it.documents, 1),
            row("MB/s", |it| it.bytes, 1_000_000),
        ];
        grid(head, rows, 4)
    }

    /// A rate with one decimal.
    fn rate(&self, done: Option<Done>, of: fn(&Done) -> u64, scale: u64) -> String {
        let tenths = done.and_then(|it| Done::per_second_tenths(of(&it), it.millis * scale));
        tenths.map_or(NONE.to_owned(), |tenths| format!("{}.{}", tenths / 10, tenths % 10))
    }

    /// Outcomes and dispositions side by side, with what there is none of left out.
    fn outcomes(&self) -> String {
        let status = self.status();
        let outcome = |name: &str| OutcomeKind::ALL.iter().find(|it| it.name() == name).map(|it| it.words());
        let disposition =
            |name: &str| Disposition::ALL.iter().find(|it| it.name() == name).map(|it| it.words());
        let cell = |words: Option<Words>, name: &str| {
            words.map_or_else(|| harmless(name), |words| words.in_language(self.language).to_owned())
        };
        // The last column is set right by the table, this one in the middle by hand.
        let width = status.outcomes.iter().map(|(_, n)| n.to_string().len()).max().unwrap_or(0);
        let outcomes = status.outcomes.iter().filter(|(_, n)| *n > 0);
        let mut rows: Vec<[String; 4]> = outcomes
            .map(|(name, n)| {
                [cell(outcome(name), name), format!("{n:>width$}"), String::new(), String::new()]
            })
            .collect();
        for (idx, (name, n)) in status.dispositions.iter().enumerate() {
            if idx == rows.len() {
                rows.push(Default::default());
            }
            rows[idx][2] = cell(disposition(name), name);
            rows[idx][3] = n.to_string();
        }
        let head = [
            self.say("结果", "outcome"),
            self.say("份数", "documents"),
            self.say("处置", "disposition"),
            self.say("份数", "documents"),
        ];
        grid(head, rows, 1)
    }

    fn queues(&self) -> String {
        let mut queues: Vec<&Queue> = self.status().queues.iter().collect();
        queues.sort_by_key(|queue| std::cmp::Reverse(queue.oldest_millis));
        let rows = queues.iter().take(QUEUES_MAX).map(|queue| {
            let trouble = queue.trouble.as_deref().map_or(String::new(), harmless);
            [
                harmless(&queue.folders),
                harmless(&queue.business),
                trouble,
                queue.n_files.to_string(),
                size(queue.n_bytes),
                if queue.n_files == 0 { NONE.to_owned() } else { self.time(queue.oldest_millis) },
            ]
        });
        let head = [
            self.say("文件夹组", "folders"),
            self.say("业务类型", "business"),
            self.say("异常", "trouble"),
            self.say("等待文件", "files"),
            self.say("字节", "bytes"),
            self.say("最早", "oldest"),
        ];
        let table = grid(head, rows, 3);
        match queues.len().saturating_sub(QUEUES_MAX) {
            0 => table,
            n => match self.language {
                Language::Zh => format!("{table}另有 {n} 个文件夹未列出\n"),
                Language::En => format!("{table}and {n} more\n"),
            },
        }
    }

    fn times(&self) -> String {
        let status = self.status();
        let mut rows = vec![self.row_of_times(self.say("一轮", "turn"), |it| Some(&it.turn))];
        for (idx, kind) in status.stages.iter().enumerate() {
            rows.push(self.row_of_times(&self.stage(&kind.name), |it| Some(&it.stages.get(idx)?.times)));
        }
        for (idx, kind) in status.syncs.iter().enumerate() {
            rows.push(self.row_of_times(&self.sync(&kind.name), |it| Some(&it.syncs.get(idx)?.times)));
        }
        rows.push(
            self.row_of_times(self.say("收到至确认", "seen to acknowledged"), |it| {
                Some(&it.acknowledged)
            }),
        );
        let stretch = if self.looks.has_minute() {
            self.say("用时（近 60 秒）", "time (last 60 s)")
        } else {
            self.say("用时（启动以来）", "time (since start)")
        };
        let head = [stretch, self.say("次数", "times"), self.say("平均", "mean"), "p50 ≤", "p99 ≤"];
        grid(head, rows, 4)
    }

    fn row_of_times(&self, name: &str, of: impl Fn(&Status) -> Option<&Histogram>) -> [String; 5] {
        let times = self.looks.times(of);
        let mean = times.mean_micros().map_or(NONE.to_owned(), micros);
        let bound = |per_mille| match times.quantile(per_mille) {
            Some(Bound::Within { micros: it }) => micros(it),
            Some(Bound::Beyond { micros: it }) => format!("> {}", micros(it)),
            None => NONE.to_owned(),
        };
        [name.to_owned(), times.n().to_string(), mean, bound(500), bound(990)]
    }

    /// The stage that takes most of the time, and how much of it.
    fn slowest(&self) -> String {
        let sums: Vec<(u64, &str)> = (0..)
            .zip(&self.status().stages)
            .map(|(idx, StageTimes { name, .. })| {
                (self.looks.times(|it| Some(&it.stages.get(idx)?.times)).sum_micros, &**name)
            })
            .collect();
        let all: u64 = sums.iter().map(|(sum, _)| sum).sum();
        let Some((sum, name)) = sums.iter().max_by_key(|(sum, _)| *sum) else { return String::new() };
        let Some(percent) = (u128::from(*sum) * 100).checked_div(u128::from(all)) else {
            return String::new();
        };
        let stage = self.stage(name);
        match self.language {
            Language::Zh => format!("最慢环节：{stage}，占 {percent}%\n"),
            Language::En => format!("slowest stage: {stage}, {percent}% of the time\n"),
        }
    }

    fn stage(&self, name: &str) -> String {
        let words = match name {
            "scan" => Words { zh: "查看文件夹", en: "scan" },
            "settle" => Words { zh: "审核", en: "settle" },
            "sync" => Words { zh: "落盘", en: "sync" },
            "answer" => Words { zh: "回执与移动", en: "answer and move" },
            _ => return harmless(name),
        };
        words.in_language(self.language).to_owned()
    }

    fn sync(&self, name: &str) -> String {
        let what = match name {
            "evidence" => Words { zh: "原始报文", en: "evidence" },
            "journal" => Words { zh: "日志链", en: "journal" },
            "folders" => Words { zh: "文件夹", en: "folders" },
            _ => return harmless(name),
        };
        format!("{}{}", self.say("落盘：", "sync of "), what.in_language(self.language))
    }

    fn troubles(&self) -> String {
        let status = self.status();
        if status.troubles.is_empty() {
            return String::new();
        }
        let rows = status
            .troubles
            .iter()
            .rev()
            .take(TROUBLES_MAX)
            .map(|it| [moment(it.at), harmless(&it.place), harmless(&it.code), harmless(&it.detail)]);
        let head = [
            self.say("最近异常", "last troubles"),
            self.say("位置", "place"),
            self.say("代码", "code"),
            self.say("系统提示", "what the system said"),
        ];
        let table = grid(head, rows, 0);
        match self.language {
            Language::Zh => format!("{table}启动以来异常 {} 次\n", status.n_troubles),
            Language::En => format!("{table}troubles since start: {}\n", status.n_troubles),
        }
    }

    fn oldest(&self) -> String {
        let waiting = self.status().queues.iter().filter(|queue| queue.n_files > 0);
        waiting.map(|queue| queue.oldest_millis).max().map_or(NONE.to_owned(), |oldest| self.time(oldest))
    }

    /// A stretch of time in its two largest units.
    fn time(&self, millis: u64) -> String {
        let seconds = millis / 1_000;
        let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
        let say = |n: u64, zh, en| format!("{n} {}", self.say(zh, en));
        let (larger, smaller) = match seconds {
            ..60 => return say(seconds, "秒", "s"),
            60..3_600 => (say(minutes, "分", "min"), say(seconds % 60, "秒", "s")),
            3_600..86_400 => (say(hours, "小时", "h"), say(minutes, "分", "min")),
            86_400.. => (say(days, "天", "d"), say(hours, "小时", "h")),
        };
        format!("{larger} {smaller}")
    }
}

/// A moment at UTC+8, as everything else tells it.
fn moment(at: jiff::Timestamp) -> String {
    jiff::tz::offset(8).to_datetime(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// A time in the unit that suits it, with three figures at most before the unit.
fn micros(micros: u64) -> String {
    match micros {
        ..1_000 => format!("{micros} µs"),
        1_000..10_000 => format!("{}.{} ms", micros / 1_000, micros / 100 % 10),
        10_000..1_000_000 => format!("{} ms", micros / 1_000),
        1_000_000..10_000_000 => format!("{}.{} s", micros / 1_000_000, micros / 100_000 % 10),
        10_000_000.. => format!("{} s", micros / 1_000_000),
    }
}

/// Bytes in the unit that suits them.
fn size(bytes: u64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        1_000_000..1_000_000_000 => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
        1_000_000_000.. => format!("{}.{} GB", bytes / 1_000_000_000, bytes / 100_000_000 % 10),
    }
}

/// A text from elsewhere: it moves no cursor and sets no colour.
fn harmless(text: &str) -> String {
    text.chars().map(|it| if it.is_control() { '\u{fffd}' } else { it }).collect()
}
