//! The share printed on form E is below forty per cent, or not the one the materials leave.
//!
//! The computed share is what the imported content of the line leaves of one hundred; the printed one may lie a point
//! from it, because it is usually printed without places. What is below the least share needs no computing.

use crate::prelude::*;
use crate::proof;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-025"),
    name: "printed-share-wrong",
    version: 1,
    title: Words {
        zh: "证书所列区域价值成分与核算不符", en: "printed share is not the computed one"
    },
    message: Words {
        zh: "第 {line} 项所列区域价值成分 {printed}%：{defect} {wanted}%",
        en: "line {line} prints a local share of {printed} %: {defect} {wanted} %",
    },
    remedy: Words {
        zh: "核算区域价值成分，更正原产地标准栏或进口成份比例",
        en: "work out the local share and correct the criterion or the imported content",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules S30", article: "8.1, ORG-025" }],
    check: Check::Certificate(check),
};

const TOO_LOW: Words = Words { zh: "不得低于", en: "it may not be below" };
const NOT_COMPUTED: Words = Words { zh: "按进口成份核算为", en: "the imported content leaves" };
const NOT_STATED: Words = Words {
    zh: "货物项未填进口成份比例，无法核算",
    en: "a line does not state its imported content, so the share cannot be computed",
};

fn check(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let form = case.certificate.head.form.value;
    let Some((issued_on, _)) = case.certificate.issued_on() else { return };
    for line in case.certificate.goods() {
        let said = proof::criterion(line);
        let Some(printed) = said.share() else { continue };
        let Some(shares) = law.origin_shares.shares(form, said.code, issued_on) else { continue };
        let Some(printed_off) = shares.printed_off else { continue };
        let local = proof::imported_share(line).and_then(|share| proof::build_down(Decimal::HUNDRED, share));
        let too_low = shares.local_min.filter(|local_min| printed < *local_min);
        let is_off = |local: &Decimal| printed.distance(*local).is_none_or(|off| printed_off < off);
        let (defect, wanted) = match (too_low, local) {
            (Some(local_min), _) => (TOO_LOW, local_min),
            (None, Some(local)) if is_off(&local) => (NOT_COMPUTED, local),
            (None, Some(_)) => continue,
            (None, None) => {
                report.not_judged(NOT_STATED);
                continue;
            }
        };
        report.at(line, &line.criterion, evidence![line = line.line_number, printed, defect, wanted]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn form_e(line: &str) -> String {
        format!("certificate form=E destination_country_code=VNM\nline {line}")
    }

    // (14.20 - 6.10) / 14.20 = 57.04 %.
    #[test]
    fn fifty_seven_is_near_enough() {
        check_rule(&RULE, &form_e("criterion=57% imported_content=42.96"), expect![""]);
        check_rule(&RULE, &form_e("criterion=58% imported_content=43"), expect![""]);
        check_rule(
            &RULE,
            &form_e("criterion=59% imported_content=42.96"),
            expect![[r#"
                reject certificate line 1 criterion: line 1 prints a local share of 59 %: the imported content leaves 57.04 %
            "#]],
        );
    }

    #[test]
    fn thirty_nine_is_too_low() {
        check_rule(&RULE, &form_e("criterion=40% imported_content=60"), expect![""]);
        check_rule(
            &RULE,
            &form_e("criterion=39%"),
            expect![[r#"
                reject certificate line 1 criterion: line 1 prints a local share of 39 %: it may not be below 40 %
            "#]],
        );
    }

    #[test]
    fn without_the_imported_content_it_is_not_computed() {
        check_rule(
            &RULE,
            &form_e("criterion=57%"),
            expect![[r#"
                not judged: a line does not state its imported content, so the share cannot be computed
            "#]],
        );
        check_rule(&RULE, &form_e("criterion=PSR"), expect![""]);
    }
}
