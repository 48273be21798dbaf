//! Other people's messages and schemas, read where they lie: they are not ours to ship.
//!
//! `CLEARANCE_SAMPLES` names the folder of messages; schemas lie beside it. Without it nothing is run, and that is said
//! (ruling T2). Each dialect has a file.

mod declined;
mod ubl;

use formats::xml::kept::Kept;
use formats::{EntryKind, Scratch};
use model::documents::Documents;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A message of others.
struct Sample {
    /// File name.
    name: String,
    text: String,
}

/// The messages in this folder of the samples, by name; none where nothing is to be run.
fn samples(folder: &str) -> Option<Vec<Sample>> {
    let folder = root()?.join(folder);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut samples: Vec<Sample> = entries
        .map(|entry| entry.expect("a folder can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "xml"))
        .map(|path| Sample {
            name: path.file_name().expect("a file has a name").to_string_lossy().into_owned(),
            text: std::fs::read_to_string(&path).expect("a sample is UTF-8"),
        })
        .collect();
    samples.sort_by(|one, other| one.name.cmp(&other.name));
    assert!(!samples.is_empty(), "{} is empty", folder.display());
    Some(samples)
}

/// A schema of others, by its path among the schemas beside the samples.
fn schema(path: &str) -> Option<PathBuf> {
    let schema = root()?.parent()?.join("xsd").join(path);
    assert!(schema.is_file(), "{} is missing", schema.display());
    Some(schema)
}

fn root() -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "a test is told here where its inputs lie")]
    let Ok(samples) = std::env::var("CLEARANCE_SAMPLES") else {
        println!("not run: CLEARANCE_SAMPLES names no folder");
        return None;
    };
    Some(PathBuf::from(samples))
}

/// What `xmllint` says against the message by this schema; nothing when it is valid.
fn faults(schema: &Path, message: &str) -> String {
    let mut xmllint = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(schema)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("xmllint can be called: `cargo xtask need` installs it");
    let mut input = xmllint.stdin.take().expect("asked for above");
    input.write_all(message.as_bytes()).expect("xmllint reads its input");
    drop(input);
    let output = xmllint.wait_with_output().expect("xmllint ends");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { String::new() } else { format!("{told}\n{message}") }
}

/// A message as it was read.
struct Read {
    format: Option<&'static str>,
    kind: &'static str,
    /// Declarant and numbers.
    identity: Vec<String>,
    /// Rule and place of each finding, and the element it stands at.
    findings: Vec<String>,
}

/// Reads a message that stands alone, and shows its rows.
fn read(text: &str, look: impl FnOnce(&Documents<'_>)) -> Read {
    let kept = Kept::default();
    let mut documents = Documents::default();
    let parsed = formats::parse(text, None, kept.keeper(), &mut documents, &mut Scratch::default());
    let (kind, identity) = match &parsed.entry.kind {
        EntryKind::Declaration { identity, .. } => ("declaration", Some(identity)),
        EntryKind::Certificate { identity, .. } => ("certificate", Some(identity)),
        EntryKind::Request { identity, .. } => ("request", Some(identity)),
        EntryKind::Declined => ("declined", None),
        EntryKind::Refused => ("refused", None),
        EntryKind::Inspection { identity, .. } => ("inspection", Some(identity)),
    };
    let identity = identity.map_or_else(Vec::new, |identity| {
        let numbers = identity.numbers.iter().map(|(_, number)| (*number).to_owned());
        std::iter::once(identity.declarant.to_owned()).chain(numbers).collect()
    });
    let findings = parsed.entry.findings.iter().map(|finding| {
        let pointer = formats::place::pointer(text, &finding.place, parsed.format);
        let what =
            finding.evidence.iter().map(|(name, value)| format!(" {name}={}", value.in_language(ENGLISH)));
        format!("{} {pointer}{}", finding.rule.0, what.collect::<String>())
    });
    let findings = findings.collect();
    look(&documents);
    Read { format: parsed.format.map(|format| format.name()), kind, identity, findings }
}

const ENGLISH: model::finding::Language = model::finding::Language::En;
