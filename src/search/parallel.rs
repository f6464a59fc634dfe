//! Work on a long row of things, in as many shares as there are threads. Knows nothing of what the things are.

use std::ops::Range;
use std::thread;

/// Does `work` on each share of `0..count` on a thread of its own, and gives the results in the order of the shares.
pub(crate) fn in_shares<T: Send>(
    count: usize,
    threads: usize,
    work: impl Fn(Range<usize>) -> T + Sync,
) -> Vec<T> {
    let share = share(count, threads);
    let ranges = (0..count).step_by(share).map(|from| from..(from + share).min(count));
    thread::scope(|scope| {
        let work = &work;
        let shares: Vec<_> = ranges.map(|range| scope.spawn(move || work(range))).collect();
        let done = shares.into_iter().map(|share| match share.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        done.collect()
    })
}

/// How many things a share holds; the last may hold fewer.
pub(crate) fn share(count: usize, threads: usize) -> usize {
    count.div_ceil(threads.max(1)).max(1)
}
