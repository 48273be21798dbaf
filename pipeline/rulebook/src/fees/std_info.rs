//! `STD-INFO`: information on standards and markets by the platform.

use super::{Head, Nature, as_ordered};
use model::finding::Words;

/// The head.
pub static HEAD: Head = Head {
    id: "STD-INFO",
    name: Words { zh: "标准信息", en: "information on standards" },
    nature: Nature::Platform,
    due: as_ordered,
};
