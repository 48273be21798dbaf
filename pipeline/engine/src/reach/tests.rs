//! What each format carries, and what is said where it is too little.

use super::*;
use expect_test::{expect, expect_file};
use std::collections::BTreeSet;
use std::fmt::Write;

fn named(name: &str) -> &'static dyn Format {
    formats::named(name).expect("a format of the list")
}

fn beyond(name: &str) -> Vec<&'static str> {
    of(Some(named(name))).beyond.iter().map(|it| it.rule.id.0).collect()
}

#[test]
fn messages_carry_what_the_rules_of_their_own_law_ask_for() {
    for name in ["single_window_declaration", "single_window_certificate", "wco_declaration"] {
        assert_eq!(beyond(name), Vec::<&str>::new(), "{name}");
    }
}

#[test]
fn a_rule_that_asks_for_what_a_format_lacks_does_not_judge_its_documents() {
    let reach = of(Some(named("ubl_export_declaration")));
    let trade_mode = reach.beyond.iter().find(|it| it.rule.id.0 == "DOC-043").expect("it has no trade mode");
    let missing: Vec<String> =
        trade_mode.missing.iter().map(|it| format!("{}.{}", it.row, it.field)).collect();
    assert_eq!(missing, ["DeclarationHead.levy_category", "DeclarationHead.trade_mode"]);
    // Quantity, unit price and total are all carried.
    assert!(reach.judging.iter().any(|rule| rule.id.0 == "DOC-026"));
    // So are the codes of two of the four firms, each of which is checked by itself.
    assert!(reach.judging.iter().any(|rule| rule.id.0 == "DOC-005"));
    // Orders of the office are never left out.
    for order in ["CHN-015", "CHN-016", "RSK-006"] {
        assert!(FORMATS.iter().all(|format| !beyond(format.name()).contains(&order)), "{order}");
    }
}

#[test]
fn a_paper_that_is_no_certificate_of_origin_is_judged_by_no_rule_of_those() {
    for name in ["ubl_goods_certificate", "ubl_goods_item_passport"] {
        let judging =
            of(Some(named(name))).judging.iter().filter(|rule| Side::Certificate.judges(&rule.check));
        assert_eq!(judging.count(), 0, "{name}");
    }
}

#[test]
fn a_document_of_no_format_is_judged_by_every_rule_of_ours() {
    assert!(of(None).beyond.is_empty());
    assert_eq!(of(None).judging.len(), rules_of(Jurisdiction::China).len());
}

#[test]
fn a_certificate_that_was_not_judged_in_full_proves_nothing() {
    let standing = |name: &str| of(Some(named(name))).standing(Standing::Proof);
    assert_eq!(standing("single_window_certificate"), Standing::Proof);
    assert_eq!(standing("ubl_certificate_of_origin"), Standing::NoProof(NOT_WHOLE));
    let unknown = Standing::NoProof(WHY);
    assert_eq!(
        of(Some(named("ubl_certificate_of_origin"))).standing(unknown),
        unknown,
        "the first reason counts"
    );
}

fn told(name: &str, day: Date, side: Side) -> Gathered {
    let mut gathered = Gathered::default();
    of(Some(named(name))).tell(Some(day), side, &mut gathered);
    gathered
}

#[test]
fn a_declaration_that_grave_rules_did_not_judge_is_held() {
    let day = jiff::civil::date(2024, 9, 18);
    let gathered = told("ubl_export_declaration", day, Side::Declaration);
    assert!(gathered.has("MSG-034") && gathered.worst == Some(Effect::Hold));
    assert!(gathered.not_judged.iter().any(|it| it.rule.0 == "DOC-043"));
    let clean = told("single_window_declaration", day, Side::Declaration);
    assert!(clean.findings.is_empty() && clean.not_judged.is_empty());
}

#[test]
fn a_certificate_is_filed_all_the_same() {
    let gathered = told("ubl_certificate_of_origin", jiff::civil::date(2024, 9, 17), Side::Certificate);
    assert!(gathered.findings.is_empty() && !gathered.not_judged.is_empty());
}

