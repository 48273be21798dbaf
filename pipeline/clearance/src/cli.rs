//! The command line (design section 8).

use crate::check::Form;
use crate::record::Compression;
use crate::run::Receipts;
use clap::{Parser, Subcommand, ValueEnum};
use engine::Accepted;
use model::encoding::Encodings;
use model::finding::Language;
use std::path::PathBuf;
use verifier::Head;

/// Decides export consignments: release, inspect, hold or reject, with reasons and receipts.
#[derive(Debug, Parser)]
#[command(name = "clearance", version, about, propagate_version = true)]
pub struct Cli {
    /// Language of sentences and tables; that of the locale when not said.
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Lang>,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// A language on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// 中文
    Zh,
    /// English
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Language {
        match lang {
            Lang::Zh => Language::Zh,
            Lang::En => Language::En,
        }
    }
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Decide once and leave: decisions.ndjson, receipts/ and summary.json in the output folder.
    Run(RunArguments),
    /// Tell what is wrong with messages, as a compiler does; nothing is recorded. Exit code 1 when a run would reject.
    Check(CheckArguments),
    /// The whole trail of one decision.
    Explain(ExplainArguments),
    /// The registers of an office: check and show.
    Register {
        /// What to do with them.
        #[command(subcommand)]
        verb: RegisterVerb,
    },
    /// The rule book: what is checked, on whose authority.
    Rules {
        /// What to show.
        #[command(subcommand)]
        verb: RulesVerb,
    },
    /// The record: tamper check.
    Journal {
        /// What to do with it.
        #[command(subcommand)]
        verb: JournalVerb,
    },
    /// Move what is old to another folder, journal and raw messages; it stays known, and is read there.
    Archive(ArchiveArguments),
    /// The configuration of `serve`: check, show, schema, example.
    Config {
        /// What to do with it.
        #[command(subcommand)]
        verb: ConfigVerb,
    },
    /// Decide what is dropped into folders, day and night; SIGTERM drains, SIGHUP reloads the registers.
    Serve {
        /// What is watched, and how; see `config example`.
        #[arg(long, value_name = "FILE", default_value = CONFIG)]
        config: PathBuf,
    },
    /// Live view of a running `serve`.
    Top(TopArguments),
    /// Find the settings that suit this machine, tried on a batch of yours: table, plot, and what to write where.
    Tune(TuneArguments),
    /// Realistic batches of any size from a seed, for load tests.
    Generate(GenerateArguments),
    /// Shell completions on standard output.
    #[command(hide = true)]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// The manual page on standard output.
    #[command(hide = true)]
    Man,
}

/// Arguments of `run`.
#[derive(Debug, clap::Args)]
pub struct RunArguments {
    /// Files and folders of messages, in order.
    #[arg(required = true)]
    pub inputs: Vec<PathBuf>,
    /// Folder for decisions.ndjson, receipts/ and summary.json.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Data folder: journal, evidence, index.
    #[arg(long, value_name = "DIR", default_value = "clearance-data")]
    pub data: PathBuf,
    /// Registers of the office; `<data>/registers` when not said.
    #[arg(long, value_name = "DIR")]
    pub registers: Option<PathBuf>,
    /// How answers are written.
    #[arg(long, value_enum, default_value_t)]
    pub receipts: Receipts,
    /// How documents are taken.
    #[command(flatten)]
    pub taken: TakenArguments,
    /// Also write report.html, a page to look at and search, and decisions.xlsx, a workbook.
    #[arg(long)]
    pub report: bool,
    /// Threads; one a core when 0.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
    /// Bytes of documents settled at once; changes speed and memory, never a result. `tune` finds the best.
    #[arg(long, value_name = "SIZE", default_value = "512k", value_parser = size)]
    pub window: u64,
    /// How hard the journal is packed; changes speed and space, never a result.
    #[arg(long, value_enum, default_value_t)]
    pub compression: Compression,
    /// Also tell where the time went: milliseconds and bytes by stage, here and in summary.json.
    #[arg(long)]
    pub profile: bool,
    /// What summary.json says, on one line, instead of the table.
    #[arg(long)]
    pub json: bool,
}

