//! Files and folders named on the command line, in input order (ruling O1), each read once: what is hashed and kept is
//! what is parsed.

use crate::profile::{Lane, Stage, Stopwatch};
use crate::record::{Digest, Evidence, Receiving, RecordError};
use crate::world::{EntryKind, File, World, read_full, read_some};
use engine::decode::Source;
use model::finding::Words;
use std::collections::HashSet;
use std::ffi::OsStr;
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

/// What the arguments name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// What is read, in order.
    pub files: Vec<InputFile>,
    /// What lies in a folder and is not read, and why: it is told, so that nobody waits for an answer to it.
    pub passed_over: Vec<(String, Words)>,
}

const NO_FILE: Words = Words {
    zh: "是链接、设备或管道，不读取",
    en: "is a link, a device or a pipe, and is not read",
};
const NO_NAME: Words = Words {
    zh: "文件名不是可打印的UTF-8文字，不读取",
    en: "has a name that is no printable UTF-8, and is not read",
};

/// The files of the arguments: arguments as given, folders by byte order of the relative path (ruling O1).
pub fn list(world: &dyn World, arguments: &[PathBuf]) -> io::Result<Vec<InputFile>> {
    listing(world, arguments).map(|listing| listing.files)
}

/// The same, with what is passed over.
///
/// In folders `.tmp`, `.temp` and empty files are left alone, and so are names that begin with a dot. No link is
/// followed there. What is named as an argument is opened as it is.
pub fn listing(world: &dyn World, arguments: &[PathBuf]) -> io::Result<Listing> {
    let mut listing = Listing::default();
    let Listing { files, passed_over } = &mut listing;
    for argument in arguments {
        match world.list(argument) {
            Ok(_) => folder(world, argument, argument, files, passed_over)?,
            Err(_) => {
                let bytes = world.open(argument)?.len();
                let name =
                    argument.file_name().unwrap_or(argument.as_os_str()).to_string_lossy().into_owned();
                files.push(InputFile { path: argument.clone(), name, bytes });
            }
        }
    }
    make_names_unique(files);
    Ok(listing)
}

fn folder(
    world: &dyn World,
    root: &Path,
    dir: &Path,
    files: &mut Vec<InputFile>,
    passed_over: &mut Vec<(String, Words)>,
) -> io::Result<()> {
    let from = files.len();
    below(world, root, dir, files, passed_over)?;
    files[from..].sort_by(|one, other| one.name.as_bytes().cmp(other.name.as_bytes()));
    Ok(())
}

fn below(
    world: &dyn World,
    root: &Path,
    dir: &Path,
    files: &mut Vec<InputFile>,
    passed_over: &mut Vec<(String, Words)>,
) -> io::Result<()> {
    for entry in world.list(dir)? {
        let path = dir.join(&entry.name);
        let name = entry.name.to_string_lossy();
        let mut pass_over = |why| passed_over.push((shown(root, &path), why));
        match entry.kind {
            _ if name.starts_with('.') => {}
            EntryKind::Other => pass_over(NO_FILE),
            _ if !is_printable(&entry.name) => pass_over(NO_NAME),
            EntryKind::Dir => below(world, root, &path, files, passed_over)?,
            EntryKind::File if entry.len == 0 || name.ends_with(".tmp") || name.ends_with(".temp") => {}
            EntryKind::File => {
                let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
                files.push(InputFile { path, name, bytes: entry.len });
            }
        }
    }
    Ok(())
}

/// Ruling X5: a name is printable UTF-8.
pub fn is_printable(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| !name.chars().any(char::is_control))
}

/// A path for people, whatever stands in it.
fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().escape_debug().collect()
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
    path: PathBuf,
    tee: Arc<Mutex<Tee>>,
}

struct Tee {
    file: Box<dyn File>,
    offset: u64,
    receiving: Receiving,
    stopwatch: Option<Arc<Stopwatch>>,
}

