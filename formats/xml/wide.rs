//! Sixty-four bytes looked at in one step, where the machine can.
//!
//! The only unsafe code of the program: what the wide instructions need. What they answer is what the portable way
//! answers, which every machine has; a test holds them against each other, and the readers of documents are tested on each.
//!
//! [`Width`] is a proof that this machine has the instructions: it is made nowhere but in [`Width::here`] and
//! [`Width::widest`], which ask.

#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

/// Bytes that are looked at in one step.
pub(super) const BLOCK: usize = 64;

/// As many bytes.
pub(super) type Block = [u8; BLOCK];

/// What can be asked of a block.
pub(super) trait Lanes: Copy {
    /// Where the first byte stands that may end a value or make it an unusual one: `<`, `&`, `]`, or a control
    /// character, be it a line feed; the length of a block when there is none.
    fn stop(self, block: &Block) -> usize;

    /// The first `len` bytes of both are the same; `len` is at most the length of a block.
    fn begins(self, block: &Block, with: &Block, len: usize) -> bool;

    /// A byte `0xEF` stands in the first block where in the second stands `0xBF`.
    fn has_specials(self, block: &Block, next: &Block) -> bool;
}

/// Something to be done with the widest instructions. Its `on` is `#[inline(always)]`, so that it is compiled for them.
pub(super) trait Work {
    /// What it answers.
    type Out;

    /// Does it.
    fn on<L: Lanes>(self, lanes: L) -> Self::Out;
}

/// How many bytes this machine looks at in one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Width(Level);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Default for Width {
    fn default() -> Self {
        Width::widest()
    }
}

impl Width {
    /// The widest of this machine.
    pub fn widest() -> Width {
        #[cfg(target_arch = "x86_64")]
        {
            if has_avx512() {
                return Width(Level::Avx512);
            }
            if has_avx2() {
                return Width(Level::Avx2);
            }
        }
        Width(Level::Portable)
    }

    /// All of this machine, for tests.
    pub fn here() -> Vec<Width> {
        let mut widths = vec![Width(Level::Portable)];
        #[cfg(target_arch = "x86_64")]
        {
            widths.extend(has_avx2().then_some(Width(Level::Avx2)));
            widths.extend(has_avx512().then_some(Width(Level::Avx512)));
        }
        widths
    }

    /// Does this with these instructions.
    #[inline]
    pub(super) fn run<W: Work>(self, work: W) -> W::Out {
        match self.0 {
            Level::Portable => work.on(Portable),
            // SAFETY: a width of this level is made only where the machine has the instructions.
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => unsafe { on_avx2(work) },
            // SAFETY: the same.
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => unsafe { on_avx512(work) },
        }
    }
}

#[cfg(target_arch = "x86_64")]
fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2") && is_x86_feature_detected!("bmi1") && is_x86_feature_detected!("bmi2")
}

