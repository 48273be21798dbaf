//! The grade of the consignor fell between signing and acceptance: the documents are asked for by the lower grade.
//!
//! What is missing then is asked for once, by SIM-014. The moment of signing is the only one before acceptance that the
//! message carries.

use crate::channel;
use crate::credit::credit;
use crate::prelude::*;
use crate::rules::sim::sim_001_required_set;
use crate::standing::Standing;
use model::decision::TraceLine;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("SIM-011"),
    name: "grade-fell-before-acceptance",
    version: 1,
    title: Words { zh: "受理前信用等级下降", en: "the grade fell before acceptance" },
    message: Words {
        zh: "签名后信用等级下降，应提交单证由{before}一栏改为{after}一栏",
        en: "the grade fell after signing: documents of a {before} become those of a {after}",
    },
    remedy: Words { zh: "补传新增的应提交单证", en: "send the documents now asked for" },
    effect: Effect::Hold,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules", article: "7, SIM-011" },
        Citation { instrument: "rulings", article: "C8, D2" },
    ],
    check: Check::Step,
};

/// Tells the column of the matrix when it was a better one on signing.
pub fn tell(case: &Case<'_>, consignor: &Standing, tables: &Tables, trace: &mut Vec<TraceLine>) {
    let registers = case.registers;
    let (Some(accepted_at), false) = (case.accepted_at, registers.grades.is_empty()) else { return };
    let signed_at = case.declaration.signature.signed_at.date_time();
    let Some(signed_at) = signed_at.filter(|signed_at| *signed_at < accepted_at) else { return };
    let code = case.declaration.head.consignor_unified_code.value;
    let then = credit(registers, tables, code, signed_at, &mut Vec::new());
    if then.is_graded && then.level > consignor.level {
        let in_zone = consignor.is_member;
        let before = sim_001_required_set::column(&Standing { level: then.level, in_zone, ..*consignor });
        let after = sim_001_required_set::column(consignor);
        if before != after {
            trace.push(channel::step(&RULE, before.words(), after.words()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::Dossier;
    use fixtures::notation::Notated;
    use model::finding::Language;

    fn told(notation: &str) -> (Vec<String>, usize) {
        let tables = Tables::shipped().expect("shipped tables are good");
        let notated = Notated::parse(notation).expect("good notation");
        notated.with_case(|case| {
            let dossier = Dossier::of(case, &tables);
            let mut trace = Vec::new();
            tell(case, &dossier.standings.consignor, &tables, &mut trace);
            let lines = trace.iter().map(|line| line.after.in_language(Language::En).into_owned());
            (lines.collect(), dossier.papers.missing().count())
        })
    }

    const SIGNED: &str =
        "accepted 2018-06-01 16:00\nsignature signed_at=2018060109300000\nedoc type_code=10000001
        grade scc=91441323555600018G regime=CUS-2 grade=一般认证 from=2018-05-01 to=2018-06-01\n";

    #[test]
    fn from_level_four_to_dishonest_contract_invoice_and_packing_list_are_asked_for() {
        let fell =
            format!("{SIGNED}grade scc=91441323555600018G regime=CUS-2 grade=失信 from=\"2018-06-01 15:00\"");
        assert_eq!(told(&fell), (vec!["firm of level 2 or below".to_owned()], 3));
    }

    #[test]
    fn a_grade_that_stays_asks_for_nothing_more() {
        assert_eq!(told(&SIGNED.replace("to=2018-06-01", "")), (Vec::new(), 0));
    }
}
