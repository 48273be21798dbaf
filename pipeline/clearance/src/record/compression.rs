//! How hard the journal is packed: a matter of space and time, never of what it says. The chain hashes what stands in the
//! records, so the head is the same at every level, and one journal may hold frames of all of them.

/// A level of zstd, by a name that says what it is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Compression {
    /// Level -7: below those that spend time to save space, because records are small beside the evidence kept raw.
    #[default]
    Fastest,
    /// Level -1.
    Fast,
    /// Level 1.
    Medium,
    /// Level 3, the usual one of zstd.
    Small,
    /// Level 9.
    Smallest,
}

impl Compression {
    /// All, the quickest first.
    pub const ALL: [Compression; 5] = [Self::Fastest, Self::Fast, Self::Medium, Self::Small, Self::Smallest];

    /// Their names, as a configuration and the command line say them.
    pub const NAMES: [&str; 5] = ["fastest", "fast", "medium", "small", "smallest"];

    /// Its name.
    pub const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Compression> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// The level zstd knows it by.
    pub const fn zstd_level(self) -> i32 {
        match self {
            Self::Fastest => -7,
            Self::Fast => -1,
            Self::Medium => 1,
            Self::Small => 3,
            Self::Smallest => 9,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

    #[test]
    fn a_name_is_the_same_everywhere() {
        for (it, name) in Compression::ALL.into_iter().zip(Compression::NAMES) {
            assert_eq!(Compression::named(name), Some(it));
            assert_eq!(it.to_possible_value().unwrap().get_name(), name);
        }
        assert_eq!(Compression::named("Fast"), None);
    }
}
