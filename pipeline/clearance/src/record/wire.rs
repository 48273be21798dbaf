//! What the payload of a journal record says. Described for strangers in `ops/journal-format.md`.
//!
//! Integers are little-endian base 128, texts and lists carry their length in front; the first byte is the version of the
//! layout. The NDJSON line stands in the record as it was printed, so that a repeat can be answered byte for byte.

use formats::answer::Echo;
use jiff::civil::DateTime;
use model::decimal::Decimal;
use model::decision::{Disposition, Draw, Mode, OutcomeKind};
use model::finding::RuleId;
use model::ledger::{Key, Origin, State};
use model::text::push_moment;
use model::waiver::{Account, AccountKind, Take};

use super::{Kind, Place};
use std::borrow::Cow;
use std::sync::Arc;

/// A submission was opened: what decides it.
pub const SUBMISSION: Kind = Kind(1);
/// An input was read to its end: name, length, digest of the bytes kept.
pub const INPUT: Kind = Kind(2);
/// A document was decided, decided again, or put on file.
pub const DECISION: Kind = Kind(3);
/// A document was repeated, refused, declined or in conflict: answered, but nothing was decided.
pub const ANSWER: Kind = Kind(4);

/// The accounts of a submission: it was settled to its end.
pub const END: Kind = Kind(5);

const LAYOUT: u8 = 1;
/// Of submissions: 2 has at its end within which limits they were read; what was written in 1 was read within the usual.
/// 3 has behind them the folder it was dropped into; what was written before was dropped into none. 4 has behind that in
/// whose name its sender may file; of what was written before, nothing says it.
const LAYOUT_SUBMISSION: u8 = 4;
/// The first layout of submissions that names the folder.
const LAYOUT_SUBMISSION_SOURCE: u8 = 3;
/// The first layout of submissions that names limits.
const LAYOUT_SUBMISSION_LIMITS: u8 = 2;
/// Of decisions: 2 has at its end what they take; what was written in 1 took nothing.
const LAYOUT_DECIDED: u8 = 2;

/// A decision as the journal keeps it. It borrows from the outcome it is written from, and from nothing when read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided<'o> {
    /// Sequence of the outcome.
    pub sequence: u64,
    /// Journal index of the first decision on this document; 0 in that decision itself.
    pub id: u64,
    /// Sequence of the first decision; 0 in that decision itself.
    pub first_sequence: u64,
    /// Journal index of the decision this one supersedes; 0 when there is none.
    pub supersedes: u64,
    /// How it leaves the document on file.
    pub state: State,
    /// Version.
    pub version: u32,
    /// Digest of the canonical form.
    pub content: [u8; 32],
    /// Acceptance of this version.
    pub accepted_at: Option<DateTime>,
    /// Where the document stood.
    pub origin: Cow<'o, Origin>,
    /// Number it is known by.
    pub number: Cow<'o, str>,
    /// Its entry number, or that of a version before it.
    pub entry_number: Cow<'o, str>,
    /// Its client number.
    pub client_number: Cow<'o, str>,
    /// Keys of its numbers.
    pub keys: Cow<'o, [Key]>,
    /// Keys of certificates it waits for, and keys under which requests find it.
    pub waits_for: Cow<'o, [Key]>,
    /// Where the waiting document is put aside.
    pub place: Option<Place>,
    /// The first draw of any of its versions.
    pub draw: Option<Cow<'o, Draw>>,
    /// Facts of a certificate.
    pub facts: Cow<'o, [u8]>,
    /// What it holds of vouchers, quotas, pots and orders, and gave back of them.
    pub takes: Cow<'o, [Take]>,
    /// What was printed and answered.
    pub answered: Arc<Answered>,
}

