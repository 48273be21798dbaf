//! Each outside thing is named in one module of ours: the parser, the thread pool, the disk, the clock, the
//! environment. Whoever wants to replace one, or to know where it can fail, has one place to read.

use super::Offence;
use crate::code;
use crate::tree::Tree;

struct Home {
    /// A path as code names it, matched segment by segment.
    name: &'static str,
    /// Files, or folders ending in `/`.
    homes: &'static [&'static str],
    cure: &'static str,
}

const XML: &[&str] = &["formats/xml.rs", "formats/xml/"];
const PARALLEL: &[&str] = &["pipeline/engine/src/parallel.rs"];
const WORLD: &[&str] = &["pipeline/clearance/src/world.rs", "pipeline/clearance/src/world/"];
const SCENARIOS: &[&str] = &[
    "pipeline/clearance/src/scenarios.rs",
    "pipeline/clearance/src/scenarios/",
    "pipeline/clearance/src/world/",
];
const ENVIRONMENT: &[&str] = &["pipeline/clearance/src/config.rs", "pipeline/clearance/src/world/"];

const SHEET: &[&str] = &["pipeline/clearance/src/publish/report/sheet.rs"];

const WIDE: &[&str] = &["formats/xml/wide.rs"];
const PAGES: &[&str] = &["pipeline/clearance/src/serve/http.rs"];
const WAKING: &[&str] = &["pipeline/clearance/src/serve/waking.rs"];
const SUPERVISOR: &[&str] = &["pipeline/clearance/src/serve/supervisor.rs"];

const FOR_XML: &str = "read through formats/xml.rs";
const FOR_THREADS: &str = "go through pipeline/engine/src/parallel.rs";
const FOR_SHEETS: &str = "write sheets through pipeline/clearance/src/publish/report/sheet.rs";
const FOR_PAGES: &str = "serve pages through pipeline/clearance/src/serve/http.rs";
const FOR_WAKING: &str = "be woken through pipeline/clearance/src/serve/waking.rs";
const FOR_SUPERVISOR: &str = "tell the supervisor through pipeline/clearance/src/serve/supervisor.rs";
const FOR_DISK: &str = "take bytes as an argument, or go through pipeline/clearance/src/world.rs";
const FOR_MEMORY: &str = "what is decided is written to the disk; only scenarios run in memory";
const FOR_CLOCK: &str = "take the time as an argument, or ask pipeline/clearance/src/world.rs";
const FOR_WIDE: &str = "ask a block of bytes in formats/xml/wide.rs";
const FOR_ENVIRONMENT: &str = "take the value as an argument, or read it in pipeline/clearance/src/config.rs";

static HOMES: &[Home] = &[
    Home { name: "quick_xml", homes: XML, cure: FOR_XML },
    Home { name: "rayon", homes: PARALLEL, cure: FOR_THREADS },
    Home { name: "rust_xlsxwriter", homes: SHEET, cure: FOR_SHEETS },
    Home { name: "axum", homes: PAGES, cure: FOR_PAGES },
    Home { name: "hyper", homes: PAGES, cure: FOR_PAGES },
    Home { name: "notify::RecommendedWatcher", homes: WAKING, cure: FOR_WAKING },
    Home { name: "sd_notify", homes: SUPERVISOR, cure: FOR_SUPERVISOR },
    Home { name: "std::fs", homes: WORLD, cure: FOR_DISK },
    Home { name: "tokio::fs", homes: WORLD, cure: FOR_DISK },
    Home { name: "SystemTime::now", homes: WORLD, cure: FOR_CLOCK },
    Home { name: "Instant::now", homes: WORLD, cure: FOR_CLOCK },
    Home { name: "Timestamp::now", homes: WORLD, cure: FOR_CLOCK },
    Home { name: "Zoned::now", homes: WORLD, cure: FOR_CLOCK },
    Home { name: "world::memory", homes: SCENARIOS, cure: FOR_MEMORY },
    Home { name: "std::arch", homes: WIDE, cure: FOR_WIDE },
    Home { name: "core::arch", homes: WIDE, cure: FOR_WIDE },
    Home { name: "std::env", homes: ENVIRONMENT, cure: FOR_ENVIRONMENT },
];

/// Where no number may be a float, tests included.
const WITHOUT_FLOATS: &[&str] = &["pipeline/model/src/", "pipeline/rulebook/src/"];

/// Measuring, checking and building look at the outside by trade.
const EXEMPT: &[&str] = &[
    "benches/",
    "ops/proof/",
    "ops/verifier/",
    "ops/xtask/",
    "pipeline/rulebook/build.rs",
    "fixtures/build.rs",
];

/// Foreign names stand in their home, unsafe code in one place, and the law has no floats.
pub fn check(tree: &Tree) -> Vec<Offence> {
    let mut offences = Vec::new();
    for (path, text) in tree.rust() {
        let code = code::split(text).code;
        if is_in(path, WITHOUT_FLOATS) {
            offences.extend(floats(path, &code));
        }
        if !is_in(path, WIDE) {
            offences.extend(unguarded(path, &code));
        }
        if !is_exempt(path) {
            offences.extend(strangers(path, &code::without_tests(&code)));
        }
    }
    offences
}

fn is_in(path: &str, places: &[&str]) -> bool {
    places.iter().any(|it| path == *it || it.ends_with('/') && path.starts_with(it))
}

