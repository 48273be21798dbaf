//! The country of export stands neither at the head nor in every line, or at both, where the whole data set is asked for.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12135"),
    name: "export-country-nowhere",
    version: 1,
    title: Words { zh: "输出国填报不符", en: "the country of export stands nowhere, or twice" },
    message: Words {
        zh: "输出国应在表头或每项商品中填报一次，商品项 {number} 不符",
        en: "the country of export stands once, at the head or in every line, which line {number} does not keep to",
    },
    remedy: Words {
        zh: "在表头或每项商品中填报输出国",
        en: "give the country of export at the head or in every line",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12135" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let declaration = case.declaration;
    let Some(particulars) = declaration.particulars() else { return };
    let known = law.declaration_types.on(particulars.declaration_type.value, case.accepted_on());
    let is_full = known.is_some_and(|it| it.is_full);
    let at_head = particulars.export_country.is_present();
    for (item, more) in declaration.lines() {
        let in_line = more.export_country.is_present();
        if at_head && in_line || is_full && !at_head && !in_line {
            report.at(more, &more.export_country, evidence![number = item.line_number]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn at_the_head_it_passes() {
        check_rule(&RULE, "uk", expect![""]);
    }

    #[test]
    fn nowhere_it_is_rejected() {
        check_rule(
            &RULE,
            "uk
             particulars export_country=",
            expect![[r#"
                reject item_particulars 1 export_country absent: the country of export stands once, at the head or in every line, which line 1 does not keep to
            "#]],
        );
    }

    #[test]
    fn a_clearance_request_may_leave_it_out() {
        check_rule(
            &RULE,
            "uk
             particulars export_country= declaration_type=EXJ",
            expect![""],
        );
    }

    #[test]
    fn at_both_it_is_rejected() {
        check_rule(
            &RULE,
            "uk
             item_particulars export_country=GB",
            expect![[r#"
                reject item_particulars 1 export_country: the country of export stands once, at the head or in every line, which line 1 does not keep to
            "#]],
        );
    }
}