/// How documents are taken, whatever is done with them.
#[derive(Debug, clap::Args)]
pub struct TakenArguments {
    /// When documents count as accepted: a day, an RFC 3339 time, or `declared`; now when not said.
    #[arg(long, value_name = "T", value_parser = accepted)]
    pub accepted_at: Option<Accepted>,
    /// Encodings taken beside UTF-8: GB18030 (with GBK and GB2312), UTF-16, or both with a comma.
    #[arg(long, value_name = "LIST")]
    pub encodings: Option<Encodings>,
    /// TOML file that tightens limits, e.g. `document_bytes = 1048576`; formats/hostile.md names them.
    #[arg(long, value_name = "FILE")]
    pub limits: Option<PathBuf>,
}

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct CheckArguments {
    /// Files and folders of messages, in order; `-` is standard input.
    #[arg(required = true)]
    pub inputs: Vec<PathBuf>,
    /// How findings are told.
    #[arg(long, value_enum, default_value_t)]
    pub format: Form,
    /// One JSON object a line on standard output: short for `--format json`.
    #[arg(long, conflicts_with_all = ["format", "svrl"])]
    pub json: bool,
    /// A report for Schematron tools on standard output: short for `--format svrl`.
    #[arg(long, conflicts_with = "format")]
    pub svrl: bool,
    /// Registers of the office; without them every firm counts as unknown.
    #[arg(long, value_name = "DIR")]
    pub registers: Option<PathBuf>,
    /// How documents are taken.
    #[command(flatten)]
    pub taken: TakenArguments,
    /// Threads; one a core when 0.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
    /// Bytes of documents settled at once; changes speed and memory, never a result.
    #[arg(long, value_name = "BYTES", default_value_t = 512 << 10, hide = true)]
    pub window: usize,
}

impl CheckArguments {
    /// The form asked for, by either name.
    pub fn form(&self) -> Form {
        match (self.json, self.svrl) {
            (true, _) => Form::Json,
            (_, true) => Form::Svrl,
            _ => self.format,
        }
    }
}

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
pub struct ExplainArguments {
    /// Any number of the document: customs entry, unified, client or certificate number.
    pub number: String,
    /// Data folder.
    #[arg(long, value_name = "DIR", default_value = "clearance-data")]
    pub data: PathBuf,
    /// Registers of the office; `<data>/registers` when not said.
    #[arg(long, value_name = "DIR")]
    pub registers: Option<PathBuf>,
    /// Who filed it, by unified code; then the index is asked and not the whole journal.
    #[arg(long, value_name = "CODE")]
    pub declarant: Option<String>,
    /// A version of the document; the latest when not said.
    #[arg(long = "document-version", value_name = "N")]
    pub document_version: Option<u32>,
    /// One JSON object.
    #[arg(long)]
    pub json: bool,
}

