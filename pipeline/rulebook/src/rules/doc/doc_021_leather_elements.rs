//! The specification of leather shoes leaves out what their subheading turns on.
//!
//! Subheadings of 6403 ask whether the shoe covers the ankle, and where the national code is split at 24 cm also how long
//! its inner sole is. Either may stand anywhere in the specification, in the words of the tables; a kind of shoe that
//! tells (boot, pump) says it as well. Whether it agrees with the code is DOC-017's to say.

use crate::prelude::*;
use crate::tables::elements::split;
use crate::tables::leather_elements::LeatherElement;
use crate::tables::words::Insole;
use jiff::civil::Date;
use model::code::commodity;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-021"),
    name: "leather-element-missing",
    version: 1,
    title: Words {
        zh: "皮鞋申报要素缺少内底长度或是否过踝",
        en: "specification of leather shoes lacks inner sole or ankle",
    },
    message: Words {
        zh: "子目 {subheading} 须申报{missing}，规格型号未说明",
        en: "subheading {subheading} asks for {missing}, and the specification does not say",
    },
    remedy: Words {
        zh: "在规格型号中补报，例如“女靴 过踝”“内底长度 25”",
        en: "say it in the specification, such as 女靴 过踝, 内底长度 25",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "domain-rules", article: "6, DOC-021" }],
    check: Check::Declaration(check),
};

const ANKLE: Words = Words { zh: "是否过踝", en: "whether the ankle is covered" };
const INSOLE: Words = Words { zh: "内底长度", en: "the length of the inner sole" };

const NO_LIST: Words = Words {
    zh: "申报日该子目的申报要素未收录",
    en: "what this subheading asks for on the day is not on file",
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let day = case.accepted_on();
    for item in case.items() {
        let specification = item.specification;
        let subheading = commodity::subheading(item.commodity_code.value).unwrap_or("");
        if specification.is_empty() || !law.leather_elements.knows(subheading) {
            continue; // Absence is DOC-001's.
        }
        let Some(asked) = law.leather_elements.on(subheading, day) else {
            report.not_judged(NO_LIST);
            continue;
        };
        for element in asked {
            let (is_said, missing) = match element {
                LeatherElement::Ankle => (says_ankle(specification.value, law, day), ANKLE),
                LeatherElement::Insole => (says_insole(specification.value, law, day), INSOLE),
            };
            if !is_said {
                report.at(item, &item.specification, evidence![subheading, missing]);
            }
        }
    }
}

fn says_ankle(specification: &str, law: &Tables, day: Date) -> bool {
    split(specification).any(|element| law.ankles.longest(element, day).is_some())
}

fn says_insole(specification: &str, law: &Tables, day: Date) -> bool {
    split(specification)
        .any(|element| element.chars().any(char::is_numeric) && law.insoles.has(element, day, Insole::Length))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn line(code: &str, style: &str, others: &str) -> String {
        format!("item commodity_code={code} specification=\"1|0|{style}|牛皮革|橡胶|JILONG|A-101|{others}\"")
    }

    #[test]
    fn ankle_and_inner_sole_are_said() {
        check_rule(&RULE, &line("6403919990", "女式短靴 过踝", "内底长度 25"), expect![""]);
        check_rule(&RULE, &line("6403919990", "女式短靴", "内底长：２５ＣＭ"), expect![""]);
        check_rule(&RULE, &line("6403519990", "ladies' boots", "insole 25 cm"), expect![""]);
    }

    #[test]
    fn a_blank_inner_sole_is_rejected() {
        for others in ["", "内底长度", "25"] {
            check_rule(
                &RULE,
                &line("6403919990", "女靴 过踝", others),
                expect![[r#"
                    reject item 1 specification: subheading 640391 asks for the length of the inner sole, and the specification does not say
                "#]],
            );
        }
    }

    #[test]
    fn a_style_that_says_nothing_of_the_ankle_is_rejected() {
        check_rule(
            &RULE,
            &line("6403990090", "女鞋", ""),
            expect![[r#"
                reject item 1 specification: subheading 640399 asks for whether the ankle is covered, and the specification does not say
            "#]],
        );
    }

    #[test]
    fn other_subheadings_do_not_ask() {
        check_rule(&RULE, &line("6403990090", "女鞋 不过踝", ""), expect![""]);
        check_rule(&RULE, &line("6403400090", "女鞋", ""), expect![""]);
        check_rule(&RULE, &line("6404190000", "女鞋", ""), expect![""]);
    }

    #[test]
    fn earlier_lists_are_not_on_file() {
        check_rule(
            &RULE,
            "accepted 2017-12-31",
            expect![[r#"
                not judged: what this subheading asks for on the day is not on file
            "#]],
        );
    }
}
