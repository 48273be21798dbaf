//! The producer box has stock words its form does not know.
//!
//! The box names the producer, or says one of the phrases the instructions of the form give: SAME, CONFIDENTIAL, NOT
//! AVAILABLE or SEE BOX 8 under RCEP. SEE BOX 8 promises a list, so every goods line then names its producer.
//! Whatever is no stock phrase is a name. Forms whose phrases are not on file are not judged when one is used.

use crate::prelude::*;
use crate::proof;
use crate::tables::origin_phrases::{Phrases, is_all};
use model::certificate::CertificateItem;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-014"),
    name: "producer-words-not-of-form",
    version: 1,
    title: Words {
        zh: "生产商栏用语不符合该类证书要求",
        en: "producer box has words its form does not know",
    },
    message: Words {
        zh: "{form} 类证书生产商栏填“{producer}”：{defect} {allowed}",
        en: "producer box of form {form} says \"{producer}\": {defect} {allowed}",
    },
    remedy: Words {
        zh: "填写生产商名称地址，或按填制说明使用规定用语",
        en: "name the producer with address, or use the words of the instructions",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules S27, S31, S38b", article: "8, ORG-014" }],
    check: Check::Certificate(check),
};

const NOT_OF_FORM: Words = Words { zh: "该类证书只允许", en: "the form takes a name or" };
const NO_LIST: Words =
    Words { zh: "货物项未列明生产商，项号", en: "no producer is named on goods line" };
const NOT_ON_FILE: Words = Words {
    zh: "该类证书生产商栏的规定用语尚未收录",
    en: "the words the producer box of this form may have are not on file",
};
const NO_PRODUCER: Words = Words { zh: "证书未填生产商", en: "the certificate names no producer" };

fn check(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.certificate.head;
    let producer = head.producer;
    let Some((issued_on, _)) = case.certificate.issued_on() else { return };
    let Some(form) = proof::form(&case.certificate, law) else { return };
    let mut goods = case.certificate.goods();
    if producer.is_empty() {
        if form.producer_words.is_some() && !goods.any(names_producer) {
            report.not_judged(NO_PRODUCER);
        }
        return;
    }
    if law.origin_phrases.whole(Phrases::Producer, producer.value, issued_on).is_none() {
        return;
    }
    let Some(words) = &form.producer_words else { return report.not_judged(NOT_ON_FILE) };
    let is_of_form = words.iter().any(|words| is_all(producer.value, words));
    let is_list = law.origin_phrases.whole(Phrases::ProducerList, producer.value, issued_on).is_some();
    let (defect, allowed) = if !is_of_form {
        (NOT_OF_FORM, words.join(", "))
    } else if let Some(line) = goods.find(|line| is_list && !names_producer(line)) {
        (NO_LIST, line.line_number.value.to_owned())
    } else {
        return;
    };
    report.at(head, &head.producer, evidence![form = head.form, producer, defect, allowed]);
}

fn names_producer(line: &CertificateItem<'_>) -> bool {
    line.producer.is_present() || line.producing_firm.is_present()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn rcep(producer: &str) -> String {
        format!(
            "certificate form=RC destination_country_code=JPN issue_date=2022-06-01 producer=\"{producer}\""
        )
    }

    #[test]
    fn see_box_8_promises_a_list() {
        check_rule(
            &RULE,
            &format!("{}\nline producer=\"A SHOES\"\nline producer=\"B SHOES\"", rcep("SEE BOX 8")),
            expect![""],
        );
        check_rule(
            &RULE,
            &format!("{}\nline producer=\"A SHOES\"\nline", rcep("SEE BOX 8")),
            expect![[r#"
                reject certificate 1 producer: producer box of form RC says "SEE BOX 8": no producer is named on goods line 2
            "#]],
        );
    }

    #[test]
    fn rcep_does_not_know_unknown() {
        check_rule(&RULE, &rcep("CONFIDENTIAL"), expect![""]);
        check_rule(&RULE, &rcep("HUIDONG JILONG SHOES CO, JILONG, CHINA"), expect![""]);
        check_rule(
            &RULE,
            &rcep("UNKNOWN"),
            expect![[r#"
                reject certificate 1 producer: producer box of form RC says "UNKNOWN": the form takes a name or SAME, CONFIDENTIAL, NOT AVAILABLE, SEE BOX 8
            "#]],
        );
    }

    #[test]
    fn new_zealand_has_its_own_words() {
        let of = |producer: &str| {
            format!("certificate form=N destination_country_code=NZL producer=\"{producer}\"")
        };
        check_rule(&RULE, &of("Available to the authorized body upon request"), expect![""]);
        check_rule(
            &RULE,
            &of("SEE BOX 8"),
            expect![[r#"
                reject certificate 1 producer: producer box of form N says "SEE BOX 8": the form takes a name or AVAILABLE TO THE AUTHORIZED BODY UPON REQUEST, SAME
            "#]],
        );
    }

    #[test]
    fn what_is_not_on_file_is_not_judged() {
        check_rule(
            &RULE,
            "certificate form=E destination_country_code=VNM producer=CONFIDENTIAL",
            expect![[r#"
                not judged: the words the producer box of this form may have are not on file
            "#]],
        );
        check_rule(
            &RULE,
            &format!("{}\nline", rcep("")),
            expect![[r#"
                not judged: the certificate names no producer
            "#]],
        );
    }
}
