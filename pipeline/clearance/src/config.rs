//! What the environment says. The only file that reads it.

use model::finding::Language;
use std::io;
use std::path::{Path, PathBuf};

/// The language the locale asks for; Chinese for any Chinese locale, English else (design section 3).
pub fn language() -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| variable(name));
    match locale {
        Some(locale) if locale.starts_with("zh") => Language::Zh,
        _ => Language::En,
    }
}

/// Whether colours are wanted on a terminal (NO_COLOR, <https://no-color.org>).
pub fn wants_colours() -> bool {
    variable("NO_COLOR").is_none() && variable("TERM").as_deref() != Some("dumb")
}

/// A path from the root on: what is written down must not depend on where the program was called.
pub fn absolute(path: &Path) -> io::Result<PathBuf> {
    std::path::absolute(path)
}

#[expect(clippy::disallowed_methods, reason = "this is the file the environment is read in")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
