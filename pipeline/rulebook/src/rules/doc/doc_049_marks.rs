//! Marks refer to another paper, say in other words that there are none, or differ from the certificate's.
//!
//! What is painted on the cartons stands on the declaration itself, and `N/M` where there is nothing. Beside a certificate
//! that is claimed the marks are the same; strokes, blanks and line breaks do not count. Where several certificates are
//! claimed each may be for a part of the cartons: marks that differ are then not judged. Empty marks are DOC-001's.

use crate::prelude::*;
use crate::tables::words::Unmark;
use jiff::civil::Date;
use model::text::{folded, half_width};

/// The rule.
pub static RULE: Rule = Rule {
    id: RuleId("DOC-049"),
    name: "marks-missing-or-different",
    version: 1,
    title: Words {
        zh: "标记唛码填报不规范或与原产地证不一致",
        en: "marks refer elsewhere or differ from the certificate's",
    },
    message: Words {
        zh: "标记唛码“{marks}”：{what}{other}", en: "marks \"{marks}\": {what}{other}"
    },
    remedy: Words {
        zh: "照货物外包装填报唛头，无唛头的填N/M，并与原产地证一致",
        en: "give the marks as they stand on the packages, or N/M, and the same as on the certificate",
    },
    effect: Effect::Reject,
    in_force: InForce::always(),
    date_key: DateKey::Acceptance,
    basis: Basis::A,
    citation: &[Citation { instrument: "domain-rules S37, S38", article: "6, DOC-049" }],
    check: Check::Declaration(check),
};

const ELSEWHERE: Words = Words { zh: "不得以其他单证代替", en: "they refer to another paper" };
const UNMARKED: Words = Words { zh: "无唛头应填N/M", en: "N/M is written where there are none" };
const DIFFERENT: Words = Words { zh: "原产地证为 ", en: "the certificate has " };
const SEVERAL: Words = Words {
    zh: "多份原产地证合用，唛头可能只对应部分货物",
    en: "several certificates are claimed, so their marks may be for part of the goods",
};

/// No marks.
const NONE: &str = "N/M";

fn check(case: &Case<'_>, law: &Tables, report: &mut Reporter<'_>) {
    let head = case.declaration.head;
    let marks = head.marks;
    if let Some(what) = no_marks(marks.value, law, case.accepted_on()) {
        report.at(head, &head.marks, evidence![marks, what, other = ""]);
    } else if marks.is_present() {
        compare(case, report);
    }
}

/// What is wrong with marks that are none.
fn no_marks(marks: &str, law: &Tables, day: Date) -> Option<Words> {
    if marks.is_empty() || marks == NONE {
        return None;
    }
    let plain = plain(marks);
    if law.marks.has(&plain, day, Unmark::Reference) {
        return Some(ELSEWHERE);
    }
    let says = law.marks.only(&plain, day, Unmark::Reference);
    (says == Some(Unmark::Unmarked)).then_some(UNMARKED)
}

fn compare(case: &Case<'_>, report: &mut Reporter<'_>) {
    let marks = case.declaration.head.marks;
    for proof in case.proofs() {
        let other = proof.certificate.head.marks;
        if other.is_empty() || signs(other.value).eq(signs(marks.value)) {
            continue;
        }
        if case.claims.len() > 1 {
            report.not_judged(SEVERAL);
        } else {
            report.place(proof.place, evidence![marks, what = DIFFERENT, other]);
        }
    }
}

/// Half-width, with single blanks, so that phrases are found.
fn plain(marks: &str) -> String {
    let half: String = marks.chars().map(half_width).collect();
    half.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Letters and figures, which are what is painted.
fn signs(marks: &str) -> impl Iterator<Item = char> {
    folded(marks).filter(|sign| sign.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_rule;
    use expect_test::expect;

    fn marks(marks: &str) -> String {
        format!("declaration marks=\"{marks}\"\n")
    }

    fn certified(marks: &str) -> String {
        format!(
            "origin document_number=CE185556000180061
             certificate number=E185556000180061 form=E marks=\"{marks}\"\n"
        )
    }

    #[test]
    fn marks_as_painted_and_none_as_n_m_pass() {
        for given in ["ABC/MUNICH/1-1000", "N/M", "NILE SHOES/1-100", "无印良品/1-100"] {
            check_rule(&RULE, &marks(given), expect![""]);
        }
    }

    #[test]
    fn as_per_invoice_is_rejected() {
        check_rule(
            &RULE,
            &marks("AS PER INVOICE"),
            expect![[r#"
                reject declaration marks: marks "AS PER INVOICE": they refer to another paper
            "#]],
        );
        check_rule(
            &RULE,
            &marks("as  per ｉｎｖｏｉｃｅ NO. HD-061"),
            expect![[r#"
                reject declaration marks: marks "as  per ｉｎｖｏｉｃｅ NO. HD-061": they refer to another paper
            "#]],
        );
    }

    #[test]
    fn none_is_said_as_n_m() {
        check_rule(
            &RULE,
            &marks("无唛头"),
            expect![[r#"
                reject declaration marks: marks "无唛头": N/M is written where there are none
            "#]],
        );
    }

    #[test]
    fn the_certificate_has_the_same_marks() {
        check_rule(
            &RULE,
            &format!("{}{}", marks("ABC/MUNICH/1-1000"), certified("ABC MUNICH 1-1000")),
            expect![""],
        );
        check_rule(
            &RULE,
            &format!("{}{}", marks("ABC/MUNICH/1-1000"), certified("ABC/MUNICH/1-100")),
            expect![[r#"
                reject origin 1 document_number: marks "ABC/MUNICH/1-1000": the certificate has ABC/MUNICH/1-100
            "#]],
        );
    }

    #[test]
    fn of_several_certificates_each_may_be_for_a_part() {
        check_rule(
            &RULE,
            &format!(
                "{}{}origin document_number=CE185556000180062",
                marks("ABC/1-1000"),
                certified("ABC/1-500")
            ),
            expect![[r#"
                not judged: several certificates are claimed, so their marks may be for part of the goods
            "#]],
        );
    }
}
