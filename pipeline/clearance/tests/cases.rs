//! Runs the scenarios of `fixtures/cases`: Markdown a customs officer can read.
//!
//! What must come out is derived from the rulings, never copied from the program. A failure shows both blocks.

use clearance::scenarios;
use model::finding::Language;

#[test]
fn scenarios_come_out_as_they_say() {
    let shipped = scenarios::shipped();
    assert!(shipped.len() >= 30, "only {} scenarios were found", shipped.len());
    let tested = scenarios::test(&shipped, Language::En);
    assert_eq!(tested.n_failed, 0, "{}", tested.text);
}

#[test]
fn a_scenario_that_says_otherwise_shows_both_blocks() {
    let mut written =
        scenarios::shipped().into_iter().find(|it| it.name == "documents/weights.md").expect("it is shipped");
    written.text = written.text.replacen("D-003 release", "D-003 reject", 1);
    let told = scenarios::differences(&written).expect_err("it says otherwise");
    assert!(told.contains("expected\n") && told.contains("got\n"), "{told}");
    written.text = "# A title\n\n```nothing\n```\n".to_owned();
    assert_eq!(scenarios::differences(&written), Err("line 3: `nothing` is no kind of block".to_owned()));
}
