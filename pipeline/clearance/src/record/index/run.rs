//! A sorted run on disk, with its filter and fences in memory.
//!
//! A run is blocks of 4096 bytes, the first key of each block (the fences), the
//! filter, and a trailer. A block has up to 170 entries of 24 bytes, key and
//! value, and a checksum over them, the run's number and its own; it is checked
//! each time it is read. Fences and filter are checked once, on opening.
//!
//! The filter is a Bloom filter in groups of 512 bits, one cache line. Keys find
//! their group by their first bits and seven bits in it by their last, so about
//! one fresh key in a hundred costs a read.

use std::path::{Path, PathBuf};

use super::super::{RecordError, number};
use super::{Key, view_damaged};
use crate::world::{File, World, read_exact};

const MAGIC: [u8; 8] = *b"\xF7clridx\x01";
const BLOCK_BYTES: usize = 4096;
const ENTRY_BYTES: usize = 24;
const ENTRIES: usize = 170;
/// Behind the entries of a block stand their count (8 bytes) and the checksum (8 bytes).
const COUNT_AT: usize = ENTRIES * ENTRY_BYTES;
const CHECK_AT: usize = BLOCK_BYTES - 8;
const TRAILER_BYTES: usize = 80;

const FILTER_BITS_PER_KEY: u64 = 10;
const GROUP_WORDS: usize = 8;
const GROUP_BITS: u64 = 512;
const PROBES: u32 = 7;

/// Blocks read in one go when a run is read from front to back, or written.
const STREAM_BLOCKS: usize = 64;

type Block = [u8; BLOCK_BYTES];

/// A run that can be looked up in.
pub(super) struct Run {
    pub number: u32,
    pub path: PathBuf,
    pub count: u64,
    file: Box<dyn File>,
    fences: Vec<u64>,
    filter: Filter,
}

/// Which keys a run may have.
struct Filter {
    words: Vec<u64>,
}

impl Filter {
    fn for_keys(count_max: u64) -> Filter {
        let groups = (count_max * FILTER_BITS_PER_KEY).div_ceil(GROUP_BITS).max(1);
        Filter { words: vec![0; groups as usize * GROUP_WORDS] }
    }

    fn add(&mut self, key: &Key) {
        let group = self.group(key);
        for (word, bit) in probes(key) {
            self.words[group + word] |= bit;
        }
    }

    fn may_have(&self, key: &Key) -> bool {
        let group = self.group(key);
        probes(key).all(|(word, bit)| self.words[group + word] & bit != 0)
    }

    fn group(&self, key: &Key) -> usize {
        let groups = (self.words.len() / GROUP_WORDS) as u128;
        ((u128::from(prefix(key)) * groups) >> 64) as usize * GROUP_WORDS
    }
}

/// Word and bit of each probe within a group, from nine bits of the key each.
fn probes(key: &Key) -> impl Iterator<Item = (usize, u64)> + use<> {
    let bits = u128::from_be_bytes(key.0) as u64;
    (0..PROBES).map(move |probe| {
        let at = (bits >> (probe * 9)) & (GROUP_BITS - 1);
        ((at >> 6) as usize, 1 << (at & 63))
    })
}

/// The bits that order keys and place them.
fn prefix(key: &Key) -> u64 {
    (u128::from_be_bytes(key.0) >> 64) as u64
}

pub(super) fn run_path(dir: &Path, number: u32) -> PathBuf {
    dir.join(format!("{number:08}.run"))
}

impl Run {
    /// Opens a run and checks everything but its blocks.
    pub fn open(world: &dyn World, dir: &Path, number: u32) -> Result<Run, RecordError> {
        let path = run_path(dir, number);
        let file = world.open(&path).map_err(|it| RecordError::io("open", &path, it))?;
        let damaged = |why| view_damaged(&path, why);
        let trailer_at =
            file.len().checked_sub(TRAILER_BYTES as u64).ok_or_else(|| damaged("the run is cut short"))?;
        let mut bytes = [0; TRAILER_BYTES];
        read_exact(&*file, &mut bytes, trailer_at).map_err(|it| RecordError::io("read", &path, it))?;
        let trailer = Trailer::decode(&bytes).ok_or_else(|| damaged("the trailer is not one of ours"))?;
        if trailer.number != number || trailer.at() != Some(trailer_at) {
            return Err(damaged("the trailer is of another run"));
        }
        let mut tables = vec![0; (trailer_at - trailer.blocks * BLOCK_BYTES as u64) as usize];
        read_exact(&*file, &mut tables, trailer.blocks * BLOCK_BYTES as u64)
            .map_err(|it| RecordError::io("read", &path, it))?;
        if trailer.check(&tables) != bytes[TRAILER_BYTES - 32..] {
            return Err(damaged("the filter does not match its checksum"));
        }
        let mut words = tables.as_chunks().0.iter().map(|it| u64::from_le_bytes(*it));
        let fences = words.by_ref().take(trailer.blocks as usize).collect();
        let filter = Filter { words: words.collect() };
        Ok(Run { number, count: trailer.count, file, fences, filter, path })
    }

