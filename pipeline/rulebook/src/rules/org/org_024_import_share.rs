//! The share of imported materials on form A does not go with its criterion.
//!
//! For Canada `F` allows imported materials up to a share of the price ex works. For Russia and its neighbours `Y` states
//! the share of imported materials in the FOB price, as the line has it, rounded to the places that are printed.

use crate::prelude::*;
use crate::proof;
use crate::tables::origin_shares::{Shares, States};
use model::certificate::CertificateItem;
use model::code::certificate_type;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-024"),
    name: "import-share-wrong",
    version: 1,
    title: Words {
        zh: "普惠制进口成份比例不符",
        en: "share of imported materials does not go with the criterion",
    },
    message: Words {
        zh: "第 {line} 项原产地标准“{criterion}”，进口成份 {imported}%：{defect} {wanted}%",
        en: "line {line} says \"{criterion}\" and has {imported} % of imported materials: {defect} {wanted} %",
    },
    remedy: Words {
        zh: "核算进口成份比例，更正原产地标准或比例",
        en: "work out the share of imported materials and correct share or criterion",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules S34", article: "8.1, ORG-024" }],
    check: Check::Certificate(check),
};

const TOO_MUCH: Words = Words { zh: "不得超过", en: "it may have at most" };
const NOT_STATED: Words = Words { zh: "未填比例，应为", en: "it should state" };
const STATED_WRONG: Words = Words { zh: "所填比例应为", en: "the share it states should be" };
const SHARE_MISSING: Words =
    Words { zh: "货物项未填进口成份比例", en: "a line does not state its imported content" };

fn check(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let form = case.certificate.head.form.value;
    let Some((issued_on, _)) = case.certificate.issued_on() else { return };
    if form != certificate_type::FORM_A {
        return;
    }
    for line in case.certificate.goods() {
        let said = proof::criterion(line);
        let Some(shares) = law.origin_shares.shares(form, said.code, issued_on) else { continue };
        // Without a share of its own the line may still say it behind the letter.
        let said_share = said.share().filter(|_| shares.imported_max.is_some());
        let Some(imported) = proof::imported_share(line).or(said_share) else {
            report.not_judged(SHARE_MISSING);
            continue;
        };
        if let Some((defect, wanted)) = judge(shares, said.figure, imported) {
            let is_share_wrong = shares.states.is_none() && line.imported_content.is_present();
            let field = if is_share_wrong { &line.imported_content } else { &line.criterion };
            report.at(line, field, told(line, imported, defect, wanted));
        }
    }
}

fn judge(shares: &Shares, figure: Option<&str>, imported: Decimal) -> Option<(Words, Decimal)> {
    if let Some(imported_max) = shares.imported_max.filter(|max| *max < imported) {
        return Some((TOO_MUCH, imported_max));
    }
    if shares.states != Some(States::Imported) {
        return None;
    }
    let Some(figure) = figure.map(|figure| figure.trim_end_matches('%')) else {
        return Some((NOT_STATED, imported));
    };
    let places = figure.split_once('.').map_or(0, |(_, places)| places.len() as u32);
    let wanted = imported.rounded(places)?;
    (Decimal::parse(figure) != Some(wanted)).then_some((STATED_WRONG, wanted))
}

fn told(line: &CertificateItem<'_>, imported: Decimal, defect: Words, wanted: Decimal) -> Evidence {
    evidence![line = line.line_number, criterion = line.criterion, imported, defect, wanted]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn to(country: &str, line: &str) -> String {
        format!("certificate form=G destination_country_code={country}\nline {line}")
    }

    // 5.10 of 14.20 are 35.91549 %.
    #[test]
    fn y_states_the_share_of_the_line() {
        check_rule(&RULE, &to("RUS", "criterion=\"Y 35.9%\" imported_content=35.91549"), expect![""]);
        check_rule(
            &RULE,
            &to("RUS", "criterion=\"Y 35.8%\" imported_content=35.91549"),
            expect![[r#"
                reject certificate line 1 criterion: line 1 says "Y 35.8%" and has 35.91549 % of imported materials: the share it states should be 35.9 %
            "#]],
        );
        check_rule(
            &RULE,
            &to("RUS", "criterion=Y imported_content=35.9%"),
            expect![[r#"
                reject certificate line 1 criterion: line 1 says "Y" and has 35.9 % of imported materials: it should state 35.9 %
            "#]],
        );
    }

    #[test]
    fn f_allows_forty_per_cent() {
        check_rule(&RULE, &to("CAN", "criterion=F imported_content=40"), expect![""]);
        check_rule(
            &RULE,
            &to("CAN", "criterion=F imported_content=45"),
            expect![[r#"
                reject certificate line 1 imported_content: line 1 says "F" and has 45 % of imported materials: it may have at most 40 %
            "#]],
        );
        check_rule(
            &RULE,
            &to("CAN", "criterion=F criterion_auxiliary=45%"),
            expect![[r#"
                reject certificate line 1 criterion: line 1 says "F" and has 45 % of imported materials: it may have at most 40 %
            "#]],
        );
    }

    #[test]
    fn without_a_share_it_is_not_judged() {
        check_rule(
            &RULE,
            &to("CAN", "criterion=F"),
            expect![[r#"
                not judged: a line does not state its imported content
            "#]],
        );
        check_rule(&RULE, &to("DEU", "criterion=P"), expect![""]);
    }
}
