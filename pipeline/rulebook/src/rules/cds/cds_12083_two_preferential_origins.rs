//! A goods line claims two preferential origins, or a country and a group.

use crate::prelude::*;
use model::particulars::by_line;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12083"),
    name: "two-preferential-origins",
    version: 1,
    title: Words { zh: "优惠原产地多于一个", en: "more than one preferential origin" },
    message: Words {
        zh: "商品项 {number} 的优惠原产地为 {first} 和 {second}",
        en: "line {number} claims the preferential origins {first} and {second}",
    },
    remedy: Words { zh: "只填报一个国家或一个国家集团", en: "claim one country or one group" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12083" }],
    check: Check::Declaration(check),
};

/// Preferential origin.
const PREFERENTIAL: &str = "2";

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let declaration = case.declaration;
    for (item, origins) in by_line(declaration.origin_countries, declaration.items) {
        let mut claimed = origins.iter().filter(|origin| origin.kind.value == PREFERENTIAL);
        let (Some(one), Some(other)) = (claimed.next(), claimed.next()) else { continue };
        let number = item.line_number;
        report.at(other, &other.country, evidence![number, first = one.country, second = other.country]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn one_of_each_kind_passes() {
        check_rule(
            &RULE,
            "uk
             origin_country goods_line=1 country=CN kind=1
             origin_country goods_line=1 country=GB kind=2",
            expect![""],
        );
    }

    #[test]
    fn two_preferential_ones_are_rejected() {
        check_rule(
            &RULE,
            "uk
             origin_country goods_line=1 country=GB kind=2
             origin_country goods_line=1 country=1011 kind=2",
            expect![[r#"
                reject origin_country 2 country: line 1 claims the preferential origins GB and 1011
            "#]],
        );
    }
}
