//! Files of the output folder, which carry another name until everything is durable.

use crate::record::RecordError;
use crate::world::{File, World, parent_of};
use std::path::{Path, PathBuf};

/// The name a file has until all of a run is durable.
pub fn partial_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".partial");
    PathBuf::from(name)
}

/// A file written in large pieces, under the name it has until all is durable.
pub struct Buffered {
    path: PathBuf,
    file: Box<dyn File>,
    buffer: Vec<u8>,
}

const BUFFER_BYTES: usize = 256 << 10;

impl Buffered {
    /// Begins it, or empties what an earlier run left.
    pub fn create(world: &dyn World, path: &Path) -> Result<Buffered, RecordError> {
        let partial = partial_of(path);
        let dir = parent_of(&partial);
        world.create_dir_all(dir).map_err(|error| RecordError::io("create", dir, error))?;
        let file = world.create(&partial).map_err(|error| RecordError::io("create", &partial, error))?;
        Ok(Buffered { path: partial, file, buffer: Vec::with_capacity(BUFFER_BYTES) })
    }

    /// Goes on with one begun in this run.
    pub fn append(world: &dyn World, path: &Path) -> Result<Buffered, RecordError> {
        let partial = partial_of(path);
        let file = world.append(&partial).map_err(|error| RecordError::io("open", &partial, error))?;
        Ok(Buffered { path: partial, file, buffer: Vec::new() })
    }

    /// Takes bytes.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), RecordError> {
        self.write_with(|buffer| buffer.extend_from_slice(bytes))
    }

    /// Takes bytes where they are made.
    pub fn write_with(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Result<(), RecordError> {
        write(&mut self.buffer);
        if self.buffer.len() >= BUFFER_BYTES { self.flush() } else { Ok(()) }
    }

    /// Hands what was taken to the disk.
    pub fn flush(&mut self) -> Result<(), RecordError> {
        self.file.append(&self.buffer).map_err(|error| RecordError::io("write", &self.path, error))?;
        self.buffer.clear();
        Ok(())
    }

    /// Makes it durable; its name comes later.
    pub fn close(&mut self) -> Result<(), RecordError> {
        self.flush()?;
        self.file.sync_data().map_err(|error| RecordError::io("sync", &self.path, error))
    }
}
