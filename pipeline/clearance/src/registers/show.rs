//! `clearance register show`: what is loaded, register by register, row by row, or of one firm.
//!
//! Rows are shown by the columns of their register and filtered by its interval, so a register or a column that is added
//! is shown without a word here. Secrets of draws are never shown.

use super::column::{Column, Kind, interval};
use super::loading::{Keep, KeptRow};
use super::register::{Register, Row};
use super::{Count, Loaded, REGISTERS, RegisterError, load_and_keep, report::hex, require};
use crate::grid::grid;
use crate::world::World;
use jiff::civil::Date;
use model::decision::TraceLine;
use model::finding::{Language, Words};
use model::party::unified_code;
use model::registers::{MemberStatus, Registers};
use rulebook::credit::{Credit, credit};
use rulebook::tables::Tables;
use serde_json::{Map, Value, json};
use std::path::Path;

/// Rows of one register on a terminal, then "and more"; `--json` has all.
const ROWS_SHOWN_MAX: usize = 1_000;

/// What somebody wants to see.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// A register by its file, name or title, or a unified code; nothing: a line a register.
    pub what: Option<&'a str>,
    /// Rows that count on this day. A register without it is shown whole, a firm as of today.
    pub on: Option<Date>,
    /// One JSON object a line.
    pub json: bool,
}

/// Why nothing is shown.
#[derive(Debug, thiserror::Error)]
pub enum ShowError {
    /// The folder does not load.
    #[error("{0}")]
    Registers(#[from] RegisterError),
    /// Neither a register nor a unified code.
    #[error("`{what}` is neither a register nor a unified social credit code; registers: {registers}")]
    Unknown {
        /// What was asked for.
        what: String,
        /// What there is.
        registers: String,
    },
}

/// Reads the registers in a folder and writes what was asked for.
pub fn show(
    world: &dyn World,
    dir: &Path,
    asked: Asked<'_>,
    tables: &Tables,
    language: Language,
) -> Result<String, ShowError> {
    require(world, dir)?;
    let Some(what) = asked.what else {
        let loaded = load_and_keep(world, dir, Keep::Nothing)?;
        return Ok(if asked.json { overview_json(&loaded) } else { overview(&loaded, language) });
    };
    if let Some(register) = register_named(what) {
        let loaded = load_and_keep(world, dir, Keep::Register(register))?;
        let shown = Shown::of(register, &loaded.kept, asked.on);
        return Ok(if asked.json { shown.json() } else { shown.text(language) });
    }
    if unified_code::is_valid(what) {
        let today = jiff::tz::offset(8).to_datetime(world.now()).date();
        let day = asked.on.unwrap_or(today);
        let loaded = load_and_keep(world, dir, Keep::Firm(vec![what.to_owned()]))?;
        return Ok(firm(&loaded, &Standing::of(&loaded.registers, tables, what, day), asked.json, language));
    }
    let registers = REGISTERS.iter().map(|register| register.name()).collect::<Vec<_>>().join(", ");
    Err(ShowError::Unknown { what: what.to_owned(), registers })
}

fn register_named(what: &str) -> Option<&'static Register> {
    let is_it = |register: &&&Register| [register.file, register.name(), register.title].contains(&what);
    REGISTERS.iter().find(is_it).copied()
}

fn overview(loaded: &Loaded, language: Language) -> String {
    let say = |zh, en| Words { zh, en }.in_language(language);
    let head = [say("登记册", "register"), say("文件", "file"), say("摘要", "digest"), say("行数", "rows")];
    let rows = with_counts(loaded).map(|(register, count)| {
        let title = match language {
            Language::Zh => register.title,
            Language::En => register.name(),
        };
        let digest = count.digest.map_or_else(String::new, |digest| hex(&digest)[..16].to_owned());
        let n_rows = if count.present { count.n_rows.to_string() } else { "–".to_owned() };
        [title.to_owned(), register.file.to_owned(), digest, n_rows]
    });
    let digest = hex(&loaded.registers.digest);
    grid(head, rows, 1) + &format!("{} b3:{digest}\n", say("全部登记册", "all registers"))
}

fn overview_json(loaded: &Loaded) -> String {
    let lines = with_counts(loaded).map(|(register, count)| {
        json!({
            "register": register.name(), "file": register.file, "title": register.title,
            "present": count.present, "rows": count.n_rows,
            "digest": count.digest.map(|digest| format!("b3:{}", hex(&digest))),
        })
    });
    let digest = format!("b3:{}", hex(&loaded.registers.digest));
    lines.chain([json!({ "digest": digest })]).map(|line| format!("{line}\n")).collect()
}

fn with_counts(loaded: &Loaded) -> impl Iterator<Item = (&'static Register, &Count)> {
    REGISTERS.iter().copied().zip(&loaded.counts)
}

/// What the registers make of a firm on a day.
struct Standing<'f> {
    code: &'f str,
    day: Date,
    /// Its membership of the zone; none: it is outside.
    member: Option<MemberStatus>,
    /// Internal level, and whether a grade says so.
    credit: Credit,
    /// How the level came about.
    trace: Vec<TraceLine>,
}