fn is_exempt(path: &str) -> bool {
    is_in(path, EXEMPT) || path.contains("/tests/") || path.ends_with("/tests.rs")
}

fn strangers(path: &str, code: &str) -> Vec<Offence> {
    let named = code::paths(code);
    let mut offences = Vec::new();
    for home in HOMES.iter().filter(|it| !is_in(path, it.homes)) {
        let wanted: Vec<&str> = home.name.split("::").collect();
        for found in named.iter().filter(|it| it.segments.windows(wanted.len()).any(|it| it == wanted)) {
            let what = format!("`{}` is named outside {}", home.name, home.homes[0]);
            offences.push(Offence::new(path, found.line, what, home.cure));
        }
    }
    offences
}

/// Unsafe code, in tests too, or leave to write it.
fn unguarded(path: &str, code: &str) -> Vec<Offence> {
    let is_unsafe = |line: &str| {
        let mut words = line.split(|it: char| !it.is_ascii_alphanumeric() && it != '_');
        words.any(|word| matches!(word, "unsafe" | "unsafe_code"))
    };
    let found = code.lines().enumerate().filter(|(_, line)| is_unsafe(line));
    found.map(|(line_idx, _)| Offence::new(path, line_idx + 1, "unsafe code", FOR_WIDE)).collect()
}

fn floats(path: &str, code: &str) -> Vec<Offence> {
    let mut offences = Vec::new();
    for (line_idx, line) in code.lines().enumerate() {
        let mut words = line.split(|it: char| !it.is_ascii_alphanumeric() && it != '_');
        // A literal may carry the type as its suffix; in a hexadecimal one the same letters are digits.
        let is_float = |it: &str| {
            let is_number = it.starts_with(|first: char| first.is_ascii_digit()) && !it.starts_with("0x");
            ["f32", "f64"].iter().any(|float| it == *float || is_number && it.ends_with(float))
        };
        if words.any(is_float) {
            let cure = "count in minor units, or use an integer rate with a named rounding";
            offences.push(Offence::new(path, line_idx + 1, "a float where the law is written", cure));
        }
    }
    offences
}

#[cfg(test)]
mod tests {
    use super::super::expect;
    use super::check;

    #[test]
    fn a_name_at_home_is_fine() {
        expect(
            check,
            &[
                ("formats/xml.rs", "use quick_xml::Reader;"),
                ("formats/xml/text.rs", "use quick_xml::Reader;"),
                ("pipeline/engine/src/parallel.rs", "use rayon::prelude::*;"),
                (
                    "pipeline/clearance/src/world.rs",
                    "use std::{fs, time::SystemTime}; fn a() { SystemTime::now() }",
                ),
                ("pipeline/clearance/src/config.rs", "fn a() { std::env::var_os(\"A\") }"),
                ("benches/parse.rs", "fn a() { std::time::Instant::now() }"),
            ],
            &[],
        );
    }

    #[test]
    fn a_name_elsewhere_is_an_offence() {
        let text = "use std::{\n    fs,\n    io,\n};\nfn a() { let b = std::time::Instant::now(); }\nuse rayon as r;";
        expect(
            check,
            &[("pipeline/engine/src/decide.rs", text)],
            &[
                "pipeline/engine/src/decide.rs:2: `std::fs` is named outside pipeline/clearance/src/world.rs",
                "pipeline/engine/src/decide.rs:5: `Instant::now` is named outside pipeline/clearance/src/world.rs",
                "pipeline/engine/src/decide.rs:6: `rayon` is named outside pipeline/engine/src/parallel.rs",
            ],
        );
        expect(
            check,
            &[("formats/xmlish.rs", "use quick_xml as q;")],
            &["formats/xmlish.rs:1: `quick_xml` is named outside formats/xml.rs"],
        );
    }

    #[test]
    fn unsafe_code_has_one_place_tests_included() {
        let text = "#![allow(unsafe_code)]\nfn a() { unsafe { b() } }";
        expect(check, &[("formats/xml/wide.rs", text)], &[]);
        expect(
            check,
            &[("ops/proof/src/main.rs", text), ("fixtures/lib.rs", "// unsafe\nconst A: &str = \"unsafe\";")],
            &["ops/proof/src/main.rs:1: unsafe code", "ops/proof/src/main.rs:2: unsafe code"],
        );
    }

    #[test]
    fn tests_comments_and_strings_may_name_anything() {
        expect(
            check,
            &[
                (
                    "fixtures/lib.rs",
                    "//! rayon\nconst A: &str = \"std::fs\";\n#[cfg(test)]\nmod tests { use std::fs; }",
                ),
                ("pipeline/engine/tests/laws.rs", "use std::env;"),
                (
                    "pipeline/engine/src/a.rs",
                    "fn a() { env!(\"CARGO_PKG_VERSION\"); self.fs(); Decision::now() }",
                ),
            ],
            &[],
        );
    }

    #[test]
    fn the_law_has_no_floats() {
        let text = "/// No f64.\nconst A: f64 = 1;\nlet b = 2_f32 + 3f64;\nlet c = 0xf64 + f640;\n#[cfg(test)]\nmod tests { let d: f32; }";
        expect(
            check,
            &[("pipeline/model/src/money.rs", text), ("formats/a.rs", "let a: f64;")],
            &[
                "pipeline/model/src/money.rs:2: a float where the law is written",
                "pipeline/model/src/money.rs:3: a float where the law is written",
                "pipeline/model/src/money.rs:6: a float where the law is written",
            ],
        );
    }
}