/// What was said about a document, in the words it was said in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// Name of the format; empty when unknown.
    pub format: Cow<'static, str>,
    /// NDJSON fields from `format` to `version`.
    pub line_head: String,
    /// NDJSON fields from `disposition` to the end, with the closing brace.
    pub line_tail: String,
    /// Everything the answer is written from but the journal's index and hash: outcome, disposition, mode, flags.
    pub codes: [u8; 4],
    /// Acceptance as the answer prints it.
    pub accepted_at: Option<DateTime>,
    /// Values the answer repeats.
    pub echo: Arc<Echo>,
    /// The sentence of the answer.
    pub note: String,
    /// Numbers of the certificates the decision rests on.
    pub certificates: Vec<String>,
}

impl Answered {
    /// What became of the document.
    pub fn outcome(&self) -> Option<OutcomeKind> {
        OutcomeKind::ALL.into_iter().find(|known| *known as u8 == self.codes[0])
    }

    /// What was said to happen to the goods.
    pub fn disposition(&self) -> Option<Disposition> {
        Disposition::ALL.into_iter().find(|known| *known as u8 == self.codes[1])
    }

    /// The inspection mode that was said.
    pub fn mode(&self) -> Option<Mode> {
        Mode::ALL.into_iter().find(|known| *known as u8 == self.codes[2])
    }
}

/// Writes a decision.
pub fn write_decided(decided: &Decided<'_>) -> Vec<u8> {
    let answered = &decided.answered;
    let mut out = Out(Vec::with_capacity(512 + answered.line_tail.len() + decided.facts.len()));
    out.byte(LAYOUT_DECIDED);
    out.integers(&[decided.sequence, decided.id, decided.first_sequence, decided.supersedes]);
    out.byte(decided.state as u8);
    out.integer(u64::from(decided.version));
    out.0.extend_from_slice(&decided.content);
    out.moment(decided.accepted_at);
    out.origin(&decided.origin);
    out.text(&decided.number);
    out.text(&decided.entry_number);
    out.text(&decided.client_number);
    out.keys(&decided.keys);
    out.keys(&decided.waits_for);
    out.place(decided.place);
    out.draw(decided.draw.as_deref());
    out.bytes(&decided.facts);
    out.answered(answered);
    out.takes(&decided.takes);
    out.0
}

/// Reads a decision; `None` when the payload is none.
pub fn read_decided(payload: &[u8]) -> Option<Decided<'static>> {
    let mut from = In(payload);
    let layout = from.byte()?;
    if layout != LAYOUT && layout != LAYOUT_DECIDED {
        return None;
    }
    Some(Decided {
        sequence: from.integer()?,
        id: from.integer()?,
        first_sequence: from.integer()?,
        supersedes: from.integer()?,
        state: state(from.byte()?)?,
        version: u32::try_from(from.integer()?).ok()?,
        content: from.array()?,
        accepted_at: from.moment()?,
        origin: Cow::Owned(from.origin()?),
        number: from.text()?.into(),
        entry_number: from.text()?.into(),
        client_number: from.text()?.into(),
        keys: from.keys()?.into(),
        waits_for: from.keys()?.into(),
        place: from.place()?,
        draw: from.draw()?.map(Cow::Owned),
        facts: from.bytes()?.to_vec().into(),
        answered: Arc::new(from.answered()?),
        takes: if layout == LAYOUT { Cow::default() } else { from.takes()?.into() },
    })
}

/// What an answer that decides nothing repeats, and what it adds to that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repeats {
    /// Journal index of the decision repeated; 0 for none.
    pub record: u64,
    /// Journal index of the first decision on the same document; 0 for none.
    pub id: u64,
    /// Keys of numbers that were not known before (K6).
    pub aliases: Vec<Key>,
    /// A customs entry number that was not known before; else empty.
    pub entry_number: String,
}

/// Writes an answer that decides nothing.
pub fn write_answer(sequence: u64, repeats: &Repeats, origin: &Origin, answered: &Answered) -> Vec<u8> {
    let mut out = Out(Vec::with_capacity(256 + answered.line_tail.len()));
    out.byte(LAYOUT);
    out.integers(&[sequence, repeats.record, repeats.id]);
    out.origin(origin);
    out.keys(&repeats.aliases);
    out.text(&repeats.entry_number);
    // A repeat says what was said before: it is not kept twice.
    if repeats.record == 0 {
        out.answered(answered);
    }
    out.0
}

