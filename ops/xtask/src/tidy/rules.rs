//! A rule is one file: named by its id, listed, explained, cited, and tested on both sides of its edge.

use super::Offence;
use crate::code;
use crate::tree::Tree;

const FOLDER: &str = "pipeline/rulebook/src/rules/";
const LIST: &str = "pipeline/rulebook/src/rules.rs";

/// One case that hits and one that just does not.
const N_TESTS_MIN: usize = 2;

/// Every file in a group of rules is a whole rule.
pub fn check(tree: &Tree) -> Vec<Offence> {
    let list = code::split(tree.text(LIST).unwrap_or_default()).code;
    let mut offences = Vec::new();
    for (path, text) in tree.rust() {
        let file = path.strip_prefix(FOLDER).and_then(|it| it.split_once('/'));
        let Some((_, file)) = file.filter(|(_, file)| *file != "mod.rs") else { continue };
        let stem = file.trim_end_matches(".rs");
        offences.extend(in_the_list(path, stem, &list));
        offences.extend(named_by_its_id(path, stem, text));
        offences.extend(explained(path, text));
        offences.extend(grounded(path, text));
        offences.extend(tested(path, text));
    }
    offences
}

/// Declaring the module is not listing the rule.
fn in_the_list(path: &str, stem: &str, list: &str) -> Option<Offence> {
    let words: Vec<&str> = list.split(|it: char| !it.is_ascii_alphanumeric() && it != '_').collect();
    let words: Vec<&str> = words.into_iter().filter(|it| !it.is_empty()).collect();
    let listed = (0..words.len()).any(|at| words[at] == stem && (at == 0 || words[at - 1] != "mod"));
    (!listed)
        .then(|| Offence::new(path, 1, "the rule is not listed", format!("add it to the list in {LIST}")))
}

fn named_by_its_id(path: &str, stem: &str, text: &str) -> Option<Offence> {
    let Some(wanted) = id_of(stem) else {
        let cure =
            "call it <group>_<number>_<defect>.rs, like doc_026_line_total.rs; helpers live outside rules/";
        return Some(Offence::new(path, 1, "the file name has no rule id", cure));
    };
    let Some((line, found)) = field(text, "id") else {
        return Some(Offence::new(
            path,
            1,
            "the rule has no `id:`",
            format!("give its RULE the id \"{wanted}\""),
        ));
    };
    let found = found.split('"').nth(1).unwrap_or_default();
    (found != wanted).then(|| {
        let what = format!("the rule is \"{found}\", its file name says \"{wanted}\"");
        Offence::new(path, line, what, "ids are a public contract: rename the file")
    })
}

/// `DOC-026` for `doc_026_line_total`. A group whose rules have numbers of a gateway keeps those: `CDS-11006`.
fn id_of(stem: &str) -> Option<String> {
    let mut parts = stem.splitn(3, '_');
    let (group, number, name) = (parts.next()?, parts.next()?, parts.next()?);
    let is_id = !group.is_empty()
        && group.bytes().all(|it| it.is_ascii_lowercase())
        && (3..=5).contains(&number.len())
        && number.bytes().all(|it| it.is_ascii_digit())
        && !name.is_empty();
    is_id.then(|| format!("{}-{number}", group.to_ascii_uppercase()))
}

fn explained(path: &str, text: &str) -> Option<Offence> {
    let first = text.lines().next().unwrap_or_default().strip_prefix("//!").unwrap_or_default();
    let cure = "open with `//!` and a sentence on what is wrong with the document";
    first.trim().is_empty().then(|| Offence::new(path, 1, "the rule is not explained", cure))
}

fn grounded(path: &str, text: &str) -> Vec<Offence> {
    let mut offences = Vec::new();
    match field(text, "citation") {
        None => offences.push(Offence::new(path, 1, "the rule has no `citation:`", "name the instrument")),
        Some((line, value)) if cites_nothing(value) => {
            offences.push(Offence::new(path, line, "the citation is empty", "name the instrument"));
        }
        Some(_) => {}
    }
    if field(text, "basis").is_none_or(|(_, value)| !value.contains("Basis::")) {
        let cure = "say how certain it is: Basis::A, B or C";
        offences.push(Offence::new(path, 1, "the rule has no `basis:`", cure));
    }
    offences
}

