//! BLAKE3 of many short texts at once.
//!
//! A text of a few kilobytes is three or four chunks of BLAKE3, too few for wide instructions: hashed one by one, the
//! records and contents of documents were a fifth of the time of a run. Here the chunks of many texts are hashed side by
//! side, and the parents above them, too; what comes out is the plain hash of each.

use blake3::platform::Platform;
use blake3::{BLOCK_LEN, CHUNK_LEN, IncrementCounter};
use std::ops::Range;

/// A chaining value, in bytes.
type Value = [u8; 32];

/// What hashing begins with (BLAKE3, section 2.2): the initial values of SHA-256.
const IV: [u32; 8] =
    [0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19];

// Which block of what is compressed (BLAKE3, section 2.2, table 3).
const CHUNK_START: u8 = 1;
const CHUNK_END: u8 = 2;
const PARENT: u8 = 4;
const ROOT: u8 = 8;

/// The BLAKE3 hash of each text.
pub fn digests(texts: &[&[u8]]) -> Vec<[u8; 32]> {
    let platform = Platform::detect();
    let mut trees = Trees::over(texts);
    trees.hash_chunks(platform, texts);
    while trees.merge(platform) {}
    trees.roots(platform)
}

/// Bytes as hexadecimal digits, small letters, behind what stands there.
pub fn push_hex(bytes: &[u8], into: &mut String) {
    into.reserve(2 * bytes.len());
    for chunk in bytes.chunks(size_of::<Value>()) {
        let mut digits = [0; 2 * size_of::<Value>()];
        for (pair, byte) in digits.as_chunks_mut::<2>().0.iter_mut().zip(chunk) {
            *pair = HEX[usize::from(*byte)];
        }
        into.push_str(std::str::from_utf8(&digits[..2 * chunk.len()]).expect("digits are ASCII"));
    }
}

/// The two digits of each byte.
static HEX: [[u8; 2]; 256] = {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut pairs = [[0; 2]; 256];
    let mut byte = 0;
    while byte < pairs.len() {
        pairs[byte] = [DIGITS[byte >> 4], DIGITS[byte & 0xF]];
        byte += 1;
    }
    pairs
};

/// The chaining values of each text, from chunks up to the two below the root.
struct Trees {
    values: Vec<Value>,
    /// Where those of each text stand. One that is its own root has just its hash.
    ranges: Vec<Range<usize>>,
}

impl Trees {
    fn over(texts: &[&[u8]]) -> Trees {
        let mut n_values = 0;
        let ranges = texts.iter().map(|text| {
            let first = n_values;
            n_values += text.len().div_ceil(CHUNK_LEN).max(1);
            first..n_values
        });
        let ranges = ranges.collect();
        Trees { values: vec![[0; 32]; n_values], ranges }
    }

    /// Chunks of one number are hashed together, whichever text they are of, but for the last of each text, which is
    /// shorter.
    fn hash_chunks(&mut self, platform: Platform, texts: &[&[u8]]) {
        let n_chunks_max = self.ranges.iter().map(Range::len).max().unwrap_or(0);
        let mut places = Vec::with_capacity(texts.len());
        for chunk_idx in 0..n_chunks_max {
            places.clear();
            let mut chunks: Vec<&[u8; CHUNK_LEN]> = Vec::with_capacity(texts.len());
            for (text, range) in texts.iter().zip(&self.ranges).filter(|(_, range)| chunk_idx < range.len()) {
                let (is_last, place) = (chunk_idx + 1 == range.len(), range.start + chunk_idx);
                let chunk = &text[chunk_idx * CHUNK_LEN..];
                match chunk.first_chunk() {
                    Some(whole) if !is_last => {
                        chunks.push(whole);
                        places.push(place);
                    }
                    _ => self.values[place] = last_chunk(platform, chunk, chunk_idx, range.len() == 1),
                }
            }
            let flags = (0, CHUNK_START, CHUNK_END);
            let hashed = side_by_side(platform, &chunks, chunk_idx as u64, flags);
            places.iter().zip(hashed).for_each(|(&place, value)| self.values[place] = value);
        }
    }

    /// Merges two neighbours into their parent, in every text that has more than two values; whether there is such a text.
    fn merge(&mut self, platform: Platform) -> bool {
        let mut parents = Vec::new();
        let mut places = Vec::new();
        for range in self.ranges.iter_mut().filter(|range| range.len() > 2) {
            let n_pairs = range.len() / 2;
            for pair_idx in 0..n_pairs {
                let left = range.start + 2 * pair_idx;
                parents.push(parent(&self.values[left], &self.values[left + 1]));
                places.push(range.start + pair_idx);
            }
            let is_odd = range.len() % 2 == 1;
            if is_odd {
                self.values[range.start + n_pairs] = self.values[range.end - 1];
            }
            range.end = range.start + n_pairs + usize::from(is_odd);
        }
        let parents: Vec<_> = parents.iter().collect();
        let merged = side_by_side(platform, &parents, 0, (PARENT, 0, 0));
        places.iter().zip(merged).for_each(|(&place, value)| self.values[place] = value);
        !places.is_empty()
    }