impl Reading {
    /// Begins to read a file, opened already or not, and gives what the decoder reads from.
    pub fn begin(
        world: &dyn World,
        path: &Path,
        handle: Option<Box<dyn File>>,
        evidence: &mut Evidence,
        stopwatch: Option<&Arc<Stopwatch>>,
    ) -> Result<(Reading, Source), RecordError> {
        let failed = |error| RecordError::io("open", path, error);
        let mut lane = Lane::begin(stopwatch);
        let file = handle.map_or_else(|| world.open(path), Ok).map_err(failed)?;
        let receiving = evidence.receive()?;
        lane.done(Stage::Intake, 0);
        let tee = Arc::new(Mutex::new(Tee { file, offset: 0, receiving, stopwatch: stopwatch.cloned() }));
        let mut magic = [0; 4];
        let n_magic = read_full(&*lock(&tee).file, &mut magic, 0).map_err(failed)?;
        let source = if &magic[..n_magic] == b"PK\x03\x04" {
            // A ZIP is read from its end: the whole of it is kept first, then read again from the same open file.
            lock(&tee).drain().map_err(failed)?;
            Source::seekable(Rewound { tee: Arc::clone(&tee), offset: 0 })
        } else {
            Source::stream(Forward { tee: Arc::clone(&tee) })
        };
        Ok((Reading { path: path.to_owned(), tee }, source))
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
        tee.drain().map_err(|error| RecordError::io("read", &self.path, error))?;
        let mut lane = Lane::begin(tee.stopwatch.as_ref());
        let digest = tee.receiving.finish()?;
        lane.done(Stage::Intake, 0);
        Ok(digest)
    }
}

fn lock(tee: &Arc<Mutex<Tee>>) -> std::sync::MutexGuard<'_, Tee> {
    tee.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Tee {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let mut lane = Lane::begin(self.stopwatch.as_ref());
        let n = read_some(&*self.file, buf, self.offset)?;
        self.receiving.write(&buf[..n]).map_err(io::Error::other)?;
        self.offset += n as u64;
        lane.done(Stage::Intake, n);
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
        let n = read_some(&*lock(&self.tee).file, buf, self.offset)?;
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

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests of what lies on a disk")]
mod tests {
    use super::*;
    use crate::world::Disk;
    use std::fs;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn f1_no_link_is_followed_and_no_odd_name_taken() {
        let dir = std::env::temp_dir().join(format!("clearance-intake-{}", std::process::id()));
        fs::create_dir_all(dir.join("in/deeper")).unwrap();
        fs::write(dir.join("secret.xml"), "<Receipt/>").unwrap();
        fs::write(dir.join("in/a.xml"), "<Receipt/>").unwrap();
        fs::write(dir.join("in/中文 名.xml"), "<Receipt/>").unwrap();
        fs::write(dir.join("in/line\nend.xml"), "<Receipt/>").unwrap();
        fs::write(dir.join("in").join(OsStr::from_bytes(b"\xFF.xml")), "<Receipt/>").unwrap();
        std::os::unix::fs::symlink(dir.join("secret.xml"), dir.join("in/link.xml")).unwrap();
        std::os::unix::fs::symlink("..", dir.join("in/deeper/loop")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(dir.join("in/socket")).unwrap();
        let listing = listing(&Disk, &[dir.join("in")]).unwrap();
        let files: Vec<&str> = listing.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(files, ["a.xml", "中文 名.xml"]);
        let passed: Vec<(&str, Words)> =
            listing.passed_over.iter().map(|(name, why)| (name.as_str(), *why)).collect();
        assert_eq!(
            passed,
            [
                ("deeper/loop", NO_FILE),
                ("line\\nend.xml", NO_NAME),
                ("link.xml", NO_FILE),
                ("socket", NO_FILE),
                ("\u{FFFD}.xml", NO_NAME),
            ]
        );
        fs::remove_dir_all(&dir).unwrap();
    }
}