/// What rebuilding the index needs of an answer: its sequence, and what it repeats and adds.
pub fn read_answer(payload: &[u8]) -> Option<(u64, Repeats)> {
    let mut from = In(payload);
    if from.byte()? != LAYOUT {
        return None;
    }
    let (sequence, record, id) = (from.integer()?, from.integer()?, from.integer()?);
    from.origin()?;
    Some((sequence, Repeats { record, id, aliases: from.keys()?, entry_number: from.text()? }))
}

/// An answer that decides nothing, with what an answer to its sender is written from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What it repeats.
    pub repeats: Repeats,
    /// Where the document stood.
    pub origin: Origin,
    /// What was said; none where the decision it repeats says it.
    pub answered: Option<Answered>,
}

/// Reads the whole of an answer; `None` when the payload is none.
pub fn read_said(payload: &[u8]) -> Option<Said> {
    let mut from = In(payload);
    if from.byte()? != LAYOUT {
        return None;
    }
    let (_, record, id) = (from.integer()?, from.integer()?, from.integer()?);
    let origin = from.origin()?;
    let repeats = Repeats { record, id, aliases: from.keys()?, entry_number: from.text()? };
    let answered = if record == 0 { Some(from.answered()?) } else { None };
    Some(Said { repeats, origin, answered })
}

/// Writes the end of a submission: how many documents came to each outcome.
pub fn write_end(outcomes: [u64; OutcomeKind::ALL.len()]) -> Vec<u8> {
    let mut out = Out(Vec::with_capacity(16));
    out.byte(LAYOUT);
    out.integers(&outcomes);
    out.0
}

/// Reads the end of a submission: documents by outcome; `None` when the payload is none.
pub fn read_end(payload: &[u8]) -> Option<[u64; OutcomeKind::ALL.len()]> {
    let mut from = In(payload);
    if from.byte()? != LAYOUT {
        return None;
    }
    let mut outcomes = [0; OutcomeKind::ALL.len()];
    for n in &mut outcomes {
        *n = from.integer()?;
    }
    Some(outcomes)
}

/// Writes the opening of a submission: acceptance as asked for, digests of rule book and registers, language, limits, the
/// folder it was dropped into, and the unified codes in whose name its sender may file, none where he may in anybody's.
pub fn write_submission(
    accepted: &str,
    [rulebook, registers]: [&[u8; 32]; 2],
    language: &str,
    limits: &str,
    (source, declarants): (&str, Option<&[String]>),
) -> Vec<u8> {
    let mut out = Out(Vec::with_capacity(128));
    out.byte(LAYOUT_SUBMISSION);
    out.text(accepted);
    out.0.extend_from_slice(rulebook);
    out.0.extend_from_slice(registers);
    out.text(language);
    out.text(env!("CARGO_PKG_VERSION"));
    out.text(limits);
    out.text(source);
    out.byte(u8::from(declarants.is_some()));
    out.integer(declarants.map_or(0, <[String]>::len) as u64);
    declarants.into_iter().flatten().for_each(|code| out.text(code));
    out.0
}

/// Writes the end of an input, with what travelled beside its messages.
pub fn write_input(
    name: &str,
    bytes: u64,
    digest: &[u8; 32],
    attachments: &[(String, u64, [u8; 32])],
) -> Vec<u8> {
    let mut out = Out(Vec::with_capacity(128));
    out.byte(LAYOUT);
    out.text(name);
    out.integer(bytes);
    out.0.extend_from_slice(digest);
    out.integer(attachments.len() as u64);
    for (name, bytes, digest) in attachments {
        out.text(name);
        out.integer(*bytes);
        out.0.extend_from_slice(digest);
    }
    out.0
}

