//! The registers of an office as one immutable snapshot (reference/registers.md).
//!
//! Reading and checking the files is `clearance`'s work; here they are typed, indexed, and named by their digest.

use jiff::civil::Date;
use std::collections::HashMap;

/// A half-open interval of days `[from, to)`; open where a side is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interval {
    /// First day inside.
    pub from: Option<Date>,
    /// First day outside.
    pub to: Option<Date>,
}

impl Interval {
    /// The day lies inside.
    pub fn contains(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day < to)
    }
}

/// A firm (`firms.csv`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Firm {
    /// Unified social credit code.
    pub unified_code: String,
    /// Customs registration code.
    pub customs_code: String,
    /// Inspection registration code.
    pub inspection_code: String,
    /// Name.
    pub name: String,
    /// English name.
    pub name_en: String,
    /// Other names it goes by.
    pub aliases: Vec<String>,
    /// Town.
    pub town: String,
    /// Size.
    pub size: String,
}

/// An authorisation of an agent by a principal (`authorisations.csv`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authorisation {
    /// Agent's unified code.
    pub agent: String,
    /// Principal's unified code.
    pub principal: String,
    /// Scope in words.
    pub scope: String,
    /// Validity.
    pub valid: Interval,
}

/// A conformity statement (`statements.csv`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// The firm's unified code.
    pub unified_code: String,
    /// Declaration number; empty for a yearly master.
    pub number: String,
    /// Standard or contract it rests on.
    pub basis: String,
    /// Position of the signatory.
    pub signatory: String,
    /// Day of signing.
    pub signed_on: Option<Date>,
    /// Validity.
    pub valid: Interval,
}

/// The seed of a day's draws (`draws.csv`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seed {
    /// Day.
    pub date: Date,
    /// Secret part; the seed is `date:secret`.
    pub secret: String,
    /// SHA-256 of the seed, lower-case hexadecimal, published before the day.
    pub commitment: String,
    /// Day on which the secret is revealed.
    pub revealed_on: Option<Date>,
}

/// All registers of an office. An absent file is an empty register.
#[derive(Clone, Debug, Default)]
pub struct Registers {
    /// Digest of the files, naming the snapshot in each decision.
    pub digest: [u8; 32],
    // Boxed, because a hash map keeps up to twice as many slots as it has entries.
    firms: HashMap<String, Box<Firm>>,
    authorisations: HashMap<String, Vec<Authorisation>>,
    statements: HashMap<String, Vec<Statement>>,
    seeds: HashMap<Date, Seed>,
}

impl Registers {
    /// Indexes the rows of all files.
    pub fn new(
        digest: [u8; 32],
        firms: Vec<Firm>,
        authorisations: Vec<Authorisation>,
        statements: Vec<Statement>,
        seeds: Vec<Seed>,
    ) -> Self {
        let mut registers = Registers { digest, ..Registers::default() };
        firms.into_iter().for_each(|row| registers.add_firm(row));
        authorisations.into_iter().for_each(|row| registers.add_authorisation(row));
        statements.into_iter().for_each(|row| registers.add_statement(row));
        seeds.into_iter().for_each(|row| registers.add_seed(row));
        registers
    }

    /// Takes in a firm while the files are read; the last row of a code stays.
    pub fn add_firm(&mut self, row: Firm) {
        self.firms.insert(row.unified_code.clone(), Box::new(row));
    }

    /// Takes in an authorisation while the files are read.
    pub fn add_authorisation(&mut self, row: Authorisation) {
        self.authorisations.entry(row.agent.clone()).or_default().push(row);
    }

    /// Takes in a conformity statement while the files are read.
    pub fn add_statement(&mut self, row: Statement) {
        self.statements.entry(row.unified_code.clone()).or_default().push(row);
    }

    /// Takes in the seed of a day while the files are read; the last row of a day stays.
    pub fn add_seed(&mut self, row: Seed) {
        self.seeds.insert(row.date, row);
    }

    /// The firm with this unified code.
    pub fn firm(&self, unified_code: &str) -> Option<&Firm> {
        self.firms.get(unified_code).map(Box::as_ref)
    }

    /// Number of firms on file.
    pub fn n_firms(&self) -> usize {
        self.firms.len()
    }

    /// Authorisations of this agent by this principal, valid or not.
    pub fn authorisations<'r>(
        &'r self,
        agent: &str,
        principal: &'r str,
    ) -> impl Iterator<Item = &'r Authorisation> {
        self.authorisations.get(agent).into_iter().flatten().filter(move |row| row.principal == principal)
    }

    /// Statements of this firm, for one declaration or yearly, valid or not.
    pub fn statements(&self, unified_code: &str) -> &[Statement] {
        self.statements.get(unified_code).map_or(&[], Vec::as_slice)
    }

    /// The seed committed for a day.
    pub fn seed(&self, day: Date) -> Option<&Seed> {
        self.seeds.get(&day)
    }
}
