//! To be written.

pub mod batch;
pub mod decimal;
pub mod limits;
pub mod party;
