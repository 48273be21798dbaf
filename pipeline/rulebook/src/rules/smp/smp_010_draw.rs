//! The draw: a number anyone can compute again from the seed, the declaration's number and this rule's version.
//!
//! The first eight bytes, read big endian, of SHA-256 over `v1|seed|number|SMP-010|version`, scaled to ten thousand.
//! Nothing of what was filed goes in but its number: amending a declaration cannot change its draw (SMP-012).

use crate::channel;
use crate::prelude::*;
use crate::rules::smp::smp_011_seed::Seed;
use model::decision::{Mode, TraceLine};
use model::text::push_day;
use sha2::{Digest, Sha256};

/// The rule. Version 3 is the first that was published: the vectors of the reference are drawn with it.
pub static RULE: Rule = Rule {
    id: RuleId("SMP-010"),
    name: "drawn-for-inspection",
    version: 3,
    title: Words { zh: "抽批命中", en: "drawn for inspection" },
    message: Words {
        zh: "抽中，检验监管模式由{before}改为{after}",
        en: "drawn: inspection mode {before} becomes {after}",
    },
    remedy: Words { zh: "等待查验", en: "wait for the inspection" },
    effect: Effect::Inspect,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules", article: "4, SMP-010" },
        Citation { instrument: "rulings", article: "C7" },
    ],
    check: Check::Step,
};

/// The number drawn, 0 to 9999.
pub fn draw_bp(number: &str, seed: &Seed<'_>) -> u32 {
    let mut drawn_from = String::with_capacity(128);
    drawn_from.push_str("v1|");
    push_day(seed.day, &mut drawn_from);
    for part in [":", seed.secret, "|", number, "|", RULE.id.0, "|", &RULE.version.to_string()] {
        drawn_from.push_str(part);
    }
    let digest = Sha256::digest(drawn_from.as_bytes());
    let [b0, b1, b2, b3, b4, b5, b6, b7, ..] = digest.0;
    let first = u64::from_be_bytes([b0, b1, b2, b3, b4, b5, b6, b7]);
    scaled(first)
}

/// Below the ratio is a hit: a ratio of 0 is never one, a ratio of 10000 always.
pub const fn is_hit(draw_bp: u32, ratio_bp: u32) -> bool {
    draw_bp < ratio_bp
}

/// The mode of a batch that was drawn outside the catalogue; told when it changes.
pub fn mode_of_hit(mode: Mode, trace: &mut Vec<TraceLine>) -> Mode {
    let inspected = mode.max(Mode::General);
    if inspected != mode {
        trace.push(channel::step(&RULE, mode.name(), inspected.name()));
    }
    inspected
}

fn scaled(first: u64) -> u32 {
    let scaled = (u128::from(first) * 10_000) >> 64;
    u32::try_from(scaled).expect("a fraction of ten thousand is below ten thousand")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const SEED: Seed<'_> = Seed { day: date(2018, 6, 1), secret: "S-7f3a", commitment: "" };

    #[test]
    fn vectors_of_the_reference() {
        for (number, first, bp, hits_at_1000, hits_at_2000) in [
            ("531620180168000001", 0x32ec_d7c3_cf27_0f49, 1_989, false, true),
            ("531620180168000002", 0x9e73_2fba_b53f_38b0, 6_189, false, false),
            ("531620180168000012", 0x4014_6cb6_ec88_ad39, 2_503, false, false),
            ("531620180168000013", 0x2c7c_e299_6b8f_1f76, 1_737, false, true),
            ("531620180168000014", 0xe025_73e0_0dc4_0595, 8_755, false, false),
        ] {
            assert_eq!(draw_bp(number, &SEED), bp, "{number}");
            assert_eq!(scaled(first), bp, "{number}");
            assert_eq!((is_hit(bp, 1_000), is_hit(bp, 2_000)), (hits_at_1000, hits_at_2000), "{number}");
        }
    }

    #[test]
    fn a_draw_equal_to_the_ratio_is_a_miss() {
        assert!(is_hit(1_989, 1_990));
        assert!(!is_hit(1_989, 1_989));
        assert!(!is_hit(0, 0));
        assert!(is_hit(9_999, 10_000));
    }

    #[test]
    fn a_hit_makes_verification_an_inspection_and_lightens_nothing() {
        let mut trace = Vec::new();
        assert_eq!(mode_of_hit(Mode::Verify, &mut trace), Mode::General);
        assert_eq!(mode_of_hit(Mode::Strict, &mut trace), Mode::Strict);
        assert_eq!(trace, [channel::step(&RULE, "VERIFY", "GENERAL")]);
    }

    proptest! {
        #[test]
        fn a_draw_is_below_ten_thousand(first in any::<u64>()) {
            prop_assert!(scaled(first) < 10_000);
        }
    }
}
