//! Tools that are no crates. A missing one is installed where that is possible, else named with what to do.
//!
//! The tests need none of them. A comparison that does calls `ensure` and fails with its message.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure as require};

/// A program the checks call.
pub struct Tool {
    /// The name it is called by.
    pub name: &'static str,
    /// The Debian package that has it.
    pub package: &'static str,
    /// What is lost without it.
    pub purpose: &'static str,
}

/// The ordinary way to validate, and so the one to compare with.
pub static XMLLINT: Tool =
    Tool { name: "xmllint", package: "libxml2-utils", purpose: "the benches compare with it" };

static TOOLS: &[&Tool] = &[&XMLLINT];

/// `cargo xtask need`: every tool, or the reason why not.
pub fn run(_root: &Path) -> Result<()> {
    for tool in TOOLS {
        ensure(tool)?;
        println!("{}: present", tool.name);
    }
    Ok(())
}

/// Like `run`, but a missing tool is only reported: the checks that can run without it do.
pub fn offer() -> String {
    let states = TOOLS.iter().map(|tool| match ensure(tool) {
        Ok(()) => format!("{} present", tool.name),
        Err(error) => format!("{error:#}"),
    });
    states.collect::<Vec<_>>().join("; ")
}

/// Sees to it that `tool` can be called.
pub fn ensure(tool: &Tool) -> Result<()> {
    if can_call(tool.name) {
        return Ok(());
    }
    install(tool.package).with_context(|| {
        let Tool { name, package, purpose } = tool;
        format!("{name} is missing ({purpose}); install the Debian package {package}")
    })?;
    require!(can_call(tool.name), "{} is still missing after {} was installed", tool.name, tool.package);
    Ok(())
}

fn install(package: &str) -> Result<()> {
    require!(is_root(), "it was not installed now, because this is not run as root");
    require!(can_call("apt-get"), "it was not installed now, because apt-get is missing");
    // Without fresh lists a package may be unknown; with stale ones it may be gone.
    apt_get(&["update", "-qq"])?;
    apt_get(&["install", "-y", "-qq", "--no-install-recommends", package])
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    let status = Command::new("apt-get")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .status()
        .context("apt-get cannot be run")?;
    if !status.success() {
        bail!("apt-get {} failed with {status}", arguments.join(" "));
    }
    Ok(())
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|it| it.stdout.trim_ascii() == b"0")
}

/// Looks along `PATH` and calls nothing: what a version flag is called differs from tool to tool.
fn can_call(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_is_found_by_its_name() {
        assert!(can_call("cargo"));
        assert!(!can_call("no-such-tool-anywhere"));
    }
}
