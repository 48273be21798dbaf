//! What a compiler does not see: who may depend on whom, what is listed where, and what was left behind.
//!
//! Each check is a pure function from the tree to its offences, with its own file and tests.
//! A point of style explained twice belongs here.

mod edges;
mod formats;
mod homes;
mod leftovers;
mod pages;
mod rules;
mod sizes;

use std::fmt;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::tree::Tree;

/// One way in which the tree breaks a rule of the house.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Offence {
    path: String,
    /// From 1.
    line: usize,
    what: String,
    /// What to do about it.
    cure: String,
}

struct Check {
    name: &'static str,
    run: fn(&Tree) -> Vec<Offence>,
}

static CHECKS: &[Check] = &[
    Check { name: "dependency edges", run: edges::check },
    Check { name: "foreign names at home", run: homes::check },
    Check { name: "rule files", run: rules::check },
    Check { name: "format folders", run: formats::check },
    Check { name: "architecture page", run: pages::architecture },
    Check { name: "readme page", run: pages::readme },
    Check { name: "leftover words", run: leftovers::words },
    Check { name: "leftover macros", run: leftovers::macros },
    Check { name: "developer paths", run: leftovers::paths },
    Check { name: "file sizes", run: sizes::check },
];

/// `cargo xtask tidy`.
pub fn run(root: &Path) -> Result<()> {
    println!("tidy: {}", check(root)?);
    Ok(())
}

/// Runs every check, lists every offence, and fails if there was one.
pub fn check(root: &Path) -> Result<String> {
    let tree = Tree::read(root)?;
    let mut n_offences = 0;
    for check in CHECKS {
        let mut offences = (check.run)(&tree);
        offences.sort();
        for offence in &offences {
            println!("{offence}");
        }
        if !offences.is_empty() {
            println!("-- {}: {}\n", check.name, offences.len());
        }
        n_offences += offences.len();
    }
    ensure!(n_offences == 0, "tidy: {n_offences} offences, listed above");
    Ok(format!("{} checks on {} files", CHECKS.len(), tree.files.len()))
}

impl Offence {
    fn new(path: &str, line: usize, what: impl Into<String>, cure: impl Into<String>) -> Offence {
        Offence { path: path.to_owned(), line, what: what.into(), cure: cure.into() }
    }
}

impl fmt::Display for Offence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Offence { path, line, what, cure } = self;
        write!(f, "{path}:{line}: {what}; {cure}")
    }
}

/// Runs one check on files out of a test and compares `path:line: what`, one a line.
#[cfg(test)]
fn expect(check: fn(&Tree) -> Vec<Offence>, files: &[(&str, &str)], expected: &[&str]) {
    let mut offences = check(&Tree::of(files));
    offences.sort();
    let lines: Vec<String> =
        offences.iter().map(|it| format!("{}:{}: {}", it.path, it.line, it.what)).collect();
    assert_eq!(lines, expected);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offence_says_where_what_and_what_to_do() {
        let offence = Offence::new("a.rs", 3, "a word is left", "finish it");
        assert_eq!(offence.to_string(), "a.rs:3: a word is left; finish it");
    }
}
