//! `cargo xtask regression`: the program of an earlier commit against the one of this tree, in one run on the same bytes.
//!
//! The earlier program takes every turn twice: how far it differs from itself is the noise of this machine at this hour, and
//! only a loss beyond it counts. Decisions are compared as well, so that speed never changes meaning.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};

/// Where programs, corpora and books of the comparison lie.
const DIR: &str = "target/regression";

/// A difference below this is none, in ten-thousandths: code that is laid out otherwise differs by as much.
const FLOOR_BP: u64 = 100;

/// Corpora: a name, and how `generate` is called for it.
const CORPORA: &[(&str, &[&str])] = &[
    ("clean", &["--shape", "wrapper"]),
    ("packed", &["--shape", "wrapper.zst"]),
    ("defects", &["--shape", "wrapper", "--defects-bp", "500"]),
];

/// What is asked for on the command line.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    against: String,
    size: &'static str,
    n_rounds: usize,
    may_decide_otherwise: bool,
}

const USAGE: &str = "usage: cargo xtask regression [--against REV] [--quick] [--decides-otherwise]";

fn asked(arguments: &[String]) -> Result<Asked> {
    let mut asked =
        Asked { against: "HEAD".to_owned(), size: "128M", n_rounds: 9, may_decide_otherwise: false };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--against" => asked.against = arguments.next().context(USAGE)?.clone(),
            "--quick" => (asked.size, asked.n_rounds) = ("16M", 5),
            "--decides-otherwise" => asked.may_decide_otherwise = true,
            _ => bail!("{USAGE}"),
        }
    }
    Ok(asked)
}

/// Builds both, runs them in rotation, and fails on a loss beyond the noise.
pub fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let asked = asked(arguments)?;
    let dir = root.join(DIR);
    fs::create_dir_all(&dir).context(DIR)?;
    let (revision, old) = earlier(root, &dir, &asked.against)?;
    call(cargo(root).args(["build", "--release", "--package", "clearance"]))?;
    let new = root.join("target/release/clearance");
    let mut losses = Vec::new();
    for (name, options) in CORPORA {
        let corpus = dir.join(format!("{name}-{}", asked.size));
        if !corpus.exists() {
            let mut generate = Command::new(&new);
            generate.arg("generate").arg("--out").arg(&corpus).args(["--bytes", asked.size]).args(*options);
            call(&mut generate)?;
        }
        let books = dir.join("books");
        let mut walls = [Vec::new(), Vec::new(), Vec::new()];
        let mut decided: Option<Vec<u8>> = None;
        for round in 0..=asked.n_rounds {
            for (program, walls) in [&old, &old, &new].into_iter().zip(&mut walls) {
                let (decisions, wall_us) = decide(program, &corpus, &books)?;
                // The first round warms up.
                if round > 0 {
                    walls.push(wall_us);
                }
                let first = decided.get_or_insert_with(|| decisions.clone());
                let is_same = *first == decisions;
                ensure!(
                    is_same || asked.may_decide_otherwise && program == &new,
                    "{name}: {} decides otherwise than {revision}; with --decides-otherwise that is taken as meant",
                    program.display()
                );
            }
        }
        let judged = judge(&walls);
        println!("{name:8} {revision} against this tree: {judged}");
        if judged.is_loss() {
            losses.push(*name);
        }
    }
    ensure!(losses.is_empty(), "slower than {revision} beyond the noise: {}", losses.join(", "));
    println!("regression: none against {revision}");
    Ok(())
}

/// The program of an earlier commit, built once in a tree of its own.
fn earlier(root: &Path, dir: &Path, against: &str) -> Result<(String, PathBuf)> {
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args(["-c", "safe.directory=*"]).args(arguments).current_dir(root);
        command
    };
    let output = git(&["rev-parse", "--short", "--verify", &format!("{against}^{{commit}}")]).output()?;
    ensure!(output.status.success(), "{against} is no commit");
    let revision = String::from_utf8(output.stdout)?.trim().to_owned();
    let kept = dir.join(format!("clearance-{revision}"));
    if kept.is_file() {
        return Ok((revision, kept));
    }
    let tree = dir.join("tree");
    if tree.exists() {
        call(git(&["worktree", "remove", "--force"]).arg(&tree))?;
    }
    call(git(&["worktree", "add", "--detach"]).arg(&tree).arg(&revision))?;
    let target = dir.join("target");
    let built = call(
        cargo(&tree).args(["build", "--release", "--package", "clearance"]).env("CARGO_TARGET_DIR", &target),
    );
    call(git(&["worktree", "remove", "--force"]).arg(&tree))?;
    built?;
    fs::copy(target.join("release/clearance"), &kept).context("the program that was built")?;
    Ok((revision, kept))
}

