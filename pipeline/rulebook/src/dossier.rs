//! A declaration with what is known of its firms and the papers it needs: worked out once, before any rule looks, and
//! handed on to the rules, the channel and the verdict.

use crate::fees::{self, Draft};
use crate::papers::{self, Papers};
use crate::standing::Standings;
use crate::tables::Tables;
use jiff::civil::Date;
use model::case::Case;
use model::decision::TraceLine;
use model::jurisdiction::Jurisdiction;
use std::cell::OnceCell;

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
    /// What it is charged, once somebody has asked.
    draft: OnceCell<Option<Draft>>,
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
            Some(moment) if case.jurisdiction == Jurisdiction::China => {
                papers::required(case, moment.date(), tables, &standings)
            }
            // Another law asks for papers by its own rules.
            _ => Papers::default(),
        };
        Dossier { case, standings, papers, trace: Vec::new(), draft: OnceCell::new() }
    }

    /// What it is charged, as far as the case alone says; none when nothing is due. Worked out when first asked for: most
    /// rules never do.
    pub fn draft(&self, tables: &Tables) -> Option<&Draft> {
        self.drafted(tables).as_ref()
    }

    /// The same, handed out.
    pub fn take_draft(&mut self, tables: &Tables) -> Option<Draft> {
        self.drafted(tables);
        self.draft.take().flatten()
    }

    fn drafted(&self, tables: &Tables) -> &Option<Draft> {
        self.draft.get_or_init(|| fees::draft(self.case, tables))
    }

    /// Day of acceptance, where it is known.
    pub fn day(&self) -> Option<Date> {
        self.case.accepted_at.map(|moment| moment.date())
    }
}
