//! The program itself as a service: files dropped by renaming, answers, signals, a restart.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests of what lies on a disk")]

mod support;

#[allow(dead_code, reason = "each test file uses the part it needs")]
#[path = "laws/documents.rs"]
mod documents;

use documents::*;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};

/// A running service, and what it says.
struct Running {
    process: Child,
    log: BufReader<ChildStderr>,
}

fn office(test: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("clearance-serving-{test}-{}", std::process::id()));
    let _before = fs::remove_dir_all(&dir);
    for folder in ["firm/Deccus001/OutBox", "firm/CooImp/OutBox", "data/registers"] {
        fs::create_dir_all(dir.join(folder)).unwrap();
    }
    // So long between two looks, and yet it must notice at once: by events.
    let config = "data = \"data\"\nlanguage = \"en\"\nrescan = \"10 min\"\nthreads = 1\n\
        [http]\nlisten = \"127.0.0.1:0\"\n[[folders]]\nid = \"a\"\nroot = \"firm\"\n";
    fs::write(dir.join("clearance.toml"), config).unwrap();
    dir
}

fn program(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clearance"));
    command.current_dir(dir).args(["serve", "--lang", "en"]).stdin(Stdio::null()).stderr(Stdio::piped());
    command
}

impl Running {
    fn start(dir: &Path) -> Running {
        let mut process = program(dir).spawn().unwrap();
        let log = BufReader::new(process.stderr.take().unwrap());
        let mut running = Running { process, log };
        running.hear("opened", 1);
        running
    }

    /// Reads the log until this has been said so often.
    fn hear(&mut self, event: &str, times: usize) {
        let mut heard = 0;
        while heard < times {
            let mut line = String::new();
            let n = self.log.read_line(&mut line).unwrap();
            assert!(n > 0, "it ended before it said {event}");
            let said: serde_json::Value = serde_json::from_str(&line).unwrap();
            assert_ne!(said["level"], "error", "{line}");
            heard += usize::from(said["event"] == event);
        }
    }

    fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.process.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    }

    /// Asks it to stop, and waits until it has.
    fn stop(mut self) {
        self.signal("TERM");
        self.hear("closed", 1);
        assert_eq!(self.process.wait().unwrap().code(), Some(0));
    }
}

fn drop_in(dir: &Path, folder: &str, name: &str, text: &str) {
    let out_box = dir.join("firm").join(folder).join("OutBox");
    fs::write(out_box.join("dropping.tmp"), text).unwrap();
    fs::rename(out_box.join("dropping.tmp"), out_box.join(name)).unwrap();
}

fn files(dir: &Path, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(dir.join("firm").join(folder)).unwrap().map(Result::unwrap);
    let file =
        |entry: fs::DirEntry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap());
    entries.map(file).collect()
}

#[test]
fn files_are_answered_and_a_restart_changes_nothing() {
    let dir = office("restart");
    let consignment = claiming(1);
    let mut running = Running::start(&dir);
    drop_in(&dir, "Deccus001", "held.xml", &consignment.declaration);
    running.hear("settled", 1);
    drop_in(&dir, "CooImp", "proof.xml", &consignment.certificates[0]);
    running.hear("settled", 1);
    drop_in(&dir, "Deccus001", "broken.xml", "<DecMessage>");
    running.hear("settled", 1);
    running.stop();
    let answers = files(&dir, "Deccus001/InBox");
    let with_prefix = |prefix: &str| answers.keys().filter(|name| name.starts_with(prefix)).count();
    assert_eq!(with_prefix("Successed_held_"), 1);
    assert_eq!(with_prefix("DEC_RESULT_held_"), 2, "held, then decided again");
    assert_eq!(with_prefix("Receipt_held_"), 1, "its certificate is approved");
    assert_eq!(with_prefix("Failed_broken_"), 1);
    assert_eq!(answers.len(), 5, "{:?}", answers.keys());
    assert_eq!(files(&dir, "CooImp/InBox").len(), 1);
    assert!(files(&dir, "Deccus001/OutBox").is_empty());
    assert_eq!(files(&dir, "Deccus001/SentBox").into_keys().collect::<Vec<_>>(), ["held.xml"]);
    assert_eq!(files(&dir, "Deccus001/FailBox").into_keys().collect::<Vec<_>>(), ["broken.xml"]);
    // The same again, under another name, to the service started anew.
    let mut running = Running::start(&dir);
    drop_in(&dir, "CooImp", "again.xml", &consignment.certificates[0]);
    running.hear("settled", 1);
    running.stop();
    assert_eq!(files(&dir, "Deccus001/InBox"), answers);
    let mut proofs = files(&dir, "CooImp/InBox");
    let first = proofs.pop_last().unwrap();
    let again = proofs.pop_first().unwrap();
    assert_eq!(first.0.replace("_proof_", "_again_"), again.0);
    assert_eq!(first.1, again.1);
    fs::remove_dir_all(&dir).unwrap();
}

