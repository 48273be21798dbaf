//! A decision explained: over the shipped samples, over several versions, and where evidence or registers are others.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use clearance::explain::{ExplainError, Explanation, Question, explain, tell};
use clearance::world::World;
use engine::Accepted;
use expect_test::expect_file;
use fixtures::cases::{Acceptance, Scenario};
use jiff::civil::date;
use model::finding::Language;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use support::{Office, Submission, text};

const DATA: &str = "/office/data";
const REGISTERS: &str = "/office/registers";

fn at_root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn folder(path: &str) -> Vec<(String, Vec<u8>)> {
    let mut entries: Vec<_> = std::fs::read_dir(at_root(path)).unwrap().map(|entry| entry.unwrap()).collect();
    entries.sort_by_key(|entry| entry.file_name());
    entries
        .iter()
        .map(|it| (it.file_name().into_string().unwrap(), std::fs::read(it.path()).unwrap()))
        .collect()
}

/// The morning of the README.
fn samples() -> Office {
    let mut office = Office::new();
    for (name, bytes) in folder("fixtures/batches-registers") {
        office.register(&name, std::str::from_utf8(&bytes).unwrap());
    }
    let submission = Submission {
        inputs: folder("fixtures/batches"),
        language: Language::Zh,
        ..Submission::at(date(2018, 6, 1).at(9, 30, 0, 0))
    };
    office.submit(&submission);
    office
}

fn question(number: &str) -> Question<'_> {
    Question {
        number,
        declarant: None,
        version: None,
        data: Path::new(DATA),
        registers: Path::new(REGISTERS),
        language: Language::Zh,
    }
}

fn ask(office: &Office, question: &Question<'_>) -> Result<Explanation, ExplainError> {
    let world: Arc<dyn World> = Arc::new(office.world.clone());
    explain(&world, question)
}

/// Digests change with every rule; what they are of does not.
fn told(explanation: &Explanation, language: Language) -> String {
    let mut page = String::new();
    for line in tell(explanation, language).lines() {
        let cut = line.find("b3:").map_or(line, |at| &line[..at + 3]);
        page.push_str(cut.trim_end());
        page.push('\n');
    }
    page
}

#[test]
fn a_decision_of_the_samples_is_explained_in_both_languages() {
    let office = samples();
    for (language, page) in [(Language::Zh, "zh"), (Language::En, "en")] {
        let explained = ask(&office, &Question { language, ..question("HD2018060100000012") }).unwrap();
        let again = explained.again.as_ref().unwrap();
        assert!(again.same_law && again.same_decision);
        let shown = told(&explained, language);
        // The list of rules grows; its own rule and one beside it are enough.
        let (before, rules) =
            shown.split_once(if language == Language::Zh { "\n逐条规则" } else { "\nrule by rule" }).unwrap();
        expect_file![format!("explained/{page}.txt")].assert_eq(before);
        assert!(rules.contains("DOC-026") && rules.contains("11.7") && rules.contains("1068"), "{rules}");
    }
}

/// Every document of the samples comes out as it did: archives, wrappers, Base64 and zstd are read again as they were.
#[test]
fn every_decision_of_the_samples_comes_out_again() {
    let office = samples();
    let mut n_explained = 0;
    for line in support::lines(&office.output("decisions.ndjson")) {
        let Some(number) = line["number"].as_str() else { continue };
        let declarant = line["declarant"].as_str();
        let explained = ask(&office, &Question { declarant, ..question(number) }).unwrap();
        let again = explained.again.as_ref().unwrap_or_else(|| panic!("{number}: {:?}", explained.not_again));
        assert!(again.same_law && again.same_decision, "{number}: {}", explained.to_json());
        assert_eq!(explained.decision["disposition"], line["disposition"]);
        n_explained += 1;
    }
    assert_eq!(n_explained, 37);
}

/// What is asked changes nothing on the disk, and names no person.
#[test]
fn explaining_writes_nothing_and_names_nobody() {
    let office = samples();
    let n_writes = Arc::new(std::sync::atomic::AtomicU64::new(0));
    let counted = Arc::clone(&n_writes);
    office.world.on_call(move |call| {
        use clearance::world::memory::Op;
        if !matches!(call.op, Op::Open | Op::List | Op::Exists | Op::Read) {
            counted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        }
        None
    });
    let explained = ask(&office, &question("HD2018060100000012")).unwrap();
    assert_eq!(n_writes.load(std::sync::atomic::Ordering::Relaxed), 0);
    assert!(!explained.to_json().contains("entry_clerk"));
}

