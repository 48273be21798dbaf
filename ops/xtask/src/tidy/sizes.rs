//! Files stay small enough to read and the checkout small enough to fetch.

use super::Offence;
use crate::tree::Tree;

/// A file with several things of one kind is several files.
const RUST_LINES_MAX: usize = 800;

/// Larger test inputs are generated, larger results are described.
const BYTES_MAX: usize = 1 << 20;

/// The one place for large inputs.
const FIXTURES: &str = "fixtures/";

/// No file is larger than the two limits.
pub fn check(tree: &Tree) -> Vec<Offence> {
    let long = tree.rust().filter_map(|(path, text)| too_long(path, text.lines().count()));
    let large = tree.files.iter().filter_map(|it| too_large(&it.path, it.size));
    long.chain(large).collect()
}

fn too_long(path: &str, n_lines: usize) -> Option<Offence> {
    (n_lines > RUST_LINES_MAX).then(|| {
        let what = format!("{n_lines} lines, {RUST_LINES_MAX} is the limit");
        Offence::new(path, RUST_LINES_MAX + 1, what, "give each thing its own file")
    })
}

fn too_large(path: &str, size: usize) -> Option<Offence> {
    (size > BYTES_MAX && !path.starts_with(FIXTURES)).then(|| {
        let what = format!("{size} bytes, {BYTES_MAX} is the limit");
        Offence::new(path, 1, what, "generate it, or move it to fixtures/ if a test reads it")
    })
}

#[cfg(test)]
mod tests {
    use super::super::expect;
    use super::{BYTES_MAX, check};

    #[test]
    fn a_file_at_the_limit_is_fine() {
        let large = "a".repeat(BYTES_MAX);
        expect(check, &[("a.rs", &"a\n".repeat(800)), ("b.md", &large)], &[]);
        expect(check, &[("fixtures/c.xml", &(large + "a"))], &[]);
    }

    #[test]
    fn a_file_over_the_limit_is_an_offence() {
        expect(
            check,
            &[("a.rs", &"a\n".repeat(801)), ("b.md", &"a".repeat(BYTES_MAX + 1))],
            &["a.rs:801: 801 lines, 800 is the limit", "b.md:1: 1048577 bytes, 1048576 is the limit"],
        );
    }
}
