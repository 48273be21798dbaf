//! A field the declaration must have is empty.
//!
//! Two lists, two effects (ruling X3).
//! What every export needs (single-window.md 3.5) goes back to the declarant when it is empty; the contract number too,
//! in ordinary trade. Fields the message format only marks as required, some of which working builders leave out, are
//! told and change nothing.
//! A blank document kind is an ordinary declaration and never told. The voyage is asked for where there is one: by
//! water, rail and road. A levy category may be blank where the table of DOC-043 says so. The second quantity is DOC-024's.

use crate::prelude::*;
use model::code::{trade_mode, transport};
use model::declaration::{DeclarationHead, GoodsItem};
use model::documents::Signature;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-001"),
    name: "required-field-missing",
    version: 1,
    title: Words { zh: "必填项目未填报", en: "required field is missing" },
    message: Words { zh: "{field}未填报：{what}", en: "{field} is empty: {what}" },
    remedy: Words { zh: "补填该项目后重新申报", en: "fill in the field and declare again" },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "海关总署公告2019年第18号", article: "填制规范" },
        Citation { instrument: "single-window", article: "3.3, 3.5" },
        Citation { instrument: "rulings", article: "X3" },
    ],
    check: Check::Declaration(check),
};

const REQUIRED: Words = Words { zh: "出口申报必填", en: "every export must have it" };
const IN_ORDINARY_TRADE: Words = Words { zh: "一般贸易必填", en: "ordinary trade must have it" };
const EXPECTED: Words = Words {
    zh: "报文规范列为申报必填，仅作提示",
    en: "the message format asks for it; told only",
};
const GOODS_LINES: Words = Words { zh: "商品项", en: "goods lines" };

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let declaration = &case.declaration;
    let (head, signature) = (declaration.head, declaration.signature);
    require(head, &of_head(head), REQUIRED, report);
    if head.levy_category.is_empty() && !blank_levy_category(case, law) {
        require(head, &[&head.levy_category], REQUIRED, report);
    }
    if head.trade_mode.value == trade_mode::ORDINARY {
        require(head, &[&head.contract_number], IN_ORDINARY_TRADE, report);
    }
    if matches!(head.transport_mode.value, transport::WATER | transport::RAIL | transport::ROAD) {
        require(declaration.free_text, &[&declaration.free_text.voyage], REQUIRED, report);
    }
    require(signature, &of_signature(signature), REQUIRED, report);
    if declaration.items.is_empty() {
        report.row(head, evidence![field = GOODS_LINES, what = REQUIRED]);
    }
    for item in declaration.items {
        require(item, &of_item(item), REQUIRED, report);
    }
    expect(case, &mut report.with_effect(Effect::Warn));
}

/// Fields of the message format beyond what an export needs.
fn expect(case: &Case<'_>, report: &mut Reporter<'_>) {
    let declaration = &case.declaration;
    require(declaration.head, &expected_of_head(declaration.head), EXPECTED, report);
    require(declaration.signature, &[&declaration.signature.signed_at], EXPECTED, report);
    for row in declaration.goods_licences {
        require(row, &[&row.goods_line, &row.type_code, &row.number], EXPECTED, report);
    }
    for row in declaration.other_packaging {
        require(row, &[&row.kind], EXPECTED, report);
    }
    for row in declaration.qualifications {
        require(row, &[&row.type_code], EXPECTED, report);
    }
    for row in declaration.promises {
        require(row, &[&row.material_code], EXPECTED, report);
    }
    for row in declaration.mark_pictures {
        require(row, &[&row.name], EXPECTED, report);
    }
}

