//! What can be wrong with a configuration, as data, and as a sentence with its remedy in both languages.

use super::setting::{ID_CHARS_MAX, Setting};
use crate::registers::Reason as OfRegister;
use model::finding::{Language, Words};
use model::party::unified_code::UnifiedCodeDefect;
use serde::Serialize;
use std::fmt;

/// Characters of a value that a sentence repeats.
const SHOWN_MAX: usize = 60;

/// A place in the file, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line.
    pub line: u64,
    /// Column.
    pub column: u64,
}

/// Something wrong in the file, or with what it names.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Where; `None` when it is the file as a whole.
    pub place: Option<Place>,
    /// The key, with those of the tables around it; tables of one name count from 1. Empty when it is no setting.
    pub key: String,
    /// What.
    pub reason: Reason,
}

/// Why a setting cannot be used.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the fields are the values the sentence names")]
pub enum Reason {
    /// The file system refused.
    Unreadable { why: String },
    /// The file is longer than people write.
    TooLong { bytes: u64, limit: u64 },
    /// Bytes that are no UTF-8.
    NotUtf8,
    /// No TOML.
    Toml { message: String },
    /// A key nobody reads.
    Unknown { near: Option<&'static str> },
    /// A key that must be there.
    Missing { setting: &'static Setting },
    /// A value of another kind.
    Kind { setting: &'static Setting, found: Words },
    /// A text that cannot be read as what it should be.
    Malformed { setting: &'static Setting, value: String },
    /// A number outside its bounds.
    Bounds { setting: &'static Setting, value: u64 },
    /// A text or a list without anything in it.
    Empty,
    /// No name for logs and metrics.
    Id { value: String },
    /// No name of a folder below the root.
    Business { value: String },
    /// No unified social credit code.
    UnifiedCode { value: String, defect: UnifiedCodeDefect },
    /// No encodings.
    Encodings { why: String },
    /// The file of limits cannot be used.
    Limits { why: String },
    /// What an earlier line says already.
    Twice { line: u64 },
    /// A folder around or inside that of another line.
    Overlap { line: u64 },
    /// The first wait is longer than the longest.
    FirstLongest,
    /// No such folder.
    Absent { path: String },
    /// Something else than a folder: a file, or a link, which is never followed.
    NotFolder { path: String },
    /// No folder of the root holds an `OutBox`.
    NoBusiness,
    /// The folder cannot be written to.
    NotWritable { path: String, why: String },
    /// A file cannot be moved from one folder to the other.
    NotMovable { from: String, to: String, why: String },
    /// The same folder as that of an earlier line, under another name.
    SameFolder { line: u64 },
    /// Registers that do not load.
    Registers { path: String },
}

/// What does no harm by itself, but may not have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Health and metrics can be asked for from other machines.
    Open,
    /// There are no registers: every firm is unknown.
    NoRegisters,
}

/// Everything that is wrong with one file.
#[derive(Debug)]
pub struct Faults {
    /// The file, as it was named.
    pub file: String,
    /// At least one, in the order of their places.
    pub faults: Vec<Fault>,
}

impl std::error::Error for Faults {}

impl fmt::Display for Faults {
    /// All of them, for whoever wanted to serve and not to check.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.in_language(Language::En).trim_end())
    }
}

impl Faults {
    /// A line for each fault, as a compiler would.
    pub fn in_language(&self, language: Language) -> String {
        self.faults.iter().map(|fault| fault.line(&self.file, language) + "\n").collect()
    }
}

impl Fault {
    /// The fault on one line: `file:line:column: key: what; remedy`.
    pub fn line(&self, file: &str, language: Language) -> String {
        let sentence = self.reason.in_language(language);
        let place = self.place.map_or(String::new(), |at| format!(":{}:{}", at.line, at.column));
        let key = if self.key.is_empty() { String::new() } else { format!("{}: ", self.key) };
        format!("{file}{place}: {key}{sentence}")
    }

    /// The fault as a JSON object on one line.
    pub fn json(&self, file: &str) -> String {
        #[derive(Serialize)]
        struct Line<'l> {
            kind: &'static str,
            file: &'l str,
            line: Option<u64>,
            column: Option<u64>,
            key: &'l str,
            reason: &'static str,
            zh: String,
            en: String,
        }
        let line = Line {
            kind: "fault",
            file,
            line: self.place.map(|at| at.line),
            column: self.place.map(|at| at.column),
            key: &self.key,
            reason: self.reason.code(),
            zh: self.reason.zh(),
            en: self.reason.en(),
        };
        serde_json::to_string(&line).expect("a line has text keys and no failing parts")
    }
}

impl Notice {
    /// The notice as a sentence.
    pub fn in_language(&self, language: Language) -> &'static str {
        let words = match self {
            Notice::Open => Words {
                zh: "健康检查和指标对其他机器开放，没有口令",
                en: "other machines can ask for health and metrics, and there is no password",
            },
            Notice::NoRegisters => Words {
                zh: "登记册文件夹不存在，所有企业按未登记处理",
                en: "there is no folder of registers, every firm is unknown",
            },
        };
        words.in_language(language)
    }

    /// Stable name for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Notice::Open => "open-to-network",
            Notice::NoRegisters => "no-registers",
        }
    }
}

