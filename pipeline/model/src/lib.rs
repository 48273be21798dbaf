//! The nouns of export clearance: what was filed, what is on file, what was found, what was decided.
//!
//! Deliberately absent: IO, clock, threads, XML, floats, serialisation frameworks.

pub mod assessment;
pub mod attachment;
pub mod batch;
pub mod case;
pub mod certificate;
pub mod code;
pub mod decimal;
pub mod decision;
pub mod declaration;
pub mod digest;
pub mod documents;
pub mod encoding;
pub mod facts;
pub mod finding;
pub mod inspection;
pub mod jurisdiction;
pub mod ledger;
pub mod limits;
pub mod particulars;
pub mod party;
pub mod registers;
pub mod seen;
pub mod text;
pub mod waiver;
