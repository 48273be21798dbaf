//! `clearance serve`: the service on drop folders, day and night.

pub mod answers;
pub mod backoff;
pub mod config;
pub mod delivery;
pub mod door;
pub mod folders;
mod health;
mod http;
pub mod log;
pub mod meters;
mod metrics;
pub mod names;
pub mod remembered;
pub mod service;
pub mod status;
mod supervisor;
