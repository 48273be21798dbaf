//! The seed of a day: its date and a secret. Its SHA-256 is published before the day, the secret after it.
//!
//! A day nobody committed a seed for draws with `DATE:unsealed`, which anyone could have foreseen; the draw says so.

use crate::prelude::*;
use jiff::civil::Date;
use model::registers::{self, Registers};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("SMP-011"),
    name: "committed-seed",
    version: 1,
    title: Words { zh: "当日抽批种子", en: "seed of the day" },
    message: Words { zh: "种子承诺值为{after}", en: "the seed was committed as {after}" },
    remedy: Words {
        zh: "事先公布当日种子的承诺值",
        en: "publish the commitment of the day's seed beforehand",
    },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules", article: "4, SMP-011" },
        Citation { instrument: "rulings", article: "C7" },
    ],
    check: Check::Step,
};

/// The secret of a day that has none.
const UNSEALED: &str = "unsealed";

/// A day's seed: `day:secret`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed<'r> {
    /// Day.
    pub day: Date,
    /// Secret part.
    pub secret: &'r str,
    /// SHA-256 of the seed in lower-case hexadecimal, published before the day; empty when nothing was.
    pub commitment: &'r str,
}

impl Seed<'_> {
    /// A commitment was published before the day.
    pub const fn is_committed(&self) -> bool {
        !self.commitment.is_empty()
    }
}

/// The seed of this day.
pub fn seed(registers: &Registers, day: Date) -> Seed<'_> {
    match registers.seed(day) {
        Some(row) => Seed { day, secret: &row.secret, commitment: &row.commitment },
        None => Seed { day, secret: UNSEALED, commitment: "" },
    }
}

/// The commitment of a row is the SHA-256 of its seed: asked once, when the register is read.
pub fn keeps_commitment(row: &registers::Seed) -> bool {
    let mut commitment = String::with_capacity(64);
    for byte in Sha256::digest(format!("{}:{}", row.date, row.secret).as_bytes()) {
        write!(commitment, "{byte:02x}").expect("a String takes all");
    }
    commitment == row.commitment
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const COMMITMENT: &str = "7affe4ac30de4cd2041f7aeb4a87320c93138ed654f3a0bce58ee3f780cdd04a";

    fn row(secret: &str) -> registers::Seed {
        registers::Seed {
            date: date(2018, 6, 1),
            secret: secret.to_owned(),
            commitment: COMMITMENT.to_owned(),
            revealed_on: None,
        }
    }

    #[test]
    fn the_commitment_of_the_reference() {
        assert!(keeps_commitment(&row("S-7f3a")));
    }

    #[test]
    fn a_secret_changed_afterwards_does_not_keep_it() {
        assert!(!keeps_commitment(&row("S-7f3b")));
    }

    #[test]
    fn a_day_without_a_row_is_unsealed() {
        let mut registers = Registers::default();
        registers.seeds.insert(date(2018, 6, 1), row("S-7f3a"));
        let sealed = seed(&registers, date(2018, 6, 1));
        assert_eq!((sealed.secret, sealed.commitment, sealed.is_committed()), ("S-7f3a", COMMITMENT, true));
        let unsealed = seed(&registers, date(2018, 6, 2));
        assert_eq!((unsealed.secret, unsealed.is_committed()), ("unsealed", false));
    }
}
