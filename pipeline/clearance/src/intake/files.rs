//! Files and folders named on the command line, in input order (ruling O1), each read once: what is hashed and kept is
//! what is parsed.

use crate::record::{Digest, Evidence, Receiving, RecordError};
use crate::world::{EntryKind, File, World};
use engine::decode::Source;
use std::collections::HashSet;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// One file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// Where it lies.
    pub path: PathBuf,
    /// What people know it by: its name, or its path below the folder that was named.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
}

/// The files of the arguments: arguments as given, folders by byte order of the relative path (ruling O1).
///
/// In folders `.tmp`, `.temp` and empty files are left alone, and so are names that begin with a dot.
pub fn list(world: &dyn World, arguments: &[PathBuf]) -> io::Result<Vec<InputFile>> {
    let mut files = Vec::new();
    for argument in arguments {
        match world.list(argument) {
            Ok(_) => folder(world, argument, argument, &mut files)?,
            Err(_) => {
                let bytes = world.open(argument)?.len();
                let name =
                    argument.file_name().unwrap_or(argument.as_os_str()).to_string_lossy().into_owned();
                files.push(InputFile { path: argument.clone(), name, bytes });
            }
        }
    }
    make_names_unique(&mut files);
    Ok(files)
}

fn folder(world: &dyn World, root: &Path, dir: &Path, files: &mut Vec<InputFile>) -> io::Result<()> {
    let from = files.len();
    below(world, root, dir, files)?;
    files[from..].sort_by(|one, other| one.name.as_bytes().cmp(other.name.as_bytes()));
    Ok(())
}

fn below(world: &dyn World, root: &Path, dir: &Path, files: &mut Vec<InputFile>) -> io::Result<()> {
    for entry in world.list(dir)? {
        let path = dir.join(&entry.name);
        let name = entry.name.to_string_lossy();
        match entry.kind {
            _ if name.starts_with('.') => {}
            EntryKind::Dir => below(world, root, &path, files)?,
            EntryKind::File if entry.len == 0 || name.ends_with(".tmp") || name.ends_with(".temp") => {}
            EntryKind::File => {
                let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
                files.push(InputFile { path, name, bytes: entry.len });
            }
            EntryKind::Other => {}
        }
    }
    Ok(())
}

/// Two inputs of one name would share a file of answers: the later one is numbered.
fn make_names_unique(files: &mut [InputFile]) {
    let mut known = HashSet::new();
    for file in files {
        let plain = file.name.clone();
        let mut n = 2;
        while !known.insert(file.name.clone()) {
            file.name = format!("{plain}#{n}");
            n += 1;
        }
    }
}

/// An input being read: every byte that is read is hashed and kept on the way.
pub struct Reading {
    tee: Arc<Mutex<Tee>>,
}

struct Tee {
    file: Box<dyn File>,
    offset: u64,
    receiving: Receiving,
}

impl Reading {
    /// Begins to read a file, and gives what the decoder reads from.
    pub fn begin(
        world: &dyn World,
        path: &Path,
        evidence: &mut Evidence,
    ) -> Result<(Reading, Source), RecordError> {
        let failed = |error| RecordError::io("open", path, error);
        let file = world.open(path).map_err(failed)?;
        let receiving = evidence.receive()?;
        let tee = Arc::new(Mutex::new(Tee { file, offset: 0, receiving }));
        let mut magic = [0; 4];
        let n_magic = lock(&tee).file.read_at(&mut magic, 0).map_err(failed)?;
        let source = if &magic[..n_magic] == b"PK\x03\x04" {
            // A ZIP is read from its end: the whole of it is kept first, then read again from the same open file.
            lock(&tee).drain().map_err(failed)?;
            Source::seekable(Rewound { tee: Arc::clone(&tee), offset: 0 })
        } else {
            Source::stream(Forward { tee: Arc::clone(&tee) })
        };
        Ok((Reading { tee }, source))
    }

    /// Bytes read so far.
    pub fn n_read(&self) -> u64 {
        lock(&self.tee).offset
    }

    /// Keeps what the decoder left unread, and closes the evidence. The decoder must be gone.
    pub fn finish(self) -> Result<Digest, RecordError> {
        let Some(tee) = Arc::into_inner(self.tee) else {
            unreachable!("the decoder, the only other holder, is dropped before its input is finished")
        };
        let mut tee = tee.into_inner().unwrap_or_else(PoisonError::into_inner);
        tee.drain().map_err(|error| RecordError::io("read", Path::new("input"), error))?;
        tee.receiving.finish()
    }
}

fn lock(tee: &Arc<Mutex<Tee>>) -> std::sync::MutexGuard<'_, Tee> {
    tee.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Tee {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read_at(buf, self.offset)?;
        self.receiving.write(&buf[..n]).map_err(io::Error::other)?;
        self.offset += n as u64;
        Ok(n)
    }

    fn drain(&mut self) -> io::Result<()> {
        let mut buf = vec![0; 256 << 10];
        while self.read(&mut buf)? > 0 {}
        Ok(())
    }
}

struct Forward {
    tee: Arc<Mutex<Tee>>,
}

impl Read for Forward {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        lock(&self.tee).read(buf)
    }
}

struct Rewound {
    tee: Arc<Mutex<Tee>>,
    offset: u64,
}

impl Read for Rewound {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = lock(&self.tee).file.read_at(buf, self.offset)?;
        self.offset += n as u64;
        Ok(n)
    }
}

impl Seek for Rewound {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let end = lock(&self.tee).offset;
        let target = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::End(delta) => end.checked_add_signed(delta),
            SeekFrom::Current(delta) => self.offset.checked_add_signed(delta),
        };
        self.offset = target.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.offset)
    }
}