fn require<'b, R: Record<'b>>(row: &R, fields: &[&Text<'b>], what: Words, report: &mut Reporter<'_>) {
    for text in fields.iter().filter(|text| text.is_empty()) {
        if let Some(field_idx) = row.field_of(text) {
            let field = Words { zh: R::FIELDS[field_idx].zh, en: R::FIELDS[field_idx].name };
            report.at(row, text, evidence![field, what]);
        }
    }
}

fn blank_levy_category(case: &Case<'_>, law: &Tables) -> bool {
    let natures = law.levy_natures.on(case.declaration.head.trade_mode.value, case.accepted_on());
    natures.is_some_and(|natures| natures.blank)
}

fn of_head<'h, 'b>(head: &'h DeclarationHead<'b>) -> [&'h Text<'b>; 29] {
    [
        &head.direction,
        &head.entry_type,
        &head.agent_customs_code,
        &head.agent_name,
        &head.agent_unified_code,
        &head.consignor_customs_code,
        &head.consignor_name,
        &head.consignor_unified_code,
        &head.owner_customs_code,
        &head.owner_name,
        &head.owner_unified_code,
        &head.consignee_name,
        &head.customs_office,
        &head.exit_office,
        &head.exit_port,
        &head.final_port,
        &head.destination_country,
        &head.trading_country,
        &head.transport_mode,
        &head.transit_relation,
        &head.trade_mode,
        &head.price_term,
        &head.package_count,
        &head.package_kind,
        &head.no_other_packaging,
        &head.gross_weight_kg,
        &head.net_weight_kg,
        &head.marks,
        &head.price_statements,
    ]
}

fn of_signature<'h, 'b>(signature: &'h Signature<'b>) -> [&'h Text<'b>; 2] {
    [&signature.operation, &signature.client_number]
}

fn of_item<'h, 'b>(item: &'h GoodsItem<'b>) -> [&'h Text<'b>; 15] {
    [
        &item.line_number,
        &item.commodity_code,
        &item.name,
        &item.specification,
        &item.quantity,
        &item.unit,
        &item.first_quantity,
        &item.first_unit,
        &item.unit_price,
        &item.total_price,
        &item.currency,
        &item.origin_country,
        &item.destination_country,
        &item.source_district,
        &item.duty_mode,
    ]
}

fn expected_of_head<'h, 'b>(head: &'h DeclarationHead<'b>) -> [&'h Text<'b>; 8] {
    [
        &head.entry_firm_code,
        &head.entry_firm_name,
        &head.entry_clerk,
        &head.entry_clerk_card,
        &head.declaring_person,
        &head.channel_flag,
        &head.departure_port,
        &head.storage_place,
    ]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn nothing_missing_passes_and_a_blank_document_kind_is_legal() {
        check_rule(&RULE, "declaration document_kind=", expect![""]);
    }

    #[test]
    fn the_contract_number_is_required_in_ordinary_trade_only() {
        check_rule(
            &RULE,
            "declaration contract_number=",
            expect![[r#"
                reject declaration contract_number absent: contract_number is empty: ordinary trade must have it
            "#]],
        );
        check_rule(&RULE, "declaration contract_number= trade_mode=3010", expect![""]);
    }

    #[test]
    fn every_empty_field_is_told_at_its_own_row() {
        check_rule(
            &RULE,
            "declaration exit_port=
             item source_district=",
            expect![[r#"
                reject declaration exit_port absent: exit_port is empty: every export must have it
                reject item 1 source_district absent: source_district is empty: every export must have it
            "#]],
        );
    }

    #[test]
    fn what_only_the_format_asks_for_is_told() {
        check_rule(
            &RULE,
            "declaration departure_port= storage_place=",
            expect![[r#"
                warn declaration departure_port absent: departure_port is empty: the message format asks for it; told only
                warn declaration storage_place absent: storage_place is empty: the message format asks for it; told only
            "#]],
        );
    }

    #[test]
    fn the_levy_category_may_be_blank_in_market_procurement() {
        check_rule(&RULE, "declaration trade_mode=1039 levy_category=", expect![""]);
        check_rule(
            &RULE,
            "declaration trade_mode=0110 levy_category=",
            expect![[r#"
                reject declaration levy_category absent: levy_category is empty: every export must have it
            "#]],
        );
    }

    #[test]
    fn an_aircraft_has_no_voyage() {
        check_rule(
            &RULE,
            "declaration transport_mode=5
             free voyage=",
            expect![""],
        );
        check_rule(
            &RULE,
            "free voyage=",
            expect![[r#"
                reject free voyage absent: voyage is empty: every export must have it
            "#]],
        );
    }

    #[test]
    fn a_declaration_without_goods_is_rejected() {
        check_rule(
            &RULE,
            "no item",
            expect![[r#"
                reject declaration: goods lines is empty: every export must have it
            "#]],
        );
    }
}
