//! Which runs are the index, and how far it goes: a few lines of text with a checksum.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::super::RecordError;
use super::super::journal::Head;
use super::view_damaged;
use crate::world::{World, read_exact};

const TITLE: &str = "clearance index 1";

/// A manifest lists some dozen runs; this is far more than it can need.
const BYTES_MAX: u64 = 1 << 20;

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Manifest {
    pub covered: Head,
    /// Oldest first.
    pub runs: Vec<Listed>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Listed {
    pub number: u32,
    pub level: u32,
    pub count: u64,
}

pub(super) fn path(dir: &Path) -> PathBuf {
    dir.join("manifest")
}

/// Where the next manifest is written before it takes the name.
pub(super) fn path_new(dir: &Path) -> PathBuf {
    dir.join("manifest.new")
}

impl Manifest {
    /// The manifest of a folder, if it has one.
    pub fn read(world: &dyn World, dir: &Path) -> Result<Option<Manifest>, RecordError> {
        let path = path(dir);
        let failed = |it| RecordError::io("read", &path, it);
        if !world.exists(&path).map_err(failed)? {
            return Ok(None);
        }
        let file = world.open(&path).map_err(failed)?;
        if file.len() > BYTES_MAX {
            return Err(view_damaged(&path, "the manifest is too long"));
        }
        let mut bytes = vec![0; file.len() as usize];
        read_exact(&*file, &mut bytes, 0).map_err(failed)?;
        let manifest = std::str::from_utf8(&bytes).ok().and_then(Manifest::parse);
        let damaged = || view_damaged(&path, "the manifest does not match its checksum");
        manifest.ok_or_else(damaged).map(Some)
    }

    /// Replaces the manifest of a folder, durably and in one step.
    pub fn write(&self, world: &dyn World, dir: &Path) -> Result<(), RecordError> {
        let (path, path_new) = (path(dir), path_new(dir));
        let failed = |it| RecordError::io("write", &path_new, it);
        let mut file = world.create(&path_new).map_err(failed)?;
        file.append(self.text().as_bytes()).map_err(failed)?;
        file.sync_data().map_err(|it| RecordError::io("sync", &path_new, it))?;
        world.rename(&path_new, &path).map_err(|it| RecordError::io("replace", &path, it))?;
        world.sync_dir(dir).map_err(|it| RecordError::io("sync", dir, it))
    }

    fn text(&self) -> String {
        let hash = blake3::Hash::from_bytes(self.covered.hash);
        let mut text = format!("{TITLE}\ncovered {} {hash}\n", self.covered.index);
        for Listed { number, level, count } in &self.runs {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "run {number} {level} {count}");
        }
        let check = blake3::hash(text.as_bytes());
        let _ = writeln!(text, "check {check}");
        text
    }

    fn parse(text: &str) -> Option<Manifest> {
        let mut lines = text.lines();
        lines.next().filter(|it| *it == TITLE)?;
        let (index, hash) = lines.next()?.strip_prefix("covered ")?.split_once(' ')?;
        let hash = *blake3::Hash::from_hex(hash).ok()?.as_bytes();
        let covered = Head { index: index.parse().ok()?, hash };
        let runs = lines.filter_map(|it| it.strip_prefix("run ")).map(parse_run).collect::<Option<_>>()?;
        let manifest = Manifest { covered, runs };
        // Whatever is not read back the same was not written by us.
        (manifest.text() == text).then_some(manifest)
    }
}

fn parse_run(line: &str) -> Option<Listed> {
    let mut fields = line.split(' ');
    Some(Listed {
        number: fields.next()?.parse().ok()?,
        level: fields.next()?.parse().ok()?,
        count: fields.next()?.parse().ok()?,
    })
}
