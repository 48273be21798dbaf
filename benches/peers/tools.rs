//! Programs as processes of their own, from a file to their end: ours, and those of others where they are there.

use super::many::write_registers;
use benches::rough::rough;
use benches::{Case, Corpus, short_hash};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

pub const XMLLINT: &str = "xmllint --stream";
pub const SCHEMA: &str = "xmllint --schema";
pub const EXPAT: &str = "xmlwf (expat)";
pub const LXML: &str = "lxml, 30 fields and 30 checks";
pub const PUGIXML: &str = "pugixml DOM, per document";
pub const RUN: &str = "run, one thread";
pub const TWO: &str = "run, two threads";
pub const PACKED: &str = "run from zstd, one thread";
pub const MIXED: &str = "run of the mix, one thread";

/// Passes over the documents that the DOM parser makes after reading them once, so that reading weighs little.
const PASSES: u64 = 10;

/// The corpus as files.
pub struct Files {
    dir: PathBuf,
    pub plain: PathBuf,
    pub packed: PathBuf,
    mixed: PathBuf,
    mixed_len: u64,
}

impl Files {
    pub fn write(dir: &Path, clean: &Corpus, mixed: &Corpus, bytes: u64, xml: &[u8]) -> Files {
        for corpus in [clean, mixed] {
            write_registers(corpus, bytes, &dir.join(format!("{}-registers", corpus.name)));
        }
        let [plain, packed, other] = ["clean.xml", "clean.xml.zst", "mixed.xml"].map(|name| dir.join(name));
        let mixed = rough(&mixed.bytes(bytes));
        std::fs::write(&plain, xml).expect("a file can be written");
        std::fs::write(&other, &mixed).expect("a file can be written");
        Files { dir: dir.to_owned(), plain, packed, mixed: other, mixed_len: mixed.len() as u64 }
    }

    /// The documents one after another, each behind its length, for whoever parses them one by one.
    pub fn write_documents(&self, texts: &[&str]) {
        let mut bytes = Vec::new();
        for text in texts {
            bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
            bytes.extend_from_slice(text.as_bytes());
        }
        std::fs::write(self.dir.join("documents"), bytes).expect("a file can be written");
    }

    /// Adds the programs that are there, and gives the names of those that are not.
    pub fn cases<'c>(&'c self, len: u64, cases: &mut Vec<Case<'c>>) -> Vec<&'static str> {
        let mut missing = Vec::new();
        let mut add = |name, bytes, program: Option<Command>| match program {
            Some(mut command) => cases.push(Case::new(name, bytes, move || succeeds(&mut command))),
            None => missing.push(name),
        };
        let plain = |name: &str, arguments: &[&str]| {
            let mut command = Command::new(name);
            command.args(arguments).arg(&self.plain);
            is_there(name).then_some(command)
        };
        add(XMLLINT, len, plain("xmllint", &["--stream", "--noout", "--huge"]));
        let schema = self.dir.join("batch.xsd");
        let schema = schema.to_string_lossy();
        add(SCHEMA, len, plain("xmllint", &["--noout", "--huge", "--schema", &schema]));
        add(EXPAT, len, plain("xmlwf", &[]));
        add(LXML, len, self.lxml());
        add(PUGIXML, len * PASSES, self.pugixml());
        let Some(program) = program() else {
            missing.extend([RUN, TWO, PACKED, MIXED]);
            return missing;
        };
        let ours = [
            (RUN, &self.plain, "clean", len, 1),
            (TWO, &self.plain, "clean", len, 2),
            (PACKED, &self.packed, "clean", len, 1),
            (MIXED, &self.mixed, "mixed", self.mixed_len, 1),
        ];
        for (name, input, corpus, bytes, n_threads) in ours {
            let (program, registers) = (program.clone(), self.dir.join(format!("{corpus}-registers")));
            let mut case =
                Case::new(name, bytes, move || run(&program, input, &registers, &self.dir, n_threads));
            case.after = Some(Box::new(|| clear_away(&self.dir)));
            cases.push(case);
        }
        missing
    }

