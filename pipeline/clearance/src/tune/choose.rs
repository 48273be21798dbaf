//! What is better, and what is only noise.

use super::Tried;
use super::setting::{Kind, Setting};

/// The middle of the values; 0 of none.
pub fn median(values: &[u64]) -> u64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or(0)
}

/// How far one setting differs from itself, in ten-thousandths: between the medians of its two rows of trials, and half
/// the width of the middle half of all, whichever is more.
pub fn noise_bp(one: &[u64], other: &[u64]) -> u64 {
    let [a, b] = [one, other].map(median);
    let apart = a.abs_diff(b) * 10_000 / a.min(b).max(1);
    let mut all: Vec<u64> = one.iter().chain(other).copied().collect();
    all.sort_unstable();
    let at = |quarter: usize| all.get(all.len() * quarter / 4).copied().unwrap_or(0);
    let width = (at(3) - at(1)) * 10_000 / median(&all).max(1) / 2;
    apart.max(width)
}

/// The best of each kind together: the default where nothing was better by more than the noise.
pub fn together(tried: &[Tried], noise_bp: u64) -> Setting {
    let usual = &tried[0];
    let bar = usual.median_us() * 10_000 / (10_000 + noise_bp);
    let mut together = usual.setting;
    for kind in Kind::ALL {
        let of_this_kind = tried.iter().filter(|it| it.kind == Some(kind));
        let best = of_this_kind.min_by_key(|it| it.median_us());
        if let Some(best) = best.filter(|it| it.median_us() < bar) {
            together = together.with(kind, &best.setting);
        }
    }
    together
}
