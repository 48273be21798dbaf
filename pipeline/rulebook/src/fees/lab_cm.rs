//! `LAB-CM`: tests a firm commissions from the platform; never a fee of the state, so no suspension touches it.

use super::{Head, Nature, as_ordered};
use model::finding::Words;

/// The head.
pub static HEAD: Head = Head {
    id: "LAB-CM",
    name: Words { zh: "委托检验", en: "commissioned tests" },
    nature: Nature::Platform,
    due: as_ordered,
};
