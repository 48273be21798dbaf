//! What the registers say of the firms behind a declaration, on the day it was accepted.
//!
//! Which firm bears what: the draw looks at the producer of each goods line, the papers at the consignor (ruling C7).
//! A firm no register knows stands as ruling C5 says, and an office without registers pays nothing for the question.

use crate::credit::{Credit, credit};
use crate::goods::{Goods, goods};
use crate::rules::chn::{
    chn_003_class_and_risk, chn_009_exemption_not_covering, chn_012_joint_not_approved, chn_015_campaign,
};
use crate::rules::rsk::rsk_007_alert_scope;
use crate::rules::zon::{zon_005_membership, zon_009_site_outside_zone};
use crate::tables::Tables;
use crate::tables::modifiers::Modifier;
use jiff::civil::{Date, DateTime};
use model::case::Case;
use model::decision::TraceLine;
use model::limits::FIRMS_KEPT_MAX;
pub use model::registers::{AlertLevel, Risk};
use model::registers::{PastBatches, Registers};
use std::borrow::Cow;

/// What is known of a firm and its goods on the day of acceptance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Internal credit level, 0 to 5 (domain-rules 2.2).
    pub level: u8,
    /// Producer class, 1 to 4 (order 113).
    pub class: u8,
    /// Risk of the goods.
    pub risk: Risk,
    /// Active member of the zone, with its site in the area (ZON-005, ZON-009).
    pub is_member: bool,
    /// Has the benefits of the zone that need a grade: a member with a grade in force (ZON-014).
    pub in_zone: bool,
    /// What it has sent before; none when the office keeps no history (ruling C6).
    pub history: Option<History>,
    /// What raises its ratio.
    pub floors: Floors,
}

/// What a producer has sent before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Never sent this heading.
    pub is_new_pair: bool,
    /// One of the first consignments to this destination.
    pub is_new_destination: bool,
}

/// What raises a ratio, whatever the firm (domain-rules 4.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Floors {
    /// The highest floor of the campaigns that cover the goods.
    pub campaign_bp: Option<u32>,
    /// The gravest alert in force for the goods.
    pub alert: Option<AlertLevel>,
    /// One of the batches after a return the producer caused.
    pub return_follow_up: bool,
}

impl Standing {
    /// A firm of which nothing is known (ruling C5).
    pub const UNKNOWN: Standing = Standing {
        level: 3,
        class: 3,
        risk: Risk::General,
        is_member: false,
        in_zone: false,
        history: None,
        floors: Floors { campaign_bp: None, alert: None, return_follow_up: false },
    };
}

/// The firms behind a declaration.
#[derive(Clone, Debug)]
pub struct Standings {
    /// Whose papers they are.
    pub consignor: Standing,
    /// Who made the goods, at least one: lines of one producer share an entry.
    pub producers: Cow<'static, [Standing]>,
    /// Every line is covered by a certificate of exemption (CHN-009).
    pub is_exempt: bool,
    /// Every producer is approved for joint inspection (CHN-012).
    pub is_joint: bool,
}

impl Standings {
    /// The firms of this declaration: the one place where registers become standings.
    pub fn of(case: &Case<'_>, moment: DateTime, tables: &Tables, trace: &mut Vec<TraceLine>) -> Standings {
        if know_nothing(case.registers) {
            return Standings::unknown();
        }
        let code = case.declaration.head.consignor_unified_code.value;
        let mut asking = Asking { case, moment, tables, trace, firms: Vec::with_capacity(2) };
        let consignor = asking.firm(code, "").standing();
        let producers = asking.producers();
        Standings {
            consignor,
            producers: producers.into(),
            is_exempt: chn_009_exemption_not_covering::covers_all(case, tables, moment.date(), trace),
            is_joint: chn_012_joint_not_approved::approves_all(case, moment.date()),
        }
    }

    /// Firms of which nothing is known.
    pub const fn unknown() -> Standings {
        Standings {
            consignor: Standing::UNKNOWN,
            producers: Cow::Borrowed(&[Standing::UNKNOWN]),
            is_exempt: false,
            is_joint: false,
        }
    }

    /// The lowest level of all firms concerned.
    pub fn level_min(&self) -> u8 {
        self.producers.iter().map(|producer| producer.level).fold(self.consignor.level, u8::min)
    }
}

