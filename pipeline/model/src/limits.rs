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

/// The bounds the readers keep. One value goes through all of them, cutting and parsing alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// What is taken beside UTF-8.
    pub encodings: Encodings,
    /// Bytes of one document without its Base64 values: 1,500 goods lines fit, a bomb does not.
    pub document_bytes: u64,
    /// Bytes of one document as it is cut, Base64 included: room for the document and one Base64
    /// value at its limit, and the most the decoder ever holds.
    pub cut_bytes: u64,
    /// Base64 characters of one value: a 9 MiB attachment, which is what the client sends at most.
    pub base64_bytes: u64,
    /// Bytes shown of an entry that is refused as a whole: enough for the line at fault.
    pub excerpt_bytes: usize,
    /// Elements open at once; real messages need six, and wrappers two more.
    pub depth: usize,
    /// Attributes of one element; real messages have three.
    pub attributes: usize,
    /// Bytes of one element or attribute name.
    pub name_bytes: usize,
    /// Bytes of one attribute value: a long schema location fits.
    pub attribute_value_bytes: usize,
    /// Bytes of one text value that is not Base64.
    pub text_value_bytes: usize,
    /// References (`&amp;`, `&#10;`) in one document: each costs an allocation.
    pub references: usize,
    /// Bytes of one comment.
    pub comment_bytes: usize,
    /// Bytes of one processing instruction.
    pub instruction_bytes: usize,
    /// Namespace bindings in scope: their look-up is linear.
    pub namespace_bindings: usize,
    /// Goods lines of one declaration: the line number has four digits on the wire.
    pub goods_lines: usize,
    /// Bytes of one input as it was received.
    pub raw_bytes: u64,
    /// Bytes of one input after decompression, over all its entries.
    pub decoded_bytes: u64,
    /// zstd frames with content; writers that append make one a batch.
    pub zstd_frames: u32,
    /// Decoded bytes for each stored byte of a zstd stream; batches of messages reach 200, a bomb 30,000.
    pub zstd_ratio: u64,
    /// Decoded bytes of a zstd stream below which its ratio is not judged: a second's work, and the same message a
    /// hundred thousand times over packs as well as a bomb.
    pub zstd_ratio_free_bytes: u64,
    /// log2 of the zstd window: 23 is 8 MiB, what the format tells every decoder to support.
    pub zstd_window_log: u32,
    /// zstd skippable frames: some writers put an index there.
    pub zstd_skippable_frames: u32,
    /// Bytes of one zstd skippable frame.
    pub zstd_skippable_bytes: u64,
    /// Entries of one ZIP: its directory is held in memory, and ten thousand must work.
    pub zip_entries: u64,
    /// Bytes a ZIP may have when it comes through a pipe or under zstd and must be held in memory.
    pub zip_held_bytes: u64,
    /// Decoded bytes for each stored byte of a ZIP; batches of messages reach 60, a bomb 1,000.
    pub zip_ratio: u64,
    /// Decoded bytes of an entry below which its ratio is not judged: a short, empty form packs well.
    pub zip_ratio_free_bytes: u64,
    /// Decoded bytes of all entries below which the ratio of the whole ZIP is not judged: so many short forms.
    pub zip_ratio_free_bytes_in_all: u64,
    /// Headers of one tar: as many as a body may have documents; a mark of each name is held.
    pub tar_entries: u64,
    /// Bytes of an entry's name, and of a tar extension header that carries one.
    pub entry_name_bytes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            encodings: Encodings::default(),
            document_bytes: 8 * MIB,
            cut_bytes: 24 * MIB,
            base64_bytes: 12 * MIB,
            excerpt_bytes: 4 * KIB as usize,
            depth: 64,
            attributes: 64,
            name_bytes: 256,
            attribute_value_bytes: 64 * KIB as usize,
            text_value_bytes: MIB as usize,
            references: 10_000,
            comment_bytes: 64 * KIB as usize,
            instruction_bytes: 4 * KIB as usize,
            namespace_bindings: 32,
            goods_lines: 9_999,
            raw_bytes: 32 * GIB,
            decoded_bytes: 256 * GIB,
            zstd_frames: 1_000,
            zstd_ratio: 1_000,
            zstd_ratio_free_bytes: GIB,
            zstd_window_log: 23,
            zstd_skippable_frames: 16,
            zstd_skippable_bytes: 64 * KIB,
            zip_entries: 20_000,
            zip_held_bytes: 64 * MIB,
            zip_ratio: 250,
            zip_ratio_free_bytes: MIB,
            zip_ratio_free_bytes_in_all: 64 * MIB,
            tar_entries: 1_000_000,
            entry_name_bytes: 4 * KIB as usize,
        }
    }
}
