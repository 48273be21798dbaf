//! What a rule sees: one declaration with its proofs of origin, or one certificate, and the registers of the office.

use crate::certificate::Certificate;
use crate::declaration::{Declaration, GoodsItem};
use crate::finding::{Place, Words};
use crate::inspection::Inspection;
use crate::jurisdiction::Jurisdiction;
use crate::registers::Registers;
use jiff::civil::{Date, DateTime};

/// What became of the look-up of a claimed certificate (ruling D1).
#[derive(Clone, Copy, Debug)]
pub enum Found<'c> {
    /// On file, and usable as proof.
    Proof(Certificate<'c>),
    /// Not on file.
    Missing,
    /// On file, but no proof; the words say why (rejected, unknown form, form without a row).
    NoProof(Words),
}

/// A certificate of origin that a declaration claims.
#[derive(Clone, Debug)]
pub struct Claim<'c> {
    /// Number as looked up: the leading claim letter stripped.
    pub number: &'c str,
    /// Where the declaration claims it.
    pub place: Place,
    /// What was found.
    pub found: Found<'c>,
}

/// What became of the look-up of an inspection application.
#[derive(Clone, Copy, Debug)]
pub enum Applied<'c> {
    /// On file.
    Filed(Inspection<'c>),
    /// Not on file.
    Missing,
    /// Handed in, and rejected.
    Rejected,
}

/// An inspection application that a declaration names.
#[derive(Clone, Copy, Debug)]
pub struct Application<'c> {
    /// Its number.
    pub number: &'c str,
    /// Where the declaration names it.
    pub place: Place,
    /// What was found.
    pub found: Applied<'c>,
}

/// A certificate of origin used as proof by a declaration.
#[derive(Clone, Copy, Debug)]
pub struct Proof<'c> {
    /// The certificate.
    pub certificate: Certificate<'c>,
    /// Where the declaration claims it.
    pub place: Place,
}

/// One declaration, everything it is judged against, and the moment it was accepted.
#[derive(Clone, Copy, Debug)]
pub struct Case<'c> {
    /// The declaration.
    pub declaration: Declaration<'c>,
    /// The number it is known by for ever (K1): the draw uses it.
    pub number: &'c str,
    /// The certificates it claims.
    pub claims: &'c [Claim<'c>],
    /// The inspection applications it names, where its goods are under statutory inspection.
    pub applications: &'c [Application<'c>],
    /// Acceptance in UTC+8; `None` when `--accepted-at declared` found no date (ruling O4): then it is held.
    pub accepted_at: Option<DateTime>,
    /// Registers of the office.
    pub registers: &'c Registers,
    /// Whose law it is filed under.
    pub jurisdiction: Jurisdiction,
}

impl<'c> Case<'c> {
    /// Day of acceptance, in UTC+8; where it is unknown, the first day there is, so that no benefit applies.
    pub fn accepted_on(&self) -> Date {
        self.accepted_at.map_or(Date::MIN, |moment| moment.date())
    }

    /// Goods lines.
    pub fn items(&self) -> &'c [GoodsItem<'c>] {
        self.declaration.items
    }

    /// Claimed certificates that are on file and usable.
    pub fn proofs(&self) -> impl Iterator<Item = Proof<'c>> + use<'c> {
        self.claims.iter().filter_map(|claim| match claim.found {
            Found::Proof(certificate) => Some(Proof { certificate, place: claim.place }),
            Found::Missing | Found::NoProof(_) => None,
        })
    }

    /// Who files: the declarant's unified code, else its customs code (rulings 1).
    pub fn declarant(&self) -> &'c str {
        let head = self.declaration.head;
        if head.agent_unified_code.is_present() {
            head.agent_unified_code.value
        } else {
            head.agent_customs_code.value
        }
    }
}

/// One certificate on its own, as it is judged when it arrives (ruling O3).
#[derive(Clone, Copy, Debug)]
pub struct CertificateCase<'c> {
    /// The certificate.
    pub certificate: Certificate<'c>,
    /// Day of receipt, in UTC+8; none when unknown.
    pub received_on: Option<Date>,
    /// Registers of the office.
    pub registers: &'c Registers,
}
