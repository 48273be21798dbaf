//! A mandatory element is missing.
//!
//! Mandatory are what the schema asks for, the numbers and the type without which nothing can be answered, a goods line with a
//! procedure, and where the whole data set is asked for the exporter.

use crate::prelude::*;
use model::particulars::by_line;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-10001"),
    name: "element-missing",
    version: 1,
    title: Words { zh: "缺少必填数据", en: "a mandatory element is missing" },
    message: Words { zh: "未填报{element}", en: "{element} is missing" },
    remedy: Words { zh: "补填后重新申报", en: "give it and file again" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS10001" }],
    check: Check::Declaration(check),
};

const NUMBER: Words = Words { zh: "申报人自编号（LRN）", en: "the local reference number" };
const FUNCTION: Words = Words { zh: "报文功能代码", en: "the function of the message" };
const KIND: Words = Words { zh: "申报类型", en: "the declaration type" };
const EXPORTER: Words = Words { zh: "出口人代码或名称", en: "the exporter's code or name" };
const LINES: Words = Words { zh: "商品项", en: "a goods line" };
const LINE_NUMBER: Words = Words { zh: "商品序号", en: "the number of the goods line" };
const PROCEDURE: Words = Words { zh: "海关手续代码", en: "the procedure" };

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let declaration = case.declaration;
    let Some(particulars) = declaration.particulars() else { return };
    let (head, signature) = (declaration.head, declaration.signature);
    let declaration_type = particulars.declaration_type;
    if signature.client_number.is_empty() {
        report.at(signature, &signature.client_number, evidence![element = NUMBER]);
    }
    for (value, element) in [(&particulars.function, FUNCTION), (&particulars.declaration_type, KIND)] {
        if value.is_empty() {
            report.at(particulars, value, evidence![element]);
        }
    }
    let is_full =
        law.declaration_types.on(declaration_type.value, case.accepted_on()).is_some_and(|it| it.is_full);
    if is_full && head.consignor_unified_code.is_empty() && head.consignor_name.is_empty() {
        report.at(head, &head.consignor_unified_code, evidence![element = EXPORTER]);
    }
    if declaration.items.is_empty() {
        report.row(particulars, evidence![element = LINES]);
    }
    for (item, procedures) in by_line(declaration.procedures, declaration.items) {
        if item.line_number.is_empty() {
            report.at(item, &item.line_number, evidence![element = LINE_NUMBER]);
        } else if procedures.iter().all(|procedure| procedure.current.is_empty()) {
            report.row(item, evidence![element = PROCEDURE]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn a_whole_declaration_passes() {
        check_rule(&RULE, "uk", expect![""]);
    }

    #[test]
    fn without_number_function_or_type_nothing_can_be_answered() {
        check_rule(
            &RULE,
            "uk
             signature client_number=
             particulars function= declaration_type=",
            expect![[r#"
                reject signature client_number absent: the local reference number is missing
                reject particulars function absent: the function of the message is missing
                reject particulars declaration_type absent: the declaration type is missing
            "#]],
        );
    }

    #[test]
    fn the_exporter_is_asked_for_where_the_data_set_is_whole() {
        check_rule(
            &RULE,
            "uk
             declaration consignor_unified_code=",
            expect![[r#"
                reject declaration consignor_unified_code absent: the exporter's code or name is missing
            "#]],
        );
    }

    #[test]
    fn a_simplified_declaration_may_leave_the_exporter_out() {
        check_rule(
            &RULE,
            "uk
             declaration consignor_unified_code=
             particulars declaration_type=EXC",
            expect![""],
        );
    }

    #[test]
    fn a_line_has_a_number_and_a_procedure() {
        check_rule(
            &RULE,
            "uk
             no procedure
             item line_number=
             item line_number=2",
            expect![[r#"
                reject item 1 line_number absent: the number of the goods line is missing
                reject item 2: the procedure is missing
            "#]],
        );
    }

    #[test]
    fn goods_are_told() {
        check_rule(
            &RULE,
            "uk
             no item",
            expect![[r#"
                reject particulars: a goods line is missing
            "#]],
        );
    }
}
