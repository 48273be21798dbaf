//! What the declarant is told (ruling O9): values echoed, never invented, nothing personal.

use super::*;
use crate::Format;
use crate::answer::{Answer, Echo};
use crate::testing::read;
use expect_test::expect;
use model::decision::{Disposition, Mode, OutcomeKind};
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
        note: "净重 < 毛重 & #17",
        version: 0,
        reference: "",
        findings: &[],
        n_more: 0,
    }
}

fn written(answer: &Answer<'_>) -> String {
    let mut bytes = Vec::new();
    super::super::SingleWindowDeclaration.answer(answer, &mut bytes);
    String::from_utf8(bytes).expect("an answer is UTF-8").replace("><", ">\n<")
}

fn channel(answer: &Answer<'_>) -> String {
    let text = written(answer);
    let (_, after) = text.split_once("<CHANNEL>").expect("it has a channel");
    after.split('<').next().expect("it ends").to_owned()
}

#[test]
fn a_release_is_told_by_both_answers() {
    let echo = read(COMPLETE).echo;
    expect![[r#"
        <DecImportResponse xmlns="http://www.chinaport.gov.cn/dec">
        <ResponseCode>0</ResponseCode>
        <ErrorMessage/>
        <ClientSeqNo>HC20180910000000018</ClientSeqNo>
        <SeqNo>E20180000000000017</SeqNo>
        <TrnPreId/>
        </DecImportResponse>
        <DEC_RESULT>
        <CUS_CIQ_NO>E20180000000000017</CUS_CIQ_NO>
        <ENTRY_ID>535420180000000018</ENTRY_ID>
        <NOTICE_DATE>2018-09-10T09:05:07</NOTICE_DATE>
        <CHANNEL>P</CHANNEL>
        <NOTE>净重 &lt; 毛重 &amp; #17</NOTE>
        <CUSTOM_MASTER>5354</CUSTOM_MASTER>
        <I_E_DATE>20180912</I_E_DATE>
        <D_DATE>2018-09-10T09:05:07</D_DATE>
        </DEC_RESULT>"#]]
    .assert_eq(&written(&answer(&echo, OutcomeKind::Decided, Some(Disposition::Release))));
}

#[test]
fn what_the_message_did_not_say_stays_empty() {
    let echo = read(MINIMAL).echo;
    expect![[r#"
        <DecImportResponse xmlns="http://www.chinaport.gov.cn/dec">
        <ResponseCode>0</ResponseCode>
        <ErrorMessage/>
        <ClientSeqNo>HC20180917000000001</ClientSeqNo>
        <SeqNo/>
        <TrnPreId/>
        </DecImportResponse>
        <DEC_RESULT>
        <CUS_CIQ_NO/>
        <ENTRY_ID/>
        <NOTICE_DATE>2018-09-10T09:05:07</NOTICE_DATE>
        <CHANNEL>E</CHANNEL>
        <NOTE>净重 &lt; 毛重 &amp; #17</NOTE>
        <CUSTOM_MASTER>5354</CUSTOM_MASTER>
        <I_E_DATE/>
        <D_DATE>2018-09-10T09:05:07</D_DATE>
        </DEC_RESULT>"#]]
    .assert_eq(&written(&answer(&echo, OutcomeKind::Decided, Some(Disposition::Reject))));
    let blank = Echo::default();
    let undated = Answer {
        accepted_at: None,
        note: "",
        ..answer(&blank, OutcomeKind::Decided, Some(Disposition::Hold))
    };
    expect![[r#"
        <DecImportResponse xmlns="http://www.chinaport.gov.cn/dec">
        <ResponseCode>0</ResponseCode>
        <ErrorMessage/>
        <ClientSeqNo/>
        <SeqNo/>
        <TrnPreId/>
        </DecImportResponse>
        <DEC_RESULT>
        <CUS_CIQ_NO/>
        <ENTRY_ID/>
        <NOTICE_DATE/>
        <CHANNEL>H</CHANNEL>
        <NOTE/>
        <CUSTOM_MASTER/>
        <I_E_DATE/>
        <D_DATE/>
        </DEC_RESULT>"#]]
    .assert_eq(&written(&undated));
}

#[test]
fn a_refusal_is_told_by_the_technical_answer_alone() {
    let echo = read(MINIMAL).echo;
    expect![[r#"
        <DecImportResponse xmlns="http://www.chinaport.gov.cn/dec">
        <ResponseCode>1</ResponseCode>
        <ErrorMessage>净重 &lt; 毛重 &amp; #17</ErrorMessage>
        <ClientSeqNo>HC20180917000000001</ClientSeqNo>
        <SeqNo/>
        <TrnPreId/>
        </DecImportResponse>"#]]
    .assert_eq(&written(&answer(&echo, OutcomeKind::Refused, None)));
    for outcome in [OutcomeKind::Declined, OutcomeKind::Conflict] {
        assert_eq!(
            written(&answer(&echo, outcome, None)),
            written(&answer(&echo, OutcomeKind::Refused, None))
        );
    }
}

#[test]
fn a_decision_made_again_is_told_without_importing_again() {
    let echo = read(MINIMAL).echo;
    let text = written(&answer(&echo, OutcomeKind::Redecided, Some(Disposition::Release)));
    assert!(text.starts_with("<DEC_RESULT>") && !text.contains("DecImportResponse"), "{text}");
}

#[test]
fn each_disposition_has_its_channel() {
    let echo = Echo::default();
    let of = |disposition| answer(&echo, OutcomeKind::Decided, Some(disposition));
    let released = of(Disposition::Release);
    assert_eq!(channel(&released), "P");
    for mode in Mode::ALL {
        let expected = if matches!(mode, Mode::DocRelease | Mode::Exempt) { "I" } else { "P" };
        assert_eq!(channel(&Answer { mode: Some(mode), ..released }), expected, "{}", mode.name());
    }
    assert_eq!(channel(&of(Disposition::Inspect)), "C");
    assert_eq!(channel(&of(Disposition::Hold)), "H");
    assert_eq!(channel(&Answer { documents_wanted: true, ..of(Disposition::Hold) }), "N");
    assert_eq!(channel(&of(Disposition::Reject)), "E");
    assert_eq!(channel(&Answer { is_mendable: true, ..of(Disposition::Reject) }), "Z");
}

#[test]
fn no_answer_and_no_finding_repeats_what_is_personal() {
    let reading = read(COMPLETE);
    let personal: Vec<_> = reading.filled.iter().filter(|it| it.shape == Shape::Personal).collect();
    assert_eq!(personal.len(), 9, "{personal:?}");
    let answers: String = [Disposition::Release, Disposition::Reject]
        .map(|disposition| written(&answer(&reading.echo, OutcomeKind::Decided, Some(disposition))))
        .concat();
    let strange = COMPLETE.replace("<DecBpNo>", "<DecBpNo2>").replace("</DecBpNo>", "</DecBpNo2>");
    let findings = read(&strange).told;
    assert!(findings.contains("DecBpNo2"), "{findings}");
    let unread = ["测试联系人", "000-00000001"];
    for value in personal.iter().map(|it| it.value.as_str()).chain(unread) {
        assert!(!answers.contains(value) && !findings.contains(value), "{value} is told");
        assert!(!reading.echo.values().contains(&value), "{value} is kept for the answer");
    }
}

#[test]
fn an_answer_kept_and_written_again_is_the_same() {
    let echo = read(COMPLETE).echo;
    let again = Echo::from_values(echo.values().map(str::to_owned));
    assert_eq!(again, *echo);
}
