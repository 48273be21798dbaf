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
