//! Work on both cores. The only file that names the thread pool; results always come back in input order.

use rayon::prelude::*;
use std::ops::Range;

/// A pool of this many threads; none asked for means one a core.
#[derive(Debug)]
pub struct Pool {
    pool: Option<rayon::ThreadPool>,
}

impl Pool {
    /// With one thread there is no pool at all: everything runs where it is called.
    pub fn new(n_threads: usize) -> Result<Pool, String> {
        if n_threads == 1 {
            return Ok(Pool { pool: None });
        }
        let builder = rayon::ThreadPoolBuilder::new().num_threads(n_threads);
        let pool =
            builder.thread_name(|idx| format!("clear-{idx}")).build().map_err(|error| error.to_string())?;
        Ok(Pool { pool: Some(pool) })
    }

    /// Threads there are.
    pub fn n_threads(&self) -> usize {
        self.pool.as_ref().map_or(1, rayon::ThreadPool::current_num_threads)
    }

    /// Maps ranges of at most `chunk` of `0..len`, in order.
    pub fn map_ranges<T: Send>(
        &self,
        len: usize,
        chunk: usize,
        map: impl Fn(Range<usize>) -> T + Sync,
    ) -> Vec<T> {
        let n_chunks = len.div_ceil(chunk);
        let range = |idx: usize| idx * chunk..((idx + 1) * chunk).min(len);
        match &self.pool {
            None => (0..n_chunks).map(|idx| map(range(idx))).collect(),
            Some(pool) => pool.install(|| (0..n_chunks).into_par_iter().map(|idx| map(range(idx))).collect()),
        }
    }

    /// Maps every item, in order, a few at a time.
    pub fn map<I: Sync, T: Send>(&self, items: &[I], map: impl Fn(&I) -> T + Sync + Send) -> Vec<T> {
        match &self.pool {
            None => items.iter().map(map).collect(),
            Some(pool) => pool.install(|| items.par_iter().with_min_len(4).map(map).collect()),
        }
    }

    /// Does both, at once where there are threads.
    pub fn join<A: Send, B: Send>(
        &self,
        one: impl FnOnce() -> A + Send,
        other: impl FnOnce() -> B + Send,
    ) -> (A, B) {
        match &self.pool {
            None => (one(), other()),
            Some(pool) => pool.install(|| rayon::join(one, other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pool;

    #[test]
    fn results_come_back_in_input_order_whatever_the_threads() {
        for n_threads in [1, 2, 7] {
            let pool = Pool::new(n_threads).expect("threads can be had");
            let items: Vec<u32> = (0..1_000).collect();
            assert_eq!(pool.map(&items, |item| item * 2)[999], 1_998);
            let ranges = pool.map_ranges(10, 4, |range| range);
            assert_eq!(ranges, [0..4, 4..8, 8..10]);
        }
    }
}
