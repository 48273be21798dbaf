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
    let dir = data.join("journal");
    let mut folder = InWorld { world, dir: &dir, open: None };
    verifier::verify(&mut folder, published).map_err(|error| {
        let path = folder.open.map_or(dir.clone(), |(path, _)| path);
        RecordError::io("read", &path, error)
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
}

impl Folder for InWorld<'_> {
    fn files(&mut self) -> io::Result<Vec<(String, u64)>> {
        let entries = self.world.list(self.dir)?.into_iter().filter(|it| it.kind == EntryKind::File);
        Ok(entries.filter_map(|it| Some((it.name.to_str()?.to_owned(), it.len))).collect())
    }

    fn read(&mut self, name: &str, offset: u64, into: &mut [u8]) -> io::Result<()> {
        let path = self.dir.join(name);
        if self.open.as_ref().is_none_or(|(open, _)| *open != path) {
            let file = self.world.open(&path)?;
            self.open = Some((path, file));
        }
        self.open.as_ref().map_or(Ok(()), |(_, file)| read_exact(&**file, into, offset))
    }
}
