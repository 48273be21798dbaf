//! `clearance serve`: the service on drop folders, day and night.

pub mod config;
pub mod meters;
pub mod status;
