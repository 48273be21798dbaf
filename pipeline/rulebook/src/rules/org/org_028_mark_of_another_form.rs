//! The retrospective mark has the words of another form, or stands in the wrong place.
//!
//! Some forms say RETROACTIVELY, others RETROSPECTIVELY, the cross-strait form 补发, each in a box of its own. The message
//! has no boxes: its remark is printed in one of them, its special clause in the goods box, where no form has the mark,
//! and a note on the application is not printed at all, so a mark that stands there only is not judged. Whether a mark is
//! due is ORG-027's.

use crate::prelude::*;
use crate::proof;
use crate::tables::origin_forms::Late;
use crate::tables::origin_phrases::Phrases;

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("ORG-028"),
    name: "retrospective-mark-of-another-form",
    version: 1,
    title: Words {
        zh: "后发标注用语或位置不符", en: "words or place of the retrospective mark are wrong"
    },
    message: Words {
        zh: "{form} 类证书后发标注“{mark}”：{defect}；应注 {wanted}，位置：{place}",
        en: "retrospective mark \"{mark}\" on form {form}: {defect}; it says {wanted}, in box {place}",
    },
    remedy: Words {
        zh: "按该类证书规定的用语和栏目重新加注",
        en: "use the words of the form, in the box of the form",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Issue,
    basis: Basis::A,
    citation: &[
        Citation { instrument: "domain-rules S26", article: "8.1, ORG-028" },
        Citation { instrument: "rulings", article: "D4" },
    ],
    check: Check::Certificate(check),
};

const OTHER_WORDS: Words =
    Words { zh: "为其他类证书的用语", en: "these are the words of other forms" };
const IN_GOODS_BOX: Words = Words { zh: "标注在货物栏", en: "it stands in the goods box" };
const ANY_BOX: Words = Words { zh: "未规定", en: "not laid down" };
const NOT_ON_FILE: Words = Words {
    zh: "该类证书后发标注的用语尚未收录",
    en: "the words of the retrospective mark of this form are not on file",
};
const ON_APPLICATION: Words = Words {
    zh: "后发标注只见于申请书备注，是否印在证书上无法判断",
    en: "the retrospective mark stands on the application only; whether it is printed is not known",
};

fn check(case: &CertificateCase<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.certificate.head;
    let Some((issued_on, _)) = case.certificate.issued_on() else { return };
    let Some(form) = proof::form(&case.certificate, law).filter(|form| form.late == Late::Marked) else {
        return;
    };
    let Some((first, first_word)) = proof::late_mark(head, law, issued_on) else { return };
    let Some(wanted) = form.late_word.as_deref() else { return report.not_judged(NOT_ON_FILE) };
    let says_wanted = |text: &&Text<'_>| {
        let found = law.origin_phrases.within(Phrases::LateMark, text.value, issued_on);
        found.is_some_and(|_| text.value.to_uppercase().contains(wanted))
    };
    let (field, mark, defect) = match proof::remarks(head).into_iter().find(says_wanted) {
        None => (first, first_word, OTHER_WORDS),
        Some(field) if std::ptr::eq(field, &head.goods_clause) && form.late_box.is_some() => {
            (field, wanted, IN_GOODS_BOX)
        }
        Some(field) if std::ptr::eq(field, &head.application_note) => {
            return report.not_judged(ON_APPLICATION);
        }
        Some(_) => return,
    };
    let place = form.late_box.as_deref().map_or(ANY_BOX.into(), proof::box_of_form);
    report.at(head, field, evidence![form = head.form, mark, defect, wanted, place]);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn late(form: &str, rest: &str) -> String {
        format!("certificate form={form} departure_date=2018-06-01 issue_date=2018-06-10 {rest}")
    }

    #[test]
    fn singapore_says_retrospectively() {
        check_rule(&RULE, &late("X", "remark=\"ISSUED RETROSPECTIVELY\""), expect![""]);
        check_rule(
            &RULE,
            &late("X", "remark=\"ISSUED RETROACTIVELY\""),
            expect![[r#"
                reject certificate 1 remark: retrospective mark "RETROACTIVELY" on form X: these are the words of other forms; it says RETROSPECTIVELY, in box 12
            "#]],
        );
    }

    #[test]
    fn the_goods_box_is_no_place_for_it() {
        check_rule(&RULE, &late("E", "remark=\"Issued Retroactively\""), expect![""]);
        check_rule(
            &RULE,
            &late("E", "goods_clause=\"ISSUED RETROACTIVELY\""),
            expect![[r#"
                reject certificate 1 goods_clause: retrospective mark "RETROACTIVELY" on form E: it stands in the goods box; it says RETROACTIVELY, in box 13
            "#]],
        );
        check_rule(&RULE, &late("C", "goods_clause=\"ISSUED RETROSPECTIVELY\""), expect![""]);
    }

    #[test]
    fn what_is_not_known_is_not_judged() {
        check_rule(
            &RULE,
            &late("H", "application_note=补发"),
            expect![[r#"
                not judged: the retrospective mark stands on the application only; whether it is printed is not known
            "#]],
        );
        check_rule(
            &RULE,
            &late("K", "remark=\"ISSUED RETROACTIVELY\""),
            expect![[r#"
                not judged: the words of the retrospective mark of this form are not on file
            "#]],
        );
        check_rule(&RULE, &late("K", ""), expect![""]);
    }
}
