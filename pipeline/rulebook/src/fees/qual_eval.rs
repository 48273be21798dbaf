//! `QUAL-EVAL`: evaluation of quality by the platform.

use super::{Head, Nature, as_ordered};
use model::finding::Words;

/// The head.
pub static HEAD: Head = Head {
    id: "QUAL-EVAL",
    name: Words { zh: "质量评价", en: "evaluation of quality" },
    nature: Nature::Platform,
    due: as_ordered,
};
