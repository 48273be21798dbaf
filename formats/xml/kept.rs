//! Values that had to be rewritten (references expanded) and must live as long as the window they were read from.
//!
//! A chain rather than a pool: each link is set once and never moves, so a value can be borrowed while more are kept,
//! without locks between the chunks of a window (each chunk has a chain of its own).

use std::sync::OnceLock;

/// The start of a chain of kept values.
#[derive(Debug, Default)]
pub struct Kept {
    next: OnceLock<Box<Link>>,
}

#[derive(Debug)]
struct Link {
    value: Box<str>,
    rest: Kept,
}

impl Kept {
    /// A keeper that appends to this chain.
    pub fn keeper(&self) -> Keeper<'_> {
        Keeper { end: self }
    }
}

impl Drop for Kept {
    /// Link by link: the derived drop would recurse as deep as the chain is long.
    fn drop(&mut self) {
        let mut next = self.next.take();
        while let Some(mut link) = next {
            next = link.rest.next.take();
        }
    }
}

/// Appends values to a chain.
#[derive(Clone, Copy, Debug)]
pub struct Keeper<'k> {
    end: &'k Kept,
}

impl<'k> Keeper<'k> {
    /// Keeps a value for as long as the chain lives.
    pub fn keep(&mut self, value: &str) -> &'k str {
        if value.is_empty() {
            return "";
        }
        let mut end = self.end;
        // A copy of this keeper may have appended since: walk to the true end.
        while let Some(link) = end.next.get() {
            end = &link.rest;
        }
        let link = end.next.get_or_init(|| Box::new(Link { value: value.into(), rest: Kept::default() }));
        self.end = &link.rest;
        &link.value
    }
}

#[cfg(test)]
mod tests {
    use super::Kept;

    #[test]
    fn values_stay_while_more_are_kept() {
        let kept = Kept::default();
        let mut keeper = kept.keeper();
        let first = keeper.keep("A & B");
        let values: Vec<&str> = (0..100_000).map(|number| keeper.keep(&number.to_string())).collect();
        assert_eq!((first, values[99_999]), ("A & B", "99999"));
    }

    #[test]
    fn two_keepers_of_one_chain_do_not_overwrite_each_other() {
        let kept = Kept::default();
        let (mut one, mut other) = (kept.keeper(), kept.keeper());
        assert_eq!((one.keep("one"), other.keep("other"), one.keep("again")), ("one", "other", "again"));
    }
}
