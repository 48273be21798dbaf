//! The ways a journal is damaged, and which record is the first that cannot be vouched for.

use super::made::{Files, Made};
use crate::mutate::Random;

/// One way. Segments and frames count from 0, over the whole journal.
#[derive(Clone, Copy, Debug)]
pub enum Damage {
    /// A bit is another one.
    Flip { segment: usize, bit: usize },
    /// A segment ends here: in the middle of something, or as an older copy of it did.
    Cut { segment: usize, len: usize },
    /// A frame is gone.
    Removed { frame: usize },
    /// A frame stands twice, one behind the other.
    Doubled { frame: usize },
    /// Two frames have changed places.
    Swapped { one: usize, other: usize },
    /// A frame of another journal, with the same index, stands in the place of one.
    Foreign { frame: usize },
    /// A segment is gone.
    SegmentRemoved { segment: usize },
    /// Two segments have changed places.
    SegmentsSwapped { one: usize, other: usize },
    /// A segment stands at the end a second time.
    SegmentDoubled { segment: usize },
}

/// Every way but flipped bits.
pub fn all(made: &Made) -> Vec<Damage> {
    let (n_segments, n_frames) = (made.segments.len(), made.frames.len());
    let mut ways = Vec::new();
    // Cut at every byte of the last 4 KiB, and of every segment at every frame.
    let last = n_segments - 1;
    let end = made.files.segments[last].1.len();
    ways.extend((end.saturating_sub(4096)..end).map(|len| Damage::Cut { segment: last, len }));
    ways.extend(made.frames.iter().map(|it| Damage::Cut { segment: it.segment, len: it.offset }));
    for frame in 0..n_frames {
        ways.extend([Damage::Removed { frame }, Damage::Doubled { frame }, Damage::Foreign { frame }]);
        ways.extend((frame + 1..n_frames).map(|other| Damage::Swapped { one: frame, other }));
    }
    for segment in 0..n_segments {
        ways.extend([Damage::SegmentRemoved { segment }, Damage::SegmentDoubled { segment }]);
        ways.extend((segment + 1..n_segments).map(|other| Damage::SegmentsSwapped { one: segment, other }));
    }
    ways
}

/// So many flipped bits, even over the whole journal; all of them when there are no more.
pub fn flips(made: &Made, count: u64, seed: u64) -> Vec<Damage> {
    let bits = made.len() * 8;
    let step = (bits / count.max(1) as usize).max(1);
    let numbers = (seed as usize % step..bits).step_by(step);
    numbers.map(|bit| flip(made, bit)).collect()
}

fn flip(made: &Made, mut bit: usize) -> Damage {
    for (segment, (_, bytes)) in made.files.segments.iter().enumerate() {
        if bit < bytes.len() * 8 {
            return Damage::Flip { segment, bit };
        }
        bit -= bytes.len() * 8;
    }
    Damage::SegmentRemoved { segment: 0 }
}

/// A way drawn from all there are.
pub fn random(made: &Made, random: &mut Random) -> Damage {
    let (segment, frame) = (random.below(made.segments.len()), random.below(made.frames.len()));
    let two = |random: &mut Random, n: usize| {
        let one = random.below(n - 1);
        (one, one + 1 + random.below(n - 1 - one))
    };
    match random.below(10) {
        0 => Damage::Cut { segment, len: random.below(made.files.segments[segment].1.len()) },
        1 => Damage::Removed { frame },
        2 => Damage::Doubled { frame },
        3 if made.frames.len() > 1 => {
            let (one, other) = two(random, made.frames.len());
            Damage::Swapped { one, other }
        }
        4 => Damage::Foreign { frame },
        5 => Damage::SegmentRemoved { segment },
        6 if made.segments.len() > 1 => {
            let (one, other) = two(random, made.segments.len());
            Damage::SegmentsSwapped { one, other }
        }
        7 => Damage::SegmentDoubled { segment },
        _ => flip(made, random.below(made.len() * 8)),
    }
}

impl Damage {
    /// The first record that cannot be vouched for, once the head of the whole was published.
    pub fn first_bad(&self, made: &Made) -> u64 {
        let frame_first = |frame: usize| made.frames[frame].first;
        match *self {
            Damage::Flip { segment, bit } => made.first_at(segment, bit / 8),
            Damage::Cut { segment, len } => made.first_at(segment, len),
            Damage::Removed { frame } | Damage::Foreign { frame } => frame_first(frame),
            Damage::Swapped { one, .. } => frame_first(one),
            Damage::Doubled { frame } => made.frames[frame].first + made.frames[frame].count,
            Damage::SegmentRemoved { segment } => made.segments[segment],
            Damage::SegmentsSwapped { one, .. } => made.segments[one],
            Damage::SegmentDoubled { .. } => made.head.index + 1,
        }
    }

    /// Damages the files for as long as they are looked at. A bit is flipped where it stands, for there are many.
    pub fn with_applied<T>(&self, made: &Made, files: &mut Files, look: impl FnOnce(&Files) -> T) -> T {
        if let Damage::Flip { segment, bit } = *self {
            files.segments[segment].1[bit / 8] ^= 1 << (bit % 8);
            let seen = look(files);
            files.segments[segment].1[bit / 8] ^= 1 << (bit % 8);
            return seen;
        }
        look(&self.applied(made))
    }

    fn applied(&self, made: &Made) -> Files {
        let mut files = made.files.clone();
        let bytes = |frame: usize| made.bytes_of(made.frames[frame]).to_vec();
        match *self {
            Damage::Flip { segment, bit } => files.segments[segment].1[bit / 8] ^= 1 << (bit % 8),
            Damage::Cut { segment, len } => files.segments[segment].1.truncate(len),
            Damage::Removed { frame } => put(made, &mut files, frame, &[]),
            Damage::Doubled { frame } => put(made, &mut files, frame, &[bytes(frame), bytes(frame)].concat()),
            Damage::Foreign { frame } => put(made, &mut files, frame, &foreign(&bytes(frame))),
            Damage::Swapped { one, other } => {
                // From the back, so that offsets stay true.
                put(made, &mut files, other, &bytes(one));
                put(made, &mut files, one, &bytes(other));
            }
            Damage::SegmentRemoved { segment } => drop(files.segments.remove(segment)),
            Damage::SegmentsSwapped { one, other } => {
                let kept = files.segments[one].1.clone();
                files.segments[one].1 = std::mem::replace(&mut files.segments[other].1, kept);
            }
            Damage::SegmentDoubled { segment } => {
                let name = format!("{:08}.seg", files.segments.len() + 1);
                let again = files.segments[segment].1.clone();
                files.segments.push((name, again));
            }
        }
        files
    }
}

fn put(made: &Made, files: &mut Files, frame: usize, bytes: &[u8]) {
    let at = made.frames[frame];
    files.segments[at.segment].1.splice(at.offset..at.offset + at.len, bytes.iter().copied());
}

/// The same frame behind another head, with a header whose hash is right: out of a journal that began otherwise.
fn foreign(frame: &[u8]) -> Vec<u8> {
    let mut bytes = frame.to_vec();
    bytes[40..72].fill(7);
    let key = blake3::hash(b"clearance journal 1 frame");
    let hash = blake3::keyed_hash(key.as_bytes(), &bytes[..136]);
    bytes[136..168].copy_from_slice(hash.as_bytes());
    bytes
}