    /// Hands over every value of a key.
    pub fn for_each(&self, key: &Key, each: &mut impl FnMut(u64)) -> Result<(), RecordError> {
        if !self.filter.may_have(key) {
            return Ok(());
        }
        // A key's entries may begin in the block before the first whose fence has its prefix.
        let prefix = prefix(key);
        let first = self.fences.partition_point(|it| *it < prefix).saturating_sub(1);
        for (at, _) in (first..).zip(&self.fences[first..]).take_while(|(_, fence)| **fence <= prefix) {
            let block = self.block(at)?;
            let entries = entries_of(&block);
            let from = entries.partition_point(|it| it[..16] < key.0[..]);
            for entry in entries[from..].iter().take_while(|it| it[..16] == key.0) {
                each(number!(u64, entry, 16));
            }
        }
        Ok(())
    }

    /// Gives up fences and filter, to read the entries from front to back.
    pub fn into_stream(self) -> RunStream {
        let blocks = self.fences.len();
        RunStream {
            number: self.number,
            path: self.path,
            count: self.count,
            file: self.file,
            blocks,
            next_block: 0,
            chunk: Vec::new(),
            chunk_at: 0,
            entry_at: 0,
        }
    }

    fn block(&self, at: usize) -> Result<Block, RecordError> {
        let mut block = [0; BLOCK_BYTES];
        let offset = (at * BLOCK_BYTES) as u64;
        read_exact(&*self.file, &mut block, offset).map_err(|it| RecordError::io("read", &self.path, it))?;
        check_block(&block, self.number, at, &self.path)?;
        Ok(block)
    }
}

fn check_block(block: &Block, number: u32, at: usize, path: &Path) -> Result<(), RecordError> {
    if block_check(block, number, at) == block[CHECK_AT..] {
        return Ok(());
    }
    Err(view_damaged(path, "a block does not match its checksum"))
}

fn block_check(block: &Block, number: u32, at: usize) -> [u8; 8] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&block[..CHECK_AT]);
    hasher.update(&number.to_le_bytes());
    hasher.update(&(at as u64).to_le_bytes());
    let mut check = [0; 8];
    check.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    check
}

fn entries_of(block: &Block) -> &[[u8; ENTRY_BYTES]] {
    let count = number!(u64, block, COUNT_AT) as usize;
    &block[..COUNT_AT].as_chunks().0[..count.min(ENTRIES)]
}

/// A run read once, from front to back.
pub(super) struct RunStream {
    pub path: PathBuf,
    pub count: u64,
    number: u32,
    file: Box<dyn File>,
    blocks: usize,
    next_block: usize,
    chunk: Vec<Block>,
    chunk_at: usize,
    entry_at: usize,
}

impl RunStream {
    /// The next entry in order.
    pub fn next(&mut self) -> Result<Option<(Key, u64)>, RecordError> {
        loop {
            if let Some(block) = self.chunk.get(self.chunk_at) {
                if let Some(entry) = entries_of(block).get(self.entry_at) {
                    self.entry_at += 1;
                    let mut key = [0; 16];
                    key.copy_from_slice(&entry[..16]);
                    return Ok(Some((Key(key), number!(u64, entry, 16))));
                }
                self.chunk_at += 1;
                self.entry_at = 0;
            } else if self.next_block == self.blocks {
                return Ok(None);
            } else {
                self.fill()?;
            }
        }
    }

    fn fill(&mut self) -> Result<(), RecordError> {
        let n = STREAM_BLOCKS.min(self.blocks - self.next_block);
        self.chunk.resize(n, [0; BLOCK_BYTES]);
        let offset = (self.next_block * BLOCK_BYTES) as u64;
        read_exact(&*self.file, self.chunk.as_flattened_mut(), offset)
            .map_err(|it| RecordError::io("read", &self.path, it))?;
        for (at, block) in (self.next_block..).zip(&self.chunk) {
            check_block(block, self.number, at, &self.path)?;
        }
        self.next_block += n;
        self.chunk_at = 0;
        self.entry_at = 0;
        Ok(())
    }
}

/// Writes a run, entry after entry in order.
pub(super) struct RunWriter {
    number: u32,
    path: PathBuf,
    file: Box<dyn File>,
    block: Vec<u8>,
    /// Whole blocks not written yet.
    pending: Vec<u8>,
    count: u64,
    fences: Vec<u64>,
    filter: Filter,
}

