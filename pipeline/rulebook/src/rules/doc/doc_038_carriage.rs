//! Vessel, vehicle, flight or their bill is missing, or an air waybill does not check.
//!
//! By water a vessel and a bill of lading, by road a vehicle, by air a flight and an air waybill. The last figure of a
//! waybill is its serial modulo 7; a house waybill may follow behind `_` and is not judged. The voyage is DOC-001's.

use crate::prelude::*;
use model::code::air_waybill::{self, AirWaybillCheck};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-038"),
    name: "carriage-incomplete",
    version: 1,
    title: Words {
        zh: "运输工具名称或提运单号未填报或错误",
        en: "means of transport or its bill is missing or wrong",
    },
    message: Words {
        zh: "运输方式 {mode}，{field} {value}：{what}",
        en: "transport mode {mode}, {field} {value}: {what}",
    },
    remedy: Words {
        zh: "水运填船名和提单号，公路填车牌号，空运填航班号和总运单号",
        en: "give vessel and bill of lading by water, vehicle number by road, flight and air waybill by air",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "domain-rules", article: "6, DOC-038" }],
    check: Check::Declaration(check),
};

const CONVEYANCE: Words = Words { zh: "运输工具名称", en: "means of transport" };
const BILL: Words = Words { zh: "提运单号", en: "bill of lading or waybill" };
const EMPTY: Words = Words { zh: "（空）", en: "(empty)" };
const REQUIRED: Words = Words { zh: "该运输方式必填", en: "this mode must have it" };
const SHAPE: Words = Words {
    zh: "航空总运单号应为3位航空公司代码加8位数字",
    en: "an air waybill has three figures of the airline and eight more",
};
const CHECK_DIGIT: Words =
    Words { zh: "航空总运单号校验位错误", en: "the check figure of the air waybill is wrong" };

/// What stands between master and house waybill.
const HOUSE: char = '_';

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    let mode = head.transport_mode;
    let Some(asked) = law.carriages.on(mode.value, case.accepted_on()) else { return };
    let bill = head.bill_of_lading;
    let missing = |field| evidence![mode, field, value = EMPTY, what = REQUIRED];
    if asked.conveyance && head.transport_name.is_empty() {
        report.at(head, &head.transport_name, missing(CONVEYANCE));
    }
    if asked.document && bill.is_empty() {
        report.at(head, &head.bill_of_lading, missing(BILL));
    } else if asked.air_waybill {
        let master = bill.value.split(HOUSE).next().unwrap_or("").trim();
        let what = match air_waybill::check(master) {
            AirWaybillCheck::Ok => return,
            AirWaybillCheck::BadShape => SHAPE,
            AirWaybillCheck::WrongDigit { .. } => CHECK_DIGIT,
        };
        report.at(head, &head.bill_of_lading, evidence![mode, field = BILL, value = bill, what]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn each_mode_has_what_it_needs() {
        check_rule(&RULE, "", expect![""]);
        check_rule(
            &RULE,
            "declaration transport_mode=4 transport_name=粤ZA000港 bill_of_lading=",
            expect![""],
        );
        for waybill in ["172-12345675", "17212345675", "172-12345675_H0061"] {
            check_rule(
                &RULE,
                &format!("declaration transport_mode=5 transport_name=CV7315 bill_of_lading={waybill}"),
                expect![""],
            );
        }
    }

    #[test]
    fn a_wrong_check_figure_is_rejected() {
        check_rule(
            &RULE,
            "declaration transport_mode=5 transport_name=CV7315 bill_of_lading=172-12345674",
            expect![[r#"
                reject declaration bill_of_lading: transport mode 5, bill of lading or waybill 172-12345674: the check figure of the air waybill is wrong
            "#]],
        );
    }

    #[test]
    fn a_bill_of_lading_is_no_air_waybill() {
        check_rule(
            &RULE,
            "declaration transport_mode=5 transport_name=CV7315 bill_of_lading=HZ20180601",
            expect![[r#"
                reject declaration bill_of_lading: transport mode 5, bill of lading or waybill HZ20180601: an air waybill has three figures of the airline and eight more
            "#]],
        );
    }

    #[test]
    fn a_ship_without_name_and_bill_is_rejected_for_both() {
        check_rule(
            &RULE,
            "declaration transport_name= bill_of_lading=",
            expect![[r#"
                reject declaration transport_name absent: transport mode 2, means of transport (empty): this mode must have it
                reject declaration bill_of_lading absent: transport mode 2, bill of lading or waybill (empty): this mode must have it
            "#]],
        );
    }

    #[test]
    fn by_mail_nothing_is_asked() {
        check_rule(&RULE, "declaration transport_mode=6 transport_name= bill_of_lading=", expect![""]);
    }
}
