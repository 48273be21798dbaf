//! Bytes: what a bad line, a bad disk and a curious person change.

#![expect(clippy::ptr_arg, reason = "all mutators have one shape")]

use super::{Mutator, Random, insert, splice};

pub(super) static MUTATORS: &[Mutator] = &[
    Mutator { name: "a byte exchanged", apply: exchanged },
    Mutator { name: "a byte of markup exchanged", apply: marked },
    Mutator { name: "a byte put in", apply: put_in },
    Mutator { name: "a byte taken out", apply: taken_out },
    Mutator { name: "a bit flipped", apply: flipped },
    Mutator { name: "the end cut off", apply: cut_off },
    Mutator { name: "the start cut off", apply: beheaded },
    Mutator { name: "a stretch taken out", apply: gap },
    Mutator { name: "a stretch repeated", apply: repeated },
    Mutator { name: "two stretches exchanged", apply: swapped },
];

const MARKUP: &[u8] = b"<>/&;\"'= \n\r\t-!?[]:x#\0\x7F0Aa.,%\x0B\x1F";

fn exchanged(bytes: &mut Vec<u8>, random: &mut Random) {
    let (at, byte) = (random.below(bytes.len()), random.below(256));
    if let Some(old) = bytes.get_mut(at) {
        *old = byte as u8;
    }
}

fn marked(bytes: &mut Vec<u8>, random: &mut Random) {
    let (at, byte) = (random.below(bytes.len()), *random.one(MARKUP));
    if let Some(old) = bytes.get_mut(at) {
        *old = byte;
    }
}

fn put_in(bytes: &mut Vec<u8>, random: &mut Random) {
    let byte = *random.one(MARKUP);
    insert(bytes, random, &[byte]);
}

fn taken_out(bytes: &mut Vec<u8>, random: &mut Random) {
    if !bytes.is_empty() {
        bytes.remove(random.below(bytes.len()));
    }
}

fn flipped(bytes: &mut Vec<u8>, random: &mut Random) {
    let (at, bit) = (random.below(bytes.len()), random.below(8));
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= 1 << bit;
    }
}

fn cut_off(bytes: &mut Vec<u8>, random: &mut Random) {
    bytes.truncate(random.below(bytes.len()));
}

fn beheaded(bytes: &mut Vec<u8>, random: &mut Random) {
    let end = random.below(bytes.len().min(200));
    bytes.drain(..end);
}

fn stretch(bytes: &[u8], random: &mut Random) -> std::ops::Range<usize> {
    let start = random.below(bytes.len());
    let length = 1 + random.below(40);
    start..(start + length).min(bytes.len())
}

fn gap(bytes: &mut Vec<u8>, random: &mut Random) {
    let stretch = stretch(bytes, random);
    bytes.drain(stretch);
}

fn repeated(bytes: &mut Vec<u8>, random: &mut Random) {
    let stretch = stretch(bytes, random);
    let copy = bytes[stretch.clone()].to_vec();
    splice(bytes, stretch.start..stretch.start, &copy);
}

fn swapped(bytes: &mut Vec<u8>, random: &mut Random) {
    let (one, other) = (stretch(bytes, random), stretch(bytes, random));
    let (first, second) = if one.start < other.start { (one, other) } else { (other, one) };
    if first.end <= second.start {
        let (before, behind) = (bytes[first.clone()].to_vec(), bytes[second.clone()].to_vec());
        splice(bytes, second, &before);
        splice(bytes, first, &behind);
    }
}
