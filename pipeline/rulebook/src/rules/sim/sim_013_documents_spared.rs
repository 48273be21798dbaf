//! What simplification spares: documents a firm nobody knows has to send, and this one need not.
//!
//! Told as two numbers, asked of the one and of the other, so that the saving can be summed by grade.

use crate::channel;
use crate::prelude::*;
use crate::rules::sim::{sim_001_required_set, sim_002_cell_source};
use crate::standing::Standing;
use jiff::civil::Date;
use model::decision::TraceLine;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("SIM-013"),
    name: "documents-spared",
    version: 1,
    title: Words { zh: "单证简化成效", en: "documents spared by simplification" },
    message: Words {
        zh: "随附单证由{before}种减为{after}种",
        en: "documents to send: {before} become {after}",
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "7, SIM-013" }],
    check: Check::Step,
};

/// Tells what is spared and by which source; nothing where the firm is asked for no less than one nobody knows.
pub fn tell(case: &Case<'_>, day: Date, tables: &Tables, consignor: &Standing, trace: &mut Vec<TraceLine>) {
    let usual = Standing::UNKNOWN;
    if sim_001_required_set::column(consignor) >= sim_001_required_set::column(&usual) {
        return;
    }
    let matrix = &tables.papers;
    let (mut before, mut after) = (0_u32, 0_u32);
    let cells = sim_001_required_set::cells(case, day, matrix, consignor, false);
    for ((document, own), (_, usual)) in
        cells.zip(sim_001_required_set::cells(case, day, matrix, &usual, false))
    {
        before += u32::from(usual.is_sent());
        after += u32::from(own.is_sent());
        if let (true, false, Some(row)) = (usual.is_sent(), own.is_sent(), matrix.row(document, day)) {
            sim_002_cell_source::tell(document, row, trace);
        }
    }
    if after < before {
        trace.push(channel::step(&RULE, before, after));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fixtures::notation::Notated;
    use model::finding::Language;

    fn told(consignor: Standing) -> Vec<String> {
        let tables = Tables::shipped().expect("shipped tables are good");
        let notated = Notated::parse("").expect("good notation");
        notated.with_case(|case| {
            let mut trace = Vec::new();
            tell(case, case.accepted_on(), &tables, &consignor, &mut trace);
            let lines = trace.iter().map(|line| {
                let [before, after] = [&line.before, &line.after].map(|it| it.in_language(Language::En));
                format!("{} {before} → {after}", line.rule)
            });
            lines.collect()
        })
    }

    /// Of an unknown firm invoice, packing list, authorisation, statement and factory record are asked for.
    #[test]
    fn a_zone_firm_of_level_four_sends_two_of_five() {
        let zone_firm = Standing { level: 4, in_zone: true, ..Standing::UNKNOWN };
        assert_eq!(
            told(zone_firm),
            [
                "SIM-002 commercial invoice → domain-rules 7.1; rulings D3 (C)",
                "SIM-002 packing list → domain-rules 7.1; rulings D3 (C)",
                "SIM-002 factory inspection record → domain-rules 7.1; rulings D3 (C)",
                "SIM-013 5 → 2",
            ]
        );
    }

    #[test]
    fn a_firm_nobody_knows_or_of_a_low_level_is_spared_nothing() {
        assert!(told(Standing::UNKNOWN).is_empty());
        assert!(told(Standing { level: 2, ..Standing::UNKNOWN }).is_empty());
    }
}
