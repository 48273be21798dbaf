//! What is on file: the documents decided before, by key, as one window needs to know them.
//!
//! The ledger is fetched for a whole window before it is cleared, and handed in, so that the middle stays free of IO.

use crate::decision::Draw;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Key of a document in the index: a hash, uniformly distributed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(pub [u8; 16]);

/// What a number is, within its declarant (rulings 1, K1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NumberKind {
    /// Customs entry number of a declaration.
    Entry,
    /// Data-centre unified number of a declaration.
    Unified,
    /// The sender's own number of a declaration.
    Client,
    /// Number of a certificate.
    Certificate,
    /// Declarations that wait for the certificate with this number.
    Waiting,
}

impl Key {
    /// The key of a number under its declarant.
    ///
    /// blake3 in key-derivation mode over length-prefixed parts, so that no two pairs share a key by concatenation.
    pub fn new(kind: NumberKind, declarant: &str, number: &str) -> Key {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&[b'K', kind as u8, declarant.len().min(255) as u8]);
        hasher.update(declarant.as_bytes());
        hasher.update(number.as_bytes());
        let mut key = [0; 16];
        key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Key(key)
    }
}

/// How the latest decision left a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Released or sent to inspection: final.
    Final,
    /// Provisional hold.
    Held,
    /// Rejected.
    Rejected,
    /// A certificate on file, usable as proof.
    Filed,
    /// A certificate on file that proves nothing; see its facts.
    FiledNoProof,
}

/// A document on file, as its latest record left it.
#[derive(Clone, Debug)]
pub struct OnFile {
    /// Identity: all keys that lead here lead to the same id.
    pub id: u64,
    /// Journal index of the latest record.
    pub record: u64,
    /// Sequence of the outcome that decided it first.
    pub first_sequence: u64,
    /// Sequence of the latest outcome.
    pub latest_sequence: u64,
    /// The number it is known by for ever.
    pub number: String,
    /// Its customs entry number, where one is known (K6).
    pub entry_number: String,
    /// Its client number, where one is known (K6).
    pub client_number: String,
    /// Version of the latest decision.
    pub version: u32,
    /// Digest of the canonical form of the latest content.
    pub content: [u8; 32],
    /// How it was left.
    pub state: State,
    /// The draw made first: an amended declaration keeps it (SMP-012).
    pub draw: Option<Draw>,
    /// Facts of a certificate, as [`crate::facts`] writes them.
    pub facts: Arc<[u8]>,
}

/// A declaration held for a certificate that was missing, read again because it may be here now.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The declaration on file.
    pub on_file: Arc<OnFile>,
    /// The document as received.
    pub document: Arc<[u8]>,
    /// Input it came in.
    pub input: String,
}

/// What is on file for one window.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Documents on file by key.
    pub known: HashMap<Key, Arc<OnFile>>,
    /// Keys of declarations of this submission that wait for its end (ruling O2).
    pub deferred: HashSet<Key>,
}
