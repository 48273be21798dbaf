//! Requests about declarations on file: what one brings is there with it or not at all, in any windows, on any threads,
//! through any failure, and is told again by whoever asks.

use crate::check::{order_of, try_check};
use crate::order::assert_same_everywhere;
use crate::support::{Line, Office, Submission, findings, text};
use clearance::check::Form;
use clearance::explain::{Explanation, Question, explain, tell};
use clearance::run::Receipts;
use clearance::world::World;
use clearance::world::memory::Keep;
use jiff::civil::{DateTime, date};
use model::finding::Language;
use std::io;
use std::path::Path;
use std::sync::Arc;

macro_rules! specimen {
    ($name:literal) => {
        include_str!(concat!("../../../../formats/wco_declaration/specimens/", $name))
    };
}

fn morning() -> DateTime {
    date(2024, 6, 3).at(9, 30, 0, 0)
}

fn next_day() -> DateTime {
    date(2024, 6, 4).at(10, 0, 0, 0)
}

/// A pre-lodged declaration with this customs number, otherwise alike.
fn declaration(number: &str) -> String {
    let numbers = format!("<ID>{number}</ID>\n  <TypeCode>EXD");
    specimen!("minimal.xml").replace("HD24EXP0002", number).replace("<TypeCode>EXA", &numbers)
}

fn about(request: &str, number: &str) -> String {
    request.replace("24GB7K2M9PQRS4T5A1", number)
}

const NUMBERS: [&str; 3] = ["24GB7K2M9PQRS4T5C1", "24GB7K2M9PQRS4T5C2", "24GB7K2M9PQRS4T5C3"];

fn declarations() -> Submission {
    let declarations = NUMBERS.map(declaration);
    Submission::at(morning()).with("declarations.xml", declarations.concat())
}

/// One of each, and each about a declaration of its own.
fn requests() -> Submission {
    let of_each =
        [specimen!("amendment.xml"), specimen!("cancellation.xml"), specimen!("goods_presented.xml")];
    let requests: Vec<String> =
        of_each.iter().zip(NUMBERS).map(|(request, number)| about(request, number)).collect();
    let submission = Submission::at(next_day()).with("requests.xml", requests.concat());
    Submission { receipts: Receipts::Packed, report: true, ..submission }
}

fn outcomes(lines: &[Line]) -> Vec<&str> {
    lines.iter().map(|line| text(line, "outcome")).collect()
}

/// How each declaration stands: filing it again tells.
fn standing(office: &mut Office) -> Vec<String> {
    let lines = office.submit(&declarations());
    assert_eq!(outcomes(&lines), ["repeated"; 3]);
    let said = |line: &Line| {
        let rules: Vec<&str> = findings(line).map(|(rule, _)| rule).collect();
        format!("{} {} {rules:?}", line["version"], text(line, "disposition"))
    };
    lines.iter().map(said).collect()
}

