//! `cargo xtask performance`: writes `benches/performance.md` anew from `benches/results.ndjson`.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// The page is written by the test that holds it to its source.
pub fn run(root: &Path) -> Result<()> {
    let mut command = Command::new("cargo");
    command.args(["test", "--package", "benches", "--lib", "history"]).env("UPDATE_EXPECT", "1");
    let status = command.current_dir(root).status().context("cargo cannot be run")?;
    ensure!(status.success(), "the page could not be written");
    Ok(())
}
