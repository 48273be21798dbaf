//! What a service is told: one TOML file, which counts as a whole or not at all.
//!
//! `config/setting.rs` lists what can be set; the reader, the schema and every sentence about a fault come from there.
//! Every fault is told at once, with line, column, key and remedy.
//! [`load`] looks at the file alone, because a share that is not there at night comes back in the morning;
//! [`check`] also looks at the folders, which is what an operator wants before a start.

use crate::archive::Ages;
use crate::intake::limits;
use crate::record::Compression;
use crate::world::{World, parent_of, read_exact};
use model::finding::Language;
use model::limits::Limits;
use std::net::SocketAddr;
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

pub use self::fault::{Fault, Faults, Notice, Place, Reason};
pub use self::report::{report, to_json_lines};
pub use self::schema::schema;
pub use self::show::show;

use self::quantity::SIZES;
use self::reader::Section;
use self::setting::{LISTEN_NONE, LISTEN_USUAL};

mod across;
mod fault;
mod machine;
mod quantity;
mod reader;
mod report;
mod schema;
mod setting;
mod show;

#[cfg(test)]
mod tests;

/// A file of settings longer than this is none.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// A commented file to begin with.
pub const EXAMPLE: &str = include_str!("../../../../ops/clearance.toml");

/// What a service is told, complete and with all defaults filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Data folder: journal, evidence, index.
    pub data: PathBuf,
    /// Registers of the office.
    pub registers: PathBuf,
    /// Whether the file names the folder of registers; a folder somebody named must be there.
    pub is_registers_named: bool,
    /// Language of sentences in lines and answers; that of the locale when not said.
    pub language: Option<Language>,
    /// Threads; 0 means one a core.
    pub n_threads: usize,
    /// Bytes of documents settled at once.
    pub window_bytes: usize,
    /// How hard the journal is packed.
    pub compression: Compression,
    /// Encodings that are taken, and bounds on what comes in.
    pub limits: Limits,
    /// Longest time between two looks at the folders.
    pub rescan: Duration,
    /// How much is settled at once.
    pub turn: Turn,
    /// How long a folder that gave trouble is left alone.
    pub retry: Retry,
    /// File in a second place that heads of the journal are published to; `None` when nowhere.
    pub heads: Option<PathBuf>,
    /// Where health and metrics are asked for; `None` when nowhere.
    pub http: Option<Http>,
    /// What goes to an archive by its age; nothing when not said.
    pub retention: Option<Retention>,
    /// The folder sets, in order; at least one.
    pub folders: Vec<Folders>,
}

impl Config {
    /// A service on these folders with the usual settings, but without HTTP.
    pub fn of(data: PathBuf, registers: PathBuf, folders: Vec<Folders>) -> Config {
        // What is wrong with a file that says nothing is that it names no folders.
        let (usual, _) = reader::read("", setting::ROOT);
        let usual = config(&usual, Path::new(""), Limits::default());
        Config { data, registers, is_registers_named: false, http: None, folders, ..usual }
    }
}

impl Folders {
    /// Any business types and declarants in the folders below this root.
    pub fn of(id: &str, root: PathBuf) -> Folders {
        Folders { id: id.to_owned(), firm: String::new(), root, types: None, declarants: None }
    }
}

/// How much is settled between two looks at the folders. What does not fit stays in `OutBox`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Files taken at most.
    pub n_files: usize,
    /// Bytes after which no further file is taken; one larger file is taken alone.
    pub n_bytes: u64,
    /// Answers that may wait for a folder that does not take them; beyond it nothing new is taken for that folder.
    pub n_answers_waiting: usize,
}

/// How long a folder that gave trouble is left alone: twice as long each time, up to a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// After the first trouble.
    pub first: Duration,
    /// At most.
    pub longest: Duration,
}

/// Where health and metrics are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Http {
    /// Address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Age of the oldest waiting file beyond which the service is not ready.
    pub waiting_max: Duration,
}

/// What goes to an archive by its age.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Folder of the archive, apart from the data folder.
    pub archive: PathBuf,
    /// How old it must be.
    pub ages: Ages,
}

/// One set of folders of one firm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// Short name for logs and metrics, which never carry the name of a firm (reliability W9).
    pub id: String,
    /// Name for people; empty when not said.
    pub firm: String,
    /// Folder that holds a folder for each business type.
    pub root: PathBuf,
    /// Business types that are watched; every folder of the root that holds an `OutBox` when not said.
    pub types: Option<Vec<String>>,
    /// Unified codes of those who may file here; anybody when not said (reliability W2).
    pub declarants: Option<Vec<String>>,
}

/// How far [`check`] goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    /// The folders are looked at, and written to for a moment.
    Asked,
    /// The file alone counts.
    LeftAlone,
}

/// A configuration that can be used.
#[derive(Debug)]
pub struct Checked {
    /// What it says.
    pub config: Config,
    /// What may not have been meant.
    pub notices: Vec<Notice>,
}

/// Reads a configuration. The folders it names are not looked at.
///
/// # Errors
/// With everything that is wrong in the file.
pub fn load(world: &dyn World, path: &Path) -> Result<Config, Faults> {
    check(world, path, Environment::LeftAlone).map(|checked| checked.config)
}

