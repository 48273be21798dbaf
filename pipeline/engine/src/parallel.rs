//! Work on both cores. The only file that names the thread pool; results always come back in input order.

use rayon::prelude::*;
use std::ops::Range;

/// A pool of this many threads; none asked for means one a core.
pub struct Pool {
    pool: Option<rayon::ThreadPool>,
    /// Whose threads [`Pool::join`] uses instead.
    given: Option<Box<dyn Threads>>,
}

/// Work of one thread.
pub type Job<'j> = Box<dyn FnOnce() + Send + 'j>;

/// Threads of somebody else, who says which of two goes first wherever they meet: of a model checker.
pub trait Threads: Send + Sync {
    /// Does both, and comes back when both are done.
    fn both(&self, one: Job<'_>, other: Job<'_>);
}

impl Pool {
    /// With one thread there is no pool at all: everything runs where it is called.
    pub fn new(n_threads: usize) -> Result<Pool, String> {
        if n_threads == 1 {
            return Ok(Pool { pool: None, given: None });
        }
        let builder = rayon::ThreadPoolBuilder::new().num_threads(n_threads);
        let pool =
            builder.thread_name(|idx| format!("clear-{idx}")).build().map_err(|error| error.to_string())?;
        Ok(Pool { pool: Some(pool), given: None })
    }

    /// Two jobs at once are done on these threads, everything else where it is called.
    pub fn given(threads: Box<dyn Threads>) -> Pool {
        Pool { pool: None, given: Some(threads) }
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
        match (&self.pool, &self.given) {
            (Some(pool), _) => pool.install(|| rayon::join(one, other)),
            (None, Some(threads)) => both(&**threads, one, other),
            (None, None) => (one(), other()),
        }
    }
}

fn both<A: Send, B: Send>(
    threads: &dyn Threads,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    let (mut first, mut second) = (None, None);
    threads.both(Box::new(|| first = Some(one())), Box::new(|| second = Some(other())));
    match (first, second) {
        (Some(first), Some(second)) => (first, second),
        _ => unreachable!("both come back when both are done"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Job, Pool, Threads};

    struct LastFirst;

    impl Threads for LastFirst {
        fn both(&self, one: Job<'_>, other: Job<'_>) {
            other();
            one();
        }
    }

    #[test]
    fn results_of_two_jobs_keep_their_places_whoever_goes_first() {
        let pool = Pool::given(Box::new(LastFirst));
        let order = std::sync::Mutex::new(Vec::new());
        let job = |name: &'static str| {
            order.lock().expect("nobody panics").push(name);
            name
        };
        assert_eq!(pool.join(|| job("one"), || job("other")), ("one", "other"));
        assert_eq!(*order.lock().expect("nobody panics"), ["other", "one"]);
    }

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
