//! No grade in force is on file for the firm: level 3, never above, and no benefit that needs a grade.
//!
//! Told only where the office keeps a register of grades: where there is none, nobody was looked up. Document-review
//! release is no such benefit (ruling C5).

use crate::channel;
use crate::credit::Credit;
use crate::prelude::*;
use model::decision::TraceLine;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CRD-020"),
    name: "firm-without-grade",
    version: 1,
    title: Words { zh: "企业无有效信用等级", en: "no grade of the firm is in force" },
    message: Words { zh: "企业{before}：{after}", en: "firm {before}: {after}" },
    remedy: Words {
        zh: "申请信用认定后方可享受等级优惠",
        en: "apply for a grade to have the benefits of one",
    },
    effect: Effect::Deny,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules", article: "2, CRD-020" },
        Citation { instrument: "rulings", article: "C5" },
    ],
    check: Check::Step,
};

/// The credit of a firm without a grade.
pub const CREDIT: Credit = Credit { level: 3, is_graded: false };

const LEVEL_THREE: Words =
    Words { zh: "无有效信用等级，按三级办理", en: "no grade in force: level 3" };

/// The credit of such a firm, told.
pub fn unknown(unified_code: &str, trace: &mut Vec<TraceLine>) -> Credit {
    channel::tell_once(trace, channel::step(&RULE, unified_code, LEVEL_THREE));
    CREDIT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credit::credit;
    use fixtures::notation::Notated;

    fn of_consignor(notation: &str) -> (Credit, usize) {
        let tables = Tables::shipped().expect("shipped tables are good");
        let notated = Notated::parse(notation).expect("good notation");
        notated.with_case(|case| {
            let mut trace = Vec::new();
            let moment = case.accepted_at.expect("a day");
            let code = case.declaration.head.consignor_unified_code.value;
            let credit = credit(case.registers, &tables, code, moment, &mut trace);
            (credit, trace.iter().filter(|line| line.rule == RULE.id).count())
        })
    }

    #[test]
    fn a_firm_that_is_not_in_the_register_is_of_level_three() {
        let other = "grade scc=91441323MAXK00072A regime=CUS-2 grade=高级认证 from=2018-05-01";
        assert_eq!(of_consignor(other), (CREDIT, 1));
    }

    #[test]
    fn a_graded_firm_is_of_its_own_level() {
        let own = "grade scc=91441323555600018G regime=CUS-2 grade=高级认证 from=2018-05-01";
        assert_eq!(of_consignor(own), (Credit { level: 5, is_graded: true }, 0));
    }
}
