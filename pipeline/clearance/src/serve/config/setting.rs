//! What can be set: the one list behind the reader, the schema and what is said of a fault.
//!
//! The list is ours and not derived from types, because a derived reader stops at the first fault and says it in one
//! language; here every fault is told at once, with its place, in the language of the desk.

use super::quantity::{SIZES, TIMES, Units};
use crate::record::Compression;
use model::finding::{Language, Words};

/// Something that can be set.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its key.
    pub key: &'static str,
    /// What stands there.
    pub kind: Kind,
    /// Whether it must be said.
    pub is_required: bool,
    /// What it is for.
    pub about: Words,
}

/// What stands behind a key.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Any text.
    Text,
    /// A name for logs and metrics: small letters, figures, hyphens.
    Id,
    /// A file or folder, below the folder of the configuration when it is relative.
    Path,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Encodings, with commas.
    Encodings,
    /// An address with its port, or `none`.
    Address(&'static str),
    /// A whole number.
    Number(Bounds),
    /// Bytes.
    Size(Bounds),
    /// Time, in milliseconds.
    Time(Bounds),
    /// Names of folders below the root.
    Businesses,
    /// Unified social credit codes.
    UnifiedCodes,
    /// A table.
    Table(&'static [Setting]),
    /// Tables, at least one.
    Tables(&'static [Setting]),
}

/// What a number may be, and is when it is not said.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// When it is not said; `None` for a number that has no usual value.
    pub usual: Option<u64>,
    /// At least.
    pub least: u64,
    /// At most.
    pub most: u64,
}

/// Characters of an id: they stand in every line of a log.
pub const ID_CHARS_MAX: usize = 32;
/// Where health and metrics are asked for when nothing is said: nobody else's machine reaches it.
pub const LISTEN_USUAL: &str = "127.0.0.1:9090";
/// Listens nowhere.
pub const LISTEN_NONE: &str = "none";

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;

/// The whole file.
pub static ROOT: &[Setting] = &[
    required(
        "data",
        Kind::Path,
        "数据文件夹：日志链、原始报文、索引",
        "data folder: journal, evidence, index",
    ),
    setting(
        "registers",
        Kind::Path,
        "登记册文件夹；不写则为数据文件夹下的 registers",
        "registers of the office; the folder `registers` in the data folder when not said",
    ),
    setting(
        "language",
        Kind::Choice(&["zh", "en"]),
        "原因和回执的语言；不写则随系统",
        "language of reasons and answers; that of the locale when not said",
    ),
    setting("threads", number(0, 0, 1_024), "线程数；0 为每个处理器核一个", "threads; one a core when 0"),
    setting(
        "window",
        Kind::Size(Bounds { usual: Some(512 * KIB), least: KIB, most: 256 * MIB }),
        "一次处理多少字节的单证；只影响速度和内存，clearance tune 可测出合适的值",
        "bytes of documents settled at once; changes speed and memory only, and `clearance tune` finds a good one",
    ),
    setting(
        "compression",
        Kind::Choice(&Compression::NAMES),
        "日志链的压缩：fastest 最快，smallest 最省空间；不写则为 fastest",
        "how hard the journal is packed, from `fastest` to `smallest`; `fastest` when not said",
    ),
    setting(
        "limits",
        Kind::Path,
        "收紧上限的 TOML 文件，与 run --limits 相同",
        "TOML file that tightens limits, as for `run --limits`",
    ),
    setting(
        "encodings",
        Kind::Encodings,
        "UTF-8 之外接受的编码：GB18030（含 GBK、GB2312）、UTF-16",
        "encodings taken beside UTF-8: GB18030 (with GBK and GB2312), UTF-16",
    ),
    setting(
        "rescan",
        time(5 * SECOND, 100, HOUR),
        "最长多久查看一次文件夹；网络共享没有通知，全靠它",
        "longest time between two looks at the folders; a share sends no events and depends on it",
    ),
    setting("turn", Kind::Table(TURN), "一轮处理多少", "how much is settled at once"),
    setting(
        "retry",
        Kind::Table(RETRY),
        "文件夹出了问题，隔多久再试",
        "when a folder that gave trouble is tried again",
    ),
    setting(
        "heads",
        Kind::Path,
        "公布链头的文件，须放在数据文件夹之外，最好在另一台机器上；不写则不公布",
        "file that heads of the journal are published to, best on another machine; nowhere when not said",
    ),
    setting("http", Kind::Table(HTTP), "健康检查和指标", "health and metrics"),
    setting("retention", Kind::Table(RETENTION), "归档", "what goes to an archive by its age"),
    required("folders", Kind::Tables(FOLDERS), "企业的文件夹组，一组一段", "folder sets, one table each"),
];

static TURN: &[Setting] = &[
    setting(
        "files",
        number(256, 1, 10_000),
        "一轮最多取多少个文件；其余留在 OutBox",
        "files taken at most in a turn; the others stay in OutBox",
    ),
    setting(
        "bytes",
        Kind::Size(Bounds { usual: Some(64 * MIB), least: MIB, most: 32 * GIB }),
        "一轮取满多少字节就不再取；更大的文件单独处理",
        "bytes after which no further file is taken; a larger file is taken alone",
    ),
    setting(
        "answers_waiting",
        number(100_000, 1, 10_000_000),
        "回执送不出去时最多积压多少份；再多就不再从该文件夹取文件",
        "answers that may wait for a folder that does not take them; beyond it nothing new is taken for that folder",
    ),
];

static RETRY: &[Setting] = &[
    setting("first", time(SECOND, 100, HOUR), "第一次出问题后隔多久", "after the first trouble"),
    setting(
        "longest",
        time(5 * MINUTE, SECOND, DAY),
        "每次加倍，最长隔多久",
        "twice as long each time, at most so long",
    ),
];

static HTTP: &[Setting] = &[
    setting(
        "listen",
        Kind::Address(LISTEN_USUAL),
        "地址和端口；没有口令，只宜开放给本机；none 为不开放",
        "address and port; there is no password, so keep it to this machine; none when nowhere",
    ),
    setting(
        "waiting",
        time(10 * MINUTE, SECOND, 7 * DAY),
        "最早的文件等了这么久，readyz 就报告未就绪",
        "age of the oldest waiting file beyond which readyz says not ready",
    ),
];

pub(super) static RETENTION: &[Setting] = &[
    setting(
        "archive",
        Kind::Path,
        "归档文件夹，须已建好，放在数据文件夹之外，可在另一磁盘；归档后仍须读得到",
        "folder of the archive, which must be there, on another disk perhaps; it is read when something old is asked for",
    ),
    setting(
        "raw_days",
        days(),
        "原始报文满多少天移入归档；不写则不移",
        "days after which raw messages go to the archive; they stay when not said",
    ),
    setting(
        "journal_days",
        days(),
        "日志分段满多少天移入归档；不写则不移",
        "days after which full segments of the journal go to the archive; they stay when not said",
    ),
];

static FOLDERS: &[Setting] = &[
    setting(
        "id",
        Kind::Id,
        "日志和指标里用的简称；不写则为序号",
        "short name in logs and metrics; its number when not said",
    ),
    setting("firm", Kind::Text, "企业名称，给人看的", "name of the firm, for people"),
    required(
        "root",
        Kind::Path,
        "根文件夹：每个业务类型一个子文件夹",
        "root: a folder for each business type",
    ),
    setting(
        "types",
        Kind::Businesses,
        "业务类型；不写则为根文件夹下每个带 OutBox 的子文件夹",
        "business types; every folder of the root that holds an OutBox when not said",
    ),
    setting(
        "declarants",
        Kind::UnifiedCodes,
        "可在此申报的单位，统一社会信用代码；不写则不限",
        "who may file here, by unified social credit code; anybody when not said",
    ),
];

const fn setting(key: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Setting {
    Setting { key, kind, is_required: false, about: Words { zh, en } }
}

const fn required(key: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Setting {
    Setting { key, kind, is_required: true, about: Words { zh, en } }
}

const fn number(usual: u64, least: u64, most: u64) -> Kind {
    Kind::Number(Bounds { usual: Some(usual), least, most })
}

const fn time(usual: u64, least: u64, most: u64) -> Kind {
    Kind::Time(Bounds { usual: Some(usual), least, most })
}

/// A hundred years: a typing error, not a period.
const fn days() -> Kind {
    Kind::Number(Bounds { usual: None, least: 1, most: 36_500 })
}

impl Kind {
    /// What a number may be, when it is one.
    pub fn bounds(&self) -> Option<Bounds> {
        match self {
            Kind::Number(bounds) | Kind::Size(bounds) | Kind::Time(bounds) => Some(*bounds),
            _ => None,
        }
    }

    /// The units a number is written in, when it has some.
    pub fn units(&self) -> Option<&'static Units> {
        match self {
            Kind::Size(_) => Some(&SIZES),
            Kind::Time(_) => Some(&TIMES),
            _ => None,
        }
    }

    /// A number of this kind as the file writes it, without quotes.
    pub fn written(&self, number: u64) -> String {
        self.units().map_or_else(|| number.to_string(), |units| units.written(number))
    }

    /// The settings of the tables that stand there.
    pub fn inner(&self) -> &'static [Setting] {
        match self {
            Kind::Table(settings) | Kind::Tables(settings) => settings,
            _ => &[],
        }
    }
}

impl Setting {
    /// What must stand there, with an example.
    pub fn wanted(&self, language: Language) -> String {
        let say = |zh: &str, en: &str| match language {
            Language::Zh => zh.to_owned(),
            Language::En => en.to_owned(),
        };
        match self.kind {
            Kind::Text => say("引号内的文本", "a text in quotes"),
            Kind::Id => say("引号内的简称，如 \"a1\"", "a short name in quotes, e.g. \"a1\""),
            Kind::Path => say("引号内的路径", "a path in quotes"),
            Kind::Choice(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
                words.join(&say(" 或 ", " or "))
            }
            Kind::Encodings => say("编码，如 \"GB18030, UTF-16\"", "encodings, e.g. \"GB18030, UTF-16\""),
            Kind::Address(usual) => match language {
                Language::Zh => format!("地址和端口，如 \"{usual}\"，或 \"{LISTEN_NONE}\""),
                Language::En => format!("an address and its port, e.g. \"{usual}\", or \"{LISTEN_NONE}\""),
            },
            Kind::Number(_) => say("整数，不加引号", "a whole number without quotes"),
            Kind::Size(_) => say(
                "大小，带单位 B、KiB、MiB、GiB 或 TiB，如 \"64 MiB\"",
                "a size with its unit, B, KiB, MiB, GiB or TiB, e.g. \"64 MiB\"",
            ),
            Kind::Time(_) => say(
                "时长，带单位 ms、s、min、h 或 d，如 \"5 s\"",
                "a time with its unit, ms, s, min, h or d, e.g. \"5 s\"",
            ),
            Kind::Businesses => {
                say("文件夹名称的列表，如 [\"Deccus001\"]", "a list of folder names, e.g. [\"Deccus001\"]")
            }
            Kind::UnifiedCodes => {
                say("统一社会信用代码的列表", "a list of unified social credit codes, each in quotes")
            }
            Kind::Table(_) => say(&format!("一段 [{}]", self.key), &format!("a table [{}]", self.key)),
            Kind::Tables(_) => {
                say(&format!("一段或几段 [[{}]]", self.key), &format!("tables [[{}]], one or more", self.key))
            }
        }
    }
}
