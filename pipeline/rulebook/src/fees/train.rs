//! `TRAIN`: training by the platform.

use super::{Head, Nature, as_ordered};
use model::finding::Words;

/// The head.
pub static HEAD: Head = Head {
    id: "TRAIN",
    name: Words { zh: "培训", en: "training" },
    nature: Nature::Platform,
    due: as_ordered,
};
