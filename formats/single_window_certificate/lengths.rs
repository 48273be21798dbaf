//! How long the fields of a certificate may be: none is published but that of the place of application (single-window.md 5.1).

use crate::lengths;
use model::certificate::CertificateHead;
use model::finding::Finding;

lengths! {
    /// Head.
    HEAD, head: CertificateHead {
        application_place: 30,
    }
}
