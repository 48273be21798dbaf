//! The folders of firms: what is to be found in them, and what waits there.

use super::backoff::Backoff;
use super::config;
use super::delivery::{self, Known, Moving, Pending};
use super::names::{FAIL_BOX, IN_BOX, OUT_BOX, SENT_BOX, Sort, quarantined, sort};
use super::status::Queue;
use crate::world::{DirEntry, EntryKind, World, create_dir_durable};
use engine::Sender;
use jiff::Timestamp;
use model::registers::Registers;
use std::collections::{BTreeSet, BinaryHeap, VecDeque};
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

/// Names kept of one `OutBox`, the first in their order; what is beyond is seen when these are done. Beyond it the door says
/// "later".
pub const QUEUE_MAX: usize = 10_000;

/// The folders of one firm.
pub struct Firm {
    /// Short name, for logs.
    pub id: String,
    /// Holds a folder for each business type.
    root: PathBuf,
    /// Business types; every folder with an `OutBox` when none is said.
    types: Option<Vec<String>>,
    /// In whose name it may file; anybody's where nothing is said.
    pub sender: Option<Sender>,
    declarants: Option<Vec<String>>,
    /// One a business type, in order.
    pub folders: Vec<Folder>,
    /// Whose turn it is.
    next: usize,
    /// Trouble with the root.
    pub looking: Backoff,
}

/// The folder of one business type.
pub struct Folder {
    /// Its name.
    pub business: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Trouble with looking into it.
    pub looking: Backoff,
    /// Trouble with taking files.
    pub taking: Backoff,
    /// Trouble with delivering.
    pub delivering: Backoff,
    /// What waits to be delivered.
    pub pending: Vec<Pending>,
    queue: VecDeque<Candidate>,
    /// Complete files beyond the queue, and their bytes.
    beyond: (u64, u64),
    /// Since when every look has found files beyond the queue.
    behind_since: Option<Timestamp>,
}

/// What a look into an `OutBox` found, no more of it than may be kept.
#[derive(Default)]
struct Found {
    /// Names and bytes of complete files: the first in order of the names.
    first: BinaryHeap<(String, u64)>,
    /// Complete files that come behind these, and their bytes.
    beyond: (u64, u64),
    odd: Vec<(DirEntry, &'static str)>,
}

impl Found {
    fn complete(&mut self, name: String, bytes: u64) {
        self.first.push((name, bytes));
        if self.first.len() > QUEUE_MAX {
            let last = self.first.pop().map_or(0, |(_, bytes)| bytes);
            self.beyond = (self.beyond.0 + 1, self.beyond.1 + last);
        }
    }

    /// What is too much is found at the next look.
    fn odd(&mut self, entry: DirEntry, why: &'static str) {
        if self.odd.len() < QUEUE_MAX {
            self.odd.push((entry, why));
        }
    }
}

/// A complete file in an `OutBox`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its name.
    pub name: String,
    /// Its length when it was seen.
    pub bytes: u64,
    /// When that was.
    pub seen: Timestamp,
}

