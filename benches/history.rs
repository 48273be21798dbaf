//! The page of what was measured, day by day, made of `results.ndjson`.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A goal of the project: a ratio that a run of benches either reaches or does not.
struct Goal {
    what: &'static str,
    /// In thousandths.
    needed: u64,
    /// In thousandths; none where there is only one goal.
    extraordinary: Option<u64>,
    /// Whether less is better.
    is_most: bool,
    of: Source,
}

/// Where the ratio of a goal is found.
enum Source {
    /// Processor time of one case ÷ that of another in the newest row of a bench that has both.
    Cpu(&'static str, &'static str, &'static str),
    /// The same of time on the wall.
    Wall(&'static str, &'static str, &'static str),
    /// A ratio in thousandths that `peers` wrote down under this name.
    Peers(&'static str),
    /// Microseconds on the wall that `peers` wrote down under this name: thousandths of a millisecond.
    Start(&'static str),
}

use Source::{Cpu, Peers, Start, Wall};

const BARE: &str = "quick-xml bare loop";
const ONE: &str = "clearance run --threads 1";
const TWO: &str = "clearance run --threads 2";

#[rustfmt::skip]
static GOALS: &[Goal] = &[
    at_least("reading ÷ bare quick-xml loop", 6_000, 10_000, Cpu("read", "quick-xml bare loop, per document", "read into rows")),
    at_least("reading ÷ pugixml's DOM", 1_500, 3_000, Peers("reading ÷ pugixml")),
    at_least("reading and deciding, nothing written ÷ bare quick-xml loop", 4_000, 6_000, Peers("deciding ÷ bare quick-xml loop")),
    at_least("whole `run` ÷ bare quick-xml loop", 2_000, 4_000, Cpu("run", BARE, ONE)),
    at_least("whole `run` ÷ `xmllint --schema`", 12_000, 25_000, Peers("run ÷ xmllint --schema")),
    at_least("whole `run` ÷ lxml with 30 fields and 30 checks", 15_000, 30_000, Peers("run ÷ lxml")),
    at_least("whole `run` from zstd ÷ decompression alone", 300, 450, Peers("run from zstd ÷ decompression")),
    at_least("journal in groups of 10,000 ÷ SQLite WAL FULL", 4_000, 8_000, Peers("journal ÷ SQLite")),
    at_least("one rule: compiled GoRules expression ÷ ours", 100_000, 200_000, Peers("rule ÷ GoRules")),
    at_least("two cores ÷ one", 1_850, 1_950, Wall("run", ONE, TWO)),
    at_most("time a document, 1,000,000 ÷ 10,000", 1_050, None, Peers("a document of many ÷ of few")),
    at_most("100,000 files of one document ÷ opening, reading and closing them", 1_500, Some(1_200), Peers("files ÷ reading them")),
    at_least("the mix ÷ the clean mix", 700, 850, Peers("mix ÷ clean")),
    at_most("resident memory of 1,000,000 documents ÷ 512 MiB and 64 MiB a worker", 1_000, None, Peers("memory of many ÷ what it may be")),
    at_most("`run` on ten files from a cold start, registers among it, in milliseconds", 30_000, None, Start("cold start on ten files")),
];

const fn at_least(what: &'static str, needed: u64, extraordinary: u64, of: Source) -> Goal {
    Goal { what, needed, extraordinary: Some(extraordinary), is_most: false, of }
}

const fn at_most(what: &'static str, needed: u64, extraordinary: Option<u64>, of: Source) -> Goal {
    Goal { what, needed, extraordinary, is_most: true, of }
}

const HEAD: &str = "\
# What was measured

Written from `results.ndjson` by the benches; `cargo xtask performance` writes it anew, and a test sees that it is fresh.
Machines are shared and differ, so figures of one row belong together and ratios are what counts; figures of different rows do not compare.
How each bench measures is told in [README.md](README.md).
";

/// The page for these lines.
pub fn page(results: &str) -> String {
    let rows: Vec<Value> = results.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let mut text = HEAD.to_owned();
    text.push_str(
        "\n## Goals\n\n| ratio | goal | extraordinary | last measured | |\n|---|---|---|---|---|\n",
    );
    for goal in GOALS {
        goal_row(goal, &rows, &mut text);
    }
    let mut benches: BTreeMap<(&str, &str), Vec<&Value>> = BTreeMap::new();
    for row in &rows {
        benches.entry((text_of(row, "bench"), text_of(row, "corpus"))).or_default().push(row);
    }
    for ((bench, corpus), rows) in &benches {
        write!(text, "\n## {bench}: {corpus}\n").expect("a String takes all");
        let is_timed = rows.iter().all(|row| cases(row).all(|case| speed(case).is_some()));
        if is_timed { timed(rows, &mut text) } else { told(rows, &mut text) }
    }
    text
}

fn goal_row(goal: &Goal, rows: &[Value], text: &mut String) {
    let sign = if goal.is_most { "≤" } else { "≥" };
    let reaches = |ratio: u64, bar: u64| if goal.is_most { ratio <= bar } else { ratio >= bar };
    let found = rows.iter().rev().find_map(|row| Some((ratio(&goal.of, row)?, row)));
    let (measured, verdict) = match found {
        None => ("not measured".to_owned(), ""),
        Some((ratio, row)) => {
            let verdict = match goal.extraordinary {
                Some(bar) if reaches(ratio, bar) => "extraordinary",
                _ if reaches(ratio, goal.needed) => "reached",
                _ => "not reached",
            };
            (
                format!("{} ({}, {})", thousandths(ratio), text_of(row, "date"), text_of(row, "commit")),
                verdict,
            )
        }
    };
    let extraordinary =
        goal.extraordinary.map_or(String::new(), |bar| format!("{sign} {}", thousandths(bar)));
    let (what, needed) = (goal.what, thousandths(goal.needed));
    writeln!(text, "| {what} | {sign} {needed} | {extraordinary} | {measured} | {verdict} |")
        .expect("a String takes all");
}

fn ratio(of: &Source, row: &Value) -> Option<u64> {
    let (bench, field, above, below) = match of {
        Cpu(bench, above, below) => (bench, "cpu_best_ms", above, below),
        Wall(bench, above, below) => (bench, "wall_best_ms", above, below),
        Peers(name) => return told_by_peers(row, name, "ratio_per_mille"),
        Start(name) => return told_by_peers(row, name, "wall_best_us"),
    };
    let micros = |name: &str| {
        let case = cases(row).find(|case| text_of(case, "case") == name)?;
        case[field].as_f64().map(|ms| (ms * 1e3) as u64)
    };
    // The clean corpus is the one the goals are set on.
    let is_it = text_of(row, "bench") == *bench && text_of(row, "corpus") == "clean";
    is_it.then_some(())?;
    Some(micros(above)? * 1_000 / micros(below)?.max(1))
}

fn told_by_peers(row: &Value, name: &str, field: &str) -> Option<u64> {
    let case = cases(row).find(|case| text_of(case, "case") == name)?;
    case[field].as_u64().filter(|_| text_of(row, "bench") == "peers")
}

/// A row a day and commit: megabytes a second of each case, and how many times the first case that is.
fn timed(rows: &[&Value], text: &mut String) {
    let mut names: Vec<&str> = Vec::new();
    for case in rows.iter().flat_map(|row| cases(row)) {
        let name = text_of(case, "case");
        if !names.contains(&name) {
            names.push(name);
        }
    }
    writeln!(text, "\nMB/s of processor time at its best, and in brackets the ratio to the first column.\n")
        .expect("a String takes all");
    writeln!(
        text,
        "| day | commit | machine | {} |\n|---|---|---|{}",
        names.join(" | "),
        "---|".repeat(names.len())
    )
    .expect("a String takes all");
    let mut ratios: Vec<Vec<u64>> = vec![Vec::new(); names.len()];
    for row in rows {
        let found = |name: &&str| cases(row).find(|case| text_of(case, "case") == *name).and_then(speed);
        let speeds: Vec<Option<u64>> = names.iter().map(found).collect();
        let first = speeds.first().copied().flatten();
        write!(
            text,
            "| {} | {} | {} |",
            text_of(row, "date"),
            text_of(row, "commit"),
            text_of(row, "machine")
        )
        .expect("a String takes all");
        for (idx, speed) in speeds.iter().enumerate() {
            let cell = speed.map_or(String::new(), |speed| match first.filter(|_| idx > 0) {
                Some(first) => {
                    let ratio = speed * 1_000 / first.max(1);
                    ratios[idx].push(ratio);
                    format!("{speed} ({})", thousandths(ratio))
                }
                None => speed.to_string(),
            });
            write!(text, " {cell} |").expect("a String takes all");
        }
        text.push('\n');
    }
    let lines = names.iter().zip(&ratios).filter(|(_, ratios)| ratios.len() > 1);
    let lines: String = lines.map(|(name, ratios)| format!("\n- {name}: `{}`", sparks(ratios))).collect();
    if !lines.is_empty() {
        writeln!(text, "\nThe ratio over time:\n{lines}").expect("a String takes all");
    }
}

/// What other benches say, as they say it.
fn told(rows: &[&Value], text: &mut String) {
    text.push_str("\n| day | commit | machine | case | said |\n|---|---|---|---|---|\n");
    for row in rows {
        for case in cases(row) {
            let fields = case
                .as_object()
                .into_iter()
                .flatten()
                .filter(|(name, _)| !matches!(name.as_str(), "case" | "hash"));
            let said: Vec<String> = fields
                .map(|(name, value)| format!("{name} {}", value.to_string().trim_matches('"')))
                .collect();
            let [day, commit, machine] = ["date", "commit", "machine"].map(|field| text_of(row, field));
            writeln!(
                text,
                "| {day} | {commit} | {machine} | {} | {} |",
                text_of(case, "case"),
                said.join(", ")
            )
            .expect("a String takes all");
        }
    }
}

fn cases(row: &Value) -> impl Iterator<Item = &Value> {
    row["cases"].as_array().into_iter().flatten()
}

fn text_of<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or("")
}

/// Megabytes a second.
fn speed(case: &Value) -> Option<u64> {
    let (bytes, ms) = (case["bytes"].as_u64()?, case["cpu_best_ms"].as_f64()?);
    Some((bytes as f64 / 1e3 / ms.max(0.01)) as u64)
}

fn thousandths(value: u64) -> String {
    format!("{}.{:02}", value / 1_000, value % 1_000 / 10)
}

/// Low to high, from nothing to the largest.
fn sparks(values: &[u64]) -> String {
    const SPARKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = values.iter().copied().max().unwrap_or(1).max(1);
    values.iter().map(|value| SPARKS[(value * 7 / most) as usize]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect_file;

    #[test]
    fn the_page_is_that_of_the_results() {
        expect_file!["performance.md"].assert_eq(&page(include_str!("results.ndjson")));
    }

    #[test]
    fn a_goal_is_held_against_the_newest_row_that_has_it() {
        let row = |commit: &str, bare: u64, rows: u64| {
            format!(
                "{{\"bench\":\"read\",\"corpus\":\"clean\",\"date\":\"2026-01-0{bare}\",\"commit\":\"{commit}\",\"machine\":\"m\",\"cases\":[\
                 {{\"case\":\"quick-xml bare loop, per document\",\"bytes\":6000000,\"cpu_best_ms\":{bare}.0}},\
                 {{\"case\":\"read into rows\",\"bytes\":6000000,\"cpu_best_ms\":{rows}.0}}]}}\n"
            )
        };
        let text = page(&(row("aa", 6, 2) + &row("bb", 6, 1)));
        // 6 ms ÷ 1 ms, of 6 MB: 6,000 MB/s beside 1,000.
        let goal = "| reading ÷ bare quick-xml loop | ≥ 6.00 | ≥ 10.00 | 6.00 (2026-01-06, bb) | reached |";
        assert!(text.contains(goal), "{text}");
        assert!(text.contains("| 2026-01-06 | aa | m | 1000 | 3000 (3.00) |"), "{text}");
        assert!(text.contains("- read into rows: `▄█`"), "{text}");
        assert!(text.contains("| two cores ÷ one | ≥ 1.85 | ≥ 1.95 | not measured |  |"), "{text}");
    }
}
