//! `LAB-ST`: laboratory items of statutory inspection; not the tests a firm commissions.

use super::{Head, Nature, as_ordered};
use model::finding::Words;

/// The head.
pub static HEAD: Head = Head {
    id: "LAB-ST",
    name: Words { zh: "法定检验检测", en: "statutory laboratory items" },
    nature: Nature::State,
    due: as_ordered,
};
