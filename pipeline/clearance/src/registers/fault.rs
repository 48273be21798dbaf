//! What can be wrong with a register, as data, and as a sentence in both languages.

use super::ROW_BYTES_MAX;
use super::column::Cell;
use super::register::Register;
use jiff::civil::Date;
use model::finding::Language;
use model::party::unified_code::{self, UnifiedCodeDefect};

/// Characters of a value that a sentence repeats: enough to find it, short enough for one line.
const SHOWN_MAX: usize = 60;

/// One cell is wrong.
#[derive(Debug)]
pub(super) struct Fault {
    /// Number of the column in the register.
    pub(super) column: usize,
    /// Why.
    pub(super) reason: Reason,
}

/// Something wrong in one row of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Name of the file.
    pub file: &'static str,
    /// Line of the file on which the row starts, from 1; a quoted value may go on below.
    pub line: u64,
    /// English name of the column; `None` when the row or the file as a whole is wrong.
    pub column: Option<&'static str>,
    /// The column as the header of the file writes it, when it does.
    pub header: Option<String>,
    /// What is wrong.
    pub reason: Reason,
}

impl BadRow {
    /// A row, or the file itself on its first line.
    pub(super) fn whole(register: &Register, line: u64, reason: Reason) -> BadRow {
        BadRow { file: register.file, line, column: None, header: None, reason }
    }

    /// The column a reader will look for: as the file writes it, else the English name.
    pub fn column_shown(&self) -> Option<&str> {
        self.header.as_deref().or(self.column)
    }
}

