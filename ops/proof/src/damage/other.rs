//! A second verifier, in another language, written from the document alone: it must say the same.
//!
//! `peer/journal.py` needs two packages that read BLAKE3 and zstd; where they are not there it is not run, and that is said.

use super::made::Made;
use super::ways::Damage;
use crate::Extent;
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::process::Command;

/// Damages it is asked about.
const N_ASKED: usize = 300;

/// Asks it about the journal as it is, and about some of these damages.
pub fn beside(made: &Made, ways: &[Damage], extent: &Extent) -> Result<String> {
    let program = extent.root.join("ops/proof/peer/journal.py");
    let can = Command::new("python3").args(["-c", "import blake3, zstandard"]).output();
    if !can.context("python3 cannot be run")?.status.success() {
        return Ok("a second verifier in Python: not run, blake3 or zstandard is not there".to_owned());
    }
    let folder = std::env::temp_dir().join(format!("clearance-damage-{}", std::process::id()));
    let asked = asked(made, ways, &folder, &program);
    std::fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    Ok(format!("a second verifier in Python agrees on {} of them", asked?))
}

fn asked(made: &Made, ways: &[Damage], folder: &Path, program: &Path) -> Result<usize> {
    let step = (ways.len() / N_ASKED).max(1);
    let mut expected = vec![0];
    write(&made.files, &folder.join("0"))?;
    for way in ways.iter().step_by(step) {
        let files = &mut made.files.clone();
        way.with_applied(made, files, |files| write(files, &folder.join(expected.len().to_string())))?;
        expected.push(way.first_bad(made));
    }
    let n = expected.len();
    let mut command = Command::new("python3");
    command.arg(program).arg(made.head.to_string()).args((0..n).map(|it| folder.join(it.to_string())));
    let output = command.output().context("python3 cannot be run")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout)?;
    let said: Vec<u64> = said.lines().map(str::parse).collect::<Result<_, _>>()?;
    ensure!(said.len() == n, "{} verdicts on {n} journals", said.len());
    for (number, (said, expected)) in said.iter().zip(&expected).enumerate() {
        let way = number.checked_sub(1).map(|it| ways[it * step]);
        ensure!(said == expected, "{way:?}: first bad is {expected}, the verifier in Python says {said}");
    }
    Ok(n)
}

fn write(files: &super::Files, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    files.segments.iter().try_for_each(|(name, bytes)| std::fs::write(folder.join(name), bytes))?;
    Ok(())
}