/// No register the standings are made of has a row.
fn know_nothing(registers: &Registers) -> bool {
    registers.members.is_empty()
        && registers.grades.is_empty()
        && registers.producers.is_empty()
        && registers.risks.is_empty()
        && registers.alerts.is_empty()
        && registers.campaigns.is_empty()
        && registers.history.is_empty()
        && registers.exemptions.is_empty()
        && registers.joint_approvals.is_empty()
}

/// What is known of a firm, whatever its goods.
#[derive(Clone, Copy)]
struct Firm<'c> {
    code: &'c str,
    /// Town the goods were made in, where a producers row names it.
    site_town: &'c str,
    credit: Credit,
    is_member: bool,
}

impl Firm<'_> {
    fn standing(&self) -> Standing {
        let Firm { credit, is_member, .. } = *self;
        let in_zone = is_member && credit.is_graded;
        Standing { level: credit.level, is_member, in_zone, ..Standing::UNKNOWN }
    }
}

struct Asking<'a, 'c> {
    case: &'c Case<'c>,
    moment: DateTime,
    tables: &'a Tables,
    trace: &'a mut Vec<TraceLine>,
    /// Firms asked for already: mostly one.
    firms: Vec<Firm<'c>>,
}

impl<'c> Asking<'_, 'c> {
    fn firm(&mut self, code: &'c str, site_town: &'c str) -> Firm<'c> {
        let known = self.firms.iter().find(|firm| firm.code == code && firm.site_town == site_town);
        if let Some(firm) = known {
            return *firm;
        }
        let registers = self.case.registers;
        let day = self.moment.date();
        let member = zon_005_membership::member(registers, code, day, self.trace);
        let is_member = member.is_some_and(|row| {
            let site = zon_009_site_outside_zone::site(row, site_town, &self.tables.zone_towns, day);
            zon_009_site_outside_zone::is_inside(site, row)
        });
        let credit = credit(registers, self.tables, code, self.moment, self.trace);
        let firm = Firm { code, site_town, credit, is_member };
        if self.firms.len() < FIRMS_KEPT_MAX {
            self.firms.push(firm);
        }
        firm
    }

    fn producers(&mut self) -> Vec<Standing> {
        let mut standings = Vec::with_capacity(1);
        let mut before: Option<Goods<'c>> = None;
        for line in goods(self.case) {
            if before.is_some_and(|before| before.is_like(&line)) {
                continue;
            }
            before = Some(line);
            let standing = self.producer(&line);
            if !standings.contains(&standing) {
                standings.push(standing);
            }
        }
        if standings.is_empty() {
            standings.push(Standing::UNKNOWN);
        }
        standings
    }

    fn producer(&mut self, line: &Goods<'c>) -> Standing {
        let firm = self.firm(line.maker, line.site_town()).standing();
        let (day, tables) = (self.moment.date(), self.tables);
        Standing {
            class: chn_003_class_and_risk::class(line, self.trace),
            risk: chn_003_class_and_risk::risk(self.case.registers, line, day, self.trace),
            history: history(self.case.registers, line, day, tables),
            floors: Floors {
                campaign_bp: chn_015_campaign::floor_bp(self.case, line, tables, day, self.trace),
                alert: rsk_007_alert_scope::gravest(self.case, line, tables, day, self.trace),
                return_follow_up: false,
            },
            ..firm
        }
    }
}

/// What its producer has sent before, where the office keeps a history: what does not stand in it was never sent (ruling C6).
fn history(registers: &Registers, line: &Goods<'_>, day: Date, tables: &Tables) -> Option<History> {
    if registers.history.is_empty() {
        return None;
    }
    let rows = || line.names().flat_map(|name| registers.history.of(name));
    let heading = line.item.commodity_code.value.get(..4).unwrap_or("");
    let n_batches = |known: &dyn Fn(&PastBatches) -> bool| {
        rows().filter(|row| known(row)).fold(0_u32, |sum, row| sum.saturating_add(row.n_batches))
    };
    let destination = line.destination();
    // A row that does not say where its batches went may be of this destination.
    let is_told = destination.is_some() && rows().all(|row| row.destination.is_some());
    let to_it = n_batches(&|row| row.destination == destination);
    Some(History {
        is_new_pair: n_batches(&|row| row.heading == heading) == 0,
        is_new_destination: is_told && tables.modifiers.acts_after(Modifier::NewDestination, to_it, day),
    })
}
