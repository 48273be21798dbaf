//! R8: the conformance suite of the W3C for XML, and cases of our own for what it leaves out.
//!
//! The suite is other people's and no part of the repository: `cargo xtask need` fetches it, and `CLEARANCE_XMLCONF` names
//! its folder. Our own cases, a line for each production and constraint, always run.
//! A test without a document type declaration comes out as XML 1.0, fifth edition, and its namespaces say. One with a
//! declaration is refused for that, before anything in it is looked at.

mod cases;

use crate::reading::{Piece, Verdict, pieces};
use crate::{Extent, Proof};
use anyhow::{Context, Result, bail, ensure};
use model::limits::Limits;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// The proof.
pub const PROOF: Proof = Proof {
    name: "conformance",
    shows: "R8: malformed XML is refused and well-formed XML is read, by the suite of the W3C and by cases of our own",
    floor: 0,
    full: 0,
    run,
};

/// The folder that has `xmlconf.xml` in it.
const FOLDER: &str = "CLEARANCE_XMLCONF";

/// Tests without a declaration that every processor must refuse, and those it must read. Fewer means that the suite is not
/// whole.
const N_MALFORMED: usize = 240;
const N_WELL_FORMED: usize = 72;

/// Well-formed for XML alone: names with colons that namespaces do not allow, and an encoding that is taken only when an
/// office says so.
const OTHERWISE: &[(&str, &str)] =
    &[("o-p04pass1", "MSG-001"), ("o-p05pass1", "MSG-001"), ("utf16b", "MSG-003"), ("utf16l", "MSG-003")];

/// A test of the suite.
struct Test {
    id: String,
    kind: Kind,
    bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// No document type declaration, and not well-formed.
    Malformed,
    /// No document type declaration, and well-formed.
    WellFormed,
    /// A document type declaration.
    WithDeclaration,
    /// XML 1.1, names of earlier editions, or what a processor may do as it likes: run for the sake of not breaking.
    Other,
}

impl Kind {
    fn words(self) -> &'static str {
        match self {
            Kind::Malformed => "malformed",
            Kind::WellFormed => "well-formed",
            Kind::WithDeclaration => "with a document type declaration",
            Kind::Other => "XML 1.1, earlier editions, optional errors",
        }
    }
}

fn run(extent: &Extent) -> Result<String> {
    let (n_cases, wrong) = cases::run()?;
    told(&wrong)?;
    let suite = match folder() {
        Some(folder) => suite(&extent.root, Path::new(&folder))?,
        None if extent.is_full => {
            bail!("{FOLDER} names no folder: run `cargo xtask prove`, which fetches the suite")
        }
        None => format!("suite of the W3C NOT RUN, as {FOLDER} names no folder"),
    };
    Ok(format!("{n_cases} cases of our own; {suite}"))
}

#[expect(clippy::disallowed_methods, reason = "a proof is told here where its inputs lie")]
fn folder() -> Option<String> {
    std::env::var(FOLDER).ok().filter(|folder| !folder.is_empty())
}

fn suite(root: &Path, folder: &Path) -> Result<String> {
    let tests = listed(root, folder)?;
    let (mut counts, mut wrong) = (BTreeMap::new(), Vec::new());
    let mut of_kind: BTreeMap<Kind, usize> = BTreeMap::new();
    for test in &tests {
        let rule = rule(&test.bytes)?;
        *counts.entry((test.kind, rule.unwrap_or("read"))).or_insert(0) += 1;
        *of_kind.entry(test.kind).or_default() += 1;
        wrong.extend(fault(test, rule));
        // A declaration speaks for all that stands inside the element behind it, and where that is never closed, for
        // the next message.
        if test.kind != Kind::WithDeclaration {
            wrong.extend(cases::neighbours(&test.bytes)?.map(|lost| format!("{}: {lost}", test.id)));
        }
    }
    for ((kind, rule), n) in &counts {
        println!("  {n:>5}  {}: {rule}", kind.words());
    }
    told(&wrong)?;
    for (kind, floor) in [(Kind::Malformed, N_MALFORMED), (Kind::WellFormed, N_WELL_FORMED)] {
        let n = of_kind.get(&kind).copied().unwrap_or(0);
        ensure!(
            n >= floor,
            "the suite has {n} tests that are {}, at least {floor} were expected",
            kind.words()
        );
    }
    Ok(format!("suite of the W3C: {} tests", tests.len()))
}

fn told(wrong: &[String]) -> Result<()> {
    for line in wrong {
        println!("  WRONG {line}");
    }
    ensure!(wrong.is_empty(), "{} come out wrong, listed above", wrong.len());
    Ok(())
}

/// What is wrong with how a test came out.
fn fault(test: &Test, rule: Option<&'static str>) -> Option<String> {
    let otherwise = OTHERWISE.iter().find(|(id, _)| *id == test.id).map(|(_, rule)| *rule);
    let is_right = match test.kind {
        Kind::Malformed => rule.is_some(),
        Kind::WellFormed => rule == otherwise,
        // An entry in another encoding is refused before its declaration can be read.
        Kind::WithDeclaration => {
            matches!(rule, Some("MSG-002" | "MSG-003" | "MSG-001" | "MSG-012" | "MSG-013" | "MSG-014"))
        }
        Kind::Other => true,
    };
    let came = rule.unwrap_or("read");
    (!is_right).then(|| format!("{} ({}): {came}", test.id, test.kind.words()))
}

/// The rule by which the bytes are refused; none when they are read or declined.
fn rule(bytes: &[u8]) -> Result<Option<&'static str>> {
    let pieces = pieces_of(bytes)?;
    ensure!(!pieces.is_empty(), "bytes without an outcome");
    Ok(pieces.iter().find_map(|piece| match piece.verdict {
        Verdict::Refused { rule, .. } => Some(rule),
        Verdict::Taken(_) | Verdict::Declined => None,
    }))
}

/// The documents in these bytes, as an office reads them that takes UTF-8 alone.
fn pieces_of(bytes: &[u8]) -> Result<Vec<Piece>> {
    pieces(bytes, &Limits::default())
}

fn listed(root: &Path, folder: &Path) -> Result<Vec<Test>> {
    let script = root.join("ops/proof/peer/suite.py");
    let output = Command::new("python3").arg(script).arg(folder).output().context("python3 cannot be run")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout)?.lines().map(test).collect()
}

fn test(line: &str) -> Result<Test> {
    let test: Value = serde_json::from_str(line)?;
    let text = |key: &str| test[key].as_str().unwrap_or("");
    let bytes = std::fs::read(text("path")).with_context(|| text("path").to_owned())?;
    let is_of_another_version = text("recommendation").ends_with("1.1")
        || !(test["edition"].is_null() || text("edition").contains('5'));
    let kind = match text("type") {
        _ if test["declares"] == true => Kind::WithDeclaration,
        _ if is_of_another_version => Kind::Other,
        "not-wf" => Kind::Malformed,
        "valid" | "invalid" => Kind::WellFormed,
        _ => Kind::Other,
    };
    Ok(Test { id: text("id").to_owned(), kind, bytes })
}
