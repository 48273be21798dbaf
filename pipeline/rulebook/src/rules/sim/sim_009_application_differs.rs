//! Declaration and inspection application of goods under statutory inspection differ in commodity code, quantity, weight,
//! value, containers or consignee.
//!
//! There is no tolerance: both are of the same goods. Several applications for one declaration are compared as a whole,
//! once all of them are there. What one of the two leaves open, or says in a unit or currency the other does not use, is
//! told as not judged. Whether the weight of an application is net or gross is not settled: it may be either.

use super::sim_008_application_missing::asks_for_two;
use crate::application::{by_currency, kilograms, listed, quantities, tariff_code};
use crate::prelude::*;
use crate::proof::sum;
use model::case::{Application, Applied};
use model::declaration::GoodsItem;
use model::inspection::{Inspection, InspectionGoods};
use model::text::{folded, reads_alike};
use std::collections::BTreeMap;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("SIM-009"),
    name: "inspection-application-differs",
    version: 1,
    title: Words { zh: "报关单与报检单不符", en: "declaration and inspection application differ" },
    message: Words {
        zh: "{what}：报检单{application}为 {applied}，报关单为 {declared}",
        en: "{what}: {applied} on inspection application {application}, declared {declared}",
    },
    remedy: Words {
        zh: "核对两单，更正有误的一单后重新发送",
        en: "compare the two, correct the one that is wrong and send it again",
    },
    effect: Effect::Reject,
    in_force: InForce::until(2018, 8, 1),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[
        Citation { instrument: "domain-rules", article: "7, SIM-009" },
        Citation { instrument: "rulings", article: "D3" },
    ],
    check: Check::Declaration(check),
};

const CODE: Words = Words { zh: "商品编号", en: "commodity code" };
const QUANTITY: Words = Words { zh: "数量", en: "quantity" };
const WEIGHT: Words = Words { zh: "重量（千克）", en: "weight in kg" };
const VALUE: Words = Words { zh: "总值", en: "value" };
const CONTAINER: Words = Words { zh: "集装箱号", en: "container" };
const CONSIGNEE: Words = Words { zh: "收货人", en: "consignee" };
const ABSENT: Words = Words { zh: "无", en: "none" };

const UNITS_DIFFER: Words = Words {
    zh: "报检单与报关单的计量单位不同或数量缺失，数量无法核对",
    en: "application and declaration count in different units, or a quantity is missing",
};
const NO_WEIGHT: Words = Words {
    zh: "报检单重量不全或非千克，重量无法核对",
    en: "the application does not show the weight of every line in kilograms",
};
const NO_VALUE: Words = Words {
    zh: "报检单或报关单有商品缺总值或币种，总值无法核对",
    en: "a line of the application or of the declaration lacks its value or a known currency",
};
const NO_CONTAINERS: Words = Words {
    zh: "报检单未列集装箱，集装箱号无法核对",
    en: "the application lists no containers",
};
const NO_CONSIGNEE: Words = Words {
    zh: "报检单或报关单无收货人名称，收货人无法核对",
    en: "the application or the declaration names no consignee",
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    if !asks_for_two(case, law) {
        return;
    }
    let mut filed = Vec::with_capacity(case.applications.len());
    for application in case.applications {
        match application.found {
            Applied::Filed(inspection) => filed.push(inspection),
            // SIM-008 waits for it.
            Applied::Missing | Applied::Rejected => return,
        }
    }
    let Some(first) = case.applications.first() else { return };
    let two = Two { case, first, filed };
    two.compare_goods(report);
    two.compare_weight(report);
    two.compare_value(report);
    two.compare_containers(report);
    two.compare_consignee(report);
}

/// The declaration, and the applications for it: told is the number of the first.
struct Two<'a, 'c> {
    case: &'a Case<'c>,
    first: &'a Application<'c>,
    filed: Vec<Inspection<'c>>,
}

