//! What `clearance register check` says: a line for each fault as a compiler would, notices, and one line of counts.

use super::fault::{BadRow, Reason};
use super::{BadFolder, Count, Loaded, Notice, RegisterError};
use model::digest::push_hex;
use model::finding::{Language, Words};
use serde::Serialize;
use std::fmt;

/// Writes the report of a load for a person.
pub fn report(loaded: &Result<Loaded, RegisterError>, language: Language, into: &mut String) {
    let mut line = |text: String| {
        into.push_str(&text);
        into.push('\n');
    };
    match loaded {
        Ok(loaded) => {
            notices(&loaded.notices, loaded.n_more_notices, language).for_each(&mut line);
            line(summary(&LOADED, &loaded.counts, language));
        }
        Err(RegisterError::Bad(bad)) => {
            bad.rows.iter().map(|row| bad_row(row, language)).for_each(&mut line);
            and_more(bad.n_more, language).into_iter().for_each(&mut line);
            notices(&bad.notices, bad.n_more_notices, language).for_each(&mut line);
            line(summary(&NOT_LOADED, &bad.counts, language));
        }
        Err(error @ RegisterError::Io { path, source }) => line(match language {
            Language::Zh => format!("{}：无法读取：{source}", path.display()),
            Language::En => error.to_string(),
        }),
        Err(error @ RegisterError::NoFolder { path }) => line(match language {
            Language::Zh => format!("{}：登记册文件夹不存在", path.display()),
            Language::En => error.to_string(),
        }),
    }
}

/// The first notices of a load as sentences, and how many more there are.
pub fn first_notices(loaded: &Loaded, n_max: usize, language: Language) -> impl Iterator<Item = String> {
    let shown = &loaded.notices[..loaded.notices.len().min(n_max)];
    let n_more = (loaded.notices.len() - shown.len()) as u64 + loaded.n_more_notices;
    notices(shown, n_more, language)
}

/// Writes the report of a load for a program, one JSON object a line; the last is a summary, or says what could
/// not be read.
pub fn to_json_lines(loaded: &Result<Loaded, RegisterError>, into: &mut String) {
    match loaded {
        Ok(loaded) => {
            json_notices(&loaded.notices, into);
            let digest = format!("b3:{}", hex(&loaded.registers.digest));
            json_summary(true, Some(&digest), &loaded.counts, [0, loaded.n_more_notices], into);
        }
        Err(RegisterError::Bad(bad)) => {
            bad.rows.iter().for_each(|row| json(&Line::of_row(row), into));
            json_notices(&bad.notices, into);
            json_summary(false, None, &bad.counts, [bad.n_more, bad.n_more_notices], into);
        }
        Err(RegisterError::Io { path, source }) => {
            json(&Line::Unreadable { path: path.display().to_string(), message: source.to_string() }, into);
        }
        Err(RegisterError::NoFolder { path }) => {
            let message = "there is no such folder".to_owned();
            json(&Line::Unreadable { path: path.display().to_string(), message }, into);
        }
    }
}

const LOADED: Words = Words { zh: "登记册可用", en: "registers are good" };
const NOT_LOADED: Words = Words { zh: "登记册未载入", en: "registers do not load" };

impl Notice {
    /// The notice as a sentence.
    pub fn in_language(&self, language: Language) -> String {
        match language {
            Language::Zh => self.zh(),
            Language::En => self.en(),
        }
    }

    fn zh(&self) -> String {
        match self {
            Notice::NoFolder => "登记册文件夹不存在，所有企业按未登记处理".to_owned(),
            Notice::UnknownFile { file } => format!("{}：未知文件，未读取", file.escape_debug()),
            Notice::UnknownColumn { file, header } if header.is_empty() => {
                format!("{file}：有一列没有列名，未读取")
            }
            Notice::UnknownColumn { file, header } => {
                format!("{file}：未知列“{}”，未读取", header.escape_debug())
            }
        }
    }

    fn en(&self) -> String {
        match self {
            Notice::NoFolder => "there is no folder of registers, every firm is unknown".to_owned(),
            Notice::UnknownFile { file } => format!("{}: unknown file, not read", file.escape_debug()),
            Notice::UnknownColumn { file, header } if header.is_empty() => {
                format!("{file}: a column without a name, not read")
            }
            Notice::UnknownColumn { file, header } => {
                format!("{file}: unknown column \"{}\", not read", header.escape_debug())
            }
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Notice::NoFolder => "no-folder",
            Notice::UnknownFile { .. } => "unknown-file",
            Notice::UnknownColumn { .. } => "unknown-column",
        }
    }
}

impl fmt::Display for BadFolder {
    /// The first fault and how many there are, for whoever wanted to load and not to check.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n_faults = self.rows.len() as u64 + self.n_more;
        let first = self.rows.first().map(|row| bad_row(row, Language::En)).unwrap_or_default();
        write!(f, "registers do not load, {n_faults} wrong: {first}; see `clearance register check`")
    }
}