impl<'f> Standing<'f> {
    /// As of the end of the day, when all that was decided on it is known.
    fn of(registers: &Registers, tables: &Tables, code: &'f str, day: Date) -> Standing<'f> {
        let mut trace = Vec::new();
        let credit = credit(registers, tables, code, day.at(23, 59, 59, 0), &mut trace);
        let members = registers.members.of(code).iter();
        let member = members.filter(|row| row.valid.contains(day)).map(|row| row.status).next();
        Standing { code, day, member, credit, trace }
    }

    fn text(&self, language: Language) -> String {
        let say = |zh, en| Words { zh, en }.in_language(language);
        let zone = match self.member {
            Some(MemberStatus::Active) => say("在册", "member"),
            Some(MemberStatus::Suspended) => say("暂停", "suspended"),
            Some(MemberStatus::Exited) => say("已退出", "has left"),
            None => say("不在册", "no member"),
        };
        let Credit { level, is_graded } = self.credit;
        let graded = if is_graded { "" } else { say("（无有效等级）", " (no grade in force)") };
        let mut text = format!("{}{zone}\n", say("示范区：", "zone: "));
        text.push_str(&format!("{}{level}{graded}\n", say("内部信用等级：", "internal credit level: ")));
        for line in &self.trace {
            let [before, after] = [&line.before, &line.after].map(|value| value.in_language(language));
            text.push_str(&format!("  {} {before} → {after}\n", line.rule));
        }
        text
    }

    fn json(&self, name: Option<&str>) -> String {
        let Credit { level, is_graded } = self.credit;
        let head = json!({
            "firm": self.code, "name": name, "on": self.day.to_string(),
            "zone": self.member.map(MemberStatus::name), "level": level, "graded": is_graded,
        });
        format!("{head}\n")
    }
}

/// All that names a firm on a day, register by register.
fn firm(loaded: &Loaded, standing: &Standing<'_>, json: bool, language: Language) -> String {
    let name = loaded.registers.firm(standing.code).map(|firm| firm.name.as_str());
    let shown = REGISTERS.iter().map(|register| Shown::of(register, &loaded.kept, Some(standing.day)));
    let shown: Vec<Shown<'_>> = shown.filter(|shown| !shown.is_empty()).collect();
    if json {
        return standing.json(name) + &shown.iter().map(Shown::json).collect::<String>();
    }
    let unknown = Words { zh: "（未登记）", en: "(not in firms.csv)" }.in_language(language);
    let mut text = format!("{} {} {}\n", standing.code, name.unwrap_or(unknown), standing.day);
    text.push_str(&standing.text(language));
    for shown in &shown {
        let title = match language {
            Language::Zh => shown.register.title,
            Language::En => shown.register.name(),
        };
        text.push_str(&format!("\n{title}\n{}", shown.text(language)));
    }
    text
}

/// Rows of one register.
struct Shown<'l> {
    register: &'static Register,
    columns: Vec<(usize, &'static Column)>,
    rows: Vec<&'l [String]>,
    /// Rows that do not count on the day.
    n_others: usize,
}

impl<'l> Shown<'l> {
    fn of(register: &'static Register, kept: &'l [KeptRow], on: Option<Date>) -> Shown<'l> {
        let of_register = kept.iter().filter(|row| row.file == register.file);
        let (rows, others): (Vec<&[String]>, Vec<&[String]>) = of_register
            .map(|row| row.values.as_slice())
            .partition(|values| on.is_none_or(|day| counts(register, values, day)));
        let columns = register.columns.iter().enumerate();
        let columns = columns.filter(|(_, column)| column.kind != Kind::Secret).collect();
        Shown { register, columns, rows, n_others: others.len() }
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.n_others == 0
    }

    fn text(&self, language: Language) -> String {
        let head = self.columns.iter().map(|(_, column)| match language {
            Language::Zh => column.aliases.first().copied().unwrap_or(column.name),
            Language::En => column.name,
        });
        let rows = self.rows.iter().take(ROWS_SHOWN_MAX);
        let rows = rows.map(|values| self.columns.iter().map(|(column, _)| values[*column].clone()));
        let mut text = if self.rows.is_empty() { String::new() } else { grid(head, rows, 0) };
        let n_more = self.rows.len().saturating_sub(ROWS_SHOWN_MAX);
        for (n, zh, en) in [
            (n_more, "行未列出", "more rows"),
            (self.n_others, "行在该日不在有效期内", "rows do not count on that day"),
        ] {
            if n > 0 {
                text.push_str(&match language {
                    Language::Zh => format!("另有 {n} {zh}\n"),
                    Language::En => format!("{n} {en}\n"),
                });
            }
        }
        text
    }

    fn json(&self) -> String {
        self.rows.iter().map(|values| format!("{}\n", self.json_row(values))).collect()
    }

    fn json_row(&self, values: &[String]) -> Value {
        let mut row = Map::from_iter([("register".to_owned(), json!(self.register.name()))]);
        row.extend(self.columns.iter().map(|(at, column)| (column.name.to_owned(), json!(values[*at]))));
        Value::Object(row)
    }
}

/// The row counts on a day; rows of a register without interval always do.
fn counts(register: &Register, values: &[String], day: Date) -> bool {
    let Some((from, to)) = register.column("from").zip(register.column("to")) else { return true };
    let row = |column: usize| Row::cell_of(values, column);
    interval(row(from), row(to)).contains(day)
}
