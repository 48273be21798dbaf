//! K3: a hold that waits for a certificate is decided again when it comes, and only then.

use crate::documents::*;
use crate::support::{Office, findings, text};

#[test]
fn k3_the_certificate_comes_in_a_later_run() {
    let consignment = claiming(1);
    let mut office = Office::new();
    let held = submit(&mut office, "a.xml", &[plain(), consignment.declaration.clone()]).pop().unwrap();
    assert_eq!(text(&held, "disposition"), "hold");
    assert!(findings(&held).any(|finding| finding == ("ORG-051", "hold")));
    let lines = submit_at(&mut office, next_day(), "late.xml", &consignment.certificates);
    assert_eq!(outcomes(&lines), ["filed", "redecided"]);
    let redecided = &lines[1];
    for field in
        ["input", "document", "offset", "declarant", "number", "version", "draw", "accepted_at", "digest"]
    {
        assert_eq!(redecided[field], held[field], "{field}");
    }
    assert_eq!(redecided["supersedes"], held["sequence"]);
    assert_eq!(text(redecided, "caused_by"), text(&lines[0], "number"));
    assert_ne!(text(redecided, "disposition"), "hold");
    assert_eq!(redecided["certificates"].as_array().unwrap().len(), 1);
    // The answer stands under the name of the input it belongs to.
    let names: Vec<String> = answers(&office).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a.xml.xml", "late.xml.xml"]);
    let again = submit(&mut office, "again.xml", &[&consignment.declaration, &consignment.certificates[0]]);
    assert_eq!(outcomes(&again), ["repeated", "repeated"]);
    assert_eq!(again[0]["disposition"], redecided["disposition"]);
    assert_eq!(again[0]["first_sequence"], held["sequence"]);
}

#[test]
fn k3_several_declarations_wait_for_one_certificate() {
    let consignment = claiming(1);
    let numbered = |n: u32| {
        let document = with(&consignment.declaration, "ClientSeqNo", &format!("HD201800000000{n:04}"));
        with(&with(&document, "EntryId", ""), "SeqNo", "")
    };
    let declarations: Vec<String> = (0..5).map(numbered).collect();
    let mut office = Office::new();
    let held = submit(&mut office, "a.xml", &declarations);
    let lines = submit(&mut office, "b.xml", &consignment.certificates);
    assert_eq!(outcomes(&lines), ["filed", "redecided", "redecided", "redecided", "redecided", "redecided"]);
    for (held, redecided) in held.iter().zip(&lines[1..]) {
        assert_eq!((&redecided["number"], &redecided["supersedes"]), (&held["number"], &held["sequence"]));
    }
    assert_eq!(outcomes(&submit(&mut office, "c.xml", &consignment.certificates)), ["repeated"]);
}

/// Both in one run, in two runs, and one on file before the declaration came.
#[test]
fn k3_one_declaration_waits_for_two_certificates() {
    let consignment = claiming(2);
    let [first, second] = &consignment.certificates[..] else { panic!("two were asked for") };
    let declaration = &consignment.declaration;
    let mut office = Office::new();
    submit(&mut office, "a.xml", &[declaration]);
    assert_eq!(outcomes(&submit(&mut office, "b.xml", &[first, second])), ["filed", "filed", "redecided"]);

    let mut office = Office::new();
    submit(&mut office, "a.xml", &[declaration]);
    assert_eq!(outcomes(&submit(&mut office, "b.xml", &[second])), ["filed"]);
    let lines = submit(&mut office, "c.xml", &[first]);
    assert_eq!(outcomes(&lines), ["filed", "redecided"]);
    assert_ne!(text(&lines[1], "disposition"), "hold");

    let mut office = Office::new();
    submit(&mut office, "a.xml", &[first]);
    let held = submit(&mut office, "b.xml", &[declaration]);
    assert_eq!(text(&held[0], "disposition"), "hold");
    let lines = submit(&mut office, "c.xml", &[second]);
    assert_eq!(outcomes(&lines), ["filed", "redecided"]);
    assert_ne!(text(&lines[1], "disposition"), "hold");
}

