//! What the fees of a window may draw on: it is looked up before the window is cleared, so that the middle stays free of
//! IO.
//!
//! Rather too much than too little: what nobody looked up is not drawn on, and how documents fall into windows must not
//! decide that. So as soon as anything is ordered for a declaration of the window, the vouchers of every firm that may pay
//! in it are looked up.

use crate::read::{Document, Read};
use crate::{Accepted, Law, examine};
use formats::EntryKind;
use model::declaration::Declaration;
use model::ledger::Ledger;
use model::registers::PolicyKind;
use model::waiver::{Account, AccountKind};
use rulebook::fees;
use std::collections::BTreeSet;

/// The accounts the documents of a window, and those that wait for it, may draw on or give back.
pub fn accounts(
    read: &Read,
    waiting: &Read,
    ledger: &Ledger,
    accepted: Accepted,
    law: &Law<'_>,
) -> Vec<Account> {
    let held = ledger.known.values().flat_map(|on_file| &on_file.takes);
    let mut accounts: Vec<Account> = held.map(|take| take.account.clone()).collect();
    accounts.extend(fees::limits(law.registers));
    if !law.registers.orders.is_empty() {
        ordered(read, waiting, ledger, law, &mut accounts);
    }
    if law.registers.policies.iter().any(|policy| matches!(policy.kind, PolicyKind::YearlyCap(_))) {
        years(read, waiting, ledger, accepted, law, &mut accounts);
    }
    accounts
}

/// What yearly caps count: each declaration brings the years of its own firms.
fn years(
    read: &Read,
    waiting: &Read,
    ledger: &Ledger,
    accepted: Accepted,
    law: &Law<'_>,
    into: &mut Vec<Account>,
) {
    let of_window = declarations(read).map(|(document, declaration)| {
        let accepted_at = accepted.at(examine::declared_at(&declaration));
        (document, declaration, accepted_at)
    });
    // A declaration decided again keeps its day.
    let known = |document: &Document<'_>| document.keys.iter().find_map(|key| ledger.known.get(key));
    let decided_again = declarations(waiting).map(|(document, declaration)| {
        let accepted_at = known(document).and_then(|on_file| on_file.accepted_at);
        (document, declaration, accepted_at)
    });
    for (document, declaration, accepted_at) in of_window.chain(decided_again) {
        let Some(moment) = accepted_at else { continue };
        let known_as = known_as(document, ledger);
        into.extend(fees::years_of(&declaration, &known_as, law.registers, moment.year()));
    }
}

/// The numbers a document is known by for ever.
fn known_as<'l>(document: &Document<'_>, ledger: &'l Ledger) -> Vec<&'l str> {
    let known = document.keys.iter().filter_map(|key| ledger.known.get(key));
    known.map(|on_file| on_file.number.as_str()).collect()
}

fn ordered(read: &Read, waiting: &Read, ledger: &Ledger, law: &Law<'_>, into: &mut Vec<Account>) {
    let mut consignors: BTreeSet<&str> = BTreeSet::new();
    let n_before = into.len();
    let mut is_ordered = false;
    for read in [read, waiting] {
        for (document, declaration) in declarations(read) {
            let known_as = known_as(document, ledger);
            is_ordered |= !fees::orders_for(&declaration, &known_as, law.registers).is_empty();
            into.extend(fees::accounts_of(&declaration, &known_as, law.registers));
            consignors.insert(declaration.head.consignor_unified_code.value);
        }
    }
    if is_ordered {
        let vouchers = consignors.into_iter().flat_map(|consignor| law.registers.vouchers.of(consignor));
        into.extend(vouchers.map(|voucher| Account::new(AccountKind::Voucher, &voucher.serial)));
    } else {
        into.truncate(n_before);
    }
}

fn declarations<'r>(read: &'r Read) -> impl Iterator<Item = (&'r Document<'r>, Declaration<'r>)> {
    (0..read.len()).filter_map(|document_idx| {
        let document = read.document(document_idx);
        let EntryKind::Declaration { declaration_idx, .. } = document.entry.kind else { return None };
        Some((document, read.declaration(document_idx, declaration_idx)))
    })
}
