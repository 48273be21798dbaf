//! Each producer is inspected at least once in twelve months, even if no draw ever hits; whether it was is not known here.
//!
//! No register carries the day of a producer's last inspection. So this is told as not judged, for producers the office
//! keeps a register of, and never counts as passed.

use crate::goods::goods;
use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("SMP-020"),
    name: "inspection-overdue",
    version: 1,
    title: Words { zh: "生产企业年度查验覆盖", en: "yearly inspection of each producer" },
    message: Words {
        zh: "生产企业{producer}逾十二个月未查验",
        en: "producer {producer} was not inspected for twelve months",
    },
    remedy: Words { zh: "等待查验", en: "wait for the inspection" },
    effect: Effect::Inspect,
    in_force: InForce::since(2017, 11, 1),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "4, SMP-020" }],
    check: Check::Declaration(check),
};

const NO_DAY: Words = Words {
    zh: "登记未载明生产企业最近一次查验日期，无法判断是否逾十二个月",
    en: "no register carries the day a producer was last inspected: whether twelve months have passed is not known",
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    if !case.registers.producers.is_empty() && goods(case).any(|line| !line.sites.is_empty()) {
        report.not_judged(NO_DAY);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn a_registered_producer_is_not_judged() {
        check_rule(
            &RULE,
            "producer reg_no=4413600007 scc=91441323555600018G class=2",
            expect![[r#"
                not judged: no register carries the day a producer was last inspected: whether twelve months have passed is not known
            "#]],
        );
    }

    #[test]
    fn one_that_is_in_no_register_is_nobody() {
        check_rule(&RULE, "producer reg_no=4413600007 scc=91441323MAXK00072A class=2", expect![""]);
    }
}
