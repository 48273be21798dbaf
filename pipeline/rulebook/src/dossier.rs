//! A declaration with what is known of its firms and the papers it needs: worked out once, before any rule looks, and
//! handed on to the rules, the channel and the verdict.

use crate::papers::{self, Papers};
use crate::standing::Standings;
use crate::tables::Tables;
use jiff::civil::Date;
use model::case::Case;
use model::decision::TraceLine;

/// All a decision rests on, but for what the rules find.
#[derive(Clone, Debug)]
pub struct Dossier<'c> {
    /// What was filed.
    pub case: &'c Case<'c>,
    /// The firms behind it, on the day of acceptance.
    pub standings: Standings,
    /// What has to come with it, and whether it did; nothing where the day is unknown.
    pub papers: Papers,
    /// How the standings came about.
    pub trace: Vec<TraceLine>,
}

/// Steps of most decisions.
const STEPS: usize = 8;

impl<'c> Dossier<'c> {
    /// Looks up the firms of a case and what it needs. Where its day is unknown no register is asked: all firms are
    /// unknown, and nothing is waived.
    pub fn of(case: &'c Case<'c>, tables: &Tables) -> Dossier<'c> {
        let mut trace = Vec::with_capacity(STEPS);
        let standings = match case.accepted_at {
            Some(moment) => Standings::of(case, moment, tables, &mut trace),
            None => Standings::unknown(),
        };
        Dossier { trace, ..Dossier::with(case, tables, standings) }
    }

    /// The same with firms that stand as told.
    pub fn with(case: &'c Case<'c>, tables: &Tables, standings: Standings) -> Dossier<'c> {
        let papers = match case.accepted_at {
            Some(moment) => papers::required(case, moment.date(), tables, &standings),
            None => Papers::default(),
        };
        Dossier { case, standings, papers, trace: Vec::new() }
    }

    /// Day of acceptance, where it is known.
    pub fn day(&self) -> Option<Date> {
        self.case.accepted_at.map(|moment| moment.date())
    }
}
