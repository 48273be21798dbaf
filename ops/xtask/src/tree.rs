//! The files of the project as one value, so that every check is a function from text to offences.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// What the program and the build leave in a checkout; skipped where no git says so.
const LEFT_BEHIND: &[&str] = &[".git", "target", "clearance-data", "out"];

/// The files of the project, in order of path.
pub struct Tree {
    /// Tracked files and files that are new and not ignored.
    pub files: Vec<File>,
}

/// One file of the project.
pub struct File {
    /// Relative to the root, with `/`.
    pub path: String,
    /// Size in bytes.
    pub size: usize,
    /// `None` for a binary file. What is not UTF-8 is replaced, lines stay where they are.
    pub text: Option<String>,
}

impl Tree {
    /// Reads the checkout at `root`.
    pub fn read(root: &Path) -> Result<Tree> {
        let paths = if root.join(".git").exists() { from_git(root)? } else { from_disk(root)? };
        let files = paths.into_iter().map(|path| File::read(root, path));
        Ok(Tree { files: files.collect::<Result<_>>()? })
    }

    /// A tree out of a test.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Tree {
        let files = files.iter().map(|(path, text)| File {
            path: (*path).to_owned(),
            size: text.len(),
            text: Some((*text).to_owned()),
        });
        Tree { files: files.collect() }
    }

    /// The text of the file at `path`.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|it| it.path == path)?.text.as_deref()
    }

    /// Every file that has text.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|it| Some((it.path.as_str(), it.text.as_deref()?)))
    }

    /// Every Rust file.
    pub fn rust(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts().filter(|(path, _)| path.ends_with(".rs"))
    }

    /// The names directly below the root.
    pub fn top_level(&self) -> BTreeSet<&str> {
        self.files.iter().filter_map(|it| it.path.split('/').next()).collect()
    }
}

impl File {
    fn read(root: &Path, path: String) -> Result<File> {
        let bytes = std::fs::read(root.join(&path)).with_context(|| format!("{path} cannot be read"))?;
        let text = (!bytes.contains(&0)).then(|| String::from_utf8_lossy(&bytes).into_owned());
        Ok(File { path, size: bytes.len(), text })
    }
}

/// New files count too: what is about to be committed is checked before, not after.
fn from_git(root: &Path) -> Result<BTreeSet<String>> {
    let output = Command::new("git")
        // A CI job may run as another user than the one that made the checkout.
        .args(["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .context("git cannot be run")?;
    ensure!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr).trim());
    let listed = String::from_utf8(output.stdout).context("a file name is not UTF-8")?;
    // Listed but gone: removed in the work tree and not yet in the index.
    Ok(listed.split_terminator('\0').filter(|it| root.join(it).is_file()).map(str::to_owned).collect())
}

/// A checkout without git: an unpacked source archive.
fn from_disk(root: &Path) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().with_context(|| format!("{} cannot be read", folder.display()))? {
            let entry = entry?;
            let path = entry.path();
            if folder == root && LEFT_BEHIND.iter().any(|it| path.ends_with(it)) {
                continue;
            }
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else if let Some(relative) = path.strip_prefix(root).ok().and_then(Path::to_str) {
                found.insert(relative.to_owned());
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn git_and_the_disk_agree_on_this_crate() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        if !root.join(".git").exists() {
            return;
        }
        let source = |paths: BTreeSet<String>| -> Vec<String> {
            paths.into_iter().filter(|it| it.starts_with("ops/xtask/src/")).collect()
        };
        let git = source(from_git(&root).unwrap());
        assert!(git.iter().any(|it| it == "ops/xtask/src/tree.rs"), "{git:?}");
        assert_eq!(git, source(from_disk(&root).unwrap()));
    }

    #[test]
    fn top_level_names_each_once() {
        let tree = Tree::of(&[("a/b", ""), ("a/c", ""), ("d", "")]);
        assert_eq!(tree.top_level().into_iter().collect::<Vec<_>>(), ["a", "d"]);
    }
}