#[test]
fn a_rule_that_was_not_in_force_is_not_named() {
    let listed = |day| {
        let gathered = told("ubl_export_declaration", day, Side::Declaration);
        gathered.not_judged.iter().map(|it| it.rule.0).collect::<BTreeSet<_>>()
    };
    let (then, now) = (listed(jiff::civil::date(2012, 1, 1)), listed(jiff::civil::date(2024, 1, 1)));
    let only_now: Vec<_> = now.difference(&then).collect();
    expect![[r#"
        ["CHN-008", "ORG-044"]
    "#]]
    .assert_eq(&format!("{only_now:?}\n"));
}

/// The page of the formats says which field each can fill, and which rules therefore cannot judge it.
#[test]
fn the_page_of_the_formats_is_current() {
    const START: &str = "<!-- carried: written by the tests, UPDATE_EXPECT=1 cargo test -p engine -->\n";
    const END: &str = "<!-- end of the carried -->";
    let page = include_str!("../../../../formats/README.md");
    let from = page.find(START).map(|at| at + START.len()).expect("the page has the mark");
    let to = page.find(END).expect("the page has the mark");
    let written = [&page[..from], &beyond_table(), &carried_table(), &page[to..]].concat();
    expect_file!["../../../../formats/README.md"].assert_eq(&written);
}

fn beyond_table() -> String {
    let mut table = String::from("\n### Rules that cannot judge\n\n");
    for format in FORMATS {
        let beyond = &of(Some(*format)).beyond;
        let n_judging = of(Some(*format)).judging.iter().filter(|it| side(*format).judges(&it.check)).count();
        if side(*format) == Side::Beside {
            writeln!(table, "`{}`: judged with its declaration.\n", format.name())
                .expect("a string takes all");
            continue;
        }
        if beyond.is_empty() {
            writeln!(table, "`{}`: none; all {n_judging} rules of its law judge.\n", format.name())
                .expect("a string takes all");
            continue;
        }
        if n_judging == 0 && beyond.iter().all(|it| it.missing.contains(&FORM)) {
            let why = "it is no certificate of origin and has no `form`, for which each of them asks";
            writeln!(table, "`{}`: none of {} rules judges; {why}.\n", format.name(), beyond.len())
                .expect("a string takes all");
            continue;
        }
        writeln!(table, "`{}`: {n_judging} rules judge, {} do not.\n", format.name(), beyond.len())
            .expect("a string takes all");
        table.push_str("| rule | asks in vain for |\n|---|---|\n");
        for Beyond { rule, missing } in beyond {
            let fields: Vec<String> = missing.iter().map(|it| format!("`{}.{}`", it.row, it.field)).collect();
            writeln!(table, "| {} | {} |", rule.id.0, fields.join(", ")).expect("a string takes all");
        }
        table.push('\n');
    }
    table
}

fn carried_table() -> String {
    let mut table = String::from("### Fields\n\n| row | field |");
    for format in FORMATS {
        write!(table, " `{}` |", format.name()).expect("a string takes all");
    }
    table.push_str("\n|---|---|");
    table.push_str(&"---|".repeat(FORMATS.len()));
    table.push('\n');
    let carried: Vec<_> = FORMATS.iter().map(|format| carried(*format)).collect();
    let all: BTreeSet<(&str, &str)> = carried.iter().flatten().copied().filter(is_field).collect();
    for (row, field) in all {
        write!(table, "| `{row}` | `{field}` |").expect("a string takes all");
        for carried in &carried {
            table.push_str(if carried.contains(&(row, field)) { " ✓ |" } else { " |" });
        }
        table.push('\n');
    }
    table.push('\n');
    table
}

/// Every kind of row is said to name its line; not every one has one.
fn is_field((row, field): &(&str, &str)) -> bool {
    model::seen::field(row, field).is_some()
}