fn bad_row(row: &BadRow, language: Language) -> String {
    let BadRow { file, line, reason, .. } = row;
    let reason = reason.in_language(language);
    match row.column_shown() {
        Some(column) => format!("{file}:{line}:{}: {reason}", column.escape_debug()),
        None => format!("{file}:{line}: {reason}"),
    }
}

fn and_more(n_more: u64, language: Language) -> Option<String> {
    (n_more > 0).then(|| match language {
        Language::Zh => format!("另有 {n_more} 处错误未列出"),
        Language::En => format!("and {n_more} more"),
    })
}

fn notices(notices: &[Notice], n_more: u64, language: Language) -> impl Iterator<Item = String> {
    let head = Words { zh: "提示：", en: "notice: " }.in_language(language);
    let more = (n_more > 0).then(|| match language {
        Language::Zh => format!("{head}另有 {n_more} 条未列出"),
        Language::En => format!("{head}and {n_more} more"),
    });
    notices.iter().map(move |notice| format!("{head}{}", notice.in_language(language))).chain(more)
}

fn summary(verdict: &Words, counts: &[Count], language: Language) -> String {
    let (colon, comma) = match language {
        Language::Zh => ("：", "；"),
        Language::En => (": ", "; "),
    };
    let n_absent = counts.iter().filter(|count| !count.present).count();
    let present = counts.iter().filter(|count| count.present).map(|count| counted(count, language));
    let absent = (n_absent > 0).then(|| match language {
        Language::Zh => format!("另有 {n_absent} 个登记册没有文件"),
        Language::En => format!("{n_absent} absent"),
    });
    let counts: Vec<String> = present.chain(absent).collect();
    format!("{}{colon}{}", verdict.in_language(language), counts.join(comma))
}

fn counted(count: &Count, language: Language) -> String {
    let Count { file, n_rows, n_bad, .. } = count;
    match (language, n_bad) {
        (Language::Zh, 0) => format!("{file} {n_rows} 行"),
        (Language::Zh, _) => format!("{file} {n_rows} 行，有误 {n_bad} 行"),
        (Language::En, 0) => format!("{file} {n_rows} {}", rows(*n_rows)),
        (Language::En, _) => format!("{file} {n_rows} {}, {n_bad} wrong", rows(*n_rows)),
    }
}

fn rows(n_rows: u64) -> &'static str {
    if n_rows == 1 { "row" } else { "rows" }
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Line<'l> {
    BadRow {
        file: &'l str,
        line: u64,
        column: Option<&'l str>,
        header: Option<&'l str>,
        reason: &'l str,
        zh: String,
        en: String,
    },
    Notice {
        notice: &'l str,
        zh: String,
        en: String,
    },
    Unreadable {
        path: String,
        message: String,
    },
    Summary {
        loaded: bool,
        digest: Option<&'l str>,
        files: Vec<FileLine>,
        bad_rows_not_listed: u64,
        notices_not_listed: u64,
    },
}

#[derive(Serialize)]
struct FileLine {
    file: &'static str,
    present: bool,
    rows: u64,
    bad: u64,
}

impl Line<'_> {
    fn of_row(row: &BadRow) -> Line<'_> {
        let say = |language| Reason::in_language(&row.reason, language);
        Line::BadRow {
            file: row.file,
            line: row.line,
            column: row.column,
            header: row.header.as_deref(),
            reason: row.reason.code(),
            zh: say(Language::Zh),
            en: say(Language::En),
        }
    }
}

fn json_notices(notices: &[Notice], into: &mut String) {
    for notice in notices {
        let (zh, en) = (notice.in_language(Language::Zh), notice.in_language(Language::En));
        json(&Line::Notice { notice: notice.code(), zh, en }, into);
    }
}

fn json_summary(
    loaded: bool,
    digest: Option<&str>,
    counts: &[Count],
    not_listed: [u64; 2],
    into: &mut String,
) {
    let files = counts.iter().map(|count| FileLine {
        file: count.file,
        present: count.present,
        rows: count.n_rows,
        bad: count.n_bad,
    });
    let [bad_rows_not_listed, notices_not_listed] = not_listed;
    let files = files.collect();
    json(&Line::Summary { loaded, digest, files, bad_rows_not_listed, notices_not_listed }, into);
}

fn json(line: &Line<'_>, into: &mut String) {
    // Names and numbers only: nothing in a line can fail to be written.
    into.push_str(&serde_json::to_string(line).expect("a line has text keys and no failing parts"));
    into.push('\n');
}

pub(super) fn hex(digest: &[u8; 32]) -> String {
    let mut text = String::new();
    push_hex(digest, &mut text);
    text
}
