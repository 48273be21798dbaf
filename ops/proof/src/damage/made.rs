//! A journal to be damaged, and where its frames lie.

use crate::mutate::Random;
use clearance::record::Kind;
use clearance::record::journal::{Journal, Limits};
use clearance::world::World;
use clearance::world::memory::Memory;
use std::io;
use std::path::Path;
use std::sync::Arc;
use verifier::{Folder, Head};

/// A journal as it was written.
pub struct Made {
    pub files: Files,
    /// In order of the chain.
    pub frames: Vec<FrameAt>,
    /// The first record of each segment.
    pub segments: Vec<u64>,
    pub head: Head,
    /// Heads on the way, the last one too.
    pub published: Vec<Head>,
}

/// Where a frame lies; headers are read as the format document says.
#[derive(Clone, Copy, Debug)]
pub struct FrameAt {
    /// From 0.
    pub segment: usize,
    pub offset: usize,
    pub len: usize,
    pub first: u64,
    pub count: u64,
}

/// Segments by name.
#[derive(Clone, Default)]
pub struct Files {
    pub segments: Vec<(String, Vec<u8>)>,
    /// What the payloads were drawn from.
    pub seed: u64,
}

const SEGMENT_HEADER: usize = 88;
const FRAME_HEADER: usize = 168;

/// About five segments, each of some dozen frames.
pub fn limits(bytes: usize) -> Limits {
    let segment_bytes = (bytes / 5).clamp(512, 64 << 20) as u32;
    Limits { segment_bytes, frame_bytes: (bytes / 60).clamp(160, 128 << 10), ..Limits::default() }
}

/// What record says: text that packs about half.
pub fn payload(seed: u64, index: u64) -> Vec<u8> {
    let mut random = Random::of(seed, index);
    let digits: String = (0..random.below(12)).map(|_| format!("{:016x}", random.number())).collect();
    format!("{{\"number\":\"53162018{index:010}\",\"note\":\"{digits}\"}}").into_bytes()
}

impl Made {
    /// A journal of about so many bytes.
    pub fn of(bytes: usize, seed: u64) -> Made {
        let memory = Memory::new();
        let world: Arc<dyn World> = Arc::new(memory.clone());
        let mut journal = Journal::open(world, Path::new("/data"), limits(bytes)).expect("memory has room");
        let (mut random, mut written, mut published) = (Random::of(seed, 0), 0, Vec::new());
        let mut until_commit = 1;
        while written < bytes {
            let index = journal.next_index();
            let said = payload(seed, index);
            // A record as it lies on disk: own hash, its text, its share of the header of a frame.
            written += 32 + said.len() + 22;
            journal.append(Kind(index as u8), &said, None).expect("memory has room");
            until_commit -= 1;
            if until_commit == 0 {
                published.push(head_of(journal.commit().expect("memory has room")));
                until_commit = 1 + random.below(written / 2000 + 5);
            }
        }
        let head = head_of(journal.commit().expect("memory has room"));
        if published.last() != Some(&head) {
            published.push(head);
        }
        drop(journal);
        let paths = memory.paths().into_iter().filter(|it| it.extension().is_some_and(|it| it == "seg"));
        let named = paths.map(|path| {
            let name = path.file_name().map_or(String::new(), |it| it.to_string_lossy().into_owned());
            (name, memory.bytes(&path).expect("it is there"))
        });
        let files = Files { segments: named.collect(), seed };
        let frames = frames(&files);
        let segments = files.segments.iter().map(|(_, bytes)| u64_at(bytes, 16)).collect();
        Made { files, frames, segments, head, published }
    }

    /// Bytes of all segments.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// The first record of what lies at this byte of a segment.
    pub fn first_at(&self, segment: usize, byte: usize) -> u64 {
        let frame = self.frames.iter().rfind(|it| it.segment == segment && it.offset <= byte);
        frame.map_or(self.segments[segment], |it| it.first)
    }

    /// The bytes of a frame.
    pub fn bytes_of(&self, frame: FrameAt) -> &[u8] {
        &self.files.segments[frame.segment].1[frame.offset..frame.offset + frame.len]
    }
}

impl Files {
    pub fn len(&self) -> usize {
        self.segments.iter().map(|(_, bytes)| bytes.len()).sum()
    }

    /// To be verified.
    pub fn folder(&self) -> InMemory<'_> {
        InMemory(self)
    }
}

/// The segments as a folder.
pub struct InMemory<'f>(&'f Files);

impl Folder for InMemory<'_> {
    fn files(&mut self) -> io::Result<Vec<(String, u64)>> {
        Ok(self.0.segments.iter().map(|(name, bytes)| (name.clone(), bytes.len() as u64)).collect())
    }

    fn read(&mut self, name: &str, offset: u64, into: &mut [u8]) -> io::Result<()> {
        let file = self.0.segments.iter().find(|(it, _)| it == name);
        let range = offset as usize..offset as usize + into.len();
        let bytes = file.and_then(|(_, bytes)| bytes.get(range)).ok_or(io::ErrorKind::UnexpectedEof)?;
        into.copy_from_slice(bytes);
        Ok(())
    }
}

fn head_of(head: clearance::record::Head) -> Head {
    Head { index: head.index, hash: head.hash }
}

fn frames(files: &Files) -> Vec<FrameAt> {
    let mut frames = Vec::new();
    for (segment, (_, bytes)) in files.segments.iter().enumerate() {
        let mut offset = SEGMENT_HEADER;
        while offset < bytes.len() {
            let header = &bytes[offset..];
            let (count, packed) = (u32_at(header, 12), u32_at(header, 36));
            let len = FRAME_HEADER + 32 * count as usize + packed as usize;
            frames.push(FrameAt { segment, offset, len, first: u64_at(header, 16), count: u64::from(count) });
            offset += len;
        }
    }
    frames
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"))
}