impl RunWriter {
    /// Begins a run of at most so many entries.
    pub fn create(
        world: &dyn World,
        dir: &Path,
        number: u32,
        count_max: u64,
    ) -> Result<RunWriter, RecordError> {
        let path = run_path(dir, number);
        let file = world.create(&path).map_err(|it| RecordError::io("create", &path, it))?;
        Ok(RunWriter {
            number,
            path,
            file,
            block: Vec::with_capacity(BLOCK_BYTES),
            pending: Vec::with_capacity(STREAM_BLOCKS * BLOCK_BYTES),
            count: 0,
            fences: Vec::new(),
            filter: Filter::for_keys(count_max),
        })
    }

    /// Adds an entry, which must not be smaller than the one before.
    pub fn push(&mut self, key: Key, value: u64) -> Result<(), RecordError> {
        if self.block.is_empty() {
            self.fences.push(prefix(&key));
        }
        self.block.extend_from_slice(&key.0);
        self.block.extend_from_slice(&value.to_le_bytes());
        self.filter.add(&key);
        self.count += 1;
        if self.block.len() == COUNT_AT {
            self.close_block();
        }
        if self.pending.len() >= STREAM_BLOCKS * BLOCK_BYTES {
            self.write_pending()?;
        }
        Ok(())
    }

    /// Writes the rest and syncs; the name is for the caller to sync.
    pub fn finish(mut self, covered: u64) -> Result<Run, RecordError> {
        if !self.block.is_empty() {
            self.close_block();
        }
        self.write_pending()?;
        let words = self.fences.iter().chain(&self.filter.words);
        let tables: Vec<u8> = words.flat_map(|it| it.to_le_bytes()).collect();
        let trailer = Trailer {
            number: self.number,
            count: self.count,
            covered,
            blocks: self.fences.len() as u64,
            filter_words: self.filter.words.len() as u64,
        };
        self.pending.extend_from_slice(&trailer.encode());
        let check = trailer.check(&tables);
        self.file.append(&tables).map_err(|it| RecordError::io("write", &self.path, it))?;
        self.pending.extend_from_slice(&check);
        self.write_pending()?;
        self.file.sync_data().map_err(|it| RecordError::io("sync", &self.path, it))?;
        let RunWriter { number, path, file, count, fences, filter, .. } = self;
        Ok(Run { number, path, count, file, fences, filter })
    }

    fn close_block(&mut self) {
        let mut block = [0; BLOCK_BYTES];
        block[..self.block.len()].copy_from_slice(&self.block);
        let count = (self.block.len() / ENTRY_BYTES) as u64;
        block[COUNT_AT..CHECK_AT].copy_from_slice(&count.to_le_bytes());
        let check = block_check(&block, self.number, self.fences.len() - 1);
        block[CHECK_AT..].copy_from_slice(&check);
        self.pending.extend_from_slice(&block);
        self.block.clear();
    }

    fn write_pending(&mut self) -> Result<(), RecordError> {
        self.file.append(&self.pending).map_err(|it| RecordError::io("write", &self.path, it))?;
        self.pending.clear();
        Ok(())
    }
}

/// The last bytes of a run: what it is, and the checksum of this and of the tables before it.
struct Trailer {
    number: u32,
    count: u64,
    covered: u64,
    blocks: u64,
    filter_words: u64,
}

impl Trailer {
    fn encode(&self) -> [u8; TRAILER_BYTES - 32] {
        let mut bytes = [0; TRAILER_BYTES - 32];
        bytes[..8].copy_from_slice(&MAGIC);
        bytes[8..12].copy_from_slice(&self.number.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.count.to_le_bytes());
        bytes[24..32].copy_from_slice(&self.covered.to_le_bytes());
        bytes[32..40].copy_from_slice(&self.blocks.to_le_bytes());
        bytes[40..].copy_from_slice(&self.filter_words.to_le_bytes());
        bytes
    }

    fn decode(bytes: &[u8; TRAILER_BYTES]) -> Option<Trailer> {
        let trailer = Trailer {
            number: number!(u32, bytes, 8),
            count: number!(u64, bytes, 16),
            covered: number!(u64, bytes, 24),
            blocks: number!(u64, bytes, 32),
            filter_words: number!(u64, bytes, 40),
        };
        let is_ours = trailer.encode() == bytes[..TRAILER_BYTES - 32];
        let has_whole_groups =
            trailer.filter_words > 0 && trailer.filter_words.is_multiple_of(GROUP_WORDS as u64);
        (is_ours && has_whole_groups).then_some(trailer)
    }

    /// Where a trailer that says this must stand.
    fn at(&self) -> Option<u64> {
        let blocks = self.blocks.checked_mul(BLOCK_BYTES as u64 + 8)?;
        blocks.checked_add(self.filter_words.checked_mul(8)?)
    }

    fn check(&self, tables: &[u8]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(tables).update(&self.encode());
        *hasher.finalize().as_bytes()
    }
}