const STANDING: [&str; 3] =
    [r#"2 hold ["CDS-002", "CDS-004"]"#, r#"1 reject ["CDS-003"]"#, r#"1 release []"#];

#[test]
fn p1_p2_a_request_and_what_it_brings_are_there_together() {
    let office = || {
        let mut office = Office::new();
        office.submit(&declarations());
        office
    };
    let mut healthy = office();
    let order = healthy.drop_in(&requests());
    let before = healthy.world.calls();
    healthy.run(&order).unwrap();
    let n_calls = healthy.world.calls() - before;
    assert_eq!(standing(&mut healthy), STANDING);
    for moment in (1..=n_calls).step_by((n_calls / 20).max(1) as usize) {
        for kept in 0..4 {
            let mut office = office();
            let order = office.drop_in(&requests());
            let at = office.world.calls() + moment;
            office.world.on_call(move |call| (call.number >= at).then(|| io::Error::other("power is lost")));
            let _cut_short = office.run(&order);
            office.world.mend();
            // Of what was not synced nothing stays, or some of it, or all.
            office.world.crash(|_| [Keep::Nothing, Keep::First(700), Keep::First(2_500), Keep::All][kept]);
            office.submit(&requests());
            assert_eq!(standing(&mut office), STANDING, "crash before call {moment}, {kept} kept");
        }
    }
}

/// What each brought is there: coming again they bring nothing. (What was lost behind one: `engine/tests/requests.rs`.)
#[test]
fn p2_requests_that_come_again_bring_nothing_twice() {
    let mut office = Office::new();
    office.submit(&declarations());
    let lines = office.submit(&requests());
    assert_eq!(outcomes(&lines), ["filed", "redecided"].repeat(3));
    let lines = office.submit(&requests());
    assert_eq!(outcomes(&lines), ["repeated"; 3]);
}

#[test]
fn o2_requests_come_to_the_same_in_any_windows_and_on_any_threads() {
    let both = Submission { inputs: [declarations().inputs, requests().inputs].concat(), ..requests() };
    assert_same_everywhere(&[declarations(), requests()]);
    assert_same_everywhere(&[both]);
}

fn ask(office: &Office, number: &str, language: Language) -> (Explanation, String) {
    let world: Arc<dyn World> = Arc::new(office.world.clone());
    let question = Question {
        number,
        declarant: None,
        version: None,
        data: Path::new("/office/data"),
        registers: Path::new("/office/registers"),
        language,
    };
    let explanation = explain(&world, &question).unwrap();
    let told = tell(&explanation, language);
    (explanation, told)
}

/// What was amended is judged again as it was amended; a request and what it cancelled stand as the journal has them.
#[test]
fn a_request_and_what_it_brought_are_explained() {
    let mut office = Office::new();
    office.submit(&declarations());
    office.submit(&Submission { language: Language::Zh, ..requests() });
    for number in [NUMBERS[0], NUMBERS[2]] {
        let (explanation, told) = ask(&office, number, Language::Zh);
        let again = explanation.again.expect("it is judged again");
        assert!(again.same_law && again.same_decision, "{told}");
        assert_eq!(explanation.versions.len(), 2);
    }
    let (_, told) = ask(&office, NUMBERS[0], Language::Zh);
    assert!(
        told.contains("由 12400.75 GBP 改为 12500 GBP（修改申请 HD24REQ0001，变更原因代码 32）"),
        "{told}"
    );
    assert!(told.contains("起因单证：HD24REQ0001"), "{told}");
    let (_, told) = ask(&office, NUMBERS[0], Language::En);
    assert!(
        told.contains("changed from 12400.75 GBP to 12500 GBP by request HD24REQ0001, reason 32"),
        "{told}"
    );
    let (explanation, told) = ask(&office, NUMBERS[1], Language::Zh);
    assert!(explanation.again.is_none());
    assert!(told.contains("已按撤销申请 HD24REQ0002 撤销") && told.contains("不再判断"), "{told}");
    let (explanation, told) = ask(&office, "HD24REQ0002", Language::En);
    assert_eq!((explanation.outcome, explanation.again.is_none()), ("filed", true));
    assert!(told.contains("a request is settled by how the declaration it is about stood then"), "{told}");
}

/// A check sees what a run sees: a request beside its declaration, and one without it.
#[test]
fn a_check_lays_requests_over_the_declarations_beside_them() {
    let mut office = Office::new();
    let both = Submission { inputs: [requests().inputs, declarations().inputs].concat(), ..requests() };
    let order = order_of(&office.drop_in(&both), Form::Json, false);
    let (told, counts) = try_check(&office, &order, b"").unwrap();
    let fates: Vec<(&str, u64)> =
        counts.fates.iter().filter(|(_, n)| **n > 0).map(|(fate, n)| (fate.name(), *n)).collect();
    assert_eq!(fates, [("released", 1), ("filed", 3), ("held", 1), ("rejected", 1)], "{told}");
    assert!(told.contains("\"CDS-004\"") && told.contains("\"CDS-003\""), "{told}");
    let order = order_of(&office.drop_in(&requests()), Form::Short, false);
    let (told, counts) = try_check(&office, &order, b"").unwrap();
    assert_eq!(told.matches("CDS-12015").count(), 3, "{told}");
    assert_eq!(counts.n_documents, 3);
}

/// The list names the request that caused a decision, in both its forms.
#[test]
fn the_list_shows_a_request_and_what_it_brought() {
    let mut office = Office::new();
    office.submit(&declarations());
    let lines = office.submit(&Submission { language: Language::Zh, ..requests() });
    let caused: Vec<&str> = lines.iter().map(|line| text(line, "caused_by")).collect();
    assert_eq!(caused, ["-", "HD24REQ0001", "-", "HD24REQ0002", "-", "HD24REQ0003"]);
    let cancelled = text(&lines[3]["findings"][0], "message");
    assert_eq!(cancelled, "已按撤销申请 HD24REQ0002 撤销，本报关单作废，货物不得凭此放行");
    let page = office.output("report.html");
    let pieces = crate::support::unpacked(Path::new("report.html"), &page).concat();
    let pieces = String::from_utf8(pieces).unwrap();
    assert!(pieces.contains("HD24REQ0002") && pieces.contains("CDS-003"), "the page names both");
}
