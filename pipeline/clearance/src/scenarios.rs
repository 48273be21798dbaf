//! `clearance rules test`: scenarios in Markdown, run through the whole program in a world in memory, and what differs.
//!
//! A policy desk writes down what must become of which documents, as `fixtures/cases/README.md` says, and sees whether
//! it does. Without a path the shipped scenarios run; they are the ones the project's own tests run.

mod office;
mod words;

use crate::intake::files;
use crate::world::{World, read_exact};
use engine::Accepted;
use fixtures::cases::{Acceptance, Expected, Scenario};
use model::finding::{Language, Words};
use office::Office;
use serde_json::Value;
use std::fmt::Write;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

/// Bytes settled at once: all, and each document by itself. Neither may change anything (ruling O2).
const WINDOWS: &[usize] = &[4 << 20, 1];
/// A scenario is written by hand.
const BYTES_MAX: u64 = 8 << 20;

/// A scenario as written.
#[derive(Clone, Debug)]
pub struct Written {
    /// What people know it by.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What testing came to.
#[derive(Debug)]
pub struct Tested {
    /// A line a scenario, and both blocks where one differs.
    pub text: String,
    /// Scenarios that came out as they say.
    pub n_passed: usize,
    /// Scenarios that did not, or cannot be understood.
    pub n_failed: usize,
}

/// The shipped scenarios.
pub fn shipped() -> Vec<Written> {
    let shipped = fixtures::cases::SHIPPED.iter();
    shipped.map(|(name, text)| Written { name: (*name).to_owned(), text: (*text).to_owned() }).collect()
}

/// The scenarios in files and folders: Markdown but for `README.md`.
pub fn read(world: &dyn World, paths: &[PathBuf]) -> io::Result<Vec<Written>> {
    let mut scenarios = Vec::new();
    for file in files::list(world, paths)? {
        let is_scenario = file.name.ends_with(".md") && !file.name.ends_with("README.md");
        if !is_scenario {
            continue;
        }
        let mut bytes = vec![0; usize::try_from(file.bytes.min(BYTES_MAX)).unwrap_or_default()];
        read_exact(&*world.open(&file.path)?, &mut bytes, 0)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        scenarios.push(Written { name: file.name, text });
    }
    Ok(scenarios)
}

/// Runs them all.
pub fn test(scenarios: &[Written], language: Language) -> Tested {
    let say = |zh, en| Words { zh, en }.in_language(language);
    let mut tested = Tested { text: String::new(), n_passed: 0, n_failed: 0 };
    for written in scenarios {
        match differences(written) {
            Ok(title) => {
                tested.n_passed += 1;
                line(&mut tested.text, &format!("{}  {}  {title}", say("通过", "ok  "), written.name));
            }
            Err(told) => {
                tested.n_failed += 1;
                line(&mut tested.text, &format!("{}  {}", say("不符", "FAIL"), written.name));
                told.lines().for_each(|it| line(&mut tested.text, &format!("      {it}")));
            }
        }
    }
    let Tested { n_passed, n_failed, .. } = tested;
    let total = match language {
        Language::Zh => format!("{n_passed} 个案例通过，{n_failed} 个不符"),
        Language::En => format!("{n_passed} scenarios passed, {n_failed} differ"),
    };
    line(&mut tested.text, &total);
    tested
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{}", line.trim_end()).expect("a String takes all");
}

/// The title of a scenario that comes out as it says; else what differs, or why it cannot be run.
pub fn differences(written: &Written) -> Result<String, String> {
    let scenario = Scenario::parse(&written.text)?;
    let mut told = String::new();
    for &window_bytes in WINDOWS {
        let run =
            AssertUnwindSafe(|| Running { scenario: &scenario, window_bytes, office: Office::new() }.all());
        match catch_unwind(run) {
            Ok(Ok(differences)) => told.push_str(&differences),
            Ok(Err(why)) => return Err(why),
            Err(_) => return Err("an internal fault stopped it".to_owned()),
        }
    }
    if told.is_empty() { Ok(scenario.title) } else { Err(told) }
}

/// A scenario in an office.
struct Running<'s> {
    scenario: &'s Scenario,
    window_bytes: usize,
    office: Office,
}

impl Running<'_> {
    fn all(mut self) -> Result<String, String> {
        let mut told = String::new();
        for section_idx in 0..self.scenario.submissions.len() {
            let heading = &self.scenario.submissions[section_idx].heading;
            for (order, difference) in self.section(section_idx)? {
                let window_bytes = self.window_bytes;
                line(&mut told, &format!("{heading}, documents {order:?}, window {window_bytes}"));
                told.push_str(&difference);
            }
        }
        Ok(told)
    }

    /// Differences of a section, with the order of documents they came out in.
    fn section(&mut self, section_idx: usize) -> Result<Vec<(Vec<usize>, String)>, String> {
        let section = &self.scenario.submissions[section_idx];
        let in_order: Vec<usize> = (0..section.pieces.len()).collect();
        if !section.in_any_order {
            let lines = self.submit(section_idx, &in_order)?;
            let difference = compare(&section.outcome, &lines);
            return Ok(difference.map(|difference| (in_order, difference)).into_iter().collect());
        }
        let mut expected = section.outcome.clone();
        expected.sort_by(|one, other| one.head.cmp(&other.head));
        let mut differences = Vec::new();
        for order in permutations(&in_order) {
            let mut lines = if order == in_order {
                self.submit(section_idx, &order)?
            } else {
                self.anew(section_idx, &order)?
            };
            lines.sort_by_key(words::head);
            differences.extend(compare(&expected, &lines).map(|difference| (order, difference)));
        }
        Ok(differences)
    }

    /// The sections before it as they stand, then this one in another order, in an office of its own.
    fn anew(&self, section_idx: usize, order: &[usize]) -> Result<Vec<Value>, String> {
        let mut other = Running { office: Office::new(), ..*self };
        for before_idx in 0..section_idx {
            let in_order: Vec<usize> = (0..self.scenario.submissions[before_idx].pieces.len()).collect();
            other.submit(before_idx, &in_order)?;
        }
        other.submit(section_idx, order)
    }

    fn submit(&mut self, section_idx: usize, order: &[usize]) -> Result<Vec<Value>, String> {
        let section = &self.scenario.submissions[section_idx];
        let accepted = match section.acceptance {
            Acceptance::At(moment) => Accepted::At(moment),
            Acceptance::Declared => Accepted::Declared,
        };
        let inputs = section.inputs(order);
        self.office.submit(&section.registers, &inputs, accepted, self.window_bytes)
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
fn compare(expected: &[Expected], lines: &[Value]) -> Option<String> {
    let said = lines.iter().enumerate().map(|(idx, line)| words::said(line, expected.get(idx)));
    let got: Vec<Expected> = said.collect();
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
        line(&mut block, &format!("    {head}"));
        details.iter().for_each(|detail| line(&mut block, &format!("      {detail}")));
    }
    block
}
