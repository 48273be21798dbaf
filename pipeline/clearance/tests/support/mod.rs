//! An office in memory: registers, a data folder, and submissions one after another.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]
#![allow(dead_code, reason = "each test file uses the part it needs")]

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use clearance::record::Compression;
use clearance::run::{self, Order, Progress, Receipts, RunError};
use clearance::world::memory::Memory;
use clearance::world::{World, create_dir_durable, parent_of};
use engine::Accepted;
use jiff::civil::DateTime;
use model::finding::Language;
use model::limits::Limits;
use serde_json::Value;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// One decision, as its line in `decisions.ndjson` says it.
pub type Line = Value;

/// An office: what is on file stays from one submission to the next.
pub struct Office {
    pub world: Memory,
    n_submissions: usize,
}

/// One run of the program.
#[derive(Clone, Debug)]
pub struct Submission {
    /// Names below the drop folder and bytes. A name with a `/` lies in a folder, and the folder is what is named to the
    /// program.
    pub inputs: Vec<(String, Vec<u8>)>,
    pub accepted: Accepted,
    pub receipts: Receipts,
    pub report: bool,
    pub profile: bool,
    pub compression: Compression,
    pub n_threads: usize,
    pub window_bytes: usize,
    pub language: Language,
    pub limits: Limits,
}

impl Submission {
    /// One thread, a window as usual, no answers.
    pub fn at(accepted: DateTime) -> Submission {
        Submission {
            inputs: Vec::new(),
            accepted: Accepted::At(accepted),
            receipts: Receipts::None,
            report: false,
            profile: false,
            compression: Compression::default(),
            n_threads: 1,
            window_bytes: 4 << 20,
            language: Language::En,
            limits: Limits::default(),
        }
    }

    pub fn with(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Submission {
        self.inputs.push((name.to_owned(), bytes.into()));
        self
    }
}

impl Default for Office {
    fn default() -> Office {
        Office::new()
    }
}

impl Office {
    pub fn new() -> Office {
        let world = Memory::new();
        create_dir_durable(&world, Path::new("/office/registers")).unwrap();
        Office { world, n_submissions: 0 }
    }

    /// The office of a world that some was submitted in.
    pub fn going_on(world: Memory) -> Office {
        Office { world, n_submissions: 100 }
    }

    /// Puts a register in its folder, or replaces it.
    pub fn register(&self, name: &str, text: &str) {
        self.write(&Path::new("/office/registers").join(name), text.as_bytes());
    }

    /// Submits and gives the lines in order of decision.
    pub fn submit(&mut self, submission: &Submission) -> Vec<Line> {
        self.try_submit(submission).unwrap_or_else(|error| panic!("the run failed: {error:?}"))
    }

    pub fn try_submit(&mut self, submission: &Submission) -> Result<Vec<Line>, RunError> {
        let order = self.drop_in(submission);
        self.run(&order)?;
        Ok(lines(&self.output("decisions.ndjson")))
    }

    /// Puts a submission into its drop folder, and says how the program is called for it.
    pub fn drop_in(&mut self, submission: &Submission) -> Order {
        self.n_submissions += 1;
        self.order(submission)
    }

    pub fn run(&self, order: &Order) -> Result<(), RunError> {
        let world: Arc<dyn World> = Arc::new(self.world.clone());
        run::run(&world, order, &AtomicBool::new(false), &Progress::hidden()).map(|_| ())
    }

    /// The output folder of the latest submission.
    pub fn out(&self) -> PathBuf {
        self.folder("out")
    }

    /// A file of the output of the latest submission.
    pub fn output(&self, name: &str) -> Vec<u8> {
        let path = self.out().join(name);
        self.world.bytes(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    fn order(&self, submission: &Submission) -> Order {
        let dropped = self.folder("in");
        let mut inputs: Vec<PathBuf> = Vec::new();
        for (name, bytes) in &submission.inputs {
            self.write(&dropped.join(name), bytes);
            let argument = dropped.join(name.split('/').next().unwrap_or(name));
            if !inputs.contains(&argument) {
                inputs.push(argument);
            }
        }
        Order {
            inputs,
            out: self.folder("out"),
            data: PathBuf::from("/office/data"),
            registers: PathBuf::from("/office/registers"),
            accepted: Some(submission.accepted),
            receipts: submission.receipts,
            report: submission.report,
            profile: submission.profile,
            n_threads: submission.n_threads,
            window_bytes: submission.window_bytes,
            compression: submission.compression,
            language: submission.language,
            limits: submission.limits,
        }
    }

    fn folder(&self, name: &str) -> PathBuf {
        PathBuf::from(format!("/office/{name}-{}", self.n_submissions))
    }

    fn write(&self, path: &Path, bytes: &[u8]) {
        create_dir_durable(&self.world, parent_of(path)).unwrap();
        let mut file = self.world.create(path).unwrap();
        file.append(bytes).unwrap();
        file.sync_data().unwrap();
        self.world.sync_dir(parent_of(path)).unwrap();
    }
}

/// The lines of a `decisions.ndjson`.
pub fn lines(ndjson: &[u8]) -> Vec<Line> {
    let text = std::str::from_utf8(ndjson).expect("lines are UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

/// The text of a field; `-` when it is absent or null.
pub fn text<'l>(line: &'l Line, field: &str) -> &'l str {
    line[field].as_str().unwrap_or("-")
}

/// Findings of a line: rule and effect.
pub fn findings(line: &Line) -> impl Iterator<Item = (&str, &str)> {
    let findings = line["findings"].as_array().map_or(&[][..], Vec::as_slice);
    findings.iter().map(|finding| (text(finding, "rule"), text(finding, "effect")))
}

/// What stands packed in a report: the pieces of a page, the files of a workbook. Nothing for other files.
pub fn unpacked(path: &Path, bytes: &[u8]) -> Vec<Vec<u8>> {
    let read = |mut from: Box<dyn Read + '_>| {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).unwrap();
        bytes
    };
    if path.ends_with("report.html") {
        let page = std::str::from_utf8(bytes).unwrap();
        let pieces = page.split("<script type=\"text/plain\"").skip(1);
        let packed = pieces.map(|piece| piece.split_once('>').unwrap().1.split_once('<').unwrap().0);
        let bytes = packed.map(|packed| BASE64.decode(packed).unwrap());
        return bytes.map(|bytes| read(Box::new(flate2::read::ZlibDecoder::new(&*bytes)))).collect();
    }
    if path.ends_with("decisions.xlsx") {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        return (0..zip.len()).map(|idx| read(Box::new(zip.by_index(idx).unwrap()))).collect();
    }
    Vec::new()
}
