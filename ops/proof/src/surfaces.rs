//! R10: every place where bytes of others come in, as a function of bytes that must not break.
//!
//! The same functions are the fuzz targets of `ops/fuzz`, are run over its corpus by the tests, and over mutants of their
//! seeds by the proof `fuzzing`. What they hold beyond not breaking stands with each.

mod decode;
mod journal;
mod message;
mod packed;
mod registers;
mod scenario;
mod whole;
mod wire;

use crate::bases::Base;
use anyhow::Result;
use std::path::Path;

/// One place where bytes come in.
pub struct Surface {
    /// The name of its fuzz target and of its folder of the corpus.
    pub name: &'static str,
    /// What comes in there.
    pub takes: &'static str,
    /// Takes bytes, and panics when something does not hold.
    pub run: fn(&[u8]),
    /// What is made anew rather than kept in the corpus.
    pub seeds: fn(&Path) -> Result<Vec<Base>>,
    /// So many runs of the cheapest surface take the time of one of this.
    pub cost: u64,
}

/// All of them.
pub static SURFACES: &[Surface] = &[
    message::SURFACE,
    decode::SURFACE,
    packed::SURFACE,
    registers::SURFACE,
    scenario::SURFACE,
    wire::SURFACE,
    journal::SURFACE,
    whole::SURFACE,
];

/// Runs the surface of this name: what a fuzz target calls.
///
/// # Panics
/// When something does not hold, or there is no such surface.
pub fn run(name: &str, bytes: &[u8]) {
    let surface =
        SURFACES.iter().find(|it| it.name == name).expect("a fuzz target has the name of a surface");
    (surface.run)(bytes);
}

/// The corpus of a surface: files that once showed something, or that are hard to come upon.
///
/// # Errors
/// When it cannot be read.
pub fn corpus(root: &Path, surface: &Surface) -> Result<Vec<Base>> {
    let folder = root.join("ops/fuzz/corpus").join(surface.name);
    let mut files: Vec<Base> = Vec::new();
    if folder.is_dir() {
        for entry in folder.read_dir()? {
            let path = entry?.path();
            files.push(Base { name: path.display().to_string(), bytes: std::fs::read(&path)? });
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn root() -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    #[test]
    fn corpus_and_seeds_break_no_surface() {
        for surface in SURFACES {
            let seeds = (surface.seeds)(&root()).unwrap();
            assert!(!seeds.is_empty(), "{} has no seeds", surface.name);
            for base in corpus(&root(), surface).unwrap().into_iter().chain(seeds) {
                let run = std::panic::catch_unwind(|| (surface.run)(&base.bytes));
                assert!(run.is_ok(), "{} breaks on {}", surface.name, base.name);
            }
        }
    }

    #[test]
    fn every_surface_has_a_fuzz_target_and_every_target_and_folder_a_surface() {
        let names: BTreeSet<String> = SURFACES.iter().map(|it| it.name.to_owned()).collect();
        let listed = |folder: &str| -> BTreeSet<String> {
            let entries = root().join("ops/fuzz").join(folder).read_dir().unwrap();
            entries.map(|it| it.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect()
        };
        assert_eq!(listed("fuzz_targets"), names);
        assert!(listed("corpus").is_subset(&names));
        let manifest = std::fs::read_to_string(root().join("ops/fuzz/Cargo.toml")).unwrap();
        for name in &names {
            assert!(manifest.contains(&format!("name = \"{name}\"")), "ops/fuzz/Cargo.toml lacks {name}");
        }
    }
}