/// The opening of a submission, read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Acceptance as asked for.
    pub accepted: String,
    /// Language of its sentences.
    pub language: String,
    /// Version of the program.
    pub program: String,
    /// Limits that were not the usual ones, as settings.
    pub limits: String,
    /// The folder it was dropped into, where its answers go; empty when it came otherwise.
    pub source: String,
    /// The unified codes in whose name its sender may file (MSG-035); none where he may in anybody's, or nothing says it.
    pub declarants: Option<Vec<String>>,
}

/// Reads the opening of a submission; `None` when the payload is none.
pub fn read_submission(payload: &[u8]) -> Option<Submission> {
    let mut from = In(payload);
    let layout = from.byte()?;
    if !(LAYOUT..=LAYOUT_SUBMISSION).contains(&layout) {
        return None;
    }
    let accepted = from.text()?;
    let _rulebook: [u8; 32] = from.array()?;
    let _registers: [u8; 32] = from.array()?;
    let (language, program) = (from.text()?, from.text()?);
    let limits = if layout < LAYOUT_SUBMISSION_LIMITS { String::new() } else { from.text()? };
    let source = if layout < LAYOUT_SUBMISSION_SOURCE { String::new() } else { from.text()? };
    let declarants = if layout < LAYOUT_SUBMISSION { None } else { from.declarants()? };
    Some(Submission { accepted, language, program, limits, source, declarants })
}

/// Reads the name of an input, its length and the digest of its bytes; `None` when the payload is none.
pub fn read_input(payload: &[u8]) -> Option<(String, u64, [u8; 32])> {
    let mut from = In(payload);
    if from.byte()? != LAYOUT {
        return None;
    }
    Some((from.text()?, from.integer()?, from.array()?))
}

const fn state(byte: u8) -> Option<State> {
    Some(match byte {
        0 => State::Final,
        1 => State::Held,
        2 => State::Rejected,
        3 => State::Filed,
        4 => State::FiledNoProof,
        5 => State::Cancelled,
        _ => return None,
    })
}

struct Out(Vec<u8>);

