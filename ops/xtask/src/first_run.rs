//! The first command of the README, run as a newcomer runs it: word for word, in a folder without leftovers.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::tree::Tree;

/// The info string that marks the block in README.md.
pub const FENCE: &str = "sh first-run";

/// What a run leaves behind, one line a document.
const DECISIONS: &str = "decisions.ndjson";

/// The commands in the first block of `readme` marked as the first run.
pub fn block(readme: &str) -> Option<String> {
    let mut lines = readme.lines().map(str::trim_end);
    lines.find(|it| it.strip_prefix("```") == Some(FENCE))?;
    let body: Vec<&str> = lines.take_while(|it| *it != "```").collect();
    let has_command = body.iter().any(|it| !it.trim().is_empty() && !it.trim_start().starts_with('#'));
    has_command.then(|| body.join("\n"))
}

/// Runs the block and says how many documents were decided.
pub fn run(root: &Path) -> Result<String> {
    let tree = Tree::read(root)?;
    let readme = tree.text("README.md").context("README.md is missing")?;
    let script = block(readme).with_context(|| format!("README.md has no block marked ```{FENCE}"))?;
    let target = target_folder(root);
    let folder = target.join("first-run");
    lay_out(root, &tree, &folder)?;
    println!("{script}");
    let status = Command::new("bash")
        .args(["-euo", "pipefail", "-c", &script])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", &target)
        .status()
        .context("bash cannot be run")?;
    ensure!(status.success(), "the first command of the README failed with {status}");
    let n_decisions = count_decisions(&folder)?;
    ensure!(n_decisions > 0, "the first command of the README left no {DECISIONS} with a line in it");
    Ok(format!("{n_decisions} documents decided"))
}

/// Makes `folder` look like the checkout, so that the command finds its inputs and leaves nothing in the real one.
///
/// The path is the same every time, so that a second run finds the program built.
fn lay_out(root: &Path, tree: &Tree, folder: &Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).with_context(|| format!("{} cannot be emptied", folder.display()))?;
    }
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    for name in tree.top_level() {
        std::os::unix::fs::symlink(root.join(name), folder.join(name))
            .with_context(|| format!("{name} cannot be linked into {}", folder.display()))?;
    }
    Ok(())
}

fn target_folder(root: &Path) -> PathBuf {
    root.join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// Counts the lines of every decision file below `folder`, links not followed.
fn count_decisions(folder: &Path) -> Result<usize> {
    let mut n_lines = 0;
    for entry in folder.read_dir()? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            n_lines += count_decisions(&entry.path())?;
        } else if kind.is_file() && entry.file_name() == DECISIONS {
            let bytes = std::fs::read(entry.path())?;
            n_lines += bytes.split(|it| *it == b'\n').filter(|line| !line.is_empty()).count();
        }
    }
    Ok(n_lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marked_block_is_taken() {
        let readme = "# x\n```sh\nno\n```\n```sh first-run\ncargo run -- a\n```\nafter\n";
        assert_eq!(block(readme).as_deref(), Some("cargo run -- a"));
    }

    #[test]
    fn a_block_without_a_command_is_none() {
        assert_eq!(block("```sh first-run\n\n# later\n```\n"), None);
        assert_eq!(block("```sh first-runs\ncargo\n```\n"), None);
    }

    #[test]
    fn a_run_leaves_the_checkout_alone() {
        let place = std::env::temp_dir().join(format!("first-run-{}", std::process::id()));
        let (root, folder) = (place.join("root"), place.join("folder"));
        std::fs::create_dir_all(root.join("fixtures")).unwrap();
        std::fs::write(root.join("fixtures").join(DECISIONS), "not ours\n").unwrap();
        let tree = Tree::of(&[("fixtures/decisions.ndjson", "")]);
        lay_out(&root, &tree, &folder).unwrap();
        assert_eq!(count_decisions(&folder).unwrap(), 0);

        std::fs::create_dir(folder.join("out")).unwrap();
        std::fs::write(folder.join("out").join(DECISIONS), "{}\n{}\n").unwrap();
        assert_eq!(count_decisions(&folder).unwrap(), 2);

        lay_out(&root, &tree, &folder).unwrap();
        assert_eq!(count_decisions(&folder).unwrap(), 0);
        assert!(root.join("fixtures").join(DECISIONS).is_file());
        std::fs::remove_dir_all(&place).unwrap();
    }
}
