//! `CERT`: certificates and documents issued on request.

use super::{Head, Nature, as_ordered};
use model::finding::Words;

/// The head.
pub static HEAD: Head = Head {
    id: "CERT",
    name: Words { zh: "签发证单", en: "issue of certificates and documents" },
    nature: Nature::State,
    due: as_ordered,
};