#[test]
fn k3_a_hold_that_was_mended_meanwhile_is_not_decided_from_the_old_content() {
    let consignment = claiming(1);
    let old = &consignment.declaration;
    let certificate = &consignment.certificates[0];
    // Mended by a version that claims nothing: rejected, and final for the old one.
    let mended_away = with(&rejected(old), "EcoCertNo", "");
    for is_one_submission in [true, false] {
        let mut office = Office::new();
        submit(&mut office, "a.xml", &[old]);
        if is_one_submission {
            let lines = submit(&mut office, "b.xml", &[&mended_away, certificate]);
            assert_eq!(outcomes(&lines), ["decided", "filed"]);
        } else {
            submit(&mut office, "b.xml", &[&mended_away]);
            assert_eq!(outcomes(&submit(&mut office, "c.xml", &[certificate])), ["filed"]);
        }
    }
    // Mended by a version that waits itself: that one is decided, the old one is not woken.
    let mut office = Office::new();
    submit(&mut office, "a.xml", &[old]);
    let lines = submit(&mut office, "b.xml", &[&mended(old, 1), certificate]);
    assert_eq!(outcomes(&lines), ["filed", "decided"]);
    assert_eq!(lines[1]["version"], 2);
    // Mended in a run of its own: the new content is decided again.
    let mut office = Office::new();
    submit(&mut office, "a.xml", &[old]);
    let second = submit(&mut office, "b.xml", &[&mended(old, 1)]);
    let lines = submit(&mut office, "c.xml", &[certificate]);
    assert_eq!(outcomes(&lines), ["filed", "redecided"]);
    assert_eq!((&lines[1]["digest"], &lines[1]["version"]), (&second[0]["digest"], &second[0]["version"]));
}

#[test]
fn k3_a_rejected_certificate_is_waited_for_until_it_is_mended() {
    let consignment = claiming(1);
    let bad = rejected_certificate(&consignment.certificates[0]);
    let mut office = Office::new();
    submit(&mut office, "a.xml", &[&bad]);
    let held = submit(&mut office, "b.xml", &[&consignment.declaration]);
    assert_eq!(text(&held[0], "disposition"), "hold");
    assert_eq!(outcomes(&submit(&mut office, "c.xml", &[&bad])), ["repeated"]);
    let lines = submit(&mut office, "d.xml", &consignment.certificates);
    assert_eq!(outcomes(&lines), ["filed", "redecided"]);
    assert_ne!(text(&lines[1], "disposition"), "hold");
}

/// A declaration rejected for another reason waits for nothing; repeated while it waits, it waits once.
#[test]
fn k3_what_does_not_wait_is_not_woken() {
    let consignment = claiming(1);
    let mut office = Office::new();
    submit(&mut office, "a.xml", &[rejected(&consignment.declaration)]);
    assert_eq!(outcomes(&submit(&mut office, "b.xml", &consignment.certificates)), ["filed"]);
    let mut office = Office::new();
    submit(&mut office, "a.xml", &[&consignment.declaration, &consignment.declaration]);
    submit(&mut office, "b.xml", &[&consignment.declaration]);
    let lines = submit(&mut office, "c.xml", &consignment.certificates);
    assert_eq!(outcomes(&lines), ["filed", "redecided"]);
}

/// A later version might mend the hold, so it is not decided again while that waits; but that turns out a conflict.
#[test]
fn k3_a_hold_is_not_left_behind_a_version_that_conflicts() {
    let consignment = claiming(1);
    let numbered = |entry: &str, unified: &str, client: &str| {
        let document = with(&consignment.declaration, "EntryId", entry);
        with(&with(&document, "SeqNo", unified), "ClientSeqNo", client)
    };
    let mut office = Office::new();
    submit(&mut office, "a.xml", &[numbered("", "000000001234567801", "HD2018000000000001")]);
    let lines = submit(
        &mut office,
        "b.xml",
        &[
            &mended(&numbered("531620180168000001", "", "HD2018000000000001"), 1),
            &numbered("531620180168000002", "000000001234567801", ""),
            &consignment.certificates[0],
        ],
    );
    assert_eq!(outcomes(&lines), ["repeated", "filed", "conflict", "redecided"]);
    assert_eq!(lines[3]["caused_by"], lines[1]["number"]);
    assert_ne!(text(&lines[3], "disposition"), "hold");
}

