//! R11: what is made to be too much, into the real program, and the memory it took.
//!
//! Each bomb is an input of its own kind. The program must come to an end, with the outcomes the bomb expects, within the
//! memory that is promised for any input (reliability.md P7 and 4.1).
//! With every change they are small; in full they are as large as senders make them.

mod made;

use crate::{Extent, Proof};
use anyhow::{Context, Result, ensure};
use made::BOMBS;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The proof. It counts mebibytes: what the larger bombs come to when they are unpacked.
pub const PROOF: Proof = Proof {
    name: "bombs",
    shows: "R11: inputs that are made to be too much take bounded memory, and harm nobody",
    floor: 2,
    full: 256,
    run,
};

/// Memory of the whole process, and for each thread that works.
const RESIDENT_MIB: u64 = 512;
const RESIDENT_MIB_PER_WORKER: u64 = 64;
const N_WORKERS: u64 = 2;

/// One input that is too much of something.
struct Bomb {
    name: &'static str,
    /// Writes it below this folder; the size is in mebibytes.
    make: fn(&Path, u64) -> Result<()>,
    /// What becomes of it: outcome or rule, and how often; `None` for any number but 0.
    comes_to: &'static [(&'static str, Option<u64>)],
}

/// What a run of the program came to.
struct Came {
    peak_mib: u64,
    cpu_ms: u64,
    /// How often each outcome came, and each rule of a refusal.
    counts: BTreeMap<String, u64>,
    /// What is said of each document that is not refused, in order, as a number.
    others: Vec<u64>,
}

fn run(extent: &Extent) -> Result<String> {
    let program = program()?;
    let folder = std::env::temp_dir().join(format!("clearance-bombs-{}", std::process::id()));
    let result = all(extent, &program, &folder);
    std::fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    result
}

fn all(extent: &Extent, program: &Path, folder: &Path) -> Result<String> {
    let bound = RESIDENT_MIB + N_WORKERS * RESIDENT_MIB_PER_WORKER;
    let mut most = 0;
    for bomb in BOMBS {
        let input = folder.join("in");
        std::fs::create_dir_all(&input)?;
        (bomb.make)(&input, extent.count).with_context(|| format!("{} cannot be made", bomb.name))?;
        let came = decide(extent, program, &input, folder).with_context(|| bomb.name)?;
        println!("  {:>5} MiB {:>8} ms  {}: {}", came.peak_mib, came.cpu_ms, bomb.name, told(&came));
        ensure!(came.peak_mib <= bound, "{}: {} MiB, the bound is {bound}", bomb.name, came.peak_mib);
        bomb.check(&came)?;
        most = most.max(came.peak_mib);
        std::fs::remove_dir_all(&input)?;
    }
    let beside = beside_a_bad_one(extent, program, folder)?;
    Ok(format!("{} bombs of {} MiB, {most} MiB at most; {beside}", BOMBS.len(), extent.count))
}

impl Came {
    fn add(&mut self, line: Value) {
        let outcome = line["outcome"].as_str().unwrap_or("").to_owned();
        let is_refused = outcome == "refused";
        *self.counts.entry(outcome).or_default() += 1;
        if is_refused {
            let rule = line["findings"][0]["rule"].as_str().unwrap_or("").to_owned();
            *self.counts.entry(rule).or_default() += 1;
        } else {
            self.others.push(without_place(line));
        }
    }
}

impl Bomb {
    fn check(&self, came: &Came) -> Result<()> {
        for (what, n) in self.comes_to {
            let found = came.counts.get(*what).copied().unwrap_or(0);
            let is_right = n.map_or(found > 0, |n| n == found);
            ensure!(is_right, "{}: {what} {found} times, {:?} expected; in all {}", self.name, n, told(came));
        }
        Ok(())
    }
}

fn told(came: &Came) -> String {
    came.counts.iter().map(|(what, n)| format!("{what} {n}")).collect::<Vec<_>>().join(", ")
}

/// One bad document among many good ones: what is said of the others does not change by a letter.
fn beside_a_bad_one(extent: &Extent, program: &Path, folder: &Path) -> Result<String> {
    let n_good = if extent.is_full { 99_999 } else { 199 };
    let good = made::messages(n_good)?;
    let mut told = Vec::new();
    for bad in made::BAD {
        let input = folder.join("in");
        std::fs::create_dir_all(&input)?;
        let middle = good.len() / 2;
        let (before, behind) = (good[..middle].concat(), good[middle..].concat());
        std::fs::write(input.join("a.xml"), [&before[..], bad.as_bytes(), &behind[..]].concat())?;
        let came = decide(extent, program, &input, folder)?;
        std::fs::remove_dir_all(&input)?;
        let n_refused = came.counts.get("refused").copied().unwrap_or(0);
        ensure!(n_refused == u64::from(!bad.is_empty()), "{bad:?}: {n_refused} are refused");
        ensure!(came.others.len() as u64 == n_good, "{bad:?}: {} of {n_good} are decided", came.others.len());
        told.push(came.others);
    }
    let differing = told.iter().find(|lines| **lines != told[0]);
    ensure!(differing.is_none(), "what is said of {n_good} good documents depends on a bad one among them");
    Ok(format!("{n_good} good documents decided as if alone beside each of {} bad ones", made::BAD.len() - 1))
}

/// A line without what says where in the input and in the order it stood.
fn without_place(mut line: Value) -> u64 {
    for key in ["sequence", "document", "offset"] {
        line[key] = Value::Null;
    }
    for finding in line["findings"].as_array_mut().into_iter().flatten() {
        finding["line"] = Value::Null;
        finding["column"] = Value::Null;
    }
    let mut hasher = DefaultHasher::new();
    line.to_string().hash(&mut hasher);
    hasher.finish()
}

fn decide(extent: &Extent, program: &Path, input: &Path, folder: &Path) -> Result<Came> {
    let (out, data) = (folder.join("out"), folder.join("data"));
    let registers = folder.join("registers");
    std::fs::create_dir_all(&registers)?;
    let n_workers = N_WORKERS.to_string();
    let output = Command::new("python3")
        .arg(extent.root.join("ops/proof/peer/measured.py"))
        .arg(program)
        .args(["run", "--receipts", "none", "--threads", &n_workers, "--accepted-at", "2018-06-01"])
        .args([
            Path::new("--out"),
            &out,
            Path::new("--data"),
            &data,
            Path::new("--registers"),
            &registers,
            input,
        ])
        .output()
        .context("python3 cannot be run")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let measured: Value = serde_json::from_slice(&output.stdout)?;
    ensure!(
        measured["code"] == 0,
        "the program ended with {}: {}",
        measured["code"],
        String::from_utf8_lossy(&output.stderr)
    );
    let mut came = Came {
        peak_mib: measured["peak_kib"].as_u64().unwrap_or(u64::MAX) / 1024,
        cpu_ms: measured["cpu_ms"].as_u64().unwrap_or(0),
        counts: BTreeMap::new(),
        others: Vec::new(),
    };
    for line in BufReader::new(File::open(out.join("decisions.ndjson"))?).lines() {
        came.add(serde_json::from_str(&line?)?);
    }
    std::fs::remove_dir_all(&out)?;
    std::fs::remove_dir_all(&data)?;
    Ok(came)
}

/// The program, built with the same profile as this one.
fn program() -> Result<PathBuf> {
    let beside = std::env::current_exe()?.with_file_name("clearance");
    ensure!(
        beside.is_file(),
        "{} is not there: build the package clearance with the same profile",
        beside.display()
    );
    Ok(beside)
}
