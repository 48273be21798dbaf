//! Class of the producer and risk of the goods, as the registers have them: classes 1 to 4, risks general, raised, high.
//!
//! A producer of several sites, none of them named by the goods line, is of the worst class it has. What no register
//! knows is of class 3 and of general risk (ruling C5).

use crate::channel;
use crate::goods::Goods;
use crate::prelude::*;
use crate::standing::{Risk, Standing};
use jiff::civil::Date;
use model::decision::TraceLine;
use model::registers::Registers;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CHN-003"),
    name: "class-and-risk",
    version: 1,
    title: Words {
        zh: "生产企业分类和产品风险等级", en: "class of the producer and risk of the goods"
    },
    message: Words {
        zh: "{before}的分类或风险等级为{after}", en: "class or risk of {before} is {after}"
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "质检总局令第113号", article: "" },
        Citation { instrument: "domain-rules", article: "3, CHN-003" },
        Citation { instrument: "rulings", article: "C5" },
    ],
    check: Check::Step,
};

/// The class of the firm that made a goods line; told where a register knows it.
pub fn class(line: &Goods<'_>, trace: &mut Vec<TraceLine>) -> u8 {
    let Some(site) = line.sites.iter().max_by_key(|site| site.class) else {
        return Standing::UNKNOWN.class;
    };
    channel::tell_once(trace, channel::step(&RULE, site.registration.as_str(), u32::from(site.class)));
    site.class
}

/// The risk of a goods line: that of the most exact row in force; told where there is one.
pub fn risk(registers: &Registers, line: &Goods<'_>, day: Date, trace: &mut Vec<TraceLine>) -> Risk {
    let code = line.item.commodity_code.value;
    let Some(row) = registers.risks.covering(code).find(|row| row.valid.contains(day)) else {
        return Standing::UNKNOWN.risk;
    };
    channel::tell_once(trace, channel::step(&RULE, row.commodity_prefix.as_str(), row.risk.words()));
    row.risk
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goods::goods;
    use fixtures::notation::Notated;

    fn told(notation: &str) -> (u8, Risk, usize) {
        let notated = Notated::parse(notation).expect("good notation");
        notated.with_case(|case| {
            let mut trace = Vec::new();
            let line = goods(case).next().expect("the clean case has a line");
            let class = class(&line, &mut trace);
            (class, risk(case.registers, &line, case.accepted_on(), &mut trace), trace.len())
        })
    }

    #[test]
    fn what_the_registers_say_is_told() {
        let rows = "producer reg_no=4413600007 scc=91441323555600018G class=2\nrisk hs_prefix=6403 risk=high";
        assert_eq!(told(rows), (2, Risk::High, 2));
    }

    #[test]
    fn what_they_do_not_know_is_class_three_and_general_risk() {
        let rows = "producer reg_no=4413600007 scc=91441323MAXK00072A class=1\nrisk hs_prefix=6404 risk=high";
        assert_eq!(told(rows), (3, Risk::General, 0));
    }

    #[test]
    fn the_most_exact_row_of_the_day_counts_and_the_worst_class_of_several_sites() {
        let risks = "risk hs_prefix=64 risk=raised\nrisk hs_prefix=640399 risk=high to=2018-06-01";
        assert_eq!(told(risks).1, Risk::Raised);
        let sites = "producer reg_no=4413600007 scc=91441323555600018G class=1\nproducer reg_no=4413600008 scc=91441323555600018G class=4";
        assert_eq!(told(sites).0, 4);
        assert_eq!(told(&format!("{sites}\nitem producer_registration=4413600007")).0, 1);
    }
}
