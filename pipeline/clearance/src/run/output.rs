//! The output folder of a run: the decision list, the answers, the summary.

use super::Receipts;
use crate::publish::partial::{Buffered, partial_of};
use crate::record::RecordError;
use crate::world::{EntryKind, World, create_dir_durable};
use model::ledger::Origin;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The output folder. Files carry another name until everything is durable.
pub struct Output {
    world: Arc<dyn World>,
    dir: PathBuf,
    /// How answers are written.
    pub receipts: Receipts,
    lines: Buffered,
    answers: Option<(String, Buffered)>,
    /// Files to be named when all is durable.
    partial: BTreeSet<PathBuf>,
}

const RECEIPTS_OPEN: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Receipts>\n";
const RECEIPTS_CLOSE: &[u8] = b"</Receipts>\n";

impl Output {
    /// Creates the folder, and begins the list. Answers that an earlier run began and gave no names are removed: this one
    /// may have none for the same inputs.
    pub fn create(world: Arc<dyn World>, dir: &Path, receipts: Receipts) -> Result<Output, RecordError> {
        create_dir_durable(&*world, dir).map_err(|error| RecordError::io("create", dir, error))?;
        let receipts_dir = dir.join("receipts");
        remove_unnamed(&*world, &receipts_dir)
            .map_err(|error| RecordError::io("clear", &receipts_dir, error))?;
        let path = dir.join("decisions.ndjson");
        let lines = Buffered::create(&*world, &path)?;
        Ok(Output { world, dir: dir.to_owned(), receipts, lines, answers: None, partial: BTreeSet::new() })
    }

    /// Writes a line of the decision list.
    pub fn line(&mut self, line: impl FnOnce(&mut Vec<u8>)) -> Result<(), RecordError> {
        self.lines.write_with(line)
    }

    /// Writes what the sender of this document is told.
    pub fn answer(&mut self, origin: &Origin, answer: &[u8]) -> Result<(), RecordError> {
        let input = &origin.input;
        if self.receipts == Receipts::Files {
            let path = self.free_path(&format!("{input}-{}", origin.document));
            let mut file = Buffered::create(&*self.world, &path)?;
            file.write(answer)?;
            file.close()?;
            self.partial.insert(path);
            return Ok(());
        }
        if self.answers.as_ref().is_none_or(|(open, _)| open != input) {
            self.open_answers(input)?;
        }
        let Some((_, file)) = &mut self.answers else { unreachable!("opened just now") };
        file.write(answer)?;
        file.write(b"\n")
    }

    /// Answers of one input stand together; an input that is answered again later gets its file appended.
    fn open_answers(&mut self, input: &str) -> Result<(), RecordError> {
        self.close_answers()?;
        let path = self.answer_path(input);
        let file = if self.partial.contains(&path) {
            Buffered::append(&*self.world, &path)?
        } else {
            let mut file = Buffered::create(&*self.world, &path)?;
            file.write(RECEIPTS_OPEN)?;
            self.partial.insert(path);
            file
        };
        self.answers = Some((input.to_owned(), file));
        Ok(())
    }

    fn close_answers(&mut self) -> Result<(), RecordError> {
        self.answers.take().map_or(Ok(()), |(_, mut file)| file.flush())
    }

    /// A name people know, as a path below `receipts`: separators of archives stay, nothing climbs out.
    fn answer_path(&self, input: &str) -> PathBuf {
        let mut parts = input.split('/').filter(|part| !matches!(*part, "" | "." | "..")).rev();
        let name = format!("{}.xml", shortened(parts.next().unwrap_or("_")));
        let mut path = self.dir.join("receipts");
        // A folder never has the name of a file.
        let folder = |part| shortened(part).replace(".xml", ".xml_");
        path.extend(parts.rev().map(folder));
        path.join(name)
    }

    /// A document of an earlier submission, decided again, may have stood in an input of the same name.
    fn free_path(&self, name: &str) -> PathBuf {
        let plain = self.answer_path(name);
        let numbered = (2..).map(|n| self.answer_path(&format!("{name}#{n}")));
        let mut paths = std::iter::once(plain).chain(numbered);
        paths.find(|path| !self.partial.contains(path)).expect("numbers do not end")
    }

    /// Closes all files, then gives them their names; those of the report are closed.
    pub fn finish(&mut self, summary: &[u8], report: &[PathBuf]) -> Result<(), RecordError> {
        self.close_answers()?;
        self.lines.close()?;
        if self.receipts == Receipts::Packed {
            for path in &self.partial {
                let mut file = Buffered::append(&*self.world, path)?;
                file.write(RECEIPTS_CLOSE)?;
                file.close()?;
            }
        }
        let [lines, path] = ["decisions.ndjson", "summary.json"].map(|name| self.dir.join(name));
        let mut file = Buffered::create(&*self.world, &path)?;
        file.write(summary)?;
        file.close()?;
        let answers: Vec<&PathBuf> = self.partial.iter().collect();
        for path in answers.into_iter().chain(report).chain([&lines, &path]) {
            let partial = partial_of(path);
            self.world.rename(&partial, path).map_err(|error| RecordError::io("rename", &partial, error))?;
        }
        for dir in self.folders() {
            self.world.sync_dir(dir).map_err(|error| RecordError::io("sync", dir, error))?;
        }
        Ok(())
    }

    /// The output folder and every folder of answers.
    fn folders(&self) -> BTreeSet<&Path> {
        let below = |dir: &&Path| dir.starts_with(&self.dir);
        let folders = self.partial.iter().flat_map(|path| path.ancestors().skip(1).take_while(below));
        folders.chain([&*self.dir]).collect()
    }
}

/// Removes what was begun below a folder of answers and has no name yet. Links are not followed.
fn remove_unnamed(world: &dyn World, dir: &Path) -> io::Result<()> {
    if !world.exists(dir)? {
        return Ok(());
    }
    for entry in world.list(dir)? {
        let path = dir.join(&entry.name);
        match entry.kind {
            EntryKind::Dir => remove_unnamed(world, &path)?,
            EntryKind::File if entry.name.to_string_lossy().ends_with(".xml.partial") => {
                world.remove(&path)?
            }
            EntryKind::File | EntryKind::Other => {}
        }
    }
    Ok(())
}

/// Bytes of one part of a path: file systems take 255, and `.xml.partial` and a number come behind it.
const PART_BYTES_MAX: usize = 200;

/// A part of a name, cut where it is too long for a file system; what is cut off still tells two of them apart.
fn shortened(part: &str) -> String {
    if part.len() <= PART_BYTES_MAX {
        return part.to_owned();
    }
    let hash = blake3::hash(part.as_bytes()).to_hex();
    format!("{}~{}", &part[..part.floor_char_boundary(PART_BYTES_MAX - 17)], &hash[..16])
}