fn cites_nothing(value: &str) -> bool {
    let squeezed: String = value.chars().take(200).filter(|it| !it.is_whitespace()).collect();
    squeezed.starts_with("&[]") || squeezed.starts_with("&[Citation{instrument:\"\"")
}

fn tested(path: &str, text: &str) -> Option<Offence> {
    let n_tests = code::split(text).code.matches("#[test]").count();
    (n_tests < N_TESTS_MIN).then(|| {
        let what = format!("the rule has {n_tests} of {N_TESTS_MIN} tests");
        Offence::new(path, 1, what, "add a case that hits and one that just does not")
    })
}

/// Line and what follows `name:` where a line starts with it.
fn field<'t>(text: &'t str, name: &str) -> Option<(usize, &'t str)> {
    let mut start = 0;
    for (line_idx, line) in text.split_inclusive('\n').enumerate() {
        let after = line.trim_start().strip_prefix(name).and_then(|it| it.strip_prefix(':'));
        if let Some(after) = after {
            return Some((line_idx + 1, text[start + line.len() - after.len()..].trim_start()));
        }
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::expect;
    use super::check;

    const PATH: &str = "pipeline/rulebook/src/rules/doc/doc_026_line_total.rs";
    const LIST: (&str, &str) = (
        "pipeline/rulebook/src/rules.rs",
        "mod doc { mod doc_026_line_total; }\nstatic RULES: &[&Rule] = &[&doc::doc_026_line_total::RULE];",
    );
    const RULE: &str = "//! The lines do not add up.\n\
        pub static RULE: Rule = Rule {\n    id: RuleId(\"DOC-026\"),\n    basis: Basis::A,\n    \
        citation: &[\n        Citation { instrument: \"x\", article: \"1\" },\n    ],\n};\n\
        #[test]\nfn hit() {}\n#[test]\nfn miss() {}\n";

    fn expect_rule(from: &str, to: &str, expected: &[&str]) {
        assert!(RULE.contains(from), "{from}");
        expect(check, &[LIST, (PATH, &RULE.replace(from, to))], expected);
    }

    fn at(line: usize, what: &str) -> String {
        format!("{PATH}:{line}: {what}")
    }

    #[test]
    fn a_whole_rule_is_fine() {
        expect_rule("", "", &[]);
        expect(check, &[LIST, ("pipeline/rulebook/src/rules/doc/mod.rs", "")], &[]);
    }

    #[test]
    fn a_declared_rule_is_not_yet_listed() {
        let list = ("pipeline/rulebook/src/rules.rs", "mod doc_026_line_total; // doc_026_line_total");
        expect(check, &[list, (PATH, RULE)], &[&at(1, "the rule is not listed")]);
    }

    #[test]
    fn id_and_file_name_agree() {
        let what = at(3, "the rule is \"DOC-062\", its file name says \"DOC-026\"");
        expect_rule("DOC-026", "DOC-062", &[&what]);
        expect_rule("id:", "ident:", &[&at(1, "the rule has no `id:`")]);
    }

    #[test]
    fn a_file_name_without_id_is_an_offence() {
        let path = "pipeline/rulebook/src/rules/doc/helpers.rs";
        let list = ("pipeline/rulebook/src/rules.rs", "&doc::helpers::RULE");
        expect(check, &[list, (path, RULE)], &[&format!("{path}:1: the file name has no rule id")]);
    }

    #[test]
    fn an_unexplained_rule_is_an_offence() {
        expect_rule("//! The lines do not add up.", "//!", &[&at(1, "the rule is not explained")]);
    }

    #[test]
    fn a_rule_cites_and_says_how_certain_it_is() {
        expect_rule("instrument: \"x\"", "instrument: \"\"", &[&at(5, "the citation is empty")]);
        expect_rule("citation: &[\n", "citation: &[], //", &[&at(5, "the citation is empty")]);
        expect_rule("citation:", "cited:", &[&at(1, "the rule has no `citation:`")]);
        expect_rule("basis: Basis::A,", "", &[&at(1, "the rule has no `basis:`")]);
    }

    #[test]
    fn one_test_is_not_enough() {
        expect_rule("#[test]\nfn miss", "// #[test]\nfn miss", &[&at(1, "the rule has 1 of 2 tests")]);
    }
}
