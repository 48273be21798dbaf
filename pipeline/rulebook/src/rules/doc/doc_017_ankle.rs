//! The subheading says the ankle is covered and the declared style says it is not, or the other way round.
//!
//! 6402.91, 6403.51 and 6403.91 cover the ankle; 6402.99, 6403.59 and 6403.99 do not.
//! The style is read through a word table: plain statements (过踝, 不过踝) and kinds of shoe (boot, pump), the longest
//! word deciding. A style that says neither is not judged.

use crate::prelude::*;
use crate::tables::elements::Element;
use crate::tables::words::Ankle;
use model::code::commodity;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-017"),
    name: "ankle-contradicts-subheading",
    version: 1,
    title: Words {
        zh: "款式是否过踝与子目不符", en: "subheading and style disagree about the ankle"
    },
    message: Words {
        zh: "子目 {subheading} {code_says}，款式“{style}”{style_says}",
        en: "subheading {subheading} {code_says}, style \"{style}\" {style_says}",
    },
    remedy: Words {
        zh: "核对鞋款后更正商品编号或款式",
        en: "look at the shoe, then correct the code or the style",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "Harmonized System", article: "6402, 6403" },
        Citation { instrument: "domain-rules", article: "6, DOC-017" },
        Citation { instrument: "rulings", article: "D8" },
    ],
    check: Check::Declaration(check),
};

const NO_ELEMENTS: Words = Words {
    zh: "申报日的申报要素目录未收录，款式无法核对",
    en: "the declared elements of the day are not on file, so the style cannot be checked",
};
const STYLE_SAYS_NOTHING: Words =
    Words { zh: "款式未说明是否过踝", en: "the style does not say whether the ankle is covered" };

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let day = case.accepted_on();
    for item in case.items() {
        let subheading = commodity::subheading(item.commodity_code.value).unwrap_or("");
        let Some(code_says) = by_subheading(subheading) else { continue };
        let Some(elements) = law.elements.on(subheading, day) else {
            report.not_judged(NO_ELEMENTS);
            continue;
        };
        let style = elements.value(Element::Style, item.specification.value);
        match law.ankles.longest(style, day) {
            _ if style.is_empty() => {} // Absence is DOC-020's.
            None => report.not_judged(STYLE_SAYS_NOTHING),
            Some(style_says) if style_says == code_says => {}
            Some(style_says) => {
                let (code_says, style_says) = (name(code_says), name(style_says));
                let told = evidence![subheading, code_says, style, style_says];
                report.at(item, &item.commodity_code, told);
            }
        }
    }
}

fn by_subheading(subheading: &str) -> Option<Ankle> {
    match subheading {
        "640291" | "640351" | "640391" => Some(Ankle::Covered),
        "640299" | "640359" | "640399" => Some(Ankle::Bare),
        _ => None,
    }
}

const fn name(ankle: Ankle) -> Words {
    match ankle {
        Ankle::Covered => Words { zh: "过踝", en: "covers the ankle" },
        Ankle::Bare => Words { zh: "不过踝", en: "does not cover the ankle" },
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn line(code: &str, style: &str) -> String {
        format!("item commodity_code={code} specification=\"1|0|{style}|牛皮革|橡胶|JILONG|A-101\"")
    }

    #[test]
    fn boots_above_and_shoes_below_the_ankle_pass() {
        check_rule(&RULE, &line("6403919990", "女式短靴 过踝"), expect![""]);
        check_rule(&RULE, &line("6403919990", "ladies' boots"), expect![""]);
        check_rule(&RULE, &line("6403990090", "女鞋 不过踝"), expect![""]);
        check_rule(&RULE, &line("6402992900", "ladies' pumps"), expect![""]);
    }

    #[test]
    fn a_pump_in_6403_91_is_rejected() {
        check_rule(
            &RULE,
            &line("6403919990", "女式浅口鞋"),
            expect![[r#"
                reject item 1 commodity_code: subheading 640391 covers the ankle, style "女式浅口鞋" does not cover the ankle
            "#]],
        );
    }

    #[test]
    fn a_shoe_above_the_ankle_in_6402_99_is_rejected() {
        check_rule(
            &RULE,
            &line("6402992900", "女鞋 过踝"),
            expect![[r#"
                reject item 1 commodity_code: subheading 640299 does not cover the ankle, style "女鞋 过踝" covers the ankle
            "#]],
        );
    }

    #[test]
    fn the_plain_statement_outweighs_the_kind_of_shoe() {
        check_rule(&RULE, &line("6403990090", "女靴 不过踝"), expect![""]);
    }

    #[test]
    fn a_style_that_says_nothing_is_not_judged() {
        check_rule(
            &RULE,
            &line("6403990090", "女鞋"),
            expect![[r#"
                not judged: the style does not say whether the ankle is covered
            "#]],
        );
    }

    #[test]
    fn other_subheadings_do_not_ask() {
        check_rule(&RULE, &line("6404190000", "女式短靴 过踝"), expect![""]);
    }
}
