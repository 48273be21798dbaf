//! What several benches do, and the peers they are compared with: the same work wherever it is timed.

use clearance::record::{Journal, Kind};
use formats::Scratch;
use formats::xml::kept::Kept;
use model::documents::Documents;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::short_hash;

/// Every event of every document, counted by the bare tokenizer.
pub fn bare(texts: &[&str]) -> u64 {
    let mut n_events = 0;
    for text in texts {
        let mut reader = Reader::from_str(text);
        while !matches!(reader.read_event().expect("the corpus is well-formed"), Event::Eof) {
            n_events += 1;
        }
    }
    n_events
}

/// As the engine reads a window: sixteen documents together, their contents hashed, with memory that was used before.
pub fn rows(texts: &[&str]) -> u64 {
    let mut n_rows = 0;
    let (mut spare, mut scratch) = (Documents::default(), Scratch::default());
    for chunk in texts.chunks(16) {
        let kept = Kept::default();
        let mut tables = spare.recycle();
        for text in chunk {
            formats::parse(text, None, kept.keeper(), &mut tables, &mut scratch);
        }
        n_rows += (tables.items.len() + tables.certificate_items.len()) as u64;
        assert_eq!(scratch.content.digests().len(), chunk.len(), "each document has a digest");
        spare = tables.recycle();
    }
    n_rows
}

/// The program to be measured: the one named by `CLEARANCE`, else the release build, where one is there.
pub fn program() -> Option<PathBuf> {
    let named = std::env::var_os("CLEARANCE").map(PathBuf::from);
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/release/clearance");
    named.or(Some(built)).filter(|path| path.exists())
}

/// Decides an input into new books under this folder.
pub fn deciding(program: &Path, input: &Path, registers: &Path, dir: &Path, n_threads: usize) -> Command {
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

/// Hashes the decisions and removes what the run wrote.
pub fn clear_away(dir: &Path) -> u64 {
    let hash = short_hash(&std::fs::read(dir.join("out/decisions.ndjson")).expect("decisions were written"));
    for folder in ["data", "out"] {
        std::fs::remove_dir_all(dir.join(folder)).expect("the folders of a run can be removed");
    }
    hash
}

/// Records from this number on, each as a decision is: text of 200 bytes, part of which does not pack.
pub fn records(first: usize, n: usize) -> Vec<Vec<u8>> {
    const RECORD_BYTES: usize = 200;
    let record = |number: usize| {
        let mut said = format!("{{\"number\":\"53162018{number:010}\",\"digest\":\"b3:").into_bytes();
        said.extend_from_slice(blake3::hash(&number.to_le_bytes()).to_hex().as_bytes());
        said.resize(RECORD_BYTES, b' ');
        said
    };
    (first..first + n).map(record).collect()
}

/// Makes a group of records durable.
pub fn commit(journal: &mut Journal, records: &[Vec<u8>]) {
    for record in records {
        journal.append(Kind(3), record, None).expect("it takes a record");
    }
    journal.commit().expect("it can be synced");
}
