//! The inspection mode, step by step: exemption, base mode, draw, document-review release (domain-rules 3, rulings C1–C5).
//!
//! Which firm bears what: the draw looks at the producer of each goods line, the papers at the consignor (ruling C7).
//! What findings ask for is added later, in `release`: here only the goods, the firms and the day count.

use crate::draw;
use crate::rule::Rule;
use crate::rules::chn::{
    chn_005_zone_cap, chn_006_document_review, chn_007_mode_not_yet, chn_009_exemption_not_covering,
    chn_011_exemption_overridden, chn_012_joint_not_approved, chn_013_class_matrix,
};
use crate::rules::smp::{smp_010_draw, smp_012_first_draw};
use crate::standing::Standings;
use crate::tables::Tables;
use jiff::civil::Date;
use model::case::Case;
use model::decision::{Draw, Mode, TraceLine};
use model::declaration::GoodsItem;
use model::finding::Value;
use model::limits::REGISTER_ROWS_TOLD_MAX;

/// What the documents let the channel do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// No finding with effect reject or hold, and nothing missing (ruling D8).
    pub is_clean: bool,
    /// The conformity statement is there, or nobody asks for one.
    pub has_statement: bool,
}

/// All the mode depends on.
#[derive(Clone, Copy, Debug)]
pub struct Consignment<'c> {
    /// What was filed.
    pub case: &'c Case<'c>,
    /// Day of acceptance.
    pub day: Date,
    /// Tables.
    pub tables: &'c Tables,
    /// The firms behind it.
    pub standings: &'c Standings,
    /// What its documents allow.
    pub reviewed: Reviewed,
    /// The draw of its first version, when this is an amended one (SMP-012).
    pub first_draw: Option<&'c Draw>,
}

/// Mode of a consignment before findings are added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Mode.
    pub mode: Mode,
    /// Draw, where one is made.
    pub draw: Option<Draw>,
    /// The mode or the draw calls for an inspection.
    pub is_inspection: bool,
    /// An officer looks at it before it goes: a firm of level 2 or below that was not drawn (ruling C2).
    pub is_officers: bool,
}

/// Finds the mode of a consignment, and says each step.
pub fn channel(consignment: &Consignment<'_>, trace: &mut Vec<TraceLine>) -> Channel {
    let Consignment { case, day, tables, standings, .. } = *consignment;
    if standings.is_exempt && !chn_011_exemption_overridden::is_overridden(case, standings, tables, day) {
        let mode = chn_009_exemption_not_covering::mode(trace);
        Channel { mode, draw: None, is_inspection: false, is_officers: false }
    } else if is_statutory(case, day, tables) {
        by_matrix(consignment, trace)
    } else if chn_006_document_review::RULE.in_force.on(day) {
        by_draw(consignment, trace)
    } else {
        let mode = chn_007_mode_not_yet::mode(trace);
        by_floors(consignment, mode, trace)
    }
}

/// The goods of this case are under statutory inspection on this day: one line is enough.
pub fn is_statutory(case: &Case<'_>, day: Date, tables: &Tables) -> bool {
    are_statutory(case.items(), day, tables)
}

/// One of these goods is.
pub fn are_statutory(items: &[GoodsItem<'_>], day: Date, tables: &Tables) -> bool {
    let mut before = "";
    items.iter().any(|item| {
        let code = item.commodity_code.value;
        // Lines of one declaration mostly share a code: it is looked up once.
        let is_new = code != before;
        before = code;
        is_new && tables.statutory.row(code, day).is_some()
    })
}

/// A line of the trace.
pub fn step(rule: &Rule, before: impl Into<Value>, after: impl Into<Value>) -> TraceLine {
    TraceLine { rule: rule.id, before: before.into(), after: after.into() }
}

/// Tells a line that stands in the trace only once: several goods lines rest on one row of a register.
pub fn tell_once(trace: &mut Vec<TraceLine>, line: TraceLine) {
    if trace.len() < REGISTER_ROWS_TOLD_MAX && !trace.contains(&line) {
        trace.push(line);
    }
}

/// Under statutory inspection: the class matrix, lightened for the zone and for approved firms, and a draw where the mode
/// is neither papers only nor every batch (C1, C4).
fn by_matrix(consignment: &Consignment<'_>, trace: &mut Vec<TraceLine>) -> Channel {
    let Consignment { day, tables, standings, .. } = *consignment;
    let producers = &standings.producers;
    let base = chn_013_class_matrix::base(&tables.modes, producers, day, trace);
    let capped = chn_005_zone_cap::capped(base, producers, tables, day, trace);
    let mode = chn_012_joint_not_approved::joint(capped, standings.is_joint, trace);
    match mode {
        Mode::Joint | Mode::General | Mode::Strict => {
            let draw = drawn(consignment, draw::ratio(tables, producers, day, trace), trace);
            Channel { mode, is_inspection: draw.hit, draw: Some(draw), is_officers: false }
        }
        Mode::Special => Channel { mode, draw: None, is_inspection: true, is_officers: false },
        _ => by_floors(consignment, mode, trace),
    }
}

/// Where batches are not drawn as such, an alert, a campaign or a return draws all the same, by its floor alone (C3).
fn by_floors(consignment: &Consignment<'_>, mode: Mode, trace: &mut Vec<TraceLine>) -> Channel {
    let Consignment { day, tables, standings, .. } = *consignment;
    let floor_bp = draw::floor(tables, &standings.producers, day, trace);
    if floor_bp == 0 {
        return Channel { mode, draw: None, is_inspection: false, is_officers: false };
    }
    let draw = drawn(consignment, floor_bp, trace);
    let mode = if draw.hit { smp_010_draw::mode_of_hit(mode, trace) } else { mode };
    Channel { mode, is_inspection: draw.hit, draw: Some(draw), is_officers: false }
}

/// Outside the catalogue: what is not drawn goes by its papers, when they allow it (C2).
fn by_draw(consignment: &Consignment<'_>, trace: &mut Vec<TraceLine>) -> Channel {
    let Consignment { day, tables, standings, .. } = *consignment;
    let draw = drawn(consignment, draw::ratio(tables, &standings.producers, day, trace), trace);
    let level = standings.level_min();
    let mode = if draw.hit {
        smp_010_draw::mode_of_hit(Mode::Verify, trace)
    } else {
        chn_006_document_review::mode_of_miss(Mode::Verify, level, consignment.reviewed, trace)
    };
    let is_officers = !draw.hit && level < chn_006_document_review::LEVEL_MIN;
    Channel { mode, is_inspection: draw.hit, draw: Some(draw), is_officers }
}

fn drawn(consignment: &Consignment<'_>, ratio_bp: u32, trace: &mut Vec<TraceLine>) -> Draw {
    let Consignment { case, day, .. } = *consignment;
    match consignment.first_draw {
        Some(first) => smp_012_first_draw::keep(first, ratio_bp, trace),
        None => draw::draw(case.number, &draw::seed(case.registers, day), ratio_bp),
    }
}
