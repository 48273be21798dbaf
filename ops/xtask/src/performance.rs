//! `cargo xtask performance`: writes `benches/performance.md` anew from `benches/results.ndjson`. `cargo xtask peers`: measures
//! what others do on the same bytes, and writes it down.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::need;

/// The page is written by the test that holds it to its source.
pub fn run(root: &Path) -> Result<()> {
    let mut command = Command::new("cargo");
    command.args(["test", "--package", "benches", "--lib", "history"]).env("UPDATE_EXPECT", "1");
    let status = command.current_dir(root).status().context("cargo cannot be run")?;
    ensure!(status.success(), "the page could not be written");
    Ok(())
}

/// Installs what can be installed, and measures beside whatever is there.
pub fn peers(root: &Path) -> Result<()> {
    let python = root.join("target/peers/python");
    let wanted = [
        ("xmllint", need::ensure(&need::XMLLINT)),
        ("expat", need::ensure(&need::XMLWF)),
        ("pugixml", need::library("/usr/include/pugixml.hpp", "libpugixml-dev")),
        ("lxml", lxml(&python)),
    ];
    for (name, had) in wanted {
        if let Err(why) = had {
            println!("{name} is not measured: {why:#}");
        }
    }
    let cargo = |arguments: &[&str]| {
        let mut command = Command::new("cargo");
        command.args(arguments).current_dir(root).env("PYTHONPATH", &python).env_remove("CARGO_TARGET_DIR");
        let status = command.status().context("cargo cannot be run")?;
        ensure!(status.success(), "cargo {} ended with {status}", arguments.join(" "));
        Ok(())
    };
    cargo(&["build", "--release", "--package", "clearance"])?;
    cargo(&["bench", "--package", "benches", "--features", "peers", "--bench", "peers"])
}

/// The Python package, where neither the system nor an earlier call has it.
fn lxml(folder: &Path) -> Result<()> {
    need::ensure(&need::PYTHON)?;
    let mut has_it = Command::new("python3");
    has_it.args(["-c", "import lxml.etree"]).env("PYTHONPATH", folder);
    if has_it.output().context("python3 cannot be run")?.status.success() {
        return Ok(());
    }
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--target"]).arg(folder).arg("lxml");
    let output = pip.output().context("python3 cannot be run")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(())
}
