//! What of a configuration only the machine knows: whether the folders are there, and can be worked with.
//!
//! Whether a folder can be written to is found out by writing: permission bits know nothing of quotas, of mounts that
//! are read-only, or of shares. The probes have names no client and no service takes for a message, and are removed.

use super::fault::{Fault, Notice, Place, Reason};
use super::reader::Section;
use super::{Config, Folders};
use crate::registers;
use crate::world::{EntryKind, World, parent_of};
use std::io;
use std::path::{Path, PathBuf};

/// The folder the firm puts messages into.
const OUT: &str = "OutBox";
/// The folders messages and answers are moved to. They are made when they are not there.
const OTHERS: [&str; 3] = ["SentBox", "FailBox", "InBox"];

/// Looks at everything the configuration names. Leaves nothing behind.
pub(super) fn look(world: &dyn World, config: &Config, root: &Section) -> (Vec<Fault>, Option<Notice>) {
    let mut looking = Looking { world, faults: Vec::new(), probed: Vec::new() };
    looking.data(config, root);
    let notice = looking.registers(config, root);
    looking.heads(config, root);
    looking.archive(config, root);
    for (number, (folders, section)) in (1..).zip(config.folders.iter().zip(root.tables("folders"))) {
        looking.set(number, folders, section);
    }
    looking.clean_up();
    (looking.faults, notice)
}

struct Looking<'w> {
    world: &'w dyn World,
    faults: Vec<Fault>,
    /// Folders in which a probe lies, with the line that names them.
    probed: Vec<(PathBuf, u64)>,
}

