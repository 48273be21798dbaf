//! What many consignments draw on and what runs out: vouchers, quotas of policies, pots of funders, orders of a whole
//! contract.
//!
//! Registers say how much there is, the ledger how much of it is used. A decision takes, and a decision that supersedes
//! it first gives back (FEE-025, FEE-026); what stands after it is kept with it.

use crate::decimal::Decimal;
use crate::ledger::Key;
use std::collections::HashMap;

/// What is drawn on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccountKind {
    /// A service voucher, by serial number: CNY.
    Voucher,
    /// The quota of a policy, by its id: CNY.
    Quota,
    /// An order that names a contract and no declaration, by its number: charged once.
    Order,
    /// The pot of a funder for a year: CNY.
    Pot,
    /// What a firm was charged in a year, as a yearly cap counts it: CNY.
    Year,
}

impl AccountKind {
    /// All of them.
    pub const ALL: [AccountKind; 5] = [Self::Voucher, Self::Quota, Self::Order, Self::Pot, Self::Year];
}

/// One voucher, quota, order or pot.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Account {
    /// Kind.
    pub kind: AccountKind,
    /// Serial number, id or number in the register.
    pub name: String,
}

impl Account {
    /// The account of this kind and name.
    pub fn new(kind: AccountKind, name: &str) -> Account {
        Account { kind, name: name.to_owned() }
    }

    /// The pot of this funder for this year.
    pub fn pot(funder: &str, year: i16) -> Account {
        Account { kind: AccountKind::Pot, name: format!("{funder} {year}") }
    }

    /// What this firm was charged in this year under this yearly cap.
    pub fn year(policy: &str, firm: &str, year: i16) -> Account {
        Account { kind: AccountKind::Year, name: format!("{policy} {firm} {year}") }
    }

    /// The key under which decisions stand that drew on it.
    pub fn key(&self) -> Key {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&[b'A', self.kind as u8]);
        hasher.update(self.name.as_bytes());
        let mut key = [0; 16];
        key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Key(key)
    }
}

/// What a decision holds of an account: reserved while it is held, used once the goods are released or sent to
/// inspection (FEE-023).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Take {
    /// Account.
    pub account: Account,
    /// What this decision holds; 0 when it only gave back what the one before held.
    pub amount: Decimal,
    /// What all decisions together hold after it.
    pub used: Decimal,
}

/// How much is used of the accounts a window may draw on, as the decisions so far have left them.
#[derive(Clone, Debug, Default)]
pub struct Balances {
    used: HashMap<Key, Decimal>,
}

impl Balances {
    /// Notes what is used of an account.
    pub fn set(&mut self, key: Key, used: Decimal) {
        self.used.insert(key, used);
    }

    /// What is used of an account; none when nobody has looked it up.
    pub fn used(&self, key: Key) -> Option<Decimal> {
        self.used.get(&key).copied()
    }

    /// Whether the account has been looked up.
    pub fn knows(&self, key: Key) -> bool {
        self.used.contains_key(&key)
    }

    /// What a decision left behind.
    pub fn apply(&mut self, takes: &[Take]) {
        takes.iter().for_each(|take| self.set(take.account.key(), take.used));
    }
}

/// What one decision gives back and takes.
#[derive(Debug)]
pub struct Drawing<'b> {
    balances: &'b mut Balances,
    takes: Vec<Take>,
}

impl<'b> Drawing<'b> {
    /// Begins by giving back what the decision before it held.
    pub fn new(balances: &'b mut Balances, superseded: &[Take]) -> Drawing<'b> {
        let mut drawing = Drawing { balances, takes: Vec::new() };
        for take in superseded.iter().filter(|take| !take.amount.is_zero()) {
            drawing.change(&take.account, take.amount.negated());
        }
        drawing.takes.iter_mut().for_each(|take| take.amount = Decimal::ZERO);
        drawing
    }

    /// What is used of an account; none when it cannot be drawn on, because nobody has looked it up.
    pub fn used(&self, account: &Account) -> Option<Decimal> {
        self.balances.used(account.key())
    }

    /// Takes this much.
    pub fn take(&mut self, account: &Account, amount: Decimal) {
        self.change(account, amount);
    }

    /// What the decision gave back and took.
    pub fn finish(self) -> Vec<Take> {
        self.takes
    }

    fn change(&mut self, account: &Account, amount: Decimal) {
        let key = account.key();
        let used = self.balances.used(key).unwrap_or_default();
        let used = used.checked_add(amount).unwrap_or(Decimal::MAX).max(Decimal::ZERO);
        self.balances.set(key, used);
        match self.takes.iter_mut().find(|take| take.account == *account) {
            Some(take) => {
                take.amount = take.amount.checked_add(amount).unwrap_or(Decimal::MAX);
                take.used = used;
            }
            None => self.takes.push(Take { account: account.clone(), amount, used }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voucher() -> Account {
        Account::new(AccountKind::Voucher, "V-2018-000123")
    }

    #[test]
    fn accounts_of_one_name_are_told_apart_by_kind() {
        let keys = AccountKind::ALL.map(|kind| Account::new(kind, "1").key());
        assert_eq!(std::collections::BTreeSet::from(keys).len(), AccountKind::ALL.len());
    }

    #[test]
    fn a_decision_gives_back_before_it_takes() {
        let mut balances = Balances::default();
        balances.set(voucher().key(), Decimal::ZERO);
        let mut first = Drawing::new(&mut balances, &[]);
        first.take(&voucher(), Decimal::integer(800));
        let held = first.finish();
        assert_eq!((held[0].amount, held[0].used), (Decimal::integer(800), Decimal::integer(800)));
        let mut second = Drawing::new(&mut balances, &held);
        assert_eq!(second.used(&voucher()), Some(Decimal::ZERO));
        second.take(&voucher(), Decimal::integer(300));
        let held = second.finish();
        assert_eq!((held[0].amount, held[0].used), (Decimal::integer(300), Decimal::integer(300)));
        // Rejected: nothing is held any more, and the balance is told.
        let freed = Drawing::new(&mut balances, &held).finish();
        assert_eq!((freed[0].amount, freed[0].used), (Decimal::ZERO, Decimal::ZERO));
        assert!(Drawing::new(&mut balances, &freed).finish().is_empty());
    }

    #[test]
    fn what_nobody_looked_up_is_not_drawn_on() {
        let mut balances = Balances::default();
        assert_eq!(Drawing::new(&mut balances, &[]).used(&voucher()), None);
        assert!(!balances.knows(voucher().key()));
    }
}
