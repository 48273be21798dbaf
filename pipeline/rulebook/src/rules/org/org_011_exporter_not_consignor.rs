//! The exporter on the certificate is neither consignor nor owner of the declared goods.
//!
//! Codes are compared, not names: the exporter's code must be the unified code of the consignor or of the firm that
//! produced or sold the goods. An older code, or a name where there is no code, counts when the register of firms
//! gives it to one of the two (ruling D5). Box 1 names one firm; acting on behalf of another makes two.

use crate::prelude::*;
use model::certificate::CertificateHead;
use model::registers::Firm;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-011"),
    name: "exporter-not-consignor",
    version: 1,
    title: Words {
        zh: "证书出口商不是报关单收发货人",
        en: "exporter is not the consignor of the declaration",
    },
    message: Words {
        zh: "证书 {certificate} 出口商 {exporter}：{defect}；收发货人 {consignor}，生产销售单位 {owner}",
        en: "certificate {certificate}, exporter {exporter}: {defect}; consignor {consignor}, owner {owner}",
    },
    remedy: Words {
        zh: "以报关单收发货人或生产销售单位的名义申请证书，或更正报关单",
        en: "apply for the certificate as consignor or owner of the goods, or correct the declaration",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "domain-rules S27, S33", article: "8, ORG-011" },
        Citation { instrument: "rulings", article: "D5" },
    ],
    check: Check::Proof(check),
};

const ANOTHER_FIRM: Words = Words { zh: "与两者均不相同", en: "is neither of them" };
const TWO_FIRMS: Words = Words { zh: "第一栏列有两家公司", en: "box 1 names two firms" };
const NOT_ON_FILE: Words = Words {
    zh: "证书无出口商代码且企业未登记",
    en: "no exporter code, and the firm is not on the register",
};

/// Words by which box 1 names a second firm.
const ON_BEHALF: [&str; 2] = ["ON BEHALF OF", " O/B "];

fn check(case: &Case<'_>, proof: &Proof<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let certificate = proof.certificate.head;
    let head = case.declaration.head;
    let defect = if names_two_firms(certificate.exporter.value) {
        TWO_FIRMS
    } else {
        match is_exporter_declared(case, certificate) {
            Some(true) => return,
            Some(false) => ANOTHER_FIRM,
            None => return report.not_judged(NOT_ON_FILE),
        }
    };
    let code = certificate.exporter_code;
    let exporter = if code.is_present() { code } else { certificate.firm_name };
    let evidence = evidence![
        certificate = certificate.number,
        exporter,
        defect,
        consignor = head.consignor_unified_code,
        owner = head.owner_unified_code
    ];
    report.place(proof.place, evidence);
}

/// The exporter is consignor or owner; `None` when neither code nor register can say.
fn is_exporter_declared(case: &Case<'_>, certificate: &CertificateHead<'_>) -> Option<bool> {
    let head = case.declaration.head;
    let declared = [head.consignor_unified_code.value, head.owner_unified_code.value];
    let mut firms = declared.iter().filter_map(|code| case.registers.firm(code)).peekable();
    let code = certificate.exporter_code.value;
    if code.is_empty() {
        firms.peek()?;
        return Some(firms.any(|firm| goes_by(firm, certificate)));
    }
    let is_older_code = |firm: &Firm| firm.customs_code == code || firm.inspection_code == code;
    Some(declared.contains(&code) || firms.any(is_older_code))
}

/// One of the firm's registered names stands on the certificate: the Chinese one, or the first line of box 1.
fn goes_by(firm: &Firm, certificate: &CertificateHead<'_>) -> bool {
    let first_line = certificate.exporter.value.lines().next().unwrap_or("").trim();
    let named = [certificate.firm_name.value, first_line];
    let mut names =
        [&firm.name, &firm.name_en].into_iter().chain(&firm.aliases).filter(|name| !name.is_empty());
    names.any(|name| named.iter().any(|said| name.eq_ignore_ascii_case(said)))
}

fn names_two_firms(box_1: &str) -> bool {
    let box_1 = box_1.to_ascii_uppercase();
    ON_BEHALF.iter().any(|words| box_1.contains(words))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    const CLAIM: &str = "origin document_number=CE185556000180061\n";

    fn with(certificate: &str) -> String {
        format!("{CLAIM}certificate number=E185556000180061 form=E {certificate}")
    }

    #[test]
    fn consignor_or_owner() {
        check_rule(&RULE, &with("exporter_code=91441323555600018G"), expect![""]);
        check_rule(
            &RULE,
            &format!(
                "declaration owner_unified_code=91441323MA4WXY1296\n{}",
                with("exporter_code=91441323MA4WXY1296")
            ),
            expect![""],
        );
    }

    #[test]
    fn another_firm_is_rejected() {
        check_rule(
            &RULE,
            &with("exporter_code=91441323MA4WXY1296"),
            expect![[r#"
                reject origin 1 document_number: certificate E185556000180061, exporter 91441323MA4WXY1296: is neither of them; consignor 91441323555600018G, owner 91441323555600018G
            "#]],
        );
    }

    #[test]
    fn two_firms_in_box_1_are_rejected() {
        check_rule(
            &RULE,
            &with("exporter=\"HUIDONG JILONG SHOES CO ON BEHALF OF SUN TRADING HONG KONG\""),
            expect![[r#"
                reject origin 1 document_number: certificate E185556000180061, exporter 91441323555600018G: box 1 names two firms; consignor 91441323555600018G, owner 91441323555600018G
            "#]],
        );
    }

    #[test]
    fn a_name_counts_through_the_register_only() {
        let named = with("exporter_code= exporter=\"JILONG FOOTWEAR LTD\"");
        check_rule(
            &RULE,
            &named,
            expect![[r#"
                not judged: no exporter code, and the firm is not on the register
            "#]],
        );
        let firm = "firm scc=91441323555600018G name_en=OTHER aliases=\"Jilong Footwear Ltd\"";
        check_rule(&RULE, &format!("{firm}\n{named}"), expect![""]);
    }
}