/// Heads go to a second place, what is old to a third, and the journal is held against both.
#[test]
fn heads_are_published_and_what_is_old_is_archived() {
    let dir = office("keeping");
    fs::create_dir(dir.join("archive")).unwrap();
    let config = fs::read_to_string(dir.join("clearance.toml")).unwrap();
    let kept =
        "heads = \"witness/heads\"\nretention = { archive = \"archive\", raw_days = 1, journal_days = 1 }\n";
    fs::write(dir.join("clearance.toml"), format!("{kept}{config}")).unwrap();
    let mut running = Running::start(&dir);
    drop_in(&dir, "Deccus001", "a.xml", &plain());
    running.hear("settled", 1);
    running.stop();
    // As if that had been long ago.
    let raw = fs::read_dir(dir.join("data/evidence/raw")).unwrap().next().unwrap().unwrap().path();
    let input = fs::read_dir(&raw).unwrap().next().unwrap().unwrap();
    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_527_816_605);
    fs::File::options().append(true).open(input.path()).unwrap().set_modified(old).unwrap();
    let mut running = Running::start(&dir);
    running.hear("archived", 1);
    running.stop();
    assert!(!input.path().exists());
    let name = input.path().strip_prefix(dir.join("data")).unwrap().to_owned();
    assert!(dir.join("archive").join(name).exists());
    let verified = |heads: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clearance"));
        command.args(["journal", "verify", "--lang", "en", "--data"]).arg(dir.join("data"));
        let output =
            command.arg("--archive").arg(dir.join("archive")).arg("--heads").arg(heads).output().unwrap();
        (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    };
    let heads = dir.join("witness/heads");
    let (code, said) = verified(&heads);
    assert!(code == Some(0) && said.contains(" published heads are in it"), "{said}");
    // A file that names no head is no witness.
    let empty = dir.join("empty");
    fs::write(&empty, "no head\n").unwrap();
    let (code, said) = verified(&empty);
    assert!(code == Some(2) && said.contains("there is no published head in it"), "{said}");
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn one_process_has_a_data_folder_and_a_hang_up_loads_registers_anew() {
    let dir = office("reload");
    let mut running = Running::start(&dir);
    let second = program(&dir).output().unwrap();
    assert_eq!(second.status.code(), Some(2));
    let said = String::from_utf8(second.stderr).unwrap();
    assert!(said.contains("in use by another process"), "{said}");
    fs::write(dir.join("data/registers/README.md"), "ours").unwrap();
    running.signal("HUP");
    running.hear("registers-loaded", 1);
    drop_in(&dir, "Deccus001", "a.xml", &plain());
    running.hear("settled", 1);
    running.stop();
    assert_eq!(files(&dir, "Deccus001/SentBox").len(), 1);
    fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn a_start_that_cannot_be_says_why() {
    let dir = office("start");
    let refused = |expected: &str| {
        let ended = program(&dir).output().unwrap();
        assert_eq!(ended.status.code(), Some(2));
        let said = String::from_utf8(ended.stderr).unwrap();
        assert!(said.contains(expected), "{said}");
    };
    fs::write(dir.join("data/registers/stops.csv"), "nonsense\n1\n").unwrap();
    refused("stops.csv");
    fs::remove_file(dir.join("clearance.toml")).unwrap();
    refused("clearance.toml");
    fs::remove_dir_all(&dir).unwrap();
}
