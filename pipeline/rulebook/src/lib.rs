//! The law: rules over a case, and dated tables. Pure functions; the same case gives the same findings for ever.
//!
//! Deliberately absent: IO, clock, chance, floats, XML, and any knowledge of a wire format.
//! Start with [`rule`] (what a rule is), then any file under `rules/`, then [`release`] (the only place where findings
//! become release, inspect, hold or reject).

pub mod application;
pub mod channel;
pub mod credit;
pub mod dossier;
pub mod draw;
pub mod fees;
pub mod goods;
pub mod jurisdiction;
pub mod papers;
pub mod procedures;
pub mod proof;
pub mod reads;
pub mod release;
pub mod rule;
pub mod rules;
pub mod standing;
pub mod tables;
#[cfg(test)]
mod testing;
pub mod waivers;

pub use reads::reads;

use model::finding::RuleId;
use tables::{TableError, Tables};

/// What rule files use.
pub mod prelude {
    pub use crate::dossier::Dossier;
    pub use crate::rule::{Basis, Check, Citation, DateKey, InForce, Reporter, Rule};
    pub use crate::tables::Tables;
    pub use model::case::{Case, CertificateCase, Proof};
    pub use model::decimal::Decimal;
    pub use model::evidence;
    pub use model::finding::{Effect, Evidence, Phrase, Place, RuleId, Value, Words};
    pub use model::text::{Record, Text};
}

/// The rules and tables that decide, under one digest.
#[derive(Debug)]
pub struct Rulebook {
    /// Dated tables.
    pub tables: Tables,
    /// Names this rule book in every decision.
    pub digest: [u8; 32],
}

/// What the rules take, written out for the digest.
const WRITTEN_BYTES: usize = 64 << 10;

impl Rulebook {
    /// The rule book this program ships.
    pub fn shipped() -> Result<Rulebook, TableError> {
        let tables = Tables::shipped()?;
        let mut written = Vec::with_capacity(WRITTEN_BYTES);
        rules::RULES.iter().for_each(|rule| rule.write(&mut written));
        let mut hasher = blake3::Hasher::new_derive_key("clearance rule book 2");
        hasher.update(&written).update(&tables.digest);
        Ok(Rulebook { tables, digest: *hasher.finalize().as_bytes() })
    }

    /// The rule with this id.
    pub fn rule(&self, id: RuleId) -> &'static rule::Rule {
        rules::find(id.0)
            .expect("every finding carries the id of a rule in the list: a test of the list says so")
    }
}