    fn roots(&self, platform: Platform) -> Vec<[u8; 32]> {
        let pairs: Vec<_> = self.ranges.iter().filter(|range| range.len() == 2).collect();
        let parents: Vec<_> = pairs
            .iter()
            .map(|range| parent(&self.values[range.start], &self.values[range.start + 1]))
            .collect();
        let parents: Vec<_> = parents.iter().collect();
        let mut merged = side_by_side(platform, &parents, 0, (PARENT | ROOT, 0, 0));
        let root = |range: &Range<usize>| match range.len() {
            2 => merged.next().expect("a root for each pair"),
            _ => self.values[range.start],
        };
        self.ranges.iter().map(root).collect()
    }
}

/// The values of inputs of one length, hashed together.
fn side_by_side<const N: usize>(
    platform: Platform,
    inputs: &[&[u8; N]],
    counter: u64,
    (flags, first, last): (u8, u8, u8),
) -> impl Iterator<Item = Value> + use<N> {
    let mut out = vec![0; inputs.len() * size_of::<Value>()];
    platform.hash_many(inputs, &IV, counter, IncrementCounter::No, flags, first, last, &mut out);
    let n_values = inputs.len();
    (0..n_values).map(move |idx| {
        let mut value = [0; 32];
        value.copy_from_slice(&out[idx * 32..(idx + 1) * 32]);
        value
    })
}

/// The last chunk of a text, block by block: how many there are and how long the last one is differ.
fn last_chunk(platform: Platform, chunk: &[u8], chunk_idx: usize, is_root: bool) -> Value {
    let mut words = IV;
    let n_blocks = chunk.len().div_ceil(BLOCK_LEN).max(1);
    for block_idx in 0..n_blocks {
        let rest = &chunk[block_idx * BLOCK_LEN..];
        let mut flags = if block_idx == 0 { CHUNK_START } else { 0 };
        if block_idx + 1 == n_blocks {
            flags |= if is_root { CHUNK_END | ROOT } else { CHUNK_END };
        }
        let mut padded = [0; BLOCK_LEN];
        let block = rest.first_chunk().unwrap_or_else(|| {
            padded[..rest.len()].copy_from_slice(rest);
            &padded
        });
        let len = rest.len().min(BLOCK_LEN) as u8;
        platform.compress_in_place(&mut words, block, len, chunk_idx as u64, flags);
    }
    let mut value = [0; 32];
    for (bytes, word) in value.as_chunks_mut::<4>().0.iter_mut().zip(words) {
        *bytes = word.to_le_bytes();
    }
    value
}

fn parent(left: &Value, right: &Value) -> [u8; BLOCK_LEN] {
    let mut block = [0; BLOCK_LEN];
    block[..32].copy_from_slice(left);
    block[32..].copy_from_slice(right);
    block
}

#[cfg(test)]
mod tests {
    use super::{digests, push_hex};

    /// Texts of these lengths, no two alike.
    fn texts(lens: impl Iterator<Item = usize>) -> Vec<Vec<u8>> {
        lens.enumerate()
            .map(|(idx, len)| (0..len).map(|at| ((at * 31 + idx * 7 + at / 251) % 256) as u8).collect())
            .collect()
    }

    fn check(texts: &[Vec<u8>]) {
        let borrowed: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
        let expected: Vec<[u8; 32]> = texts.iter().map(|text| *blake3::hash(text).as_bytes()).collect();
        assert_eq!(digests(&borrowed), expected);
    }

    #[test]
    fn the_hash_of_each_is_the_hash_it_has_alone() {
        check(&[]);
        check(&texts(0..300));
        // Around the ends of blocks and chunks, and trees of every shape up to nine chunks.
        let edges = (0..=9 * 16).flat_map(|block| [block * 64, block * 64 + 1, block * 64 + 63]);
        check(&texts(edges));
        check(&texts([70_000, 3, 0, 5_000, 1_024, 2_048, 2_049, 70_000].into_iter()));
    }

    #[test]
    fn digits_are_those_of_the_library() {
        let hash = blake3::hash(b"b");
        let mut text = String::from("b3:");
        push_hex(hash.as_bytes(), &mut text);
        assert_eq!(text, format!("b3:{}", hash.to_hex()));
        let (mut few, mut many) = (String::new(), String::new());
        push_hex(&[0x0F, 0xA0], &mut few);
        push_hex(&[0xFF; 70], &mut many);
        assert_eq!((few.as_str(), many), ("0fa0", "f".repeat(140)));
    }

    #[test]
    fn it_does_not_matter_which_texts_are_hashed_together() {
        let all = texts((0..64).map(|idx| idx * 173));
        (0..all.len()).for_each(|n| check(&all[n..]));
        (0..all.len()).for_each(|n| check(&all[..n]));
    }
}
