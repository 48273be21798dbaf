//! What the sender is told: values echoed, never invented.

use super::super::WcoDeclaration;
use crate::Format;
use crate::answer::{Answer, Echo, Told};
use expect_test::expect;
use model::decision::{Disposition, OutcomeKind};

fn told(rule: &str, effect: &str, pointer: &str) -> Told {
    let [rule, effect, pointer] = [rule, effect, pointer].map(str::to_owned);
    Told { rule, effect, pointer, message: "net mass 15 kg is not below gross mass 10 kg".to_owned() }
}

fn answer<'a>(echo: &'a Echo, findings: &'a [Told], disposition: Option<Disposition>) -> Answer<'a> {
    Answer {
        outcome: OutcomeKind::Decided,
        disposition,
        mode: None,
        documents_wanted: false,
        is_mendable: true,
        is_linked: false,
        echo,
        accepted_at: Some(jiff::civil::date(2024, 6, 3).at(17, 5, 7, 0)),
        note: "reject; \"x\" < 1 & 2",
        version: 2,
        reference: "00112233445566778899aabbccddeeff",
        findings,
        n_more: 0,
    }
}

fn written(answer: &Answer<'_>) -> String {
    let mut bytes = Vec::new();
    WcoDeclaration.answer(answer, &mut bytes);
    String::from_utf8(bytes).expect("an answer is UTF-8").replace("><", ">\n<")
}

/// The notifications in an answer.
fn codes(answer: &Answer<'_>) -> Vec<String> {
    let text = written(answer);
    let after = text.split("<FunctionCode>").skip(1);
    after.map(|after| after.split('<').next().unwrap_or("").to_owned()).collect()
}

fn numbered() -> Echo {
    Echo { client_number: "HD24EXP0001".to_owned(), ..Echo::default() }
}

