//! A file of an office's registers: CSV as spreadsheets write it, and TOML.
//!
//! The first line names the file. Every bad row is told in both languages, or the folder is loaded.

use super::Surface;
use crate::bases::Base;
use anyhow::{Context, Result};
use clearance::registers::check;
use clearance::world::memory::Memory;
use clearance::world::{World, create_dir_durable};
use model::finding::Language;
use std::path::Path;

pub(super) const SURFACE: Surface = Surface {
    name: "registers",
    takes: "a file of registers, named in the first line",
    run,
    seeds,
    cost: 10,
};

fn run(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let (name, content) = (&bytes[..end], bytes.get(end + 1..).unwrap_or(&[]));
    let is_name =
        !name.is_empty() && name.iter().all(|it| it.is_ascii_lowercase() || matches!(it, b'.' | b'_'));
    let Some(name) = std::str::from_utf8(name).ok().filter(|_| is_name && !name.starts_with(b".")) else {
        return;
    };
    let world = Memory::new();
    let folder = Path::new("/registers");
    create_dir_durable(&world, folder).expect("memory has room");
    world.create(&folder.join(name)).and_then(|mut file| file.append(content)).expect("memory has room");
    for language in [Language::Zh, Language::En] {
        let mut told = String::new();
        let loaded = check(&world, folder, language, &mut told);
        assert!(loaded.is_ok() || !told.is_empty(), "a folder is refused without a word");
    }
}

fn seeds(root: &Path) -> Result<Vec<Base>> {
    let zone = root.join("fixtures/zone");
    let mut seeds = Vec::new();
    for entry in zone.read_dir().with_context(|| zone.display().to_string())? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".csv") || name.ends_with(".toml") {
            let bytes = std::fs::read(&path)?;
            // A few rows show as much as many.
            let end = bytes
                .iter()
                .enumerate()
                .filter(|(_, byte)| **byte == b'\n')
                .nth(12)
                .map_or(bytes.len(), |it| it.0);
            let end = if name.ends_with(".toml") { bytes.len() } else { end };
            seeds.push(Base { bytes: [name.as_bytes(), b"\n", &bytes[..end]].concat(), name });
        }
    }
    seeds.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(seeds)
}
