//! What only shows when two settings are held against each other.

use super::fault::{Fault, Place, Reason};
use super::reader::Section;
use super::setting::RETENTION;
use super::{id, resolved};
use std::path::{Path, PathBuf};

/// A folder that something is kept in, where the file names it, and under which key.
struct Named {
    path: PathBuf,
    place: Place,
    key: String,
}

/// Faults between settings, in the order of the file.
pub(super) fn faults(root: &Section, base: &Path) -> Vec<Fault> {
    let mut faults = overlaps(root, base);
    faults.extend(ids(root));
    faults.extend(waits(root));
    faults.extend(inside(root, root, "heads", "heads", base));
    let retention = root.table("retention");
    faults.extend(inside(root, &retention, "archive", "retention.archive", base));
    faults.extend(nowhere(&retention));
    faults
}

/// Folders of two sets, or of a set and the data, lie apart: else a file would be taken twice, or the journal for a
/// message. Compared as they are written; other names of one folder are found on the machine.
fn overlaps(root: &Section, base: &Path) -> Vec<Fault> {
    let mut known: Vec<Named> = named(root, "data", "data", base).into_iter().collect();
    let mut faults = Vec::new();
    for (number, section) in (1..).zip(root.tables("folders")) {
        let Some(folder) = named(section, "root", &format!("folders[{number}].root"), base) else { continue };
        let touches = |it: &&Named| it.path.starts_with(&folder.path) || folder.path.starts_with(&it.path);
        if let Some(earlier) = known.iter().find(touches) {
            let line = earlier.place.line;
            let reason =
                if earlier.path == folder.path { Reason::Twice { line } } else { Reason::Overlap { line } };
            faults.push(Fault { place: Some(folder.place), key: folder.key.clone(), reason });
        }
        known.push(folder);
    }
    faults
}

fn named(section: &Section, key: &str, path: &str, base: &Path) -> Option<Named> {
    let found = section.get(key)?;
    Some(Named { path: resolved(base, section.text(key)?), place: found.place, key: path.to_owned() })
}

/// What is to outlast the data folder, or to witness it, may not lie in it.
fn inside(root: &Section, section: &Section, key: &str, path: &str, base: &Path) -> Option<Fault> {
    let (data, other) = (named(root, "data", "data", base)?, named(section, key, path, base)?);
    let reason = Reason::Overlap { line: data.place.line };
    other.path.starts_with(&data.path).then_some(Fault { place: Some(other.place), key: other.key, reason })
}

/// An age says when something goes, and nothing says where to.
fn nowhere(retention: &Section) -> Option<Fault> {
    let age = retention.get("raw_days").or(retention.get("journal_days"))?;
    let setting = RETENTION.iter().find(|it| it.key == "archive")?;
    let key = "retention.archive".to_owned();
    let fault = Fault { place: Some(age.place), key, reason: Reason::Missing { setting } };
    retention.get("archive").is_none().then_some(fault)
}

/// Two sets of one name could not be told apart in a log. A number that was not said counts, too.
fn ids(root: &Section) -> Vec<Fault> {
    let mut known: Vec<(String, Place)> = Vec::new();
    let mut faults = Vec::new();
    for (number, section) in (1..).zip(root.tables("folders")) {
        let (id, place) = (id(number, section), section.get("id").map_or(section.place, |found| found.place));
        if let Some((_, earlier)) = known.iter().find(|(known, _)| *known == id) {
            let reason = Reason::Twice { line: earlier.line };
            faults.push(Fault { place: Some(place), key: format!("folders[{number}].id"), reason });
        }
        known.push((id, place));
    }
    faults
}

fn waits(root: &Section) -> Option<Fault> {
    let retry = root.table("retry");
    (retry.number("first") > retry.number("longest")).then(|| Fault {
        place: retry.get("first").or(retry.get("longest")).map(|found| found.place),
        key: "retry.first".to_owned(),
        reason: Reason::FirstLongest,
    })
}