impl Looking<'_> {
    fn fault(&mut self, place: Place, key: &str, reason: Reason) {
        self.faults.push(Fault { place: Some(place), key: key.to_owned(), reason });
    }

    /// The data folder is made at the start when it is not there, so its nearest folder counts.
    fn data(&mut self, config: &Config, root: &Section) {
        let place = root.get("data").map_or(root.place, |found| found.place);
        self.made(&config.data, place, "data");
    }

    /// The file of heads is made at the start, and the folder around it.
    fn heads(&mut self, config: &Config, root: &Section) {
        if let (Some(path), Some(found)) = (&config.heads, root.get("heads")) {
            self.made(parent_of(path), found.place, "heads");
        }
    }

    /// The folder of an archive is never made: a disk that is not mounted must not be taken for an empty one.
    fn archive(&mut self, config: &Config, root: &Section) {
        let (Some(retention), section) = (&config.retention, root.table("retention")) else { return };
        let place = section.get("archive").map_or(section.place, |found| found.place);
        let looked = self.list(&retention.archive);
        if let Err(reason) = looked.and_then(|_| self.probe(&retention.archive, place.line)) {
            self.fault(place, "retention.archive", reason);
        }
    }

    /// A folder that is made when it is not there can be made, or written to.
    fn made(&mut self, path: &Path, place: Place, key: &str) {
        let mut there = path;
        let looked = loop {
            match self.list(there) {
                Err(Reason::Absent { .. }) if parent_of(there) != there => there = parent_of(there),
                looked => break looked,
            }
        };
        if let Err(reason) = looked.and_then(|_| self.probe(there, place.line)) {
            self.fault(place, key, reason);
        }
    }

    fn registers(&mut self, config: &Config, root: &Section) -> Option<Notice> {
        let place = root.get("registers").or(root.get("data")).map_or(root.place, |found| found.place);
        let path = config.registers.display().to_string();
        if registers::require(self.world, &config.registers).is_err() {
            if config.is_registers_named {
                self.fault(place, "registers", Reason::Absent { path });
                return None;
            }
            return Some(Notice::NoRegisters);
        }
        if registers::load(self.world, &config.registers).is_err() {
            self.fault(place, "registers", Reason::Registers { path });
        }
        None
    }

    fn set(&mut self, number: usize, folders: &Folders, section: &Section) {
        let root_place = section.get("root").map_or(section.place, |found| found.place);
        let key = |name: &str| format!("folders[{number}].{name}");
        let (types_place, types_key) = match section.get("types") {
            Some(found) => (found.place, key("types")),
            None => (root_place, key("root")),
        };
        match self.businesses(folders) {
            Err(reason) => self.fault(root_place, &key("root"), reason),
            Ok(businesses) if businesses.is_empty() => {
                self.fault(root_place, &key("root"), Reason::NoBusiness);
            }
            Ok(businesses) => {
                for business in businesses {
                    if let Err(reason) = self.business(&folders.root.join(business), types_place.line) {
                        self.fault(types_place, &types_key, reason);
                    }
                }
            }
        }
    }

    /// The business types of a set: those it names, else every folder that holds an `OutBox`.
    fn businesses(&self, folders: &Folders) -> Result<Vec<String>, Reason> {
        let entries = self.list(&folders.root)?;
        if let Some(types) = &folders.types {
            return Ok(types.clone());
        }
        let dirs = entries.into_iter().filter(|(_, kind)| *kind == EntryKind::Dir).map(|(name, _)| name);
        let with_out = dirs.filter(|name| self.list(&folders.root.join(name).join(OUT)).is_ok());
        Ok(with_out.collect())
    }

    /// One business type: messages can be taken out of it, and answers be laid into it.
    fn business(&mut self, dir: &Path, line: u64) -> Result<(), Reason> {
        let out = dir.join(OUT);
        let is_link = |path: &Path| -> Result<bool, Reason> {
            let entries = self.list(path.parent().unwrap_or(path))?;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            Ok(entries.iter().any(|(known, kind)| Some(known) == name.as_ref() && *kind != EntryKind::Dir))
        };
        for path in [dir, &out] {
            if is_link(path)? {
                return Err(Reason::NotFolder { path: path.display().to_string() });
            }
        }
        self.list(&out)?;
        self.probe(&out, line)?;
        for name in OTHERS {
            let other = dir.join(name);
            if self.exists(&other)? {
                self.movable(&out, &other)?;
            } else {
                self.probe(dir, line)?;
            }
        }
        Ok(())
    }

    /// Lays a probe into a folder. One that lies there already shows that two lines mean the same folder.
    fn probe(&mut self, dir: &Path, line: u64) -> Result<(), Reason> {
        if self.probed.iter().any(|(known, _)| known == dir) {
            return Ok(());
        }
        for (idx, (_, earlier)) in self.probed.iter().enumerate() {
            if self.exists(&probe_in(dir, idx))? {
                return Err(Reason::SameFolder { line: *earlier });
            }
        }
        let path = probe_in(dir, self.probed.len());
        self.world.create(&path).map_err(|error| not_writable(dir, &error))?;
        self.probed.push((dir.to_owned(), line));
        Ok(())
    }

    /// Moves the newest probe there and back, as a message would be.
    fn movable(&mut self, from: &Path, to: &Path) -> Result<(), Reason> {
        let Some(idx) = self.probed.iter().position(|(known, _)| known == from) else { return Ok(()) };
        let (here, there) = (probe_in(from, idx), probe_in(to, idx));
        let told = |error: io::Error| match error.kind() {
            io::ErrorKind::CrossesDevices => Reason::NotMovable {
                from: from.display().to_string(),
                to: to.display().to_string(),
                why: error.to_string(),
            },
            _ => not_writable(to, &error),
        };
        self.world.rename(&here, &there).map_err(told)?;
        self.world.rename(&there, &here).map_err(|error| not_writable(from, &error))
    }

    fn clean_up(&mut self) {
        for (idx, (dir, line)) in std::mem::take(&mut self.probed).into_iter().enumerate() {
            if let Err(error) = self.world.remove(&probe_in(&dir, idx)) {
                self.fault(Place { line, column: 1 }, "", not_writable(&dir, &error));
            }
        }
    }

    fn list(&self, dir: &Path) -> Result<Vec<(String, EntryKind)>, Reason> {
        let path = || dir.display().to_string();
        let entries = self.world.list(dir).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound if !self.world.exists(dir).unwrap_or(false) => {
                Reason::Absent { path: path() }
            }
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Reason::NotFolder { path: path() },
            _ => Reason::Unreadable { why: format!("{}: {error}", path()) },
        })?;
        Ok(entries.into_iter().map(|it| (it.name.to_string_lossy().into_owned(), it.kind)).collect())
    }

    fn exists(&self, path: &Path) -> Result<bool, Reason> {
        let told = |error: io::Error| Reason::Unreadable { why: format!("{}: {error}", path.display()) };
        self.world.exists(path).map_err(told)
    }
}

/// A name nobody takes for a message: it is hidden, temporary, and the file is empty (ruling F2 of reliability).
fn probe_in(dir: &Path, idx: usize) -> PathBuf {
    dir.join(format!(".clearance-check-{idx}.tmp"))
}

fn not_writable(dir: &Path, error: &io::Error) -> Reason {
    Reason::NotWritable { path: dir.display().to_string(), why: error.to_string() }
}
