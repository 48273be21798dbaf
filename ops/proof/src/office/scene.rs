//! What proofs do to an office whatever goes on in it: runs of a command, or the service on drop folders.

use super::through::Watch;
use anyhow::Result;
use clearance::run::RunError;
use clearance::world::memory::Memory;
use std::ops::Range;
use std::sync::Arc;

/// Something that goes on in an office step by step, and the account that somebody outside keeps of it.
pub trait Scene {
    /// What was acknowledged at some moment.
    type Told;
    /// What is known and said when all is done.
    type Known;

    /// What it is called by.
    fn name(&self) -> &'static str;

    /// How many steps it has.
    fn n_steps(&self) -> usize;

    /// Within a step the program tries again what failed, and need not tell then.
    fn tries_again(&self) -> bool {
        false
    }

    /// The office before anything came.
    fn office(&self) -> Memory;

    /// What comes with this step arrives, durably.
    fn arrives(&self, world: &Memory, step: usize);

    /// The program goes through these steps. What comes with the first of them has arrived; what comes with the others
    /// arrives when it is their turn. `begun` hears of each. How often the program said that something was in its way.
    ///
    /// # Errors
    /// Why the program stopped.
    fn goes<W: Watch + 'static>(
        &self,
        world: &Memory,
        watch: &Arc<W>,
        steps: Range<usize>,
        begun: &dyn Fn(usize),
    ) -> Result<u64, RunError>;

    /// What is acknowledged now.
    ///
    /// # Errors
    /// When something of it is half.
    fn told(&self, world: &Memory) -> Result<Self::Told>;

    /// What was told must still be so.
    ///
    /// # Errors
    /// When it is not.
    fn still(&self, world: &Memory, told: &Self::Told) -> Result<()>;

    /// Among what was told at some time is everything that will not come again by itself.
    ///
    /// # Errors
    /// When something of it never was.
    fn nothing_untold(&self, _world: &Memory, _told: &[Self::Told]) -> Result<()> {
        Ok(())
    }

    /// What is known now that all was done.
    ///
    /// # Errors
    /// When it is wrong in itself.
    fn known(&self, world: &Memory) -> Result<Self::Known>;

    /// It must be what a healthy office knows.
    ///
    /// # Errors
    /// When it is not.
    fn is_like(&self, known: &Self::Known, healthy: &Self::Known) -> Result<()>;

    /// Some time passes between a fault and the next start.
    fn later(&self, _world: &Memory) {}
}
