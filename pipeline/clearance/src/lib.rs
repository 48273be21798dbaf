//! To be written.

pub mod record;
pub mod world;
