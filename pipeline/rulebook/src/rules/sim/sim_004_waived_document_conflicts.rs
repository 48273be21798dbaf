//! A document the firm need not send was sent all the same, and does not fit the declaration.
//!
//! The files themselves are never opened: what can be compared is what the message says of them, the owner and the goods
//! lines they cover. The figures of an invoice or a packing list are told as not judged.

use crate::papers;
use crate::prelude::*;
use crate::tables::papers::Document;
use model::documents::ElectronicDocument;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("SIM-004"),
    name: "waived-document-conflicts",
    version: 1,
    title: Words {
        zh: "免交单证与报关单不符",
        en: "a document that was not asked for does not fit the declaration",
    },
    message: Words {
        zh: "免予提交的{document}仍随附，{what}",
        en: "{document} was not asked for but sent: {what}",
    },
    remedy: Words { zh: "更正或删除该随附单据", en: "correct the document, or leave it out" },
    effect: Effect::Warn,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::C,
    citation: &[Citation { instrument: "domain-rules", article: "7, SIM-004" }],
    check: Check::Dossier(check),
};

const OTHER_OWNER: Words = Words {
    zh: "所属单位与申报单位、收发货人、生产销售单位均不一致",
    en: "its owner is neither declarant, consignor nor producing unit",
};
const NO_SUCH_LINE: Words = Words {
    zh: "对应的商品项号在报关单中不存在",
    en: "it covers a goods line the declaration does not have",
};
const NOT_OPENED: Words = Words {
    zh: "随附的发票、装箱单文件不予打开，其金额和数量无法与报关单核对",
    en: "the files of invoice and packing list are not opened: their figures cannot be compared with the declaration",
};

fn check(dossier: &Dossier<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    let case = dossier.case;
    for document in dossier.papers.waived() {
        for file in papers::files(case, document) {
            if has_other_owner(file, case) {
                let evidence = evidence![document = document.words(), what = OTHER_OWNER];
                report.at(file, &file.owner_customs_code, evidence);
            }
            if covers_no_line(file, case) {
                let evidence = evidence![document = document.words(), what = NO_SUCH_LINE];
                report.at(file, &file.goods_lines, evidence);
            }
            if matches!(document, Document::Invoice | Document::PackingList) {
                report.not_judged(NOT_OPENED);
            }
        }
    }
}

fn has_other_owner(file: &ElectronicDocument<'_>, case: &Case<'_>) -> bool {
    let head = case.declaration.head;
    let parties = [head.agent_customs_code, head.consignor_customs_code, head.owner_customs_code];
    let owner = file.owner_customs_code;
    owner.is_present() && parties.iter().all(|party| party.value != owner.value)
}

fn covers_no_line(file: &ElectronicDocument<'_>, case: &Case<'_>) -> bool {
    let numbers = file.goods_lines.value.split(|it: char| !it.is_ascii_digit());
    let lines = numbers.filter(|number| !number.is_empty());
    lines.map(str::parse).any(|number| number.map_or(true, |it: usize| it == 0 || it > case.items().len()))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    const CONTRACT: &str = "edoc type_code=00000004 ";

    #[test]
    fn a_contract_of_another_firm_for_a_line_that_is_not_there() {
        check_rule(
            &RULE,
            &format!("{CONTRACT} owner_customs_code=4413960007 goods_lines=1,2"),
            expect![[r#"
                warn edoc 1 owner_customs_code: contract was not asked for but sent: its owner is neither declarant, consignor nor producing unit
                warn edoc 1 goods_lines: contract was not asked for but sent: it covers a goods line the declaration does not have
            "#]],
        );
    }

    #[test]
    fn the_consignors_own_contract_for_its_line() {
        check_rule(&RULE, &format!("{CONTRACT} owner_customs_code=4413960001 goods_lines=1"), expect![""]);
        check_rule(&RULE, CONTRACT, expect![""]);
    }

    #[test]
    fn a_contract_that_is_asked_for_is_not_this_rules_affair() {
        check_rule(&RULE, &format!("accepted 2017-10-31\n{CONTRACT} goods_lines=2"), expect![""]);
    }

    #[test]
    fn the_invoice_of_a_zone_firm_is_not_opened() {
        let zone_firm =
            "member scc=91441323555600018G\ngrade scc=91441323555600018G regime=CUS-2 grade=一般认证\n";
        check_rule(
            &RULE,
            &format!("{zone_firm}edoc type_code=00000001"),
            expect![[r#"
                not judged: the files of invoice and packing list are not opened: their figures cannot be compared with the declaration
            "#]],
        );
    }
}
