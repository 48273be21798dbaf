//! A head as people pass it on: index and hash of a record, `17:3f0a…`.

use std::fmt;
use std::str::FromStr;

/// A record, by its index and its own hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Head {
    /// From 1; 0 is the head of a journal without records.
    pub index: u64,
    /// The record's own hash, which covers all before it; zeros for index 0.
    pub hash: [u8; 32],
}

impl Head {
    /// The head of a journal without records.
    pub const EMPTY: Head = Head { index: 0, hash: [0; 32] };
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.index, blake3::Hash::from_bytes(self.hash).to_hex())
    }
}

impl FromStr for Head {
    type Err = String;

    /// Index, a colon or a space, and 64 hexadecimal digits with or without `b3:` before them.
    fn from_str(text: &str) -> Result<Head, String> {
        let wrong = || format!("`{text}` is no head: it takes an index, a colon and 64 hexadecimal digits");
        let (index, hash) = text.trim().split_once([':', ' ']).ok_or_else(wrong)?;
        let hash = hash.trim().strip_prefix("b3:").unwrap_or(hash.trim());
        let hash = blake3::Hash::from_hex(hash).map_err(|_| wrong())?;
        Ok(Head { index: index.parse().map_err(|_| wrong())?, hash: *hash.as_bytes() })
    }
}
