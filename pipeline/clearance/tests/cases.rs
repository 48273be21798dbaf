//! Runs the scenarios of `fixtures/cases`: Markdown a customs officer can read.
//!
//! What must come out is derived from the rulings, never copied from the program. A failure shows both blocks.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use engine::Accepted;
use fixtures::cases::{Acceptance, Expected, Scenario};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use support::{Line, Office, Submission, text};

#[test]
fn scenarios_come_out_as_they_say() {
    let files = scenarios(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/cases"));
    assert!(files.len() >= 30, "only {} scenarios were found", files.len());
    let told: String = files.iter().map(|path| differences(path)).collect();
    assert!(told.is_empty(), "{told}");
}

/// All scenarios below a folder: Markdown files in folders of their theme.
fn scenarios(dir: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let mut files = Vec::new();
    for path in entries {
        if path.is_dir() {
            files.extend(scenarios(&path));
        } else if path.extension().is_some_and(|it| it == "md") && !path.ends_with("README.md") {
            files.push(path);
        }
    }
    files
}

/// Bytes settled at once: all, and each document by itself. Neither may change anything (ruling O2).
const WINDOWS: &[usize] = &[4 << 20, 1];

fn differences(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let theme = path.parent().and_then(Path::file_name).unwrap_or_default();
    let place = Path::new("cases").join(theme).join(path.file_name().unwrap());
    let place = place.display();
    let scenario = Scenario::parse(&text).unwrap_or_else(|why| panic!("{place}: {why}"));
    let mut told = String::new();
    for &window_bytes in WINDOWS {
        let mut running = Running { scenario: &scenario, window_bytes, office: Office::new() };
        for section_idx in 0..scenario.submissions.len() {
            for (order, difference) in running.section(section_idx) {
                let heading = &scenario.submissions[section_idx].heading;
                let _ = writeln!(
                    told,
                    "{place}: {heading}, documents {order:?}, window {window_bytes}\n{difference}"
                );
            }
        }
    }
    told
}

/// A scenario in an office.
struct Running<'s> {
    scenario: &'s Scenario,
    window_bytes: usize,
    office: Office,
}

impl Running<'_> {
    /// Differences of a section, with the order of documents they came out in.
    fn section(&mut self, section_idx: usize) -> Vec<(Vec<usize>, String)> {
        let section = &self.scenario.submissions[section_idx];
        let in_order: Vec<usize> = (0..section.pieces.len()).collect();
        if !section.in_any_order {
            let lines = self.submit(section_idx, &in_order);
            return compare(&section.outcome, &lines)
                .map(|difference| (in_order, difference))
                .into_iter()
                .collect();
        }
        let mut expected = section.outcome.clone();
        expected.sort_by(|one, other| one.head.cmp(&other.head));
        let mut differences = Vec::new();
        for order in permutations(&in_order) {
            let mut lines = if order == in_order {
                self.submit(section_idx, &order)
            } else {
                self.anew(section_idx, &order)
            };
            lines.sort_by_key(head);
            differences.extend(compare(&expected, &lines).map(|difference| (order, difference)));
        }
        differences
    }

    /// The sections before it as they stand, then this one in another order, in an office of its own.
    fn anew(&self, section_idx: usize, order: &[usize]) -> Vec<Line> {
        let mut other = Running { office: Office::new(), ..*self };
        for before_idx in 0..section_idx {
            let in_order: Vec<usize> = (0..self.scenario.submissions[before_idx].pieces.len()).collect();
            other.submit(before_idx, &in_order);
        }
        other.submit(section_idx, order)
    }

    fn submit(&mut self, section_idx: usize, order: &[usize]) -> Vec<Line> {
        let section = &self.scenario.submissions[section_idx];
        section.registers.iter().for_each(|(name, text)| self.office.register(name, text));
        let accepted = match section.acceptance {
            Acceptance::At(moment) => Accepted::At(moment),
            Acceptance::Declared => Accepted::Declared,
        };
        self.office.submit(&Submission {
            inputs: section.inputs(order),
            accepted,
            window_bytes: self.window_bytes,
            ..Submission::at(jiff::civil::DateTime::default())
        })
    }
}

fn permutations(items: &[usize]) -> Vec<Vec<usize>> {
    let [first, rest @ ..] = items else { return vec![Vec::new()] };
    let inserted = permutations(rest).into_iter().flat_map(|order| {
        (0..=order.len()).map(move |at| {
            let mut order = order.clone();
            order.insert(at, *first);
            order
        })
    });
    inserted.collect()
}

/// Both blocks when they differ.
fn compare(expected: &[Expected], lines: &[Line]) -> Option<String> {
    let mut got: Vec<Expected> = Vec::new();
    for (line_idx, line) in lines.iter().enumerate() {
        got.push(said(line, expected.get(line_idx)));
    }
    let same = expected.len() == got.len()
        && expected.iter().zip(&got).all(|(expected, got)| {
            expected.head == got.head && matches_in_some_order(&expected.details, &got.details)
        });
    (!same).then(|| format!("expected\n{}got\n{}", block(expected), block(&got)))
}

