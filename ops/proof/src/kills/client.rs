//! The client: what he dropped, what he saw, and his account of it.

use super::now;
use super::said::Said;
use crate::mutate::Random;
use crate::office::workloads::{client_number, elsewhere, in_own_name, plain};
use anyhow::{Context, Result, bail, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

const FOLDER: &str = "firm/Deccus001";
const CONFIG: &str = "data = \"data\"\nlanguage = \"zh\"\nrescan = \"1 s\"\nthreads = 1\n[http]\nlisten = \"none\"\n\
    [[folders]]\nid = \"a\"\nroot = \"firm\"\n";

/// A firm's import client with a good memory.
pub struct Client {
    dir: PathBuf,
    plain: String,
    dropped: BTreeMap<String, Dropped>,
    /// Answers seen, and what they said.
    answers: BTreeMap<String, Vec<u8>>,
    /// Files seen in `SentBox` or `FailBox`: acknowledged.
    acknowledged: BTreeSet<String>,
    n_numbers: u32,
}

/// A file he dropped.
struct Dropped {
    bytes: Vec<u8>,
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// A new declaration under this number.
    New(u32),
    /// The same bytes as this file.
    Again(String),
    /// Other content under a number that was dropped before.
    Other,
    /// Nothing can be made of it.
    Broken,
}

impl Client {
    pub fn new(dir: &Path) -> Result<Client> {
        std::fs::create_dir_all(dir.join(FOLDER).join("OutBox"))?;
        std::fs::create_dir_all(dir.join("data/registers"))?;
        std::fs::write(dir.join("clearance.toml"), CONFIG)?;
        Ok(Client {
            dir: dir.to_owned(),
            plain: plain()?,
            dropped: BTreeMap::new(),
            answers: BTreeMap::new(),
            acknowledged: BTreeSet::new(),
            n_numbers: 0,
        })
    }

    /// Drops a file as the single-window client does: under a temporary name, then renamed.
    pub fn drops(&mut self, random: &mut Random) -> Result<()> {
        let known: Vec<&String> = self
            .dropped
            .iter()
            .filter(|(_, it)| matches!(it.kind, Kind::New(_)))
            .map(|(name, _)| name)
            .collect();
        let (kind, bytes) = match random.below(8) {
            0 if !known.is_empty() => {
                let first = (*random.one(&known)).clone();
                let bytes = self.dropped[&first].bytes.clone();
                (Kind::Again(first), bytes)
            }
            1 if self.n_numbers > 0 => {
                let n = 1 + random.below(self.n_numbers as usize) as u32;
                (Kind::Other, elsewhere(&in_own_name(&self.plain, n)?)?.into_bytes())
            }
            2 => (Kind::Broken, b"<DecMessage>".to_vec()),
            _ => {
                self.n_numbers += 1;
                let document = in_own_name(&self.plain, self.n_numbers)?;
                (Kind::New(self.n_numbers), document.into_bytes())
            }
        };
        let name = format!("f{:06}.xml", self.dropped.len());
        let out_box = self.dir.join(FOLDER).join("OutBox");
        std::fs::write(out_box.join("dropping.tmp"), &bytes)?;
        std::fs::rename(out_box.join("dropping.tmp"), out_box.join(&name))?;
        self.dropped.insert(name, Dropped { bytes, kind });
        Ok(())
    }

    /// Waits until nothing is left to be taken; how long that was.
    pub fn waits(&self, patience: Duration) -> Result<Duration> {
        let begun = now();
        while self.names("OutBox")?.iter().any(|it| it.ends_with(".xml")) {
            ensure!(begun.elapsed() < patience, "after {patience:?} files are still in OutBox");
            sleep(Duration::from_millis(5));
        }
        Ok(begun.elapsed())
    }

    /// Looks at his folders: what he saw before is there, and no file is lost on the way. How many still wait.
    pub fn looks(&mut self) -> Result<usize> {
        let (waiting, sent, failed) = (self.names("OutBox")?, self.names("SentBox")?, self.names("FailBox")?);
        for (name, dropped) in &self.dropped {
            let boxes = [("OutBox", &waiting), ("SentBox", &sent), ("FailBox", &failed)];
            let there: Vec<&str> =
                boxes.iter().filter(|(_, names)| names.contains(name)).map(|(name, _)| *name).collect();
            let [only] = there[..] else { bail!("{name} is in {there:?}") };
            let bytes = std::fs::read(self.dir.join(FOLDER).join(only).join(name))?;
            ensure!(bytes == dropped.bytes, "{name} is other bytes in {only}");
            let is_acknowledged = only != "OutBox";
            ensure!(is_acknowledged || !self.acknowledged.contains(name), "{name} came back to OutBox");
            if is_acknowledged {
                self.acknowledged.insert(name.clone());
            }
        }
        let mut answers = BTreeMap::new();
        for name in self.names("InBox")?.into_iter().filter(|it| it.ends_with(".xml")) {
            let bytes = std::fs::read(self.dir.join(FOLDER).join("InBox").join(&name))?;
            answers.insert(name, bytes);
        }
        for (name, bytes) in &self.answers {
            ensure!(answers.get(name) == Some(bytes), "the answer {name} is gone or says otherwise");
        }
        self.answers = answers;
        // What was acknowledged was answered before it was moved.
        for name in &self.acknowledged {
            ensure!(self.answers_to(name).next().is_some(), "{name} was taken and not answered");
        }
        Ok(self.dropped.len() - self.acknowledged.len())
    }

    /// Files he saw acknowledged.
    pub fn n_acknowledged(&self) -> usize {
        self.acknowledged.len()
    }

    /// Holds his account against the journal; the figures of it.
    pub fn holds(&self, said: &Said) -> Result<String> {
        let mut n_decided = 0;
        for (name, dropped) in &self.dropped {
            ensure!(self.acknowledged.contains(name), "{name} was never taken");
            ensure!(said.inputs.contains(name), "lost: the journal has no outcome of {name}");
            match &dropped.kind {
                Kind::New(n) => {
                    let number = client_number(*n);
                    let decided = said.decisions.get(&number).copied().unwrap_or(0);
                    ensure!(decided == 1, "{number} was decided {decided} times");
                    n_decided += 1;
                }
                Kind::Again(first) => {
                    let said_to = |name: &str| self.answers_to(name).map(|it| it.1).collect::<BTreeSet<_>>();
                    ensure!(
                        said_to(name) == said_to(first),
                        "{name} and {first} are the same and answered otherwise"
                    );
                }
                Kind::Other | Kind::Broken => {}
            }
        }
        let all: u64 = said.decisions.values().sum();
        ensure!(all == n_decided, "{all} decisions on {n_decided} declarations");
        let (n_files, n_answers) = (self.dropped.len(), self.answers.len());
        Ok(format!(
            "{n_files} files, {n_decided} decisions, {n_answers} answers, {} records, verified by the verifier alone",
            said.n_records
        ))
    }

    /// Answers to a file: their names hold its base name.
    fn answers_to<'c>(&'c self, name: &str) -> impl Iterator<Item = (&'c String, &'c Vec<u8>)> {
        let base = format!("_{}_", name.trim_end_matches(".xml"));
        self.answers.iter().filter(move |(answer, _)| answer.contains(&base))
    }

    fn names(&self, of: &str) -> Result<BTreeSet<String>> {
        let folder = self.dir.join(FOLDER).join(of);
        if !folder.exists() {
            return Ok(BTreeSet::new());
        }
        let entries = folder.read_dir().with_context(|| folder.display().to_string())?;
        entries.map(|it| Ok(it?.file_name().to_string_lossy().into_owned())).collect()
    }
}