#[test]
fn versions_are_told_and_chosen() {
    let mut office = Office::new();
    let scenario = |total: &str| {
        let mut document = fixtures::cases::Document::declaration("D-001");
        document.change(total).unwrap();
        document.text()
    };
    let submission = Submission::at(date(2018, 6, 1).at(9, 30, 0, 0));
    let first = office.submit(&submission.clone().with("one.xml", scenario("DeclTotal 1")));
    assert_eq!(first[0]["disposition"], "reject", "{first:?}");
    let second = office.submit(&submission.with("two.xml", scenario("DecHead/NoteS mended")));
    assert_eq!(second[0]["version"], 2);
    let latest = ask(&office, &question("D-001")).unwrap();
    assert_eq!((latest.version, latest.versions.len()), (2, 2));
    assert_eq!(latest.versions[1].supersedes, Some(1));
    assert!(latest.again.as_ref().unwrap().same_decision, "{}", latest.to_json());
    let before = ask(&office, &Question { version: Some(1), ..question("D-001") }).unwrap();
    assert_eq!(before.decision["disposition"], "reject");
    assert!(before.again.as_ref().unwrap().same_decision, "{}", before.to_json());
    assert!(matches!(
        ask(&office, &Question { version: Some(3), ..question("D-001") }),
        Err(ExplainError::NoVersion { version: 3, n: 2 })
    ));
    assert!(matches!(ask(&office, &question("D-002")), Err(ExplainError::NotFound(_))));
}

#[test]
fn a_number_of_two_declarants_asks_which() {
    let mut office = Office::new();
    let mut other = fixtures::cases::Document::declaration("D-001");
    other.change("AgentCodeScc 91441323555600018G").unwrap();
    let own = fixtures::cases::Document::declaration("D-001");
    let submission = Submission::at(date(2018, 6, 1).at(9, 30, 0, 0));
    office.submit(&submission.with("one.xml", own.text() + "\n" + &other.text()));
    let Err(ExplainError::Several(several)) = ask(&office, &question("D-001")) else {
        panic!("there are two")
    };
    assert_eq!(several.len(), 2);
    let declarant = Some("91441323555600018G");
    assert_eq!(
        ask(&office, &Question { declarant, ..question("D-001") }).unwrap().declarant,
        "91441323555600018G"
    );
}

#[test]
fn without_evidence_the_journal_speaks_alone() {
    let office = samples();
    for bytes in folder("fixtures/batches").into_iter().map(|(_, bytes)| bytes) {
        let hex = blake3::hash(&bytes).to_hex();
        let path = Path::new(DATA).join("evidence/raw").join(&hex[..2]).join(hex.as_str());
        office.world.remove(&path).unwrap();
    }
    let explained = ask(&office, &question("HD2018060100000012")).unwrap();
    assert!(explained.again.is_none());
    assert!(explained.not_again.as_ref().unwrap().contains("已按保存期限清除"));
    let page = tell(&explained, Language::Zh);
    assert!(page.contains("DOC-026 退单：单价 11.7 × 数量 1068"), "{page}");
}

#[test]
fn other_registers_are_said_to_be_others() {
    let office = samples();
    office.register("statements.csv", "scc,number,basis,signatory,signed_on,from,to\n91441323MAXK00072A,,QB/T 1002-2015,QC,2017-12-28,2018-01-01,2019-01-01\n");
    let explained = ask(&office, &question("HD2018060100000012")).unwrap();
    assert!(!explained.again.as_ref().unwrap().same_law);
    let page = tell(&explained, Language::Zh);
    assert!(page.contains("现有规则或登记册与当时不同"), "{page}");
    assert!(page.contains("处置：退单"), "{page}");
}

/// Whatever a scenario goes through (mending, waiting, vouchers, many shapes of input), judged again it comes out as it did.
#[test]
fn every_decision_of_the_scenarios_comes_out_again() {
    let mut n_explained = 0;
    for written in clearance::scenarios::shipped() {
        let scenario = Scenario::parse(&written.text).unwrap();
        let mut office = Office::new();
        for section in &scenario.submissions {
            section.registers.iter().for_each(|(name, text)| office.register(name, text));
            let accepted = match section.acceptance {
                Acceptance::At(moment) => Accepted::At(moment),
                Acceptance::Declared => Accepted::Declared,
            };
            let in_order: Vec<usize> = (0..section.pieces.len()).collect();
            let inputs = section.inputs(&in_order);
            let lines = office.submit(&Submission {
                inputs,
                accepted,
                ..Submission::at(jiff::civil::DateTime::default())
            });
            for line in
                lines.iter().filter(|it| matches!(text(it, "outcome"), "decided" | "redecided" | "filed"))
            {
                if line["number"].is_null() {
                    continue; // Nobody can ask for it.
                }
                let asked = question(text(line, "number"));
                let version = line["version"].as_u64().map(|it| it as u32);
                let explained =
                    ask(&office, &Question { declarant: line["declarant"].as_str(), version, ..asked })
                        .unwrap();
                if explained.sequence != line["sequence"] {
                    continue; // Decided again in the same submission.
                }
                let place = format!("{}: {line}", written.name);
                let rules = || support::findings(line).map(|(rule, _)| rule);
                if text(line, "number").starts_with("HD24REQ") || rules().any(|rule| rule == "CDS-003") {
                    // A request stands as it was settled, and so does what it cancelled.
                    assert!(explained.again.is_none() && explained.not_again.is_some(), "{place}");
                    continue;
                }
                let again =
                    explained.again.as_ref().unwrap_or_else(|| panic!("{place}: {:?}", explained.not_again));
                assert!(again.same_law && again.same_decision, "{place}\n{}", explained.to_json());
                n_explained += 1;
            }
        }
    }
    assert!(n_explained > 100, "only {n_explained} decisions were explained");
}