/// What could not be done in a folder, and what the system said.
pub type Trouble = (&'static str, io::Error);

/// What was put into quarantine: the name it has there, and why.
pub type Quarantined = (String, &'static str);

fn trouble(code: &'static str) -> impl Fn(io::Error) -> Trouble {
    move |error| (code, error)
}

impl Firm {
    /// Nothing is known of its folders yet but what the configuration says.
    pub fn new(folders: &config::Folders, registers: &Registers) -> Firm {
        let named = folders.types.iter().flatten();
        Firm {
            id: folders.id.clone(),
            root: folders.root.clone(),
            types: folders.types.clone(),
            sender: folders.declarants.as_ref().map(|codes| Sender::of(codes, registers)),
            declarants: folders.declarants.clone(),
            folders: named.map(|business| Folder::new(&folders.root, business)).collect(),
            next: 0,
            looking: Backoff::default(),
        }
    }

    /// The registers say anew which codes its declarants have.
    pub fn knows(&mut self, registers: &Registers) {
        self.sender = self.declarants.as_ref().map(|codes| Sender::of(codes, registers));
    }

    /// Finds the folders of a firm whose business types are not named.
    pub fn look(&mut self, world: &dyn World) -> io::Result<()> {
        if self.types.is_some() {
            return Ok(());
        }
        for entry in world.list(&self.root)? {
            let Some(business) = entry.name.to_str().filter(|_| entry.kind == EntryKind::Dir) else {
                continue;
            };
            let is_known = self.folders.iter().any(|folder| folder.business == business);
            if !is_known && world.exists(&self.root.join(business).join(OUT_BOX))? {
                self.folders.push(Folder::new(&self.root, business));
            }
        }
        Ok(())
    }

    /// The next of its folders with a file that may be taken.
    pub fn next_folder(&self, now: Timestamp, n_answers_max: usize) -> Option<usize> {
        let n = self.folders.len();
        let mut turns = (0..n).map(|step| (self.next + step) % n);
        turns.find(|idx| self.folders[*idx].may_take(now, n_answers_max))
    }

    /// Takes the file that comes next in one of its folders; after it another folder has its turn.
    pub fn take(&mut self, folder_idx: usize) -> Option<Candidate> {
        self.next = (folder_idx + 1) % self.folders.len();
        self.folders[folder_idx].queue.pop_front()
    }
}

impl Folder {
    fn new(root: &Path, business: &str) -> Folder {
        Folder {
            business: business.to_owned(),
            path: root.join(business),
            looking: Backoff::default(),
            taking: Backoff::default(),
            delivering: Backoff::default(),
            pending: Vec::new(),
            queue: VecDeque::new(),
            beyond: (0, 0),
            behind_since: None,
        }
    }

    /// The folder as the journal names it.
    pub fn source(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }

    /// Answers that wait.
    pub fn n_answers_waiting(&self) -> u64 {
        self.pending.iter().map(|waiting| waiting.outline.n_documents().max(1)).sum()
    }

    fn may_take(&self, now: Timestamp, n_answers_max: usize) -> bool {
        let is_full = self.n_answers_waiting() >= n_answers_max as u64;
        !self.queue.is_empty() && self.looking.is_due(now) && self.taking.is_due(now) && !is_full
    }

    /// All that was seen has been taken: it is time to look again.
    pub fn is_to_be_looked_at(&self, now: Timestamp) -> bool {
        self.queue.is_empty() && self.looking.is_due(now) && self.taking.is_due(now)
    }

    /// The file that comes next.
    pub fn front(&self) -> Option<&Candidate> {
        self.queue.front()
    }

    /// Looks into the `OutBox`: what is complete waits then in order of the bytes of the names, what should not be there
    /// is in quarantine.
    pub fn look(&mut self, world: &dyn World, now: Timestamp) -> Result<Vec<Quarantined>, Trouble> {
        self.check_boxes(world)?;
        self.look_up(world).map_err(trouble("cannot-read-file"))?;
        let out_box = self.path.join(OUT_BOX);
        let moving = self.being_moved();
        let mut found = Found::default();
        let mut sort_out = |entry: DirEntry| match sort(&entry) {
            Sort::NotYet => {}
            Sort::Odd(why) => found.odd(entry, why),
            Sort::Complete(name) if moving.contains(&name) && self.is_pending(world, &name) => {}
            Sort::Complete(name) => found.complete(name, entry.len),
        };
        world.each_entry(&out_box, &mut sort_out).map_err(trouble("cannot-list"))?;
        let Found { first, beyond, odd } = found;
        let candidate = |(name, bytes)| Candidate { name, bytes, seen: now };
        self.queue = first.into_sorted_vec().into_iter().map(candidate).collect();
        self.behind_since = if beyond.0 == 0 { None } else { self.behind_since.or(Some(now)) };
        self.beyond = beyond;
        odd.into_iter().map(|(entry, why)| self.quarantine(world, &entry.name, why)).collect()
    }

    /// All four are folders, not links that lead elsewhere. Those that are ours to write to are made where they are missing.
    fn check_boxes(&self, world: &dyn World) -> Result<(), Trouble> {
        let entries = world.list(&self.path).map_err(trouble("cannot-list"))?;
        for name in [OUT_BOX, SENT_BOX, FAIL_BOX, IN_BOX] {
            match entries.iter().find(|entry| entry.name == name).map(|entry| entry.kind) {
                Some(EntryKind::Dir) => {}
                Some(_) => return Err(("box-is-no-folder", io::ErrorKind::NotADirectory.into())),
                None if name == OUT_BOX => return Err(("no-out-box", io::ErrorKind::NotFound.into())),
                None => {
                    create_dir_durable(world, &self.path.join(name)).map_err(trouble("cannot-make-box"))?
                }
            }
        }
        Ok(())
    }

    /// Which files were read before the last start is looked up before any is taken: none is read twice.
    pub fn look_up(&mut self, world: &dyn World) -> io::Result<()> {
        for waiting in &mut self.pending {
            let Some(taken) = &mut waiting.file else { continue };
            if let (Known::Unsure, Some((name, digest))) = (taken.known, &waiting.outline.file) {
                taken.known = delivery::look_up(world, &self.path, name, digest)?;
            }
        }
        Ok(())
    }

    fn being_moved(&self) -> BTreeSet<String> {
        self.pending
            .iter()
            .filter_map(|waiting| waiting.file.as_ref())
            .map(|taken| taken.name.clone())
            .collect()
    }

    /// The file of this name has been read and waits to be moved.
    fn is_pending(&self, world: &dyn World, name: &str) -> bool {
        let there = world.identity(&self.path.join(OUT_BOX).join(name)).ok().flatten();
        there.is_some_and(|there| {
            let taken = self.pending.iter().filter_map(|waiting| waiting.file.as_ref());
            taken.filter(|taken| taken.name == name).any(|taken| taken.known == Known::This(there))
        })
    }

    /// What is no plain file of one name goes to the `FailBox`, unread, under a name that can be printed (F1).
    pub fn quarantine(
        &self,
        world: &dyn World,
        name: &OsStr,
        why: &'static str,
    ) -> Result<Quarantined, Trouble> {
        let failed = trouble("cannot-quarantine");
        let (from, name) = (self.path.join(OUT_BOX).join(name), quarantined(name));
        if let Some(identity) = world.identity(&from).map_err(&failed)? {
            let moving = Moving { world, from, identity };
            moving.to(&self.path.join(FAIL_BOX), &name, 2).map_err(&failed)?;
            world.sync_dir(&self.path.join(FAIL_BOX)).map_err(&failed)?;
            world.sync_dir(&self.path.join(OUT_BOX)).map_err(&failed)?;
        }
        Ok((name, why))
    }

    /// What waits, for the meters.
    pub fn queue(&self, firm: &str, now: Timestamp) -> Queue {
        // Of files beyond the queue nobody knows how long each has waited: none longer than there have been such files.
        let behind = self.behind_since.filter(|_| self.beyond.0 > 0);
        let oldest = self.queue.iter().map(|it| it.seen).chain(behind).min();
        let troubles = [&self.looking, &self.taking, &self.delivering];
        let waited = oldest.map_or(0, |seen| now.as_millisecond() - seen.as_millisecond());
        Queue {
            folders: firm.to_owned(),
            business: self.business.escape_debug().collect(),
            n_files: self.queue.len() as u64 + self.beyond.0,
            n_bytes: self.queue.iter().map(|it| it.bytes).sum::<u64>() + self.beyond.1,
            oldest_millis: u64::try_from(waited).unwrap_or(0),
            trouble: troubles.into_iter().find_map(Backoff::code).map(str::to_owned),
        }
    }
}
