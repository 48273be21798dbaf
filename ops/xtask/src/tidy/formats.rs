//! A format is one folder: the code, a page on the dialect, and specimens that something refers to.

use std::collections::BTreeSet;

use super::Offence;
use crate::tree::Tree;

/// Folders of `formats/` that hold no dialect.
const NO_FORMATS: &[&str] = &["declined", "src", "tests", "ubl", "xml"];

const N_SPECIMENS_MIN: usize = 2;

/// Every format folder is whole, and every specimen is used or described.
pub fn check(tree: &Tree) -> Vec<Offence> {
    let folders: BTreeSet<&str> = tree.files.iter().filter_map(|it| folder(&it.path)).collect();
    let mut offences: Vec<Offence> = folders.iter().flat_map(|it| whole(tree, it)).collect();
    offences.extend(tree.files.iter().filter_map(|it| named(tree, &it.path)));
    offences
}

fn folder(path: &str) -> Option<&str> {
    let (folder, _) = path.strip_prefix("formats/")?.split_once('/')?;
    Some(folder).filter(|it| !NO_FORMATS.contains(it))
}

/// The name of a specimen. A page about specimens is none.
fn specimen(path: &str) -> Option<&str> {
    let (_, file) = path.strip_prefix(&format!("formats/{}/", folder(path)?))?.split_once("specimens/")?;
    let name = file.rsplit('/').next()?;
    Some(name).filter(|it| !it.ends_with(".md"))
}

fn whole(tree: &Tree, folder: &str) -> Vec<Offence> {
    let mut offences = Vec::new();
    for (name, cure) in [
        ("mod.rs", "put what reads and answers the dialect there"),
        ("README.md", "name the specification, its versions, and which field becomes what"),
    ] {
        let path = format!("formats/{folder}/{name}");
        if tree.text(&path).is_none_or(|it| it.trim().is_empty()) {
            offences.push(Offence::new(&path, 1, "missing or empty", cure));
        }
    }
    let ours = tree.files.iter().filter(|it| self::folder(&it.path) == Some(folder));
    let n_specimens = ours.filter(|it| specimen(&it.path).is_some()).count();
    if n_specimens < N_SPECIMENS_MIN {
        let what = format!("{n_specimens} of {N_SPECIMENS_MIN} specimens");
        let cure = "add messages of our own making to specimens/";
        offences.push(Offence::new(&format!("formats/{folder}/specimens"), 1, what, cure));
    }
    offences
}

fn named(tree: &Tree, path: &str) -> Option<Offence> {
    let name = specimen(path)?;
    let readers = tree.texts().filter(|(path, _)| path.ends_with(".rs") || path.ends_with("README.md"));
    let is_named = readers.into_iter().any(|(_, text)| text.contains(name));
    let cure = "use it in a test, describe it in the README of the format, or remove it";
    (!is_named).then(|| Offence::new(path, 1, "no test and no README names this specimen", cure))
}

#[cfg(test)]
mod tests {
    use super::super::expect;
    use super::check;

    #[test]
    fn a_whole_folder_is_fine() {
        expect(
            check,
            &[
                ("formats/lib.rs", "mod wco;"),
                ("formats/xml/text.rs", "code"),
                ("formats/wco/mod.rs", "include_str!(\"specimens/one.xml\")"),
                ("formats/wco/README.md", "`two.xml` is the short one"),
                ("formats/wco/specimens/one.xml", "<a/>"),
                ("formats/wco/specimens/old/two.xml", "<a/>"),
                ("formats/wco/specimens/README.md", "where they come from"),
            ],
            &[],
        );
    }

    #[test]
    fn what_is_missing_is_listed() {
        expect(
            check,
            &[("formats/wco/mod.rs", "code"), ("formats/wco/specimens/one.xml", "<a/>")],
            &[
                "formats/wco/README.md:1: missing or empty",
                "formats/wco/specimens:1: 1 of 2 specimens",
                "formats/wco/specimens/one.xml:1: no test and no README names this specimen",
            ],
        );
    }
}
