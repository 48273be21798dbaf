//! The two pages everybody reads first exist, stay short, and keep their promises.

use super::Offence;
use crate::first_run;
use crate::tree::Tree;

/// A code map longer than this is not read to its end.
const ARCHITECTURE_LINES_MAX: usize = 250;

/// The other command a newcomer needs: all the checks.
const CHECKS: &str = "cargo xtask ci";

/// ARCHITECTURE.md is there and short.
pub fn architecture(tree: &Tree) -> Vec<Offence> {
    let path = "ARCHITECTURE.md";
    let Some(text) = tree.text(path) else {
        return vec![Offence::new(
            path,
            1,
            "missing",
            "write the code map, the invariants, where to add one more",
        )];
    };
    let n_lines = text.lines().count();
    if n_lines <= ARCHITECTURE_LINES_MAX {
        return Vec::new();
    }
    let what = format!("{n_lines} lines, {ARCHITECTURE_LINES_MAX} is the limit");
    vec![Offence::new(path, ARCHITECTURE_LINES_MAX + 1, what, "move detail to the module it is about")]
}

/// README.md is there and names the two commands, the first one so that it can be run.
pub fn readme(tree: &Tree) -> Vec<Offence> {
    let path = "README.md";
    let Some(text) = tree.text(path) else {
        return vec![Offence::new(path, 1, "missing", "write one page to a first decision")];
    };
    let mut offences = Vec::new();
    if first_run::block(text).is_none() {
        let what = format!("no block marked ```{} with a command in it", first_run::FENCE);
        offences.push(Offence::new(
            path,
            1,
            what,
            "mark the first command a newcomer runs: the checks run it",
        ));
    }
    if !in_a_block(text, CHECKS) {
        let what = format!("no code block has the command `{CHECKS}`");
        offences.push(Offence::new(path, 1, what, "say how to run the checks"));
    }
    offences
}

fn in_a_block(text: &str, command: &str) -> bool {
    let blocks = text.split("```").skip(1).step_by(2);
    blocks.flat_map(str::lines).any(|line| line.trim().starts_with(command))
}

#[cfg(test)]
mod tests {
    use super::super::expect;
    use super::{architecture, readme};

    #[test]
    fn the_code_map_is_short() {
        expect(architecture, &[], &["ARCHITECTURE.md:1: missing"]);
        expect(architecture, &[("ARCHITECTURE.md", &"a\n".repeat(250))], &[]);
        let offence = "ARCHITECTURE.md:251: 251 lines, 250 is the limit";
        expect(architecture, &[("ARCHITECTURE.md", &"a\n".repeat(251))], &[offence]);
    }

    #[test]
    fn the_readme_names_both_commands() {
        let whole = "# a\n```sh first-run\ncargo run -- run x\n```\n```sh\ncargo xtask ci\n```\n";
        expect(readme, &[("README.md", whole)], &[]);
        expect(readme, &[], &["README.md:1: missing"]);
        expect(
            readme,
            &[("README.md", "run `cargo xtask ci` first\n```sh\ncargo run\n```\n")],
            &[
                "README.md:1: no block marked ```sh first-run with a command in it",
                "README.md:1: no code block has the command `cargo xtask ci`",
            ],
        );
    }
}
