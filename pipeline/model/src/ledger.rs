//! What is on file: the documents decided before, by key, as one window needs to know them.
//!
//! The ledger is fetched for a whole window before it is cleared, and handed in, so that the middle stays free of IO.

use crate::batch::Namespaces;
use crate::decision::Draw;
use crate::finding::Finding;
use crate::waiver::{Balances, Take};
use jiff::civil::DateTime;
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
    /// Number of an inspection application.
    Inspection,
    /// Number of a request about a declaration on file; and, under the key of what waits, that of the declaration itself.
    Request,
}

impl Key {
    /// The key of a number under its declarant.
    ///
    /// blake3 over kind, length of the declarant, declarant and number, so that no two pairs share a key by concatenation.
    pub fn new(kind: NumberKind, declarant: &str, number: &str) -> Key {
        let head = [b'K', kind as u8, declarant.len().min(255) as u8];
        let parts: [&[u8]; 3] = [&head, declarant.as_bytes(), number.as_bytes()];
        let mut short = [0; KEY_BYTES];
        let digest = match joined(parts, &mut short) {
            Some(bytes) => blake3::hash(bytes),
            None => {
                parts.iter().fold(&mut blake3::Hasher::new(), |hasher, part| hasher.update(part)).finalize()
            }
        };
        let mut key = [0; 16];
        key.copy_from_slice(&digest.as_bytes()[..16]);
        Key(key)
    }

    /// The key under which declarations stand that wait for the document with this key.
    pub fn waiting(self) -> Key {
        Key(std::array::from_fn(|idx| self.0[idx] ^ b"waits for a cert"[idx]))
    }
}

/// What the parts of nearly all keys take: they are hashed at once.
const KEY_BYTES: usize = 128;

/// The parts one behind the other, if there is room for them.
fn joined<'r>(parts: [&[u8]; 3], room: &'r mut [u8; KEY_BYTES]) -> Option<&'r [u8]> {
    let mut len = 0;
    for part in parts {
        room.get_mut(len..len + part.len())?.copy_from_slice(part);
        len += part.len();
    }
    Some(&room[..len])
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
    /// A declaration cancelled at request: final, and nothing is released on it.
    Cancelled,
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
    /// Acceptance of the latest version, UTC+8.
    pub accepted_at: Option<DateTime>,
    /// Facts of a certificate, as [`crate::facts`] writes them.
    pub facts: Arc<[u8]>,
    /// What it holds of vouchers, quotas, pots and orders: a decision that supersedes it gives that back.
    pub takes: Vec<Take>,
}

/// A declaration that may be decided again, read again for that: one held for a certificate that was missing, because the
/// certificate may be here now, or one that a request is about.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The certificate it waits for, or the key under which a request finds it.
    pub certificate: Key,
    /// The declaration on file.
    pub on_file: Arc<OnFile>,
    /// The document as received, and the namespaces of the wrappers it stood in; as amended, once it is. None where
    /// nothing can change it any more.
    pub document: Option<StoredDocument>,
    /// Where it stood when it was received.
    pub origin: Origin,
    /// The day it is decided by: that of its acceptance, or the day its goods were presented.
    pub accepted_at: Option<DateTime>,
    /// What a request makes of it.
    pub asked: Asked,
}

/// What laying a request over a declaration came to.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// What is wrong with the request: then nothing is changed.
    pub faults: Vec<Finding>,
    /// What was changed, with places in the changed document.
    pub changes: Vec<Finding>,
}

/// A document put aside, with all that reading it again needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredDocument {
    /// Its bytes.
    pub text: String,
    /// Namespaces bound by the wrappers around it.
    pub namespaces: Option<Arc<Namespaces>>,
}

/// Where a document stood in the submission it came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Name of the input.
    pub input: String,
    /// Number within the input, from 1.
    pub document: u32,
    /// Offset in the decoded stream of the entry.
    pub offset: u64,
    /// Line of its first byte.
    pub line: u32,
    /// Column of its first byte.
    pub column: u32,
}

/// What is on file for one window.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Documents on file by key.
    pub known: HashMap<Key, Arc<OnFile>>,
    /// Declarations that wait for certificates of this window, or that its requests are about, in order of decision.
    pub waiting: Vec<Waiting>,
    /// Keys of declarations of this submission that wait for its end (ruling O2).
    pub deferred: HashSet<Key>,
    /// What is used of the vouchers, quotas, pots and orders this window may draw on.
    pub balances: Balances,
}

#[cfg(test)]
mod tests {
    use super::{Key, NumberKind};

    /// Keys stand in journals for ever: how they are hashed may not depend on whether they fit into one piece.
    #[test]
    fn a_key_is_the_hash_of_its_parts_however_long_they_are() {
        let declarant = "91441323MA4UHXKX1Q";
        for n_digits in [0, 18, 106, 107, 108, 300] {
            let number = "7".repeat(n_digits);
            let mut hasher = blake3::Hasher::new();
            hasher.update(&[b'K', NumberKind::Certificate as u8, 18]);
            hasher.update(declarant.as_bytes()).update(number.as_bytes());
            let hash = hasher.finalize();
            assert_eq!(
                Key::new(NumberKind::Certificate, declarant, &number).0,
                hash.as_bytes()[..16],
                "{n_digits}"
            );
        }
    }
}
