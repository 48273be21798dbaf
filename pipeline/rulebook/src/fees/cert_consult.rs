//! `CERT-CONSULT`: advice on certification by the platform.

use super::{Head, Nature, as_ordered};
use model::finding::Words;

/// The head.
pub static HEAD: Head = Head {
    id: "CERT-CONSULT",
    name: Words { zh: "认证咨询", en: "advice on certification" },
    nature: Nature::Platform,
    due: as_ordered,
};
