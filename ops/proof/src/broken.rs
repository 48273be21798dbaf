//! Programme rule 2: builds that are broken on purpose, and the proofs that must catch them.
//!
//! A copy of the sources is changed in all the places of [`DEFECTS`] at once, each change asleep until the environment names
//! it, and built under another name beside this program. Then each defect is woken alone and its proof is run: it must fail.
//! The program itself has no such places, so no release can be built with one. A change that no longer fits the sources
//! fails the proof, and is written anew.

mod defects;

use crate::{Extent, Proof};
use anyhow::{Context, Result, bail, ensure};
use defects::{DEFECTS, Defect};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The proof. It counts defects, and tries them all however many are asked for.
pub const PROOF: Proof = Proof {
    name: "broken",
    shows: "rule 2: builds broken on purpose are caught, two at least for each of the promises P1 to P8",
    floor: DEFECTS.len() as u64,
    full: DEFECTS.len() as u64,
    run,
};

/// What is copied: all that the workspace is built from.
const SOURCES: &[&str] =
    &["Cargo.toml", "Cargo.lock", ".cargo", "pipeline", "formats", "fixtures", "benches", "ops"];
/// What a change asks before it does harm.
const AWAKE: &str = "std::env::var(\"CLEARANCE_BROKEN\").is_ok_and(|it| it == \"NAME\")";
/// The name of the variable.
const VARIABLE: &str = "CLEARANCE_BROKEN";

fn run(extent: &Extent) -> Result<String> {
    let copy = extent.root.join("target/broken");
    let program = build(&extent.root, &copy)?;
    // What is asleep must not wake by itself.
    for defect in one_of_each_proof() {
        ensure!(tried(&program, &copy, defect, "")?.is_none(), "{} fails without a defect", defect.proof[0]);
    }
    let numbers = extent.only.map_or(0..DEFECTS.len(), |only| only as usize..only as usize + 1);
    let mut escaped = Vec::new();
    for number in numbers {
        let Some(defect) = DEFECTS.get(number) else { bail!("there are {} defects", DEFECTS.len()) };
        match tried(&program, &copy, defect, defect.name)? {
            Some(why) => println!("  {} {:<44} {:<12} {why}", defect.promise, defect.name, defect.proof[0]),
            None => {
                println!(
                    "  WRONG {number}: {} {}: escaped {}",
                    defect.promise,
                    defect.name,
                    defect.proof.join(" ")
                );
                println!("        cargo run -p proof -- broken --only {number}");
                escaped.push(defect.name);
            }
        }
    }
    ensure!(escaped.is_empty(), "not caught: {}", escaped.join(", "));
    Ok(format!("{} builds broken on purpose, all caught", DEFECTS.len()))
}

fn one_of_each_proof() -> impl Iterator<Item = &'static Defect> {
    let is_first =
        |(at, it): &(usize, &Defect)| !DEFECTS[..*at].iter().any(|before| before.proof == it.proof);
    DEFECTS.iter().enumerate().filter(is_first).map(|(_, it)| it)
}

/// Runs the proof of a defect; why it failed, if it did.
fn tried(program: &Path, copy: &Path, defect: &Defect, awake: &str) -> Result<Option<String>> {
    let output = Command::new(program)
        .args(defect.proof)
        .current_dir(copy)
        .env(VARIABLE, awake)
        .env_remove("RUST_BACKTRACE")
        .output()
        .with_context(|| program.display().to_string())?;
    if output.status.success() {
        return Ok(None);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let why = said.lines().rfind(|it| it.contains("FAILED")).or(said.lines().last()).unwrap_or("no word");
    let why = why.split_once("FAILED: ").map_or(why, |(_, why)| why);
    Ok(Some(why.chars().take(90).collect()))
}

/// Copies the sources, changes them, builds them; the program.
fn build(root: &Path, copy: &Path) -> Result<PathBuf> {
    std::fs::create_dir_all(copy)?;
    for name in SOURCES {
        laid(&root.join(name), &copy.join(name)).with_context(|| (*name).to_owned())?;
    }
    change(copy, "ops/proof/Cargo.toml", "[[bin]]\nname = \"proof\"", "[[bin]]\nname = \"proof-broken\"")?;
    // What is built of the copy goes by another version, so that nothing of it is ever taken for the program's own.
    let version = concat!("\nversion = \"", env!("CARGO_PKG_VERSION"), "\"\n");
    change(copy, "Cargo.toml", version, concat!("\nversion = \"", env!("CARGO_PKG_VERSION"), "-broken\"\n"))?;
    for defect in DEFECTS {
        let harm = defect.to.replace("AWAKE", &AWAKE.replace("NAME", defect.name));
        change(copy, defect.file, defect.from, &harm).with_context(|| defect.name.to_owned())?;
    }
    let here = std::env::current_exe()?;
    let folder = here.parent().context("a program lies in a folder")?;
    let profile = folder.file_name().and_then(|it| it.to_str()).unwrap_or("debug");
    let profile = if profile == "debug" { "dev" } else { profile };
    let status = Command::new("cargo")
        .args(["build", "--quiet", "--package", "proof", "--profile", profile, "--target-dir"])
        .arg(root.join("target"))
        .current_dir(copy)
        .stdout(Stdio::null())
        .status()
        .context("cargo cannot be run")?;
    ensure!(status.success(), "the broken build cannot be built");
    Ok(folder.join("proof-broken"))
}

fn change(copy: &Path, file: &str, from: &str, to: &str) -> Result<()> {
    let path = copy.join(file);
    let text = std::fs::read_to_string(&path).with_context(|| file.to_owned())?;
    let n = text.matches(from).count();
    ensure!(n == 1, "{file} has {n} places like this, it takes one:\n{from}");
    std::fs::write(&path, text.replace(from, to)).with_context(|| file.to_owned())
}

/// Lays a copy of a file or folder; what is there already with the same bytes keeps its time, so that little is built anew.
fn laid(from: &Path, to: &Path) -> Result<()> {
    if from.is_dir() {
        std::fs::create_dir_all(to)?;
        for entry in from.read_dir()? {
            let name = entry?.file_name();
            laid(&from.join(&name), &to.join(&name))?;
        }
        return Ok(());
    }
    let bytes = std::fs::read(from)?;
    if std::fs::read(to).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    Ok(std::fs::write(to, bytes)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_defect_still_fits_the_sources() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for defect in DEFECTS {
            let text = std::fs::read_to_string(root.join(defect.file)).expect("the file is there");
            assert_eq!(text.matches(defect.from).count(), 1, "{}: {}", defect.name, defect.file);
            assert!(defect.to.contains("AWAKE"), "{} is never asleep", defect.name);
        }
    }

    #[test]
    fn every_promise_is_broken_twice() {
        for promise in ["P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8"] {
            assert!(DEFECTS.iter().filter(|it| it.promise == promise).count() >= 2, "{promise}");
        }
    }
}
