//! Goods under statutory inspection: the base mode comes from the class of the producer and the risk of the goods.
//!
//! Whether goods are under statutory inspection depends on code and day; where they are not, the matrix is not read
//! (ruling C1).

use crate::channel;
use crate::prelude::*;
use crate::standing::Standing;
use crate::tables::modes::Modes;
use jiff::civil::Date;
use model::decision::{Mode, TraceLine};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CHN-013"),
    name: "class-matrix",
    version: 1,
    title: Words {
        zh: "企业分类与产品风险确定检验监管模式",
        en: "base inspection mode by producer class and product risk",
    },
    message: Words {
        zh: "法定检验商品，检验监管模式为{after}",
        en: "goods under statutory inspection: inspection mode {after}",
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "质检总局令第113号", article: "" },
        Citation { instrument: "质检总局 海关总署联合公告2013年第109号", article: "" },
        Citation { instrument: "domain-rules", article: "3.2; 3, CHN-013" },
    ],
    check: Check::Step,
};

/// The base mode: of several producers, the worst. A class without a cell is the safe side: every batch.
pub fn base(modes: &Modes, producers: &[Standing], day: Date, trace: &mut Vec<TraceLine>) -> Mode {
    let cells = producers.iter().map(|producer| cell(modes, producer, day));
    let mode = cells.max().unwrap_or_else(|| cell(modes, &Standing::UNKNOWN, day));
    trace.push(channel::step(&RULE, "", mode.name()));
    mode
}

/// The cell of one producer.
pub fn cell(modes: &Modes, producer: &Standing, day: Date) -> Mode {
    modes.base(producer.class, producer.risk, day).unwrap_or(Mode::Special)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::modes::Risk;
    use jiff::civil::date;

    fn base_of(producers: &[Standing]) -> Mode {
        let tables = Tables::shipped().expect("shipped tables are good");
        base(&tables.modes, producers, date(2012, 5, 2), &mut Vec::new())
    }

    const SECOND_CLASS: Standing = Standing { class: 2, ..Standing::UNKNOWN };

    #[test]
    fn class_and_risk_choose_the_cell() {
        assert_eq!(base_of(&[Standing::UNKNOWN]), Mode::General);
        assert_eq!(base_of(&[SECOND_CLASS]), Mode::Verify);
        assert_eq!(base_of(&[Standing { risk: Risk::Raised, ..SECOND_CLASS }]), Mode::Verify);
        assert_eq!(base_of(&[Standing { risk: Risk::High, ..SECOND_CLASS }]), Mode::General);
    }

    #[test]
    fn of_several_producers_the_worst_cell_counts() {
        assert_eq!(base_of(&[SECOND_CLASS, Standing::UNKNOWN]), Mode::General);
    }

    #[test]
    fn a_class_nobody_knows_is_inspected_batch_by_batch() {
        assert_eq!(base_of(&[Standing { class: 5, ..Standing::UNKNOWN }]), Mode::Special);
    }
}
