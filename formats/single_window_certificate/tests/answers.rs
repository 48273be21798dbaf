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
        accepted_at: Some(jiff::civil::date(2018, 9, 10).at(9, 5, 7, 0)),
        note: "证书号 < 17 位 & #18",
        version: 0,
        reference: "",
        findings: &[],
        n_more: 0,
    }
}

fn written(answer: &Answer<'_>) -> String {
    let mut bytes = Vec::new();
    super::super::SingleWindowCertificate.answer(answer, &mut bytes);
    String::from_utf8(bytes).expect("an answer is UTF-8").replace("><", ">\n<")
}

/// Channel, report type and report code.
fn codes(answer: &Answer<'_>) -> String {
    let text = written(answer);
    let value = |name: &str| {
        let after = text.split_once(&format!("<{name}>")).map_or("", |(_, after)| after);
        after.split('<').next().unwrap_or("").to_owned()
    };
    format!("{} {} {}", value("Channel"), value("RepType"), value("RepCode"))
}

#[test]
fn a_filed_certificate_is_told_as_pending() {
    let echo = read(COMPLETE).echo;
    expect![[r#"
        <Receipt xmlns="http://www.w3.org/2000/09/xmldsig#">
        <CertNo>RC18MA4WXY1290018</CertNo>
        <ReceiveTime>2018-09-10 09:05:07</ReceiveTime>
        <Channel>1</Channel>
        <Note>证书号 &lt; 17 位 &amp; #18</Note>
        <SendTime>2018-09-10 09:05:07</SendTime>
        <CusRespData>
        <RepType>2</RepType>
        <RepCode/>
        <RepAddMsg>证书号 &lt; 17 位 &amp; #18</RepAddMsg>
        </CusRespData>
        </Receipt>"#]]
    .assert_eq(&written(&answer(&echo, OutcomeKind::Filed, None)));
}

#[test]
fn what_the_message_did_not_say_stays_empty() {
    let echo = Echo::default();
    let undated = Answer { accepted_at: None, note: "", ..answer(&echo, OutcomeKind::Refused, None) };
    expect![[r#"
        <Receipt xmlns="http://www.w3.org/2000/09/xmldsig#">
        <CertNo/>
        <ReceiveTime/>
        <Channel>2</Channel>
        <Note/>
        <SendTime/>
        <CusRespData>
        <RepType>1</RepType>
        <RepCode/>
        <RepAddMsg/>
        </CusRespData>
        </Receipt>"#]]
    .assert_eq(&written(&undated));
}

#[test]
fn each_outcome_has_its_codes() {
    let echo = Echo::default();
    let filed = answer(&echo, OutcomeKind::Filed, None);
    assert_eq!(codes(&filed), "1 2 ");
    assert_eq!(codes(&Answer { is_linked: true, ..filed }), "1 5 0000");
    let rejected = answer(&echo, OutcomeKind::Decided, Some(Disposition::Reject));
    assert_eq!(codes(&rejected), "1 3 ");
    assert_eq!(codes(&Answer { is_linked: true, ..rejected }), "1 3 ");
    for outcome in [OutcomeKind::Refused, OutcomeKind::Declined, OutcomeKind::Conflict] {
        assert_eq!(codes(&answer(&echo, outcome, None)), "2 1 ");
    }
}

#[test]
fn no_answer_and_no_finding_repeats_what_is_personal() {
    let reading = read(COMPLETE);
    let personal: Vec<_> = reading.filled.iter().filter(|it| it.shape == Shape::Personal).collect();
    assert_eq!(personal.len(), 16, "{personal:?}");
    let answers: String = [None, Some(Disposition::Reject)]
        .map(|disposition| written(&answer(&reading.echo, OutcomeKind::Decided, disposition)))
        .concat();
    let strange = COMPLETE.replace("<ApplTel>", "<ApplTel2>").replace("</ApplTel>", "</ApplTel2>");
    let findings = read(&strange).told;
    assert!(findings.contains("ApplTel2"), "{findings}");
    for value in personal.iter().map(|it| it.value.as_str()) {
        assert!(!answers.contains(value) && !findings.contains(value), "{value} is told");
        assert!(!reading.echo.values().contains(&value), "{value} is kept for the answer");
    }
}
