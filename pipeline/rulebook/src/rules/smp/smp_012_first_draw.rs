//! An amended declaration keeps its first draw: amending is no way to draw again.
//!
//! The ratio is that of the amended declaration, so whether the old draw hits is asked anew.

use crate::channel;
use crate::prelude::*;
use crate::rules::smp::smp_010_draw;
use model::decision::{Draw, TraceLine};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("SMP-012"),
    name: "first-draw-kept",
    version: 1,
    title: Words { zh: "修改后沿用首次抽批", en: "an amended declaration keeps its first draw" },
    message: Words {
        zh: "沿用首次抽批，比例由{before}改为{after}",
        en: "first draw kept, ratio {before} becomes {after}",
    },
    remedy: Words { zh: "无需处理", en: "nothing to do" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules", article: "4, SMP-012" },
        Citation { instrument: "rulings", article: "K1, K4" },
    ],
    check: Check::Step,
};

/// The first draw beside today's ratio; told when the ratio is another.
pub fn keep(first: &Draw, ratio_bp: u32, trace: &mut Vec<TraceLine>) -> Draw {
    if ratio_bp != first.ratio_bp {
        trace.push(channel::step(&RULE, first.ratio_bp, ratio_bp));
    }
    Draw { ratio_bp, hit: smp_010_draw::is_hit(first.draw_bp, ratio_bp), ..first.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::{Seed, draw};
    use jiff::civil::date;

    fn first() -> Draw {
        draw("531620180168000001", &Seed { day: date(2018, 6, 1), secret: "S-7f3a", commitment: "" }, 1_000)
    }

    #[test]
    fn the_same_number_and_seed_draw_the_same() {
        assert_eq!(first(), first());
    }

    #[test]
    fn an_amended_declaration_keeps_it() {
        let mut trace = Vec::new();
        assert_eq!(keep(&first(), 1_000, &mut trace), first());
        assert!(trace.is_empty());
    }

    #[test]
    fn another_ratio_is_measured_by_the_old_draw() {
        let mut trace = Vec::new();
        let kept = keep(&first(), 2_000, &mut trace);
        assert_eq!((kept.draw_bp, kept.ratio_bp, kept.hit), (1_989, 2_000, true));
        assert_eq!(trace, [channel::step(&RULE, 1_000_u32, 2_000_u32)]);
    }
}
