//! `cargo xtask ci`: every check in order, each announced and timed, stopping at the first that fails.
//!
//! Cheap checks come first. Everything but clippy and the README's command shares one build in the dev profile.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};

use crate::{first_run, need, prove, tidy};

struct Step {
    name: &'static str,
    /// Says in a few words what it found, or why it failed.
    run: fn(&Path) -> Result<String>,
}

struct Passed {
    name: &'static str,
    wall: Duration,
    note: String,
}

static STEPS: &[Step] = &[
    Step { name: "tools", run: tools },
    Step { name: "format", run: format },
    Step { name: "tidy", run: tidy::check },
    Step { name: "clippy", run: clippy },
    Step { name: "tests", run: tests },
    Step { name: "proofs", run: prove::floor },
    Step { name: "first run", run: first_run::run },
    Step { name: "benches small", run: benches },
];

/// Runs every step.
pub fn run(root: &Path) -> Result<()> {
    let started = now();
    let mut passed = Vec::new();
    for step in STEPS {
        println!("\n=== {}", step.name);
        let (note, wall) = timed(|| (step.run)(root));
        let note =
            note.map_err(|error| anyhow!("ci: FAILED at {} after {}: {error:#}", step.name, seconds(wall)))?;
        println!("=== {}: {} ({note})", step.name, seconds(wall));
        passed.push(Passed { name: step.name, wall, note });
    }
    print!("{}", closing(&passed, started.elapsed()));
    Ok(())
}

fn tools(_root: &Path) -> Result<String> {
    for (component, command) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if !succeeds(Command::new("cargo").args([command, "--version"])) {
            call(Command::new("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(need::offer())
}

fn format(root: &Path) -> Result<String> {
    call(cargo(root).args(["fmt", "--all", "--check"])).context("run `cargo fmt --all`")?;
    Ok("formatted".to_owned())
}

fn clippy(root: &Path) -> Result<String> {
    call(cargo(root).args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    Ok("no warnings".to_owned())
}

fn tests(root: &Path) -> Result<String> {
    // One failure must not hide the next: whoever reads the log is not at the keyboard.
    let counts = count_tests(cargo(root).args(["test", "--workspace", "--no-fail-fast"]))?;
    ensure!(counts.passed > 0, "no test was run");
    Ok(counts.to_string())
}

/// The bench programs run each of their inputs once when `cargo test` calls them.
fn benches(root: &Path) -> Result<String> {
    call(cargo(root).args(["test", "--package", "benches", "--benches"]))?;
    Ok("each input once".to_owned())
}

/// What the test runner's closing lines add up to.
#[derive(Default, Debug, PartialEq, Eq)]
struct Counts {
    passed: u64,
    failed: u64,
    ignored: u64,
    runs: u64,
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Counts { passed, failed, ignored, runs } = self;
        write!(f, "{passed} tests passed, {failed} failed, {ignored} ignored, in {runs} runs")
    }
}

impl Counts {
    /// Adds a line like `test result: ok. 5 passed; 0 failed; 1 ignored; …`; others add nothing.
    fn add(&mut self, line: &str) {
        let Some((_, counts)) = line.strip_prefix("test result: ").and_then(|it| it.split_once(". ")) else {
            return;
        };
        self.runs += 1;
        for part in counts.split("; ") {
            let Some((number, what)) = part.split_once(' ') else { continue };
            let number: u64 = number.parse().unwrap_or(0);
            match what {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                _ => {}
            }
        }
    }
}

/// Passes the output through and counts its closing lines on the way.
fn count_tests(command: &mut Command) -> Result<Counts> {
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| words(command))?;
    let stdout = child.stdout.take().context("the test runner has no output")?;
    let mut counts = Counts::default();
    for line in BufReader::new(stdout).split(b'\n') {
        let line = line.context("the test runner's output cannot be read")?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        counts.add(&line);
    }
    let status = child.wait().context("the test runner was lost")?;
    ensure!(status.success(), "{counts}; {} ended with {status}", words(command));
    Ok(counts)
}

fn cargo(root: &Path) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(root);
    command
}

fn call(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{} cannot be run", words(command)))?;
    ensure!(status.success(), "{} ended with {status}", words(command));
    Ok(())
}

fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|it| it.success())
}

fn words(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|it| it.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = now();
    let result = work();
    (result, started.elapsed())
}

#[expect(clippy::disallowed_methods, reason = "the time a check takes is shown and decides nothing")]
fn now() -> Instant {
    Instant::now()
}

fn seconds(wall: Duration) -> String {
    format!("{:.1} s", wall.as_secs_f64())
}

fn closing(passed: &[Passed], wall: Duration) -> String {
    let lines = passed.iter().map(|it| format!("  {:<14}{:>9}  {}\n", it.name, seconds(it.wall), it.note));
    format!("\n{}ci: passed in {}\n", lines.collect::<String>(), seconds(wall))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_added_up() {
        let mut counts = Counts::default();
        counts.add(
            "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
        );
        counts.add("test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out");
        counts.add("test a::b ... ok");
        assert_eq!(counts, Counts { passed: 7, failed: 3, ignored: 1, runs: 2 });
    }

    #[test]
    fn a_failing_command_is_named() {
        let error = call(Command::new("false").arg("--now")).unwrap_err();
        assert_eq!(format!("{error:#}"), "false --now ended with exit status: 1");
    }

    #[test]
    fn a_failing_test_run_still_says_how_many_passed() {
        let script = "echo 'test result: FAILED. 2 passed; 1 failed; 0 ignored'; exit 101";
        let error = count_tests(Command::new("sh").args(["-c", script])).unwrap_err();
        assert!(
            error.to_string().starts_with("2 tests passed, 1 failed, 0 ignored, in 1 runs; sh"),
            "{error}"
        );
    }

    #[test]
    fn the_closing_lines_have_a_row_a_step() {
        let passed = [Passed { name: "tidy", wall: Duration::from_millis(250), note: "fine".to_owned() }];
        assert_eq!(
            closing(&passed, Duration::from_secs(61)),
            "\n  tidy              0.2 s  fine\nci: passed in 61.0 s\n"
        );
    }
}
