//! The consignee is told by code and by name.

use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12084"),
    name: "consignee-code-and-name",
    version: 1,
    title: Words {
        zh: "收货人同时填报代码和名称", en: "the consignee is told by code and by name"
    },
    message: Words {
        zh: "收货人同时填报了代码 {code} 和名称",
        en: "the consignee is told by code {code} and by name",
    },
    remedy: Words { zh: "代码与名称只填一项", en: "give the code or the name, not both" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12084" }],
    check: Check::Declaration(check),
};

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    judge(head, &head.consignee_code, &head.consignee_name, report);
    for (_, more) in case.declaration.lines() {
        judge(more, &more.consignee_code, &more.consignee_name, report);
    }
}

fn judge<'b, R: Record<'b>>(row: &R, code: &Text<'b>, name: &Text<'b>, report: &mut Reporter<'_>) {
    if code.is_present() && name.is_present() {
        report.at(row, name, evidence![code = *code]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn a_name_passes() {
        check_rule(&RULE, "uk", expect![""]);
    }

    #[test]
    fn both_are_rejected() {
        check_rule(
            &RULE,
            "uk
             declaration consignee_code=NO1
             item_particulars consignee_code=NO2 consignee_name=NORDLYS",
            expect![[r#"
                reject declaration consignee_name: the consignee is told by code NO1 and by name
                reject item_particulars 1 consignee_name: the consignee is told by code NO2 and by name
            "#]],
        );
    }
}
