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
/// 3 has behind them the folder it was dropped into; what was written before was dropped into none.
const LAYOUT_SUBMISSION: u8 = 3;
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
    /// Keys of certificates it waits for.
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
    pub format: String,
    /// NDJSON fields from `format` to `version`.
    pub line_head: String,
    /// NDJSON fields from `disposition` to the end, with the closing brace.
    pub line_tail: String,
    /// Everything the answer is written from but the journal's index and hash: outcome, disposition, mode, flags.
    pub codes: [u8; 4],
    /// Acceptance as the answer prints it.
    pub accepted_at: Option<DateTime>,
    /// Values the answer repeats.
    pub echo: Echo,
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

/// Writes the opening of a submission: acceptance as asked for, digests of rule book and registers, language, limits, and
/// the folder it was dropped into.
pub fn write_submission(
    accepted: &str,
    [rulebook, registers]: [&[u8; 32]; 2],
    language: &str,
    limits: &str,
    source: &str,
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
    let source = if layout < LAYOUT_SUBMISSION { String::new() } else { from.text()? };
    Some(Submission { accepted, language, program, limits, source })
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
        self.text(&moment.map_or_else(String::new, |moment| moment.to_string()));
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
            format: self.text()?,
            line_head: self.text()?,
            line_tail: self.text()?,
            codes: self.array()?,
            accepted_at: self.moment()?,
            echo: Echo::from_values([
                self.text()?,
                self.text()?,
                self.text()?,
                self.text()?,
                self.text()?,
                self.text()?,
            ]),
            note: self.text()?,
            certificates: {
                let n_certificates = self.integer()?;
                (0..n_certificates).map(|_| self.text()).collect::<Option<_>>()?
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn decided() -> Decided<'static> {
        Decided {
            sequence: 300,
            id: 17,
            first_sequence: 12,
            supersedes: 17,
            state: State::Held,
            version: 2,
            content: [7; 32],
            accepted_at: Some(date(2018, 6, 1).at(9, 30, 0, 0)),
            origin: Cow::Owned(Origin {
                input: "a.zip!b.xml".into(),
                document: 3,
                offset: 18_231,
                line: 5,
                column: 9,
            }),
            number: "531620180168000001".into(),
            entry_number: "531620180168000001".into(),
            client_number: "HD1".into(),
            keys: vec![Key([1; 16]), Key([2; 16])].into(),
            waits_for: vec![Key([3; 16])].into(),
            place: Some(Place { offset: 0, len: 9 }),
            draw: Some(Cow::Owned(Draw {
                rule: RuleId("SMP-010"),
                version: 3,
                number: "531620180168000001".into(),
                seed_date: date(2018, 6, 1),
                commitment: "7affe4".into(),
                committed: true,
                ratio_bp: 1_000,
                draw_bp: 1_989,
                hit: false,
            })),
            facts: vec![1, 0, 255].into(),
            takes: vec![Take {
                account: Account::new(AccountKind::Voucher, "V-2018-000123"),
                amount: Decimal::integer(800),
                used: Decimal::integer(800),
            }]
            .into(),
            answered: Arc::new(Answered {
                note: "放行".into(), codes: [1, 2, 3, 4], ..Answered::default()
            }),
        }
    }

    #[test]
    fn a_decision_comes_back_as_it_was_written() {
        let decided = decided();
        assert_eq!(read_decided(&write_decided(&decided)), Some(decided));
    }

    #[test]
    fn a_decision_cut_short_is_none() {
        let bytes = write_decided(&decided());
        for len in 0..bytes.len() {
            assert!(read_decided(&bytes[..len]).is_none(), "cut at {len}");
        }
    }

    #[test]
    fn an_answer_keeps_the_aliases_it_adds() {
        let repeats = Repeats {
            record: 3,
            id: 2,
            aliases: vec![Key([9; 16])],
            entry_number: "531620180168000001".into(),
        };
        let bytes = write_answer(5, &repeats, &Origin::default(), &Answered::default());
        assert_eq!(read_answer(&bytes), Some((5, repeats)));
    }

    /// Reads payloads as a stranger would: by the tables of the page alone.
    struct Stranger<'p> {
        page: &'static str,
        rest: &'p [u8],
    }

    impl Stranger<'_> {
        /// Reads a payload; gives what is left of it.
        fn read(payload: &[u8], heading: &str) -> usize {
            let page = include_str!("../../../../ops/journal-format.md");
            let (layout, rest) = payload.split_first().unwrap();
            let expected = match heading {
                "Kind 1: submission" => LAYOUT_SUBMISSION,
                "Kind 3: decision" => LAYOUT_DECIDED,
                _ => LAYOUT,
            };
            assert_eq!(*layout, expected);
            let mut stranger = Stranger { page, rest };
            stranger.table(heading);
            stranger.rest.len()
        }

        fn table(&mut self, heading: &str) {
            let (_, section) = self.page.split_once(&format!("\n### {heading}\n")).expect(heading);
            let rows = section.lines().skip_while(|line| !line.starts_with("|---"));
            let mut repeats = 0;
            for row in rows.skip(1).take_while(|line| line.starts_with('|')) {
                let [field, form] = [1, 2].map(|column| row.split('|').nth(column).unwrap().trim());
                match (heading, field) {
                    ("Kind 4: answer", "repeats") => repeats = self.integer(),
                    ("Kind 4: answer", "said") if repeats > 0 => {}
                    ("Draw", "is there") => {
                        if self.take(1)[0] == 0 {
                            return;
                        }
                    }
                    _ => self.field(form),
                }
            }
        }

        fn field(&mut self, form: &str) {
            match form {
                "byte" => drop(self.take(1)),
                "4 bytes" => drop(self.take(4)),
                "32 bytes" => drop(self.take(32)),
                "integer" => {
                    self.integer();
                }
                "bytes" => drop(self.bytes()),
                "text" => drop(String::from_utf8(self.bytes()).unwrap()),
                "moment" => {
                    let text = String::from_utf8(self.bytes()).unwrap();
                    assert!(text.is_empty() || text.parse::<DateTime>().is_ok(), "{text}");
                }
                "keys" => (0..self.integer()).for_each(|_| drop(self.take(16))),
                "texts" => (0..self.integer()).for_each(|_| self.field("text")),
                "attachments" => (0..self.integer()).for_each(|_| self.table("Attachments")),
                "origin" => self.table("Origin"),
                "place" => self.table("Place"),
                "draw" => self.table("Draw"),
                "takes" => (0..self.integer()).for_each(|_| self.table("Takes")),
                "said" => self.table("Said"),
                form => panic!("the page does not say what `{form}` is"),
            }
        }

        fn take(&mut self, n: usize) -> Vec<u8> {
            let (taken, rest) = self.rest.split_at(n);
            self.rest = rest;
            taken.to_vec()
        }

        fn integer(&mut self) -> u64 {
            let n = self.rest.iter().position(|byte| byte & 0x80 == 0).unwrap() + 1;
            self.take(n).iter().rev().fold(0, |value, byte| value << 7 | u64::from(byte & 0x7F))
        }

        fn bytes(&mut self) -> Vec<u8> {
            let n = self.integer() as usize;
            self.take(n)
        }
    }

    #[test]
    fn every_payload_is_as_the_page_says() {
        let answered = Answered { certificates: vec!["E18".into(), "E19".into()], ..Answered::default() };
        let full = Decided { answered: Arc::new(answered.clone()), ..decided() };
        let bare = Decided { draw: None, place: None, accepted_at: None, ..decided() };
        for decided in [full, bare] {
            assert_eq!(Stranger::read(&write_decided(&decided), "Kind 3: decision"), 0);
        }
        let origin = decided().origin;
        let repeats = Repeats { record: 300, id: 2, aliases: vec![Key([9; 16])], entry_number: "5".into() };
        for repeats in [Repeats::default(), repeats] {
            let answer = write_answer(5, &repeats, &origin, &answered);
            assert_eq!(Stranger::read(&answer, "Kind 4: answer"), 0);
        }
        let submission = write_submission("declared", [&[1; 32], &[2; 32]], "zh", "depth = 3\n", "/a");
        assert_eq!(Stranger::read(&submission, "Kind 1: submission"), 0);
        assert_eq!(Stranger::read(&write_end([300, 1, 2, 3, 4, 5, 6]), "Kind 5: end"), 0);
        let attachments = [("a.pdf".to_owned(), 300, [3; 32]), ("b.pdf".to_owned(), 0, [4; 32])];
        let input = write_input("a.zip", 70_000, &[5; 32], &attachments);
        assert_eq!(Stranger::read(&input, "Kind 2: input"), 0);
    }

    #[test]
    fn submissions_written_in_layouts_before_this_are_read() {
        let digests = [&[1; 32], &[2; 32]];
        let written = write_submission("declared", digests, "zh", "depth = 3\n", "/a/Deccus001");
        let now = read_submission(&written).unwrap();
        assert_eq!((&*now.limits, &*now.source), ("depth = 3\n", "/a/Deccus001"));
        let mut before = written[..written.len() - "_/a/Deccus001".len()].to_vec();
        before[0] = 2;
        let without_source = Submission { source: String::new(), ..now };
        assert_eq!(read_submission(&before), Some(without_source.clone()));
        before.truncate(before.len() - "_depth = 3\n".len());
        before[0] = 1;
        assert_eq!(read_submission(&before), Some(Submission { limits: String::new(), ..without_source }));
    }

    #[test]
    fn an_answer_is_read_with_what_was_said() {
        let origin = Origin { input: "a.xml".into(), document: 2, ..Origin::default() };
        let answered = Answered { note: "重复".into(), ..Answered::default() };
        let said = Said { repeats: Repeats::default(), origin, answered: Some(answered.clone()) };
        let written = write_answer(5, &said.repeats, &said.origin, &answered);
        assert_eq!(read_said(&written), Some(said.clone()));
        let repeats = Repeats { record: 3, id: 2, ..Repeats::default() };
        let written = write_answer(5, &repeats, &said.origin, &answered);
        assert_eq!(read_said(&written), Some(Said { repeats, answered: None, ..said }));
    }

    #[test]
    fn the_end_of_a_submission_says_its_accounts() {
        let outcomes = [300, 0, 2, 0, 1, 0, 7];
        assert_eq!(read_end(&write_end(outcomes)), Some(outcomes));
        assert_eq!(read_end(&write_end(outcomes)[..7]), None);
    }

    #[test]
    fn codes_are_those_of_the_page() {
        let page = include_str!("../../../../ops/journal-format.md");
        for disposition in Disposition::ALL {
            assert!(page.contains(&format!("{} {}", disposition as u8, disposition.name())));
        }
        for mode in Mode::ALL {
            assert!(page.contains(&format!("{} `{}`", mode as u8, mode.name())));
        }
        for kind in OutcomeKind::ALL {
            assert!(page.contains(&format!("{} {}", kind as u8, kind.name())));
        }
    }
}
