//! What can be wrong with a journal, and where.

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The first record that is not vouched for.
    pub first_bad_index: u64,
    /// The file.
    pub segment: String,
    /// Where in the file: of the segment or frame that fails.
    pub offset: u64,
    /// What kind of harm it is.
    pub harm: Harm,
}

/// What a header belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A segment.
    Segment,
    /// A frame.
    Frame,
}

/// The kinds of harm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Harm {
    /// The file is not there, and a later one is.
    SegmentMissing {
        /// The next one there is.
        next: String,
    },
    /// The file that names the archived segments is not as it was written.
    ArchivedChanged,
    /// Where a header should begin there is none.
    NoHeader(Part),
    /// A newer program wrote this.
    NewerVersion(u16),
    /// A header does not match its hash.
    HeaderChanged(Part),
    /// The file ends within a header or a frame.
    CutShort,
    /// The segment carries another number than its name.
    Misnamed {
        /// The number it carries.
        number: u32,
    },
    /// What stands here begins later: records are left out.
    LeftOut {
        /// The record it begins with.
        next: u64,
    },
    /// What stands here begins earlier: doubled, out of order, or an older copy.
    Again {
        /// The record it begins with.
        first: u64,
    },
    /// The index fits and the hash before it does not: out of another journal, or one that was rewritten.
    Strange,
    /// The index of the commit is impossible.
    NoCommit,
    /// Counts and lengths of a header are impossible.
    Impossible,
    /// The body of a frame does not match its hash.
    BodyChanged,
    /// The body does not decompress, or holds other records than the header says.
    OtherRecords,
    /// A record does not match its own hash.
    RecordChanged,
    /// The records do not end in the head that the frame names.
    OtherHead,
    /// A published head names this record with another hash: what lies behind the last head that fits was rewritten.
    Rewritten {
        /// The record of the published head.
        published: u64,
    },
    /// A published head names a record that is not there.
    EndMissing {
        /// That record.
        published: u64,
    },
}