#[cfg(target_arch = "x86_64")]
fn has_avx512() -> bool {
    has_avx2() && is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw")
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2")]
fn on_avx2<W: Work>(work: W) -> W::Out {
    work.on(Avx2(()))
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,avx512f,avx512bw")]
fn on_avx512<W: Work>(work: W) -> W::Out {
    work.on(Avx512(()))
}

/// What every machine has: words of eight bytes.
#[derive(Clone, Copy)]
struct Portable;

impl Lanes for Portable {
    #[inline(always)]
    fn stop(self, block: &Block) -> usize {
        for (word_idx, word) in block.as_chunks::<WORD>().0.iter().enumerate() {
            let word = u64::from_le_bytes(*word);
            let found = zeros(word ^ repeated(b'<'))
                | zeros(word ^ repeated(b'&'))
                | zeros(word ^ repeated(b']'))
                | controls(word);
            if found != 0 {
                return word_idx * WORD + found.trailing_zeros() as usize / 8;
            }
        }
        BLOCK
    }

    #[inline(always)]
    fn begins(self, block: &Block, with: &Block, len: usize) -> bool {
        let words = block.as_chunks::<WORD>().0.iter().zip(with.as_chunks::<WORD>().0);
        let mut left = len;
        for (one, other) in words {
            let differs = u64::from_le_bytes(*one) ^ u64::from_le_bytes(*other);
            if left < WORD {
                return differs & ((1 << (8 * left)) - 1) == 0;
            }
            if differs != 0 {
                return false;
            }
            left -= WORD;
        }
        true
    }

    #[inline(always)]
    fn has_specials(self, block: &Block, next: &Block) -> bool {
        block.iter().zip(next).fold(false, |any, (&byte, &next)| any | ((byte == 0xEF) & (next == 0xBF)))
    }
}

const WORD: usize = size_of::<u64>();

const fn repeated(byte: u8) -> u64 {
    u64::from_le_bytes([byte; WORD])
}

/// The highest bit of the first zero byte, and perhaps of bytes behind it.
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(repeated(0x01)) & !word & repeated(0x80)
}

/// The highest bit of the first byte below a blank, and perhaps of bytes behind it.
const fn controls(word: u64) -> u64 {
    word.wrapping_sub(repeated(b' ')) & !word & repeated(0x80)
}

/// Two halves of thirty-two bytes. Only [`on_avx2`] makes one.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
struct Avx2(());

#[cfg(target_arch = "x86_64")]
impl Avx2 {
    /// The bits of what is found in both halves.
    #[inline(always)]
    fn bits(self, block: &Block, found: impl Fn(__m256i) -> __m256i) -> u64 {
        let [first, second] = self.halves(block);
        // SAFETY: whoever holds an `Avx2` is on a machine that has it.
        unsafe {
            let first = _mm256_movemask_epi8(found(first)) as u32;
            let second = _mm256_movemask_epi8(found(second)) as u32;
            u64::from(first) | u64::from(second) << 32
        }
    }

    #[inline(always)]
    fn halves(self, block: &Block) -> [__m256i; 2] {
        let at = block.as_ptr().cast::<__m256i>();
        // SAFETY: a block is two halves long, and an unaligned load asks for no alignment; the machine has AVX2.
        unsafe { [_mm256_loadu_si256(at), _mm256_loadu_si256(at.add(1))] }
    }
}

#[cfg(target_arch = "x86_64")]
impl Lanes for Avx2 {
    #[inline(always)]
    fn stop(self, block: &Block) -> usize {
        // SAFETY: whoever holds an `Avx2` is on a machine that has it.
        let found = self.bits(block, |bytes| unsafe {
            let is = |byte: u8| _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte as i8));
            let last_control = _mm256_set1_epi8(0x1F);
            let control = _mm256_cmpeq_epi8(_mm256_max_epu8(bytes, last_control), last_control);
            _mm256_or_si256(_mm256_or_si256(is(b'<'), is(b'&')), _mm256_or_si256(is(b']'), control))
        });
        found.trailing_zeros() as usize
    }

    #[inline(always)]
    fn begins(self, block: &Block, with: &Block, len: usize) -> bool {
        let ([a, b], [c, d]) = (self.halves(block), self.halves(with));
        // SAFETY: whoever holds an `Avx2` is on a machine that has it.
        let same = unsafe {
            let first = _mm256_movemask_epi8(_mm256_cmpeq_epi8(a, c)) as u32;
            let second = _mm256_movemask_epi8(_mm256_cmpeq_epi8(b, d)) as u32;
            u64::from(first) | u64::from(second) << 32
        };
        (!same).trailing_zeros() as usize >= len
    }

    #[inline(always)]
    fn has_specials(self, block: &Block, next: &Block) -> bool {
        // SAFETY: whoever holds an `Avx2` is on a machine that has it.
        let [first, second] = [(block, 0xEF_u8), (next, 0xBF_u8)].map(|(block, byte)| {
            self.bits(block, |bytes| unsafe { _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte as i8)) })
        });
        first & second != 0
    }
}

/// All sixty-four bytes. Only [`on_avx512`] makes one.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
struct Avx512(());

#[cfg(target_arch = "x86_64")]
impl Avx512 {
    #[inline(always)]
    fn load(self, block: &Block) -> __m512i {
        // SAFETY: a block is as long as the load, which asks for no alignment; whoever holds an `Avx512` is on a
        // machine that has it.
        unsafe { _mm512_loadu_si512(block.as_ptr().cast()) }
    }

