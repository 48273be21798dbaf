//! The declared elements of a shoe are incomplete or out of order.
//!
//! The specification of a line is a list of elements separated by `|` (U+007C): brand type, export preference, style,
//! upper material, sole material, brand, item number, others. The first seven must be filled, the last may be empty or
//! left out, and what follows it is not read. Order is seen at the first two, which are codes of one digit: a list that
//! has lost one of them has a word in its place. Which digits are allowed is for DOC-022 and DOC-023.
//! One finding a line tells the first element that is wrong; a list that slipped would be wrong in all the rest.

use crate::prelude::*;
use crate::tables::elements::{Element, Elements, Need, split, trim};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-020"),
    name: "declared-elements-incomplete",
    version: 1,
    title: Words {
        zh: "申报要素不完整或顺序错误", en: "declared elements are incomplete or out of order"
    },
    message: Words {
        zh: "申报要素第 {position} 项（{element}）{what}",
        en: "declared element {position} ({element}) {what}",
    },
    remedy: Words {
        zh: "按品牌类型|出口享惠情况|款式|鞋面材料|鞋底材料|品牌|货号|其他的顺序补全",
        en: "give brand type|export preference|style|upper|sole|brand|item number|others in this order",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules S20", article: "6, DOC-020" }],
    check: Check::Declaration(check),
};

const MISSING: Words = Words { zh: "未填报", en: "is missing" };
const NO_CODE: Words = Words { zh: "应为一位数字代码", en: "must be a code of one digit" };

const NO_ELEMENTS: Words = Words {
    zh: "该商品或该日期的申报要素目录未收录",
    en: "the declared elements of this heading or day are not on file",
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let day = case.accepted_on();
    for item in case.items() {
        let (code, specification) = (item.commodity_code.value, item.specification.value);
        if specification.is_empty() || !code.starts_with("64") {
            continue; // Absence is DOC-001's, other goods are DOC-014's.
        }
        let Some(elements) = law.elements.on(code, day) else {
            report.not_judged(NO_ELEMENTS);
            continue;
        };
        if let Some((position, element, what)) = first_defect(elements, specification) {
            report.at(item, &item.specification, evidence![position, element = element.name(), what]);
        }
    }
}

/// The first element that is wrong, counted from 1.
fn first_defect(elements: &Elements, specification: &str) -> Option<(usize, Element, Words)> {
    let mut given = split(specification).map(trim);
    for (element_idx, (element, need)) in elements.in_order().iter().enumerate() {
        let value = given.next().unwrap_or("");
        let what = match value.as_bytes() {
            [] if *need == Need::Required => MISSING,
            [] | [b'0'..=b'9'] => continue,
            _ if element.is_code() => NO_CODE,
            _ => continue,
        };
        return Some((element_idx + 1, *element, what));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn line(specification: &str) -> String {
        format!("item specification=\"{specification}\"")
    }

    #[test]
    fn the_example_of_the_reference_passes() {
        check_rule(&RULE, &line("1|0|女鞋 不过踝|牛皮革|橡胶|自有品牌名|A-101"), expect![""]);
    }

    #[test]
    fn others_may_be_empty_and_more_may_follow() {
        check_rule(&RULE, &line("1|0|女鞋 不过踝|牛皮革|橡胶|自有品牌名|A-101|"), expect![""]);
        check_rule(&RULE, &line("1|0|女鞋 不过踝|牛皮革|橡胶|自有品牌名|A-101||GTIN"), expect![""]);
    }

    #[test]
    fn an_empty_brand_type_is_rejected() {
        check_rule(
            &RULE,
            &line("|0|女鞋 不过踝|牛皮革|橡胶|自有品牌名|A-101"),
            expect![[r#"
                reject item 1 specification: declared element 1 (brand type) is missing
            "#]],
        );
    }

    #[test]
    fn a_list_that_slipped_is_told_once() {
        // Brand type left out: 0 stands in its place, the style in that of the export preference.
        check_rule(
            &RULE,
            &line("0|女鞋 不过踝|牛皮革|橡胶|自有品牌名|A-101"),
            expect![[r#"
                reject item 1 specification: declared element 2 (export preference) must be a code of one digit
            "#]],
        );
    }

    #[test]
    fn a_list_that_ends_after_the_sole_lacks_the_brand() {
        check_rule(
            &RULE,
            &line("1|0|女鞋 不过踝|牛皮革|橡胶"),
            expect![[r#"
                reject item 1 specification: declared element 6 (brand) is missing
            "#]],
        );
    }

    #[test]
    fn only_the_plain_stroke_separates() {
        check_rule(
            &RULE,
            &line("1｜0｜女鞋 不过踝｜牛皮革｜橡胶｜自有品牌名｜A-101"),
            expect![[r#"
                reject item 1 specification: declared element 1 (brand type) must be a code of one digit
            "#]],
        );
    }

    #[test]
    fn parts_and_days_without_a_list_are_not_judged() {
        for notation in ["item commodity_code=6406109000", "accepted 2017-12-31"] {
            check_rule(
                &RULE,
                notation,
                expect![[r#"
                    not judged: the declared elements of this heading or day are not on file
                "#]],
            );
        }
    }
}
