//! R9: changed messages, read by us and by expat.
//!
//! What must hold of every mutant:
//! - a document we take or decline the peer takes, and both read the same elements and values in it;
//! - what the peer takes and we refuse breaks one of our documented stricter rules (`explained.rs`), shown by what the peer
//!   saw in it;
//! - our quick way and our thorough way come to the same;
//! - the values in the tables of a format are those of the elements they stand at;
//! - nothing breaks.

use crate::explained::explanation;
use crate::mutate::{Mutant, mutant};
use crate::peer::{Answer, Peer};
use crate::progress::Progress;
use crate::reading::{Piece, Verdict, all_encodings, both_ways, pieces, values_stand};
use crate::told::{Outline, difference, outline};
use crate::{Extent, Proof, bases};
use anyhow::{Result, bail};
use model::batch::Namespaces;
use model::limits::Limits;
use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The proof.
pub const PROOF: Proof = Proof {
    name: "differential",
    shows: "R9: what we read of changed messages another parser reads, and reads alike",
    floor: 10_000,
    full: 1_000_000,
    run,
};

/// Mutants asked about ahead of the one that is looked at: both processes have work.
const AHEAD: usize = 256;
/// Faults told before the rest is only counted.
const TOLD_MAX: usize = 20;

fn run(extent: &Extent) -> Result<String> {
    let bases = bases::all(&extent.root)?;
    let mut comparing = Comparing {
        peer: Peer::start(&extent.root)?,
        closer: Peer::start(&extent.root)?,
        counts: BTreeMap::new(),
        faults: Vec::new(),
    };
    let numbers = extent.only.map_or(0..extent.count, |only| only..only + 1);
    let mut progress = Progress::of("mutants", extent.count);
    let mut asked = VecDeque::new();
    for number in numbers.clone() {
        let mutant = mutant(&bases, extent.seed, number);
        if extent.only.is_some() {
            println!("{}\n{}", mutant.made, String::from_utf8_lossy(&mutant.bytes));
        }
        asked.push_back(comparing.ask(number, mutant)?);
        if asked.len() > AHEAD {
            comparing.compare(asked.pop_front())?;
        }
        progress.done(number - numbers.start);
    }
    while !asked.is_empty() {
        comparing.compare(asked.pop_front())?;
    }
    let n = numbers.end - numbers.start;
    let rate = progress.finish(n);
    comparing.tell(extent)?;
    Ok(format!("{n} mutants of {} messages, 0 unexplained, seed {}, {rate}", bases.len(), extent.seed))
}

struct Comparing {
    peer: Peer,
    /// Asked about one document again, while answers of the other are still under way.
    closer: Peer,
    counts: BTreeMap<String, u64>,
    faults: Vec<(u64, String)>,
}

/// A mutant the peer has been asked about.
struct Asked {
    number: u64,
    mutant: Mutant,
    pieces: Vec<Read>,
}

/// A document in it, as we read it.
struct Read {
    piece: Piece,
    outline: Result<Outline, ()>,
    /// The peer has been asked about it by itself; else it is all there is in the mutant.
    is_asked: bool,
}

impl Comparing {
    fn ask(&mut self, number: u64, mutant: Mutant) -> Result<Asked> {
        // Every other office takes more than UTF-8.
        let limits = if number.is_multiple_of(2) { Limits::default() } else { all_encodings() };
        let read = AssertUnwindSafe(|| -> Result<Vec<Read>> {
            pieces(&mutant.bytes, &limits)?.into_iter().map(read).collect()
        });
        let mut read = match catch_unwind(read) {
            Ok(Ok(read)) => read,
            Ok(Err(why)) => {
                self.fault(number, &mutant, &format!("{why:#}"));
                Vec::new()
            }
            Err(_) => {
                self.fault(number, &mutant, "it breaks the reader");
                Vec::new()
            }
        };
        self.peer.ask(&mutant.bytes);
        let is_alone = read.len() == 1;
        for Read { piece, is_asked, .. } in &mut read {
            let is_all = is_alone
                && matches!(as_utf8(&piece.text), Cow::Borrowed(_))
                && piece.text.trim_ascii().as_bytes() == mutant.bytes.trim_ascii();
            let is_judged = !matches!(piece.verdict, Verdict::Refused { when_cut: true, .. });
            *is_asked = is_judged && !is_all;
            match &piece.namespaces {
                _ if !*is_asked => {}
                None => self.peer.ask(as_utf8(&piece.text).as_bytes()),
                Some(namespaces) => self.peer.ask_inside(&as_utf8(&piece.text), namespaces),
            }
        }
        Ok(Asked { number, mutant, pieces: read })
    }

