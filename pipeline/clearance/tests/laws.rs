//! The laws of the engine, each a promise of `rulings.md` held against the whole program in a simulated world.
//!
//! Scenarios stand in `cases.rs`, the rules themselves in `oracle.rs`; here it does not matter what is decided, only that
//! it is decided once, in any windows, on any threads, through any failure, and said again in the same words.

#![allow(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod support;

#[path = "laws/accounts.rs"]
mod accounts;
#[path = "laws/archive.rs"]
mod archive;
#[path = "laws/attachments.rs"]
mod attachments;
#[path = "laws/check.rs"]
mod check;
#[path = "laws/documents.rs"]
mod documents;
#[path = "laws/failures.rs"]
mod failures;
#[path = "laws/fees.rs"]
mod fees;
#[path = "laws/hostile.rs"]
mod hostile;
#[path = "laws/identity.rs"]
mod identity;
#[path = "laws/limits.rs"]
mod limits;
#[path = "laws/mending.rs"]
mod mending;
#[path = "laws/names.rs"]
mod names;
#[path = "laws/order.rs"]
mod order;
#[path = "laws/privacy.rs"]
mod privacy;
#[path = "laws/profile.rs"]
mod profile;
#[path = "laws/relief.rs"]
mod relief;
#[path = "laws/repeats.rs"]
mod repeats;
#[path = "laws/report.rs"]
mod report;
#[path = "laws/requests.rs"]
mod requests;
#[path = "laws/told.rs"]
mod told;
#[path = "laws/waiting.rs"]
mod waiting;
