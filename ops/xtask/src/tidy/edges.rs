//! Dependencies between our crates go one way. Read from the manifests, so that no build is needed to know.

use toml::Table;

use super::Offence;
use crate::tree::Tree;

struct Allowed {
    name: &'static str,
    /// Crates of the workspace it may depend on; `None` for any.
    on: Option<&'static [&'static str]>,
    /// Further ones for its tests.
    on_in_tests: &'static [&'static str],
}

static ALLOWED: &[Allowed] = &[
    Allowed { name: "model", on: Some(&[]), on_in_tests: &[] },
    Allowed { name: "formats", on: Some(&["model"]), on_in_tests: &[] },
    Allowed { name: "rulebook", on: Some(&["model"]), on_in_tests: &["fixtures"] },
    Allowed { name: "engine", on: Some(&["model", "formats", "rulebook"]), on_in_tests: &["fixtures"] },
    Allowed {
        name: "clearance",
        on: Some(&["model", "engine", "rulebook", "formats", "fixtures", "verifier"]),
        on_in_tests: &[],
    },
    Allowed { name: "fixtures", on: Some(&["model", "formats"]), on_in_tests: &[] },
    // The checker is not the system: it shares the format document with the writer, and no code.
    Allowed { name: "verifier", on: Some(&[]), on_in_tests: &[] },
    Allowed { name: "benches", on: None, on_in_tests: &[] },
    Allowed { name: "proof", on: None, on_in_tests: &[] },
    Allowed { name: "xtask", on: Some(&[]), on_in_tests: &[] },
];

/// The dependency tables of a manifest, and whether they are for tests only.
const SECTIONS: &[(&str, bool)] =
    &[("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)];

struct Member<'t> {
    path: String,
    text: &'t str,
    name: String,
    manifest: Table,
}

/// Every edge between two of our crates is in the table above.
pub fn check(tree: &Tree) -> Vec<Offence> {
    let (members, mut offences) = members(tree);
    let ours: Vec<&str> = members.iter().map(|it| it.name.as_str()).collect();
    for member in &members {
        match ALLOWED.iter().find(|it| it.name == member.name) {
            Some(allowed) => offences.extend(wrong_edges(member, allowed, &ours)),
            None => offences.push(Offence::new(
                &member.path,
                1,
                format!("nobody said what the crate `{}` may depend on", member.name),
                "add it to the table in ops/xtask/src/tidy/edges.rs and to ARCHITECTURE.md",
            )),
        }
    }
    offences
}

fn members(tree: &Tree) -> (Vec<Member<'_>>, Vec<Offence>) {
    let (mut members, mut offences) = (Vec::new(), Vec::new());
    for path in member_paths(tree) {
        match member(tree, &path) {
            Ok(member) => members.push(member),
            Err(why) => {
                offences.push(Offence::new(&path, 1, why, "make it a manifest with a package name"));
            }
        }
    }
    if members.is_empty() {
        offences.push(Offence::new("Cargo.toml", 1, "no members were found", "list them under [workspace]"));
    }
    (members, offences)
}

fn member_paths(tree: &Tree) -> Vec<String> {
    let manifest: Table = tree.text("Cargo.toml").and_then(|it| it.parse().ok()).unwrap_or_default();
    let members = manifest.get("workspace").and_then(|it| it.get("members")).and_then(|it| it.as_array());
    let folders = members.into_iter().flatten().filter_map(|it| it.as_str());
    folders.map(|it| format!("{it}/Cargo.toml")).collect()
}

fn member<'t>(tree: &'t Tree, path: &str) -> Result<Member<'t>, String> {
    let text = tree.text(path).ok_or("the manifest of a member is missing")?;
    let manifest: Table = text.parse().map_err(|error| format!("not TOML: {error}"))?;
    let name = manifest.get("package").and_then(|it| it.get("name")).and_then(|it| it.as_str());
    let name = name.ok_or("the package has no name")?.to_owned();
    Ok(Member { path: path.to_owned(), text, name, manifest })
}