    #[inline(always)]
    fn is(self, bytes: __m512i, byte: u8) -> u64 {
        // SAFETY: whoever holds an `Avx512` is on a machine that has it.
        unsafe { _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(byte as i8)) }
    }
}

#[cfg(target_arch = "x86_64")]
impl Lanes for Avx512 {
    #[inline(always)]
    fn stop(self, block: &Block) -> usize {
        let bytes = self.load(block);
        // SAFETY: whoever holds an `Avx512` is on a machine that has it.
        let control = unsafe { _mm512_cmplt_epu8_mask(bytes, _mm512_set1_epi8(b' ' as i8)) };
        let found = self.is(bytes, b'<') | self.is(bytes, b'&') | self.is(bytes, b']') | control;
        found.trailing_zeros() as usize
    }

    #[inline(always)]
    fn begins(self, block: &Block, with: &Block, len: usize) -> bool {
        let (bytes, with) = (self.load(block), self.load(with));
        // SAFETY: whoever holds an `Avx512` is on a machine that has it.
        let differs = unsafe { _mm512_cmpneq_epi8_mask(bytes, with) };
        differs.trailing_zeros() as usize >= len
    }

    #[inline(always)]
    fn has_specials(self, block: &Block, next: &Block) -> bool {
        self.is(self.load(block), 0xEF) & self.is(self.load(next), 0xBF) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Stop<'t>(&'t Block);
    impl Work for Stop<'_> {
        type Out = usize;
        #[inline(always)]
        fn on<L: Lanes>(self, lanes: L) -> usize {
            lanes.stop(self.0)
        }
    }

    struct Begins<'t>(&'t Block, &'t Block, usize);
    impl Work for Begins<'_> {
        type Out = bool;
        #[inline(always)]
        fn on<L: Lanes>(self, lanes: L) -> bool {
            lanes.begins(self.0, self.1, self.2)
        }
    }

    struct Specials<'t>(&'t Block, &'t Block);
    impl Work for Specials<'_> {
        type Out = bool;
        #[inline(always)]
        fn on<L: Lanes>(self, lanes: L) -> bool {
            lanes.has_specials(self.0, self.1)
        }
    }

    #[test]
    fn a_value_ends_at_the_first_of_these_and_at_no_other_byte() {
        let ends = |byte: u8| byte < b' ' || matches!(byte, b'<' | b'&' | b']');
        for width in Width::here() {
            assert_eq!(width.run(Stop(&[b'x'; BLOCK])), BLOCK, "{width:?}");
            for at in 0..BLOCK {
                for byte in 0..=255 {
                    let mut block = [b'x'; BLOCK];
                    block[at] = byte;
                    let expected = if ends(byte) { at } else { BLOCK };
                    assert_eq!(width.run(Stop(&block)), expected, "{width:?} {byte:#x} at {at}");
                    // Bytes behind the first change nothing.
                    block[at..].fill(byte);
                    assert_eq!(width.run(Stop(&block)), expected, "{width:?} {byte:#x} from {at}");
                }
            }
        }
    }

    #[test]
    fn what_a_block_begins_with_is_compared_to_its_last_byte_and_no_further() {
        for width in Width::here() {
            for len in 0..=BLOCK {
                for at in 0..BLOCK {
                    let (one, mut other) = ([b'x'; BLOCK], [b'x'; BLOCK]);
                    other[at] = b'X';
                    assert_eq!(width.run(Begins(&one, &other, len)), at >= len, "{width:?} {at} of {len}");
                }
                assert!(width.run(Begins(&[7; BLOCK], &[7; BLOCK], len)), "{width:?} {len}");
            }
        }
    }

    #[test]
    fn the_start_of_a_special_is_two_bytes_one_behind_the_other() {
        for width in Width::here() {
            for at in 0..BLOCK {
                let (mut one, mut next) = ([0xEF; BLOCK], [0xBE; BLOCK]);
                next[at] = 0xBF;
                assert!(width.run(Specials(&one, &next)), "{width:?} {at}");
                one[at] = 0xEE;
                assert!(!width.run(Specials(&one, &next)), "{width:?} {at}");
            }
        }
    }
}
