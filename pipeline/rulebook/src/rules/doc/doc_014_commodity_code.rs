//! A commodity code is not one of the tariff, or not of shoes.
//!
//! Ten digits, chapter 64 (this channel is for footwear), and a subheading of the edition of the Harmonized System in
//! force on the day of acceptance. The national digits behind the subheading are not on file and not judged (ruling D8);
//! neither is any subheading before the first edition shipped, 2012.

use crate::prelude::*;
use model::code::commodity;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-014"),
    name: "commodity-code-not-in-tariff",
    version: 1,
    title: Words { zh: "商品编号不在税则内", en: "commodity code is not in the tariff" },
    message: Words { zh: "商品编号 {code}：{what}", en: "commodity code {code}: {what}" },
    remedy: Words {
        zh: "按申报日实施的税则填报10位商品编号；非鞋类商品转其他通道",
        en: "give the ten digits of the tariff in force on the day; file other goods in another channel",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "domain-rules S20", article: "6, DOC-014" },
        Citation { instrument: "rulings", article: "D8" },
    ],
    check: Check::Declaration(check),
};

const FOOTWEAR: &str = "64";

const NOT_TEN_DIGITS: Words = Words { zh: "应为10位数字", en: "it must be ten digits" };
const NOT_FOOTWEAR: Words = Words {
    zh: "不属第64章鞋类，本通道不受理",
    en: "not of chapter 64, which this channel is for",
};
const NO_SUCH_SUBHEADING: Words =
    Words { zh: "申报日税则无此子目", en: "the tariff of the day has no such subheading" };

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let edition = law.subheadings.on(case.accepted_on());
    for item in case.items() {
        let code = item.commodity_code;
        let what = match edition {
            _ if code.is_empty() => continue, // Absence is DOC-001's.
            _ if !commodity::is_commodity_code(code.value) => NOT_TEN_DIGITS,
            _ if !code.value.starts_with(FOOTWEAR) => NOT_FOOTWEAR,
            Some(edition) if edition.value.has(code.value) => continue,
            Some(_) => NO_SUCH_SUBHEADING,
            None => {
                report.not_judged(Words {
                    zh: "申报日税则未收录，子目无法核对",
                    en: "the tariff of the day is not on file, so subheadings cannot be checked",
                });
                continue;
            }
        };
        report.at(item, &item.commodity_code, evidence![code, what]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn ten_digits_of_a_known_subheading_pass() {
        check_rule(&RULE, "item commodity_code=6403990090", expect![""]);
    }

    #[test]
    fn eight_digits_are_rejected() {
        check_rule(
            &RULE,
            "item commodity_code=64039900",
            expect![[r#"
                reject item 1 commodity_code: commodity code 64039900: it must be ten digits
            "#]],
        );
    }

    #[test]
    fn a_subheading_nobody_knows_is_rejected() {
        check_rule(
            &RULE,
            "item commodity_code=6403980000",
            expect![[r#"
                reject item 1 commodity_code: commodity code 6403980000: the tariff of the day has no such subheading
            "#]],
        );
    }

    #[test]
    fn handbags_belong_to_another_channel() {
        check_rule(
            &RULE,
            "item commodity_code=6403990090
             item commodity_code=4202210090",
            expect![[r#"
                reject item 2 commodity_code: commodity code 4202210090: not of chapter 64, which this channel is for
            "#]],
        );
    }

    #[test]
    fn parts_of_wood_ended_with_the_edition_of_2012() {
        check_rule(
            &RULE,
            "accepted 2012-01-01
             item commodity_code=6406910000",
            expect![[r#"
                reject item 1 commodity_code: commodity code 6406910000: the tariff of the day has no such subheading
            "#]],
        );
        check_rule(
            &RULE,
            "accepted 2011-12-31
             item commodity_code=6406910000",
            expect![[r#"
                not judged: the tariff of the day is not on file, so subheadings cannot be checked
            "#]],
        );
    }
}
