//! `TECH-SUP`: technical support by the platform.

use super::{Head, Nature, as_ordered};
use model::finding::Words;

/// The head.
pub static HEAD: Head = Head {
    id: "TECH-SUP",
    name: Words { zh: "技术支持", en: "technical support" },
    nature: Nature::Platform,
    due: as_ordered,
};
