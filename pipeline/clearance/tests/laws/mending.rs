//! K4: what is rejected or held may be mended; what is final may not. The draw stays (SMP-012).

use crate::documents::*;
use crate::support::{Line, Office, Submission, text};
use engine::Accepted;

fn versions(lines: &[Line]) -> Vec<Option<u64>> {
    lines.iter().map(|line| line["version"].as_u64()).collect()
}

#[test]
fn k4_versions_count_up_and_supersede() {
    for is_one_submission in [true, false] {
        let mut office = Office::new();
        let documents = [
            rejected(&plain()),
            rejected(&mended(&plain(), 1)),
            rejected(&plain()),
            plain(),
            mended(&plain(), 1),
            plain(),
        ];
        let lines: Vec<Line> = if is_one_submission {
            submit(&mut office, "a.xml", &documents)
        } else {
            documents.iter().flat_map(|document| submit(&mut office, "a.xml", &[document])).collect()
        };
        assert_eq!(outcomes(&lines), ["decided", "decided", "decided", "decided", "conflict", "repeated"]);
        assert_eq!(versions(&lines), [Some(1), Some(2), Some(3), Some(4), None, Some(4)]);
        for n in 1..4 {
            assert_eq!(lines[n]["supersedes"], lines[n - 1]["sequence"]);
        }
        assert!(lines[0].get("supersedes").is_none());
        assert_eq!(lines[5]["first_sequence"], lines[0]["sequence"]);
    }
}

#[test]
fn k4_the_draw_stays_whatever_the_day() {
    for is_repeated_day in [true, false] {
        let mut office = Office::new();
        let first = submit(&mut office, "a.xml", &[rejected(&plain())]);
        let draw = first[0]["draw"].clone();
        assert_eq!(draw["seed_date"], "2018-06-01");
        // A version whose day is unknown draws nothing, and hands on what was drawn before it.
        if !is_repeated_day {
            let undated = with(&with(&rejected(&mended(&plain(), 1)), "PDate", ""), "SignDate", "");
            let submission = Submission { accepted: Accepted::Declared, ..Submission::at(morning()) };
            let lines = office.submit(&submission.with("b.xml", undated));
            assert_eq!((lines[0]["version"].as_u64(), lines[0]["draw"].is_null()), (Some(2), true));
        }
        let lines = submit_at(&mut office, next_day(), "c.xml", &[rejected(&mended(&plain(), 2)), plain()]);
        for line in &lines {
            assert_eq!(line["draw"], draw);
            assert_eq!(text(line, "accepted_at"), "2018-06-02T09:30:00+08:00");
        }
    }
}

/// In one submission too, when documents are accepted on the days they declare.
#[test]
fn k4_the_draw_stays_within_one_submission() {
    for window_bytes in [1, 4 << 20] {
        let on = |document: &str, day: &str| with(document, "SignDate", &format!("{day}09300000"));
        let documents = [
            on(&rejected(&plain()), "20180601"),
            with(&with(&rejected(&mended(&plain(), 1)), "PDate", ""), "SignDate", ""),
            on(&plain(), "20180602"),
        ];
        let mut office = Office::new();
        let submission =
            Submission { accepted: Accepted::Declared, window_bytes, ..Submission::at(morning()) };
        let lines = office.submit(&submission.with("a.xml", input(&documents)));
        assert_eq!(versions(&lines), [Some(1), Some(2), Some(3)]);
        assert!(lines[1]["draw"].is_null());
        assert_eq!(lines[0]["draw"]["seed_date"], "2018-06-01");
        assert_eq!(lines[0]["draw"], lines[2]["draw"]);
    }
}

#[test]
fn k4_a_provisional_hold_may_be_mended() {
    let consignment = claiming(1);
    let mut office = Office::new();
    submit(&mut office, "a.xml", &[&consignment.declaration]);
    let lines = submit(&mut office, "b.xml", &[mended(&consignment.declaration, 1)]);
    assert_eq!((text(&lines[0], "disposition"), lines[0]["version"].as_u64()), ("hold", Some(2)));
}

#[test]
fn k4_a_rejected_certificate_may_be_mended_and_a_good_one_not() {
    let consignment = claiming(1);
    let certificate = &consignment.certificates[0];
    let other = with(certificate, "FetchPlace", "4400");
    for is_one_submission in [true, false] {
        let mut office = Office::new();
        let documents = [
            &rejected_certificate(certificate),
            &rejected_certificate(certificate),
            certificate,
            &other,
            certificate,
        ];
        let lines: Vec<Line> = if is_one_submission {
            submit(&mut office, "a.xml", &documents)
        } else {
            documents.iter().flat_map(|document| submit(&mut office, "a.xml", &[document])).collect()
        };
        assert_eq!(outcomes(&lines), ["decided", "repeated", "filed", "conflict", "repeated"]);
        assert_eq!(versions(&lines), [Some(1), Some(1), Some(2), None, Some(2)]);
        assert_eq!(lines[2]["supersedes"], lines[0]["sequence"]);
        let declaration = submit(&mut office, "b.xml", &[&consignment.declaration]);
        assert_ne!(text(&declaration[0], "disposition"), "hold");
    }
}
