//! `journal verify`: the verifier of `ops/verifier`, which shares no code with the writer, on a data folder.

use crate::record::RecordError;
use crate::world::{EntryKind, File, World, read_exact};
use std::io;
use std::path::{Path, PathBuf};
use verifier::{Folder, Head, Published, Verdict};

/// Reads and checks the whole of `<data>/journal`, changing nothing, and that it has each of the heads published.
///
/// While a process writes here, its last commit may look unfinished.
///
/// # Errors
/// When the folder or a file of it cannot be read.
pub fn verify(world: &dyn World, data: &Path, published: &[Head]) -> Result<Verdict, RecordError> {
    verify_with(world, data, None, published)
}

/// The same, with what went to an archive, when its folder is named: both are one journal.
///
/// # Errors
/// When a folder or a file of it cannot be read.
pub fn verify_with(
    world: &dyn World,
    data: &Path,
    archive: Option<&Path>,
    published: &[Head],
) -> Result<Verdict, RecordError> {
    let (dir, there) = (data.join("journal"), archive.map(|it| it.join("journal")));
    let mut folder = InWorld { world, dir: &dir, open: None, failed: None };
    let mut archive = there.as_deref().map(|dir| InWorld { world, dir, open: None, failed: None });
    let verdict = match &mut archive {
        None => verifier::verify(&mut folder, published),
        Some(archive) => verifier::verify_joined(archive, &mut folder, published),
    };
    verdict.map_err(|error| {
        let failed = archive.and_then(|it| it.failed).or(folder.failed);
        RecordError::io("read", failed.as_deref().unwrap_or(&dir), error)
    })
}

/// Reads a file of published heads.
///
/// # Errors
/// When the file cannot be read.
pub fn published(world: &dyn World, path: &Path) -> Result<Published, RecordError> {
    let read = || -> io::Result<Published> {
        let file = world.open(path)?;
        let mut bytes = vec![0; file.len() as usize];
        read_exact(&*file, &mut bytes, 0)?;
        Ok(verifier::published(&bytes))
    };
    read().map_err(|error| RecordError::io("read", path, error))
}

/// The folder of the journal in a world.
struct InWorld<'w> {
    world: &'w dyn World,
    dir: &'w Path,
    /// The file read last.
    open: Option<(PathBuf, Box<dyn File>)>,
    /// What could not be read.
    failed: Option<PathBuf>,
}

impl Folder for InWorld<'_> {
    fn files(&mut self) -> io::Result<Vec<(String, u64)>> {
        let listed = self.world.list(self.dir).inspect_err(|_| self.failed = Some(self.dir.to_owned()));
        let entries = listed?.into_iter().filter(|it| it.kind == EntryKind::File);
        Ok(entries.filter_map(|it| Some((it.name.to_str()?.to_owned(), it.len))).collect())
    }

    fn read(&mut self, name: &str, offset: u64, into: &mut [u8]) -> io::Result<()> {
        let path = self.dir.join(name);
        let read = self.read_from(&path, offset, into);
        read.inspect_err(|_| self.failed = Some(path))
    }
}

impl InWorld<'_> {
    fn read_from(&mut self, path: &Path, offset: u64, into: &mut [u8]) -> io::Result<()> {
        if self.open.as_ref().is_none_or(|(open, _)| open != path) {
            let file = self.world.open(path)?;
            self.open = Some((path.to_owned(), file));
        }
        self.open.as_ref().map_or(Ok(()), |(_, file)| read_exact(&**file, into, offset))
    }
}