#[test]
fn an_error_is_told_with_the_chain_of_pointers_to_it() {
    let found = [told(
        "CDS-11006",
        "reject",
        "/Declaration/GoodsShipment/GovernmentAgencyGoodsItem[2]/Commodity/GoodsMeasure/NetNetWeightMeasure",
    )];
    expect![[r#"
        <MetaData xmlns="urn:wco:datamodel:WCO:DocumentMetaData-DMS:2">
        <WCODataModelVersionCode>3.6</WCODataModelVersionCode>
        <WCOTypeName>RES</WCOTypeName>
        <Response xmlns="urn:wco:datamodel:WCO:RES-DMS:2">
        <FunctionCode>03</FunctionCode>
        <FunctionalReferenceID>00112233445566778899aabbccddeeff</FunctionalReferenceID>
        <IssueDateTime>
        <DateTimeString xmlns="urn:wco:datamodel:WCO:Response_DS:DMS:2" formatCode="304">20240603170507+08</DateTimeString>
        </IssueDateTime>
        <AdditionalInformation>
        <StatementDescription>reject; &quot;x&quot; &lt; 1 &amp; 2</StatementDescription>
        </AdditionalInformation>
        <Error>
        <Description>net mass 15 kg is not below gross mass 10 kg</Description>
        <ValidationCode>CDS11006</ValidationCode>
        <Pointer>
        <DocumentSectionCode>42A</DocumentSectionCode>
        </Pointer>
        <Pointer>
        <DocumentSectionCode>67A</DocumentSectionCode>
        </Pointer>
        <Pointer>
        <SequenceNumeric>2</SequenceNumeric>
        <DocumentSectionCode>68A</DocumentSectionCode>
        </Pointer>
        <Pointer>
        <DocumentSectionCode>23A</DocumentSectionCode>
        </Pointer>
        <Pointer>
        <DocumentSectionCode>65A</DocumentSectionCode>
        <TagID>128</TagID>
        </Pointer>
        </Error>
        <Declaration>
        <FunctionalReferenceID>HD24EXP0001</FunctionalReferenceID>
        <RejectionDateTime>
        <DateTimeString xmlns="urn:wco:datamodel:WCO:Response_DS:DMS:2" formatCode="304">20240603170507+08</DateTimeString>
        </RejectionDateTime>
        <VersionID>2</VersionID>
        </Declaration>
        </Response>
        </MetaData>"#]]
    .assert_eq(&written(&answer(&numbered(), &found, Some(Disposition::Reject))));
}

#[test]
fn each_disposition_has_its_notifications() {
    let echo = numbered();
    let awaited = [told("CDS-002", "hold", "/Declaration/TypeCode")];
    let held = [told("CDS-002", "hold", "/Declaration/TypeCode"), told("CHN-016", "hold", "/Declaration")];
    let of = |disposition, findings| answer(&echo, findings, Some(disposition));
    assert_eq!(codes(&of(Disposition::Release, &[])), ["01", "09"]);
    assert_eq!(codes(&of(Disposition::Inspect, &[])), ["01", "05"]);
    assert_eq!(codes(&of(Disposition::Hold, &awaited)), ["02"]);
    assert_eq!(codes(&of(Disposition::Hold, &held)), ["01", "17"]);
    assert_eq!(codes(&of(Disposition::Hold, &[])), ["01", "17"]);
    assert_eq!(codes(&Answer { documents_wanted: true, ..of(Disposition::Hold, &[]) }), ["01", "06"]);
    assert_eq!(codes(&of(Disposition::Reject, &[])), ["03"]);
    assert_eq!(codes(&Answer { outcome: OutcomeKind::Conflict, ..answer(&echo, &[], None) }), ["03"]);
}

#[test]
fn an_unknown_request_is_handed_to_an_officer_and_what_is_not_taken_in_is_told_why() {
    let echo = numbered();
    let request = [told("MSG-030", "warn", "/Declaration/FunctionCode")];
    let declined = |findings| Answer { outcome: OutcomeKind::Declined, ..answer(&echo, findings, None) };
    assert_eq!(codes(&declined(&request)), ["17"]);
    let import = [told("MSG-030", "warn", "/Declaration/TypeCode")];
    expect![[r#"
        <errorResponse>
        <code>BAD_REQUEST</code>
        <message>reject; &quot;x&quot; &lt; 1 &amp; 2</message>
        <errors>
        <error>
        <code>MSG-030</code>
        <message>net mass 15 kg is not below gross mass 10 kg</message>
        </error>
        </errors>
        </errorResponse>"#]]
    .assert_eq(&written(&declined(&import)));
    let refused = Answer { outcome: OutcomeKind::Refused, ..answer(&echo, &[], None) };
    assert!(written(&refused).starts_with("<errorResponse>"));
}

/// What each request comes to, and what the declaration gets that it was about.
#[test]
fn requests_and_what_they_bring_have_their_notifications() {
    let echo = numbered();
    let with = |outcome, disposition, findings| Answer { outcome, ..answer(&echo, findings, disposition) };
    let granted = with(OutcomeKind::Filed, None, &[]);
    assert_eq!(codes(&granted), ["02", "11"]);
    assert!(written(&granted).contains("<NameCode>39</NameCode>"));
    let late = [told("CDS-005", "reject", "/Declaration/ID")];
    let denied = with(OutcomeKind::Decided, Some(Disposition::Reject), &late);
    assert_eq!(codes(&denied), ["02", "11"]);
    let text = written(&denied);
    let status = text.find("<NameCode>41</NameCode>").expect("it is denied");
    let error = text.find("<ValidationCode>CDS12015</ValidationCode>").expect("and says why");
    assert!(text.find("<FunctionCode>11").expect("second") < error && error < status, "{text}");
    let officer = [told("CDS-006", "hold", "/Declaration/ID")];
    assert_eq!(codes(&with(OutcomeKind::Decided, Some(Disposition::Hold), &officer)), ["02", "17"]);
    let wrong = [told("CDS-12026", "reject", "/Declaration/Amendment[2]")];
    assert_eq!(codes(&with(OutcomeKind::Decided, Some(Disposition::Reject), &wrong)), ["03"]);
    let nothing = [told("CDS-12015", "reject", "/Declaration/ID")];
    let text = written(&with(OutcomeKind::Declined, None, &nothing));
    assert!(text.contains("<FunctionCode>03") && text.contains("<TagID>D014</TagID>"), "{text}");
    let cancelled = [told("CDS-003", "reject", "/Declaration")];
    let cancelled = with(OutcomeKind::Redecided, Some(Disposition::Reject), &cancelled);
    assert_eq!(codes(&cancelled), ["10"]);
    assert!(
        written(&cancelled).contains("<CancellationDateTime>") && !written(&cancelled).contains("<Error>")
    );
}

#[test]
fn what_was_amended_is_told_before_what_it_brings() {
    let echo = numbered();
    let changed = [
        told("CDS-11006", "reject", "/Declaration/TotalGrossMassMeasure"),
        told("CDS-004", "warn", "/Declaration/TotalPackageQuantity"),
    ];
    let of = |disposition| Answer {
        outcome: OutcomeKind::Redecided,
        ..answer(&echo, &changed, Some(disposition))
    };
    assert_eq!(codes(&of(Disposition::Release)), ["07", "01", "09"]);
    let rejected = written(&of(Disposition::Reject));
    let order =
        ["<FunctionCode>07", "<Amendment>", "<TagID>146<", "<FunctionCode>03", "<Error>", "<TagID>131<"];
    let places: Vec<usize> = order.iter().map(|it| rejected.find(it).expect(it)).collect();
    assert!(places.is_sorted(), "{rejected}");
}

#[test]
fn what_is_not_known_is_left_out_and_what_is_too_long_is_not_cut() {
    let nothing = Echo::default();
    let undated = Answer {
        accepted_at: None,
        version: 0,
        note: "-",
        ..answer(&nothing, &[], Some(Disposition::Release))
    };
    let text = written(&undated);
    assert!(text.contains("<Declaration>\n</Declaration>"), "{text}");
    assert!(!text.contains("DateTime"), "{text}");
    let long = Echo { client_number: "1234567890".repeat(4), ..Echo::default() };
    assert!(!written(&answer(&long, &[], Some(Disposition::Release))).contains("12345678901234567890"));
}

#[test]
fn findings_of_the_reader_and_those_beyond_the_list_have_codes_of_the_gateway() {
    let found = [
        told("MSG-006", "reject", "/Declaration/GoodsItemQuantity"),
        told("MSG-013", "reject", "/Declaration"),
    ];
    let echo = numbered();
    let text = written(&Answer { n_more: 7, ..answer(&echo, &found, Some(Disposition::Reject)) });
    let codes: Vec<&str> =
        text.split("<ValidationCode>").skip(1).filter_map(|after| after.split('<').next()).collect();
    assert_eq!(codes, ["CDS10010", "MSG-013", "CDS19999"]);
}