/// O6: a document of an earlier run may have stood in an input of the same name; no answer takes another's place.
#[test]
fn k3_answers_of_two_runs_with_one_name_stand_side_by_side() {
    use crate::support::Submission;
    use clearance::run::Receipts;
    let consignment = claiming(1);
    let mut office = Office::new();
    submit(&mut office, "a.xml", &[&consignment.declaration]);
    let again = Submission::at(morning()).with("a.xml", input(&consignment.certificates));
    office.submit(&Submission { receipts: Receipts::Files, ..again });
    let names: Vec<String> = answers(&office).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a.xml-1#2.xml", "a.xml-1.xml"]);
}

/// A document that waits is kept with the namespaces its wrapper gave it, and is found in the same place afterwards.
#[test]
fn k3_a_document_inside_a_wrapper_waits_too() {
    let consignment = claiming(1);
    let declaration = &consignment.declaration[consignment.declaration.find("<DecMessage").unwrap()..];
    let inherited = declaration.replacen(" xmlns=\"http://www.chinaport.gov.cn/dec\"", "", 1);
    // A warning, so that there is something to find a place for.
    let noted = inherited.replacen("</DecHead>", "\n  <Nobody>1</Nobody></DecHead>", 1);
    for batch in [
        format!("<Package xmlns=\"http://www.chinaport.gov.cn/dec\">\n{noted}\n</Package>"),
        format!("<Anything><Whatever>\n\n{noted}</Whatever></Anything>"),
    ] {
        let mut office = Office::new();
        let held = submit(&mut office, "a.xml", &[&batch]);
        let lines = submit(&mut office, "b.xml", &consignment.certificates);
        assert_eq!(outcomes(&lines), ["filed", "redecided"]);
        let warning = |line: &serde_json::Value| {
            let findings = line["findings"].as_array().unwrap().clone();
            findings
                .into_iter()
                .find(|finding| text(finding, "rule") == "MSG-008")
                .expect("an unknown element")
        };
        assert_eq!(warning(&held[0]), warning(&lines[1]));
        assert_eq!(held[0]["digest"], lines[1]["digest"]);
    }
}

/// What is inside Base64 counts its lines from its own beginning, now and later.
#[test]
fn k3_a_document_inside_base64_waits_too() {
    use crate::support::Submission;
    use fixtures::generate::{OrderWeights, Plan, Shape, Size, write_both};
    let (mut batch, mut late) = (Vec::new(), Vec::new());
    let plan = Plan {
        shape: Shape::DxpMsg,
        size: Size::Declarations(8),
        lines: 1..=2,
        certificate_share_bp: 10_000,
        certificate_order: OrderWeights { before: 0, with: 0, after: 0, other_batch: 1 },
        ..Plan::new(21)
    };
    write_both(&plan, &mut batch, &mut late).unwrap();
    let mut office = Office::new();
    let mut held = office.submit(&Submission::at(morning()).with("a.xml", batch));
    held.retain(|line| text(line, "disposition") == "hold");
    assert!(held.len() > 4);
    let lines = office.submit(&Submission::at(morning()).with("late.xml", late));
    let redecided: Vec<_> = lines.iter().filter(|line| text(line, "outcome") == "redecided").collect();
    assert_eq!(redecided.len(), held.len());
    for line in redecided {
        let before = held.iter().find(|held| held["sequence"] == line["supersedes"]).expect("it was held");
        for field in ["input", "document", "offset", "digest"] {
            assert_eq!(line[field], before[field], "{field}");
        }
        assert_ne!(text(line, "disposition"), "hold");
    }
}
