//! A certificate of exemption from inspection does not cover the goods: wrong day, commodity code, or brand.
//!
//! The certificate is the producer's. The declaration is exempt when each of its lines is covered; a line outside takes
//! the normal mode for all of it. A certificate without a last day ends after its term. Told wherever a producer has a
//! certificate on file, or the declaration names one.

use crate::channel;
use crate::goods::{Goods, goods};
use crate::prelude::*;
use jiff::civil::Date;
use model::decision::{Mode, TraceLine};
use model::registers::{Exemption, Interval};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CHN-009"),
    name: "exemption-not-covering",
    version: 1,
    title: Words {
        zh: "免验证书不适用于该项商品",
        en: "the certificate of exemption does not cover the goods",
    },
    message: Words {
        zh: "商品{commodity_code}不适用出口免验：{what}",
        en: "goods {commodity_code} are not exempt from inspection: {what}",
    },
    remedy: Words {
        zh: "核对免验证书的企业、商品范围、品牌和有效期",
        en: "check firm, goods, brand and validity of the certificate of exemption",
    },
    effect: Effect::Deny,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[
        Citation { instrument: "进出口商品免验办法 (质检总局令第23号, 2002)", article: "" },
        Citation { instrument: "domain-rules", article: "3, CHN-009" },
    ],
    check: Check::Dossier(check),
};

/// Qualification code of a certificate of exemption on a declaration.
const EXEMPTION_QUALIFICATION: &str = "401";

const NO_CERTIFICATE: Words =
    Words { zh: "生产企业无免验证书", en: "its producer has no certificate of exemption on file" };
const NOT_IN_FORCE: Words = Words {
    zh: "免验证书受理当日不在有效期内",
    en: "the certificate is not in force on the day of acceptance",
};
const OTHER_GOODS: Words =
    Words { zh: "商品编号不在免验证书范围内", en: "the certificate is for other goods" };
const OTHER_BRAND: Words =
    Words { zh: "品牌不在免验证书范围内", en: "the certificate is for another brand" };

fn check(dossier: &Dossier<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let case = dossier.case;
    let Some(day) = dossier.day().filter(|_| !dossier.standings.is_exempt) else { return };
    let is_named =
        case.declaration.qualifications.iter().any(|row| row.type_code.value == EXEMPTION_QUALIFICATION);
    let is_certified =
        || !case.registers.exemptions.is_empty() && goods(case).any(|line| !rows(case, &line).is_empty());
    if !is_named && !is_certified() {
        return;
    }
    for line in goods(case) {
        if let Err(what) = covering(case, &line, law, day) {
            let evidence = evidence![commodity_code = line.item.commodity_code, what];
            report.at(line.item, &line.item.commodity_code, evidence);
        }
    }
}

/// Every line is covered by a certificate; those that cover are told.
pub fn covers_all(case: &Case<'_>, law: &Tables, day: Date, trace: &mut Vec<TraceLine>) -> bool {
    if case.registers.exemptions.is_empty() || case.items().is_empty() {
        return false;
    }
    let covers_all = goods(case).all(|line| covering(case, &line, law, day).is_ok());
    if covers_all {
        for row in goods(case).filter_map(|line| covering(case, &line, law, day).ok()) {
            let line = channel::step(&RULE, row.commodity_prefix.as_str(), row.certificate_number.as_str());
            channel::tell_once(trace, line);
        }
    }
    covers_all
}

/// The mode of an exempt declaration.
pub fn mode(trace: &mut Vec<TraceLine>) -> Mode {
    trace.push(channel::step(&RULE, "", Mode::Exempt.name()));
    Mode::Exempt
}

fn rows<'c>(case: &Case<'c>, line: &Goods<'c>) -> &'c [Exemption] {
    case.registers.exemptions.of(line.maker)
}

/// The certificate that covers a line, or what stands in the way of the one that comes nearest.
fn covering<'c>(case: &Case<'c>, line: &Goods<'c>, law: &Tables, day: Date) -> Result<&'c Exemption, Words> {
    let in_force = || rows(case, line).iter().filter(|row| valid(row, law).contains(day));
    let code = line.item.commodity_code.value;
    let of_goods = || in_force().filter(|row| code.starts_with(&row.commodity_prefix));
    let brand = line.brand(law, day);
    let of_brand = |row: &&Exemption| row.brand.is_empty() || row.brand.eq_ignore_ascii_case(brand);
    if let Some(row) = of_goods().find(of_brand) {
        return Ok(row);
    }
    Err(if rows(case, line).is_empty() {
        NO_CERTIFICATE
    } else if in_force().next().is_none() {
        NOT_IN_FORCE
    } else if of_goods().next().is_none() {
        OTHER_GOODS
    } else {
        OTHER_BRAND
    })
}

fn valid(row: &Exemption, law: &Tables) -> Interval {
    let Interval { from, to } = row.valid;
    Interval { from, to: to.or_else(|| from.and_then(|from| law.exemption_terms.end(from))) }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    const CERTIFICATE: &str =
        "exemption certificate_no=MY-2016-01 scc=91441323555600018G hs_prefix=6403 from=2016-03-01 ";

    #[test]
    fn a_line_in_6404_is_outside_a_certificate_for_6403() {
        check_rule(
            &RULE,
            &format!("{CERTIFICATE}\nitem\nitem commodity_code=6404199000"),
            expect![[r#"
                deny item 2 commodity_code: goods 6404199000 are not exempt from inspection: the certificate is for other goods
            "#]],
        );
        check_rule(&RULE, CERTIFICATE, expect![""]);
    }

    #[test]
    fn valid_until_the_first_of_march_2019_or_for_three_years() {
        let accepted = |day: &str, to: &str| format!("accepted {day}\n{CERTIFICATE}to={to}");
        for to in ["2019-03-01", ""] {
            check_rule(&RULE, &accepted("2019-02-28", to), expect![""]);
            let expired = expect![[r#"
                deny item 1 commodity_code: goods 6403990090 are not exempt from inspection: the certificate is not in force on the day of acceptance
            "#]];
            check_rule(&RULE, &accepted("2019-03-01", to), expired);
        }
    }

    #[test]
    fn another_brand_is_outside_and_its_own_is_not() {
        let expected = expect![[r#"
            deny item 1 commodity_code: goods 6403990090 are not exempt from inspection: the certificate is for another brand
        "#]];
        check_rule(&RULE, &format!("{CERTIFICATE}brand=HELAN"), expected);
        check_rule(&RULE, &format!("{CERTIFICATE}brand=Jilong"), expect![""]);
    }

    #[test]
    fn who_names_a_certificate_that_is_not_on_file_is_told() {
        let expected = expect![[r#"
            deny item 1 commodity_code: goods 6403990090 are not exempt from inspection: its producer has no certificate of exemption on file
        "#]];
        check_rule(&RULE, "qualification type_code=401 number=MY-2016-01", expected);
        check_rule(&RULE, "", expect![""]);
        check_rule(&RULE, &CERTIFICATE.replace("91441323555600018G", "91441323MAXK00072A"), expect![""]);
    }
}
