//! Every bound on what a sender may hand in, by name and with its reason.
//!
//! The numbers are those of the reliability promise, section 4.1, unless the line says otherwise.
//! Those of the readers are fields, not constants, so that an operator can tighten them and a test can shrink them.

use crate::encoding::Encodings;

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;
const GIB: u64 = 1024 * MIB;

/// Findings kept of one document, then "and more": nobody mends two hundred at a time. What it is decided by counts in
/// full, so this bound is no setting.
pub const FINDINGS_MAX: usize = 200;

/// Rows of registers told of one document, one by one: an office with more alerts, campaigns or firms on one declaration
/// than this reads no further. What lies beyond acts all the same.
pub const REGISTER_ROWS_TOLD_MAX: usize = 100;

/// Firms of one declaration kept while its lines are looked at: nearly all have one or two, and asking again costs two
/// look-ups.
pub const FIRMS_KEPT_MAX: usize = 16;

/// Makes the bounds, each with its reason, its type and its usual value, and lets them be named.
macro_rules! limits {
    ($($(#[doc = $reason:literal])+ $name:ident: $type:ty = $usual:expr,)+) => {
        /// The bounds the readers keep. One value goes through all of them, cutting and parsing alike.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Limits {
            /// What is taken beside UTF-8.
            pub encodings: Encodings,
            $($(#[doc = $reason])+ pub $name: $type,)+
        }

        impl Default for Limits {
            fn default() -> Limits {
                Limits { encodings: Encodings::default(), $($name: $usual,)+ }
            }
        }

        impl Limits {
            /// All bounds by name.
            pub fn named(&self) -> Vec<(&'static str, u64)> {
                vec![$((stringify!($name), self.$name as u64),)+]
            }

            /// Tightens the bound of this name. No bound can be loosened: what the program promises of memory and time
            /// is held by tests for the usual ones.
            ///
            /// # Errors
            /// When there is no such bound, or the number is not from 1 to the usual one.
            pub fn tighten(&mut self, name: &str, to: u64) -> Result<(), String> {
                match name {
                    $(stringify!($name) => {
                        let usual = Limits::default().$name;
                        match <$type>::try_from(to) {
                            Ok(to) if (1..=usual).contains(&to) => self.$name = to,
                            _ => return Err(format!("`{name}` can be 1 to {usual}, not {to}")),
                        }
                    })+
                    _ => return Err(format!("there is no limit `{name}`")),
                }
                Ok(())
            }
        }
    };
}

limits! {
    /// Bytes of one document without its Base64 values: 1,500 goods lines fit, a bomb does not.
    document_bytes: u64 = 8 * MIB,
    /// Bytes of one document as it is cut, Base64 included: room for the document and one Base64
    /// value at its limit, and the most the decoder ever holds.
    cut_bytes: u64 = 24 * MIB,
    /// Base64 characters of one value: a 9 MiB attachment, which is what the client sends at most.
    base64_bytes: u64 = 12 * MIB,
    /// Bytes shown of an entry that is refused as a whole: enough for the line at fault.
    excerpt_bytes: usize = 4 * KIB as usize,
    /// Elements open at once; real messages need six, and wrappers two more.
    depth: usize = 64,
    /// Attributes of one element; real messages have three.
    attributes: usize = 64,
    /// Bytes of one element or attribute name.
    name_bytes: usize = 256,
    /// Bytes of one attribute value: a long schema location fits.
    attribute_value_bytes: usize = 64 * KIB as usize,
    /// Bytes of one text value that is not Base64.
    text_value_bytes: usize = MIB as usize,
    /// References (`&amp;`, `&#10;`) in one document: each costs an allocation.
    references: usize = 10_000,
    /// Bytes of one comment.
    comment_bytes: usize = 64 * KIB as usize,
    /// Bytes of one processing instruction.
    instruction_bytes: usize = 4 * KIB as usize,
    /// Namespace bindings in scope: their look-up is linear.
    namespace_bindings: usize = 32,
    /// Goods lines of one declaration: the line number has four digits on the wire.
    goods_lines: usize = 9_999,
    /// Bytes of one input as it was received.
    raw_bytes: u64 = 32 * GIB,
    /// Bytes of one input after decompression, over all its entries.
    decoded_bytes: u64 = 256 * GIB,
    /// zstd frames with content; writers that append make one a batch.
    zstd_frames: u32 = 1_000,
    /// Decoded bytes for each stored byte of a zstd stream; batches of messages reach 200, a bomb 30,000.
    zstd_ratio: u64 = 1_000,
    /// Decoded bytes of a zstd stream below which its ratio is not judged: a second's work, and the same message a
    /// hundred thousand times over packs as well as a bomb.
    zstd_ratio_free_bytes: u64 = GIB,
    /// log2 of the zstd window: 23 is 8 MiB, what the format tells every decoder to support.
    zstd_window_log: u32 = 23,
    /// zstd skippable frames: some writers put an index there.
    zstd_skippable_frames: u32 = 16,
    /// Bytes of one zstd skippable frame.
    zstd_skippable_bytes: u64 = 64 * KIB,
    /// Entries of one ZIP: its directory is held in memory, and ten thousand must work.
    zip_entries: u64 = 20_000,
    /// Bytes a ZIP may have when it comes through a pipe or under zstd and must be held in memory.
    zip_held_bytes: u64 = 64 * MIB,
    /// Decoded bytes for each stored byte of a ZIP; batches of messages reach 60, a bomb 1,000.
    zip_ratio: u64 = 250,
    /// Decoded bytes of an entry below which its ratio is not judged: a short, empty form packs well.
    zip_ratio_free_bytes: u64 = MIB,
    /// Decoded bytes of all entries below which the ratio of the whole ZIP is not judged: so many short forms.
    zip_ratio_free_bytes_in_all: u64 = 64 * MIB,
    /// Headers of one tar: as many as a body may have documents; a mark of each name is held.
    tar_entries: u64 = 1_000_000,
    /// Bytes of an entry's name, and of a tar extension header that carries one.
    entry_name_bytes: usize = 4 * KIB as usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bound_can_be_tightened_by_its_name_and_none_loosened() {
        for (name, usual) in Limits::default().named() {
            for to in [1, usual] {
                let mut limits = Limits::default();
                assert_eq!(limits.tighten(name, to), Ok(()));
                assert!(limits.named().contains(&(name, to)), "{name}");
            }
            for to in [0, usual + 1, u64::MAX] {
                let mut limits = Limits::default();
                assert_eq!(limits.tighten(name, to), Err(format!("`{name}` can be 1 to {usual}, not {to}")));
                assert_eq!(limits, Limits::default());
            }
        }
        assert!(Limits::default().tighten("widht", 1).is_err());
    }
}
