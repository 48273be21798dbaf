//! The other reader: expat, asked through Python, many documents by one process (`peer/expat.py`).
//!
//! Questions and answers go through threads of their own, so that neither side waits for the other's pipe.

use anyhow::{Context, Result, anyhow, bail};
use model::batch::Namespaces;
use std::collections::BTreeSet;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};

/// A running peer.
pub struct Peer {
    questions: Sender<Vec<u8>>,
    answers: Receiver<Result<String>>,
    child: Child,
}

/// What the peer says of a document.
#[derive(Clone, Debug)]
pub enum Answer {
    /// It can be read.
    Read(Facts),
    /// It cannot, and why.
    Refused(String),
}

/// What the peer saw in a document it can read.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// What it says, in the words of `told.rs`.
    pub told: String,
    /// Things noticed, by the names `expat.py` gives them.
    pub noticed: BTreeSet<String>,
    /// The most there was of each thing that has a limit.
    pub(crate) most: Vec<(String, usize)>,
}

impl Facts {
    /// Something of this name was noticed.
    pub fn has(&self, noticed: &str) -> bool {
        self.noticed.contains(noticed)
    }

    /// The most there was of this.
    pub fn most(&self, of: &str) -> usize {
        self.most.iter().find(|(name, _)| name == of).map_or(0, |(_, most)| *most)
    }
}

/// The document stands inside an element that binds namespaces for it.
const INSIDE: u8 = 1;

impl Peer {
    /// Starts one.
    ///
    /// # Errors
    /// When Python cannot be run.
    pub fn start(root: &Path) -> Result<Peer> {
        let mut child = Command::new("python3")
            .arg(root.join("ops/proof/peer/expat.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("python3 cannot be run")?;
        let input = child.stdin.take().context("the peer has no input")?;
        let output = child.stdout.take().context("the peer has no output")?;
        let (questions, asked) = channel::<Vec<u8>>();
        let (told, answers) = channel();
        std::thread::spawn(move || {
            let mut input = BufWriter::new(input);
            // When the peer has died its answers say so.
            while let Ok(question) = asked.recv() {
                if input.write_all(&question).and_then(|()| input.flush()).is_err() {
                    return;
                }
            }
        });
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            loop {
                let answer = answer(&mut output);
                let is_over = answer.is_err();
                if told.send(answer).is_err() || is_over {
                    return;
                }
            }
        });
        Ok(Peer { questions, answers, child })
    }

    /// Asks about a document. Answers come in the order of the questions.
    pub fn ask(&self, document: &[u8]) {
        self.send(document, 0);
    }

    /// Asks about a document that stands where these namespaces are bound.
    pub fn ask_inside(&self, text: &str, namespaces: &Namespaces) {
        // A declaration before it is the document's own.
        let end = if text.starts_with("<?xml") { text.find("?>").map_or(0, |end| end + 2) } else { 0 };
        let mut document = text[..end].to_owned();
        document.push_str("<w");
        for (prefix, name) in &namespaces.bindings {
            let colon = if prefix.is_empty() { "" } else { ":" };
            let name = name.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
            document.push_str(&format!(" xmlns{colon}{prefix}=\"{name}\""));
        }
        document.push('>');
        document.push_str(&text[end..]);
        document.push_str("</w>");
        self.send(document.as_bytes(), INSIDE);
    }

    fn send(&self, document: &[u8], options: u8) {
        let length = u32::try_from(document.len()).unwrap_or(u32::MAX);
        let mut question = Vec::with_capacity(5 + document.len());
        question.extend_from_slice(&length.to_le_bytes());
        question.push(options);
        question.extend_from_slice(document);
        // A peer that has died is told of where its answer is waited for.
        let _ = self.questions.send(question);
    }

    /// The answer to the oldest question without one.
    ///
    /// # Errors
    /// When the peer has died.
    pub fn answer(&self) -> Result<Answer> {
        let told = self.answers.recv().map_err(|_| anyhow!("the peer is gone"))??;
        if let Some(why) = told.strip_prefix('!') {
            return Ok(Answer::Refused(why.to_owned()));
        }
        let Some((noticed, told)) = told.split_once('\n') else { bail!("the peer answers {told:?}") };
        let mut facts = Facts { told: told.to_owned(), ..Facts::default() };
        for word in noticed.split(' ') {
            match word.split_once(':') {
                Some((name, size)) => facts.most.push((name.to_owned(), size.parse()?)),
                None => drop(facts.noticed.insert(word.to_owned())),
            }
        }
        Ok(Answer::Read(facts))
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It ends with its input; a peer in the middle of an answer must not outlive a failed proof.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn answer(output: &mut impl Read) -> Result<String> {
    let mut length = [0; 4];
    output.read_exact(&mut length).context("the peer has ended")?;
    let mut told = vec![0; u32::from_le_bytes(length) as usize];
    output.read_exact(&mut told).context("the peer has ended")?;
    Ok(String::from_utf8_lossy(&told).into_owned())
}
