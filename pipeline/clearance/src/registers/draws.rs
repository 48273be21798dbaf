//! `draws.csv` 抽批种子: the committed seed of a day's draws (SMP-011, rulings C7).
//!
//! The commitment is published before the day, the secret after it. A secret that does not fit its
//! commitment would make every draw of the day worthless, so such a folder does not load.
//! No message repeats a secret: the report may be read before the reveal.

use super::column::{Cell, Column, Kind};
use super::fault::{Fault, Reason};
use super::register::{Once, Register, Row};
use model::registers::{Registers, Seed};
use sha2::{Digest as _, Sha256};

pub(super) static REGISTER: Register = Register {
    file: "draws.csv",
    title: "抽批种子",
    columns: &[
        Column::required("date", &["日期"], Kind::Day),
        Column::optional("secret", &["密值"], Kind::Secret),
        Column::required("commitment", &["承诺值"], Kind::Sha256),
        Column::optional("revealed_on", &["公布日期"], Kind::Day),
    ],
    once: Once::InTheFile(&["date"]),
    check,
    take,
};

fn check(row: &Row) -> Option<Fault> {
    let [date, secret, commitment, revealed_on] = row.cells();
    if !secret.is_empty() && !date.is_empty() && !commitment.is_empty() && !fits(&date, &secret, &commitment)
    {
        return Some(commitment.fault(Reason::CommitmentMissed));
    }
    let revealed = revealed_on.day()?;
    if secret.is_empty() {
        return Some(secret.fault(Reason::RevealedWithoutSecret));
    }
    let date = date.day()?;
    (revealed < date).then(|| revealed_on.fault(Reason::RevealedTooEarly { day: date }))
}

/// The commitment is the SHA-256 of `date:secret`.
fn fits(date: &Cell<'_>, secret: &Cell<'_>, commitment: &Cell<'_>) -> bool {
    let sum = Sha256::digest(format!("{}:{}", date.value, secret.value));
    sum.iter().map(|byte| format!("{byte:02x}")).collect::<String>() == commitment.value
}

fn take(row: &Row, into: &mut Registers) {
    let [date, secret, commitment, revealed_on] = row.cells();
    // A row is taken only when its required cells are good.
    let Some(date) = date.day() else { return };
    let seed =
        Seed { date, secret: secret.text(), commitment: commitment.text(), revealed_on: revealed_on.day() };
    into.seeds.insert(date, seed);
}
