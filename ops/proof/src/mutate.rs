//! Bytes nearly right: a message, changed in small ways that senders, gateways and enemies know.
//!
//! A mutant is made of its seed and number alone, so that one of a million can be made again by itself.
//! Mutators work on four levels, a file each; one more is a line in its list.

mod bytes;
mod encoding;
mod structure;
mod tokens;

use crate::bases::Base;

/// One way to change a message.
pub struct Mutator {
    /// What it is called by.
    pub name: &'static str,
    /// Changes the bytes, or leaves them when there is nothing it could change.
    pub apply: fn(&mut Vec<u8>, &mut Random),
}

/// The levels, each with its mutators; a mutant draws a level first, so that a long list does not crowd out a short one.
static LEVELS: &[&[Mutator]] = &[bytes::MUTATORS, tokens::MUTATORS, structure::MUTATORS, encoding::MUTATORS];

/// Mutators applied to one mutant: mostly one, so that what it shows is plain.
const N_MUTATORS: &[usize] = &[1, 1, 1, 2, 2, 3, 4];

/// A changed message.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it was made of and how.
    pub made: String,
}

/// The mutant of this number.
pub fn mutant(bases: &[Base], seed: u64, number: u64) -> Mutant {
    mutant_on(LEVELS, bases, seed, number)
}

/// The mutant of this number, of bytes of any kind.
pub fn mutant_of_bytes(bases: &[Base], seed: u64, number: u64) -> Mutant {
    mutant_on(&LEVELS[..1], bases, seed, number)
}

fn mutant_on(levels: &[&[Mutator]], bases: &[Base], seed: u64, number: u64) -> Mutant {
    let mut random = Random::of(seed, number);
    let base = random.one(bases);
    let mut bytes = base.bytes.clone();
    let mut made = base.name.clone();
    for _ in 0..*random.one(N_MUTATORS) {
        let level = *random.one(levels);
        let mutator = random.one(level);
        (mutator.apply)(&mut bytes, &mut random);
        made.push_str(" + ");
        made.push_str(mutator.name);
    }
    Mutant { bytes, made }
}

/// Numbers that look drawn and are the same in every run.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The numbers of one mutant.
    pub fn of(seed: u64, number: u64) -> Random {
        Random(seed.wrapping_mul(0xD1B5_4A32_D192_ED03) ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// The next one (splitmix64).
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// One of `0..limit`; 0 when there is none.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.number() % (limit.max(1) as u64)).unwrap_or(0)
    }

    /// One of these.
    pub fn one<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }
}

/// Puts bytes in place of a stretch.
fn splice(bytes: &mut Vec<u8>, range: std::ops::Range<usize>, new: &[u8]) {
    bytes.splice(range, new.iter().copied());
}

/// Puts bytes in somewhere.
fn insert(bytes: &mut Vec<u8>, random: &mut Random, new: &[u8]) {
    let at = random.below(bytes.len() + 1);
    splice(bytes, at..at, new);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mutant_is_made_of_its_number_alone() {
        let bases = [Base { name: "a".to_owned(), bytes: b"<R x='1'><A>1</A><A>2</A></R>".to_vec() }];
        let made: Vec<Mutant> = (0..400).map(|number| mutant(&bases, 7, number)).collect();
        for number in [399, 0, 123] {
            let again = mutant(&bases, 7, number);
            assert_eq!(
                (&again.bytes, &again.made),
                (&made[number as usize].bytes, &made[number as usize].made)
            );
        }
        assert_ne!(mutant(&bases, 8, 0).bytes, made[0].bytes);
    }

    #[test]
    fn every_mutator_changes_something() {
        let text = "<?xml version='1.0' encoding='UTF-8'?><R x=\"1\" xmlns='u'><A>鞋 &amp; 1</A><A>2</A><L><B/></L></R>";
        for mutator in LEVELS.iter().flat_map(|level| level.iter()) {
            let changes = (0..50).any(|number| {
                let mut bytes = text.as_bytes().to_vec();
                (mutator.apply)(&mut bytes, &mut Random::of(1, number));
                bytes != text.as_bytes()
            });
            assert!(changes, "{} changes nothing", mutator.name);
        }
    }

    #[test]
    fn no_mutator_breaks_on_what_others_left() {
        for text in [&b""[..], b"<", b"<a", b">", b"<>", b"</a>", b"\xFF", b"<a></a>", b"<a/><a>"] {
            for mutator in LEVELS.iter().flat_map(|level| level.iter()) {
                for number in 0..20 {
                    (mutator.apply)(&mut text.to_vec(), &mut Random::of(2, number));
                }
            }
        }
    }
}