impl Out {
    fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    fn integer(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    fn integers(&mut self, values: &[u64]) {
        values.iter().for_each(|&value| self.integer(value));
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.integer(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn moment(&mut self, moment: Option<DateTime>) {
        let mut text = String::new();
        match moment {
            None => {}
            Some(moment) if moment.subsec_nanosecond() == 0 => push_moment(moment, 'T', &mut text),
            Some(moment) => text = moment.to_string(),
        }
        self.text(&text);
    }

    fn origin(&mut self, origin: &Origin) {
        self.text(&origin.input);
        self.integers(&[
            u64::from(origin.document),
            origin.offset,
            u64::from(origin.line),
            u64::from(origin.column),
        ]);
    }

    fn keys(&mut self, keys: &[Key]) {
        self.integer(keys.len() as u64);
        keys.iter().for_each(|key| self.0.extend_from_slice(&key.0));
    }

    fn place(&mut self, place: Option<Place>) {
        self.integers(&place.map_or([0, 0], |place| [place.offset + 1, u64::from(place.len)]));
    }

    fn draw(&mut self, draw: Option<&Draw>) {
        let Some(draw) = draw else { return self.byte(0) };
        self.byte(1);
        self.text(draw.rule.0);
        self.integer(u64::from(draw.version));
        self.text(&draw.number);
        self.text(&draw.seed_date.to_string());
        self.text(&draw.commitment);
        self.integers(&[
            u64::from(draw.committed),
            u64::from(draw.ratio_bp),
            u64::from(draw.draw_bp),
            u64::from(draw.hit),
        ]);
    }

    fn takes(&mut self, takes: &[Take]) {
        self.integer(takes.len() as u64);
        for take in takes {
            self.byte(take.account.kind as u8);
            self.text(&take.account.name);
            self.integers(&[take.amount, take.used].map(|it| it.scaled().unsigned_abs()));
        }
    }

    fn answered(&mut self, answered: &Answered) {
        self.text(&answered.format);
        self.text(&answered.line_head);
        self.text(&answered.line_tail);
        self.0.extend_from_slice(&answered.codes);
        self.moment(answered.accepted_at);
        answered.echo.values().into_iter().for_each(|value| self.text(value));
        self.text(&answered.note);
        self.integer(answered.certificates.len() as u64);
        answered.certificates.iter().for_each(|number| self.text(number));
    }
}

struct In<'p>(&'p [u8]);

impl<'p> In<'p> {
    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(byte)
    }

    fn integer(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (array, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*array)
    }

    fn bytes(&mut self) -> Option<&'p [u8]> {
        let len = usize::try_from(self.integer()?).ok()?;
        let (bytes, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(bytes)
    }

    fn text(&mut self) -> Option<String> {
        String::from_utf8(self.bytes()?.to_vec()).ok()
    }

    fn moment(&mut self) -> Option<Option<DateTime>> {
        let text = self.text()?;
        if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
    }

    fn origin(&mut self) -> Option<Origin> {
        Some(Origin {
            input: self.text()?,
            document: u32::try_from(self.integer()?).ok()?,
            offset: self.integer()?,
            line: u32::try_from(self.integer()?).ok()?,
            column: u32::try_from(self.integer()?).ok()?,
        })
    }

    fn declarants(&mut self) -> Option<Option<Vec<String>>> {
        let is_limited = self.byte()? != 0;
        let n_codes = self.integer()?;
        let codes: Vec<String> = (0..n_codes).map(|_| self.text()).collect::<Option<_>>()?;
        Some(is_limited.then_some(codes))
    }

    fn keys(&mut self) -> Option<Vec<Key>> {
        let n_keys = self.integer()?;
        (0..n_keys).map(|_| self.array().map(Key)).collect()
    }

    fn place(&mut self) -> Option<Option<Place>> {
        let (offset, len) = (self.integer()?, u32::try_from(self.integer()?).ok()?);
        Some(offset.checked_sub(1).map(|offset| Place { offset, len }))
    }

    fn draw(&mut self) -> Option<Option<Draw>> {
        if self.byte()? == 0 {
            return Some(None);
        }
        let rule = self.text()?;
        Some(Some(Draw {
            rule: rulebook::rules::find(&rule).map_or(RuleId("SMP-010"), |rule| rule.id),
            version: u32::try_from(self.integer()?).ok()?,
            number: self.text()?,
            seed_date: self.text()?.parse().ok()?,
            commitment: self.text()?,
            committed: self.integer()? != 0,
            ratio_bp: u32::try_from(self.integer()?).ok()?,
            draw_bp: u32::try_from(self.integer()?).ok()?,
            hit: self.integer()? != 0,
        }))
    }

    fn takes(&mut self) -> Option<Vec<Take>> {
        let n_takes = self.integer()?;
        (0..n_takes).map(|_| self.take()).collect()
    }

    fn take(&mut self) -> Option<Take> {
        let kind = *AccountKind::ALL.get(usize::from(self.byte()?))?;
        let account = Account { kind, name: self.text()? };
        Some(Take { account, amount: self.amount()?, used: self.amount()? })
    }

    fn amount(&mut self) -> Option<Decimal> {
        Decimal::from_scaled(i64::try_from(self.integer()?).ok()?)
    }

    fn answered(&mut self) -> Option<Answered> {
        Some(Answered {
            format: Cow::Owned(self.text()?),
            line_head: self.text()?,
            line_tail: self.text()?,
            codes: self.array()?,
            accepted_at: self.moment()?,
            echo: Arc::new(Echo::from_values([
                self.text()?,
                self.text()?,
                self.text()?,
                self.text()?,
                self.text()?,
                self.text()?,
            ])),
            note: self.text()?,
            certificates: {
                let n_certificates = self.integer()?;
                (0..n_certificates).map(|_| self.text()).collect::<Option<_>>()?
            },
        })
    }
}

#[cfg(test)]
mod tests;
