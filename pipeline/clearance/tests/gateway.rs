//! Declarations of the gateway of the United Kingdom through the whole program: envelopes opened, the law of the kingdom asked
//! and no other, answers in the gateway's own words.

#![allow(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod support;

use clearance::run::Receipts;
use jiff::civil::{DateTime, date};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use support::{Line, Office, Submission, findings, text};

macro_rules! specimen {
    ($name:literal) => {
        include_str!(concat!("../../../formats/wco_declaration/specimens/", $name))
    };
}

const MINIMAL: &str = specimen!("minimal.xml");

fn morning() -> DateTime {
    date(2024, 6, 3).at(9, 30, 0, 0)
}

fn submit(office: &mut Office, documents: &[&str]) -> Vec<Line> {
    let mut submission = Submission { receipts: Receipts::Packed, ..Submission::at(morning()) };
    for (nth, document) in documents.iter().enumerate() {
        submission = submission.with(&format!("{nth}.xml"), *document);
    }
    office.submit(&submission)
}

fn one(document: &str) -> Line {
    submit(&mut Office::new(), &[document]).remove(0)
}

/// The answers to the submission before, one input after another.
fn answers(office: &Office, n: usize) -> Vec<String> {
    let answer = |nth| String::from_utf8(office.output(&format!("receipts/{nth}.xml.xml"))).unwrap();
    (0..n).map(answer).collect()
}

fn notifications(answer: &str) -> Vec<&str> {
    let after = answer.split("<FunctionCode>").skip(1);
    after.map(|after| after.split('<').next().unwrap_or("")).collect()
}

#[track_caller]
fn minimal_with(from: &str, to: &str) -> String {
    assert_eq!(MINIMAL.matches(from).count(), 1, "{from} once");
    MINIMAL.replace(from, to)
}

#[test]
fn an_envelope_is_opened_and_what_is_in_it_decided() {
    let office = &mut Office::new();
    let lines = submit(office, &[specimen!("enveloped.xml"), specimen!("wrapped_in_request.xml")]);
    for (line, number) in lines.iter().zip(["HD24EXP0002", "HD24EXP0003"]) {
        assert_eq!((text(line, "format"), text(line, "number")), ("wco_declaration", number));
        assert_eq!(text(line, "declarant"), "GB512340987444");
        assert_eq!((text(line, "disposition"), text(line, "mode")), ("release", "VERIFY"));
        assert_eq!(line["version"], 1);
        assert!(findings(line).next().is_none(), "{line}");
        assert!(line["draw"].is_null() && line["fees"].is_null(), "{line}");
    }
    for answer in answers(office, 2) {
        assert_eq!(notifications(&answer), ["01", "09"]);
    }
}

/// No rule of China is passed or failed by what is filed under another law, and none is named.
#[test]
fn only_the_law_it_is_filed_under_is_asked() {
    let line = one(specimen!("complete.xml"));
    let rules = findings(&line).map(|(rule, _)| rule.to_owned());
    let not_judged = line["not_judged"].as_array().unwrap().iter().map(|it| text(it, "rule").to_owned());
    let all: Vec<String> = rules.chain(not_judged).collect();
    assert!(all.iter().any(|rule| rule == "CDS-12072"), "{all:?}");
    assert!(all.iter().all(|rule| rule.starts_with("CDS-")), "{all:?}");
}

#[test]
fn goods_that_are_not_there_are_held_and_registered() {
    let office = &mut Office::new();
    let lines = submit(office, &[specimen!("prelodged.xml")]);
    assert_eq!((text(&lines[0], "disposition"), text(&lines[0], "mode")), ("hold", "HOLD"));
    assert_eq!(findings(&lines[0]).collect::<Vec<_>>(), [("CDS-002", "hold")]);
    assert_eq!(notifications(&answers(office, 1)[0]), ["02"]);
}

#[test]
fn a_rejected_declaration_names_each_error_and_is_mended_under_its_number() {
    let office = &mut Office::new();
    let wrong = specimen!("item_count_wrong.xml");
    let lines = submit(
        office,
        &[wrong, MINIMAL, MINIMAL, &minimal_with("<TotalPackageQuantity>50", "<TotalPackageQuantity>51")],
    );
    let outcomes: Vec<&str> = lines.iter().map(|line| text(line, "outcome")).collect();
    assert_eq!(outcomes, ["decided", "decided", "repeated", "conflict"]);
    let versions: Vec<_> = lines.iter().map(|line| line["version"].as_u64()).collect();
    assert_eq!(versions, [Some(1), Some(2), Some(2), None]);
    let answers = answers(office, 4);
    assert_eq!(notifications(&answers[0]), ["03"]);
    assert!(answers[0].contains("<ValidationCode>CDS11003</ValidationCode>"), "{}", answers[0]);
    assert!(answers[0].contains("<TagID>228</TagID>"), "{}", answers[0]);
    assert_eq!(
        (notifications(&answers[1]), notifications(&answers[2])),
        (vec!["01", "09"], vec!["01", "09"])
    );
    assert!(answers[1].contains("<VersionID>2</VersionID>"), "{}", answers[1]);
    assert_eq!(notifications(&answers[3]), ["03"]);
    assert!(answers[3].contains("<ValidationCode>CDS12003</ValidationCode>"), "{}", answers[3]);
}