impl<'c> Two<'_, 'c> {
    fn applied_lines(&self) -> impl Iterator<Item = &'c InspectionGoods<'c>> + use<'c, '_> {
        self.filed.iter().flat_map(|inspection| inspection.goods)
    }

    /// Commodity codes, and for each the quantity.
    fn compare_goods(&self, report: &mut Reporter<'_>) {
        let mut codes: BTreeMap<&str, (Vec<&GoodsItem<'_>>, Vec<&InspectionGoods<'_>>)> = BTreeMap::new();
        for item in self.case.items() {
            codes.entry(tariff_code(item.commodity_code.value)).or_default().0.push(item);
        }
        for line in self.applied_lines() {
            codes.entry(tariff_code(line.commodity_code.value)).or_default().1.push(line);
        }
        for (code, (declared, applied)) in codes {
            match (declared.first(), applied.is_empty()) {
                (None, _) => self.tell(CODE, code.into(), ABSENT.into(), self.first.place, report),
                (Some(item), true) => {
                    let place = Place::of(*item, &item.commodity_code);
                    self.tell(CODE, ABSENT.into(), code.into(), place, report);
                }
                (Some(item), false) => match quantities(&declared, &applied) {
                    None => report.not_judged(UNITS_DIFFER),
                    Some((declared, applied)) if declared != applied => {
                        let place = Place::of(*item, &item.quantity);
                        self.tell(QUANTITY, applied.into(), declared.into(), place, report);
                    }
                    Some(_) => {}
                },
            }
        }
    }

    fn compare_weight(&self, report: &mut Reporter<'_>) {
        let Some(applied) = sum(self.applied_lines().map(kilograms)) else {
            return report.not_judged(NO_WEIGHT);
        };
        let head = self.case.declaration.head;
        let declared = [head.net_weight_kg, head.gross_weight_kg].map(|weight| weight.decimal());
        // A weight that is not declared is DOC-001's.
        let [Some(net), Some(gross)] = declared else { return };
        if applied != net && applied != gross {
            self.tell(WEIGHT, applied.into(), net.into(), Place::of(head, &head.net_weight_kg), report);
        }
    }

    fn compare_value(&self, report: &mut Reporter<'_>) {
        let items = self.case.items();
        let declared = by_currency(items.iter().map(|item| (item.currency.value, item.total_price)));
        let applied = by_currency(self.applied_lines().map(|line| (line.currency.value, line.total)));
        let (Some(declared), Some(applied)) = (declared, applied) else { return report.not_judged(NO_VALUE) };
        if declared != applied
            && let Some(item) = items.first()
        {
            let place = Place::of(item, &item.total_price);
            self.tell(VALUE, listed(&applied), listed(&declared), place, report);
        }
    }

    fn compare_containers(&self, report: &mut Reporter<'_>) {
        let applied = self.filed.iter().flat_map(|inspection| inspection.containers);
        let applied: Vec<&Text<'_>> =
            applied.map(|container| &container.number).filter(|number| number.is_present()).collect();
        let containers = self.case.declaration.containers;
        if applied.is_empty() {
            if !containers.is_empty() {
                report.not_judged(NO_CONTAINERS);
            }
            return;
        }
        for container in containers {
            let number = &container.number;
            if applied.iter().all(|applied| !reads_alike(applied.value, number.value)) {
                let place = Place::of(container, number);
                self.tell(CONTAINER, ABSENT.into(), (*number).into(), place, report);
            }
        }
        let mut told: Vec<String> = Vec::new();
        for number in applied {
            let is_declared =
                containers.iter().any(|container| reads_alike(container.number.value, number.value));
            let spelling: String = folded(number.value).collect();
            if !is_declared && !told.contains(&spelling) {
                self.tell(CONTAINER, (*number).into(), ABSENT.into(), self.first.place, report);
                told.push(spelling);
            }
        }
    }

    fn compare_consignee(&self, report: &mut Reporter<'_>) {
        let head = self.case.declaration.head;
        let declared = &head.consignee_name;
        for inspection in &self.filed {
            let [name_en, name] = [inspection.head.consignee_name_en, inspection.head.consignee_name];
            let names = [name_en, name].map(|name| name.value);
            if declared.is_empty() || names.iter().all(|name| name.is_empty()) {
                report.not_judged(NO_CONSIGNEE);
            } else if !names.iter().any(|name| reads_alike(name, declared.value)) {
                let applied = if name_en.is_present() { name_en } else { name };
                self.tell(CONSIGNEE, applied.into(), (*declared).into(), Place::of(head, declared), report);
            }
        }
    }

    fn tell(&self, what: Words, applied: Value, declared: Value, place: Place, report: &mut Reporter<'_>) {
        let application = self.first.number;
        report.place(place, evidence![what, application, applied, declared]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::{Expect, expect};

    /// What the clean declaration says of 2012 goods, and what is applied for.
    #[track_caller]
    fn check(applied: &str, expected: Expect) {
        let named = "accepted 2012-05-02\nlicence code=B number=HD-BJ-2012-0001";
        check_rule(&RULE, &format!("{named}\napplication number=HD-BJ-2012-0001\n{applied}"), expected);
    }

    const BOX: &str = "applied_container number=CSQU3054383";

    #[test]
    fn equal_documents_agree() {
        check(&format!("applied\n{BOX}"), expect![""]);
    }

    #[test]
    fn a_pair_more_is_one_too_many() {
        check(
            &format!("applied quantity=1201\n{BOX}"),
            expect![[r#"
                reject item 1 quantity: quantity: 1201 on inspection application HD-BJ-2012-0001, declared 1200
            "#]],
        );
    }

    #[test]
    fn lines_of_one_code_are_counted_together() {
        let half = "applied quantity=600 weight=480 total=7410";
        check(&format!("{half}\n{half}\n{BOX}"), expect![""]);
    }

    #[test]
    fn quantities_are_compared_in_a_unit_both_use() {
        check(&format!("applied quantity=960 unit=035\n{BOX}"), expect![""]);
        check(
            &format!("applied quantity=0.12 unit=144 standard_quantity=1199 standard_unit=025\n{BOX}"),
            expect![[r#"
                reject item 1 quantity: quantity: 1199 on inspection application HD-BJ-2012-0001, declared 1200
            "#]],
        );
        check(
            &format!("applied quantity=100 unit=120\n{BOX}"),
            expect![[r#"
                not judged: application and declaration count in different units, or a quantity is missing
            "#]],
        );
    }

    #[test]
    fn a_code_that_only_one_of_them_has() {
        check(
            &format!("applied commodity_code=6404110000\n{BOX}"),
            expect![[r#"
                reject item 1 commodity_code: commodity code: none on inspection application HD-BJ-2012-0001, declared 6403990090
                reject licence 1 number: commodity code: 6404110000 on inspection application HD-BJ-2012-0001, declared none
            "#]],
        );
        check(&format!("applied commodity_code=6403990090999\n{BOX}"), expect![""]);
    }

    #[test]
    fn the_weight_may_be_net_or_gross_and_nothing_else() {
        check(&format!("applied weight=960.000\n{BOX}"), expect![""]);
        check(&format!("applied weight=1080\n{BOX}"), expect![""]);
        check(
            &format!("applied weight=1000\n{BOX}"),
            expect![[r#"
                reject declaration net_weight_kg: weight in kg: 1000 on inspection application HD-BJ-2012-0001, declared 960
            "#]],
        );
        check(
            &format!("applied weight=2116 weight_unit=076\n{BOX}"),
            expect![[r#"
                not judged: the application does not show the weight of every line in kilograms
            "#]],
        );
    }

    #[test]
    fn the_value_is_compared_by_currency() {
        check(&format!("applied total=14820.00 currency=502\n{BOX}"), expect![""]);
        check(
            &format!("applied total=14820.01\n{BOX}"),
            expect![[r#"
                reject item 1 total_price: value: 14820.01 USD on inspection application HD-BJ-2012-0001, declared 14820 USD
            "#]],
        );
        check(
            &format!("applied currency=840\n{BOX}"),
            expect![[r#"
                not judged: a line of the application or of the declaration lacks its value or a known currency
            "#]],
        );
    }

    #[test]
    fn containers_are_compared_where_the_application_lists_them() {
        check(
            "applied",
            expect![[r#"
                not judged: the application lists no containers
            "#]],
        );
        check(
            "applied\napplied_container number=TRHU3000098",
            expect![[r#"
                reject container 1 number: container: none on inspection application HD-BJ-2012-0001, declared CSQU3054383
                reject licence 1 number: container: TRHU3000098 on inspection application HD-BJ-2012-0001, declared none
            "#]],
        );
        check("applied\napplied_container number=csqu3054383", expect![""]);
    }

    #[test]
    fn the_consignee_is_named_in_either_language() {
        check_consignee(
            "consignee_name_en=OTHER",
            expect![[r#"
            reject declaration consignee_name: consignee: OTHER on inspection application HD-BJ-2012-0001, declared SCHUHHAUS GMBH
        "#]],
        );
        check_consignee("consignee_name_en=OTHER consignee_name=\"Schuhhaus GmbH\"", expect![""]);
        check_consignee(
            "consignee_name_en=",
            expect![[r#"
            not judged: the application or the declaration names no consignee
        "#]],
        );
    }

    #[track_caller]
    fn check_consignee(head: &str, expected: Expect) {
        let named = "accepted 2012-05-02\nlicence code=B number=HD-BJ-2012-0001";
        let notation = format!("{named}\napplication number=HD-BJ-2012-0001 {head}\napplied\n{BOX}");
        check_rule(&RULE, &notation, expected);
    }

    #[test]
    fn several_applications_are_compared_as_a_whole() {
        let half = "applied quantity=600 weight=480 total=7410";
        check_rule(
            &RULE,
            &format!(
                "accepted 2012-05-02
                 licence code=B number=A
                 licence code=B number=B
                 application number=A
                 {half}
                 {BOX}
                 application number=B
                 {half}"
            ),
            expect![""],
        );
    }

    #[test]
    fn nothing_is_compared_before_all_are_there_or_outside_the_catalogue() {
        let other = "application number=A\napplied quantity=1";
        let named = "licence code=B number=A";
        check_rule(&RULE, &format!("accepted 2013-08-15\n{named}\n{other}"), expect![""]);
        let missing = "licence code=B number=HD-BJ-2012-0002";
        check_rule(&RULE, &format!("accepted 2012-05-02\n{named}\n{missing}\n{other}"), expect![""]);
        check_rule(&RULE, "accepted 2012-05-02", expect![""]);
    }

    #[test]
    fn one_under_the_unified_number_is_compared_too() {
        check_rule(
            &RULE,
            &format!(
                "accepted 2012-05-02
                 declaration unified_number=E20120000000000001
                 application number=E20120000000000001
                 applied quantity=11000
                 {BOX}"
            ),
            expect![[r#"
                reject item 1 quantity: quantity: 11000 on inspection application E20120000000000001, declared 1200
            "#]],
        );
    }
}
