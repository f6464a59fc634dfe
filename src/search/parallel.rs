//! Splits work over threads. The results arrive in the order of the work, whatever the number of threads.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;

/// The number of items in a chunk of a search, after which a thread asks whether to stop.
const CHUNK: usize = 512;

/// Threads for one computation, and the question whether it is still wanted.
///
/// The threads are started for each computation and end with it.
#[derive(Clone, Copy)]
pub(crate) struct Workers<'a> {
    threads: usize,
    stop: &'a (dyn Fn() -> bool + Sync),
}

impl<'a> Workers<'a> {
    /// At most `threads` threads, the calling one included, which give up as soon as `stop` returns `true`.
    pub(crate) const fn new(threads: usize, stop: &'a (dyn Fn() -> bool + Sync)) -> Self {
        Self { threads, stop }
    }

    /// Collects what `work` adds for each chunk of `0..count`, in the order of the chunks. `None` if stopped.
    pub(crate) fn collect<W, T: Send>(
        self,
        count: usize,
        worker: impl Fn() -> W + Sync,
        work: impl Fn(&mut W, Range<usize>, &mut Vec<T>) + Sync,
    ) -> Option<Vec<T>> {
        let mut parts = Vec::new();
        let chunk = |worker: &mut W, range: Range<usize>| {
            let mut found = Vec::new();
            work(worker, range, &mut found);
            found
        };
        self.each_chunk(Chunks { count, size: CHUNK, least_per_thread: 2 }, worker, chunk, |found| {
            parts.push(found);
        })?;
        if parts.len() == 1 {
            return parts.pop();
        }
        let mut all = Vec::with_capacity(parts.iter().map(Vec::len).sum());
        for found in parts {
            all.extend(found);
        }
        Some(all)
    }

    /// Runs `work` on each chunk and hands the results to `take` on the calling thread, in the order of the chunks and
    /// as early as possible. `None` if stopped; then some results are missing.
    ///
    /// Each thread makes one `W` with `worker` and reuses it for all of its chunks.
    pub(crate) fn each_chunk<W, T: Send>(
        self,
        chunks: Chunks,
        worker: impl Fn() -> W + Sync,
        work: impl Fn(&mut W, Range<usize>) -> T + Sync,
        mut take: impl FnMut(T),
    ) -> Option<()> {
        let total = chunks.len();
        let helpers = self.threads.min(total.div_ceil(chunks.least_per_thread)).saturating_sub(1);
        let next = AtomicUsize::new(0);
        let run_one = |worker: &mut W| -> Option<(usize, T)> {
            let chunk = next.fetch_add(1, Ordering::Relaxed);
            (chunk < total).then(|| (chunk, work(worker, chunks.range(chunk))))
        };
        let help = |done: Sender<(usize, T)>| {
            let mut worker = worker();
            while !(self.stop)() {
                let Some(result) = run_one(&mut worker) else { return };
                if done.send(result).is_err() {
                    return;
                }
            }
        };
        let mut ordered = InOrder { taken: 0, early: BTreeMap::new() };
        thread::scope(|scope| {
            let (done, results) = channel();
            let running: Vec<_> = (0..helpers)
                .map(|_| {
                    let (help, done) = (&help, done.clone());
                    scope.spawn(move || help(done))
                })
                .collect();
            drop(done);
            let mut worker = worker();
            while !(self.stop)() {
                let Some((chunk, result)) = run_one(&mut worker) else { break };
                ordered.put(chunk, result, &mut take);
                for (chunk, result) in results.try_iter() {
                    ordered.put(chunk, result, &mut take);
                }
            }
            for (chunk, result) in &results {
                ordered.put(chunk, result, &mut take);
            }
            for helper in running {
                if let Err(panic) = helper.join() {
                    std::panic::resume_unwind(panic);
                }
            }
        });
        (ordered.taken == total).then_some(())
    }
}

/// Runs `work` on one share of `0..count` per thread and returns the results in the order of the shares.
pub(crate) fn in_shares<T: Send>(
    count: usize,
    threads: usize,
    work: impl Fn(Range<usize>) -> T + Sync,
) -> Vec<T> {
    let mut results = Vec::new();
    let chunks = Chunks { count, size: share_size(count, threads), least_per_thread: 1 };
    let workers = Workers::new(threads, &|| false);
    let never_stopped =
        workers.each_chunk(chunks, || (), |(), range| work(range), |result| results.push(result));
    debug_assert!(never_stopped.is_some());
    results
}

/// The number of items in a share; the last share may be smaller.
pub(crate) fn share_size(count: usize, threads: usize) -> usize {
    count.div_ceil(threads.max(1)).max(1)
}

/// The division of `0..count` into consecutive ranges of equal size; the last may be smaller.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chunks {
    pub(crate) count: usize,
    pub(crate) size: usize,
    /// The number of chunks for which another thread is worth starting.
    pub(crate) least_per_thread: usize,
}

impl Chunks {
    fn len(self) -> usize {
        self.count.div_ceil(self.size.max(1))
    }

    fn range(self, chunk: usize) -> Range<usize> {
        chunk * self.size..((chunk + 1) * self.size).min(self.count)
    }
}

/// Results that are handed on in their order, however they arrive.
struct InOrder<T> {
    taken: usize,
    early: BTreeMap<usize, T>,
}

impl<T> InOrder<T> {
    fn put(&mut self, chunk: usize, result: T, take: &mut impl FnMut(T)) {
        if chunk != self.taken {
            self.early.insert(chunk, result);
            return;
        }
        take(result);
        self.taken += 1;
        while let Some(result) = self.early.remove(&self.taken) {
            take(result);
            self.taken += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(0)]
    #[case(1)]
    #[case(CHUNK)]
    #[case(10 * CHUNK + 7)]
    fn results_are_in_order_on_any_number_of_threads(#[case] count: usize) {
        for threads in [0, 1, 2, 5] {
            let workers = Workers::new(threads, &|| false);
            let all = workers.collect(count, || 0_u8, |_, range, found| found.extend(range));
            assert_eq!(all, Some((0..count).collect::<Vec<_>>()));
            let shares = in_shares(count, threads, Iterator::collect::<Vec<_>>);
            assert_eq!(shares.concat(), (0..count).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_stopped_computation_has_no_result() {
        for threads in [1, 3] {
            let begun = AtomicUsize::new(0);
            let stop = || begun.load(Ordering::Relaxed) > 3;
            let work = |(): &mut (), range: Range<usize>, found: &mut Vec<usize>| {
                begun.fetch_add(1, Ordering::Relaxed);
                found.extend(range);
            };
            assert_eq!(Workers::new(threads, &stop).collect(100 * CHUNK, || (), work), None);
        }
    }

    #[test]
    #[should_panic(expected = "the sixth chunk")]
    fn a_panic_reaches_the_caller() {
        let work = |(): &mut (), range: Range<usize>, _: &mut Vec<usize>| {
            assert!(range.start != 5 * CHUNK, "the sixth chunk");
        };
        let _ = Workers::new(3, &|| false).collect(100 * CHUNK, || (), work);
    }
}
