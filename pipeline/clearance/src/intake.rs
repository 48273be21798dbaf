//! Where submissions come from. One source a file.

pub mod files;
pub mod limits;