    fn lxml(&self) -> Option<Command> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/fields.py");
        let has_it = Command::new("python3").args(["-c", "import lxml.etree"]).stderr(Stdio::null()).status();
        let mut command = Command::new("python3");
        command.arg(script).arg(&self.plain);
        has_it.is_ok_and(|it| it.success()).then_some(command)
    }

    fn pugixml(&self) -> Option<Command> {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/dom.cpp");
        let program = self.dir.join("dom");
        let mut compiler = Command::new("g++");
        compiler.args(["-O3", "-o"]).arg(&program).arg(source).arg("-lpugixml").stderr(Stdio::null());
        let mut command = Command::new(program);
        command.arg(self.dir.join("documents")).arg(PASSES.to_string());
        compiler.status().is_ok_and(|it| it.success()).then_some(command)
    }
}

fn is_there(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}

/// A peer that does not come to its end is no peer.
fn succeeds(command: &mut Command) -> u64 {
    let output = command.output().expect("the program was there");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    short_hash(&output.stdout)
}

/// The program: the one `CLEARANCE` names, else that of the release build.
pub fn program() -> Option<PathBuf> {
    let named = std::env::var_os("CLEARANCE").map(PathBuf::from);
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/release/clearance");
    named.or(Some(built)).filter(|path| path.exists())
}

/// Decides an input into new books.
pub fn run(program: &Path, input: &Path, registers: &Path, dir: &Path, n_threads: usize) -> u64 {
    let status = deciding(program, input, registers, dir, n_threads).status().expect("the program starts");
    assert!(status.success(), "the program came to no good end");
    0
}

/// The same, and the most memory it held at once, in KiB: what the system kept of it until it was last asked.
pub fn run_watched(program: &Path, input: &Path, registers: &Path, dir: &Path) -> u64 {
    let mut child = deciding(program, input, registers, dir, 1).spawn().expect("the program starts");
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut resident_kib = 0;
    let end = loop {
        let said = std::fs::read_to_string(&status).unwrap_or_default();
        let most = said.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let most = most.and_then(|it| it.trim().trim_end_matches(" kB").parse().ok());
        resident_kib = resident_kib.max(most.unwrap_or(0));
        if let Some(end) = child.try_wait().expect("it is our child") {
            break end;
        }
        std::thread::sleep(WATCHED_EVERY);
    };
    assert!(end.success(), "the program came to no good end");
    resident_kib
}

const WATCHED_EVERY: Duration = Duration::from_millis(20);

fn deciding(program: &Path, input: &Path, registers: &Path, dir: &Path, n_threads: usize) -> Command {
    let mut command = Command::new(program);
    command
        .args(["run", "--accepted-at", "2018-06-01T09:30:00+08:00", "--lang", "zh"])
        .args(["--threads", &n_threads.to_string()])
        .arg(input)
        .arg("--registers")
        .arg(registers)
        .arg("--data")
        .arg(dir.join("data"))
        .arg("--out")
        .arg(dir.join("out"))
        .stdout(Stdio::null());
    command
}

/// Documents that were decided or filed: a line each.
pub fn n_documents(dir: &Path) -> u64 {
    let decisions = std::fs::read(dir.join("out/decisions.ndjson")).expect("decisions were written");
    decisions.iter().filter(|&&byte| byte == b'\n').count() as u64
}

/// Hashes the decisions and removes what the run wrote.
pub fn clear_away(dir: &Path) -> u64 {
    let hash = short_hash(&std::fs::read(dir.join("out/decisions.ndjson")).expect("decisions were written"));
    for folder in ["data", "out"] {
        std::fs::remove_dir_all(dir.join(folder)).expect("the folders of a run can be removed");
    }
    hash
}
