//! `CO-VISA` 产地证签证: the visa of each certificate of origin customs issued, amended or issued again (FEE-028).
//!
//! Every certificate that travels by this message is one of customs; those of the trade promotion council never do.
//! An order names the payer; ordered without a certificate on file, it is shown and comes to nothing yet.

use super::{Charging, Due, Head, Nature, What};
use model::finding::Words;

/// The head.
pub static HEAD: Head = Head {
    id: "CO-VISA",
    name: Words { zh: "产地证签证", en: "visa of certificates of origin" },
    nature: Nature::State,
    due,
};

fn due<'c>(charging: &Charging<'c>, head: &'static Head) -> Vec<Due<'c>> {
    let orders = charging.orders_of(head.id);
    let n_certificates = charging.n_certificates;
    if n_certificates == 0 && orders.is_empty() {
        Vec::new()
    } else {
        charging.once(What::Certificates(n_certificates), orders)
    }
}