/// Details stand in any order; a finding without a sentence, or without a pointer, takes any.
fn matches_in_some_order(expected: &[String], got: &[String]) -> bool {
    let mut left: Vec<&String> = got.iter().collect();
    let all_found = expected.iter().all(|wanted| {
        let found = left.iter().position(|it| {
            *it == wanted
                || it
                    .strip_prefix(wanted.as_str())
                    .is_some_and(|rest| rest.starts_with(": ") || rest.starts_with(" /"))
        });
        found.map(|at| left.remove(at)).is_some()
    });
    all_found && left.is_empty()
}

fn block(outcomes: &[Expected]) -> String {
    let mut block = String::new();
    for Expected { head, details } in outcomes {
        let _ = writeln!(block, "    {head}");
        for detail in details {
            let _ = writeln!(block, "      {detail}");
        }
    }
    block
}

/// What the program said of a document, in the words of an outcome block. Findings always; the rest when it is asked for.
fn said(line: &Line, expected: Option<&Expected>) -> Expected {
    let mut details: Vec<String> = line["findings"].as_array().into_iter().flatten().map(finding).collect();
    let wanted =
        |start: &str| expected.is_some_and(|it| it.details.iter().any(|detail| detail.starts_with(start)));
    details.extend(facts(line).into_iter().filter(|(start, _)| wanted(start)).map(|(_, fact)| fact));
    Expected { head: head(line), details }
}

fn head(line: &Line) -> String {
    let number = line["number"]
        .as_str()
        .map_or_else(|| format!("{}:{}", text(line, "input"), line["document"]), str::to_owned);
    let outcome = match text(line, "outcome") {
        "decided" => "",
        other => other,
    };
    let words = [&*number, outcome, text(line, "disposition"), text(line, "mode")];
    words.into_iter().filter(|word| !matches!(*word, "" | "-")).collect::<Vec<_>>().join(" ")
}

fn finding(finding: &Line) -> String {
    let [rule, effect, pointer, message] =
        ["rule", "effect", "pointer", "message"].map(|it| text(finding, it));
    let place = if matches!(pointer, "" | "-") { String::new() } else { format!(" {pointer}") };
    format!("{rule} {effect}{place}: {message}")
}

/// Other facts of a line, each with the words it begins with.
fn facts(line: &Line) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    let mut fact = |start: String, rest: String| facts.push((start.clone(), format!("{start}{rest}")));
    fact("version ".to_owned(), line["version"].to_string());
    if let Some(first) = line["first_sequence"].as_u64() {
        fact("first said in line ".to_owned(), first.to_string());
    }
    if let Some(by) = line["caused_by"].as_str() {
        fact("caused by ".to_owned(), by.to_owned());
    }
    if let Some(supersedes) = line["supersedes"].as_u64() {
        fact("supersedes line ".to_owned(), supersedes.to_string());
    }
    if let Some(accepted_at) = line["accepted_at"].as_str() {
        fact("accepted ".to_owned(), accepted_at.to_owned());
    }
    let draw = &line["draw"];
    let rest = if draw.is_null() {
        "none".to_owned()
    } else {
        let hit = if draw["hit"] == true { "hit" } else { "miss" };
        let sealed = if draw["committed"] == true { "" } else { ", unsealed" };
        format!("{} against {}: {hit}{sealed}", draw["draw_bp"], draw["ratio_bp"])
    };
    fact("draw ".to_owned(), rest);
    for step in line["trace"].as_array().into_iter().flatten() {
        let [rule, before, after] = ["rule", "before", "after"].map(|it| text(step, it));
        let before = if before.is_empty() { String::new() } else { format!("{before} ") };
        fact(format!("step {rule} "), format!("{before}→ {after}"));
    }
    for head in line["fees"]["lines"].as_array().into_iter().flatten() {
        let [name, gross, payable, status] = ["head", "gross", "payable", "status"].map(|it| text(head, it));
        let status = if status == "-" { String::new() } else { format!(", {status}") };
        fact("fee ".to_owned(), format!("{name} {gross} → {payable}{status}"));
    }
    fact("payable ".to_owned(), text(&line["fees"], "payable").to_owned());
    for (name, start) in [("documents_waived", "waived "), ("certificates", "proofs ")] {
        let names: Vec<&str> = line[name].as_array().into_iter().flatten().filter_map(Line::as_str).collect();
        fact(start.to_owned(), if names.is_empty() { "none".to_owned() } else { names.join(", ") });
    }
    for one in line["not_judged"].as_array().into_iter().flatten() {
        fact(format!("not judged {}", text(one, "rule")), format!(": {}", text(one, "why")));
    }
    facts
}
