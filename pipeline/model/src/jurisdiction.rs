//! Whose law a document is filed under: the gateway it is made for says so.

use crate::finding::Words;

/// A customs territory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Jurisdiction {
    /// China.
    #[default]
    China,
    /// The United Kingdom.
    UnitedKingdom,
}

impl Jurisdiction {
    /// All of them.
    pub const ALL: [Jurisdiction; 2] = [Self::China, Self::UnitedKingdom];

    /// Name for people.
    pub const fn words(self) -> Words {
        match self {
            Self::China => Words { zh: "中国", en: "China" },
            Self::UnitedKingdom => Words { zh: "英国", en: "the United Kingdom" },
        }
    }
}
