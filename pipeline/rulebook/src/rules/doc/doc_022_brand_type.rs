//! The brand type is no code of its list, or contradicts what the office knows of the mark.
//!
//! The first declared element says whose the brand is. A mark on file as the firm's own is not declared as another's or
//! as none: the firm would have the benefits of an own brand (ZON-011) for what it says is none. A mark the firm only has
//! a licence of is not its own. A mark that is not on file says nothing.

use crate::prelude::*;
use crate::tables::elements::Element;
use jiff::civil::Date;
use model::declaration::GoodsItem;
use model::registers::{Brand, BrandKind};
use model::text::reads_alike;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-022"),
    name: "brand-type-contradicts-mark",
    version: 1,
    title: Words {
        zh: "品牌类型代码错误或与登记的品牌性质不符",
        en: "brand type is no code of its list or contradicts the mark on file",
    },
    message: Words {
        zh: "品牌类型申报 {brand_type}（{declared}）：品牌“{brand}”{on_file}",
        en: "brand type {brand_type} ({declared}) is declared: brand \"{brand}\" {on_file}",
    },
    remedy: Words {
        zh: "按0无品牌、1境内自主、2境内收购、3境外贴牌、4境外其他更正品牌类型，或更新品牌登记",
        en: "give 0 none, 1 domestic own, 2 domestic bought, 3 foreign made to order or 4 other foreign, or have the register updated",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "domain-rules", article: "6, DOC-022" }],
    check: Check::Declaration(check),
};

const NO_CODE: Words = Words { zh: "无此代码", en: "no such code" };
const DECLARED_OWN: Words = Words { zh: "自有品牌", en: "the firm's own" };
const DECLARED_OTHER: Words = Words { zh: "非自有品牌", en: "not the firm's own" };
const NOT_COMPARED: Words = Words { zh: "未核对", en: "was not compared" };
const OWN: Words =
    Words { zh: "登记为本企业自有商标", en: "is on file as a mark of the firm's own" };
const LICENSED: Words = Words {
    zh: "登记为许可使用，非本企业自有",
    en: "is on file as used under licence, not as the firm's own",
};

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let day = case.accepted_on();
    for item in case.items() {
        let specification = item.specification;
        let Some(elements) = law.elements.on(item.commodity_code.value, day) else { continue };
        let brand_type = elements.value(Element::BrandType, specification.value);
        let brand = elements.value(Element::Brand, specification.value);
        if !matches!(brand_type.as_bytes(), [b'0'..=b'9']) {
            continue; // What is no digit is DOC-020's.
        }
        let (declared, on_file) = match law.brand_types.is_own(brand_type, day) {
            None => (NO_CODE, NOT_COMPARED),
            Some(is_own) => match (is_own, on_file(case, item, brand, day)) {
                (false, Some(BrandKind::Own)) => (DECLARED_OTHER, OWN),
                (true, Some(BrandKind::Licensed)) => (DECLARED_OWN, LICENSED),
                _ => continue,
            },
        };
        report.at(item, &item.specification, evidence![brand_type, declared, brand, on_file]);
    }
}

/// What consignor or producing unit has of the mark: the best of the rows that are valid on the day.
fn on_file(case: &Case<'_>, item: &GoodsItem<'_>, brand: &str, day: Date) -> Option<BrandKind> {
    let head = case.declaration.head;
    let is_it = |row: &&Brand| {
        let names_it =
            |text: &str| !text.is_empty() && (reads_alike(text, &row.mark) || has_number(text, row));
        row.valid.contains(day) && (names_it(brand) || names_it(item.brand.value))
    };
    let firms = [head.consignor_unified_code, head.owner_unified_code];
    let rows = firms.iter().flat_map(|firm| case.registers.brands.of(firm.value)).filter(is_it);
    rows.map(|row| row.kind).min_by_key(|kind| match kind {
        BrandKind::Own => 0,
        BrandKind::Recorded => 1,
        BrandKind::Licensed => 2,
    })
}

fn has_number(text: &str, row: &Brand) -> bool {
    !row.mark_number.is_empty() && text.contains(row.mark_number.as_str())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn line(brand_type: &str, brand: &str) -> String {
        format!("item specification=\"{brand_type}|0|女鞋 不过踝|牛皮革|橡胶|{brand}|A-101\"\n")
    }

    const OWN: &str = "brand scc=91441323555600018G mark_no=12345678 mark=JILONG class=25 kind=own";
    const LICENSED: &str = "brand scc=91441323555600018G mark_no=7654321 mark=ALDERMOOR kind=licensed";

    #[test]
    fn an_own_mark_declared_as_own_passes() {
        check_rule(&RULE, &format!("{}{OWN}", line("1", "JILONG")), expect![""]);
        check_rule(&RULE, &format!("{}{OWN}", line("2", "ＪＩＬＯＮＧ")), expect![""]);
    }

    #[test]
    fn an_own_mark_declared_as_foreign_is_rejected() {
        check_rule(
            &RULE,
            &format!("{}{OWN}", line("3", "Jilong")),
            expect![[r#"
                reject item 1 specification: brand type 3 (not the firm's own) is declared: brand "Jilong" is on file as a mark of the firm's own
            "#]],
        );
    }

    #[test]
    fn its_number_names_it_too() {
        check_rule(
            &RULE,
            &format!("{}{OWN}", line("0", "注册号12345678")),
            expect![[r#"
                reject item 1 specification: brand type 0 (not the firm's own) is declared: brand "注册号12345678" is on file as a mark of the firm's own
            "#]],
        );
    }

    #[test]
    fn a_licence_makes_no_own_mark() {
        check_rule(
            &RULE,
            &format!("{}{LICENSED}", line("1", "ALDERMOOR")),
            expect![[r#"
                reject item 1 specification: brand type 1 (the firm's own) is declared: brand "ALDERMOOR" is on file as used under licence, not as the firm's own
            "#]],
        );
        check_rule(&RULE, &format!("{}{LICENSED}", line("3", "ALDERMOOR")), expect![""]);
    }

    #[test]
    fn a_mark_that_has_lapsed_or_is_not_on_file_says_nothing() {
        check_rule(&RULE, &format!("{}{OWN} to=2018-06-01", line("3", "JILONG")), expect![""]);
        check_rule(&RULE, &format!("{}{OWN}", line("3", "ALDERMOOR")), expect![""]);
        check_rule(&RULE, &line("1", "JILONG"), expect![""]);
    }

    #[test]
    fn five_is_no_brand_type() {
        check_rule(&RULE, &line("4", "JILONG"), expect![""]);
        check_rule(
            &RULE,
            &line("5", "JILONG"),
            expect![[r#"
                reject item 1 specification: brand type 5 (no such code) is declared: brand "JILONG" was not compared
            "#]],
        );
    }

    #[test]
    fn before_2018_there_was_no_brand_type() {
        check_rule(&RULE, &format!("accepted 2017-12-31\n{}{OWN}", line("3", "JILONG")), expect![""]);
    }
}
