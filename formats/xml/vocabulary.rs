//! The namespaces of a message that has several: some standards put elements that hold values in one and elements that
//! hold elements in another.

/// A namespace of a message that has several, and what its elements hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    /// Its name.
    pub namespace: &'static str,
    /// What stands in its elements.
    pub holds: Holds,
}

/// What an element holds by its namespace: one of the other kind is foreign there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// One value.
    Values,
    /// Elements.
    Elements,
    /// Whichever stands there.
    Either,
}

/// Which elements count as a document's own, beside those in the namespace of its root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manners {
    /// Elements in no namespace do not (ruling X2: messages of the Single Window alone are lenient).
    pub is_strict: bool,
    /// Namespaces beside the root's, each with the one element that is taken from it.
    pub companions: &'static [(&'static str, &'static str)],
}

impl Manners {
    /// Those of the Single Window.
    pub const LENIENT: Manners = Manners { is_strict: false, companions: &[] };
}