#[test]
fn imports_and_what_cannot_be_read_are_answered_and_decide_nothing() {
    let office = &mut Office::new();
    let unknown = specimen!("cancellation.xml").replace("<TypeCode>INV<", "<TypeCode>XYZ<");
    let documents = [&unknown, specimen!("import.xml"), specimen!("double_hyphen_comment.xml"), MINIMAL];
    let lines = submit(office, &documents);
    let outcomes: Vec<&str> = lines.iter().map(|line| text(line, "outcome")).collect();
    assert_eq!(outcomes, ["declined", "declined", "refused", "decided"]);
    let answers = answers(office, documents.len());
    assert_eq!(notifications(&answers[0]), ["17"], "{}", answers[0]);
    assert!(answers[1].contains("<errorResponse><code>BAD_REQUEST</code>"), "{}", answers[1]);
    assert!(answers[2].contains("<code>MSG-001</code>"), "{}", answers[2]);
    assert_eq!(text(&lines[3], "disposition"), "release");
}

/// The declaration of the requests among the specimens, waiting for its goods.
fn waiting() -> String {
    minimal_with("<TypeCode>EXA</TypeCode>", "<ID>24GB7K2M9PQRS4T5A1</ID><TypeCode>EXD</TypeCode>")
}

/// What each request brings, to its sender and to the declaration it is about.
#[test]
fn requests_are_answered_and_so_is_the_declaration_they_are_about() {
    for (request, of_request, of_declaration) in [
        (specimen!("amendment.xml"), &["02", "11"], &["02", "07", "02"][..]),
        (specimen!("goods_presented.xml"), &["02", "11"], &["02", "01", "09"]),
        (specimen!("cancellation.xml"), &["02", "11"], &["02", "10"]),
    ] {
        let office = &mut Office::new();
        let lines = submit(office, &[&waiting(), request]);
        assert_eq!(
            lines.iter().map(|line| text(line, "outcome")).collect::<Vec<_>>(),
            ["decided", "filed", "redecided"]
        );
        assert_eq!(text(&lines[2], "caused_by"), text(&lines[1], "number"));
        let answers = answers(office, 2);
        assert_eq!(
            (notifications(&answers[1]), notifications(&answers[0])),
            (of_request.to_vec(), of_declaration.to_vec())
        );
        assert!(answers[1].contains("<NameCode>39</NameCode>"), "{}", answers[1]);
    }
    let office = &mut Office::new();
    submit(office, &[specimen!("amendment.xml")]);
    let answer = answers(office, 1).remove(0);
    assert_eq!(notifications(&answer), ["03"]);
    assert!(answer.contains("<ValidationCode>CDS12015</ValidationCode>"), "{answer}");
    let office = &mut Office::new();
    let released = waiting().replace("EXD", "EXA");
    submit(office, &[&released, specimen!("amendment.xml"), specimen!("cancellation.xml")]);
    let answers = answers(office, 3);
    assert_eq!(notifications(&answers[0]), ["01", "09"], "{}", answers[0]);
    assert_eq!(notifications(&answers[1]), ["02", "11"], "{}", answers[1]);
    assert!(answers[1].contains("<NameCode>41</NameCode>"), "{}", answers[1]);
    assert_eq!(notifications(&answers[2]), ["02", "17"], "{}", answers[2]);
}

/// Who names nobody means the one declaration with this number; where several firms filed one, nobody's is touched.
#[test]
fn a_request_that_names_nobody_needs_one_declaration_with_its_number() {
    let office = &mut Office::new();
    let other = waiting().replace("GB512340987444", "GB512340987888").replace("HD24EXP0002", "HD24EXP0088");
    let lines =
        submit(office, &[&waiting(), &other, specimen!("amendment.xml"), specimen!("cancellation.xml")]);
    let outcomes: Vec<&str> = lines.iter().map(|line| text(line, "outcome")).collect();
    assert_eq!(outcomes, ["decided", "decided", "declined", "filed", "redecided"]);
    let why = text(&lines[2]["findings"][0], "message");
    assert!(why.contains("several firms filed one"), "{why}");
    assert_eq!(text(&lines[4], "declarant"), "GB512340987444");
}

