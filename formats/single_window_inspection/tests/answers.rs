//! What the applicant is told (ruling O9): values echoed, never invented, nothing personal.

use super::*;
use crate::Format;
use crate::answer::{Answer, Echo};
use crate::testing::read;
use expect_test::expect;
use model::decision::{Disposition, OutcomeKind};
use model::text::Shape;

fn answer<'a>(echo: &'a Echo, outcome: OutcomeKind, disposition: Option<Disposition>) -> Answer<'a> {
    Answer {
        outcome,
        disposition,
        mode: None,
        documents_wanted: false,
        is_mendable: false,
        is_linked: false,
        echo,
        accepted_at: Some(jiff::civil::date(2012, 4, 26).at(9, 5, 7, 0)),
        note: "申请号 < 17 位 & #18",
        version: 0,
        reference: "",
        findings: &[],
        n_more: 0,
    }
}

fn written(answer: &Answer<'_>) -> String {
    let mut bytes = Vec::new();
    super::super::SingleWindowInspection.answer(answer, &mut bytes);
    String::from_utf8(bytes).expect("an answer is UTF-8").replace("><", ">\n<")
}

#[test]
fn a_filed_application_is_told_as_accepted() {
    let echo = read(COMPLETE).echo;
    expect![[r#"
        <DCL_RESPONSE>
        <CusCiqNo>HD-BJ-2012-0001</CusCiqNo>
        <EntDealNo/>
        <ClBlNo/>
        <OperTime>2012-04-26 09:05:07</OperTime>
        <RspCodes>1000</RspCodes>
        <RspInfo>申请号 &lt; 17 位 &amp; #18</RspInfo>
        </DCL_RESPONSE>"#]]
    .assert_eq(&written(&answer(&echo, OutcomeKind::Filed, None)));
}

#[test]
fn what_the_message_did_not_say_stays_empty() {
    let echo = Echo::default();
    let undated = Answer { accepted_at: None, note: "", ..answer(&echo, OutcomeKind::Refused, None) };
    expect![[r#"
        <DCL_RESPONSE>
        <CusCiqNo/>
        <EntDealNo/>
        <ClBlNo/>
        <OperTime/>
        <RspCodes/>
        <RspInfo/>
        </DCL_RESPONSE>"#]]
    .assert_eq(&written(&undated));
}

#[test]
fn only_what_was_accepted_has_the_code_for_it() {
    let echo = Echo::default();
    let is_accepted = |outcome, disposition| {
        written(&answer(&echo, outcome, disposition)).contains("<RspCodes>1000</RspCodes>")
    };
    assert!(is_accepted(OutcomeKind::Filed, None));
    assert!(!is_accepted(OutcomeKind::Decided, Some(Disposition::Reject)));
    for outcome in [OutcomeKind::Refused, OutcomeKind::Declined, OutcomeKind::Conflict] {
        assert!(!is_accepted(outcome, None), "{outcome:?}");
    }
}

#[test]
fn no_answer_and_no_finding_repeats_what_is_personal() {
    let reading = read(COMPLETE);
    let personal: Vec<_> = reading.filled.iter().filter(|it| it.shape == Shape::Personal).collect();
    assert_eq!(personal.len(), 4, "{personal:?}");
    let answers: String = [None, Some(Disposition::Reject)]
        .map(|disposition| written(&answer(&reading.echo, OutcomeKind::Decided, disposition)))
        .concat();
    let strange = COMPLETE.replace("ContTel>", "ContTel2>");
    let findings = read(&strange).told;
    assert!(findings.contains("ContTel2"), "{findings}");
    for value in personal.iter().map(|it| it.value.as_str()) {
        assert!(!answers.contains(value) && !findings.contains(value), "{value} is told");
        assert!(!reading.echo.values().contains(&value), "{value} is kept for the answer");
    }
}
