//! The program around the engine: the only crate with files, a clock, an environment and a runtime.
//!
//! [`run`] is the main job from end to end, [`serve`] the same day and night, [`submission`] what they share; [`record`] is
//! what may not be lost; [`publish`] is what leaves.

pub mod archive;
pub mod check;
pub mod cli;
pub mod config;
pub mod explain;
pub mod generate;
mod grid;
pub mod intake;
pub mod profile;
pub mod publish;
pub mod record;
pub mod registers;
pub mod rules;
pub mod run;
pub mod scenarios;
pub mod serve;
pub mod submission;
pub mod top;
pub mod tune;
pub mod verify;
pub mod world;
