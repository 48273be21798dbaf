//! What a check must remember and cannot hold: in memory as long as it is little, then in a file without a name.
//!
//! So a small check writes nothing at all, and none leaves anything behind, however it ends.

use crate::record::Spool;
use crate::world::{File, World};
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

/// Held in memory: all there is to remember of a hundred messages or more.
const MEMORY_BYTES: usize = 1 << 20;

/// A file that begins in memory.
pub(super) struct Spill {
    world: Arc<dyn World>,
    memory: Vec<u8>,
    memory_bytes: usize,
    /// Where everything lies once it is too much.
    file: Option<Box<dyn File>>,
}

/// A spool in such a file.
pub(super) fn spool(world: &Arc<dyn World>) -> Spool {
    Spool::nameless(Arc::clone(world), Box::new(Spill::new(world)))
}

impl Spill {
    pub fn new(world: &Arc<dyn World>) -> Spill {
        Spill { world: Arc::clone(world), memory: Vec::new(), memory_bytes: MEMORY_BYTES, file: None }
    }

    /// Takes all that is to be read, up to this many bytes.
    pub fn take(&mut self, from: impl Read, bytes_max: u64) -> io::Result<()> {
        let mut from = from.take(bytes_max);
        let mut piece = vec![0; 256 << 10];
        loop {
            match from.read(&mut piece) {
                Ok(0) => return Ok(()),
                Ok(n) => self.append(&piece[..n])?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl File for Spill {
    fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize> {
        if let Some(file) = &self.file {
            return file.read_at(buf, offset);
        }
        let rest = usize::try_from(offset).ok().and_then(|offset| self.memory.get(offset..)).unwrap_or(&[]);
        let n = rest.len().min(buf.len());
        buf[..n].copy_from_slice(&rest[..n]);
        Ok(n)
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(file) = &mut self.file {
            return file.append(bytes);
        }
        if self.memory.len() + bytes.len() <= self.memory_bytes {
            self.memory.extend_from_slice(bytes);
            return Ok(());
        }
        let mut file = self.world.nameless()?;
        file.append(&self.memory)?;
        file.append(bytes)?;
        self.memory = Vec::new();
        self.file = Some(file);
        Ok(())
    }

    /// Nothing of a check outlasts it.
    fn sync_data(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn set_len(&mut self, len: u64) -> io::Result<()> {
        match &mut self.file {
            Some(file) => file.set_len(len),
            None => {
                self.memory.resize(usize::try_from(len).map_err(io::Error::other)?, 0);
                Ok(())
            }
        }
    }

    fn len(&self) -> u64 {
        self.file.as_ref().map_or(self.memory.len() as u64, |file| file.len())
    }
}

/// A file read from its start, or from wherever; it counts what has been read of it.
pub(super) struct Counted<R> {
    pub reader: R,
    pub n_read: Arc<std::sync::atomic::AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.reader.read(buf)?;
        self.n_read.fetch_add(n as u64, std::sync::atomic::Ordering::Relaxed);
        Ok(n)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.reader.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::memory::Memory;
    use crate::world::read_exact;

    #[test]
    fn what_is_put_in_comes_out_before_and_after_it_is_too_much() {
        let world: Arc<dyn World> = Arc::new(Memory::new());
        let mut spill = Spill { memory_bytes: 10, ..Spill::new(&world) };
        let mut all = Vec::new();
        for n in 0..40_u8 {
            let piece = [n; 3];
            spill.append(&piece).unwrap();
            all.extend_from_slice(&piece);
            let mut read = vec![0; all.len()];
            read_exact(&spill, &mut read, 0).unwrap();
            assert_eq!((read, spill.len()), (all.clone(), all.len() as u64));
            assert_eq!(spill.file.is_some(), all.len() > 10, "{n}");
        }
        assert_eq!(spill.read_at(&mut [0; 4], 1_000).unwrap(), 0);
    }

    #[test]
    fn no_more_is_taken_than_may_be() {
        let memory = Memory::new();
        let world: Arc<dyn World> = Arc::new(memory.clone());
        let mut spill = Spill { memory_bytes: 10, ..Spill::new(&world) };
        spill.take(io::repeat(7), 100).unwrap();
        assert_eq!(spill.len(), 100);
        assert!(memory.paths().is_empty(), "a file without a name");
    }
}
