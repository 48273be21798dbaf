//! `orders.csv` 委托单: services ordered for a consignment (ruling F1).

use super::ByCode;
use crate::decimal::Decimal;

/// A service ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Order number.
    pub number: String,
    /// Declaration number; empty when the order names a contract.
    pub declaration: String,
    /// Contract number.
    pub contract: String,
    /// Fee head.
    pub head: String,
    /// Item.
    pub item: String,
    /// Quantity.
    pub quantity: Decimal,
    /// Unit price, CNY.
    pub unit_price: Decimal,
    /// Payer's unified code; empty: the consignor.
    pub payer: String,
}

/// Orders, found by declaration or by contract.
#[derive(Clone, Debug, Default)]
pub struct Orders {
    by_declaration: ByCode<Order>,
    by_contract: ByCode<Order>,
}

impl Orders {
    /// Takes in an order: under its declaration where it names one, else under its contract.
    pub fn add(&mut self, row: Order) {
        if row.declaration.is_empty() {
            self.by_contract.add(&row.contract.clone(), row);
        } else {
            self.by_declaration.add(&row.declaration.clone(), row);
        }
    }

    /// Orders that name this declaration number.
    pub fn of_declaration(&self, number: &str) -> &[Order] {
        self.by_declaration.of(number)
    }

    /// Orders that name this contract and no declaration.
    pub fn of_contract(&self, contract: &str) -> &[Order] {
        self.by_contract.of(contract)
    }

    /// Number of orders.
    pub fn len(&self) -> usize {
        self.by_declaration.len() + self.by_contract.len()
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
