//! The power goes: when, and what is left of what was not synced.

use super::through::Watch;
use crate::mutate::Random;
use clearance::world::memory::{Keep, Memory, Op, Unsynced};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// All of them.
pub const FATES: &[Fate] = &[Fate::Nothing, Fate::Some, Fate::Torn];

/// What becomes of what was not synced: what is left of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing.
    Nothing,
    /// Some of it, and later writes without earlier ones.
    Some,
    /// All of it but the end of one write.
    Torn,
}

/// Where the power goes: the world as it was, and the step under way.
pub struct Moment {
    /// As it was.
    pub world: Memory,
    /// Counted from 0.
    pub step: usize,
    /// The call it was made after.
    pub call: String,
}

/// Keeps a copy of the world after each call that changes something.
#[derive(Default)]
pub struct Moments {
    kept: Mutex<Vec<Moment>>,
    step: AtomicUsize,
}

impl Watch for Moments {
    fn after(&self, op: Op, path: &Path, world: &Memory) {
        let step = self.step.load(Ordering::Relaxed);
        let moment = Moment { world: world.fork(), step, call: format!("{op:?} {}", path.display()) };
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).push(moment);
    }
}

impl Moments {
    /// Says which step is under way.
    pub fn at_step(&self, step: usize) {
        self.step.store(step, Ordering::Relaxed);
    }

    /// The moments so far, in order.
    pub fn take(&self) -> Vec<Moment> {
        std::mem::take(&mut *self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Takes the power away: what is not durable meets its fate, and the world goes on with what is left.
pub fn power_goes(world: &Memory, fate: Fate, random: &mut Random) {
    let mut n_writes = 0;
    world.fork().crash(|change| {
        n_writes += usize::from(matches!(change, Unsynced::Write { .. }));
        Keep::Nothing
    });
    let torn = random.below(n_writes);
    let mut at = 0;
    world.crash(|change| match (fate, change) {
        (Fate::Nothing, _) => Keep::Nothing,
        (Fate::Some, _) => *random.one(&[Keep::All, Keep::Nothing]),
        (Fate::Torn, Unsynced::Write { len, .. }) => {
            at += 1;
            if at == torn + 1 { Keep::First(random.below(*len)) } else { Keep::All }
        }
        (Fate::Torn, _) => Keep::All,
    });
}