    fn compare(&mut self, asked: Option<Asked>) -> Result<()> {
        let Some(Asked { number, mutant, pieces }) = asked else { return Ok(()) };
        let whole = self.peer.answer()?;
        self.transcoded(number, &mutant, &pieces, &whole);
        for read in &pieces {
            let answer = if read.is_asked { self.peer.answer()? } else { whole.clone() };
            let verdict = &read.piece.verdict;
            let is_refused_apart = read.is_asked && matches!(answer, Answer::Refused(_));
            let is_apart = is_refused_apart || matches!(verdict, Verdict::Refused { when_cut: true, .. });
            // The peer takes all of it as one document. What we refuse of it breaks a stricter rule, and we did not make it
            // bad by cutting it out.
            if let Answer::Read(facts) = &whole
                && is_apart
                && !read.piece.is_embedded
            {
                self.stricter(number, &mutant, verdict, facts, &mutant.bytes);
            }
            self.document(number, &mutant, read, &answer)?;
        }
        Ok(())
    }

    /// UTF-16 the peer reads by itself: what it reads there is what we read after our own decoding.
    fn transcoded(&mut self, number: u64, mutant: &Mutant, pieces: &[Read], whole: &Answer) {
        let ([Read { outline: Ok(outline), piece, .. }], Answer::Read(facts)) = (pieces, whole) else {
            return;
        };
        let root = |told: &str| told.split('\u{1E}').next().unwrap_or("").to_owned();
        let is_root = root(&outline.told) == root(&facts.told);
        if !matches!(mutant.bytes[..], [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) || piece.is_embedded || !is_root {
            return;
        }
        self.count("both decode it");
        if outline.told != facts.told {
            self.fault(number, mutant, &format!("decoded, {}", difference(&outline.told, &facts.told)));
        }
    }

    fn document(&mut self, number: u64, mutant: &Mutant, read: &Read, answer: &Answer) -> Result<()> {
        let verdict = &read.piece.verdict;
        match (&read.outline, answer) {
            // By what stands around it: that has been held against what the peer says of all of it.
            _ if matches!(verdict, Verdict::Refused { when_cut: true, .. }) => {
                self.count("we refuse it as it is cut")
            }
            (Ok(outline), Answer::Read(facts)) if outline.told != facts.told => {
                self.fault(number, mutant, &difference(&outline.told, &facts.told));
            }
            (_, Answer::Read(facts)) if verdict.is_refused() => {
                self.stricter(number, mutant, verdict, facts, read.piece.text.as_bytes());
            }
            (_, Answer::Read(_)) => self.count("both take it"),
            (_, Answer::Refused(_)) if verdict.is_refused() => self.count("both refuse it"),
            (_, Answer::Refused(why)) => match self.is_of_the_fifth_edition(&read.piece)? {
                true => self.count("the peer refuses a name of the fifth edition"),
                false => self.fault(number, mutant, &format!("{verdict:?}, but the peer refuses it: {why}")),
            },
        }
        Ok(())
    }

    fn stricter(
        &mut self,
        number: u64,
        mutant: &Mutant,
        verdict: &Verdict,
        facts: &crate::peer::Facts,
        bytes: &[u8],
    ) {
        let Verdict::Refused { rule, what, .. } = verdict else { return };
        match explanation(rule, what, facts, bytes) {
            Some(known) => self.count(&format!("we refuse it: {} {}", known.rule, known.what)),
            None => self.fault(number, mutant, &format!("{rule} ({what}), but the peer takes it")),
        }
    }

    /// The peer knows names as the editions before the fifth have them. With letters it knows in place of those it does
    /// not, it takes the document.
    fn is_of_the_fifth_edition(&self, piece: &Piece) -> Result<bool> {
        let known = |letter: char| match letter {
            '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}' => '\u{B7}',
            '\u{C0}'..='\u{2FF}'
            | '\u{370}'..='\u{1FFF}'
            | '\u{200C}'..='\u{200D}'
            | '\u{2070}'..='\u{218F}'
            | '\u{2C00}'..='\u{2FEF}'
            | '\u{3001}'..='\u{D7FF}'
            | '\u{F900}'..='\u{FDCF}'
            | '\u{FDF0}'..='\u{FFFD}'
            | '\u{10000}'..='\u{EFFFF}'
                if !matches!(letter, '\u{D7}' | '\u{F7}' | '\u{37E}') =>
            {
                '鞋'
            }
            other => other,
        };
        let written = as_utf8(&piece.text);
        let text: String = written.chars().map(known).collect();
        let namespaces = piece.namespaces.as_deref().map(|around| Namespaces {
            bindings: around
                .bindings
                .iter()
                .map(|(prefix, name)| (prefix.chars().map(known).collect(), name.clone()))
                .collect(),
        });
        if text == written && namespaces.as_ref() == piece.namespaces.as_deref() {
            return Ok(false);
        }
        match &namespaces {
            None => self.closer.ask(text.as_bytes()),
            Some(namespaces) => self.closer.ask_inside(&text, namespaces),
        }
        Ok(matches!(self.closer.answer()?, Answer::Read(_)))
    }

    fn count(&mut self, what: &str) {
        match self.counts.get_mut(what) {
            Some(count) => *count += 1,
            None => drop(self.counts.insert(what.to_owned(), 1)),
        }
    }

    fn fault(&mut self, number: u64, mutant: &Mutant, what: &str) {
        self.faults.push((number, format!("{}: {what}", mutant.made)));
    }

    fn tell(&self, extent: &Extent) -> Result<()> {
        for (what, count) in &self.counts {
            println!("  {count:>9}  {what}");
        }
        if self.faults.is_empty() {
            return Ok(());
        }
        for (number, what) in self.faults.iter().take(TOLD_MAX) {
            println!("  WRONG {number}: {what}");
            println!("        cargo run -p proof -- differential --seed {} --only {number}", extent.seed);
        }
        bail!("{} disagreements, the first of them above", self.faults.len())
    }
}

/// A document has been decoded when it is cut out: what its declaration says of its bytes is true no longer.
fn as_utf8(text: &str) -> Cow<'_, str> {
    let is_declaration =
        |it: &&str| it.strip_prefix("<?xml").is_some_and(|rest| rest.starts_with([' ', '\t', '\r', '\n']));
    let declaration = text.find("?>").map(|end| &text[..end]).filter(is_declaration);
    match declaration {
        Some(declaration)
            if declaration.contains("encoding") && !declaration.to_ascii_lowercase().contains("utf-8") =>
        {
            format!("<?xml version='1.0'{}", &text[declaration.len()..]).into()
        }
        _ => text.into(),
    }
}

/// A document as we read it in every way we have, which must agree.
fn read(piece: Piece) -> Result<Read> {
    let Piece { text, namespaces, verdict, .. } = &piece;
    let namespaces = namespaces.as_deref();
    let outline = match verdict {
        Verdict::Refused { when_cut: true, .. } => Err(()),
        _ => {
            both_ways(text, namespaces)?;
            outline(text, namespaces).map_err(|_| ())
        }
    };
    if let (Verdict::Taken(_), Ok(outline)) = (verdict, &outline) {
        values_stand(text, namespaces, outline)?;
    }
    if matches!(verdict, Verdict::Taken(_)) && outline.is_err() {
        bail!("a format takes what the reader refuses");
    }
    Ok(Read { piece, outline, is_asked: false })
}
