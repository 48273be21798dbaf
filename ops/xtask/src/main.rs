//! The checks of the project: `cargo xtask ci` is all of them, and the CI job calls only that.
//!
//! It depends on two small crates, so that a clean checkout starts checking within seconds.

mod ci;
mod code;
mod first_run;
mod need;
mod performance;
mod prove;
mod regression;
mod tidy;
mod tree;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

/// One thing `cargo xtask` can do.
struct Command {
    name: &'static str,
    help: &'static str,
    run: Run,
}

enum Run {
    /// Nothing may stand behind its name.
    Alone(fn(&Path) -> Result<()>),
    /// It takes what stands behind its name.
    With(fn(&Path, &[String]) -> Result<()>),
}

static COMMANDS: &[Command] = &[
    Command {
        name: "ci",
        help: "every check, in order, stopping at the first that fails",
        run: Run::Alone(ci::run),
    },
    Command {
        name: "tidy",
        help: "what a compiler does not see: layout, lists, leftovers",
        run: Run::Alone(tidy::run),
    },
    Command {
        name: "need",
        help: "install the tools the comparisons need; fails when it cannot",
        run: Run::Alone(need::run),
    },
    Command {
        name: "prove",
        help: "the long proofs, all or by name, written down in ops/proof.md",
        run: Run::With(prove::run),
    },
    Command {
        name: "regression",
        help: "this tree against an earlier commit, in one run; fails on a loss beyond the noise",
        run: Run::With(regression::run),
    },
    Command {
        name: "performance",
        help: "write benches/performance.md anew from benches/results.ndjson",
        run: Run::Alone(performance::run),
    },
    Command {
        name: "peers",
        help: "install and measure what others do on the same bytes, and write it down",
        run: Run::Alone(performance::peers),
    },
];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (wanted, rest) = arguments.split_first().with_context(usage)?;
    let command = COMMANDS.iter().find(|it| it.name == *wanted).with_context(usage)?;
    match command.run {
        Run::Alone(run) if rest.is_empty() => run(&root()?),
        Run::Alone(_) => bail!("{}", usage()),
        Run::With(run) => run(&root()?, rest),
    }
}

fn usage() -> String {
    let lines = COMMANDS.iter().map(|it| format!("  {:<13}{}\n", it.name, it.help));
    format!("usage: cargo xtask COMMAND\n\n{}", lines.collect::<String>())
}

/// The root of the workspace, from anywhere below it.
///
/// Not taken from the build: a cached binary may outlive the checkout it was built in.
fn root() -> Result<PathBuf> {
    let here = std::env::current_dir().context("the current folder cannot be read")?;
    here.ancestors()
        .find(|it| it.join("ops/xtask/Cargo.toml").is_file())
        .map(Path::to_path_buf)
        .with_context(|| format!("{} is not inside the project", here.display()))
}