/// Decides a corpus into new books: what was decided, and the microseconds it took.
fn decide(program: &Path, corpus: &Path, books: &Path) -> Result<(Vec<u8>, u64)> {
    if books.exists() {
        fs::remove_dir_all(books).context("the books of the last turn")?;
    }
    let mut command = Command::new(program);
    command.args(["--lang", "zh", "run", "--threads", "1", "--accepted-at", "2018-06-01T09:30:00+08:00"]);
    command.arg(corpus.join("batches")).arg("--registers").arg(corpus.join("registers"));
    command.arg("--data").arg(books.join("data")).arg("--out").arg(books.join("out")).stdout(Stdio::null());
    let began = now();
    call(&mut command)?;
    let wall_us = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    Ok((fs::read(books.join("out/decisions.ndjson")).context("what was decided")?, wall_us))
}

/// How the tree compares: each figure in ten-thousandths of the time of the earlier program.
#[derive(Debug, PartialEq, Eq)]
struct Judged {
    best_bp: u64,
    median_bp: u64,
    noise_bp: u64,
}

impl Judged {
    /// Slower beyond the noise, at its best and in the middle: one of them alone is chance.
    fn is_loss(&self) -> bool {
        self.best_bp.min(self.median_bp) > 10_000 + self.noise_bp
    }
}

impl std::fmt::Display for Judged {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let percent = |bp: u64| format!("{}.{:02}", bp / 100, bp % 100);
        let [best, median, noise] = [self.best_bp, self.median_bp, self.noise_bp].map(percent);
        let said = if self.is_loss() { "slower" } else { "no loss" };
        write!(f, "time {best} % at best, {median} % in the median, noise {noise} %: {said}")
    }
}

/// Judges the turns of the earlier program, of the same again, and of the tree; none of them empty.
fn judge([old, again, new]: &[Vec<u64>; 3]) -> Judged {
    let best = |walls: &[u64]| walls.iter().copied().min().unwrap_or(1).max(1);
    let apart = |a: u64, b: u64| a.abs_diff(b) * 10_000 / a.min(b);
    let both: Vec<u64> = old.iter().chain(again).copied().collect();
    let noise_bp = apart(best(old), best(again)).max(apart(median(old), median(again))).max(FLOOR_BP);
    let best_bp = best(new) * 10_000 / best(&both);
    Judged { best_bp, median_bp: median(new) * 10_000 / median(&both), noise_bp }
}

fn median(walls: &[u64]) -> u64 {
    let mut sorted = walls.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or(1).max(1)
}

fn cargo(root: &Path) -> Command {
    let mut command = Command::new("cargo");
    // Programs are looked for where builds go when nobody says otherwise.
    command.current_dir(root).env_remove("CARGO_TARGET_DIR");
    command
}

fn call(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{command:?}"))?;
    ensure!(status.success(), "{command:?} ended with {status}");
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "this is what is measured")]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loss_counts_beyond_the_noise_only() {
        // The earlier program takes 100 and 104: four per cent are noise.
        let turns = |new: u64| [vec![100; 3], vec![104; 3], vec![new; 3]];
        let judged = judge(&turns(104));
        assert_eq!(judged, Judged { best_bp: 10_400, median_bp: 10_000, noise_bp: 400 });
        assert!(!judged.is_loss());
        assert!(judge(&turns(110)).is_loss());
        assert!(!judge(&turns(50)).is_loss());
        // Where nothing differs, one per cent is still nothing.
        assert!(!judge(&[vec![1_000; 3], vec![1_000; 3], vec![1_010; 3]]).is_loss());
        assert!(judge(&[vec![1_000; 3], vec![1_000; 3], vec![1_011; 3]]).is_loss());
    }

    #[test]
    fn one_slow_turn_is_no_loss() {
        assert!(!judge(&[vec![100; 3], vec![100; 3], vec![100, 100, 900]]).is_loss());
    }

    #[test]
    fn what_is_asked_for_is_understood() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let quick = asked(&words("--against v1 --quick")).unwrap();
        assert_eq!((quick.against.as_str(), quick.size, quick.n_rounds), ("v1", "16M", 5));
        assert!(asked(&words("--slowly")).is_err() && asked(&words("--against")).is_err());
    }
}