fn wrong_edges(member: &Member<'_>, allowed: &Allowed, ours: &[&str]) -> Vec<Offence> {
    let Some(on) = allowed.on else { return Vec::new() };
    let mut offences = Vec::new();
    for (section, for_tests) in SECTIONS {
        for (key, name) in dependencies(&member.manifest, section) {
            let fine = on.contains(&name) || *for_tests && allowed.on_in_tests.contains(&name);
            if ours.contains(&name) && !fine {
                offences.push(Offence::new(
                    &member.path,
                    line_of(member.text, section, key),
                    format!("`{}` must not depend on `{name}` in [{section}]", member.name),
                    "move what both need to a crate further down, or the code to the crate that has both",
                ));
            }
        }
    }
    offences
}

/// Key and package name of every dependency in `section`, those for one target included.
fn dependencies<'m>(manifest: &'m Table, section: &str) -> Vec<(&'m str, &'m str)> {
    let targets = manifest.get("target").and_then(|it| it.as_table());
    let of_targets = targets.into_iter().flat_map(|it| it.values()).filter_map(|it| it.get(section));
    let tables = manifest.get(section).into_iter().chain(of_targets).filter_map(|it| it.as_table());
    let entries = tables.flat_map(|it| it.iter());
    let named = entries.map(|(key, value)| {
        let package = value.get("package").and_then(|it| it.as_str());
        (key.as_str(), package.unwrap_or(key))
    });
    named.collect()
}

fn line_of(text: &str, section: &str, key: &str) -> usize {
    let mut inside = false;
    for (line_idx, line) in text.lines().enumerate() {
        if let Some(header) = line.trim().strip_prefix('[') {
            let header = header.trim_end_matches(']');
            inside = header.ends_with(section);
            if header.ends_with(&format!("{section}.{key}")) {
                return line_idx + 1;
            }
        }
        let after = line.trim_start().strip_prefix(key);
        if inside && after.is_some_and(|it| it.starts_with([' ', '.', '='])) {
            return line_idx + 1;
        }
    }
    1
}

#[cfg(test)]
mod tests {
    use super::super::expect;
    use super::check;

    const ROOT: (&str, &str) = ("Cargo.toml", "[workspace]\nmembers = [\"a\", \"b\", \"c\"]");
    const MODEL: (&str, &str) = ("a/Cargo.toml", "[package]\nname = \"model\"");
    const FIXTURES: (&str, &str) = ("c/Cargo.toml", "[package]\nname = \"fixtures\"");

    #[test]
    fn an_edge_in_the_table_is_fine() {
        let rulebook = "[package]\nname = \"rulebook\"\n[dependencies]\nmodel.workspace = true\nserde = \"1\"\n\
                        [dev-dependencies]\nfixtures = { path = \"../c\" }";
        expect(check, &[ROOT, MODEL, ("b/Cargo.toml", rulebook), FIXTURES], &[]);
    }

    #[test]
    fn an_edge_for_tests_is_for_tests_only() {
        let rulebook = "[package]\nname = \"rulebook\"\n[dependencies]\n\nfixtures.workspace = true";
        let offence = "b/Cargo.toml:5: `rulebook` must not depend on `fixtures` in [dependencies]";
        expect(check, &[ROOT, MODEL, ("b/Cargo.toml", rulebook), FIXTURES], &[offence]);
    }

    #[test]
    fn an_edge_under_another_name_or_for_one_target_is_seen() {
        let xtask = "[package]\nname = \"xtask\"\n[dependencies.nouns]\npackage = \"model\"\n\
                     [target.'cfg(unix)'.dev-dependencies]\nfixtures = { path = \"x\" }";
        expect(
            check,
            &[ROOT, MODEL, ("b/Cargo.toml", xtask), FIXTURES],
            &[
                "b/Cargo.toml:3: `xtask` must not depend on `model` in [dependencies]",
                "b/Cargo.toml:6: `xtask` must not depend on `fixtures` in [dev-dependencies]",
            ],
        );
    }

    #[test]
    fn a_crate_nobody_spoke_about_is_an_offence() {
        let extra = ("b/Cargo.toml", "[package]\nname = \"extra\"");
        let offence = "b/Cargo.toml:1: nobody said what the crate `extra` may depend on";
        expect(check, &[ROOT, MODEL, extra, FIXTURES], &[offence]);
    }

    #[test]
    fn a_member_without_manifest_is_an_offence() {
        let offence = "b/Cargo.toml:1: the manifest of a member is missing";
        expect(check, &[ROOT, MODEL, FIXTURES], &[offence]);
    }
}
