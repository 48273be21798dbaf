//! What stands for a declaration unique consignment reference is none: a figure for the year, the country, the trader's number,
//! a hyphen, and the trader's own part, 35 characters at most.

use super::cds_12108_consignment_reference_missing::REFERENCE;
use crate::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("CDS-12132"),
    name: "consignment-reference-malformed",
    version: 1,
    title: Words {
        zh: "货物唯一参考号（DUCR）格式错误", en: "a consignment reference is malformed"
    },
    message: Words {
        zh: "{number} 不是有效的货物唯一参考号（DUCR）",
        en: "{number} is no declaration unique consignment reference",
    },
    remedy: Words {
        zh: "按“年份末位＋国别＋企业编号－自编号”填报",
        en: "give it as year, country, trader's number, hyphen, own part",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::B,
    citation: &[Citation { instrument: "international-formats", article: "5, CDS12132" }],
    check: Check::Declaration(check),
};

const CHARACTERS_MAX: usize = 35;

fn check(case: &Case<'_>, _law: &Tables, report: &mut Reporter<'_>) {
    for document in case.declaration.previous_documents {
        let number = &document.number;
        if document.type_code.value == REFERENCE && number.is_present() && !is_reference(number.value) {
            report.at(document, number, evidence![number = *number]);
        }
    }
}

fn is_reference(number: &str) -> bool {
    let Some((trader, own)) = number.split_once('-') else { return false };
    let is_capital = |byte: u8| byte.is_ascii_uppercase();
    let is_letter_or_figure = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let has_trader = match trader.as_bytes() {
        [year, country @ .., _] if country.len() >= 2 => {
            year.is_ascii_digit()
                && country[..2].iter().copied().all(is_capital)
                && trader.bytes().skip(3).all(is_letter_or_figure)
        }
        _ => false,
    };
    let is_own = |byte: u8| is_letter_or_figure(byte) || matches!(byte, b'-' | b'(' | b')' | b'/');
    has_trader && !own.is_empty() && own.bytes().all(is_own) && number.len() <= CHARACTERS_MAX
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    #[test]
    fn a_whole_reference_passes() {
        check_rule(
            &RULE,
            "uk
             previous_document type_code=DCR number=5GB348579783333-AVCVSC",
            expect![""],
        );
    }

    #[test]
    fn without_year_or_hyphen_it_is_rejected() {
        check_rule(
            &RULE,
            "uk
             previous_document type_code=DCR number=GB348579783333-AVCVSC
             previous_document type_code=DCR number=5GB348579783333",
            expect![[r#"
                reject previous_document 1 number: GB348579783333-AVCVSC is no declaration unique consignment reference
                reject previous_document 2 number: 5GB348579783333 is no declaration unique consignment reference
            "#]],
        );
    }

    #[test]
    fn one_character_more_than_35_is_too_many() {
        check_rule(
            &RULE,
            "uk
             previous_document type_code=DCR number=5GB348579783333-12345678901234567890",
            expect![[r#"
                reject previous_document 1 number: 5GB348579783333-12345678901234567890 is no declaration unique consignment reference
            "#]],
        );
    }
}