/// Reads a configuration and looks for whatever would keep a service from working with it.
///
/// # Errors
/// With everything that is wrong in the file, or, when nothing is, with the folders it names.
pub fn check(world: &dyn World, path: &Path, environment: Environment) -> Result<Checked, Faults> {
    let told = |faults| Faults { file: path.display().to_string(), faults };
    let text = text(world, path).map_err(|reason| told(vec![whole(reason)]))?;
    let (root, mut faults) = reader::read(&text, setting::ROOT);
    faults.extend(across::faults(&root, parent_of(path)));
    let limits = limits_of(world, &root, parent_of(path)).unwrap_or_else(|fault| {
        faults.push(fault);
        Limits::default()
    });
    if faults.is_empty() {
        let config = config(&root, parent_of(path), limits);
        let mut notices = notices(&config);
        if environment == Environment::Asked {
            let (faults_found, noticed) = machine::look(world, &config, &root);
            faults = faults_found;
            notices.extend(noticed);
        }
        if faults.is_empty() {
            return Ok(Checked { config, notices });
        }
    }
    faults.sort_by_key(|fault| fault.place);
    Err(told(faults))
}

fn whole(reason: Reason) -> Fault {
    Fault { place: None, key: String::new(), reason }
}

fn text(world: &dyn World, path: &Path) -> Result<String, Reason> {
    let unreadable = |error: std::io::Error| Reason::Unreadable { why: error.to_string() };
    let file = world.open(path).map_err(unreadable)?;
    if file.len() > FILE_BYTES_MAX {
        return Err(Reason::TooLong { bytes: file.len(), limit: FILE_BYTES_MAX });
    }
    let mut bytes = vec![0; file.len() as usize];
    read_exact(&*file, &mut bytes, 0).map_err(unreadable)?;
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(&bytes);
    str::from_utf8(bytes).map(str::to_owned).map_err(|_| Reason::NotUtf8)
}

fn limits_of(world: &dyn World, root: &Section, base: &Path) -> Result<Limits, Fault> {
    let mut limits = match root.text("limits") {
        Some(path) => limits::load(world, &resolved(base, path)).map_err(|why| Fault {
            place: root.get("limits").map(|found| found.place),
            key: "limits".to_owned(),
            reason: Reason::Limits { why },
        })?,
        None => Limits::default(),
    };
    if let Some(encodings) = root.text("encodings").and_then(|list| list.parse().ok()) {
        limits.encodings = encodings;
    }
    Ok(limits)
}

/// Makes a configuration of a file without faults.
fn config(root: &Section, base: &Path, limits: Limits) -> Config {
    let path = |key| root.text(key).map(|path| resolved(base, path));
    let data = path("data").unwrap_or_default();
    let registers = path("registers");
    let (turn, retry) = (root.table("turn"), root.table("retry"));
    Config {
        is_registers_named: registers.is_some(),
        registers: registers.unwrap_or_else(|| data.join("registers")),
        data,
        language: root.text("language").map(|word| if word == "zh" { Language::Zh } else { Language::En }),
        n_threads: count(root, "threads"),
        window_bytes: count(root, "window"),
        compression: root.text("compression").and_then(Compression::named).unwrap_or_default(),
        limits,
        rescan: time(root, "rescan"),
        turn: Turn {
            n_files: count(&turn, "files"),
            n_bytes: number(&turn, "bytes"),
            n_answers_waiting: count(&turn, "answers_waiting"),
        },
        retry: Retry { first: time(&retry, "first"), longest: time(&retry, "longest") },
        heads: path("heads"),
        http: http(&root.table("http")),
        retention: retention(&root.table("retention"), base),
        folders: (1..)
            .zip(root.tables("folders"))
            .map(|(number, section)| folders(number, section, base))
            .collect(),
    }
}

fn http(section: &Section) -> Option<Http> {
    let listen = section.text("listen").unwrap_or(LISTEN_USUAL);
    let waiting_max = time(section, "waiting");
    (listen != LISTEN_NONE).then_some(())?;
    listen.parse().ok().map(|listen| Http { listen, waiting_max })
}

fn retention(section: &Section, base: &Path) -> Option<Retention> {
    let days = |key| section.number(key).and_then(|days| u32::try_from(days).ok());
    let archive = resolved(base, section.text("archive")?);
    Some(Retention { archive, ages: Ages { raw_days: days("raw_days"), journal_days: days("journal_days") } })
}

fn folders(number: usize, section: &Section, base: &Path) -> Folders {
    Folders {
        id: id(number, section),
        firm: section.text("firm").unwrap_or_default().to_owned(),
        root: section.text("root").map(|root| resolved(base, root)).unwrap_or_default(),
        types: section.texts("types"),
        declarants: section.texts("declarants"),
    }
}

/// The name of a folder set: the one it was given, else its number from 1.
fn id(number: usize, section: &Section) -> String {
    section.text("id").map_or_else(|| number.to_string(), str::to_owned)
}

fn number(section: &Section, key: &str) -> u64 {
    section.number(key).expect("what is asked for here has a usual value")
}

fn count(section: &Section, key: &str) -> usize {
    usize::try_from(number(section, key)).expect("no count can be set beyond 32 bits")
}

fn time(section: &Section, key: &str) -> Duration {
    Duration::from_millis(number(section, key))
}

/// A path of the file: below its folder when it is relative, and without steps back where they can be taken.
fn resolved(base: &Path, path: &str) -> PathBuf {
    let mut resolved = PathBuf::new();
    for part in base.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(resolved.components().next_back(), Some(Component::Normal(_))) =>
            {
                resolved.pop();
            }
            part => resolved.push(part),
        }
    }
    resolved
}

/// A number of bytes as the file says it.
pub fn size_text(bytes: u64) -> String {
    SIZES.written(bytes)
}

fn notices(config: &Config) -> Vec<Notice> {
    let is_open = config.http.is_some_and(|http| !http.listen.ip().is_loopback());
    is_open.then_some(Notice::Open).into_iter().collect()
}
