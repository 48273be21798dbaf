//! Until 2018-05-31 goods under statutory inspection went with a clearance slip (通关单).
//!
//! A slip named without its number is a defect. One that is not named may stand in the electronic ledger of inspection,
//! which the message does not carry: that is told as not judged, and nobody is sent back for it.

use crate::channel;
use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("SIM-007"),
    name: "clearance-slip-without-number",
    version: 1,
    title: Words { zh: "出境货物通关单", en: "clearance slip of goods under statutory inspection" },
    message: Words {
        zh: "法定检验商品填报了出境货物通关单（代码{code}），未填编号",
        en: "goods under statutory inspection name their clearance slip (code {code}) without its number",
    },
    remedy: Words { zh: "填报通关单编号", en: "declare the number of the slip" },
    effect: Effect::Reject,
    in_force: InForce::until(2018, 6, 1),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "海关总署公告2018年第50号", article: "" },
        Citation { instrument: "domain-rules", article: "7, SIM-007" },
    ],
    check: Check::Declaration(check),
};

/// Licence document code of the export clearance slip; case sensitive.
const SLIP: &str = "B";

const IN_THE_LEDGER: Words = Words {
    zh: "法定检验商品未填报出境货物通关单，电子底账数据不在报文中，无法判断",
    en: "no clearance slip is named: whether the electronic ledger has one, the message does not carry",
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let Some(day) = case.accepted_at.map(|moment| moment.date()) else { return };
    if !RULE.in_force.on(day) || !channel::is_statutory(case, day, law) {
        return;
    }
    match case.declaration.licences.iter().find(|row| row.code.value == SLIP) {
        None => report.not_judged(IN_THE_LEDGER),
        Some(row) if row.number.is_empty() => report.at(row, &row.number, evidence![code = SLIP]),
        Some(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    const STATUTORY: &str = "accepted 2013-08-14\n";

    #[test]
    fn a_slip_without_its_number() {
        check_rule(
            &RULE,
            &format!("{STATUTORY}licence code=B"),
            expect![[r#"
                reject licence 1 number absent: goods under statutory inspection name their clearance slip (code B) without its number
            "#]],
        );
        check_rule(&RULE, &format!("{STATUTORY}licence code=B number=441300213000001"), expect![""]);
    }

    #[test]
    fn a_slip_that_is_not_named_may_be_in_the_ledger() {
        check_rule(
            &RULE,
            STATUTORY,
            expect![[r#"
                not judged: no clearance slip is named: whether the electronic ledger has one, the message does not carry
            "#]],
        );
    }

    #[test]
    fn nobody_is_asked_outside_the_catalogue_or_later() {
        for day in ["2013-08-15", "2018-05-31", "2018-06-01", "2019-03-01"] {
            check_rule(&RULE, &format!("accepted {day}\nlicence code=B"), expect![""]);
        }
    }
}
