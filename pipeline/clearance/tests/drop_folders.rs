//! The service on drop folders, in a simulated world: what a sender finds in his folders, whatever happens in between.
#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

#[path = "drop_folders/answers.rs"]
mod answers;
#[path = "drop_folders/crashes.rs"]
mod crashes;
#[allow(dead_code, reason = "each test file uses the part it needs")]
#[path = "laws/documents.rs"]
mod documents;
#[path = "drop_folders/keeping.rs"]
mod keeping;
#[path = "drop_folders/odd.rs"]
mod odd;
#[path = "drop_folders/pressure.rs"]
mod pressure;
#[path = "drop_folders/requests.rs"]
mod requests;
#[path = "drop_folders/trouble.rs"]
mod trouble;
#[path = "drop_folders/yard.rs"]
mod yard;