impl Reason {
    /// Stable name for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Reason::Unreadable { .. } => "unreadable",
            Reason::TooLong { .. } => "too-long",
            Reason::NotUtf8 => "not-utf-8",
            Reason::Toml { .. } => "toml",
            Reason::Unknown { .. } => "unknown",
            Reason::Missing { .. } => "missing",
            Reason::Kind { .. } => "kind",
            Reason::Malformed { .. } => "malformed",
            Reason::Bounds { .. } => "bounds",
            Reason::Empty => "empty",
            Reason::Id { .. } => "id",
            Reason::Business { .. } => "business",
            Reason::UnifiedCode { .. } => "unified-code",
            Reason::Encodings { .. } => "encodings",
            Reason::Limits { .. } => "limits",
            Reason::Twice { .. } => "twice",
            Reason::Overlap { .. } => "overlap",
            Reason::FirstLongest => "first-longest",
            Reason::Absent { .. } => "absent",
            Reason::NotFolder { .. } => "not-folder",
            Reason::NoBusiness => "no-business",
            Reason::NotWritable { .. } => "not-writable",
            Reason::NotMovable { .. } => "not-movable",
            Reason::SameFolder { .. } => "same-folder",
            Reason::Registers { .. } => "registers",
        }
    }

    /// The reason as a sentence, with what to do about it.
    pub fn in_language(&self, language: Language) -> String {
        match language {
            Language::Zh => self.zh(),
            Language::En => self.en(),
        }
    }

    fn zh(&self) -> String {
        match self {
            Reason::Unreadable { why } => format!("无法读取：{why}；请核对路径和权限"),
            Reason::TooLong { bytes, limit } => {
                format!("文件有 {bytes} 字节，上限为 {limit} 字节；请核对是否指错了文件")
            }
            Reason::NotUtf8 => "不是 UTF-8 编码；请另存为 UTF-8".to_owned(),
            Reason::Toml { message } => format!("不符合 TOML 格式：{message}"),
            Reason::Unknown { near: Some(near) } => format!("没有这一项；是否应为“{near}”"),
            Reason::Unknown { near: None } => {
                "没有这一项；请删去，全部设置见 clearance config schema".to_owned()
            }
            Reason::Missing { setting } => {
                format!("缺少此项（{}）；请填写{}", setting.about.zh, setting.wanted(Language::Zh))
            }
            Reason::Kind { setting, found } => {
                format!("此处是{}；应为{}", found.zh, setting.wanted(Language::Zh))
            }
            Reason::Malformed { setting, value } => {
                format!("“{}”无法识别；应为{}", shown(value), setting.wanted(Language::Zh))
            }
            Reason::Bounds { setting, value } => {
                let (value, least, most) = bounds(setting, *value);
                format!("“{value}”超出范围；应在 {least} 至 {most} 之间")
            }
            Reason::Empty => "不能为空；请填写，或删去此项".to_owned(),
            Reason::Id { value } => format!(
                "“{}”不能作简称；只用小写字母、数字和连字符，不超过 {ID_CHARS_MAX} 个字符",
                shown(value)
            ),
            Reason::Business { value } => {
                format!("“{}”不能作业务类型；应为根文件夹下一个子文件夹的名称", shown(value))
            }
            Reason::UnifiedCode { value, defect } => of_register(value, *defect).in_language(Language::Zh),
            Reason::Encodings { why } => format!("编码有误：{why}"),
            Reason::Limits { why } => format!("上限文件有误：{why}；可收紧的上限见 formats/hostile.md"),
            Reason::Twice { line } => format!("与第 {line} 行相同；每组须各不相同"),
            Reason::Overlap { line } => {
                format!("与第 {line} 行的文件夹互相包含；请放到彼此之外的文件夹")
            }
            Reason::FirstLongest => "first 大于 longest；请改小 first 或改大 longest".to_owned(),
            Reason::Absent { path } => format!("文件夹 {path} 不存在；请建立，或更正路径"),
            Reason::NotFolder { path } => format!("{path} 不是文件夹；链接不予跟随，请写实际路径"),
            Reason::NoBusiness => {
                "没有一个子文件夹带 OutBox；请核对根文件夹，或先建立业务类型的文件夹".to_owned()
            }
            Reason::NotWritable { path, why } => {
                format!("文件夹 {path} 不能写入：{why}；请以运行服务的用户授予写权限")
            }
            Reason::NotMovable { from, to, why } => {
                format!("文件不能从 {from} 移到 {to}：{why}；两者须在同一文件系统上")
            }
            Reason::SameFolder { line } => {
                format!("与第 {line} 行是同一个文件夹，只是路径不同；请删去其中一组")
            }
            Reason::Registers { path } => {
                format!("{path} 的登记册不能载入；请运行 clearance register check 查看")
            }
        }
    }

    fn en(&self) -> String {
        match self {
            Reason::Unreadable { why } => format!("cannot read: {why}; check the path and who may read it"),
            Reason::TooLong { bytes, limit } => {
                format!("the file has {bytes} bytes, the limit is {limit}; is it the right file")
            }
            Reason::NotUtf8 => "not UTF-8; save the file as UTF-8".to_owned(),
            Reason::Toml { message } => format!("no TOML: {message}"),
            Reason::Unknown { near: Some(near) } => {
                format!("there is no such setting; did you mean `{near}`")
            }
            Reason::Unknown { near: None } => {
                "there is no such setting; remove it, `clearance config schema` names all".to_owned()
            }
            Reason::Missing { setting } => {
                format!("missing ({}); write {}", setting.about.en, setting.wanted(Language::En))
            }
            Reason::Kind { setting, found } => {
                format!("found {}; write {}", found.en, setting.wanted(Language::En))
            }
            Reason::Malformed { setting, value } => {
                format!("\"{}\" cannot be read; write {}", shown(value), setting.wanted(Language::En))
            }
            Reason::Bounds { setting, value } => {
                let (value, least, most) = bounds(setting, *value);
                format!("{value} is out of bounds; it can be {least} to {most}")
            }
            Reason::Empty => "empty; say something, or remove the setting".to_owned(),
            Reason::Id { value } => format!(
                "\"{}\" is no short name; use small letters, figures and hyphens, at most {ID_CHARS_MAX}",
                shown(value)
            ),
            Reason::Business { value } => {
                format!("\"{}\" is no business type; write the name of a folder of the root", shown(value))
            }
            Reason::UnifiedCode { value, defect } => of_register(value, *defect).in_language(Language::En),
            Reason::Encodings { why } => why.clone(),
            Reason::Limits { why } => format!("{why}; formats/hostile.md names the limits"),
            Reason::Twice { line } => format!("the same as on line {line}; each set needs its own"),
            Reason::Overlap { line } => {
                format!("around or inside the folder of line {line}; use folders apart from each other")
            }
            Reason::FirstLongest => "`first` is longer than `longest`; mend one of them".to_owned(),
            Reason::Absent { path } => format!("there is no folder {path}; make it, or mend the path"),
            Reason::NotFolder { path } => {
                format!("{path} is no folder; links are not followed, write where it leads")
            }
            Reason::NoBusiness => {
                "no folder of the root holds an OutBox; mend the root, or make the folders first".to_owned()
            }
            Reason::NotWritable { path, why } => {
                format!("cannot write to the folder {path}: {why}; let the user of the service write there")
            }
            Reason::NotMovable { from, to, why } => {
                format!("cannot move a file from {from} to {to}: {why}; both must be on one file system")
            }
            Reason::SameFolder { line } => {
                format!("the same folder as that of line {line} under another name; remove one of the sets")
            }
            Reason::Registers { path } => {
                format!("the registers in {path} do not load; run `clearance register check`")
            }
        }
    }
}

/// A bad code is told in the words of the registers.
fn of_register(value: &str, defect: UnifiedCodeDefect) -> OfRegister {
    OfRegister::UnifiedCode { value: value.to_owned(), defect }
}

fn bounds(setting: &Setting, value: u64) -> (String, String, String) {
    let (least, most) = setting.kind.bounds().map_or((0, u64::MAX), |bounds| (bounds.least, bounds.most));
    (setting.kind.written(value), setting.kind.written(least), setting.kind.written(most))
}

/// A value for one line: no controls, not long.
fn shown(value: &str) -> String {
    let mut chars = value.chars();
    let shown: String = chars.by_ref().take(SHOWN_MAX).flat_map(char::escape_debug).collect();
    if chars.next().is_some() { shown + "…" } else { shown }
}
