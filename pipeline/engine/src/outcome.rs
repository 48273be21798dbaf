//! What the engine hands out: owned, in order of decision, with nothing borrowed from the window.

use formats::answer::Echo;
use jiff::civil::DateTime;
use model::assessment::Assessment;
use model::attachment::Attachments;
use model::decision::{Disposition, Draw, Mode, OutcomeKind, TraceLine};
use model::finding::{Finding, NotJudged};
use model::ledger::{Key, OnFile, Origin, State, StoredDocument};
use model::waiver::Take;
use rulebook::rules::fee::fee_020_zone_first::Turn;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A finding and where a person finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The finding.
    pub finding: Finding,
    /// Way from the root.
    pub pointer: String,
    /// Line, from 1, within the entry.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// Where the answer to a repeated document stands.
#[derive(Clone, Debug)]
pub enum Latest {
    /// On file before this window.
    OnFile(Arc<OnFile>),
    /// An outcome of this window, by its position.
    Outcome(usize),
}

/// What travelled beside a declaration in its ZIP, and what the declaration calls it.
#[derive(Clone, Debug)]
pub struct Attached {
    /// All attachments of the ZIP.
    pub all: Arc<Attachments>,
    /// Those its e-documents name, by position, each with the type of the first that does.
    pub named: BTreeMap<usize, String>,
}

/// What became of one document.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Where the document stood.
    pub origin: Origin,
    /// What became of it.
    pub kind: OutcomeKind,
    /// Its format's name; empty when unknown.
    pub format: &'static str,
    /// Who filed it.
    pub declarant: String,
    /// The number it is known by for ever (K1).
    pub number: String,
    /// Version; 0 when it has none.
    pub version: u32,
    /// What happens to the goods; none for certificates filed, and where nothing was decided.
    pub disposition: Option<Disposition>,
    /// Inspection mode.
    pub mode: Option<Mode>,
    /// Facts found.
    pub told: Vec<Told>,
    /// Findings beyond the limit.
    pub n_more: usize,
    /// Rules that could not be judged.
    pub not_judged: Vec<NotJudged>,
    /// Steps.
    pub trace: Vec<TraceLine>,
    /// Draw.
    pub draw: Option<Draw>,
    /// The first draw of the versions before it, where this one draws nothing: it stays for those to come (SMP-012).
    pub earlier_draw: Option<Draw>,
    /// Documents the firm need not send.
    pub documents_waived: Vec<&'static str>,
    /// Certificates it rests on.
    pub certificates: Vec<String>,
    /// What a declaration of this submission came with; none when nothing travelled beside it.
    pub attached: Option<Attached>,
    /// Acceptance, UTC+8.
    pub accepted_at: Option<DateTime>,
    /// Digest of the canonical form; none when there is no content to speak of.
    pub content: Option<[u8; 32]>,
    /// The same of what was decided on, where that is not what was filed: an amended declaration is known by the message it
    /// was filed in, so that the same message again is a repeat and undoes nothing.
    pub decided_on: Option<[u8; 32]>,
    /// Customs entry number of the document on file: its own or that of a version before it when decided, one not known
    /// before when repeated (K6).
    pub entry_number: String,
    /// Values its answers repeat.
    pub echo: Arc<Echo>,
    /// Keys under which it is found from now on: all of them when decided, new ones when repeated (K6).
    pub keys: Vec<Key>,
    /// What its answer is copied from, when repeated; what it supersedes, when decided again or mended.
    pub latest: Option<Latest>,
    /// How the decision leaves it on file.
    pub state: Option<State>,
    /// Keys of the certificates it waits for or requests find it under, with the document.
    pub waits: Option<Waits>,
    /// Number of the certificate or the request that caused a new decision (K3).
    pub caused_by: String,
    /// Facts of a certificate put on file.
    pub facts: Vec<u8>,
    /// What it is charged; none when nothing is due, and for what is rejected.
    pub fees: Option<Assessment>,
    /// What it holds of vouchers, quotas, pots and orders, and gave back of those the decision before held.
    pub takes: Vec<Take>,
}

impl Outcome {
    /// The draw that stays with the document.
    pub fn first_draw(&self) -> Option<&Draw> {
        self.draw.as_ref().or(self.earlier_draw.as_ref())
    }
}

/// A declaration that waits for certificates, or that requests may be about.
#[derive(Clone, Debug)]
pub struct Waits {
    /// Keys of the certificates, any of which may be the one; keys under which requests find it.
    pub keys: Vec<Key>,
    /// The document as received, or as amended; none where nothing can change it any more.
    pub document: Option<StoredDocument>,
}

/// A document put off to the end of its submission (ruling O2).
#[derive(Clone, Debug)]
pub struct Deferred {
    /// Position in the window.
    pub document_idx: usize,
    /// Keys of its numbers: later documents under the same numbers wait behind it.
    pub keys: Vec<Key>,
    /// When it is served, where it draws on relief that may run short (FEE-020).
    pub turn: Option<Turn>,
    /// It is a request: it is settled in a window of its own, so that each is held against what the one before it left.
    pub is_request: bool,
}

/// What became of a window.
#[derive(Debug, Default)]
pub struct OutcomeBatch {
    /// Outcomes in order of decision.
    pub outcomes: Vec<Outcome>,
    /// Documents put off.
    pub deferred: Vec<Deferred>,
    /// Certificates for which a declaration waits that could not be decided again yet: other documents under its numbers
    /// are put off, and may mend it.
    pub put_off: Vec<Key>,
}
