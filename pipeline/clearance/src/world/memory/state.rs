//! What the simulated world knows: names and bytes, as seen and as durable.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::super::{Identity, parent_of};
use super::{Call, Keep, Op, Unsynced};

pub(super) type Hook = Box<dyn FnMut(&Call<'_>) -> Option<io::Error> + Send>;

#[derive(Default)]
pub(super) struct State {
    pub now: Timestamp,
    pub calls: u64,
    pub hook: Option<Hook>,
    /// Counts crashes; handles of an earlier life are dead.
    pub life: u64,
    pub live: BTreeMap<PathBuf, Node>,
    pub durable: BTreeMap<PathBuf, Node>,
    pub names: Vec<NameChange>,
    pub files: Vec<Inode>,
    pub locks: BTreeSet<PathBuf>,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Node {
    Dir,
    File(usize),
    /// A link, device, pipe or socket.
    Other,
}

#[derive(Clone, Default)]
pub(super) struct Inode {
    pub live: Vec<u8>,
    pub durable: Vec<u8>,
    pub changes: Vec<Change>,
    /// Changes ever made.
    pub n_changes: i64,
    /// When it was changed last, in seconds since 1970.
    pub changed: i64,
}

#[derive(Clone)]
pub(super) enum Change {
    Write { offset: usize, bytes: Vec<u8> },
    Length(usize),
}

#[derive(Clone)]
pub(super) enum NameChange {
    Set(PathBuf, Node),
    Remove(PathBuf),
    Move(PathBuf, PathBuf, Node),
}

impl NameChange {
    pub fn path(&self) -> &Path {
        match self {
            NameChange::Set(path, _) | NameChange::Remove(path) | NameChange::Move(_, path, _) => path,
        }
    }

    pub fn apply(self, names: &mut BTreeMap<PathBuf, Node>) {
        match self {
            NameChange::Set(path, node) => drop(names.insert(path, node)),
            NameChange::Remove(path) => drop(names.remove(&path)),
            NameChange::Move(from, to, node) => {
                names.remove(&from);
                names.insert(to, node);
            }
        }
    }
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Write { offset, bytes: written } => {
            let end = offset + written.len();
            if bytes.len() < end {
                bytes.resize(end, 0);
            }
            bytes[*offset..end].copy_from_slice(written);
        }
        Change::Length(len) => bytes.resize(*len, 0),
    }
}

impl Inode {
    pub fn change(&mut self, change: Change) {
        apply(&mut self.live, &change);
        self.n_changes += 1;
        self.changes.push(change);
    }

    pub fn sync(&mut self) {
        for change in self.changes.drain(..) {
            apply(&mut self.durable, &change);
        }
    }

    pub fn crash(&mut self, path: &Path, keep: &mut dyn FnMut(&Unsynced<'_>) -> Keep) {
        for change in std::mem::take(&mut self.changes) {
            let kept = keep(&match &change {
                Change::Write { offset, bytes } => {
                    Unsynced::Write { path, offset: *offset as u64, len: bytes.len() }
                }
                Change::Length(len) => Unsynced::Length { path, len: *len as u64 },
            });
            match (kept, change) {
                (Keep::Nothing, _) => {}
                (Keep::First(n), Change::Write { offset, mut bytes }) => {
                    bytes.truncate(n);
                    apply(&mut self.durable, &Change::Write { offset, bytes });
                }
                (_, change) => apply(&mut self.durable, &change),
            }
        }
        self.live.clone_from(&self.durable);
    }
}

impl State {
    pub fn fork(&self) -> State {
        State {
            now: self.now,
            calls: self.calls,
            hook: None,
            life: self.life + 1,
            live: self.live.clone(),
            durable: self.durable.clone(),
            names: self.names.clone(),
            files: self.files.clone(),
            locks: BTreeSet::new(),
        }
    }

    pub fn call(&mut self, op: Op, path: &Path) -> io::Result<()> {
        self.calls += 1;
        let call = Call { number: self.calls, op, path };
        match self.hook.as_mut().and_then(|hook| hook(&call)) {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    pub fn file(&self, path: &Path) -> io::Result<usize> {
        match self.live.get(path) {
            Some(Node::File(inode)) => Ok(*inode),
            Some(Node::Dir) => Err(io::ErrorKind::IsADirectory.into()),
            Some(Node::Other) => Err(io::ErrorKind::InvalidInput.into()),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    pub fn file_or_new(&mut self, path: &Path) -> io::Result<usize> {
        match self.file(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            found => return found,
        }
        if !self.is_dir(parent_of(path)) {
            return Err(io::ErrorKind::NotFound.into());
        }
        self.files.push(Inode { changed: self.now.as_second(), ..Inode::default() });
        let inode = self.files.len() - 1;
        self.rename(NameChange::Set(path.to_owned(), Node::File(inode)));
        Ok(inode)
    }

    pub fn is_dir(&self, path: &Path) -> bool {
        is_root(path) || self.live.get(path) == Some(&Node::Dir)
    }

    pub fn rename(&mut self, change: NameChange) {
        change.clone().apply(&mut self.live);
        self.names.push(change);
    }

    /// Moves a name. Between two folders either half may survive without the other.
    pub fn move_name(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        let node = *self.live.get(from).ok_or(io::ErrorKind::NotFound)?;
        if !self.is_dir(parent_of(to)) {
            return Err(io::ErrorKind::NotFound.into());
        }
        if parent_of(from) == parent_of(to) {
            self.rename(NameChange::Move(from.to_owned(), to.to_owned(), node));
        } else {
            self.rename(NameChange::Set(to.to_owned(), node));
            self.rename(NameChange::Remove(from.to_owned()));
        }
        Ok(())
    }

    /// Gives something a name that lasts.
    pub fn plant(&mut self, path: &Path, node: Node) {
        self.live.insert(path.to_owned(), node);
        self.durable.insert(path.to_owned(), node);
    }

    pub fn identity(&self, node: Node) -> Identity {
        match node {
            Node::File(inode) => Identity {
                file: [1, inode as u64],
                len: self.files[inode].live.len() as u64,
                changed: [self.files[inode].changed, self.files[inode].n_changes],
            },
            Node::Dir | Node::Other => Identity { file: [0, 0], len: 0, changed: [0, 0] },
        }
    }

    pub fn crash(&mut self, keep: &mut dyn FnMut(&Unsynced<'_>) -> Keep) {
        let mut paths: BTreeMap<usize, PathBuf> = BTreeMap::new();
        for (path, node) in self.durable.iter().chain(&self.live) {
            if let Node::File(inode) = node {
                paths.insert(*inode, path.clone());
            }
        }
        for (number, inode) in self.files.iter_mut().enumerate() {
            let path = paths.get(&number).map_or(Path::new("(removed)"), PathBuf::as_path);
            inode.crash(path, keep);
        }
        for change in std::mem::take(&mut self.names) {
            if keep(&Unsynced::Name { path: change.path() }) != Keep::Nothing {
                change.apply(&mut self.durable);
            }
        }
        self.drop_orphans();
        self.live.clone_from(&self.durable);
        self.locks.clear();
        self.life += 1;
    }

    /// A name in a folder that did not survive is gone with it.
    pub fn drop_orphans(&mut self) {
        let mut kept: BTreeMap<PathBuf, Node> = BTreeMap::new();
        for (path, node) in std::mem::take(&mut self.durable) {
            let parent = parent_of(&path);
            if is_root(parent) || kept.get(parent) == Some(&Node::Dir) {
                kept.insert(path, node);
            }
        }
        self.durable = kept;
    }
}

pub(super) fn is_root(path: &Path) -> bool {
    path == Path::new("/") || path == Path::new(".") || path.as_os_str().is_empty()
}
