//! `cargo xtask prove`: the proofs of `ops/proof` in full, and what they came to, with day and commit, in `ops/proof.md`.
//!
//! The floor of each, which fits a run with every change, is a step of `cargo xtask ci`.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::need;

/// Where results are written down: a table whose rows stand at the end of the page.
const PAGE: &str = "ops/proof.md";

/// What the program puts before the name of a proof and what it came to.
const MARK: &str = "--- ";

/// Every proof as far as a run with every change reaches.
///
/// Without the suite the proof says so and runs the rest; without the other reader there is nothing to compare with.
pub fn floor(root: &Path) -> Result<String> {
    need::ensure(&need::PYTHON)?;
    let mut command = program(root, "dev")?;
    match need::suite(root) {
        Ok(suite) => drop(command.env("CLEARANCE_XMLCONF", suite)),
        Err(why) => println!("the XML conformance suite is not there: {why:#}"),
    }
    let results = listen(&mut command)?;
    ensure!(!results.is_empty(), "no proof was run");
    Ok(results.iter().map(|(name, counted)| format!("{name}: {counted}")).collect::<Vec<_>>().join("; "))
}

/// The proofs named, or all, in full.
pub fn run(root: &Path, arguments: &[String]) -> Result<()> {
    need::ensure(&need::PYTHON)?;
    let commit = commit(root)?;
    let mut command = program(root, "proof")?;
    command.arg("--full").args(arguments).env("CLEARANCE_XMLCONF", need::suite(root)?);
    let results = listen(&mut command)?;
    ensure!(!results.is_empty(), "no proof was run");
    let day = said(Command::new("date").args(["-u", "+%F"]))?;
    let mut page = OpenOptions::new().append(true).open(root.join(PAGE)).context(PAGE)?;
    for (name, counted) in &results {
        writeln!(page, "| {day} | {commit} | {name} | {} |", counted.replace('|', "\\|")).context(PAGE)?;
    }
    println!("written down in {PAGE}");
    Ok(())
}

/// The proofs, and beside them the program, which some of them run.
fn program(root: &Path, profile: &str) -> Result<Command> {
    let cargo = |verb: &str| {
        let mut command = Command::new("cargo");
        command.args([verb, "--profile", profile, "--package", "proof"]).current_dir(root);
        command
    };
    let status = cargo("build").args(["--package", "clearance"]).status().context("cargo cannot be run")?;
    ensure!(status.success(), "the proofs cannot be built");
    let mut run = cargo("run");
    run.args(["--quiet", "--"]);
    Ok(run)
}

/// Passes the output through, and keeps what each proof came to.
fn listen(command: &mut Command) -> Result<Vec<(String, String)>> {
    let mut child = command.stdout(Stdio::piped()).spawn().context("cargo cannot be run")?;
    let stdout = child.stdout.take().context("the proofs have no output")?;
    let mut results: Vec<(String, String)> = Vec::new();
    let mut begun = String::new();
    for line in BufReader::new(stdout).lines() {
        let line = line.context("the output of the proofs cannot be read")?;
        println!("{line}");
        let Some((name, said)) = line.strip_prefix(MARK).and_then(|it| it.split_once(": ")) else { continue };
        // The first line of a proof says what it shows, the second what it came to.
        if begun == name {
            results.push((name.to_owned(), said.to_owned()));
        }
        name.clone_into(&mut begun);
    }
    let status = child.wait().context("the proofs were lost")?;
    ensure!(status.success(), "a proof failed");
    Ok(results)
}

/// The commit the proofs are of, and whether anything was changed since.
fn commit(root: &Path) -> Result<String> {
    let git = |arguments: &[&str]| {
        said(Command::new("git").args(["-c", "safe.directory=*"]).args(arguments).current_dir(root))
    };
    let commit = git(&["rev-parse", "--short", "HEAD"])?;
    let is_changed = !git(&["status", "--porcelain", "--", ".", ":!ops/proof.md"])?.is_empty();
    Ok(if is_changed { format!("{commit} and changes") } else { commit })
}

fn said(command: &mut Command) -> Result<String> {
    let output = command.output().context("a tool cannot be run")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_each_proof_came_to_is_kept() {
        let script = "echo '--- a: shows'; echo '  3  of this'; echo '--- a: 3 done'; echo '--- b: shows'; echo '--- b: 4: done'";
        let results = listen(Command::new("sh").args(["-c", script])).unwrap();
        let expected =
            [("a", "3 done"), ("b", "4: done")].map(|(name, said)| (name.to_owned(), said.to_owned()));
        assert_eq!(results, expected);
    }

    #[test]
    fn a_proof_that_fails_fails_them_all() {
        assert!(listen(Command::new("sh").args(["-c", "echo '--- a: shows'; exit 1"])).is_err());
    }
}
