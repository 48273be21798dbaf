//! `Q-INSP` 品质检验: inspection of quality, a share of the goods' value.
//!
//! Due once a consignment: when some of its goods are under statutory inspection, or when an order asks for inspection
//! (ruling F1). By law only the goods on the list are charged, by order all of them.

use super::{Charging, Due, Goods, Head, Nature, What};
use model::finding::Words;

/// The head.
pub static HEAD: Head = Head {
    id: "Q-INSP",
    name: Words { zh: "品质检验", en: "inspection of quality" },
    nature: Nature::State,
    due,
};

fn due<'c>(charging: &Charging<'c>, head: &'static Head) -> Vec<Due<'c>> {
    let orders = charging.orders_of(head.id);
    if charging.is_statutory {
        charging.once(What::Value(Goods::Statutory), orders)
    } else if orders.is_empty() {
        Vec::new()
    } else {
        charging.once(What::Value(Goods::All), orders)
    }
}
