//! To be written.

pub mod decimal;
pub mod party;