/// Why a row does not load.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are the values the sentence names")]
pub enum Reason {
    /// The file is longer than a register may be.
    FileTooLong { bytes: u64, limit: u64 },
    /// The file is UTF-16.
    Utf16,
    /// The file has no header row.
    NoHeader,
    /// A required column is not in the header.
    ColumnMissing { zh: &'static str },
    /// Two header cells name the same column.
    ColumnTwice,
    /// Bytes that are no UTF-8.
    NotUtf8,
    /// More or fewer values than the header has names.
    CellCount { found: usize, expected: usize },
    /// A quote is opened and never closed.
    OpenQuote,
    /// Something follows a closing quote.
    AfterQuote,
    /// The row is longer than a row may be.
    RowTooLong,
    /// A required cell is empty.
    Empty,
    /// No unified social credit code.
    UnifiedCode { value: String, defect: UnifiedCodeDefect },
    /// No customs code.
    CustomsCode { value: String, found: usize },
    /// A character no code has.
    CodeCharacter { value: String, found: char },
    /// A code that a spreadsheet turned into a quantity.
    Scientific { value: String },
    /// A control character, or the mark of a failed conversion.
    Unprintable { found: char },
    /// No day of the form `yyyy-MM-dd`.
    Day { value: String },
    /// Neither a day nor a moment of the form `yyyy-MM-dd HH:mm`.
    Moment { value: String },
    /// No month of the form `yyyy-MM`.
    Month { value: String },
    /// Not so many figures.
    Figures { value: String, min: usize, max: usize },
    /// No plain number.
    NoAmount { value: String },
    /// A number with separators between its thousands.
    ThousandsSeparator { value: String },
    /// A number with more places than are kept, or too large.
    AmountSize { value: String },
    /// A negative number.
    Negative { value: String },
    /// 0 where there must be something.
    NotPositive { value: String },
    /// A factor outside 0 < f ≤ 1.
    Factor { value: String },
    /// A percentage outside 0 < p ≤ 100 (FEE-017).
    Percent { value: String },
    /// A relief by year that is no cap (FEE-018).
    YearOfCap { kind: String },
    /// No whole number, or outside its bounds.
    Whole { value: String, min: u32, max: u32 },
    /// None of the words this column may hold.
    Word { value: String, words: String },
    /// No country.
    Country { value: String },
    /// No currency.
    Currency { value: String },
    /// Neither `zone` nor `all` nor unified codes.
    Firms { value: String },
    /// A grade the regime does not have.
    Grade { value: String, regime: &'static str, words: String },
    /// The number of the decision is missing, and the rule that asks for it.
    NoDecision { rule: &'static str },
    /// An order that names neither declaration nor contract.
    NoConsignment,
    /// Another row of the same key counts on one of these days.
    Overlap { line: u64 },
    /// No TOML.
    Toml { message: String },
    /// A value with values inside where one value belongs.
    NotPlain,
    /// Something else than `[[policy]]` under the name.
    NotTables,
    /// The interval ends before it begins.
    IntervalInverted { from: Date, to: Date },
    /// The interval ends where it begins, so that no day lies inside.
    IntervalEmpty { day: Date },
    /// The key of an earlier row.
    Duplicate { value: String, line: u64 },
    /// No SHA-256 in hexadecimal.
    CommitmentShape,
    /// The commitment is not the SHA-256 of the secret that stands beside it.
    CommitmentMissed,
    /// A revealed draw without its secret.
    RevealedWithoutSecret,
    /// A secret revealed before the day it is for.
    RevealedTooEarly { day: Date },
}

impl Fault {
    /// An interval that holds no day. `[from, to)` is half-open, so both on one day is empty.
    pub(super) fn of_interval(from: Cell<'_>, to: Cell<'_>) -> Option<Fault> {
        let (first, end) = (from.day()?, to.day()?);
        if end < first {
            return Some(to.fault(Reason::IntervalInverted { from: first, to: end }));
        }
        (end == first).then(|| to.fault(Reason::IntervalEmpty { day: first }))
    }
}

impl Reason {
    /// Stable name for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Reason::FileTooLong { .. } => "file-too-long",
            Reason::Utf16 => "utf-16",
            Reason::NoHeader => "no-header",
            Reason::ColumnMissing { .. } => "column-missing",
            Reason::ColumnTwice => "column-twice",
            Reason::NotUtf8 => "not-utf-8",
            Reason::CellCount { .. } => "cell-count",
            Reason::OpenQuote => "open-quote",
            Reason::AfterQuote => "after-quote",
            Reason::RowTooLong => "row-too-long",
            Reason::Empty => "empty",
            Reason::UnifiedCode { .. } => "unified-code",
            Reason::CustomsCode { .. } => "customs-code",
            Reason::CodeCharacter { .. } => "code-character",
            Reason::Scientific { .. } => "scientific",
            Reason::Unprintable { .. } => "unprintable",
            Reason::Day { .. } => "day",
            Reason::Moment { .. } => "moment",
            Reason::Month { .. } => "month",
            Reason::Figures { .. } => "figures",
            Reason::NoAmount { .. } => "no-amount",
            Reason::ThousandsSeparator { .. } => "thousands-separator",
            Reason::AmountSize { .. } => "amount-size",
            Reason::Negative { .. } => "negative",
            Reason::NotPositive { .. } => "not-positive",
            Reason::Factor { .. } => "factor",
            Reason::Percent { .. } => "percent",
            Reason::YearOfCap { .. } => "year-of-cap",
            Reason::Whole { .. } => "whole",
            Reason::Word { .. } => "word",
            Reason::Country { .. } => "country",
            Reason::Currency { .. } => "currency",
            Reason::Firms { .. } => "firms",
            Reason::Grade { .. } => "grade",
            Reason::NoDecision { .. } => "no-decision",
            Reason::NoConsignment => "no-consignment",
            Reason::Overlap { .. } => "overlap",
            Reason::Toml { .. } => "toml",
            Reason::NotPlain => "not-plain",
            Reason::NotTables => "not-tables",
            Reason::IntervalInverted { .. } => "interval-inverted",
            Reason::IntervalEmpty { .. } => "interval-empty",
            Reason::Duplicate { .. } => "duplicate",
            Reason::CommitmentShape => "commitment-shape",
            Reason::CommitmentMissed => "commitment-missed",
            Reason::RevealedWithoutSecret => "revealed-without-secret",
            Reason::RevealedTooEarly { .. } => "revealed-too-early",
        }
    }

    /// The reason as a sentence.
    pub fn in_language(&self, language: Language) -> String {
        match language {
            Language::Zh => self.zh(),
            Language::En => self.en(),
        }
    }

    fn zh(&self) -> String {
        match self {
            Reason::FileTooLong { bytes, limit } => format!("文件有 {bytes} 字节，上限为 {limit} 字节"),
            Reason::Utf16 => "文件是 UTF-16 编码，请另存为“CSV UTF-8”".to_owned(),
            Reason::NoHeader => "没有表头行".to_owned(),
            Reason::ColumnMissing { zh } => format!("缺少必填列（{zh}）"),
            Reason::ColumnTwice => "该列在表头中出现两次".to_owned(),
            Reason::NotUtf8 => "不是 UTF-8 编码，请另存为“CSV UTF-8”".to_owned(),
            Reason::CellCount { found, expected } => format!("该行有 {found} 个值，表头有 {expected} 列"),
            Reason::OpenQuote => "引号没有结束".to_owned(),
            Reason::AfterQuote => "从此行开始的引号提前结束，或没有结束；值中的引号应写两次".to_owned(),
            Reason::RowTooLong => format!("该行超过 {ROW_BYTES_MAX} 字节，可能有引号没有结束"),
            Reason::Empty => "必填，不能为空".to_owned(),
            Reason::UnifiedCode { value, defect } => unified_zh(&shown(value), *defect),
            Reason::CustomsCode { value, found } => {
                format!("“{}”有 {found} 位，海关编码为 10 位", shown(value))
            }
            Reason::CodeCharacter { value, found } => {
                format!("“{}”含有“{}”，代码只能由字母、数字和连字符组成", shown(value), found.escape_debug())
            }
            Reason::Scientific { value } => {
                format!("“{}”已被表格软件转成科学计数，请将该列设为文本后重新填写", shown(value))
            }
            Reason::Unprintable { found } => format!("含有不可见或损坏的字符 U+{:04X}", u32::from(*found)),
            Reason::Day { value } => format!("“{}”不是日期，应写作 2018-06-01", shown(value)),
            Reason::Moment { value } => {
                format!("“{}”不是日期或时刻，应写作 2018-06-01 或 2018-06-01 15:00", shown(value))
            }
            Reason::Month { value } => format!("“{}”不是月份，应写作 2018-06", shown(value)),
            Reason::Figures { value, min, max } => {
                format!("“{}”应为 {} 位数字", shown(value), range(*min, *max, "至"))
            }
            Reason::NoAmount { value } => format!("“{}”不是数字，应写作 1234.56", shown(value)),
            Reason::ThousandsSeparator { value } => {
                format!("“{}”含有千位分隔符，请去掉，写作 1234.56", shown(value))
            }
            Reason::AmountSize { value } => format!("“{}”小数超过五位，或数值过大", shown(value)),
            Reason::Negative { value } => format!("“{}”不能为负数", shown(value)),
            Reason::NotPositive { value } => format!("“{}”应大于 0", shown(value)),
            Reason::Factor { value } => format!("系数“{}”应大于 0，且不大于 1", shown(value)),
            Reason::Percent { value } => {
                format!("减免比例“{}”应大于 0，且不大于 100（FEE-017）", shown(value))
            }
            Reason::YearOfCap { kind } => {
                format!("只有 CAP 封顶可按年度计，此处方式为“{}”（FEE-018）", shown(kind))
            }
            Reason::Whole { value, min, max } => {
                format!("“{}”应为 {min} 至 {max} 的整数", shown(value))
            }
            Reason::Word { value, words } => format!("“{}”不在可选值之内：{words}", shown(value)),
            Reason::Country { value } => {
                format!("“{}”不是国别代码，可填两字母、三字母或旧三位数字代码", shown(value))
            }
            Reason::Currency { value } => format!("“{}”不是币制代码，如 USD 或 502", shown(value)),
            Reason::Firms { value } => {
                format!("“{}”不是适用企业的范围，应为 zone、all，或列出统一社会信用代码", shown(value))
            }
            Reason::Grade { value, regime, words } => {
                format!("制度 {regime} 没有“{}”这一等级，只有：{words}", shown(value))
            }
            Reason::NoDecision { rule } => format!("没有文号：无决定文号的不得载入（{rule}）"),
            Reason::NoConsignment => "报关单号和合同号至少填一项".to_owned(),
            Reason::Overlap { line } => format!("与第 {line} 行的有效期重叠；请先填好那一行的止日"),
            Reason::Toml { message } => format!("不符合 TOML 格式：{message}"),
            Reason::NotPlain => "此处应为单个值，或由单个值组成的列表".to_owned(),
            Reason::NotTables => "每项政策应写成一段 [[policy]]".to_owned(),
            Reason::IntervalInverted { from, to } => format!("止日 {to} 早于起日 {from}"),
            Reason::IntervalEmpty { day } => format!("起止都是 {day}：止日不含在内，该区间没有一天有效"),
            Reason::Duplicate { value, line } => format!("“{}”与第 {line} 行重复", shown(value)),
            Reason::CommitmentShape => "不是 64 位十六进制的 SHA-256 值".to_owned(),
            Reason::CommitmentMissed => "不是“日期:密值”的 SHA-256 值（空格也计算在内）".to_owned(),
            Reason::RevealedWithoutSecret => "已填公布日期，但没有密值".to_owned(),
            Reason::RevealedTooEarly { day } => format!("密值不能在抽批日 {day} 之前公布"),
        }
    }

    fn en(&self) -> String {
        match self {
            Reason::FileTooLong { bytes, limit } => {
                format!("the file has {bytes} bytes, the limit is {limit}")
            }
            Reason::Utf16 => "the file is UTF-16; save it as \"CSV UTF-8\"".to_owned(),
            Reason::NoHeader => "there is no header row".to_owned(),
            Reason::ColumnMissing { zh } => format!("the required column is missing ({zh})"),
            Reason::ColumnTwice => "the header names this column twice".to_owned(),
            Reason::NotUtf8 => "not UTF-8; save the file as \"CSV UTF-8\"".to_owned(),
            Reason::CellCount { found, expected } => {
                format!("the row has {found} values, the header has {expected} columns")
            }
            Reason::OpenQuote => "a quote is opened and not closed".to_owned(),
            Reason::AfterQuote => {
                "something follows the end of a quote that begins here; a quote inside a value is written twice".to_owned()
            }
            Reason::RowTooLong => {
                format!("the row is longer than {ROW_BYTES_MAX} bytes; a quote may not be closed")
            }
            Reason::Empty => "required, and empty".to_owned(),
            Reason::UnifiedCode { value, defect } => unified_en(&shown(value), *defect),
            Reason::CustomsCode { value, found } => {
                format!("\"{}\" has {found} characters, a customs code has 10", shown(value))
            }
            Reason::CodeCharacter { value, found } => {
                let (value, found) = (shown(value), found.escape_debug());
                format!("\"{value}\" contains \"{found}\"; codes are letters, figures and hyphens")
            }
            Reason::Scientific { value } => {
                let value = shown(value);
                format!("\"{value}\" was turned into a quantity by a spreadsheet; format the column as text")
            }
            Reason::Unprintable { found } => {
                format!("contains an invisible or damaged character, U+{:04X}", u32::from(*found))
            }
            Reason::Day { value } => format!("\"{}\" is no day; write 2018-06-01", shown(value)),
            Reason::Moment { value } => {
                format!("\"{}\" is neither a day nor a moment; write 2018-06-01 or 2018-06-01 15:00", shown(value))
            }
            Reason::Month { value } => format!("\"{}\" is no month; write 2018-06", shown(value)),
            Reason::Figures { value, min, max } => {
                format!("\"{}\" is not of {} figures", shown(value), range(*min, *max, "to"))
            }
            Reason::NoAmount { value } => format!("\"{}\" is no number; write 1234.56", shown(value)),
            Reason::ThousandsSeparator { value } => {
                format!("\"{}\" has separators between its thousands; write 1234.56", shown(value))
            }
            Reason::AmountSize { value } => {
                format!("\"{}\" has more than five decimal places, or is too large", shown(value))
            }
            Reason::Negative { value } => format!("\"{}\" is negative", shown(value)),
            Reason::NotPositive { value } => format!("\"{}\" is not above 0", shown(value)),
            Reason::Factor { value } => {
                format!("the factor \"{}\" is not above 0 and at most 1", shown(value))
            }
            Reason::Percent { value } => {
                format!("the percentage \"{}\" is not above 0 and at most 100 (FEE-017)", shown(value))
            }
            Reason::YearOfCap { kind } => {
                format!("only a CAP can be by year, and this is \"{}\" (FEE-018)", shown(kind))
            }
            Reason::Whole { value, min, max } => {
                format!("\"{}\" is no whole number from {min} to {max}", shown(value))
            }
            Reason::Word { value, words } => format!("\"{}\" is none of: {words}", shown(value)),
            Reason::Country { value } => {
                format!("\"{}\" is no country; write two letters, three letters or the old three figures", shown(value))
            }
            Reason::Currency { value } => {
                format!("\"{}\" is no currency; write it as USD or 502", shown(value))
            }
            Reason::Firms { value } => {
                format!("\"{}\" is neither zone nor all nor a unified code", shown(value))
            }
            Reason::Grade { value, regime, words } => {
                format!("{regime} has no grade \"{}\", only: {words}", shown(value))
            }
            Reason::NoDecision { rule } => {
                format!("there is no decision number; nothing is in force without one ({rule})")
            }
            Reason::NoConsignment => "neither a declaration number nor a contract".to_owned(),
            Reason::Overlap { line } => {
                format!("counts on a day on which line {line} counts; give that line its end first")
            }
            Reason::Toml { message } => format!("no TOML: {message}"),
            Reason::NotPlain => "one value belongs here, or a list of such values".to_owned(),
            Reason::NotTables => "each policy is a [[policy]] of its own".to_owned(),
            Reason::IntervalInverted { from, to } => format!("ends on {to}, before it begins on {from}"),
            Reason::IntervalEmpty { day } => {
                format!("begins and ends on {day}; the end is outside, so no day is inside")
            }
            Reason::Duplicate { value, line } => {
                format!("\"{}\" stands on line {line} already", shown(value))
            }
            Reason::CommitmentShape => "not a SHA-256 of 64 hexadecimal figures".to_owned(),
            Reason::CommitmentMissed => "not the SHA-256 of date:secret (blanks count)".to_owned(),
            Reason::RevealedWithoutSecret => "there is a day of revealing, and no secret".to_owned(),
            Reason::RevealedTooEarly { day } => format!("a secret is not revealed before its day, {day}"),
        }
    }
}

fn unified_zh(value: &str, defect: UnifiedCodeDefect) -> String {
    let length = unified_code::LENGTH;
    match defect {
        UnifiedCodeDefect::Length { found } => {
            format!("“{value}”有 {found} 位，统一社会信用代码为 {length} 位")
        }
        UnifiedCodeDefect::ForbiddenLetter { position, letter } => {
            format!("“{value}”第 {position} 位是字母 {letter}，统一社会信用代码不使用 I、O、S、V、Z")
        }
        UnifiedCodeDefect::Character { position, found } => {
            format!("“{value}”第 {position} 位是“{}”，应为数字或大写字母", found.escape_debug())
        }
        UnifiedCodeDefect::CheckDigit { found, expected } => {
            format!("“{value}”的校验码是 {found}，应为 {expected}")
        }
    }
}

fn unified_en(value: &str, defect: UnifiedCodeDefect) -> String {
    let length = unified_code::LENGTH;
    match defect {
        UnifiedCodeDefect::Length { found } => {
            format!("\"{value}\" has {found} characters, a unified social credit code has {length}")
        }
        UnifiedCodeDefect::ForbiddenLetter { position, letter } => {
            format!(
                "\"{value}\" has the letter {letter} at position {position}; I, O, S, V and Z are not used"
            )
        }
        UnifiedCodeDefect::Character { position, found } => {
            let found = found.escape_debug();
            format!("\"{value}\" has \"{found}\" at position {position}, not a figure or capital letter")
        }
        UnifiedCodeDefect::CheckDigit { found, expected } => {
            format!("\"{value}\" has the check digit {found}, it should be {expected}")
        }
    }
}

fn range(min: usize, max: usize, to: &str) -> String {
    if min == max { min.to_string() } else { format!("{min} {to} {max}") }
}

/// The beginning of a value on one line.
fn shown(value: &str) -> String {
    let mut text: String = value.chars().take(SHOWN_MAX).flat_map(char::escape_debug).collect();
    if value.chars().nth(SHOWN_MAX).is_some() {
        text.push('…');
    }
    text
}
