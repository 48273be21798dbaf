//! A shoe for every day is declared as sports footwear.
//!
//! By the subheading note of chapter 64 sports footwear has spikes, studs, clips or the like, or is of a listed kind
//! (skating, skiing, wrestling, boxing, cycling); 6404.11 takes shoes for training and games as well.
//! Name and style are read through a word table, and a proof of sport anywhere in them is enough.
//! Where no word is known, nothing is judged.

use crate::prelude::*;
use crate::tables::elements::Element;
use crate::tables::words::Sport;
use model::code::commodity;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-018"),
    name: "not-sports-footwear",
    version: 1,
    title: Words {
        zh: "非运动鞋靴归入运动鞋靴子目", en: "everyday shoe declared as sports footwear"
    },
    message: Words {
        zh: "子目 {subheading} 限运动鞋靴，品名“{name}”、款式“{style}”未见鞋钉等装置或所列种类",
        en: "subheading {subheading} is for sports footwear; name \"{name}\" and style \"{style}\" show no spikes or the like and no listed kind",
    },
    remedy: Words {
        zh: "核对归类；确属运动鞋靴的，在款式中注明鞋钉等装置",
        en: "check the classification; if it is sports footwear, say so in the style (spikes, clips …)",
    },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "Harmonized System", article: "chapter 64, subheading note 1" },
        Citation { instrument: "domain-rules S20", article: "6, DOC-018" },
        Citation { instrument: "rulings", article: "D8" },
    ],
    check: Check::Declaration(check),
};

const NO_ELEMENTS: Words = Words {
    zh: "申报日的申报要素目录未收录，款式无法核对",
    en: "the declared elements of the day are not on file, so the style cannot be checked",
};
const UNKNOWN_WORD: Words = Words {
    zh: "品名和款式用语不在词表内，是否运动鞋靴无法核对",
    en: "name and style are in words the table does not know, so sports footwear cannot be checked",
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let day = case.accepted_on();
    for item in case.items() {
        let subheading = commodity::subheading(item.commodity_code.value).unwrap_or("");
        let Some(for_training) = takes_training_shoes(subheading) else { continue };
        let Some(elements) = law.elements.on(subheading, day) else {
            report.not_judged(NO_ELEMENTS);
            continue;
        };
        let (name, style) = (item.name, elements.value(Element::Style, item.specification.value));
        let says = |sport| law.sports.has(name.value, day, sport) || law.sports.has(style, day, sport);
        if says(Sport::Listed) || for_training && says(Sport::Training) {
            continue;
        }
        if says(Sport::Everyday) || says(Sport::Training) {
            report.at(item, &item.commodity_code, evidence![subheading, name, style]);
        } else {
            report.not_judged(UNKNOWN_WORD);
        }
    }
}

/// For a subheading of sports footwear: whether shoes for training and games belong to it.
fn takes_training_shoes(subheading: &str) -> Option<bool> {
    match subheading {
        "640212" | "640219" | "640312" | "640319" => Some(false),
        "640411" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn line(code: &str, name: &str, style: &str) -> String {
        format!(
            "item commodity_code={code} name=\"{name}\" specification=\"1|0|{style}|牛皮革|橡胶|JILONG|A-101\""
        )
    }

    #[test]
    fn a_football_boot_with_studs_passes() {
        check_rule(&RULE, &line("6403190090", "足球鞋", "足球鞋 带鞋钉 不过踝"), expect![""]);
        check_rule(&RULE, &line("6402190000", "football boots with studs", "-"), expect![""]);
    }

    #[test]
    fn a_fashion_sneaker_in_6403_19_is_told() {
        check_rule(
            &RULE,
            &line("6403190090", "女式时尚休闲鞋", "fashion sneaker 不过踝"),
            expect![[r#"
                warn item 1 commodity_code: subheading 640319 is for sports footwear; name "女式时尚休闲鞋" and style "fashion sneaker 不过踝" show no spikes or the like and no listed kind
            "#]],
        );
    }

    #[test]
    fn training_shoes_belong_to_6404_11_only() {
        check_rule(&RULE, &line("6404110000", "训练鞋", "训练鞋 不过踝"), expect![""]);
        check_rule(
            &RULE,
            &line("6402190000", "训练鞋", "训练鞋 不过踝"),
            expect![[r#"
                warn item 1 commodity_code: subheading 640219 is for sports footwear; name "训练鞋" and style "训练鞋 不过踝" show no spikes or the like and no listed kind
            "#]],
        );
    }

    #[test]
    fn words_nobody_knows_are_not_judged() {
        check_rule(
            &RULE,
            &line("6403190090", "女鞋", "女鞋 不过踝"),
            expect![[r#"
                not judged: name and style are in words the table does not know, so sports footwear cannot be checked
            "#]],
        );
    }

    #[test]
    fn before_the_first_list_of_elements_nothing_is_judged() {
        check_rule(
            &RULE,
            &format!("accepted 2017-12-31\n{}", line("6403190090", "足球鞋", "足球鞋 带鞋钉 不过踝")),
            expect![[r#"
                not judged: the declared elements of the day are not on file, so the style cannot be checked
            "#]],
        );
    }

    #[test]
    fn other_subheadings_do_not_ask() {
        check_rule(&RULE, &line("6403990090", "女式时尚休闲鞋", "女鞋 不过踝"), expect![""]);
    }
}