/// A rule that asked for a field without an element would never judge anything.
#[test]
fn every_rule_of_the_gateway_asks_only_for_what_its_messages_carry() {
    let format = formats::named("wco_declaration").unwrap();
    let carries = |row: &str, field: &str| {
        let of_row = format.rows().iter().filter(|map| map.record == row);
        of_row.flat_map(|map| map.fields).any(|(_, known)| *known == field)
    };
    let rules = rulebook::rules::RULES.iter().filter(|rule| rule.id.0.starts_with("CDS-"));
    let mut n_fields = 0;
    for rule in rules {
        for name in rulebook::reads(rule) {
            assert!(carries(name.row, name.field), "{} asks for {}.{}", rule.id, name.row, name.field);
            n_fields += 1;
        }
    }
    assert!(n_fields > 50, "{n_fields}");
}

/// What the office orders holds under any law.
#[test]
fn a_stop_order_holds_these_goods_too() {
    let office = &mut Office::new();
    office.register(
        "stops.csv",
        "stop_no,hs_prefix,producer,destination,lot,from,to\nT-2024-01,6403,,NO,,2024-06-01,2024-07-01\n",
    );
    let lines = submit(office, &[MINIMAL]);
    assert_eq!(text(&lines[0], "disposition"), "hold");
    assert!(findings(&lines[0]).any(|found| found == ("CHN-016", "hold")), "{}", lines[0]);
    assert_eq!(notifications(&answers(office, 1)[0]), ["01", "17"]);
}

/// The acceptance of the message counts where the submission says so: its moment in UTC+8.
#[test]
fn a_declaration_may_say_when_it_is_accepted() {
    let submission = Submission { accepted: engine::Accepted::Declared, ..Submission::at(morning()) };
    let lines = Office::new().submit(&submission.with("a.xml", specimen!("enveloped.xml")));
    assert_eq!(text(&lines[0], "accepted_at"), "2024-06-03T15:30:00+08:00");
}

/// Other people's schemas are no part of this repository: they are found beside the samples, or nothing is run.
#[test]
fn answers_are_valid_by_the_schemas_of_the_gateway() {
    let Some(samples) = samples() else { return };
    let schemas = samples.parent().unwrap().join("xsd/wco-dms");
    let office = &mut Office::new();
    let stopped = minimal_with("HD24EXP0002", "HD24EXP0009").replace("64039996", "64041990");
    let documents = [
        specimen!("complete.xml"),
        specimen!("prelodged.xml"),
        specimen!("enveloped.xml"),
        &minimal_with("<Name>Nordlys Sko AS</Name>", "<Name>x</Name><Unknown>1</Unknown>"),
        specimen!("import.xml"),
        specimen!("double_hyphen_comment.xml"),
        specimen!("template_leftover.xml"),
        &stopped,
        // What the requests are about is decided again, and answered again beside its first answer.
        specimen!("amendment_twice.xml"),
        specimen!("amendment_of_several.xml"),
        &specimen!("cancellation.xml").replace("24GB7K2M9PQRS4T5A1", "24GB7K2M9PQRS4T5A9"),
    ];
    office.register(
        "stops.csv",
        "stop_no,hs_prefix,producer,destination,lot,from,to\nT-2024-01,6404,,NO,,2024-06-01,2024-07-01\n",
    );
    let lines = submit(office, &documents);
    assert!(lines.iter().any(|line| text(line, "outcome") == "redecided"), "{lines:?}");
    let notifications = schemas.join("wco/notification");
    let whole = format!(
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>{}{}</xs:schema>",
        import(
            "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2",
            &notifications.join("DocumentMetaData_2_DMS.xsd")
        ),
        import("urn:wco:datamodel:WCO:RES-DMS:2", &notifications.join("WCO_RES_2_DMS.xsd")),
    );
    let folder = std::env::temp_dir().join(format!("clearance-gateway-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let envelope = folder.join("answers.xsd");
    std::fs::write(&envelope, whole).unwrap();
    let answers = answers(office, documents.len());
    for answer in answers.iter().flat_map(|answers| inside(answers)) {
        let schema =
            if answer.starts_with("<errorResponse") { &schemas.join("customs/error.xsd") } else { &envelope };
        assert_eq!(faults(schema, answer), "", "{answer}");
    }
    assert_eq!(faults(&envelope, &every_notification()), "");
    std::fs::remove_dir_all(&folder).unwrap();
}

/// What the gateway does with its own samples, as their descriptions say: what is not there yet waits, what is there is
/// released, imports are none of ours, and requests are about declarations that are not on file.
#[test]
fn the_samples_of_the_gateway_are_decided_as_it_decides_them() {
    let Some(samples) = samples() else { return };
    for (name, outcome, disposition) in [
        ("declarations/TT_EX001a.xml", "decided", "hold"),
        ("declarations/TT_EX002b.xml", "decided", "release"),
        ("declarations/TT_EX004a.xml", "decided", "release"),
        ("declarations/TT_EX005a.xml", "decided", "release"),
        ("declarations/TT_EX009a.xml", "decided", "hold"),
        ("declarations/TT_EX010a.xml", "decided", "release"),
        ("declarations/TT_EX038a.xml", "decided", "hold"),
        ("declarations/TT_EX039a.xml", "decided", "hold"),
        ("declarations/TT_EX010a_Cancellation.xml", "declined", "-"),
        ("declarations/Step5_TT_EX009a_Amendment.xml", "declined", "-"),
        ("declarations/Step1_TT_IM054a.xml", "declined", "-"),
        ("bad/TT_EX002a_not-wellformed.xml", "refused", "-"),
        ("notifications/03_DMSREJ.xml", "declined", "-"),
        ("notifications/TT_EX039a_DMSRES_namespaced.xml", "declined", "-"),
    ] {
        let message = std::fs::read_to_string(samples.join("wco").join(name)).unwrap();
        let line = one(&message);
        assert_eq!(
            (text(&line, "outcome"), text(&line, "disposition")),
            (outcome, disposition),
            "{name}: {line}"
        );
        let rejects: Vec<&str> =
            findings(&line).filter(|(_, effect)| *effect == "reject").map(|(rule, _)| rule).collect();
        let is_request = name.contains("Amendment") || name.contains("Cancellation");
        assert_eq!(rejects.len(), usize::from(outcome == "refused" || is_request), "{name}: {line}");
        assert_eq!(rejects.contains(&"CDS-12015"), is_request, "{name}: {line}");
    }
}

fn samples() -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "a test is told here where its inputs lie")]
    let Ok(samples) = std::env::var("CLEARANCE_SAMPLES") else {
        println!("not run: CLEARANCE_SAMPLES names no folder");
        return None;
    };
    Some(PathBuf::from(samples))
}