/// What to do with registers.
#[derive(Debug, Subcommand)]
pub enum RegisterVerb {
    /// Name every bad row with file, line, column and reason.
    Check {
        /// Folder of the registers.
        dir: PathBuf,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// What is loaded: a line a register, the rows of one, or all that is known of a firm.
    Show {
        /// Folder of the registers.
        dir: PathBuf,
        /// A register, e.g. members, or a unified social credit code.
        what: Option<String>,
        /// Rows that count on this day; a firm is shown as of today when not said.
        #[arg(long, value_name = "DATE")]
        on: Option<jiff::civil::Date>,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
}

/// What to show of the rule book.
#[derive(Debug, Subcommand)]
pub enum RulesVerb {
    /// All rules, a line each.
    List {
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// One rule with its citation.
    Show {
        /// Its id, e.g. DOC-026.
        id: String,
    },
    /// Run scenarios through the whole program and show what differs; exit code 1 when something does.
    Test {
        /// Markdown files and folders of them; the shipped scenarios when not said.
        paths: Vec<PathBuf>,
    },
    /// The digest that names the rule book in every decision.
    Digest,
}

/// Arguments of `archive`.
#[derive(Debug, clap::Args)]
#[group(id = "ages", required = true, multiple = true, args = ["raw_days", "journal_days"])]
pub struct ArchiveArguments {
    /// Folder of the archive, on another disk perhaps; it must be there. Where it was moved, its new place.
    #[arg(long, value_name = "DIR")]
    pub to: PathBuf,
    /// Data folder; a service that works with it archives by itself, see `retention` in its configuration.
    #[arg(long, value_name = "DIR", default_value = "clearance-data")]
    pub data: PathBuf,
    /// Move raw messages that were written more than so many days ago.
    #[arg(long, value_name = "DAYS")]
    pub raw_days: Option<u32>,
    /// Move full segments of the journal that were written to more than so many days ago.
    #[arg(long, value_name = "DAYS")]
    pub journal_days: Option<u32>,
}

/// What to do with the record.
#[derive(Debug, Subcommand)]
pub enum JournalVerb {
    /// Read everything and check the chain; names the first bad index. Exit code 1: whole up to an unfinished end.
    Verify {
        /// Data folder.
        #[arg(long, value_name = "DIR", default_value = "clearance-data")]
        data: PathBuf,
        /// Folder of the archive: what is there and what is here are checked as one journal.
        #[arg(long, value_name = "DIR")]
        archive: Option<PathBuf>,
        /// A head that was published, as in summary.json or an answer: the journal must have it. May be said again.
        #[arg(long = "head", value_name = "INDEX:HASH")]
        heads: Vec<Head>,
        /// A file of published heads, as `serve` writes it: the journal must have them all. May be said again.
        #[arg(long = "heads", value_name = "FILE")]
        published: Vec<PathBuf>,
    },
}

/// What to do with a configuration.
#[derive(Debug, Subcommand)]
pub enum ConfigVerb {
    /// Name everything that would keep `serve` from working with it, with line, column and remedy.
    Check {
        /// The file.
        #[arg(default_value = CONFIG)]
        file: PathBuf,
        /// Leave the folders alone; else they are looked at, and written to for a moment.
        #[arg(long)]
        no_environment: bool,
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// The settings in force, with everything the file leaves unsaid.
    Show {
        /// The file.
        #[arg(default_value = CONFIG)]
        file: PathBuf,
    },
    /// The JSON schema of the file.
    Schema,
    /// A commented file to begin with.
    Example,
}

/// The configuration when no other is named.
const CONFIG: &str = "clearance.toml";

/// Arguments of `top`.
#[derive(Debug, clap::Args)]
pub struct TopArguments {
    /// Where the service listens; plain HTTP.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:9090")]
    pub url: crate::top::Place,
    /// Say it once and leave.
    #[arg(long)]
    pub once: bool,
    /// What the service says, one JSON object a line.
    #[arg(long)]
    pub json: bool,
    /// Seconds between two looks.
    #[arg(long, value_name = "SECONDS", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub every: u64,
}

/// Arguments of `tune`.
#[derive(Debug, clap::Args)]
pub struct TuneArguments {
    /// Files and folders of messages, in order: a batch like those to come, large enough to run a second or more.
    #[arg(required = true)]
    pub inputs: Vec<PathBuf>,
    /// Folder for tune.svg, tune.json and tuned.toml; trials are made in it and removed.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Registers of the office; without them every firm counts as unknown.
    #[arg(long, value_name = "DIR")]
    pub registers: Option<PathBuf>,
    /// How documents are taken.
    #[command(flatten)]
    pub taken: TakenArguments,
    /// Trials of each setting.
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u64).range(3..=99))]
    pub rounds: u64,
    /// What tune.json says, on one line, instead of the table.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `generate`.
#[derive(Debug, clap::Args)]
pub struct GenerateArguments {
    /// Folder to write to.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Seed: the same seed and options give the same bytes.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Documents to write.
    #[arg(long, value_name = "N", default_value_t = 1_000, conflicts_with = "bytes")]
    pub documents: u64,
    /// Bytes of XML to write, instead of a number of documents; `10G`, `64M`, `900k` are understood.
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub bytes: Option<u64>,
    /// Day of acceptance the messages are made for.
    #[arg(long, value_name = "DAY", default_value = "2018-06-01")]
    pub accepted_on: jiff::civil::Date,
    /// Shape of the inputs.
    #[arg(long, default_value = "wrapper")]
    pub shape: String,
    /// Documents with a planted defect, in ten thousand.
    #[arg(long, value_name = "BP", default_value_t = 0)]
    pub defects_bp: u16,
    /// The shipped sample batches instead of a plan.
    #[arg(long)]
    pub samples: bool,
}

/// A day (00:00), an RFC 3339 time, or `declared` (ruling O4).
fn accepted(text: &str) -> Result<Accepted, String> {
    if text == "declared" {
        return Ok(Accepted::Declared);
    }
    if text.len() == "2018-06-01".len()
        && let Ok(day) = text.parse::<jiff::civil::Date>()
    {
        return Ok(Accepted::At(day.at(0, 0, 0, 0)));
    }
    let moment: jiff::Timestamp = text.parse().map_err(|_| {
        format!("`{text}` is neither `declared` nor a day like 2018-06-01 nor a time like 2018-06-01T09:30:00+08:00")
    })?;
    Ok(Accepted::At(jiff::tz::offset(8).to_datetime(moment)))
}

fn size(text: &str) -> Result<u64, String> {
    let (digits, factor) = match text.as_bytes().last() {
        Some(b'k' | b'K') => (&text[..text.len() - 1], 1 << 10),
        Some(b'M' | b'm') => (&text[..text.len() - 1], 1 << 20),
        Some(b'G' | b'g') => (&text[..text.len() - 1], 1 << 30),
        _ => (text, 1),
    };
    let number: u64 = digits.parse().map_err(|_| format!("`{text}` is no size like 10G, 64M or 900k"))?;
    number.checked_mul(factor).ok_or_else(|| format!("`{text}` is too large"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;
    use jiff::civil::date;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn acceptance_is_a_day_a_time_or_what_is_declared() {
        assert_eq!(accepted("declared"), Ok(Accepted::Declared));
        assert_eq!(accepted("2018-06-01"), Ok(Accepted::At(date(2018, 6, 1).at(0, 0, 0, 0))));
        let eight_hours_on = Accepted::At(date(2018, 6, 1).at(9, 30, 0, 0));
        assert_eq!(accepted("2018-06-01T01:30:00Z"), Ok(eight_hours_on));
        assert_eq!(accepted("2018-06-01T09:30:00+08:00"), Ok(eight_hours_on));
        assert!(accepted("yesterday").is_err());
    }

    #[test]
    fn sizes_carry_a_letter() {
        assert_eq!(size("64M"), Ok(64 << 20));
        assert_eq!(size("17"), Ok(17));
        assert!(size("M").is_err());
    }
}
