//! The stages between bytes and outcome: pure and synchronous. Read this page first.
//!
//! `decode` cuts a byte stream into windows of whole documents. [`Read::window`] parses a window and judges its
//! certificates by themselves; it needs nothing that is on file. [`clear`] does the rest, with what is on file handed in.
//! Deliberately absent: IO, clock, chance. The same window, law and ledger give the same outcomes, whatever the threads.

pub mod decode;
pub mod outcome;
pub mod parallel;
pub mod reach;

mod assess;
mod decide;
mod examine;
mod link;
mod read;
mod request;
mod sender;
mod tell;
mod validate;

pub use assess::accounts;
pub use read::{Read, Spare};
pub use request::lay;
pub use sender::Sender;

use jiff::civil::DateTime;
use model::batch::Inputs;
use model::ledger::Ledger;
use model::registers::Registers;
use outcome::OutcomeBatch;
use parallel::Pool;
use rulebook::Rulebook;

/// What decides: rules, tables and registers.
#[derive(Clone, Copy, Debug)]
pub struct Law<'l> {
    /// Rules and tables.
    pub rulebook: &'l Rulebook,
    /// Registers of the office.
    pub registers: &'l Registers,
}

/// When documents count as accepted (ruling O4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// All at this moment, UTC+8.
    At(DateTime),
    /// Each when it says: the signing time, else the pre-entry date, else never.
    Declared,
}

impl Accepted {
    /// The moment a document with this own date is accepted.
    pub fn at(self, declared: Option<DateTime>) -> Option<DateTime> {
        self.at_or(|| declared)
    }

    /// The same where the own date is looked for only when it counts.
    pub fn at_or(self, declared: impl FnOnce() -> Option<DateTime>) -> Option<DateTime> {
        match self {
            Accepted::At(moment) => Some(moment),
            Accepted::Declared => declared(),
        }
    }
}

/// Everything one window is settled with.
#[derive(Clone, Copy)]
pub struct Settling<'s> {
    /// The window.
    pub read: &'s Read,
    /// Declarations on file that wait for its certificates or that its request is about, read again; in the order of
    /// `ledger.waiting`.
    pub waiting: &'s Read,
    /// Names of the inputs.
    pub inputs: &'s Inputs,
    /// What is on file.
    pub ledger: &'s Ledger,
    /// When documents count as accepted.
    pub accepted: Accepted,
    /// The documents were put off to the end of their submission: nothing more will come (ruling O2).
    pub is_end: bool,
}

/// A part of [`clear`], for whoever times it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Who is who: what is to be done with each document.
    Link,
    /// Rules and fees, case by case.
    Validate,
    /// What is contended, in order.
    Decide,
}

/// Settles a window: what became of each of its documents, in order of decision. A window without documents decides
/// again whatever waits and has all it waited for.
pub fn clear(settling: &Settling<'_>, law: &Law<'_>, pool: &Pool) -> OutcomeBatch {
    clear_in_steps(settling, law, pool, &mut |_| {})
}

/// The same; `done` is told of each step when it is done. It can say nothing back: what is decided does not depend on it.
pub fn clear_in_steps(
    settling: &Settling<'_>,
    law: &Law<'_>,
    pool: &Pool,
    done: &mut dyn FnMut(Step),
) -> OutcomeBatch {
    let facts = link::Facts::of(settling.ledger);
    let mut linking = link::Linking::new(settling, &facts, law);
    let mut batch = OutcomeBatch::default();
    let mut balances = settling.ledger.balances.clone();
    let mut next =
        if settling.read.is_empty() { linking.late_round() } else { linking.round(&batch.outcomes) };
    while let Some(round) = next {
        done(Step::Link);
        let examined = pool.map(&round.cases, |case| examine::examine(settling, case, law));
        done(Step::Validate);
        let contended = decide::Contended { entities: &mut linking.entities, balances: &mut balances };
        decide::decide(settling, &round, examined, contended, law, &mut batch);
        done(Step::Decide);
        next = linking.round(&batch.outcomes);
    }
    done(Step::Link);
    batch.put_off = linking.put_off;
    let n_waiting = batch.outcomes.iter().filter(|outcome| !outcome.caused_by.is_empty()).count();
    assert_eq!(
        batch.outcomes.len() - n_waiting + batch.deferred.len(),
        settling.read.len(),
        "a document was lost or counted twice"
    );
    batch
}