fn import(namespace: &str, schema: &Path) -> String {
    format!("<xs:import namespace='{namespace}' schemaLocation='{}'/>", schema.display())
}

/// Each notification there is, with an error and a change.
fn every_notification() -> String {
    let echo = formats::answer::Echo { entry_number: "24GB7K2M9PQRS4T5A1".to_owned(), ..Default::default() };
    let told = |rule: &str| formats::answer::Told {
        rule: rule.to_owned(),
        pointer: "/Declaration/GoodsShipment/GovernmentAgencyGoodsItem[1]/Packaging[2]".to_owned(),
        ..Default::default()
    };
    let findings = [told("CDS-11006"), told("CDS-004")];
    let answer = formats::answer::Answer {
        outcome: model::decision::OutcomeKind::Decided,
        disposition: None,
        mode: None,
        documents_wanted: false,
        is_mendable: true,
        is_linked: false,
        echo: &echo,
        accepted_at: Some(morning()),
        note: "every one",
        version: 2,
        reference: "00112233445566778899aabbccddee",
        findings: &findings,
        n_more: 1,
    };
    let mut written = Vec::new();
    formats::wco_declaration::notify(&answer, formats::wco_declaration::NOTIFICATIONS, &mut written);
    let written = String::from_utf8(written).unwrap();
    assert_eq!(notifications(&written), formats::wco_declaration::NOTIFICATIONS);
    written
}

/// The answers in a file of answers.
fn inside(answers: &str) -> Vec<&str> {
    let start =
        ["<MetaData", "<errorResponse"].into_iter().filter_map(|root| answers.find(root)).min().unwrap();
    let inner = &answers[start..answers.rfind("</Receipts>").unwrap()];
    formats::answer::each(inner.as_bytes()).map(|(_, answer)| std::str::from_utf8(answer).unwrap()).collect()
}

/// What `xmllint` says against the message by this schema; nothing when it is valid.
fn faults(schema: &Path, message: &str) -> String {
    let mut xmllint = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(schema)
        .arg("-")
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("xmllint can be called: `cargo xtask need` installs it");
    xmllint.stdin.take().unwrap().write_all(message.as_bytes()).unwrap();
    let output = xmllint.wait_with_output().unwrap();
    if output.status.success() { String::new() } else { String::from_utf8_lossy(&output.stderr).into_owned() }
}
